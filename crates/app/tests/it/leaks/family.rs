//! An invented family of separated parents, with workers around it, and a word of its own in everything that is said of it.
//! What each word belongs to is kept beside, so that whoever finds it can ask whether it may be there.

use super::chance::Chance;
use crate::entry::file;
use app::{Who, sign_in, space};
use db::args;
use jiff::civil::date;
use practice::access::{AllocationKind, Reader};
use practice::entry::{EntryKind, Manner, Part, Readers, Seen, StatementForm};
use practice::id::{AccountId, EntryId, PersonId, WorkerId};
use practice::person::AccessLevel;
use practice::plan::{Spoken, ToldLine};
use practice::recording::{
    Audience, Correction, NewPromise, NewStatement, Participant, RecordEntry, Someone,
};
use practice::role::Role;
use practice::sharing::Held;
use practice::space::InSpace;
use std::collections::BTreeMap;
use testkit::{TestApp, Worker};
use uuid::Uuid;

/// A word in every text, by which a search finds all of them at once.
pub(super) const COMMON: &str = "marmalade";

/// What a word of a family belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    /// The worker's account of an entry: what happened, its title, its place.
    Account(usize),
    /// A statement of an entry.
    Said(usize, usize),
    /// What was promised in an entry, to this person.
    Promised(usize, PersonId),
    /// What somebody does not agree with in an entry.
    Disagreed(usize, PersonId),
    /// Why something of an entry is held back.
    HeldBack(usize),
    /// Told of somebody, by somebody.
    Told { of: PersonId, by: Option<PersonId>, shared: bool },
    /// Something of somebody's plan, by somebody: which line, number or view it is.
    Planned { of: PersonId, by: Option<PersonId>, what: Planned },
    /// An address.
    Address { of: PersonId, confidential: bool },
    /// A telephone.
    Phone(PersonId),
    /// The name of somebody whose record is restricted.
    Name(PersonId),
}

impl Secret {
    /// What sort it is, for counting.
    pub(super) const fn sort(&self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Said(..) => "said",
            Self::Promised(..) => "promised",
            Self::Disagreed(..) => "disagreed",
            Self::HeldBack(_) => "held back",
            Self::Told { .. } => "told",
            Self::Planned { .. } => "planned",
            Self::Address { confidential: true, .. } => "confidential address",
            Self::Address { .. } => "address",
            Self::Phone(_) => "telephone",
            Self::Name(_) => "name",
        }
    }
}

/// What of a plan words are, by its place in the family's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Planned {
    Line(usize),
    Number(usize),
    View(usize),
}

/// Somebody of the family.
#[derive(Clone, Debug)]
pub(super) struct Kin {
    pub(super) id: PersonId,
    pub(super) child: bool,
    pub(super) level: AccessLevel,
    /// Their account in a space of their own.
    pub(super) account: Option<AccountId>,
}

/// One entry as it was filed.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub(super) id: EntryId,
    pub(super) thread: EntryId,
    pub(super) author: Option<WorkerId>,
    pub(super) readers: Readers,
    pub(super) present: Vec<WorkerId>,
    pub(super) named: Vec<WorkerId>,
    pub(super) named_people: Vec<PersonId>,
    pub(super) people: Vec<Participant>,
    pub(super) owners: Vec<Option<PersonId>>,
    pub(super) written_to: Option<PersonId>,
    pub(super) held: Vec<Held>,
    /// The newer version that took its place, to which what was promised goes on.
    pub(super) newer: Option<usize>,
}

/// A family and what is secret of it.
pub(super) struct Family {
    pub(super) kin: Vec<Kin>,
    pub(super) workers: Vec<Worker>,
    pub(super) allocated: Vec<(PersonId, usize, AllocationKind)>,
    /// Who lives together.
    pub(super) house: Vec<PersonId>,
    /// Who holds parental responsibility for whom.
    pub(super) holds: Vec<(PersonId, PersonId)>,
    pub(super) listed: Vec<(PersonId, usize)>,
    pub(super) conflicts: Vec<(PersonId, usize)>,
    pub(super) glass: Vec<(PersonId, usize)>,
    pub(super) deeds: Vec<Deed>,
    /// Lines, numbers and views of plans, each with whose plan it is.
    pub(super) lines: Vec<(PersonId, ToldLine)>,
    pub(super) numbers: Vec<(PersonId, (Uuid, Spoken))>,
    pub(super) views: Vec<(PersonId, Spoken)>,
    pub(super) secrets: BTreeMap<String, Secret>,
}

