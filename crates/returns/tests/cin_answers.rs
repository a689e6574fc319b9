//! Every rule answers, whatever is missing: passed, found, or not judged and why.

#![expect(clippy::unwrap_used, reason = "a test fails where its file does")]

use returns::cin::{Options, Refused, nothing_judged, validate};
use returns::report::{Report, RuleOutcome, State};

fn file(header: &str, children: &str) -> String {
    format!(
        "<Message>\n<Header><CollectionDetails>{header}</CollectionDetails></Header>\n<Children>{children}</Children></Message>"
    )
}

const YEAR: &str = "<Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate>";
const CHILD: &str = "<Child><ChildIdentifiers><LAchildID>A1</LAchildID></ChildIdentifiers>
<CINdetails><CINreferralDate>2025-05-01</CINreferralDate><CINclosureDate>31/03/2026</CINclosureDate></CINdetails></Child>";

fn check(file: &str, year: Option<u16>) -> Result<Report, Refused> {
    validate(file.as_bytes(), Options { year, as_published: false })
}

fn rule<'r>(report: &'r Report, code: &str) -> &'r RuleOutcome {
    report.rules.iter().find(|rule| rule.code == code).unwrap()
}

#[test]
fn the_year_is_the_files_own_unless_another_is_asked_for() {
    let year =
        |header, asked| check(&file(header, ""), asked).map(|report| (report.year, report.rules.len()));
    assert_eq!(year(YEAR, None).unwrap(), (2026, 109));
    assert_eq!(year(YEAR, Some(2027)).unwrap(), (2027, 121));
    assert_eq!(year(YEAR, Some(2023)).unwrap(), (2023, 105));
    assert_eq!(year("<ReferenceDate>2025-03-31</ReferenceDate>", None).unwrap(), (2025, 109));
    assert_eq!(
        year("<Year>twenty</Year><ReferenceDate>2024-03-31</ReferenceDate>", None).unwrap(),
        (2024, 105)
    );
    assert!(matches!(year("", None), Err(Refused::NoYear)));
    assert!(matches!(year("<Year>2019</Year>", None), Err(Refused::YearNotHeld(2019))));
    let error = year(YEAR, Some(2031)).unwrap_err().to_string();
    assert_eq!(error, "the rules of 2031 are not held; those of 2023 to 2027 are");
}

#[test]
fn a_date_that_cannot_be_read_is_named_by_every_rule_that_asked_for_it() {
    let report = check(&file(YEAR, CHILD), None).unwrap();
    let outside = rule(&report, "8620");
    assert_eq!(outside.state, State::NotJudged);
    assert_eq!(
        outside.reason.as_deref(),
        Some("a date cannot be read: CINdetails CINclosureDate \"31/03/2026\" on line 4 (child A1)")
    );
    // it counts as missing, and a rule that says so at that very place has judged it
    let open = check(
        &file(YEAR, &CHILD.replace("</CINdetails>", "<ReasonForClosure>RC1</ReasonForClosure></CINdetails>")),
        None,
    );
    let unclosed = open.unwrap();
    assert_eq!(
        (rule(&unclosed, "8810").state, rule(&unclosed, "8810").reason.as_deref()),
        (State::Found, None)
    );
    // rules that do not ask for it pass
    assert_eq!(rule(&report, "8600").state, State::Passed);
    let published =
        validate(file(YEAR, CHILD).as_bytes(), Options { year: None, as_published: true }).unwrap();
    assert_eq!(rule(&published, "8620").state, State::Passed);
}

#[test]
fn without_a_reference_date_rules_judge_what_they_can_and_say_what_they_cannot() {
    let children = CHILD.replace("31/03/2026", "2025-06-01") + "<Child><CINdetails/></Child>";
    for (header, said) in [
        ("<Year>2026</Year>", "Header ReferenceDate is missing"),
        (
            "<Year>2026</Year><ReferenceDate>soon</ReferenceDate>",
            "Header ReferenceDate \"soon\" cannot be read as a date",
        ),
    ] {
        let report = check(&file(header, &children), None).unwrap();
        assert_eq!(rule(&report, "100").state, State::Found);
        let outside = rule(&report, "8620");
        assert_eq!(outside.state, State::NotJudged);
        assert!(outside.reason.as_deref().unwrap().starts_with(said), "{:?}", outside.reason);
        let missing = rule(&report, "8600");
        assert_eq!(
            (missing.state, missing.locations.len(), missing.reason.is_some()),
            (State::Found, 1, true)
        );
        // the year asked for stands in for it
        let asked = check(&file(header, &children), Some(2026)).unwrap();
        assert_eq!(rule(&asked, "8620").state, State::Passed);
    }
}

#[test]
fn a_census_without_children_or_header_is_answered_by_every_rule() {
    let empty = check(&file(YEAR, ""), None).unwrap();
    assert_eq!(empty.counts().not_judged, 0);
    assert!(empty.rules.iter().all(|rule| rule.locations.is_empty()));
    let headless = check("<Message><Children/></Message>", Some(2026)).unwrap();
    assert_eq!(rule(&headless, "100").locations.len(), 1);
    assert_eq!(headless.rules.len(), 109);
}

#[test]
fn a_file_that_cannot_be_read_judges_nothing_and_says_why() {
    let error = check("<Message><Children><Child>", Some(2026)).unwrap_err();
    let report = nothing_judged(2026, &error).unwrap();
    assert_eq!((report.rules.len(), report.has_findings()), (109, false));
    assert!(report.rules.iter().all(|rule| rule.state == State::NotJudged));
    let reason = report.rules[0].reason.as_deref().unwrap();
    assert_eq!(
        reason,
        "the file cannot be read: line 1, in <Child>: the file ends here, before </Child>: it was cut short"
    );
    assert!(report.rules.iter().any(|rule| rule.return_level));
    assert!(nothing_judged(1999, &error).is_err());
}

#[test]
fn one_child_in_two_elements_is_one_child() {
    let twice = "<Child><ChildIdentifiers><LAchildID>A1</LAchildID></ChildIdentifiers><CINdetails><CINreferralDate>2025-05-02</CINreferralDate></CINdetails></Child>
<Child><ChildIdentifiers><LAchildID>B</LAchildID></ChildIdentifiers><CINdetails/></Child>
<Child><ChildIdentifiers><LAchildID>A1</LAchildID></ChildIdentifiers><CINdetails><Assessments><AssessmentActualStartDate>2025-05-01</AssessmentActualStartDate></Assessments></CINdetails></Child>";
    let report = check(&file(YEAR, twice), None).unwrap();
    let places: Vec<_> =
        rule(&report, "1103").locations.iter().map(|at| (at.table, at.row, at.child.as_deref())).collect();
    assert_eq!(places, [("Assessments", 0, Some("A1")), ("CINdetails", 0, Some("A1"))]);
}

#[test]
fn what_is_not_understood_is_listed_to_a_limit_and_then_counted() {
    let many = "<Child><Odd>x</Odd></Child>".repeat(10_003);
    let report = check(&file(YEAR, &many), None).unwrap();
    assert_eq!(report.not_understood.len(), 10_001);
    assert_eq!(report.not_understood.last().unwrap().value, "and 3 more");
}
