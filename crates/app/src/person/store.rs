//! People's rows.

use db::Day;
use uuid::Uuid;

db::statements! {
    HEADER = "SELECT p.id, p.kind, p.hue, p.access_level, p.shown_name, p.full_name, p.initials, p.birth_year, p.version, \
        b.born_on, b.basis FROM person p \
        LEFT JOIN person_birth b ON b.person_id = p.id AND b.superseded_at IS NULL WHERE p.id = $1";
}

#[derive(db::FromRow)]
pub(crate) struct HeaderRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) hue: i64,
    pub(crate) access_level: String,
    pub(crate) shown_name: String,
    pub(crate) full_name: String,
    pub(crate) initials: String,
    pub(crate) birth_year: Option<i64>,
    pub(crate) version: i64,
    pub(crate) born_on: Option<Day>,
    pub(crate) basis: Option<String>,
}
