//! What happens in the spaces of an invented family: they write, ask, complain and do not agree; others come in to their
//! spaces, and read what was given to them.

use super::chance::Chance;
use super::family::Family;
use super::secret::{Asked, Comer, Deed, Secret};
use app::rights::complaint;
use app::{Who, sign_in, space};
use db::args;
use practice::access::Reader;
use practice::entrusted::{Comes, Given, GivenBy, Part as Gives};
use practice::entry::{Part, Readers};
use practice::id::{AccountId, EntryId, PersonId};
use practice::recording::Participant;
use practice::space::InSpace;
use practice::stage::Stage;
use testkit::TestApp;
use uuid::Uuid;

const ROW: &str = "SELECT id FROM in_space WHERE comes_id = $1 AND person_id = $2 AND superseded_at IS NULL";

impl Family {
    /// Everybody of the family comes in to a space of their own; some write to everybody or to one worker alone, complain,
    /// and do not agree.
    pub(super) async fn spaces(&mut self, t: &TestApp, chance: &mut Chance) {
        for at in 0..self.kin.len() {
            if self.kin[at].outside {
                continue;
            }
            let person = self.kin[at].id;
            let account = self.open(t, (person, person, InSpace::Own)).await;
            let who = theirs(person, account);
            if chance.in_ten(6) {
                self.asks(t, chance, (&who, person)).await;
            }
            if chance.in_ten(3) {
                let words = self.sentence(chance, Secret::Complaint(person));
                let said = act!(t, who, tx, moment, complaint::complain(&mut tx, &who, &mut moment, &words));
                if said.is_none() {
                    self.unsaid(&words);
                }
            }
            for deed in 0..self.deeds.len() {
                if chance.in_ten(4) && self.deeds[deed].newer.is_none() {
                    self.disagrees(t, chance, (&who, person, deed)).await;
                }
            }
            if self.kin[at].child && chance.in_ten(3) {
                self.stage(t, chance, person).await;
            }
        }
    }

    async fn open(&mut self, t: &TestApp, opened: (PersonId, PersonId, InSpace)) -> AccountId {
        let account = act!(t, who, tx, moment, sign_in::open_for_show(&mut tx, &mut moment, opened));
        let account = account.expect("a space");
        for one in self.kin.iter_mut().filter(|one| one.id == opened.0) {
            one.account = Some(account);
        }
        account
    }

    /// A child and a worker agree that the space is not open to its end.
    async fn stage(&mut self, t: &TestApp, chance: &mut Chance, person: PersonId) {
        let who = self.workers[0].who.clone();
        let stage = Stage::ALL[chance.below(Stage::ALL.len())];
        let agreed = (person, stage, None);
        if act!(t, who, tx, moment, space::open_stage(&mut tx, &who, &mut moment, agreed)).is_some() {
            self.stages.push((person, stage));
        }
    }

    async fn disagrees(
        &mut self,
        t: &TestApp,
        chance: &mut Chance,
        (who, person, deed): (&Who, PersonId, usize),
    ) {
        let words = self.sentence(chance, Secret::Disagreed(deed, person));
        let thread = self.deeds[deed].thread;
        let said = act!(t, who, tx, moment, space::disagree(&mut tx, who, &mut moment, (thread, &words)));
        let Some((id, _)) = said else {
            self.unsaid(&words);
            return;
        };
        if !chance.in_ten(5) {
            return;
        }
        let worker = self.workers[0].who.clone();
        let words = self.sentence(chance, Secret::Disagreed(deed, person));
        if act!(t, worker, tx, moment, space::reply(&mut tx, &worker, &mut moment, (id, &words))).is_none() {
            self.unsaid(&words);
        }
    }

    async fn asks(&mut self, t: &TestApp, chance: &mut Chance, (who, person): (&Who, PersonId)) {
        let at = self.deeds.len();
        let only = if chance.in_ten(5) { vec![self.workers[0].id] } else { vec![] };
        let words = self.sentence(chance, Secret::Said(at, 0));
        let asked = space::Asked {
            about: person,
            words: words.clone(),
            only: only.clone(),
            files: vec![],
            concerns: None,
        };
        let Some(question) = act!(t, who, tx, moment, space::ask(&mut tx, who, &mut moment, asked)) else {
            self.unsaid(&words);
            return;
        };
        let part = |part| Participant { person, part, seen: None, not_seen_why: None };
        let to_one = !only.is_empty();
        self.deeds.push(Deed {
            readers: if to_one { Readers::Named } else { Readers::Present },
            named: only.clone(),
            named_people: if to_one { vec![person] } else { vec![] },
            people: vec![part(Part::About), part(Part::Present)],
            owners: vec![Some(person)],
            asked: Some(Asked::Question),
            ..Deed::plain(newest(t, question.asked_in).await, question.asked_in)
        });
        if chance.in_ten(6) {
            self.answers(t, chance, (question.id, person, at)).await;
        }
    }

