//! Checking a census: the file in, an answer from every rule of its year out.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::Read;
use std::sync::Arc;

use super::day::Day;
use super::groups::Groups;
use super::judge::{Finds, Judge, Period};
use super::law::{self, Law};
use super::read::{CensusReader, Next};
use super::refusal::ReadError;
use super::rules::{self, Rule};
use super::table::{Field, THE_FACTORS, Table, Tables, field as f};
use crate::report::{Location, NotUnderstood, Report, RuleOutcome};

/// How a census is to be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The year whose rules are used: 2026 is the year ending 31 March 2026. Without it the file's own year.
    pub year: Option<u16>,
    /// Whether to judge as the public validators do, known quirks and all, instead of as the rules are meant.
    pub as_published: bool,
}

/// Why a census could not be checked at all.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The file cannot be read as a census.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// Neither the file nor the options name a year.
    #[error("the file names no year (Header/CollectionDetails/Year): give the year to check it by")]
    NoYear,
    /// The rules of the year are not held.
    #[error("the rules of {0} are not held; those of {first} to {last} are", first = law::years().start(), last = law::years().end())]
    YearNotHeld(u16),
}

/// The years whose rules are held, each by the 31 March it ends on.
pub fn years() -> std::ops::RangeInclusive<u16> {
    law::years()
}

/// Of what was not understood, so many pieces are listed one by one.
const LISTED: usize = 10_000;

/// Checks a census by every rule of its year. To show progress, count the bytes that are taken from `file`.
///
/// # Errors
/// Where the file cannot be read as a census, or names no year whose rules are held.
pub fn validate(file: impl Read, options: Options) -> Result<Report, Refused> {
    if let Some(year) = options.year {
        held(year)?;
    }
    let mut reader = CensusReader::new(file);
    let mut left_out = 0_usize;
    while reader.next_child()? == Next::Child {
        let over = reader.not_understood.len().saturating_sub(LISTED);
        left_out += over;
        reader.not_understood.truncate(LISTED);
    }
    let CensusReader { tables, mut not_understood, .. } = reader;
    if left_out > 0 {
        let value = format!("and {left_out} more");
        not_understood.push(NotUnderstood { child: None, element: "(not listed)".into(), line: 0, value });
    }
    let year = year_of(&tables, options)?;
    Ok(Report { return_name: "cin-census", year, rules: judge(&tables, year, options), not_understood })
}

/// The report on a file that cannot be read: no rule is judged, and each says why.
///
/// # Errors
/// Where the rules of the year are not held.
pub fn nothing_judged(year: u16, why: &Refused) -> Result<Report, Refused> {
    held(year)?;
    let reason = format!("the file cannot be read: {why}");
    let rules = rules::of_year(year)
        .into_iter()
        .map(|rule| RuleOutcome::not_judged(rule.code, Some(rule.kind), rule.words(), rule.whole, &*reason))
        .collect();
    Ok(Report { return_name: "cin-census", year, rules, not_understood: Vec::new() })
}

fn held(year: u16) -> Result<u16, Refused> {
    if law::years().contains(&year) { Ok(year) } else { Err(Refused::YearNotHeld(year)) }
}

fn year_of(tables: &Tables, options: Options) -> Result<u16, Refused> {
    let named = || tables.text(f::YEAR, 0).and_then(|year| year.parse().ok());
    let of_reference = || u16::try_from(tables.day(f::REFERENCE, 0)?.parts().0).ok();
    held(options.year.or_else(named).or_else(of_reference).ok_or(Refused::NoYear)?)
}

/// The census year: by the file's reference date; without one, by the year that was asked for.
fn period_of(tables: &Tables, options: Options) -> Result<Period, String> {
    if let Some(day) = tables.day(f::REFERENCE, 0) {
        return Ok(Period::ending(day));
    }
    if let Some(day) = options.year.and_then(|year| Day::of(i32::from(year), 3, 31)) {
        return Ok(Period::ending(day));
    }
    let what = match tables.text(f::REFERENCE, 0) {
        None => "Header ReferenceDate is missing".into(),
        Some(text) => format!("Header ReferenceDate {text:?} cannot be read as a date (YYYY-MM-DD)"),
    };
    Err(format!("{what}; give the year to judge by its 31 March"))
}

