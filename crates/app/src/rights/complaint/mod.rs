//! Somebody complains. It is received, its clock runs (rule CO-01, in the second stage CO-02), somebody who does not work with
//! them looks at it and writes to them how it was settled. They add to it while it is looked at, and go on to the next
//! stage where they are not content. Of a panel, the third stage, no clock runs yet.

mod actions;
mod cards;
mod pages;
pub(crate) mod store;

pub use actions::{Complaint, Outcome, Received, complain, complaints_of, not_content, settle};
pub(super) use cards::{of_today, on_page};

use crate::App;
use axum::Router;
use axum::routing::get;

/// The pages.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/complaint/{id}", get(pages::show).post(pages::send))
}
