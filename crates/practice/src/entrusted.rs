//! What of somebody's space another person may come in to: an advocate reads what the person chose; somebody who works with
//! the family for another service, or cares for them, what was shared with them and why; a proxy acts for the person within
//! limits. Nobody of them ever reads more than the person themselves may, and what the person said alone reaches them only
//! by the person's own choice of that one thing.

use crate::id::EntryId;
use crate::space::InSpace;
use crate::words::words;
use jiff::civil::Date;

words! {
    /// What of a space may be shown to somebody else.
    Part {
        Story = "story", "Their story";
        Plan = "plan", "Their plan";
        Written = "written", "What is written about days when they were there";
        Questions = "questions", "Their questions, with the answers";
        One = "one", "One thing that is written";
    }
}

words! {
    /// Who gave it to be read.
    GivenBy {
        Person = "person", "Chosen by them";
        Together = "together", "Chosen together with a worker";
        Worker = "worker", "Shared by a worker";
    }
}

/// Somebody who may come in to another's space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comes {
    /// As what.
    pub part: InSpace,
    /// From which day.
    pub from: Date,
    /// Until which day, where there is an end.
    pub to: Option<Date>,
    /// Of a proxy: may read for the person.
    pub reads: bool,
    /// Of a proxy: may write for the person.
    pub writes: bool,
}

/// Something given to somebody to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// What.
    pub part: Part,
    /// Which one, where it is one thing.
    pub one: Option<EntryId>,
    /// By whom.
    pub by: GivenBy,
    /// From which day.
    pub from: Date,
    /// Until which day, where there is an end.
    pub to: Option<Date>,
}

/// What somebody would read. All of it is already what the person themselves may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The story.
    Story,
    /// The plan.
    Plan,
    /// One thing that is written.
    Written {
        /// Its thread.
        thread: EntryId,
        /// The person was seen alone, or it was kept to people named: a child's private words.
        private: bool,
    },
    /// A question with its answer.
    Question {
        /// The thread of its words.
        thread: EntryId,
        /// It was asked of one worker alone.
        private: bool,
    },
}

fn holds(from: Date, to: Option<Date>, today: Date) -> bool {
    from <= today && to.is_none_or(|to| today <= to)
}

impl Comes {
    /// Whether they may come in on a day.
    pub fn on(&self, today: Date) -> bool {
        holds(self.from, self.to, today)
    }
}

/// Whether this was given by somebody who may give it to this kind of reader, and holds.
fn counts(comes: &Comes, given: &Given, today: Date) -> bool {
    let by_right = match comes.part {
        // an advocate is the person's own: nobody else chooses for them
        InSpace::Advocate => given.by != GivenBy::Worker,
        InSpace::Partner | InSpace::Carer => true,
        InSpace::Own | InSpace::Proxy => false,
    };
    by_right && holds(given.from, given.to, today)
}

/// Whether somebody who comes in to another's space may read this there.
pub fn may_read(comes: &Comes, given: &[Given], wanted: Wanted, today: Date) -> bool {
    if !comes.on(today) {
        return false;
    }
    let (thread, private) = match wanted {
        Wanted::Story | Wanted::Plan => (None, false),
        Wanted::Written { thread, private } | Wanted::Question { thread, private } => (Some(thread), private),
    };
    if comes.part == InSpace::Proxy {
        return comes.reads && !private;
    }
    given.iter().filter(|one| counts(comes, one, today)).any(|one| match (one.part, wanted) {
        (Part::One, _) => thread.is_some() && one.one == thread && (!private || one.by != GivenBy::Worker),
        (Part::Story, Wanted::Story) | (Part::Plan, Wanted::Plan) => true,
        (Part::Written, Wanted::Written { .. }) | (Part::Questions, Wanted::Question { .. }) => !private,
        _ => false,
    })
}

/// Whether somebody may write in another's space: a proxy, for the person, where that was said.
pub fn may_write(comes: &Comes, today: Date) -> bool {
    comes.part == InSpace::Proxy && comes.writes && comes.on(today)
}

