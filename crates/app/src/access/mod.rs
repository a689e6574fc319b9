//! The spine: access. Gathers how a reader is tied to a record and asks the rules, where data is read.

pub(crate) mod store;
mod ties;

pub use ties::{decide, require, ties};
