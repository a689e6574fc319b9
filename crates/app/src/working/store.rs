//! Whom a worker works with, whom teams work with, who waits, who is away.

use db::{At, Day};
use uuid::Uuid;

/// How many teams one statement asks about; a shorter list is filled up with its last.
pub(crate) const AT_ONCE: usize = 12;

/// The teams asked about, with the day at `$2`.
macro_rules! teams {
    () => {
        "($1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    };
}
/// The people a worker ($1) works with on a day ($2), and those of absent colleagues they stand in for.
macro_rules! of_worker {
    () => {
        "(SELECT a.person_id FROM allocation a WHERE a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND a.worker_id IN (SELECT id FROM worker WHERE id = $1 \
        UNION SELECT worker_id FROM absence WHERE cover_id = $1 AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)))"
    };
}
/// The people teams work with on a day: they hold an episode of theirs, or their worker is responsible.
macro_rules! of_teams {
    () => {
        concat!(
            "(SELECT e.person_id FROM episode e WHERE e.superseded_at IS NULL \
            AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date > $2) AND e.team_id IN ",
            teams!(),
            " UNION SELECT a.person_id FROM allocation a WHERE a.part = 'responsible' AND a.superseded_at IS NULL \
            AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND a.team_id IN ",
            teams!(),
            ")"
        )
    };
}
macro_rules! people {
    ($of:expr) => {
        concat!(
            "SELECT p.id, p.shown_name, p.full_name, p.initials, p.hue, p.kind, p.birth_year, b.born_on, b.basis, m.household_id \
            FROM person p LEFT JOIN person_birth b ON b.person_id = p.id AND b.superseded_at IS NULL \
            LEFT JOIN household_member m ON m.person_id = p.id AND m.superseded_at IS NULL \
                AND (m.from_date IS NULL OR m.from_date <= $2) AND (m.to_date IS NULL OR m.to_date >= $2) \
            WHERE p.id IN ",
            $of,
            " ORDER BY p.shown_name, p.id, m.household_id"
        )
    };
}
macro_rules! episodes {
    ($of:expr) => {
        concat!(
            "SELECT e.person_id, e.kind, e.team_id, t.name AS team, e.from_date, e.last_seen FROM episode e \
            LEFT JOIN team t ON t.id = e.team_id WHERE e.superseded_at IS NULL \
            AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date > $2) AND e.person_id IN ",
            $of,
            " ORDER BY e.from_date, e.episode_id"
        )
    };
}
/// Who works with them, and who ever was responsible: since when someone waits follows from who went last.
macro_rules! workers {
    ($of:expr) => {
        concat!(
            "SELECT c.person_id, c.worker_id, w.name, w.hue, c.part, c.from_date, c.to_date, c.team_id \
            FROM allocation c JOIN worker w ON w.id = c.worker_id WHERE c.superseded_at IS NULL AND c.from_date <= $2 \
            AND (c.part = 'responsible' OR c.to_date IS NULL OR c.to_date >= $2) AND c.person_id IN ",
            $of,
            " ORDER BY c.from_date DESC, c.id DESC"
        )
    };
}
/// The last time each was seen in person: the newest entry of each that says so.
macro_rules! seen {
    ($of:expr) => {
        concat!(
            "SELECT s.person_id, s.happened_at, s.seen, w.name AS author FROM participant s JOIN entry e ON e.id = s.entry_id \
            LEFT JOIN worker w ON w.id = e.author_id WHERE s.id IN (SELECT (SELECT q.id FROM participant q JOIN entry f ON f.id = q.entry_id \
                WHERE q.person_id = p.id AND q.part = 'about' AND q.seen IN ('seen', 'seen-alone') AND q.superseded_at IS NULL \
                AND (f.manner IS NULL OR f.manner NOT IN ('video', 'phone', 'writing')) \
                ORDER BY q.happened_at DESC, q.entry_id DESC LIMIT 1) FROM person p WHERE p.id IN ",
            $of,
            ")"
        )
    };
}
macro_rules! clocks {
    ($of:expr) => {
        concat!(
            "SELECT c.person_id, c.body FROM clock c WHERE c.done_on IS NULL AND c.ended_on IS NULL AND c.person_id IN ",
            $of,
            " ORDER BY c.due_on, c.rule"
        )
    };
}
macro_rules! reasons {
    ($of:expr) => {
        concat!(
            "SELECT r.person_id, r.rule, r.started_on, r.reason, w.name AS author, r.recorded_at, r.until_date FROM ",
            crate::clock::store::said_of_clocks!(),
            " r LEFT JOIN worker w ON w.id = r.author_id WHERE r.person_id IN ",
            $of,
            " ORDER BY r.recorded_at, r.id"
        )
    };
}

db::statements! {
    // who works where, and what stands under what, on a day ($1), as known at an instant ($2)
    POSTS_KNOWN = "SELECT DISTINCT team_id, worker_id FROM post WHERE team_id IS NOT NULL AND recorded_at < $2 \
        AND (superseded_at IS NULL OR superseded_at >= $2) AND from_date <= $1 AND (to_date IS NULL OR to_date >= $1)";
    TREE_KNOWN = "SELECT DISTINCT team_id, parent_id FROM team_under WHERE recorded_at < $2 \
        AND (superseded_at IS NULL OR superseded_at >= $2) AND from_date <= $1 AND (to_date IS NULL OR to_date >= $1)";
    // who is responsible for somebody ($1) on a day ($2), or for a child they have parental responsibility for, and who stands in
    ANSWERERS = "SELECT a.worker_id FROM allocation a WHERE a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND (a.person_id = $1 OR a.person_id IN \
        (SELECT r.other_id FROM relationship r WHERE r.person_id = $1 AND r.superseded_at IS NULL AND r.parental_responsibility)) \
        UNION SELECT b.cover_id FROM absence b JOIN allocation a ON a.worker_id = b.worker_id WHERE b.superseded_at IS NULL AND b.cover_id IS NOT NULL \
        AND b.from_date <= $2 AND (b.to_date IS NULL OR b.to_date >= $2) AND a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND (a.person_id = $1 OR a.person_id IN \
        (SELECT r.other_id FROM relationship r WHERE r.person_id = $1 AND r.superseded_at IS NULL AND r.parental_responsibility))";
    PEOPLE_OF_WORKER = people!(of_worker!());
    PEOPLE_OF_TEAMS = people!(of_teams!());
    EPISODES_OF_WORKER = episodes!(of_worker!());
    EPISODES_OF_TEAMS = episodes!(of_teams!());
    WORKERS_OF_WORKER = workers!(of_worker!());
    WORKERS_OF_TEAMS = workers!(of_teams!());
    SEEN_OF_WORKER = seen!(of_worker!());
    SEEN_OF_TEAMS = seen!(of_teams!());
    CLOCKS_OF_WORKER = clocks!(of_worker!());
    CLOCKS_OF_TEAMS = clocks!(of_teams!());
    REASONS_OF_WORKER = reasons!(of_worker!());
    REASONS_OF_TEAMS = reasons!(of_teams!());
    TEAMS = "SELECT t.id, t.code, t.name, t.place, u.parent_id FROM team t \
        LEFT JOIN team_under u ON u.team_id = t.id AND u.superseded_at IS NULL \
            AND u.from_date <= $1 AND (u.to_date IS NULL OR u.to_date >= $1) \
        WHERE t.from_date <= $1 AND (t.to_date IS NULL OR t.to_date >= $1) ORDER BY t.name, t.id";
    STAFF = "SELECT p.team_id, p.role, w.id, w.code, w.name, w.hue FROM post p JOIN worker w ON w.id = p.worker_id \
        WHERE p.superseded_at IS NULL AND p.from_date <= $1 AND (p.to_date IS NULL OR p.to_date >= $1) \
        AND (w.to_date IS NULL OR w.to_date >= $1) AND p.team_id IS NOT NULL ORDER BY w.name, w.id, p.role";
    // who is away now or within the days asked about
    AWAY = "SELECT a.worker_id, w.name, a.from_date, a.to_date, a.cover_id, c.name AS cover FROM absence a \
        JOIN worker w ON w.id = a.worker_id LEFT JOIN worker c ON c.id = a.cover_id \
        WHERE a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $1) \
        AND (w.to_date IS NULL OR w.to_date >= $1) ORDER BY a.from_date, w.name";
}

#[derive(db::FromRow)]
pub(crate) struct PersonRow {
    pub(crate) id: Uuid,
    pub(crate) shown_name: String,
    pub(crate) full_name: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
    pub(crate) kind: String,
    pub(crate) birth_year: Option<i64>,
    pub(crate) born_on: Option<Day>,
    pub(crate) basis: Option<String>,
    pub(crate) household_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct EpisodeRow {
    pub(crate) person_id: Uuid,
    pub(crate) kind: String,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) team: Option<String>,
    pub(crate) from_date: Day,
    pub(crate) last_seen: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct WorkerRow {
    pub(crate) person_id: Uuid,
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) hue: i64,
    pub(crate) part: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) team_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct SeenRow {
    pub(crate) person_id: Uuid,
    pub(crate) happened_at: At,
    pub(crate) seen: String,
    pub(crate) author: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct TeamRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) place: Option<String>,
    pub(crate) parent_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct StaffRow {
    pub(crate) team_id: Uuid,
    pub(crate) role: String,
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) hue: i64,
}

#[derive(db::FromRow)]
pub(crate) struct AwayRow {
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) cover_id: Option<Uuid>,
    pub(crate) cover: Option<String>,
}
