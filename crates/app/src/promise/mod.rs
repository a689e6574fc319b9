//! Promises followed up: shown where they matter, and said to be kept, not kept or no longer needed.

mod actions;
mod pages;
pub(crate) mod store;

pub use actions::{Answer, answer_promise};

use crate::access::Reach;
use crate::entry;
use crate::room::{Card, Evidence, Look, Place, Room};
use crate::{App, Result, Who};
use axum::Router;
use axum::routing::get;
use db::Conn;
use jiff::civil::Date;
use practice::id::TeamId;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            crate::dated! {
                table "promise", person "person_id", what "promise",
                thread "COALESCE((SELECT e.thread_id FROM entry e WHERE e.id = promise.entry_id), promise_id)",
                words "what",
                columns "promise_id, entry_id, what, by_worker, by_person, by_words, due_on, state, ended_on, outcome"
            },
            crate::dated! {
                table "promise", person "by_person", what "promise they made",
                thread "COALESCE((SELECT e.thread_id FROM entry e WHERE e.id = promise.entry_id), promise_id)",
                words "what",
                columns "promise_id, entry_id, person_id, what, by_worker, by_words, due_on, state, ended_on, outcome"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new().route("/promise/{id}", get(pages::show).post(pages::answer))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        // as known on a past day, promises stand in the entries they were made in
        if look.known.is_some() {
            return Ok(vec![]);
        }
        let promises = entry::promises_about(conn, look.who, look.now, look.person).await?;
        let body = pages::of_person(&promises, look.today);
        Ok(body.map(|body| Card { place: 45, body }).into_iter().collect())
    }

    async fn evidence(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
        pages::evidence(conn, look).await
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        let Some(worker) = who.worker() else { return Ok(vec![]) };
        let now = app.moment().now();
        let reach = Reach::of(conn, who, now).await?;
        let led: Vec<TeamId> = reach.led_teams().into_iter().map(|team| team.0).collect();
        let made = entry::promises_of(conn, who, now, worker, &led).await?;
        let body = pages::of_today(&made, today);
        Ok(body.map(|body| Card { place: 30, body }).into_iter().collect())
    }
}
