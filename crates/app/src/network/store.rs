//! Ties, and what the network picture reads of many people at once: two dozen in one statement.

use db::{At, Day};
use uuid::Uuid;

/// How many people one statement asks for.
pub(crate) const TOGETHER: usize = 24;

db::statements! {
    TIE_ADD = "INSERT INTO tie (id, person_id, other_id, kind, name, strength, stress, flow, note, from_date, to_date, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    TIE_OVER = "UPDATE tie SET superseded_at = $3 WHERE id = $1 AND (person_id = $2 OR other_id = $2) AND superseded_at IS NULL";
    TIE_LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    TIES = "SELECT id, person_id, other_id, kind, name, strength, stress, flow, note, from_date, to_date, recorded_at FROM tie \
        WHERE superseded_at IS NULL AND (person_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) OR other_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)) ORDER BY recorded_at, id";

    /// What others are to two dozen people.
    BONDS = "SELECT pair_id, person_id, other_id, kind, closeness, from_date, to_date FROM relationship \
        WHERE superseded_at IS NULL AND other_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) ORDER BY recorded_at, id";
    SAID = "SELECT person_id, kind, words, from_date, to_date FROM person_detail \
        WHERE superseded_at IS NULL AND kind IN ('sex', 'gender', 'pronouns', 'died', 'lost', 'unknown-parent') AND person_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) \
        ORDER BY recorded_at, id";

    /// Who lives with $1 on $2.
    HOME = "SELECT DISTINCT o.person_id FROM household_member m \
        JOIN household_member o ON o.household_id = m.household_id AND o.superseded_at IS NULL \
        AND (o.from_date IS NULL OR o.from_date <= $2) AND (o.to_date IS NULL OR o.to_date >= $2) \
        WHERE m.person_id = $1 AND m.superseded_at IS NULL \
        AND (m.from_date IS NULL OR m.from_date <= $2) AND (m.to_date IS NULL OR m.to_date >= $2)";
    /// Whose home is confidential on $1.
    CONFIDENTIAL = "SELECT DISTINCT person_id FROM address WHERE superseded_at IS NULL AND confidential AND purpose <> 'correspondence' \
        AND (from_date IS NULL OR from_date <= $1) AND (to_date IS NULL OR to_date >= $1) AND person_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)";
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct TieRow {
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) other_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) name: Option<String>,
    pub(crate) strength: String,
    pub(crate) stress: bool,
    pub(crate) flow: String,
    pub(crate) note: Option<String>,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct BondRow {
    pub(crate) pair_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) other_id: Uuid,
    pub(crate) kind: String,
    pub(crate) closeness: Option<i64>,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct SaidRow {
    pub(crate) person_id: Uuid,
    pub(crate) kind: String,
    pub(crate) words: String,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
}
