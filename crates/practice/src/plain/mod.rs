//! Plain language: words of offices that the people written about do not use, and what one could say instead.
//!
//! The check is gentle. It says what it found and stops nobody. Words in quotation marks are somebody's own and are
//! never remarked on; statements of others are not given to it at all.

mod list;
mod look;
mod quoted;
mod tests;

pub use list::{List, OwnWord, Remark, Word, check_own, key, usual};
pub use look::{Found, LONG_SENTENCE, LongSentence, long_sentence, look};
