//! Staying in touch: with whom a child wants to, what is agreed, what happened and what got in the way; people found
//! again; mentors whom the young person chose and who stay. None of it ends because a birthday, an episode or an
//! allocation does: only the people themselves end it.

mod due;
mod search;
mod shown;
mod year;

pub use due::{Due, Standing, TouchTimes, due};
pub use search::{Told, may_follow, told};
pub use shown::{Bond, Piece, shown};
pub use year::{MONTHS, Month, Wanted, over_year};

use crate::words::words;

words! {
    /// What somebody is to the child. A pet and a place count if the child says so.
    TouchKind {
        Sibling = "sibling", "Brother or sister";
        Parent = "parent", "Mum, dad or step-parent";
        Relative = "relative", "Family";
        Friend = "friend", "Friend";
        FormerCarer = "former-carer", "Former carer";
        FormerWorker = "former-worker", "Former worker";
        Pet = "pet", "Pet";
        Place = "place", "Place";
        Other = "other", "Somebody else who matters";
    }
}

impl TouchKind {
    /// Whether they can be asked: a dog and a bench are neither looked for nor mentors.
    pub const fn can_answer(self) -> bool {
        !matches!(self, Self::Pet | Self::Place)
    }
}

words! {
    /// Whether the child wants to stay in touch with them.
    Wants {
        Yes = "yes", "Wants to";
        NotNow = "not-now", "Not now";
        Never = "never", "Never";
        Unsure = "unsure", "Does not know yet";
    }
}

words! {
    /// How one stays in touch.
    TouchWay {
        Visit = "visit", "Seeing each other";
        Call = "call", "Calls";
        Message = "message", "Messages";
        Letter = "letter", "Letters and cards";
    }
}

words! {
    /// How often.
    Often {
        EveryWeek = "every-week", "Every week";
        EveryTwoWeeks = "every-two-weeks", "Every two weeks";
        EveryMonth = "every-month", "Every month";
        EveryFewMonths = "every-few-months", "Every three months";
        OnceAYear = "once-a-year", "Once a year";
        WhenAsked = "when-asked", "When they ask";
    }
}

impl Often {
    /// About how many days lie between two times; none where nobody counts them.
    pub const fn days(self) -> Option<i32> {
        match self {
            Self::EveryWeek => Some(7),
            Self::EveryTwoWeeks => Some(14),
            Self::EveryMonth => Some(30),
            Self::EveryFewMonths => Some(91),
            Self::OnceAYear => Some(365),
            Self::WhenAsked => None,
        }
    }
}

words! {
    /// On what an agreement rests. Sections are of the Children Act 1989.
    Basis {
        /// Nobody had to order it.
        BetweenUs = "between-us", "Agreed between the people themselves";
        /// The care plan, or the pathway plan.
        CarePlan = "care-plan", "It stands in the care plan";
        /// Section 34(2) or (3).
        ContactOrder = "contact-order", "A court order that they see each other (section 34)";
        /// Section 8.
        ArrangementsOrder = "arrangements-order", "A child arrangements order (section 8)";
        /// Section 34(4).
        MayRefuse = "may-refuse", "A court order that lets the council refuse (section 34(4))";
        /// Section 34(6): at most seven days.
        Stopped = "stopped", "Stopped by the council at once, for at most 7 days (section 34(6))";
    }
}

impl Basis {
    /// Whether it says that they do not see each other.
    pub const fn keeps_apart(self) -> bool {
        matches!(self, Self::MayRefuse | Self::Stopped)
    }

    /// Whether a court made it.
    pub const fn of_court(self) -> bool {
        matches!(self, Self::ContactOrder | Self::ArrangementsOrder | Self::MayRefuse)
    }
}

words! {
    /// What became of one time.
    Came {
        Arranged = "arranged", "It is arranged";
        Happened = "happened", "It happened";
        Partly = "partly", "It happened in part";
        DidNotCome = "did-not-come", "They did not come";
        OffByThem = "off-by-them", "They called it off";
        OffByChild = "off-by-child", "The child called it off";
        OffByUs = "off-by-us", "We called it off";
    }
}

impl Came {
    /// Whether they were in touch.
    pub const fn in_touch(self) -> bool {
        matches!(self, Self::Happened | Self::Partly)
    }
}

words! {
    /// What got in the way.
    InTheWay {
        Lift = "lift", "Nobody to take them";
        Money = "money", "Money";
        Far = "far", "Too far away";
        Room = "room", "Nowhere to meet";
        Nobody = "nobody", "Nobody to be there with them";
        Phone = "phone", "No phone, or nothing to pay for it";
        Ill = "ill", "Somebody was ill";
        NotWanted = "not-wanted", "The child did not want to that day";
        Unsafe = "unsafe", "It was not safe";
        Forgotten = "forgotten", "We did not arrange it";
        Order = "order", "An order or a decision";
        Other = "other", "Something else";
    }
}

words! {
    /// How far the finding of somebody again has come, in the way of Lifelong Links.
    Stage {
        Offered = "offered", "Offered to the child";
        Wanted = "wanted", "The child wants us to look";
        Looking = "looking", "Looking";
        Found = "found", "Found";
        NotFound = "not-found", "Not found so far";
        DoesNotWant = "does-not-want", "Found, and does not want to";
        NotSafe = "not-safe", "Found, and not safe now";
        Safe = "safe", "Safe to be in touch again";
        BothAgree = "both-agree", "Both want to";
        FirstWords = "first-words", "First words between them";
        Met = "met", "They met";
        FamilyMeeting = "family-meeting", "A meeting of those who matter";
        Staying = "staying", "They stay in touch";
        Stopped = "stopped", "Stopped, because the child asked";
    }
}

words! {
    /// How it stands with a mentor whom a young person chose.
    MentorState {
        Chosen = "chosen", "Chosen, not asked yet";
        Asked = "asked", "Asked";
        Agreed = "agreed", "Said yes";
        NotNow = "not-now", "Not now";
        No = "no", "Said no";
    }
}

words! {
    /// Who ended it with a mentor. Nobody else can.
    EndedBy {
        YoungPerson = "young-person", "The young person";
        Mentor = "mentor", "The mentor";
    }
}

/// For how many days at most a council may stop a child in care seeing somebody without an order: Children Act 1989,
/// section 34(6).
pub const STOPPED_AT_MOST: i32 = 7;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_and_no_word_of_offices_is_among_them() {
        assert!(TouchKind::ALL.iter().all(|one| TouchKind::from_code(one.code()) == Some(*one)));
        assert!(Stage::ALL.iter().all(|one| Stage::from_code(one.code()) == Some(*one)));
        assert!(Basis::ALL.iter().all(|one| Basis::from_code(one.code()) == Some(*one)));
        let words: Vec<&str> = InTheWay::ALL.iter().map(|one| one.plain()).collect();
        assert!(words.iter().all(|words| !words.to_lowercase().contains("contact")), "{words:?}");
    }

    #[test]
    fn only_what_a_council_or_a_court_forbids_keeps_apart() {
        let apart: Vec<Basis> = Basis::ALL.iter().copied().filter(|one| one.keeps_apart()).collect();
        assert_eq!(apart, [Basis::MayRefuse, Basis::Stopped]);
        assert_eq!(Often::WhenAsked.days(), None);
        assert!(!Came::Arranged.in_touch() && Came::Partly.in_touch());
    }
}
