//! Working days and bank holidays of England, months as the law counts them, and the day it is in London.
//!
//! A working day is not a Saturday or Sunday, nor a bank holiday in England (Banking and Financial Dealings
//! Act 1971; SI 2006/1738 regulation 2). Holidays are computed, with the moved and extra ones held as data,
//! so that any year has its calendar; a holiday proclaimed later is an [`Override`].

mod holidays;
mod length;
#[cfg(test)]
mod tests;

pub use length::{Counting, Length, Unit};

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// First and last day for which working days are counted in advance. Other days are stepped through.
const COUNTED: (Date, Date) = (date(1950, 1, 1), date(2149, 12, 31));

/// Whether an override makes a holiday or takes one away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// The day is a bank holiday.
    Add,
    /// The day is an ordinary day after all.
    Remove,
}

/// A bank holiday given or moved by proclamation after this program was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The day.
    pub date: Date,
    /// Whether it is given or taken away.
    pub change: Change,
    /// What it is called.
    pub name: Cow<'static, str>,
}

/// An override that a council loaded, and when: what it moved says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proclaimed {
    /// The day and what became of it.
    pub holiday: Override,
    /// The day it was loaded.
    pub loaded: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OverrideFile {
    #[serde(default)]
    holiday: Vec<Override>,
}

/// A file of overrides that could not be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "the list of bank holidays could not be read: {0} \
     (expected: [[holiday]] with date = \"2027-05-10\", change = \"add\" or \"remove\", name = \"...\")"
)]
pub struct OverrideError(#[from] toml::de::Error);

/// Reads overrides from text: one `[[holiday]]` table each, with `date`, `change` and `name`.
///
/// # Errors
/// Says the line and what was expected there.
pub fn read_overrides(text: &str) -> Result<Vec<Override>, OverrideError> {
    Ok(toml::from_str::<OverrideFile>(text)?.holiday)
}

/// The working-day calendar of England.
#[derive(Clone, Debug)]
pub struct Calendar {
    overrides: BTreeMap<Date, (Change, Cow<'static, str>)>,
    /// What this council loaded since the program was made.
    proclaimed: Vec<Proclaimed>,
    /// For each counted day, how many working days there are up to and with it.
    up_to: Vec<u32>,
    /// Every counted working day in order.
    working: Vec<Date>,
}

impl Calendar {
    /// The calendar as known when this program was made. Checked for 1996 to 2035.
    pub fn england() -> Self {
        Self::england_with_overrides(&[])
    }

    /// The calendar of England with holidays an administrator has loaded since.
    pub fn england_with_overrides(overrides: &[Override]) -> Self {
        let overrides = holidays::one_off()
            .chain(overrides.iter().cloned())
            .map(|o| (o.date, (o.change, o.name)))
            .collect();
        let mut calendar = Self { overrides, proclaimed: Vec::new(), up_to: Vec::new(), working: Vec::new() };
        calendar.count();
        calendar
    }

    /// The calendar of England with holidays a council has loaded since, which clocks then speak of.
    pub fn england_with_proclaimed(proclaimed: Vec<Proclaimed>) -> Self {
        let overrides: Vec<Override> = proclaimed.iter().map(|one| one.holiday.clone()).collect();
        Self { proclaimed, ..Self::england_with_overrides(&overrides) }
    }

    /// The proclaimed days after one day and up to another that would else have been counted, or not.
    pub fn proclaimed_between(&self, from: Date, to: Date) -> impl Iterator<Item = &Proclaimed> {
        let within = move |one: &&Proclaimed| from < one.holiday.date && one.holiday.date <= to;
        self.proclaimed.iter().filter(within).filter(|one| is_weekday(one.holiday.date))
    }

    /// This calendar with further holidays given or taken away; where both speak of a day the new one wins.
    #[must_use]
    pub fn with_overrides(mut self, overrides: &[Override]) -> Self {
        self.overrides.extend(overrides.iter().cloned().map(|o| (o.date, (o.change, o.name))));
        self.count();
        self
    }

    fn count(&mut self) {
        let mut up_to = Vec::with_capacity(73_100);
        let mut working = Vec::with_capacity(51_000);
        for year in COUNTED.0.year()..=COUNTED.1.year() {
            let holidays: Vec<Date> = self.holidays(year).into_iter().map(|(day, _)| day).collect();
            let mut day = date(year, 1, 1);
            while day.year() == year {
                if is_weekday(day) && !holidays.contains(&day) {
                    working.push(day);
                }
                up_to.push(u32::try_from(working.len()).unwrap_or(u32::MAX));
                day = day.tomorrow().unwrap_or(Date::MAX);
            }
        }
        (self.up_to, self.working) = (up_to, working);
    }

    /// The bank holidays of a year, in order, with their names.
    pub fn holidays(&self, year: i16) -> Vec<(Date, String)> {
        let mut all: BTreeMap<Date, String> = BTreeMap::new();
        for (day, name) in holidays::yearly(year).into_iter().flatten() {
            all.insert(day, name.to_owned());
        }
        for (day, (change, name)) in &self.overrides {
            match change {
                Change::Add if day.year() == year => {
                    all.insert(*day, name.clone().into_owned());
                }
                Change::Remove => {
                    all.remove(day);
                }
                Change::Add => {}
            }
        }
        all.into_iter().collect()
    }

    /// The name of the bank holiday on this day, if it is one.
    pub fn holiday(&self, day: Date) -> Option<String> {
        self.holidays(day.year()).into_iter().find(|(d, _)| *d == day).map(|(_, name)| name)
    }

    /// Whether this is a working day.
    pub fn is_working_day(&self, day: Date) -> bool {
        match self.counted(day) {
            Some((index, count)) => count > self.before(index),
            None => is_weekday(day) && self.holiday(day).is_none(),
        }
    }

    /// The `n`th working day after `day` (day 0, whatever day it is); before it when `n` is negative. With
    /// 0 the day itself.
    pub fn add_working_days(&self, day: Date, n: i32) -> Date {
        if n == 0 {
            return day;
        }
        if let Some((index, count)) = self.counted(day) {
            let position = if n > 0 {
                i64::from(count) + i64::from(n) - 1
            } else {
                i64::from(self.before(index)) + i64::from(n)
            };
            if let Some(found) = usize::try_from(position).ok().and_then(|p| self.working.get(p)) {
                return *found;
            }
        }
        self.step_working_days(day, n)
    }

    fn step_working_days(&self, mut day: Date, n: i32) -> Date {
        let mut left = n.unsigned_abs();
        while left > 0 {
            let next = if n > 0 { day.tomorrow() } else { day.yesterday() };
            let Ok(next) = next else { return day };
            day = next;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// How many working days lie after `from`, up to and with `to`; negative when `to` is earlier. The
    /// inverse of [`Calendar::add_working_days`].
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        if to < from {
            let (Some((late, _)), Some((early, _))) = (self.counted(from), self.counted(to)) else {
                return -self.step_between(to.yesterday().unwrap_or(to), from.yesterday().unwrap_or(from));
            };
            return difference(self.before(early), self.before(late));
        }
        match (self.counted(from), self.counted(to)) {
            (Some((_, early)), Some((_, late))) => difference(late, early),
            _ => self.step_between(from, to),
        }
    }

    fn step_between(&self, from: Date, to: Date) -> i32 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            count += i32::from(self.is_working_day(day));
        }
        count
    }

    /// This day if it is a working day, else the next working day (a subject access request falls due so).
    pub fn roll_forward(&self, day: Date) -> Date {
        if self.is_working_day(day) { day } else { self.add_working_days(day, 1) }
    }

    /// This day if it is a working day, else the last working day before it (for planning ahead).
    pub fn roll_back(&self, day: Date) -> Date {
        if self.is_working_day(day) { day } else { self.add_working_days(day, -1) }
    }

    /// The last day of a timescale that starts on `start`. Hours count as the days they reach into; for the
    /// instant itself use [`hours_after`].
    pub fn last_day(&self, start: Date, length: Length, counting: Counting) -> Date {
        let n = i32::try_from(length.n).unwrap_or(i32::MAX);
        let start = match counting {
            Counting::FromNextDay => start,
            Counting::FirstDayCounts => start.yesterday().unwrap_or(start),
        };
        match length.unit {
            Unit::WorkingDays => self.add_working_days(start, n),
            Unit::Days => add_days(start, n),
            Unit::Weeks => add_days(start, n.saturating_mul(7)),
            Unit::Hours => add_days(start, n / 24 + i32::from(n % 24 > 0)),
            Unit::Months | Unit::Years => {
                let months = if length.unit == Unit::Years { n.saturating_mul(12) } else { n };
                match counting {
                    Counting::FromNextDay => add_months(start, months),
                    // "one month beginning with 1 March" ends on 31 March: the day before 1 April
                    Counting::FirstDayCounts => {
                        let first = start.tomorrow().unwrap_or(start);
                        add_days(add_months(first, months), -1)
                    }
                }
            }
        }
    }

    fn counted(&self, day: Date) -> Option<(usize, u32)> {
        if day < COUNTED.0 || day > COUNTED.1 {
            return None;
        }
        let index = usize::try_from(days_between(COUNTED.0, day)).ok()?;
        Some((index, *self.up_to.get(index)?))
    }

    /// How many working days there are before the counted day with this index.
    fn before(&self, index: usize) -> u32 {
        index.checked_sub(1).and_then(|i| self.up_to.get(i)).copied().unwrap_or(0)
    }
}

fn difference(a: u32, b: u32) -> i32 {
    i32::try_from(i64::from(a) - i64::from(b)).unwrap_or(i32::MAX)
}

fn is_weekday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Calendar days from one day to another; negative when the second is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(i32::MAX)
}

