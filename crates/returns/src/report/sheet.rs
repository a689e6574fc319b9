//! A report as a spreadsheet: findings to sort, filter and hand out.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::telling::{SECTIONS, Telling, gone_in_words, gone_place, kind_in_words, state_in_words};
use super::{Kind, State};

/// A sheet holds this many rows below its heading.
const MOST_ROWS: usize = 1_048_575;

/// One sheet: its name, its columns with their widths, its rows.
struct Sheet {
    name: &'static str,
    columns: &'static [(&'static str, f64)],
    rows: Vec<Vec<Value>>,
}

enum Value {
    Text(String),
    Number(f64),
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[expect(clippy::cast_precision_loss, reason = "rows and counts are far below 2 to the 52nd")]
fn number(number: usize) -> Value {
    Value::Number(number as f64)
}

impl Telling<'_> {
    /// The report as an `.xlsx` workbook, the same bytes for the same report.
    ///
    /// # Errors
    /// Where the workbook cannot be written.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_ymd(self.report.year.clamp(1900, 9999), 3, 31)?;
        workbook.set_properties(&DocProperties::new().set_title(self.title()).set_creation_datetime(&made));
        let summary = workbook.add_worksheet().set_name("Summary")?;
        summary.set_column_width(0, 100)?;
        summary.write_string_with_format(0, 0, self.title(), &Format::new().set_bold())?;
        for (row, line) in (1..).zip(self.summary()) {
            summary.write_string(row, 0, line)?;
        }
        for sheet in [
            self.findings_sheet(),
            self.children_sheet(),
            self.rules_sheet(),
            self.gone_sheet(),
            self.left_sheet(),
        ] {
            write(&mut workbook, &sheet)?;
        }
        workbook.save_to_buffer()
    }

    fn findings_sheet(&self) -> Sheet {
        let mut rows = Vec::new();
        for (_, kind) in SECTIONS {
            for (rule, findings) in self.found(kind) {
                for finding in findings {
                    let place = finding.place;
                    let optional =
                        |value: Option<u32>| value.map_or_else(|| text(""), |n| number(n as usize));
                    rows.push(vec![
                        text(kind_in_words(kind)),
                        text(&rule.code),
                        text(&rule.words.says),
                        text(finding.child().unwrap_or("")),
                        text(place.map_or("the return as a whole", |place| place.table)),
                        text(place.and_then(|place| place.field).unwrap_or("")),
                        optional(place.and_then(|place| place.line)),
                        optional(place.map(|place| place.row)),
                        text(if place.is_some_and(|place| place.last) { "last year" } else { "" }),
                        text(finding.was()),
                        text(&rule.words.would_do),
                        text(finding.change()),
                        text(finding.note.unwrap_or("")),
                    ]);
                }
            }
        }
        Sheet {
            name: "Findings",
            columns: &[
                ("Kind", 9.0),
                ("Code", 9.0),
                ("What is wrong", 55.0),
                ("Child", 18.0),
                ("Table", 22.0),
                ("Field", 28.0),
                ("Line", 9.0),
                ("Row, from 0", 11.0),
                ("File", 10.0),
                ("What stood there", 22.0),
                ("What would do", 55.0),
                ("Since the earlier check", 14.0),
                ("Note", 40.0),
            ],
            rows,
        }
    }

    fn children_sheet(&self) -> Sheet {
        let told_apart = self.report.rules.iter().any(|rule| rule.kind.is_some());
        let rows = self.report.by_child().into_iter().map(|child| {
            let queries = child.places.iter().filter(|(rule, _)| rule.kind == Some(Kind::Query)).count();
            let mut codes: Vec<&str> = child.places.iter().map(|(rule, _)| &*rule.code).collect();
            codes.dedup();
            let mut row = vec![text(child.child.unwrap_or("(without a child's id)"))];
            if told_apart {
                row.extend([number(child.places.len() - queries), number(queries)]);
            } else {
                row.push(number(child.places.len()));
            }
            row.push(text(&codes.join(", ")));
            row
        });
        Sheet {
            name: "By child",
            columns: if told_apart {
                &[("Child", 22.0), ("Errors", 9.0), ("Queries", 9.0), ("Codes", 80.0)]
            } else {
                &[("Child", 22.0), ("Places", 9.0), ("Codes", 80.0)]
            },
            rows: rows.collect(),
        }
    }

    fn rules_sheet(&self) -> Sheet {
        let rows = self.report.rules.iter().map(|rule| {
            let places = if rule.state == State::Found { rule.locations.len().max(1) } else { 0 };
            vec![
                text(&rule.code),
                text(kind_in_words(rule.kind)),
                text(state_in_words(rule.state)),
                number(places),
                text(rule.reason.as_deref().unwrap_or("")),
                text(&rule.words.says),
                text(&rule.words.would_do),
                text(&rule.words.source),
            ]
        });
        Sheet {
            name: "Rules",
            columns: &[
                ("Code", 9.0),
                ("Kind", 9.0),
                ("Answer", 12.0),
                ("Places", 9.0),
                ("Why not judged", 40.0),
                ("What it finds", 60.0),
                ("What would do", 55.0),
                ("Source", 45.0),
            ],
            rows: rows.collect(),
        }
    }

    fn gone_sheet(&self) -> Sheet {
        let gone = self.changes.map(|changes| &changes.gone[..]).unwrap_or_default();
        let rows = gone.iter().map(|gone| {
            let child = gone.place.as_ref().and_then(|place| place.child.as_deref()).unwrap_or("");
            vec![text(&gone.code), text(child), text(&gone_place(gone)), text(gone_in_words(gone.gone))]
        });
        Sheet {
            name: "Not found any more",
            columns: &[("Code", 9.0), ("Child", 18.0), ("Where it was", 50.0), ("What became of it", 40.0)],
            rows: rows.collect(),
        }
    }

    fn left_sheet(&self) -> Sheet {
        let rows = self.report.not_understood.iter().map(|left| {
            vec![
                number(left.line as usize),
                text(left.child.as_deref().unwrap_or("")),
                text(&left.element),
                text(&left.value),
            ]
        });
        Sheet {
            name: "Not understood",
            columns: &[
                ("Line", 9.0),
                ("Child", 18.0),
                ("Element or column", 40.0),
                ("What stood there", 60.0),
            ],
            rows: rows.collect(),
        }
    }
}

/// Writes a sheet, and more of the same name where one is full; an empty one is left out.
fn write(workbook: &mut Workbook, sheet: &Sheet) -> Result<(), XlsxError> {
    for (nth, rows) in sheet.rows.chunks(MOST_ROWS).enumerate() {
        let page = workbook.add_worksheet();
        page.set_name(if nth == 0 { sheet.name.to_owned() } else { format!("{} {}", sheet.name, nth + 1) })?;
        heading(page, sheet.columns)?;
        for (at, row) in (1..).zip(rows) {
            for (column, value) in (0..).zip(row) {
                match value {
                    // a cell holds 32,767 letters
                    Value::Text(text) => {
                        page.write_string(at, column, text.chars().take(32_767).collect::<String>())?
                    }
                    Value::Number(number) => page.write_number(at, column, *number)?,
                };
            }
        }
        let last_row = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let last_column = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        page.autofilter(0, 0, last_row, last_column)?;
    }
    Ok(())
}

fn heading(page: &mut Worksheet, columns: &[(&str, f64)]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (at, (name, width)) in (0..).zip(columns) {
        page.write_string_with_format(0, at, *name, &bold)?;
        page.set_column_width(at, *width)?;
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}
