//! Reading the list of rules from its file; what cannot be understood is refused, naming rule and field.

use super::read_runs::{self, WrittenRun};
use super::{Area, Done, Force, Live, LocalOverride, Rule, Start, Sure, Trigger};
use crate::calendar::{Counting, Length};
use jiff::civil::Date;
use serde::Deserialize;

/// A list of rules that could not be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RuleError {
    /// The file is not in the form of a list of rules.
    #[error("the list of rules could not be read: {0}")]
    Form(String),
    /// One field of one rule is not what it should be.
    #[error("rule {rule}, {field}: {problem}")]
    Field {
        /// The rule's id.
        rule: String,
        /// The field's name in the file.
        field: &'static str,
        /// What is wrong and what was expected.
        problem: String,
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
    area: String,
    name: String,
    short: Option<String>,
    starts: String,
    deadline: String,
    first: Option<String>,
    then: Option<String>,
    #[serde(default)]
    first_day_counts: bool,
    repeats: Option<String>,
    responsible: Option<String>,
    done_when: Option<String>,
    changes: Option<String>,
    force: Vec<String>,
    source: String,
    sure: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
    #[serde(default)]
    not_commenced: bool,
    local: String,
    live: Option<WrittenLive>,
    #[serde(default)]
    run: Vec<WrittenRun>,
    #[serde(default)]
    standing: bool,
    only_listed: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLive {
    starts: Option<String>,
    follows: Option<String>,
    done: String,
    closer: Option<String>,
}

/// What is wrong with a field, before the rule's name is added.
pub(super) type Problem = (&'static str, String);

pub(super) fn rules(text: &str) -> Result<Vec<Rule>, RuleError> {
    let written: Written = toml::from_str(text).map_err(|e| RuleError::Form(e.to_string()))?;
    let mut all: Vec<Rule> = Vec::with_capacity(written.rule.len());
    for rule in written.rule {
        let id = rule.id.clone();
        let rule = understand(rule).map_err(|problem| named(&id, problem))?;
        if let Some(other) = all.iter().find(|other| other.id == rule.id) {
            beside(other, &rule).map_err(|problem| named(&id, problem))?;
        }
        if all.iter().any(|other| other.id == rule.id && overlap(other, &rule)) {
            let problem = "another version of this rule is in force at the same time".to_owned();
            return Err(named(&id, ("valid_from", problem)));
        }
        all.push(rule);
    }
    for rule in &all {
        follows_something(rule, &all).map_err(|problem| named(rule.id.as_str(), problem))?;
    }
    Ok(all)
}

fn named(rule: &str, (field, problem): Problem) -> RuleError {
    RuleError::Field { rule: rule.to_owned(), field, problem }
}

fn understand(w: WrittenRule) -> Result<Rule, Problem> {
    let live = w.live.as_ref().map(live).transpose()?;
    let rule = Rule {
        id: w.id.parse().map_err(|problem| ("id", problem))?,
        area: code("area", &w.area, Area::from_code, Area::ALL, Area::code)?,
        short: w.short.unwrap_or_else(|| w.name.clone()),
        name: filled("name", w.name)?,
        starts: filled("starts", w.starts)?,
        deadline: filled("deadline", w.deadline)?,
        first: w.first.as_deref().map(|text| length("first", text)).transpose()?,
        then: w.then.as_deref().map(|text| length("then", text)).transpose()?,
        counting: if w.first_day_counts { Counting::FirstDayCounts } else { Counting::FromNextDay },
        repeats: w.repeats,
        responsible: w.responsible,
        done_when: w.done_when,
        changes: w.changes,
        force: forces(&w.force)?,
        source: filled("source", w.source)?,
        sure: code("sure", &w.sure, Sure::from_code, Sure::ALL, Sure::code)?,
        valid_from: day("valid_from", w.valid_from.as_deref())?,
        valid_to: day("valid_to", w.valid_to.as_deref())?,
        not_commenced: w.not_commenced,
        local_override: code(
            "local",
            &w.local,
            LocalOverride::from_code,
            LocalOverride::ALL,
            LocalOverride::code,
        )?,
        live,
        runs: w.run.iter().map(read_runs::run).collect::<Result<_, _>>()?,
        standing: w.standing,
        only_listed: w.only_listed,
        own: None,
    };
    if rule.live.is_some() && rule.first.is_none() {
        return Err(("first", "a live rule needs one length, like \"10 working days\"".to_owned()));
    }
    one_way(&rule)?;
    if rule.valid_from.zip(rule.valid_to).is_some_and(|(from, to)| to < from) {
        return Err(("valid_to", "is before valid_from".to_owned()));
    }
    Ok(rule)
}

/// A rule is run by the pathway, in the general way, as a standing, or it is only listed and says why.
fn one_way(rule: &Rule) -> Result<(), Problem> {
    let ways = [rule.live.is_some(), !rule.runs.is_empty(), rule.standing, rule.only_listed.is_some()];
    if ways.iter().filter(|way| **way).count() == 1 {
        return Ok(());
    }
    Err(("live", "give one of live, run, standing, or why it is only_listed".to_owned()))
}

fn live(w: &WrittenLive) -> Result<Live, Problem> {
    let trigger = match (&w.starts, &w.follows) {
        (Some(start), None) => {
            Trigger::Event(code("live.starts", start, Start::from_code, Start::ALL, Start::code)?)
        }
        (None, Some(id)) => Trigger::Follows(id.parse().map_err(|problem| ("live.follows", problem))?),
        _ => return Err(("live", "give either starts or follows".to_owned())),
    };
    Ok(Live {
        trigger,
        done: code("live.done", &w.done, Done::from_code, Done::ALL, Done::code)?,
        closer: w.closer.as_deref().map(|text| length("live.closer", text)).transpose()?,
    })
}

pub(super) fn code<T: Copy>(
    field: &'static str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<T, Problem> {
    read(text).ok_or_else(|| {
        let expected: Vec<_> = all.iter().map(|member| word(*member)).collect();
        (field, format!("\"{text}\" is not one of {}", expected.join(", ")))
    })
}

fn filled(field: &'static str, text: String) -> Result<String, Problem> {
    if text.trim().is_empty() { Err((field, "is empty".to_owned())) } else { Ok(text) }
}

fn forces(written: &[String]) -> Result<Vec<Force>, Problem> {
    if written.is_empty() {
        return Err(("force", "is empty".to_owned()));
    }
    written.iter().map(|text| code("force", text, Force::from_code, Force::ALL, Force::code)).collect()
}

fn day(field: &'static str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    let read =
        |text: &str| text.parse().map_err(|_| (field, format!("\"{text}\" is not a day like 2026-11-21")));
    text.map(read).transpose()
}

/// Reads a length of a field.
pub(super) fn length(field: &'static str, text: &str) -> Result<Length, Problem> {
    text.parse().map_err(|problem| (field, problem))
}

fn overlap(a: &Rule, b: &Rule) -> bool {
    let before =
        |x: &Rule, y: &Rule| matches!((x.valid_to, y.valid_from), (Some(to), Some(from)) if to < from);
    !before(a, b) && !before(b, a)
}

/// Versions of one rule may differ in length and words, not in what starts and completes them.
fn beside(other: &Rule, rule: &Rule) -> Result<(), Problem> {
    let part = |r: &Rule| r.live.as_ref().map(|live| (live.trigger, live.done));
    let facts = |r: &Rule| -> Vec<_> {
        r.runs.iter().map(|run| (run.from.clone(), run.done.clone(), run.ends.clone())).collect()
    };
    if part(other) == part(rule) && facts(other) == facts(rule) {
        return Ok(());
    }
    Err(("live", "starts and done must be those of the rule's other versions".to_owned()))
}

fn follows_something(rule: &Rule, all: &[Rule]) -> Result<(), Problem> {
    let Some(live) = &rule.live else { return Ok(()) };
    let Trigger::Follows(id) = live.trigger else { return Ok(()) };
    let mut before = all.iter().filter(|other| other.id == id && id != rule.id);
    let Some(before) = before.find_map(|other| other.live.as_ref()) else {
        return Err(("live.follows", format!("there is no live rule {id} to follow")));
    };
    if before.done == live.done {
        return Ok(());
    }
    Err(("live.done", format!("must be \"{}\", as in {id}, which it follows", before.done.code())))
}
