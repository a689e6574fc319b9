//! Taking findings along: as a spreadsheet, a page, plain text, JSON to compare with later, and notes for the submission.

use super::check::{Check, found};
use super::held;
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use uuid::Uuid;

/// What can be taken along: the last part of its address, its words, its type.
pub(super) const FORMS: [(&str, &str, &str); 5] = [
    (
        "findings.xlsx",
        "Spreadsheet (.xlsx), to sort and hand out",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("findings.html", "One page (HTML), to read and print", "text/html; charset=utf-8"),
    ("findings.txt", "Plain text", "text/plain; charset=utf-8"),
    ("findings.json", "JSON, to compare a later check with", "application/json"),
    ("notes.csv", "Notes (CSV), ready for the submission", "text/csv; charset=utf-8"),
];

/// `GET /checking/{id}/{file}`
pub(super) async fn take(
    State(app): State<App>,
    signed: Signed,
    Path((id, file)): Path<(Uuid, String)>,
) -> Result<Response> {
    let check = held(&app, &signed, id)?;
    let (form, _, kind) = *FORMS.iter().find(|form| form.0 == file).ok_or(Oops::NotFound)?;
    let (name, bytes) = app.aside(move || made(&check, form)).await??;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn made(check: &Arc<Check>, form: &str) -> Result<(String, Vec<u8>)> {
    let stage = check.stage();
    let found = found(&stage)?;
    let telling = found.telling(&check.of);
    let broken =
        |error: &dyn std::fmt::Display| Oops::Broken(format!("findings could not be written: {error}"));
    let bytes = match form {
        "findings.xlsx" => telling.to_xlsx().map_err(|error| broken(&error))?,
        "findings.html" => telling.to_html().into_bytes(),
        "findings.txt" => telling.to_text().into_bytes(),
        "findings.json" => found.report.to_json()?.into_bytes(),
        _ => found.notes.carried(&found.report).map_err(|error| broken(&error))?,
    };
    Ok((format!("{}-{}-{form}", found.report.return_name, found.report.year), bytes))
}
