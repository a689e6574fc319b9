//! Going slower, or otherwise than procedure says, for a person's good: proposed with why and until when, asked about by
//! whoever leads before they agree or say no, looked at again on its day. No date moves. The service sees where.

mod actions;
mod cards;
mod forms;
mod overview;
mod pages;
mod read;
pub(crate) mod store;

pub use actions::{Doing, Propose, go_on, propose};
pub use read::{OwnWay, Spoken, own_ways};

use crate::room::{Card, Look, Place, Room};
use crate::{App, Result, Who};
use axum::Router;
use axum::routing::get;
use db::Conn;
use jiff::civil::Date;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            crate::dated! {
                table "own_way", person "person_id", what "what is done otherwise for their good",
                thread "own_way_id", words "procedure || ': ' || otherwise",
                columns "own_way_id, rule, started_on, procedure, otherwise, why, agreed_with, for_family, asked_until, state, proposed_by, proposed_on, decided_by, decided_on, decided_words, until_date, became, became_words, ended_on, author_id"
            },
            crate::undated! {
                table "own_way_said", person "person_id", what "what was asked and answered about that",
                thread "own_way_id", known "recorded_at", words "words",
                columns "own_way_id, kind, words, worker_id, on_date, recorded_at"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/own-way", get(pages::show).post(pages::send))
            .route("/person/{id}/own-way/new", get(forms::ask).post(forms::send))
            .route("/own-ways", get(overview::show))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::of_person(conn, look).await
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        cards::of_today(conn, who, app.moment().now(), today).await
    }
}
