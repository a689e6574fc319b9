//! The spine: people. Who someone is, who they live with and matter to, where, and since when.

mod header;
pub(crate) mod store;

pub use header::{Header, header, headers};
