//! Everything that someone at a browser can ask for: every address with every id, every search, every download.

use super::town::{SEARCHES, Town};
use crate::walk::table::Kinds;
use testkit::{Answered, Browser};

/// An answer, with what was typed to get it.
pub(super) struct Seen {
    pub(super) what: String,
    pub(super) typed: String,
    pub(super) answer: Answered,
}

/// The pages of one person.
pub(super) fn of_person(id: &str) -> Vec<String> {
    let mut all: Vec<String> = [
        "",
        "/people",
        "/about",
        "/timeline",
        "/family-timeline",
        "/dates",
        "/helpers",
        "/helpers/allocate",
        "/episodes",
        "/episodes/open",
        "/steps",
        "/steps/record",
        "/steps/record/referral",
        "/readings",
        "/people/add",
        "/photo",
        "/change/name",
        "/change/number",
        "/change/address",
        "/change/birth",
        "/change/detail/phone",
        "/change/warning",
        "/timeline?known=then&on-day=1&on-month=11&on-year=2026",
        "?known=2026-11-01",
        "/timeline?words=brindlewhisk",
        "/timeline?significant=yes",
        "/family-timeline?kind=call",
    ]
    .into_iter()
    .map(|part| format!("/person/{id}{part}"))
    .collect();
    all.extend([format!("/glass/{id}"), format!("/restricted/{id}"), format!("/link/{id}")]);
    all.push(format!("/record?about={id}"));
    all
}

/// The pages on which something is counted, for the people whom everyone may know of.
pub(super) fn with_numbers(town: &Town) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    for person in [town.sister, town.mother] {
        let pages = of_person(&person.to_string());
        // a reading is itself written down, so that page grows with each look; the recording screen draws a key
        let still = |page: &String| !page.ends_with("/readings") && !page.starts_with("/record");
        all.extend(pages.into_iter().filter(still));
    }
    for page in [
        "/today",
        "/today/dates",
        "/team",
        "/team/north",
        "/team/north/dates",
        "/team/north/worker/nadia.north",
        "/find",
        "/find?q=Ordinary",
        "/find?q=Ann+Ordinary+2016",
        "/find?q=ZZ9+7QF",
        "/find?q=07700900777",
        "/find?q=Tansy+Quillfeather",
        "/find?q=Wrackspurt",
        "/record",
        "/drafts",
        "/take-along",
        "/administration",
        "/administration/workers",
        "/administration/absence",
        "/administration/teams/north",
        "/me",
    ] {
        all.push(page.to_owned());
    }
    all
}

async fn get(browser: &mut Browser, path: String, all: &mut Vec<Seen>) {
    let mut answer = browser.get(&path).await;
    while let Some(to) = answer.location.clone().filter(|to| to.starts_with("/record?")) {
        answer = browser.get(&to).await;
    }
    all.push(Seen { what: format!("GET {path}"), typed: path, answer });
}

async fn post(browser: &mut Browser, path: String, fields: &[(&str, &str)], all: &mut Vec<Seen>) {
    let answer = browser.post(&path, fields).await;
    let mut typed: Vec<&str> = fields.iter().map(|field| field.1).collect();
    if typed.contains(&"2014") {
        typed.push("14 March 2014");
    }
    let what = format!("POST {path} {}", typed.join(" "));
    all.push(Seen { typed: format!("{path} {}", typed.join(" ")), what, answer });
}

/// Everything.
pub(super) async fn everything(browser: &mut Browser, town: &Town, kinds: &Kinds) -> Vec<Seen> {
    let mut all = vec![];
    for person in town.people() {
        for path in of_person(&person.to_string()) {
            get(browser, path, &mut all).await;
        }
    }
    for entry in &town.entries {
        for part in ["", "/text", "/download", "/correct"] {
            get(browser, format!("/entry/{entry}{part}"), &mut all).await;
        }
    }
    for file in &town.files {
        get(browser, format!("/attachment/{file}"), &mut all).await;
        get(browser, format!("/attachment/{file}/small"), &mut all).await;
    }
    for promise in &town.promises {
        get(browser, format!("/promise/{promise}"), &mut all).await;
        post(browser, format!("/promise/{promise}"), &[("state", "kept")], &mut all).await;
    }
    get(browser, format!("/administration/imports/{}", town.import), &mut all).await;
    for path in without_a_record(kinds) {
        get(browser, path, &mut all).await;
    }
    for path in with_numbers(town) {
        get(browser, path, &mut all).await;
    }
    searching(browser, town, &mut all).await;
    sending(browser, town, &mut all).await;
    all
}

