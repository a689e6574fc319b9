//! Worked dates, one line each, in `tests-data/clocks.csv`: what happened, the day it is, and the clocks of
//! one rule. The due dates were worked out by hand and by a separate program, not by this one.
//!
//! A story is facts with commas between them: a kind and a day, perhaps a time of day in London, perhaps
//! `..` and its end, `for` and the day it names, a grade, and `#` with the matter it belongs to. Besides the
//! kinds of facts there are `born`, `expected`, `visit` (the child was seen), `step KIND`, `episode KIND`.

use super::*;
use crate::calendar::{london, london_day};
use crate::clock::{CarriedOut, FactKind, Grade};
use crate::id::FactId;
use jiff::Timestamp;
use jiff::civil::DateTime;
use std::collections::BTreeSet;

struct Line<'a> {
    number: usize,
    rule: &'a str,
    part: u8,
    story: &'a str,
    today: Date,
    expected: &'a str,
}

fn lines() -> Vec<Line<'static>> {
    let text = include_str!("../../../tests-data/clocks.csv");
    let rows =
        text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).skip(1);
    rows.map(|(number, line)| {
        let cells: Vec<&str> = line.split(';').map(str::trim).collect();
        let [rule, part, story, today, expected] = cells[..] else { panic!("line {}: {line}", number + 1) };
        let part = part.parse::<u8>().unwrap_or_else(|_| panic!("line {}: {part}", number + 1));
        Line { number: number + 1, rule, part, story, today: on(today), expected }
    })
    .collect()
}

/// A day, and the instant where a time of day in London is given.
fn moment(text: &str) -> (Date, Option<Timestamp>) {
    if !text.contains('T') {
        return (on(text), None);
    }
    let time: DateTime = text.parse().unwrap();
    let at = time.to_zoned(london()).unwrap().timestamp();
    (london_day(at), Some(at))
}

fn tell(mut child: Child, words: &str) -> Child {
    let mut words = words.split_whitespace();
    let mut next = || words.next();
    let what = next().unwrap();
    let second = next().unwrap();
    if what == "step" || what == "episode" {
        let (from, to) = next().unwrap().split_once("..").unwrap_or(("", ""));
        if what == "episode" {
            return child.episode(EpisodeKind::from_code(second).unwrap(), from, to);
        }
        let (to, outcome) = to.split_once('=').unwrap_or((to, ""));
        let child = child.step(StepKind::from_code(second).unwrap(), from, to);
        return if outcome.is_empty() {
            child
        } else {
            child.outcome(StepOutcome::from_code(outcome).unwrap())
        };
    }
    match what {
        "born" => return child.born(second),
        "expected" => return child.expected(second),
        "lasting" => return child.meant_to_last(second, ""),
        "visit" => {
            let (day, written) = second.split_once("..").unwrap_or((second, second));
            return child.visit(day, Seen::Alone).but(|entry| entry.recorded_on = on(written));
        }
        _ => {}
    }
    let kind = FactKind::from_code(what).unwrap_or_else(|| panic!("{what} is not a kind of fact"));
    let (began, ended) = second.split_once("..").map_or((second, None), |(from, to)| (from, Some(to)));
    let (day, at) = moment(began);
    let mut fact = Happened { at, ..Happened::on(FactId(child.id()), kind, day) };
    if let Some((day, at)) = ended.filter(|text| !text.is_empty()).map(moment) {
        (fact.ended, fact.ended_at) = (Some(day), at);
    }
    while let Some(word) = next() {
        match word {
            "for" => fact.names = Some(on(next().unwrap())),
            _ if word.starts_with('#') => {
                fact.matter = Some(Uuid::from_u128(word.trim_start_matches('#').parse().unwrap()));
            }
            grade => fact.grade = Some(Grade::from_code(grade).unwrap()),
        }
    }
    child.happened.push(fact);
    child
}

fn child(story: &str) -> Child {
    story.split(", ").fold(Child::default(), tell)
}

