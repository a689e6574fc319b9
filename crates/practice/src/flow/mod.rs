//! How people move through the help of a team: where each stands and for how long, how long finished work took, and whether
//! what happens now is out of the ordinary. A team is looked at, never a worker: nothing here is a league table, and what is
//! unusual is not bad.
//!
//! Ageing and its bands follow the practice of limiting work in progress (the age of what is open, beside how long finished
//! work took). The control chart is Shewhart's of single values and moving ranges (XmR): the limits lie 2.66 mean moving ranges
//! either side of the mean, which is 3 / 1.128, and a run of eight on one side is a shift.

use crate::episode::{EpisodeKind, waiting_since};
use crate::handover::{ReturnReason, State};
use crate::words::words;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// From so many finished on something is said of them.
pub const FEWEST: usize = 8;
/// So many one after another on one side of the middle are unusual.
const RUN: usize = 8;

words! {
    /// Where on the way somebody is: a column of a team's board.
    Place {
        Waiting = "waiting", "Waiting for a worker";
        Assessing = "assessing", "Being assessed";
        FamilyHelp = "family-help", "Family help";
        ChildInNeed = "child-in-need", "Child in need";
        ChildProtection = "child-protection", "Child protection";
        LookedAfter = "looked-after", "Looked after";
        LeavingCare = "leaving-care", "Leaving care";
        Adult = "adult", "Adult";
        NoEpisode = "no-episode", "No open episode";
    }
}

impl Place {
    /// The place of those who are helped in this way.
    pub const fn of(kind: EpisodeKind) -> Self {
        match kind {
            EpisodeKind::FamilyHelp => Self::FamilyHelp,
            EpisodeKind::ChildInNeed => Self::ChildInNeed,
            EpisodeKind::ChildProtection => Self::ChildProtection,
            EpisodeKind::LookedAfter => Self::LookedAfter,
            EpisodeKind::LeavingCare => Self::LeavingCare,
            EpisodeKind::Adult => Self::Adult,
        }
    }

    /// Whether work there comes to an end of its own, so that how long it took can be told.
    pub const fn finishes(self) -> bool {
        !matches!(self, Self::Waiting | Self::NoEpisode)
    }
}

/// The help that asks most of everyone decides where somebody stands who is helped in several ways.
const MOST_FIRST: [EpisodeKind; 6] = [
    EpisodeKind::LookedAfter,
    EpisodeKind::ChildProtection,
    EpisodeKind::ChildInNeed,
    EpisodeKind::FamilyHelp,
    EpisodeKind::LeavingCare,
    EpisodeKind::Adult,
];

/// What is known of somebody's help on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The kinds of their open episodes, each with its first day.
    pub open: Vec<(EpisodeKind, Date)>,
    /// Since when the responsible worker is theirs.
    pub responsible: Option<Date>,
    /// The last day of whoever was responsible last.
    pub left: Option<Date>,
    /// Since when an assessment or an enquiry is under way.
    pub assessing: Option<Date>,
}

/// Where somebody stands, and since when. None of whom nothing is open and for whom nobody is responsible.
///
/// Whoever has no worker waits, whatever else is so: since the episode opened, or since the day after the last worker went.
/// An assessment counts as a place of its own until a child is protected or looked after.
pub fn place(now: &Now) -> Option<(Place, Date)> {
    let Some(opened) = now.open.iter().map(|one| one.1).min() else {
        return now.responsible.map(|since| (Place::NoEpisode, since));
    };
    if now.responsible.is_none() {
        return Some((Place::Waiting, waiting_since(opened, now.left)));
    }
    let open = |kind: EpisodeKind| now.open.iter().filter(|one| one.0 == kind).map(|one| one.1).min();
    let first = MOST_FIRST.into_iter().find_map(|kind| Some((kind, open(kind)?)));
    match (first, now.assessing) {
        (Some((EpisodeKind::LookedAfter | EpisodeKind::ChildProtection, _)), _) | (_, None) => {
            first.map(|(kind, since)| (Place::of(kind), since))
        }
        (_, Some(since)) => Some((Place::Assessing, since)),
    }
}

/// How long finished work took: half was done within the first of these, 85 and 95 in a hundred within the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Of how many.
    pub of: usize,
    /// Half within so many working days.
    pub half: i32,
    /// 85 in a hundred.
    pub most: i32,
    /// 95 in a hundred.
    pub nearly_all: i32,
}

words! {
    /// How the age of something open compares with finished work.
    Age {
        Usual = "usual", "As long as half of it takes";
        Longer = "longer", "Longer than half of it took";
        Long = "long", "Longer than 85 in 100 took";
        Longest = "longest", "Longer than 95 in 100 took";
    }
}

impl Bands {
    /// Of working days in any order. None of fewer than [`FEWEST`]: too few to say.
    pub fn of(days: &[i32]) -> Option<Self> {
        let mut days = days.to_vec();
        days.sort_unstable();
        let within = |percent: usize| {
            // the nearest rank: the smallest that so many in a hundred do not exceed
            let rank = (days.len() * percent).div_ceil(100).max(1);
            days.get(rank - 1).copied()
        };
        if days.len() < FEWEST {
            return None;
        }
        Some(Self { of: days.len(), half: within(50)?, most: within(85)?, nearly_all: within(95)? })
    }

