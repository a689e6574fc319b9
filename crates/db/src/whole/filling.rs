//! Filling an empty table, many rows to a statement, with little of it in memory.

use super::{Kind, Table};
use crate::{Result, Tx, Value};
use sqlx::AssertSqlSafe;

/// How many bytes of rows wait for one statement at most, but for the last row.
const WAITING: usize = 4 * 1024 * 1024;

/// A table that is being filled. Rows come in any order that keeps to the tables they point at; a row may point at
/// one of the same table that comes later.
pub struct Filling<'a> {
    table: &'a Table,
    waiting: Vec<Value>,
    bytes: usize,
    rows: u64,
    written: u64,
    within: Vec<usize>,
    // what points at a row of the same table is set when all its rows are there: column, to, key
    later: Vec<(usize, Value, Value)>,
}

impl<'a> Filling<'a> {
    /// Begins to fill a table.
    pub fn new(table: &'a Table) -> Self {
        let within = table.points_within();
        Self { table, waiting: vec![], bytes: 0, rows: 0, written: 0, within, later: vec![] }
    }

    /// Takes a row. Says whether it was written together with those that waited.
    ///
    /// # Errors
    /// [`crate::DbError::Conflict`] where a row is there already; it may be one of those that waited.
    pub async fn row(&mut self, tx: &mut Tx, mut row: Vec<Value>) -> Result<bool> {
        for place in &self.within {
            let points = std::mem::replace(&mut row[*place], nothing(self.table.columns[*place].1));
            if points != row[*place] {
                self.later.push((*place, points, row[self.table.key[0]].clone()));
            }
        }
        self.bytes += row.iter().map(size).sum::<usize>();
        self.waiting.extend(row);
        self.rows += 1;
        let full = self.rows - self.written >= at_once(self.table) || self.bytes >= WAITING;
        if full {
            self.write(tx).await?;
        }
        Ok(full)
    }

    /// How many rows are written.
    pub const fn written(&self) -> u64 {
        self.written
    }

    /// Writes what waits still, and what points within the table. Says how many rows there were.
    ///
    /// # Errors
    /// As [`Filling::row`].
    pub async fn finish(&mut self, tx: &mut Tx) -> Result<u64> {
        self.write(tx).await?;
        for (place, points, key) in std::mem::take(&mut self.later) {
            let column = &self.table.columns[place].0;
            let by = &self.table.columns[self.table.key[0]].0;
            let sql = format!("UPDATE {} SET \"{column}\" = $1 WHERE \"{by}\" = $2", self.table.name);
            tx.run_made(made(sql), vec![points, key]).await?;
        }
        Ok(self.rows)
    }

    async fn write(&mut self, tx: &mut Tx) -> Result<()> {
        let many = self.rows - self.written;
        if many > 0 {
            let sql = self.table.insert(usize::try_from(many).unwrap_or_default(), tx.dialect());
            tx.run_made(made(sql), std::mem::take(&mut self.waiting)).await?;
            self.written = self.rows;
            self.bytes = 0;
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the text is made from our own schema alone")]
fn made(sql: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(sql)
}

/// How many rows go into one statement: both engines bound the number of its values.
fn at_once(table: &Table) -> u64 {
    (6_000 / table.columns.len().max(1)).clamp(1, 500) as u64
}

const fn nothing(kind: Kind) -> Value {
    match kind {
        Kind::Key => Value::Key(None),
        Kind::Text => Value::Text(None),
        Kind::Int => Value::Int(None),
        Kind::Bool => Value::Bool(None),
        Kind::Day => Value::Day(None),
        Kind::At => Value::At(None),
        Kind::Bytes => Value::Bytes(None),
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Text(Some(words)) => words.len(),
        Value::Bytes(Some(bytes)) => bytes.len(),
        _ => 16,
    }
}
