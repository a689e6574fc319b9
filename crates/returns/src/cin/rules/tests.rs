//! Every rule kept and broken, in cases that stand beside it.
//!
//! A case is rows in the order of the document, parted by `;`: the table, then fields with their values. A value with
//! commas is several elements. Rows belong to the row before them as in the file; where no `ChildIdentifiers` comes
//! first there is a child `A1`; where no `Header` comes first it is the year's. After `=>` come the places found
//! (`Table.Field@row`, row 0 unless said), or `return`, `nothing`, `stops`.

use std::fmt::Write as _;

use super::{Rule, all, of_year};
use crate::cin::{Options, validate};
use crate::report::{Kind, State};

/// The elements of one row's fields.
fn fields_of<'c>(words: impl Iterator<Item = &'c str>) -> String {
    let mut fields = String::new();
    for (name, value) in words.map(|word| word.split_once('=').unwrap()) {
        let element = |value| format!("<{name}>{value}</{name}>");
        let values: String = value.split(',').map(element).collect();
        match name {
            "AssessmentFactors" => {
                let _ =
                    write!(fields, "<FactorsIdentifiedAtAssessment>{values}</FactorsIdentifiedAtAssessment>");
            }
            "Disability" => {
                let _ = write!(fields, "<Disabilities>{values}</Disabilities>");
            }
            _ => fields.push_str(&values),
        }
    }
    fields
}

/// The census file that a case stands for.
fn file_of(case: &str, year: u16) -> String {
    let mut header = format!("<Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate>");
    let mut children = String::new();
    // the ends of what is open: child, episode, plan
    let mut open: Vec<&str> = Vec::new();
    let close = |children: &mut String, open: &mut Vec<&str>, down_to: usize| {
        while open.len() > down_to {
            children.push_str(open.pop().unwrap());
        }
    };
    for row in case.split(';').map(str::trim).filter(|row| !row.is_empty() && *row != "nobody") {
        let mut words = row.split_whitespace();
        let table = words.next().unwrap();
        let fields = fields_of(words);
        let level = match table {
            "Header" => {
                header = fields;
                continue;
            }
            "ChildIdentifiers" => 0,
            "ChildCharacteristics" | "Disabilities" | "CINdetails" => 1,
            "Reviews" => 3,
            _ => 2,
        };
        close(&mut children, &mut open, level);
        if open.is_empty() {
            children.push_str("<Child>");
            open.push("</Child>\n");
            if level > 0 {
                children.push_str("<ChildIdentifiers><LAchildID>A1</LAchildID></ChildIdentifiers>");
            }
        }
        let element = match table {
            "Disabilities" => "ChildCharacteristics",
            "CINplanDates" => "CINPlanDates",
            "PreProceedings" => "PreProceedingsandFGDM",
            other => other,
        };
        let _ = write!(children, "<{element}>{fields}");
        match table {
            "CINdetails" => open.push("</CINdetails>"),
            "ChildProtectionPlans" => open.push("</ChildProtectionPlans>"),
            _ => {
                let _ = write!(children, "</{element}>");
            }
        }
    }
    close(&mut children, &mut open, 0);
    format!(
        "<Message><Header><CollectionDetails>{header}</CollectionDetails></Header><Children>{children}</Children></Message>"
    )
}

/// What the rule finds in a case, in the notation of the cases.
fn found_in(rule: &Rule, case: &str, as_published: bool) -> String {
    let year = if rule.since > 2026 { rule.since } else { rule.until.min(2026) };
    let file = file_of(case, year);
    let report = validate(file.as_bytes(), Options { year: Some(year), as_published }).unwrap();
    assert_eq!(report.not_understood, [], "{case}");
    let outcome = report.rules.iter().find(|outcome| outcome.code == rule.code).unwrap();
    assert_eq!(outcome.return_level, rule.whole);
    match outcome.state {
        State::Passed => "nothing".into(),
        State::NotJudged if outcome.reason.as_deref() == Some("the published rule stops here") => {
            "stops".into()
        }
        State::NotJudged => format!("not judged: {:?}", outcome.reason),
        State::Found if outcome.return_level => "return".into(),
        State::Found => {
            let mut places: Vec<String> = outcome
                .locations
                .iter()
                .map(|at| {
                    let row = if at.row == 0 { String::new() } else { format!("@{}", at.row) };
                    format!("{}.{}{row}", at.table, at.field.unwrap())
                })
                .collect();
            places.sort();
            places.join(" ")
        }
    }
}

fn expected(case: &'static str) -> (&'static str, String) {
    let (rows, places) = case.split_once("=>").unwrap_or_else(|| panic!("no => in {case}"));
    let mut places: Vec<&str> = places.split_whitespace().collect();
    places.sort_unstable();
    (rows, places.join(" "))
}

#[test]
fn every_rule_keeps_quiet_and_speaks_up_where_its_cases_say() {
    for rule in all() {
        for case in rule.passes {
            assert_eq!(found_in(rule, case, false), "nothing", "{} keeps quiet: {case}", rule.code);
        }
        for case in rule.fails {
            let (rows, places) = expected(case);
            assert_eq!(found_in(rule, rows, false), places, "{} speaks up: {case}", rule.code);
        }
    }
}

#[test]
fn as_published_every_quirk_is_reproduced_and_nothing_else_changes() {
    for rule in all() {
        for case in rule.published {
            let (rows, places) = expected(case);
            assert_eq!(found_in(rule, rows, true), places, "{} as published: {case}", rule.code);
        }
        if rule.quirk.is_empty() {
            for case in rule.fails {
                let (rows, places) = expected(case);
                assert_eq!(found_in(rule, rows, true), places, "{} as published: {case}", rule.code);
            }
        }
    }
}

#[test]
fn every_rule_has_its_words_and_its_cases() {
    for rule in all() {
        let sentence =
            |text: &str| text.ends_with('.') && text.chars().next().is_some_and(char::is_uppercase);
        assert!(sentence(rule.says), "{}: {}", rule.code, rule.says);
        assert!(sentence(rule.would_do), "{}: {}", rule.code, rule.would_do);
        assert!(!rule.passes.is_empty() && !rule.fails.is_empty(), "{}", rule.code);
        assert_eq!(rule.quirk.is_empty(), rule.published.is_empty(), "{}", rule.code);
        assert_eq!(rule.code.ends_with('Q'), rule.kind == Kind::Query, "{}", rule.code);
    }
}

#[test]
fn every_year_has_all_its_rules_once() {
    for (year, errors, queries) in
        [(2023, 81, 24), (2024, 81, 24), (2025, 83, 26), (2026, 83, 26), (2027, 91, 30)]
    {
        let rules = of_year(year);
        let count = |kind| rules.iter().filter(|rule| rule.kind == kind).count();
        assert_eq!((count(Kind::Error), count(Kind::Query)), (errors, queries), "{year}");
        assert!(rules.windows(2).all(|pair| pair[0].code != pair[1].code), "{year}");
    }
}
