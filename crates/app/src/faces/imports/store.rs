//! The rows of imports: the runs, and what a file last said.

use db::At;
use uuid::Uuid;

db::statements! {
    KEEP_RUN = "INSERT INTO import_run (id, kind, file_name, file_hash, account_id, run_at, report) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    RUNS = "SELECT r.id, r.run_at, w.name, r.report FROM import_run r LEFT JOIN account a ON a.id = r.account_id \
        LEFT JOIN worker w ON w.id = a.worker_id ORDER BY r.run_at DESC, r.id DESC LIMIT 50";
    RUN = "SELECT r.id, r.run_at, w.name, r.report FROM import_run r LEFT JOIN account a ON a.id = r.account_id \
        LEFT JOIN worker w ON w.id = a.worker_id WHERE r.id = $1";
    COUNCIL_IDS = "SELECT number, person_id FROM person_identifier WHERE kind = 'council-id' AND superseded_at IS NULL";
    TEAMS = "SELECT id, code FROM team WHERE to_date IS NULL ORDER BY code";
    SAID = "SELECT field, words FROM imported_value WHERE subject_id = $1";
    SAY = "INSERT INTO imported_value (subject_id, field, words, recorded_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (subject_id, field) DO UPDATE SET words = excluded.words, recorded_at = excluded.recorded_at";
}

#[derive(db::FromRow)]
pub(crate) struct RunRow {
    pub(crate) id: Uuid,
    pub(crate) run_at: At,
    pub(crate) name: Option<String>,
    pub(crate) report: String,
}
