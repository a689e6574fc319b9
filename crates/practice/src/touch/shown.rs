//! What of staying in touch somebody of the record sees in their own space. The child sees what they said, what is agreed
//! and what comes next. The brother, the mother or the mentor sees what is agreed with them and nothing else: never what
//! the child said of them, never what is agreed with another.

use crate::id::PersonId;
use crate::touch::{MentorState, Stage, Told, told};

/// One whom a child wants to stay in touch with, as far as it decides who sees what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bond {
    /// Whose wishes they are.
    pub child: PersonId,
    /// The other, where they have a record.
    pub other: Option<PersonId>,
    /// The child's record is restricted or sealed.
    pub child_hidden: bool,
    /// The other's record is restricted or sealed.
    pub other_hidden: bool,
    /// How far the finding of them has come, where they were lost.
    pub stage: Option<Stage>,
}

/// One thing that is kept about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// That the child wants to stay in touch with somebody, by the name the child uses.
    Name,
    /// What the child said they want. Told to one worker alone or not: the child said it.
    Wish,
    /// What is agreed.
    Agreed {
        /// The other was asked and agrees.
        with_them: bool,
        /// It forbids rather than arranges.
        keeps_apart: bool,
    },
    /// A time that is arranged under such an agreement, or on its own.
    Coming {
        /// The other was told.
        with_them: bool,
    },
    /// A time that was, and whether it happened.
    Past,
    /// How the child was, what got in the way, and what a worker wrote of it.
    Account,
    /// How far a search has come.
    Search,
    /// What a mentor is to do.
    Mentor(MentorState),
    /// Why the young person chose them.
    MentorWords,
}

/// Whether somebody of the record may see a piece of it in their own space.
pub fn shown(viewer: PersonId, bond: &Bond, piece: Piece) -> bool {
    if viewer == bond.child {
        return to_child(bond, piece);
    }
    // one of two whose record is hidden is no part of the other's space
    bond.other == Some(viewer) && !bond.child_hidden && !bond.other_hidden && open(bond) && to_other(piece)
}

/// Whether the two may be in touch as far as a search goes.
fn open(bond: &Bond) -> bool {
    bond.stage.is_none_or(|stage| told(stage) == Told::Open)
}

fn to_child(bond: &Bond, piece: Piece) -> bool {
    let there = open(bond) && !bond.other_hidden;
    match piece {
        // their own words are theirs
        Piece::Name | Piece::Wish | Piece::MentorWords | Piece::Search => true,
        Piece::Agreed { .. } | Piece::Coming { .. } | Piece::Past | Piece::Mentor(_) => there,
        Piece::Account => false,
    }
}

