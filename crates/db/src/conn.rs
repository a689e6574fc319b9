//! A connection that reads and a transaction that writes.

use crate::facts::{Written, written_by};
use crate::{At, Day, DbError, Result, Value, on};
use futures::StreamExt;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Database, Encode, FromRow, Postgres, Sqlite, Transaction, Type};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use uuid::Uuid;

/// A snapshot that reads. On PostgreSQL it is repeatable-read and read-only; on SQLite it comes from the
/// pool that may only query.
///
/// A snapshot does not change, so what was worked out from it holds as long as it does: [`Conn::keep`] puts that
/// by and [`Conn::recall`] takes it up again. A transaction that writes remembers nothing.
pub struct Conn {
    pub(crate) link: Link,
    memory: Option<Memory>,
}

/// What the database was asked, until it answers. It is put in a box on purpose: whoever waits for it need not know how either
/// driver waits, and the compiler does not have to look through both again for every page that asks something.
pub type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// The transaction of either engine.
pub(crate) enum Link {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

type Memory = HashMap<TypeId, Box<dyn Any + Send>>;

/// A transaction that writes. Dropped without [`Tx::commit`], nothing of it stays.
pub struct Tx {
    pub(crate) conn: Conn,
    pub(crate) written: Vec<Written>,
}

/// A struct that both engines can fill.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{}

/// Binding, once for both engines and both kinds of query.
pub(crate) trait Binds<DB: Database>: Sized {
    fn give<T: 'static + Send + Encode<'static, DB> + Type<DB>>(self, value: T) -> Self;

    fn give_all(mut self, values: Vec<Value>) -> Self
    where
        Option<Uuid>: Encode<'static, DB> + Type<DB>,
        Option<String>: Encode<'static, DB> + Type<DB>,
        Option<i64>: Encode<'static, DB> + Type<DB>,
        Option<bool>: Encode<'static, DB> + Type<DB>,
        Option<Day>: Encode<'static, DB> + Type<DB>,
        Option<At>: Encode<'static, DB> + Type<DB>,
        Option<Vec<u8>>: Encode<'static, DB> + Type<DB>,
    {
        for value in values {
            self = match value {
                Value::Key(it) => self.give(it),
                Value::Text(it) => self.give(it),
                Value::Int(it) => self.give(it),
                Value::Bool(it) => self.give(it),
                Value::Day(it) => self.give(it.map(Day)),
                Value::At(it) => self.give(it.map(At)),
                Value::Bytes(it) => self.give(it),
            };
        }
        self
    }
}

macro_rules! binds {
    ($($db:ident $args:ty;)*) => {$(
        impl Binds<$db> for Query<'static, $db, $args> {
            fn give<T: 'static + Send + Encode<'static, $db> + Type<$db>>(self, value: T) -> Self {
                self.bind(value)
            }
        }
        impl<O> Binds<$db> for QueryAs<'static, $db, O, $args> {
            fn give<T: 'static + Send + Encode<'static, $db> + Type<$db>>(self, value: T) -> Self {
                self.bind(value)
            }
        }
    )*};
}

binds! { Sqlite SqliteArguments; Postgres PgArguments; }

impl Conn {
    pub(crate) fn reading(link: Link) -> Self {
        Self { link, memory: Some(Memory::new()) }
    }

    pub(crate) const fn writing(link: Link) -> Self {
        Self { link, memory: None }
    }

    /// Takes up what was kept of this type, if anything was.
    pub fn recall<T: Any + Send>(&mut self) -> Option<T> {
        let kept = self.memory.as_mut()?.remove(&TypeId::of::<T>())?;
        kept.downcast().ok().map(|kept| *kept)
    }

    /// Keeps something worked out from this snapshot, one of each type. In a transaction that writes it is let go.
    pub fn keep<T: Any + Send>(&mut self, worked_out: T) {
        if let Some(memory) = &mut self.memory {
            memory.insert(TypeId::of::<T>(), Box::new(worked_out));
        }
    }

