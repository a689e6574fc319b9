//! One table as an old system or a spreadsheet wrote it: commas, semicolons or tabs; UTF-8, UTF-16 or
//! windows-1252; with what spreadsheets add around it. Every fault is named with its line and column.

use super::columns::Sheet;
use crate::faces::imports::{Problem, Problems};

/// The most bytes of one file.
pub(super) const LARGEST: usize = 32 * 1024 * 1024;
/// The most letters of one cell.
const LONGEST_CELL: usize = 10_000;
/// The most rows of one file.
const MOST_ROWS: usize = 100_000;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its line in the file, counted from 1.
    pub(super) number: u64,
    /// Its cells in the order of the sheet's columns; empty where the file has no such column.
    pub(super) cells: Vec<String>,
}

/// The words of a file in whatever way it was saved, or what to do about it.
fn decoded(bytes: &[u8]) -> Result<String, String> {
    if bytes.len() > LARGEST {
        return Err(format!("The file is larger than {} MB. Send it in parts", LARGEST / 1_048_576));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(
            "This is a spreadsheet, not a CSV file. Open it and save each sheet as CSV UTF-8".to_owned()
        );
    }
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(|_| {
            "The file says that it is UTF-8 and is not. Save it again as CSV UTF-8".to_owned()
        })?,
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
        },
    };
    if text.contains('\0') {
        return Err("The file holds bytes that no text holds. Save it again as CSV UTF-8".to_owned());
    }
    Ok(text)
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Result<String, String> {
    let pairs = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
    char::decode_utf16(pairs)
        .collect::<Result<String, _>>()
        .map_err(|_| "The letters of the file cannot be read. Save it again as CSV UTF-8".to_owned())
}

/// A letter of windows-1252, in which older spreadsheets save.
fn windows_1252(byte: u8) -> char {
    const HIGH: [u16; 32] = [
        0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
        0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
    ];
    let code = match byte {
        0x80..=0x9f => u32::from(HIGH[usize::from(byte - 0x80)]),
        other => u32::from(other),
    };
    char::from_u32(code).unwrap_or('\u{fffd}')
}

/// A cell without the space around it, and without what a spreadsheet puts there to keep a number a text.
fn tidy(cell: &str) -> String {
    let space = |letter: char| letter.is_whitespace() || letter == '\u{a0}' || letter == '\u{feff}';
    let cell = cell.trim_matches(space);
    let cell = cell.strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell);
    cell.trim_matches(space).replace("\r\n", "\n")
}

fn column_name(cell: &str) -> String {
    tidy(cell)
        .to_lowercase()
        .split([' ', '-', '_'])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// The separator: as a first line `sep=;` says, or whichever stands most often in the first line.
fn separator(text: &str) -> (u8, &str, u64) {
    let first = text.lines().next().unwrap_or_default();
    if let Some(mark) = first.trim().strip_prefix("sep=").and_then(|mark| mark.bytes().next()) {
        let rest = text.get(first.len()..).unwrap_or_default();
        return (mark, rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest), 1);
    }
    let often = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    let mark = [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| often(*mark)).unwrap_or(b',');
    (mark, text, 0)
}

/// Which of the sheet's columns each column of the file fills.
fn places(sheet: &Sheet, names: &csv::StringRecord, problems: &mut Problems) -> Vec<Option<usize>> {
    let mut places: Vec<Option<usize>> = Vec::with_capacity(names.len());
    let known = || sheet.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
    for (at, name) in names.iter().enumerate() {
        let name = column_name(name);
        let place = sheet.place(&name);
        let problem = |expected: String| Problem {
            file: sheet.file.to_owned(),
            line: Some(1),
            column: Some(format!("column {}", at + 1)),
            found: Some(name.clone()),
            expected,
        };
        match place {
            Some(_) if places.contains(&place) => {
                problems.add(problem("This column is there twice. Take one of them away".to_owned()));
            }
            None if !name.is_empty() => {
                problems.add(problem(format!("There is no such column. The columns are {}", known())));
            }
            _ => {}
        }
        places.push(place);
    }
    for column in sheet.columns.iter().filter(|column| column.needed) {
        if !places.contains(&sheet.place(column.name)) {
            problems.add(Problem {
                column: Some(column.name.to_owned()),
                line: Some(1),
                ..Problem::of_file(sheet.file, "This column is needed. The first line names the columns")
            });
        }
    }
    places
}

/// One row being read, for saying what is wrong with it.
struct Row<'a> {
    sheet: &'a Sheet,
    number: u64,
}

