//! Plans of teams, their steps, and what is looked at before one is carried out.

use db::Day;
use uuid::Uuid;

db::statements! {
    PLANS = "SELECT r.id, r.restructure_id, r.name, r.why, r.on_date, r.state, w.name AS author, r.done_on FROM restructure r \
        LEFT JOIN worker w ON w.id = r.author_id WHERE r.superseded_at IS NULL ORDER BY r.on_date DESC, r.restructure_id";
    PLAN = "SELECT r.id, r.restructure_id, r.name, r.why, r.on_date, r.state, w.name AS author, r.done_on FROM restructure r \
        LEFT JOIN worker w ON w.id = r.author_id WHERE r.superseded_at IS NULL AND r.restructure_id = $1";
    ADD_PLAN = "INSERT INTO restructure (id, restructure_id, name, why, on_date, state, author_id, done_on, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    PLAN_OVER = "UPDATE restructure SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    STEPS = "SELECT id, place, kind, team_id, other_id, worker_id, name FROM restructure_step WHERE restructure_id = $1 \
        AND superseded_at IS NULL ORDER BY place, id";
    ADD_STEP = "INSERT INTO restructure_step (id, restructure_id, place, kind, team_id, other_id, worker_id, name, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    STEP_OVER = "UPDATE restructure_step SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // who is helped by whom, and which teams hold that
    HELPED = "SELECT a.person_id, p.shown_name, a.worker_id, w.name AS worker, e.team_id FROM allocation a JOIN person p ON p.id = a.person_id \
        JOIN worker w ON w.id = a.worker_id JOIN episode e ON e.person_id = a.person_id AND e.superseded_at IS NULL AND e.team_id IS NOT NULL \
            AND e.from_date <= $1 AND (e.to_date IS NULL OR e.to_date > $1) \
        WHERE a.part = 'responsible' AND a.superseded_at IS NULL AND a.from_date <= $1 AND (a.to_date IS NULL OR a.to_date > $1) \
        AND p.access_level <> 'sealed' ORDER BY p.shown_name, a.person_id, a.worker_id";
    WORKERS_SO_FAR = "SELECT CAST(count(DISTINCT worker_id) AS bigint) FROM allocation WHERE person_id = $1 AND part = 'responsible' \
        AND superseded_at IS NULL AND from_date <= $2";
    // carrying out
    OPEN_POSTS = "SELECT p.id, p.worker_id, p.team_id, t.name AS team, p.role, p.from_date, p.to_date FROM post p \
        LEFT JOIN team t ON t.id = p.team_id WHERE p.team_id = $1 AND p.superseded_at IS NULL AND (p.to_date IS NULL OR p.to_date >= $2) \
        ORDER BY p.id";
    HELD_EPISODES = "SELECT id, episode_id FROM episode WHERE team_id = $1 AND superseded_at IS NULL AND (to_date IS NULL OR to_date > $2) ORDER BY id";
    EPISODE_OVER = "UPDATE episode SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    EPISODE_AGAIN = "INSERT INTO episode (id, episode_id, person_id, kind, team_id, from_date, to_date, end_reason, last_seen, last_review, \
        source_key, why, recorded_at) SELECT $2, episode_id, person_id, kind, $3, from_date, to_date, end_reason, last_seen, last_review, \
        source_key, why, $4 FROM episode WHERE id = $1";
}

#[derive(Clone, db::FromRow)]
pub(crate) struct PlanRow {
    pub(crate) id: Uuid,
    pub(crate) restructure_id: Uuid,
    pub(crate) name: String,
    pub(crate) why: String,
    pub(crate) on_date: Day,
    pub(crate) state: String,
    pub(crate) author: Option<String>,
    pub(crate) done_on: Option<Day>,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct StepRow {
    pub(crate) id: Uuid,
    pub(crate) place: i64,
    pub(crate) kind: String,
    pub(crate) team_id: Uuid,
    pub(crate) other_id: Option<Uuid>,
    pub(crate) worker_id: Option<Uuid>,
    pub(crate) name: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct HelpedRow {
    pub(crate) person_id: Uuid,
    pub(crate) shown_name: String,
    pub(crate) worker_id: Uuid,
    pub(crate) worker: String,
    pub(crate) team_id: Uuid,
}
