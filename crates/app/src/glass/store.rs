//! Records opened without working with the person, and how each was answered for.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    OPEN = "INSERT INTO glass (id, person_id, worker_id, reason, opened_at, until_at, review_by, reviewer_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    // the teams that hold a person today and who answers for them: episodes first
    HOLDS = "SELECT 0 AS place, e.team_id, CAST(NULL AS uuid) AS worker_id FROM episode e WHERE e.person_id = $1 \
        AND e.superseded_at IS NULL AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date >= $2) \
        UNION ALL SELECT 1, a.team_id, a.worker_id FROM allocation a WHERE a.person_id = $1 AND a.part = 'responsible' \
        AND a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) ORDER BY 1";
    NAMED = "SELECT worker_id FROM named_reader WHERE person_id = $1 AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)";
    OFFICERS = "SELECT DISTINCT worker_id FROM post WHERE role = 'restricted-records-officer' AND superseded_at IS NULL \
        AND from_date <= $1 AND (to_date IS NULL OR to_date >= $1)";
    UNANSWERED = "SELECT g.id, g.person_id, g.worker_id, w.name, g.reason, g.opened_at, g.until_at, g.review_by, \
        g.reviewed_at, g.outcome, g.review_words, r.name AS reviewer FROM glass g JOIN worker w ON w.id = g.worker_id \
        LEFT JOIN worker r ON r.id = g.reviewed_by \
        WHERE g.reviewed_at IS NULL ORDER BY g.review_by, g.opened_at LIMIT 200";
    ONE = "SELECT g.id, g.person_id, g.worker_id, w.name, g.reason, g.opened_at, g.until_at, g.review_by, \
        g.reviewed_at, g.outcome, g.review_words, r.name AS reviewer FROM glass g JOIN worker w ON w.id = g.worker_id \
        LEFT JOIN worker r ON r.id = g.reviewed_by WHERE g.id = $1";
    OF_PERSON = "SELECT g.id, g.person_id, g.worker_id, w.name, g.reason, g.opened_at, g.until_at, g.review_by, \
        g.reviewed_at, g.outcome, g.review_words, r.name AS reviewer FROM glass g JOIN worker w ON w.id = g.worker_id \
        LEFT JOIN worker r ON r.id = g.reviewed_by WHERE g.person_id = $1 ORDER BY g.opened_at DESC LIMIT 4";
    ANSWER = "UPDATE glass SET reviewed_by = $2, reviewed_at = $3, outcome = $4, review_words = $5 \
        WHERE id = $1 AND reviewed_at IS NULL";
    DONE_WHILE = "SELECT j.happened_at, j.action FROM journal_about a JOIN journal j ON j.id = a.journal_id \
        JOIN account c ON c.id = j.account_id WHERE a.person_id = $1 AND c.worker_id = $2 \
        AND j.happened_at >= $3 AND j.happened_at <= $4 ORDER BY j.happened_at, j.id LIMIT 100";
    // exactly asked for: by birth date, to be compared with every name; or by a number
    BORN_ON = "SELECT p.id, n.given, n.family FROM person_birth b JOIN person p ON p.id = b.person_id \
        JOIN person_name n ON n.person_id = p.id AND n.superseded_at IS NULL \
        WHERE b.born_on = $1 AND b.superseded_at IS NULL ORDER BY p.id";
    NUMBERED = "SELECT DISTINCT person_id FROM person_identifier WHERE number = $1 AND superseded_at IS NULL ORDER BY person_id";
}

#[derive(db::FromRow)]
pub(crate) struct HoldsRow {
    pub(crate) team_id: Option<Uuid>,
    pub(crate) worker_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct GlassRow {
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) reason: String,
    pub(crate) opened_at: At,
    pub(crate) until_at: At,
    pub(crate) review_by: Day,
    pub(crate) reviewed_at: Option<At>,
    pub(crate) outcome: Option<String>,
    pub(crate) review_words: Option<String>,
    pub(crate) reviewer: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct DoneRow {
    pub(crate) happened_at: At,
    pub(crate) action: String,
}

#[derive(db::FromRow)]
pub(crate) struct BornRow {
    pub(crate) id: Uuid,
    pub(crate) given: String,
    pub(crate) family: String,
}
