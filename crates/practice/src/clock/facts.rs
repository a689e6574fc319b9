//! The facts clocks are worked out from: one small row each, as they are known now or were known on a day.

use crate::entry::{EntryKind, Manner, Seen};
use crate::episode::{EpisodeKind, StepKind, StepOutcome};
use crate::id::{EntryId, EpisodeId, StepId};
use crate::person::Birth;
use jiff::civil::Date;

/// Everything about one person that clocks depend on. The order of rows does not matter. Reasons for
/// lateness are not here: no clock depends on them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// When they were or will be born.
    pub birth: Option<Birth>,
    /// Their episodes.
    pub episodes: &'a [EpisodeFact],
    /// The steps of their pathway.
    pub steps: &'a [StepFact],
    /// Entries about them: the current version of each.
    pub entries: &'a [EntryFact],
    /// What the old system last knew.
    pub brought: &'a [BroughtFact],
    /// When the place they live in was meant to last until they are 18.
    pub lasting: &'a [LastingFact],
}

/// An episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpisodeFact {
    /// Which.
    pub id: EpisodeId,
    /// Of what kind.
    pub kind: EpisodeKind,
    /// Its first day.
    pub from: Date,
    /// Its last day, once it has ended.
    pub to: Option<Date>,
}

/// A step of the pathway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepFact {
    /// Which.
    pub id: StepId,
    /// Of what kind.
    pub kind: StepKind,
    /// The day it happened or began.
    pub on: Date,
    /// The day it was finished or ended. An assessment, an enquiry, a plan or a placement without it goes
    /// on; a meeting, a review or a decision without it was done in one day.
    pub ended: Option<Date>,
    /// How it came out, where that decides what follows.
    pub outcome: Option<StepOutcome>,
    /// The episode it belongs to.
    pub episode: Option<EpisodeId>,
}

/// An entry about the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryFact {
    /// Which.
    pub id: EntryId,
    /// Of what kind.
    pub kind: EntryKind,
    /// How people met.
    pub manner: Option<Manner>,
    /// The day it happened, in London.
    pub on: Date,
    /// Whether this person was seen.
    pub seen: Option<Seen>,
    /// The day it was first written down (of its first version), in London.
    pub recorded_on: Date,
    /// Whether it came with an import, so that nobody knows when it was written down.
    pub imported: bool,
}

/// What the old system last knew, brought in with the episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BroughtFact {
    /// The episode it came with.
    pub episode: EpisodeId,
    /// What it was.
    pub what: Brought,
    /// The day of it.
    pub on: Date,
}

/// What can be brought from the old system to start a clock from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Brought {
    /// The child was last seen then.
    LastSeen,
    /// The last review was held then.
    LastReview,
}

/// A time during which the place a child lives in was meant to last until they are 18.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastingFact {
    /// The episode of being looked after.
    pub episode: EpisodeId,
    /// The day this was decided.
    pub from: Date,
    /// The day it was no longer so.
    pub to: Option<Date>,
}
