//! The whole of a database, table by table, as values that do not know which engine they came from: for
//! backups, for moving a council from one engine to the other, and for comparing two.

use crate::conn::Link;
use crate::{At, Conn, Day, Result, Tx, Value};
use futures::StreamExt;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};
use std::sync::LazyLock;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the kinds of `Value`")]
pub enum Kind {
    Key,
    Text,
    Int,
    Bool,
    Day,
    At,
    Bytes,
}

/// One table, with its columns in their order.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<(String, Kind)>,
}

static TABLES: LazyLock<Vec<Table>> =
    LazyLock::new(|| read(include_str!("../../../migrations/postgres/0001_record.sql")));

/// Every table of the record, each after those it refers to.
pub fn tables() -> &'static [Table] {
    &TABLES
}

fn read(schema: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = vec![];
    for line in schema.lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            let name = rest.split([' ', '(']).next().unwrap_or_default().to_owned();
            tables.push(Table { name, columns: vec![] });
            continue;
        }
        let Some(column) = line.strip_prefix("    ").filter(|line| !line.starts_with([' ', '-'])) else {
            continue;
        };
        let mut words = column.split([' ', ',']);
        let (Some(name), Some(kind), Some(table)) = (words.next(), words.next(), tables.last_mut()) else {
            continue;
        };
        let kind = match kind {
            "uuid" => Kind::Key,
            "text" => Kind::Text,
            "bigint" => Kind::Int,
            "boolean" => Kind::Bool,
            "date" => Kind::Day,
            "timestamptz" => Kind::At,
            "bytea" => Kind::Bytes,
            _ => continue,
        };
        table.columns.push((name.to_owned(), kind));
    }
    tables
}

impl Table {
    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
    }

    fn select(&self) -> String {
        let order = if self.columns.len() > 1 { "1, 2" } else { "1" };
        format!("SELECT {} FROM {} ORDER BY {order}", self.names(), self.name)
    }

    fn insert(&self, rows: usize) -> String {
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.name, self.names());
        let mut at = 0;
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..self.columns.len() {
                at += 1;
                let comma = if column == 0 { "" } else { ", " };
                sql.push_str(comma);
                sql.push('$');
                sql.push_str(&at.to_string());
            }
            sql.push(')');
        }
        sql
    }
}

macro_rules! decode {
    ($row:expr, $at:expr, $kind:expr) => {
        match $kind {
            Kind::Key => Value::Key($row.try_get($at)?),
            Kind::Text => Value::Text($row.try_get($at)?),
            Kind::Int => Value::Int($row.try_get($at)?),
            Kind::Bool => Value::Bool($row.try_get($at)?),
            Kind::Day => Value::Day($row.try_get::<Option<Day>, _>($at)?.map(|day| day.0)),
            Kind::At => Value::At($row.try_get::<Option<At>, _>($at)?.map(|at| at.0)),
            Kind::Bytes => Value::Bytes($row.try_get($at)?),
        }
    };
}

fn from_sqlite(table: &Table, row: &SqliteRow) -> Result<Vec<Value>> {
    table.columns.iter().enumerate().map(|(at, (_, kind))| Ok(decode!(row, at, kind))).collect()
}

fn from_postgres(table: &Table, row: &PgRow) -> Result<Vec<Value>> {
    table.columns.iter().enumerate().map(|(at, (_, kind))| Ok(decode!(row, at, kind))).collect()
}

/// Reads every row of a table, one at a time, so that memory stays bounded. Says how many there were.
///
/// # Errors
/// [`crate::DbError::Driver`] where the database refuses; whatever `each` returns stops it.
#[expect(clippy::disallowed_methods, reason = "the text is made from our own schema alone")]
pub async fn dump<E: From<crate::DbError>>(
    conn: &mut Conn,
    table: &Table,
    mut each: impl FnMut(&[Value]) -> std::result::Result<(), E>,
) -> std::result::Result<u64, E> {
    let mut rows = 0;
    let sql = AssertSqlSafe(table.select());
    match &mut conn.link {
        Link::Sqlite(c) => {
            let mut found = sqlx::query(sql).fetch(&mut **c);
            while let Some(row) = found.next().await {
                each(&from_sqlite(table, &row.map_err(crate::DbError::from)?)?)?;
                rows += 1;
            }
        }
        Link::Postgres(c) => {
            let mut found = sqlx::query(sql).fetch(&mut **c);
            while let Some(row) = found.next().await {
                each(&from_postgres(table, &row.map_err(crate::DbError::from)?)?)?;
                rows += 1;
            }
        }
    }
    Ok(rows)
}

/// Writes rows into a table, many to a statement.
///
/// # Errors
/// [`crate::DbError::Conflict`] where a row is there already.
#[expect(clippy::disallowed_methods, reason = "the text is made from our own schema alone")]
pub async fn load(tx: &mut Tx, table: &Table, rows: Vec<Vec<Value>>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let sql = AssertSqlSafe(table.insert(rows.len()));
    tx.run_made(sql, rows.into_iter().flatten().collect()).await
}

/// How many rows to give [`load`] at once: both engines bound the number of values of a statement.
pub fn at_once(table: &Table) -> usize {
    (20_000 / table.columns.len().max(1)).clamp(1, 500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_read_with_every_kind() {
        let tables = tables();
        assert!(tables.len() > 40);
        let journal = tables.iter().find(|table| table.name == "journal").unwrap();
        assert_eq!(journal.columns[0], ("id".to_owned(), Kind::Key));
        assert_eq!(journal.columns[1].1, Kind::At);
        assert_eq!(journal.columns.last().unwrap().1, Kind::Bytes);
        assert!(tables.iter().all(|table| !table.columns.is_empty()));
    }
}
