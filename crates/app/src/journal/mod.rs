//! The journal: the append-only, hash-chained account of every change and every reading.
//!
//! In the same transaction as its facts every action appends a row. No command waits for a chain: a sealer
//! chains the rows not yet sealed in the background.

mod facts;
mod heads;
mod note;
mod reading;
mod seal;
pub(crate) mod store;
mod verify;

pub(crate) use facts::named_in;
pub use facts::{DISPOSES, verify_facts};
pub use heads::{KeptHead, compare, read_heads, write_head};
pub use note::{Act, note, read_together, reading};
pub use reading::{Read, Reading, read, read_of, read_words, readers, readings, reason_code, refused};
pub use seal::{Head, head, keep_sealing, seal};
pub use verify::{Fault, FaultKind, Verified, verify};
