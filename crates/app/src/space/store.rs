//! Invitations, who comes in, questions and what people do not agree with.

use db::{At, Day};
use uuid::Uuid;

/// Those for whom a worker ($1) answers on a day ($2), themselves or standing in for somebody, and those who hold
/// responsibility for them.
macro_rules! answered_for {
    () => {
        "(SELECT a.person_id FROM allocation a WHERE a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND a.worker_id IN (SELECT id FROM worker WHERE id = $1 \
        UNION SELECT worker_id FROM absence WHERE cover_id = $1 AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)) \
        UNION SELECT r.person_id FROM relationship r JOIN allocation a ON a.person_id = r.other_id \
        WHERE r.superseded_at IS NULL AND r.parental_responsibility AND a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND a.worker_id IN (SELECT id FROM worker WHERE id = $1 \
        UNION SELECT worker_id FROM absence WHERE cover_id = $1 AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)))"
    };
}

/// Those whom a team ($1) holds on a day ($2), and those who hold responsibility for them.
macro_rules! held_by {
    () => {
        "(SELECT e.person_id FROM episode e WHERE e.superseded_at IS NULL AND e.team_id = $1 \
        AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date >= $2) \
        UNION SELECT r.person_id FROM relationship r JOIN episode e ON e.person_id = r.other_id \
        WHERE r.superseded_at IS NULL AND r.parental_responsibility AND e.superseded_at IS NULL AND e.team_id = $1 \
        AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date >= $2))"
    };
}

macro_rules! question {
    ($rest:expr) => {
        concat!(
            "SELECT q.id, q.question_id, q.person_id, q.asked_by, q.said_by_worker, q.written_by, q.asked_in, q.answered_in, \
            q.concerns, q.changed, q.asked_on, q.answer_by, q.answered_on, \
            COALESCE(p.shown_name, s.name, q.said_by_words, '') AS asker, COALESCE(p.initials, '') AS initials, COALESCE(p.hue, s.hue, 8) AS hue, w.name AS answerer, \
            (SELECT e.id FROM entry e WHERE e.thread_id = q.asked_in AND e.superseded_at IS NULL) AS newest_id FROM question q LEFT JOIN person p ON p.id = q.asked_by \
            LEFT JOIN worker s ON s.id = q.said_by_worker LEFT JOIN worker w ON w.id = q.answered_by WHERE q.superseded_at IS NULL AND ",
            $rest
        )
    };
}

macro_rules! disagreement {
    ($rest:expr) => {
        concat!(
            "SELECT d.id, d.person_id, d.thread_id, d.words, d.recorded_at, p.shown_name AS name, p.initials, p.hue, \
            (SELECT e.id FROM entry e WHERE e.thread_id = d.thread_id AND e.superseded_at IS NULL) AS entry_id \
            FROM disagreement d JOIN person p ON p.id = d.person_id WHERE ",
            $rest
        )
    };
}

macro_rules! coming {
    ($other:literal) => {
        concat!(
            "SELECT i.id, i.comes_id, i.person_id, i.part, i.reason, i.reads, i.writes, i.review_on, i.from_date, i.to_date, \
            o.shown_name AS name, o.initials, o.hue FROM in_space i JOIN person o ON ",
            $other,
            " WHERE i.superseded_at IS NULL AND "
        )
    };
}

