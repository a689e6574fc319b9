//! What follows from a visit for each child: that it counts, or that the visit is still due.

use super::when;
use super::whole::Entry;
use crate::{Result, clock};
use db::Conn;
use jiff::civil::Date;
use practice::clock::{Done, Source, State};
use practice::entry::{EntryKind, Part, Seen};
use practice::id::PersonId;
use std::fmt::Write as _;

/// What an entry did to the visit clock of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follows {
    /// Who.
    pub person: PersonId,
    /// In a sentence: "Josie's visit is met until Monday 7 December."
    pub words: String,
}

/// "Josie's", "James's".
pub(crate) fn of(name: &str) -> String {
    format!("{name}\u{2019}s")
}

/// What follows for everyone whom the entry is about and who has a visit clock.
///
/// # Errors
/// Where the database refuses.
pub async fn follows(conn: &mut Conn, entry: &Entry, today: Date) -> Result<Vec<Follows>> {
    let mut all = vec![];
    if entry.kind != EntryKind::Visit {
        return Ok(all);
    }
    for one in entry.people.iter().filter(|one| one.part == Part::About) {
        let clocks = clock::of_person(conn, one.person, today).await?;
        let visits = clocks.iter().filter(|kept| matches!(kept.clock.awaits, Done::Seen | Done::SeenAtVisit));
        let visits: Vec<_> = visits.collect();
        let here = Source::Entry(entry.id);
        let met = visits.iter().any(|kept| kept.clock.done.is_some_and(|cause| cause.source == here));
        let running = visits.iter().filter(|kept| kept.clock.is_running()).min_by_key(|kept| kept.clock.due);
        let began = running.is_some_and(|kept| kept.clock.started.source == here);
        let words = match running {
            None if met => format!("{} visit is met.", of(&one.name)),
            None => continue,
            Some(next) if met || began => {
                let until = when::day(next.clock.due, today);
                format!("{} visit is met until {until}.", of(&one.name))
            }
            Some(next) => still_due(&of(&one.name), next, one.seen, today),
        };
        all.push(Follows { person: one.person, words });
    }
    Ok(all)
}

fn still_due(whose: &str, next: &clock::KeptClock, seen: Option<Seen>, today: Date) -> String {
    let day = when::day(next.clock.due, today);
    let mut words = match next.state {
        State::Late { by } if by.n == 0 => format!("{whose} visit was due on {day} and is late."),
        State::Late { by } => format!("{whose} visit was due on {day} and is {by}."),
        _ => format!("{whose} visit is still due on {day}."),
    };
    if seen.is_some_and(Seen::was_seen) {
        let _ = write!(words, " This visit does not count for it.");
    }
    words
}
