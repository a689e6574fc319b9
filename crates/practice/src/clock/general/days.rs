//! Last days that are not counted from a beginning: before a day that is set, on a day of the year, at an
//! age, around birthdays, in each month or year.

use super::{Begun, Event, Telling, Times};
use crate::calendar::{Length, Unit, add_months};
use crate::clock::rules::{Birthdays, MonthDay, Shape};
use crate::clock::{Cause, Clock, What};
use jiff::civil::Date;

/// A length for what is due on a day and not after so long.
const NONE: Length = Length::new(0, Unit::Days);

impl MonthDay {
    fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

impl Telling<'_> {
    /// The day of a run that has just one.
    pub(super) fn day(&self, begun: &Begun) -> Option<Times> {
        let started = begun.event.cause;
        let times = match self.version(started.on)?.1.shape {
            Shape::Before(length) => {
                let day = begun.event.names?;
                Times { for_day: Some(day), ..Times::by(self.back(day, length), length) }
            }
            Shape::NamedDay => Times::by(begun.event.names?, NONE),
            Shape::AtAge(age) => Times::by(self.reaches(age)?, age),
            Shape::ByDate(day) => {
                let this = day.in_year(started.on.year())?;
                let next = if this >= started.on { this } else { day.in_year(started.on.year() + 1)? };
                Times::by(next, NONE)
            }
            Shape::After(_)
            | Shape::Birthdays(_)
            | Shape::EachMonth
            | Shape::EachYear { .. }
            | Shape::AtMost { .. } => return None,
        };
        Some(times.at_once_if_past(started))
    }

    /// A window around each birthday.
    pub(super) fn birthdays(&self, begun: &Begun, around: Birthdays, clocks: &mut Vec<Clock>) {
        let mut windows = Vec::new();
        for age in around.from..=around.to {
            let Some(birthday) = self.reaches(Length::new(age, Unit::Years)) else { continue };
            let due =
                self.story.calendar.last_day(birthday, around.after, crate::calendar::Counting::FromNextDay);
            let times = Times { for_day: Some(birthday), ..Times::by(due, around.after) };
            windows.push((self.back(birthday, around.before), times));
        }
        self.windows(begun, &windows, clocks);
    }

    /// Each calendar month from the one in which it began.
    pub(super) fn months(&self, begun: &Begun, clocks: &mut Vec<Clock>) {
        let mut windows = Vec::new();
        let mut first = begun.event.cause.on.first_of_month();
        while first <= self.story.today {
            windows.push((first, Times::by(first.last_of_month(), Length::new(1, Unit::Months))));
            first = add_months(first, 1);
        }
        self.windows(begun, &windows, clocks);
    }

    /// Each year between two days of it.
    pub(super) fn years(&self, begun: &Begun, (opens, due): (MonthDay, MonthDay), clocks: &mut Vec<Clock>) {
        let mut windows = Vec::new();
        for year in begun.event.cause.on.year()..=self.story.today.year() {
            if let (Some(opens), Some(due)) = (opens.in_year(year), due.in_year(year)) {
                windows.push((opens, Times::by(due, NONE)));
            }
        }
        self.windows(begun, &windows, clocks);
    }

    /// One clock for each window that has opened; what is done in a later one completes those before it too.
    fn windows(&self, begun: &Begun, windows: &[(Date, Times)], clocks: &mut Vec<Clock>) {
        let done = self.completions(begun);
        let start = begun.event.cause;
        let mut round = 1;
        for (opens, times) in windows {
            let last = begun.stop.map_or(self.story.today, |end| end.last_day);
            if times.due < start.on || *opens > self.story.today || *opens > last {
                continue;
            }
            let started =
                if *opens > start.on { Cause { on: *opens, what: What::Opened, ..start } } else { start };
            let completed: Option<Event> = done.iter().find(|event| event.cause.on >= started.on).copied();
            clocks.extend(self.clock(begun, (started, round), *times, completed));
            round += 1;
        }
    }
}
