//! Meetings: a day and a time put down with people before it happens, with who will be there and why. It can be moved or
//! called off with a reason that the people read; they say whether they want to come; once its day is past somebody is
//! asked what happened, and recording it settles it.

mod actions;
mod cards;
mod family;
mod forms;
mod forms_send;
mod pages;
mod read;
pub(crate) mod store;

pub use actions::{Arrange, CallOff, There, arrange, call_off, say_comes};
pub use family::{Seen, SeenGuest, seen};
pub use read::{Guest, Meeting, Said, meetings, meetings_for};

use crate::room::{Card, Look, Place, Room};
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
            .route("/person/{id}/meetings", get(pages::show))
            .route("/person/{id}/meetings/{about}", get(forms::ask).post(forms_send::send))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::of_person(conn, look).await
    }

    async fn today(&self, conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
        cards::of_today(conn, who, app, today).await
    }
}

/// All that is kept about one meeting belongs together: it is joined and parted as one.
const PLACES: &[Place] = &[
    crate::dated! {
        table "meeting", person "person_id", what "meeting planned with them",
        thread "meeting_id", words "kind || ' ' || CAST(on_date AS text) || ': ' || why",
        columns "meeting_id, kind, on_date, at_time, way, place, why, can_do, readers, readers_why, moved_from, changed_why, called_off, author_id"
    },
    crate::dated! {
        table "meeting_there", person "person_id", what "who will be at a meeting with them",
        thread "meeting_id", words "COALESCE(called, '') || COALESCE(' ' || does, '')",
        columns "meeting_id, other_id, worker_id, called, does"
    },
    crate::dated! {
        table "meeting_there", person "other_id", what "meeting they will be at",
        thread "meeting_id", words "COALESCE(does, '')",
        columns "meeting_id, person_id, worker_id, called, does"
    },
    crate::dated! {
        table "meeting_answer", person "person_id", what "who wants to come to a meeting with them",
        thread "meeting_id", words "comes", columns "meeting_id, by_id, comes, on_date"
    },
    crate::dated! {
        table "meeting_answer", person "by_id", what "whether they want to come to a meeting",
        thread "meeting_id", words "comes", columns "meeting_id, person_id, comes, on_date"
    },
];
