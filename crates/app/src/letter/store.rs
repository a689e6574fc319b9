//! Letters, the tries to send them, and how it is safe to reach somebody.

use db::At;
use uuid::Uuid;

macro_rules! letter {
    ($rest:expr) => {
        concat!(
            "SELECT l.id, l.person_id, l.way, l.state, l.address, l.made_at, l.tries, l.next_at, \
            (SELECT t.answer FROM letter_try t WHERE t.letter_id = l.id ORDER BY t.tried_at DESC, t.id DESC LIMIT 1) AS answer \
            FROM letter l WHERE ",
            $rest
        )
    };
}

db::statements! {
    WRITE = "INSERT INTO letter (id, person_id, invitation_id, way, state, address, subject, words, made_by, made_at, since, next_at, tries) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, 0)";
    TAKE_BACK = "UPDATE letter SET state = 'taken-back', subject = NULL, words = NULL, next_at = NULL \
        WHERE invitation_id = $1 AND state IN ('waiting', 'refused', 'given-up', 'held')";
    DUE = "SELECT l.id, l.person_id, l.invitation_id, l.address, l.subject, l.words, l.made_by, l.since, l.next_at, l.tries FROM letter l \
        WHERE l.state = 'waiting' AND l.next_at <= $1 ORDER BY l.next_at, l.id LIMIT 20";
    // whoever moves it on first tries it; should they fall over, another may when this time has come
    CLAIM = "UPDATE letter SET next_at = $3 WHERE id = $1 AND state = 'waiting' AND next_at = $2";
    // an invitation that was used or taken back, or whose time is over, needs no letter
    WANTED = "SELECT CAST(count(*) AS bigint) FROM space_invitation WHERE id = $1 AND used_at IS NULL AND taken_back_at IS NULL AND expires_at > $2";
    TRIED = "INSERT INTO letter_try (id, letter_id, person_id, tried_at, state, answer) VALUES ($1, $2, $3, $4, $5, $6)";
    STANDS = "UPDATE letter SET state = $2, next_at = $3, tries = tries + 1 WHERE id = $1 AND state = 'waiting'";
    EMPTY = "UPDATE letter SET subject = NULL, words = NULL WHERE id = $1";
    EMPTY_OLD = "UPDATE letter SET subject = NULL, words = NULL WHERE words IS NOT NULL AND state <> 'waiting' AND made_at < $1";
    TO_PERSON = letter!("l.person_id = $1 ORDER BY l.made_at DESC, l.id DESC LIMIT 20");
    ONE = letter!("l.id = $1");
    EVERY = letter!("l.way = 'email' ORDER BY CASE l.state WHEN 'refused' THEN 0 WHEN 'given-up' THEN 1 WHEN 'waiting' THEN 2 ELSE 3 END, \
        l.made_at DESC, l.id DESC LIMIT 200");
    WORDS = "SELECT l.id, l.way, l.state, l.address, l.subject, l.words, l.made_at, p.shown_name AS name FROM letter l \
        JOIN person p ON p.id = l.person_id ORDER BY l.made_at DESC, l.id DESC LIMIT 100";
    AGAIN = "UPDATE letter SET state = 'waiting', since = $2, next_at = $2 \
        WHERE id = $1 AND state IN ('refused', 'given-up') AND words IS NOT NULL";
    CONTACT = "SELECT c.id, c.letter, c.email, c.phone, c.message, c.hours, c.shoulder, c.words, c.recorded_at, w.name AS recorder \
        FROM safe_contact c LEFT JOIN worker w ON w.id = c.recorded_by WHERE c.person_id = $1 AND c.superseded_at IS NULL \
        ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1";
    CONTACT_OVER = "UPDATE safe_contact SET superseded_at = $2 WHERE person_id = $1 AND superseded_at IS NULL";
    CONTACT_KEEP = "INSERT INTO safe_contact (id, person_id, letter, email, phone, message, hours, shoulder, words, recorded_by, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
}

#[derive(db::FromRow)]
pub(crate) struct LetterRow {
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) way: String,
    pub(crate) state: String,
    pub(crate) address: Option<String>,
    pub(crate) made_at: At,
    pub(crate) tries: i64,
    pub(crate) next_at: Option<At>,
    pub(crate) answer: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct DueRow {
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) invitation_id: Option<Uuid>,
    pub(crate) address: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) words: Option<String>,
    pub(crate) made_by: Option<Uuid>,
    pub(crate) since: At,
    pub(crate) next_at: Option<At>,
    pub(crate) tries: i64,
}

#[derive(db::FromRow)]
pub(crate) struct WordsRow {
    pub(crate) id: Uuid,
    pub(crate) way: String,
    pub(crate) state: String,
    pub(crate) address: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) words: Option<String>,
    pub(crate) made_at: At,
    pub(crate) name: String,
}

#[derive(db::FromRow)]
pub(crate) struct ContactRow {
    pub(crate) id: Uuid,
    pub(crate) letter: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) message: String,
    pub(crate) hours: Option<String>,
    pub(crate) shoulder: Option<String>,
    pub(crate) words: Option<String>,
    pub(crate) recorded_at: At,
    pub(crate) recorder: Option<String>,
}