const ADDRESS: &str = "INSERT INTO address (id, person_id, purpose, lines, postcode, confidential, recorded_at) \
    VALUES ($1, $2, 'home', $3, 'ZZ9 9ZZ', $4, $5)";
const PHONE: &str =
    "INSERT INTO person_detail (id, person_id, kind, words, recorded_at) VALUES ($1, $2, 'phone', $3, $4)";

impl Family {
    /// A family made by chance.
    pub(super) async fn made(
        t: &TestApp,
        chance: &mut Chance,
        (number, team): (usize, practice::id::TeamId),
    ) -> Self {
        let mut family = Self::of_workers(t, chance, number, team).await;
        family.people(t, chance).await;
        family.bonds(t, chance).await;
        family.where_they_live(t, chance).await;
        for _ in 0..3 + chance.below(3) {
            family.deed(t, chance, None).await;
        }
        if let Some(before) = (chance.in_ten(5)).then(|| family.deeds.len().checked_sub(1)).flatten() {
            family.deed(t, chance, Some(before)).await;
        }
        family.hold_back(t, chance).await;
        family.spaces(t, chance).await;
        family.story(t, chance).await;
        family.plan(t, chance).await;
        family.shut(t, chance).await;
        family
    }

    fn word(&mut self, chance: &mut Chance, secret: Secret) -> String {
        let word = chance.word();
        self.secrets.insert(word.clone(), secret);
        word
    }

    pub(super) fn sentence(&mut self, chance: &mut Chance, secret: Secret) -> String {
        format!("There was {COMMON} and {}.", self.word(chance, secret))
    }

    async fn of_workers(t: &TestApp, chance: &mut Chance, number: usize, team: practice::id::TeamId) -> Self {
        let mut workers = vec![];
        for (name, role) in [
            ("Responsible", Role::SocialWorker),
            ("Helping", Role::FamilySupportWorker),
            ("Fathers", Role::SocialWorker),
            ("Looking", if chance.in_ten(5) { Role::DutyWorker } else { Role::SocialWorker }),
        ] {
            workers.push(t.worker(&format!("{name} Number{number}"), role, team).await);
        }
        Self {
            kin: vec![],
            workers,
            allocated: vec![],
            house: vec![],
            holds: vec![],
            listed: vec![],
            conflicts: vec![],
            glass: vec![],
            deeds: vec![],
            lines: vec![],
            numbers: vec![],
            views: vec![],
            secrets: BTreeMap::new(),
        }
    }

    async fn people(&mut self, t: &TestApp, chance: &mut Chance) {
        let children = 1 + chance.below(3);
        for at in 0..children + 3 {
            let born = if at < children { date(2012, 3, 4) } else { date(1985, 6, 7) };
            let word = chance.word();
            let id = t.person(&format!("{word} Sample"), born).await;
            self.secrets.insert(word, Secret::Name(id));
            self.kin.push(Kin { id, child: at < children, level: AccessLevel::Findable, account: None });
        }
    }

    pub(super) fn children(&self) -> Vec<PersonId> {
        self.kin.iter().filter(|one| one.child).map(|one| one.id).collect()
    }

    /// Mother, father and grandmother.
    pub(super) fn adults(&self) -> [PersonId; 3] {
        let all: Vec<PersonId> = self.kin.iter().filter(|one| !one.child).map(|one| one.id).collect();
        [all[0], all[1], all[2]]
    }

    async fn bonds(&mut self, t: &TestApp, chance: &mut Chance) {
        let (children, [mother, father, gran]) = (self.children(), self.adults());
        for (at, child) in children.iter().enumerate() {
            let both = chance.in_ten(6);
            t.parent(mother, *child, true).await;
            t.parent(father, *child, both).await;
            self.holds.push((mother, *child));
            if both {
                self.holds.push((father, *child));
            }
            if at == 0 || chance.in_ten(6) {
                self.allocate(t, *child, (0, AllocationKind::Responsible)).await;
            }
            if chance.in_ten(4) {
                self.allocate(t, *child, (1, AllocationKind::Helping)).await;
            }
        }
        if chance.in_ten(5) {
            self.allocate(t, father, (2, AllocationKind::Responsible)).await;
        }
        self.house = children;
        self.house.push(mother);
        if chance.in_ten(5) {
            self.house.push(gran);
        }
        t.household(&self.house).await;
    }

    async fn allocate(&mut self, t: &TestApp, person: PersonId, (worker, kind): (usize, AllocationKind)) {
        t.allocate(person, &self.workers[worker], kind).await;
        self.allocated.push((person, worker, kind));
    }

