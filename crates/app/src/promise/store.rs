//! The versions of promises.

use db::Day;
use uuid::Uuid;

db::statements! {
    NOW = "SELECT id, promise_id, entry_id, person_id, what, by_worker, by_person, by_words, due_on, state \
        FROM promise WHERE promise_id = $1 AND superseded_at IS NULL";
    SUPERSEDE = "UPDATE promise SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    ADD = "INSERT INTO promise (id, promise_id, entry_id, person_id, what, by_worker, by_person, by_words, due_on, state, ended_on, outcome, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
}

#[derive(db::FromRow)]
pub(crate) struct NowRow {
    pub(crate) id: Uuid,
    pub(crate) promise_id: Uuid,
    pub(crate) entry_id: Option<Uuid>,
    pub(crate) person_id: Uuid,
    pub(crate) what: String,
    pub(crate) by_worker: Option<Uuid>,
    pub(crate) by_person: Option<Uuid>,
    pub(crate) by_words: Option<String>,
    pub(crate) due_on: Option<Day>,
    pub(crate) state: String,
}
