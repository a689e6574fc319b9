//! How long a timescale runs, in the units the law uses.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A unit in which a timescale is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Elapsed hours; nights and weekends count.
    Hours,
    /// Working days of England.
    WorkingDays,
    /// Calendar days.
    Days,
    /// Weeks of seven calendar days.
    Weeks,
    /// Calendar months: the same day of the month, or its last day.
    Months,
    /// Calendar years.
    Years,
}

impl Unit {
    /// The word for one or for many ("working day", "working days").
    pub const fn word(self, n: u32) -> &'static str {
        match (self, n) {
            (Self::Hours, 1) => "hour",
            (Self::Hours, _) => "hours",
            (Self::WorkingDays, 1) => "working day",
            (Self::WorkingDays, _) => "working days",
            (Self::Days, 1) => "day",
            (Self::Days, _) => "days",
            (Self::Weeks, 1) => "week",
            (Self::Weeks, _) => "weeks",
            (Self::Months, 1) => "month",
            (Self::Months, _) => "months",
            (Self::Years, 1) => "year",
            (Self::Years, _) => "years",
        }
    }
}

/// A length of time as a rule writes it: "45 working days".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Length {
    /// How many.
    pub n: u32,
    /// Of what.
    pub unit: Unit,
}

impl Length {
    /// `n` of `unit`.
    pub const fn new(n: u32, unit: Unit) -> Self {
        Self { n, unit }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.n, self.unit.word(self.n))
    }
}

impl std::str::FromStr for Length {
    type Err = String;

    /// Reads a length as people write it: "10 working days", "1 week", "6 months", "72 hours".
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
        let unit = match unit.trim() {
            "hour" | "hours" => Some(Unit::Hours),
            "working day" | "working days" => Some(Unit::WorkingDays),
            "day" | "days" => Some(Unit::Days),
            "week" | "weeks" => Some(Unit::Weeks),
            "month" | "months" => Some(Unit::Months),
            "year" | "years" => Some(Unit::Years),
            _ => None,
        };
        match (number.parse().ok().filter(|n| (1..=10_000).contains(n)), unit) {
            (Some(n), Some(unit)) => Ok(Self::new(n, unit)),
            _ => Err(format!("\"{text}\" is not a length like \"10 working days\" or \"6 weeks\"")),
        }
    }
}

/// Whether the day something starts is itself counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// The starting day is day 0, whatever day of the week it is (the usual way).
    #[default]
    FromNextDay,
    /// "Beginning with": the starting day is day 1 (Children Act 1989 sections 32, 37 and 43).
    FirstDayCounts,
}
