//! Who may learn that a record exists, who is named on its list, and which links workers have declared.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    LEVEL = "UPDATE person SET access_level = $2 WHERE id = $1";
    LEVEL_NOW = "SELECT level, reason, review_on, recorded_at FROM person_level WHERE person_id = $1 AND superseded_at IS NULL";
    LEVEL_END = "UPDATE person_level SET superseded_at = $2 WHERE person_id = $1 AND superseded_at IS NULL";
    LEVEL_ADD = "INSERT INTO person_level (id, person_id, level, reason, review_on, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    LIST = "SELECT p.id, p.shown_name, p.birth_year, l.reason, l.review_on, \
        (SELECT CAST(count(*) AS bigint) FROM named_reader n WHERE n.person_id = p.id AND n.superseded_at IS NULL \
            AND n.from_date <= $1 AND (n.to_date IS NULL OR n.to_date >= $1)) AS named, \
        (SELECT min(i.number) FROM person_identifier i WHERE i.person_id = p.id AND i.kind = 'council-id' AND i.superseded_at IS NULL) AS council_id \
        FROM person p LEFT JOIN person_level l ON l.person_id = p.id AND l.superseded_at IS NULL \
        WHERE p.access_level = 'restricted' ORDER BY l.review_on, p.shown_name, p.id LIMIT 1000";
    DUE = "SELECT CAST(count(*) AS bigint) FROM person_level WHERE superseded_at IS NULL AND level = 'restricted' AND review_on <= $1";
    NAMED = "SELECT n.id, n.worker_id, w.name, n.reason, n.from_date, n.to_date FROM named_reader n JOIN worker w ON w.id = n.worker_id \
        WHERE n.person_id = $1 AND n.superseded_at IS NULL AND (n.to_date IS NULL OR n.to_date >= $2) ORDER BY w.name, n.id";
    NAME = "INSERT INTO named_reader (id, person_id, worker_id, reason, from_date, to_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    NAME_END = "UPDATE named_reader SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    WORKER = "SELECT id, code, name FROM worker WHERE code = $1 AND (to_date IS NULL OR to_date >= $2)";
    WORKERS = "SELECT id, code, name FROM worker WHERE from_date <= $1 AND (to_date IS NULL OR to_date >= $1) ORDER BY name, code LIMIT 2000";
    WORKING = "SELECT DISTINCT w.id, w.code, w.name FROM allocation a JOIN worker w ON w.id = a.worker_id \
        WHERE a.person_id = $1 AND a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) ORDER BY w.name";
    NUMBERED = "SELECT DISTINCT person_id FROM person_identifier WHERE upper(number) = $1 AND superseded_at IS NULL";
    DECLARE = "INSERT INTO conflict_of_interest (id, worker_id, person_id, link, from_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    DECLARED = "SELECT c.id, c.worker_id, w.name, c.link, c.from_date FROM conflict_of_interest c JOIN worker w ON w.id = c.worker_id \
        WHERE c.person_id = $1 AND c.superseded_at IS NULL AND (c.to_date IS NULL OR c.to_date >= $2) ORDER BY w.name, c.id";
    DECLARED_END = "UPDATE conflict_of_interest SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    DECLARED_PAST = "INSERT INTO conflict_of_interest (id, worker_id, person_id, link, from_date, to_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

#[derive(db::FromRow)]
pub(crate) struct LevelRow {
    pub(crate) level: String,
    pub(crate) reason: String,
    pub(crate) review_on: Option<Day>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct ListRow {
    pub(crate) id: Uuid,
    pub(crate) shown_name: String,
    pub(crate) birth_year: Option<i64>,
    pub(crate) reason: Option<String>,
    pub(crate) review_on: Option<Day>,
    pub(crate) named: i64,
    pub(crate) council_id: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct NamedRow {
    pub(crate) id: Uuid,
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) reason: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct WorkerRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
}

#[derive(db::FromRow)]
pub(crate) struct DeclaredRow {
    pub(crate) id: Uuid,
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) link: String,
    pub(crate) from_date: Day,
}
