//! The face for children, adults and families: a person's own space. What they read is decided in `practice::sharing` and
//! drawn from `entry::theirs`; what they do are the same actions as anywhere. Every word comes from the language files.

mod draw;
mod home;
mod people;
mod read;
mod readers;
mod rights;
pub(crate) mod store;
mod write;

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::get;

/// The face, as a room: it has addresses and keeps nothing about people.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // what is written here is an entry, a question or a disagreement
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/my", get(home::show))
            .route("/my/help", get(rights::help))
            .route("/my/read", get(read::show))
            .route("/my/read/{thread}", get(read::one))
            .route("/my/read/{thread}/disagree", get(read::disagree_form).post(read::disagree))
            .route("/my/file/{id}", get(read::file))
            .route("/my/file/{id}/small", get(read::small))
            .route("/my/people", get(people::show))
            .route("/my/write", get(write::show).post(write::send))
            .route("/my/answers", get(write::answers))
            .route("/my/readers", get(readers::show))
            .route("/my/rights", get(rights::show))
    }
}