impl Row<'_> {
    fn wrong(&self, problems: &mut Problems, column: Option<&str>, found: Option<&str>, expected: &str) {
        problems.add(Problem {
            file: self.sheet.file.to_owned(),
            line: Some(self.number),
            column: column.map(str::to_owned),
            found: found.map(str::to_owned),
            expected: expected.to_owned(),
        });
    }

    fn fill(
        &self,
        record: &csv::StringRecord,
        places: &[Option<usize>],
        problems: &mut Problems,
    ) -> Vec<String> {
        let mut cells = vec![String::new(); self.sheet.columns.len()];
        for (at, raw) in record.iter().enumerate() {
            let place = places.get(at).copied().flatten();
            let column = place.map(|place| self.sheet.columns[place].name);
            let numbered = format!("column {}", at + 1);
            let called = Some(column.unwrap_or(&numbered));
            if raw.chars().nth(LONGEST_CELL).is_some() {
                let words = "A cell holds at most 10,000 letters. Is a quotation mark not closed?";
                self.wrong(problems, called, Some(raw), words);
                continue;
            }
            let cell = tidy(raw);
            let Some(place) = place else {
                if !cell.is_empty() {
                    let words = "Nothing is expected here: the first line names no such column";
                    self.wrong(problems, called, Some(&cell), words);
                }
                continue;
            };
            if cell.starts_with('#') && is_spreadsheet_error(&cell) {
                let words = "The spreadsheet failed to work this cell out. Put the value there, or nothing";
                self.wrong(problems, called, Some(&cell), words);
                continue;
            }
            if cell.contains('\n') && !self.sheet.columns[place].lines {
                let words = "One line is expected. Is a quotation mark not closed?";
                self.wrong(problems, called, Some(&cell), words);
                continue;
            }
            if cell.chars().any(|letter| letter.is_control() && letter != '\n' && letter != '\t') {
                self.wrong(
                    problems,
                    called,
                    Some(&cell),
                    "It holds a control character. Type the words again",
                );
                continue;
            }
            cells[place] = cell;
        }
        for (column, cell) in self.sheet.columns.iter().zip(&cells) {
            if column.needed && cell.is_empty() && places.contains(&self.sheet.place(column.name)) {
                self.wrong(problems, Some(column.name), None, &format!("This is needed. {}", column.says));
            }
        }
        cells
    }
}

fn is_spreadsheet_error(cell: &str) -> bool {
    let errors = ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];
    errors.contains(&cell.to_uppercase().as_str())
        || (cell.len() > 1 && cell.chars().all(|letter| letter == '#'))
}

/// The rows of one table. What is wrong with it goes to `problems`.
pub(super) fn read(sheet: &Sheet, bytes: &[u8], problems: &mut Problems) -> Vec<Line> {
    let text = match decoded(bytes) {
        Ok(text) => text,
        Err(words) => {
            problems.add(Problem::of_file(sheet.file, words));
            return vec![];
        }
    };
    let (mark, text, skipped) = separator(&text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    if !reader.read_record(&mut record).unwrap_or(false) {
        problems.add(Problem::of_file(sheet.file, "The file is empty. Its first line names the columns"));
        return vec![];
    }
    let places = places(sheet, &record, problems);
    let mut rows = vec![];
    let mut last = 1;
    while reader.read_record(&mut record).unwrap_or(false) {
        let at = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        // empty lines before the record are not counted by the reader
        let blank = text[at.min(text.len())..].bytes().take_while(|byte| b"\r\n".contains(byte));
        let blank = blank.filter(|byte| *byte == b'\n').count() as u64;
        let number = record.position().map_or(0, csv::Position::line) + blank + skipped;
        last = number;
        if record.iter().all(|cell| tidy(cell).is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            problems.add(Problem::of_file(sheet.file, "A file holds at most 100,000 rows. Send it in parts"));
            break;
        }
        let row = Row { sheet, number };
        rows.push(Line { number, cells: row.fill(&record, &places, problems) });
    }
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        let row = Row { sheet, number: last };
        row.wrong(
            problems,
            None,
            None,
            "A quotation mark is never closed, here or above. Cells with quotation marks double them",
        );
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::columns::{NAMES, PEOPLE};
    use super::*;

    fn names(bytes: &[u8]) -> (Vec<Line>, Problems) {
        let mut problems = Problems::default();
        let rows = read(&NAMES, bytes, &mut problems);
        (rows, problems)
    }

    #[test]
    fn a_table_reads_alike_however_it_was_saved() {
        let plain = "council_id,kind,given_name,family_name\nA1,legal,Zoë,O’Neil\n";
        let (rows, problems) = names(plain.as_bytes());
        assert!(problems.is_empty(), "{problems}");
        assert_eq!(rows[0].cells[..4], ["A1", "legal", "Zoë", "O’Neil"]);
        let crlf = plain.replace('\n', "\r\n").replace(',', ";");
        let with_mark = [b"\xef\xbb\xbf", crlf.as_bytes()].concat();
        let old: Vec<u8> = crlf
            .chars()
            .map(|letter| match letter {
                'ë' => 0xeb,
                '’' => 0x92,
                other => u8::try_from(u32::from(other)).unwrap(),
            })
            .collect();
        let tabs = plain.replace(',', "\t");
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(tabs.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let said = format!("sep=;\r\n{crlf}");
        let padded = "Council ID , Kind,Given Name,FAMILY-NAME,,\n A1 ,legal,\u{a0}Zoë,O’Neil,,\n,,,,,\n\n";
        let kept = "council_id,kind,given_name,family_name\n\"=\"\"A1\"\"\",legal,Zoë,O’Neil\n";
        for bytes in [with_mark, old, wide, said.into_bytes(), padded.into(), kept.into()] {
            let (again, problems) = names(&bytes);
            assert!(problems.is_empty(), "{problems}");
            assert_eq!(again[0].cells, rows[0].cells);
            assert_eq!(again.len(), 1);
        }
    }

    #[test]
    fn a_line_is_counted_as_an_editor_counts_it() {
        let (rows, problems) = names(b"sep=,\r\ncouncil_id,kind\r\n\r\n\r\nA1,legal\r\n,\r\nA2,legal\r\n");
        assert!(problems.is_empty(), "{problems}");
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [5, 7]);
        let mut problems = Problems::default();
        let lines =
            read(&PEOPLE, b"council_id,talk_with_me\nA1,\"slowly\nand softly\"\nA2,\n", &mut problems);
        assert!(problems.is_empty(), "{problems}");
        assert_eq!(lines.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 4]);
    }
}
