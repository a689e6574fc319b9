//! The council's own words, each with its reason: what holds now, and every version there was.

use db::At;
use uuid::Uuid;

db::statements! {
    OF_WORD = "SELECT o.id, o.say, o.instead, o.off, o.reason, w.name AS author, o.recorded_at, o.superseded_at \
        FROM own_word o LEFT JOIN worker w ON w.id = o.author_id WHERE o.known_as = $1 ORDER BY o.recorded_at DESC, o.id DESC LIMIT 40";
    OFF = "SELECT say, known_as FROM own_word WHERE off AND superseded_at IS NULL ORDER BY known_as";
    ADD = "INSERT INTO own_word (id, known_as, say, instead, why, off, reason, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    SUPERSEDE = "UPDATE own_word SET superseded_at = $1 WHERE known_as = $2 AND superseded_at IS NULL";
}

#[derive(db::FromRow)]
pub(super) struct WordRow {
    pub(super) id: Uuid,
    pub(super) say: String,
    pub(super) instead: String,
    pub(super) off: bool,
    pub(super) reason: String,
    pub(super) author: Option<String>,
    pub(super) recorded_at: At,
    pub(super) superseded_at: Option<At>,
}

#[derive(db::FromRow)]
pub(super) struct OffRow {
    pub(super) say: String,
    pub(super) known_as: String,
}
