//! What is kept of staying in touch: with whom, wishes, what is agreed, times, searches, mentors.

use db::Day;
use uuid::Uuid;

/// As known at an instant (`$2`), of one person (`$1`).
macro_rules! then {
    ($columns:literal, $table:literal, $joins:literal, $order:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM ",
            $table,
            " x ",
            $joins,
            " WHERE x.person_id = $1 AND x.recorded_at <= $2 \
            AND (x.superseded_at IS NULL OR x.superseded_at > $2) ORDER BY ",
            $order
        )
    };
}

/// The bonds of some people as far as there may be something to see to; `$1` is the worker who asks, `$2` the day.
macro_rules! standing {
    ($people:expr) => {
        concat!(
            "SELECT t.touch_id, t.person_id, t.called, t.other_id, t.begun_on, p.shown_name AS name, p.initials, p.hue, \
            (SELECT w.on_date FROM touch_wish w WHERE w.touch_id = t.touch_id AND w.superseded_at IS NULL \
                AND (w.only_worker IS NULL OR w.only_worker = $1) ORDER BY w.on_date DESC LIMIT 1) AS asked_on, \
            (SELECT m.on_date FROM touch_time m WHERE m.touch_id = t.touch_id AND m.superseded_at IS NULL AND m.came = 'arranged' \
                ORDER BY m.on_date LIMIT 1) AS arranged_on, \
            (SELECT m.on_date FROM touch_time m WHERE m.touch_id = t.touch_id AND m.superseded_at IS NULL \
                AND m.came IN ('happened', 'partly') ORDER BY m.on_date DESC LIMIT 1) AS last_on, \
            (SELECT s.stage FROM touch_search s WHERE s.touch_id = t.touch_id AND s.superseded_at IS NULL \
                ORDER BY s.on_date DESC, s.id DESC LIMIT 1) AS stage, \
            (SELECT s.on_date FROM touch_search s WHERE s.touch_id = t.touch_id AND s.superseded_at IS NULL \
                ORDER BY s.on_date DESC, s.id DESC LIMIT 1) AS stage_on, \
            (SELECT n.state FROM touch_mentor n WHERE n.touch_id = t.touch_id AND n.superseded_at IS NULL AND n.ended_on IS NULL \
                ORDER BY n.id DESC LIMIT 1) AS mentor, \
            (SELECT n.state_on FROM touch_mentor n WHERE n.touch_id = t.touch_id AND n.superseded_at IS NULL AND n.ended_on IS NULL \
                ORDER BY n.id DESC LIMIT 1) AS mentor_on, \
            (SELECT g.from_date FROM touch_agreed g WHERE g.touch_id = t.touch_id AND g.superseded_at IS NULL AND g.basis = 'stopped' \
                AND g.from_date <= $2 AND (g.to_date IS NULL OR g.to_date >= $2) ORDER BY g.from_date LIMIT 1) AS stopped_on \
            FROM touch t JOIN person p ON p.id = t.person_id WHERE t.superseded_at IS NULL AND t.put_away_why IS NULL \
            AND p.merged_into IS NULL AND t.person_id IN ",
            $people,
            " ORDER BY p.shown_name, t.person_id, t.touch_id"
        )
    };
}

