//! Staying in touch: what a child wants with each brother, sister, relative, friend, former carer, former worker, pet or
//! place; what is agreed; what happened and what got in the way; people found again; mentors who stay. Nothing of it ends
//! with a birthday, an episode or an allocation.

mod actions;
mod actions_agreed;
mod actions_found;
mod cards;
mod chart;
mod family;
mod forms;
mod forms_fields;
mod forms_send;
mod pages;
mod pages_one;
mod read;
pub(crate) mod store;

pub use actions::{Begin, PutAway, Say, Ways, begin, put_away, say};
pub use actions_agreed::{Agree, Bring, agree, bring};
pub use actions_found::{Choose, EndMentor, Step, choose, end_mentor, mentor_says, step};
pub use family::{Seen, SeenAgreed, SeenTime, SeenWish, seen_by_child, seen_by_other};
pub use read::{Agreed, Mentor, Searched, Time, Touch, Wish, touches, touches_for, with_whom};

use crate::room::{Card, Evidence, Look, Place, Room};
use crate::{App, Result, Who};
use axum::Router;
use axum::routing::get;
use db::Conn;
use jiff::civil::Date;

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        PLACES
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/staying-in-touch", get(pages::show))
            .route("/person/{id}/staying-in-touch/{about}", get(forms::ask).post(forms_send::send))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::of_person(conn, look).await
    }

    async fn evidence(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
        cards::evidence(conn, look).await
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        cards::of_today(conn, who, app, today).await
    }
}

/// All that is kept about one bond belongs together: it is joined and parted as one.
const PLACES: &[Place] = &[
    crate::dated! {
        table "touch", person "person_id", what "one they want to stay in touch with",
        thread "touch_id", words "kind || ': ' || called",
        columns "touch_id, kind, called, other_id, worker_id, proposed, why, begun_on, put_away_why, author_id"
    },
    // whoever is let go stays in the child's words, by the name the child used
    Place {
        dispose: "UPDATE touch SET other_id = NULL WHERE other_id = $1",
        ..crate::dated! {
            table "touch", person "other_id", what "somebody who wants to stay in touch with them",
            thread "touch_id", words "kind",
            columns "touch_id, person_id, kind, called, worker_id, proposed, why, begun_on, put_away_why, author_id"
        }
    },
    crate::dated! {
        table "touch_wish", person "person_id", what "what they want about staying in touch",
        thread "touch_id", words "wants || COALESCE(': ' || words, '')",
        columns "touch_id, wants, how, often, words, themselves, only_worker, on_date, author_id"
    },
    crate::dated! {
        table "touch_agreed", person "person_id", what "what is agreed about staying in touch",
        thread "touch_id", words "basis || ': ' || words",
        columns "agreed_id, touch_id, basis, how, often, words, supervised_why, order_words, with_them, from_date, to_date, ended_why, author_id"
    },
    crate::dated! {
        table "touch_time", person "person_id", what "time they were to be in touch",
        thread "touch_id", words "came || ' ' || CAST(on_date AS text)",
        columns "time_id, touch_id, on_date, how, came, where_when, child_was, words, in_the_way, in_the_way_words, with_them, entry_id, promise_id, author_id"
    },
    crate::dated! {
        table "touch_search", person "person_id", what "step of finding somebody again",
        thread "touch_id", words "stage",
        columns "touch_id, stage, on_date, worker_id, looked, words, author_id"
    },
    crate::dated! {
        table "touch_mentor", person "person_id", what "mentor they chose",
        thread "touch_id", words "state",
        columns "mentor_id, touch_id, state, state_on, chosen_on, chosen_words, themselves, does, often, ended_on, ended_by, ended_why, author_id"
    },
];
