//! What every import shares: its report, the list of runs, and what a file last said of a field.

mod decide;
mod pages;
mod question;
mod question_pages;
mod report;
mod runs;
mod said;
pub(crate) mod store;
mod waiting;

pub use decide::{Decide, decide};
pub use pages::Here;
pub(crate) use question::{Asking, in_words};
pub use question::{FilesPeriod, Question, asked_by, open_questions, question};
pub use report::{Change, Kept, Listed, Problem, Problems, Report, Unread};
pub use runs::{Run, refuse_demonstration, run, runs};
pub(crate) use runs::{council_ids, keep_run, only_team, team_of};
pub(crate) use said::{Said, Verdict, judge};

use serde::Serialize;

/// How an import came out.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything was stored, or would be where it was only looked at.
    Done(Box<Report>),
    /// Nothing was stored: this is what is to be put right first.
    Nothing(Problems),
}

/// Where an import has got to: so many of so many.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Progress that nobody watches.
pub fn unwatched(_done: u64, _of: u64) {}

/// Whether an import is only looked at, or stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything is tried and then given up: what would happen is reported.
    Look,
    /// It is stored.
    Store,
}