db::statements! {
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    // as they are read
    TOUCHES = then!("x.id, x.touch_id, x.kind, x.called, x.other_id, x.worker_id, x.proposed, x.why, x.begun_on, \
        COALESCE(p.shown_name, w.name) AS name, p.initials, COALESCE(p.hue, w.hue) AS hue, p.access_level AS level", "touch",
        "LEFT JOIN person p ON p.id = x.other_id LEFT JOIN worker w ON w.id = x.worker_id",
        "CASE x.kind WHEN 'sibling' THEN 0 WHEN 'parent' THEN 1 WHEN 'relative' THEN 2 ELSE 3 END, x.touch_id, x.id");
    WISHES = then!("x.id, x.touch_id, x.wants, x.how, x.often, x.words, x.themselves, x.only_worker, o.name AS only_name, x.on_date, \
        w.name AS author", "touch_wish", "LEFT JOIN worker w ON w.id = x.author_id LEFT JOIN worker o ON o.id = x.only_worker", "x.on_date, x.id");
    AGREED = then!("x.id, x.agreed_id, x.touch_id, x.basis, x.how, x.often, x.words, x.supervised_why, x.order_words, x.with_them, \
        x.from_date, x.to_date, x.ended_why", "touch_agreed", "", "x.from_date, x.agreed_id, x.id");
    TIMES = then!("x.id, x.time_id, x.touch_id, x.on_date, x.how, x.came, x.where_when, x.child_was, x.words, x.in_the_way, \
        x.in_the_way_words, x.with_them, x.entry_id, x.promise_id", "touch_time", "", "x.on_date, x.time_id, x.id");
    SEARCHES = then!("x.id, x.touch_id, x.stage, x.on_date, w.name AS looker, x.looked, x.words", "touch_search",
        "LEFT JOIN worker w ON w.id = x.worker_id", "x.on_date, x.id");
    MENTORS = then!("x.id, x.mentor_id, x.touch_id, x.state, x.state_on, x.chosen_on, x.chosen_words, x.themselves, x.does, x.often, \
        x.ended_on, x.ended_by, x.ended_why", "touch_mentor", "", "x.chosen_on, x.mentor_id, x.id");
    PROMISED = "SELECT promise_id, what, due_on, state FROM promise WHERE person_id = $1 AND superseded_at IS NULL";
    WITH_ME = "SELECT DISTINCT t.person_id FROM touch t JOIN person p ON p.id = t.person_id WHERE t.other_id = $1 AND t.superseded_at IS NULL \
        AND t.put_away_why IS NULL AND p.merged_into IS NULL AND p.access_level = 'findable' ORDER BY t.person_id LIMIT 40";
    // as they are written
    TOUCH_NOW = "SELECT id FROM touch WHERE person_id = $1 AND touch_id = $2 AND superseded_at IS NULL AND put_away_why IS NULL";
    ADD_TOUCH = "INSERT INTO touch (id, touch_id, person_id, kind, called, other_id, worker_id, proposed, why, begun_on, put_away_why, author_id, \
        recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    OVER_TOUCH = "UPDATE touch SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    SAME_WISH = "UPDATE touch_wish SET superseded_at = $1 WHERE touch_id = $2 AND on_date = $3 AND themselves = $4 AND superseded_at IS NULL \
        AND only_worker IS NOT DISTINCT FROM $5";
    ADD_WISH = "INSERT INTO touch_wish (id, touch_id, person_id, wants, how, often, words, themselves, only_worker, on_date, author_id, \
        recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    OVER_AGREED = "UPDATE touch_agreed SET superseded_at = $2 WHERE id = $1 AND agreed_id = $3 AND touch_id = $4 AND superseded_at IS NULL";
    ADD_AGREED = "INSERT INTO touch_agreed (id, agreed_id, touch_id, person_id, basis, how, often, words, supervised_why, order_words, with_them, \
        from_date, to_date, ended_why, author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    OVER_TIME = "UPDATE touch_time SET superseded_at = $2 WHERE id = $1 AND time_id = $3 AND touch_id = $4 AND superseded_at IS NULL";
    ADD_TIME = "INSERT INTO touch_time (id, time_id, touch_id, person_id, on_date, how, came, where_when, child_was, words, in_the_way, \
        in_the_way_words, with_them, entry_id, promise_id, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    ADD_PROMISE = "INSERT INTO promise (id, promise_id, entry_id, person_id, what, by_worker, by_person, by_words, due_on, state, recorded_at) \
        VALUES ($1, $2, NULL, $3, $4, $5, NULL, NULL, $6, 'open', $7)";
    STAGE_NOW = "SELECT stage, on_date FROM touch_search WHERE touch_id = $1 AND superseded_at IS NULL ORDER BY on_date DESC, id DESC LIMIT 1";
    ADD_SEARCH = "INSERT INTO touch_search (id, touch_id, person_id, stage, on_date, worker_id, looked, words, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    MENTOR_NOW = "SELECT id, mentor_id, state, state_on, chosen_on, chosen_words, themselves, does, often FROM touch_mentor \
        WHERE touch_id = $1 AND person_id = $2 AND superseded_at IS NULL AND ended_on IS NULL";
    OVER_MENTOR = "UPDATE touch_mentor SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    ADD_MENTOR = "INSERT INTO touch_mentor (id, mentor_id, touch_id, person_id, state, state_on, chosen_on, chosen_words, themselves, does, often, \
        ended_on, ended_by, ended_why, author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    WORKER_KNOWN = "SELECT id FROM worker WHERE id = $1";
    WORKED_WITH = "SELECT DISTINCT w.id, w.name FROM allocation a JOIN worker w ON w.id = a.worker_id WHERE a.person_id = $1 \
        AND a.superseded_at IS NULL ORDER BY w.name, w.id LIMIT 60";
    RELATED = "SELECT DISTINCT p.id, p.shown_name, p.full_name FROM relationship r JOIN person p ON p.id = r.other_id WHERE r.person_id = $1 \
        AND r.superseded_at IS NULL AND p.merged_into IS NULL AND p.kind = 'born' ORDER BY p.shown_name, p.id LIMIT 100";
    // Today: of those a worker answers for, themselves or standing in
    STANDING_MINE = standing!("(SELECT a.person_id FROM allocation a WHERE a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND a.worker_id IN (SELECT id FROM worker WHERE id = $1 \
        UNION SELECT worker_id FROM absence WHERE cover_id = $1 AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)))");
    // of those for whom nobody answers today, whom a team holds, or held last before all was closed
    STANDING_OF_TEAM = standing!("(SELECT e.person_id FROM episode e WHERE e.superseded_at IS NULL AND e.team_id = $3 AND e.from_date <= $2 \
        AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.person_id = e.person_id AND a.part = 'responsible' AND a.superseded_at IS NULL \
            AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2)) \
        AND NOT EXISTS (SELECT 1 FROM episode l WHERE l.person_id = e.person_id AND l.superseded_at IS NULL AND l.from_date <= $2 \
            AND l.team_id IS NOT NULL AND (l.from_date > e.from_date OR (l.from_date = e.from_date AND l.id > e.id))))");
    STANDING_OF = standing!("(SELECT id FROM person WHERE id = $3)");
}

#[derive(db::FromRow)]
pub(crate) struct TouchRow {
    pub(crate) id: Uuid,
    pub(crate) touch_id: Uuid,
    pub(crate) kind: String,
    pub(crate) called: String,
    pub(crate) other_id: Option<Uuid>,
    pub(crate) worker_id: Option<Uuid>,
    pub(crate) proposed: bool,
    pub(crate) why: Option<String>,
    pub(crate) begun_on: Day,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
    pub(crate) level: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct WishRow {
    pub(crate) id: Uuid,
    pub(crate) touch_id: Uuid,
    pub(crate) wants: String,
    pub(crate) how: String,
    pub(crate) often: Option<String>,
    pub(crate) words: Option<String>,
    pub(crate) themselves: bool,
    pub(crate) only_worker: Option<Uuid>,
    pub(crate) only_name: Option<String>,
    pub(crate) on_date: Day,
    pub(crate) author: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct AgreedRow {
    pub(crate) id: Uuid,
    pub(crate) agreed_id: Uuid,
    pub(crate) touch_id: Uuid,
    pub(crate) basis: String,
    pub(crate) how: String,
    pub(crate) often: Option<String>,
    pub(crate) words: String,
    pub(crate) supervised_why: Option<String>,
    pub(crate) order_words: Option<String>,
    pub(crate) with_them: bool,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) ended_why: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct TimeRow {
    pub(crate) id: Uuid,
    pub(crate) time_id: Uuid,
    pub(crate) touch_id: Uuid,
    pub(crate) on_date: Day,
    pub(crate) how: String,
    pub(crate) came: String,
    pub(crate) where_when: Option<String>,
    pub(crate) child_was: Option<String>,
    pub(crate) words: Option<String>,
    pub(crate) in_the_way: Option<String>,
    pub(crate) in_the_way_words: Option<String>,
    pub(crate) with_them: bool,
    pub(crate) entry_id: Option<Uuid>,
    pub(crate) promise_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct SearchRow {
    pub(crate) id: Uuid,
    pub(crate) touch_id: Uuid,
    pub(crate) stage: String,
    pub(crate) on_date: Day,
    pub(crate) looker: Option<String>,
    pub(crate) looked: Option<String>,
    pub(crate) words: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct MentorRow {
    pub(crate) id: Uuid,
    pub(crate) mentor_id: Uuid,
    pub(crate) touch_id: Uuid,
    pub(crate) state: String,
    pub(crate) state_on: Day,
    pub(crate) chosen_on: Day,
    pub(crate) chosen_words: Option<String>,
    pub(crate) themselves: bool,
    pub(crate) does: Option<String>,
    pub(crate) often: Option<String>,
    pub(crate) ended_on: Option<Day>,
    pub(crate) ended_by: Option<String>,
    pub(crate) ended_why: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct MentorNowRow {
    pub(crate) id: Uuid,
    pub(crate) mentor_id: Uuid,
    pub(crate) state: String,
    pub(crate) state_on: Day,
    pub(crate) chosen_on: Day,
    pub(crate) chosen_words: Option<String>,
    pub(crate) themselves: bool,
    pub(crate) does: Option<String>,
    pub(crate) often: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct PromisedRow {
    pub(crate) promise_id: Uuid,
    pub(crate) what: String,
    pub(crate) due_on: Option<Day>,
    pub(crate) state: String,
}

#[derive(db::FromRow)]
pub(crate) struct StandingRow {
    pub(crate) touch_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) called: String,
    pub(crate) other_id: Option<Uuid>,
    pub(crate) begun_on: Day,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
    pub(crate) asked_on: Option<Day>,
    pub(crate) arranged_on: Option<Day>,
    pub(crate) last_on: Option<Day>,
    pub(crate) stage: Option<String>,
    pub(crate) stage_on: Option<Day>,
    pub(crate) mentor: Option<String>,
    pub(crate) mentor_on: Option<Day>,
    pub(crate) stopped_on: Option<Day>,
}
