//! The list of restricted records: who may learn that a person is known here, who is named, and which
//! workers have a link to someone and so may not open their record.

mod actions;
mod cards;
mod link;
mod list;
mod pages;
pub(crate) mod store;

pub use actions::{
    EndNamed, NameReader, SetLevel, end_named, name_reader, review_level, seal_record, set_level,
};
pub use link::{declare_link, end_link};
pub use list::{ListedRecord, is_restricted, list_restricted, numbered, worker_named};

use crate::moment::written as day;
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
                table "person_level", person "person_id", what "level of the record",
                thread "id",
                words "level || ': ' || reason",
                columns "level, reason, review_on"
            },
            crate::dated! {
                table "named_reader", person "person_id", what "named reader",
                thread "id",
                words "(SELECT w.name FROM worker w WHERE w.id = named_reader.worker_id)",
                columns "worker_id, reason, from_date, to_date"
            },
            crate::dated! {
                table "conflict_of_interest", person "person_id", what "declared link",
                thread "id",
                words "'a declared link'",
                columns "worker_id, link, from_date, to_date"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/restricted", get(list::show).post(list::send))
            .route("/restricted/{person}", get(pages::show).post(pages::send))
            .route("/link/{person}", get(link::show).post(link::send))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::level(conn, look).await
    }

    async fn today(&self, conn: &mut Conn, who: &Who, _app: &App, today: Date) -> Result<Vec<Card>> {
        cards::to_review(conn, who, today).await
    }
}
