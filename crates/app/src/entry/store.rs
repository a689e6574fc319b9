//! Entries' rows, and those that hang on them.

use db::{At, Day};
use uuid::Uuid;

/// A list of at most twenty-four ids as `$1` to `$24`; a shorter one is filled up with its last.
macro_rules! twenty_four {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) ",
            $after
        )
    };
}

db::statements! {
    ENTRY = "INSERT INTO entry (id, thread_id, kind, happened_at, manner, place, title, narrative, others_present, significant, \
        written_to, readers, readers_why, readers_review_on, author_id, source, corrected_why, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    PARTICIPANT = "INSERT INTO participant (id, entry_id, person_id, part, seen, not_seen_why, happened_at, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    WORKER = "INSERT INTO entry_worker (entry_id, worker_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    READER = "INSERT INTO entry_reader (id, entry_id, worker_id, person_id) VALUES ($1, $2, $3, $4)";
    STATEMENT = "INSERT INTO statement (id, entry_id, position, owner_person, owner_worker, owner_words, form, words, original_language) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    PROMISE = "INSERT INTO promise (id, promise_id, entry_id, person_id, what, by_worker, by_person, by_words, due_on, state, ended_on, outcome, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    ATTACHMENT = "INSERT INTO attachment (id, entry_id, hash, size, kind, name, thumbnail_hash, width, height, described, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    THREAD = "SELECT thread_id, superseded_at FROM entry WHERE id = $1";
    SUPERSEDE_ENTRY = "UPDATE entry SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    SUPERSEDE_PEOPLE = "UPDATE participant SET superseded_at = $2 WHERE entry_id = $1 AND superseded_at IS NULL";
    SUPERSEDE_PROMISES = "UPDATE promise SET superseded_at = $2 WHERE entry_id = $1 AND superseded_at IS NULL";
    PROMISES_OF_ENTRY = "SELECT promise_id, entry_id, person_id, what, by_worker, by_person, by_words, due_on, state, ended_on, outcome \
        FROM promise WHERE entry_id = $1 AND superseded_at IS NULL ORDER BY id";
    HEADS = twenty_four!("SELECT e.id, e.thread_id, e.kind, e.happened_at, e.manner, e.place, e.title, e.narrative, e.others_present, \
        e.significant, e.written_to, e.readers, e.readers_why, e.readers_review_on, e.author_id, w.name AS author_name, \
        w.hue AS author_hue, e.source, e.corrected_why, e.recorded_at, e.superseded_at \
        FROM entry e LEFT JOIN worker w ON w.id = e.author_id WHERE e.id", "");
    PEOPLE = twenty_four!("SELECT q.entry_id, q.person_id, q.part, q.seen, q.not_seen_why, p.shown_name, p.initials, p.hue, p.access_level \
        FROM participant q JOIN person p ON p.id = q.person_id WHERE q.entry_id", "ORDER BY q.id");
    WORKERS = twenty_four!("SELECT t.entry_id, w.id, w.name, w.hue FROM entry_worker t JOIN worker w ON w.id = t.worker_id WHERE t.entry_id", "ORDER BY w.name");
    READERS = twenty_four!("SELECT r.entry_id, r.worker_id, r.person_id, COALESCE(w.name, p.shown_name) AS name FROM entry_reader r \
        LEFT JOIN worker w ON w.id = r.worker_id LEFT JOIN person p ON p.id = r.person_id WHERE r.entry_id", "ORDER BY r.id");
}

#[derive(db::FromRow)]
pub(crate) struct PromiseRow {
    pub(crate) promise_id: Uuid,
    pub(crate) entry_id: Option<Uuid>,
    pub(crate) person_id: Uuid,
    pub(crate) what: String,
    pub(crate) by_worker: Option<Uuid>,
    pub(crate) by_person: Option<Uuid>,
    pub(crate) by_words: Option<String>,
    pub(crate) due_on: Option<Day>,
    pub(crate) state: String,
    pub(crate) ended_on: Option<Day>,
    pub(crate) outcome: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct HeadRow {
    pub(crate) id: Uuid,
    pub(crate) thread_id: Uuid,
    pub(crate) kind: String,
    pub(crate) happened_at: At,
    pub(crate) manner: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) narrative: String,
    pub(crate) others_present: Option<String>,
    pub(crate) significant: bool,
    pub(crate) written_to: Option<Uuid>,
    pub(crate) readers: String,
    pub(crate) readers_why: Option<String>,
    pub(crate) readers_review_on: Option<Day>,
    pub(crate) author_id: Option<Uuid>,
    pub(crate) author_name: Option<String>,
    pub(crate) author_hue: Option<i64>,
    pub(crate) source: Option<String>,
    pub(crate) corrected_why: Option<String>,
    pub(crate) recorded_at: At,
    pub(crate) superseded_at: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct PersonRow {
    pub(crate) entry_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) part: String,
    pub(crate) seen: Option<String>,
    pub(crate) not_seen_why: Option<String>,
    pub(crate) shown_name: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
    pub(crate) access_level: String,
}

#[derive(db::FromRow)]
pub(crate) struct WorkerRow {
    pub(crate) entry_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) hue: i64,
}

#[derive(db::FromRow)]
pub(crate) struct ReaderRow {
    pub(crate) entry_id: Uuid,
    pub(crate) worker_id: Option<Uuid>,
    pub(crate) person_id: Option<Uuid>,
    pub(crate) name: Option<String>,
}
