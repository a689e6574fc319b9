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
            crate::dated! {
                table "episode", person "person_id", what "episode",
                thread "episode_id",
                words "kind || ' from ' || CAST(from_date AS text)",
                columns "episode_id, kind, team_id, from_date, to_date, end_reason, last_seen, last_review, source_key, why"
            },
            crate::dated! {
                table "circumstance", person "person_id", what "circumstance of an episode",
                thread "episode_id",
                words "kind || ': ' || words",
                columns "episode_id, kind, words, from_date, to_date"
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
