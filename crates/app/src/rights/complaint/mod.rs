//! Somebody complains. The first stage: it is received, its clock runs by rule CO-01, somebody who does not work with them
//! looks at it and writes to them how it was settled.

mod actions;
mod cards;
mod pages;
pub(crate) mod store;

pub use actions::{Complaint, Outcome, complain, complaints_of, settle};
pub(super) use cards::{of_today, on_page};

use crate::App;
use axum::Router;
use axum::routing::get;

/// The pages.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/complaint/{id}", get(pages::show).post(pages::send))
}