/// For how long somebody may act for another before it is looked at again. No law says so; a proxy who is never looked at
/// again stays one by habit.
pub const PROXY_LOOKED_AT: i32 = 182;

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 22);

    fn comes(part: InSpace) -> Comes {
        Comes { part, from: TODAY, to: None, reads: true, writes: true }
    }

    fn given(part: Part, by: GivenBy) -> Given {
        Given { part, one: None, by, from: TODAY, to: None }
    }

    const fn entry(n: u128) -> EntryId {
        EntryId(Uuid::from_u128(n))
    }

    #[test]
    fn an_advocate_reads_what_the_person_chose_and_nothing_that_a_worker_chose_for_them() {
        let dele = comes(InSpace::Advocate);
        let story = [given(Part::Story, GivenBy::Person)];
        assert!(may_read(&dele, &story, Wanted::Story, TODAY));
        assert!(!may_read(&dele, &story, Wanted::Plan, TODAY));
        assert!(!may_read(&dele, &[], Wanted::Story, TODAY));
        assert!(!may_read(&dele, &[given(Part::Story, GivenBy::Worker)], Wanted::Story, TODAY));
        assert!(may_read(&dele, &[given(Part::Plan, GivenBy::Together)], Wanted::Plan, TODAY));
        assert!(!may_write(&dele, TODAY));
    }

    #[test]
    fn private_words_are_given_one_by_one_and_never_by_a_worker_alone() {
        let alone = Wanted::Written { thread: entry(1), private: true };
        let one = |by| [Given { one: Some(entry(1)), ..given(Part::One, by) }];
        for part in [InSpace::Advocate, InSpace::Carer, InSpace::Partner] {
            let who = comes(part);
            assert!(!may_read(&who, &[given(Part::Written, GivenBy::Person)], alone, TODAY));
            assert!(!may_read(&who, &one(GivenBy::Worker), alone, TODAY));
            assert!(may_read(&who, &one(GivenBy::Person), alone, TODAY));
        }
        assert!(!may_read(&comes(InSpace::Proxy), &one(GivenBy::Person), alone, TODAY));
    }

    #[test]
    fn a_proxy_acts_within_limits_and_until_a_day() {
        let nan = comes(InSpace::Proxy);
        let told = Wanted::Written { thread: entry(1), private: false };
        assert!(may_read(&nan, &[], told, TODAY) && may_write(&nan, TODAY));
        let only_reads = Comes { writes: false, ..nan };
        assert!(may_read(&only_reads, &[], told, TODAY) && !may_write(&only_reads, TODAY));
        let only_writes = Comes { reads: false, ..nan };
        assert!(!may_read(&only_writes, &[], told, TODAY) && may_write(&only_writes, TODAY));
        let over = Comes { to: Some(TODAY - 1.day()), ..nan };
        assert!(!may_read(&over, &[], told, TODAY) && !may_write(&over, TODAY));
    }

    /// The same once more, as plainly and slowly as can be.
    fn slowly(comes: &Comes, given: &[Given], wanted: Wanted, today: Date) -> bool {
        if today < comes.from {
            return false;
        }
        if comes.to.is_some() && comes.to < Some(today) {
            return false;
        }
        let private = match wanted {
            Wanted::Written { private, .. } | Wanted::Question { private, .. } => private,
            Wanted::Story | Wanted::Plan => false,
        };
        match comes.part {
            InSpace::Own => return false,
            InSpace::Proxy => return if private { false } else { comes.reads },
            InSpace::Advocate | InSpace::Partner | InSpace::Carer => {}
        }
        for one in given {
            if today < one.from {
                continue;
            }
            if one.to.is_some() && one.to < Some(today) {
                continue;
            }
            if comes.part == InSpace::Advocate && one.by == GivenBy::Worker {
                continue;
            }
            let fits = match wanted {
                Wanted::Story => one.part == Part::Story,
                Wanted::Plan => one.part == Part::Plan,
                Wanted::Written { thread, .. } => {
                    let whole = one.part == Part::Written && !private;
                    let single = one.part == Part::One && one.one == Some(thread);
                    let own = one.by == GivenBy::Person || one.by == GivenBy::Together;
                    whole || single && (own || !private)
                }
                Wanted::Question { thread, .. } => {
                    let whole = one.part == Part::Questions && !private;
                    let single = one.part == Part::One && one.one == Some(thread);
                    let own = one.by == GivenBy::Person || one.by == GivenBy::Together;
                    whole || single && (own || !private)
                }
            };
            if fits {
                return true;
            }
        }
        false
    }

    fn near() -> impl Strategy<Value = Date> {
        (-3_i32..4).prop_map(|days| TODAY + days.days())
    }

    fn member<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
        (0..all.len()).prop_map(|at| all[at])
    }

    fn gift() -> impl Strategy<Value = Given> {
        let end = proptest::option::of(near());
        let one = proptest::option::of((1_u128..4).prop_map(entry));
        (member(Part::ALL), one, member(GivenBy::ALL), near(), end)
            .prop_map(|(part, one, by, from, to)| Given { part, one, by, from, to })
    }

    fn wish() -> impl Strategy<Value = Wanted> {
        let one = || ((1_u128..4).prop_map(entry), any::<bool>());
        prop_oneof![
            Just(Wanted::Story),
            Just(Wanted::Plan),
            one().prop_map(|(thread, private)| Wanted::Written { thread, private }),
            one().prop_map(|(thread, private)| Wanted::Question { thread, private }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn ten_thousand_worlds_agree_with_the_slow_reading(
            part in member(InSpace::ALL),
            (from, to) in (near(), proptest::option::of(near())),
            (reads, writes) in (any::<bool>(), any::<bool>()),
            given in proptest::collection::vec(gift(), 0..5),
            wanted in wish(),
        ) {
            let comes = Comes { part, from, to, reads, writes };
            prop_assert_eq!(may_read(&comes, &given, wanted, TODAY), slowly(&comes, &given, wanted, TODAY));
            if !comes.on(TODAY) {
                prop_assert!(!may_read(&comes, &given, wanted, TODAY) && !may_write(&comes, TODAY));
            }
        }
    }
}
