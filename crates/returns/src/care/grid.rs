//! What the files of one year hold before anything is judged: tables found by their columns, cells as they stood.

use std::borrow::Cow;

use super::table::Table;
use super::text::Sym;
use crate::report::NotUnderstood;

/// One table as read: its known columns, each with a cell for every row.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// Which columns the file has, by bit.
    pub(crate) has: u32,
    pub(crate) count: usize,
    pub(crate) cells: Vec<Option<Vec<Sym>>>,
    /// 1-based line of each row in its file.
    pub(crate) line: Vec<u32>,
}

/// The tables of one year, or why there are none.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    tables: Vec<(Table, String, Option<Grid>)>,
    pub(crate) xml: bool,
    /// Why nothing of this year can be judged.
    pub(crate) trouble: Option<String>,
    pub(crate) not_understood: Vec<NotUnderstood>,
}

impl Reading {
    /// Adds a table; a table that two files hold cannot be used, because their rows have no common numbering.
    pub(crate) fn add(&mut self, table: Table, file: &str, grid: Grid) {
        if let Some(held) = self.tables.iter_mut().find(|held| held.0 == table) {
            held.1 = format!("{} and {file}", held.1);
            held.2 = None;
        } else {
            self.tables.push((table, file.to_owned(), Some(grid)));
        }
    }

    pub(crate) fn take(&mut self, table: Table) -> Option<Grid> {
        self.tables.iter_mut().find(|held| held.0 == table).and_then(|held| held.2.take())
    }

    /// Why a table that files do hold is not used.
    pub(crate) fn refused(&self, table: Table) -> Option<String> {
        let held = self.tables.iter().find(|held| held.0 == table && held.1.contains(" and "))?;
        Some(format!("{} each hold the table {}, and only one may", held.1, table.name()))
    }

    /// Keeps what no table has a place for.
    pub(crate) fn note(&mut self, child: Option<&str>, element: &str, line: u32, value: &str) {
        const MOST: usize = 10_000;
        if self.not_understood.len() < MOST {
            self.not_understood.push(NotUnderstood {
                child: child.map(str::to_owned),
                element: element.to_owned(),
                line,
                value: value.chars().take(200).collect(),
            });
        }
    }
}

/// Whether no other table has a column of this name.
fn telling(column: &str) -> bool {
    Table::ALL.iter().filter(|table| table.columns().contains(&column)).count() == 1
}

/// The table that has these columns: the one that shares most of the columns no other table has; where only columns
/// of several tables are there, the file's name decides.
pub(crate) fn recognise(columns: &[String], file: &str) -> Option<Table> {
    let shared = |table: &Table| columns.iter().filter(|c| table.columns().contains(&c.as_str())).count();
    let told = |table: &Table| {
        columns.iter().filter(|c| table.columns().contains(&c.as_str()) && telling(c)).count()
    };
    let best = Table::ALL.iter().rev().max_by_key(|table| (told(table), shared(table)))?;
    if told(best) > 0 {
        return Some(*best);
    }
    if shared(best) < 2 {
        return None;
    }
    let file = file.to_ascii_lowercase();
    let named = Table::ALL.iter().find(|table| file.contains(&table.name().to_ascii_lowercase()));
    match named {
        Some(table) => Some(*table),
        None => columns.iter().any(|column| column == "SEX").then_some(Table::Header),
    }
}

/// The bytes of a file as text: UTF-8 or UTF-16 by their mark, UTF-8 if they are, otherwise windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] | rest => match std::str::from_utf8(rest) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(rest.iter().map(|byte| windows_1252(*byte)).collect()),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(columns: &str, file: &str) -> Option<Table> {
        recognise(&columns.split(',').map(str::to_owned).collect::<Vec<_>>(), file)
    }

    #[test]
    fn every_table_is_known_by_its_columns_whole_or_in_part() {
        for table in Table::ALL {
            let mut columns: Vec<String> = table.columns().iter().map(|c| (*c).to_owned()).collect();
            assert_eq!(recognise(&columns, "a.csv"), Some(*table));
            columns.retain(|column| column != "CHILD" && column != "DOB");
            columns.push("COLOUR".to_owned());
            assert_eq!(recognise(&columns, "a.csv"), Some(*table));
        }
        assert_eq!(found("CHILD,SEX,DOB", "our_uasc.csv"), Some(Table::UASC));
        assert_eq!(found("CHILD,SEX,DOB", "x.csv"), Some(Table::Header));
        assert_eq!(found("CHILD,DOB", "x.csv"), None);
        assert_eq!(found("A,B", "header.csv"), None);
    }

    #[test]
    fn any_encoding_is_read() {
        assert_eq!(decode(b"\xEF\xBB\xBFCHILD"), "CHILD");
        assert_eq!(decode(b"Zo\xEB \x96"), "Zoë –");
        assert_eq!(decode("Zoë".as_bytes()), "Zoë");
        assert_eq!(decode(b"\xFF\xFEC\0H\0"), "CH");
        assert_eq!(decode(b"\xFE\xFF\0C\0H\0"), "CH");
    }
}
