//! The spine: people. Who someone is, who they live with and matter to, where, and since when.

pub mod actions;
mod appears;
pub(crate) mod bonds;
pub mod facts;
mod header;
pub(crate) mod index;
pub mod joined;
pub mod pages;
mod profile;
pub mod seek;
pub mod shown;
pub(crate) mod store;

pub use header::{Header, header, headers};
pub use pages::Here;
pub use profile::{Known, Profile, found_name, profile};
