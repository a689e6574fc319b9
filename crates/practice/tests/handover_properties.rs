//! At every instant exactly one named person answers for somebody with an open episode, whatever is offered, returned,
//! refused, taken over, whoever leaves, is away or stands in, and whatever is closed: random councils, day after day.

use jiff::civil::{Date, date};
use practice::access::{EndingFacts, may_end_account};
use practice::calendar::add_days;
use practice::handover::{
    Away, By, InTheLine, Move, Responsible, ReturnReason, Standing, State, answers, may_offer, moved,
    still_stands,
};
use practice::id::WorkerId;
use proptest::prelude::*;
use uuid::Uuid;

const BEGAN: Date = date(2026, 1, 5);
/// The first ones manage: two teams, and a head of both.
const MANAGERS: usize = 5;
const WORKERS: usize = 12;
const PEOPLE: usize = 4;

/// Somebody who is helped: when episodes were open, who was responsible, and the hand-over that is open.
#[derive(Clone, Debug, Default)]
struct Person {
    open: Vec<(Date, Option<Date>)>,
    spells: Vec<Responsible>,
    handover: Option<Standing>,
}

#[derive(Clone, Debug)]
struct Council {
    today: Date,
    left: Vec<Option<Date>>,
    away: Vec<Away>,
    people: Vec<Person>,
}

fn worker(n: usize) -> WorkerId {
    WorkerId(Uuid::from_u128(n as u128))
}

fn number(worker: WorkerId) -> usize {
    usize::try_from(worker.0.as_u128()).unwrap_or(usize::MAX)
}

/// Two teams by turns.
const fn team(person: usize) -> usize {
    person % 2
}

impl Council {
    fn new() -> Self {
        Self {
            today: BEGAN,
            left: vec![None; WORKERS],
            away: vec![],
            people: vec![Person::default(); PEOPLE],
        }
    }

    /// Managers 0 and 1 of the first team, 2 and 3 of the second, 4 above both.
    fn line(&self, person: usize, on: Date) -> Vec<InTheLine> {
        let own = [2 * team(person), 2 * team(person) + 1].map(|n| (n, 0));
        own.into_iter()
            .chain([(4, 1)])
            .filter(|(n, _)| self.left[*n].is_none_or(|left| on <= left))
            .map(|(n, above)| InTheLine {
                worker: worker(n),
                above,
                since: add_days(BEGAN, -i32::try_from(n).unwrap_or(0)),
            })
            .collect()
    }

    fn here(&self, n: usize) -> bool {
        self.left[n].is_none()
    }

    fn is_open(&self, person: usize, on: Date) -> bool {
        self.people[person].open.iter().any(|(from, to)| *from <= on && to.is_none_or(|to| on <= to))
    }

    fn responsible(&self, person: usize) -> Option<WorkerId> {
        let spells = &self.people[person].spells;
        spells.iter().rev().find(|one| one.to.is_none()).map(|one| one.worker)
    }

    fn by(&self, person: usize, actor: usize) -> By {
        let held = self.people[person].handover;
        By {
            responsible: self.responsible(person) == Some(worker(actor)),
            receiver: held.is_some_and(|held| held.to == worker(actor)),
            leads: self.line(person, self.today).iter().any(|one| one.worker == worker(actor)),
        }
    }

    fn end_spell(&mut self, person: usize) {
        let today = self.today;
        if let Some(last) = self.people[person].spells.iter_mut().rev().find(|one| one.to.is_none()) {
            last.to = Some(today);
        }
    }

    fn allocate(&mut self, person: usize, to: WorkerId) {
        if self.responsible(person) == Some(to) {
            return;
        }
        self.end_spell(person);
        let from = self.today;
        self.people[person].spells.push(Responsible { worker: to, from, to: None });
    }

    fn offer(&mut self, person: usize, actor: usize, to: usize) {
        if !self.is_open(person, self.today) || !self.here(to) || to < MANAGERS {
            return;
        }
        let (by, from) = (self.by(person, actor), self.responsible(person));
        let open = self.people[person].handover.is_some();
        if may_offer(by, from, worker(to), open).is_ok() {
            let held = Standing {
                state: State::Offered,
                from,
                to: worker(to),
                agreed: by.leads,
                offered_on: self.today,
            };
            self.people[person].handover = Some(held);
        }
    }

    fn handle(&mut self, person: usize, actor: usize, what: Move<'_>) {
        let Some(held) = self.people[person].handover else { return };
        let Ok(next) = moved(&held, self.by(person, actor), what) else { return };
        if next.state == State::TakenOver {
            self.allocate(person, held.to);
        }
        self.people[person].handover = next.state.is_open().then_some(next);
    }

    /// Somebody leaves, if the rules let them.
    fn leave(&mut self, n: usize) {
        if !self.here(n) {
            return;
        }
        // an episode may be opened again tomorrow: whoever is responsible is needed, open or not
        let own = (0..PEOPLE).filter(|one| self.responsible(*one) == Some(worker(n)));
        // nobody who is needed to lead a team with open episodes: as the rule of posts says
        let leads = |person: &usize| self.line(*person, self.today).iter().any(|one| one.worker == worker(n));
        let alone = |person: &usize| {
            let own = self.line(*person, self.today).into_iter().filter(|one| one.above == 0);
            // whoever has their last day today is nobody tomorrow
            own.filter(|one| one.worker != worker(n) && self.here(number(one.worker))).count() == 0
        };
        let needed = (0..PEOPLE).filter(|one| leads(one) && alone(one) && self.is_open(*one, self.today));
        let answers_for = u32::try_from(own.count() + needed.count()).unwrap_or(u32::MAX);
        if may_end_account(EndingFacts { answers_for, last_administrator: false }).is_err() {
            return;
        }
        self.left[n] = Some(self.today);
        // nobody is left with a cover who has gone
        let today = self.today;
        for one in self.away.iter_mut().filter(|one| one.cover == Some(worker(n))) {
            if one.from > today {
                one.cover = None;
            } else if one.to.is_none_or(|to| to > today) {
                one.to = Some(today);
            }
        }
    }

