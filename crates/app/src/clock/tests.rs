//! Clocks follow from what is recorded, in the same transaction, and are kept for pages.

use app::clock;
use db::args;
use jiff::civil::date;
use practice::clock::State;
use practice::id::PersonId;
use testkit::{TestApp, both};

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
