//! The whole of a database, table by table, as values that do not know which engine they came from: for
//! backups, for moving a council from one engine to the other, and for comparing two.

mod filling;

pub use filling::Filling;

use crate::conn::Link;
use crate::{At, Conn, Day, Dialect, Result, Value};
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
    /// Where in the columns its primary key stands, in the order of the key.
    pub key: Vec<usize>,
    /// Which columns point at which table.
    pub points: Vec<(usize, String)>,
}

static TABLES: LazyLock<Vec<Table>> =
    LazyLock::new(|| read(include_str!("../../../../migrations/postgres/0001_record.sql")));

/// Every table of the record, each after those it refers to.
pub fn tables() -> &'static [Table] {
    &TABLES
}

fn read(schema: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = vec![];
    for line in schema.lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            let name = rest.split([' ', '(']).next().unwrap_or_default().to_owned();
            tables.push(Table { name, columns: vec![], key: vec![], points: vec![] });
            continue;
        }
        let Some(column) = line.strip_prefix("    ").filter(|line| !line.starts_with([' ', '-'])) else {
            continue;
        };
        if let Some(table) = tables.last_mut() {
            table.read_line(column);
        }
    }
    tables
}

fn kind_of(word: &str) -> Option<Kind> {
    Some(match word {
        "uuid" => Kind::Key,
        "text" => Kind::Text,
        "bigint" => Kind::Int,
        "boolean" => Kind::Bool,
        "date" => Kind::Day,
        "timestamptz" => Kind::At,
        "bytea" => Kind::Bytes,
        _ => return None,
    })
}

impl Table {
    /// Takes in one line between the brackets of a table: a column, or the key of several.
    fn read_line(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("PRIMARY KEY (") {
            let named = rest.split(')').next().unwrap_or_default();
            self.key = named.split(", ").filter_map(|name| self.place_of(name)).collect();
            return;
        }
        let mut words = line.split([' ', ',']);
        let (Some(name), Some(kind)) = (words.next(), words.next().and_then(kind_of)) else { return };
        let place = self.columns.len();
        self.columns.push((name.to_owned(), kind));
        if line.contains(" PRIMARY KEY") {
            self.key = vec![place];
        }
        if let Some((_, rest)) = line.split_once(" REFERENCES ") {
            self.points.push((place, rest.split(' ').next().unwrap_or_default().to_owned()));
        }
    }

