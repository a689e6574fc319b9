//! What is kept around an invented family: with whom the children want to stay in touch, how it is between people, how it is
//! safe to reach them, what a worker has begun to write, the steps of the pathway, and the links that are sent to them.

use super::chance::Chance;
use super::family::{COMMON, Family};
use super::secret::{Bonded, Deed, Secret};
use app::network::{AddTie, NewTie, add_tie};
use app::space::{self, Invite};
use app::staying_in_touch::{Agree, Begin, Bring, Say, Ways, agree, begin, bring, say};
use app::step::{RecordStep, record_step};
use app::{Who, letter};
use db::args;
use jiff::ToSpan;
use practice::contact::{Safe, SafeContact};
use practice::entry::Part;
use practice::episode::StepKind;
use practice::id::PersonId;
use practice::recording::Participant;
use practice::space::{InSpace, Way};
use practice::tie::TieKind;
use practice::touch::{Basis, Came, Piece, TouchKind, TouchWay, Wants};
use testkit::TestApp;
use uuid::Uuid;

const FILES: &str = "SELECT id, name FROM attachment ORDER BY id";
const DRAFT: &str = "INSERT INTO draft (id, account_id, place, body, version, created_at, updated_at) VALUES ($1, $2, $3, $4, 1, $5, $5)";
const OVER: &str = "INSERT INTO over_limit (id, decision_id, worker_id, person_id, whose, points, limit_points, reason, decided_by, \
    decided_on, look_on, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const EPISODE: &str = "INSERT INTO episode (id, episode_id, person_id, kind, from_date, recorded_at) \
    VALUES ($1, $2, $3, 'child-in-need', $4, $5)";

impl Family {
    /// Staying in touch, ties, safe contact, a draft; and which word each file has.
    pub(super) async fn around(&mut self, t: &TestApp, chance: &mut Chance) {
        let rows: Vec<(Uuid, String)> = t.app.db.read().await.unwrap().all(FILES, args![]).await.unwrap();
        for (id, name) in rows {
            let word = name.split('.').next().unwrap_or_default();
            if self.secrets.contains_key(word) {
                self.marks.insert(id.to_string(), word.to_owned());
            }
        }
        for child in self.children() {
            for _ in 0..chance.below(3) {
                self.touch(t, chance, child).await;
            }
        }
        for _ in 0..=chance.below(3) {
            self.tie(t, chance).await;
        }
        let inside = self.kin.iter().filter(|one| !one.outside);
        for person in inside.map(|one| one.id).collect::<Vec<_>>() {
            if chance.in_ten(6) {
                self.contact(t, chance, person).await;
            }
        }
        self.draft(t, chance).await;
        self.over_limit(t, chance).await;
    }

