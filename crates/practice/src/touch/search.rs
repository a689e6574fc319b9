//! Finding somebody again: which stage may follow which, and what of it is told to the child before it is safe.

use super::Stage;

/// Whether a stage may follow another. Nobody is looked for before the child wants it, and nobody who was found is written
/// to before it is weighed whether that is safe and the other was asked. The child may stop it at any time, and begin again.
pub const fn may_follow(before: Option<Stage>, next: Stage) -> bool {
    use Stage::{
        BothAgree, DoesNotWant, FamilyMeeting, FirstWords, Found, Looking, Met, NotFound, NotSafe, Offered,
        Safe, Staying, Stopped, Wanted,
    };
    match before {
        None => matches!(next, Offered | Wanted),
        Some(Offered) => matches!(next, Wanted | Stopped),
        Some(Stopped) => matches!(next, Offered | Wanted),
        Some(Wanted) => matches!(next, Looking | Stopped),
        Some(Looking) => matches!(next, Looking | Found | NotFound | Stopped),
        Some(NotFound) => matches!(next, Looking | Stopped),
        Some(Found) => matches!(next, Safe | NotSafe | DoesNotWant | Stopped),
        Some(NotSafe) => matches!(next, Safe | Stopped),
        Some(DoesNotWant) => matches!(next, BothAgree | Looking | NotSafe | Stopped),
        Some(Safe) => matches!(next, BothAgree | DoesNotWant | NotSafe | Stopped),
        Some(BothAgree) => matches!(next, FirstWords | Met | DoesNotWant | NotSafe | Stopped),
        Some(FirstWords | Met | FamilyMeeting | Staying) => {
            matches!(next, FirstWords | Met | FamilyMeeting | Staying | DoesNotWant | NotSafe | Stopped)
        }
    }
}

/// What a child is told of a search on their own pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// That it can be done.
    Offered,
    /// That somebody is seeing to it, and who tells them how it goes: whatever was found so far is said face to face.
    SeenTo,
    /// That both want it, and what comes next.
    Open,
    /// That it was stopped because they asked.
    Stopped,
}

/// What a child is told. Found, not found, not safe and does not want all look alike: such news comes from a person.
pub const fn told(stage: Stage) -> Told {
    match stage {
        Stage::Offered => Told::Offered,
        Stage::Wanted
        | Stage::Looking
        | Stage::Found
        | Stage::NotFound
        | Stage::DoesNotWant
        | Stage::NotSafe
        | Stage::Safe => Told::SeenTo,
        Stage::BothAgree | Stage::FirstWords | Stage::Met | Stage::FamilyMeeting | Stage::Staying => {
            Told::Open
        }
        Stage::Stopped => Told::Stopped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn nobody_is_looked_for_before_the_child_wants_it_and_none_is_met_before_it_is_safe_and_both_agree() {
        // every way through the stages, as far as something new is reached
        let mut ways: Vec<Vec<Stage>> =
            Stage::ALL.iter().filter(|one| may_follow(None, **one)).map(|one| vec![*one]).collect();
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop() {
            let last = *way.last().unwrap();
            if last == Stage::Looking {
                assert!(way.contains(&Stage::Wanted), "{way:?}");
            }
            if told(last) == Told::Open {
                assert!(way.contains(&Stage::BothAgree) && way.contains(&Stage::Found), "{way:?}");
            }
            for next in Stage::ALL.iter().filter(|next| may_follow(Some(last), **next)) {
                if seen.insert((way.contains(&Stage::BothAgree), last, *next)) {
                    ways.push([way.clone(), vec![*next]].concat());
                }
            }
        }
        assert!(seen.len() > 40, "{}", seen.len());
    }

    #[test]
    fn the_child_can_stop_it_at_every_stage_and_begin_again() {
        for stage in Stage::ALL.iter().filter(|one| **one != Stage::Stopped) {
            assert!(may_follow(Some(*stage), Stage::Stopped), "{stage}");
        }
        assert!(may_follow(Some(Stage::Stopped), Stage::Wanted));
        assert!(!may_follow(Some(Stage::Offered), Stage::Looking));
        assert!(!may_follow(Some(Stage::NotSafe), Stage::BothAgree));
    }
}
