//! The list of rules itself: complete, in order, refused with the rule and field named when it is wrong.

use super::*;
use crate::calendar::{Length, Unit};
use crate::clock::{CarriedOut, Shape, Trigger, list};

const ON_PAGES: [&str; 25] = [
    "FD-02", "AS-01", "AS-02", "CN-01", "CN-02", "CN-03", "CP-01", "CP-02", "CP-03", "CP-07", "CP-08",
    "CP-09", "CP-10", "CP-11", "LC-05a", "LC-05b", "LC-05c", "LC-06", "LC-07", "LC-08", "CO-01", "CO-02",
    "OS-01", "IR-01", "WF-09",
];

const LISTED: [&str; 7] = ["LA-05", "CL-08", "CL-10", "PL-02", "TR-02", "WF-05", "WF-06"];

#[test]
fn every_timescale_is_listed_once_and_what_is_not_law_yet_is_never_in_force() {
    let rules = Rules::built_in().unwrap();
    let mut ids: Vec<_> = rules.all().iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), rules.all().len()), (123, 123));
    let id = |text: &str| -> RuleId { text.parse().unwrap() };
    assert_eq!(rules.in_force(id("PL-02"), on("2026-11-21")), None);
    assert_eq!(rules.in_force(id("IR-03"), on("2026-06-18")), None);
    assert!(rules.in_force(id("IR-03"), on("2026-06-19")).is_some());
    let counted: Vec<_> = rules
        .all()
        .iter()
        .filter(|rule| rule.counting == crate::calendar::Counting::FirstDayCounts)
        .map(|rule| rule.id.to_string())
        .collect();
    assert_eq!(counted, ["PL-04", "PL-05", "PL-06", "PL-09"]);
}

#[test]
fn the_list_names_the_same_rules_as_the_facts_beside_the_repository_when_they_are_there() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/facts/practice/timescales.toml");
    let Ok(text) = std::fs::read_to_string(path) else { return };
    let theirs = text.lines().filter_map(|line| line.strip_prefix("id = ")).map(|id| id.trim_matches('"'));
    let theirs: Vec<_> = theirs.map(str::to_owned).collect();
    // what the council promises people in their own spaces stands in no list of the law
    let ours: Vec<_> = Rules::built_in().unwrap().all().iter().map(|rule| rule.id.to_string()).collect();
    let ours: Vec<_> = ours.into_iter().filter(|id| !id.starts_with("OS-")).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn each_rule_is_carried_out_or_says_why_it_is_only_listed() {
    let rules = Rules::built_in().unwrap();
    let so = |way: CarriedOut| -> Vec<String> {
        rules.all().iter().filter(|r| rules.carried_out(r) == way).map(|r| r.id.to_string()).collect()
    };
    assert_eq!(so(CarriedOut::Runs), ON_PAGES);
    assert_eq!(so(CarriedOut::Listed), LISTED);
    assert_eq!(so(CarriedOut::Ready).len(), 91);
    assert!(rules.all().iter().all(|r| r.only_listed.as_ref().is_none_or(|why| why.len() > 20)));
    let rows: Vec<Vec<String>> =
        rules.rows().iter().map(|row| row.stages.iter().map(ToString::to_string).collect()).collect();
    assert!(rows.contains(&vec!["LC-06".into(), "LC-07".into(), "LC-08".into()]));
    assert!(rows.contains(&vec!["CP-09".into(), "CP-10".into()]));
    assert!(rows.contains(&vec!["CP-07".into(), "CP-08".into()]));
}

const ONE: &str = r#"
[[rule]]
id = "XX-01"
area = "protection"
name = "A visit"
starts = "A plan"
deadline = "10 working days"
first = "10 working days"
force = ["local"]
source = "Us"
sure = "default"
local = "any"
live = { starts = "protection-plan", done = "seen-at-visit" }
"#;

