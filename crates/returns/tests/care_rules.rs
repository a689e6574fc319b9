//! Every looked-after rule by its cases (`care_cases/README.md`): what it finds, what it passes, where the public validator
//! differs; and that a rule needs just the columns it says it needs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use returns::care::{File, Input, Options, validate};
use returns::report::{Report, RuleOutcome, State};

const CASES: [&str; 5] = [
    include_str!("care_cases/header.txt"),
    include_str!("care_cases/episodes.txt"),
    include_str!("care_cases/sequence.txt"),
    include_str!("care_cases/others.txt"),
    include_str!("care_cases/leaving.txt"),
];

const PROVIDERS: &str =
    "urn,placement code,placement provider code,deregistration date,setting address postcode
SC1,K2,PR1,,ZZ1 1AA
SC2,K2,PR4,,ZZ2 1AA
SC3,K2,PR4,01/06/2025,ZZ2 1AA
SC4,K3,PR4,,ZZ1 1AA
SC4,K3,PR4,,ZZ2 1AA
";

const POSTCODES: &str = "in,ZZ1 1AA,400000,280000,E08000025
in,ZZ1 2AA,416093,280000,E08000025
eng,ZZ2 1AA,440000,280000,E08000026
wal,ZZ3 1AA,300000,280000,W06000015
eng,ZZ4 1AA,300000,900000,E06000063
far,ZZ5 1AA,3000000,900000,E06000062
";

/// Rules whose finding case needs the XML form, or that cannot find anything.
const NOT_BY_CSV: [&str; 5] = ["105", "205A", "205C", "303", "411"];

struct Table {
    short: &'static str,
    name: &'static str,
    columns: &'static [&'static str],
    /// The columns that `from..until` stands for.
    stretch: [&'static str; 2],
}

const TABLES: [Table; 12] = [
    Table {
        short: "H",
        name: "Header",
        columns: &["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"],
        stretch: ["", ""],
    },
    Table {
        short: "E",
        name: "Episodes",
        columns: &[
            "CHILD",
            "DECOM",
            "RNE",
            "LS",
            "CIN",
            "PLACE",
            "PLACE_PROVIDER",
            "DEC",
            "REC",
            "REASON_PLACE_CHANGE",
            "HOME_POST",
            "PL_POST",
            "URN",
        ],
        stretch: ["DECOM", "DEC"],
    },
    Table {
        short: "R",
        name: "Reviews",
        columns: &["CHILD", "DOB", "REVIEW", "REVIEW_CODE"],
        stretch: ["", ""],
    },
    Table { short: "U", name: "UASC", columns: &["CHILD", "SEX", "DOB", "DUC"], stretch: ["", ""] },
    Table {
        short: "O",
        name: "OC2",
        columns: &[
            "CHILD",
            "DOB",
            "SDQ_SCORE",
            "SDQ_REASON",
            "CONVICTED",
            "HEALTH_CHECK",
            "IMMUNISATIONS",
            "TEETH_CHECK",
            "HEALTH_ASSESSMENT",
            "SUBSTANCE_MISUSE",
            "INTERVENTION_RECEIVED",
            "INTERVENTION_OFFERED",
        ],
        stretch: ["", ""],
    },
    Table {
        short: "L",
        name: "OC3",
        columns: &["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"],
        stretch: ["", ""],
    },
    Table {
        short: "A",
        name: "AD1",
        columns: &[
            "CHILD",
            "DOB",
            "DATE_INT",
            "DATE_MATCH",
            "FOSTER_CARE",
            "NB_ADOPTR",
            "SEX_ADOPTR",
            "LS_ADOPTR",
        ],
        stretch: ["", ""],
    },
    Table {
        short: "P",
        name: "PlacedAdoption",
        columns: &["CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"],
        stretch: ["DATE_PLACED", "DATE_PLACED_CEASED"],
    },
    Table {
        short: "V",
        name: "PrevPerm",
        columns: &["CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"],
        stretch: ["", ""],
    },
    Table {
        short: "M",
        name: "Missing",
        columns: &["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"],
        stretch: ["MIS_START", "MIS_END"],
    },
    Table {
        short: "W",
        name: "SWEpisodes",
        columns: &["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"],
        stretch: ["SW_DECOM", "SW_DEC"],
    },
    Table {
        short: "D",
        name: "DoLo",
        columns: &["CHILD", "DOB", "DOLO_START", "DOLO_END"],
        stretch: ["DOLO_START", "DOLO_END"],
    },
];