    /// A worker answers: of what was asked of one alone nobody else reads the answer either.
    async fn answers(
        &mut self,
        t: &TestApp,
        chance: &mut Chance,
        (question, person, asked): (Uuid, PersonId, usize),
    ) {
        let (at, worker) = (self.deeds.len(), self.workers[0].clone());
        let words = self.sentence(chance, Secret::Account(at));
        let said = (question, words.as_str(), None);
        let answered = act!(t, who, tx, moment, space::answer(&mut tx, &worker.who, &mut moment, said));
        let Some(id) = answered else {
            self.unsaid(&words);
            return;
        };
        let to_one = self.deeds[asked].readers == Readers::Named;
        self.deeds.push(Deed {
            author: Some(worker.id),
            readers: self.deeds[asked].readers,
            named: if to_one { vec![worker.id] } else { vec![] },
            named_people: if to_one { vec![person] } else { vec![] },
            people: vec![Participant { person, part: Part::About, seen: None, not_seen_why: None }],
            written_to: Some(person),
            asked: Some(Asked::Answer(asked)),
            ..Deed::plain(id, super::family::thread(t, id).await)
        });
    }

    /// An advocate, somebody of another service, a carer and those who act for somebody come in to spaces of the family.
    pub(super) async fn others(&mut self, t: &TestApp, chance: &mut Chance) {
        let (children, [mother, father, gran]) = (self.children(), self.adults());
        let child = children[chance.below(children.len())];
        let outside: Vec<PersonId> = self.kin.iter().filter(|one| one.outside).map(|one| one.id).collect();
        let told = [child, mother][chance.below(2)];
        let mut all = vec![(outside[0], child, InSpace::Advocate), (outside[1], told, InSpace::Partner)];
        if chance.in_ten(5) {
            all.push((gran, children[0], InSpace::Carer));
        }
        if chance.in_ten(5) {
            all.push((gran, mother, InSpace::Proxy));
        }
        if chance.in_ten(3) {
            all.push((father, children[0], InSpace::Proxy));
        }
        for (comes, of, part) in all {
            self.open(t, (comes, of, part)).await;
            let acts = part == InSpace::Proxy;
            let rule = Comes { part, from: t.moment().today(), to: None, reads: acts, writes: acts };
            self.comers.push(Comer { comes, of, rule, given: vec![] });
            let row = only(t, ROW, (comes.0, of.0)).await;
            for what in Gives::ALL {
                if !acts && chance.in_ten(8) {
                    self.gives(t, chance, (row, *what)).await;
                }
            }
        }
    }

    /// The person, a worker, or both together give something to the one who was let in last.
    async fn gives(&mut self, t: &TestApp, chance: &mut Chance, (to, part): (Uuid, Gives)) {
        let Comer { comes, of, .. } = *self.comers.last().unwrap();
        let by = GivenBy::ALL[chance.below(GivenBy::ALL.len())];
        let account = self.kin.iter().find(|one| one.id == of).and_then(|one| one.account);
        let who = match (by, account) {
            (GivenBy::Person, Some(account)) => theirs(of, account),
            _ => self.workers[0].who.clone(),
        };
        let one = (part == Gives::One).then(|| self.deeds[chance.below(self.deeds.len())].thread);
        let words = self.sentence(chance, Secret::Given { of, comes });
        let give = space::Give {
            to,
            part,
            one,
            together: by == GivenBy::Together,
            reason: Some(words.clone()),
            until: None,
        };
        if act!(t, who, tx, moment, space::give(&mut tx, &who, &mut moment, give)).is_none() {
            self.unsaid(&words);
            return;
        }
        let given = Given { part, one, by, from: t.moment().today(), to: None };
        self.comers.last_mut().unwrap().given.push(given);
    }
}

/// Somebody of the record, as actions know them.
pub(super) fn theirs(person: PersonId, account: AccountId) -> Who {
    Who {
        account: Some(account),
        name: "Somebody".to_owned(),
        hue: 1,
        reader: Reader::Person(person),
        program: false,
        through: None,
    }
}

async fn only(t: &TestApp, sql: &'static str, of: (Uuid, Uuid)) -> Uuid {
    let mut conn = t.app.db.read().await.unwrap();
    let row: (Uuid,) = conn.one(sql, args![of.0, of.1]).await.unwrap();
    row.0
}

async fn newest(t: &TestApp, thread: EntryId) -> EntryId {
    let mut conn = t.app.db.read().await.unwrap();
    let sql = "SELECT id FROM entry WHERE thread_id = $1 AND superseded_at IS NULL";
    let row: (Uuid,) = conn.one(sql, args![thread]).await.unwrap();
    row.0.into()
}
