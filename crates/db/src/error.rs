//! What can go wrong with the database, in the words of the room that called.

/// A failure of the database. Absence is an `Option`, not an error.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A unique key already holds this value. The constraint's or column's name is given.
    #[error("already there ({0})")]
    Conflict(String),
    /// The thing has changed since it was read.
    #[error("it has changed since it was read")]
    Stale,
    /// A row that makes no sense: written by hand, or by a newer version.
    #[error("a row of {table} makes no sense: {column} of {row}")]
    Broken {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id.
        row: String,
    },
    /// The database was refused at start, with the reason and what to do.
    #[error("{0}")]
    Refused(String),
    /// Anything else the driver said.
    #[error("database: {0}")]
    Driver(sqlx::Error),
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(inner) = &error
            && inner.is_unique_violation()
        {
            return Self::Conflict(inner.constraint().unwrap_or_else(|| inner.message()).to_owned());
        }
        Self::Driver(error)
    }
}

impl From<sqlx::migrate::MigrateError> for DbError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Refused(format!("the database could not be brought up to date: {error}"))
    }
}
