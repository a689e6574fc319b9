//! How a clock stands on a day: running, nearly due, late by so much, done in time or not, ended.

use super::Clock;
use crate::calendar::{Calendar, Length, Unit, days_between};
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// There is time.
    Running {
        /// Working days left for a rule in working days, else calendar days.
        left: Length,
    },
    /// The last fifth of its time has begun.
    Nearly {
        /// Working days left for a rule in working days, else calendar days.
        left: Length,
    },
    /// Today is its last day.
    DueToday,
    /// Its last day has passed and it is not done.
    Late {
        /// By how much, so far.
        by: Lateness,
    },
    /// Done.
    Done {
        /// The day.
        on: Date,
        /// By how much too late, if it was.
        late: Option<Lateness>,
    },
    /// No longer needed.
    Ended {
        /// The day.
        on: Date,
        /// By how much it was late by then, if it was.
        late: Option<Lateness>,
    },
}

/// How late something is or was: in working days for a rule in working days, in hours where both the last
/// instant and the completion are known to the minute, else in calendar days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lateness {
    /// How many whole days. None at all means: late, but by less than one working day (at a weekend).
    pub n: u32,
    /// Working days, days or hours.
    pub unit: Unit,
}

impl fmt::Display for Lateness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.n {
            0 if self.unit == Unit::Hours => f.write_str("less than an hour late"),
            0 => write!(f, "less than a {} late", self.unit.word(1)),
            n => write!(f, "{n} {} late", self.unit.word(n)),
        }
    }
}

impl State {
    /// The state in a few plain words: "2 working days late", "due in 3 days", "done on time".
    pub fn plain(&self) -> String {
        match self {
            Self::Running { left } | Self::Nearly { left } => format!("due in {left}"),
            Self::DueToday => "due today".to_owned(),
            Self::Late { by } => by.to_string(),
            Self::Done { late: None, .. } => "done in time".to_owned(),
            Self::Done { late: Some(late), .. } => format!("done, {late}"),
            Self::Ended { late: None, .. } => "no longer needed".to_owned(),
            Self::Ended { late: Some(late), .. } => format!("no longer needed, {late} by then"),
        }
    }

    /// How late it is or was. No reason changes this.
    pub const fn lateness(&self) -> Option<Lateness> {
        match self {
            Self::Late { by } => Some(*by),
            Self::Done { late, .. } | Self::Ended { late, .. } => *late,
            Self::Running { .. } | Self::Nearly { .. } | Self::DueToday => None,
        }
    }
}

impl Clock {
    /// How it stands on a day.
    pub fn state(&self, today: Date, calendar: &Calendar) -> State {
        if let Some(done) = self.done {
            let late = match self.done_at.and_then(|at| self.lateness_at(at)) {
                Some(late) => late,
                None => self.lateness_on(done.on, calendar),
            };
            return State::Done { on: done.on, late };
        }
        if let Some(cause) = self.cancelled {
            return State::Ended { on: cause.on, late: self.lateness_on(cause.on, calendar) };
        }
        if let Some(by) = self.lateness_on(today, calendar) {
            return State::Late { by };
        }
        if today == self.due {
            return State::DueToday;
        }
        let left = Length::new(self.count(today, self.due, calendar), self.day_unit());
        let whole = self.count(self.started.on, self.due, calendar);
        if left.n <= whole.div_ceil(5).max(1) { State::Nearly { left } } else { State::Running { left } }
    }

    /// How late it would be if it were done on a day; none when that is in time.
    pub fn lateness_on(&self, day: Date, calendar: &Calendar) -> Option<Lateness> {
        (day > self.due).then(|| Lateness { n: self.count(self.due, day, calendar), unit: self.day_unit() })
    }

    /// How it stands at an instant. Only a rule in hours, whose start is known to the minute, can be late
    /// before its last day is over.
    pub fn state_at(&self, now: Timestamp, calendar: &Calendar) -> State {
        match self.lateness_at(now) {
            Some(Some(by)) if self.is_running() => State::Late { by },
            _ => self.state(crate::calendar::london_day(now), calendar),
        }
    }

    /// How late it would be if it were done at an instant, where its last instant is known: none within it.
    fn lateness_at(&self, at: Timestamp) -> Option<Option<Lateness>> {
        let due = self.due_at?;
        let hours = u32::try_from(at.duration_since(due).as_hours()).unwrap_or(0);
        Some((at > due).then_some(Lateness { n: hours, unit: Unit::Hours }))
    }

    const fn day_unit(&self) -> Unit {
        match self.length.unit {
            Unit::WorkingDays => Unit::WorkingDays,
            Unit::Hours | Unit::Days | Unit::Weeks | Unit::Months | Unit::Years => Unit::Days,
        }
    }

    fn count(&self, from: Date, to: Date, calendar: &Calendar) -> u32 {
        let days = match self.day_unit() {
            Unit::WorkingDays => calendar.working_days_between(from, to),
            Unit::Hours | Unit::Days | Unit::Weeks | Unit::Months | Unit::Years => days_between(from, to),
        };
        u32::try_from(days).unwrap_or(0)
    }
}