    async fn where_they_live(&mut self, t: &TestApp, chance: &mut Chance) {
        for person in self.adults() {
            let confidential = chance.in_ten(5);
            let lines = format!("1 {} Lane", self.word(chance, Secret::Address { of: person, confidential }));
            let phone = format!("0{}", self.word(chance, Secret::Phone(person)));
            let mut moment = t.moment();
            let mut tx = t.app.db.write().await.unwrap();
            tx.run(ADDRESS, args![moment.id(), person, lines, confidential, moment.now()]).await.unwrap();
            tx.run(PHONE, args![moment.id(), person, phone, moment.now()]).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    /// Records that are restricted, whose list somebody is on; links; glass.
    async fn shut(&mut self, t: &TestApp, chance: &mut Chance) {
        for at in 0..self.kin.len() {
            if !chance.in_ten(2) {
                continue;
            }
            let person = self.kin[at].id;
            t.level(person, AccessLevel::Restricted).await;
            self.kin[at].level = AccessLevel::Restricted;
            let worker = chance.below(3);
            t.listed(person, &self.workers[worker]).await;
            self.listed.push((person, worker));
        }
        if chance.in_ten(3) {
            let (person, worker) = (self.anybody(chance), chance.below(3));
            t.conflict(person, &self.workers[worker]).await;
            self.conflicts.push((person, worker));
        }
        if chance.in_ten(5) {
            let person = self.anybody(chance);
            t.glass(person, &self.workers[3]).await;
            self.glass.push((person, 3));
        }
    }

    pub(super) fn anybody(&self, chance: &mut Chance) -> PersonId {
        self.kin[chance.below(self.kin.len())].id
    }

    fn audience(&self, chance: &mut Chance) -> Audience {
        match chance.below(4) {
            0 | 1 => Audience::Present,
            2 => Audience::Staff { why: "Not yet".to_owned(), review_on: date(2026, 12, 20) },
            _ => Audience::Named {
                workers: if chance.in_ten(5) { vec![self.workers[1].id] } else { vec![] },
                people: vec![self.anybody(chance)],
            },
        }
    }

    fn participants(&self, chance: &mut Chance) -> Vec<Participant> {
        let mut people = vec![];
        for child in self.children() {
            if people.is_empty() || chance.in_ten(4) {
                let seen = [Seen::Alone, Seen::Yes, Seen::No][chance.below(3)];
                let not_seen_why = (seen == Seen::No).then(|| "At school".to_owned());
                people.push(Participant { person: child, part: Part::About, seen: Some(seen), not_seen_why });
            }
        }
        for adult in self.adults() {
            if chance.in_ten(4) {
                people.push(Participant {
                    person: adult,
                    part: Part::Present,
                    seen: None,
                    not_seen_why: None,
                });
            }
        }
        people
    }

    /// Files an entry; as a correction of an older one, where one is given.
    async fn deed(&mut self, t: &TestApp, chance: &mut Chance, corrects: Option<usize>) {
        let author = chance.below(2);
        let at = self.deeds.len();
        let people = match corrects {
            Some(before) => self.deeds[before].people.clone(),
            None => self.participants(chance),
        };
        let before = self.secrets.clone();
        let mut owners = vec![];
        let mut statements = vec![];
        for nth in 0..chance.below(4) {
            let person = self.anybody(chance);
            let (owner, of) = match chance.below(6) {
                0 => (Someone::Words("The school".to_owned()), None),
                1 => (Someone::Worker(self.workers[author].id), None),
                _ => (Someone::Person(person), Some(person)),
            };
            owners.push(of);
            let words = self.sentence(chance, Secret::Said(at, nth));
            statements.push(NewStatement {
                owner,
                form: StatementForm::Said,
                words,
                original_language: None,
            });
        }
        let about = people[0].person;
        let promises = vec![NewPromise {
            what: self.sentence(chance, Secret::Promised(at, about)),
            by: Someone::Worker(self.workers[author].id),
            about,
            due_on: Some(date(2026, 12, 1)),
        }];
        let audience = self.audience(chance);
        let entry = RecordEntry {
            kind: if corrects.is_some() {
                EntryKind::Visit
            } else {
                [EntryKind::Visit, EntryKind::Visit, EntryKind::Meeting][chance.below(3)]
            },
            happened_at: t.now() - jiff::SignedDuration::from_hours(30 + i64::try_from(at).unwrap()),
            manner: Some(Manner::HomeVisit),
            minutes: None,
            place: Some(self.word(chance, Secret::Account(at))),
            title: chance.in_ten(4).then(|| self.word(chance, Secret::Account(at))),
            people: people.clone(),
            workers: vec![],
            others_present: Some(self.word(chance, Secret::Account(at))),
            narrative: self.sentence(chance, Secret::Account(at)),
            statements,
            promises,
            significant: chance.in_ten(3),
            written_to: None,
            audience: audience.clone(),
            corrects: corrects.map(|before| Correction {
                supersedes: self.deeds[before].id,
                why: "It was wrong".to_owned(),
            }),
        };
        t.pass(jiff::SignedDuration::from_secs(60));
        let Ok(id) = file(t, &self.workers[author], entry).await else {
            self.secrets = before;
            return;
        };
        if let Some(before) = corrects {
            self.deeds[before].newer = Some(at);
        }
        let (named, named_people) = match &audience {
            Audience::Named { workers, people } => (workers.clone(), people.clone()),
            _ => (vec![], vec![]),
        };
        self.deeds.push(Deed {
            id,
            thread: thread(t, id).await,
            author: Some(self.workers[author].id),
            readers: audience.readers(),
            present: vec![],
            named,
            named_people,
            people,
            owners,
            written_to: None,
            held: vec![],
            newer: None,
        });
    }

    /// Some come in to a space of their own, write to everybody or to one worker alone, and do not agree.
    async fn spaces(&mut self, t: &TestApp, chance: &mut Chance) {
        for at in 0..self.kin.len() {
            let person = self.kin[at].id;
            let opened = (person, person, InSpace::Own);
            let account = act!(t, who, tx, moment, sign_in::open_for_show(&mut tx, &mut moment, opened))
                .expect("a space");
            self.kin[at].account = Some(account);
            let who = theirs(person, account);
            if chance.in_ten(6) {
                self.asks(t, chance, (&who, person)).await;
            }
            for deed in 0..self.deeds.len() {
                if !chance.in_ten(4) || self.deeds[deed].newer.is_some() {
                    continue;
                }
                let words = self.sentence(chance, Secret::Disagreed(deed, person));
                let thread = self.deeds[deed].thread;
                let said =
                    act!(t, who, tx, moment, space::disagree(&mut tx, &who, &mut moment, (thread, &words)));
                if said.is_none() {
                    let word = words.trim_end_matches('.').rsplit(' ').next().unwrap().to_owned();
                    self.secrets.remove(&word);
                }
            }
        }
    }

    async fn asks(&mut self, t: &TestApp, chance: &mut Chance, (who, person): (&Who, PersonId)) {
        let at = self.deeds.len();
        let only = if chance.in_ten(5) { vec![self.workers[0].id] } else { vec![] };
        let words = self.sentence(chance, Secret::Said(at, 0));
        let asked = space::Asked { about: person, words, only: only.clone(), files: vec![], concerns: None };
        let Some(question) = act!(t, who, tx, moment, space::ask(&mut tx, who, &mut moment, asked)) else {
            self.secrets.retain(|_, secret| *secret != Secret::Said(at, 0));
            return;
        };
        let part = |part| Participant { person, part, seen: None, not_seen_why: None };
        self.deeds.push(Deed {
            id: newest(t, question.asked_in).await,
            thread: question.asked_in,
            author: None,
            readers: if only.is_empty() { Readers::Present } else { Readers::Named },
            present: vec![],
            named: only.clone(),
            named_people: if only.is_empty() { vec![] } else { vec![person] },
            people: vec![part(Part::About), part(Part::Present)],
            owners: vec![Some(person)],
            written_to: None,
            held: vec![],
            newer: None,
        });
    }
}

/// Somebody of the record, as actions know them.
fn theirs(person: PersonId, account: AccountId) -> Who {
    Who {
        account: Some(account),
        name: "Somebody".to_owned(),
        hue: 1,
        reader: Reader::Person(person),
        program: false,
        through: None,
    }
}

async fn thread(t: &TestApp, id: EntryId) -> EntryId {
    let mut conn = t.app.db.read().await.unwrap();
    let row: (Uuid,) = conn.one("SELECT thread_id FROM entry WHERE id = $1", args![id]).await.unwrap();
    row.0.into()
}

async fn newest(t: &TestApp, thread: EntryId) -> EntryId {
    let mut conn = t.app.db.read().await.unwrap();
    let sql = "SELECT id FROM entry WHERE thread_id = $1 AND superseded_at IS NULL";
    let row: (Uuid,) = conn.one(sql, args![thread]).await.unwrap();
    row.0.into()
}
