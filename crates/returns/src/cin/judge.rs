//! One file being judged: what a rule may ask of it, and where it tells what it found.

use std::cell::RefCell;

use super::day::Day;
use super::groups::{Group, Groups};
use super::law::{Law, List};
use super::overlap::{Point, Span, overlaps};
use super::table::{Field, Table, Tables, field as f};

/// A rule that could not look at everything says why; what it found before stays found.
pub(crate) type Verdict = Result<(), String>;

/// The census year: its first and its last day, both inside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Period {
    pub(crate) start: Day,
    pub(crate) end: Day,
}

impl Period {
    /// The year that ends on a reference day.
    pub(crate) fn ending(end: Day) -> Self {
        Self { start: end.plus_years(-1).plus_days(1), end }
    }

    pub(crate) fn holds(self, day: Day) -> bool {
        (self.start..=self.end).contains(&day)
    }
}

/// Where a rule tells what it found.
#[derive(Debug, Default)]
pub(crate) struct Finds {
    pub(crate) places: Vec<(Field, u32)>,
    pub(crate) in_return: bool,
    /// The published rule would have stopped here and told nothing.
    pub(crate) stopped: bool,
}

impl Finds {
    pub(crate) fn flag(&mut self, field: Field, row: u32) {
        self.places.push((field, row));
    }

    pub(crate) fn flag_all(&mut self, fields: &[Field], row: u32) {
        self.places.extend(fields.iter().map(|&field| (field, row)));
    }

    pub(crate) fn flag_rows(&mut self, field: Field, rows: &[u32]) {
        self.places.extend(rows.iter().map(|&row| (field, row)));
    }

    /// Flags days that fall into spans of other rows, and those spans.
    pub(crate) fn overlapping(
        &mut self,
        mut points: Vec<Point>,
        mut spans: Vec<Span>,
        (point_fields, span_fields): (&[Field], &[Field]),
    ) {
        let mut hit = Vec::new();
        overlaps(&mut points, &mut spans, |row| self.flag_all(point_fields, row), |row| hit.push(row));
        for row in hit {
            self.flag_all(span_fields, row);
        }
    }
}

/// A file being judged by the rules of a year.
pub(crate) struct Judge<'c> {
    pub(crate) tables: &'c Tables,
    pub(crate) groups: &'c Groups,
    pub(crate) law: &'c Law,
    pub(crate) period: Result<Period, String>,
    /// Whether rules judge as published, quirks and all.
    pub(crate) published: bool,
    /// Dates that the rule under way met and could not read.
    pub(crate) unreadable: RefCell<Vec<(Field, u32)>>,
}

/// Of unreadable dates, so many are remembered for one rule.
const UNREADABLE_KEPT: usize = 10_000;

impl<'c> Judge<'c> {
    pub(crate) fn period(&self) -> Result<Period, String> {
        self.period.clone()
    }

    pub(crate) fn rows(&self, table: Table) -> std::ops::Range<u32> {
        0..self.tables.len(table)
    }

    pub(crate) fn children(&self) -> impl Iterator<Item = Group<'c>> + use<'c> {
        self.groups.children()
    }

    pub(crate) fn episodes(&self) -> impl Iterator<Item = Group<'c>> + use<'c> {
        self.groups.episodes()
    }

