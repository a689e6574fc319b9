//! The spine: entries. One thing recorded once: who was there, who was seen, what happened, whose words,
//! what was agreed; and drawn from it, nothing typed again: timelines, promises, who has seen the child.

mod after;
mod reach;
mod record;
pub(crate) mod store;
mod whole;
mod write;

pub use record::{KeptFile, Recording, record};
pub use whole::{Colleague, Entry, InIt, NamedReader};
