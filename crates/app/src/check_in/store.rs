//! How it is between people and their workers, as each answered, and what was made good.

use db::Day;
use uuid::Uuid;

/// Whether a worker ($2) works on a day ($3) with somebody ($1), or with a child they are responsible for.
macro_rules! works_with {
    () => {
        "a.worker_id = $2 AND a.superseded_at IS NULL AND a.from_date <= $3 AND (a.to_date IS NULL OR a.to_date >= $3) \
        AND (a.person_id = $1 OR a.person_id IN (SELECT r.other_id FROM relationship r WHERE r.person_id = $1 AND r.superseded_at IS NULL \
        AND r.parental_responsibility AND (r.to_date IS NULL OR r.to_date >= $3)))"
    };
}

db::statements! {
    TOGETHER_SINCE = concat!("SELECT a.from_date FROM allocation a WHERE ", works_with!(), " ORDER BY a.from_date LIMIT 1");
    OF_PAIR = "SELECT id, check_in_id, side, committed, sincere, listening, words, shown, answered_on FROM check_in \
        WHERE person_id = $1 AND worker_id = $2 AND superseded_at IS NULL ORDER BY recorded_at DESC, id DESC";
    REPAIRS = "SELECT id, repair_id, check_in_id, went_wrong, apology, agreed, side, on_date, done_on FROM check_in_repair \
        WHERE person_id = $1 AND worker_id = $2 AND superseded_at IS NULL ORDER BY on_date, repair_id";
    ANSWER = "INSERT INTO check_in (id, check_in_id, person_id, worker_id, side, committed, sincere, listening, words, shown, answered_on, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    OVER = "UPDATE check_in SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    REPAIR = "INSERT INTO check_in_repair (id, repair_id, check_in_id, person_id, worker_id, side, went_wrong, apology, agreed, on_date, done_on, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    REPAIR_OVER = "UPDATE check_in_repair SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // the people whom a worker ($1) works with on a day ($2) who answered and are not answered yet
    WAITING = "SELECT DISTINCT c.person_id, p.shown_name FROM check_in c JOIN person p ON p.id = c.person_id WHERE c.worker_id = $1 AND c.superseded_at IS NULL \
        AND c.side = 'person' AND NOT EXISTS (SELECT 1 FROM check_in o WHERE o.check_in_id = c.check_in_id AND o.side = 'worker' AND o.superseded_at IS NULL) \
        AND EXISTS (SELECT 1 FROM allocation a WHERE a.worker_id = $1 AND a.superseded_at IS NULL AND a.from_date <= $2 \
        AND (a.to_date IS NULL OR a.to_date >= $2)) ORDER BY p.shown_name, c.person_id";
    // how many check-ins of workers who work in a team ($1) on a day ($2) both answered since a day ($3)
    OF_TEAM = "SELECT CAST(count(DISTINCT c.check_in_id) AS bigint) FROM check_in c JOIN check_in o ON o.check_in_id = c.check_in_id AND o.side = 'person' \
        AND o.superseded_at IS NULL WHERE c.side = 'worker' AND c.superseded_at IS NULL AND c.answered_on >= $3 AND c.worker_id IN \
        (SELECT w.worker_id FROM post w WHERE w.team_id = $1 AND w.superseded_at IS NULL AND w.from_date <= $2 AND (w.to_date IS NULL OR w.to_date >= $2))";
    WORKER_NAME = "SELECT name FROM worker WHERE id = $1";
}

#[derive(Clone, db::FromRow)]
pub(crate) struct AnswerRow {
    pub(crate) id: Uuid,
    pub(crate) check_in_id: Uuid,
    pub(crate) side: String,
    pub(crate) committed: String,
    pub(crate) sincere: String,
    pub(crate) listening: String,
    pub(crate) words: Option<String>,
    pub(crate) shown: bool,
    pub(crate) answered_on: Day,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct RepairRow {
    pub(crate) id: Uuid,
    pub(crate) repair_id: Uuid,
    pub(crate) check_in_id: Uuid,
    pub(crate) went_wrong: String,
    pub(crate) apology: Option<String>,
    pub(crate) agreed: Option<String>,
    pub(crate) side: String,
    pub(crate) on_date: Day,
    pub(crate) done_on: Option<Day>,
}
