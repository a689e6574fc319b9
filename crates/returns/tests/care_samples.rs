//! The looked-after return against the samples beside the repository: what the public validator found there, rule by
//! rule and place by place. Passes without the samples.
#![expect(clippy::unwrap_used, reason = "a sample that cannot be read fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use returns::care::{File, Input, Options, validate};
use returns::report::{Report, State};

type Places = BTreeSet<(String, u32)>;

struct Sample {
    this: Vec<(String, Vec<u8>)>,
    last: Vec<(String, Vec<u8>)>,
    providers: Vec<u8>,
    postcodes: Vec<u8>,
    expected: BTreeMap<String, Places>,
}

fn folder(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn sample() -> Option<Sample> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = ["../../../shared/samples/ssda903", "../../../../shared/samples/ssda903"];
    let root = beside.map(|folder| here.join(folder)).into_iter().find(|folder| folder.is_dir())?;
    let findings: serde_json::Value =
        serde_json::from_slice(&fs::read(root.join("findings.json")).unwrap()).unwrap();
    let mut expected = BTreeMap::new();
    for (code, tables) in findings["findings"].as_object().unwrap() {
        let places: Places = tables
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(table, rows)| {
                let row = |row: &serde_json::Value| u32::try_from(row.as_u64().unwrap()).unwrap();
                rows.as_array().unwrap().iter().map(move |at| (table.clone(), row(at)))
            })
            .collect();
        expected.insert(code.clone(), places);
    }
    Some(Sample {
        this: folder(&root.join("this")),
        last: folder(&root.join("last")),
        providers: fs::read(root.join("providers.csv")).unwrap(),
        postcodes: fs::read(root.join("postcodes.csv")).unwrap(),
        expected,
    })
}

fn check(sample: &Sample, year: u16, as_published: bool) -> Report {
    let files = |files: &'_ [(String, Vec<u8>)]| {
        files.iter().map(|(name, bytes)| (name.clone(), bytes.clone())).collect::<Vec<_>>()
    };
    let (this, last) = (files(&sample.this), files(&sample.last));
    let input = Input {
        this: this.iter().map(|(name, bytes)| File { name, bytes }).collect(),
        last: last.iter().map(|(name, bytes)| File { name, bytes }).collect(),
        providers: Some(File { name: "providers.csv", bytes: &sample.providers }),
        postcodes: Some(File { name: "postcodes.csv", bytes: &sample.postcodes }),
    };
    validate(&input, &Options { year, authority: Some("E08000025".to_owned()), as_published })
}

/// Rules of which the public validator's answer differs from what is meant, on these samples.
const QUIRKS: [&str; 23] = [
    "165", "169", "210", "231", "233", "241", "347", "355", "363", "364", "371", "372", "373", "374", "375",
    "376", "379", "558", "583", "584", "635", "1001", "1007",
];

fn differences(report: &Report, expected: &BTreeMap<String, Places>, left_out: &[&str]) -> Vec<String> {
    let mut differences = Vec::new();
    let none = Places::new();
    for rule in report.rules.iter().filter(|rule| !left_out.contains(&&*rule.code)) {
        let found: Places = rule.locations.iter().map(|at| (at.table.to_owned(), at.row)).collect();
        let wanted = expected.get(&*rule.code).unwrap_or(&none);
        if found != *wanted || (rule.state == State::NotJudged && !wanted.is_empty()) {
            let more: Vec<_> = found.difference(wanted).take(8).collect();
            let less: Vec<_> = wanted.difference(&found).take(8).collect();
            differences
                .push(format!("{} {:?}: too much {more:?}, too little {less:?}", rule.code, rule.reason));
        }
    }
    differences
}

#[test]
fn every_rule_as_published_agrees_with_the_public_validator_place_by_place() {
    let Some(sample) = sample() else { return };
    let report = check(&sample, 2026, true);
    assert_eq!(report.rules.len(), 312);
    let differences = differences(&report, &sample.expected, &[]);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_rule_as_meant_agrees_except_where_the_public_validator_errs() {
    let Some(sample) = sample() else { return };
    let report = check(&sample, 2026, false);
    assert_eq!(report.rules.len(), 312);
    let left_out: Vec<&str> = QUIRKS.into_iter().chain(["SW08STG2", "SW11bSTG2"]).collect();
    let differences = differences(&report, &sample.expected, &left_out);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    let not_judged: Vec<&str> =
        report.rules.iter().filter(|rule| rule.state == State::NotJudged).map(|rule| &*rule.code).collect();
    assert_eq!(
        not_judged,
        ["105", "576"],
        "one is on the XML form, one needs a table of last year that is not there"
    );
    assert!(report.not_understood.is_empty(), "{:?}", report.not_understood);
}

#[test]
fn the_rules_of_the_next_year_add_those_on_deprivation_of_liberty() {
    let Some(sample) = sample() else { return };
    let report = check(&sample, 2027, false);
    assert_eq!(report.rules.len(), 323);
}
