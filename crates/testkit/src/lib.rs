//! A whole Alongside for a test: a fresh database, a frozen clock, and a browser without a window.
//!
//! Every test runs on SQLite; where `TEST_POSTGRES` holds the address of a server that may create
//! databases, it runs there as well.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "tests are built on this: what cannot be set up has failed, and says so by panicking"
)]

mod browser;
mod build;
mod people;
mod place;
mod post_office;

pub use browser::{Answered, Browser, value};
pub use build::{Keys, Worker};
pub use place::{TestApp, both};
pub use post_office::{Arrived, Mood, PASSWORD, PostOffice};
