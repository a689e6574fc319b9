//! Where a person appears in the tables of the spine: static SQL for exports, merging and disposal.

use crate::room::Place;

pub(crate) const PLACES: &[Place] = &[
    crate::dated! {
        table "person_name", person "person_id", what "name",
        thread "id",
        words "given || ' ' || family",
        columns "kind, given, family, from_date, to_date"
    },
    crate::undated! {
        table "other_version", person "subject_id", what "words somebody else wrote at the same time",
        thread "id", known "recorded_at",
        words "subject",
        columns "subject, account_id, body, recorded_at, settled_at"
    },
    crate::dated! {
        table "person_birth", person "person_id", what "birth",
        thread "id",
        words "CAST(born_on AS text)",
        columns "born_on, basis, note"
    },
    crate::dated! {
        table "person_detail", person "person_id", what "detail",
        thread "id",
        words "words",
        columns "kind, words, note, search_key, from_date, to_date"
    },
    crate::dated! {
        table "person_identifier", person "person_id", what "number",
        thread "id",
        words "number",
        columns "kind, number, from_date, to_date"
    },
    crate::dated! {
        table "address", person "person_id", what "address",
        thread "id",
        words "CASE WHEN confidential THEN 'a confidential address' ELSE lines END",
        columns "purpose, lines, postcode, confidential, from_date, to_date"
    },
    crate::dated! {
        table "household_member", person "person_id", what "household",
        thread "id",
        words "'lives in a household'",
        columns "household_id, from_date, to_date"
    },
    crate::dated! {
        table "relationship", person "person_id", what "relationship",
        thread "pair_id",
        words "kind || ' of ' || (SELECT p.full_name FROM person p WHERE p.id = other_id)",
        columns "pair_id, other_id, kind, parental_responsibility, closeness, note, from_date, to_date"
    },
    crate::dated! {
        table "relationship", person "other_id", what "relationship",
        thread "pair_id",
        words "(SELECT p.full_name FROM person p WHERE p.id = person_id) || ': ' || kind",
        columns "pair_id, person_id, kind, parental_responsibility, closeness, note, from_date, to_date"
    },
    crate::dated! {
        table "warning", person "person_id", what "thing to know",
        thread "id",
        words "fact",
        columns "kind, fact, detail, from_date, review_on, to_date, told, told_on, told_how, not_told_why, agreed_with"
    },
    // the index says nothing that the names do not: whoever is merged away is not found any more
    Place {
        table: "name_posting",
        person: "person_id",
        what: "word of a name",
        rows: None,
        export: "SELECT token FROM name_posting WHERE person_id = $1",
        merge: "UPDATE name_posting SET person_id = $2 WHERE person_id = $1 AND token NOT IN (SELECT token FROM name_posting WHERE person_id = $2)",
        dispose: "DELETE FROM name_posting WHERE person_id = $1",
    },
];
