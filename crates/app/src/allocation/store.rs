//! The rows of allocations.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    OF_PERSON = "SELECT a.id, a.person_id, a.worker_id, w.name, w.hue, a.team_id, t.name AS team, a.part, a.from_date, a.to_date, \
        a.reason, a.end_reason, a.superseded_at FROM allocation a JOIN worker w ON w.id = a.worker_id LEFT JOIN team t ON t.id = a.team_id \
        WHERE a.person_id = $1 AND a.superseded_at IS NULL ORDER BY a.from_date DESC, a.id DESC";
    ONE = "SELECT a.id, a.person_id, a.worker_id, w.name, w.hue, a.team_id, t.name AS team, a.part, a.from_date, a.to_date, \
        a.reason, a.end_reason, a.superseded_at FROM allocation a JOIN worker w ON w.id = a.worker_id LEFT JOIN team t ON t.id = a.team_id \
        WHERE a.id = $1";
    ADD = "INSERT INTO allocation (id, person_id, worker_id, team_id, part, from_date, to_date, reason, end_reason, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    SUPERSEDE = "UPDATE allocation SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    WORKER = "SELECT name FROM worker WHERE id = $1 AND (to_date IS NULL OR to_date >= $2)";
    POSTS = "SELECT team_id, role FROM post WHERE worker_id = $1 AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2) ORDER BY from_date, id";
    // whoever may be allocated today, with the people each is responsible for and works with otherwise
    CHOICES = "SELECT w.id, w.name, t.id AS team_id, t.name AS team, p.role, \
        (SELECT CAST(count(DISTINCT a.person_id) AS bigint) FROM allocation a WHERE a.worker_id = w.id AND a.part = 'responsible' \
            AND a.superseded_at IS NULL AND a.to_date IS NULL) AS people \
        FROM post p JOIN worker w ON w.id = p.worker_id JOIN team t ON t.id = p.team_id \
        WHERE p.superseded_at IS NULL AND p.from_date <= $1 AND (p.to_date IS NULL OR p.to_date >= $1) \
        AND (w.to_date IS NULL OR w.to_date >= $1) \
        AND p.role IN ('social-worker', 'newly-qualified', 'family-support-worker', 'team-manager', 'reviewing-officer', 'duty-worker') \
        ORDER BY t.name, w.name, w.id, p.role";
    /// Whether a worker stands on the list of a person's record on a day.
    LISTED = "SELECT CAST(count(*) AS bigint) FROM named_reader WHERE person_id = $1 AND worker_id = $2 \
        AND superseded_at IS NULL AND from_date <= $3 AND (to_date IS NULL OR to_date >= $3)";
    // since when nobody is responsible: the open episodes, and who was responsible last
    WAITING = "SELECT min(e.from_date) AS opened, (SELECT max(a.to_date) FROM allocation a WHERE a.person_id = $1 \
            AND a.part = 'responsible' AND a.superseded_at IS NULL) AS left_on \
        FROM episode e WHERE e.person_id = $1 AND e.superseded_at IS NULL AND e.from_date <= $2 \
        AND (e.to_date IS NULL OR e.to_date > $2)";
    HELD_BY = "SELECT e.team_id, t.name FROM episode e JOIN team t ON t.id = e.team_id WHERE e.person_id = $1 AND e.superseded_at IS NULL \
        AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date > $2) ORDER BY e.from_date DESC, e.episode_id DESC";
    OPEN_KINDS = "SELECT kind FROM episode WHERE person_id = $1 AND superseded_at IS NULL \
        AND (to_date IS NULL OR to_date >= $2)";
}

#[derive(db::FromRow)]
pub(crate) struct AllocationRow {
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) hue: i64,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) team: Option<String>,
    pub(crate) part: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) reason: Option<String>,
    pub(crate) end_reason: Option<String>,
    pub(crate) superseded_at: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct ChoiceRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) team_id: Uuid,
    pub(crate) team: String,
    pub(crate) role: String,
    pub(crate) people: i64,
}

#[derive(db::FromRow)]
pub(crate) struct WaitingRow {
    pub(crate) opened: Option<Day>,
    pub(crate) left_on: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct PostRow {
    pub(crate) team_id: Option<Uuid>,
    pub(crate) role: String,
}
