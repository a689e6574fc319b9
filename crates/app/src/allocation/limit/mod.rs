//! What workers hold against what they can hold, a named manager's decision to go over it, how long the way to somebody
//! takes; and everybody of the service who waits for a worker.

mod actions;
mod cards;
mod forms;
mod pages;
mod read;
pub(crate) mod store;
mod waiting;
mod way;

pub use actions::{Decide, LookBack, decide_over_limit, look_again};
pub(super) use cards::of_today;
pub(super) use forms::{fields, typed_decision};
pub(super) use read::stopped;
pub use read::{Decided, Loads, leaders, loads_with, standing};
pub use way::{SetWay, set_way, way_to};

use crate::App;
use crate::room::Place;
use axum::Router;
use axum::routing::get;

/// Where a person appears in these tables.
pub(super) const OVER: Place = crate::dated! {
    table "over_limit", person "person_id", what "decision over a limit",
    thread "decision_id",
    words "(SELECT w.name FROM worker w WHERE w.id = over_limit.worker_id) || ': ' || reason",
    columns "decision_id, worker_id, whose, points, limit_points, reason, decided_by, decided_on, look_on, looked_words, looked_by, ended_on"
};
/// The same of how long the way takes.
pub(super) const WAY: Place = crate::dated! {
    table "way_there", person "person_id", what "way there",
    thread "id",
    words "CAST(minutes AS text)",
    columns "minutes, from_date, to_date, author_id"
};

/// The pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/waiting", get(waiting::show))
        .route("/over-limit", get(pages::show))
        .route("/over-limit/decide", get(forms::ask).post(forms::send))
        .route("/over-limit/{id}/look", get(pages::ask_look).post(pages::look))
        .route("/person/{id}/helpers/way", get(way::ask).post(way::send))
}
