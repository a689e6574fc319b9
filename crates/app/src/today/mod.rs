//! The first page of everyone who works here: the people they work with, what is due and why, who waits for a
//! worker, what other rooms put there.

mod lead;
mod mine;
mod others;
mod pages;

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::get;

/// The room.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // it shows what other rooms hold and keeps nothing
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new().route("/today", get(pages::show)).route("/today/dates", get(pages::dates))
    }
}
