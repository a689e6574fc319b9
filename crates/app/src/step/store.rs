//! The rows of steps.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    // the episodes open on a day, the newest first
    OPEN_EPISODES = "SELECT episode_id, kind FROM episode WHERE person_id = $1 AND superseded_at IS NULL AND from_date <= $2 \
        AND (to_date IS NULL OR to_date >= $2) ORDER BY from_date DESC, episode_id DESC";
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    OF_PERSON = "SELECT id, person_id, episode_id, kind, start_date, end_date, outcome, detail, entry_id, source_key, superseded_at \
        FROM step WHERE person_id = $1 AND superseded_at IS NULL ORDER BY start_date DESC, id DESC";
    ONE = "SELECT id, person_id, episode_id, kind, start_date, end_date, outcome, detail, entry_id, source_key, superseded_at \
        FROM step WHERE id = $1";
    ADD = "INSERT INTO step (id, person_id, episode_id, kind, start_date, end_date, outcome, detail, entry_id, source_key, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    SUPERSEDE = "UPDATE step SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct StepRow {
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) episode_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) start_date: Day,
    pub(crate) end_date: Option<Day>,
    pub(crate) outcome: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) entry_id: Option<Uuid>,
    pub(crate) source_key: Option<String>,
    pub(crate) superseded_at: Option<At>,
}
