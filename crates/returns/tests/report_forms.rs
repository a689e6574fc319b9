//! One report in every form a person reads: plain text, a page, a spreadsheet, notes for the submission.

#![expect(clippy::unwrap_used, reason = "a test fails where its report does")]

use std::io::{Cursor, Read};

use returns::cin::{Options, validate};
use returns::report::{Changes, Earlier, Notes, Report, Telling};

const FILE: &str = "<Message><Header><CollectionDetails><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header>
<Children>
<Child><ChildIdentifiers><LAchildID>&lt;b&gt;=1+1</LAchildID><Sex>X</Sex></ChildIdentifiers><CINdetails><CINreferralDate>2026-13-01</CINreferralDate><Extra>&lt;i&gt;</Extra></CINdetails></Child>
<Child><ChildIdentifiers><LAchildID>A2</LAchildID><Sex>F</Sex></ChildIdentifiers></Child>
</Children></Message>";

fn report(file: &str) -> Report {
    validate(file.as_bytes(), Options::default()).unwrap()
}

/// An earlier check, in which the second child had a wrong sex too and the first was not there.
fn changes(report: &Report) -> Changes {
    let before = FILE.replace("<Sex>F</Sex>", "<Sex>Z</Sex>").replace("&lt;b&gt;=1+1", "A1");
    let earlier = self::report(&before).to_json().unwrap();
    report.since(&Earlier::read(&earlier).unwrap()).unwrap()
}

fn told<T>(of: impl FnOnce(Telling<'_>) -> T) -> T {
    let report = report(FILE);
    let changes = changes(&report);
    let notes =
        Notes::read(b"code,child,note\n8525Q,A2,Birth not yet \"known\" <soon>\n2887Q,,Small council\n")
            .unwrap();
    of(Telling { report: &report, of: "spring & summer.xml", changes: Some(&changes), notes: Some(&notes) })
}

#[test]
fn plain_text_says_what_is_wrong_where_and_what_would_do() {
    let text = told(|telling| telling.to_text());
    assert!(text.lines().all(|line| line.chars().count() < 80), "it fits a terminal: {text}");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Children in need census 2025-26: spring & summer.xml\n",
        "109 rules: ",
        "Since the earlier check: ",
        "\n4180  The sex of the child is missing or is not M, F or U.\n  What would do: Record M, F, or U for unknown and unborn.\n  - <b>=1+1: ChildIdentifiers line 3: Sex X [new]\n",
        "  - A2: ChildIdentifiers line 4: ExpectedPersonBirthDate (nothing), PersonBirthDate (nothing)\n      note: Birth not yet \"known\" <soon>\n",
        "\n2887Q  Fewer than 8 different disability codes are used in the whole return.\n",
        "  - the return as a whole\n      note: Small council\n",
        "\nBy child\n========\n<b>=1+1\n",
        "\nNot found any more\n==================\n",
        "  4180    child A2, ChildIdentifiers Sex: mended\n",
        "  4180    The sex of the child is missing or is not M, F or U.\n          ChildIdentifiers line 3: Sex X\n",
        "\nNot judged, or not everywhere\n",
        "CINdetails CINreferralDate \"2026-13-01\" on line 3 (child <b>=1+1)",
        "\nIn the file, and not understood\n===============================\n  line 3, child <b>=1+1: CINdetails/Extra \"<i>\"\n",
    ] {
        assert!(words(&text).contains(&words(said)), "{said}\nis not in\n{text}");
    }
}

#[test]
fn the_page_is_whole_needs_nothing_and_shows_what_the_file_holds_as_text() {
    let page = told(|telling| telling.to_html());
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">") && page.ends_with("</html>\n"));
    for said in [
        "&lt;b&gt;=1+1",
        "spring &amp; summer.xml",
        "Birth not yet &quot;known&quot; &lt;soon&gt;",
        "<td>new</td>",
        "<td>still there</td>",
    ] {
        assert!(page.contains(said), "{said}");
    }
    for never in ["<b>=1", "<soon>", "<i>", "<script", "http:", "https:", "src="] {
        assert!(!page.contains(never), "{never}");
    }
    for tag in ["table", "tr", "td", "details", "h2", "h3", "p", "ul", "li", "main"] {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn the_spreadsheet_holds_every_finding_as_text_and_is_the_same_twice() {
    let book = told(|telling| telling.to_xlsx().unwrap());
    assert_eq!(book, told(|telling| telling.to_xlsx().unwrap()));
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let strings = part("xl/sharedStrings.xml");
    for said in ["&lt;b&gt;=1+1", "Record M, F, or U for unknown and unborn.", "Small council", "mended"] {
        assert!(strings.contains(said), "{said}");
    }
    let workbook = part("xl/workbook.xml");
    for name in ["Summary", "Findings", "By child", "Rules", "Not found any more", "Not understood"] {
        assert!(workbook.contains(&format!("name=\"{name}\"")), "{name}");
    }
    let findings = part("xl/worksheets/sheet2.xml");
    let counts = report(FILE).counts();
    assert_eq!(findings.matches("<row ").count(), 1 + counts.errors + counts.queries);
    assert!(!findings.contains("<f>"), "nothing is a formula");
}

#[test]
fn a_clean_report_says_so() {
    let mut report = report(FILE);
    report.rules.retain(|rule| rule.state == returns::report::State::Passed);
    report.not_understood.clear();
    let telling = Telling { report: &report, of: "x", changes: None, notes: None };
    assert!(telling.to_text().ends_with("0 could not be judged.\nNothing was found.\n"));
    assert!(telling.to_xlsx().unwrap().starts_with(b"PK"));
}
