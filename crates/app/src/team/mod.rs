//! A team: its people by where they are and by who works with them, who waits and how long, what is due, who
//! is away. Stated plainly: nobody is ranked and no row is coloured.

mod actions;
mod board;
mod drawn;
mod flow;
mod gather;
mod limit;
mod pages;
mod parts;
pub(crate) mod store;

pub use actions::{SetLimit, set_limit};
pub use pages::{Seen, of_reader, seen};

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::get;

/// The room.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // it shows what other rooms hold, and keeps of itself only how many a column of its board may hold
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/team", get(pages::all))
            .route("/team/{code}", get(pages::show))
            .route("/team/{code}/board", get(board::show))
            .route("/team/{code}/board/limit", get(limit::ask).post(limit::send))
            .route("/team/{code}/flow", get(flow::show))
            .route("/team/{code}/dates", get(pages::dates))
            .route("/team/{code}/worker/{worker}", get(pages::worker))
    }
}
