//! An embedded database that lies locked on the disk: pages, write-ahead log and copies are unreadable without the
//! key. A build without the feature `encryption` refuses a key rather than leave the database in the clear.

use crate::{DbError, Key, Result};
use sqlx::sqlite::SqliteConnectOptions;
use std::path::Path;

/// What is said where a file cannot be read as a database.
const UNREADABLE: &str = "the database file is locked, or with another key, or is no database of Alongside. \
     Is this the key file it was last locked with (ALONGSIDE_KEY_FILE), and this program built with encryption?";

/// An error of opening, in words where it is the lock's.
pub(crate) fn told(error: sqlx::Error) -> DbError {
    // SQLITE_NOTADB: the first page makes no sense
    let not_one = |inner: &dyn sqlx::error::DatabaseError| inner.code().is_some_and(|code| code == "26");
    match &error {
        sqlx::Error::Database(inner) if not_one(&**inner) => DbError::Refused(UNREADABLE.to_owned()),
        _ => error.into(),
    }
}

#[cfg(not(feature = "encryption"))]
pub(crate) fn lock(_: SqliteConnectOptions, _: &Key) -> Result<SqliteConnectOptions> {
    Err(DbError::Refused(
        "a key for the database was given, and this program was built without encryption. \
         Build it with `--features encryption`, or take the key away"
            .to_owned(),
    ))
}

#[cfg(feature = "encryption")]
pub use with_key::{change_key, unused};
#[cfg(feature = "encryption")]
pub(crate) use with_key::{lock, proven};

/// Changing the key needs the other build.
///
/// # Errors
/// Always [`DbError::Refused`].
#[cfg(not(feature = "encryption"))]
pub async fn change_key(_: &Path, _: Option<&Key>, _: Option<&Key>) -> Result<()> {
    Err(unable())
}

/// The same.
///
/// # Errors
/// Always [`DbError::Refused`].
#[cfg(not(feature = "encryption"))]
pub async fn unused(_: &Path, _: Option<&Key>) -> Result<()> {
    Err(unable())
}

#[cfg(not(feature = "encryption"))]
fn unable() -> DbError {
    DbError::Refused(
        "this program was built without encryption: build it with `--features encryption`".to_owned(),
    )
}

