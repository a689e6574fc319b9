//! The spine: access. Gathers how a reader is tied to a record and asks the rules, where data is read.
//!
//! One request has one [`Reach`]: what does not depend on the person asked about (whom the reader covers
//! for, which teams they lead as the tree stands today). With it any number of people are judged in two
//! statements for each thirty-two of them.

mod ask;
mod entries;
mod facts;
mod leads;
mod reach;
pub(crate) mod store;

pub use ask::{decide, decide_many, enter, let_on, permit, require, require_entry};
pub use entries::{EntryAsk, correct_entry, read_entries, read_entry};
pub use facts::{Standing, Standings};
pub use leads::{Lead, lead_of_team, lead_of_worker};
pub use reach::Reach;
