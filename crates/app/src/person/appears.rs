//! Where a person appears in the tables of the spine: static SQL for exports, merging and disposal.

use crate::room::Place;

pub(crate) const PLACES: &[Place] = &[
    Place {
        table: "person_name",
        export: "SELECT id, kind, given, family, from_date, to_date, recorded_at, superseded_at FROM person_name WHERE person_id = $1",
        merge: "UPDATE person_name SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM person_name WHERE person_id = $1",
    },
    Place {
        table: "other_version",
        export: "SELECT id, subject, body, recorded_at, settled_at FROM other_version WHERE subject_id = $1",
        merge: "UPDATE other_version SET subject_id = $2 WHERE subject_id = $1",
        dispose: "DELETE FROM other_version WHERE subject_id = $1",
    },
    Place {
        table: "person_birth",
        export: "SELECT id, born_on, basis, note, recorded_at, superseded_at FROM person_birth WHERE person_id = $1",
        merge: "UPDATE person_birth SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM person_birth WHERE person_id = $1",
    },
    Place {
        table: "person_detail",
        export: "SELECT id, kind, words, note, from_date, to_date, recorded_at, superseded_at FROM person_detail WHERE person_id = $1",
        merge: "UPDATE person_detail SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM person_detail WHERE person_id = $1",
    },
    Place {
        table: "person_identifier",
        export: "SELECT id, kind, number, from_date, to_date, recorded_at, superseded_at FROM person_identifier WHERE person_id = $1",
        merge: "UPDATE person_identifier SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM person_identifier WHERE person_id = $1",
    },
    Place {
        table: "address",
        export: "SELECT id, purpose, lines, postcode, confidential, from_date, to_date, recorded_at, superseded_at FROM address WHERE person_id = $1",
        merge: "UPDATE address SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM address WHERE person_id = $1",
    },
    Place {
        table: "household_member",
        export: "SELECT id, household_id, from_date, to_date, recorded_at, superseded_at FROM household_member WHERE person_id = $1",
        merge: "UPDATE household_member SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM household_member WHERE person_id = $1",
    },
    Place {
        table: "relationship",
        export: "SELECT id, pair_id, other_id, kind, parental_responsibility, closeness, note, from_date, to_date, recorded_at, superseded_at FROM relationship WHERE person_id = $1",
        merge: "UPDATE relationship SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM relationship WHERE person_id = $1",
    },
    Place {
        table: "relationship",
        export: "SELECT id, pair_id, person_id, kind, parental_responsibility, closeness, note, from_date, to_date, recorded_at, superseded_at FROM relationship WHERE other_id = $1",
        merge: "UPDATE relationship SET other_id = $2 WHERE other_id = $1",
        dispose: "DELETE FROM relationship WHERE other_id = $1",
    },
    Place {
        table: "warning",
        export: "SELECT id, kind, fact, detail, from_date, review_on, to_date, told, told_on, told_how, not_told_why, agreed_with, recorded_at, superseded_at FROM warning WHERE person_id = $1",
        merge: "UPDATE warning SET person_id = $2 WHERE person_id = $1",
        dispose: "DELETE FROM warning WHERE person_id = $1",
    },
    // the index says nothing that the names do not: whoever is merged away is not found any more
    Place {
        table: "name_posting",
        export: "SELECT token FROM name_posting WHERE person_id = $1",
        merge: "UPDATE name_posting SET person_id = $2 WHERE person_id = $1 AND token NOT IN (SELECT token FROM name_posting WHERE person_id = $2)",
        dispose: "DELETE FROM name_posting WHERE person_id = $1",
    },
];
