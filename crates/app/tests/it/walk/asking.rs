//! One request of the walk: the address filled in, the form that a browser would send, and the word of the table
//! that says what came back.

use super::everyone::{Keepsake, Who};
use super::town::{ADDRESS, Place, Town, absence, put};
use axum::http::StatusCode;
use db::args;
use testkit::{Answered, TestApp};
use uuid::Uuid;

/// A day that is no holiday but for the walk.
const HOLIDAY: &str = "2026-12-30";

/// A token that can be ended.
const TOKEN: Uuid = Uuid::from_u128(0x70_6b);

/// A question of the walk.
pub(super) struct Asked<'a> {
    /// The column or row of the table.
    pub(super) kind: &'a str,
    /// The method and the address, as registered.
    pub(super) address: &'a str,
    /// Whom it is about.
    pub(super) place: &'a Place,
}

/// Asks. None where the record holds nothing that the address could name.
pub(super) async fn ask(t: &TestApp, town: &Town, who: &mut Who, asked: &Asked<'_>) -> Option<String> {
    let (method, template) = asked.address.split_once(' ').expect("a method and an address");
    if template.starts_with("/administration/absence/{id}") {
        who.absence = absence(t, who.absentee).await;
    }
    let path = filled(town, who, asked, template)?;
    if template == "/administration/tokens/{id}" {
        token(t, town).await;
    }
    if template == "/entry/{id}/settle" {
        other_text(t, town, asked.place).await;
    }
    let mut fields = of_place(town, asked, template);
    fields.extend(apart(town, asked, template));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut answer = match method {
        "POST" => who.browser.post(&path, &fields).await,
        _ => who.browser.get(&path).await,
    };
    // the recording screen gives itself a draft before it asks anything
    while method == "GET" && answer.location.as_deref().is_some_and(|to| to.starts_with("/record?")) {
        let to = answer.location.clone().unwrap_or_default();
        answer = who.browser.get(&to).await;
    }
    Some(word(asked, &answer))
}

/// Asks for something kept for one worker. "yes" when it opens or is done, "absent" when nothing happens and the
/// answer is that for something that does not exist.
pub(super) async fn kept(t: &TestApp, who: &mut Who, address: &str, keepsake: &Keepsake) -> String {
    if let Some(cookie) = &keepsake.cookie {
        who.browser.hold(app::who::KEPT_COOKIE, cookie);
    }
    let nothing = at(who, address, &keepsake.nothing).await;
    let there = keepsake.is_there(t).await;
    let answer = at(who, address, &keepsake.path).await;
    let to = answer.location.as_deref().unwrap_or_default();
    // its owner is asked for the password first
    let asked = address.contains("/passkeys/") && answer.status == StatusCode::UNPROCESSABLE_ENTITY;
    let done = there && !keepsake.is_there(t).await || answer.status == StatusCode::OK || asked;
    if to.starts_with("/sign-in") {
        assert!(!done, "nothing is done for nobody");
        return "sign in".to_owned();
    }
    match (done, (answer.status, &answer.location) == (nothing.status, &nothing.location)) {
        (true, _) => "yes".to_owned(),
        (false, true) => "absent".to_owned(),
        (false, false) => format!("{}, which tells that it is there", answer.status),
    }
}

async fn at(who: &mut Who, address: &str, path: &str) -> Answered {
    if address.starts_with("POST") { who.browser.post(path, &[]).await } else { who.browser.get(path).await }
}

