//! The worker's own week: time with people against time recording, for themselves first; of a team only what five or
//! more did together.

mod actions;
mod own;
mod pages;
pub(crate) mod store;
mod team;

pub use actions::{SetTime, set_time};
pub use team::{Told, of_team};

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::{get, post};

/// The room.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // minutes belong to a worker and say nothing of anyone else
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/me/week", get(pages::show))
            .route("/me/week/{id}", post(pages::set))
            .route("/team/{code}/week", get(team::show))
    }
}
