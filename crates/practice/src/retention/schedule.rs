//! The lengths for which records are kept, held as data and read once at the start.

use super::facts::RecordKind;
use crate::calendar::{Length, Unit};
use crate::words::words;
use jiff::civil::Date;
use serde::Deserialize;

words! {
    /// From which day a length counts.
    CountsFrom {
        Birth = "birth", "from birth";
        DeathUnder18 = "death-under-18", "from their death, where they died before they were 18";
        Beginning = "beginning", "from the day it was so";
        End = "end", "from the day it ended";
        Last = "last", "from the last day anything was recorded";
    }
}

words! {
    /// What stands behind a length.
    Force {
        Statute = "statute", "An Act says so";
        Regulation = "regulation", "A regulation says so";
        Default = "default", "The council's own figure; no law gives one";
    }
}

impl Force {
    /// Whether the law says it, so that a council may only keep for longer.
    pub const fn is_law(self) -> bool {
        matches!(self, Self::Statute | Self::Regulation)
    }
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepRule {
    /// Its id, as `KEEP-01`.
    pub id: String,
    /// Which records it is about.
    pub about: RecordKind,
    /// From which day it counts.
    pub counts_from: CountsFrom,
    /// How many years.
    pub years: u32,
    /// What stands behind it.
    pub force: Force,
    /// Where that is written.
    pub source: String,
    /// Whether the figure was seen in its source, or is from memory.
    pub seen: bool,
    /// The first day on which it holds; none for always.
    pub valid_from: Option<Date>,
}

impl KeepRule {
    /// "Looked after: 75 years from birth".
    pub fn sentence(&self) -> String {
        format!("{}: {} years {}", self.about.plain(), self.years, self.counts_from.plain())
    }
}

/// A length of a council's own, from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLength {
    /// Of which rule.
    pub rule: String,
    /// How many years.
    pub years: u32,
    /// From which day.
    pub from: Date,
}

/// A schedule that cannot be read, or a length the law does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// The file is not in the form of a schedule.
    #[error("the retention schedule could not be read: {0}")]
    Form(String),
    /// One field of one rule is not what it should be.
    #[error("rule {rule}, {field}: {problem}")]
    Field {
        /// The rule.
        rule: String,
        /// The field.
        field: &'static str,
        /// What is wrong, and what was expected.
        problem: String,
    },
    /// Shorter than the law says.
    #[error("{rule} is {years} years by law: a council may keep for longer, never for less")]
    Shorter {
        /// The rule.
        rule: String,
        /// What the law says.
        years: u32,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: Vec<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    about: String,
    counts_from: String,
    length: String,
    force: String,
    source: String,
    sure: String,
    valid_from: Option<String>,
}

fn rule(written: WrittenRule) -> Result<KeepRule, ScheduleError> {
    let id = written.id.clone();
    let wrong = |field, found: &str, expected: &str| ScheduleError::Field {
        rule: id.clone(),
        field,
        problem: format!("found \"{found}\", expected {expected}"),
    };
    let length: Length =
        written.length.parse().map_err(|_| wrong("length", &written.length, "a length like 75 years"))?;
    if length.unit != Unit::Years || length.n == 0 || length.n > 1000 {
        return Err(wrong("length", &written.length, "1 to 1000 years"));
    }
    let valid_from = match &written.valid_from {
        Some(day) => Some(day.parse().map_err(|_| wrong("valid_from", day, "a day like 2026-04-01"))?),
        None => None,
    };
    Ok(KeepRule {
        about: RecordKind::from_code(&written.about)
            .ok_or_else(|| wrong("about", &written.about, "a kind of record"))?,
        counts_from: CountsFrom::from_code(&written.counts_from)
            .ok_or_else(|| wrong("counts_from", &written.counts_from, "birth, end, last ..."))?,
        force: Force::from_code(&written.force)
            .ok_or_else(|| wrong("force", &written.force, "statute, regulation or default"))?,
        seen: match &*written.sure {
            "seen" => true,
            "from-memory" => false,
            other => return Err(wrong("sure", other, "seen or from-memory")),
        },
        years: length.n,
        source: written.source,
        valid_from,
        id: written.id,
    })
}

/// Every rule, with the council's own lengths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    rules: Vec<KeepRule>,
}

impl Schedule {
    /// The schedule that comes with the program.
    ///
    /// # Errors
    /// Never in a program that passed its tests.
    pub fn built_in() -> Result<Self, ScheduleError> {
        Self::read(include_str!("../../data/retention.toml"))
    }

    /// Reads a schedule of the same form as `data/retention.toml`.
    ///
    /// # Errors
    /// [`ScheduleError`] names rule and field.
    pub fn read(text: &str) -> Result<Self, ScheduleError> {
        let written: Written =
            toml::from_str(text).map_err(|error| ScheduleError::Form(error.to_string()))?;
        let rules = written.rule.into_iter().map(rule).collect::<Result<_, _>>()?;
        Ok(Self { rules })
    }

    /// Every rule.
    pub fn all(&self) -> &[KeepRule] {
        &self.rules
    }

    /// The schedule with a council's own lengths. What the law says may only be made longer.
    ///
    /// # Errors
    /// [`ScheduleError::Shorter`], or [`ScheduleError::Field`] for a rule there is not.
    pub fn with_own(&self, own: &[OwnLength]) -> Result<Self, ScheduleError> {
        let mut rules = self.rules.clone();
        for one in own {
            let unknown = || ScheduleError::Field {
                rule: one.rule.clone(),
                field: "rule",
                problem: "there is no such rule".to_owned(),
            };
            let usual = self.rules.iter().find(|rule| rule.id == one.rule).ok_or_else(unknown)?;
            if usual.force.is_law() && one.years < usual.years {
                return Err(ScheduleError::Shorter { rule: usual.id.clone(), years: usual.years });
            }
            rules.push(KeepRule { years: one.years, valid_from: Some(one.from), ..usual.clone() });
        }
        Ok(Self { rules })
    }

    /// The rules about one sort of record that hold on a day: of several versions of one, the latest begun.
    pub fn in_force(&self, about: RecordKind, day: Date) -> Vec<&KeepRule> {
        let mut found: Vec<&KeepRule> = vec![];
        let begun = |rule: &&KeepRule| rule.about == about && rule.valid_from.is_none_or(|from| from <= day);
        for rule in self.rules.iter().filter(begun) {
            match found.iter_mut().find(|held| held.id == rule.id) {
                Some(held) if held.valid_from <= rule.valid_from => *held = rule,
                Some(_) => {}
                None => found.push(rule),
            }
        }
        found
    }
}
