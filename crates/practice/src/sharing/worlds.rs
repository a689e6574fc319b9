//! Ten thousand random worlds: people who live together or apart at addresses, who were there or were not, named, addressed,
//! seen alone; words that tell where somebody lives; holds and marks. Who reads what is asked twice: of the rule, and of a
//! second reading of it, written from its words as plainly and slowly as can be.

use super::{Held, Private, Secret, Shown, There, Told, Way, What, shown, tells};
use crate::entry::Readers;
use crate::id::PersonId;
use proptest::prelude::*;
use uuid::Uuid;

/// How many people there are in a world.
const PEOPLE: u128 = 6;

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

/// Where the house with this number stands.
fn street(house: usize) -> String {
    format!("{} Larch Row", 140 + house)
}

#[derive(Clone, Debug)]
struct World {
    /// In which house each person lives.
    homes: Vec<usize>,
    readers: Readers,
    named: Vec<PersonId>,
    there: Vec<There>,
    written_to: Option<PersonId>,
    /// Whose words, and which house they tell of.
    statements: Vec<(Option<PersonId>, Option<usize>)>,
    /// Which house the account tells of.
    account: Option<usize>,
    held: Vec<Held>,
    marks: Vec<Private>,
}

fn text(house: Option<usize>) -> String {
    house.map_or_else(|| "We spoke of school.".to_owned(), |house| format!("She is at {}.", street(house)))
}

impl World {
    fn lives_in(&self, house: usize) -> Vec<PersonId> {
        let lives = |n: &u128| self.homes.get(usize::try_from(*n).unwrap() - 1) == Some(&house);
        (1..=PEOPLE).filter(lives).map(person).collect()
    }

    /// The rule, fed as the program feeds it: what texts tell of an address is found in them.
    fn quickly(&self, viewer: PersonId) -> Option<Shown> {
        let secrets: Vec<Secret> = (0..3)
            .map(|house| Secret { theirs: self.lives_in(house), way: Way::Address, words: street(house) })
            .filter(|secret| !secret.theirs.is_empty())
            .collect();
        let texts = self.statements.iter().enumerate().map(|(at, one)| (What::Words(at), text(one.1)));
        let mut private = self.marks.clone();
        for (what, text) in texts.chain([(What::Account, text(self.account))]) {
            let told = secrets.iter().filter(|secret| tells(&text, secret));
            private.extend(told.map(|secret| Private { what, theirs: secret.theirs.clone() }));
        }
        let owners: Vec<Option<PersonId>> = self.statements.iter().map(|one| one.0).collect();
        shown(
            viewer,
            &Told {
                readers: self.readers,
                named: &self.named,
                there: &self.there,
                written_to: self.written_to,
                statements: &owners,
                held: &self.held,
                private: &private,
            },
        )
    }

    /// Whether this part is taken from a reader: held back, marked as another's, or telling of a house that others live in
    /// and they do not.
    fn taken(&self, viewer: PersonId, what: What, house: Option<usize>) -> bool {
        let mut taken = false;
        for held in &self.held {
            let of_it = held.what == What::All || held.what == what;
            let from_them = held.from.is_none() || held.from == Some(viewer);
            if of_it && from_them {
                taken = true;
            }
        }
        for mark in &self.marks {
            let of_it = mark.what == What::All || mark.what == what;
            if of_it && !mark.theirs.contains(&viewer) {
                taken = true;
            }
        }
        if let Some(house) = house {
            let inside = self.lives_in(house);
            if !inside.is_empty() && !inside.contains(&viewer) {
                taken = true;
            }
        }
        taken
    }

    /// The same as the rule says in words.
    fn slowly(&self, viewer: PersonId) -> (bool, Vec<bool>) {
        let mut was_there = false;
        let mut others_alone = vec![];
        for one in &self.there {
            if one.person == viewer {
                was_there = true;
            } else if one.alone {
                others_alone.push(one.person);
            }
        }
        let addressed = self.written_to == Some(viewer);
        let mut account = match self.readers {
            Readers::Staff => false,
            Readers::Named => self.named.contains(&viewer),
            Readers::Present => (was_there || addressed) && others_alone.is_empty(),
        };
        if self.taken(viewer, What::Account, self.account) {
            account = false;
        }
        let mut statements = vec![];
        for (at, (owner, house)) in self.statements.iter().enumerate() {
            let taken = self.taken(viewer, What::Words(at), *house);
            statements.push(match (self.readers, owner) {
                (Readers::Staff, Some(_)) => false,
                (_, Some(person)) if *person == viewer => true,
                (Readers::Named, Some(_)) => self.named.contains(&viewer) && !taken,
                (Readers::Present, Some(person)) => {
                    let mut said_among_others = false;
                    let mut said_alone = false;
                    for one in &self.there {
                        if one.person == *person {
                            said_among_others |= !one.alone;
                            said_alone |= one.alone;
                        }
                    }
                    let heard = was_there && said_among_others && !said_alone;
                    (heard || addressed && !said_alone) && !taken
                }
                (_, None) => account && !taken,
            });
        }
        (account, statements)
    }
}

