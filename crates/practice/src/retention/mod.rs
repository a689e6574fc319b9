//! How long a record is kept: worked out from what happened, with what stands behind it; and who may end it.
//!
//! The lengths are data (`data/retention.toml`), each with its source. What the law says may only be made longer by a
//! council; where no law gives a length, the figure is ours and the council's to change. Whatever is not known speaks
//! for keeping.

mod facts;
mod schedule;
#[cfg(test)]
mod tests;

pub use facts::{Hold, HoldKind, Kept, Period, Reason, RecordKind, Story, Until};
pub use schedule::{CountsFrom, Force, KeepRule, OwnLength, Schedule, ScheduleError};

use crate::id::WorkerId;
use jiff::civil::Date;

/// Why a record may not be disposed of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisposalRefusal {
    /// Its time has not come.
    #[error("It is kept until {0}")]
    TooEarly(String),
    /// Something is still open, or a day that is needed is not known.
    #[error("{0}")]
    NotYetKnown(String),
    /// A hold stands.
    #[error("A hold stands on it: {0}. Disposal waits until it is lifted")]
    Held(String),
    /// The same worker proposed it.
    #[error("Somebody else confirms what you proposed")]
    SameWorker,
}

/// Whether a record may be disposed of on a day: its time has passed, and no hold stands.
///
/// # Errors
/// [`DisposalRefusal`] with its sentence.
pub fn may_dispose(kept: &Kept, today: Date) -> Result<(), DisposalRefusal> {
    if let Some(hold) = kept.holds.first() {
        return Err(DisposalRefusal::Held(hold.kind.plain().to_lowercase()));
    }
    match &kept.until {
        Until::Day(day) if *day < today => Ok(()),
        Until::Day(day) => Err(DisposalRefusal::TooEarly(day.strftime("%-d %B %Y").to_string())),
        Until::Open(why) => Err(DisposalRefusal::NotYetKnown(why.clone())),
    }
}

/// Whether this worker may confirm a disposal that another proposed.
///
/// # Errors
/// [`DisposalRefusal::SameWorker`].
pub fn may_confirm(proposed_by: WorkerId, confirms: WorkerId) -> Result<(), DisposalRefusal> {
    if proposed_by == confirms { Err(DisposalRefusal::SameWorker) } else { Ok(()) }
}
