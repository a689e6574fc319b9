//! The network picture: who belongs to whom (a genogram) and what surrounds somebody (an ecomap), on any day, with the same
//! told in a list; and how it is between them, recorded as ties.

mod actions;
mod family;
mod forms;
mod gather;
mod pages;
pub(crate) mod store;

pub use actions::{AddTie, CorrectTie, EndTie, NewTie, add_tie, correct_tie, end_tie};

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::get;

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
}
