//! Two tests stand in for compile-time checking: every statement is prepared on both engines, and both
//! migrated schemas are compared. Their tools are here.

use crate::conn::Link;
use crate::facts::{giving_back, written_by};
use crate::{Conn, Db, DbError, Result};
use sqlx::{Executor, SqlSafeStr};

/// One column of a table, as both engines can say it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
pub struct Column {
    /// The table.
    pub table_name: String,
    /// The column.
    pub column_name: String,
    /// Whether it must be given.
    pub required: bool,
}

const SQLITE_COLUMNS: &str = "SELECT m.name AS table_name, c.name AS column_name, (c.\"notnull\" = 1 OR c.pk > 0) AS required \
    FROM sqlite_master m JOIN pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY 1, 2";
const POSTGRES_COLUMNS: &str = "SELECT CAST(table_name AS text) AS table_name, CAST(column_name AS text) AS column_name, is_nullable = 'NO' AS required \
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%' ORDER BY 1, 2";

/// The columns of every table of an open database.
///
/// # Errors
/// [`DbError::Driver`] where the database refuses.
pub async fn schema(db: &Db) -> Result<Vec<Column>> {
    let mut conn = db.read().await?;
    columns(&mut conn).await
}

/// As [`schema`], on a connection.
///
/// # Errors
/// [`DbError::Driver`] where the database refuses.
pub async fn columns(conn: &mut Conn) -> Result<Vec<Column>> {
    let sql = match conn.link {
        Link::Sqlite(_) => SQLITE_COLUMNS,
        Link::Postgres(_) => POSTGRES_COLUMNS,
    };
    let mut found: Vec<Column> = conn.all(sql, vec![]).await?;
    found.sort();
    Ok(found)
}

/// Prepares a statement without running it.
///
/// # Errors
/// [`DbError::Driver`] says what the engine does not understand.
pub async fn prepare(conn: &mut Conn, sql: &'static str) -> Result<()> {
    if let Some(table) = written_by(sql) {
        // as it is run
        let sql = || giving_back(sql, table).into_sql_str();
        match &mut conn.link {
            Link::Sqlite(c) => drop((&mut **c).prepare(sql()).await.map_err(DbError::Driver)?),
            Link::Postgres(c) => drop((&mut **c).prepare(sql()).await.map_err(DbError::Driver)?),
        }
    }
    match &mut conn.link {
        Link::Sqlite(c) => drop((&mut **c).prepare(sql.into_sql_str()).await.map_err(DbError::Driver)?),
        Link::Postgres(c) => drop((&mut **c).prepare(sql.into_sql_str()).await.map_err(DbError::Driver)?),
    }
    Ok(())
}

/// Whether the two schemas have the same tables and columns: the differences, each in a sentence.
pub fn migrations_agree(one: &[Column], other: &[Column]) -> Vec<String> {
    let only = |left: &[Column], right: &[Column], who: &str| -> Vec<String> {
        left.iter()
            .filter(|column| !right.contains(column))
            .map(|column| {
                format!("{who}: {}.{} (required: {})", column.table_name, column.column_name, column.required)
            })
            .collect()
    };
    let mut differences = only(one, other, "only in the first");
    differences.extend(only(other, one, "only in the second"));
    differences
}
