//! Which of the things that happened start a clock, when, and what ends it at the latest.

use super::{Begun, Event, Telling};
use crate::calendar::{Length, Unit, add_days, hours_after, london_day};
use crate::clock::periods::End;
use crate::clock::rules::Shape;
use crate::clock::{Cause, Source, What};
use crate::person::BirthBasis;
use jiff::civil::Date;

impl Telling<'_> {
    /// What begins a clock of this run, each with its end.
    pub(super) fn begun(&self, events: Vec<Event>) -> Vec<Begun> {
        let mut all: Vec<Begun> = Vec::new();
        for (index, event) in events.iter().enumerate() {
            let Some(event) = self.started(event, events.get(..index).unwrap_or_default()) else { continue };
            let stop = self.stop(&event);
            if stop.is_some_and(|end| end.last_day < event.cause.on) {
                continue;
            }
            let open = |before: &&mut Begun| {
                before.event.of_one_matter(&event)
                    && before.stop.is_none_or(|end| end.last_day >= event.cause.on)
            };
            if self.starts_anew()
                && let Some(before) = all.iter_mut().rev().find(open)
            {
                // at an age there is one day, however often it began
                if matches!(self.run.shape, Shape::AtAge(_)) {
                    continue;
                }
                // what completes it also starts it: within a row it only completes
                if self.run.done.contains(&event.kind) {
                    continue;
                }
                if self.run.repeats() || before.event.of_the_very_matter(&event) {
                    let last_day = event.cause.on.yesterday().unwrap_or(event.cause.on);
                    let moved = End { cause: event.cause, last_day };
                    before.stop = Some(before.stop.map_or(moved, |end| earlier(end, moved)));
                    if before.event.cause.on == event.cause.on {
                        *before = Begun { event, stop };
                        continue;
                    }
                }
            }
            all.push(Begun { event, stop });
        }
        all
    }

    /// Whether a second start takes the place of the first: in a row that repeats, and where a day that was
    /// set is set anew.
    const fn starts_anew(&self) -> bool {
        self.run.repeats()
            || matches!(
                self.run.shape,
                Shape::Before(_) | Shape::NamedDay | Shape::ByDate(_) | Shape::AtAge(_)
            )
    }

    /// The start as this run counts it, or none where it does not apply.
    fn started(&self, event: &Event, before: &[Event]) -> Option<Event> {
        let only = &self.run.only;
        let mut event = *event;
        if only.born && self.unborn_on(event.cause.on) {
            return None;
        }
        if let Some((n, over)) = only.often {
            let since = self.back(event.cause.on, over);
            let recent = before.iter().filter(|other| other.cause.on > since).count();
            if recent + 1 < n {
                return None;
            }
        }
        if let Some(length) = only.lasting {
            event = lasted(event, length, self.story.today)?;
        }
        if let Some(age) = only.opens {
            let on = self.reaches(age)?;
            if on > event.cause.on {
                let years = u8::try_from(whole_years(age)).ok()?;
                event.cause = Cause { on, what: What::Reached(years), source: Source::Birth };
                event.at = None;
            }
        }
        if event.cause.on > self.story.today {
            return None;
        }
        if let Some(length) = only.already {
            let since = self.back(event.cause.on, length);
            let done = |other: &Event| {
                other.of_one_matter(&event) && (since..event.cause.on).contains(&other.cause.on)
            };
            if self.done.iter().any(done) {
                return None;
            }
        }
        Some(event)
    }

    /// What ends it at the latest.
    fn stop(&self, event: &Event) -> Option<End> {
        let ends = self.ends.iter().filter_map(|end| end.end_of(event));
        let age = self.run.only.until_age.and_then(|age| self.reaches(age));
        let birthday = age.filter(|on| *on <= self.story.today).map(|on| End {
            cause: Cause {
                on: on.max(event.cause.on),
                what: What::Reached(
                    self.run.only.until_age.map_or(0, |a| u8::try_from(whole_years(a)).unwrap_or(0)),
                ),
                source: Source::Birth,
            },
            last_day: on.yesterday().unwrap_or(on),
        });
        ends.chain(birthday).chain(event.until).reduce(earlier)
    }

    fn unborn_on(&self, day: Date) -> bool {
        let birth = self.story.facts.birth;
        birth.is_some_and(|birth| birth.basis == BirthBasis::Expected || day < birth.on)
    }

    /// The day the person reaches an age; none while they are not born.
    pub(super) fn reaches(&self, age: Length) -> Option<Date> {
        let birth = self.story.facts.birth.filter(|birth| birth.basis != BirthBasis::Expected)?;
        let months = if age.unit == Unit::Years { age.n.checked_mul(12)? } else { age.n };
        crate::standing::reaches(birth, months)
    }

    /// The day a length before another.
    pub(super) fn back(&self, day: Date, length: Length) -> Date {
        let n = i32::try_from(length.n).unwrap_or(i32::MAX);
        match length.unit {
            Unit::WorkingDays => self.story.calendar.add_working_days(day, -n),
            Unit::Days => add_days(day, -n),
            Unit::Weeks => add_days(day, -n.saturating_mul(7)),
            Unit::Hours => add_days(day, -(n / 24) - i32::from(n % 24 > 0)),
            Unit::Months => crate::calendar::add_months(day, -n),
            Unit::Years => crate::calendar::add_months(day, -n.saturating_mul(12)),
        }
    }
}

fn earlier(one: End, other: End) -> End {
    if (other.last_day, other.cause) < (one.last_day, one.cause) { other } else { one }
}

const fn whole_years(age: Length) -> u32 {
    match age.unit {
        Unit::Years => age.n,
        Unit::Months | Unit::Hours | Unit::WorkingDays | Unit::Days | Unit::Weeks => age.n / 12,
    }
}

/// The moment something has lasted so long, if it has.
fn lasted(event: Event, length: Length, today: Date) -> Option<Event> {
    let mut shifted = event;
    if let (Some(at), Unit::Hours) = (event.at, length.unit) {
        let until = hours_after(at, length.n);
        if event.ended_at.is_some_and(|ended| ended < until) {
            return None;
        }
        shifted.at = Some(until);
        shifted.cause.on = london_day(until);
    } else {
        let days = if length.unit == Unit::Hours { length.n.div_ceil(24) } else { length.n };
        shifted.cause.on = add_days(event.cause.on, i32::try_from(days).ok()?);
    }
    let over = event.ended.is_some_and(|ended| ended < shifted.cause.on);
    (!over && shifted.cause.on <= today).then_some(shifted)
}
