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
        written_to, readers, readers_why, readers_review_on, author_id, source, corrected_why, recorded_at, minutes) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    TIME = "INSERT INTO recording_time (id, entry_id, worker_id, minutes, how, on_date, recorded_at) VALUES ($1, $2, $3, $4, 'counted', $5, $6)";
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
    HOLD = "INSERT INTO held_back (id, held_id, entry_id, statement_id, part, person_id, ground, why, review_on, from_date, to_date, ended_why, \
        worker_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    HOLD_OVER = "UPDATE held_back SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    MATTER = "INSERT INTO private_matter (id, matter_id, entry_id, statement_id, person_id, kind, worker_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    MATTER_OVER = "UPDATE private_matter SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    HELD = twenty_four!("SELECT h.id, h.held_id, h.entry_id, h.statement_id, h.part, h.person_id, h.ground, h.why, h.review_on, h.from_date, \
        h.to_date, h.ended_why, h.worker_id, h.recorded_at, h.superseded_at, p.shown_name AS name, p.access_level, w.name AS worker_name \
        FROM held_back h LEFT JOIN person p ON p.id = h.person_id LEFT JOIN worker w ON w.id = h.worker_id WHERE h.entry_id", "ORDER BY h.from_date, h.held_id");
    MATTERS = twenty_four!("SELECT m.id, m.matter_id, m.entry_id, m.statement_id, m.person_id, m.kind, m.worker_id, m.recorded_at, m.superseded_at, \
        p.shown_name AS name, p.access_level FROM private_matter m LEFT JOIN person p ON p.id = m.person_id WHERE m.entry_id", "ORDER BY m.matter_id");
    WORDS_IN_ORDER = "SELECT id, words FROM statement WHERE entry_id = $1 ORDER BY position";
    NETWORK = twenty_four!("SELECT DISTINCT r.other_id FROM relationship r WHERE r.superseded_at IS NULL AND r.person_id", "");
    ADDRESSES = twenty_four!("SELECT a.person_id, a.lines, a.postcode FROM address a WHERE a.superseded_at IS NULL AND a.person_id", "ORDER BY a.person_id, a.id");
    CONTACTS = twenty_four!("SELECT d.person_id, d.kind, d.words FROM person_detail d WHERE d.superseded_at IS NULL AND d.kind IN ('phone', 'email') AND d.person_id", "ORDER BY d.person_id, d.id");
    CALLED = twenty_four!("SELECT p.id, p.shown_name, p.access_level FROM person p WHERE p.merged_into IS NULL AND p.id", "ORDER BY p.shown_name, p.id");
    HAVE_SPACES = twenty_four!("SELECT i.comes_id FROM in_space i WHERE (i.superseded_at IS NULL OR i.superseded_at > $25) AND i.comes_id = i.person_id AND i.comes_id",
        "AND i.recorded_at <= $25 AND i.from_date <= $26 AND (i.to_date IS NULL OR i.to_date >= $26)");
    THREAD = "SELECT thread_id, superseded_at FROM entry WHERE id = $1";
    SUPERSEDE_ENTRY = "UPDATE entry SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    SUPERSEDE_PEOPLE = "UPDATE participant SET superseded_at = $2 WHERE entry_id = $1 AND superseded_at IS NULL";
    ABOUT = "SELECT person_id FROM participant WHERE entry_id = $1 AND part = 'about'";
    SUPERSEDE_PROMISES = "UPDATE promise SET superseded_at = $2 WHERE entry_id = $1 AND superseded_at IS NULL";
    PROMISES_OF_ENTRY = "SELECT promise_id, person_id, what, by_worker, by_person, by_words, due_on, state, ended_on, outcome \
        FROM promise WHERE entry_id = $1 AND superseded_at IS NULL ORDER BY id";
    FILED_SINCE = "SELECT id, recorded_at FROM entry WHERE superseded_at IS NULL AND recorded_at >= $1 \
        AND (recorded_at > $1 OR id > $2) ORDER BY recorded_at, id LIMIT 240";
    HEADS = twenty_four!("SELECT e.id, e.thread_id, e.kind, e.happened_at, e.manner, e.place, e.title, e.narrative, e.others_present, \
        e.significant, e.written_to, e.readers, e.readers_why, e.readers_review_on, e.author_id, w.name AS author_name, \
        w.hue AS author_hue, e.source, e.corrected_why, e.recorded_at, e.superseded_at, e.minutes \
        FROM entry e LEFT JOIN worker w ON w.id = e.author_id WHERE e.id", "");
    PEOPLE = twenty_four!("SELECT q.entry_id, q.person_id, q.part, q.seen, q.not_seen_why, p.shown_name, p.initials, p.hue, p.access_level \
        FROM participant q JOIN person p ON p.id = q.person_id WHERE q.entry_id", "ORDER BY q.id");
    WORKERS = twenty_four!("SELECT t.entry_id, w.id, w.name, w.hue FROM entry_worker t JOIN worker w ON w.id = t.worker_id WHERE t.entry_id", "ORDER BY w.name");
    READERS = twenty_four!("SELECT r.entry_id, r.worker_id, r.person_id, COALESCE(w.name, p.shown_name) AS name, p.access_level FROM entry_reader r \
        LEFT JOIN worker w ON w.id = r.worker_id LEFT JOIN person p ON p.id = r.person_id WHERE r.entry_id", "ORDER BY r.id");
    STATEMENTS = twenty_four!("SELECT s.id, s.entry_id, s.owner_person, s.owner_worker, s.owner_words, s.form, s.words, s.original_language, \
        COALESCE(p.shown_name, w.name) AS name, p.initials, COALESCE(p.hue, w.hue) AS hue \
        FROM statement s LEFT JOIN person p ON p.id = s.owner_person LEFT JOIN worker w ON w.id = s.owner_worker WHERE s.entry_id", "ORDER BY s.entry_id, s.position");
    PROMISES = twenty_four!("SELECT r.promise_id, r.entry_id, r.person_id, r.what, r.by_worker, r.by_person, r.by_words, r.due_on, r.state, \
        r.ended_on, r.outcome, r.recorded_at, r.superseded_at, COALESCE(p.shown_name, w.name) AS name, p.initials, COALESCE(p.hue, w.hue) AS hue \
        FROM promise r LEFT JOIN person p ON p.id = r.by_person LEFT JOIN worker w ON w.id = r.by_worker WHERE r.entry_id", "ORDER BY r.promise_id");
    DISAGREEMENTS = twenty_four!("SELECT d.id, d.thread_id, d.person_id, d.words, d.recorded_at, p.shown_name AS name, p.initials, p.hue, p.access_level \
        FROM disagreement d JOIN person p ON p.id = d.person_id WHERE d.thread_id", "ORDER BY d.recorded_at, d.id");
    REPLIES = twenty_four!("SELECT a.disagreement_id, a.worker_id, a.words, a.recorded_at, w.name, w.hue FROM disagreement_answer a \
        JOIN disagreement d ON d.id = a.disagreement_id JOIN worker w ON w.id = a.worker_id WHERE d.thread_id", "ORDER BY a.recorded_at, a.id");
    // what somebody may be shown in their own space is among these
    THEIRS = "SELECT e.id FROM entry e WHERE e.superseded_at IS NULL AND (e.id IN \
        (SELECT q.entry_id FROM participant q WHERE q.person_id = $1 AND q.superseded_at IS NULL) \
        OR e.id IN (SELECT r.entry_id FROM entry_reader r WHERE r.person_id = $1)) \
        ORDER BY e.happened_at DESC, e.id DESC LIMIT $2 OFFSET $3";
    NEWEST_WORDING = "SELECT n.id FROM entry e JOIN entry n ON n.thread_id = e.thread_id AND n.superseded_at IS NULL WHERE e.id = $1";
    THEIR_NEWEST = "SELECT id FROM entry WHERE thread_id = $1 AND superseded_at IS NULL";
    PROMISES_ABOUT = "SELECT r.promise_id, r.entry_id, r.person_id, r.what, r.by_worker, r.by_person, r.by_words, r.due_on, r.state, \
        r.ended_on, r.outcome, r.recorded_at, r.superseded_at, COALESCE(p.shown_name, w.name) AS name, p.initials, COALESCE(p.hue, w.hue) AS hue \
        FROM promise r LEFT JOIN person p ON p.id = r.by_person LEFT JOIN worker w ON w.id = r.by_worker \
        WHERE r.person_id = $1 AND r.superseded_at IS NULL \
        ORDER BY CASE WHEN r.state = 'open' THEN 0 ELSE 1 END, r.ended_on DESC, r.due_on, r.promise_id LIMIT 200";
    PROMISES_BY = "SELECT r.promise_id, r.entry_id, r.person_id, r.what, r.by_worker, r.by_person, r.by_words, r.due_on, r.state, \
        r.ended_on, r.outcome, r.recorded_at, r.superseded_at, COALESCE(p.shown_name, w.name) AS name, p.initials, COALESCE(p.hue, w.hue) AS hue \
        FROM promise r LEFT JOIN person p ON p.id = r.by_person LEFT JOIN worker w ON w.id = r.by_worker \
        WHERE r.by_worker = $1 AND r.superseded_at IS NULL AND r.state = 'open' ORDER BY r.due_on, r.promise_id LIMIT 200";
    // promises of colleagues about people for whom a worker answers now
    PROMISES_LEFT_TO = "SELECT r.promise_id, r.entry_id, r.person_id, r.what, r.by_worker, r.by_person, r.by_words, r.due_on, r.state, \
        r.ended_on, r.outcome, r.recorded_at, r.superseded_at, w.name AS name, CAST(NULL AS text) AS initials, w.hue AS hue \
        FROM promise r JOIN worker w ON w.id = r.by_worker \
        WHERE r.by_worker <> $1 AND r.superseded_at IS NULL AND r.state = 'open' AND r.person_id IN \
        (SELECT a.person_id FROM allocation a WHERE a.worker_id = $1 AND a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2)) ORDER BY r.due_on, r.promise_id LIMIT 200";
    // promises of colleagues about people whom a team holds and who wait for a worker
    PROMISES_LEFT_IN = "SELECT r.promise_id, r.entry_id, r.person_id, r.what, r.by_worker, r.by_person, r.by_words, r.due_on, r.state, \
        r.ended_on, r.outcome, r.recorded_at, r.superseded_at, w.name AS name, CAST(NULL AS text) AS initials, w.hue AS hue \
        FROM promise r JOIN worker w ON w.id = r.by_worker \
        WHERE r.by_worker <> $3 AND r.superseded_at IS NULL AND r.state = 'open' AND r.person_id IN \
        (SELECT e.person_id FROM episode e WHERE e.team_id = $1 AND e.superseded_at IS NULL AND e.from_date <= $2 \
        AND (e.to_date IS NULL OR e.to_date >= $2)) \
        AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.person_id = r.person_id AND a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2)) ORDER BY r.due_on, r.promise_id LIMIT 200";
    // how whoever promised stands to the person now: allocated, ever allocated, gone from the council; whether
    // anyone is responsible, whether an episode is open
    HOW_THEY_STAND = "SELECT \
        (SELECT CAST(count(*) AS bigint) FROM allocation a WHERE a.person_id = $1 AND a.worker_id = $2 AND a.superseded_at IS NULL \
            AND a.from_date <= $3 AND (a.to_date IS NULL OR a.to_date >= $3)), \
        (SELECT CAST(count(*) AS bigint) FROM allocation a WHERE a.person_id = $1 AND a.worker_id = $2 AND a.superseded_at IS NULL), \
        (SELECT CAST(count(*) AS bigint) FROM worker w WHERE w.id = $2 AND w.to_date < $3), \
        (SELECT CAST(count(*) AS bigint) FROM allocation a WHERE a.person_id = $1 AND a.part = 'responsible' AND a.superseded_at IS NULL \
            AND a.from_date <= $3 AND (a.to_date IS NULL OR a.to_date >= $3)) \
        + (SELECT CAST(count(*) AS bigint) FROM episode e WHERE e.person_id = $1 AND e.superseded_at IS NULL AND e.from_date <= $3 \
            AND (e.to_date IS NULL OR e.to_date >= $3))";
    PROMISE_NOW = "SELECT r.promise_id, r.entry_id, r.person_id, r.what, r.by_worker, r.by_person, r.by_words, r.due_on, r.state, \
        r.ended_on, r.outcome, r.recorded_at, r.superseded_at, COALESCE(p.shown_name, w.name) AS name, p.initials, COALESCE(p.hue, w.hue) AS hue \
        FROM promise r LEFT JOIN person p ON p.id = r.by_person LEFT JOIN worker w ON w.id = r.by_worker \
        WHERE r.promise_id = $1 AND r.superseded_at IS NULL";
    TO_WHOM = "SELECT shown_name, initials, hue FROM person WHERE id = $1";
    FILES = twenty_four!("SELECT id, entry_id, hash, size, kind, name, thumbnail_hash, width, height, described FROM attachment WHERE entry_id", "ORDER BY id");
    LATELY = "SELECT p.entry_id, p.happened_at FROM participant p \
        WHERE p.person_id = $1 AND p.superseded_at IS NULL AND (p.happened_at, p.entry_id) < ($2, $3) \
        ORDER BY p.happened_at DESC, p.entry_id DESC LIMIT $4";
    CHOSEN_NOW = "SELECT p.entry_id, p.happened_at FROM participant p JOIN entry e ON e.id = p.entry_id \
        WHERE p.person_id = $1 AND p.superseded_at IS NULL AND (p.happened_at, p.entry_id) < ($2, $3) \
        AND ($5 = '' OR e.kind = $5) AND ($6 OR e.author_id = $7) AND (e.significant OR NOT $8) \
        ORDER BY p.happened_at DESC, p.entry_id DESC LIMIT $4";
    CHOSEN_THEN = "SELECT p.entry_id, p.happened_at FROM participant p JOIN entry e ON e.id = p.entry_id \
        WHERE p.person_id = $1 AND p.recorded_at <= $9 AND (p.superseded_at IS NULL OR p.superseded_at > $9) \
        AND (p.happened_at, p.entry_id) < ($2, $3) \
        AND ($5 = '' OR e.kind = $5) AND ($6 OR e.author_id = $7) AND (e.significant OR NOT $8) \
        ORDER BY p.happened_at DESC, p.entry_id DESC LIMIT $4";
    SEEN = "SELECT p.entry_id FROM participant p WHERE p.person_id = $1 AND p.part = 'about' AND p.seen IN ('seen', 'seen-alone') \
        AND p.recorded_at <= $2 AND (p.superseded_at IS NULL OR p.superseded_at > $2) ORDER BY p.happened_at DESC, p.entry_id DESC LIMIT $3";
    /// What happened by then and was first written down later.
    LEARNED_LATER = "SELECT DISTINCT e.id FROM participant p JOIN entry e ON e.id = p.entry_id \
        WHERE p.person_id = $1 AND p.superseded_at IS NULL AND p.happened_at <= $2 AND p.recorded_at > $2 \
        AND NOT EXISTS (SELECT 1 FROM entry f WHERE f.thread_id = e.thread_id AND f.recorded_at <= $2)";
    WORDS_OF_ENTRIES = "SELECT e.id, e.title, e.narrative, e.place, e.others_present FROM participant p JOIN entry e ON e.id = p.entry_id WHERE p.person_id = $1";
    WORDS_OF_STATEMENTS = "SELECT s.entry_id, s.words FROM participant p JOIN statement s ON s.entry_id = p.entry_id WHERE p.person_id = $1";
    WORDS_OF_PROMISES = "SELECT r.entry_id, r.what FROM participant p JOIN promise r ON r.entry_id = p.entry_id WHERE p.person_id = $1";
    FACTS_OF_ALL = "SELECT DISTINCT e.id, e.author_id, e.readers FROM participant p JOIN entry e ON e.id = p.entry_id WHERE p.person_id = $1";
    TOUCHED_BY_ALL = "SELECT DISTINCT q.entry_id, q.person_id, q.part FROM participant p JOIN participant q ON q.entry_id = p.entry_id WHERE p.person_id = $1";
    WHERE_PRESENT = "SELECT DISTINCT t.entry_id FROM participant p JOIN entry_worker t ON t.entry_id = p.entry_id WHERE p.person_id = $1 AND t.worker_id = $2";
    WHERE_NAMED = "SELECT DISTINCT r.entry_id FROM participant p JOIN entry_reader r ON r.entry_id = p.entry_id WHERE p.person_id = $1 AND r.worker_id = $2";
    VERSIONS = "SELECT id FROM entry WHERE thread_id = $1 ORDER BY recorded_at DESC";
    HOUSEHOLD = "SELECT o.person_id FROM household_member m JOIN household_member o ON o.household_id = m.household_id \
        WHERE m.person_id = $1 AND o.person_id <> $1 AND m.superseded_at IS NULL AND o.superseded_at IS NULL \
        AND (m.from_date IS NULL OR m.from_date <= $2) AND (m.to_date IS NULL OR m.to_date >= $2) \
        AND (o.from_date IS NULL OR o.from_date <= $2) AND (o.to_date IS NULL OR o.to_date >= $2) ORDER BY o.person_id";
    BOUND = "SELECT other_id, kind, parental_responsibility FROM relationship WHERE person_id = $1 AND superseded_at IS NULL \
        AND (from_date IS NULL OR from_date <= $2) AND (to_date IS NULL OR to_date >= $2) ORDER BY other_id";
    HOLDERS = "SELECT person_id FROM relationship WHERE other_id = $1 AND superseded_at IS NULL AND parental_responsibility \
        AND (from_date IS NULL OR from_date <= $2) AND (to_date IS NULL OR to_date >= $2) ORDER BY person_id";
    OWN_WORDS = "SELECT say, instead, why, off FROM own_word WHERE superseded_at IS NULL ORDER BY known_as";
    WORKER_NAMES = twenty_four!("SELECT id, name FROM worker WHERE id", "");
}

