//! Opening a database of either engine, safely set, and bringing its tables up to date.

use crate::conn::Link;
use crate::{Asked, Conn, DbError, Key, Result, Tx, locked};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Embedded.
    Sqlite,
    /// A server.
    Postgres,
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub enum Db {
    /// SQLite: one connection writes, others only read.
    Sqlite {
        /// The one writer.
        write: SqlitePool,
        /// The readers.
        read: SqlitePool,
    },
    /// PostgreSQL.
    Postgres(PgPool),
}

/// How often the write-ahead log is tried to be emptied; each try waits for readers itself.
const SWEEPS: u32 = 3;

static SQLITE: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/postgres");

impl Db {
    /// Opens a database by its address: `sqlite:PATH` or `postgres://...`.
    ///
    /// # Errors
    /// [`DbError::Refused`] names an address that is neither, or a server set to lose acknowledged work.
    pub async fn open(url: &str) -> Result<Self> {
        Self::open_with(url, None).await
    }

    /// The same, where the embedded database is locked with a key. A server's files are locked by its own means.
    ///
    /// # Errors
    /// As [`Db::open`], and where the key is another's or this program cannot lock.
    pub async fn open_with(url: &str, key: Option<&Key>) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            Self::sqlite(Path::new(path.trim_start_matches("//")), key).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::postgres(url).await
        } else {
            Err(DbError::Refused("the database address must begin with sqlite: or postgres://".to_owned()))
        }
    }

    async fn sqlite(path: &Path, key: Option<&Key>) -> Result<Self> {
        let mut options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(20))
            .pragma("mmap_size", "0")
            // what is taken away is written over, not only let go
            .pragma("secure_delete", "on")
            .pragma("cache_size", "-32000")
            .statement_cache_capacity(400);
        if let Some(key) = key {
            options = locked::lock(options, key)?;
        }
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_mins(1))
            .connect_with(options.clone())
            .await
            .map_err(locked::told)?;
        #[cfg(feature = "encryption")]
        if key.is_some() {
            let mut connection = write.acquire().await?;
            locked::proven(&mut connection).await?;
        }
        let read = SqlitePoolOptions::new()
            .max_connections(6)
            .test_before_acquire(false)
            .connect_with(options.create_if_missing(false).pragma("query_only", "on"))
            .await?;
        Ok(Self::Sqlite { write, read })
    }

    async fn postgres(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| DbError::Refused("the PostgreSQL address could not be read".to_owned()))?
            .application_name("alongside")
            // what is looked for lies in memory mostly: reading a whole table, by several processes, for a few of its rows
            // is never the cheaper way here
            .options([("random_page_cost", "1.1"), ("max_parallel_workers_per_gather", "0"), ("jit", "off")])
            .statement_cache_capacity(400);
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options)
            .await?;
        for (setting, sql) in [
            ("fsync", "SELECT current_setting('fsync')"),
            ("full_page_writes", "SELECT current_setting('full_page_writes')"),
            ("synchronous_commit", "SELECT current_setting('synchronous_commit')"),
        ] {
            let (found,): (String,) = sqlx::query_as(sql).fetch_one(&pool).await?;
            if found == "off" {
                return Err(DbError::Refused(format!(
                    "PostgreSQL's {setting} is off, so a saved visit could be lost when the power goes. Turn it on and start again."
                )));
            }
        }
        Ok(Self::Postgres(pool))
    }

    /// Which engine.
    pub const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite { .. } => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Begins a snapshot that reads.
    ///
    /// # Errors
    /// [`DbError::Driver`] where no connection is to be had.
    pub fn read(&self) -> Asked<'_, Conn> {
        Box::pin(async move {
            Ok(Conn::reading(match self {
                Self::Sqlite { read, .. } => Link::Sqlite(read.begin().await?),
                Self::Postgres(pool) => {
                    Link::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
                }
            }))
        })
    }

    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// [`DbError::Driver`] where no connection is to be had.
    pub fn write(&self) -> Asked<'_, Tx> {
        Box::pin(async move {
            Ok(Tx::begun(Conn::writing(match self {
                Self::Sqlite { write, .. } => Link::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
                Self::Postgres(pool) => Link::Postgres(pool.begin().await?),
            })))
        })
    }

    /// Leaves nothing behind of rows that were taken away: writes the embedded database anew without the space they
    /// had, and empties its write-ahead log. Waits for readers and keeps writers out meanwhile. A server's own
    /// housekeeping does it there: its dead rows are cleared at once, its log and backups age out.
    ///
    /// # Errors
    /// [`DbError::Driver`] where the database refuses; [`DbError::Refused`] where readers kept the log in use.
    pub async fn sweep(&self) -> Result<()> {
        let write = match self {
            Self::Postgres(pool) => {
                sqlx::query("VACUUM").execute(pool).await?;
                return Ok(());
            }
            Self::Sqlite { write, .. } => write,
        };
        let mut conn = write.acquire().await?;
        sqlx::query("VACUUM").execute(&mut *conn).await?;
        for _ in 0..SWEEPS {
            let (busy, _, _): (i64, i64, i64) =
                sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *conn).await?;
            if busy == 0 {
                return Ok(());
            }
        }
        Err(DbError::Refused(
            "the write-ahead log is still being read: it is emptied at the next try".to_owned(),
        ))
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// [`DbError::Refused`] where a table was changed by hand or the database is newer than this program.
    pub async fn migrate(&self) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => SQLITE.run(write).await?,
            Self::Postgres(pool) => POSTGRES.run(pool).await?,
        }
        Ok(())
    }

    /// How many migrations of this program the database has not had yet. A new database has had none.
    ///
    /// # Errors
    /// [`DbError::Driver`] where the database refuses.
    pub async fn behind(&self) -> Result<usize> {
        Ok(SQLITE.iter().count().saturating_sub(self.had().await))
    }

    /// Whether no migration was ever made: there is no council in it.
    ///
    /// # Errors
    /// [`DbError::Driver`] where the database refuses.
    pub async fn is_new(&self) -> Result<bool> {
        Ok(self.had().await == 0)
    }

    async fn had(&self) -> usize {
        const HAD: &str = "SELECT CAST(count(*) AS bigint) FROM _sqlx_migrations WHERE success";
        // a database without the table has had none
        let had: std::result::Result<(i64,), sqlx::Error> = match self {
            Self::Sqlite { write, .. } => sqlx::query_as(HAD).fetch_one(write).await,
            Self::Postgres(pool) => sqlx::query_as(HAD).fetch_one(pool).await,
        };
        had.map_or(0, |row| usize::try_from(row.0).unwrap_or(0))
    }

    /// Writes a whole copy of a SQLite database to a new file while others read and write.
    ///
    /// # Errors
    /// [`DbError::Refused`] on PostgreSQL, which has its own tools.
    pub async fn copy_to(&self, path: &str) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => {
                sqlx::query("VACUUM INTO $1").bind(path.to_owned()).execute(write).await?;
                Ok(())
            }
            Self::Postgres(_) => Err(DbError::Refused("only the embedded database can be copied".to_owned())),
        }
    }

    /// Waits for running work and closes.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