fn judge(tables: &Tables, year: u16, options: Options) -> Vec<RuleOutcome> {
    let groups = Groups::of(tables);
    let law = Law::of(year);
    let judge = Judge {
        tables,
        groups: &groups,
        law: &law,
        period: period_of(tables, options),
        published: options.as_published,
        unreadable: RefCell::new(Vec::new()),
    };
    let mut tell = Tell { tables, ids: vec![None; tables.len(Table::Child) as usize] };
    rules::of_year(year).into_iter().map(|rule| outcome(rule, &judge, &mut tell)).collect()
}

fn outcome(rule: &Rule, judge: &Judge<'_>, tell: &mut Tell<'_>) -> RuleOutcome {
    let mut found = Finds::default();
    judge.unreadable.borrow_mut().clear();
    let verdict = (rule.judge)(judge, &mut found);
    let (kind, words) = (Some(rule.kind), rule.words());
    if found.stopped {
        return RuleOutcome::not_judged(rule.code, kind, words, rule.whole, "the published rule stops here");
    }
    let Finds { mut places, in_return, .. } = found;
    let key = |&(field, row): &(Field, u32)| (field.table as usize, row, field.column);
    places.sort_unstable_by_key(key);
    places.dedup_by_key(|place| key(place));
    let mut unreadable = judge.unreadable.borrow_mut();
    unreadable.sort_unstable_by_key(key);
    unreadable.dedup_by_key(|place| key(place));
    unreadable.retain(|place| places.binary_search_by_key(&key(place), key).is_err());
    let outcome = if rule.whole {
        RuleOutcome::of_return(rule.code, kind, words, in_return)
    } else {
        RuleOutcome::of_places(
            rule.code,
            kind,
            words,
            places.iter().map(|&(at, row)| tell.place(at, row)).collect(),
        )
    };
    match verdict {
        Err(why) => outcome.but_not(why),
        // the public validators take such dates for missing and say nothing of it
        Ok(()) if unreadable.is_empty() || judge.published => outcome,
        Ok(()) => outcome.but_not(tell.unreadable(&unreadable)),
    }
}

/// Turns rows into places for people.
struct Tell<'t> {
    tables: &'t Tables,
    ids: Vec<Option<Arc<str>>>,
}

impl Tell<'_> {
    fn child(&mut self, field: Field, row: u32) -> Option<Arc<str>> {
        if field.table == Table::Header {
            return None;
        }
        let child = self.tables.of(field.table, row).child;
        let known = &mut self.ids[child as usize];
        if known.is_none() {
            *known = self.tables.text(f::CHILD_ID, child).map(Arc::from);
        }
        known.clone()
    }

    fn place(&mut self, field: Field, row: u32) -> Location {
        let child = self.child(field, row);
        let cell = self.tables.cell(field, row);
        let line = if cell.line > 0 { cell.line } else { self.tables.of(field.table, row).line };
        let was = if field.column == THE_FACTORS {
            let factors: Vec<&str> =
                self.tables.factors(row).iter().map(|&cell| self.tables.text_of(cell)).collect();
            (!factors.is_empty()).then(|| factors.join(", ").into())
        } else {
            self.tables.text(field, row).map(Into::into)
        };
        Location {
            table: field.table.name(),
            field: Some(field.name),
            row,
            child,
            last: false,
            line: Some(line),
            was,
        }
    }

    fn unreadable(&mut self, places: &[(Field, u32)]) -> String {
        let mut said = match places.len() {
            1 => "a date cannot be read".to_owned(),
            count => format!("{count} dates cannot be read"),
        };
        for (n, &(field, row)) in places.iter().take(3).enumerate() {
            let at = self.place(field, row);
            let (was, line) = (at.was.unwrap_or_default(), at.line.unwrap_or_default());
            let before = if n == 0 { ": " } else { ", " };
            let _ = write!(said, "{before}{} {} {was:?} on line {line}", at.table, field.name);
            if let Some(child) = at.child {
                let _ = write!(said, " (child {child})");
            }
        }
        if places.len() > 3 {
            let _ = write!(said, " and {} more", places.len() - 3);
        }
        said
    }
}
