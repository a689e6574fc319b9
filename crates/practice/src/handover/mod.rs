//! Handing somebody over from one worker to another. The one who is to take over pulls it once it is ready, or returns it with
//! the reason: nobody is pushed on. Until it is taken over, everything stays with whoever had it, the running dates too.
//!
//! A hand-over is offered; the one who is asked accepts, gets to know them and takes over, or returns it. At every instant
//! exactly one named person answers for somebody with an open episode ([`answers`]).

mod answers;
mod list;
mod moves;

pub use answers::{Answers, Away, InTheLine, Responsible, answers};
pub use list::{Ask, Found, List, Lists, Ready, ready};
pub use moves::{
    By, Move, Refusal, Standing, can_be_asked, may_offer, moved, offer_may_be_read, still_stands,
};

use crate::calendar::add_days;
use crate::continuity::Cause;
use crate::id::WorkerId;
use crate::words::words;
use jiff::civil::Date;

words! {
    /// Between whom it goes, and why: each has its own list of what makes it ready.
    Step {
        ToAWorker = "to-a-worker", "From duty, or from a file, to a worker";
        WorkerToWorker = "worker-to-worker", "From one worker to another";
        WorkerLeaves = "worker-leaves", "The worker leaves";
    }
}

impl Step {
    /// Which list makes a hand-over ready: by whether somebody has them now, and why they get another worker.
    pub const fn of(from: Option<WorkerId>, cause: Cause) -> Self {
        match (from, cause) {
            (None, _) => Self::ToAWorker,
            (Some(_), Cause::Leaver | Cause::AgencyEnd) => Self::WorkerLeaves,
            (Some(_), _) => Self::WorkerToWorker,
        }
    }
}

words! {
    /// How a hand-over stands.
    State {
        Offered = "offered", "Offered";
        Accepted = "accepted", "Accepted, getting to know each other";
        Returned = "returned", "Returned";
        Withdrawn = "withdrawn", "Taken back";
        TakenOver = "taken-over", "Taken over";
    }
}

impl State {
    /// Whether something is still to come of it: one at a time for each person.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted | Self::Returned)
    }

    /// Whether it waits for the one who is asked.
    pub const fn waits_for_receiver(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted)
    }
}

words! {
    /// What is missing, said by whoever returns it. Looked at once a month as reasons, never as names.
    ReturnReason {
        OwnVoice = "own-voice", "Their own voice is missing";
        FamilyNotTold = "family-not-told", "Their family have not been told";
        NoNetwork = "no-network", "Nobody knows who matters to them";
        RiskUnclear = "risk-unclear", "The risk is not clear";
        NeedsMore = "needs-more", "Something else is needed first";
        WrongService = "wrong-service", "They need a different service";
        NoRoom = "no-room", "I have no room for one more";
        CanStay = "can-stay", "They could stay with the worker they know";
    }
}

impl ReturnReason {
    /// Whether it says nothing without words beside it.
    pub const fn needs_words(self) -> bool {
        matches!(self, Self::NeedsMore | Self::WrongService)
    }
}

words! {
    /// Whether the worker they know could stay, asked before every hand-over.
    CouldStay {
        No = "no", "No";
        Partly = "partly", "For a time, or for a part";
        Yes = "yes", "Yes";
    }
}

words! {
    /// What is said to somebody about a change of worker, and done with them.
    Moment {
        Told = "told", "They were told";
        FamilyTold = "family-told", "Their family were told";
        Introduction = "introduction", "They met whoever comes, together with whoever goes";
        Goodbye = "goodbye", "They said goodbye";
    }
}

/// Whether the last day of whoever goes has to be said: where they leave the council, not where an agency’s time ends, whose
/// day is often not known until it comes.
pub const fn needs_last_day(cause: Cause) -> bool {
    matches!(cause, Cause::Leaver)
}

/// The last day on which a meeting, a goodbye or somebody's leaving can be set: a year on. Further away is a slip of the pen.
pub fn furthest(today: Date) -> Date {
    add_days(today, 366)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_list_goes_by_whether_somebody_has_them_and_leaves() {
        let somebody = Some(Uuid::from_u128(1).into());
        assert_eq!(Step::of(None, Cause::Leaver), Step::ToAWorker);
        assert_eq!(Step::of(somebody, Cause::AgencyEnd), Step::WorkerLeaves);
        assert_eq!(Step::of(somebody, Cause::FamilyAsked), Step::WorkerToWorker);
        assert!(needs_last_day(Cause::Leaver) && !needs_last_day(Cause::AgencyEnd));
    }

    #[test]
    fn every_code_reads_back() {
        assert!(Step::ALL.iter().all(|it| Step::from_code(it.code()) == Some(*it)));
        assert!(State::ALL.iter().all(|it| State::from_code(it.code()) == Some(*it)));
        assert!(ReturnReason::ALL.iter().all(|it| ReturnReason::from_code(it.code()) == Some(*it)));
        assert!(Moment::ALL.iter().all(|it| Moment::from_code(it.code()) == Some(*it)));
        assert!(CouldStay::ALL.iter().all(|it| CouldStay::from_code(it.code()) == Some(*it)));
    }

    #[test]
    fn what_is_returned_is_still_open_and_waits_for_its_sender() {
        let open: Vec<State> = State::ALL.iter().copied().filter(|state| state.is_open()).collect();
        assert_eq!(open, [State::Offered, State::Accepted, State::Returned]);
        assert!(!State::Returned.waits_for_receiver());
    }
}
