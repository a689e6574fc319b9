//! The files a looked-after return comes in: the XML form, files of any vendor, broken and hostile files. Whatever they
//! hold, every rule has its answer.
#![expect(clippy::unwrap_used, reason = "a seed that cannot be read fails the test")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use returns::care::{File, Input, Options, index_postcodes, validate};
use returns::report::{Report, RuleOutcome, State};

const XML: &str = include_str!("care_seeds/return.xml");

/// The seeds that the readers are tried with.
const SEEDS: [(&str, &[u8]); 10] = [
    ("header.csv", include_bytes!("care_seeds/header.csv")),
    ("episodes.csv", include_bytes!("care_seeds/episodes.csv")),
    ("oc3.csv", include_bytes!("care_seeds/oc3.csv")),
    ("placed.csv", include_bytes!("care_seeds/placed.csv")),
    ("missing.csv", include_bytes!("care_seeds/missing.csv")),
    ("uasc.csv", include_bytes!("care_seeds/uasc.csv")),
    ("workers.csv", include_bytes!("care_seeds/workers.csv")),
    ("providers.csv", include_bytes!("care_seeds/providers.csv")),
    ("postcodes.csv", include_bytes!("care_seeds/postcodes.csv")),
    ("return.xml", XML.as_bytes()),
];

fn options() -> Options {
    Options { year: 2026, authority: Some("E08000025".to_owned()), as_published: false }
}

fn check(this: &[(&str, &[u8])], last: &[(&str, &[u8])]) -> Report {
    let files = |files: &[(&'_ str, &'_ [u8])]| -> Vec<(String, Vec<u8>)> {
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
    };
    let (this, last) = (files(this), files(last));
    let input = Input {
        this: this.iter().map(|(name, bytes)| File { name, bytes }).collect(),
        last: last.iter().map(|(name, bytes)| File { name, bytes }).collect(),
        providers: None,
        postcodes: None,
    };
    validate(&input, &options())
}

fn rule<'r>(report: &'r Report, code: &str) -> &'r RuleOutcome {
    report.rules.iter().find(|rule| rule.code == code).unwrap()
}

fn rows(report: &Report, code: &str) -> Vec<(&'static str, u32)> {
    rule(report, code).locations.iter().map(|at| (at.table, at.row)).collect()
}

fn why(report: &Report, code: &str) -> String {
    rule(report, code).reason.clone().unwrap_or_default()
}

#[test]
fn the_xml_form_is_judged_like_the_tables() {
    let report = check(&[("return.xml", XML.as_bytes())], &[]);
    assert_eq!(rows(&report, "105"), [("Header", 0)]);
    assert_eq!(rows(&report, "146"), [("Episodes", 0)], "PL is PLACE");
    assert_eq!(rows(&report, "143"), [("Episodes", 1)]);
    assert_eq!(rows(&report, "166"), [("Reviews", 1)]);
    assert_eq!(rows(&report, "167"), [("Reviews", 1)]);
    assert_eq!(rows(&report, "180"), [("OC2", 0)]);
    assert_eq!(rows(&report, "631"), [("PrevPerm", 0)]);
    assert_eq!(rows(&report, "120"), [("PlacedAdoption", 0)]);
    assert_eq!(rows(&report, "151"), [("AD1", 0)]);
    assert_eq!(rows(&report, "303"), [("Header", 0), ("Header", 1), ("UASC", 0), ("UASC", 1)]);
    assert_eq!(rows(&report, "SW02STG1"), [("SWEpisodes", 0)]);
    assert_eq!(rows(&report, "INT03"), []);
    let review = &rule(&report, "166").locations[0];
    assert_eq!((review.child.as_deref(), review.was.as_deref()), (Some("A1"), Some("X & Y")));
    assert_eq!(review.line, Some(10));
    let unknown: Vec<&str> = report.not_understood.iter().map(|unknown| unknown.element.as_str()).collect();
    assert_eq!(unknown, ["SHOE_SIZE"]);
}