/// The day `n` calendar days later (earlier when negative), ending at the last day there is.
pub fn add_days(day: Date, n: i32) -> Date {
    day.saturating_add(jiff::SignedDuration::from_hours(i64::from(n) * 24))
}

/// The same day of the month `n` months later, or the last day of that month where there is none: 30
/// November and three months is 28 or 29 February. Statutory months do not roll to a working day.
pub fn add_months(day: Date, n: i32) -> Date {
    Span::new().try_months(n).map_or(Date::MAX, |span| day.saturating_add(span))
}

/// The time zone in which every day of the record is a day: Europe/London, held inside the program.
pub fn london() -> TimeZone {
    jiff::tz::get!("Europe/London")
}

/// The day it is in London at this instant.
pub fn london_day(at: Timestamp) -> Date {
    at.to_zoned(london()).date()
}

/// The last second of a day in London: until then something due that day is in time.
pub fn end_of_day(day: Date) -> Timestamp {
    london().to_ambiguous_timestamp(day.at(23, 59, 59, 0)).compatible().unwrap_or(Timestamp::MAX)
}

/// The instant `n` elapsed hours later; nights, weekends and the change of the clocks do not stop it.
pub fn hours_after(at: Timestamp, n: u32) -> Timestamp {
    at.saturating_add(jiff::SignedDuration::from_hours(i64::from(n))).unwrap_or(Timestamp::MAX)
}
