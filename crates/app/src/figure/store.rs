//! The council's own figures, each with its reason: what holds now, and every version there was.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    OF_RULE = "SELECT f.id, f.slot, f.length, f.from_date, f.to_date, f.reason, w.name AS author, f.recorded_at \
        FROM own_figure f LEFT JOIN worker w ON w.id = f.author_id \
        WHERE f.rule = $1 AND f.superseded_at IS NULL ORDER BY f.from_date, f.recorded_at, f.id";
    RULES = "SELECT DISTINCT rule FROM own_figure WHERE superseded_at IS NULL AND (to_date IS NULL OR to_date >= $1)";
    ADD = "INSERT INTO own_figure (id, rule, slot, length, from_date, to_date, reason, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REPLACE = "UPDATE own_figure SET superseded_at = $1 \
        WHERE rule = $2 AND slot = $3 AND from_date = $4 AND superseded_at IS NULL";
    SUPERSEDE = "UPDATE own_figure SET superseded_at = $1 WHERE id = $2 AND superseded_at IS NULL";
}

#[derive(Clone, db::FromRow)]
pub(crate) struct FigureRow {
    pub(crate) id: Uuid,
    pub(crate) slot: String,
    pub(crate) length: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) reason: String,
    pub(crate) author: Option<String>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct RuleRow {
    pub(crate) rule: String,
}
