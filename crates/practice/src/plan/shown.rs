//! Who of the family reads what of a plan in their own space. Each voice stays in its own place: a mother reads the plan and
//! nothing of the father's private words; a child's number is the child's.

use crate::id::PersonId;
use crate::words::words;
use uuid::Uuid;

words! {
    /// Who of the family may read a line of a plan. The workers read all of it.
    LineReaders {
        Everyone = "everyone", "Everyone in the plan";
        Themselves = "themselves", "Only whose words they are";
    }
}

/// Whose words something of a plan is, as far as who may read it depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// Of somebody of the record: the person themselves, or another.
    Person(PersonId),
    /// Of a worker.
    Service,
    /// Of somebody who has no record.
    Other,
}

/// Who may read a line where nobody said it: what a worker writes is for everyone in the plan, what one of the family says
/// is theirs until they are fine with the others reading it.
pub const fn usual_readers(by: Spoken) -> LineReaders {
    match by {
        Spoken::Service => LineReaders::Everyone,
        Spoken::Person(_) | Spoken::Other => LineReaders::Themselves,
    }
}

/// A line, as far as who may read it depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldLine {
    /// The same in every version.
    pub line: Uuid,
    /// Whose words it is.
    pub by: Spoken,
    /// Who may read it.
    pub readers: LineReaders,
    /// Whether there are words for the child.
    pub for_child: bool,
}

/// Where a promise was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeIn {
    /// In the plan itself.
    Plan,
    /// In something recorded, of which the looker reads this promise or not.
    Entry {
        /// Whether they read it there.
        read: bool,
    },
}

/// A whole plan, as far as who may read it depends on it.
#[derive(Clone, Copy, Debug)]
pub struct ToldPlan<'a> {
    /// Whose plan.
    pub about: PersonId,
    /// Its lines.
    pub lines: &'a [ToldLine],
    /// The numbers: of which goal, and who said them.
    pub numbers: &'a [(Uuid, Spoken)],
    /// Who said whether they agree.
    pub views: &'a [Spoken],
    /// The promises: who made them, and where.
    pub promises: &'a [(Spoken, MadeIn)],
}

/// Which version of their own plan somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Their own words, and words written for them.
    ForChild,
    /// Everyone's, as far as it is for them.
    Whole,
}

/// From which age a child may choose to read the whole of their own plan. A figure of ours.
pub const MAY_CHOOSE: i16 = 12;
/// From which age the whole is what somebody reads first.
pub const READS_WHOLE: i16 = 18;

/// Which version of their own plan somebody reads: a child their own, an older child the whole where they choose it.
pub const fn version(age: Option<i16>, chose_whole: bool) -> Version {
    match age {
        Some(age) if age >= READS_WHOLE => Version::Whole,
        Some(age) if age < MAY_CHOOSE => Version::ForChild,
        // of whom nobody knows the age chooses too
        Some(_) | None if chose_whole => Version::Whole,
        Some(_) | None => Version::ForChild,
    }
}

/// Somebody of the family who looks at a plan in their own space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looker {
    /// Who.
    pub person: PersonId,
    /// Whether they hold parental responsibility for whose plan it is, and may know of them.
    pub responsible: bool,
    /// Which version they read, where it is their own plan.
    pub version: Version,
}

/// In which wording a line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// As it was written.
    AsWritten,
    /// In the words for the child.
    ForChild,
}

/// What of a plan somebody reads: of each list, in its order, what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenPlan {
    /// Each line.
    pub lines: Vec<Option<Wording>>,
    /// Each number.
    pub numbers: Vec<bool>,
    /// Each view.
    pub views: Vec<bool>,
    /// Each promise.
    pub promises: Vec<bool>,
}