    fn close(&mut self, person: usize) {
        let today = self.today;
        if let Some(open) = self.people[person].open.last_mut().filter(|open| open.1.is_none()) {
            open.1 = Some(today);
            self.end_spell(person);
        }
    }

    fn open(&mut self, person: usize) {
        let today = self.today;
        let managed =
            self.line(person, today).iter().any(|one| one.above == 0 && self.here(number(one.worker)));
        if managed && !self.is_open(person, today) {
            self.people[person].open.push((today, None));
        }
    }

    fn act(&mut self, (what, person, actor, other): (u8, usize, usize, usize)) {
        let today = self.today;
        if !self.here(actor) {
            return;
        }
        let to = worker(other);
        match what {
            0 => self.open(person),
            1 => self.close(person),
            2 | 3 => self.offer(person, actor, other),
            4 => self.handle(person, actor, Move::Agree),
            5 => self.handle(person, actor, Move::Accept),
            6 => self.handle(person, actor, Move::Return { reasons: &[ReturnReason::OwnVoice], words: "" }),
            7 if self.here(other) && other >= MANAGERS => self.handle(person, actor, Move::OfferAgain { to }),
            8 => self.handle(person, actor, Move::Withdraw),
            9 | 10 => self.handle(person, actor, Move::TakeOver { on: today, met: true, today }),
            // whoever leads says who is responsible
            11 if self.here(other) && other >= MANAGERS && self.by(person, actor).leads => {
                self.allocate(person, to);
            }
            12 if self.by(person, actor).leads => self.end_spell(person),
            13 => self.leave(actor),
            14 => {
                let cover = Some(to).filter(|_| self.here(other) && actor != other);
                let until = (other % 3 > 0).then(|| add_days(today, i32::try_from(other).unwrap_or(0)));
                self.away.push(Away { worker: worker(actor), from: today, to: until, cover });
            }
            15.. => self.today = add_days(today, 1),
            _ => {}
        }
        self.let_fall();
    }

    /// What no longer says what is so is taken back by itself.
    fn let_fall(&mut self) {
        for person in 0..PEOPLE {
            let Some(held) = self.people[person].handover else { continue };
            let (responsible, open) = (self.responsible(person), self.is_open(person, self.today));
            if !still_stands(&held, responsible, self.here(number(held.to)), open) {
                self.people[person].handover = None;
            }
        }
    }

    fn answers_now(&self, person: usize) -> Option<WorkerId> {
        self.answered_on(person, self.today)
    }

    fn answered_on(&self, person: usize, on: Date) -> Option<WorkerId> {
        let spells = &self.people[person].spells;
        answers(spells, &self.line(person, on), &self.away, on).map(practice::handover::Answers::who)
    }
}

fn any_act() -> impl Strategy<Value = (u8, usize, usize, usize)> {
    (0..20_u8, 0..PEOPLE, 0..WORKERS, 0..WORKERS)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn at_every_instant_one_named_person_answers(acts in prop::collection::vec(any_act(), 1..160)) {
        let mut council = Council::new();
        for person in 0..PEOPLE {
            council.open(person);
        }
        for act in acts {
            let before: Vec<_> = (0..PEOPLE).map(|person| council.answers_now(person)).collect();
            let day = council.today;
            council.act(act);
            for (person, before) in before.into_iter().enumerate() {
                if !council.is_open(person, council.today) {
                    continue;
                }
                let who = council.answers_now(person);
                prop_assert!(who.is_some(), "nobody answers for {person} after {act:?}");
                let left = who.and_then(|who| council.left[number(who)]);
                prop_assert!(left.is_none_or(|left| council.today <= left), "{who:?} has left");
                // offers, answers, returns and withdrawals move nothing: only taking over does
                if (2..=8).contains(&act.0) && day == council.today {
                    prop_assert_eq!(before, who, "{:?}", act);
                }
            }
        }
        // and looked back on, no day of an open episode was without somebody
        let mut day = BEGAN;
        while day <= council.today {
            for person in (0..PEOPLE).filter(|person| council.is_open(*person, day)) {
                let who = council.answered_on(person, day);
                prop_assert!(who.is_some(), "nobody answered for {person} on {day}");
                let left = who.and_then(|who| council.left[number(who)]);
                prop_assert!(left.is_none_or(|left| day <= left), "{who:?} had left by {day}");
            }
            day = add_days(day, 1);
        }
    }

    /// However many hand-overs there were, responsibility is one line: on no day do two spells stand unless it is the day on
    /// which one takes over from the other.
    #[test]
    fn two_are_responsible_on_no_day_but_that_of_a_hand_over(acts in prop::collection::vec(any_act(), 1..160)) {
        let mut council = Council::new();
        for person in 0..PEOPLE {
            council.open(person);
        }
        for act in acts {
            council.act(act);
        }
        for person in &council.people {
            prop_assert!(person.spells.iter().filter(|one| one.to.is_none()).count() <= 1);
            for (before, after) in person.spells.iter().zip(person.spells.iter().skip(1)) {
                prop_assert!(before.to.is_some_and(|to| to <= after.from));
            }
        }
    }
}