/// Every address that names no record.
fn without_a_record(kinds: &Kinds) -> Vec<String> {
    let mut all: Vec<String> = kinds
        .addresses()
        .filter_map(|address| Some(address.strip_prefix("GET ")?.to_owned()))
        .filter(|path| !path.contains('{'))
        .collect();
    for code in ["nadia.north", "mo.north"] {
        for part in ["", "/people", "/end", "/change"] {
            all.push(format!("/administration/workers/{code}{part}"));
        }
    }
    all.sort();
    all.dedup();
    all
}

async fn searching(browser: &mut Browser, town: &Town, all: &mut Vec<Seen>) {
    for words in SEARCHES {
        let words = words.replace(' ', "+");
        get(browser, format!("/find?q={words}"), all).await;
        get(browser, format!("/find/add?q={words}"), all).await;
        get(browser, format!("/person/{}/people/add?q={words}", town.sister), all).await;
    }
    for step in ["", "confirm"] {
        let same = [
            ("kind", "born"),
            ("given", "Tansy"),
            ("family", "Quillfeather"),
            ("on-day", "14"),
            ("on-month", "3"),
            ("on-year", "2014"),
            ("basis", "exact"),
            ("step", step),
            ("seen", ""),
        ];
        post(browser, "/find/add".to_owned(), &same, all).await;
    }
    // nobody is warned of a sealed record, so this goes no further than the look
    let sealed = [("kind", "born"), ("given", "Orlaith"), ("family", "Wrackspurt")];
    post(browser, "/find/add".to_owned(), &sealed, all).await;
    for number in ["W777001", "W777002"] {
        let same = [("kind", "born"), ("given", "Somebody"), ("family", "Else"), ("council", number)];
        post(browser, "/find/add".to_owned(), &same, all).await;
    }
}

async fn sending(browser: &mut Browser, town: &Town, all: &mut Vec<Seen>) {
    let (sister, restricted) = (town.sister.to_string(), town.restricted.to_string());
    let owner = format!("p:{restricted}");
    for own in ["yes", "no"] {
        for format in ["csv", "text"] {
            let since = [("since-day", "1"), ("since-month", "1"), ("since-year", "2026")];
            let mut fields = since.to_vec();
            fields.extend([("own", own), ("format", format)]);
            post(browser, "/take-along".to_owned(), &fields, all).await;
        }
    }
    let add = format!("about-{restricted}");
    post(browser, "/record".to_owned(), &[("about", &sister), ("kind", "note"), ("add", &add)], all).await;
    let words = [
        ("about", sister.as_str()),
        ("kind", "note"),
        ("narrative", "Something"),
        ("statement-0-owner", &owner),
        ("statement-0-words", "Words"),
        ("statement-0-form", "said"),
    ];
    post(browser, "/record".to_owned(), &words, all).await;
    for hidden in [town.restricted, town.sealed] {
        let relate = format!("/person/{sister}/change/relationship/{hidden}");
        get(browser, relate.clone(), all).await;
        post(browser, relate, &[("kind", "sibling")], all).await;
        post(
            browser,
            format!("/glass/{hidden}"),
            &[("reason", "A long enough reason"), ("how_long", "hour")],
            all,
        )
        .await;
        post(browser, format!("/link/{hidden}"), &[("link", "")], all).await;
        post(browser, format!("/restricted/{hidden}"), &[("do", "review")], all).await;
        post(browser, format!("/person/{hidden}/steps/record/referral"), &[("people", "x")], all).await;
    }
    for entry in &town.entries {
        post(browser, format!("/entry/{entry}/carried-over"), &[], all).await;
    }
    // what they sent themselves stands in their own drafts, with the id that they typed and no name
    for page in ["/drafts", "/today"] {
        get(browser, page.to_owned(), all).await;
        if let Some(last) = all.last_mut() {
            last.typed.push_str(&restricted);
        }
    }
}

/// Where two pages part, for the message.
pub(super) fn first_difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        let from = (0..=at.saturating_sub(80)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text[from..].chars().take(200).collect::<String>()
    };
    format!("\n  before: {}\n  after:  {}", around(one), around(other))
}
