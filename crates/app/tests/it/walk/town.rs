//! The town of the walk: for each level a person of whom everything a record can hold is held, and a second one
//! to whom nobody is allocated.

use app::Who;
use app::entry::{KeptFile, Recording, record};
use app::person::actions::{
    NewAddress, NewDetail, NewIdentifier, RecordAddress, RecordDetail, RecordIdentifier, record_address,
    record_detail, record_identifier,
};
use app::step::{RecordStep, record_step};
use db::{Tx, args};
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::entry::{EntryKind, Manner, Part};
use practice::episode::{EpisodeKind, StepKind};
use practice::id::{EntryId, PersonId, TeamId, WorkerId};

use practice::person::{AccessLevel, AddressUse, DetailKind, IdentifierKind};
use practice::recording::{Audience, NewPromise, Participant, RecordEntry, Someone};
use practice::role::Role;
use testkit::{TestApp, Worker};
use uuid::Uuid;

const PICTURE: &[u8] = include_bytes!("../../data/small.png");
const BORN: Date = date(2009, 5, 4);
pub(super) const ADDRESS: &str = "Wrenfold Cottage";

/// A person and one of everything about them.
pub(super) struct Place {
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) entry: EntryId,
    pub(super) kept: EntryId,
    pub(super) joint: EntryId,
    pub(super) attachment: Uuid,
    pub(super) promise: Uuid,
    pub(super) photo: Uuid,
    pub(super) episode: Uuid,
    pub(super) step: Uuid,
    /// Another record was joined to theirs.
    pub(super) joining: Uuid,
    /// How it is between them and a school.
    pub(super) tie: Uuid,
    /// That of the helping worker; none of whom nobody is allocated.
    pub(super) allocation: Option<Uuid>,
    /// A clock: its rule and the day it started from.
    pub(super) clock: (String, Date),
    /// An opening of their record that is still to be answered for.
    pub(super) opening: Uuid,
}

/// The teams, and whoever must be known before the records are made.
pub(super) struct Town {
    pub(super) service: TeamId,
    pub(super) north: TeamId,
    pub(super) south: TeamId,
    pub(super) elsewhere: TeamId,
    pub(super) west: TeamId,
    /// Helps everyone of `main`, and is named on the entry kept to people named.
    pub(super) helper: Worker,
    /// Broke the glass on everyone.
    pub(super) breaker: Worker,
    /// Responsible for everyone of `main`, and named on every list.
    pub(super) chief: Worker,
    /// Someone whose account, posts and team can be administered.
    pub(super) spare: Worker,
    /// Someone of the south, and someone of elsewhere, who can be away.
    pub(super) away: [WorkerId; 2],
    pub(super) import: Uuid,
    pub(super) main: Vec<Place>,
    pub(super) begun: Vec<Place>,
    /// Whoever began the records of `begun`.
    pub(super) beginner: Worker,
    hidden: PersonId,
}

/// One fact put straight into a table.
pub(super) async fn put(t: &TestApp, sql: &'static str, values: Vec<db::Value>) {
    let mut tx = t.app.db.write().await.unwrap();
    tx.run(sql, values).await.unwrap();
    tx.commit().await.unwrap();
}

async fn id_of(t: &TestApp, sql: &'static str, values: Vec<db::Value>) -> Uuid {
    let row: (Uuid,) = t.app.db.read().await.unwrap().one(sql, values).await.unwrap();
    row.0
}

impl Town {
    /// Makes the town.
    pub(super) async fn made(t: &TestApp) -> Self {
        let service = t.team("Service", None).await;
        let north = t.team("North", Some(service)).await;
        let south = t.team("South", Some(service)).await;
        let elsewhere = t.team("Elsewhere", None).await;
        let west = t.team("West", None).await;
        let worker = async |name, team| t.worker(name, Role::SocialWorker, team).await;
        let (away, far) = (worker("Ash Away", south).await, worker("Finn Far", elsewhere).await);
        let mut town = Self {
            service,
            north,
            south,
            elsewhere,
            west,
            helper: worker("Hetty Help", north).await,
            breaker: worker("Bo Break", west).await,
            chief: worker("Cleo Chief", north).await,
            spare: worker("Sky Spare", west).await,
            beginner: worker("Bee Begin", west).await,
            away: [away.id, far.id],
            import: import(t).await,
            main: vec![],
            begun: vec![],
            hidden: t.person("Hidden Hale", BORN).await,
        };
        t.listed(town.hidden, &town.chief).await;
        for (level, family) in ["Findable", "Restrict", "Sealmore"].into_iter().enumerate() {
            let person = t.person(&format!("Josie {family}"), BORN).await;
            t.allocate(person, &town.helper, AllocationKind::Helping).await;
            t.allocate(person, &town.chief, AllocationKind::Responsible).await;
            t.listed(person, &town.chief).await;
            let place = town.fill(t, person, format!("Josie {family}"), level).await;
            town.main.push(place);
            let person = t.person_by(&format!("Kit {family}"), BORN, Some(town.beginner.id)).await;
            let place = town.fill(t, person, format!("Kit {family}"), level + 3).await;
            town.begun.push(place);
        }
        t.level(town.hidden, AccessLevel::Restricted).await;
        town
    }

