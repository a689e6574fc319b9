//! What clocks say about themselves, and rules that change by date.

use super::*;
use crate::clock::FactKind;
use crate::id::FactId;
use EpisodeKind::{ChildInNeed, ChildProtection};
use StepKind::{Assessment, Referral};

#[test]
fn a_clock_says_why_it_runs_and_what_stands_behind_it() {
    let child =
        Child::default().step(Referral, "2026-09-17", "").step(Assessment, "2026-09-18", "2026-11-23");
    let clocks = child.clocks("AS-01", "2026-11-25");
    let why = clocks.only().why(&Rules::built_in().unwrap(), &clocks.calendar, clocks.today).unwrap();
    assert_eq!(why.short, "Assessment");
    assert_eq!(why.started_by, "Started by the referral on 17 September 2026.");
    assert_eq!(why.due, "45 working days after the referral on 17 September 2026.");
    assert_eq!(why.due_day, "Thursday 19 November 2026");
    assert_eq!(why.ended_by.as_deref(), Some("Done by the end of the assessment on 23 November 2026."));
    assert_eq!(why.late.as_deref(), Some("Done 2 working days late."));
    assert!(why.force_sentence.starts_with("Statutory guidance says so"));
    assert_eq!(why.sure, super::super::Sure::Seen);
    assert_eq!(why.local_override, super::super::LocalOverride::TighterOnly);
    assert!(why.completes.contains("authorised"));
}

#[test]
fn a_clock_that_came_from_the_old_system_says_so() {
    let child = Child::default().episode(ChildProtection, "2024-02-01", "").last_seen("2026-11-02");
    let clocks = child.clocks("CP-11", "2026-11-17");
    let why = clocks.only().why(&Rules::built_in().unwrap(), &clocks.calendar, clocks.today).unwrap();
    assert_eq!(
        why.due,
        "10 working days after the last time the child was seen, brought from the old system, on 2 November 2026."
    );
    assert_eq!(why.late.as_deref(), Some("1 working day late."));
    assert_eq!(why.ended_by, None);
}

#[test]
fn a_clock_ended_undone_says_what_ended_it() {
    let child =
        Child::default().episode(ChildInNeed, "2026-03-02", "2026-03-20").step(Referral, "2026-03-02", "");
    let clocks = child.clocks("FD-02", "2026-04-01");
    let why = clocks.only().why(&Rules::built_in().unwrap(), &clocks.calendar, clocks.today).unwrap();
    assert_eq!(
        why.ended_by.as_deref(),
        Some("No longer needed because of the end of help as a child in need on 20 March 2026.")
    );
    assert_eq!(why.late.as_deref(), Some("13 working days late when it ended."));
}

const TWO_VERSIONS: &str = r#"
[[rule]]
id = "CP-11"
area = "protection"
name = "Visit"
starts = "The plan begins"
deadline = "15 working days"
first = "15 working days"
then = "15 working days"
force = ["local"]
source = "A council's procedures, first edition"
sure = "default"
valid_to = "2026-03-31"
local = "any"
live = { starts = "protection-plan", done = "seen-at-visit" }

[[rule]]
id = "CP-11"
area = "protection"
name = "Visit"
starts = "The plan begins"
deadline = "10 working days"
first = "10 working days"
then = "10 working days"
force = ["local"]
source = "A council's procedures, second edition"
sure = "default"
valid_from = "2026-04-01"
local = "any"
live = { starts = "protection-plan", done = "seen-at-visit" }
"#;

#[test]
fn the_version_in_force_on_the_day_that_starts_a_clock_is_the_one_it_keeps() {
    let rules = Rules::read(TWO_VERSIONS).unwrap();
    let calendar = Calendar::england();
    let child = Child::default().episode(ChildProtection, "2026-03-23", "");
    let child = child.visit("2026-03-31", Seen::Yes).visit("2026-04-14", Seen::Yes);
    let all = clocks(&rules, &calendar, &child.facts(), on("2026-04-20"));
    let lengths: Vec<_> = all.iter().map(|clock| (clock.started.on, clock.length.n)).collect();
    assert_eq!(lengths, [(on("2026-03-23"), 15), (on("2026-03-31"), 15), (on("2026-04-14"), 10)]);
    let source = |clock: &Clock| clock.why(&rules, &calendar, on("2026-04-20")).unwrap().source;
    assert!(source(&all[1]).ends_with("first edition") && source(&all[2]).ends_with("second edition"));
}

#[test]
fn a_rule_not_in_force_on_the_day_starts_nothing_and_a_later_version_takes_over() {
    let rules =
        Rules::read(&TWO_VERSIONS.replace("valid_to = \"2026-03-31\"", "valid_to = \"2026-01-31\"")).unwrap();
    let child = Child::default().episode(ChildProtection, "2026-03-23", "").visit("2026-04-14", Seen::Yes);
    let all = clocks(&rules, &Calendar::england(), &child.facts(), on("2026-04-20"));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].started.on, on("2026-04-14"));
}