#[test]
fn a_rule_that_is_wrong_is_refused_by_name_and_field() {
    assert!(Rules::read(ONE).is_ok());
    let follower = |follows: &str, done: &str| {
        ONE.replace(
            "starts = \"protection-plan\", done = \"seen-at-visit\"",
            &format!("follows = \"{follows}\", done = \"{done}\""),
        )
    };
    let cases = [
        (ONE.replace("XX-01", "XX 01"), "rule XX 01, id: "),
        (
            ONE.replace("\"protection\"", "\"protecting\""),
            "rule XX-01, area: \"protecting\" is not one of front-door",
        ),
        (
            ONE.replace("first = \"10 working days\"", "first = \"ten days\""),
            "rule XX-01, first: \"ten days\" is not a length",
        ),
        (ONE.replace("first = \"10 working days\"", "first = \"0 days\""), "rule XX-01, first: "),
        (ONE.replace("first = \"10 working days\"\n", ""), "rule XX-01, first: a live rule needs one length"),
        (ONE.replace("[\"local\"]", "[]"), "rule XX-01, force: is empty"),
        (ONE.replace("[\"local\"]", "[\"habit\"]"), "rule XX-01, force: \"habit\""),
        (ONE.replace("\"default\"", "\"sort of\""), "rule XX-01, sure: "),
        (ONE.replace("\"any\"", "\"some\""), "rule XX-01, local: "),
        (ONE.replace("name = \"A visit\"", "name = \" \""), "rule XX-01, name: is empty"),
        (format!("{ONE}\n{ONE}"), "rule XX-01, valid_from: another version"),
        (
            ONE.replace("sure =", "valid_from = \"1 May\"\nsure ="),
            "rule XX-01, valid_from: \"1 May\" is not a day",
        ),
        (follower("XX-09", "seen-at-visit"), "rule XX-01, live.follows: there is no live rule XX-09"),
        (
            format!("{ONE}{}", follower("XX-01", "core-group").replace("\"XX-01\"\narea", "\"XX-02\"\narea")),
            "rule XX-02, live.done: must be \"seen-at-visit\"",
        ),
        (
            ONE.replace("starts = \"protection-plan\", ", ""),
            "rule XX-01, live: give either starts or follows",
        ),
        (
            ONE.replace("live = ", "only_listed = \"No time\"\nlive = "),
            "rule XX-01, live: give one of live, run",
        ),
        (ONE.replace("sure =", "colour = \"red\"\nsure ="), "the list of rules could not be read"),
    ];
    for (text, expected) in cases {
        let message = Rules::read(&text).unwrap_err().to_string();
        assert!(message.starts_with(expected), "expected {expected}\n     got {message}");
    }
}

#[test]
fn a_general_rule_that_is_wrong_is_refused_by_name_and_field() {
    let live = "live = { starts = \"protection-plan\", done = \"seen-at-visit\" }";
    let run = |run: &str| ONE.replace(live, &format!("run = [{{ {run} }}]"));
    assert!(Rules::read(&run("from = [\"in-touch\"], done = [\"adopted\"], within = \"1 day\"")).is_ok());
    let cases = [
        (
            run("from = [\"the-moon\"], done = [\"in-touch\"], within = \"1 day\""),
            "rule XX-01, run.from: \"the-moon\"",
        ),
        (run("from = [\"in-touch\"], done = [], within = \"1 day\""), "rule XX-01, run: give what starts it"),
        (run("from = [\"in-touch\"], done = [\"adopted\"]"), "rule XX-01, run: give exactly one of within"),
        (
            run("from = [\"in-touch\"], done = [\"adopted\"], by_date = \"13-01\""),
            "rule XX-01, run.by_date: ",
        ),
        (run("from = [\"in-touch\"], done = [\"adopted\"], each = \"year\""), "rule XX-01, run.each: "),
    ];
    for (text, expected) in cases {
        let message = Rules::read(&text).unwrap_err().to_string();
        assert!(message.starts_with(expected), "expected {expected}\n     got {message}");
    }
}

#[test]
fn rules_hold_the_lengths_they_say_in_words() {
    for rule in Rules::built_in().unwrap().all() {
        if let Some(first) = rule.first {
            assert!(rule.deadline.contains(&first.to_string()), "{}: {} / {first}", rule.id, rule.deadline);
        }
        if let Some(then) = rule.then {
            let words = format!("{} {}", rule.deadline, rule.repeats.as_deref().unwrap_or_default());
            assert!(words.contains(&then.to_string()), "{}: {words} / {then}", rule.id);
        }
    }
    for rule in Rules::built_in().unwrap().all() {
        let [run] = rule.runs.as_slice() else { continue };
        let Shape::After(after) = run.shape else { continue };
        if let Some(first) = rule.first {
            assert_eq!((after.first, after.then), (first, rule.then), "{}", rule.id);
        }
    }
    let rules = Rules::built_in().unwrap();
    let as_01 = rules.in_force("AS-01".parse().unwrap(), on("2026-11-21")).unwrap();
    assert_eq!(as_01.first, Some(Length::new(45, Unit::WorkingDays)));
    let lc_07 = rules.in_force("LC-07".parse().unwrap(), on("2026-11-21")).unwrap();
    assert_eq!(lc_07.live.as_ref().unwrap().trigger, Trigger::Follows("LC-06".parse().unwrap()));
}

#[test]
fn the_list_in_the_documentation_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/practice/clocks.md");
    let text = list(&Rules::built_in().unwrap());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
        std::fs::write(path, &text).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == text,
        "docs/practice/clocks.md is not current: UPDATE=1 cargo test -p practice the_list"
    );
}
