//! Minutes: those of entries, which are time with people, and those a worker spent writing them down.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    WRITTEN_BY = "SELECT id, kind, happened_at, minutes FROM entry WHERE author_id = $1 AND superseded_at IS NULL \
        AND happened_at >= $2 AND happened_at < $3 AND kind <> 'step' ORDER BY happened_at, id LIMIT 400";
    THERE_WITH = "SELECT e.id, e.kind, e.happened_at, e.minutes FROM entry_worker t JOIN entry e ON e.id = t.entry_id \
        WHERE t.worker_id = $1 AND (e.author_id IS NULL OR e.author_id <> $1) AND e.superseded_at IS NULL \
        AND e.happened_at >= $2 AND e.happened_at < $3 AND e.kind <> 'step' ORDER BY e.happened_at, e.id LIMIT 400";
    RECORDED_IN = "SELECT r.entry_id, r.minutes, r.how, r.on_date, e.kind, e.happened_at FROM recording_time r \
        JOIN entry e ON e.id = r.entry_id WHERE r.worker_id = $1 AND r.superseded_at IS NULL \
        AND r.on_date >= $2 AND r.on_date < $3 ORDER BY r.on_date, r.recorded_at, r.id LIMIT 400";
    ABOUT = "SELECT q.entry_id, q.person_id, p.shown_name FROM participant q JOIN person p ON p.id = q.person_id \
        WHERE q.part = 'about' AND q.entry_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, \
        $21, $22, $23, $24) ORDER BY q.id";
    WHOSE = "SELECT e.author_id, e.recorded_at, \
        (SELECT r.on_date FROM recording_time r WHERE r.entry_id = e.id AND r.worker_id = $2 AND r.superseded_at IS NULL) AS on_date \
        FROM entry e WHERE e.id = $1";
    SUPERSEDE = "UPDATE recording_time SET superseded_at = $3 WHERE entry_id = $1 AND worker_id = $2 AND superseded_at IS NULL";
    ADD = "INSERT INTO recording_time (id, entry_id, worker_id, minutes, how, on_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    // hours, as the worker puts them down
    HOURS_OF = "SELECT on_date, kind, minutes FROM hours_worked WHERE worker_id = $1 AND superseded_at IS NULL ORDER BY on_date, kind";
    HOURS_OVER = "UPDATE hours_worked SET superseded_at = $4 WHERE worker_id = $1 AND on_date = $2 AND kind = $3 AND superseded_at IS NULL";
    ADD_HOURS = "INSERT INTO hours_worked (id, worker_id, on_date, kind, minutes, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    SHARES_OF = "SELECT percent, from_date, to_date FROM week_share WHERE worker_id = $1 AND superseded_at IS NULL ORDER BY from_date DESC, id";
    WORKED_SINCE = "SELECT worker_id, on_date, minutes FROM hours_worked WHERE on_date >= $1 AND kind = 'worked' AND superseded_at IS NULL";
    ANSWERED_SINCE = "SELECT worker_id, monday FROM long_week_answer WHERE monday >= $1 AND superseded_at IS NULL";
    ANSWER_OF = "SELECT a.words, w.name FROM long_week_answer a JOIN worker w ON w.id = a.author_id \
        WHERE a.worker_id = $1 AND a.monday = $2 AND a.superseded_at IS NULL";
    ADD_ANSWER = "INSERT INTO long_week_answer (id, worker_id, monday, words, author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    // of a week everything that was known when its totals were drawn up
    ALL_WRITTEN_BY = "SELECT e.author_id AS worker_id, e.kind, CAST(sum(e.minutes) AS bigint) AS minutes FROM entry e \
        WHERE e.recorded_at >= $1 AND e.recorded_at < $4 AND (e.superseded_at IS NULL OR e.superseded_at >= $4) \
        AND e.happened_at >= $2 AND e.happened_at < $3 AND e.minutes > 0 AND e.author_id IS NOT NULL GROUP BY e.author_id, e.kind";
    ALL_THERE_WITH = "SELECT t.worker_id, e.kind, CAST(sum(e.minutes) AS bigint) AS minutes FROM entry e \
        JOIN entry_worker t ON t.entry_id = e.id WHERE e.recorded_at >= $1 AND e.recorded_at < $4 \
        AND (e.superseded_at IS NULL OR e.superseded_at >= $4) AND e.happened_at >= $2 AND e.happened_at < $3 AND e.minutes > 0 \
        AND (e.author_id IS NULL OR e.author_id <> t.worker_id) GROUP BY t.worker_id, e.kind";
    ALL_RECORDED_IN = "SELECT worker_id, CAST(sum(minutes) AS bigint) AS minutes FROM recording_time \
        WHERE on_date >= $1 AND on_date < $2 AND recorded_at < $3 AND (superseded_at IS NULL OR superseded_at >= $3) \
        AND minutes > 0 GROUP BY worker_id";
}

#[derive(db::FromRow)]
pub(super) struct EntryRow {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) happened_at: At,
    pub(super) minutes: Option<i64>,
}

#[derive(db::FromRow)]
pub(super) struct TimeRow {
    pub(super) entry_id: Uuid,
    pub(super) minutes: i64,
    pub(super) how: String,
    pub(super) on_date: Day,
    pub(super) kind: String,
    pub(super) happened_at: At,
}

#[derive(db::FromRow)]
pub(super) struct WhoseRow {
    pub(super) author_id: Option<Uuid>,
    pub(super) recorded_at: At,
    pub(super) on_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(super) struct SumRow {
    pub(super) worker_id: Uuid,
    pub(super) kind: String,
    pub(super) minutes: i64,
}

#[derive(db::FromRow)]
pub(crate) struct DayRow {
    pub(crate) on_date: Day,
    pub(crate) kind: String,
    pub(crate) minutes: i64,
}
