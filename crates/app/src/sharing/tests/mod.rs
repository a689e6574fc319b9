//! Who of the record reads what, in the order it happens: recorded with something held back, looked at again, ended; words
//! that are somebody's private matter; and that nothing of it shows to whom it is held back from, on any page of theirs.

mod held;
mod private;

use crate::entry::{about, visit};
use app::entry::Recording;
use app::sharing::{Again, HoldBack, hold_back, look_again};
use app::{Oops, Who};
use axum::http::StatusCode;
use db::args;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::entry::{Part, Seen, StatementForm};
use practice::id::{EntryId, PersonId, TeamId};
use practice::person::DetailKind;
use practice::recording::{NewStatement, Participant, RecordEntry, Someone};
use practice::relationship::RelationshipKind;
use practice::role::Role;
use practice::sharing::{FromWhom, HoldDraft, NewHold, Sharing, What};
use testkit::{Browser, TestApp, Worker};
use uuid::Uuid;

pub(super) struct Scene {
    pub(super) josie: PersonId,
    pub(super) leanne: PersonId,
    pub(super) craig: PersonId,
    pub(super) nadia: Worker,
    pub(super) helen: Worker,
    pub(super) other: Worker,
}

pub(super) async fn scene(t: &TestApp) -> Scene {
    let service = t.team("Service", None).await;
    let north = t.team("North", Some(service)).await;
    let south = t.team("South", Some(service)).await;
    let helen = t.worker("Helen Marsh", Role::TeamManager, north).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
    let other = t.worker("Sol Quill", Role::SocialWorker, south).await;
    let josie = t.person("Josie Hart", date(2013, 5, 4)).await;
    let leanne = t.person("Leanne Hart", date(1990, 2, 1)).await;
    let craig = t.person("Craig Vane", date(1988, 3, 9)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    t.parent(leanne, josie, true).await;
    t.parent(craig, josie, true).await;
    t.episode(josie, practice::episode::EpisodeKind::ChildInNeed, north).await;
    Scene { josie, leanne, craig, nadia, helen, other }
}

const RELATED: &str = "INSERT INTO relationship (id, pair_id, person_id, other_id, kind, parental_responsibility, recorded_at) \
    VALUES ($1, $2, $3, $4, $5, false, $6)";
const LIVES: &str = "INSERT INTO address (id, person_id, purpose, lines, postcode, confidential, recorded_at) \
    VALUES ($1, $2, 'home', $3, $4, false, $5)";
const RINGS: &str =
    "INSERT INTO person_detail (id, person_id, kind, words, recorded_at) VALUES ($1, $2, $3, $4, $5)";

pub(super) async fn put(t: &TestApp, sql: &'static str, values: Vec<db::Value>) {
    let mut tx = t.app.db.write().await.unwrap();
    tx.run(sql, values).await.unwrap();
    tx.commit().await.unwrap();
}

pub(super) async fn relate(t: &TestApp, (one, other): (PersonId, PersonId), kind: RelationshipKind) {
    let mut moment = t.moment();
    let values = args![moment.id(), moment.id(), one, other, kind.code(), moment.now()];
    put(t, RELATED, values).await;
}

pub(super) async fn lives(t: &TestApp, person: PersonId, (lines, postcode): (&str, &str)) {
    let mut moment = t.moment();
    put(t, LIVES, args![moment.id(), person, lines, postcode, moment.now()]).await;
}

pub(super) async fn rings(t: &TestApp, person: PersonId, number: &str) {
    let mut moment = t.moment();
    put(t, RINGS, args![moment.id(), person, DetailKind::Phone.code(), number, moment.now()]).await;
}

pub(super) async fn code(t: &TestApp, team: TeamId) -> String {
    let mut conn = t.app.db.read().await.unwrap();
    let row: (String,) = conn.one("SELECT code FROM team WHERE id = $1", args![team]).await.unwrap();
    row.0
}

pub(super) fn there(person: PersonId) -> Participant {
    Participant { person, part: Part::Present, seen: None, not_seen_why: None }
}

pub(super) fn said(person: PersonId, words: &str) -> NewStatement {
    let owner = Someone::Person(person);
    NewStatement { owner, form: StatementForm::Said, words: words.to_owned(), original_language: None }
}

/// Josie and both her parents were there, and each said something.
pub(super) fn together(s: &Scene) -> RecordEntry {
    let all = vec![about(s.josie, Some(Seen::Yes)), there(s.leanne), there(s.craig)];
    let mut entry = visit(all, "ACCOUNT-WORDS");
    entry.statements =
        vec![said(s.josie, "CHILD-WORDS"), said(s.leanne, "MOTHER-WORDS"), said(s.craig, "FATHER-WORDS")];
    entry
}

pub(super) fn hold(what: What, from: Option<PersonId>) -> NewHold {
    let from = from.map_or(FromWhom::Everybody, |person| FromWhom::These(vec![person]));
    NewHold {
        what,
        from,
        ground: "serious-harm".to_owned(),
        why: Some("GROUND-CANARY".to_owned()),
        review_on: date(2026, 12, 4),
    }
}

pub(super) async fn record(t: &TestApp, s: &Scene, entry: RecordEntry, sharing: Sharing) -> EntryId {
    let mut tx = t.app.db.write().await.unwrap();
    let recording = Recording { sharing, ..Recording::of(entry) };
    let id = app::entry::record(&mut tx, &s.nadia.who, &mut t.moment(), &recording).await.unwrap();
    tx.commit().await.unwrap();
    id
}

const PAGES: [&str; 8] =
    ["/my", "/my/read", "/my/people", "/my/write", "/my/answers", "/my/readers", "/my/rights", "/my/help"];

/// Every page of somebody's own space, and the page of one entry.
pub(super) async fn everything(browser: &mut Browser, entry: Option<EntryId>) -> String {
    let mut all = String::new();
    for path in PAGES {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        all.push_str(&page.text);
    }
    if let Some(entry) = entry {
        all.push_str(&browser.get(&format!("/my/read/{entry}")).await.text);
        all.push_str(&browser.get(&format!("/my/read/{entry}/disagree")).await.text);
    }
    all
}

pub(super) fn draft(what: What, from: &[PersonId]) -> HoldDraft {
    HoldDraft {
        field: "hold".to_owned(),
        what,
        everybody: false,
        people: from.to_vec(),
        ground: "serious-harm".to_owned(),
        why: String::new(),
        review_on: None,
        unread: false,
    }
}

pub(super) async fn held(
    t: &TestApp,
    who: &Who,
    entry: EntryId,
    draft: HoldDraft,
) -> Result<Vec<Uuid>, Oops> {
    let mut tx = t.app.db.write().await.unwrap();
    let made = hold_back(&mut tx, who, &mut t.moment(), HoldBack { entry, draft }).await?;
    tx.commit().await.unwrap();
    Ok(made)
}

pub(super) async fn again(t: &TestApp, who: &Who, id: Uuid, again: Again) -> Result<EntryId, Oops> {
    let mut tx = t.app.db.write().await.unwrap();
    let entry = look_again(&mut tx, who, &mut t.moment(), (id, again)).await?;
    tx.commit().await.unwrap();
    Ok(entry)
}

pub(super) fn none_of(page: &str, canaries: &[&str]) {
    for canary in canaries {
        assert!(!page.contains(canary), "{canary} in {page}");
    }
}

pub(super) fn all_of(page: &str, words: &[&str]) {
    for one in words {
        assert!(page.contains(one), "no {one} in {page}");
    }
}
