//! The room in which two records of one person are joined, and parted again where that was a mistake.

mod actions;
mod apart;
mod beside;
mod card;
mod compare;
mod differ;
mod held;
mod look;
mod pages;
mod pages_list;
mod pages_part;
mod part;
mod settle;
pub(crate) mod store;

pub use actions::{Choices, Join, join, require_both};
pub use apart::{TellApart, take_back, tell_apart};
pub use compare::{Differences, differences};
pub use look::{Looked, last_look, look, look_daily};
pub use part::{Joining, Part, asked, in_the_way, joining, joinings, part};

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
        // the joinings themselves name both records for ever: they are what leads from the one to the other
        &[
            crate::dated! {
                table "told_apart", person "one_id", what "decision that two records are of two people",
                thread "id",
                words "reason",
                columns "two_id, reason, told_by"
            },
            crate::dated! {
                table "told_apart", person "two_id", what "decision that two records are of two people",
                thread "id",
                words "reason",
                columns "one_id, reason, told_by"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/joining", get(pages_list::list))
            .route("/joining/{id}", get(pages_part::show).post(pages_part::send))
            .route("/person/{id}/join", get(pages_list::of_person))
            .route("/person/{id}/join/{other}", get(pages::show).post(pages::send))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        card::card(conn, look).await
    }
}