#[cfg(feature = "encryption")]
mod with_key {
    use super::{DbError, Key, Path, Result, SqliteConnectOptions, told};
    use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};
    use std::fs::{self, File};
    use std::path::PathBuf;

    /// Options that open with this key. The statement that says the key is never logged.
    #[expect(clippy::unnecessary_wraps, reason = "the other build refuses")]
    pub(crate) fn lock(options: SqliteConnectOptions, key: &Key) -> Result<SqliteConnectOptions> {
        Ok(options.pragma("key", format!("\"{}\"", key.raw())).disable_statement_logging())
    }

    /// Proves that the engine knows locks at all: one that does not passes over the key in silence.
    pub(crate) async fn proven(connection: &mut SqliteConnection) -> Result<()> {
        let version: Option<(String,)> =
            sqlx::query_as("PRAGMA cipher_version").fetch_optional(connection).await?;
        match version {
            Some(_) => Ok(()),
            None => Err(DbError::Refused("this program's SQLite cannot lock a database".to_owned())),
        }
    }

    /// Locks a database with another key, or for the first time, or unlocks it: a new file is made beside it, proven
    /// row by row in number and page by page, and put into its place at once. Until then the old one is whole.
    ///
    /// # Errors
    /// [`DbError::Refused`] where the database is open elsewhere or the old key is wrong; nothing has changed then.
    pub async fn change_key(path: &Path, old: Option<&Key>, new: Option<&Key>) -> Result<()> {
        let made = beside(path, "changing");
        drop(fs::remove_file(&made));
        let mut connection = open(path, old).await?;
        alone(&mut connection).await?;
        // an attached database is opened as the first one is, which must be there
        File::create_new(&made)
            .map_err(|error| DbError::Refused(format!("{} could not be made: {error}", made.display())))?;
        let export = async {
            sqlx::query("ATTACH DATABASE $1 AS changed KEY $2")
                .bind(made.to_string_lossy().into_owned())
                .bind(new.map_or_else(String::new, Key::raw))
                .execute(&mut connection)
                .await?;
            sqlx::query("SELECT sqlcipher_export('changed')").fetch_all(&mut connection).await?;
            let rows = rows(&mut connection).await?;
            sqlx::query("DETACH DATABASE changed").execute(&mut connection).await?;
            Ok::<_, DbError>(rows)
        };
        let before = export.await;
        connection.close().await?;
        let done = async {
            let mut again = open(&made, new).await?;
            let whole: (String,) =
                sqlx::query_as("PRAGMA integrity_check").fetch_one(&mut again).await.map_err(told)?;
            let after = rows(&mut again).await?;
            again.close().await?;
            if whole.0 != "ok" || before? != after {
                return Err(DbError::Refused("the new file is not whole; nothing has changed".to_owned()));
            }
            into_place(&made, path).map_err(|error| {
                DbError::Refused(format!("{} could not be put into its place: {error}", made.display()))
            })
        }
        .await;
        if done.is_err() {
            drop(fs::remove_file(&made));
        }
        done
    }

    /// Proves that nobody else has the database open and that the key fits, before anything else is changed.
    ///
    /// # Errors
    /// [`DbError::Refused`] where either is not so.
    pub async fn unused(path: &Path, key: Option<&Key>) -> Result<()> {
        let mut connection = open(path, key).await?;
        alone(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }

    /// Only whoever has it alone can leave the write-ahead log.
    async fn alone(connection: &mut SqliteConnection) -> Result<()> {
        sqlx::query("PRAGMA journal_mode = DELETE").fetch_all(connection).await.map_err(|_| {
            DbError::Refused("the database is in use: stop Alongside, then change its key".to_owned())
        })?;
        Ok(())
    }

    async fn open(path: &Path, key: Option<&Key>) -> Result<SqliteConnection> {
        let options = SqliteConnectOptions::new().filename(path).disable_statement_logging();
        let options = match key {
            Some(key) => lock(options, key)?,
            None => options,
        };
        let mut connection = options.connect().await.map_err(told)?;
        proven(&mut connection).await?;
        // the first read shows whether the key fits
        sqlx::query("SELECT count(*) FROM sqlite_master").fetch_all(&mut connection).await.map_err(told)?;
        Ok(connection)
    }

    /// How many rows each table has.
    #[expect(clippy::disallowed_methods, reason = "the names of the database's own tables")]
    async fn rows(connection: &mut SqliteConnection) -> Result<Vec<(String, i64)>> {
        let names: Vec<(String,)> =
            sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
                .fetch_all(&mut *connection)
                .await?;
        let mut all = vec![];
        for (name,) in names {
            let count = format!("SELECT count(*) FROM main.\"{name}\"");
            let (rows,): (i64,) = sqlx::query_as(AssertSqlSafe(count)).fetch_one(&mut *connection).await?;
            all.push((name, rows));
        }
        Ok(all)
    }

    fn beside(path: &Path, word: &str) -> PathBuf {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(word);
        PathBuf::from(name)
    }

    fn into_place(made: &Path, path: &Path) -> std::io::Result<()> {
        File::open(made)?.sync_all()?;
        fs::rename(made, path)?;
        path.parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .map_or(Ok(()), |parent| File::open(parent)?.sync_all())
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::{Db, args};

        const CANARY: &str = "Quillfeather";

        fn holds(path: &Path) -> bool {
            ["", "-wal", "-shm"].iter().any(|ending| {
                let mut name = path.as_os_str().to_owned();
                name.push(ending);
                fs::read(PathBuf::from(name))
                    .is_ok_and(|bytes| bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()))
            })
        }

        async fn filled(path: &Path, key: Option<&Key>) -> Db {
            let db = Db::open_with(&format!("sqlite:{}", path.display()), key).await.unwrap();
            db.migrate().await.unwrap();
            let mut tx = db.write().await.unwrap();
            let now = crate::At(jiff::Timestamp::UNIX_EPOCH);
            tx.run(
                "INSERT INTO holiday (day, change, name, recorded_at) VALUES ('2026-01-01', 'add', $1, $2)",
                args![CANARY, now],
            )
            .await
            .unwrap();
            tx.commit().await.unwrap();
            db
        }

        async fn name(path: &Path, key: Option<&Key>) -> Result<String> {
            let db = Db::open_with(&format!("sqlite:{}", path.display()), key).await?;
            let row: (String,) = db.read().await?.one("SELECT name FROM holiday", args![]).await?;
            db.close().await;
            Ok(row.0)
        }

        #[tokio::test]
        async fn what_lies_on_the_disk_is_unreadable_without_the_key() {
            let folder = tempfile::tempdir().unwrap();
            let (path, key) = (folder.path().join("council.db"), Key::new([7; 32]));
            let db = filled(&path, Some(&key)).await;
            assert!(!holds(&path), "nothing in the file or its write-ahead log while it is open");
            let copy = folder.path().join("copy.db");
            db.copy_to(&copy.to_string_lossy()).await.unwrap();
            db.close().await;
            assert!(!holds(&path) && !holds(&copy));
            assert_eq!(name(&path, Some(&key)).await.unwrap(), CANARY);
            assert_eq!(name(&copy, Some(&key)).await.unwrap(), CANARY);
            for wrong in [None, Some(&Key::new([8; 32]))] {
                let error = name(&path, wrong).await.unwrap_err().to_string();
                assert!(error.contains("locked, or with another key"), "{error}");
            }
            // and the test would see it: in the clear it is there to read
            let plain = folder.path().join("plain.db");
            filled(&plain, None).await.close().await;
            assert!(holds(&plain));
            let error = name(&plain, Some(&key)).await.unwrap_err().to_string();
            assert!(error.contains("locked, or with another key"), "{error}");
        }

        #[tokio::test]
        async fn a_key_is_put_on_changed_and_taken_off_and_every_row_stays() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("council.db");
            let (one, two) = (Key::new([1; 32]), Key::new([2; 32]));
            filled(&path, None).await.close().await;
            for (old, new) in [(None, Some(&one)), (Some(&one), Some(&two)), (Some(&two), None)] {
                change_key(&path, old, new).await.unwrap();
                assert_eq!(name(&path, new).await.unwrap(), CANARY);
                assert_eq!(holds(&path), new.is_none());
                assert!(name(&path, old).await.is_err());
            }
        }

        #[tokio::test]
        async fn a_key_does_not_change_while_the_record_is_open_or_with_the_wrong_one() {
            let folder = tempfile::tempdir().unwrap();
            let (path, one, two) = (folder.path().join("council.db"), Key::new([1; 32]), Key::new([2; 32]));
            let db = filled(&path, Some(&one)).await;
            let reading = db.read().await.unwrap();
            let error = change_key(&path, Some(&one), Some(&two)).await.unwrap_err().to_string();
            assert!(error.contains("stop Alongside"), "{error}");
            drop(reading);
            db.close().await;
            assert!(change_key(&path, Some(&two), Some(&one)).await.is_err());
            assert_eq!(name(&path, Some(&one)).await.unwrap(), CANARY);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half made is left");
        }
    }
}

#[cfg(all(test, not(feature = "encryption")))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_build_that_cannot_lock_refuses_a_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("council.db");
        let opened =
            crate::Db::open_with(&format!("sqlite:{}", path.display()), Some(&Key::new([7; 32]))).await;
        let error = opened.err().unwrap().to_string();
        assert!(error.contains("built without encryption"), "{error}");
        assert!(!path.exists(), "and makes nothing in the clear");
        std::fs::write(&path, [7; 4096]).unwrap();
        let opened = crate::Db::open(&format!("sqlite:{}", path.display())).await;
        let error = opened.err().unwrap().to_string();
        assert!(error.contains("locked, or with another key"), "{error}");
    }
}
