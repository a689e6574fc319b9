//! The rows of imports: the runs, and what a file last said.

use db::At;
use uuid::Uuid;

/// Questions as they stand, with the council's id of the person and who decided.
macro_rules! question {
    ($which:literal) => {
        concat!(
            "SELECT q.id, q.question_id, q.person_id, q.run_id, q.sort, q.year, q.known_as, q.episode_id, q.file_says, q.decision, \
            q.reason, w.name AS author, (SELECT min(i.number) FROM person_identifier i WHERE i.person_id = q.person_id \
            AND i.kind = 'council-id' AND i.superseded_at IS NULL) AS council_id \
            FROM import_question q LEFT JOIN worker w ON w.id = q.author_id WHERE q.superseded_at IS NULL AND ",
            $which
        )
    };
}

db::statements! {
    KEEP_RUN = "INSERT INTO import_run (id, kind, file_name, file_hash, account_id, run_at, report) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    RUNS = "SELECT r.id, r.run_at, w.name, r.report FROM import_run r LEFT JOIN account a ON a.id = r.account_id \
        LEFT JOIN worker w ON w.id = a.worker_id ORDER BY r.run_at DESC, r.id DESC LIMIT 50";
    RUN = "SELECT r.id, r.run_at, w.name, r.report FROM import_run r LEFT JOIN account a ON a.id = r.account_id \
        LEFT JOIN worker w ON w.id = a.worker_id WHERE r.id = $1";
    COUNCIL_IDS = "SELECT number, person_id FROM person_identifier WHERE kind = 'council-id' AND superseded_at IS NULL";
    TEAMS = "SELECT id, code FROM team WHERE to_date IS NULL ORDER BY code";
    ADD_QUESTION = "INSERT INTO import_question (id, question_id, person_id, run_id, sort, year, known_as, episode_id, file_says, \
        decision, reason, author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    SUPERSEDE_QUESTION = "UPDATE import_question SET superseded_at = $2 WHERE question_id = $1 AND superseded_at IS NULL";
    QUESTION = question!("q.question_id = $1");
    QUESTIONS_OF_RUN = question!("q.run_id = $1 ORDER BY council_id, q.known_as, q.id");
    QUESTIONS_OF_YEAR = question!("q.year = $1 ORDER BY q.id");
    OPEN_QUESTIONS = question!("q.decision IS NULL ORDER BY council_id, q.known_as, q.id LIMIT 2000");
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

#[derive(db::FromRow)]
pub(crate) struct QuestionRow {
    pub(crate) id: Uuid,
    pub(crate) question_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) run_id: Uuid,
    pub(crate) sort: String,
    pub(crate) year: i64,
    pub(crate) known_as: String,
    pub(crate) episode_id: Option<Uuid>,
    pub(crate) file_says: Option<String>,
    pub(crate) decision: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) council_id: Option<String>,
}
