//! An invented family of separated parents, with workers around it, and a word of its own in everything that is said of it.
//! What each word belongs to is kept beside, so that whoever finds it can ask whether it may be there.

use super::chance::Chance;
use super::secret::{Allocated, Bonded, Comer, Deed, Kin, Met, Secret};
use app::Who;
use app::entry::{KeptFile, Recording, record};
use app::person::actions::{NamePerson, NewName, name_person};
use db::args;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::entry::{EntryKind, Manner, Part, Seen, StatementForm};
use practice::id::{EntryId, PersonId, TeamId};
use practice::person::{AccessLevel, NameKind};
use practice::plan::{Spoken, ToldLine};
use practice::recording::{
    Audience, Correction, NewPromise, NewStatement, Participant, RecordEntry, Someone,
};
use practice::role::Role;
use practice::stage::Stage;
use std::collections::BTreeMap;
use testkit::{TestApp, Worker};
use uuid::Uuid;

/// A word in every text, by which a search finds all of them at once.
pub(super) const COMMON: &str = "marmalade";
/// Mother and father: of these the record says that they belong to the children, and so whose address stands in a text.
const RELATED: usize = 2;
pub(super) const PICTURE: &[u8] = include_bytes!("../../data/small.png");

/// A family and what is secret of it.
pub(super) struct Family {
    pub(super) kin: Vec<Kin>,
    pub(super) workers: Vec<Worker>,
    pub(super) allocated: Vec<Allocated>,
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
    pub(super) bonded: Vec<Bonded>,
    /// Days that are put down with the children.
    pub(super) met: Vec<Met>,
    /// Who comes in to whose space.
    pub(super) comers: Vec<Comer>,
    /// How far the spaces of children are open, where it was said.
    pub(super) stages: Vec<(PersonId, Stage)>,
    /// Links that were sent and are not used yet.
    pub(super) tokens: Vec<String>,
    /// The word of a picture, whose bytes hold none, by the id under which it is asked for.
    pub(super) marks: BTreeMap<String, String>,
    pub(super) secrets: BTreeMap<String, Secret>,
    /// Where somebody lives, as it is recorded.
    lives: Vec<(PersonId, String)>,
}

const ADDRESS: &str = "INSERT INTO address (id, person_id, purpose, lines, postcode, confidential, recorded_at) \
    VALUES ($1, $2, 'home', $3, 'ZZ9 9ZZ', $4, $5)";
const DETAIL: &str =
    "INSERT INTO person_detail (id, person_id, kind, words, recorded_at) VALUES ($1, $2, $3, $4, $5)";

impl Family {
    /// A family made by chance.
    pub(super) async fn made(t: &TestApp, chance: &mut Chance, (number, team): (usize, TeamId)) -> Self {
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
        family.make_private(t, chance).await;
        family.spaces(t, chance).await;
        family.story(t, chance).await;
        family.plan(t, chance).await;
        family.around(t, chance).await;
        family.meetings(t, chance).await;
        family.others(t, chance).await;
        family.pathway(t, chance).await;
        family.invitations(t, chance).await;
        family.shut(t, chance).await;
        family
    }

    pub(super) fn word(&mut self, chance: &mut Chance, secret: Secret) -> String {
        let word = chance.word();
        self.secrets.insert(word.clone(), secret);
        word
    }

    pub(super) fn sentence(&mut self, chance: &mut Chance, secret: Secret) -> String {
        format!("There was {COMMON} and {}.", self.word(chance, secret))
    }

    /// What was to be said was not: its word stands nowhere.
    pub(super) fn unsaid(&mut self, words: &str) {
        self.secrets.remove(&last_word(words));
    }