/// The address with everything in it that it names.
fn filled(town: &Town, who: &Who, asked: &Asked<'_>, template: &str) -> Option<String> {
    let place = asked.place;
    let entry = match asked.kind {
        "Kept to people named" => place.kept,
        "With someone restricted" => place.joint,
        _ => place.entry,
    };
    let id = match template.split('/').nth(1).unwrap_or_default() {
        "entry" => entry.to_string(),
        "attachment" => place.attachment.to_string(),
        "promise" => place.promise.to_string(),
        "glass" => place.opening.to_string(),
        "joining" => place.joining.to_string(),
        "administration" if template.contains("imports") => town.import.to_string(),
        "administration" if template.contains("tokens") => TOKEN.to_string(),
        "administration" => who.absence.to_string(),
        _ => place.person.to_string(),
    };
    let (code, colleague) = match asked.kind {
        "Another team" => ("north", "hetty.help".to_owned()),
        _ if template.starts_with("/team/") => (who.team, who.code()),
        _ if template.contains("/teams/") => ("west", String::new()),
        _ => ("sky.spare", String::new()),
    };
    if asked.kind == "Finds them" {
        return Some(format!("/find?q={}", place.name.replace(' ', "+")));
    }
    let mut path = match (asked.kind, template) {
        ("Records", "/record") => format!("/record?about={}", place.person),
        (_, "/person/{id}/dates/late") => format!("{template}?rule={}&from={}", place.clock.0, place.clock.1),
        _ => template.to_owned(),
    };
    if template.contains("{allocation}") {
        path = path.replace("{allocation}", &place.allocation?.to_string());
    }
    for (name, value) in [
        ("{id}", id.as_str()),
        ("{person}", &place.person.to_string()),
        // compared with itself: who may join it is asked for the two alike
        ("{other}", &place.person.to_string()),
        ("{photo}", &place.photo.to_string()),
        ("{kind}", "referral"),
        ("{step}", &place.step.to_string()),
        ("{tie}", &place.tie.to_string()),
        ("{what}", if template.ends_with("{which}") { "detail" } else { "name" }),
        ("{about}", if template.contains("/meetings/") { "new" } else { "with" }),
        ("{meeting}", &place.entry.to_string()),
        ("{which}", "phone"),
        ("{episode}", &place.episode.to_string()),
        ("{doing}", "end"),
        ("{code}", code),
        ("{worker}", &colleague),
        ("{post}", &who.absence.to_string()),
        ("{day}", HOLIDAY),
        ("{name}", "alongside.css"),
        ("{rule}", "CP-11"),
        ("{word}", "placement"),
        ("{question}", "00000000-0000-0000-0000-000000000007"),
        ("{token}", "not-a-token"),
        ("{thread}", &place.entry.to_string()),
        ("{file}", "findings.txt"),
        // the request and the item of somebody's are found under their own id
        ("{request}", &place.person.to_string()),
        ("{item}", &place.person.to_string()),
    ] {
        path = path.replace(name, value);
    }
    Some(path)
}

