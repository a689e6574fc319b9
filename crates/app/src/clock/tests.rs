//! Clocks follow from what is recorded, in the same transaction, and are kept for pages.

use app::clock::{self, ExplainClock, explain_clock};
use app::{Oops, Result};
use db::args;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::clock::State;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const PERSON: &str = "INSERT INTO person (id, kind, hue, access_level, shown_name, full_name, initials, recorded_at, version) \
    VALUES ($1, 'born', 1, 'findable', 'Ada', 'Ada Test', 'AT', $2, 1)";
const EPISODE: &str = "INSERT INTO episode (id, episode_id, person_id, kind, from_date, last_seen, recorded_at) \
    VALUES ($1, $2, $3, 'child-protection', $4, $5, $6)";
const PLAN: &str = "INSERT INTO step (id, person_id, episode_id, kind, start_date, recorded_at) \
    VALUES ($1, $2, $3, 'protection-plan', $4, $5)";

async fn a_child_under_protection(t: &TestApp) -> PersonId {
    let mut moment = t.moment();
    let (person, episode) = (moment.id(), moment.id());
    let mut tx = t.app.db.write().await.unwrap();
    tx.run(PERSON, args![person, moment.now()]).await.unwrap();
    let values = args![moment.id(), episode, person, date(2026, 11, 2), date(2026, 11, 9), moment.now()];
    tx.run(EPISODE, values).await.unwrap();
    tx.run(PLAN, args![moment.id(), person, episode, date(2026, 11, 2), moment.now()]).await.unwrap();
    clock::refresh(&mut tx, &mut moment, person.into()).await.unwrap();
    clock::refresh(&mut tx, &mut moment, person.into()).await.unwrap();
    tx.commit().await.unwrap();
    person.into()
}

#[tokio::test]
async fn a_visit_clock_runs_from_when_the_old_system_last_knew_the_child_seen_and_says_so() {
    both(|t| async move {
        let person = a_child_under_protection(&t).await;
        let mut conn = t.app.db.read().await.unwrap();
        let running = clock::running_of(&mut conn, person, date(2026, 11, 21)).await.unwrap();
        let visit = running.iter().find(|kept| kept.clock.rule.as_str() == "CP-11").expect("a visit clock");
        assert_eq!(visit.clock.due, date(2026, 11, 23), "ten working days after 9 November");
        assert!(matches!(visit.state, State::Running { .. } | State::Nearly { .. }), "{:?}", visit.state);
        assert!(visit.why.started_by.contains("9 November 2026"), "{}", visit.why.started_by);
    })
    .await;
}

async fn a_visit_clock_that_is_late(t: &TestApp) -> (Worker, Worker, PersonId) {
    let team = t.team("Riverside", None).await;
    let worker = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let stranger = t.worker("Owen Pell", Role::SocialWorker, team).await;
    let child = a_child_under_protection(t).await;
    t.allocate(child, &worker, AllocationKind::Responsible).await;
    t.set_now("2026-11-25T10:00:00Z");
    (worker, stranger, child)
}

async fn explain(t: &TestApp, by: &Worker, command: ExplainClock) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    explain_clock(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(())
}

#[tokio::test]
async fn a_reason_is_given_by_who_works_with_them_in_words_about_a_clock_there_is() {
    both(|t| async move {
        let (worker, stranger, person) = a_visit_clock_that_is_late(&t).await;
        let good = ExplainClock {
            person,
            rule: "CP-11".parse().unwrap(),
            started_on: date(2026, 11, 9),
            reason: "Away with his aunt until Friday.".to_owned(),
        };
        let blank = ExplainClock { reason: "  ".to_owned(), ..good.clone() };
        assert!(matches!(explain(&t, &worker, blank).await, Err(Oops::Wrong(_))));
        let long = ExplainClock { reason: "x".repeat(501), ..good.clone() };
        assert!(matches!(explain(&t, &worker, long).await, Err(Oops::Wrong(_))));
        let other = ExplainClock { started_on: date(2026, 11, 8), ..good.clone() };
        assert!(matches!(explain(&t, &worker, other).await, Err(Oops::NotFound)));
        assert!(matches!(explain(&t, &stranger, good.clone()).await, Err(Oops::NotAllowed(_))));
        explain(&t, &worker, good.clone()).await.unwrap();
        t.level(person, AccessLevel::Restricted).await;
        assert!(matches!(explain(&t, &worker, good).await, Err(Oops::NotFound)));
        t.facts_hold("clock_reason").await;
    })
    .await;
}

