//! The empty folder and the worked example that `--template` writes, made from the same columns the reader knows.

use super::columns::{SHEETS, Sheet};
use super::example;
use jiff::civil::Date;
use std::fmt::Write;

/// A file of the template.
#[derive(Clone, Debug)]
pub struct TemplateFile {
    /// Its path below the folder.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// With a mark at the front, so that spreadsheets read the letters rightly.
fn table(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xef, 0xbb, 0xbf]);
    for row in rows {
        // writing into memory does not fail
        drop(writer.write_record(row));
    }
    writer.into_inner().unwrap_or_default()
}

fn columns(sheet: &Sheet) -> Vec<String> {
    sheet.columns.iter().map(|column| column.name.to_owned()).collect()
}

/// Everything that `--template` writes: seven empty tables, the same with an invented family, and a page that
/// explains each column. The days of the example lie shortly before `today`.
pub fn template(today: Date) -> Vec<TemplateFile> {
    let mut files = vec![TemplateFile { path: "README.txt".to_owned(), bytes: explained().into_bytes() }];
    for sheet in SHEETS {
        let head = columns(sheet);
        files.push(TemplateFile {
            path: format!("empty/{}", sheet.file),
            bytes: table(std::slice::from_ref(&head)),
        });
        let mut rows = vec![head];
        for example in example::rows(sheet.file, today) {
            let cell =
                |name: &str| example.iter().find(|(column, _)| *column == name).map(|(_, cell)| cell.clone());
            rows.push(sheet.columns.iter().map(|column| cell(column.name).unwrap_or_default()).collect());
        }
        files.push(TemplateFile { path: format!("example/{}", sheet.file), bytes: table(&rows) });
    }
    files
}

/// Each table and column in words.
fn explained() -> String {
    let mut out = String::from(
        "A folder of people for `alongside import people DIR`\r\n\r\n\
         Fill the tables in the folder `empty` (leave out those you do not need) and bring that folder in.\r\n\
         The folder `example` holds an invented family and can be brought in as it is, to try.\r\n\r\n\
         Save as CSV UTF-8. Semicolons, tabs and older encodings are read too. Days are written 2019-04-23 or\r\n\
         23/04/2019. An empty cell says nothing: it never takes anything away. Columns and rows may stand in any\r\n\
         order, and columns you do not need may be left out. A column marked * is needed in every row.\r\n",
    );
    for sheet in SHEETS {
        // writing into a text does not fail
        let _ = write!(out, "\r\n{}: {}.\r\n", sheet.file, sheet.says);
        for column in sheet.columns {
            let mark = if column.needed { "*" } else { " " };
            let _ = write!(out, "  {mark} {:<26} {}\r\n", column.name, column.says);
        }
    }
    out
}