db::statements! {
    INVITE = "INSERT INTO space_invitation (id, comes_id, person_id, part, reason, until_date, link_by, email, code_by, token_hash, code_hash, tries, \
        made_by, made_at, expires_at, reads, writes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, $14, $15, $16)";
    OPEN_INVITATIONS = "SELECT i.id, i.comes_id, i.part, i.link_by, i.code_by, i.made_at, i.expires_at, i.tries, p.shown_name AS name, w.name AS maker \
        FROM space_invitation i JOIN person p ON p.id = i.comes_id LEFT JOIN worker w ON w.id = i.made_by \
        WHERE i.person_id = $1 AND i.used_at IS NULL AND i.taken_back_at IS NULL AND i.expires_at > $2 ORDER BY i.made_at DESC, i.id";
    ONE_INVITATION = "SELECT person_id, comes_id FROM space_invitation WHERE id = $1 AND used_at IS NULL AND taken_back_at IS NULL";
    TAKE_BACK = "UPDATE space_invitation SET taken_back_at = $2, code_secret = NULL WHERE id = $1 AND used_at IS NULL AND taken_back_at IS NULL";
    EARLIER = "SELECT id FROM space_invitation WHERE comes_id = $1 AND person_id = $2 AND used_at IS NULL AND taken_back_at IS NULL";
    DETAIL_OF = "SELECT words FROM person_detail WHERE person_id = $1 AND kind = $2 AND superseded_at IS NULL AND (to_date IS NULL OR to_date >= $3) \
        ORDER BY recorded_at DESC, id DESC LIMIT 1";
    TAKE_BACK_EARLIER = "UPDATE space_invitation SET taken_back_at = $3, code_secret = NULL \
        WHERE comes_id = $1 AND person_id = $2 AND used_at IS NULL AND taken_back_at IS NULL";
    WHO_COMES_IN = "SELECT i.id, i.comes_id, i.part, i.reason, i.reads, i.writes, i.review_on, i.from_date, i.to_date, p.shown_name AS name, p.initials, p.hue FROM in_space i \
        JOIN person p ON p.id = i.comes_id WHERE i.person_id = $1 AND i.superseded_at IS NULL AND (i.to_date IS NULL OR i.to_date >= $2) \
        ORDER BY i.from_date, i.id";
    NEAR = "SELECT DISTINCT p.id, p.shown_name FROM relationship r JOIN person p ON p.id = r.other_id WHERE r.person_id = $1 AND r.superseded_at IS NULL \
        AND (r.to_date IS NULL OR r.to_date >= $2) AND p.kind = 'born' AND p.merged_into IS NULL ORDER BY p.shown_name, p.id";
    ONE_IN = "SELECT person_id, comes_id FROM in_space WHERE id = $1 AND superseded_at IS NULL";
    // whoever is shut out is out on every device, and an older session does not come to life with a newer invitation
    END_SESSIONS_OF = "UPDATE session SET ended_at = $2 WHERE ended_at IS NULL AND account_id IN (SELECT id FROM account WHERE person_id = $1)";
    // spaces of others
    SPACES_OF = concat!(coming!("o.id = i.person_id"), "i.comes_id = $1 AND i.person_id <> i.comes_id AND o.access_level <> 'sealed' \
        AND i.from_date <= $2 AND (i.to_date IS NULL OR i.to_date >= $2) ORDER BY o.shown_name, i.id");
    OTHERS_IN = concat!(coming!("o.id = i.comes_id"), "i.person_id = $1 AND i.person_id <> i.comes_id \
        AND i.from_date <= $2 AND (i.to_date IS NULL OR i.to_date >= $2) ORDER BY o.shown_name, i.id");
    ONE_COMING = concat!(coming!("o.id = i.comes_id"), "i.id = $1 AND i.from_date <= $2 AND (i.to_date IS NULL OR i.to_date >= $2)");
    REVIEWS = concat!("SELECT i.id, i.person_id, i.comes_id, i.review_on, p.shown_name AS name, p.initials, p.hue, o.shown_name AS of_name FROM in_space i \
        JOIN person p ON p.id = i.comes_id JOIN person o ON o.id = i.person_id WHERE i.superseded_at IS NULL AND i.review_on <= $2 \
        AND (i.to_date IS NULL OR i.to_date >= $2) AND i.person_id IN ", answered_for!(), " ORDER BY i.review_on, i.id");
    REVIEWED = "UPDATE in_space SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL AND review_on IS NOT NULL";
    REVIEW_AGAIN = "INSERT INTO in_space (id, comes_id, person_id, part, reason, reads, writes, review_on, from_date, to_date, recorded_at) \
        SELECT $2, comes_id, person_id, part, reason, reads, writes, $3, from_date, to_date, $4 FROM in_space WHERE id = $1";
    LIMIT_AGAIN = "INSERT INTO in_space (id, comes_id, person_id, part, reason, reads, writes, review_on, from_date, to_date, recorded_at) \
        SELECT $2, comes_id, person_id, part, $3, $4, $5, review_on, from_date, $6, $7 FROM in_space WHERE id = $1";
    LIMITED = "UPDATE in_space SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    GIVEN = "SELECT g.id, g.part, g.one_id, g.given_by, g.reason, g.from_date, g.to_date, w.name AS worker FROM given_to_read g \
        LEFT JOIN worker w ON w.id = g.worker_id WHERE g.person_id = $1 AND g.comes_id = $2 AND g.superseded_at IS NULL \
        AND (g.to_date IS NULL OR g.to_date >= $3) ORDER BY g.recorded_at DESC, g.id DESC";
    GIVE = "INSERT INTO given_to_read (id, person_id, comes_id, part, one_id, given_by, reason, from_date, to_date, worker_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ONE_GIVEN = "SELECT person_id, comes_id FROM given_to_read WHERE id = $1 AND superseded_at IS NULL";
    END_GIVEN = "UPDATE given_to_read SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    STAGE = "SELECT stage FROM space_stage WHERE person_id = $1 AND superseded_at IS NULL ORDER BY recorded_at DESC, id DESC LIMIT 1";
    STAGE_OVER = "UPDATE space_stage SET superseded_at = $2 WHERE person_id = $1 AND superseded_at IS NULL";
    OPEN_STAGE = "INSERT INTO space_stage (id, person_id, stage, said, worker_id, agreed_on, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SHUT = "UPDATE in_space SET superseded_at = $2, ended_why = $3 WHERE id = $1 AND superseded_at IS NULL";
    // questions
    ASK = "INSERT INTO question (id, question_id, person_id, asked_by, said_by_worker, said_by_words, written_by, handover_id, asked_in, concerns, \
        asked_on, answer_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    ANSWER = "INSERT INTO question (id, question_id, person_id, asked_by, said_by_worker, said_by_words, written_by, handover_id, asked_in, concerns, \
        asked_on, answer_by, answered_in, changed, answered_on, answered_by, recorded_at) \
        SELECT $2, question_id, person_id, asked_by, said_by_worker, said_by_words, written_by, handover_id, asked_in, concerns, asked_on, answer_by, \
        $3, $4, $5, $6, $7 FROM question WHERE id = $1";
    HANDOVER_UNDER_WAY = "SELECT handover_id FROM handover WHERE person_id = $1 AND superseded_at IS NULL AND state IN ('offered', 'accepted', 'returned') \
        ORDER BY recorded_at DESC, id DESC LIMIT 1";
    RAISED_OF_TEAM = concat!(question!("q.answered_on IS NULL AND q.concerns IN ('plan', 'handover') AND q.person_id IN "), held_by!(),
        " ORDER BY q.answer_by, q.question_id");
    OVER = "UPDATE question SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    QUESTION = question!("q.question_id = $1");
    QUESTIONS_OF = question!("q.asked_by = $1 ORDER BY q.asked_on DESC, q.question_id DESC LIMIT 100");
    OPEN_ABOUT = question!("q.person_id = $1 AND q.answered_on IS NULL ORDER BY q.answer_by, q.question_id");
    MINE = concat!(question!("q.answered_on IS NULL AND (EXISTS (SELECT 1 FROM entry_reader x WHERE x.entry_id = q.asked_in AND x.worker_id = $1) \
        OR q.person_id IN "), answered_for!(), ") ORDER BY q.answer_by, q.question_id");
    OF_TEAM = concat!(question!("q.answered_on IS NULL AND q.person_id IN "), held_by!(), " ORDER BY q.answer_by, q.question_id");
    NEWEST_OF = "SELECT id FROM entry WHERE thread_id = $1 AND superseded_at IS NULL";
    THREAD_OF = "SELECT thread_id FROM entry WHERE id = $1";
    // what people do not agree with
    DISAGREE = "INSERT INTO disagreement (id, person_id, thread_id, entry_id, words, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    DISAGREEMENT = disagreement!("d.id = $1");
    UNANSWERED_MINE = concat!(disagreement!("NOT EXISTS (SELECT 1 FROM disagreement_answer x WHERE x.disagreement_id = d.id) AND d.person_id IN "),
        answered_for!(), " ORDER BY d.recorded_at, d.id");
    UNANSWERED_OF_TEAM = concat!(disagreement!("NOT EXISTS (SELECT 1 FROM disagreement_answer x WHERE x.disagreement_id = d.id) AND d.person_id IN "),
        held_by!(), " ORDER BY d.recorded_at, d.id");
    REPLY = "INSERT INTO disagreement_answer (id, disagreement_id, person_id, worker_id, words, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
}

