//! Who has read about somebody, in words they understand.

use super::draw::first;
use crate::Result;
use crate::entry::when::day_of;
use crate::journal::{self, Reading};
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::who::Mine;
use axum::response::Response;
use jiff::civil::Date;
use language::Words;
use maud::html;

/// How many pages of readings are put together.
const PAGES: usize = 40;

/// Readings of one person for one reason, told once.
struct Told {
    name: String,
    why: String,
    last: Date,
    times: i64,
    refused: bool,
}

fn grouped(words: &Words, all: &[Reading]) -> Vec<Told> {
    let mut told: Vec<Told> = vec![];
    // what they read themselves, they know
    for one in all.iter().filter(|one| !one.by_themselves()) {
        let name = first(&one.who).to_owned();
        let why = one.to_them(words);
        let on = day_of(one.at);
        let same = |held: &&mut Told| (&held.name, &held.why, held.refused) == (&name, &why, one.refused);
        match told.iter_mut().find(same) {
            Some(held) => {
                held.times += 1;
                held.last = held.last.max(on);
            }
            None => told.push(Told { name, why, last: on, times: 1, refused: one.refused }),
        }
    }
    told
}

/// `GET /my/readers`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let (mut all, mut after) = (vec![], None);
    for _ in 0..PAGES {
        let (page, more) = journal::readings(&mut conn, mine.person, after).await?;
        after = page.last().map(|one| one.row);
        all.extend(page);
        if !more {
            break;
        }
    }
    drop(conn);
    let words = mine.words;
    let told = grouped(words, &all);
    let title = words.readers_title();
    let body = html! {
        h1 { (words.readers_heading()) }
        p.lead { (words.readers_lead()) }
        @if told.is_empty() { p { (words.readers_none()) } }
        ul.plain {
            @for one in &told {
                li {
                    p {
                        @if one.refused { b { (words.readers_refused(&one.name)) } "." }
                        @else { b { (words.readers_row(&one.name, &one.why)) } "." }
                        " " (words.readers_times(one.times)) ". " (words.readers_last(&day(words, one.last, today))) "."
                    }
                }
            }
        }
        p { (words.readers_not_right()) " " a href="/my/write" { (words.home_write_button()) } }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/readers", ..OwnFrame::default() }, body))
}
