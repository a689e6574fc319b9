//! The spine: entries. One thing recorded once: who was there, who was seen, what happened, whose words,
//! what was agreed; and drawn from it, nothing typed again: timelines, promises, who has seen the child.

mod after;
mod found;
mod reach;
mod record;
mod said;
pub(crate) mod store;
mod timeline;
mod whole;
mod write;

pub use found::{Tally, learned_later, tally};
pub use record::{KeptFile, Recording, record};
pub use said::{File, Owner, Promised, Statement, Whole, open, versions};
pub use timeline::{Cursor, Filter, Page, timeline};
pub use whole::{Colleague, Entry, InIt, NamedReader};