    async fn of_workers(t: &TestApp, chance: &mut Chance, number: usize, team: TeamId) -> Self {
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
            bonded: vec![],
            met: vec![],
            comers: vec![],
            stages: vec![],
            tokens: vec![],
            marks: BTreeMap::new(),
            secrets: BTreeMap::new(),
            lives: vec![],
        }
    }

    async fn people(&mut self, t: &TestApp, chance: &mut Chance) {
        let children = 1 + chance.below(3);
        // mother, father and grandmother; an advocate and somebody of another service
        for at in 0..children + 5 {
            let born = if at < children { date(2012, 3, 4) } else { date(1985, 6, 7) };
            let word = chance.word();
            let id = t.person(&format!("{word} Sample"), born).await;
            // named once more as a worker would, so that a search finds them
            let name = NewName::new(NameKind::Alias, &word, "Sampler");
            let program = Who::program("test");
            let named = NamePerson { person: id, name };
            act!(t, program, tx, moment, name_person(&mut tx, &program, &mut moment, named)).expect("a name");
            self.secrets.insert(word, Secret::Name(id));
            let outside = at >= children + 3;
            let level = AccessLevel::Findable;
            self.kin.push(Kin { id, child: at < children, outside, level, account: None });
        }
    }

    pub(super) fn children(&self) -> Vec<PersonId> {
        self.kin.iter().filter(|one| one.child).map(|one| one.id).collect()
    }

    /// Mother, father and grandmother.
    pub(super) fn adults(&self) -> [PersonId; 3] {
        let adults = self.kin.iter().filter(|one| !one.child && !one.outside);
        let all: Vec<PersonId> = adults.map(|one| one.id).collect();
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
            tx.run(ADDRESS, args![moment.id(), person, &lines, confidential, moment.now()]).await.unwrap();
            tx.run(DETAIL, args![moment.id(), person, "phone", phone, moment.now()]).await.unwrap();
            tx.commit().await.unwrap();
            self.lives.push((person, lines));
        }
        let child = self.children()[0];
        let mut moment = t.moment();
        let photo = moment.id();
        let kept = t.app.files.keep(PICTURE).unwrap().hash.to_string();
        let mut tx = t.app.db.write().await.unwrap();
        tx.run(DETAIL, args![photo, child, "photo", kept, moment.now()]).await.unwrap();
        tx.commit().await.unwrap();
        let word = self.word(chance, Secret::Photo(child));
        self.marks.insert(photo.to_string(), word);
    }

    /// Records that are restricted, whose list somebody is on, or sealed; links; glass.
    async fn shut(&mut self, t: &TestApp, chance: &mut Chance) {
        for at in 0..self.kin.len() {
            let (sealed, restricted) = (chance.below(25) == 0, chance.in_ten(2));
            if self.kin[at].outside || !(sealed || restricted) {
                continue;
            }
            let person = self.kin[at].id;
            let level = if sealed { AccessLevel::Sealed } else { AccessLevel::Restricted };
            t.level(person, level).await;
            self.kin[at].level = level;
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

    /// Where somebody lives whose address is told by no other.
    pub(super) fn a_home(&self, chance: &mut Chance) -> Option<(PersonId, String)> {
        let homes = &self.lives[..RELATED.min(self.lives.len())];
        (!homes.is_empty()).then(|| homes[chance.below(homes.len())].clone())
    }

    pub(super) fn anybody(&self, chance: &mut Chance) -> PersonId {
        let inside: Vec<&Kin> = self.kin.iter().filter(|one| !one.outside).collect();
        inside[chance.below(inside.len())].id
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

    /// A photo or a document, whose name, description and bytes hold words.
    fn file(&mut self, t: &TestApp, chance: &mut Chance, at: usize) -> KeptFile {
        let word = self.word(chance, Secret::File(at));
        let described = chance.in_ten(5).then(|| self.sentence(chance, Secret::File(at)));
        let photo = chance.in_ten(5);
        let text = format!("A letter with {COMMON}: {}", self.word(chance, Secret::File(at)));
        let bytes = if photo { PICTURE } else { text.as_bytes() };
        let kept = t.app.files.keep(bytes).unwrap();
        KeptFile {
            hash: kept.hash,
            size: kept.size,
            kind: if photo { files::Kind::Png } else { files::Kind::Text },
            name: format!("{word}.{}", if photo { "png" } else { "txt" }),
            picture: photo.then_some((kept.hash, 2, 2)),
            described,
        }
    }

    fn statements(
        &mut self,
        chance: &mut Chance,
        (at, author): (usize, usize),
    ) -> (Vec<Option<PersonId>>, Vec<NewStatement>) {
        let (mut owners, mut statements) = (vec![], vec![]);
        for nth in 0..chance.below(4) {
            let person = self.anybody(chance);
            let (owner, of) = match chance.below(6) {
                0 => (Someone::Words("The school".to_owned()), None),
                1 => (Someone::Worker(self.workers[author].id), None),
                _ => (Someone::Person(person), Some(person)),
            };
            owners.push(of);
            let words = self.sentence(chance, Secret::Said(at, nth));
            let form = StatementForm::Said;
            statements.push(NewStatement { owner, form, words, original_language: None });
        }
        (owners, statements)
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
        let (owners, statements) = self.statements(chance, (at, author));
        let about = people[0].person;
        let promises = vec![NewPromise {
            what: self.sentence(chance, Secret::Promised(at, about)),
            by: Someone::Worker(self.workers[author].id),
            about,
            due_on: Some(date(2026, 12, 1)),
        }];
        let audience = self.audience(chance);
        let mut narrative = self.sentence(chance, Secret::Account(at));
        // somebody writes down where another lives
        let tells = chance.in_ten(2).then(|| self.lives[chance.below(RELATED)].clone());
        if let Some((_, lines)) = &tells {
            narrative = format!("{narrative} Now at {lines}, ask there.");
        }
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
            narrative,
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
        let files = if chance.in_ten(5) { vec![self.file(t, chance, at)] } else { vec![] };
        let recording = Recording { files, ..Recording::of(entry) };
        let who = self.workers[author].who.clone();
        let Some(id) = act!(t, who, tx, moment, record(&mut tx, &who, &mut moment, &recording)) else {
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
        let tells = tells.map(|one| one.0);
        self.deeds.push(Deed {
            author: Some(self.workers[author].id),
            readers: audience.readers(),
            named,
            named_people,
            people,
            owners,
            tells,
            ..Deed::plain(id, thread(t, id).await)
        });
    }
}

pub(super) async fn thread(t: &TestApp, id: EntryId) -> EntryId {
    let mut conn = t.app.db.read().await.unwrap();
    let row: (Uuid,) = conn.one("SELECT thread_id FROM entry WHERE id = $1", args![id]).await.unwrap();
    row.0.into()
}

pub(super) fn last_word(words: &str) -> String {
    words.trim_end_matches('.').rsplit(' ').next().unwrap_or_default().to_owned()
}
