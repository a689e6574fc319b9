//! Who has read a person's record, in plain words, refusals too.

use crate::entry::when;
use crate::frame::{self, Frame};
use crate::journal::{self, Read, Reading};
use crate::person::header;
use crate::person::pages::{PersonTabs, Tab, heading};
use crate::who::Signed;
use crate::{Oops, Result};
use crate::{access, entry};
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use page::{Column, Link, Pages};
use practice::access::Sight;
use practice::id::{EntryId, PersonId};
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// Which page of the list.
#[derive(Deserialize)]
pub(super) struct Asked {
    after: Option<Uuid>,
}

/// `GET /person/{id}/readings`
pub(super) async fn show(
    signed: Signed,
    Path(person): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let why = access::enter(app, &mut conn, &signed.who, person, Sight::WhoHasRead).await?;
    let header = header(&mut conn, person).await?.ok_or(Oops::NotFound)?;
    let (list, more) = journal::readings(&mut conn, person, asked.after).await?;
    let entries: Vec<EntryId> = list.iter().filter_map(|one| one.entry).collect();
    let named = entry::in_few_words(&mut conn, &signed.who, app.moment().now(), &entries).await?;
    let (times, people) = journal::readers(&mut conn, person).await?;
    drop(conn);
    journal::read(app, &signed.who, Read::Readings, &[person], &why, serde_json::Value::Null).await?;
    let name = &header.shown_name;
    let here = format!("/person/{person}/readings");
    let older = list.last().filter(|_| more).map(|last| format!("{here}?after={}", last.row));
    let body = html! {
        h2 { "Who has read the record of " (name) }
        p.lead { (counted(times, people)) " Every reading is kept, and so is every refusal. " (name) " can ask to see this list." }
        @if list.is_empty() {
            (page::empty("Nobody yet", html! { "Whoever opens this record will stand here, with when and why." }))
        } @else {
            (table(name, &list, &named, app.moment().today()))
        }
        (page::pagination(&Pages {
            label: "Readings",
            here: if asked.after.is_some() { "Earlier readings" } else { "Newest readings" },
            previous: asked.after.map(|_| Link { href: &here, label: "Newest" }),
            next: older.as_deref().map(|href| Link { href, label: "Earlier" }),
        }))
    };
    let title = format!("Who has read the record of {name}");
    Ok(PersonTabs::new(&header, Some(Tab::Readings)).with(|tabs| {
        let page = Frame {
            title: &title,
            part: "/find",
            header: Some(heading(&header, app.moment().today())),
            tabs: Some(tabs),
            ..Frame::default()
        };
        frame::frame(&signed, &page, body)
    }))
}

fn counted(times: i64, people: i64) -> String {
    let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
    if times == 0 {
        return "Nobody has read it yet.".to_owned();
    }
    if times == 1 { format!("Read once, by {people}.") } else { format!("Read {times} times, by {people}.") }
}

/// "3 March, 4.35 pm", with the year where it is not this one.
fn short(at: Timestamp, today: Date) -> String {
    format!("{}, {}", when::short_day(when::day_of(at), today), when::time(at))
}

fn table(name: &str, list: &[Reading], named: &HashMap<EntryId, String>, today: Date) -> Markup {
    let columns = [Column::words("Who"), Column::words("When"), Column::words("What"), Column::words("Why")];
    // the same read again and again by the same person, one after the other, stands once, with how often
    let same = |one: &Reading, other: &Reading| {
        (&one.who, &one.what, &one.why, one.entry) == (&other.who, &other.what, &other.why, other.entry)
            && one.at.duration_since(other.at).abs() < SignedDuration::from_hours(1)
    };
    let rows: Vec<Vec<Markup>> = list
        .chunk_by(same)
        .filter_map(|all| all.first().map(|first| (first, all.len())))
        .map(|(one, times)| {
            vec![
                html! { (one.who) },
                html! { (short(one.at, today)) @if times > 1 { ", " (times) " times" } },
                html! {
                    (one.what)
                    @if let Some((entry, words)) = one.entry.and_then(|id| named.get_key_value(&id)) {
                        ": " a href={ "/entry/" (entry) } { (words) }
                    }
                },
                html! { @if one.quoted { q { (one.why) } } @else { (one.why) } },
            ]
        })
        .collect();
    page::table(&format!("Readings of the record of {name}, newest first"), &columns, &rows)
}
