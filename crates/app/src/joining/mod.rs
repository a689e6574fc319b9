//! The room in which two records of one person are joined, and parted again where that was a mistake.

mod actions;
mod apart;
mod differ;
mod held;
mod part;
mod settle;
pub(crate) mod store;

pub use actions::{Choices, Join, allowed, join, require_both};
pub use part::{Joining, Part, asked, in_the_way, joining, joinings, part};

use crate::App;
use crate::room::{Place, Room};
use axum::Router;

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
    }
}
