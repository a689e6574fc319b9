//! The town of the canaries: a sister whom her worker knows, her mother, a brother whose record is restricted
//! and another whose record is sealed, with words that stand nowhere else.

use crate::walk::town::put;
use app::Who;
use app::entry::{KeptFile, Recording, record};
use app::faces::imports::{Change, Kept, Listed, Report, Unread};
use app::person::actions::{
    AddPerson, Bond, Join, MoveIn, NewAddress, NewBirth, NewDetail, NewIdentifier, NewName, NewWarning,
    RecordAddress, Relate, Warn, add_person, move_in, record_address, relate, warn,
};
use app::person::facts::Told;
use app::step::{RecordStep, record_step};
use db::{Tx, args};
use jiff::civil::date;
use practice::access::AllocationKind::{Responsible, Reviewing};
use practice::entry::{EntryKind, Manner, Part, StatementForm};
use practice::episode::{EpisodeKind, StepKind};
use practice::id::{EntryId, PersonId, TeamId};
use practice::person::{AccessLevel, AddressUse, DetailKind, IdentifierKind, NameKind, WarningKind};
use practice::recording::{Audience, NewPromise, NewStatement, Participant, RecordEntry, Someone};
use practice::relationship::RelationshipKind;
use practice::role::Role;
use testkit::{TestApp, Worker};
use uuid::Uuid;

const PICTURE: &[u8] = include_bytes!("../../data/small.png");

/// Words of the restricted record, each somewhere a page of a right reader shows.
pub(super) const HIDDEN: [&str; 16] = [
    "Quillfeather",
    "Tansybell",
    "W777001",
    "07700 900777",
    "ZZ9 7QF",
    "Marrowglade",
    "brindlewhisk",
    "pomfretlark",
    "sablewick",
    "tanglethorn",
    "umberfinch",
    "vellichor",
    "wrenbottle",
    "yarrowmint",
    "zephyrdock",
    "14 March 2014",
];
/// Words of the sealed record.
const SEALED: [&str; 4] = ["Wrackspurt", "Orlaith", "W777002", "quaggaloom"];
/// The sister's confidential address.
pub(super) const CONFIDENTIAL: [&str; 2] = ["Gossamer Refuge", "ZZ9 8GR"];
/// What someone who knows a little might type.
pub(super) const SEARCHES: [&str; 14] = [
    "Tansy Quillfeather",
    "Quillfeather",
    "Tansybell",
    "Quilfeather Tansie",
    "Tansy 2014",
    "W777001",
    "07700 900777",
    "ZZ9 7QF",
    "Marrowglade",
    "Orlaith Wrackspurt",
    "Wrackspurt",
    "W777002",
    "ZZ9 8GR",
    "Gossamer Refuge",
];

pub(super) struct Town {
    pub(super) sister: PersonId,
    pub(super) mother: PersonId,
    pub(super) restricted: PersonId,
    pub(super) sealed: PersonId,
    pub(super) entries: Vec<EntryId>,
    pub(super) files: Vec<Uuid>,
    pub(super) promises: Vec<Uuid>,
    pub(super) import: Uuid,
    /// On the list of the restricted record, and works with the sister.
    pub(super) listed: Worker,
    north: TeamId,
    nadia: Worker,
    reviewer: Worker,
    others: Vec<(&'static str, Worker)>,
}

fn exact(given: &str, family: &str, year: i16) -> AddPerson {
    AddPerson { birth: Some(NewBirth::exact(date(year, 3, 14))), ..AddPerson::named(given, family) }
}

fn home(lines: &str, postcode: &str, confidential: bool) -> NewAddress {
    NewAddress {
        purpose: AddressUse::Home,
        lines: lines.to_owned(),
        postcode: Some(postcode.to_owned()),
        confidential,
        from: None,
        to: None,
    }
}

impl Town {
    /// The town before anything is hidden in it.
    pub(super) async fn made(t: &TestApp) -> Self {
        let service = t.team("Service", None).await;
        let north = t.team("North", Some(service)).await;
        let south = t.team("South", Some(service)).await;
        let nadia = t.worker("Nadia North", Role::SocialWorker, north).await;
        let mut others = vec![];
        for (words, name, role, team) in [
            ("team manager", "Mo North", Role::TeamManager, north),
            ("head of service", "Hana Head", Role::HeadOfService, service),
            ("social worker elsewhere", "Nan South", Role::SocialWorker, south),
            ("newly qualified", "Nell North", Role::NewlyQualified, north),
            ("family support worker", "Fay North", Role::FamilySupportWorker, north),
            ("duty worker", "Dot Duty", Role::DutyWorker, south),
            ("data officer", "Dan Data", Role::DataOfficer, south),
            ("restricted-records officer", "Ro Records", Role::RestrictedRecordsOfficer, south),
            ("system administrator", "Ada Admin", Role::SystemAdministrator, south),
        ] {
            others.push((words, t.worker(name, role, team).await));
        }
        let nobody = PersonId(Uuid::nil());
        let mut town = Self {
            sister: nobody,
            mother: nobody,
            restricted: nobody,
            sealed: nobody,
            entries: vec![],
            files: vec![],
            promises: vec![],
            import: Uuid::nil(),
            listed: t.worker("Lis Listed", Role::SocialWorker, south).await,
            reviewer: t.worker("Rob Review", Role::ReviewingOfficer, south).await,
            north,
            nadia,
            others,
        };
        town.family(t).await;
        town
    }

