//! Rows between people: households and relationships, and things to know.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    HOUSEHOLDS = "SELECT m.household_id, o.id, o.person_id, o.from_date, o.to_date, o.recorded_at \
        FROM household_member m JOIN household_member o ON o.household_id = m.household_id AND o.superseded_at IS NULL \
        WHERE m.person_id = $1 AND m.superseded_at IS NULL";
    HOUSEHOLDS_THEN = "SELECT m.household_id, o.id, o.person_id, o.from_date, o.to_date, o.recorded_at \
        FROM household_member m JOIN household_member o ON o.household_id = m.household_id \
        AND o.recorded_at <= $2 AND (o.superseded_at IS NULL OR o.superseded_at > $2) \
        WHERE m.person_id = $1 AND m.recorded_at <= $2 AND (m.superseded_at IS NULL OR m.superseded_at > $2)";
    HOUSEHOLD_ADD = "INSERT INTO household (id, note, recorded_at) VALUES ($1, $2, $3)";
    MEMBER_ADD = "INSERT INTO household_member (id, household_id, person_id, from_date, to_date, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    MEMBER_OVER = "UPDATE household_member SET superseded_at = $3 WHERE id = $1 AND person_id = $2 AND superseded_at IS NULL";

    /// What each other person is to $1; the joined row is what $1 is to them.
    RELATED = "SELECT r.id, r.pair_id, r.person_id AS other_id, r.kind, r.parental_responsibility AS they_hold, \
        i.parental_responsibility AS i_hold, r.closeness, i.closeness AS their_closeness, r.note, r.from_date, r.to_date, \
        r.recorded_at, p.access_level \
        FROM relationship r JOIN person p ON p.id = r.person_id \
        JOIN relationship i ON i.person_id = $1 AND i.pair_id = r.pair_id AND i.superseded_at IS NULL \
        WHERE r.other_id = $1 AND r.superseded_at IS NULL";
    RELATED_THEN = "SELECT r.id, r.pair_id, r.person_id AS other_id, r.kind, r.parental_responsibility AS they_hold, \
        i.parental_responsibility AS i_hold, r.closeness, i.closeness AS their_closeness, r.note, r.from_date, r.to_date, \
        r.recorded_at, p.access_level \
        FROM relationship r JOIN person p ON p.id = r.person_id \
        JOIN relationship i ON i.person_id = $1 AND i.pair_id = r.pair_id \
        AND i.recorded_at <= $2 AND (i.superseded_at IS NULL OR i.superseded_at > $2) \
        WHERE r.other_id = $1 AND r.recorded_at <= $2 AND (r.superseded_at IS NULL OR r.superseded_at > $2)";
    RELATIONSHIP_ADD = "INSERT INTO relationship (id, pair_id, person_id, other_id, kind, parental_responsibility, closeness, \
        note, from_date, to_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    RELATIONSHIP_OVER = "UPDATE relationship SET superseded_at = $3 \
        WHERE pair_id = $1 AND (person_id = $2 OR other_id = $2) AND superseded_at IS NULL";

    WARNINGS = "SELECT id, kind, fact, detail, from_date, review_on, to_date, told, told_on, told_how, not_told_why, agreed_with, \
        recorded_at FROM warning WHERE person_id = $1 AND superseded_at IS NULL";
    WARNINGS_THEN = "SELECT id, kind, fact, detail, from_date, review_on, to_date, told, told_on, told_how, not_told_why, \
        agreed_with, recorded_at FROM warning \
        WHERE person_id = $1 AND recorded_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)";
    WARNING_ADD = "INSERT INTO warning (id, person_id, kind, fact, detail, from_date, review_on, to_date, told, told_on, told_how, \
        not_told_why, agreed_with, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    WARNING_OVER = "UPDATE warning SET superseded_at = $3 WHERE id = $1 AND person_id = $2 AND superseded_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct MemberRow {
    pub(crate) household_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct RelatedRow {
    pub(crate) id: Uuid,
    pub(crate) pair_id: Uuid,
    pub(crate) other_id: Uuid,
    pub(crate) kind: String,
    pub(crate) they_hold: bool,
    pub(crate) i_hold: bool,
    pub(crate) closeness: Option<i64>,
    pub(crate) their_closeness: Option<i64>,
    pub(crate) note: Option<String>,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
    pub(crate) recorded_at: At,
    pub(crate) access_level: String,
}

#[derive(db::FromRow)]
pub(crate) struct WarningRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) fact: String,
    pub(crate) detail: Option<String>,
    pub(crate) from_date: Day,
    pub(crate) review_on: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) told: bool,
    pub(crate) told_on: Option<Day>,
    pub(crate) told_how: Option<String>,
    pub(crate) not_told_why: Option<String>,
    pub(crate) agreed_with: Option<String>,
    pub(crate) recorded_at: At,
}
