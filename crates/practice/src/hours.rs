//! The hours somebody works, as they put them down themselves: the week so far, what is owed to them, and when a week is so
//! long that their manager is asked what would have to give. Nobody but the worker sees a day. Figures are dated data.

use crate::week::parse_minutes;
use crate::words::words;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

words! {
    /// What the minutes of a day are.
    HoursKind {
        Worked = "worked", "Worked";
        TakenBack = "taken-back", "Taken back";
    }
}

/// How long a whole week is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WholeWeek {
    /// In minutes.
    pub minutes: u32,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub until: Option<Date>,
    /// Where it comes from.
    pub source: String,
}

/// From when a week's hours ask a question.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Most {
    /// So many hours.
    pub hours: u32,
    /// Over how many weeks the law averages them.
    pub averaged_over_weeks: u32,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub until: Option<Date>,
    /// Where it comes from.
    pub source: String,
}

/// The figures, each with the days between which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    whole_week: Vec<WholeWeek>,
    most: Vec<Most>,
}

/// A week: what was worked in it, and what was agreed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WeekWorked {
    /// Minutes worked.
    pub worked: u32,
    /// Minutes agreed.
    pub agreed: u32,
}

impl Figures {
    /// The figures the program comes with, `data/hours.toml`.
    ///
    /// # Errors
    /// Only when the program was built with figures that cannot be read; a test reads them.
    pub fn usual() -> Result<&'static Self, &'static str> {
        static USUAL: LazyLock<Result<Figures, String>> =
            LazyLock::new(|| Figures::read(include_str!("../data/hours.toml")));
        USUAL.as_ref().map_err(String::as_str)
    }

    /// Reads figures of the same form as `data/hours.toml`.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|wrong| wrong.to_string())?;
        if read.whole_week.is_empty() || read.most.is_empty() {
            return Err("a whole week and the most hours of one stand there".to_owned());
        }
        let sources = read.whole_week.iter().map(|one| &one.source);
        if sources.chain(read.most.iter().map(|one| &one.source)).any(|source| source.trim().is_empty()) {
            return Err("each figure says where it comes from".to_owned());
        }
        Ok(read)
    }

    /// The most hours of a week that hold on a day.
    pub fn most_on(&self, day: Date) -> Option<&Most> {
        let holds = |one: &&Most| one.from <= day && one.until.is_none_or(|until| day <= until);
        self.most.iter().rev().find(holds)
    }

    /// The minutes agreed of a week for somebody who works so many in a hundred of a whole one.
    pub fn agreed(&self, percent: u32, day: Date) -> u32 {
        let holds = |one: &&WholeWeek| one.from <= day && one.until.is_none_or(|until| day <= until);
        self.whole_week.iter().rev().find(holds).map_or(0, |one| (one.minutes * percent + 50) / 100)
    }

    /// Whether so many minutes in a week ask the manager what would have to give.
    pub fn asks(&self, worked: u32, monday: Date) -> bool {
        self.most_on(monday).is_some_and(|most| worked > most.hours * 60)
    }
}

/// Reads the hours of a day as people write them. A number alone that could be hours is hours here ("7.5", "8"): nobody
/// writes down a day of eight minutes. Else as [`parse_minutes`].
pub fn parse_day(typed: &str) -> Option<u32> {
    let plain = typed.trim().replace(',', ".");
    let bare = !plain.is_empty() && plain.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    let hours =
        bare && plain.split('.').next().and_then(|whole| whole.parse::<u32>().ok()).is_some_and(|n| n <= 24);
    if hours { parse_minutes(&format!("{plain} h")) } else { parse_minutes(&plain) }
}

/// The minutes owed to somebody: what they worked beyond the agreed week, week by week, less what they took back. A week
/// with less than was agreed owes nothing: it may be that not every day was put down. Below nothing, more was taken back
/// than was put down as worked.
pub fn owed(weeks: &[WeekWorked], taken_back: u32) -> i64 {
    let beyond: i64 = weeks.iter().map(|week| i64::from(week.worked.saturating_sub(week.agreed))).sum();
    beyond - i64::from(taken_back)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const MONDAY: Date = date(2026, 11, 16);

    fn usual() -> &'static Figures {
        Figures::usual().unwrap()
    }

    #[test]
    fn forty_eight_hours_are_not_too_long_and_a_minute_more_asks() {
        assert!(!usual().asks(48 * 60, MONDAY));
        assert!(usual().asks(48 * 60 + 1, MONDAY));
        let most = usual().most_on(MONDAY).unwrap();
        assert_eq!((most.hours, most.averaged_over_weeks), (48, 17));
        assert!(usual().most_on(date(1997, 1, 1)).is_none());
        assert!(!usual().asks(100 * 60, date(1997, 1, 6)), "nothing was asked before the law");
    }

    #[test]
    fn part_time_agreed_less_and_is_owed_from_there() {
        assert_eq!(usual().agreed(100, MONDAY), 37 * 60);
        assert_eq!(usual().agreed(60, MONDAY), 1332);
        let week = |worked, agreed| WeekWorked { worked, agreed };
        assert_eq!(owed(&[week(40 * 60, 37 * 60)], 0), 180);
        assert_eq!(owed(&[week(40 * 60, 37 * 60), week(10 * 60, 37 * 60)], 60), 120);
        assert_eq!(owed(&[], 30), -30);
    }

    #[test]
    fn a_day_is_read_in_hours_where_it_could_be() {
        for (typed, minutes) in [
            ("8", 480),
            ("7.5", 450),
            ("7,5", 450),
            (" 7 h 30 ", 450),
            ("7:30", 450),
            ("450", 450),
            ("45 min", 45),
        ] {
            assert_eq!(parse_day(typed), Some(minutes), "{typed}");
        }
        for typed in ["", "0", "a long day", "25 h", "-3"] {
            assert_eq!(parse_day(typed), None, "{typed}");
        }
    }

    #[test]
    fn figures_without_a_source_are_refused() {
        let text = include_str!("../data/hours.toml");
        assert!(Figures::read("whole_week = []\nmost = []").is_err());
        let (before, _) = text.split_once("source = \"Working").unwrap();
        assert!(
            Figures::read(&format!("{before}source = \" \"\n")).unwrap_err().contains("where it comes from")
        );
    }
}