    async fn family(&mut self, t: &TestApp) {
        let program = Who::program("test");
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        self.sister =
            add_person(&mut tx, &program, &mut moment, exact("Ann", "Ordinary", 2016)).await.unwrap().person;
        self.mother =
            add_person(&mut tx, &program, &mut moment, exact("Mary", "Ordinary", 1985)).await.unwrap().person;
        let address = home(CONFIDENTIAL[0], CONFIDENTIAL[1], true);
        let address = RecordAddress { person: self.sister, address };
        record_address(&mut tx, &program, &mut moment, address).await.unwrap();
        self.tie(&mut tx, &mut moment, self.sister).await;
        let open = call("Nothing is hidden here.", &[(self.sister, Part::About)]);
        self.file(&mut tx, &mut moment, Recording::of(open)).await;
        tx.commit().await.unwrap();
        for worker in [&self.nadia, &self.listed] {
            t.allocate(self.sister, worker, Responsible).await;
        }
        t.allocate(self.sister, &self.reviewer, Reviewing).await;
        t.episode(self.sister, EpisodeKind::ChildInNeed, self.north).await;
    }

    async fn tie(&self, tx: &mut Tx, moment: &mut app::Moment, child: PersonId) {
        let program = Who::program("test");
        let bond = Bond::of(RelationshipKind::Parent).with_responsibility();
        relate(tx, &program, moment, Relate { person: child, other: self.mother, bond }).await.unwrap();
        let join = MoveIn { person: child, join: Join::With(self.mother), from: None };
        move_in(tx, &program, moment, join).await.unwrap();
        if child != self.sister {
            let bond = Bond::of(RelationshipKind::Sibling);
            relate(tx, &program, moment, Relate { person: child, other: self.sister, bond }).await.unwrap();
        }
    }

    async fn file(&mut self, tx: &mut Tx, moment: &mut app::Moment, recording: Recording) {
        let entry = record(tx, &Who::program("test"), moment, &recording).await.unwrap();
        self.entries.push(entry);
    }

    /// Adds the two brothers, all that is recorded of them, and then hides them.
    pub(super) async fn hide(&mut self, t: &TestApp) {
        let program = Who::program("test");
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let one = exact("Tansy", "Quillfeather", 2014);
        self.restricted = add_person(&mut tx, &program, &mut moment, filled(one)).await.unwrap().person;
        let other = AddPerson {
            identifiers: vec![NewIdentifier::new(IdentifierKind::CouncilId, "W777002")],
            ..exact("Orlaith", "Wrackspurt", 2012)
        };
        self.sealed = add_person(&mut tx, &program, &mut moment, other).await.unwrap().person;
        for child in [self.restricted, self.sealed] {
            self.tie(&mut tx, &mut moment, child).await;
        }
        self.warned(&mut tx, &mut moment).await;
        self.recorded(t, &mut tx, &mut moment).await;
        tx.commit().await.unwrap();
        self.worked_with(t).await;
        self.brought_in(t).await;
        t.level(self.restricted, AccessLevel::Restricted).await;
        t.level(self.sealed, AccessLevel::Sealed).await;
    }

