//! Who of the record may read what is recorded: holding something back from somebody with a reason and a day for looking
//! again, saying that words are somebody's private matter, and how much of what is written those who were there can read.

mod actions;
mod cards;
mod list;
mod pages;
mod rate;
mod review;
pub(crate) mod store;

pub use actions::{Again, HoldBack, hold_back, look_again, make_private, not_private};
pub use rate::{Told, of_team};

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
        &[
            crate::dated! {
                table "held_back", person "person_id", what "something held back from them",
                thread "held_id", words "ground",
                columns "held_id, entry_id, statement_id, part, ground, why, review_on, from_date, to_date, ended_why, worker_id"
            },
            crate::dated! {
                table "private_matter", person "person_id", what "private matter of theirs",
                thread "matter_id", words "kind",
                columns "matter_id, entry_id, statement_id, kind, worker_id"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/entry/{id}/sharing", get(pages::show))
            .route("/entry/{id}/hold-back", post(pages::hold))
            .route("/entry/{id}/private", post(pages::private))
            .route("/entry/{id}/not-private", post(pages::free))
            .route("/held-back", get(list::own))
            .route("/held-back/{id}", get(review::show).post(review::send))
            .route("/team/{code}/held-back", get(list::team))
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        cards::of_today(conn, who, app, today).await
    }
}
