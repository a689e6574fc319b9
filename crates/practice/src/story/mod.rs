//! The story so far: in six parts, told with the person, each voice in its own place. Who has read it, whether it is
//! time to ask again, and what must be read before somebody takes responsibility.

mod age;
mod ask;
mod reading;

pub use age::{StoryTimes, again, told_ago};
pub use ask::{held, sought};
pub use reading::{ReadState, Reading, Taking, Version, before_taking, read_state};

use crate::id::PersonId;
use crate::words::words;

words! {
    /// A part of the story so far.
    StoryPart {
        WhoIAm = "who-i-am", "Who I am";
        WhatHasHappened = "what-has-happened", "What has happened";
        WhoMatters = "who-matters", "Who matters";
        WhatHelps = "what-helps", "What helps";
        WhatMakesItHarder = "what-makes-it-harder", "What makes it harder";
        WhatIWant = "what-i-want", "What I want";
    }
}

words! {
    /// How words came into the story.
    ToldHow {
        /// The teller wrote, drew or dictated them.
        OwnWords = "own-words", "In their own words";
        /// A worker wrote down what the teller said.
        ToldTo = "told-to", "Told to a worker";
        /// A worker put them together from what is recorded; nobody told them so.
        FromEntries = "from-entries", "Put together by a worker from what is recorded";
    }
}

impl StoryPart {
    /// What one might say here, as a question to the person.
    pub const fn question(self) -> &'static str {
        match self {
            Self::WhoIAm => "What should somebody know about you before they meet you?",
            Self::WhatHasHappened => "What has happened, so that nobody has to ask you again?",
            Self::WhoMatters => "Who matters to you, and who do you turn to?",
            Self::WhatHelps => "What helps, on a good day and on a bad one?",
            Self::WhatMakesItHarder => "What makes it harder?",
            Self::WhatIWant => "What do you want to happen?",
        }
    }
}

/// Whose a telling is, as far as who may be shown it depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Whose story it belongs to.
    pub about: PersonId,
    /// The person whose words they are; none for a worker's, and for somebody who has no record.
    pub by: Option<PersonId>,
    /// How they came into the story.
    pub how: ToldHow,
    /// Whether the teller, being somebody else, is fine with the person reading it.
    pub shared: bool,
}

/// Whether somebody of the family may be shown a telling. Everyone sees their own words; the person sees all of their
/// story but what somebody else told and did not want them to read; nobody else sees anything, until it is shared with
/// them. One parent's words never reach the other by accident.
pub fn may_be_shown(telling: &Telling, viewer: PersonId) -> bool {
    if telling.by == Some(viewer) {
        return true;
    }
    let theirs = telling.by == Some(telling.about)
        || (telling.by.is_none() && telling.how == ToldHow::FromEntries)
        || telling.shared;
    viewer == telling.about && theirs
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    #[test]
    fn nobody_is_shown_words_that_another_told_of_a_child_without_their_leave() {
        let (child, mother, father) = (person(1), person(2), person(3));
        let of_mother = Telling { about: child, by: Some(mother), how: ToldHow::ToldTo, shared: false };
        assert!(may_be_shown(&of_mother, mother));
        assert!(!may_be_shown(&of_mother, child));
        assert!(!may_be_shown(&of_mother, father));
        let shared = Telling { shared: true, ..of_mother };
        assert!(may_be_shown(&shared, child));
        assert!(!may_be_shown(&shared, father), "shared with the child is not shared with the other parent");
        // a teacher who has no record of their own
        let of_teacher = Telling { by: None, ..of_mother };
        assert!(!may_be_shown(&of_teacher, child));
    }

    #[test]
    fn a_child_sees_their_own_words_and_what_workers_wrote_of_them_and_no_parent_does() {
        let (child, mother) = (person(1), person(2));
        let own = Telling { about: child, by: Some(child), how: ToldHow::OwnWords, shared: false };
        let written = Telling { by: None, how: ToldHow::FromEntries, ..own };
        for telling in [own, written] {
            assert!(may_be_shown(&telling, child));
            assert!(!may_be_shown(&telling, mother));
        }
    }

    #[test]
    fn every_code_reads_back() {
        assert!(StoryPart::ALL.iter().all(|it| StoryPart::from_code(it.code()) == Some(*it)));
        assert!(ToldHow::ALL.iter().all(|it| ToldHow::from_code(it.code()) == Some(*it)));
    }
}
