//! The rows of episodes and their circumstances.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    OF_PERSON = "SELECT e.id, e.episode_id, e.person_id, e.kind, e.team_id, t.name AS team, e.from_date, e.to_date, e.end_reason, \
        e.last_seen, e.last_review, e.source_key, e.why, e.recorded_at FROM episode e LEFT JOIN team t ON t.id = e.team_id \
        WHERE e.person_id = $1 AND e.superseded_at IS NULL ORDER BY e.from_date DESC, e.kind";
    ONE = "SELECT e.id, e.episode_id, e.person_id, e.kind, e.team_id, t.name AS team, e.from_date, e.to_date, e.end_reason, \
        e.last_seen, e.last_review, e.source_key, e.why, e.recorded_at FROM episode e LEFT JOIN team t ON t.id = e.team_id \
        WHERE e.episode_id = $1 AND e.superseded_at IS NULL";
    ADD = "INSERT INTO episode (id, episode_id, person_id, kind, team_id, from_date, to_date, end_reason, last_seen, last_review, \
        source_key, why, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    SUPERSEDE = "UPDATE episode SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // whoever has their last day in the post that day answers for nobody the day after
    MANAGER = "SELECT CAST(count(*) AS bigint) FROM post WHERE team_id = $1 AND role IN ('team-manager', 'head-of-service') \
        AND superseded_at IS NULL AND from_date <= $2 AND (to_date IS NULL OR to_date > $2)";
    TEAM = "SELECT name FROM team WHERE id = $1";
    // teams that stand and that someone manages
    TEAMS = "SELECT t.id, t.name FROM team t WHERE t.from_date <= $1 AND (t.to_date IS NULL OR t.to_date >= $1) \
        AND EXISTS (SELECT 1 FROM post p WHERE p.team_id = t.id AND p.role IN ('team-manager', 'head-of-service') \
        AND p.superseded_at IS NULL AND p.from_date <= $1 AND (p.to_date IS NULL OR p.to_date >= $1)) ORDER BY t.name, t.id";
    CIRCUMSTANCES_OF_PERSON = "SELECT id, episode_id, kind, words, from_date, to_date FROM circumstance WHERE person_id = $1 \
        AND superseded_at IS NULL ORDER BY from_date, id";
    CIRCUMSTANCES = "SELECT id, episode_id, kind, words, from_date, to_date FROM circumstance WHERE episode_id = $1 \
        AND superseded_at IS NULL ORDER BY from_date";
    ADD_CIRCUMSTANCE = "INSERT INTO circumstance (id, episode_id, person_id, kind, words, from_date, to_date, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    SUPERSEDE_CIRCUMSTANCE = "UPDATE circumstance SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct EpisodeRow {
    pub(crate) id: Uuid,
    pub(crate) episode_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) kind: String,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) team: Option<String>,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) end_reason: Option<String>,
    pub(crate) last_seen: Option<Day>,
    pub(crate) last_review: Option<Day>,
    pub(crate) source_key: Option<String>,
    pub(crate) why: Option<String>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct CircumstanceRow {
    pub(crate) id: Uuid,
    pub(crate) episode_id: Uuid,
    pub(crate) kind: String,
    pub(crate) words: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
}
