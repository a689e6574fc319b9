//! What says how long a record is kept, and the holds that stand on it.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    /// Everything that decides how long one record is kept, in one statement.
    STORY = "SELECT 'birth' AS what, basis AS code, born_on AS first_day, CAST(NULL AS date) AS last_day, CAST(NULL AS text) AS words, \
            CAST(NULL AS timestamptz) AS instant FROM person_birth WHERE person_id = $1 AND superseded_at IS NULL \
        UNION ALL SELECT 'died', '', CAST(NULL AS date), CAST(NULL AS date), words, CAST(NULL AS timestamptz) \
            FROM person_detail WHERE person_id = $1 AND kind = 'died' AND superseded_at IS NULL \
        UNION ALL SELECT 'episode', kind, from_date, to_date, end_reason, CAST(NULL AS timestamptz) \
            FROM episode WHERE person_id = $1 AND superseded_at IS NULL \
        UNION ALL SELECT 'step', kind, start_date, end_date, CAST(NULL AS text), CAST(NULL AS timestamptz) \
            FROM step WHERE person_id = $1 AND superseded_at IS NULL \
        UNION ALL SELECT 'entry', '', CAST(NULL AS date), CAST(NULL AS date), CAST(NULL AS text), max(happened_at) \
            FROM participant WHERE person_id = $1 AND superseded_at IS NULL \
        UNION ALL SELECT 'asked', state, received_on, ended_on, CAST(NULL AS text), CAST(NULL AS timestamptz) \
            FROM record_request WHERE person_id = $1 AND superseded_at IS NULL \
        UNION ALL SELECT 'hold', kind, from_date, to_date, reason, CAST(NULL AS timestamptz) \
            FROM hold WHERE person_id = $1 AND superseded_at IS NULL AND to_date IS NULL \
        UNION ALL SELECT 'hold-everyone', kind, from_date, to_date, reason, CAST(NULL AS timestamptz) \
            FROM hold WHERE person_id IS NULL AND superseded_at IS NULL AND to_date IS NULL \
        UNION ALL SELECT 'person', kind, CAST(NULL AS date), CAST(NULL AS date), CAST(NULL AS text), recorded_at FROM person WHERE id = $1";
    /// Children whose record somebody's belongs to.
    BELONGS_TO = "SELECT other_id FROM relationship WHERE person_id = $1 AND superseded_at IS NULL \
        UNION SELECT q.person_id FROM participant p JOIN participant q ON q.entry_id = p.entry_id \
        WHERE p.person_id = $1 AND q.part = 'about' AND q.person_id <> $1";
    /// People whose record may have had its time: nothing is open, and nothing happened since a day.
    OLD = "SELECT p.id FROM person p WHERE p.merged_into IS NULL AND p.id > $2 \
        AND NOT EXISTS (SELECT 1 FROM episode e WHERE e.person_id = p.id AND e.superseded_at IS NULL AND (e.to_date IS NULL OR e.to_date >= $3)) \
        AND NOT EXISTS (SELECT 1 FROM participant q WHERE q.person_id = p.id AND q.superseded_at IS NULL AND q.happened_at >= $1) \
        AND (p.recorded_at < $1 OR EXISTS (SELECT 1 FROM participant q WHERE q.person_id = p.id AND q.superseded_at IS NULL)) \
        ORDER BY p.id LIMIT 200";
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    COUNCIL_ID = "SELECT number FROM person_identifier WHERE person_id = $1 AND kind = 'council-id' AND superseded_at IS NULL ORDER BY recorded_at LIMIT 1";

    HOLD = "INSERT INTO hold (id, hold_id, person_id, kind, reason, from_date, to_date, lifted_why, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    HOLD_OVER = "UPDATE hold SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    HOLDS_OF = "SELECT h.id, h.hold_id, h.person_id, h.kind, h.reason, h.from_date, h.to_date, h.lifted_why, w.name AS author, h.recorded_at \
        FROM hold h LEFT JOIN worker w ON w.id = h.author_id WHERE (h.person_id = $1 OR h.person_id IS NULL) AND h.superseded_at IS NULL ORDER BY h.from_date DESC, h.id";
    HOLDS_STANDING = "SELECT h.id, h.hold_id, h.person_id, h.kind, h.reason, h.from_date, h.to_date, h.lifted_why, w.name AS author, h.recorded_at \
        FROM hold h LEFT JOIN worker w ON w.id = h.author_id WHERE h.superseded_at IS NULL AND h.to_date IS NULL ORDER BY h.from_date DESC, h.id LIMIT 200";
    HOLD_ONE = "SELECT h.id, h.hold_id, h.person_id, h.kind, h.reason, h.from_date, h.to_date, h.lifted_why, w.name AS author, h.recorded_at \
        FROM hold h LEFT JOIN worker w ON w.id = h.author_id WHERE h.hold_id = $1 AND h.superseded_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct StoryRow {
    pub(crate) what: String,
    pub(crate) code: String,
    pub(crate) first_day: Option<Day>,
    pub(crate) last_day: Option<Day>,
    pub(crate) words: Option<String>,
    pub(crate) instant: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct HoldRow {
    pub(crate) id: Uuid,
    pub(crate) hold_id: Uuid,
    pub(crate) person_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) reason: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) lifted_why: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) recorded_at: At,
}