struct Case {
    line: &'static str,
    code: &'static str,
    kind: char,
    /// By last year or not, and table: its rows.
    rows: BTreeMap<(bool, &'static str), Vec<BTreeMap<String, String>>>,
    places: BTreeSet<(bool, String, u32)>,
}

fn table(short: &str) -> (bool, &'static Table) {
    let (last, short) = short.strip_prefix("l.").map_or((false, short), |short| (true, short));
    let table = TABLES.iter().find(|table| table.short == short);
    (last, table.unwrap_or_else(|| panic!("no table {short}")))
}

fn case(line: &'static str) -> Case {
    let (head, rest) = line.split_once(' ').unwrap();
    let (code, kind) = head.split_at(head.len() - 1);
    let (rows, places) = rest.split_once(" -> ").unwrap_or((rest, ""));
    let mut case = Case {
        line,
        code,
        kind: kind.chars().next().unwrap(),
        rows: BTreeMap::new(),
        places: BTreeSet::new(),
    };
    for row in rows.split("; ") {
        let mut words = row.split_whitespace();
        let (last, table) = table(words.next().unwrap());
        let child = words.next().unwrap().replace('-', "");
        let mut cells = BTreeMap::from([("CHILD".to_owned(), child)]);
        for word in words {
            if let Some((column, value)) = word.split_once('=') {
                assert!(table.columns.contains(&column), "{line}: {column}");
                cells.insert(column.to_owned(), value.replace('_', " "));
            } else {
                let (from, until) = word.split_once("..").unwrap_or_else(|| panic!("{line}: {word}"));
                cells.insert(table.stretch[0].to_owned(), from.to_owned());
                cells.insert(table.stretch[1].to_owned(), until.to_owned());
            }
        }
        case.rows.entry((last, table.name)).or_default().push(cells);
    }
    for place in places.split(", ").filter(|place| !place.is_empty()) {
        let (short, row) = place.split_once(' ').unwrap();
        let (last, table) = table(short);
        case.places.insert((last, table.name.to_owned(), row.parse().unwrap()));
    }
    case
}

fn cases() -> Vec<Case> {
    CASES.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty()).map(case).collect()
}

/// Judges the case on the columns for which `keeps` holds; a table that keeps no column is left out.
fn judge(case: &Case, keeps: &dyn Fn(bool, &str, &str) -> bool) -> Report {
    let mut files = [Vec::new(), Vec::new()];
    for last in [false, true] {
        for table in &TABLES {
            let columns: Vec<&str> =
                table.columns.iter().copied().filter(|column| keeps(last, table.name, column)).collect();
            if columns.is_empty() {
                continue;
            }
            let mut text = columns.join(",") + "\n";
            for row in case.rows.get(&(last, table.name)).into_iter().flatten() {
                // a blank cell in quotes, because a line that is empty is no row
                let cells =
                    columns.iter().map(|column| format!("\"{}\"", row.get(*column).map_or("", |c| c)));
                text += &(cells.collect::<Vec<_>>().join(",") + "\n");
            }
            files[usize::from(last)].push((format!("{}.csv", table.name), text));
        }
    }
    let [this, last] = &files;
    let as_files = |files: &'_ [(String, String)]| -> Vec<(String, String)> { files.to_vec() };
    let (this, last) = (as_files(this), as_files(last));
    let input = Input {
        this: this.iter().map(|(name, text)| File { name, bytes: text.as_bytes() }).collect(),
        last: last.iter().map(|(name, text)| File { name, bytes: text.as_bytes() }).collect(),
        providers: Some(File { name: "providers.csv", bytes: PROVIDERS.as_bytes() }),
        postcodes: Some(File { name: "postcodes.csv", bytes: POSTCODES.as_bytes() }),
    };
    let year =
        if case.code.len() == 3 && case.code.starts_with("70") || case.code == "710" { 2027 } else { 2026 };
    let as_published = matches!(case.kind, '~' | '!');
    validate(&input, &Options { year, authority: Some("E08000025".to_owned()), as_published })
}

fn outcome<'r>(report: &'r Report, code: &str) -> &'r RuleOutcome {
    report.rules.iter().find(|rule| rule.code == code).unwrap_or_else(|| panic!("no rule {code}"))
}

fn places(outcome: &RuleOutcome) -> BTreeSet<(bool, String, u32)> {
    outcome.locations.iter().map(|at| (at.last, at.table.to_owned(), at.row)).collect()
}

