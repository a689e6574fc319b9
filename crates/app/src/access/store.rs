//! How readers are tied to people.

use uuid::Uuid;

db::statements! {
    ALLOCATED = "SELECT part FROM allocation WHERE person_id = $1 AND worker_id = $2 AND superseded_at IS NULL \
        AND from_date <= $3 AND (to_date IS NULL OR to_date >= $3)";
    LEVEL = "SELECT id, access_level FROM person WHERE id = $1";
}

#[derive(db::FromRow)]
pub(crate) struct LevelRow {
    pub(crate) id: Uuid,
    pub(crate) access_level: String,
}
