//! Where an attachment belongs.

use uuid::Uuid;

db::statements! {
    ONE = "SELECT id, entry_id, hash, size, kind, name, thumbnail_hash, width, height, described FROM attachment WHERE id = $1";
    OF_ACCOUNT = "SELECT account_id FROM attachment WHERE id = $1 AND entry_id IS NULL";
}

/// Whose it is while it waits with a draft.
pub(crate) type Waits = (Option<Uuid>,);