#[derive(db::FromRow)]
pub(crate) struct InvitationRow {
    pub(crate) id: Uuid,
    pub(crate) comes_id: Uuid,
    pub(crate) part: String,
    pub(crate) link_by: String,
    pub(crate) code_by: String,
    pub(crate) made_at: At,
    pub(crate) expires_at: At,
    pub(crate) tries: i64,
    pub(crate) name: String,
    pub(crate) maker: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct ComingRow {
    pub(crate) id: Uuid,
    pub(crate) comes_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) part: String,
    pub(crate) reason: Option<String>,
    pub(crate) reads: bool,
    pub(crate) writes: bool,
    pub(crate) review_on: Option<Day>,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
}

#[derive(db::FromRow)]
pub(crate) struct ReviewRow {
    pub(crate) comes_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) review_on: Option<Day>,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
    pub(crate) of_name: String,
}

#[derive(db::FromRow)]
pub(crate) struct GiftRow {
    pub(crate) id: Uuid,
    pub(crate) part: String,
    pub(crate) one_id: Option<Uuid>,
    pub(crate) given_by: String,
    pub(crate) reason: Option<String>,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) worker: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct InRow {
    pub(crate) id: Uuid,
    pub(crate) comes_id: Uuid,
    pub(crate) part: String,
    pub(crate) reason: Option<String>,
    pub(crate) reads: bool,
    pub(crate) writes: bool,
    pub(crate) review_on: Option<Day>,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct QuestionRow {
    pub(crate) id: Uuid,
    pub(crate) question_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) asked_by: Option<Uuid>,
    pub(crate) said_by_worker: Option<Uuid>,
    pub(crate) written_by: Option<Uuid>,
    pub(crate) asked_in: Uuid,
    pub(crate) answered_in: Option<Uuid>,
    pub(crate) concerns: Option<String>,
    pub(crate) changed: Option<String>,
    pub(crate) asked_on: Day,
    pub(crate) answer_by: Day,
    pub(crate) answered_on: Option<Day>,
    pub(crate) asker: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
    pub(crate) answerer: Option<String>,
    pub(crate) newest_id: Option<Uuid>,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct DisagreementRow {
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) words: String,
    pub(crate) recorded_at: At,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
    pub(crate) entry_id: Option<Uuid>,
}