#[test]
fn a_period_that_begins_with_its_first_day_says_so_and_ends_a_day_sooner() {
    let text = TWO_VERSIONS.replace("force = [", "first_day_counts = true\nforce = [");
    let rules = Rules::read(&text).unwrap();
    let calendar = Calendar::england();
    let child = Child::default().episode(ChildProtection, "2026-04-07", "");
    let all = clocks(&rules, &calendar, &child.facts(), on("2026-04-10"));
    assert_eq!(all[0].due, on("2026-04-20"));
    let why = all[0].why(&rules, &calendar, on("2026-04-10")).unwrap();
    assert_eq!(why.due, "10 working days that begin with the beginning of child protection on 7 April 2026.");
}

fn happened(kind: FactKind, day: &str) -> Happened {
    Happened::on(FactId(Uuid::from_u128(kind as u128 + 1)), kind, on(day))
}

fn told(child: &Child, rule: &str, today: &str) -> (Clock, crate::clock::Why) {
    let (rules, calendar) = (Rules::built_in().unwrap().with_every_fact(), Calendar::england());
    let found = clocks(&rules, &calendar, &child.facts(), on(today));
    let clock = *found.iter().find(|clock| clock.rule.as_str() == rule).unwrap();
    (clock, clock.why(&rules, &calendar, on(today)).unwrap())
}

#[test]
fn a_general_clock_says_in_its_own_words_why_its_last_day_is_what_it_is() {
    let set =
        Happened { names: Some(on("2026-05-27")), ..happened(FactKind::InitialConferenceSet, "2026-05-18") };
    let child = Child { happened: vec![set], ..Child::default() };
    let (_, why) = told(&child, "CP-05", "2026-05-20");
    assert_eq!(why.name, "Report shared before a conference: Before the initial conference");
    assert_eq!(why.started_by, "Started by the setting of the initial conference on 18 May 2026.");
    assert_eq!(
        (why.due.as_str(), why.due_day.as_str()),
        ("2 working days before 27 May 2026.", "Friday 22 May 2026")
    );
    let child =
        Child { happened: vec![happened(FactKind::BecameLookedAfter, "2020-01-01")], ..Child::default() };
    let (_, why) = told(&child.born("2009-05-31"), "CL-09", "2026-05-20");
    assert_eq!(why.due, "At the age of 17 years and 6 months.");
    let asked = [
        happened(FactKind::AccessAsked, "2026-03-02"),
        happened(FactKind::AccessClarificationAsked, "2026-03-10"),
        happened(FactKind::AccessClarified, "2026-03-20"),
    ];
    let child = Child { happened: asked.to_vec(), ..Child::default() };
    let (_, why) = told(&child, "IR-01", "2026-03-21");
    assert_eq!(
        why.due,
        "1 month after the request for the record on 2 March 2026. Its last day was moved by saying what is meant on 20 March 2026."
    );
}

#[test]
fn a_clock_in_hours_is_late_from_its_last_minute_on() {
    let at = |time: &str| time.parse::<jiff::Timestamp>().unwrap();
    let home =
        Happened { at: Some(at("2026-10-23T19:00:00Z")), ..happened(FactKind::CameHome, "2026-10-23") };
    let child = Child { happened: vec![home], ..Child::default() };
    let (clock, why) = told(&child, "MS-01", "2026-10-26");
    assert_eq!(why.due_day, "Monday 26 October 2026, 19:00");
    let calendar = Calendar::england();
    let said = |time: &str| clock.state_at(at(time), &calendar).plain();
    assert_eq!(said("2026-10-26T19:00:00Z"), "due today");
    assert_eq!(said("2026-10-26T19:30:00Z"), "less than an hour late");
    assert_eq!(said("2026-10-26T22:00:00Z"), "3 hours late");
}

#[test]
fn a_rule_is_silent_while_the_record_has_no_place_for_what_completes_it() {
    let home = Happened {
        at: Some("2026-10-23T19:00:00Z".parse().unwrap()),
        ..happened(FactKind::CameHome, "2026-10-23")
    };
    let child = Child { happened: vec![home], ..Child::default() };
    assert!(child.clocks("MS-01", "2026-10-30").all.is_empty());
    let rules = Rules::built_in().unwrap().with_every_fact();
    let found = clocks(&rules, &Calendar::england(), &child.facts(), on("2026-10-30"));
    assert_eq!(found.iter().filter(|clock| clock.rule.as_str() == "MS-01").count(), 1);
}
