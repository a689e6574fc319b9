//! The rows of forms that came after their session ended.

use db::At;
use uuid::Uuid;

db::statements! {
    OWNER = "SELECT s.account_id FROM session s JOIN account a ON a.id = s.account_id \
        WHERE s.csrf = $1 AND a.ended_at IS NULL AND s.created_at > $2";
    KEEP = "INSERT INTO kept_form (id, account_id, place, nonce, body, kept_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ONE = "SELECT id, place, nonce, body, kept_at, sent_at FROM kept_form WHERE id = $1 AND account_id = $2 AND expires_at > $3";
    THERE = "SELECT account_id, sent_at FROM kept_form WHERE id = $1 AND expires_at > $2";
    SENT = "UPDATE kept_form SET sent_at = $3 WHERE id = $1 AND account_id = $2";
    FORGET = "DELETE FROM kept_form WHERE id = $1 AND account_id = $2";
    PURGE = "DELETE FROM kept_form WHERE expires_at <= $1";
}

#[derive(db::FromRow)]
pub(crate) struct KeptRow {
    pub(crate) id: Uuid,
    pub(crate) place: String,
    pub(crate) nonce: Vec<u8>,
    pub(crate) body: Vec<u8>,
    pub(crate) kept_at: At,
    pub(crate) sent_at: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct ThereRow {
    pub(crate) account_id: Uuid,
    pub(crate) sent_at: Option<At>,
}
