//! Somebody asks for their record: received, collected across the rooms, decided span by span, looked at by somebody
//! else, and given as a page with the files as they came.

mod actions;
mod collect;
mod decide;
mod for_them;
mod out;
mod pages;
mod pages_item;
pub(crate) mod store;

pub use actions::{OwnRequest, Receive, Step, ask_for_own, own_requests, receive, spend, step};
pub use collect::collect;
pub use decide::{LeaveOut, leave_out, second_look, send, settle};
pub(super) use pages::due;

use crate::{App, Result};
use axum::Router;
use axum::routing::get;
use db::Conn;
use jiff::civil::Date;
use practice::id::PersonId;
use uuid::Uuid;

/// Requests still to be answered, the oldest first: whose, which, and when they arrived.
pub(super) async fn open_requests(conn: &mut Conn) -> Result<Vec<(PersonId, Uuid, Date)>> {
    let rows: Vec<store::RequestRow> = conn.all(store::OPEN, db::args![]).await?;
    Ok(rows.into_iter().map(|row| (row.person_id.into(), row.request_id, row.received_on.0)).collect())
}

/// The pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/person/{id}/rights", get(pages::of_person).post(pages::arrive))
        .route("/person/{id}/rights/{request}", get(pages::show).post(pages::act_on))
        .route("/person/{id}/rights/{request}/preview", get(pages::preview))
        .route("/person/{id}/rights/{request}/out", get(pages::take_out))
        .route("/person/{id}/rights/{request}/item/{item}", get(pages_item::show).post(pages_item::send))
        .route("/person/{id}/who-has-read", get(for_them::show))
}
