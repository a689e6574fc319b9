//! The journal: the append-only, hash-chained account of every change and every reading.
//!
//! In the same transaction as its facts every action appends a row. No command waits for a chain: a sealer
//! chains the rows not yet sealed in the background.

mod note;
pub(crate) mod store;

pub use note::{Act, note, read_together, reading};
