//! What workers hold and can hold, as far as it is recorded; decisions to go over it, and who can make them.

use db::Day;
use uuid::Uuid;

macro_rules! decisions {
    ($rest:literal) => {
        concat!(
            "SELECT o.id, o.decision_id, o.worker_id, w.name AS worker, o.person_id, o.whose, o.points, o.limit_points, o.reason, \
            o.decided_by, d.name AS decider, o.decided_on, o.look_on, o.looked_words, l.name AS looker, o.ended_on FROM over_limit o \
            JOIN worker w ON w.id = o.worker_id JOIN worker d ON d.id = o.decided_by LEFT JOIN worker l ON l.id = o.looked_by \
            WHERE o.superseded_at IS NULL AND ",
            $rest
        )
    };
}

db::statements! {
    // the teams of a worker in which people are worked with
    TEAMS_OF = "SELECT DISTINCT team_id FROM post WHERE worker_id = $1 AND team_id IS NOT NULL AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)";
    // who leads a worker: the managers of their teams and of those above, the nearest first
    LEADERS = "WITH RECURSIVE line (team_id, above) AS (SELECT p.team_id, CAST(0 AS bigint) FROM post p WHERE p.worker_id = $1 \
            AND p.team_id IS NOT NULL AND p.superseded_at IS NULL AND p.from_date <= $2 AND (p.to_date IS NULL OR p.to_date >= $2) \
            UNION SELECT u.parent_id, line.above + 1 FROM line JOIN team_under u ON u.team_id = line.team_id \
            AND u.superseded_at IS NULL AND u.from_date <= $2 AND (u.to_date IS NULL OR u.to_date >= $2) WHERE line.above < 12) \
        SELECT p.worker_id, w.name, min(line.above) AS above FROM line JOIN post p ON p.team_id = line.team_id \
        AND p.role IN ('team-manager', 'head-of-service') AND p.superseded_at IS NULL AND p.from_date <= $2 \
        AND (p.to_date IS NULL OR p.to_date >= $2) JOIN worker w ON w.id = p.worker_id WHERE p.worker_id <> $1 \
        AND (w.to_date IS NULL OR w.to_date >= $2) GROUP BY p.worker_id, w.name ORDER BY above, w.name, p.worker_id";
    NAME = "SELECT name FROM worker WHERE id = $1";
    // what the council says that a team of the worker's can hold
    TEAM_LIMIT = "SELECT l.team_id, l.hundredths FROM team_limit l JOIN post p ON p.team_id = l.team_id AND p.worker_id = $1 \
        AND p.superseded_at IS NULL AND p.from_date <= $2 AND (p.to_date IS NULL OR p.to_date >= $2) \
        AND p.role IN ('social-worker', 'newly-qualified', 'family-support-worker', 'team-manager', 'reviewing-officer', 'duty-worker') \
        WHERE l.superseded_at IS NULL AND l.from_date <= $2 AND (l.to_date IS NULL OR l.to_date >= $2) ORDER BY l.from_date DESC, l.id LIMIT 1";
    // whom the workers of a team answer for, with their open help, where they live and how far the way is
    TEAM_HELD = "SELECT a.worker_id, a.person_id, e.kind, m.household_id, (SELECT max(y.minutes) FROM way_there y WHERE y.person_id = a.person_id \
            AND y.superseded_at IS NULL AND y.from_date <= $2 AND (y.to_date IS NULL OR y.to_date >= $2)) AS minutes_away \
        FROM allocation a LEFT JOIN episode e ON e.person_id = a.person_id \
            AND e.superseded_at IS NULL AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date > $2) \
        LEFT JOIN household_member m ON m.person_id = a.person_id AND m.superseded_at IS NULL AND (m.from_date IS NULL OR m.from_date <= $2) \
            AND (m.to_date IS NULL OR m.to_date >= $2) \
        WHERE a.worker_id IN (SELECT p.worker_id FROM post p WHERE p.team_id = $1 AND p.superseded_at IS NULL AND p.from_date <= $2 \
            AND (p.to_date IS NULL OR p.to_date >= $2)) \
        AND a.part = 'responsible' AND a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date > $2) \
        ORDER BY a.worker_id, a.person_id, e.kind";
    ALL_STANDING = decisions!("o.ended_on IS NULL ORDER BY o.look_on, o.decision_id LIMIT 500");
    ONE = decisions!("o.decision_id = $1");
    FOR_THEM = decisions!("o.worker_id = $1 AND o.person_id = $2 AND o.ended_on IS NULL");
    ADD = "INSERT INTO over_limit (id, decision_id, worker_id, person_id, whose, points, limit_points, reason, decided_by, decided_on, \
        look_on, looked_words, looked_by, ended_on, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    OVER = "UPDATE over_limit SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // hand-overs that wait for somebody whom they may bring over their limit
    OFFERED = "SELECT handover_id, person_id, to_worker FROM handover WHERE superseded_at IS NULL AND state IN ('offered', 'accepted') \
        ORDER BY offered_on, handover_id LIMIT 200";
    // how long the way to somebody takes
    WAY = "SELECT id, minutes, from_date FROM way_there WHERE person_id = $1 AND superseded_at IS NULL AND from_date <= $2 \
        AND (to_date IS NULL OR to_date >= $2) ORDER BY from_date DESC LIMIT 1";
    WAYS_FROM = "SELECT id, minutes, from_date FROM way_there WHERE person_id = $1 AND superseded_at IS NULL \
        AND (to_date IS NULL OR to_date >= $2)";
    ADD_WAY = "INSERT INTO way_there (id, person_id, minutes, from_date, to_date, author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    WAY_OVER = "UPDATE way_there SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // everybody of the service who waits for a worker: since when help is open, who was responsible last, who holds it
    WAITING = "SELECT p.id, p.shown_name, min(e.from_date) AS opened, \
            (SELECT max(a.to_date) FROM allocation a WHERE a.person_id = p.id AND a.part = 'responsible' AND a.superseded_at IS NULL) AS left_on \
        FROM episode e JOIN person p ON p.id = e.person_id WHERE e.superseded_at IS NULL AND e.from_date <= $1 \
        AND (e.to_date IS NULL OR e.to_date > $1) AND p.access_level <> 'sealed' AND p.merged_into IS NULL \
        AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.person_id = p.id AND a.part = 'responsible' AND a.superseded_at IS NULL \
            AND a.from_date <= $1 AND (a.to_date IS NULL OR a.to_date >= $1)) \
        GROUP BY p.id, p.shown_name ORDER BY opened, p.shown_name, p.id";
    // the team that holds the newest open help of each of them
    WAITING_TEAMS = "SELECT e.person_id, t.code, t.name FROM episode e JOIN team t ON t.id = e.team_id WHERE e.superseded_at IS NULL \
        AND e.from_date <= $1 AND (e.to_date IS NULL OR e.to_date > $1) \
        AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.person_id = e.person_id AND a.part = 'responsible' AND a.superseded_at IS NULL \
            AND a.from_date <= $1 AND (a.to_date IS NULL OR a.to_date >= $1)) ORDER BY e.person_id, e.from_date, e.episode_id";
}

#[derive(Clone, db::FromRow)]
pub(crate) struct DecisionRow {
    pub(crate) id: Uuid,
    pub(crate) decision_id: Uuid,
    pub(crate) worker_id: Uuid,
    pub(crate) worker: String,
    pub(crate) person_id: Uuid,
    pub(crate) whose: String,
    pub(crate) points: i64,
    pub(crate) limit_points: i64,
    pub(crate) reason: String,
    pub(crate) decided_by: Uuid,
    pub(crate) decider: String,
    pub(crate) decided_on: Day,
    pub(crate) look_on: Day,
    pub(crate) looked_words: Option<String>,
    pub(crate) looker: Option<String>,
    pub(crate) ended_on: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct LeaderRow {
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) above: i64,
}

#[derive(db::FromRow)]
pub(crate) struct TeamHeldRow {
    pub(crate) worker_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) kind: Option<String>,
    pub(crate) household_id: Option<Uuid>,
    pub(crate) minutes_away: Option<i64>,
}

#[derive(db::FromRow)]
pub(crate) struct WaitsRow {
    pub(crate) id: Uuid,
    pub(crate) shown_name: String,
    pub(crate) opened: Option<Day>,
    pub(crate) left_on: Option<Day>,
}
