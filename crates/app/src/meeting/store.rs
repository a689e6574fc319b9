//! What is kept of meetings: each version, who will be there, who said that they want to come.

use db::{At, Day};
use uuid::Uuid;

macro_rules! meetings {
    ($rest:expr) => {
        concat!(
            "SELECT m.id, m.meeting_id, m.person_id, m.kind, m.on_date, m.at_time, m.way, m.place, m.why, m.can_do, m.readers, m.readers_why, \
            m.moved_from, m.changed_why, m.called_off, m.author_id, w.name AS author, p.shown_name AS name, p.initials, p.hue, \
            p.access_level AS level FROM meeting m JOIN person p ON p.id = m.person_id LEFT JOIN worker w ON w.id = m.author_id WHERE ",
            $rest
        )
    };
}

/// As known at an instant (`$2`).
macro_rules! then {
    ($of:literal) => {
        concat!(
            $of,
            ".recorded_at <= $2 AND (",
            $of,
            ".superseded_at IS NULL OR ",
            $of,
            ".superseded_at > $2)"
        )
    };
}

db::statements! {
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    // about somebody, or with them
    OF_PERSON = meetings!(concat!("(m.person_id = $1 OR m.meeting_id IN (SELECT t.meeting_id FROM meeting_there t WHERE t.other_id = $1 AND ",
        then!("t"), ")) AND ", then!("m"), " ORDER BY m.on_date DESC, m.meeting_id LIMIT 120"));
    ONE_NOW = meetings!("m.meeting_id = $1 AND m.superseded_at IS NULL");
    THERE = concat!("SELECT t.other_id, t.worker_id, t.called, t.does, COALESCE(p.shown_name, w.name) AS name, p.initials, \
        COALESCE(p.hue, w.hue) AS hue, p.access_level AS level FROM meeting_there t LEFT JOIN person p ON p.id = t.other_id \
        LEFT JOIN worker w ON w.id = t.worker_id WHERE t.meeting_id = $1 AND ", then!("t"), " ORDER BY t.id");
    ANSWERS = concat!("SELECT t.by_id, t.comes, t.on_date, p.shown_name AS name, p.access_level AS level FROM meeting_answer t \
        JOIN person p ON p.id = t.by_id WHERE t.meeting_id = $1 AND ", then!("t"), " ORDER BY t.id");
    // what was recorded since of somebody; what is kept to people named counts for its writer alone
    RECORDED = "SELECT e.id, e.kind, e.happened_at FROM participant x JOIN entry e ON e.id = x.entry_id WHERE x.person_id = $1 \
        AND x.happened_at >= $2 AND x.superseded_at IS NULL AND x.part <> 'words' AND e.superseded_at IS NULL \
        AND (e.readers <> 'named' OR e.author_id = $3) ORDER BY e.happened_at, e.id LIMIT 200";
    // Today: where a worker will be, themselves or standing in; and what they put down where no worker is named
    MINE = meetings!("m.superseded_at IS NULL AND NOT m.called_off AND p.merged_into IS NULL AND m.on_date >= $3 AND m.on_date <= $4 \
        AND (m.meeting_id IN (SELECT t.meeting_id FROM meeting_there t WHERE t.superseded_at IS NULL AND t.worker_id IN \
            (SELECT id FROM worker WHERE id = $1 UNION SELECT worker_id FROM absence WHERE cover_id = $1 AND superseded_at IS NULL \
            AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2))) \
        OR (m.author_id = $1 AND NOT EXISTS (SELECT 1 FROM meeting_there t WHERE t.meeting_id = m.meeting_id AND t.superseded_at IS NULL \
            AND t.worker_id IS NOT NULL))) ORDER BY m.on_date, m.meeting_id LIMIT 60");
    // as they are written
    ADD = "INSERT INTO meeting (id, meeting_id, person_id, kind, on_date, at_time, way, place, why, can_do, readers, readers_why, moved_from, \
        changed_why, called_off, author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    OVER = "UPDATE meeting SET superseded_at = $2 WHERE id = $1 AND meeting_id = $3 AND superseded_at IS NULL";
    THERE_OVER = "UPDATE meeting_there SET superseded_at = $2 WHERE meeting_id = $1 AND superseded_at IS NULL";
    ADD_THERE = "INSERT INTO meeting_there (id, meeting_id, person_id, other_id, worker_id, called, does, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ANSWER_OVER = "UPDATE meeting_answer SET superseded_at = $3 WHERE meeting_id = $1 AND by_id = $2 AND superseded_at IS NULL";
    ADD_ANSWER = "INSERT INTO meeting_answer (id, meeting_id, person_id, by_id, comes, on_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    WORKER_KNOWN = "SELECT id FROM worker WHERE id = $1";
    RELATED = "SELECT DISTINCT p.id, p.shown_name FROM relationship r JOIN person p ON p.id = r.other_id WHERE r.person_id = $1 \
        AND r.superseded_at IS NULL AND (r.to_date IS NULL OR r.to_date >= $2) AND p.merged_into IS NULL AND p.kind = 'born' \
        ORDER BY p.shown_name, p.id LIMIT 60";
}

#[derive(db::FromRow)]
pub(crate) struct MeetingRow {
    pub(crate) id: Uuid,
    pub(crate) meeting_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) kind: String,
    pub(crate) on_date: Day,
    pub(crate) at_time: Option<String>,
    pub(crate) way: String,
    pub(crate) place: Option<String>,
    pub(crate) why: String,
    pub(crate) can_do: String,
    pub(crate) readers: String,
    pub(crate) readers_why: Option<String>,
    pub(crate) moved_from: Option<Day>,
    pub(crate) changed_why: Option<String>,
    pub(crate) called_off: bool,
    pub(crate) author_id: Option<Uuid>,
    pub(crate) author: Option<String>,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
    pub(crate) level: String,
}

#[derive(db::FromRow)]
pub(crate) struct ThereRow {
    pub(crate) other_id: Option<Uuid>,
    pub(crate) worker_id: Option<Uuid>,
    pub(crate) called: Option<String>,
    pub(crate) does: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
    pub(crate) level: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct AnswerRow {
    pub(crate) by_id: Uuid,
    pub(crate) comes: String,
    pub(crate) on_date: Day,
    pub(crate) name: String,
    pub(crate) level: String,
}

#[derive(db::FromRow)]
pub(crate) struct RecordedRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) happened_at: At,
}