const fn to_other(piece: Piece) -> bool {
    match piece {
        Piece::Agreed { with_them, keeps_apart } => with_them && !keeps_apart,
        Piece::Coming { with_them } => with_them,
        Piece::Mentor(state) => matches!(state, MentorState::Asked | MentorState::Agreed),
        Piece::Name | Piece::Wish | Piece::Past | Piece::Account | Piece::Search | Piece::MentorWords => {
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const JOSIE: PersonId = PersonId(Uuid::from_u128(1));
    const ASH: PersonId = PersonId(Uuid::from_u128(2));
    const SAM: PersonId = PersonId(Uuid::from_u128(3));
    const OPEN: Bond =
        Bond { child: JOSIE, other: Some(ASH), child_hidden: false, other_hidden: false, stage: None };

    fn pieces() -> Vec<Piece> {
        let mut all = vec![
            Piece::Name,
            Piece::Wish,
            Piece::Past,
            Piece::Account,
            Piece::Search,
            Piece::MentorWords,
            Piece::Coming { with_them: true },
            Piece::Coming { with_them: false },
        ];
        all.extend(MentorState::ALL.iter().map(|state| Piece::Mentor(*state)));
        for with_them in [true, false] {
            all.extend([true, false].map(|keeps_apart| Piece::Agreed { with_them, keeps_apart }));
        }
        all
    }

    #[test]
    fn a_brother_sees_what_is_agreed_with_him_and_never_what_was_wished() {
        let agreed = Piece::Agreed { with_them: true, keeps_apart: false };
        assert!(shown(ASH, &OPEN, agreed) && shown(JOSIE, &OPEN, agreed));
        for piece in [Piece::Wish, Piece::Past, Piece::Account, Piece::Search, Piece::MentorWords] {
            assert!(!shown(ASH, &OPEN, piece), "{piece:?}");
        }
        assert!(pieces().iter().all(|piece| !shown(SAM, &OPEN, *piece)), "a third sees nothing");
    }

    #[test]
    fn before_it_is_safe_and_agreed_the_two_see_nothing_of_each_other() {
        for stage in [Stage::Found, Stage::Safe, Stage::NotSafe, Stage::DoesNotWant, Stage::Looking] {
            let bond = Bond { stage: Some(stage), ..OPEN };
            assert!(pieces().iter().all(|piece| !shown(ASH, &bond, *piece)), "{stage}");
            assert!(!shown(JOSIE, &bond, Piece::Coming { with_them: true }), "{stage}");
            assert!(shown(JOSIE, &bond, Piece::Wish), "their own words stay theirs");
        }
        let bond = Bond { stage: Some(Stage::BothAgree), ..OPEN };
        assert!(shown(ASH, &bond, Piece::Coming { with_them: true }));
    }

    /// The same once more, piece by piece and as slowly as can be.
    fn slowly(viewer: PersonId, bond: &Bond, piece: Piece) -> bool {
        let mut before_safe = false;
        if let Some(stage) = bond.stage {
            let after =
                [Stage::BothAgree, Stage::FirstWords, Stage::Met, Stage::FamilyMeeting, Stage::Staying];
            before_safe = !after.contains(&stage);
        }
        let is_child = viewer == bond.child;
        let is_other = !is_child && bond.other.is_some_and(|other| other == viewer);
        if is_other && (bond.child_hidden || bond.other_hidden || before_safe) {
            return false;
        }
        if !is_child && !is_other {
            return false;
        }
        match piece {
            Piece::Name | Piece::Wish | Piece::Search | Piece::MentorWords => is_child,
            Piece::Account => false,
            Piece::Past => is_child && !before_safe && !bond.other_hidden,
            Piece::Agreed { with_them, keeps_apart } => {
                if is_child {
                    !before_safe && !bond.other_hidden
                } else {
                    with_them && !keeps_apart
                }
            }
            Piece::Coming { with_them } => {
                if is_child {
                    !before_safe && !bond.other_hidden
                } else {
                    with_them
                }
            }
            Piece::Mentor(state) => {
                if is_child {
                    !before_safe && !bond.other_hidden
                } else {
                    state == MentorState::Asked || state == MentorState::Agreed
                }
            }
        }
    }

    fn someone() -> impl Strategy<Value = PersonId> {
        (1_u128..5).prop_map(|n| PersonId(Uuid::from_u128(n)))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn ten_thousand_worlds_agree_with_the_slow_reading(
            child in someone(),
            other in proptest::option::of(someone()),
            hidden in (any::<bool>(), any::<bool>()),
            stage in proptest::option::of(proptest::sample::select(Stage::ALL)),
            viewer in someone(),
        ) {
            let bond = Bond { child, other, child_hidden: hidden.0, other_hidden: hidden.1, stage };
            for piece in pieces() {
                prop_assert_eq!(shown(viewer, &bond, piece), slowly(viewer, &bond, piece), "{:?}", piece);
            }
        }

        #[test]
        fn whoever_is_neither_of_the_two_sees_nothing(
            child in someone(),
            other in proptest::option::of(someone()),
            stage in proptest::option::of(proptest::sample::select(Stage::ALL)),
        ) {
            let bond = Bond { child, other, child_hidden: false, other_hidden: false, stage };
            let stranger = PersonId(Uuid::from_u128(99));
            prop_assert!(pieces().iter().all(|piece| !shown(stranger, &bond, *piece)));
        }
    }
}