#[test]
fn unaccompanied_children_are_compared_with_last_year_in_the_xml_form() {
    let child = |uasc: &str, duc: &str| {
        format!(
            "<R><CHILD><HEADER><CHILDID>A</CHILDID><DOB>01/05/2008</DOB><UASC>{uasc}</UASC><DUC>{duc}</DUC></HEADER></CHILD></R>"
        )
    };
    let judge = |this: String, last: String| {
        check(&[("this.xml", this.as_bytes())], &[("last.xml", last.as_bytes())])
    };
    let both = [("Header", 0), ("UASC", 0)];
    let gone = judge(child("0", ""), child("1", "01/05/2026"));
    assert_eq!((rows(&gone, "205A"), rows(&gone, "205C")), (both.to_vec(), vec![]));
    let ceased = judge(child("0", ""), child("1", "01/05/2024"));
    assert_eq!(rows(&ceased, "205A"), []);
    let never = judge(child("0", "01/05/2025"), child("0", ""));
    assert_eq!((rows(&never, "205A"), rows(&never, "205C")), (vec![], both.to_vec()));
    let new = judge(child("1", ""), child("0", ""));
    assert_eq!(rows(&new, "205D"), [("Header", 0)]);
}

#[test]
fn xml_that_breaks_off_judges_nothing_and_says_where() {
    let half = &XML.as_bytes()[..900];
    let report = check(&[("return.xml", half)], &[]);
    assert!(report.rules.iter().all(|rule| rule.state == State::NotJudged));
    assert!(why(&report, "101").contains("return.xml cannot be read from line"), "{}", why(&report, "101"));
    let mixed = check(&[("return.xml", XML.as_bytes()), SEEDS[0]], &[]);
    assert!(why(&mixed, "101").contains("not both"));
    let deep = "<A>".repeat(100_000);
    assert!(why(&check(&[("deep.xml", deep.as_bytes())], &[]), "101").contains("too deep"));
}

#[test]
fn files_of_any_vendor_are_read() {
    let forms: [&[u8]; 5] = [
        b"CHILD,SEX\r\na,X\r\nb,M\r\n",
        b"\xEF\xBB\xBF\"CHILD\";\"SEX\"\n\"a\";\"X\"\n\"b\";\"M\"\n",
        b"sex\tchild \tupn\nX\ta\nM\tb\t\n",
        b"CHILD,SEX,NAME\nA,X,Zo\xEB\n\nB,M,\"Zo,\nE\"",
        b"\xFF\xFEC\0H\0I\0L\0D\0,\0S\0E\0X\0\n\0A\0,\0X\0\n\0",
    ];
    for form in forms {
        let report = check(&[("a.csv", form)], &[]);
        assert_eq!(rows(&report, "101"), [("Header", 0)], "{:?}", String::from_utf8_lossy(form));
        assert_eq!(rule(&report, "101").locations[0].child.as_deref(), Some("A"));
    }
}

