//! Which record a joined one leads to, and since when.

use db::At;
use uuid::Uuid;

db::statements! {
    /// Of up to eight ids, those of records joined with another, and with which.
    LEADS = "SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL AND id IN ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Of each council id that came to another record by a joining, the record that first had it.
    FIRST = "SELECT i.number, j.other_id FROM joining j JOIN joined_row r ON r.joining_id = j.id AND r.side = 'other' \
        AND r.place = 'person_identifier.person_id' JOIN person_identifier i ON i.id = r.row_id \
        WHERE j.parted_at IS NULL AND i.kind = 'council-id' ORDER BY j.joined_at, j.id";
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
