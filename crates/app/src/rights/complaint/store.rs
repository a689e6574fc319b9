//! Complaints as they stand.

use db::Day;
use uuid::Uuid;

macro_rules! complaints {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.complaint_id, c.person_id, c.stage, c.words, c.received_on, c.extended_on, c.extended_why, c.state, c.ended_on, c.answer, \
            c.answered_by, w.name AS answerer FROM complaint c LEFT JOIN worker w ON w.id = c.answered_by WHERE c.superseded_at IS NULL AND ",
            $rest
        )
    };
}

db::statements! {
    // one row for each stage of each complaint, each complaint by its stages
    OF_PERSON = complaints!("c.person_id = $1 ORDER BY c.complaint_id DESC, CASE c.stage WHEN 'first' THEN 0 WHEN 'second' THEN 1 ELSE 2 END");
    ONE = complaints!("c.complaint_id = $1 ORDER BY CASE c.stage WHEN 'first' THEN 0 WHEN 'second' THEN 1 ELSE 2 END");
    ADDED = "SELECT complaint_id, stage, words, on_date FROM complaint_added WHERE person_id = $1 AND superseded_at IS NULL ORDER BY recorded_at, id";
    ADD_TO = "INSERT INTO complaint_added (id, complaint_id, person_id, stage, words, on_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    OPEN = complaints!("c.state = 'open' ORDER BY c.received_on, c.complaint_id");
    OVER = "UPDATE complaint SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    ADD = "INSERT INTO complaint (id, complaint_id, person_id, stage, words, received_on, extended_on, extended_why, state, ended_on, answer, \
        answered_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    // whether a worker works with somebody, or with a child they hold responsibility for, on a day
    WORKS_WITH = "SELECT COUNT(*) FROM allocation a WHERE a.worker_id = $1 AND a.superseded_at IS NULL AND a.from_date <= $3 \
        AND (a.to_date IS NULL OR a.to_date >= $3) AND (a.person_id = $2 OR a.person_id IN (SELECT r.other_id FROM relationship r \
        WHERE r.person_id = $2 AND r.superseded_at IS NULL AND r.parental_responsibility))";
}

#[derive(Clone, db::FromRow)]
pub(crate) struct ComplaintRow {
    pub(crate) id: Uuid,
    pub(crate) complaint_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) stage: String,
    pub(crate) words: String,
    pub(crate) received_on: Day,
    pub(crate) extended_on: Option<Day>,
    pub(crate) extended_why: Option<String>,
    pub(crate) state: String,
    pub(crate) ended_on: Option<Day>,
    pub(crate) answer: Option<String>,
    pub(crate) answered_by: Option<Uuid>,
    pub(crate) answerer: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct AddedRow {
    pub(crate) complaint_id: Uuid,
    pub(crate) stage: String,
    pub(crate) words: String,
    pub(crate) on_date: Day,
}
