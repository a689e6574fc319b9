//! The share rate: of what was written of a month, how much somebody who was there can read. A worker's own; a team's only
//! where at least five people wrote, and nobody could be told from it.

use super::store;
use crate::{Oops, Result, entry, working};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use practice::id::{TeamId, WorkerId};
use practice::sharing::{Month, Rate};
use practice::week;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A month's name, with the ways to the month before and after.
pub(super) fn back_and_forth(month: Month, path: &str, last: Month) -> Markup {
    let link = |month: Month, words: &str| html! { a href={ (path) "?month=" (month.first().strftime("%Y-%m")) } { (words) } };
    html! {
        p { b { (month.first().strftime("%B %Y")) } " \u{b7} " (link(month.before(), "The month before"))
            @if month < last { " \u{b7} " (link(month.next(), "The month after")) } }
    }
}

/// A team's total that may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// How many people wrote.
    pub people: usize,
    /// How much of it can be read.
    pub rate: Rate,
}

/// What a worker wrote of a month, as known now.
pub(super) async fn of_worker(
    conn: &mut Conn,
    worker: WorkerId,
    month: Month,
    now: Timestamp,
) -> Result<Rate> {
    let (begin, end) = month.bounds().ok_or(Oops::NotFound)?;
    // what was filed at this very instant counts
    let known = now.checked_add(jiff::SignedDuration::from_micros(1)).unwrap_or(now);
    written(conn, (worker, begin, end), known).await
}

async fn written(
    conn: &mut Conn,
    (worker, begin, end): (WorkerId, Timestamp, Timestamp),
    known: Timestamp,
) -> Result<Rate> {
    let rows: Vec<(Uuid,)> = conn.all(store::WRITTEN_BY, args![worker, begin, end, known]).await?;
    let ids: Vec<Uuid> = rows.into_iter().map(|row| row.0).collect();
    entry::share_rate(conn, &ids, known).await
}

/// How much of what a team wrote of the month that begins on this day can be read, as known a week after its end; only where
/// it may be told.
///
/// # Errors
/// Where the database refuses.
pub async fn of_team(conn: &mut Conn, team: TeamId, first: Date) -> Result<Option<Told>> {
    let month = Month::of(first);
    let ((begin, end), drawn_up) = month.bounds().zip(month.drawn_up()).ok_or(Oops::NotFound)?;
    let teams = working::with_those_under(conn, month.last(), drawn_up).await?;
    let writers: Vec<(Uuid,)> = conn.all(store::WRITERS, args![begin, end, drawn_up]).await?;
    let writers: BTreeSet<Uuid> = writers.into_iter().map(|row| row.0).collect();
    let groups: Vec<BTreeSet<Uuid>> =
        teams.values().map(|workers| workers.intersection(&writers).copied().collect()).collect();
    let told = week::told(&groups);
    let at = teams.keys().position(|one| *one == team.0);
    let group = at.filter(|at| told.get(*at) == Some(&true)).and_then(|at| groups.get(at));
    let Some(group) = group else { return Ok(None) };
    let mut rate = Rate::default();
    for worker in group {
        let one = written(conn, (WorkerId(*worker), begin, end), drawn_up).await?;
        rate.entries += one.entries;
        rate.could += one.could;
        rate.can += one.can;
    }
    Ok(Some(Told { people: group.len(), rate }))
}

fn of_all(some: usize, all: usize) -> String {
    let hundred = some * 100 / all.max(1);
    format!("{some} of {all} ({hundred} in a hundred)")
}

/// A rate in words.
pub(super) fn said(rate: &Rate, whose: &str) -> Markup {
    html! {
        @if rate.entries == 0 { p { "Nothing that " (whose) " was of a day when somebody of the record was there." } }
        @else {
            p { "Of what " (whose) ", somebody of the record was there " (rate.entries) @if rate.entries == 1 { " time. " } @else { " times. " } }
            ul {
                li { b { (of_all(rate.could, rate.entries)) } ": at least one of those who were there could read it, if they had a space of their own." }
                li { b { (of_all(rate.can, rate.entries)) } ": at least one of them has a space and can read it." }
            }
        }
    }
}

/// What the rate is, and is not.
pub(super) fn what_it_is() -> Markup {
    html! {
        p.soft { "Reading means what happened, not only one\u{2019}s own words. Steps of the pathway are not counted. Keeping something back with a good reason is right: this is no measure of anybody\u{2019}s work." }
    }
}
