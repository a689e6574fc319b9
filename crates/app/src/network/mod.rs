//! The network picture: who belongs to whom (a genogram) and what surrounds somebody (an ecomap), on any day, with the same
//! told in a list; and how it is between them, recorded as ties.

mod actions;
mod family;
mod forms;
mod gather;
mod pages;
pub(crate) mod store;

pub use actions::{AddTie, CorrectTie, EndTie, NewTie, add_tie, correct_tie, end_tie};

use crate::person::profile;
use crate::room::{Evidence, Look, Place, Room};
use crate::working::plural;
use crate::{App, Result, access};
use axum::Router;
use axum::routing::get;
use db::Conn;
use practice::access::Sight;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            crate::dated! {
                table "tie", person "person_id", what "tie",
                thread "id",
                words "kind || COALESCE(': ' || name, '')",
                columns "other_id, kind, name, strength, stress, flow, note, from_date, to_date"
            },
            crate::dated! {
                table "tie", person "other_id", what "tie",
                thread "id",
                words "kind",
                columns "person_id, kind, name, strength, stress, flow, note, from_date, to_date"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/network", get(pages::show))
            .route("/person/{id}/network/tie", get(forms::ask).post(forms::add))
            .route("/person/{id}/network/tie/{tie}", get(forms::again).post(forms::correct))
            .route("/person/{id}/network/tie/{tie}/end", get(forms::ask_end).post(forms::end))
    }

    /// That it is known who matters to them.
    async fn evidence(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
        let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
        if !decided.is_some_and(|decision| decision.is_allowed()) {
            return Ok(vec![]);
        }
        let profile = profile(conn, look).await?;
        let known = profile.related.len();
        if known == 0 {
            return Ok(vec![]);
        }
        let words = format!("{} in their network", plural(known, "person", "people"));
        Ok(vec![Evidence { of: "network-known", words, href: format!("/person/{}/network", look.person) }])
    }
}
