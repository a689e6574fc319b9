//! The dated rules behind every clock, held as data in `data/clocks.toml` and read once at the start.
//!
//! Every timescale we know of is listed, with what starts it, how long it runs, what completes it, what
//! stands behind it and how sure we are. A rule with a `live` part is executed by the engine; the others are
//! listed for reading. A rule may have several versions that follow one another by date: the version in
//! force on the day that starts a clock is the one that clock keeps.

mod list;
mod own;
mod read;
mod read_runs;
mod runs;
mod words;

pub use list::list;
pub use own::{Figure, FigureRefusal, OwnFigure};
pub use read::RuleError;
pub(crate) use read_runs::place;
pub use runs::{After, Birthdays, Change, Grade, MonthDay, Only, Run, Shape};
pub use words::{Area, Done, Force, LocalOverride, RuleId, Start, Sure};

use crate::calendar::{Counting, Length};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One version of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its short name; versions of one rule share it.
    pub id: RuleId,
    /// The part of the work it belongs to.
    pub area: Area,
    /// Its name in plain words.
    pub name: String,
    /// A word or two for a ribbon or a table ("Visit"); the name where none is given.
    pub short: String,
    /// What starts it, in words.
    pub starts: String,
    /// How long it runs, in words.
    pub deadline: String,
    /// How long it runs the first time, where that is one length.
    pub first: Option<Length>,
    /// How long it runs each further time, where it repeats.
    pub then: Option<Length>,
    /// Whether its first day counts.
    pub counting: Counting,
    /// How it repeats, in words.
    pub repeats: Option<String>,
    /// Who answers for it.
    pub responsible: Option<String>,
    /// What completes it, in words.
    pub done_when: Option<String>,
    /// What changes, ends or restarts it, in words.
    pub changes: Option<String>,
    /// What stands behind it, the strongest first.
    pub force: Vec<Force>,
    /// Where it is written.
    pub source: String,
    /// How sure we are.
    pub sure: Sure,
    /// The first day it is in force; none when it always was.
    pub valid_from: Option<Date>,
    /// The last day it is in force; none while it still is.
    pub valid_to: Option<Date>,
    /// Whether it is law that has not been seen to have begun.
    pub not_commenced: bool,
    /// How far the council may change it.
    pub local_override: LocalOverride,
    /// How the engine runs it over the pathway; none for the others.
    pub live: Option<Live>,
    /// How the engine runs it in the general way: one for each thing it asks for.
    pub runs: Vec<Run>,
    /// Whether it is a standing worked out from the record (see [`crate::standing`]), not a clock.
    pub standing: bool,
    /// Why it is only listed for information, where it is.
    pub only_listed: Option<String>,
    /// Since when this is the council's own figure, where it is.
    pub own: Option<Own>,
}

/// How far the program carries a rule out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarriedOut {
    /// Its clocks run on pages, from what is recorded.
    Runs,
    /// It is worked out and tested, and runs once a page records what starts and completes it.
    Ready,
    /// It is listed for information.
    Listed,
}

/// What makes a figure the council's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The first day it holds.
    pub from: Date,
    /// The figure that holds without it, in words.
    pub instead_of: String,
}

/// How the engine runs a rule over the pathway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    /// What starts it.
    pub trigger: Trigger,
    /// What completes it.
    pub done: Done,
    /// The shorter time for a visit to a child with a protection plan or in care (records only).
    pub closer: Option<Length>,
}

/// What starts a running rule: an event, or the completion of another rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// An event of the record.
    Event(Start),
    /// The completion of the rule before it in a row.
    Follows(RuleId),
}

impl Rule {
    /// Whether this version is in force on a day.
    pub fn in_force_on(&self, day: Date) -> bool {
        !self.not_commenced
            && self.valid_from.is_none_or(|from| from <= day)
            && self.valid_to.is_none_or(|to| day <= to)
    }

    /// What stands behind it, in one or two plain sentences.
    pub fn force_sentence(&self) -> String {
        self.force.iter().map(|force| force.sentence()).collect::<Vec<_>>().join(" ")
    }
}

/// A row of live rules, each starting when the one before it is completed (first review, second, later).
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) start: Start,
    pub(crate) done: Done,
    pub(crate) stages: Vec<RuleId>,
}

