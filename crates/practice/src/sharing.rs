//! What of one thing recorded a person of the record may read in their own space. Staff are asked about in [`crate::access`];
//! here it is the child, the mother, the grandfather. People who were there come first: what was said and done in front of
//! somebody is theirs to read. What one person said alone with a worker never reaches another by accident, whoever else was
//! in the house.

use crate::entry::Readers;
use crate::id::PersonId;

/// Somebody of the record who was there when it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct There {
    /// Who.
    pub person: PersonId,
    /// Whether the worker saw them alone.
    pub alone: bool,
}

/// One thing recorded, as far as it decides who of the record may read it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// For whom it is kept.
    pub readers: Readers,
    /// People of the record named as readers.
    pub named: &'a [PersonId],
    /// People of the record who were there.
    pub there: &'a [There],
    /// The person to whom it was written.
    pub written_to: Option<PersonId>,
    /// Whose words its statements are, in their order; none for words of a worker or of somebody without a record.
    pub statements: &'a [Option<PersonId>],
}

/// What of it somebody may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What happened, in the worker's words, with its photos and what was agreed.
    pub account: bool,
    /// Which of the statements, in their order.
    pub statements: Vec<bool>,
}

/// What of one thing recorded this person may read in their own space; none where it is not there for them at all.
///
/// Their own words are always theirs. Kept to *people named*, those named read the whole of it. Kept to *staff*, nobody but
/// staff does. Otherwise those who were there read it, and the one to whom it was written; but where somebody else was seen
/// alone, the account and that person's words are not for the others: what a child says alone is the child's.
pub fn shown(viewer: PersonId, told: &Told<'_>) -> Option<Shown> {
    let named = told.readers == Readers::Named && told.named.contains(&viewer);
    let with_them = told.written_to == Some(viewer) || told.there.iter().any(|one| one.person == viewer);
    let alone = |person: PersonId| told.there.iter().any(|one| one.person == person && one.alone);
    let another_alone = told.there.iter().any(|one| one.alone && one.person != viewer);
    let open = told.readers == Readers::Present && with_them;
    let kept = told.readers == Readers::Staff;
    let account = named || open && !another_alone;
    let statements: Vec<bool> = told
        .statements
        .iter()
        .map(|owner| match owner {
            Some(person) if *person == viewer => !kept || open,
            Some(person) => named || open && !alone(*person),
            // a worker's words belong to the account
            None => account,
        })
        .collect();
    (account || statements.contains(&true)).then_some(Shown { account, statements })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const JOSIE: PersonId = PersonId(Uuid::from_u128(1));
    const LEANNE: PersonId = PersonId(Uuid::from_u128(2));
    const CRAIG: PersonId = PersonId(Uuid::from_u128(3));

    const fn there(person: PersonId, alone: bool) -> There {
        There { person, alone }
    }

    fn told<'a>(
        readers: Readers,
        there: &'a [There],
        named: &'a [PersonId],
        statements: &'a [Option<PersonId>],
    ) -> Told<'a> {
        Told { readers, named, there, written_to: None, statements }
    }

    #[test]
    fn those_who_were_there_read_it_and_nobody_else() {
        let both = [there(JOSIE, false), there(LEANNE, false)];
        let words = [Some(JOSIE), Some(LEANNE), None];
        let entry = told(Readers::Present, &both, &[], &words);
        let whole = Some(Shown { account: true, statements: vec![true, true, true] });
        assert_eq!(shown(JOSIE, &entry), whole);
        assert_eq!(shown(LEANNE, &entry), whole);
        assert_eq!(shown(CRAIG, &entry), None);
    }

    #[test]
    fn what_a_child_says_alone_does_not_reach_their_mother() {
        let home = [there(JOSIE, true), there(LEANNE, false)];
        let words = [Some(JOSIE), Some(LEANNE), None];
        let entry = told(Readers::Present, &home, &[], &words);
        assert_eq!(
            shown(LEANNE, &entry),
            Some(Shown { account: false, statements: vec![false, true, false] })
        );
        assert_eq!(shown(JOSIE, &entry), Some(Shown { account: true, statements: vec![true, true, true] }));
        let silent = told(Readers::Present, &home, &[], &[Some(JOSIE)]);
        assert_eq!(shown(LEANNE, &silent), None, "not even that it exists");
    }

    #[test]
    fn kept_to_staff_or_to_others_it_is_not_there() {
        let both = [there(JOSIE, false), there(LEANNE, false)];
        assert_eq!(shown(LEANNE, &told(Readers::Staff, &both, &[], &[None])), None);
        let named = told(Readers::Named, &both, &[CRAIG], &[Some(JOSIE), None]);
        assert_eq!(shown(CRAIG, &named), Some(Shown { account: true, statements: vec![true, true] }));
        assert_eq!(shown(LEANNE, &named), None);
        assert_eq!(shown(JOSIE, &named), Some(Shown { account: false, statements: vec![true, false] }));
    }

    #[test]
    fn a_note_written_to_somebody_is_theirs() {
        let entry = Told { written_to: Some(JOSIE), ..told(Readers::Present, &[], &[], &[]) };
        assert_eq!(shown(JOSIE, &entry), Some(Shown { account: true, statements: vec![] }));
        assert_eq!(shown(LEANNE, &entry), None);
    }

    /// The same once more, written as plainly and slowly as can be, from the words of the rule.
    fn slowly(viewer: PersonId, told: &Told<'_>) -> Option<Shown> {
        let mut was_there = false;
        let mut others_alone = vec![];
        for one in told.there {
            if one.person == viewer {
                was_there = true;
            } else if one.alone {
                others_alone.push(one.person);
            }
        }
        if told.written_to == Some(viewer) {
            was_there = true;
        }
        let account = match told.readers {
            Readers::Staff => false,
            Readers::Named => told.named.contains(&viewer),
            Readers::Present => was_there && others_alone.is_empty(),
        };
        let mut statements = vec![];
        for owner in told.statements {
            let own = *owner == Some(viewer);
            let may = match (told.readers, owner) {
                (Readers::Staff, _) => false,
                (Readers::Named, Some(_)) => own || told.named.contains(&viewer),
                (Readers::Present, Some(person)) => own || was_there && !others_alone.contains(person),
                (_, None) => account,
            };
            statements.push(may);
        }
        if account || statements.iter().any(|may| *may) { Some(Shown { account, statements }) } else { None }
    }

    fn someone() -> impl Strategy<Value = PersonId> {
        (1_u128..6).prop_map(|n| PersonId(Uuid::from_u128(n)))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn ten_thousand_worlds_agree_with_the_slow_reading(
            readers in prop_oneof![Just(Readers::Present), Just(Readers::Named), Just(Readers::Staff)],
            named in proptest::collection::vec(someone(), 0..3),
            there in proptest::collection::vec((someone(), any::<bool>()), 0..4),
            written_to in proptest::option::of(someone()),
            statements in proptest::collection::vec(proptest::option::of(someone()), 0..4),
            viewer in someone(),
        ) {
            let there: Vec<There> = there.into_iter().map(|(person, alone)| There { person, alone }).collect();
            let told = Told { readers, named: &named, there: &there, written_to, statements: &statements };
            prop_assert_eq!(shown(viewer, &told), slowly(viewer, &told));
        }

        #[test]
        fn nobody_who_was_not_there_named_or_addressed_reads_what_is_not_their_own(
            there in proptest::collection::vec((someone(), any::<bool>()), 0..4),
            statements in proptest::collection::vec(proptest::option::of(someone()), 0..4),
        ) {
            let stranger = PersonId(Uuid::from_u128(99));
            let there: Vec<There> = there.into_iter().map(|(person, alone)| There { person, alone }).collect();
            for readers in [Readers::Present, Readers::Named, Readers::Staff] {
                let told = Told { readers, named: &[], there: &there, written_to: None, statements: &statements };
                prop_assert_eq!(shown(stranger, &told), None);
            }
        }
    }
}
