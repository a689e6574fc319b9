//! What came of changes asked for with a key.

use db::At;
use uuid::Uuid;

db::statements! {
    BEGIN = "INSERT INTO token_request (id, token_id, key_hash, request_hash, asked_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (token_id, key_hash) DO NOTHING";
    DONE = "UPDATE token_request SET made_id = $2, place = $3 WHERE id = $1";
    BEFORE = "SELECT request_hash, made_id, place, asked_at FROM token_request WHERE token_id = $1 AND key_hash = $2";
    FORGET = "DELETE FROM token_request WHERE token_id = $1 AND key_hash = $2 AND asked_at <= $3";
    FORGET_OLD = "DELETE FROM token_request WHERE asked_at <= $1";
}

#[derive(db::FromRow)]
pub(crate) struct BeforeRow {
    pub(crate) request_hash: Vec<u8>,
    pub(crate) made_id: Option<Uuid>,
    pub(crate) place: Option<String>,
    pub(crate) asked_at: At,
}
