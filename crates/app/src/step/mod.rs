//! The steps of the pathway that the law counts: each a typed fact beside an entry, written once in one action.

mod actions;
mod asks;
mod correct;
mod history;
mod pages;
mod pages_correct;
mod plain;
pub(crate) mod store;

pub use actions::{RecordStep, Step, StepToFinish, finish_step, record_step, steps};
pub use correct::{CorrectStep, Right, correct_step};
pub use history::{BroughtEnd, BroughtStep, RecordHistory, record_history};
pub use plain::{asked, may_finish_so};

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::get;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[crate::dated! {
            table "step", person "person_id", what "step",
            thread "COALESCE((SELECT e.thread_id FROM entry e WHERE e.id = step.entry_id), id)",
            words "kind || ' on ' || CAST(start_date AS text)",
            columns "episode_id, kind, start_date, end_date, outcome, detail, entry_id, source_key"
        }]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/steps", get(pages::show))
            .route("/person/{id}/steps/record", get(pages::kinds))
            .route("/person/{id}/steps/record/{kind}", get(pages::ask).post(pages::record))
            .route("/person/{id}/steps/{step}/finish", get(pages::ask_finish).post(pages::finish))
            .route("/person/{id}/steps/{step}/correct", get(pages_correct::ask).post(pages_correct::correct))
    }
}