#[tokio::test]
async fn a_reason_never_erases_lateness() {
    both(|t| async move {
        let (worker, _, person) = a_visit_clock_that_is_late(&t).await;
        let late = |t: TestApp| async move {
            let mut conn = t.app.db.read().await.unwrap();
            let running = clock::running_of(&mut conn, person, date(2026, 11, 25)).await.unwrap();
            let visit = running.into_iter().find(|kept| kept.clock.rule.as_str() == "CP-11").unwrap();
            drop(conn);
            (t, visit)
        };
        let (t, before) = late(t).await;
        assert!(matches!(before.state, State::Late { .. }), "{:?}", before.state);
        let command = ExplainClock {
            person,
            rule: before.clock.rule,
            started_on: before.clock.started.on,
            reason: "Away with his aunt until Friday.".to_owned(),
        };
        explain(&t, &worker, command).await.unwrap();
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        clock::refresh(&mut tx, &mut moment, person).await.unwrap();
        tx.commit().await.unwrap();
        let (t, after) = late(t).await;
        assert_eq!((after.state, after.clock), (before.state, before.clock));
        assert_eq!(after.reasons.len(), 1);
        let mut browser = t.signed_in(&worker).await;
        let page = browser.get(&format!("/person/{person}/dates")).await.words();
        for words in [
            "2 working days late",
            "Was due Monday 23 November. “Away with his aunt until Friday.” Nadia Farrow, 25 November.",
            "10 working days after the last time the child was seen, brought from the old system, on 9 November 2026.",
            "A reason explains lateness; it does not remove it.",
        ] {
            assert!(page.contains(words), "{words}\n{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_dates_of_someone_else_s_person_are_refused_and_of_a_hidden_one_are_not_there() {
    both(|t| async move {
        let (worker, stranger, person) = a_visit_clock_that_is_late(&t).await;
        let path = format!("/person/{person}/dates");
        let mut other = t.signed_in(&stranger).await;
        assert_eq!(other.get(&path).await.status, 403);
        let mut own = t.signed_in(&worker).await;
        assert_eq!(own.get(&path).await.status, 200);
        let late = format!("{path}/late?rule=CP-11&from=2026-11-09");
        assert_eq!(own.get(&late).await.status, 200);
        let empty = own.post(&format!("{path}/late"), &[("rule", "CP-11"), ("from", "2026-11-09")]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.words().contains("Say why in a sentence"));
        let fields = [("rule", "CP-11"), ("from", "2026-11-09"), ("reason", "Away.")];
        let kept = own.post(&format!("{path}/late"), &fields).await;
        assert_eq!(kept.location.as_deref(), Some(&*format!("{path}?done=reason")));
        for nonsense in ["rule=CP-11&from=2026-01-01", "rule=%00&from=x", "rule=CP-11&from=2026-13-01"] {
            assert_eq!(own.get(&format!("{path}/late?{nonsense}")).await.status, 404);
        }
        t.level(person, AccessLevel::Restricted).await;
        assert_eq!(own.get(&path).await.status, 404);
        let read: i64 = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .number(
                "SELECT CAST(count(*) AS bigint) FROM journal j JOIN journal_about a ON a.journal_id = j.id \
                WHERE j.action = 'open_dates' AND a.person_id = $1",
                args![person],
            )
            .await
            .unwrap();
        assert_eq!(read, 2, "each reading is in the journal");
    })
    .await;
}

#[tokio::test]
async fn everyone_s_clocks_follow_a_bank_holiday_and_nothing_is_written_where_nothing_changed() {
    both(|t| async move {
        let person = a_child_under_protection(&t).await;
        let all = |t: TestApp| async move {
            let mut moment = t.moment();
            let mut tx = t.app.db.write().await.unwrap();
            let done = clock::refresh_all(&mut tx, &mut moment).await.unwrap();
            tx.commit().await.unwrap();
            (t, done)
        };
        let (t, done) = all(t).await;
        assert_eq!(
            (done.people, done.changed),
            (1, 0),
            "what one person's refresh kept is what everyone's keeps"
        );
        let mut tx = t.app.db.write().await.unwrap();
        let holiday =
            "INSERT INTO holiday (day, change, name, recorded_at) VALUES ($1, 'add', 'State funeral', $2)";
        tx.run(holiday, args![date(2026, 11, 18), t.now()]).await.unwrap();
        tx.commit().await.unwrap();
        let (t, done) = all(t).await;
        assert_eq!((done.people, done.changed), (1, 1));
        let mut conn = t.app.db.read().await.unwrap();
        let running = clock::running_of(&mut conn, person, date(2026, 11, 21)).await.unwrap();
        let visit = running.iter().find(|kept| kept.clock.rule.as_str() == "CP-11").unwrap();
        assert_eq!(visit.clock.due, date(2026, 11, 24), "one day later than without the holiday");
    })
    .await;
}
