//! Which record a joined one leads to, and since when.

use db::At;
use uuid::Uuid;

db::statements! {
    /// Of up to eight ids, those of records joined with another, and with which.
    LEADS = "SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL AND id IN ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// The joinings of a record, on either side.
    SPANS = "SELECT kept_id, other_id, joined_at, parted_at FROM joining WHERE kept_id = $1 OR other_id = $1";
}

#[derive(db::FromRow)]
pub(crate) struct SpanRow {
    pub(crate) kept_id: Uuid,
    pub(crate) other_id: Uuid,
    pub(crate) joined_at: At,
    pub(crate) parted_at: Option<At>,
}
