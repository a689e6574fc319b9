//! Hand-overs: offered with what makes them ready, accepted or returned with what is missing, taken over. Until then
//! everything stays with whoever had it.

mod actions;
mod cards;
mod decide;
mod forms;
mod going_on;
mod leaving;
mod listed;
mod pack;
mod pages;
mod read;
mod said;
pub(crate) mod store;

pub use actions::{Offer, offer};
pub(super) use cards::{evidence_of, of_person, of_today};
pub(super) use decide::holds;
pub use decide::{OverTime, continuity_of, load_of, load_with, over_time};
pub use going_on::{Doing, go_on};
pub use read::{Handover, Note, answered_for, handovers, notes, under_way, who_answers};
pub use said::{Say, say};
pub(super) use store::HeldRow as Holds;

use crate::App;
use crate::room::Place;
use axum::Router;
use axum::routing::get;

/// Where a person appears in these tables.
pub(super) const HANDOVER: Place = crate::dated! {
    table "handover", person "person_id", what "hand-over",
    thread "handover_id",
    words "state || ': ' || (SELECT w.name FROM worker w WHERE w.id = handover.to_worker)",
    columns "handover_id, step, cause, state, from_worker, to_worker, why, could_stay, could_stay_words, leaves_on, offered_by, offered_on, agreed_by, answered_on, reasons, return_words, not_met_why, ended_on, author_id"
};
/// The same of what goes with a hand-over.
pub(super) const NOTE: Place = crate::dated! {
    table "handover_note", person "person_id", what "what goes with a hand-over",
    thread "handover_id",
    words "kind || ': ' || words",
    columns "handover_id, kind, ask, shown, words, said, by_worker, on_date, author_id"
};

/// The pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/person/{id}/handover", get(pages::show).post(pages::send))
        .route("/person/{id}/handover/offer", get(forms::ask_offer).post(forms::send_offer))
        .route("/person/{id}/handover/said", get(forms::ask_said).post(forms::send_said))
        .route("/person/{id}/handover/pack", get(pack::of_person))
        .route("/team/{code}/worker/{worker}/leaving", get(leaving::show))
        .route("/team/{code}/worker/{worker}/packs", get(leaving::packs))
}
