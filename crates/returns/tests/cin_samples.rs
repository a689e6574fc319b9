//! Agreement with the public validator on the samples, rule by rule and place by place, where the samples are present.
#![expect(clippy::unwrap_used, reason = "a test fails where its file does")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use returns::cin::{Options, validate};
use returns::report::{Report, State};

fn samples() -> Option<PathBuf> {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside =
        ["../../../shared/samples/cin", "../../../../shared/samples/cin"].map(|folder| here.join(folder));
    beside.into_iter().find(|folder| folder.is_dir())
}

fn report(name: &str, as_published: bool) -> Option<Report> {
    let bytes = std::fs::read(samples()?.join(name)).unwrap();
    Some(validate(&bytes[..], Options { year: None, as_published }).unwrap())
}

#[derive(serde::Deserialize)]
struct Findings {
    rules: BTreeMap<String, Vec<(String, String, u32)>>,
    return_level: Vec<String>,
    could_not_run: Vec<String>,
}

type Places = BTreeSet<(String, String, u32)>;

fn places(report: &Report) -> BTreeMap<String, Places> {
    report
        .rules
        .iter()
        .filter(|rule| !rule.locations.is_empty())
        .map(|rule| {
            let places =
                rule.locations.iter().map(|at| (at.table.into(), at.field.unwrap_or("").into(), at.row));
            (rule.code.to_string(), places.collect())
        })
        .collect()
}

/// Rules that are meant otherwise than the public validator judges them on this file.
const MEANT_OTHERWISE: [&str; 19] = [
    "2887Q", "4003", "8540", "8565", "8569Q", "8614", "8730", "8740", "8832", "8841", "8842Q", "8869",
    "8870Q", "8897Q", "8898", "8935", "8940", "8945Q", "8950Q",
];

#[test]
fn as_published_every_place_agrees_and_rules_stop_where_they_stopped() {
    let Some(report) = report("faulty_420.xml", true) else { return };
    let text = std::fs::read_to_string(samples().unwrap().join("faulty_420.findings.json")).unwrap();
    let findings: Findings = serde_json::from_str(&text).unwrap();
    let ours = places(&report);
    for rule in &report.rules {
        let theirs: Places =
            findings.rules.get(&*rule.code).map(|p| p.iter().cloned().collect()).unwrap_or_default();
        let found = ours.get(&*rule.code).cloned().unwrap_or_default();
        assert_eq!(
            found,
            theirs,
            "rule {}: only ours {:?}, only theirs {:?}",
            rule.code,
            &found - &theirs,
            &theirs - &found
        );
        let stopped = findings.could_not_run.contains(&rule.code.to_string());
        assert_eq!(rule.state == State::NotJudged, stopped, "rule {} stops: {:?}", rule.code, rule.reason);
        let in_return = findings.return_level.contains(&rule.code.to_string());
        assert_eq!(rule.return_level && rule.state == State::Found, in_return, "rule {}", rule.code);
    }
    assert_eq!(report.rules.len(), 109);
}

#[test]
fn as_meant_every_place_of_the_other_rules_agrees() {
    let (Some(meant), Some(published)) = (report("faulty_420.xml", false), report("faulty_420.xml", true))
    else {
        return;
    };
    let (meant, published) = (places(&meant), places(&published));
    for code in meant.keys().chain(published.keys()) {
        if !MEANT_OTHERWISE.contains(&&**code) {
            assert_eq!(meant.get(code), published.get(code), "rule {code}");
        }
    }
}

#[test]
fn every_damage_that_was_done_on_purpose_is_found() {
    let Some(report) = report("faulty_420.xml", false) else { return };
    let text = std::fs::read_to_string(samples().unwrap().join("faulty_420.manifest.json")).unwrap();
    let manifest: BTreeMap<String, Vec<Option<String>>> = serde_json::from_str(&text).unwrap();
    for (code, children) in manifest {
        let rule = report.rules.iter().find(|rule| *rule.code == code).unwrap();
        for child in children {
            let found = rule.locations.iter().any(|at| at.child.as_deref() == child.as_deref());
            assert!(found || rule.return_level, "rule {code} at child {child:?}: {:?}", rule.state);
        }
    }
}

#[test]
fn a_clean_return_breaks_no_rule() {
    for as_published in [false, true] {
        let Some(report) = report("clean_300.xml", as_published) else { return };
        let broken: Vec<_> = report
            .rules
            .iter()
            .filter(|rule| rule.state != State::Passed)
            .map(|rule| {
                (rule.code.to_string(), rule.state, rule.reason.clone(), rule.locations.first().cloned())
            })
            .collect();
        assert!(broken.is_empty(), "{broken:#?}");
        assert_eq!((report.year, report.not_understood.len()), (2026, 0));
    }
}
