//! Stories and plans as they are read, whoever shows them, and the texts kept beside them.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    TELLINGS = "SELECT t.id, t.telling_id, t.part, t.told_how, t.by_themselves, t.by_person, t.by_words, t.shared, t.words, t.rests_on, \
        t.told_on, t.author_id, w.name AS author, w.hue AS author_hue, p.shown_name AS name, p.initials, p.hue, t.recorded_at \
        FROM story_telling t LEFT JOIN worker w ON w.id = t.author_id \
        LEFT JOIN person p ON p.id = CASE WHEN t.by_themselves THEN t.person_id ELSE t.by_person END \
        WHERE t.person_id = $1 AND t.recorded_at <= $2 AND (t.superseded_at IS NULL OR t.superseded_at > $2) ORDER BY t.telling_id, t.id";
    READ = "SELECT r.worker_id, w.name, w.hue, r.held, r.read_on FROM story_read r JOIN worker w ON w.id = r.worker_id \
        WHERE r.person_id = $1 AND r.recorded_at <= $2 ORDER BY r.recorded_at, r.id";
    // the stories in which somebody else told something, as they stand
    TOLD_IN = "SELECT DISTINCT t.person_id FROM story_telling t WHERE t.by_person = $1 AND t.superseded_at IS NULL ORDER BY t.person_id";
    // those for whom somebody holds parental responsibility today, as far as their records are open to find
    RESPONSIBLE_FOR = "SELECT DISTINCT r.other_id FROM relationship r JOIN person k ON k.id = r.other_id WHERE r.person_id = $1 \
        AND r.superseded_at IS NULL AND r.parental_responsibility AND k.access_level = 'findable' \
        AND (r.from_date IS NULL OR r.from_date <= $2) AND (r.to_date IS NULL OR r.to_date >= $2) ORDER BY r.other_id";
    RETOLD = "SELECT r.on_date, r.what, r.why, r.entry_id, w.name FROM retelling r LEFT JOIN worker w ON w.id = r.worker_id \
        WHERE r.person_id = $1 AND r.recorded_at <= $2 ORDER BY r.on_date, r.id";
    LINES = "SELECT l.id, l.line_id, l.kind, l.goal_id, l.words, l.child_words, l.by_themselves, l.by_person, l.by_worker, l.by_words, \
        l.readers, l.rests_on, l.author_id, a.name AS author, COALESCE(p.shown_name, w.name) AS name, p.initials, COALESCE(p.hue, w.hue) AS hue, l.recorded_at \
        FROM plan_line l LEFT JOIN worker a ON a.id = l.author_id LEFT JOIN worker w ON w.id = l.by_worker \
        LEFT JOIN person p ON p.id = CASE WHEN l.by_themselves THEN l.person_id ELSE l.by_person END \
        WHERE l.person_id = $1 AND l.taken_out_why IS NULL AND l.recorded_at <= $2 AND (l.superseded_at IS NULL OR l.superseded_at > $2) \
        ORDER BY l.line_id, l.id";
    SCALES = "SELECT s.id, s.goal_id, s.by_themselves, s.by_person, s.by_worker, s.by_words, s.value, s.on_date, s.why, s.next_step, \
        COALESCE(p.shown_name, w.name) AS name, p.initials, COALESCE(p.hue, w.hue) AS hue FROM plan_scale s LEFT JOIN worker w ON w.id = s.by_worker \
        LEFT JOIN person p ON p.id = CASE WHEN s.by_themselves THEN s.person_id ELSE s.by_person END \
        WHERE s.person_id = $1 AND s.recorded_at <= $2 AND (s.superseded_at IS NULL OR s.superseded_at > $2) ORDER BY s.on_date, s.id";
    VIEWS = "SELECT v.id, v.by_themselves, v.by_person, v.by_worker, v.by_words, v.agreement, v.words, v.read_back, v.on_date, v.recorded_at, \
        COALESCE(p.shown_name, w.name) AS name, p.initials, COALESCE(p.hue, w.hue) AS hue FROM plan_view v LEFT JOIN worker w ON w.id = v.by_worker \
        LEFT JOIN person p ON p.id = CASE WHEN v.by_themselves THEN v.person_id ELSE v.by_person END \
        WHERE v.person_id = $1 AND v.recorded_at <= $2 AND (v.superseded_at IS NULL OR v.superseded_at > $2) ORDER BY v.on_date, v.id";
    // what was said not to be right of a plan or a hand-over, in the words as they stood then
    NOT_RIGHT = "SELECT q.id, q.question_id, q.handover_id, q.asked_by, q.said_by_worker, q.said_by_words, q.asked_on, q.answer_by, q.answered_on, \
        q.changed, w.name AS answerer, COALESCE(p.shown_name, s.name) AS name, p.initials, COALESCE(p.hue, s.hue) AS hue, \
        (SELECT e.id FROM entry e WHERE e.thread_id = q.asked_in AND e.recorded_at <= $3 AND (e.superseded_at IS NULL OR e.superseded_at > $3) \
        ORDER BY e.recorded_at DESC LIMIT 1) AS entry_id, \
        (SELECT e.id FROM entry e WHERE e.thread_id = q.answered_in AND e.recorded_at <= $3 AND (e.superseded_at IS NULL OR e.superseded_at > $3) \
        ORDER BY e.recorded_at DESC LIMIT 1) AS answer_id \
        FROM question q LEFT JOIN person p ON p.id = q.asked_by LEFT JOIN worker s ON s.id = q.said_by_worker LEFT JOIN worker w ON w.id = q.answered_by \
        WHERE q.person_id = $1 AND q.concerns = $2 AND q.recorded_at <= $3 AND (q.superseded_at IS NULL OR q.superseded_at > $3) \
        ORDER BY q.asked_on, q.question_id";
    OTHER_TEXTS = "SELECT o.id, o.account_id, o.body, o.recorded_at, w.name FROM other_version o JOIN account a ON a.id = o.account_id \
        JOIN worker w ON w.id = a.worker_id WHERE o.subject_id = $1 AND o.subject = $2 AND o.settled_at IS NULL ORDER BY o.recorded_at, o.id";
    WORK_WITH = "SELECT DISTINCT w.id, w.name FROM allocation a JOIN worker w ON w.id = a.worker_id WHERE a.person_id = $1 \
        AND a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) ORDER BY w.name, w.id";
    WORKER = "SELECT id FROM worker WHERE id = $1";
    KEEP_TEXT = "INSERT INTO other_version (id, subject, subject_id, account_id, body, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    SETTLE_TEXT = "UPDATE other_version SET settled_at = $2 WHERE id = $1 AND subject_id = $3 AND settled_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct TellingRow {
    pub(crate) id: Uuid,
    pub(crate) telling_id: Uuid,
    pub(crate) part: String,
    pub(crate) told_how: String,
    pub(crate) by_themselves: bool,
    pub(crate) by_person: Option<Uuid>,
    pub(crate) by_words: Option<String>,
    pub(crate) shared: bool,
    pub(crate) words: String,
    pub(crate) rests_on: String,
    pub(crate) told_on: Day,
    pub(crate) author_id: Option<Uuid>,
    pub(crate) author: Option<String>,
    pub(crate) author_hue: Option<i64>,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct NotRightRow {
    pub(crate) id: Uuid,
    pub(crate) question_id: Uuid,
    pub(crate) handover_id: Option<Uuid>,
    pub(crate) asked_by: Option<Uuid>,
    pub(crate) said_by_worker: Option<Uuid>,
    pub(crate) said_by_words: Option<String>,
    pub(crate) asked_on: Day,
    pub(crate) answer_by: Day,
    pub(crate) answered_on: Option<Day>,
    pub(crate) changed: Option<String>,
    pub(crate) answerer: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
    pub(crate) entry_id: Option<Uuid>,
    pub(crate) answer_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct ReadRow {
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) hue: i64,
    pub(crate) held: String,
    pub(crate) read_on: Day,
}

#[derive(db::FromRow)]
pub(crate) struct RetoldRow {
    pub(crate) on_date: Day,
    pub(crate) what: String,
    pub(crate) why: String,
    pub(crate) entry_id: Option<Uuid>,
    pub(crate) name: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct LineRow {
    pub(crate) id: Uuid,
    pub(crate) line_id: Uuid,
    pub(crate) kind: String,
    pub(crate) goal_id: Option<Uuid>,
    pub(crate) words: String,
    pub(crate) child_words: Option<String>,
    pub(crate) by_themselves: bool,
    pub(crate) by_person: Option<Uuid>,
    pub(crate) by_worker: Option<Uuid>,
    pub(crate) by_words: Option<String>,
    pub(crate) readers: String,
    pub(crate) rests_on: String,
    pub(crate) author_id: Option<Uuid>,
    pub(crate) author: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct ScaleRow {
    pub(crate) id: Uuid,
    pub(crate) goal_id: Uuid,
    pub(crate) by_themselves: bool,
    pub(crate) by_person: Option<Uuid>,
    pub(crate) by_worker: Option<Uuid>,
    pub(crate) by_words: Option<String>,
    pub(crate) value: i64,
    pub(crate) on_date: Day,
    pub(crate) why: Option<String>,
    pub(crate) next_step: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
}

#[derive(db::FromRow)]
pub(crate) struct ViewRow {
    pub(crate) id: Uuid,
    pub(crate) by_themselves: bool,
    pub(crate) by_person: Option<Uuid>,
    pub(crate) by_worker: Option<Uuid>,
    pub(crate) by_words: Option<String>,
    pub(crate) agreement: String,
    pub(crate) words: Option<String>,
    pub(crate) read_back: bool,
    pub(crate) on_date: Day,
    pub(crate) recorded_at: At,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
}

#[derive(db::FromRow)]
pub(crate) struct OtherRow {
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) body: String,
    pub(crate) recorded_at: At,
    pub(crate) name: String,
}
