//! What people asked for of people's records: names, births, numbers, addresses, families, things to know.

mod bonds;
mod facts;
mod names;
mod pages;
mod warnings;

use app::person::actions::{AddPerson, Added, add_person};
use app::person::{Profile, profile};
use app::room::Look;
use app::{Moment, Oops, Result, Who};
use db::Tx;
use jiff::civil::{Date, date};
use practice::id::PersonId;
use testkit::{TestApp, Worker};

pub(crate) const TODAY: Date = date(2026, 11, 21);

/// One action, in a transaction of its own.
pub(crate) async fn act<T>(
    t: &TestApp,
    run: impl AsyncFnOnce(&mut Tx, &mut Moment) -> Result<T>,
) -> Result<T> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await?;
    let done = run(&mut tx, &mut moment).await;
    match done {
        Ok(done) => {
            tx.commit().await?;
            Ok(done)
        }
        Err(oops) => {
            tx.give_up().await?;
            Err(oops)
        }
    }
}

pub(crate) async fn add(t: &TestApp, command: AddPerson) -> Result<Added> {
    let who = Who::program("test");
    act(t, async |tx, moment| add_person(tx, &who, moment, command).await).await
}

pub(crate) async fn person(t: &TestApp, given: &str, family: &str) -> PersonId {
    add(t, AddPerson::named(given, family)).await.unwrap().person
}

/// The worker becomes responsible for someone.
pub(crate) async fn works_with(t: &TestApp, worker: &Worker, person: PersonId) {
    let sql = "INSERT INTO allocation (id, person_id, worker_id, team_id, part, from_date, recorded_at) \
        VALUES ($1, $2, $3, $4, 'responsible', $5, $6)";
    act(t, async |tx, moment| {
        let values = db::args![moment.id(), person, worker.id, worker.team, date(2020, 1, 1), moment.now()];
        Ok(tx.run(sql, values).await?)
    })
    .await
    .unwrap();
}

pub(crate) async fn set_level(t: &TestApp, person: PersonId, level: &str) {
    act(t, async |tx, _| {
        Ok(tx.run("UPDATE person SET access_level = $2 WHERE id = $1", db::args![person, level]).await?)
    })
    .await
    .unwrap();
}

pub(crate) async fn seen_by(t: &TestApp, who: &Who, person: PersonId) -> Result<Profile> {
    let mut conn = t.app.db.read().await?;
    let look = Look { who, person, today: TODAY, now: t.now(), known: None };
    profile(&mut conn, &look).await
}

pub(crate) async fn seen(t: &TestApp, person: PersonId) -> Profile {
    seen_by(t, &Who::program("test"), person).await.unwrap()
}

/// The sentence of a refusal.
pub(crate) fn sentence<T: std::fmt::Debug>(done: Result<T>) -> String {
    match done.unwrap_err() {
        Oops::Wrong(all) => {
            all.into_iter().map(|(field, words)| format!("{field}: {words}")).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