    /// Where a column stands.
    pub fn place_of(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|(name, _)| name == column)
    }

    /// Columns that point at another row of the same table: it may stand further on.
    fn points_within(&self) -> Vec<usize> {
        self.points.iter().filter(|(_, table)| *table == self.name).map(|(place, _)| *place).collect()
    }

    /// The values of a row's key, as an account of changes writes them: its parts with a plus between.
    pub fn key_from(&self, words: &str) -> Option<Vec<Value>> {
        let parts: Vec<&str> = words.split('+').collect();
        if parts.len() != self.key.len() {
            return None;
        }
        let value = |(place, part): (&usize, &&str)| match self.columns.get(*place)?.1 {
            Kind::Key => part.parse().ok().map(|id| Value::Key(Some(id))),
            Kind::Text => Some(Value::Text(Some((*part).to_owned()))),
            Kind::Int | Kind::Bool | Kind::Day | Kind::At | Kind::Bytes => None,
        };
        self.key.iter().zip(&parts).map(value).collect()
    }

    pub(crate) fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
    }

    /// Every row, by the primary key; words byte by byte, so that both engines and every locale give one order.
    fn select(&self, dialect: Dialect) -> String {
        let order = |place: &usize| {
            let (name, kind) = &self.columns[*place];
            match (kind, dialect) {
                (Kind::Text, Dialect::Postgres) => format!("\"{name}\" COLLATE \"C\""),
                _ => format!("\"{name}\""),
            }
        };
        let order: Vec<String> = self.key.iter().map(order).collect();
        format!("SELECT {} FROM {} ORDER BY {}", self.names(), self.name, order.join(", "))
    }

    /// So many rows in one statement. The embedded engine looks a named place up among all others, each time it is
    /// given a value: with thousands of them that takes longer than to store the rows. So there they have no names.
    fn insert(&self, rows: usize, dialect: Dialect) -> String {
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.name, self.names());
        let mut at = 0;
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..self.columns.len() {
                at += 1;
                let comma = if column == 0 { "" } else { ", " };
                sql.push_str(comma);
                match dialect {
                    Dialect::Sqlite => sql.push('?'),
                    Dialect::Postgres => sql.push_str(&format!("${at}")),
                }
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

pub(crate) fn from_sqlite(table: &Table, row: &SqliteRow) -> Result<Vec<Value>> {
    table.columns.iter().enumerate().map(|(at, (_, kind))| Ok(decode!(row, at, kind))).collect()
}

pub(crate) fn from_postgres(table: &Table, row: &PgRow) -> Result<Vec<Value>> {
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
    let sql = AssertSqlSafe(table.select(conn.dialect()));
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

/// The row of a table that has this key, if there is one.
///
/// # Errors
/// [`crate::DbError::Driver`] where the database refuses.
#[expect(clippy::disallowed_methods, reason = "the text is made from our own schema alone")]
pub async fn row(conn: &mut Conn, table: &Table, key: Vec<Value>) -> Result<Option<Vec<Value>>> {
    let named = |(at, place): (usize, &usize)| format!("\"{}\" = ${}", table.columns[*place].0, at + 1);
    let by: Vec<String> = table.key.iter().enumerate().map(named).collect();
    let sql =
        AssertSqlSafe(format!("SELECT {} FROM {} WHERE {}", table.names(), table.name, by.join(" AND ")));
    match &mut conn.link {
        Link::Sqlite(c) => {
            let found = crate::conn::given(sqlx::query(sql), key).fetch_optional(&mut **c).await?;
            found.map(|row| from_sqlite(table, &row)).transpose()
        }
        Link::Postgres(c) => {
            let found = crate::conn::given(sqlx::query(sql), key).fetch_optional(&mut **c).await?;
            found.map(|row| from_postgres(table, &row)).transpose()
        }
    }
}

/// How many rows a table holds.
///
/// # Errors
/// [`crate::DbError::Driver`] where the database refuses.
#[expect(clippy::disallowed_methods, reason = "the text is made from our own schema alone")]
pub async fn count(conn: &mut Conn, table: &Table) -> Result<u64> {
    let sql = || AssertSqlSafe(format!("SELECT CAST(count(*) AS bigint) FROM {}", table.name));
    let (rows,): (i64,) = match &mut conn.link {
        Link::Sqlite(c) => sqlx::query_as(sql()).fetch_one(&mut **c).await?,
        Link::Postgres(c) => sqlx::query_as(sql()).fetch_one(&mut **c).await?,
    };
    Ok(u64::try_from(rows).unwrap_or_default())
}

/// Whether a table holds no row.
///
/// # Errors
/// [`crate::DbError::Driver`] where the database refuses.
#[expect(clippy::disallowed_methods, reason = "the text is made from our own schema alone")]
pub async fn is_empty(conn: &mut Conn, table: &Table) -> Result<bool> {
    let sql = || AssertSqlSafe(format!("SELECT 1 FROM {} LIMIT 1", table.name));
    Ok(match &mut conn.link {
        Link::Sqlite(c) => sqlx::query(sql()).fetch_optional(&mut **c).await?.is_none(),
        Link::Postgres(c) => sqlx::query(sql()).fetch_optional(&mut **c).await?.is_none(),
    })
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

    #[test]
    fn every_table_has_a_key_and_stands_after_those_it_points_at() {
        let tables = tables();
        for (at, table) in tables.iter().enumerate() {
            assert!(!table.key.is_empty(), "{} has no key", table.name);
            for (_, other) in &table.points {
                assert!(
                    tables[..=at].iter().any(|before| before.name == *other),
                    "{} -> {other}",
                    table.name
                );
            }
        }
        let about = tables.iter().find(|table| table.name == "journal_about").unwrap();
        assert_eq!((about.key.clone(), about.points.clone()), (vec![1, 0], vec![(0, "journal".to_owned())]));
        let within = read(
            "CREATE TABLE a (\n    id uuid PRIMARY KEY,\n    b_id uuid REFERENCES b (id),\n    a_id uuid REFERENCES a (id)\n);",
        );
        assert_eq!(within[0].points_within(), vec![2]);
    }
}
