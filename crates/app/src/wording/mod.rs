//! The words of the plain-language check: the starting list, and what this council made of it.

mod actions;
mod pages;
pub(crate) mod store;

pub use actions::{KeepWord, keep_word, put_back};

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::{get, post};

/// The room.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // a word of an office is about nobody
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/administration/words", get(pages::list).post(pages::add))
            .route("/administration/words/{word}", get(pages::show).post(pages::change))
            .route("/administration/words/{word}/back", post(pages::back))
    }
}
