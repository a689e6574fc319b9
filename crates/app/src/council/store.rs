//! The row that says whose database this is.

use db::Day;

db::statements! {
    READ = "SELECT name, demonstration, demonstration_day FROM council WHERE id = 1";
    MARK = "INSERT INTO council (id, name, demonstration, demonstration_day, created_at) VALUES (1, $1, $2, $3, $4)";
    FINISHED = "UPDATE council SET demonstration_day = $1 WHERE id = 1 AND demonstration AND demonstration_day IS NULL";
    WORKERS = "SELECT CAST(count(*) AS bigint) FROM worker";
}

#[derive(db::FromRow)]
pub(crate) struct CouncilRow {
    pub(crate) name: String,
    pub(crate) demonstration: bool,
    pub(crate) demonstration_day: Option<Day>,
}
