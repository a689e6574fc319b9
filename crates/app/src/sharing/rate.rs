//! The share rate: of what was written of a month, how much somebody who was there can read. A worker's own; a team's only
//! where at least five people wrote, and nobody could be told from it.

use super::store;
use crate::entry;
use crate::{Oops, Result};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use practice::calendar::{add_days, add_months, london};
use practice::id::{TeamId, WorkerId};
use practice::sharing::Rate;
use practice::week;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How many days after its end a month of a team is drawn up.
const DAYS_TO_PUT_RIGHT: i32 = 7;

/// A month, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(Date);

impl Month {
    /// The one that holds this day.
    pub(super) fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// The one written as 2026-11, but none after `last`.
    pub(super) fn chosen(written: Option<&str>, last: Self) -> Self {
        let day = written.and_then(|month| format!("{month}-01").parse::<Date>().ok());
        day.map_or(last, |day| Self::of(day).min(last))
    }

    /// The newest whose total has been drawn up.
    pub(super) fn last_drawn_up(now: Timestamp, today: Date) -> Self {
        let mut month = Self::of(today);
        while month.drawn_up().is_none_or(|at| at > now) {
            month = Self(add_months(month.0, -1));
        }
        month
    }

    pub(super) const fn first(self) -> Date {
        self.0
    }

    fn next(self) -> Date {
        add_months(self.0, 1)
    }

    fn bounds(self) -> Option<(Timestamp, Timestamp)> {
        begin(self.0).zip(begin(self.next()))
    }

    fn drawn_up(self) -> Option<Timestamp> {
        begin(add_days(self.next(), DAYS_TO_PUT_RIGHT))
    }

    /// Its name, with the ways to the month before and after.
    pub(super) fn back_and_forth(self, path: &str, last: Self) -> Markup {
        let link = |day: Date, words: &str| html! { a href={ (path) "?month=" (day.strftime("%Y-%m")) } { (words) } };
        html! {
            p { b { (self.0.strftime("%B %Y")) } " \u{b7} " (link(add_months(self.0, -1), "The month before"))
                @if self < last { " \u{b7} " (link(self.next(), "The month after")) } }
        }
    }
}

fn begin(day: Date) -> Option<Timestamp> {
    day.to_zoned(london()).ok().map(|zoned| zoned.timestamp())
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

/// Each team's workers, those of the teams under it included.
fn with_those_under(posts: &[(Uuid, Uuid)], tree: &[(Uuid, Uuid)]) -> BTreeMap<Uuid, BTreeSet<Uuid>> {
    let mut all: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for (team, worker) in posts {
        let mut up = vec![*team];
        let mut seen = BTreeSet::new();
        while let Some(team) = up.pop() {
            if seen.insert(team) {
                all.entry(team).or_default().insert(*worker);
                up.extend(tree.iter().filter(|under| under.0 == team).map(|under| under.1));
            }
        }
    }
    all
}

/// How much of what a team wrote of the month that begins on this day can be read, as known a week after its end; only where
/// it may be told.
///
/// # Errors
/// Where the database refuses.
pub async fn of_team(conn: &mut Conn, team: TeamId, first: Date) -> Result<Option<Told>> {
    let month = Month::of(first);
    let ((begin, end), drawn_up) = month.bounds().zip(month.drawn_up()).ok_or(Oops::NotFound)?;
    let last = add_days(month.next(), -1);
    let posts: Vec<(Uuid, Uuid)> = conn.all(store::POSTS, args![last, drawn_up]).await?;
    let tree: Vec<(Uuid, Uuid)> = conn.all(store::TREE, args![last, drawn_up]).await?;
    let teams = with_those_under(&posts, &tree);
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

#[cfg(test)]
mod tests {
    use super::Month;
    use jiff::civil::date;

    #[test]
    fn a_month_of_a_team_is_drawn_up_a_week_after_its_end() {
        let at = |text: &str| text.parse().unwrap();
        let last = |now: &str, day| Month::last_drawn_up(at(now), day).first();
        assert_eq!(last("2026-11-07T23:59:00Z", date(2026, 11, 7)), date(2026, 9, 1));
        assert_eq!(last("2026-11-08T00:00:00Z", date(2026, 11, 8)), date(2026, 10, 1));
        let november = Month::of(date(2026, 11, 20));
        assert_eq!(Month::chosen(Some("2026-03"), november).first(), date(2026, 3, 1));
        assert_eq!(Month::chosen(Some("2027-03"), november), november);
        assert_eq!(Month::chosen(Some("soon"), november), november);
    }
}
