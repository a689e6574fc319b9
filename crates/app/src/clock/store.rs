//! What clocks are worked out from, the clocks kept, and what was said about their being late.

use db::{At, Day};
use uuid::Uuid;

macro_rules! episodes {
    () => {
        "SELECT person_id, episode_id, kind, from_date, to_date, last_seen, last_review FROM episode WHERE superseded_at IS NULL"
    };
}
macro_rules! steps {
    () => {
        "SELECT person_id, id, kind, start_date, end_date, outcome, episode_id FROM step WHERE superseded_at IS NULL"
    };
}
macro_rules! lasting {
    () => {
        "SELECT person_id, episode_id, from_date, to_date FROM circumstance WHERE kind = 'lasting' AND superseded_at IS NULL"
    };
}
/// Only what a visit clock can count: entries in which the person was seen.
macro_rules! visits {
    () => {
        "SELECT p.person_id, p.entry_id, e.kind, e.manner, p.happened_at, p.seen, e.recorded_at AS first_recorded_at, e.source \
        FROM participant p JOIN entry e ON e.id = p.entry_id \
        WHERE p.superseded_at IS NULL AND p.part = 'about' AND p.seen IS NOT NULL"
    };
}
macro_rules! requests {
    () => {
        "SELECT person_id, id, request_id, received_on, identity_on, question_on, answered_on, extended_on, state, ended_on \
        FROM record_request WHERE superseded_at IS NULL"
    };
}
macro_rules! stopped {
    () => {
        "SELECT person_id, id, touch_id, basis, from_date, to_date, recorded_at FROM touch_agreed WHERE superseded_at IS NULL \
        AND basis IN ('stopped', 'may-refuse', 'contact-order')"
    };
}
macro_rules! complaints {
    () => {
        "SELECT person_id, id, complaint_id, stage, received_on, extended_on, state, ended_on FROM complaint WHERE superseded_at IS NULL"
    };
}
/// What was written to one worker alone is left out: a clock that others see would tell that it is there.
macro_rules! questions {
    () => {
        "SELECT q.person_id, q.id, q.question_id, q.asked_on, q.answered_on FROM question q JOIN entry e ON e.thread_id = q.asked_in \
        AND e.superseded_at IS NULL WHERE q.superseded_at IS NULL AND e.readers <> 'named'"
    };
}
macro_rules! births {
    () => {
        "SELECT person_id, born_on, basis FROM person_birth WHERE superseded_at IS NULL"
    };
}
macro_rules! reasons {
    () => {
        concat!("SELECT r.person_id, r.rule, r.started_on, r.reason, w.name AS author, r.recorded_at, r.until_date FROM ",
            crate::clock::store::said_of_clocks!(), " r LEFT JOIN worker w ON w.id = r.author_id")
    };
}
/// What is said beside clocks: why one is late, and that it was agreed to go slower, until which day.
macro_rules! said_of_clocks {
    () => {
        "(SELECT id, person_id, rule, started_on, reason, author_id, recorded_at, CAST(NULL AS date) AS until_date FROM clock_reason UNION ALL \
        SELECT id, person_id, rule, started_on, why, decided_by, recorded_at, until_date FROM own_way \
        WHERE superseded_at IS NULL AND rule IS NOT NULL AND state IN ('agreed', 'ended'))"
    };
}
pub(crate) use said_of_clocks;

macro_rules! keep {
    () => {
        "INSERT INTO clock (id, person_id, rule, episode_id, round, body, started_on, due_on, done_on, ended_on) VALUES "
    };
}