    /// How something open so many working days compares.
    pub const fn age(&self, days: i32) -> Age {
        if days <= self.half {
            Age::Usual
        } else if days <= self.most {
            Age::Longer
        } else if days <= self.nearly_all {
            Age::Long
        } else {
            Age::Longest
        }
    }
}

words! {
    /// Why one value is unusual.
    Unusual {
        Longer = "longer", "longer than the upper limit";
        Shorter = "shorter", "shorter than the lower limit";
        Run = "run", "one of eight or more in a row on the same side of the middle";
    }
}

/// Single values in the order in which they came, with the limits within which they vary by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The mean, in hundredths of a day.
    pub centre: i64,
    /// The upper limit, in hundredths.
    pub upper: i64,
    /// The lower limit, in hundredths; never below nought, for nothing takes less than no day.
    pub lower: i64,
    /// Each value, and whether it is unusual.
    pub values: Vec<(i32, Option<Unusual>)>,
}

/// A fraction in hundredths, rounded half up.
const fn hundredths(part: i64, of: i64) -> i64 {
    (part * 200 + of).div_euclid(of * 2)
}

impl Chart {
    /// Of days in the order of completion. None of fewer than [`FEWEST`]: too few to say.
    pub fn of(days: &[i32]) -> Option<Self> {
        if days.len() < FEWEST {
            return None;
        }
        let n = i64::try_from(days.len()).ok()?;
        let sum: i64 = days.iter().copied().map(i64::from).sum();
        let moved: i64 =
            days.iter().zip(days.iter().skip(1)).map(|(one, next)| i64::from((next - one).abs())).sum();
        let centre = hundredths(sum, n);
        // 2.66 times the mean moving range: 266 hundredths of it
        let reach = hundredths(moved * 266, (n - 1) * 100);
        let (upper, lower) = (centre + reach, (centre - reach).max(0));
        let side = |day: i32| (i64::from(day) * n).cmp(&sum);
        let mut values: Vec<(i32, Option<Unusual>)> = vec![];
        for run in days.chunk_by(|one, next| side(*one) == side(*next)) {
            let shifted = run.len() >= RUN && run.first().is_some_and(|day| side(*day).is_ne());
            for day in run {
                let hundred = i64::from(*day) * 100;
                let why = if hundred > upper {
                    Some(Unusual::Longer)
                } else if hundred < lower {
                    Some(Unusual::Shorter)
                } else {
                    shifted.then_some(Unusual::Run)
                };
                values.push((*day, why));
            }
        }
        Some(Self { centre, upper, lower, values })
    }

    /// How many are unusual.
    pub fn unusual(&self) -> usize {
        self.values.iter().filter(|one| one.1.is_some()).count()
    }
}

/// One time a hand-over came back, or was taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which hand-over.
    pub handover: Uuid,
    /// [`State::Returned`] or [`State::TakenOver`]; others are left out.
    pub state: State,
    /// On which day.
    pub on: Date,
    /// What was missing.
    pub reasons: Vec<ReturnReason>,
}

/// What became of hand-overs within some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Through {
    /// How many were decided: taken over, or returned at least once.
    pub decided: usize,
    /// How many of those were taken over and had never come back.
    pub first_time: usize,
    /// How many hand-overs came back for each reason, the most frequent first.
    pub reasons: Vec<(ReturnReason, usize)>,
}

/// Counts hand-overs from a day to a day. `turns` are all of those hand-overs, earlier ones too: what came back before and is
/// taken over now did not go through the first time.
pub fn through(turns: &[Turn], from: Date, to: Date) -> Through {
    let mut decided: BTreeSet<Uuid> = BTreeSet::new();
    let mut taken: BTreeSet<Uuid> = BTreeSet::new();
    let mut returned: BTreeSet<Uuid> = BTreeSet::new();
    let mut reasons: BTreeMap<ReturnReason, BTreeSet<Uuid>> = BTreeMap::new();
    for turn in turns.iter().filter(|turn| turn.on <= to) {
        let within = turn.on >= from;
        match turn.state {
            State::TakenOver if within => {
                decided.insert(turn.handover);
                taken.insert(turn.handover);
            }
            State::Returned => {
                returned.insert(turn.handover);
                if within {
                    decided.insert(turn.handover);
                    for reason in &turn.reasons {
                        reasons.entry(*reason).or_default().insert(turn.handover);
                    }
                }
            }
            State::TakenOver | State::Offered | State::Accepted | State::Withdrawn => {}
        }
    }
    let mut reasons: Vec<(ReturnReason, usize)> =
        reasons.into_iter().map(|(reason, which)| (reason, which.len())).collect();
    reasons.sort_by_key(|one| std::cmp::Reverse(one.1));
    Through { decided: decided.len(), first_time: taken.difference(&returned).count(), reasons }
}

#[cfg(test)]
mod tests;
