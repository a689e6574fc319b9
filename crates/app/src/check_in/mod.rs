//! Relationship check-ins: a person and a worker each say how it is between them, for themselves; what went wrong, an apology,
//! what was agreed and whether it was done. The two read it and nobody else; whoever leads reads counts of five or more.

mod actions;
mod cards;
mod pages;
mod read;
pub(crate) mod store;

pub use actions::{Answer, MakeGood, answer, make_good};
pub use read::{Answered, Between, CheckIn, Repair, between, said};

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
                table "check_in", person "person_id", what "how it is between them and a worker",
                thread "check_in_id", words "side",
                columns "check_in_id, worker_id, side, committed, sincere, listening, words, shown, answered_on"
            },
            crate::dated! {
                table "check_in_repair", person "person_id", what "what was made good between them and a worker",
                thread "repair_id", words "went_wrong",
                columns "repair_id, check_in_id, worker_id, side, went_wrong, apology, agreed, on_date, done_on"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/check-in", get(pages::show).post(pages::send))
            .route("/check-ins", get(pages::counts))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::of_person(conn, look).await
    }

    async fn today(&self, conn: &mut Conn, who: &Who, _app: &App, today: Date) -> Result<Vec<Card>> {
        cards::of_today(conn, who, today).await
    }
}