#[test]
fn what_is_missing_is_named() {
    let none = check(&[], &[]);
    assert!(none.rules.iter().all(|rule| rule.state == State::NotJudged));
    assert_eq!(why(&none, "101"), "the table Header is missing");
    assert_eq!(why(&none, "202"), "the table Header is missing");
    let header = check(&[SEEDS[0]], &[]);
    assert_eq!(why(&header, "202"), "the table Header of last year is missing");
    assert_eq!(why(&header, "303"), "the table UASC is missing");
    assert_eq!(why(&header, "169"), "no file of postcodes was given");
    let episodes = check(&[SEEDS[1]], &[]);
    assert_eq!(why(&episodes, "1008"), "no file of providers was given");
    let no_urn = File { name: "p.csv", bytes: b"A,B" };
    let no_places = File { name: "q.csv", bytes: b"A,B" };
    let this = SEEDS[..2].iter().map(|(name, bytes)| File { name, bytes }).collect();
    let input = Input { this, providers: Some(no_urn), postcodes: Some(no_places), ..Input::default() };
    let unfit = validate(&input, &Options { authority: Some("Leeds".to_owned()), ..options() });
    assert_eq!(why(&unfit, "1008"), "p.csv has no column of provider numbers (urn)");
    assert_eq!(why(&unfit, "169"), "q.csv has no columns of postcodes and places");
    let fit = Input { postcodes: Some(File { name: SEEDS[8].0, bytes: SEEDS[8].1 }), ..input };
    let unfit = validate(&fit, &Options { authority: Some("Leeds".to_owned()), ..options() });
    assert_eq!(why(&unfit, "179"), "the authority given is not an ONS code");
    let twice = check(&[SEEDS[0], ("again.csv", SEEDS[0].1)], &[]);
    assert_eq!(why(&twice, "101"), "header.csv and again.csv each hold the table Header, and only one may");
    let empty = check(&[("empty.csv", b""), ("heads.csv", b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB")], &[]);
    assert_eq!(rule(&empty, "101").state, State::Passed);
    let notes = check(&[("notes.csv", b"A,B\n1,2")], &[]);
    assert_eq!(notes.not_understood[0].element, "notes.csv");
}

#[test]
fn a_table_that_is_all_one_child_is_refused_in_no_time() {
    let mut text = "CHILD,DECOM,DEC\n".to_owned();
    text += &"A,01/05/2025,01/06/2025\n".repeat(200_000);
    let report = check(&[("episodes.csv", text.as_bytes())], &[]);
    assert_eq!(why(&report, "501"), "one child, A, stands in 200000 rows of the table Episodes");
    assert_eq!(rule(&report, "353").state, State::Passed);
}

#[test]
fn one_rule_never_changes_what_another_sees() {
    let csv = |published| {
        let this: Vec<File<'_>> = SEEDS[..7].iter().map(|(name, bytes)| File { name, bytes }).collect();
        let input = Input { this: this.clone(), last: this, ..Input::default() };
        validate(&input, &Options { as_published: published, ..options() })
    };
    assert_eq!(csv(false), csv(false));
    assert_eq!(csv(true), csv(true));
}

#[test]
fn an_index_of_postcodes_judges_as_the_list_does() {
    let list = File { name: SEEDS[8].0, bytes: SEEDS[8].1 };
    let index = index_postcodes(&list).unwrap();
    let judge = |postcodes| {
        let this = vec![File { name: SEEDS[1].0, bytes: SEEDS[1].1 }];
        validate(&Input { this, postcodes: Some(postcodes), ..Input::default() }, &options())
    };
    let report = judge(list);
    assert_eq!(rule(&report, "169").state, State::Passed);
    assert_eq!(judge(File { name: "index", bytes: &index }), report);
}

/// Every rule answers once, with places that are there.
fn is_whole(report: &Report, most_rows: usize) {
    let codes: BTreeSet<&str> = report.rules.iter().map(|rule| &*rule.code).collect();
    assert_eq!((codes.len(), report.rules.len()), (312, 312));
    for rule in &report.rules {
        assert_eq!(rule.state == State::Found, !rule.locations.is_empty(), "{}", rule.code);
        assert_eq!(rule.state == State::NotJudged, rule.reason.is_some(), "{}", rule.code);
        assert!(rule.locations.iter().all(|at| (at.row as usize) < most_rows), "{}", rule.code);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_a_seed_becomes_every_rule_answers(
        changes in proptest::collection::vec((0..SEEDS.len(), any::<u16>(), any::<u8>(), 0..4_u8), 1..12),
        xml: bool,
        published: bool,
    ) {
        let mut files: Vec<(String, Vec<u8>)> =
            SEEDS.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
        for (file, at, byte, how) in changes {
            let bytes = &mut files[file].1;
            let at = usize::from(at) % (bytes.len() + 1);
            match how {
                0 => bytes.insert(at, byte),
                1 => bytes.truncate(at),
                2 => { let rest = bytes.split_off(at); bytes.extend(rest.iter().rev()); }
                _ => { let copy = bytes[at..].to_vec(); bytes.extend(copy); }
            }
        }
        let most_rows = files.iter().map(|file| file.1.len()).max().unwrap_or(0);
        let file = |at: usize| File { name: &files[at].0, bytes: &files[at].1 };
        let this = if xml { vec![file(9)] } else { (0..7).map(file).collect() };
        let input = Input {
            this, last: (0..7).map(file).collect(), providers: Some(file(7)), postcodes: Some(file(8)),
        };
        is_whole(&validate(&input, &Options { as_published: published, ..options() }), most_rows);
    }
}
