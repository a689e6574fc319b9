//! Periods of need or help: opened, corrected, changed and ended by hand, each kept apart.

mod actions;
mod forms;
mod pages;
pub(crate) mod store;

pub use actions::{
    BringForward, ChangeCircumstance, Circumstance, CircumstanceKind, CorrectEpisode, EndEpisode, Episode,
    OpenEpisode, bring_forward, change_circumstance, circumstances, correct_episode, end_episode, episodes,
    open_episode,
};

use crate::room::{Card, Look, Place, Room};
use crate::{App, Result, access};
use axum::Router;
use axum::routing::get;
use db::Conn;
use practice::access::Sight;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            Place {
                table: "episode",
                export: "SELECT id, episode_id, kind, from_date, to_date, end_reason, recorded_at, superseded_at FROM episode WHERE person_id = $1",
                merge: "UPDATE episode SET person_id = $2 WHERE person_id = $1",
                dispose: "DELETE FROM episode WHERE person_id = $1",
            },
            Place {
                table: "circumstance",
                export: "SELECT id, episode_id, kind, words, from_date, to_date, recorded_at, superseded_at FROM circumstance WHERE person_id = $1",
                merge: "UPDATE circumstance SET person_id = $2 WHERE person_id = $1",
                dispose: "DELETE FROM circumstance WHERE person_id = $1",
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/episodes", get(pages::show))
            .route("/person/{id}/episodes/open", get(pages::ask_open).post(pages::open_it))
            .route("/person/{id}/episodes/{episode}/{doing}", get(pages::ask_one).post(pages::change_it))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
        if look.known.is_some() || !decided.is_some_and(|decision| decision.is_allowed()) {
            return Ok(vec![]);
        }
        Ok(vec![pages::card(conn, look).await?])
    }
}
