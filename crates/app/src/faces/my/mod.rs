//! The face for children, adults and families: a person's own space. What they read is decided in `practice::sharing` and
//! drawn from `entry::theirs`; what they do are the same actions as anywhere. Every word comes from the language files.

mod ask;
mod check_in;
mod coming;
mod complaint;
mod draw;
mod home;
mod kept;
mod next;
mod next_draw;
mod next_say;
mod not_right;
mod others;
mod people;
mod plan;
mod read;
mod readers;
mod rights;
pub(crate) mod store;
mod story;
mod touch;
mod touch_say;
mod workers;
mod write;

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::{get, post};

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
            .route("/my/next", get(next_draw::show))
            .route("/my/next/{meeting}", get(next_say::ask).post(next_say::send))
            .route("/my/next/{meeting}/calendar", get(next_say::calendar))
            .route("/my/help", get(rights::help))
            .route("/my/read", get(read::show))
            .route("/my/read/{thread}", get(read::one))
            .route("/my/read/{thread}/disagree", get(read::disagree_form).post(read::disagree))
            .route("/my/file/{id}", get(read::file))
            .route("/my/file/{id}/small", get(read::small))
            .route("/my/story", get(story::show))
            .route("/my/story/{part}", get(story::form).post(story::send))
            .route("/my/plan", get(plan::show).post(plan::send))
            .route("/my/check-in", get(check_in::show).post(check_in::send))
            .route("/my/not-right", get(not_right::show).post(not_right::send))
            .route("/my/people", get(people::show))
            .route("/my/people/{worker}/photo", get(people::photo))
            .route("/my/workers", get(workers::show))
            .route("/my/touch", get(touch::show))
            .route("/my/touch/add", get(touch_say::ask_add).post(touch_say::add))
            .route("/my/touch/{thread}", get(touch_say::ask).post(touch_say::send))
            .route("/my/kept", get(kept::show))
            .route("/my/write", get(write::show).post(write::send))
            .route("/my/answers", get(write::answers))
            .route("/my/readers", get(readers::show))
            .route("/my/rights", get(rights::show))
            .route("/my/rights/file", post(rights::ask_for_file))
            .route("/my/complaint", get(complaint::show).post(complaint::send))
            .route("/my/ask/{what}", get(ask::show).post(ask::send))
            .route("/my/not-yet", get(coming::not_yet))
            .route("/my/coming-in", get(coming::show))
            .route("/my/coming-in/{id}", get(coming::choose_form).post(coming::choose))
            .route("/my/coming-in/{id}/end", post(coming::shut))
            .route("/my/coming-in/given/{id}/end", post(coming::end))
            .route("/my/spaces", get(others::list))
            .route("/my/for/{person}", get(others::show))
            .route("/my/for/{person}/read/{thread}", get(others::read))
            .route("/my/for/{person}/write", get(others::write_form).post(others::write))
    }
}
