//! A council of many families and everyone who reads in it.

use super::chance::Chance;
use super::family::Family;
use super::may::Eye;
use super::secret::Secret;
use crate::api::Program;
use app::worker::restructure::{NewPlan, add_steps, plan};
use db::args;
use jiff::Timestamp;
use jiff::civil::date;
use practice::id::{PersonId, TeamId};
use practice::restructure::Step;
use practice::role::Role;
use std::collections::BTreeMap;
use testkit::{Browser, TestApp, Worker};
use uuid::Uuid;

const ABSENCE: &str = "INSERT INTO absence (id, worker_id, from_date, recorded_at) VALUES ($1, $2, $3, $4)";
const RUN: &str = "INSERT INTO import_run (id, kind, file_name, file_hash, run_at, report) \
    VALUES ($1, 'people', 'people.csv', '00', $2, $3)";
const JOINING: &str = "INSERT INTO joining (id, kept_id, other_id, reason, before, joined_at) \
    VALUES ($1, $2, $3, 'The same number', $4, $5)";
const JOINED: &str = "UPDATE person SET merged_into = $2 WHERE id = $1";

/// Somebody at a screen.
pub(super) struct Someone {
    /// What they are called in a finding.
    pub(super) called: String,
    pub(super) eye: Eye,
    pub(super) browser: Browser,
    /// Their program, where they are a worker.
    pub(super) program: Option<Program>,
    pub(super) worker: Option<Worker>,
    /// The family they belong to or work with; none for those who work with all or with nobody.
    pub(super) family: Option<usize>,
}

/// Many families.
pub(super) struct Council {
    pub(super) families: Vec<Family>,
    pub(super) everyone: Vec<Someone>,
    pub(super) words: BTreeMap<String, (usize, Secret)>,
    /// The word of a picture by the id under which it is asked for.
    pub(super) marks: BTreeMap<String, String>,
    pub(super) now: Timestamp,
}

impl Council {
    /// A council with so many families, made by chance.
    pub(super) async fn made(t: &TestApp, chance: &mut Chance, families: usize) -> Self {
        let north = t.team("North", None).await;
        let south = t.team("South", None).await;
        let mut all = vec![];
        for number in 0..families {
            let team = if number % 2 == 0 { north } else { south };
            all.push(Family::made(t, chance, (number, team)).await);
        }
        let mut council = Self {
            families: all,
            everyone: vec![],
            words: BTreeMap::new(),
            marks: BTreeMap::new(),
            now: t.now(),
        };
        let officers = council.seat_posts(t, (north, south)).await;
        council.plan_of_teams(t, (north, south)).await;
        for (at, family) in council.families.iter_mut().enumerate() {
            if at < 2 || chance.in_ten(2) {
                family.request(t, chance, [&officers[0], &officers[1]]).await;
            }
        }
        council.beside_families(t, &officers[0]).await;
        for (at, family) in council.families.iter().enumerate() {
            let words = family.secrets.iter().map(|(word, secret)| (word.clone(), (at, secret.clone())));
            council.words.extend(words);
            council.marks.extend(family.marks.clone());
        }
        council.seat_families(t).await;
        council.now = t.now();
        council
    }

    /// One of each post that no family has, and somebody who is not signed in; gives the two data officers.
    async fn seat_posts(&mut self, t: &TestApp, (north, south): (TeamId, TeamId)) -> Vec<Worker> {
        let mut officers = vec![];
        for (called, role, team) in [
            ("The manager of North", Role::TeamManager, north),
            ("A data officer", Role::DataOfficer, south),
            ("Another data officer", Role::DataOfficer, north),
            ("A social worker of nobody", Role::SocialWorker, south),
            ("A restricted-records officer", Role::RestrictedRecordsOfficer, south),
            ("A system administrator", Role::SystemAdministrator, south),
        ] {
            let worker = t.worker(called, role, team).await;
            self.seat_worker(t, called.to_owned(), &worker, None).await;
            if role == Role::DataOfficer {
                officers.push(worker);
            }
        }
        self.everyone.push(Someone {
            called: "A stranger".to_owned(),
            eye: Eye::Nobody,
            browser: t.browser(),
            program: None,
            worker: None,
            family: None,
        });
        officers
    }