type Fields = Vec<(&'static str, String)>;

/// The day before yesterday, as a form sends it.
fn on(field: [&'static str; 3]) -> Fields {
    field.into_iter().zip(["20", "11", "2026"].map(str::to_owned)).collect()
}

/// The form that a browser would send about someone.
fn of_place(town: &Town, asked: &Asked<'_>, template: &str) -> Fields {
    let place = asked.place;
    let (mut all, more): (Fields, Fields) = match (asked.kind, template) {
        ("Records", "/record") => (
            on(["happened-day", "happened-month", "happened-year"]),
            vec![
                ("about", place.person.to_string()),
                ("kind", "note".to_owned()),
                ("time", "4 pm".to_owned()),
                ("narrative", "School rang.".to_owned()),
                ("readers", "present".to_owned()),
            ],
        ),
        (_, "/person/{id}/steps/record/{kind}") => (
            on(["on-day", "on-month", "on-year"]),
            vec![("people", place.person.to_string()), ("outcome", "assessment".to_owned())],
        ),
        (_, "/person/{id}/steps/{step}/finish") => {
            (on(["on-day", "on-month", "on-year"]), vec![("outcome", "no-further-action".to_owned())])
        }
        (_, "/person/{id}/steps/{step}/correct") => (
            on(["on-day", "on-month", "on-year"]),
            vec![("right", "happened".to_owned()), ("why", "It was another day".to_owned())],
        ),
        (_, "/person/{id}/dates/late") => {
            (vec![], vec![("rule", place.clock.0.clone()), ("from", place.clock.1.to_string())])
        }
        (_, "/person/{id}/episodes/open") => {
            let kind = if asked.kind == "Child protection" { "child-protection" } else { "child-in-need" };
            let team = town.north.to_string();
            (on(["from-day", "from-month", "from-year"]), vec![("kind", kind.to_owned()), ("team", team)])
        }
        (_, "/person/{id}/episodes/{episode}/{doing}" | "/person/{id}/helpers/{allocation}/end") => {
            (on(["on-day", "on-month", "on-year"]), vec![("reason", "Help is no longer needed".to_owned())])
        }
        (_, "/person/{id}/helpers/allocate") => {
            let part = if asked.kind == "Adds a helper" { "helping" } else { "responsible" };
            let worker = town.spare.id.to_string();
            (on(["from-day", "from-month", "from-year"]), vec![("part", part.to_owned()), ("worker", worker)])
        }
        _ => return vec![],
    };
    all.extend(more);
    all
}

/// The form of a page that is not a person's.
fn apart(town: &Town, asked: &Asked<'_>, template: &str) -> Fields {
    match template {
        "/glass" => vec![("number", asked.place.number.clone())],
        "/entry/{id}/settle" => vec![("text", asked.place.entry.to_string())],
        "/drafts" => vec![("draft", asked.place.entry.to_string())],
        "/administration/imports/store" => vec![("waiting", town.import.to_string())],
        "/administration/holidays" => {
            let parts = HOLIDAY.split('-').map(str::to_owned);
            let mut day: Fields = ["day-year", "day-month", "day-day"].into_iter().zip(parts).collect();
            day.extend([("change", "add".to_owned()), ("name", "A day for the walk".to_owned())]);
            day
        }
        _ => vec![],
    }
}

/// A token of the spare worker, made anew.
async fn token(t: &TestApp, town: &Town) {
    const MADE: &str = "INSERT INTO token (id, account_id, name, secret_hash, scopes, roles, made_at, expires_at) \
        VALUES ($1, $2, 'A token', $3, 'people:read', 'social-worker', $4, $5)";
    put(t, "DELETE FROM token WHERE id = $1", args![TOKEN]).await;
    let until = t.now() + jiff::SignedDuration::from_hours(24);
    put(t, MADE, args![TOKEN, town.spare.account, vec![7_u8; 32], t.now(), until]).await;
}

/// A text that a colleague sent while the entry was corrected by another.
async fn other_text(t: &TestApp, town: &Town, place: &Place) {
    const OTHER: &str = "INSERT INTO other_version (id, subject, subject_id, account_id, body, recorded_at) \
        VALUES ($1, 'entry', $1, $2, '[]', $3)";
    put(t, "DELETE FROM other_version WHERE id = $1", args![place.entry]).await;
    put(t, OTHER, args![place.entry, town.spare.account, t.now()]).await;
}

/// The word of the table for what came back.
fn word(asked: &Asked<'_>, answer: &Answered) -> String {
    let to = answer.location.as_deref().unwrap_or_default();
    let outside = ["The front door", "Signing out"].contains(&asked.kind);
    match answer.status {
        StatusCode::SEE_OTHER
            if (to.starts_with("/sign-in") || to.starts_with("/my/sign-in")) && !outside =>
        {
            "sign in".to_owned()
        }
        // what a program is told without a token
        StatusCode::UNAUTHORIZED => "sign in".to_owned(),
        StatusCode::SEE_OTHER if asked.kind == "Breaks the glass" && to.starts_with("/person/") => {
            "not needed".to_owned()
        }
        StatusCode::SEE_OTHER => "yes".to_owned(),
        StatusCode::FORBIDDEN => "no".to_owned(),
        StatusCode::NOT_FOUND => "absent".to_owned(),
        StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT => shown(asked, answer),
        other => other.to_string(),
    }
}

/// The word for a page that came.
fn shown(asked: &Asked<'_>, answer: &Answered) -> String {
    let holds = |words: &str| answer.text.contains(words);
    let word = match (asked.kind, asked.address) {
        ("Finds them", _) if !holds(&format!("/person/{}", asked.place.person)) => "absent",
        ("Their page", _) if holds("Anyone who works for the council may learn that") => "name",
        ("Confidential address", _) if !holds(ADDRESS) => "no",
        ("Asks exactly", "POST /glass") if holds("Nobody is found by exactly this") => "absent",
        ("Asks exactly", "POST /glass") if !holds("There is a restricted record of exactly") => "asked again",
        ("Records", "POST /record") => "not filed",
        _ => "yes",
    };
    word.to_owned()
}
