//! What clocks are worked out from, and the clocks kept.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    EPISODES = "SELECT episode_id, kind, from_date, to_date, last_seen, last_review FROM episode \
        WHERE person_id = $1 AND superseded_at IS NULL";
    STEPS = "SELECT id, kind, start_date, end_date, outcome, episode_id FROM step \
        WHERE person_id = $1 AND superseded_at IS NULL";
    LASTING = "SELECT episode_id, from_date, to_date FROM circumstance \
        WHERE person_id = $1 AND kind = 'lasting' AND superseded_at IS NULL";
    /// Only what a visit clock can count: entries that say whether the person was seen.
    VISITS = "SELECT p.entry_id, e.kind, e.manner, p.happened_at, p.seen, e.recorded_at AS first_recorded_at, e.source \
        FROM participant p JOIN entry e ON e.id = p.entry_id \
        WHERE p.person_id = $1 AND p.superseded_at IS NULL AND p.part = 'about' AND p.seen IS NOT NULL";
    /// Every entry, for the whole history of clocks: when it was first written down matters too.
    ENTRIES = "SELECT p.entry_id, e.kind, e.manner, p.happened_at, p.seen, e.source, \
        (SELECT min(f.recorded_at) FROM entry f WHERE f.thread_id = e.thread_id) AS first_recorded_at \
        FROM participant p JOIN entry e ON e.id = p.entry_id \
        WHERE p.person_id = $1 AND p.superseded_at IS NULL AND p.part = 'about'";
    BIRTH = "SELECT born_on, basis FROM person_birth WHERE person_id = $1 AND superseded_at IS NULL";
    HOLIDAYS = "SELECT day, change, name FROM holiday ORDER BY day";
    KEPT = "SELECT body FROM clock WHERE person_id = $1 ORDER BY due_on, rule, round";
    RUNNING = "SELECT body FROM clock WHERE person_id = $1 AND done_on IS NULL AND ended_on IS NULL ORDER BY due_on, rule";
    FORGET = "DELETE FROM clock WHERE person_id = $1";
    KEEP = "INSERT INTO clock (id, person_id, rule, episode_id, round, body, started_on, due_on, done_on, ended_on) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

#[derive(db::FromRow)]
pub(crate) struct EpisodeRow {
    pub(crate) episode_id: Uuid,
    pub(crate) kind: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) last_seen: Option<Day>,
    pub(crate) last_review: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct StepRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) start_date: Day,
    pub(crate) end_date: Option<Day>,
    pub(crate) outcome: Option<String>,
    pub(crate) episode_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct LastingRow {
    pub(crate) episode_id: Uuid,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct EntryRow {
    pub(crate) entry_id: Uuid,
    pub(crate) kind: String,
    pub(crate) manner: Option<String>,
    pub(crate) happened_at: At,
    pub(crate) seen: Option<String>,
    pub(crate) first_recorded_at: At,
    pub(crate) source: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct BirthRow {
    pub(crate) born_on: Day,
    pub(crate) basis: String,
}

#[derive(db::FromRow)]
pub(crate) struct HolidayRow {
    pub(crate) day: Day,
    pub(crate) change: String,
    pub(crate) name: String,
}