/// All the rules.
#[derive(Clone, Debug)]
pub struct Rules {
    all: Vec<Rule>,
    versions: BTreeMap<RuleId, Vec<usize>>,
    rows: Vec<Row>,
    general: Vec<General>,
    every_fact: bool,
}

/// One run of one rule, and whether the record holds what it needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct General {
    pub(crate) rule: RuleId,
    pub(crate) part: usize,
    held: bool,
}

impl Rules {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// Never in a program that passed its tests; else names the rule and the field.
    pub fn built_in() -> Result<Self, RuleError> {
        Self::read(include_str!("../../../data/clocks.toml"))
    }

    /// Reads rules from text of the same form as `data/clocks.toml`.
    ///
    /// # Errors
    /// Names the rule and the field and says what was expected.
    pub fn read(text: &str) -> Result<Self, RuleError> {
        Ok(Self::of(read::rules(text)?))
    }

    fn of(all: Vec<Rule>) -> Self {
        let mut versions: BTreeMap<RuleId, Vec<usize>> = BTreeMap::new();
        for (index, rule) in all.iter().enumerate() {
            versions.entry(rule.id).or_default().push(index);
        }
        let rows = rows(&all);
        let general = general(&all);
        Self { all, versions, rows, general, every_fact: false }
    }

    /// Every version of every rule, in the order of the list.
    pub fn all(&self) -> &[Rule] {
        &self.all
    }

    /// How a rule is carried out: on pages now, ready for the facts it needs, or only listed.
    pub fn carried_out(&self, rule: &Rule) -> CarriedOut {
        if rule.live.is_some() || (!rule.runs.is_empty() && rule.runs.iter().all(Run::is_held)) {
            return CarriedOut::Runs;
        }
        if rule.only_listed.is_some() { CarriedOut::Listed } else { CarriedOut::Ready }
    }

    /// The version of a rule that is in force on a day.
    pub fn in_force(&self, id: RuleId, day: Date) -> Option<&Rule> {
        self.versions_of(id).find(|rule| rule.in_force_on(day))
    }

    /// The version in force on a day or, where there is none, the last version there was.
    pub fn best(&self, id: RuleId, day: Date) -> Option<&Rule> {
        self.in_force(id, day).or_else(|| self.versions_of(id).last())
    }

    /// Every version of one rule, oldest first as listed.
    pub fn versions_of(&self, id: RuleId) -> impl Iterator<Item = &Rule> {
        self.versions.get(&id).into_iter().flatten().filter_map(|index| self.all.get(*index))
    }

    /// These rules as they run once the record holds every kind of fact, for trying rules out: clocks then
    /// start from facts that nothing on a page could complete yet.
    #[must_use]
    pub fn with_every_fact(mut self) -> Self {
        self.every_fact = true;
        self
    }

    /// The runs of the general sort for which the record holds the facts.
    pub(crate) fn general(&self) -> impl Iterator<Item = General> + '_ {
        self.general.iter().filter(|general| general.held || self.every_fact).copied()
    }

    /// The live rules, as rows that follow one another.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }
}

fn rows(all: &[Rule]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for rule in all {
        let Some(live) = &rule.live else { continue };
        let Trigger::Event(start) = live.trigger else { continue };
        if rows.iter().any(|row| row.stages.first() == Some(&rule.id)) {
            continue;
        }
        let mut stages = vec![rule.id];
        let mut last = rule.id;
        while let Some(next) = follower(all, last).filter(|id| !stages.contains(id)) {
            stages.push(next);
            last = next;
        }
        rows.push(Row { start, done: live.done, stages });
    }
    rows
}

fn general(all: &[Rule]) -> Vec<General> {
    let mut general: Vec<General> = Vec::new();
    for rule in all {
        if general.iter().any(|known| known.rule == rule.id) {
            continue;
        }
        let parts = rule.runs.iter().enumerate();
        general.extend(parts.map(|(part, run)| General { rule: rule.id, part, held: run.is_held() }));
    }
    general
}

fn follower(all: &[Rule], id: RuleId) -> Option<RuleId> {
    all.iter().find(|r| r.live.as_ref().is_some_and(|l| l.trigger == Trigger::Follows(id))).map(|r| r.id)
}
