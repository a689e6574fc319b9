//! The database kit: two engines (SQLite embedded, PostgreSQL for a council), one SQL text for both.
//!
//! It knows no word of practice. Readers take [`Conn`], writers take [`Tx`], which derefs to it; only a
//! `Tx` can write, so a page or card that writes does not compile. The `on!` macro that writes one body
//! into both engines stays inside this crate.
#![warn(missing_docs)]

mod check;
mod conn;
mod error;
mod facts;
mod key;
mod locked;
mod open;
mod value;
pub mod whole;

pub use check::{Column, columns, migrations_agree, prepare, schema};
pub use conn::{Asked, Conn, Row, Tx};
pub use error::DbError;
pub use facts::{Written, fact_tables};
pub use key::Key;
pub use locked::{change_key, unused};
pub use open::{Db, Dialect};
pub use sqlx::FromRow;
pub use value::{At, Day, ToValue, Value};

/// What every database call returns.
pub type Result<T> = std::result::Result<T, DbError>;

/// The values of a statement, in the order of `$1`, `$2` ...
#[macro_export]
macro_rules! args {
    () => { ::std::vec::Vec::<$crate::Value>::new() };
    ($($value:expr),+ $(,)?) => {{
        #[allow(unused_imports, clippy::allow_attributes, reason = "the trait may be in scope already")]
        use $crate::ToValue as _;
        ::std::vec![$(($value).value()),+]
    }};
}

/// Names static SQL texts and lists them as `ALL`, so that a test can prepare each on both engines.
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)+
        /// Every statement of this file, with its name.
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

/// Writes the same body for both engines.
macro_rules! on {
    ($it:expr, $kind:ident, |$c:ident| $body:expr) => {
        match $it {
            $kind::Sqlite($c) => $body,
            $kind::Postgres($c) => $body,
        }
    };
}
pub(crate) use on;
