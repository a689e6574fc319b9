//! What stands beside an entry: other texts sent at the same moment, where it was carried over to, notices.

use db::At;
use uuid::Uuid;

db::statements! {
    OTHER_TEXTS = "SELECT o.id, o.account_id, o.body, o.recorded_at, w.name FROM other_version o JOIN account a ON a.id = o.account_id \
        JOIN worker w ON w.id = a.worker_id WHERE o.subject_id = $1 AND o.settled_at IS NULL ORDER BY o.recorded_at";
    SETTLE = "UPDATE other_version SET settled_at = $2 WHERE id = $1 AND subject_id = $3 AND settled_at IS NULL";
    CARRIED = "SELECT c.how, c.carried_at, w.name FROM carried_over c LEFT JOIN account a ON a.id = c.account_id \
        LEFT JOIN worker w ON w.id = a.worker_id WHERE c.entry_id = $1 ORDER BY c.carried_at";
    CARRY = "INSERT INTO carried_over (id, entry_id, account_id, how, carried_at) VALUES ($1, $2, $3, $4, $5)";
}

#[derive(db::FromRow)]
pub(crate) struct OtherRow {
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) body: String,
    pub(crate) recorded_at: At,
    pub(crate) name: String,
}

#[derive(db::FromRow)]
pub(crate) struct CarriedRow {
    pub(crate) how: String,
    pub(crate) carried_at: At,
    pub(crate) name: Option<String>,
}
