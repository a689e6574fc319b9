//! The spine: told. The story so far and our plan as they stand, now or as known on a past day: read by the rooms that
//! write them, by whoever allocates a worker, and by the family's own pages.
//!
//! [`story`] and [`plan`] give all of it, whoever asks; [`story_for`] and [`plan_for`] leave out, for a worker, the
//! words of people of whom they may not know. For the family's own pages [`story_of_theirs`] and [`plan_of_theirs`] give what
//! [`practice::story::may_be_shown`] and [`practice::plan::shown`] let through.

pub mod at_once;
pub mod choose;
pub mod not_right;
mod plan;
pub(crate) mod store;
mod story;
mod theirs;
mod voice;

pub use plan::{Line, Plan, Scaled, View, plan, plan_for};
pub use story::{ReadBy, Retold, Story, Telling, story, story_for};
pub(crate) use theirs::usual;
pub use theirs::{TheirPlan, plan_of_theirs, responsible_for, story_of_theirs, told_about_others};
pub use voice::{By, Voice, all_of, avatar_of, between};

use jiff::Timestamp;

/// Later than anything that is recorded: the year 3000, which both engines can hold.
const FAR: Timestamp = Timestamp::constant(32_503_680_000, 0);
