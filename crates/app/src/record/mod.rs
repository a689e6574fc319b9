//! Recording: the one screen on which a visit, a call or a meeting is written down once; drafts; correcting.

mod circle;
mod desk;
mod drafts;
mod form;
mod kept;
mod send;
mod sharing;
mod show;
pub(crate) mod store;
mod words;

pub use circle::{are_workers, drafted};

use crate::room::{Card, Place, Room};
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
        // drafts, waiting files and notices belong to accounts and workers
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/record", get(show::show).post(send::send))
            .route("/record/words", post(words::ask))
            .route("/entry/{id}/correct", get(show::correct))
            .route("/drafts", get(drafts::list).post(drafts::save))
            .route("/drafts/{id}/discard", post(drafts::discard))
            .route("/drafts/{id}/put-back", post(drafts::put_back))
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, _today: Date) -> Result<Vec<Card>> {
        let card = drafts::card(conn, who, app).await?;
        Ok(card.map(|body| Card { place: 40, body }).into_iter().collect())
    }
}
