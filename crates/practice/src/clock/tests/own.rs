//! The council's own figures: any for a local rule, only tighter ones for the law, by date.

use super::*;
use crate::calendar::{Length, Unit};
use crate::clock::{FigureRefusal, OwnFigure};

fn id(text: &str) -> RuleId {
    text.parse().unwrap()
}

fn own(rule: &str, slot: &str, length: Length, from: &str) -> OwnFigure {
    OwnFigure { rule: id(rule), slot: slot.to_owned(), length, from: on(from), to: None }
}

const fn wd(n: u32) -> Length {
    Length::new(n, Unit::WorkingDays)
}

#[test]
fn the_law_may_be_tightened_and_not_loosened_and_the_refusal_names_rule_figure_and_source() {
    let rules = Rules::built_in().unwrap();
    let review = rules.best(id("LC-06"), on("2026-11-21")).unwrap();
    assert_eq!(review.may_set("first", wd(15)), Ok(()));
    let refused = review.may_set("first", wd(25)).unwrap_err().to_string();
    assert!(refused.contains("First review for a looked-after child"), "{refused}");
    assert!(refused.contains("20 working days") && refused.contains("regulation 33(1)"), "{refused}");
    assert!(matches!(review.may_set("first", wd(20)), Err(FigureRefusal::Same { .. })));
    let weeks = review.may_set("first", Length::new(1, Unit::Weeks));
    assert!(matches!(weeks, Err(FigureRefusal::OtherUnit { unit: "working days", .. })), "{weeks:?}");
    assert_eq!(review.may_set("then", wd(5)), Err(FigureRefusal::NoSuchFigure));
    let visit = rules.best(id("LC-05a"), on("2026-11-21")).unwrap();
    assert_eq!(visit.may_set("then", Length::new(35, Unit::Days)), Ok(()), "35 days are less than 6 weeks");
    let report = rules.best(id("LC-09"), on("2026-11-21")).unwrap();
    assert_eq!(report.may_set("1-before", wd(5)), Ok(()), "a report sooner is tighter");
    assert!(matches!(report.may_set("1-before", wd(2)), Err(FigureRefusal::Looser { .. })));
    let local = rules.best(id("CP-11"), on("2026-11-21")).unwrap();
    assert_eq!(local.may_set("then", Length::new(4, Unit::Weeks)), Ok(()), "a local figure may be any");
}

#[test]
fn a_clock_keeps_the_figure_of_the_day_it_starts_and_says_whose_it_is() {
    let mut week = own("CP-11", "then", wd(5), "2026-04-10");
    week.to = Some(on("2026-04-30"));
    let rules = Rules::built_in().unwrap().with_own(&[week]);
    let calendar = Calendar::england();
    let child = Child::default().step(StepKind::ProtectionPlan, "2026-04-02", "");
    let child = child.visit("2026-04-13", Seen::Alone).visit("2026-05-05", Seen::Alone);
    let found = clocks(&rules, &calendar, &child.facts(), on("2026-05-06"));
    let visits: Vec<&Clock> = found.iter().filter(|clock| clock.rule == id("CP-11")).collect();
    let days: Vec<(Date, Length)> = visits.iter().map(|clock| (clock.started.on, clock.length)).collect();
    assert_eq!(
        days,
        [(on("2026-04-02"), wd(10)), (on("2026-04-13"), wd(5)), (on("2026-05-05"), wd(10))],
        "before, under and after the council's own figure"
    );
    let said: Vec<Option<String>> =
        visits.iter().map(|clock| clock.why(&rules, &calendar, on("2026-05-06")).unwrap().own).collect();
    let own = "The council's own figure since 10 April 2026; without it: 10 working days.";
    assert_eq!(said, [None, Some(own.to_owned()), None]);
}

#[test]
fn a_figure_that_the_law_no_longer_allows_does_not_count() {
    let looser = own("LC-06", "first", wd(30), "2026-01-01");
    let rules = Rules::built_in().unwrap().with_own(&[looser]);
    assert_eq!(rules.in_force(id("LC-06"), on("2026-05-01")).unwrap().first, Some(wd(20)));
}

#[test]
fn every_part_of_a_general_rule_can_have_its_own_figure() {
    let rules = Rules::built_in().unwrap();
    let minutes = own("CP-06", "2-first", wd(15), "2026-01-01");
    let after = rules.with_own(&[minutes]);
    let figures = after.in_force(id("CP-06"), on("2026-05-01")).unwrap().figures();
    let all: Vec<(&str, &str, Length)> =
        figures.iter().map(|f| (f.slot.as_str(), f.what.as_str(), f.length)).collect();
    assert_eq!(all, [("1-first", "Decisions", wd(1)), ("2-first", "Minutes", wd(15))]);
    for rule in rules.all() {
        for figure in rule.figures() {
            let tighter = Length::new(figure.length.n + 1, figure.length.unit);
            let figures = [OwnFigure {
                rule: rule.id,
                slot: figure.slot.clone(),
                length: tighter,
                from: on("2020-01-01"),
                to: None,
            }];
            let allowed = rule.may_set(&figure.slot, tighter).is_ok();
            let set = rules.with_own(&figures);
            let found = set.best(rule.id, on("2026-08-01")).unwrap().figures();
            let found = found.iter().find(|f| f.slot == figure.slot).unwrap().length;
            assert_eq!(found == tighter, allowed, "{} {}", rule.id, figure.slot);
        }
    }
}

#[test]
fn a_proclaimed_holiday_moves_a_clock_and_the_clock_says_so() {
    use crate::calendar::{Change, Override, Proclaimed};
    let holiday = |day: &str, change| Proclaimed {
        holiday: Override { date: on(day), change, name: "State Funeral".into() },
        loaded: on("2026-11-03"),
    };
    let child = Child::default().step(StepKind::ProtectionPlan, "2026-11-09", "");
    let rules = Rules::built_in().unwrap();
    let said = |calendar: &Calendar| {
        let found = clocks(&rules, calendar, &child.facts(), on("2026-11-10"));
        let clock = found.iter().find(|clock| clock.rule == id("CP-11")).unwrap();
        (clock.due, clock.why(&rules, calendar, on("2026-11-10")).unwrap().moved)
    };
    assert_eq!(said(&Calendar::england()), (on("2026-11-23"), None));
    let calendar = Calendar::england_with_proclaimed(vec![holiday("2026-11-18", Change::Add)]);
    let words = "Moved by one working day: bank holiday proclaimed for 18 November 2026 (State Funeral), loaded on 3 November 2026.";
    assert_eq!(said(&calendar), (on("2026-11-24"), Some(words.to_owned())));
    let saturday = Calendar::england_with_proclaimed(vec![holiday("2026-11-14", Change::Add)]);
    assert_eq!(said(&saturday), (on("2026-11-23"), None), "a Saturday was no working day before");
    let elsewhere = Calendar::england_with_proclaimed(vec![holiday("2026-11-26", Change::Add)]);
    assert_eq!(said(&elsewhere), (on("2026-11-23"), None));
}
