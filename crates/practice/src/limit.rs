//! A worker, or their team, would hold more than they can. Nobody is stopped by the program and nobody is marked for it: a
//! named manager decides, with a reason that others read, and looks at it again when the load has fallen back or its time is
//! over. How much somebody can hold is [`crate::load`].

use crate::calendar::add_days;
use crate::load::{Limit, Load, Points};
use crate::words::words;
use jiff::civil::Date;
use std::fmt;

words! {
    /// Whose limit it is over.
    Whose {
        Worker = "worker", "The worker’s limit";
        Team = "team", "The team’s limit";
        Both = "both", "The worker’s limit and the team’s";
    }
}

/// A load as it is, and as it would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// As it is.
    pub now: Load,
    /// As it would be.
    pub then: Load,
}

impl Change {
    /// By how much it would be over, where what is added makes it so, or makes it more.
    fn over(self) -> Option<Points> {
        self.then.over().filter(|_| self.then.points > self.now.points)
    }
}

/// What would be over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    /// Whose limit.
    pub whose: Whose,
    /// What would be held, and can be: the worker's, where theirs is over.
    pub load: Load,
    /// By how much.
    pub by: Points,
}

/// Whether a worker or their team would hold more than they can. A team has a limit only where the council set one.
pub fn over(worker: Change, team: Option<Change>) -> Option<Over> {
    let of_team = team.and_then(|team| Some((team.then, team.over()?)));
    match (worker.over(), of_team) {
        (None, None) => None,
        (Some(by), None) => Some(Over { whose: Whose::Worker, load: worker.then, by }),
        (Some(by), Some(_)) => Some(Over { whose: Whose::Both, load: worker.then, by }),
        (None, Some((load, by))) => Some(Over { whose: Whose::Team, load, by }),
    }
}

/// What whoever would decide is to the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decider {
    /// Whether they lead a team of the worker's, or one above it, or stand in for whoever does.
    pub leads: bool,
    /// Whether it is their own load.
    pub own: bool,
}

/// Why it cannot be decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// They do not lead the worker's team.
    NotALead,
    /// It is their own load.
    OwnLoad,
    /// No reason is given.
    NoReason,
    /// The day is not after today, or too far away to be looked at again: the furthest is given.
    Day(Date),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALead => f.write_str("Whoever leads the worker’s team decides this"),
            Self::OwnLoad => {
                f.write_str("Nobody decides this about what they hold themselves. Ask whoever leads you")
            }
            Self::NoReason => f.write_str("Say why. The worker and the head of service read it"),
            Self::Day(furthest) => {
                write!(f, "Choose a day after today, and not after {}", furthest.strftime("%-d %B %Y"))
            }
        }
    }
}

/// Whether somebody may decide that a worker goes over a limit, with this reason and until this day.
///
/// # Errors
/// The refusal, in a sentence.
pub fn may_decide(
    by: Decider,
    reason: &str,
    look_on: Date,
    (limit, today): (&Limit, Date),
) -> Result<(), Refusal> {
    if by.own {
        return Err(Refusal::OwnLoad);
    }
    if !by.leads {
        return Err(Refusal::NotALead);
    }
    if reason.trim().is_empty() {
        return Err(Refusal::NoReason);
    }
    let furthest = furthest(limit, today);
    if look_on <= today || look_on > furthest { Err(Refusal::Day(furthest)) } else { Ok(()) }
}

/// The last day on which a decision can be looked at again.
pub fn furthest(limit: &Limit, today: Date) -> Date {
    add_days(today, i32::try_from(limit.look_again_within_days).unwrap_or(0))
}

/// Why a decision is to be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookAgain {
    /// What is held can be held again.
    FellBack,
    /// The day the manager gave has come.
    Day,
}

/// Whether a decision that stands is to be looked at again. `over` is whether what is held is still more than can be.
pub fn look_again(over: bool, look_on: Date, today: Date) -> Option<LookAgain> {
    if !over {
        return Some(LookAgain::FellBack);
    }
    (look_on <= today).then_some(LookAgain::Day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Weights;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn load(points: u32, limit: u32) -> Load {
        Load { points: Points(points), limit: Points(limit) }
    }

    fn change(now: u32, then: u32) -> Change {
        Change { now: load(now, 1800), then: load(then, 1800) }
    }

    #[test]
    fn a_full_load_is_not_over_and_one_that_grows_beyond_it_is() {
        assert_eq!(over(change(1700, 1800), None), None);
        let found = over(change(1800, 1900), None).unwrap();
        assert_eq!((found.whose, found.by), (Whose::Worker, Points(100)));
        assert_eq!(over(change(1900, 1900), None), None, "nothing is added: nobody is asked again");
        assert!(over(change(1900, 1950), None).is_some(), "over already, and more is asked");
    }

    #[test]
    fn a_team_has_a_limit_of_its_own_where_the_council_set_one() {
        let team = Change { now: load(8000, 8000), then: load(8100, 8000) };
        let found = over(change(100, 200), Some(team)).unwrap();
        assert_eq!((found.whose, found.by, found.load), (Whose::Team, Points(100), load(8100, 8000)));
        assert_eq!(over(change(1800, 1900), Some(team)).unwrap().whose, Whose::Both);
        assert_eq!(over(change(100, 200), Some(Change { then: load(8000, 8000), ..team })), None);
    }

    #[test]
    fn only_whoever_leads_the_worker_decides_with_a_reason_and_a_day() {
        let limit = Weights::usual().unwrap().limit_on(TODAY).unwrap();
        let may = |leads, own, reason, on| may_decide(Decider { leads, own }, reason, on, (limit, TODAY));
        let soon = date(2026, 12, 4);
        assert_eq!(may(true, false, "Lottie’s family know Efe", soon), Ok(()));
        assert_eq!(may(true, true, "I can", soon), Err(Refusal::OwnLoad));
        assert_eq!(may(false, false, "They can", soon), Err(Refusal::NotALead));
        assert_eq!(may(true, false, " ", soon), Err(Refusal::NoReason));
        let furthest = furthest(limit, TODAY);
        assert_eq!(may(true, false, "Why", furthest), Ok(()));
        assert_eq!(may(true, false, "Why", add_days(furthest, 1)), Err(Refusal::Day(furthest)));
        assert_eq!(may(true, false, "Why", TODAY), Err(Refusal::Day(furthest)));
        assert!(Refusal::Day(furthest).to_string().contains("not after"));
    }

    #[test]
    fn it_is_looked_at_again_when_the_load_fell_back_or_on_its_day() {
        assert_eq!(look_again(true, date(2026, 11, 24), TODAY), None);
        assert_eq!(look_again(true, TODAY, TODAY), Some(LookAgain::Day));
        assert_eq!(look_again(false, date(2026, 11, 24), TODAY), Some(LookAgain::FellBack));
    }
}
