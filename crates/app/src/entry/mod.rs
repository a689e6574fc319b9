//! The spine: entries. One thing recorded once: who was there, who was seen, what happened, whose words,
//! what was agreed; and drawn from it, nothing typed again: timelines, promises, who has seen the child.

mod after;
mod draw;
mod draw_held;
mod family;
mod follows;
mod found;
pub(crate) mod held;
mod hold_form;
mod named;
mod plainly;
mod promises;
mod reach;
mod record;
mod said;
mod seen;
mod share;
mod since;
pub(crate) mod store;
mod theirs;
mod timeline;
mod together;
pub mod when;
mod whole;
mod write;

pub(crate) use after::hash_of;
pub use draw::{
    disagreed, disagreements, files, heading, held, late_words, on_paper, on_timeline, paragraphs, plain,
    promise, sort, whole, whose,
};
pub use draw_held::{asks, beside, code, ground, of_code, part, why};
pub use family::family;
pub use follows::{Follows, follows};
pub use found::{Tally, learned_later, tally};
pub use held::{HeldBack, PrivateMatter};
pub use hold_form::{Typing, folded, hold_fields, hold_typed, private_fields, private_typed};
pub(crate) use named::Secrets;
pub use named::{Asked, Named, named_in, named_of, told};
pub use plainly::{Plainer, or, plain_words, plainer};
pub(crate) use promises::every_promise_about;
pub use promises::{Made, promise_now, promises_about, promises_of};
pub use reach::{in_few_words, may_correct, may_take_out, whys};
pub use record::{KeptFile, Recording, record};
pub(crate) use said::file as file_of;
pub use said::{Disagreement, File, Owner, Promised, Reply, Statement, Whole, open, open_many, versions};
pub use seen::{LastSeen, seen_lately};
pub use share::{have_spaces, share_rate};
pub use since::{Onward, filed_since};
pub(crate) use store::FileRow;
pub use theirs::{Own, Said, Theirs, lately_theirs, of_theirs, one_of_theirs, theirs, write_own, write_said};
pub use timeline::{Cursor, Filter, Page, timeline};
pub use together::record_together;
pub use whole::{Colleague, Entry, InIt, NamedReader};
