//! Recording, correcting and reading entries, on both engines.

use app::Oops;
use app::entry::{Recording, record};
use db::args;
use jiff::Timestamp;
use practice::entry::{EntryKind, Manner, Part, Seen, StatementForm};
use practice::id::{EntryId, PersonId};
use practice::recording::{
    Audience, Correction, NewPromise, NewStatement, Participant, RecordEntry, Someone,
};
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const PERSON: &str = "INSERT INTO person (id, kind, hue, access_level, shown_name, full_name, initials, birth_year, recorded_at, version) \
    VALUES ($1, 'person', 7, $2, $3, $4, $5, 2017, $6, 1)";
const ALLOCATED: &str = "INSERT INTO allocation (id, person_id, worker_id, part, from_date, recorded_at) \
    VALUES ($1, $2, $3, 'responsible', $4, $5)";

pub(crate) async fn person(t: &TestApp, name: &str, level: &str) -> PersonId {
    let mut moment = t.moment();
    let id = moment.id();
    let mut tx = t.app.db.write().await.unwrap();
    let initials: String = name.chars().take(2).collect();
    tx.run(PERSON, args![id, level, name, format!("{name} Hart"), initials, moment.now()]).await.unwrap();
    tx.commit().await.unwrap();
    id.into()
}

pub(crate) async fn allocate(t: &TestApp, worker: &Worker, person: PersonId) {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let from = jiff::civil::date(2024, 1, 1);
    tx.run(ALLOCATED, args![moment.id(), person, worker.id, from, moment.now()]).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn about(person: PersonId, seen: Option<Seen>) -> Participant {
    let why = (seen == Some(Seen::No)).then(|| "At Nan's".to_owned());
    Participant { person, part: Part::About, seen, not_seen_why: why }
}

pub(crate) fn visit(people: Vec<Participant>, words: &str) -> RecordEntry {
    RecordEntry {
        kind: EntryKind::Visit,
        happened_at: at("2026-11-20T16:35:00Z"),
        manner: Some(Manner::HomeVisit),
        place: None,
        title: None,
        people,
        workers: vec![],
        others_present: None,
        narrative: words.to_owned(),
        statements: vec![],
        promises: vec![],
        significant: false,
        written_to: None,
        audience: Audience::Present,
        corrects: None,
    }
}

pub(crate) async fn file(t: &TestApp, worker: &Worker, entry: RecordEntry) -> app::Result<EntryId> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let id = record(&mut tx, &worker.who, &mut moment, &Recording::of(entry)).await?;
    tx.commit().await.unwrap();
    Ok(id)
}

async fn count(t: &TestApp, sql: &'static str) -> i64 {
    t.app.db.read().await.unwrap().number(sql, args![]).await.unwrap()
}

#[tokio::test]
async fn given_two_children_when_a_visit_is_recorded_then_each_has_their_own_outcome_and_nothing_is_said_twice()
 {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let (josie, theo, mum) =
            (person(&t, "Josie", "findable").await, person(&t, "Theo", "findable").await, person(&t, "Leanne", "findable").await);
        allocate(&t, &nadia, josie).await;
        allocate(&t, &nadia, theo).await;
        let mut entry = visit(vec![about(josie, Some(Seen::Alone)), about(theo, Some(Seen::No))], "We made a collage.");
        entry.workers = vec![nadia.id];
        entry.statements.push(NewStatement {
            owner: Someone::Person(mum),
            form: StatementForm::Said,
            words: "I did seven days.".to_owned(),
            original_language: None,
        });
        entry.promises.push(NewPromise {
            what: "Ask if Josie can phone Ash".to_owned(),
            by: Someone::Worker(nadia.id),
            about: josie,
            due_on: Some(jiff::civil::date(2026, 11, 27)),
        });
        file(&t, &nadia, entry).await.unwrap();
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM entry").await, 1);
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM participant").await, 3, "Leanne's words tie her to it");
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM participant WHERE seen = 'not-seen' AND not_seen_why = 'At Nan''s'").await, 1);
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM journal_about").await, 3);
        let mut conn = t.app.db.read().await.unwrap();
        let (payload,): (String,) =
            conn.one("SELECT payload FROM journal WHERE action = 'record_entry'", args![]).await.unwrap();
        assert!(!payload.contains("collage") && !payload.contains("seven days"), "words stand in the journal by hash");
    })
    .await;
}

#[tokio::test]
async fn given_someone_who_does_not_work_with_the_child_when_they_record_then_nothing_is_filed() {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let (nadia, owen) = (
            t.worker("Nadia Farrow", Role::SocialWorker, team).await,
            t.worker("Owen Pike", Role::SocialWorker, team).await,
        );
        let (josie, hidden) = (person(&t, "Josie", "findable").await, person(&t, "Sam", "sealed").await);
        allocate(&t, &nadia, josie).await;
        let refused = file(&t, &owen, visit(vec![about(josie, None)], "x")).await.unwrap_err();
        assert!(matches!(refused, Oops::NotAllowed(_)), "{refused}");
        let also = vec![about(josie, None), Participant { part: Part::Present, ..about(hidden, None) }];
        let absent = file(&t, &nadia, visit(also, "x")).await.unwrap_err();
        assert!(matches!(absent, Oops::NotFound), "a sealed record answers as if it were not there");
        let nobody = file(&t, &nadia, visit(vec![], "x")).await.unwrap_err();
        assert!(matches!(nobody, Oops::Refused(_)));
        for table in
            ["SELECT CAST(count(*) AS bigint) FROM entry", "SELECT CAST(count(*) AS bigint) FROM participant"]
        {
            assert_eq!(count(&t, table).await, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn given_an_entry_when_it_is_corrected_then_the_older_stays_and_a_second_correction_of_it_is_stale() {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        let mut first = visit(vec![about(josie, Some(Seen::Yes))], "Late 11 times.");
        first.promises.push(NewPromise {
            what: "Ring school".to_owned(),
            by: Someone::Words("the head teacher".to_owned()),
            about: josie,
            due_on: None,
        });
        let first = file(&t, &nadia, first).await.unwrap();
        t.pass(jiff::SignedDuration::from_hours(1));
        let corrects = Some(Correction { supersedes: first, why: "A new register".to_owned() });
        let newer = RecordEntry { corrects, ..visit(vec![about(josie, Some(Seen::Yes))], "Late 14 times.") };
        let other = file(&t, &owen, newer.clone()).await.unwrap_err();
        assert!(matches!(other, Oops::NotAllowed(_) | Oops::NotFound), "{other}");
        file(&t, &nadia, newer.clone()).await.unwrap();
        let stale = file(&t, &nadia, newer).await.unwrap_err();
        assert!(matches!(stale, Oops::Stale), "{stale}");
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM entry").await, 2);
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM entry WHERE superseded_at IS NULL AND narrative = 'Late 14 times.'").await, 1);
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM participant WHERE superseded_at IS NULL").await, 1);
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM promise WHERE superseded_at IS NULL AND state = 'open'").await, 1);
        assert_eq!(count(&t, "SELECT CAST(count(DISTINCT promise_id) AS bigint) FROM promise").await, 1, "the promise goes on");
    })
    .await;
}
