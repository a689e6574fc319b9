//! Who may see or do what, and why: the one place where it is decided.
//!
//! Access is by working relationship and denied by default. The database gathers the facts of how a
//! reader is tied to a person ([`Ties`]); [`decide`] answers with its reason either way, and
//! [`read_entry`] answers for one thing recorded about several people. Pages, search, attachments,
//! exports and commands all ask here. The same answers are set out for practitioners in
//! `docs/practice/access.md`, which a test renders from this code.
//!
//! Choices that the law leaves open and that the design settles towards keeping quiet:
//!
//! * a *sealed* record is absent to everyone, whatever their ties;
//! * a *restricted* record opens only to those named on its list, or to a duty role that has broken the
//!   glass; a working relationship alone does not open it, and never reaches it through a household;
//! * an entry that touches anyone who is beyond the reader's reach (sealed, restricted, or someone the
//!   reader has a declared link to) is left out whole, never shown with a hole in it;
//! * an account with the system administrator's role opens no record and finds nobody, whatever other
//!   posts it holds: someone who does both works with two accounts;
//! * naming readers of an entry narrows who may read it and never widens it.

mod decide;
mod decision;
mod entries;
mod family;
mod glass;
mod reader;
mod rights;
mod sight;
pub mod table;
mod ties;

pub use decide::decide;
pub use decision::{Answer, Decision, Reason, Refusal, WayOn};
pub use entries::{EntryFacts, Touched, correct_entry, may_answer_promise, read_entry};
pub use family::{FamilyBonds, family_of_timeline};
pub use glass::{
    FoundBy, GlassError, GlassFor, GlassNotice, GlassOpened, GlassOutcome, GlassRequest, GlassRules,
    GlassSetting, GlassTies, break_glass, exactly_named, glass_notices, may_break_glass, may_review_glass,
};
pub use reader::{Post, Reader, Staff, narrowed};
pub use rights::{Action, EndingFacts, StillNeeded, may, may_end_account};
pub use sight::{EpisodeChange, Sight};
pub use ties::{AllocationKind, BEGAN_DAYS, ChildTie, Covered, Link, Tie, Ties, counts_as_child};
