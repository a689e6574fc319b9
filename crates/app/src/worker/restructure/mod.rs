//! A change of teams tried on a copy of the tree before it is done: which children would lose their worker, and who would have
//! to be handed over. Nothing changes for anybody until a person carries it out.

mod actions;
mod carry_out;
mod pages;
mod read;
pub(crate) mod store;

pub use actions::{NewPlan, add_steps, plan, take_back, withdraw};
pub use carry_out::carry_out;
pub use read::{Loss, Plan, losses, plan_of, shape};

use crate::App;
use axum::Router;
use axum::routing::{get, post};

/// The pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/restructure", get(pages::list).post(pages::create))
        .route("/restructure/{id}", get(pages::show).post(pages::step))
        .route("/restructure/{id}/back", post(pages::back))
        .route("/restructure/{id}/carry-out", post(pages::done))
        .route("/restructure/{id}/withdraw", post(pages::drop_it))
}
