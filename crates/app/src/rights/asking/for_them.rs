//! Who has read about somebody, in a list that they can be given: first names, what those people do, when and why.

use crate::entry::when::day_of;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read, Reading};
use crate::moment::written as day;
use crate::who::Signed;
use crate::{Oops, Result, access, person};
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use language::Words;
use maud::html;
use page::Link;
use practice::access::Sight;
use practice::id::PersonId;

/// How many pages of readings are put together.
const PAGES: usize = 40;

/// Readings of one person for one reason, told once.
struct Told {
    name: String,
    why: String,
    first: Date,
    last: Date,
    times: usize,
    quoted: bool,
    refused: bool,
}

/// The same person for the same reason stands once.
fn grouped(words: &Words, all: &[Reading]) -> Vec<Told> {
    let mut told: Vec<Told> = vec![];
    // what they read themselves, they know
    for one in all.iter().filter(|one| !one.by_themselves()) {
        let name = one.who.split_whitespace().next().unwrap_or("Somebody").to_owned();
        let why = if one.quoted || one.refused { one.why.clone() } else { one.to_them(words) };
        let on = day_of(one.at);
        let same = |held: &&mut Told| {
            (&held.name, &held.why, held.quoted, held.refused) == (&name, &why, one.quoted, one.refused)
        };
        match told.iter_mut().find(same) {
            Some(held) => {
                held.times += 1;
                (held.first, held.last) = (held.first.min(on), held.last.max(on));
            }
            None => told.push(Told {
                name,
                why,
                first: on,
                last: on,
                times: 1,
                quoted: one.quoted,
                refused: one.refused,
            }),
        }
    }
    told
}

fn days(told: &Told) -> String {
    if told.first == told.last {
        return format!("on {}", day(told.last));
    }
    format!("{} times, from {} to {}", told.times, day(told.first), day(told.last))
}

/// `GET /person/{id}/who-has-read`
pub(in crate::rights) async fn show(signed: Signed, Path(person): Path<PersonId>) -> Result<Response> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let why = access::enter(app, &mut conn, &signed.who, person, Sight::WhoHasRead).await?;
    let header = person::header(&mut conn, person).await?.ok_or(Oops::NotFound)?;
    let (mut all, mut after, mut more) = (vec![], None, true);
    for _ in 0..PAGES {
        let (page, further) = journal::readings(&mut conn, person, after).await?;
        after = page.last().map(|last| last.row);
        all.extend(page);
        more = further;
        if !further || after.is_none() {
            break;
        }
    }
    drop(conn);
    journal::read(app, &signed.who, Read::Readings, &[person], &why, serde_json::Value::Null).await?;
    let told = grouped(language::speak("en"), &all);
    let (refused, read): (Vec<&Told>, Vec<&Told>) = told.iter().partition(|one| one.refused);
    let (broke, read): (Vec<&Told>, Vec<&Told>) = read.into_iter().partition(|one| one.quoted);
    let body = html! {
        h1 { "Who has read about you, " (header.shown_name) }
        p.lead { "People who help you write things down about you, and read them. Every time somebody looks, the computer keeps who it was. Nobody can take that away." }
        @if read.is_empty() { p { "Nobody has read about you yet." } }
        ul.rows { @for one in &read { li { p { b { (one.name) } " read about you " (days(one)) ". " (one.name) " " (one.why) "." } } } }
        @if !broke.is_empty() {
            h2 { "Who looked without working with you" }
            p { "Sometimes somebody must look quickly, to keep a person safe. They have to say why, and a manager checks each time that it was right." }
            ul.rows { @for one in &broke { li { p { b { (one.name) } " looked " (days(one)) ". They said why: " q { (one.why) } } } } }
        }
        @if !refused.is_empty() {
            h2 { "Who asked and was not let in" }
            ul.rows { @for one in &refused { li { p { b { (one.name) } " asked for your record " (days(one)) ". The computer said no." } } } }
        }
        @if more { p { "There is more, from longer ago. Ask, and you get it." } }
        h2 { "If something here is not right" }
        p { "Ask your worker, or somebody you trust. You can have an advocate: a grown-up who is only on your side. If you think somebody should not have looked, say so, and we must find out." }
        (page::print_button("Print this list"))
        p.soft.small.no-print { "For you who give it: read it first. A reason in somebody’s own words may speak of others." }
    };
    let back = format!("/person/{person}/readings");
    let page = Frame {
        title: "Who has read about you",
        part: "/find",
        back: Some(Link { href: &back, label: "Back to who has read this" }),
        ..Frame::default()
    };
    Ok(frame(&signed, &page, body))
}