    async fn warned(&self, tx: &mut Tx, moment: &mut app::Moment) {
        let warning = NewWarning {
            kind: WarningKind::DoNotDisclose,
            fact: "Say nothing of yarrowmint".to_owned(),
            detail: None,
            from: date(2026, 11, 1),
            review_on: date(2027, 5, 1),
            told: Told::No { why: "It would put him at risk".to_owned() },
            agreed_with: None,
        };
        let program = Who::program("test");
        warn(tx, &program, moment, Warn { person: self.restricted, warning }).await.unwrap();
        let step = RecordStep {
            people: vec![(self.restricted, None)],
            kind: StepKind::Referral,
            on: date(2026, 11, 2),
            ended: None,
            outcome: None,
            detail: None,
            narrative: "School rang about the wrenbottle.".to_owned(),
            source: None,
            source_key: None,
        };
        record_step(tx, &program, moment, step).await.unwrap();
    }

    /// Entries about the hidden, about both, and about the sister with the hidden somewhere in them.
    async fn recorded(&mut self, t: &TestApp, tx: &mut Tx, moment: &mut app::Moment) {
        let kept = t.app.files.keep(PICTURE).unwrap();
        let file = KeptFile {
            hash: kept.hash,
            size: kept.size,
            kind: files::Kind::Png,
            name: "umberfinch.png".to_owned(),
            picture: Some((kept.hash, 2, 2)),
            described: None,
        };
        let (hidden, sister) = ((self.restricted, Part::About), (self.sister, Part::About));
        let alone =
            Recording { files: vec![file], ..Recording::of(call("We saw the brindlewhisk.", &[hidden])) };
        let both = call("They shared a pomfretlark.", &[sister, hidden]);
        let mut said = call("Of the sister.", &[sister]);
        said.statements.push(NewStatement {
            owner: Someone::Person(self.restricted),
            form: StatementForm::Said,
            words: "My sablewick is hers".to_owned(),
            original_language: None,
        });
        let mut promised = call("Of the sister again.", &[sister]);
        promised.promises.push(NewPromise {
            what: "Bring the tanglethorn".to_owned(),
            by: Someone::Person(self.restricted),
            about: self.sister,
            due_on: Some(date(2026, 11, 27)),
        });
        let mut letter = call("Dear brother, the vellichor.", &[sister]);
        letter.written_to = Some(self.restricted);
        letter.significant = true;
        let sealed = call("A quaggaloom for the sister.", &[sister, (self.sealed, Part::Present)]);
        for recording in [alone, Recording::of(both), Recording::of(said), Recording::of(promised)] {
            self.file(tx, moment, recording).await;
        }
        for entry in [letter, sealed] {
            self.file(tx, moment, Recording::of(entry)).await;
        }
        self.files = tx
            .all("SELECT id FROM attachment", args![])
            .await
            .unwrap()
            .into_iter()
            .map(|row: (Uuid,)| row.0)
            .collect();
        let promises: Vec<(Uuid,)> = tx.all("SELECT promise_id FROM promise", args![]).await.unwrap();
        self.promises = promises.into_iter().map(|row| row.0).collect();
    }

    /// Everything that ties a worker to someone, all of which counts for nothing once the record is hidden.
    async fn worked_with(&self, t: &TestApp) {
        for person in [self.restricted, self.sealed] {
            t.allocate(person, &self.nadia, Responsible).await;
            t.allocate(person, &self.reviewer, Reviewing).await;
            t.episode(person, EpisodeKind::ChildProtection, self.north).await;
        }
        t.listed(self.restricted, &self.listed).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        app::clock::refresh(&mut tx, &mut moment, self.restricted).await.unwrap();
        tx.commit().await.unwrap();
        // begun before the record was hidden: the draft stays, and says about whom no longer
        let draft = "INSERT INTO draft (id, account_id, place, body, version, created_at, updated_at) VALUES ($1, $2, $3, $4, 1, $5, $5)";
        let id = moment.id();
        let place = format!("/record?draft={id}");
        let body = format!("[[\"about\",\"{}\"],[\"kind\",\"note\"]]", self.restricted);
        put(t, draft, args![id, self.listed.account, place, body, moment.now()]).await;
    }

