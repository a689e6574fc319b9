//! Timelines of a person and of a family, and the page of one entry with all its versions.

mod cards;
mod carry;
mod one;
mod pages;
mod pages_pdf;
pub(crate) mod store;

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
            .route("/person/{id}/timeline", get(pages::of_person))
            .route("/person/{id}/family-timeline", get(pages::of_family))
            .route("/person/{id}/timeline/pdf", get(pages_pdf::of_person))
            .route("/person/{id}/family-timeline/pdf", get(pages_pdf::of_family))
            .route("/entry/{id}", get(one::show))
            .route("/entry/{id}/text", get(carry::text))
            .route("/entry/{id}/pdf", get(pages_pdf::of_entry))
            .route("/entry/{id}/download", get(carry::download))
            .route("/entry/{id}/carried-over", post(carry::carried))
            .route("/entry/{id}/settle", post(one::settle))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        cards::cards(conn, look).await
    }

    async fn evidence(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
        cards::evidence(conn, look).await
    }
}

const PLACES: &[Place] = &[
    crate::dated! {
        table "participant", person "person_id", what "entry",
        thread "(SELECT e.thread_id FROM entry e WHERE e.id = participant.entry_id)",
        words "(SELECT e.kind || COALESCE(': ' || e.title, '') FROM entry e WHERE e.id = participant.entry_id)",
        columns "entry_id, part, seen, not_seen_why, happened_at"
    },
    Place {
        export: "SELECT e.id, e.thread_id, e.kind, e.happened_at, e.manner, e.place, e.title, e.narrative, e.recorded_at, e.superseded_at FROM entry e \
            WHERE e.id IN (SELECT p.entry_id FROM participant p WHERE p.person_id = $1 AND p.part = 'about')",
        dispose: "UPDATE entry SET written_to = NULL WHERE written_to = $1",
        ..crate::undated! {
            table "entry", person "written_to", what "entry written to them",
            thread "thread_id", known "recorded_at",
            words "kind || COALESCE(': ' || title, '')",
            columns "thread_id, kind, happened_at, manner, place, title, narrative, others_present, significant, readers, readers_why, readers_review_on, author_id, source, corrected_why, minutes, recorded_at, superseded_at"
        }
    },
    crate::undated! {
        table "entry_reader", person "person_id", what "reader of an entry",
        thread "(SELECT e.thread_id FROM entry e WHERE e.id = entry_reader.entry_id)", known "(SELECT e.recorded_at FROM entry e WHERE e.id = entry_reader.entry_id)",
        words "'may read an entry'",
        columns "entry_id, worker_id"
    },
    crate::undated! {
        table "statement", person "owner_person", what "words of theirs",
        thread "(SELECT e.thread_id FROM entry e WHERE e.id = statement.entry_id)", known "(SELECT e.recorded_at FROM entry e WHERE e.id = statement.entry_id)",
        words "words",
        columns "entry_id, position, owner_worker, owner_words, form, words, original_language"
    },
];