    /// A worker was let to hold more than they can, for a child's good.
    async fn over_limit(&mut self, t: &TestApp, chance: &mut Chance) {
        let children = self.children();
        let child = children[chance.below(children.len())];
        let reason = self.sentence(chance, Secret::Over(child));
        let (worker, by) = (self.workers[0].id, self.workers[1].id);
        let mut moment = t.moment();
        let (id, today) = (moment.id(), moment.today());
        let mut tx = t.app.db.write().await.unwrap();
        let values =
            args![id, id, worker, child, "worker", 2_000, 1_800, reason, by, today, today, moment.now()];
        tx.run(OVER, values).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn touch(&mut self, t: &TestApp, chance: &mut Chance, child: PersonId) {
        let who = self.workers[0].who.clone();
        let bond = self.bonded.len();
        let other = Some(self.anybody(chance)).filter(|other| *other != child && chance.in_ten(7));
        let secret = |piece| Secret::Touch { bond, piece, only: None };
        let called = self.word(chance, secret(Piece::Name));
        let why = self.sentence(chance, secret(Piece::Account));
        let begun = Begin {
            person: child,
            of: None,
            kind: TouchKind::Relative,
            called: called.clone(),
            other,
            worker: None,
            why: Some(why.clone()),
        };
        let Some(touch) = act!(t, who, tx, moment, begin(&mut tx, &who, &mut moment, begun)) else {
            self.unsaid(&called);
            self.unsaid(&why);
            return;
        };
        self.bonded.push(Bonded { child, other });
        self.wish(t, chance, (&who, child, touch, bond)).await;
        let ways = Ways { how: vec![TouchWay::Call], often: None };
        let with_them = chance.in_ten(5);
        let basis = [Basis::BetweenUs, Basis::CarePlan, Basis::MayRefuse][chance.below(3)];
        let piece = Piece::Agreed { with_them, keeps_apart: basis.keeps_apart() };
        let agreed = Agree {
            person: child,
            touch,
            of: None,
            basis,
            ways,
            words: self.sentence(chance, secret(piece)),
            supervised_why: Some(self.sentence(chance, secret(Piece::Account))),
            order_words: Some(self.sentence(chance, secret(Piece::Account))),
            with_them,
            from: t.moment().today(),
            to: None,
            ended_why: None,
        };
        act!(t, who, tx, moment, agree(&mut tx, &who, &mut moment, agreed)).expect("what is agreed");
        let (with_them, past) = (chance.in_ten(5), chance.in_ten(5));
        let today = t.moment().today();
        let place = if past { Piece::Account } else { Piece::Coming { with_them } };
        let time = Bring {
            person: child,
            touch,
            of: None,
            on: if past { today - 3.days() } else { today + 3.days() },
            how: TouchWay::Visit,
            came: if past { Came::Happened } else { Came::Arranged },
            where_when: Some(self.sentence(chance, secret(place))),
            child_was: Some(self.sentence(chance, secret(Piece::Account))),
            words: Some(self.sentence(chance, secret(Piece::Account))),
            in_the_way: (None, Some(self.sentence(chance, secret(Piece::Account)))),
            with_them,
            entry: None,
            promise: None,
        };
        act!(t, who, tx, moment, bring(&mut tx, &who, &mut moment, time)).expect("a time");
    }

    async fn wish(
        &mut self,
        t: &TestApp,
        chance: &mut Chance,
        (who, person, touch, bond): (&Who, PersonId, Uuid, usize),
    ) {
        let only = chance.in_ten(5).then_some(0);
        let secret = Secret::Touch { bond, piece: Piece::Wish, only };
        let wish = Say {
            person,
            touch,
            wants: Wants::Yes,
            ways: Ways::default(),
            words: Some(self.sentence(chance, secret)),
            only: only.map(|at| self.workers[at].id),
            on: t.moment().today(),
        };
        act!(t, who, tx, moment, say(&mut tx, who, &mut moment, wish)).expect("a wish");
    }

    async fn tie(&mut self, t: &TestApp, chance: &mut Chance) {
        let who = self.workers[0].who.clone();
        let of = self.anybody(chance);
        let other = Some(self.anybody(chance)).filter(|other| *other != of && chance.in_ten(6));
        let secret = Secret::Tie { of, other };
        let note = self.sentence(chance, secret.clone());
        let name = self.word(chance, secret);
        let tie = match other {
            Some(other) => NewTie::with(other),
            None => NewTie::to(TieKind::School, &name),
        };
        let add = AddTie { person: of, tie: NewTie { note: Some(note.clone()), ..tie } };
        let added = act!(t, who, tx, moment, add_tie(&mut tx, &who, &mut moment, add)).is_some();
        if !added || other.is_some() {
            self.unsaid(&name);
        }
        if !added {
            self.unsaid(&note);
        }
    }

    /// A worker who works with somebody, where there is one.
    fn who_works_with(&self, person: PersonId) -> Who {
        let works = self.allocated.iter().find(|one| one.0 == person).map_or(0, |one| one.1);
        self.workers[works].who.clone()
    }

    async fn contact(&mut self, t: &TestApp, chance: &mut Chance, person: PersonId) {
        let who = self.who_works_with(person);
        let ways = SafeContact { letter: Safe::Ask, email: Safe::Yes, phone: Safe::Ask, message: Safe::No };
        let said: Vec<String> = (0..3).map(|_| self.sentence(chance, Secret::Contact(person))).collect();
        let words = [0, 1, 2].map(|at| Some(said[at].as_str()));
        let kept = act!(
            t,
            who,
            tx,
            moment,
            letter::record_contact(&mut tx, &who, &mut moment, (person, ways), words)
        );
        if kept.is_none() {
            for words in said {
                self.unsaid(&words);
            }
        }
    }

    /// Words that a worker has begun and not filed.
    async fn draft(&mut self, t: &TestApp, chance: &mut Chance) {
        let at = chance.below(2);
        let about = self.children()[0].to_string();
        let id = t.moment().id();
        // the list of drafts shows how they begin
        let words = format!("{} {COMMON}", self.word(chance, Secret::Draft(at)));
        let pairs = [("about", about.as_str()), ("kind", "visit"), ("narrative", words.as_str())];
        let body = serde_json::to_string(&pairs).unwrap();
        let place = format!("/record?about={about}&draft={id}");
        let values = args![id, self.workers[at].account, place, body, t.now()];
        let mut tx = t.app.db.write().await.unwrap();
        tx.run(DRAFT, values).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// An episode and a step of the pathway, with what is written of it.
    pub(super) async fn pathway(&mut self, t: &TestApp, chance: &mut Chance) {
        let (child, at) = (self.children()[0], self.deeds.len());
        let (mut moment, day) = (t.moment(), t.moment().today() - 30.days());
        let mut tx = t.app.db.write().await.unwrap();
        let (id, episode) = (moment.id(), moment.id());
        tx.run(EPISODE, args![id, episode, child, day, moment.now()]).await.unwrap();
        tx.commit().await.unwrap();
        let narrative = self.sentence(chance, Secret::Account(at));
        let step = RecordStep {
            people: vec![(child, Some(episode.into()))],
            kind: StepKind::Assessment,
            on: day,
            ended: None,
            outcome: None,
            detail: None,
            narrative: narrative.clone(),
            source: None,
            source_key: None,
        };
        let worker = self.workers[0].clone();
        let done = act!(t, who, tx, moment, record_step(&mut tx, &worker.who, &mut moment, step));
        let Some(id) = done else {
            self.unsaid(&narrative);
            return;
        };
        self.deeds.push(Deed {
            author: Some(worker.id),
            people: vec![Participant { person: child, part: Part::About, seen: None, not_seen_why: None }],
            ..Deed::plain(id, super::family::thread(t, id).await)
        });
    }

    /// Some are sent a link by e-mail, some are given a letter.
    pub(super) async fn invitations(&mut self, t: &TestApp, chance: &mut Chance) {
        for person in self.kin.iter().map(|one| one.id).collect::<Vec<_>>() {
            if !chance.in_ten(7) {
                continue;
            }
            let who = self.who_works_with(person);
            let by_mail = chance.in_ten(7);
            let word = self.word(chance, Secret::Email(person));
            let invite = Invite {
                comes: person,
                of: person,
                part: InSpace::Own,
                reason: None,
                until: None,
                limits: (true, true),
                link_by: if by_mail { Way::Email } else { Way::Letter },
                email: by_mail.then(|| format!("{word}@example.org")),
                language: ["en", "cy"][chance.below(2)],
                code_by: Way::FaceToFace,
            };
            let made =
                act!(t, who, tx, moment, space::invite_by_letter(&t.app, &mut tx, &who, &mut moment, invite));
            match made {
                Some(made) => self.tokens.push(made.token),
                None => self.unsaid(&word),
            }
        }
    }
}