    /// What an import told of the hidden brother, while he was not hidden.
    async fn brought_in(&mut self, t: &TestApp) {
        let whom = || HIDDEN[2].to_owned();
        let mut report = Report::of("people", "people.csv", "00".to_owned());
        let (was, now) = (Some("Smith".to_owned()), Some(HIDDEN[0].to_owned()));
        report.changes.push(Change { whom: whom(), what: "family name".to_owned(), was, now });
        let (file_says, record_says) = (Some("Smith".to_owned()), Some(HIDDEN[0].to_owned()));
        report.kept.push(Kept { whom: whom(), what: "family name".to_owned(), file_says, record_says });
        let words = format!("{} overlaps", HIDDEN[0]);
        report.listed.push(Listed { whom: whom(), line: None, words });
        report.not_understood.push(Unread {
            child: Some(whom()),
            element: "family_name".to_owned(),
            line: 2,
            value: HIDDEN[0].to_owned(),
            why: None,
        });
        let run = "INSERT INTO import_run (id, kind, file_name, file_hash, run_at, report) VALUES ($1, 'people', 'people.csv', '00', $2, $3)";
        let mut moment = t.moment();
        self.import = moment.id();
        put(t, run, args![self.import, moment.now(), serde_json::to_string(&report).unwrap()]).await;
    }

    pub(super) fn people(&self) -> [PersonId; 4] {
        [self.sister, self.mother, self.restricted, self.sealed]
    }

    pub(super) fn wrong_readers(&self) -> Vec<(&'static str, Worker)> {
        let mut all = vec![
            ("responsible worker, not listed", self.nadia.clone()),
            ("reviewing officer", self.reviewer.clone()),
        ];
        all.extend(self.others.iter().cloned());
        all
    }

    /// What may not stand in any answer to one of them.
    pub(super) fn canaries(&self, reader: &str) -> Vec<String> {
        let own_tie =
            ["responsible worker, not listed", "reviewing officer", "team manager", "head of service"];
        let mut all: Vec<String> = SEALED.iter().map(|word| (*word).to_owned()).collect();
        all.push(self.sealed.to_string());
        // whoever keeps the list knows that the record exists, by name and number; not what is in it
        let kept = usize::from(reader == "restricted-records officer") * 3;
        all.extend(HIDDEN[kept..].iter().map(|word| (*word).to_owned()));
        if kept == 0 {
            all.push(self.restricted.to_string());
        }
        all.push("07700900777".to_owned());
        if !own_tie.contains(&reader) {
            all.extend(CONFIDENTIAL.iter().map(|word| (*word).to_owned()));
        }
        all
    }
}

fn filled(child: AddPerson) -> AddPerson {
    let mut names = child.names.clone();
    names.push(NewName::new(NameKind::Chosen, "Tansybell", ""));
    AddPerson {
        names,
        details: vec![
            NewDetail::new(DetailKind::Phone, "07700 900777"),
            NewDetail::new(DetailKind::MattersToMe, "My zephyrdock"),
        ],
        identifiers: vec![NewIdentifier::new(IdentifierKind::CouncilId, "W777001")],
        addresses: vec![home("Marrowglade House", "ZZ9 7QF", false)],
        ..child
    }
}

/// A telephone call about these people.
fn call(words: &str, people: &[(PersonId, Part)]) -> RecordEntry {
    let one = |&(person, part)| Participant { person, part, seen: None, not_seen_why: None };
    RecordEntry {
        kind: EntryKind::Call,
        happened_at: "2026-11-19T11:00:00Z".parse().unwrap(),
        manner: Some(Manner::Phone),
        place: None,
        title: None,
        people: people.iter().map(one).collect(),
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
