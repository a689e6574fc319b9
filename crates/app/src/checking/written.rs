//! What the sender adds to a check: notes that explain a query, and an earlier check to compare with.

use super::check::{Check, Stage};
use super::findings::{self, Show};
use super::held;
use crate::form::Posted;
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use page::FormErrors;
use returns::report::{Earlier, Notes};
use uuid::Uuid;

/// The longest note.
const LONGEST: usize = 2_000;

/// Where the form stood.
fn place(posted: &Posted) -> Show {
    serde_urlencoded::from_str(posted.typed.get("back")).unwrap_or_default()
}

fn back(posted: &Posted, id: Uuid, done: &str) -> Response {
    let show = Show { done: done.to_owned(), ..place(posted) };
    Redirect::to(&show.href(id)).into_response()
}

/// The page again, with what is to be put right.
fn wrong(posted: &Posted, check: &Check, id: Uuid, field: &str, sentence: &str) -> Response {
    let mut errors = FormErrors::new();
    errors.add(field, sentence);
    findings::page(&posted.signed, check, id, &place(posted), &errors)
}

/// `POST /checking/{id}/note`: a note on a rule, for one child or for all.
pub(super) async fn note(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let check = held(&app, &posted.signed, id)?;
    // several notes may stand on one page, each in a field of its own
    let field = posted.typed.get("field");
    if !field.starts_with("note-") {
        return Err(Oops::NotFound);
    }
    let (code, note) = (posted.typed.get("code"), posted.typed.get(field));
    if note.chars().count() > LONGEST {
        return Err(Oops::Refused(format!("A note holds at most {LONGEST} letters. Go back and shorten it")));
    }
    {
        let mut stage = check.change();
        let Stage::Done(found) = &mut *stage else { return Err(Oops::NotFound) };
        if !found.report.rules.iter().any(|rule| rule.code == code) {
            return Err(Oops::NotFound);
        }
        found.notes.set(code, posted.typed.some("child"), note);
    }
    Ok(back(&posted, id, if note.trim().is_empty() { "taken-out" } else { "noted" }))
}

/// `POST /checking/{id}/notes`: a CSV of notes, beside those there are.
pub(super) async fn notes(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let check = held(&app, &posted.signed, id)?;
    let Some(file) = posted.files.iter().find(|file| file.field == "notes") else {
        return Ok(wrong(&posted, &check, id, "notes", "Choose the file of notes"));
    };
    let read = match Notes::read(&file.bytes) {
        Ok(read) => read,
        Err(why) => return Ok(wrong(&posted, &check, id, "notes", &format!("{}: {why}", file.name))),
    };
    {
        let mut stage = check.change();
        let Stage::Done(found) = &mut *stage else { return Err(Oops::NotFound) };
        for note in read.all() {
            found.notes.set(&note.code, note.child.as_deref(), &note.note);
        }
    }
    Ok(back(&posted, id, "notes"))
}

/// `POST /checking/{id}/compare`: the findings beside those of an earlier check.
pub(super) async fn compare(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response> {
    let check = held(&app, &posted.signed, id)?;
    let Some(file) = posted.files.iter().find(|file| file.field == "earlier") else {
        return Ok(wrong(&posted, &check, id, "earlier", "Choose the JSON of the earlier check"));
    };
    let earlier = match Earlier::read(&String::from_utf8_lossy(&file.bytes)) {
        Ok(earlier) => earlier,
        Err(why) => return Ok(wrong(&posted, &check, id, "earlier", &format!("{}: {why}", file.name))),
    };
    {
        let mut stage = check.change();
        let Stage::Done(found) = &mut *stage else { return Err(Oops::NotFound) };
        found.compare(file.name.clone(), &earlier);
    }
    Ok(back(&posted, id, "compared"))
}
