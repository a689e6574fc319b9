//! The room of people's rights over their record: how long it is kept, holds on it, and letting it go when its time has
//! come; asking for it, and what is given.

pub mod asking;
mod cards;
pub mod complaint;
mod drawn;
pub mod ending;
mod holds;
mod keeping;
mod pages;
pub(crate) mod store;

pub use holds::{PutHold, lift_hold, put_hold};
pub use keeping::{Due, due, kept, schedule};

use crate::room::{Card, Look, Place, Room};
use crate::{App, Result};
use axum::Router;
use axum::routing::get;
use db::Conn;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            crate::dated! {
                table "hold", person "person_id", what "hold",
                thread "hold_id",
                words "kind || ': ' || reason",
                columns "hold_id, kind, reason, from_date, to_date, lifted_why, author_id"
            },
            crate::dated! {
                table "disposal", person "person_id", what "proposal to dispose of it",
                thread "id",
                words "reason",
                columns "reason, kept_until, proposed_by"
            },
            crate::dated! {
                table "left_out", person "person_id", what "words left out of what was given",
                thread "id",
                words "ground || ': ' || reason",
                columns "request_id, item_id, first_at, past_at, ground, reason, decided_by"
            },
            crate::undated! {
                table "record_item", person "person_id", what "item collected for a request",
                thread "request_id", known "recorded_at",
                words "title",
                columns "request_id, position, section, title, words, file_hash, file_kind, recorded_at"
            },
            crate::dated! {
                table "second_look", person "person_id", what "second look at a request",
                thread "id",
                words "COALESCE(words, '')",
                columns "request_id, sent_by, sent_at, looked_by, outcome, words"
            },
            crate::dated! {
                table "time_spent", person "person_id", what "time spent on a request",
                thread "id",
                words "CAST(minutes AS text) || ' minutes'",
                columns "request_id, worker_id, minutes"
            },
            crate::dated! {
                table "complaint", person "person_id", what "complaint",
                thread "complaint_id",
                words "words",
                columns "complaint_id, stage, words, received_on, extended_on, extended_why, state, ended_on, answer, answered_by"
            },
            crate::dated! {
                table "complaint_added", person "person_id", what "what they added to a complaint",
                thread "complaint_id",
                words "words",
                columns "complaint_id, stage, words, on_date"
            },
            crate::dated! {
                table "record_request", person "person_id", what "request for their record",
                thread "request_id",
                words "asked_by || ', received ' || CAST(received_on AS text)",
                columns "request_id, asked_by, asker, received_on, identity_on, question, question_on, answered_on, extended_on, extended_why, state, ended_on, ended_why, collected_at, author_id"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/retention", get(pages::list).post(pages::hold_everyone))
            .route("/retention/{id}", get(ending::certificate))
            .route("/person/{id}/retention", get(pages::of_person).post(pages::hold))
            .merge(asking::routes())
            .merge(complaint::routes())
            .route("/person/{id}/disposal", get(ending::show).post(ending::send))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::on_page(conn, look).await
    }

    async fn today(
        &self,
        conn: &mut Conn,
        who: &crate::Who,
        app: &App,
        today: jiff::civil::Date,
    ) -> Result<Vec<Card>> {
        let mut all = cards::waiting(conn, who, today).await?;
        all.extend(cards::asked(conn, who, (app.moment().now(), today)).await?);
        all.extend(complaint::of_today(conn, who, &app.moment()).await?);
        Ok(all)
    }
}
