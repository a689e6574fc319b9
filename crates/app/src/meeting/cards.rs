//! What is planned, on a person's page and on the Today of those who will be there; and gently, once its day is past, what
//! became of it.

use super::pages::{record_href, when};
use super::read::{Meeting, meetings_for, of_worker};
use crate::access::{self, decide_many};
use crate::frame::hue;
use crate::room::{Card, Look};
use crate::{App, Result, Who};
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Avatar;
use practice::access::{Decision, Sight};
use practice::calendar::add_days;
use practice::id::PersonId;
use practice::meeting::{ASKS_FOR_DAYS, MeetingDue, due};

/// On the person's page: after the promises, before staying in touch.
const PLACE: u16 = 46;
/// On Today: above what was promised.
const TODAY: u16 = 26;
/// How many stand on a person's page.
const FEW: usize = 3;
/// How many stand on Today; the rest are behind a press.
const MOST: usize = 8;
/// How many days ahead Today looks.
const AHEAD: i32 = 14;

fn wanted(all: &[Meeting], which: MeetingDue, today: Date) -> Vec<&Meeting> {
    all.iter().filter(|one| due(&one.dated(), today) == Some(which)).collect()
}

pub(super) async fn of_person(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.is_some_and(|decision| decision.is_allowed()) {
        return Ok(vec![]);
    }
    let all = meetings_for(conn, (look.who, look.now), look.person, look.known).await?;
    let today = look.today;
    let coming = wanted(&all, MeetingDue::Coming, today);
    let past = wanted(&all, MeetingDue::WhatHappened, today);
    let mut href = format!("/person/{}/meetings", look.person);
    if look.known.is_some() {
        href.push_str(&format!("?known={today}"));
    }
    let body = html! {
        section aria-labelledby="h-planned" {
            (page::heading_row("h-planned", "What is planned", html! { a href=(href) { "All of it" span.hid { ", what is planned" } } }))
            @if coming.is_empty() { p.soft { "No day is put down with them." } }
            @else {
                ul.rows { @for one in coming.iter().take(FEW) { li {
                    p { b { (when(one, today)) } ": " (one.kind.plain().to_lowercase()) @if one.person != look.person { ", about " (one.name) } }
                    @if !one.there.is_empty() { p.small.soft { "With " (names(one)) } }
                } } }
                @if coming.len() > FEW { p.small { a href=(href) { "And " (coming.len() - FEW) " more" } } }
            }
            @if look.known.is_none() { @for one in past { p { (ask(one, today)) } } }
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}

fn names(one: &Meeting) -> String {
    one.there.iter().map(|guest| guest.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// "How was it on 19 November? Write down what happened."
fn ask(one: &Meeting, today: Date) -> Markup {
    html! {
        "How was it on " (crate::entry::when::day(one.on, today)) "? "
        a href=(record_href(one)) { "Write down what happened" span.hid { " on " (crate::entry::when::day(one.on, today)) } }
    }
}

/// A meeting on Today, and whether its record is open to the reader.
struct Line {
    one: Meeting,
    open: bool,
}

pub(super) async fn of_today(conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
    let days = (today, add_days(today, -ASKS_FOR_DAYS), add_days(today, AHEAD));
    let all = of_worker(conn, who, days).await?;
    if all.is_empty() {
        return Ok(vec![]);
    }
    let now = app.moment().now();
    let mut people: Vec<PersonId> = all.iter().map(|one| one.person).collect();
    let open = decide_many(conn, who, now, &people, Sight::Open).await?;
    people.extend(all.iter().flat_map(Meeting::people));
    let known = decide_many(conn, who, now, &people, Sight::Exists).await?;
    let allowed = |held: &std::collections::HashMap<PersonId, Decision>, id: &PersonId| {
        held.get(id).is_some_and(Decision::is_allowed)
    };
    let lines: Vec<Line> = all
        .into_iter()
        .filter(|one| allowed(&known, &one.person))
        .map(|mut one| {
            // nobody is named of whom the reader may not know
            one.there.retain(|guest| guest.person.is_none_or(|guest| allowed(&known, &guest)));
            one
        })
        .map(|one| Line { open: allowed(&open, &one.person), one })
        .collect();
    let of = |which: MeetingDue| -> Vec<&Line> {
        lines.iter().filter(|line| due(&line.one.dated(), today) == Some(which)).collect()
    };
    let (coming, past) = (of(MeetingDue::Coming), of(MeetingDue::WhatHappened));
    // what happened is recorded by whoever may open the record
    let past: Vec<&Line> = past.into_iter().filter(|line| line.open).collect();
    if coming.is_empty() && past.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![Card { place: TODAY, body: drawn((&coming, &past), today) }])
}

fn drawn((coming, past): (&[&Line], &[&Line]), today: Date) -> Markup {
    let who = |line: &Line, words: Markup| {
        page::who(page::avatar(&Avatar::of(&line.one.avatar.0, hue(line.one.avatar.1))), words)
    };
    let next = |line: &&Line| {
        let one = &line.one;
        let others: Vec<&str> = one
            .there
            .iter()
            .filter(|guest| guest.worker.is_none())
            .map(|guest| guest.name.as_str())
            .collect();
        who(
            line,
            html! {
                p { b { (when(one, today)) } ": " (one.kind.plain().to_lowercase()) ", "
                    @if line.open { a href={ "/person/" (one.person) "/meetings" } { (one.name) } } @else { (one.name) } }
                @if line.open {
                    p.small.soft { (one.way.plain()) @if let Some(place) = &one.place { ", " (place) } @if !others.is_empty() { ". With " (others.join(", ")) } }
                }
            },
        )
    };
    let asked = |line: &&Line| who(line, html! { p { (line.one.name) ": " (ask(&line.one, today)) } });
    let (first, rest) = coming.split_at(coming.len().min(MOST));
    html! {
        section aria-labelledby="h-meetings" {
            h2 #h-meetings { "What is planned with you" }
            @if !first.is_empty() { (page::rows(&first.iter().map(next).collect::<Vec<_>>())) }
            @if !rest.is_empty() {
                (page::details(&format!("{} more", rest.len()), page::rows(&rest.iter().map(next).collect::<Vec<_>>())))
            }
            @if !past.is_empty() {
                h3 { "How was it?" }
                (page::rows(&past.iter().map(asked).collect::<Vec<_>>()))
            }
        }
    }
}
