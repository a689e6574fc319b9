//! The list of restricted records, for the officer who keeps it.

use super::day;
use super::store::{self, ListRow, WorkerRow};
use crate::access;
use crate::form::Posted;
use crate::frame::{self, Frame};
use crate::journal::{self, Read};
use crate::person::header;
use crate::who::Signed;
use crate::{App, Oops, Result, Who};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Column, Form, FormErrors, Post, Typed};
use practice::access::{Action, Decision, Reason, Sight, may};
use practice::id::{PersonId, WorkerId};
use practice::person::AccessLevel;
use serde::Serialize;
use uuid::Uuid;

/// One record on the list, as its officer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedRecord {
    /// The council's number of the person, where there is one.
    pub council_id: Option<String>,
    /// Their chosen name.
    pub name: String,
    /// Why the record is restricted; none where a file said so without a reason.
    pub reason: Option<String>,
    /// When this is looked at again.
    pub review_on: Option<Date>,
    /// How many workers are named.
    pub named: i64,
}

/// Reads the list, and notes of everyone on it that it was read.
async fn read(app: &App, who: &Who) -> Result<Vec<ListRow>> {
    keeps(who)?;
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let rows = rows(&mut conn, who, moment.now(), moment.today()).await?;
    drop(conn);
    let why = journal::reason_code(&Reason::KeepsRestrictedList);
    let whys: Vec<(PersonId, &'static str)> = rows.iter().map(|row| (PersonId(row.id), why)).collect();
    if !whys.is_empty() {
        journal::read_of(app, who, Read::Access, &whys, serde_json::Value::Null).await?;
    }
    Ok(rows)
}

/// The list of restricted records, for the officer who keeps it; the journal notes that it was read.
///
/// # Errors
/// [`Oops::NotAllowed`] for anyone else.
pub async fn list_restricted(app: &App, who: &Who) -> Result<Vec<ListedRecord>> {
    let listed = |row: ListRow| ListedRecord {
        council_id: row.council_id,
        name: row.shown_name,
        reason: row.reason,
        review_on: row.review_on.map(|day| day.0),
        named: row.named,
    };
    Ok(read(app, who).await?.into_iter().map(listed).collect())
}

/// The one person with this council id, NHS number or unique pupil number, as far as this officer may know.
///
/// # Errors
/// [`Oops::NotAllowed`] for anyone but the officer who keeps the list.
pub async fn numbered(conn: &mut Conn, who: &Who, now: Timestamp, number: &str) -> Result<Option<PersonId>> {
    keeps(who)?;
    let number = number.split_whitespace().collect::<String>().to_uppercase();
    let found: Vec<(Uuid,)> = conn.all(store::NUMBERED, args![number]).await?;
    let people: Vec<PersonId> = found.into_iter().map(|row| PersonId(row.0)).collect();
    let said = access::decide_many(conn, who, now, &people, Sight::ManageAccess).await?;
    let mut known = people.iter().filter(|person| said.get(person).is_some_and(Decision::is_allowed));
    Ok(known.next().copied().filter(|_| known.next().is_none()))
}

/// The worker with this code, if they work here on a day.
///
/// # Errors
/// Where the database refuses.
pub async fn worker_named(conn: &mut Conn, code: &str, today: Date) -> Result<Option<WorkerId>> {
    let row: Option<WorkerRow> = conn.maybe(store::WORKER, args![code, today]).await?;
    Ok(row.map(|row| WorkerId(row.id)))
}

/// Whether a record is restricted now.
///
/// # Errors
/// Where the database refuses.
pub async fn is_restricted(conn: &mut Conn, person: PersonId) -> Result<bool> {
    let header = header(conn, person).await?;
    Ok(header.is_some_and(|header| header.level == AccessLevel::Restricted))
}

fn keeps(who: &Who) -> Result<()> {
    match may(&who.reader, Action::KeepRestrictedList) {
        Decision::Allowed(_) => Ok(()),
        Decision::Refused(refusal) => Err(Oops::NotAllowed(refusal.sentence().to_owned())),
    }
}

/// The restricted records of which this officer may know; not of someone to whom they have a link.
async fn rows(conn: &mut Conn, who: &Who, now: Timestamp, today: Date) -> Result<Vec<ListRow>> {
    let mut rows: Vec<ListRow> = conn.all(store::LIST, args![today]).await?;
    let people: Vec<PersonId> = rows.iter().map(|row| PersonId(row.id)).collect();
    let said = access::decide_many(conn, who, now, &people, Sight::ManageAccess).await?;
    rows.retain(|row| said.get(&PersonId(row.id)).is_some_and(Decision::is_allowed));
    Ok(rows)
}

fn table(rows: &[ListRow], today: Date) -> Markup {
    let columns = [
        Column::words("Who"),
        Column::words("Why"),
        Column::number("Named readers"),
        Column::words("Look at it again"),
    ];
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            vec![
                html! {
                    a href={ "/restricted/" (row.id) } { (row.shown_name) }
                    @if let Some(year) = row.birth_year { ", born " (year) }
                },
                html! { (row.reason.as_deref().unwrap_or("Not said: it came from a file")) },
                html! { (row.named) },
                html! {
                    @match row.review_on {
                        Some(on) => { (day(on.0)) @if on.0 < today { ", late" } }
                        None => { "Not set" }
                    }
                },
            ]
        })
        .collect();
    page::table("Restricted records", &columns, &cells)
}

async fn shown(signed: &Signed, typed: &Typed, errors: &FormErrors) -> Result<Response> {
    let moment = signed.app.moment();
    let rows = read(&signed.app, &signed.who).await?;
    let form = Form::new(typed, errors);
    let body = html! {
        h1 { "Restricted records" }
        p { "Search and pages show these to nobody but those named on each list. Duty roles can open one for a \
             while, with a reason, if they know exactly who it is." }
        @if rows.is_empty() {
            (page::empty("No restricted records", html! { "A record that is made restricted will stand here." }))
        } @else {
            (table(&rows, moment.today()))
        }
        h2 { "Find a record to keep" }
        (page::post(&Post { action: "/restricted", csrf: &signed.csrf, ..Post::default() }, html! {
            (form.text("number", "Council id, NHS number or unique pupil number").no_spelling().autocomplete("off"))
            (page::buttons(html! { (page::button("Go to it")) }))
        }))
    };
    let frame_ =
        Frame { title: "Restricted records", part: "/restricted", errors: Some(errors), ..Frame::default() };
    Ok(frame::frame(signed, &frame_, body))
}

/// `GET /restricted`
pub(super) async fn show(signed: Signed) -> Result<Response> {
    keeps(&signed.who)?;
    shown(&signed, &Typed::default(), &FormErrors::new()).await
}

/// `POST /restricted`: goes to the record with a number.
pub(super) async fn send(posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let found = numbered(&mut conn, &signed.who, now, posted.typed.get("number")).await?;
    drop(conn);
    if let Some(person) = found {
        return Ok(Redirect::to(&format!("/restricted/{person}")).into_response());
    }
    let mut errors = FormErrors::new();
    errors.add("number", "No one person has this number");
    shown(signed, &posted.typed, &errors).await
}

/// How many restricted records should have been looked at again by a day.
pub(super) async fn due(conn: &mut Conn, today: Date) -> Result<i64> {
    Ok(conn.number(store::DUE, args![today]).await?)
}