db::statements! {
    EPISODES = concat!(episodes!(), " AND person_id = $1");
    EVERY_EPISODE = episodes!();
    STEPS = concat!(steps!(), " AND person_id = $1");
    EVERY_STEP = steps!();
    LASTING = concat!(lasting!(), " AND person_id = $1");
    EVERY_LASTING = lasting!();
    VISITS = concat!(visits!(), " AND p.person_id = $1");
    EVERY_VISIT = visits!();
    REQUESTS = concat!(requests!(), " AND person_id = $1");
    EVERY_REQUEST = requests!();
    STOPPED = concat!(stopped!(), " AND person_id = $1");
    EVERY_STOPPED = stopped!();
    COMPLAINTS = concat!(complaints!(), " AND person_id = $1");
    EVERY_COMPLAINT = complaints!();
    QUESTIONS = concat!(questions!(), " AND q.person_id = $1");
    EVERY_QUESTION = questions!();
    BIRTH = concat!(births!(), " AND person_id = $1");
    EVERY_BIRTH = births!();
    /// Every entry, for the whole history of clocks: when it was first written down matters too.
    ENTRIES = "SELECT p.person_id, p.entry_id, e.kind, e.manner, p.happened_at, p.seen, e.source, \
        (SELECT min(f.recorded_at) FROM entry f WHERE f.thread_id = e.thread_id) AS first_recorded_at \
        FROM participant p JOIN entry e ON e.id = p.entry_id \
        WHERE p.person_id = $1 AND p.superseded_at IS NULL AND p.part = 'about'";
    HOLIDAYS = "SELECT day, change, name, recorded_at FROM holiday ORDER BY day";
    OWN_FIGURES = "SELECT id, rule, slot, length, from_date, to_date FROM own_figure WHERE superseded_at IS NULL ORDER BY from_date, recorded_at, id";
    KEPT = "SELECT person_id, body FROM clock WHERE person_id = $1 ORDER BY due_on, rule, round";
    EVERY_KEPT = "SELECT person_id, body FROM clock";
    RUNNING = "SELECT person_id, body FROM clock WHERE person_id = $1 AND done_on IS NULL AND ended_on IS NULL ORDER BY due_on, rule";
    FORGET = "DELETE FROM clock WHERE person_id = $1";
    KEEP = concat!(keep!(), "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    KEEP_FOUR = concat!(keep!(), "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10), ($11, $12, $13, $14, $15, $16, $17, $18, $19, $20), \
        ($21, $22, $23, $24, $25, $26, $27, $28, $29, $30), ($31, $32, $33, $34, $35, $36, $37, $38, $39, $40)");
    REASONS = concat!(reasons!(), " WHERE r.person_id = $1 ORDER BY r.recorded_at, r.id");
    EXPLAIN = "INSERT INTO clock_reason (id, person_id, rule, started_on, reason, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// A clock as kept, of one person.
#[derive(Debug, db::FromRow)]
pub(crate) struct KeptRow {
    pub(crate) person_id: Uuid,
    pub(crate) body: String,
}

#[derive(Debug, db::FromRow)]
pub(crate) struct ReasonRow {
    pub(crate) person_id: Uuid,
    pub(crate) rule: String,
    pub(crate) started_on: Day,
    pub(crate) reason: String,
    pub(crate) author: Option<String>,
    pub(crate) recorded_at: At,
    pub(crate) until_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct EpisodeRow {
    pub(crate) person_id: Uuid,
    pub(crate) episode_id: Uuid,
    pub(crate) kind: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) last_seen: Option<Day>,
    pub(crate) last_review: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct StepRow {
    pub(crate) person_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) start_date: Day,
    pub(crate) end_date: Option<Day>,
    pub(crate) outcome: Option<String>,
    pub(crate) episode_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct RequestRow {
    pub(crate) person_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) request_id: Uuid,
    pub(crate) received_on: Day,
    pub(crate) identity_on: Option<Day>,
    pub(crate) question_on: Option<Day>,
    pub(crate) answered_on: Option<Day>,
    pub(crate) extended_on: Option<Day>,
    pub(crate) state: String,
    pub(crate) ended_on: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct StoppedRow {
    pub(crate) person_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) touch_id: Uuid,
    pub(crate) basis: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct ComplaintRow {
    pub(crate) person_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) complaint_id: Uuid,
    pub(crate) stage: String,
    pub(crate) received_on: Day,
    pub(crate) extended_on: Option<Day>,
    pub(crate) state: String,
    pub(crate) ended_on: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct QuestionRow {
    pub(crate) person_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) question_id: Uuid,
    pub(crate) asked_on: Day,
    pub(crate) answered_on: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct LastingRow {
    pub(crate) person_id: Uuid,
    pub(crate) episode_id: Uuid,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct EntryRow {
    pub(crate) person_id: Uuid,
    pub(crate) entry_id: Uuid,
    pub(crate) kind: String,
    pub(crate) manner: Option<String>,
    pub(crate) happened_at: At,
    pub(crate) seen: Option<String>,
    pub(crate) first_recorded_at: At,
    pub(crate) source: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct BirthRow {
    pub(crate) person_id: Uuid,
    pub(crate) born_on: Day,
    pub(crate) basis: String,
}

#[derive(db::FromRow)]
pub(crate) struct HolidayRow {
    pub(crate) day: Day,
    pub(crate) change: String,
    pub(crate) name: String,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct OwnFigureRow {
    pub(crate) id: Uuid,
    pub(crate) rule: String,
    pub(crate) slot: String,
    pub(crate) length: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
}
