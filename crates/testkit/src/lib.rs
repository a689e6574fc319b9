//! A whole Alongside for a test: a fresh database, a frozen clock, and a browser without a window.
//!
//! Every test runs on SQLite; where `TEST_POSTGRES` holds the address of a server that may create
//! databases, it runs there as well.

mod browser;
mod build;
mod people;
mod place;

pub use browser::{Answered, Browser};
pub use build::{Keys, Worker};
pub use place::{TestApp, both};
