//! Timelines of a person and of a family, and the page of one entry with all its versions.

mod cards;
mod carry;
mod one;
mod pages;
pub(crate) mod store;

use crate::room::{Card, Look, Place, Room};
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
            .route("/person/{id}/timeline", get(pages::of_person))
            .route("/person/{id}/family-timeline", get(pages::of_family))
            .route("/entry/{id}", get(one::show))
            .route("/entry/{id}/text", get(carry::text))
            .route("/entry/{id}/download", get(carry::download))
            .route("/entry/{id}/carried-over", post(carry::carried))
            .route("/entry/{id}/settle", post(one::settle))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::cards(conn, look).await
    }
}

const PLACES: &[Place] = &[
    Place {
        table: "participant",
        export: "SELECT id, entry_id, part, seen, not_seen_why, happened_at, recorded_at, superseded_at FROM participant WHERE person_id = $1",
        merge: "UPDATE participant SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM participant WHERE person_id = $1",
    },
    Place {
        table: "entry",
        export: "SELECT e.id, e.thread_id, e.kind, e.happened_at, e.manner, e.place, e.title, e.narrative, e.recorded_at, e.superseded_at FROM entry e \
            WHERE e.id IN (SELECT p.entry_id FROM participant p WHERE p.person_id = $1 AND p.part = 'about')",
        merge: "UPDATE entry SET written_to = $2 WHERE written_to = $1",
        dispose: "UPDATE entry SET written_to = NULL WHERE written_to = $1",
    },
    Place {
        table: "entry_reader",
        export: "SELECT id, entry_id FROM entry_reader WHERE person_id = $1",
        merge: "UPDATE entry_reader SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM entry_reader WHERE person_id = $1",
    },
    Place {
        table: "statement",
        export: "SELECT id, entry_id, position, form, words, original_language FROM statement WHERE owner_person = $1",
        merge: "UPDATE statement SET owner_person = $2 WHERE owner_person = $1",
        dispose: "DELETE FROM statement WHERE owner_person = $1",
    },
];
