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
    // what a team can hold together
    OF_TEAM = "SELECT l.id, l.hundredths, l.reason, l.from_date, l.to_date, w.name AS author FROM team_limit l \
        LEFT JOIN worker w ON w.id = l.author_id WHERE l.team_id = $1 AND l.superseded_at IS NULL ORDER BY l.from_date, l.id";
    ADD_TEAM_LIMIT = "INSERT INTO team_limit (id, team_id, hundredths, reason, from_date, to_date, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    TEAM_LIMIT_OVER = "UPDATE team_limit SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
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

#[derive(db::FromRow)]
pub(crate) struct TeamLimitRow {
    pub(crate) id: Uuid,
    pub(crate) hundredths: i64,
    pub(crate) reason: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) author: Option<String>,
}