    /// Sets the levels: after everyone's ties are made, some of which are made by the program.
    pub(super) async fn close(&self, t: &TestApp) {
        let levels = [AccessLevel::Findable, AccessLevel::Restricted, AccessLevel::Sealed];
        for (level, at) in levels.into_iter().zip(0..) {
            t.level(self.main[at].person, level).await;
            t.level(self.begun[at].person, level).await;
        }
    }

    async fn fill(&self, t: &TestApp, person: PersonId, name: String, at: usize) -> Place {
        let episode = if name.starts_with("Josie") {
            t.episode(person, EpisodeKind::ChildInNeed, self.north).await
        } else {
            teamless(t, person).await
        };
        let mut moment = t.moment();
        let program = Who::program("test");
        let number = format!("W{at}00777");
        let mut tx = t.app.db.write().await.unwrap();
        let identifier = NewIdentifier::new(IdentifierKind::CouncilId, &number);
        record_identifier(&mut tx, &program, &mut moment, RecordIdentifier { person, identifier })
            .await
            .unwrap();
        let photo = t.app.files.keep(PICTURE).unwrap().hash.to_string();
        let detail = NewDetail::new(DetailKind::Photo, &photo);
        record_detail(&mut tx, &program, &mut moment, RecordDetail { person, detail, seen: None })
            .await
            .unwrap();
        let address = NewAddress {
            purpose: AddressUse::Home,
            lines: ADDRESS.to_owned(),
            postcode: Some("ZZ9 1AB".to_owned()),
            confidential: true,
            from: None,
            to: None,
        };
        record_address(&mut tx, &program, &mut moment, RecordAddress { person, address }).await.unwrap();
        let [entry, kept, joint] = self.entries(t, &mut tx, person).await;
        let step = RecordStep {
            people: vec![(person, Some(episode.into()))],
            kind: StepKind::Assessment,
            on: date(2026, 10, 1),
            ended: None,
            outcome: None,
            detail: None,
            narrative: "An assessment began.".to_owned(),
            source: None,
            source_key: None,
        };
        record_step(&mut tx, &program, &mut moment, step).await.unwrap();
        let school = app::network::NewTie::to(practice::tie::TieKind::School, "Wrenfold Primary");
        let tie = app::network::AddTie { person, tie: school };
        let tie = app::network::add_tie(&mut tx, &program, &mut moment, tie).await.unwrap();
        app::clock::refresh(&mut tx, &mut moment, person).await.unwrap();
        let clocks = app::clock::history(&mut tx, person, moment.today()).await.unwrap();
        let clock = clocks.first().expect("a clock runs");
        let clock = (clock.clock.rule.as_str().to_owned(), clock.clock.started.on);
        tx.commit().await.unwrap();
        request(t, person).await;
        Place {
            joining: joining(t, person, &number).await,
            tie,
            clock,
            attachment: id_of(t, "SELECT id FROM attachment WHERE entry_id = $1", args![entry]).await,
            promise: id_of(t, "SELECT promise_id FROM promise WHERE entry_id = $1", args![entry]).await,
            photo: id_of(
                t,
                "SELECT id FROM person_detail WHERE person_id = $1 AND kind = 'photo'",
                args![person],
            )
            .await,
            step: id_of(t, "SELECT id FROM step WHERE person_id = $1", args![person]).await,
            allocation: allocation(t, person, &self.helper).await,
            opening: opening(t, person, &self.breaker).await,
            person,
            name,
            number,
            entry,
            kept,
            joint,
            episode,
        }
    }

    async fn entries(&self, t: &TestApp, tx: &mut Tx, person: PersonId) -> [EntryId; 3] {
        let mut moment = t.moment();
        let program = Who::program("test");
        let kept = t.app.files.keep(PICTURE).unwrap();
        let file = KeptFile {
            hash: kept.hash,
            size: kept.size,
            kind: files::Kind::Png,
            name: "collage.png".to_owned(),
            picture: Some((kept.hash, 2, 2)),
            described: None,
        };
        let mut first = call(&[(person, Part::About)]);
        first.promises.push(NewPromise {
            what: "Ring back".to_owned(),
            by: Someone::Words("Her gran".to_owned()),
            about: person,
            due_on: Some(date(2026, 11, 27)),
        });
        let first = Recording { files: vec![file], ..Recording::of(first) };
        let mut named = call(&[(person, Part::About)]);
        named.audience = Audience::Named { workers: vec![self.helper.id], people: vec![] };
        let joint = call(&[(person, Part::About), (self.hidden, Part::Present)]);
        let mut made = vec![];
        for recording in [first, Recording::of(named), Recording::of(joint)] {
            made.push(record(tx, &program, &mut moment, &recording).await.unwrap());
        }
        [made[0], made[1], made[2]]
    }
}

