//! Photos and documents: opened by those who may read the entry they belong to, each opening written down.

mod pages;
pub(crate) mod store;

pub(crate) use pages::bytes;

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::routing::get;

/// The room.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[Place {
            table: "attachment",
            person: "entry_id",
            what: "file of an entry",
            rows: None,
            export: "SELECT a.id, a.entry_id, a.hash, a.size, a.kind, a.name, a.described, a.recorded_at FROM attachment a \
                WHERE a.entry_id IN (SELECT p.entry_id FROM participant p WHERE p.person_id = $1 AND p.part = 'about')",
            merge: "UPDATE attachment SET described = described WHERE entry_id = $1 AND entry_id = $2",
            // what is about somebody else as well is theirs too, and stays
            dispose: "DELETE FROM attachment WHERE entry_id IN (SELECT p.entry_id FROM participant p WHERE p.person_id = $1 AND p.part = 'about') \
                AND NOT EXISTS (SELECT 1 FROM participant q WHERE q.entry_id = attachment.entry_id AND q.part = 'about' AND q.person_id <> $1)",
        }]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/attachment/{id}", get(pages::whole))
            .route("/attachment/{id}/small", get(pages::small))
    }
}
