//! The story so far: told with the person, in six parts, each voice in its own place; read by every new worker, who says
//! so; and looked into before anybody is asked what they have told already.

mod actions;
mod ask;
mod cards;
mod pages;
mod pages_again;
mod pages_tell;
pub(crate) mod store;

pub use actions::{Retell, Tell, read_story, retell, tell};

use crate::room::{Card, Evidence, Look, Place, Room};
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
        PLACES
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/story", get(pages::show))
            .route("/person/{id}/story/pdf", get(pages::pdf))
            .route("/person/{id}/story/tell", get(pages_tell::ask).post(pages_tell::send))
            .route("/person/{id}/story/again", get(pages_again::ask).post(pages_again::send))
            .route("/person/{id}/story/read", post(pages::read))
            .route("/person/{id}/story/settle", post(pages::settle))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::of_person(conn, look).await
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        cards::of_today(conn, who, app.moment().now(), today).await
    }

    async fn evidence(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
        cards::evidence(conn, look).await
    }
}

const PLACES: &[Place] = &[
    crate::dated! {
        table "story_telling", person "person_id", what "part of their story",
        thread "telling_id",
        words "part || ': ' || words",
        columns "telling_id, part, told_how, by_themselves, by_person, by_words, shared, words, rests_on, told_on, author_id"
    },
    crate::dated! {
        table "story_telling", person "by_person", what "what they told of somebody",
        thread "telling_id",
        words "part || ': ' || words",
        columns "telling_id, person_id, part, told_how, by_themselves, by_words, shared, words, rests_on, told_on, author_id"
    },
    crate::undated! {
        table "story_read", person "person_id", what "worker who read their story",
        thread "id", known "recorded_at",
        words "(SELECT w.name FROM worker w WHERE w.id = story_read.worker_id)",
        columns "worker_id, held, read_on, recorded_at"
    },
    crate::undated! {
        table "retelling", person "person_id", what "time they had to tell it again",
        thread "id", known "recorded_at",
        words "what",
        columns "worker_id, entry_id, what, why, on_date, recorded_at"
    },
];
