//! Requests for a record: their rows, what was collected, what is left out, second looks and time spent.

use db::{At, Day};
use uuid::Uuid;

macro_rules! requests {
    () => {
        "SELECT r.id, r.request_id, r.person_id, r.asked_by, r.asker, r.received_on, r.identity_on, r.question, r.question_on, r.answered_on, \
        r.extended_on, r.extended_why, r.state, r.ended_on, r.ended_why, r.collected_at FROM record_request r WHERE r.superseded_at IS NULL"
    };
}

db::statements! {
    ADD = "INSERT INTO record_request (id, request_id, person_id, asked_by, asker, received_on, identity_on, question, question_on, answered_on, \
        extended_on, extended_why, state, ended_on, ended_why, collected_at, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    OVER = "UPDATE record_request SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    ONE = concat!(requests!(), " AND r.request_id = $1 AND r.person_id = $2");
    OF_PERSON = concat!(requests!(), " AND r.person_id = $1 ORDER BY r.received_on DESC, r.request_id");
    OPEN = concat!(requests!(), " AND r.state = 'open' ORDER BY r.received_on, r.request_id LIMIT 100");

    ITEM_ADD = "INSERT INTO record_item (id, request_id, person_id, position, section, title, words, file_hash, file_kind, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ITEMS = "SELECT id, position, section, title, words, file_hash, file_kind FROM record_item WHERE request_id = $1 ORDER BY position";
    ITEM = "SELECT id, position, section, title, words, file_hash, file_kind FROM record_item WHERE id = $1 AND request_id = $2";
    SPAN_ADD = "INSERT INTO left_out (id, request_id, person_id, item_id, first_at, past_at, ground, reason, decided_by, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    SPAN_OVER = "UPDATE left_out SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    SPANS = "SELECT l.id, l.item_id, l.first_at, l.past_at, l.ground, l.reason, l.decided_by, w.name AS decider FROM left_out l \
        LEFT JOIN worker w ON w.id = l.decided_by WHERE l.request_id = $1 AND l.superseded_at IS NULL ORDER BY l.item_id, l.first_at";
    DECIDERS = "SELECT DISTINCT decided_by FROM left_out WHERE request_id = $1 AND decided_by IS NOT NULL";
    LOOK_ADD = "INSERT INTO second_look (id, request_id, person_id, sent_by, sent_at, looked_by, outcome, words, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LOOK_OVER = "UPDATE second_look SET superseded_at = $2 WHERE request_id = $1 AND superseded_at IS NULL";
    LOOK = "SELECT l.sent_by, s.name AS sender, l.sent_at, k.name AS looker, l.outcome, l.words FROM second_look l \
        JOIN worker s ON s.id = l.sent_by LEFT JOIN worker k ON k.id = l.looked_by WHERE l.request_id = $1 AND l.superseded_at IS NULL";
    TIME_ADD = "INSERT INTO time_spent (id, request_id, person_id, worker_id, minutes, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    TIME = "SELECT CAST(COALESCE(sum(minutes), 0) AS bigint) FROM time_spent WHERE request_id = $1 AND superseded_at IS NULL";

    // collecting
    ENTRIES = "SELECT DISTINCT p.entry_id, e.thread_id, p.happened_at FROM participant p JOIN entry e ON e.id = p.entry_id WHERE p.person_id = $1 ORDER BY p.happened_at, p.entry_id";
    WORKER = "SELECT name FROM worker WHERE id = $1";
    PERSON = "SELECT full_name FROM person WHERE id = $1";
    TEAM = "SELECT name FROM team WHERE id = $1";
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct RequestRow {
    pub(crate) id: Uuid,
    pub(crate) request_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) asked_by: String,
    pub(crate) asker: Option<String>,
    pub(crate) received_on: Day,
    pub(crate) identity_on: Option<Day>,
    pub(crate) question: Option<String>,
    pub(crate) question_on: Option<Day>,
    pub(crate) answered_on: Option<Day>,
    pub(crate) extended_on: Option<Day>,
    pub(crate) extended_why: Option<String>,
    pub(crate) state: String,
    pub(crate) ended_on: Option<Day>,
    pub(crate) ended_why: Option<String>,
    pub(crate) collected_at: Option<At>,
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct ItemRow {
    pub(crate) id: Uuid,
    pub(crate) position: i64,
    pub(crate) section: String,
    pub(crate) title: String,
    pub(crate) words: String,
    pub(crate) file_hash: Option<String>,
    pub(crate) file_kind: Option<String>,
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct SpanRow {
    pub(crate) id: Uuid,
    pub(crate) item_id: Uuid,
    pub(crate) first_at: i64,
    pub(crate) past_at: i64,
    pub(crate) ground: String,
    pub(crate) reason: String,
    pub(crate) decided_by: Option<Uuid>,
    pub(crate) decider: Option<String>,
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct LookRow {
    pub(crate) sent_by: Uuid,
    pub(crate) sender: String,
    pub(crate) sent_at: At,
    pub(crate) looker: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) words: Option<String>,
}

/// A row of a place, of which only the key and its end are needed.
#[derive(db::FromRow)]
pub(crate) struct PlacedRow {
    pub(crate) id: Uuid,
    pub(crate) over_at: Option<At>,
}
