//! Recording, correcting and reading entries, on both engines.

use app::Oops;
use app::entry::{Filter, Recording, learned_later, record, tally, timeline};
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
    VALUES ($1, 'born', 7, $2, $3, $4, $5, 2017, $6, 1)";
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
        minutes: None,
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

async fn read(t: &TestApp, worker: &Worker, people: &[PersonId], filter: &Filter) -> (Vec<String>, usize) {
    let mut conn = t.app.db.read().await.unwrap();
    let mut words = vec![];
    let mut filter = filter.clone();
    // pages of two, so that going on is tried as well
    loop {
        let page = timeline(&mut conn, &worker.who, t.now(), people, &filter, 2).await.unwrap();
        assert!(page.entries.len() == 2 || page.more.is_none(), "pages are full");
        words.extend(page.entries.into_iter().map(|whole| whole.entry.narrative));
        match page.more {
            Some(more) => filter.after = Some(more.to_string().parse().unwrap()),
            None => break,
        }
    }
    let counted = tally(&mut conn, &worker.who, t.now(), people, &filter).await.unwrap();
    (words, counted.total)
}

fn on(day: i8, people: Vec<Participant>, words: &str) -> RecordEntry {
    let at = jiff::civil::date(2026, 11, day).at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
    RecordEntry { happened_at: at.timestamp(), ..visit(people, words) }
}

#[tokio::test]
async fn given_entries_that_touch_a_hidden_brother_when_others_read_then_nothing_tells_of_them() {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let (nadia, owen) = (
            t.worker("Nadia Farrow", Role::SocialWorker, team).await,
            t.worker("Owen Pike", Role::SocialWorker, team).await,
        );
        let (josie, ash) = (person(&t, "Josie", "findable").await, person(&t, "Ash", "findable").await);
        for worker in [&nadia, &owen] {
            allocate(&t, worker, josie).await;
        }
        allocate(&t, &nadia, ash).await;
        for day in 1..=9 {
            let mut people = vec![about(josie, None)];
            if day % 3 == 0 {
                people.push(about(ash, None));
            }
            let mut entry = on(day, people, &format!("day {day}"));
            if day == 4 {
                entry.audience = Audience::Named { workers: vec![], people: vec![josie] };
            }
            file(&t, &nadia, entry).await.unwrap();
        }
        let all: Vec<String> = (1..=9).rev().map(|day| format!("day {day}")).collect();
        let plain = Filter::default();
        assert_eq!(
            read(&t, &nadia, &[josie, ash], &plain).await,
            (all.clone(), 9),
            "each once, newest first"
        );
        let some: Vec<String> = all.iter().filter(|words| !words.ends_with('4')).cloned().collect();
        assert_eq!(
            read(&t, &owen, &[josie], &plain).await,
            (some.clone(), 8),
            "what is kept to people named is left out"
        );
        let mut tx = t.app.db.write().await.unwrap();
        tx.run("UPDATE person SET access_level = 'restricted' WHERE id = $1", args![ash]).await.unwrap();
        tx.commit().await.unwrap();
        let few: Vec<String> = ["8", "7", "5", "2", "1"].map(|day| format!("day {day}")).to_vec();
        assert_eq!(
            read(&t, &owen, &[josie], &plain).await,
            (few.clone(), 5),
            "what touches Ash is gone whole"
        );
        assert_eq!(read(&t, &owen, &[josie, ash], &plain).await, (few, 5));
        let words = Filter { words: Some("DAY 3".to_owned()), ..Filter::default() };
        assert_eq!(read(&t, &owen, &[josie], &words).await, (vec![], 0), "nor is it found");
    })
    .await;
}

#[tokio::test]
async fn given_a_past_day_when_the_timeline_is_read_then_it_is_as_it_was_known_then() {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        let school = file(&t, &nadia, on(9, vec![about(josie, None)], "late 11 times")).await.unwrap();
        t.set_now("2026-12-03T10:00:00Z");
        let corrects = Some(Correction { supersedes: school, why: "new register".to_owned() });
        let newer = RecordEntry { corrects, ..on(9, vec![about(josie, None)], "late 14 times") };
        file(&t, &nadia, newer).await.unwrap();
        file(&t, &nadia, on(2, vec![about(josie, None)], "told only later")).await.unwrap();
        let now = Filter::default();
        let both = vec!["late 14 times".to_owned(), "told only later".to_owned()];
        assert_eq!(read(&t, &nadia, &[josie], &now).await, (both, 2));
        let then = Filter { known: Some(at("2026-11-30T00:00:00Z")), ..Filter::default() };
        assert_eq!(read(&t, &nadia, &[josie], &then).await, (vec!["late 11 times".to_owned()], 1));
        let mut conn = t.app.db.read().await.unwrap();
        let later = learned_later(&mut conn, &nadia.who, t.now(), &[josie], at("2026-11-30T00:00:00Z"))
            .await
            .unwrap();
        assert_eq!(later, 1, "the correction is not something learned later, the other entry is");
        let before = Filter { known: Some(at("2026-11-01T00:00:00Z")), ..Filter::default() };
        drop(conn);
        assert_eq!(read(&t, &nadia, &[josie], &before).await, (vec![], 0));
    })
    .await;
}

#[tokio::test]
async fn given_filters_when_the_timeline_is_read_then_each_narrows_it_and_words_are_found_wherever_they_are()
{
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        allocate(&t, &owen, josie).await;
        let mut spoken = on(5, vec![about(josie, None)], "We walked.");
        spoken.statements.push(NewStatement {
            owner: Someone::Person(josie),
            form: StatementForm::Said,
            words: "ÉMILE is my friend".to_owned(),
            original_language: None,
        });
        file(&t, &nadia, spoken).await.unwrap();
        let call = RecordEntry {
            kind: EntryKind::Call,
            significant: true,
            ..on(6, vec![about(josie, None)], "School rang.")
        };
        file(&t, &owen, call).await.unwrap();
        let mut agreed = on(7, vec![about(josie, None)], "We agreed.");
        agreed.promises.push(NewPromise {
            what: "Find the 100% rescue dog book".to_owned(),
            by: Someone::Person(josie),
            about: josie,
            due_on: None,
        });
        file(&t, &nadia, agreed).await.unwrap();
        let plain = Filter::default();
        for (filter, wanted) in [
            (Filter { kind: Some(EntryKind::Call), ..plain.clone() }, vec!["School rang."]),
            (Filter { significant: true, ..plain.clone() }, vec!["School rang."]),
            (Filter { author: Some(nadia.id), ..plain.clone() }, vec!["We agreed.", "We walked."]),
            (Filter { words: Some("émile  friend".to_owned()), ..plain.clone() }, vec!["We walked."]),
            (Filter { words: Some("100% RESCUE".to_owned()), ..plain.clone() }, vec!["We agreed."]),
            (Filter { words: Some("we".to_owned()), author: Some(owen.id), ..plain.clone() }, vec![]),
            (Filter { words: Some("no such".to_owned()), ..plain.clone() }, vec![]),
        ] {
            let got = read(&t, &nadia, &[josie], &filter).await;
            assert_eq!(got.0, wanted, "{filter:?}");
            assert_eq!(got.1, wanted.len());
        }
        let mut conn = t.app.db.read().await.unwrap();
        let counted = tally(&mut conn, &nadia.who, t.now(), &[josie], &plain).await.unwrap();
        let names: Vec<String> = counted.authors.into_iter().map(|one| one.1).collect();
        assert_eq!(names, ["Nadia Farrow", "Owen Pike"]);
    })
    .await;
}