    /// The system administrator tries on paper that the workers of a family go to another team.
    async fn plan_of_teams(&self, t: &TestApp, (north, south): (TeamId, TeamId)) {
        let mut workers = self.everyone.iter().filter_map(|one| one.worker.as_ref());
        let admin = workers.next_back().expect("the administrator was seated last").who.clone();
        let begun = NewPlan {
            name: "Another team".to_owned(),
            why: "It is too large.".to_owned(),
            on: t.moment().today(),
        };
        let id = act!(t, admin, tx, moment, plan(&mut tx, &admin, &mut moment, begun)).expect("a plan");
        let goes = self.families.iter().step_by(2).map(|one| one.workers[0].id);
        let steps = goes.map(|worker| Step::Worker { worker, from: north, to: south }).collect();
        act!(t, admin, tx, moment, add_steps(&mut tx, &admin, &mut moment, (id, steps))).expect("its steps");
    }

    async fn seat_families(&mut self, t: &TestApp) {
        for at in 0..self.families.len() {
            for worker in self.families[at].workers.clone() {
                self.seat_worker(t, worker.who.name.clone(), &worker, Some(at)).await;
            }
            for (nth, one) in self.families[at].kin.clone().into_iter().enumerate() {
                let Some(account) = one.account else { continue };
                self.everyone.push(Someone {
                    called: format!("Number {nth} of family {at}"),
                    eye: Eye::Person(one.id),
                    browser: t.signed_in_as(account).await,
                    program: None,
                    worker: None,
                    family: Some(at),
                });
            }
        }
    }

    async fn seat_worker(&mut self, t: &TestApp, called: String, worker: &Worker, family: Option<usize>) {
        let staff = worker.who.staff().expect("a worker").clone();
        let browser = t.signed_in(worker).await;
        let program = Some(Program::of(t, worker).await);
        let eye = Eye::Worker(staff);
        self.everyone.push(Someone { called, eye, browser, program, worker: Some(worker.clone()), family });
    }

    /// What a council holds besides its families: somebody is away, a file was brought, two records were joined.
    async fn beside_families(&self, t: &TestApp, away: &Worker) {
        let mut moment = t.moment();
        let report = app::faces::imports::Report::of("people", "people.csv", "00".to_owned());
        let report = serde_json::to_string(&report).unwrap();
        let mut tx = t.app.db.write().await.unwrap();
        let now = moment.now();
        tx.run(ABSENCE, args![moment.id(), away.id, date(2026, 11, 1), now]).await.unwrap();
        tx.run(RUN, args![moment.id(), now, report]).await.unwrap();
        tx.commit().await.unwrap();
        for family in &self.families {
            let kept = family.adults()[2];
            let other = t.person("Twice Sample", date(1985, 6, 7)).await;
            let itself = serde_json::json!({"level": "findable", "kind": "born", "birth_year": 1985});
            let before = serde_json::json!({"kept": itself, "other": itself}).to_string();
            let mut tx = t.app.db.write().await.unwrap();
            tx.run(JOINING, args![moment.id(), kept, other, before, now]).await.unwrap();
            tx.run(JOINED, args![other, kept]).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    /// The family that somebody belongs to.
    pub(super) fn family_of(&self, person: PersonId) -> Option<usize> {
        self.families.iter().position(|family| family.kin.iter().any(|one| one.id == person))
    }

    /// Rows of ids, the first of which is a person's: with the family each belongs to, the person left where `whole` says so.
    pub(super) async fn rows(
        &self,
        t: &TestApp,
        sql: &'static str,
        whole: bool,
    ) -> Vec<(Option<usize>, Vec<String>)> {
        let mut conn = t.app.db.read().await.unwrap();
        let rows: Vec<(Uuid, Uuid)> = conn.all(sql, args![]).await.unwrap();
        let one = |(person, id): (Uuid, Uuid)| {
            let family = self.family_of(person.into())?;
            let ids = if whole { vec![person.to_string(), id.to_string()] } else { vec![id.to_string()] };
            Some((Some(family), ids))
        };
        rows.into_iter().filter_map(one).collect()
    }
}