/// What of a plan somebody of the family reads in their own space.
///
/// Everyone reads their own words. Whose plan it is reads, as a child, the words written for them, and otherwise what is for
/// everyone in it. A parent who holds responsibility reads what is for everyone once they have a voice in the plan: somebody
/// asked them. Numbers, and whether somebody agrees, are of each voice alone; the workers' are for all who read the whole.
/// Promises are read by who made them; the service's by everyone in the plan, or by who reads the entry they were made in.
pub fn shown(looker: &Looker, plan: &ToldPlan<'_>) -> SeenPlan {
    let own = |by: Spoken| by == Spoken::Person(looker.person);
    let themselves = looker.person == plan.about;
    let has_voice = plan.lines.iter().any(|one| own(one.by))
        || plan.numbers.iter().any(|one| own(one.1))
        || plan.views.iter().any(|by| own(*by))
        || plan.promises.iter().any(|one| own(one.0) && one.1 == MadeIn::Plan);
    let inside = themselves || looker.responsible && has_voice;
    let whole = inside && (!themselves || looker.version == Version::Whole);
    let wording = |one: &ToldLine| {
        let open = whole && one.readers == LineReaders::Everyone;
        if own(one.by) || open {
            return Some(Wording::AsWritten);
        }
        (themselves && one.for_child).then_some(Wording::ForChild)
    };
    let lines: Vec<Option<Wording>> = plan.lines.iter().map(wording).collect();
    let goal_read =
        |goal: Uuid| plan.lines.iter().zip(&lines).any(|(one, read)| one.line == goal && read.is_some());
    let voice = |by: Spoken| own(by) || whole && by == Spoken::Service;
    SeenPlan {
        numbers: plan.numbers.iter().map(|(goal, by)| goal_read(*goal) && voice(*by)).collect(),
        views: plan.views.iter().map(|by| voice(*by)).collect(),
        promises: plan
            .promises
            .iter()
            .map(|(by, made)| match made {
                MadeIn::Entry { read } => *read,
                MadeIn::Plan => own(*by) || inside && *by == Spoken::Service,
            })
            .collect(),
        lines,
    }
}

