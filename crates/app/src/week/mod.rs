//! The worker's own week: time with people against time recording, for themselves first; of a team only what five or
//! more did together. And the hours of their days, which nobody else sees.

mod actions;
mod hours;
mod hours_pages;
mod own;
mod pages;
pub(crate) mod store;
mod team;

pub use actions::{SetTime, set_time};
pub use hours::{
    AnswerLongWeek, Hours, LongWeek, SetHours, answer_long_week, hours_of, long_weeks, set_hours,
};
pub use team::{Told, of_team};

use crate::room::{Card, Place, Room};
use crate::{App, Result, Who};
use axum::Router;
use axum::routing::{get, post};
use db::Conn;
use jiff::civil::Date;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // minutes belong to a worker and say nothing of anyone else
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/me/week", get(pages::show))
            .route("/me/week/{id}", post(pages::set))
            .route("/me/hours", post(hours_pages::set))
            .route("/long-weeks", get(hours_pages::list).post(hours_pages::answer))
            .route("/team/{code}/week", get(team::show))
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        hours_pages::of_today(conn, who, app, today).await
    }
}
