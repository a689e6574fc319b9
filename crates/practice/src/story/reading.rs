//! Who has read the story as it stands, and what must be read before somebody takes responsibility.

use crate::id::WorkerId;
use jiff::civil::Date;
use uuid::Uuid;

/// A telling as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which version.
    pub id: Uuid,
    /// The worker who wrote it down: they know it.
    pub author: Option<WorkerId>,
}

/// A worker said that they have read the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// On which day.
    pub on: Date,
    /// The versions that stood there.
    pub held: Vec<Uuid>,
}

/// How a worker stands to the story as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadState {
    /// Nothing has been told yet.
    NoStory,
    /// They have not said that they read it.
    NotRead,
    /// They have read all of it, or wrote down themselves what they did not read.
    Read {
        /// The day on which they last said so; none where they wrote down all of it.
        on: Option<Date>,
    },
    /// They read it before some of it was told.
    NewSince {
        /// The day on which they last said so.
        on: Date,
        /// How many tellings are new to them.
        new: usize,
    },
}

/// How a worker stands to a story: what they wrote down themselves they know.
pub fn read_state(reader: WorkerId, now: &[Version], readings: &[Reading]) -> ReadState {
    if now.is_empty() {
        return ReadState::NoStory;
    }
    let known = |version: &&Version| {
        version.author == Some(reader) || readings.iter().any(|reading| reading.held.contains(&version.id))
    };
    let new = now.len() - now.iter().filter(known).count();
    let on = readings.iter().map(|reading| reading.on).max();
    match (new, on) {
        (0, on) => ReadState::Read { on },
        (_, None) => ReadState::NotRead,
        (new, Some(on)) => ReadState::NewSince { on, new },
    }
}

/// What stands between a worker and being responsible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// Nothing: they have read it, or there is nothing to read.
    Free,
    /// They read it first; until then they do not take responsibility.
    ReadFirst,
    /// They become responsible, and reading it is the first thing to do.
    FirstThing,
}

/// What stands between a worker and being responsible. Whoever takes responsibility themselves reads the story first. A
/// manager who gives it to somebody else is not held up, because a person must never be left with nobody: the page says
/// plainly that it has not been read, and it is the first thing on that worker's day.
pub const fn before_taking(state: ReadState, by_themselves: bool) -> Taking {
    match (state, by_themselves) {
        (ReadState::NoStory | ReadState::Read { .. }, _) => Taking::Free,
        (ReadState::NotRead | ReadState::NewSince { .. }, true) => Taking::ReadFirst,
        (ReadState::NotRead | ReadState::NewSince { .. }, false) => Taking::FirstThing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const ME: WorkerId = WorkerId(Uuid::from_u128(1));

    fn versions(ids: &[u128]) -> Vec<Version> {
        ids.iter().map(|id| Version { id: Uuid::from_u128(*id), author: None }).collect()
    }

    fn reading(day: i8, held: &[u128]) -> Reading {
        Reading { on: date(2026, 11, day), held: held.iter().map(|id| Uuid::from_u128(*id)).collect() }
    }

    #[test]
    fn a_story_that_nobody_told_asks_nothing_of_anybody() {
        let state = read_state(ME, &[], &[reading(3, &[1])]);
        assert_eq!(state, ReadState::NoStory);
        assert_eq!(before_taking(state, true), Taking::Free);
    }

    #[test]
    fn an_older_version_read_is_not_the_newer_one() {
        let state = read_state(ME, &versions(&[1, 2, 3]), &[reading(3, &[1, 9])]);
        assert_eq!(state, ReadState::NewSince { on: date(2026, 11, 3), new: 2 });
        assert_eq!(before_taking(state, true), Taking::ReadFirst);
        assert_eq!(before_taking(state, false), Taking::FirstThing);
    }

    #[test]
    fn what_one_wrote_down_oneself_is_known_and_what_was_read_in_two_goes_too() {
        let mine = Version { id: Uuid::from_u128(5), author: Some(ME) };
        assert_eq!(read_state(ME, &[mine], &[]), ReadState::Read { on: None });
        let both = read_state(ME, &versions(&[1, 2]), &[reading(3, &[1]), reading(8, &[2])]);
        assert_eq!(both, ReadState::Read { on: Some(date(2026, 11, 8)) });
    }

    #[test]
    fn who_takes_responsibility_themselves_reads_first_and_a_manager_is_not_held_up() {
        let unread = read_state(ME, &versions(&[1]), &[]);
        assert_eq!(unread, ReadState::NotRead);
        assert_eq!(before_taking(unread, true), Taking::ReadFirst);
        assert_eq!(before_taking(unread, false), Taking::FirstThing);
    }

    proptest! {
        #[test]
        fn reading_what_stands_there_always_frees(ids in proptest::collection::vec(1_u128..50, 0..12),
                                                 before in proptest::collection::vec(1_u128..50, 0..12)) {
            let (now, last) = (versions(&ids), reading(9, &ids));
            let state = read_state(ME, &now, &[reading(1, &before), last]);
            prop_assert_eq!(before_taking(state, true), Taking::Free);
        }

        #[test]
        fn nobody_takes_what_they_have_not_read(ids in proptest::collection::btree_set(1_u128..50, 1..12)) {
            let ids: Vec<u128> = ids.into_iter().collect();
            let state = read_state(ME, &versions(&ids), &[reading(1, &ids[1..])]);
            prop_assert_eq!(before_taking(state, true), Taking::ReadFirst);
        }
    }
}
