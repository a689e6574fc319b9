//! A council of many families and everyone who reads in it.

use super::chance::Chance;
use super::family::{Family, Secret};
use super::may::Eye;
use crate::api::Program;
use db::args;
use jiff::Timestamp;
use practice::id::PersonId;
use practice::role::Role;
use std::collections::BTreeMap;
use testkit::{Browser, TestApp, Worker};
use uuid::Uuid;

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
        let mut words = BTreeMap::new();
        for (at, family) in all.iter().enumerate() {
            words.extend(family.secrets.iter().map(|(word, secret)| (word.clone(), (at, secret.clone()))));
        }
        let mut council = Self { families: all, everyone: vec![], words, now: t.now() };
        for (called, role, team) in [
            ("The manager of North", Role::TeamManager, north),
            ("A data officer", Role::DataOfficer, south),
            ("A social worker of nobody", Role::SocialWorker, south),
            ("A restricted-records officer", Role::RestrictedRecordsOfficer, south),
            ("A system administrator", Role::SystemAdministrator, south),
        ] {
            let worker = t.worker(called, role, team).await;
            council.seat_worker(t, called.to_owned(), &worker, None).await;
        }
        for at in 0..council.families.len() {
            for worker in council.families[at].workers.clone() {
                council.seat_worker(t, worker.who.name.clone(), &worker, Some(at)).await;
            }
            let kin: Vec<PersonId> = council.families[at].kin.iter().map(|one| one.id).collect();
            for (nth, person) in kin.into_iter().enumerate() {
                let browser = t.own_space(person).await;
                let called = format!("Number {nth} of family {at}");
                let eye = Eye::Person(person);
                council.everyone.push(Someone {
                    called,
                    eye,
                    browser,
                    program: None,
                    worker: None,
                    family: Some(at),
                });
            }
        }
        council
    }

    async fn seat_worker(&mut self, t: &TestApp, called: String, worker: &Worker, family: Option<usize>) {
        let staff = worker.who.staff().expect("a worker").clone();
        let browser = t.signed_in(worker).await;
        let program = Some(Program::of(t, worker).await);
        let eye = Eye::Worker(staff);
        self.everyone.push(Someone { called, eye, browser, program, worker: Some(worker.clone()), family });
    }

    /// The ids that stand in a table beside an entry, with the family each belongs to.
    pub(super) async fn beside(&self, t: &TestApp, sql: &'static str) -> Vec<(usize, String)> {
        let mut conn = t.app.db.read().await.unwrap();
        let rows: Vec<(Uuid, Uuid)> = conn.all(sql, args![]).await.unwrap();
        let of = |person: Uuid| {
            self.families.iter().position(|family| family.kin.iter().any(|one| one.id.0 == person))
        };
        rows.into_iter().filter_map(|(id, person)| Some((of(person)?, id.to_string()))).collect()
    }
}