fn someone() -> impl Strategy<Value = PersonId> {
    (1..=PEOPLE).prop_map(person)
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![Just(What::All), Just(What::Account), (0_usize..4).prop_map(What::Words)]
}

fn house() -> impl Strategy<Value = Option<usize>> {
    prop_oneof![3 => Just(None), 1 => (0_usize..3).prop_map(Some)]
}

prop_compose! {
    fn world()(
        homes in proptest::collection::vec(0_usize..3, 6),
        readers in prop_oneof![4 => Just(Readers::Present), 2 => Just(Readers::Named), 1 => Just(Readers::Staff)],
        named in proptest::collection::vec(someone(), 0..3),
        there in proptest::collection::vec((someone(), any::<bool>()), 0..4),
        written_to in proptest::option::of(someone()),
        statements in proptest::collection::vec((proptest::option::of(someone()), house()), 0..4),
        account in house(),
        held in proptest::collection::vec((what(), proptest::option::of(someone())), 0..3),
        marks in proptest::collection::vec((what(), proptest::collection::vec(someone(), 0..2)), 0..3),
    ) -> World {
        World {
            homes, readers, named, written_to, statements, account,
            there: there.into_iter().map(|(person, alone)| There { person, alone }).collect(),
            held: held.into_iter().map(|(what, from)| Held { what, from }).collect(),
            marks: marks.into_iter().map(|(what, theirs)| Private { what, theirs }).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn ten_thousand_worlds_agree_with_the_slow_reading(world in world()) {
        for viewer in (1..=PEOPLE).map(person) {
            let (account, statements) = world.slowly(viewer);
            let slow = (account || statements.contains(&true)).then_some((account, statements));
            let quick = world.quickly(viewer);
            prop_assert_eq!(quick.as_ref().map(|one| (one.account, one.statements.clone())), slow);
        }
    }

    #[test]
    fn nobody_who_was_not_there_named_or_addressed_reads_what_is_not_their_own(world in world()) {
        let stranger = person(99);
        prop_assert_eq!(world.quickly(stranger), None);
    }

    #[test]
    fn nothing_that_is_held_back_shows_that_it_is_there(world in world()) {
        // taking what is held back out of the record altogether leaves the same to read
        for viewer in (1..=PEOPLE).map(person) {
            let Some(shown) = world.quickly(viewer) else { continue };
            let stopped = |at: usize| world.taken(viewer, What::Words(at), world.statements[at].1);
            let without = World {
                statements: (0..world.statements.len())
                    .filter(|at| !stopped(*at) || world.statements[*at].0 == Some(viewer))
                    .map(|at| world.statements[at])
                    .collect(),
                // what was said of the others is said of them still
                held: world.held.iter().filter(|one| !matches!(one.what, What::Words(_))).copied().collect(),
                marks: world.marks.iter().filter(|one| !matches!(one.what, What::Words(_))).cloned().collect(),
                ..world.clone()
            };
            let again = without.quickly(viewer).unwrap();
            prop_assert_eq!(again.account, shown.account);
            let many = |shown: &Shown| shown.statements.iter().filter(|one| **one).count();
            prop_assert_eq!(many(&again), many(&shown));
            if world.taken(viewer, What::Account, world.account) {
                prop_assert!(!shown.rest_is_anothers, "a page would say that there is more");
            }
        }
    }

    #[test]
    fn an_address_reaches_nobody_who_does_not_live_there_but_whoever_said_it(world in world()) {
        for viewer in (1..=PEOPLE).map(person) {
            let Some(shown) = world.quickly(viewer) else { continue };
            let secret = |house: Option<usize>| {
                house.is_some_and(|house| {
                    let inside = world.lives_in(house);
                    !inside.is_empty() && !inside.contains(&viewer)
                })
            };
            prop_assert!(!(shown.account && secret(world.account)));
            for (at, (owner, house)) in world.statements.iter().enumerate() {
                prop_assert!(!(shown.statements[at] && secret(*house) && *owner != Some(viewer)));
            }
        }
    }
}
