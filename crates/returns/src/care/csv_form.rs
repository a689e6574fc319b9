//! The CSV form of the return: a folder of tables, each known by its columns whatever its file is called.

use super::File;
use super::grid::{Grid, Reading, decode, recognise};
use super::table::Table;
use super::text::{Sym, Texts};
use crate::line;

/// A CSV file opened for reading record by record.
pub(crate) fn records(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let often = |mark: char| first.matches(mark).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| often(char::from(*mark)));
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(text.as_bytes())
}

/// The first record as column names: in capitals, without spaces around.
pub(crate) fn columns(reader: &mut csv::Reader<&[u8]>) -> Vec<String> {
    let mut names = csv::StringRecord::new();
    let read = reader.read_record(&mut names).unwrap_or(false);
    if read { names.iter().map(|name| name.trim().to_uppercase()).collect() } else { Vec::new() }
}

/// Adds the table of one file to a year's reading.
pub(crate) fn read(file: &File<'_>, texts: &mut Texts, into: &mut Reading) {
    let text = decode(file.bytes);
    let mut reader = records(&text);
    let names = columns(&mut reader);
    let Some(table) = recognise(&names, file.name) else {
        into.note(None, file.name, 1, text.lines().next().unwrap_or_default());
        return;
    };
    let place = places(table, &names, file.name, into);
    let mut grid = Grid { cells: table.columns().iter().map(|_| None).collect(), ..Grid::default() };
    for column in place.iter().flatten() {
        grid.has |= 1 << column;
        grid.cells[*column] = Some(Vec::new());
    }
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = u32::try_from(line::of_record(text.as_bytes(), record.position())).unwrap_or(u32::MAX);
        for (at, column) in place.iter().enumerate() {
            if let Some(cells) = column.and_then(|column| grid.cells[column].as_mut()) {
                cells.push(record.get(at).map_or(Sym::BLANK, |cell| texts.intern_upper(cell)));
            }
        }
        for extra in record.iter().skip(place.len()).filter(|cell| !cell.is_empty()) {
            into.note(record.get(0), &format!("{}: a cell beyond the last column", file.name), line, extra);
        }
        grid.line.push(line);
        grid.count += 1;
    }
    into.add(table, file.name, grid);
}

/// For each column of the file the column of the table it fills; what fills none is kept as not understood.
fn places(table: Table, names: &[String], file: &str, into: &mut Reading) -> Vec<Option<usize>> {
    let mut taken = vec![false; table.columns().len()];
    let mut place = Vec::with_capacity(names.len());
    for name in names {
        let column = table.columns().iter().position(|known| known == name).filter(|column| !taken[*column]);
        match column {
            Some(column) => taken[column] = true,
            None => into.note(None, &format!("{file}: column {name}"), 1, name),
        }
        place.push(column);
    }
    place
}
