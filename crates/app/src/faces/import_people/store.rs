//! The few rows that a folder of people is compared with.

use db::Day;
use uuid::Uuid;

db::statements! {
    WORKERS = "SELECT code, id FROM worker";
    TEAMS = "SELECT code, id FROM team WHERE to_date IS NULL";
    WORKER = "SELECT name, email, phone, registration_number, version FROM worker WHERE id = $1";
    POSTS = "SELECT id, team_id, role, from_date, to_date FROM post WHERE worker_id = $1 AND superseded_at IS NULL ORDER BY from_date";
    LEVELS = "SELECT id, access_level FROM person WHERE access_level <> 'findable'";
}

#[derive(db::FromRow)]
pub(crate) struct KnownWorker {
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) registration_number: Option<String>,
    pub(crate) version: i64,
}

#[derive(db::FromRow)]
pub(crate) struct PostRow {
    pub(crate) id: Uuid,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) role: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
}
