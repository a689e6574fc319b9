//! The whole council as a folder of plain files that anyone can read, and back again into an empty database of
//! either engine: the way out for a council that leaves, and the way from one engine to the other.
//!
//! The folder holds one `tables/NAME.jsonl` for each table (one row a line, by the primary key, the same from either
//! engine), every attachment under its hash, `attachments.jsonl` that lists them, a page that explains it all, and
//! `manifest.json`, written last, with the hash of each file. See decision record 0010.

mod explained;
mod folder;
mod leaving;
mod line;
mod manifest;
mod out;
mod proof;
pub(crate) mod store;
mod taken_in;

pub use explained::{explained, table_words};
pub use leaving::{hidden, left_out};
pub use line::{read_line, write_line};
pub use manifest::{Chain, FileLine, LeftOut, Manifest};
pub use out::{Take, export};
pub use taken_in::import;

/// Told as it goes on: what is being done, how much of how much.
pub type Told<'a> = &'a mut (dyn FnMut(&str, u64, u64) + Send);

/// The form of the folder. Another form has another number, and this program says that it does not know it.
const FORM: u32 = 1;
const MANIFEST: &str = "manifest.json";
const PAGE: &str = "index.html";
const LIST: &str = "attachments.jsonl";
const ATTACHMENTS: &str = "attachments";
const TABLES: &str = "tables";
