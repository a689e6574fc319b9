//! The council's own figures: how long a rule runs here, from a day on, within what the law allows.

mod actions;
mod pages;
pub(crate) mod store;
mod team;

pub use actions::{EndFigure, SetFigure, end_figure, set_figure};
pub use team::{SetTeamLimit, set_team_limit};

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::{get, post};

/// The room.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/administration/clocks", get(pages::list))
            .route("/administration/clocks/{rule}", get(pages::show).post(pages::set))
            .route("/administration/clocks/{rule}/end", post(pages::end))
            .route("/administration/limits", get(team::show).post(team::set))
    }
}
