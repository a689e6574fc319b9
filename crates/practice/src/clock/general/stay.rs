//! Stays that may not be longer than so much: each by itself, or all of them within any time of a length.
//!
//! Days are counted as days touched, the first included. Hours are counted to the minute where both ends of
//! each stay are known, else as whole days.

use super::{Begun, Event, Telling, Times, events};
use crate::calendar::{Counting, Length, Unit, add_days, london_day};
use crate::clock::rules::Shape;
use crate::clock::{Cause, Clock, What};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

impl Telling<'_> {
    /// The clock of one stay: its last day within the limit, completed by its end.
    pub(super) fn stay(&self, begun: &Begun) -> Option<Clock> {
        let Shape::AtMost { most, over } = self.version(begun.event.cause.on)?.1.shape else { return None };
        let before: Vec<Event> = events(self.story, &self.run.from)
            .into_iter()
            .filter(|other| other.cause.on < begun.event.cause.on || earlier_that_day(other, &begun.event))
            .collect();
        let times = match (most.unit, begun.event.at, over) {
            (Unit::Hours, Some(at), _) => hours(most, over, at, &before),
            (_, _, over) => self.days(most, over, begun.event.cause.on, &before),
        };
        let ended = begun.event.ended.map(|on| {
            let cause = Cause { on, what: What::Fact(begun.event.kind), ..begun.event.cause };
            Event { cause, at: begun.event.ended_at, ..begun.event }
        });
        let done = ended.filter(|end| begun.stop.is_none_or(|stop| end.cause.on <= stop.last_day));
        self.clock(begun, (begun.event.cause, 1), times.at_once_if_past(begun.event.cause), done)
    }

    fn days(&self, most: Length, over: Option<Length>, from: Date, before: &[Event]) -> Times {
        let days = match most.unit {
            Unit::Hours => most.n.div_ceil(24),
            Unit::WorkingDays | Unit::Days | Unit::Weeks | Unit::Months | Unit::Years => most.n,
        };
        let counting = Counting::FirstDayCounts;
        let single = self.story.calendar.last_day(from, Length::new(days, Unit::Days), counting);
        let mut due = single;
        if let Some(over) = over {
            due = from.yesterday().unwrap_or(from);
            // the day on which one more day would be too many; a stay alone reaches the limit itself
            while due < single {
                let next = due.tomorrow().unwrap_or(due);
                let since = self.back(next, over);
                let own = whole(from.max(since.tomorrow().unwrap_or(since)), next);
                let others: u32 = before.iter().map(|stay| touched(stay, since, next)).sum();
                if own + others > days {
                    break;
                }
                due = next;
            }
        }
        Times { counting, ..Times::by(due, most) }
    }
}

fn earlier_that_day(other: &Event, this: &Event) -> bool {
    other.cause.on == this.cause.on
        && other.cause != this.cause
        && (other.at, other.cause) < (this.at, this.cause)
}

fn whole(from: Date, to: Date) -> u32 {
    u32::try_from(crate::calendar::days_between(from, to) + 1).unwrap_or(0)
}

/// How many days a stay touched after one day, up to and with another.
fn touched(stay: &Event, after: Date, to: Date) -> u32 {
    let from = stay.cause.on.max(after.tomorrow().unwrap_or(after));
    let end = stay.ended.unwrap_or(to).min(to);
    if end < from { 0 } else { whole(from, end) }
}

/// The instant at which stays within any such time reach the limit, if this one goes on.
fn hours(most: Length, over: Option<Length>, at: Timestamp, before: &[Event]) -> Times {
    let limit = SignedDuration::from_hours(i64::from(most.n));
    let mut until = later(at, limit);
    if let Some(over) = over {
        let window = SignedDuration::from_hours(24 * i64::from(over.n));
        // what drops out of the time as it moves on gives its hours back: at most one step for each stay
        let mut spent_until = at;
        for _ in 0..=before.len() {
            let since = later(spent_until, -window);
            let spent: SignedDuration =
                before.iter().map(|stay| within(stay, since, at)).fold(SignedDuration::ZERO, |a, b| a + b);
            until = later(at, (limit - spent).max(SignedDuration::ZERO));
            if until <= spent_until {
                break;
            }
            spent_until = until;
        }
    }
    let due = london_day(until);
    Times { due_at: Some(until), counting: Counting::FromNextDay, ..Times::by(due, most) }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(at)
}

/// How long a stay lasted after one instant and before another.
fn within(stay: &Event, since: Timestamp, to: Timestamp) -> SignedDuration {
    let midnight = |day: Date| crate::calendar::end_of_day(add_days(day, -1));
    let from = stay.at.unwrap_or_else(|| midnight(stay.cause.on)).max(since);
    let end = stay.ended_at.or_else(|| stay.ended.map(crate::calendar::end_of_day)).unwrap_or(to).min(to);
    if end > from { end.duration_since(from) } else { SignedDuration::ZERO }
}