    pub(crate) fn text(&self, field: Field, row: u32) -> Option<&'c str> {
        self.tables.text(field, row)
    }

    /// Whether a field that is not a date holds anything.
    pub(crate) fn has(&self, field: Field, row: u32) -> bool {
        self.tables.cell(field, row).is_present()
    }

    /// The day in a field. One that cannot be read counts as missing, and is remembered.
    pub(crate) fn day(&self, field: Field, row: u32) -> Option<Day> {
        let day = self.tables.day(field, row);
        if day.is_none() && self.tables.cell(field, row).is_present() {
            let mut met = self.unreadable.borrow_mut();
            if met.len() < UNREADABLE_KEPT {
                met.push((field, row));
            }
        }
        day
    }

    pub(crate) fn missing(&self, field: Field, row: u32) -> bool {
        self.day(field, row).is_none()
    }

    pub(crate) fn is_one_of(&self, field: Field, row: u32, codes: &[&str]) -> bool {
        self.text(field, row).is_some_and(|text| codes.contains(&text))
    }

    pub(crate) fn in_list(&self, field: Field, row: u32, list: List) -> bool {
        self.text(field, row).is_some_and(|text| self.law.holds(list, text))
    }

    /// Whether a flag says yes, written exactly `true` or `1`.
    pub(crate) fn yes(&self, field: Field, row: u32) -> bool {
        self.is_one_of(field, row, &["true", "1"])
    }

    /// Whether a flag says no, written exactly `false` or `0`.
    pub(crate) fn no(&self, field: Field, row: u32) -> bool {
        self.is_one_of(field, row, &["false", "0"])
    }

    /// Whether a flag says yes, in any case.
    pub(crate) fn yes_in_any_case(&self, field: Field, row: u32) -> bool {
        self.text(field, row).is_some_and(|text| text == "1" || text.eq_ignore_ascii_case("true"))
    }

    /// Whether a flag says no, in any case.
    pub(crate) fn no_in_any_case(&self, field: Field, row: u32) -> bool {
        self.text(field, row).is_some_and(|text| text == "0" || text.eq_ignore_ascii_case("false"))
    }

    /// Flags fields of every row for which something holds.
    pub(crate) fn each(&self, found: &mut Finds, fields: &[Field], holds: impl Fn(u32) -> bool) {
        for row in self.rows(fields[0].table) {
            if holds(row) {
                found.flag_all(fields, row);
            }
        }
    }

    /// Flags the date in every row where it lies outside the census year.
    pub(crate) fn outside_the_year(&self, found: &mut Finds, field: Field) -> Verdict {
        let year = self.period()?;
        self.each(found, &[field], |row| self.day(field, row).is_some_and(|day| !year.holds(day)));
        Ok(())
    }

    /// Flags every pair of days in one group of which the first lies before the second.
    pub(crate) fn earlier(&self, group: Group<'c>, found: &mut Finds, first: Field, second: Field) {
        let days = |field: Field| {
            group.rows(field.table).iter().filter_map(move |&row| self.day(field, row).map(|day| (day, row)))
        };
        if group.rows(first.table).is_empty() || group.rows(second.table).is_empty() {
            return;
        }
        let (Some((least, _)), Some((most, _))) = (days(first).min(), days(second).max()) else {
            return;
        };
        if least < most {
            days(first).filter(|(day, _)| *day < most).for_each(|(_, row)| found.flag(first, row));
            days(second).filter(|(day, _)| *day > least).for_each(|(_, row)| found.flag(second, row));
        }
    }

    /// The rows of a group that have a day in a field, as points of a class each.
    pub(crate) fn points(&self, group: Group<'c>, field: Field, class: impl Fn(u32) -> u64) -> Vec<Point> {
        let of = |row| Some(Point { day: self.day(field, row)?.0, class: class(row), row });
        group.rows(field.table).iter().filter_map(|&row| of(row)).collect()
    }

    /// The rows of a group that begin on a day, as spans of a class each; `to` gives the last day, if any.
    pub(crate) fn spans(
        &self,
        group: Group<'c>,
        from: Field,
        to: impl Fn(u32) -> Option<i32>,
        class: impl Fn(u32) -> u64,
    ) -> Vec<Span> {
        let of = |row| Some(Span { from: self.day(from, row)?.0, to: to(row)?, class: class(row), row });
        group.rows(from.table).iter().filter_map(|&row| of(row)).collect()
    }

    /// The factors of an assessment; empty elements are left out.
    pub(crate) fn factors(&self, assessment: u32) -> impl Iterator<Item = &'c str> + use<'c> {
        let tables = self.tables;
        tables
            .factors(assessment)
            .iter()
            .filter(|cell| cell.is_present())
            .map(move |&cell| tables.text_of(cell))
    }

    /// The position of a protection plan among those of its episode.
    pub(crate) fn plan_number(&self, plan: u32) -> u32 {
        self.tables.of(Table::Plan, plan).number
    }

    /// The plan that a review belongs to.
    pub(crate) fn plan_of(&self, review: u32) -> u32 {
        self.tables.of(Table::Review, review).parent
    }

    /// Whether a review counts: as published only the first of each `Reviews` group does.
    pub(crate) fn review_counts(&self, review: u32) -> bool {
        !self.published || self.tables.of(Table::Review, review).number == 1
    }

    /// Whether an episode was closed after assessment only.
    pub(crate) fn closed_after_assessment(&self, episode: u32) -> bool {
        self.in_list(f::CLOSED_WHY, episode, List::ClosedAfterAssessment)
    }
}
