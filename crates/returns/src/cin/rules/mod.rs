//! The rules of the census: each one small function beside its code, what it says, and cases that keep and break it.

mod assessments;
mod before_court;
mod child;
mod cin_plans;
mod closures;
mod episodes;
mod identifiers;
mod protection;

mod section_47;
mod whole;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::day::Day;
use super::judge::{Finds, Judge, Verdict};
use crate::report::{Kind, RuleWords};

/// A rule of the census.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) code: &'static str,
    pub(crate) kind: Kind,
    /// The first and the last year of this form of the rule; 2023 is 2022-23.
    pub(crate) since: u16,
    pub(crate) until: u16,
    /// Whether it speaks of the return as a whole.
    pub(crate) whole: bool,
    /// What is wrong where it is broken.
    pub(crate) says: &'static str,
    pub(crate) would_do: &'static str,
    pub(crate) judge: fn(&Judge<'_>, &mut Finds) -> Verdict,
    /// How the public validators judge otherwise, and why we do not; empty when they judge the same.
    pub(crate) quirk: &'static str,
    /// Cases that keep it, in the notation of [`tests`].
    pub(crate) passes: &'static [&'static str],
    /// Cases that break it, with the places found.
    pub(crate) fails: &'static [&'static str],
    /// Cases judged as published, with the places found then.
    pub(crate) published: &'static [&'static str],
}

/// What most rules have in common.
const ERROR: Rule = Rule {
    code: "",
    kind: Kind::Error,
    since: 2023,
    until: u16::MAX,
    whole: false,
    says: "",
    would_do: "",
    judge: |_, _| Ok(()),
    quirk: "",
    passes: &[],
    fails: &[],
    published: &[],
};
const QUERY: Rule = Rule { kind: Kind::Query, ..ERROR };

impl Rule {
    pub(crate) fn holds_in(&self, year: u16) -> bool {
        (self.since..=self.until).contains(&year)
    }

    /// Where the rule comes from.
    pub(crate) fn source(&self) -> String {
        let (first, second) = (self.since - 1, self.since % 100);
        match self.since {
            2023 => "CIN census validation rules, 2022-23 set".into(),
            2027 => "CIN census validation rules, draft for 2026-27 (not final)".into(),
            _ => format!("CIN census validation rules, as added or revised for {first}-{second}"),
        }
    }

    pub(crate) fn words(&self) -> RuleWords {
        RuleWords {
            says: Cow::Borrowed(self.says),
            would_do: Cow::Borrowed(self.would_do),
            source: Cow::Owned(self.source()),
        }
    }
}

/// Every form of every rule, by the number of its code.
pub(crate) fn all() -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = [
        whole::RULES,
        identifiers::RULES,
        child::RULES,
        episodes::RULES,
        closures::RULES,
        assessments::RULES,
        cin_plans::RULES,
        section_47::RULES,
        protection::RULES,
        before_court::RULES,
    ]
    .into_iter()
    .flatten()
    .collect();
    rules.sort_by_key(|rule| {
        let digits = rule.code.trim_end_matches('Q');
        (digits.parse::<u32>().unwrap_or(u32::MAX), rule.code, rule.since)
    });
    rules
}

/// The rules of one year, by the number of their codes.
pub(crate) fn of_year(year: u16) -> Vec<&'static Rule> {
    all().into_iter().filter(|rule| rule.holds_in(year)).collect()
}

/// Two days, either of which may be missing, as one number: equal exactly when both are.
fn pair(a: Option<Day>, b: Option<Day>) -> u64 {
    let number = |day: Option<Day>| u64::from(day.map_or(i32::MIN, |day| day.0).cast_unsigned());
    number(a) << 32 | number(b)
}