fn said(clock: &Clock, today: Date, calendar: &Calendar) -> String {
    let late = |late: Option<crate::clock::Lateness>| {
        late.map_or(String::new(), |by| format!(" late {} {}", by.n, by.unit.word(by.n)))
    };
    let state = match clock.state(today, calendar) {
        State::Done { on, late: by } => format!("done {on}{}", late(by)),
        State::Ended { on, late: by } => format!("ended {on}{}", late(by)),
        State::Late { by } => format!("open{}", late(Some(by))),
        State::Running { .. } | State::Nearly { .. } | State::DueToday => "open".to_owned(),
    };
    let time = clock.due_at.map(|at| at.to_zoned(london()).strftime(" %H:%M").to_string());
    format!("{} > {}{} {state}", clock.started.on, clock.due, time.unwrap_or_default())
}

#[test]
fn every_worked_date_comes_out_as_it_was_worked_out() {
    let (rules, calendar) = (Rules::built_in().unwrap().with_every_fact(), Calendar::england());
    let mut wrong = Vec::new();
    for line in lines() {
        if line.rule == "CL-01" {
            continue;
        }
        let child = child(line.story);
        let id: RuleId = line.rule.parse().unwrap();
        let found = clocks(&rules, &calendar, &child.facts(), line.today);
        let mut found: Vec<Clock> =
            found.into_iter().filter(|clock| clock.rule == id && clock.part == line.part).collect();
        found.sort_by_key(|clock| (clock.started.on, clock.round));
        let found: Vec<String> = found.iter().map(|clock| said(clock, line.today, &calendar)).collect();
        let found = if found.is_empty() { "none".to_owned() } else { found.join(" | ") };
        if found != line.expected {
            wrong.push(format!(
                "line {}: {} part {}: {} on {}\n  expected {}\n  found    {found}",
                line.number, line.rule, line.part, line.story, line.today, line.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of the worked dates differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_that_is_carried_out_has_worked_dates_for_each_of_its_parts() {
    let rules = Rules::built_in().unwrap();
    let mut worked: BTreeSet<(String, usize)> = BTreeSet::new();
    let (mut done, mut late): (BTreeSet<String>, BTreeSet<String>) = (BTreeSet::new(), BTreeSet::new());
    for line in lines() {
        worked.insert((line.rule.to_owned(), usize::from(line.part)));
        if line.expected.contains("done") {
            done.insert(line.rule.to_owned());
        }
        if line.expected.contains("late") {
            late.insert(line.rule.to_owned());
        }
    }
    let mut missing = Vec::new();
    for rule in rules.all().iter().filter(|rule| rules.carried_out(rule) != CarriedOut::Listed) {
        let id = rule.id.to_string();
        let parts = rule.runs.len().max(1);
        missing.extend(
            (0..parts).filter(|part| !worked.contains(&(id.clone(), *part))).map(|p| format!("{id}/{p}")),
        );
        let both = done.contains(&id) && late.contains(&id);
        if !rule.standing && !both {
            missing.push(format!("{id}: done in time and late"));
        }
    }
    assert!(missing.is_empty(), "no worked dates for {missing:?}");
}

#[test]
fn a_standing_comes_out_as_it_was_worked_out() {
    use crate::standing::{InCare, standing};
    let mut seen = BTreeSet::new();
    for line in lines().iter().filter(|line| line.rule == "CL-01") {
        let child = child(line.story);
        let care: Vec<InCare> = child
            .episodes
            .iter()
            .map(|e| InCare { from: e.from, to: e.to, short_break: e.kind != EpisodeKind::LookedAfter })
            .collect();
        let (birth, learning) = (child.birth.unwrap(), line.part == 1);
        let found = standing(birth, &care, learning, line.today);
        assert_eq!(found.code(), line.expected, "line {}: {}", line.number, line.story);
        seen.insert(found);
    }
    assert_eq!(seen.len(), 5, "each standing is worked out at least once: {seen:?}");
}