/// A telephone call about these people.
fn call(people: &[(PersonId, Part)]) -> RecordEntry {
    let one = |&(person, part)| Participant { person, part, seen: None, not_seen_why: None };
    RecordEntry {
        kind: EntryKind::Call,
        happened_at: "2026-11-19T11:00:00Z".parse().unwrap(),
        manner: Some(Manner::Phone),
        minutes: None,
        place: None,
        title: None,
        people: people.iter().map(one).collect(),
        workers: vec![],
        others_present: None,
        narrative: "We talked about school.".to_owned(),
        statements: vec![],
        promises: vec![],
        significant: false,
        written_to: None,
        audience: Audience::Present,
        corrects: None,
    }
}

/// An open episode that no team holds.
async fn teamless(t: &TestApp, person: PersonId) -> Uuid {
    const EPISODE: &str = "INSERT INTO episode (id, episode_id, person_id, kind, from_date, recorded_at) \
        VALUES ($1, $2, $3, 'child-in-need', $4, $5)";
    let mut moment = t.moment();
    let episode = moment.id();
    put(t, EPISODE, args![moment.id(), episode, person, date(2024, 1, 1), moment.now()]).await;
    episode
}

async fn allocation(t: &TestApp, person: PersonId, helper: &Worker) -> Option<Uuid> {
    const OF: &str = "SELECT id FROM allocation WHERE person_id = $1 AND worker_id = $2";
    let row: Option<(Uuid,)> =
        t.app.db.read().await.unwrap().maybe(OF, args![person, helper.id]).await.unwrap();
    row.map(|row| row.0)
}

async fn opening(t: &TestApp, person: PersonId, breaker: &Worker) -> Uuid {
    t.glass(person, breaker).await;
    id_of(t, "SELECT id FROM glass WHERE person_id = $1 AND worker_id = $2", args![person, breaker.id]).await
}

/// Says of someone that they are away.
pub(super) async fn absence(t: &TestApp, worker: WorkerId) -> Uuid {
    const ABSENCE: &str =
        "INSERT INTO absence (id, worker_id, from_date, recorded_at) VALUES ($1, $2, $3, $4)";
    let mut moment = t.moment();
    let id = moment.id();
    put(t, ABSENCE, args![id, worker, date(2026, 11, 1), moment.now()]).await;
    id
}

async fn import(t: &TestApp) -> Uuid {
    const RUN: &str = "INSERT INTO import_run (id, kind, file_name, file_hash, run_at, report) \
        VALUES ($1, 'people', 'people.csv', '00', $2, $3)";
    let mut moment = t.moment();
    let id = moment.id();
    let report = app::faces::imports::Report::of("people", "people.csv", "00".to_owned());
    let report = serde_json::to_string(&report).unwrap();
    put(t, RUN, args![id, moment.now(), report]).await;
    id
}

/// A request for somebody's record with one thing collected, both under the person's own id.
async fn request(t: &TestApp, person: PersonId) {
    const REQUEST: &str = "INSERT INTO record_request (id, request_id, person_id, asked_by, received_on, state, recorded_at) \
        VALUES ($1, $1, $1, 'themselves', $2, 'open', $3)";
    const ITEM: &str = "INSERT INTO record_item (id, request_id, person_id, position, section, title, words, recorded_at) \
        VALUES ($1, $1, $1, 1, 'Name', 'Name', 'A name', $2)";
    put(t, REQUEST, args![person, date(2026, 11, 2), t.now()]).await;
    put(t, ITEM, args![person, t.now()]).await;
}

/// Another record of somebody, joined to theirs.
async fn joining(t: &TestApp, person: PersonId, number: &str) -> Uuid {
    const JOINING: &str = "INSERT INTO joining (id, kept_id, other_id, reason, before, joined_at) \
        VALUES ($1, $2, $3, 'The same number', $4, $5)";
    let other = t.person(&format!("Twice {number}"), BORN).await;
    let id = t.moment().id();
    let itself = serde_json::json!({"level": "findable", "kind": "born", "birth_year": 2009});
    let before = serde_json::json!({"kept": itself, "other": itself}).to_string();
    put(t, JOINING, args![id, person, other, before, t.now()]).await;
    put(t, "UPDATE person SET merged_into = $2 WHERE id = $1", args![other, person]).await;
    id
}
