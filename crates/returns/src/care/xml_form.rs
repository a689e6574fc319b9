//! The XML form of the return: one CHILD element per child, with its HEADER, what is nested in it, and its EPISODEs.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

use super::File;
use super::grid::{Grid, Reading, decode, recognise};
use super::table::Table;
use super::text::Texts;

/// Elements deeper than this are no return.
const DEEPEST: usize = 32;

/// An element that is open: what has been read of it.
#[derive(Debug, Default)]
struct Open {
    name: String,
    line: u32,
    text: String,
    fields: Vec<(String, String)>,
    rows: Vec<Row>,
    holds_elements: bool,
}

/// An element that holds fields: a row of some table.
#[derive(Debug)]
struct Row {
    name: String,
    line: u32,
    fields: Vec<(String, String)>,
}

struct Reader903<'a> {
    texts: &'a mut Texts,
    grids: Vec<(Table, Grid)>,
    into: &'a mut Reading,
}

/// Reads one XML file into a year's reading; a file that breaks off leaves nothing but its trouble.
pub(crate) fn read(file: &File<'_>, texts: &mut Texts, into: &mut Reading) {
    let text = decode(file.bytes);
    let always = Table::ALL.iter().filter(|table| !matches!(table, Table::SWEpisodes | Table::DoLo));
    let grids = always.map(|table| (*table, whole(*table))).collect();
    let mut reader = Reader903 { texts, grids, into };
    match reader.walk(&text) {
        Ok(()) => {
            let grids = std::mem::take(&mut reader.grids);
            for (table, grid) in grids {
                reader.into.add(table, file.name, grid);
            }
        }
        Err((line, why)) => {
            reader.into.trouble = Some(format!("{} cannot be read from line {line} on: {why}", file.name));
        }
    }
}

/// An empty table that has every column.
fn whole(table: Table) -> Grid {
    let columns = table.columns().len();
    Grid {
        has: (1 << columns) - 1,
        cells: (0..columns).map(|_| Some(Vec::new())).collect(),
        ..Grid::default()
    }
}

impl Reader903<'_> {
    fn walk(&mut self, text: &str) -> Result<(), (u32, String)> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut open: Vec<Open> = Vec::new();
        let mut counted = 0_usize;
        let mut line = 1_u32;
        loop {
            let event = reader.read_event();
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
            let passed = text.as_bytes().get(counted..at).unwrap_or_default();
            line += u32::try_from(passed.split(|byte| *byte == b'\n').count() - 1).unwrap_or(0);
            counted = at;
            match event.map_err(|error| (line, error.to_string()))? {
                Event::Start(start) => {
                    if open.is_empty() && start.local_name().as_ref() == "Message" {
                        return Err((
                            line,
                            "this is a children in need census, not a looked-after return".to_owned(),
                        ));
                    }
                    if open.len() >= DEEPEST {
                        return Err((line, "elements lie too deep in one another".to_owned()));
                    }
                    if let Some(parent) = open.last_mut() {
                        parent.holds_elements = true;
                    }
                    let name = start.local_name().as_ref().to_uppercase();
                    open.push(Open { name, line, ..Open::default() });
                }
                Event::Text(part) => add(&mut open, &part),
                Event::CData(part) => add(&mut open, &part),
                Event::GeneralRef(part) => add(&mut open, &reference(&part)),
                Event::End(_) => {
                    if let Some(closed) = open.pop() {
                        self.close(closed, &mut open);
                    }
                }
                Event::Eof if open.is_empty() => return Ok(()),
                Event::Eof => return Err((line, "the file ends before its elements do".to_owned())),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    /// Takes a closed element into its parent: a field, a row, or the whole child.
    fn close(&mut self, closed: Open, open: &mut [Open]) {
        if closed.holds_elements && closed.name == "CHILD" {
            self.child(closed);
            return;
        }
        let Some(parent) = open.last_mut() else { return };
        if closed.holds_elements {
            parent.rows.extend(closed.rows);
            parent.rows.push(Row { name: closed.name, line: closed.line, fields: closed.fields });
        } else {
            let text = if closed.text.trim().is_empty() { String::new() } else { closed.text };
            parent.fields.push((column(&closed.name).to_owned(), text));
        }
    }

    fn child(&mut self, child: Open) {
        let headers = child.rows.iter().filter(|row| row.name == "HEADER");
        let header: Vec<(String, String)> =
            headers.flat_map(|row| row.fields.iter().cloned()).chain(child.fields).collect();
        let id = value(&header, "CHILD").to_owned();
        for row in &child.rows {
            if row.name == "HEADER" {
                self.put(Table::Header, row.line, &row.fields, &header);
                for (table, telling) in
                    [(Table::UASC, "UASC"), (Table::OC3, "IN_TOUCH"), (Table::AD1, "DATE_INT")]
                {
                    if !value(&row.fields, telling).is_empty() {
                        self.put(table, row.line, &row.fields, &header);
                    }
                }
                self.note_unknown(&id, row, Table::ALL);
            } else if let Some(table) = table_of(row) {
                self.put(table, row.line, &row.fields, &header);
                self.note_unknown(&id, row, &[table]);
            } else {
                self.note_unknown(&id, row, &[]);
            }
        }
    }

    fn note_unknown(&mut self, child: &str, row: &Row, tables: &[Table]) {
        for (name, text) in &row.fields {
            let known = tables.iter().any(|table| table.columns().contains(&name.as_str()));
            if !known && !text.is_empty() {
                self.into.note(Some(child), name, row.line, text);
            }
        }
    }

    /// Adds a row; the child's id, sex and day of birth come from the header where the row has none of its own.
    fn put(&mut self, table: Table, line: u32, fields: &[(String, String)], header: &[(String, String)]) {
        if !self.grids.iter().any(|held| held.0 == table) {
            self.grids.push((table, whole(table)));
        }
        let Some((_, grid)) = self.grids.iter_mut().find(|held| held.0 == table) else { return };
        for (name, cells) in table.columns().iter().zip(&mut grid.cells) {
            let own = fields.iter().any(|field| field.0 == *name);
            let lent = matches!(*name, "CHILD" | "DOB" | "SEX") && !own;
            let text = value(if lent { header } else { fields }, name);
            if let Some(cells) = cells {
                cells.push(self.texts.intern_upper(text));
            }
        }
        grid.line.push(line);
        grid.count += 1;
    }
}

fn add(open: &mut [Open], part: &str) {
    if let Some(element) = open.last_mut().filter(|element| !element.holds_elements) {
        element.text.push_str(part);
    }
}

fn reference(part: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = part.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = part;
    resolve_predefined_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// The column an element fills.
fn column(element: &str) -> &str {
    match element {
        "CHILDID" => "CHILD",
        "PL" => "PLACE",
        other => other,
    }
}

fn value<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields.iter().find(|field| field.0 == name).map_or("", |field| field.1.as_str())
}

fn table_of(row: &Row) -> Option<Table> {
    match row.name.as_str() {
        "EPISODE" => Some(Table::Episodes),
        "AREVIEW" => Some(Table::Reviews),
        "AMISSING" => Some(Table::Missing),
        "OC2" => Some(Table::OC2),
        "PERMANENCE" => Some(Table::PrevPerm),
        "AD_PLACED" => Some(Table::PlacedAdoption),
        other => recognise(&row.fields.iter().map(|field| field.0.clone()).collect::<Vec<_>>(), other),
    }
}
