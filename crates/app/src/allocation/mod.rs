//! Who works with whom. While an episode is open exactly one named person answers for someone: the responsible
//! worker or, until there is one, the manager of the team that holds the episode (*waiting for a worker*).

mod actions;
mod card;
mod continuity;
pub mod handover;
pub mod limit;
mod pages;
mod ribbon;
pub(crate) mod store;

pub use actions::{Allocate, EndAllocation, Helper, allocate, end_allocation, helpers, story_first};
pub use ribbon::{Block, Ribbon, ribbon};

use crate::room::{Card, Evidence, Look, Place, Room};
use crate::{App, Result, Who, access};
use axum::Router;
use axum::routing::get;
use db::Conn;
use jiff::civil::Date;
use practice::access::Sight;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            crate::dated! {
                table "allocation", person "person_id", what "allocation",
                thread "id",
                words "(SELECT w.name FROM worker w WHERE w.id = allocation.worker_id) || ': ' || part",
                columns "worker_id, team_id, part, from_date, to_date, reason, end_reason"
            },
            handover::HANDOVER,
            handover::NOTE,
            limit::OVER,
            limit::WAY,
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/helpers", get(pages::show))
            .route("/person/{id}/continuity", get(continuity::show))
            .route("/person/{id}/helpers/allocate", get(pages::ask).post(pages::give))
            .route("/person/{id}/helpers/{allocation}/end", get(pages::ask_end).post(pages::finish))
            .merge(handover::routes())
            .merge(limit::routes())
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
        if look.known.is_some() || !decided.is_some_and(|decision| decision.is_allowed()) {
            return Ok(vec![]);
        }
        let mut cards = vec![card::card(conn, look).await?];
        cards.extend(handover::of_person(conn, look).await?);
        Ok(cards)
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        let moment = app.moment();
        let mut cards = handover::of_today(conn, who, moment.now(), today).await?;
        cards.extend(limit::of_today(conn, who, &moment).await?);
        Ok(cards)
    }

    async fn evidence(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
        handover::evidence_of(conn, look).await
    }
}
