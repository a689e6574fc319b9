//! The facts clocks are worked out from: one small row each, as they are known now or were known on a day.

use super::kinds::FactKind;
use super::rules::Grade;
use crate::entry::{EntryKind, Manner, Seen};
use crate::episode::{EpisodeKind, StepKind, StepOutcome};
use crate::id::{EntryId, EpisodeId, FactId, StepId};
use crate::person::Birth;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

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
    /// What else happened that clocks of the general sort start from or end with.
    pub happened: &'a [Happened],
}

/// Something that happened or was done, of a kind that clocks know: a request that arrived, a letter sent, a
/// stay. It is about one person, worker, carer or home: about the one whose clocks are worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Which.
    pub id: FactId,
    /// Of what kind.
    pub kind: FactKind,
    /// The day it happened or began, in London.
    pub on: Date,
    /// The instant, where it is known: rules in hours count from it.
    pub at: Option<Timestamp>,
    /// The day it ended, for what lasts (a stay, being missing).
    pub ended: Option<Date>,
    /// The instant it ended.
    pub ended_at: Option<Timestamp>,
    /// The day it names: of the conference that was set, the last of a term, the court's day.
    pub names: Option<Date>,
    /// How urgent it is, where that matters.
    pub grade: Option<Grade>,
    /// The matter it belongs to (this complaint, this placement), so that facts of another do not count.
    pub matter: Option<Uuid>,
    /// The episode it belongs to.
    pub episode: Option<EpisodeId>,
}

impl Happened {
    /// A fact of which only the day is known.
    pub const fn on(id: FactId, kind: FactKind, on: Date) -> Self {
        Self {
            id,
            kind,
            on,
            at: None,
            ended: None,
            ended_at: None,
            names: None,
            grade: None,
            matter: None,
            episode: None,
        }
    }
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