#[derive(db::FromRow)]
pub(crate) struct StatementRow {
    pub(crate) id: Uuid,
    pub(crate) entry_id: Uuid,
    pub(crate) owner_person: Option<Uuid>,
    pub(crate) owner_worker: Option<Uuid>,
    pub(crate) owner_words: Option<String>,
    pub(crate) form: String,
    pub(crate) words: String,
    pub(crate) original_language: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
}

#[derive(db::FromRow)]
pub(crate) struct PromisedRow {
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
    pub(crate) recorded_at: At,
    pub(crate) superseded_at: Option<At>,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
}

#[derive(db::FromRow)]
pub(crate) struct FileRow {
    pub(crate) id: Uuid,
    pub(crate) entry_id: Option<Uuid>,
    pub(crate) hash: String,
    pub(crate) size: i64,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) thumbnail_hash: Option<String>,
    pub(crate) width: Option<i64>,
    pub(crate) height: Option<i64>,
    pub(crate) described: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct WordsRow {
    pub(crate) id: Uuid,
    pub(crate) title: Option<String>,
    pub(crate) narrative: String,
    pub(crate) place: Option<String>,
    pub(crate) others_present: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct PromiseRow {
    pub(crate) promise_id: Uuid,
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
    pub(crate) minutes: Option<i64>,
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
    pub(crate) access_level: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct DisagreementRow {
    pub(crate) id: Uuid,
    pub(crate) thread_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) words: String,
    pub(crate) recorded_at: At,
    pub(crate) name: String,
    pub(crate) initials: Option<String>,
    pub(crate) hue: i64,
    pub(crate) access_level: String,
}

#[derive(db::FromRow)]
pub(crate) struct ReplyRow {
    pub(crate) disagreement_id: Uuid,
    pub(crate) worker_id: Uuid,
    pub(crate) words: String,
    pub(crate) recorded_at: At,
    pub(crate) name: String,
    pub(crate) hue: i64,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct HeldRow {
    pub(crate) id: Uuid,
    pub(crate) held_id: Uuid,
    pub(crate) entry_id: Uuid,
    pub(crate) statement_id: Option<Uuid>,
    pub(crate) part: String,
    pub(crate) person_id: Option<Uuid>,
    pub(crate) ground: String,
    pub(crate) why: Option<String>,
    pub(crate) review_on: Day,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) ended_why: Option<String>,
    pub(crate) worker_id: Option<Uuid>,
    pub(crate) recorded_at: At,
    pub(crate) superseded_at: Option<At>,
    pub(crate) name: Option<String>,
    pub(crate) access_level: Option<String>,
    pub(crate) worker_name: Option<String>,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct MatterRow {
    pub(crate) id: Uuid,
    pub(crate) matter_id: Uuid,
    pub(crate) entry_id: Uuid,
    pub(crate) statement_id: Option<Uuid>,
    pub(crate) person_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) worker_id: Option<Uuid>,
    pub(crate) recorded_at: At,
    pub(crate) superseded_at: Option<At>,
    pub(crate) name: Option<String>,
    pub(crate) access_level: Option<String>,
}
