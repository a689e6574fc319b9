//! Our plan: goals in somebody's words, worries and strengths with what they rest on, support beside change, how far along
//! each person says it is, promises, and who agrees. Each voice stands in its own place.

mod actions;
mod card;
mod chart;
mod pages;
mod pages_child;
mod pages_compare;
mod pages_line;
mod pages_say;
pub(crate) mod store;

pub use actions::{
    Agree, Promise, Scale, TakeOut, WriteLine, agree, agree_themselves, promise, scale, take_out, write_line,
};

use crate::room::{Card, Evidence, Look, Place, Room};
use crate::{App, Result};
use axum::Router;
use axum::routing::{get, post};
use db::Conn;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        PLACES
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/plan", get(pages::show))
            .route("/person/{id}/plan/pdf", get(pages::pdf))
            .route("/person/{id}/plan/child", get(pages_child::show))
            .route("/person/{id}/plan/child/pdf", get(pages_child::pdf))
            .route("/person/{id}/plan/compare", get(pages_compare::show))
            .route("/person/{id}/plan/line", get(pages_line::ask).post(pages_line::send))
            .route("/person/{id}/plan/out", post(pages_line::out))
            .route("/person/{id}/plan/settle", post(pages_line::settle))
            .route("/person/{id}/plan/scale", get(pages_say::ask_scale).post(pages_say::send_scale))
            .route("/person/{id}/plan/promise", get(pages_say::ask_promise).post(pages_say::send_promise))
            .route("/person/{id}/plan/view", get(pages_say::ask_view).post(pages_say::send_view))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        card::of_person(conn, look).await
    }

    async fn evidence(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
        card::evidence(conn, look).await
    }
}

const PLACES: &[Place] = &[
    crate::dated! {
        table "plan_line", person "person_id", what "line of their plan",
        thread "line_id",
        words "kind || ': ' || words",
        columns "line_id, kind, goal_id, words, child_words, by_themselves, by_person, by_worker, by_words, readers, rests_on, taken_out_why, author_id"
    },
    crate::dated! {
        table "plan_line", person "by_person", what "their words in somebody's plan",
        thread "line_id",
        words "kind || ': ' || words",
        columns "line_id, person_id, kind, goal_id, words, child_words, by_themselves, by_worker, by_words, readers, rests_on, taken_out_why, author_id"
    },
    crate::dated! {
        table "plan_scale", person "person_id", what "how far along a goal is",
        thread "goal_id",
        words "CAST(value AS text) || ' of 10'",
        columns "goal_id, by_themselves, by_person, by_worker, by_words, value, on_date, why, next_step, author_id"
    },
    crate::dated! {
        table "plan_scale", person "by_person", what "how far along they say somebody's goal is",
        thread "goal_id",
        words "CAST(value AS text) || ' of 10'",
        columns "person_id, goal_id, by_themselves, by_worker, by_words, value, on_date, why, next_step, author_id"
    },
    crate::dated! {
        table "plan_view", person "person_id", what "who agrees with their plan",
        thread "id",
        words "agreement",
        columns "by_themselves, by_person, by_worker, by_words, agreement, words, read_back, on_date, author_id"
    },
    crate::dated! {
        table "plan_view", person "by_person", what "whether they agree with somebody's plan",
        thread "id",
        words "agreement",
        columns "person_id, by_themselves, by_worker, by_words, agreement, words, read_back, on_date, author_id"
    },
];
