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
    "record_item",
    "disagreement",
    "disagreement_answer",
    "tombstone",
    "story_read",
    "retelling",
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
    /// Whether it was taken away: then these are the values it had.
    pub gone: bool,
}

/// What a statement that takes rows away begins with.
const TAKES_AWAY: &str = "DELETE FROM ";

/// The table of facts that a statement writes, if it writes one.
pub(crate) fn written_by(sql: &str) -> Option<&'static Table> {
    let rest = [TAKES_AWAY, "INSERT INTO ", "UPDATE "].iter().find_map(|verb| sql.strip_prefix(verb))?;
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

    /// Says anew how a fact stands, for an account of changes that lost what it said of it. Says whether it is there.
    ///
    /// # Errors
    /// [`crate::DbError::Driver`] where the database refuses.
    pub async fn say_again(&mut self, table: &'static Table, key: Vec<Value>) -> Result<bool> {
        let Some(row) = crate::whole::row(&mut self.conn, table, key).await? else { return Ok(false) };
        self.written.push(Written { table, row, gone: false });
        Ok(true)
    }

    /// Puts other words in one column of one row, whichever table it is: lawful disposal, which takes somebody's name
    /// out of what is kept for others. A fact is remembered as written.
    ///
    /// # Errors
    /// [`crate::DbError::Driver`] where the database refuses.
    #[expect(clippy::disallowed_methods, reason = "the text is made from our own schema alone")]
    pub async fn put_words(
        &mut self,
        table: &'static Table,
        key: Vec<Value>,
        (column, words): (&str, String),
    ) -> Result<()> {
        let named = |(at, place): (usize, &usize)| format!("\"{}\" = ${}", table.columns[*place].0, at + 2);
        let by: Vec<String> = table.key.iter().enumerate().map(named).collect();
        let sql = format!("UPDATE {} SET \"{column}\" = $1 WHERE {}", table.name, by.join(" AND "));
        let mut values = vec![Value::Text(Some(words))];
        values.extend(key.iter().cloned());
        self.run_made(AssertSqlSafe(sql), values).await?;
        if FACTS.contains_key(table.name.as_str()) {
            self.say_again(table, key).await?;
        }
        Ok(())
    }

    /// Runs a statement that writes facts, and remembers the rows.
    pub(crate) async fn run_facts(
        &mut self,
        sql: &'static str,
        table: &'static Table,
        values: Vec<Value>,
    ) -> Result<u64> {
        let gone = sql.starts_with(TAKES_AWAY);
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
        self.written.extend(rows.into_iter().map(|row| Written { table, row, gone }));
        Ok(many)
    }
}
