//! The clock engine: from dated rules and the facts of one person's record to every clock, running or done.
//!
//! A clock is one timescale for one person: what started it, when it is due, what completed or ended it.
//! Nothing here is stored. Clocks are worked out anew from the facts, so a corrected date moves them, an
//! entry written late counts by the day it happened, and no reason given for lateness can erase it.

mod chain;
mod facts;
mod general;
mod kinds;
mod once;
mod periods;
mod placement;
mod rules;
mod run;
mod state;
#[cfg(test)]
mod tests;
mod why;

pub use facts::{Brought, BroughtFact, EntryFact, EpisodeFact, Facts, Happened, LastingFact, StepFact};
pub use kinds::FactKind;
pub use rules::{
    After, Area, Birthdays, CarriedOut, Change, Done, Figure, FigureRefusal, Force, Grade, Live,
    LocalOverride, MonthDay, Only, Own, OwnFigure, Rule, RuleError, RuleId, Rules, Run, Shape, Start, Sure,
    Trigger, list,
};
pub use run::clocks;
pub use state::{Lateness, State};
pub use why::Why;

use crate::calendar::{Counting, Length};
use crate::entry::EntryKind;
use crate::episode::EpisodeKind;
use crate::id::{EntryId, EpisodeId, FactId, StepId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One timescale for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The rule that made it.
    pub rule: RuleId,
    /// The episode it belongs to, where there is one.
    pub episode: Option<EpisodeId>,
    /// Which time round, from 1; a new period starts again at 1.
    pub round: u32,
    /// What started it: its days are counted from this.
    pub started: Cause,
    /// What allowed it to be due no earlier, when a change of circumstances shortened a time already spent.
    pub not_before: Option<Cause>,
    /// How long it runs.
    pub length: Length,
    /// Whether its first day counts.
    pub counting: Counting,
    /// Its last day in time, to the end of that day in London.
    pub due: Date,
    /// What sort of thing completes it.
    pub awaits: Done,
    /// What completed it.
    pub done: Option<Cause>,
    /// What ended it undone, so that it is no longer needed.
    pub cancelled: Option<Cause>,
    /// Which of the several things its rule asks for, from 0.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub part: u8,
    /// The last instant in time, for a rule in hours whose start is known to the minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// When it was completed, where that is known to the minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
    /// The day it is counted back from, or the birthday it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_day: Option<Date>,
    /// What changed its last day once it ran: more time given, a wait, another grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Cause>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_nought(part: &u8) -> bool {
    *part == 0
}

impl Clock {
    /// Whether it still runs.
    pub const fn is_running(&self) -> bool {
        self.done.is_none() && self.cancelled.is_none()
    }
}

/// Something that happened, as the cause of a start, a completion or an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cause {
    /// The day it counts for.
    pub on: Date,
    /// What it was.
    pub what: What,
    /// Where in the record it stands.
    pub source: Source,
}

/// Where in the record a cause stands, so that a page can lead there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Source {
    /// An entry.
    Entry(EntryId),
    /// A step.
    Step(StepId),
    /// An episode: its start, its end, or what came with it.
    Episode(EpisodeId),
    /// The date of birth.
    Birth,
    /// A fact of another kind.
    Fact(FactId),
}

/// What a cause was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum What {
    /// A referral was received.
    Referral,
    /// The referral was decided on.
    Decision,
    /// It was decided that no assessment follows.
    NoAssessment,
    /// An assessment began.
    AssessmentBegan,
    /// An assessment was finished.
    AssessmentFinished,
    /// A strategy discussion was held.
    StrategyDiscussion,
    /// A section 47 enquiry began.
    Section47Began,
    /// The enquiry found that no conference is needed.
    NoConference,
    /// The initial conference was held.
    InitialConference,
    /// A core group met.
    CoreGroup,
    /// A review conference was held.
    ReviewConference,
    /// A protection plan began.
    ProtectionPlanBegan,
    /// A protection plan ended.
    ProtectionPlanEnded,
    /// A child in need plan began.
    NeedPlanBegan,
    /// A child in need plan ended.
    NeedPlanEnded,
    /// A child in need review was held.
    NeedReview,
    /// A child became looked after.
    BecameLookedAfter,
    /// A child began to live in a placement.
    PlacementBegan,
    /// A review for a looked-after child was held.
    CareReview,
    /// An episode began.
    EpisodeBegan(EpisodeKind),
    /// An episode ended.
    EpisodeEnded(EpisodeKind),
    /// The child turned 18.
    TurnedEighteen,
    /// A visit at which the child was seen.
    Visit,
    /// A visit at which the child was seen alone.
    VisitAlone,
    /// The child was seen otherwise, in person.
    Seen,
    /// The child was seen alone otherwise, in person.
    SeenAlone,
    /// The child was seen, says the old system.
    SeenBefore,
    /// A review was held, says the old system.
    ReviewBefore,
    /// The placement was now meant to last until 18.
    MeantToLast,
    /// The placement was no longer meant to last until 18.
    NotMeantToLast,
    /// Something happened that is to be written down.
    Happened(EntryKind),
    /// It was written down.
    Recorded,
    /// A fact of another kind.
    Fact(FactKind),
    /// They reached an age, in whole years.
    Reached(u8),
    /// The time for it opened: the first day of the month or of the yearly window.
    Opened,
}
