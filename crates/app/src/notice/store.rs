//! Notices and whether they were closed.

use db::At;
use uuid::Uuid;

db::statements! {
    TELL = "INSERT INTO notice (id, worker_id, kind, words, link, made_at) VALUES ($1, $2, $3, $4, $5, $6)";
    UNSEEN = "SELECT id, words, link, made_at FROM notice WHERE worker_id = $1 AND seen_at IS NULL ORDER BY made_at, id LIMIT 50";
    ONE = "SELECT link FROM notice WHERE id = $1 AND worker_id = $2";
    SETTLE = "UPDATE notice SET seen_at = $3 WHERE worker_id = $1 AND link = $2 AND seen_at IS NULL";
    CLOSE = "UPDATE notice SET seen_at = $3 WHERE id = $1 AND worker_id = $2 AND seen_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct ToldRow {
    pub(crate) id: Uuid,
    pub(crate) words: String,
    pub(crate) link: Option<String>,
    pub(crate) made_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct LinkRow {
    pub(crate) link: Option<String>,
}