#[test]
fn every_case_comes_out_as_written() {
    let mut wrong = Vec::new();
    for case in cases() {
        let report = judge(&case, &|_, _, _| true);
        let outcome = outcome(&report, case.code);
        let state = match case.kind {
            '!' => State::NotJudged,
            _ if case.places.is_empty() => State::Passed,
            _ => State::Found,
        };
        if outcome.state != state || places(outcome) != case.places {
            let found = places(outcome);
            wrong.push(format!("{}\n    {:?} {:?} {found:?}", case.line, outcome.state, outcome.reason));
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case_it_finds_and_one_it_passes() {
    let cases = cases();
    let all = judge(&cases[0], &|_, _, _| true);
    let mut codes: Vec<&str> = all.rules.iter().map(|rule| &*rule.code).collect();
    codes.extend(["700", "701", "702", "703", "704", "705", "706", "707", "708", "709", "710"]);
    let lacking: Vec<String> = codes
        .iter()
        .flat_map(|code| ['+', '-'].map(|kind| (code, kind)))
        .filter(|(code, kind)| !cases.iter().any(|case| case.code == **code && case.kind == *kind))
        .filter(|(code, kind)| !(NOT_BY_CSV.contains(code) && (*kind == '+' || **code == "105")))
        .map(|(code, kind)| format!("{code}{kind}"))
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

static PAGE: LazyLock<String> = LazyLock::new(returns::care::rules_table);

/// What the page of rules says that a rule needs.
fn needs(code: &str) -> String {
    let row = PAGE.lines().find(|line| line.starts_with(&format!("| {code} |"))).unwrap();
    row.split(" | ").nth(4).unwrap().replace(", ", ",")
}

/// The columns a rule needs, out of the page of rules: by last year or not, table and column.
fn needed(code: &str) -> Vec<(bool, String, Vec<String>)> {
    let needs = needs(code).replace("\\|", " ");
    let mut needed = Vec::new();
    for need in needs.split_whitespace() {
        let need = need.trim_start_matches('~');
        let (last, need) = need.strip_prefix("last.").map_or((false, need), |need| (true, need));
        let (table, columns) = need.split_once(':').unwrap_or((need, ""));
        let columns = columns.replace("CLA", "CHILD,DECOM,RNE,LS,DEC,REC");
        needed.push((last, table.to_owned(), columns.split(',').map(str::to_owned).collect()));
    }
    if needs.contains("uasc") || needs.contains("UASC") || code == "392b" {
        for last in [false, true] {
            needed.push((last, "UASC".to_owned(), vec!["CHILD".to_owned(), "DUC".to_owned()]));
            needed.push((last, "Header".to_owned(), vec!["CHILD".to_owned()]));
        }
    }
    needed
}

#[test]
fn a_rule_judges_the_same_from_just_the_columns_it_needs() {
    let mut wrong = Vec::new();
    for case in cases().iter().filter(|case| case.kind != '!') {
        let needed = needed(case.code);
        // one column that tells the table is always kept, so that the table is known
        let keeps = |last: bool, table: &str, column: &str| {
            needed.iter().any(|need| {
                let tells =
                    need.2.iter().all(|column| ["", "CHILD", "DOB", "SEX"].contains(&column.as_str()));
                need.0 == last
                    && need.1 == table
                    && (need.2.iter().any(|known| known == column)
                        || (tells
                            && TABLES.iter().any(|t| t.name == table && t.columns.last() == Some(&column))))
            })
        };
        let report = judge(case, &keeps);
        let outcome = outcome(&report, case.code);
        if places(outcome) != case.places || outcome.state == State::NotJudged {
            wrong.push(format!("{}\n    {:?} {:?}", case.line, outcome.reason, places(outcome)));
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_rule_that_lacks_a_column_is_not_judged_and_says_which() {
    // a case without rows, of the year that has every rule
    let blank = case("700- H -");
    let mut wrong = Vec::new();
    for (last, table) in
        [false, true].into_iter().flat_map(|last| TABLES.iter().map(move |table| (last, table)))
    {
        for column in table.columns {
            let report = judge(&blank, &|l, t, c| (l, t, c) != (last, table.name, *column));
            for rule in &report.rules {
                let says = rule.reason.as_deref().unwrap_or_default();
                let named =
                    says.contains(column) && says.contains(table.name) && says.contains("last") == last;
                let needs = needs(&rule.code);
                let lacks = needs.split_whitespace().any(|need| {
                    let (of_last, need) =
                        need.strip_prefix("last.").map_or((false, need), |need| (true, need));
                    need.split_once(':').is_some_and(|(name, columns)| {
                        let columns = columns.replace("CLA", "CHILD,DECOM,RNE,LS,DEC,REC");
                        of_last == last
                            && name == table.name
                            && columns.split(',').any(|known| known == *column)
                    })
                });
                if lacks && !(rule.state == State::NotJudged && named) {
                    wrong.push(format!("{}: without {column}: {:?} {says}", rule.code, rule.state));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
