//! Builders that put people and their ties to workers straight into a council's tables, without the
//! actions that do so: for tests of who may see what.

use crate::{TestApp, Worker};
use db::{Value, args};
use jiff::{SignedDuration, Timestamp, civil::Date};
use practice::access::AllocationKind;
use practice::episode::EpisodeKind;
use practice::id::{PersonId, TeamId, WorkerId};
use practice::person::AccessLevel;
use uuid::Uuid;

const PERSON: &str = "INSERT INTO person (id, kind, hue, access_level, shown_name, full_name, initials, birth_year, recorded_at, recorded_by, version) \
    VALUES ($1, 'born', 1, 'findable', $2, $3, 'XX', $4, $5, $6, 1)";
const NAME: &str = "INSERT INTO person_name (id, person_id, kind, given, family, recorded_at) VALUES ($1, $2, 'legal', $3, $4, $5)";
const BIRTH: &str =
    "INSERT INTO person_birth (id, person_id, born_on, basis, recorded_at) VALUES ($1, $2, $3, 'exact', $4)";
const ALLOCATION: &str = "INSERT INTO allocation (id, person_id, worker_id, team_id, part, from_date, recorded_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const EPISODE: &str = "INSERT INTO episode (id, episode_id, person_id, kind, team_id, from_date, recorded_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const HOUSEHOLD: &str = "INSERT INTO household (id, recorded_at) VALUES ($1, $2)";
const MEMBER: &str =
    "INSERT INTO household_member (id, household_id, person_id, recorded_at) VALUES ($1, $2, $3, $4)";
const RELATIONSHIP: &str = "INSERT INTO relationship (id, pair_id, person_id, other_id, kind, parental_responsibility, recorded_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const LEVEL: &str = "UPDATE person SET access_level = $2 WHERE id = $1";
const LISTED: &str = "INSERT INTO named_reader (id, person_id, worker_id, reason, from_date, recorded_at) \
    VALUES ($1, $2, $3, 'Named for a test', $4, $5)";
const CONFLICT: &str = "INSERT INTO conflict_of_interest (id, worker_id, person_id, link, from_date, recorded_at) \
    VALUES ($1, $2, $3, 'Neighbours', $4, $5)";
const GLASS: &str = "INSERT INTO glass (id, person_id, worker_id, reason, opened_at, until_at, review_by) \
    VALUES ($1, $2, $3, 'Opened for a test', $4, $5, $6)";
const ABSENCE: &str =
    "INSERT INTO absence (id, worker_id, from_date, cover_id, recorded_at) VALUES ($1, $2, $3, $4, $5)";

/// Since when the ties of tests hold.
const SINCE: Date = jiff::civil::date(2024, 1, 1);

impl TestApp {
    async fn put(&self, sql: &'static str, values: Vec<Value>) {
        let mut tx = self.app.db.write().await.expect("a transaction");
        tx.run(sql, values).await.expect("a row");
        tx.commit().await.expect("kept");
    }

    /// A person of this whole name, born on this day.
    pub async fn person(&self, name: &str, born: Date) -> PersonId {
        self.person_by(name, born, None).await
    }

    /// As [`TestApp::person`], begun by a worker.
    pub async fn person_by(&self, name: &str, born: Date, by: Option<WorkerId>) -> PersonId {
        let mut moment = self.moment();
        let (id, now) = (moment.id(), moment.now());
        let (given, family) = name.split_once(' ').unwrap_or((name, ""));
        let year = i64::from(born.year());
        let by = by.map(|worker| worker.0);
        let mut tx = self.app.db.write().await.expect("a transaction");
        tx.run(PERSON, args![id, given, name, year, now, by]).await.expect("a person");
        tx.run(NAME, args![moment.id(), id, given, family, now]).await.expect("a name");
        tx.run(BIRTH, args![moment.id(), id, born, now]).await.expect("a birth");
        tx.commit().await.expect("kept");
        id.into()
    }

    /// Allocates a worker to a person, in the worker's own team.
    pub async fn allocate(&self, person: PersonId, worker: &Worker, part: AllocationKind) {
        let mut moment = self.moment();
        let values = args![moment.id(), person, worker.id, worker.team, part.code(), SINCE, moment.now()];
        self.put(ALLOCATION, values).await;
    }

    /// Opens an episode that a team holds, and gives its id.
    pub async fn episode(&self, person: PersonId, kind: EpisodeKind, team: TeamId) -> Uuid {
        let mut moment = self.moment();
        let episode = moment.id();
        let values = args![moment.id(), episode, person, kind.code(), team, SINCE, moment.now()];
        self.put(EPISODE, values).await;
        episode
    }

    /// Lets people live together.
    pub async fn household(&self, people: &[PersonId]) {
        let mut moment = self.moment();
        let (house, now) = (moment.id(), moment.now());
        self.put(HOUSEHOLD, args![house, now]).await;
        for person in people {
            self.put(MEMBER, args![moment.id(), house, *person, now]).await;
        }
    }

    /// Makes someone a parent of another, with or without parental responsibility.
    pub async fn parent(&self, parent: PersonId, child: PersonId, responsible: bool) {
        let mut moment = self.moment();
        let (pair, now) = (moment.id(), moment.now());
        self.put(RELATIONSHIP, args![moment.id(), pair, parent, child, "parent", responsible, now]).await;
        self.put(RELATIONSHIP, args![moment.id(), pair, child, parent, "child", false, now]).await;
    }

    /// Sets who may learn that a person's record exists.
    pub async fn level(&self, person: PersonId, level: AccessLevel) {
        self.put(LEVEL, args![person, level.code()]).await;
    }

    /// Names a worker on the list of a restricted record.
    pub async fn listed(&self, person: PersonId, worker: &Worker) {
        let mut moment = self.moment();
        self.put(LISTED, args![moment.id(), person, worker.id, SINCE, moment.now()]).await;
    }

    /// Declares that a worker has a link to a person.
    pub async fn conflict(&self, person: PersonId, worker: &Worker) {
        let mut moment = self.moment();
        self.put(CONFLICT, args![moment.id(), worker.id, person, SINCE, moment.now()]).await;
    }

    /// Breaks the glass for an hour.
    pub async fn glass(&self, person: PersonId, worker: &Worker) -> Timestamp {
        let mut moment = self.moment();
        let until = moment.now() + SignedDuration::from_hours(1);
        let values = args![moment.id(), person, worker.id, moment.now(), until, moment.today()];
        self.put(GLASS, values).await;
        until
    }

    /// Someone is away and another covers.
    pub async fn away(&self, away: &Worker, cover: &Worker) {
        let mut moment = self.moment();
        self.put(ABSENCE, args![moment.id(), away.id, SINCE, cover.id, moment.now()]).await;
    }
}
