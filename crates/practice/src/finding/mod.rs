//! Finding people whose names, dates or numbers are given a little wrong, and noticing that two records may be of
//! the same person.
//!
//! How a search goes, with the database's part in italics:
//!
//! 1. [`parse_query`] tells names from dates, numbers and postcodes in what was typed.
//! 2. For each name word [`lookup_keys`] gives at most [`LOOKUP_KEYS`] keys. *The table of keys, filled with
//!    [`index_keys`] of every distinct word of every name, answers with the words that share one.*
//! 3. [`nearest`] judges those words and keeps at most [`NEAREST`].
//! 4. *Who has a word near the first word asked for, intersected with who has one near the last.* Both lists fit
//!    statements with a fixed number of places; places left over repeat the first value.
//! 5. [`score`] judges each of them as a whole and says why; [`rank`] puts them in order.
//!
//! Measured on 100,000 invented people with `cargo run --release -p practice --example finding`.
//!
//! Everything works on [`normalise`]d words, so the words in the database must come from it too.

mod blocks;
mod candidate;
mod dates;
mod keys;
mod likeness;
mod near;
mod nickname;
mod normalise;
mod query;
mod score;
mod vocabulary;
mod why;

pub use blocks::blocks;
pub use candidate::{Candidate, FullName};
pub use dates::{BirthSought, DateSlip, birth_closeness, date_closeness};
pub use keys::{INDEX_KEYS, LOOKUP_KEYS, delete_keys, index_keys, lookup_keys, sounds};
pub use likeness::{Likeness, Reason, Strength, likely_same};
pub use near::{NEAREST, NameSlip, Near, closeness, nearest};
pub use nickname::related;
pub use normalise::{Token, Word, normalise, words};
pub use query::{Query, parse_query};
pub use score::{Ranked, rank, score};
pub use vocabulary::Vocabulary;
pub use why::Why;