/// Whether there is anything of a plan for somebody.
pub fn reads_any(seen: &SeenPlan) -> bool {
    seen.lines.iter().any(Option::is_some)
        || [&seen.views, &seen.promises].iter().any(|all| all.contains(&true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const JOSIE: PersonId = PersonId(Uuid::from_u128(1));
    const LEANNE: PersonId = PersonId(Uuid::from_u128(2));
    const CRAIG: PersonId = PersonId(Uuid::from_u128(3));
    const GOAL: Uuid = Uuid::from_u128(70);

    const fn line(n: u128, by: Spoken, readers: LineReaders) -> ToldLine {
        ToldLine { line: Uuid::from_u128(n), by, readers, for_child: false }
    }

    const fn looks(person: PersonId, version: Version) -> Looker {
        Looker { person, responsible: true, version }
    }

    #[test]
    fn a_mother_reads_the_plan_and_nothing_of_the_fathers() {
        let lines = [
            line(70, Spoken::Person(JOSIE), LineReaders::Everyone),
            line(71, Spoken::Person(CRAIG), LineReaders::Themselves),
            line(72, Spoken::Person(LEANNE), LineReaders::Themselves),
            line(73, Spoken::Service, LineReaders::Everyone),
            line(74, Spoken::Other, LineReaders::Themselves),
        ];
        let numbers = [(GOAL, Spoken::Person(JOSIE)), (GOAL, Spoken::Person(CRAIG)), (GOAL, Spoken::Service)];
        let views = [Spoken::Person(CRAIG), Spoken::Person(LEANNE)];
        let promises = [
            (Spoken::Person(CRAIG), MadeIn::Plan),
            (Spoken::Service, MadeIn::Plan),
            (Spoken::Service, MadeIn::Entry { read: false }),
        ];
        let plan =
            ToldPlan { about: JOSIE, lines: &lines, numbers: &numbers, views: &views, promises: &promises };
        let seen = shown(&looks(LEANNE, Version::Whole), &plan);
        let written = Some(Wording::AsWritten);
        assert_eq!(seen.lines, [written, None, written, written, None]);
        assert_eq!(seen.numbers, [false, false, true], "a child's number is the child's");
        assert_eq!(seen.views, [false, true]);
        assert_eq!(seen.promises, [false, true, false]);
        let not_responsible = Looker { responsible: false, ..looks(LEANNE, Version::Whole) };
        assert_eq!(
            shown(&not_responsible, &plan).lines,
            [None, None, written, None, None],
            "their own words alone"
        );
    }

    #[test]
    fn a_parent_whom_nobody_asked_reads_nothing_of_a_childs_plan() {
        let lines = [line(70, Spoken::Service, LineReaders::Everyone)];
        let read_elsewhere = [(Spoken::Person(CRAIG), MadeIn::Entry { read: true })];
        let plan =
            ToldPlan { about: JOSIE, lines: &lines, numbers: &[], views: &[], promises: &read_elsewhere };
        let seen = shown(&looks(CRAIG, Version::Whole), &plan);
        assert_eq!(seen.lines, [None]);
    }

    #[test]
    fn a_child_reads_their_own_words_and_words_for_them() {
        let hard = line(71, Spoken::Service, LineReaders::Everyone);
        let lines = [
            line(70, Spoken::Person(JOSIE), LineReaders::Themselves),
            hard,
            ToldLine { line: Uuid::from_u128(72), for_child: true, ..hard },
        ];
        let numbers = [(GOAL, Spoken::Person(JOSIE)), (GOAL, Spoken::Service)];
        let plan = ToldPlan { about: JOSIE, lines: &lines, numbers: &numbers, views: &[], promises: &[] };
        let seen = shown(&looks(JOSIE, Version::ForChild), &plan);
        assert_eq!(seen.lines, [Some(Wording::AsWritten), None, Some(Wording::ForChild)]);
        assert_eq!(seen.numbers, [true, false]);
        let whole = shown(&looks(JOSIE, Version::Whole), &plan);
        assert_eq!(whole.lines, [Some(Wording::AsWritten); 3]);
    }

    #[test]
    fn a_small_child_reads_the_childs_version_and_an_older_one_chooses() {
        for (age, chose, reads) in [
            (Some(8), true, Version::ForChild),
            (Some(12), false, Version::ForChild),
            (Some(12), true, Version::Whole),
            (Some(18), false, Version::Whole),
            (None, false, Version::ForChild),
            (None, true, Version::Whole),
        ] {
            assert_eq!(version(age, chose), reads, "{age:?} {chose}");
        }
    }

    #[test]
    fn what_one_of_the_family_says_is_theirs_until_somebody_says_otherwise() {
        assert_eq!(usual_readers(Spoken::Person(CRAIG)), LineReaders::Themselves);
        assert_eq!(usual_readers(Spoken::Other), LineReaders::Themselves);
        assert_eq!(usual_readers(Spoken::Service), LineReaders::Everyone);
    }

    /// How often somebody was asked, counted one by one.
    fn times_asked(me: Spoken, plan: &ToldPlan<'_>) -> usize {
        let mut asked = 0;
        for one in plan.lines {
            if one.by == me {
                asked += 1;
            }
        }
        for (_, by) in plan.numbers {
            if *by == me {
                asked += 1;
            }
        }
        for by in plan.views {
            if *by == me {
                asked += 1;
            }
        }
        for (by, made) in plan.promises {
            if *by == me && matches!(made, MadeIn::Plan) {
                asked += 1;
            }
        }
        asked
    }

    /// The same once more, as slowly as can be, one thing at a time and from the words of the rule.
    fn slowly(looker: &Looker, plan: &ToldPlan<'_>) -> SeenPlan {
        let me = Spoken::Person(looker.person);
        let asked = times_asked(me, plan);
        let it_is_theirs = looker.person == plan.about;
        let parent_in_it = !it_is_theirs && looker.responsible && asked > 0;
        let as_a_child = it_is_theirs && looker.version == Version::ForChild;
        let as_a_grown_one = it_is_theirs && looker.version == Version::Whole;
        let mut lines = vec![];
        for one in plan.lines {
            let mut read = None;
            if it_is_theirs && one.for_child {
                read = Some(Wording::ForChild);
            }
            if (parent_in_it || as_a_grown_one) && one.readers == LineReaders::Everyone {
                read = Some(Wording::AsWritten);
            }
            if one.by == me {
                read = Some(Wording::AsWritten);
            }
            lines.push(read);
        }
        let mut numbers = vec![];
        for (goal, by) in plan.numbers {
            let mut there = false;
            for (index, one) in plan.lines.iter().enumerate() {
                if one.line == *goal && lines[index].is_some() {
                    there = true;
                }
            }
            let theirs = *by == me;
            let service = *by == Spoken::Service && !as_a_child && (parent_in_it || as_a_grown_one);
            numbers.push(there && (theirs || service));
        }
        let mut views = vec![];
        for by in plan.views {
            views.push(*by == me || *by == Spoken::Service && (parent_in_it || as_a_grown_one));
        }
        let mut promises = vec![];
        for (by, made) in plan.promises {
            promises.push(match made {
                MadeIn::Entry { read: true } => true,
                MadeIn::Entry { read: false } => false,
                MadeIn::Plan if *by == me => true,
                MadeIn::Plan => *by == Spoken::Service && (it_is_theirs || parent_in_it),
            });
        }
        SeenPlan { lines, numbers, views, promises }
    }

    fn someone() -> impl Strategy<Value = PersonId> {
        (1_u128..5).prop_map(|n| PersonId(Uuid::from_u128(n)))
    }

    fn spoken() -> impl Strategy<Value = Spoken> {
        prop_oneof![someone().prop_map(Spoken::Person), Just(Spoken::Service), Just(Spoken::Other)]
    }

    fn goal() -> impl Strategy<Value = Uuid> {
        (0_u128..4).prop_map(Uuid::from_u128)
    }

    fn a_line() -> impl Strategy<Value = ToldLine> {
        let readers = prop_oneof![Just(LineReaders::Everyone), Just(LineReaders::Themselves)];
        (goal(), spoken(), readers, any::<bool>()).prop_map(|(line, by, readers, for_child)| ToldLine {
            line,
            by,
            readers,
            for_child,
        })
    }

    fn made() -> impl Strategy<Value = MadeIn> {
        prop_oneof![Just(MadeIn::Plan), any::<bool>().prop_map(|read| MadeIn::Entry { read })]
    }

    fn a_looker() -> impl Strategy<Value = Looker> {
        let version = prop_oneof![Just(Version::ForChild), Just(Version::Whole)];
        (someone(), any::<bool>(), version).prop_map(|(person, responsible, version)| Looker {
            person,
            responsible,
            version,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn ten_thousand_worlds_agree_with_the_slow_reading(
            about in someone(),
            looker in a_looker(),
            lines in proptest::collection::vec(a_line(), 0..6),
            numbers in proptest::collection::vec((goal(), spoken()), 0..5),
            views in proptest::collection::vec(spoken(), 0..4),
            promises in proptest::collection::vec((spoken(), made()), 0..5),
        ) {
            let plan = ToldPlan { about, lines: &lines, numbers: &numbers, views: &views, promises: &promises };
            prop_assert_eq!(shown(&looker, &plan), slowly(&looker, &plan));
        }

        #[test]
        fn nothing_that_another_of_the_family_says_of_themselves_alone_reaches_anybody_but_the_child_in_words_for_it(
            about in someone(),
            looker in a_looker(),
            lines in proptest::collection::vec(a_line(), 0..6),
            numbers in proptest::collection::vec((goal(), spoken()), 0..5),
            views in proptest::collection::vec(spoken(), 0..4),
        ) {
            let plan = ToldPlan { about, lines: &lines, numbers: &numbers, views: &views, promises: &[] };
            let seen = shown(&looker, &plan);
            let another = |by: &Spoken| matches!(by, Spoken::Person(who) if *who != looker.person) || *by == Spoken::Other;
            for (one, read) in lines.iter().zip(&seen.lines) {
                if another(&one.by) && one.readers == LineReaders::Themselves {
                    prop_assert_ne!(*read, Some(Wording::AsWritten));
                    prop_assert!(read.is_none() || looker.person == about);
                }
            }
            for (one, read) in numbers.iter().zip(&seen.numbers) {
                prop_assert!(!(another(&one.1) && *read));
            }
            for (by, read) in views.iter().zip(&seen.views) {
                prop_assert!(!(another(by) && *read));
            }
        }
    }
}
