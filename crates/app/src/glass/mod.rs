//! Breaking the glass: opening the record of someone one does not work with, openly, for a while, and
//! answered for; and the page that says who has read a record.

mod actions;
mod ask;
mod cards;
mod pages;
mod readings;
mod review;
pub(crate) mod store;

pub use actions::{Answer, BreakGlass, answer_review, break_glass};

use crate::moment::written as day;
use crate::room::{Card, Look, Place, Room};
use crate::{App, Result, Who};
use axum::Router;
use axum::routing::get;
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[crate::undated! {
            table "glass", person "person_id", what "opening by breaking the glass",
            thread "id", known "opened_at",
            words "reason",
            columns "worker_id, reason, opened_at, until_at, review_by, reviewer_id, reviewed_by, reviewed_at, outcome, review_words"
        }]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/glass", get(ask::show).post(ask::send))
            .route("/glass/{person}", get(pages::show).post(pages::send))
            .route("/glass/review/{id}", get(review::show).post(review::send))
            .route("/person/{id}/readings", get(readings::show))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::opened(conn, look).await
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        cards::to_review(conn, who, app.moment().now(), today).await
    }
}

/// An instant as pages say it, in London.
fn when(at: jiff::Timestamp) -> String {
    at.to_zoned(crate::moment::london()).strftime("%-d %B %Y, %-I.%M %P").to_string()
}

/// Words someone typed, quoted as theirs.
fn quoted(words: &str) -> Markup {
    html! { q { (words) } }
}