    /// Every row of a query.
    ///
    /// # Errors
    /// [`DbError::Driver`] where the database refuses.
    pub fn all<T: Row>(&mut self, sql: &'static str, values: Vec<Value>) -> Asked<'_, Vec<T>> {
        Box::pin(async move {
            Ok(on!(&mut self.link, Link, |c| sqlx::query_as::<_, T>(sql)
                .give_all(values)
                .fetch_all(&mut **c)
                .await)?)
        })
    }

    /// The one row of a query, if there is one.
    ///
    /// # Errors
    /// [`DbError::Driver`] where the database refuses.
    pub fn maybe<T: Row>(&mut self, sql: &'static str, values: Vec<Value>) -> Asked<'_, Option<T>> {
        Box::pin(async move {
            Ok(on!(&mut self.link, Link, |c| sqlx::query_as::<_, T>(sql)
                .give_all(values)
                .fetch_optional(&mut **c)
                .await)?)
        })
    }

    /// The one row of a query that always has one (a count, a sum).
    ///
    /// # Errors
    /// [`DbError::Driver`] where the database refuses or there is no row.
    pub fn one<T: Row>(&mut self, sql: &'static str, values: Vec<Value>) -> Asked<'_, T> {
        Box::pin(async move {
            Ok(on!(&mut self.link, Link, |c| sqlx::query_as::<_, T>(sql)
                .give_all(values)
                .fetch_one(&mut **c)
                .await)?)
        })
    }

    /// The rows of a query one at a time, so that memory stays bounded. Says how many there were.
    ///
    /// # Errors
    /// [`DbError::Driver`] where the database refuses; whatever `take` returns stops it.
    pub async fn each<T: Row, E: From<DbError>>(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
        mut take: impl FnMut(T) -> std::result::Result<(), E>,
    ) -> std::result::Result<u64, E> {
        let mut rows = 0;
        on!(&mut self.link, Link, |c| {
            let mut found = sqlx::query_as::<_, T>(sql).give_all(values).fetch(&mut **c);
            while let Some(row) = found.next().await {
                take(row.map_err(DbError::from)?)?;
                rows += 1;
            }
        });
        Ok(rows)
    }

    /// A single number, for counts.
    ///
    /// # Errors
    /// As [`Conn::one`].
    pub fn number(&mut self, sql: &'static str, values: Vec<Value>) -> Asked<'_, i64> {
        Box::pin(async move { Ok(self.one::<(i64,)>(sql, values).await?.0) })
    }

    /// Which engine this is.
    pub const fn dialect(&self) -> crate::Dialect {
        match self.link {
            Link::Sqlite(_) => crate::Dialect::Sqlite,
            Link::Postgres(_) => crate::Dialect::Postgres,
        }
    }
}

/// Gives a made statement its values.
pub(crate) fn given<Q: Binds<DB>, DB: Database>(query: Q, values: Vec<Value>) -> Q
where
    Option<Uuid>: Encode<'static, DB> + Type<DB>,
    Option<String>: Encode<'static, DB> + Type<DB>,
    Option<i64>: Encode<'static, DB> + Type<DB>,
    Option<bool>: Encode<'static, DB> + Type<DB>,
    Option<Day>: Encode<'static, DB> + Type<DB>,
    Option<At>: Encode<'static, DB> + Type<DB>,
    Option<Vec<u8>>: Encode<'static, DB> + Type<DB>,
{
    query.give_all(values)
}

impl Tx {
    pub(crate) const fn begun(conn: Conn) -> Self {
        Self { conn, written: vec![] }
    }

    /// Runs a statement that writes and says how many rows it touched.
    ///
    /// # Errors
    /// [`DbError::Conflict`] where a unique key is broken.
    pub fn run(&mut self, sql: &'static str, values: Vec<Value>) -> Asked<'_, u64> {
        Box::pin(async move {
            if let Some(table) = written_by(sql) {
                return self.run_facts(sql, table, values).await;
            }
            Ok(match &mut self.conn.link {
                Link::Sqlite(c) => sqlx::query(sql).give_all(values).execute(&mut **c).await?.rows_affected(),
                Link::Postgres(c) => {
                    sqlx::query(sql).give_all(values).execute(&mut **c).await?.rows_affected()
                }
            })
        })
    }

    /// Runs a statement made from our own schema (backups only).
    pub(crate) async fn run_made(
        &mut self,
        sql: sqlx::AssertSqlSafe<String>,
        values: Vec<Value>,
    ) -> Result<()> {
        match &mut self.conn.link {
            Link::Sqlite(c) => sqlx::query(sql).give_all(values).execute(&mut **c).await.map(|_| ())?,
            Link::Postgres(c) => sqlx::query(sql).give_all(values).execute(&mut **c).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Runs a statement that must touch exactly one row: the check of a version.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it touched none.
    pub fn run_one(&mut self, sql: &'static str, values: Vec<Value>) -> Asked<'_, ()> {
        Box::pin(async move { if self.run(sql, values).await? == 1 { Ok(()) } else { Err(DbError::Stale) } })
    }

    /// Makes everything since it began last.
    ///
    /// # Errors
    /// [`DbError::Driver`] where the database could not make it durable: then nothing of it stays.
    pub fn commit(self) -> Asked<'static, ()> {
        Box::pin(async move { Ok(on!(self.conn.link, Link, |c| c.commit().await)?) })
    }

    /// Gives everything since it began up.
    ///
    /// # Errors
    /// [`DbError::Driver`] where the connection is gone.
    pub fn give_up(self) -> Asked<'static, ()> {
        Box::pin(async move { Ok(on!(self.conn.link, Link, |c| c.rollback().await)?) })
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}
