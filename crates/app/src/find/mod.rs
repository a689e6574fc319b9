//! Finding: one box that forgives spelling, dates and the order of names and says why each person is shown; and
//! beginning a record, after a look at who is here already.

mod add;
mod pages;

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::get;

/// The room.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // it keeps nothing of its own: people and their names are the spine's
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new().route("/find", get(pages::show)).route("/find/add", get(add::ask).post(add::send))
    }
}
