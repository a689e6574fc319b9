//! The few rows that a census is compared with.

db::statements! {
    BY_COUNCIL_ID = "SELECT person_id FROM person_identifier WHERE kind = 'council-id' AND number = $1 AND superseded_at IS NULL";
    /// Everyone whom an earlier file of a year held.
    HELD_IN_YEAR = "SELECT v.subject_id, i.number FROM imported_value v JOIN person_identifier i \
        ON i.person_id = v.subject_id AND i.kind = 'council-id' AND i.superseded_at IS NULL WHERE v.field = $1 ORDER BY i.number";
    MANAGERS = "SELECT CAST(count(*) AS bigint) FROM post WHERE team_id = $1 AND role IN ('team-manager', 'head-of-service') \
        AND superseded_at IS NULL AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)";
}
