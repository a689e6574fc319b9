//! What a transaction wrote of the facts, as the database then held it: so that whoever keeps an account of changes
//! can say so, whichever statement made them.

use crate::conn::Link;
use crate::whole::{Table, from_postgres, from_sqlite, tables};
use crate::{Result, Tx, Value};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Tables that are facts though nothing supersedes their rows: they are written once, or answered.
const WRITTEN_ONCE: &[&str] = &[
    "household",
    "entry_worker",
    "entry_reader",
    "statement",
    "glass",
    "carried_over",
    "clock_reason",
    "joining",
    "joined_row",
];

static FACTS: LazyLock<HashMap<&'static str, &'static Table>> = LazyLock::new(|| {
    let is_fact = |table: &&Table| {
        table.place_of("superseded_at").is_some() || WRITTEN_ONCE.contains(&table.name.as_str())
    };
    tables().iter().filter(is_fact).map(|table| (table.name.as_str(), table)).collect()
});

/// The tables of facts: those dated twice, and a few that are written once.
pub fn fact_tables() -> impl Iterator<Item = &'static Table> {
    tables().iter().filter(|table| FACTS.contains_key(table.name.as_str()))
}

/// A row as it stood after a statement wrote it.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its table.
    pub table: &'static Table,
    /// Its values, in the order of the columns.
    pub row: Vec<Value>,
}

/// The table of facts that a statement writes, if it writes one.
pub(crate) fn written_by(sql: &str) -> Option<&'static Table> {
    let rest = sql.strip_prefix("INSERT INTO ").or_else(|| sql.strip_prefix("UPDATE "))?;
    let name = rest.split([' ', '(']).next()?;
    FACTS.get(name).copied()
}

/// The same statement, which also gives the rows back as they then stand.
#[expect(clippy::disallowed_methods, reason = "a fixed text with the names of columns of our own schema")]
pub(crate) fn giving_back(sql: &'static str, table: &Table) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("{sql} RETURNING {}", table.names()))
}

impl Tx {
    /// What was written of the facts since it was last asked.
    pub fn written(&mut self) -> Vec<Written> {
        std::mem::take(&mut self.written)
    }

    /// Runs a statement that writes facts, and remembers the rows.
    pub(crate) async fn run_facts(
        &mut self,
        sql: &'static str,
        table: &'static Table,
        values: Vec<Value>,
    ) -> Result<u64> {
        let sql = giving_back(sql, table);
        let rows: Vec<Vec<Value>> = match &mut self.conn.link {
            Link::Sqlite(c) => {
                let rows = crate::conn::given(sqlx::query(sql), values).fetch_all(&mut **c).await?;
                rows.iter().map(|row| from_sqlite(table, row)).collect::<Result<_>>()?
            }
            Link::Postgres(c) => {
                let rows = crate::conn::given(sqlx::query(sql), values).fetch_all(&mut **c).await?;
                rows.iter().map(|row| from_postgres(table, row)).collect::<Result<_>>()?
            }
        };
        let many = rows.len() as u64;
        self.written.extend(rows.into_iter().map(|row| Written { table, row }));
        Ok(many)
    }
}
