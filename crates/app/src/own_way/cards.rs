//! What is done otherwise, on a person's page and on Today: what whoever leads has to ask, what waits for an answer, what is to
//! be looked at again.

use super::read::{OwnWay, own_ways};
use super::store::{self, WayRow};
use crate::access::{self, Reach, decide_many};
use crate::clock::shown::day;
use crate::room::{Card, Look};
use crate::{Result, Who};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::html;
use practice::access::{Decision, Sight};
use practice::id::PersonId;
use practice::own_way::WayState;
use std::collections::HashSet;

/// On the person's page: beside the dates.
const PLACE: u16 = 121;
/// On Today: after who wrote.
const TODAY: u16 = 13;

/// On a person's page: what stands or waits; nothing where there is none.
pub(super) async fn of_person(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.as_ref().is_some_and(Decision::is_allowed) {
        return Ok(vec![]);
    }
    let all = own_ways(conn, look.person, look.known).await?;
    let stands = |one: &&OwnWay| one.standing.state.is_open() || one.standing.state == WayState::Agreed;
    let now: Vec<&OwnWay> = all.iter().filter(stands).collect();
    if now.is_empty() {
        return Ok(vec![]);
    }
    let href = format!("/person/{}/own-way", look.person);
    let body = html! {
        section aria-labelledby="h-own-way" {
            (page::heading_row("h-own-way", "Slower, or another way", html! { a href=(href) { "All of it" span.hid { ", slower or another way" } } }))
            @for one in now {
                p { b { (one.row.procedure) } ": " (one.row.otherwise) }
                p.small.soft { (one.standing.state.plain()) @if let Some(until) = one.until() { ", until " (day(until, look.today)) } "." }
            }
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}

/// What a row asks of its reader.
fn asks(row: &WayRow, today: Date) -> &'static str {
    match WayState::from_code(&row.state) {
        Some(WayState::Proposed) => "would go slower, or another way. Ask why first",
        Some(WayState::Answered) => "answered why. Read it, and say yes or no",
        Some(WayState::Asked) => "is asked why. Answer in your words",
        Some(WayState::Agreed) if row.until_date.is_some_and(|until| until.0 <= today) => {
            "agreed to go slower, or another way, until now. Look at it again"
        }
        _ => "goes another way",
    }
}

/// On Today: what waits for the reader, as whoever proposed it or as whoever leads.
pub(super) async fn of_today(conn: &mut Conn, who: &Who, now: Timestamp, today: Date) -> Result<Vec<Card>> {
    let Some(worker) = who.worker() else { return Ok(vec![]) };
    let mut rows: Vec<WayRow> = conn.all(store::OF_WORKER, args![worker, today]).await?;
    let reach = Reach::of(conn, who, now).await?;
    let led = reach.led_teams();
    for (team, _) in &led {
        let of_team: Vec<WayRow> = conn.all(store::OF_TEAM, args![*team, today]).await?;
        // nobody asks themselves why
        rows.extend(of_team.into_iter().filter(|row| row.proposed_by != worker.0));
    }
    let people: Vec<PersonId> = rows.iter().map(|row| row.person_id.into()).collect();
    let open = decide_many(conn, who, now, &people, Sight::Open).await?;
    let mut once = HashSet::new();
    rows.retain(|row| {
        open.get(&PersonId(row.person_id)).is_some_and(Decision::is_allowed) && once.insert(row.own_way_id)
    });
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let body = html! {
        section aria-labelledby="h-own-ways" {
            (page::heading_row("h-own-ways", "Slower, or another way", html! { @if !led.is_empty() { a href="/own-ways" { "Where we go another way" } } }))
            ul.rows { @for row in &rows { li {
                p { b { (row.person) ": " } a href={ "/person/" (row.person_id) "/own-way?way=" (row.own_way_id) } { (row.procedure) } }
                p.soft { @if row.proposed_by == worker.0 { "You" @if row.state == "asked" { " are asked why. Answer in your words" } @else { " " (asks(row, today)) } } @else { (row.proposer) " " (asks(row, today)) } "." }
            } } }
        }
    };
    Ok(vec![Card { place: TODAY, body }])
}
