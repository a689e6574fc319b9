//! What every room offers the rest of the house, without the rest knowing it.

use crate::{App, Result, Who};
use async_trait::async_trait;
use axum::Router;
use db::Conn;
use jiff::{Timestamp, civil::Date};
use maud::Markup;
use practice::id::PersonId;

/// Whose page it is, who reads it, and as of when.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The reader. A card leaves out what they may not see.
    pub who: &'a Who,
    /// The person whose page it is.
    pub person: PersonId,
    /// The day the page is drawn.
    pub today: Date,
    /// The instant the page is drawn.
    pub now: Timestamp,
    /// As known at this instant; none for now.
    pub known: Option<Timestamp>,
}

/// A piece of a person's page or of Today.
pub struct Card {
    /// Where it stands: lower comes first. The person's page uses 0 to 99 for the main column and from 100
    /// for the side column.
    pub place: u16,
    /// The piece itself, with its heading (h2).
    pub body: Markup,
}

/// What already lies in the record towards something on a list ("the story has been read").
pub struct Evidence {
    /// What it is evidence of.
    pub of: &'static str,
    /// In a sentence.
    pub words: String,
    /// Where to see it.
    pub href: String,
}

/// Where a person appears in a room's tables: static SQL, so that exports, joining two records and disposal need
/// no code of the room. `$1` is the person's id; in `merge`, `$2` is the id they turn out to have.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The column that names the person.
    pub person: &'static str,
    /// What a row is, in a word or two for a page: "name", "promise".
    pub what: &'static str,
    /// Selects the person's rows.
    pub export: &'static str,
    /// Moves them to another id.
    pub merge: &'static str,
    /// Erases them (retention rules only).
    pub dispose: &'static str,
    /// How single rows are told apart and moved, so that a joining can be undone row by row. None where the rows
    /// are worked out from others, or are reached through others.
    pub rows: Option<Rows>,
}

impl Place {
    /// The table and the column, as the account of a joining names them.
    pub fn name(&self) -> String {
        format!("{}.{}", self.table, self.person)
    }
}

/// How the single rows of a place are read and moved. `$1` is a row's id, in `all` the person's.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// Every row of a person: its id, what it belongs together with (`thread`), when it was recorded, and when it
    /// was superseded.
    pub all: &'static str,
    /// One row in words.
    pub words: &'static str,
    /// Moves one row to the person `$2`.
    pub give: &'static str,
    /// Says that a row was superseded at `$2`, or with null that it was not. None where rows are never superseded.
    pub over: Option<&'static str>,
    /// Writes a row once more, as `$2`, for the person `$3`.
    pub again: &'static str,
}

/// One folder of the house. `appears_in` has no default: a room that forgets it does not compile.
#[async_trait]
pub trait Room: Sync {
    /// Where a person appears in this room's tables.
    fn appears_in(&self) -> &'static [Place];

    /// The room's pages.
    fn routes(&self) -> Router<App> {
        Router::new()
    }

    /// Pieces for the person's page.
    async fn cards(&self, _conn: &mut Conn, _look: &Look<'_>) -> Result<Vec<Card>> {
        Ok(vec![])
    }

    /// Pieces for Today of a worker (`look.person` is not used).
    async fn today(&self, _conn: &mut Conn, _who: &Who, _app: &App, _today: Date) -> Result<Vec<Card>> {
        Ok(vec![])
    }

    /// What the record already holds towards a list of readiness.
    async fn evidence(&self, _conn: &mut Conn, _look: &Look<'_>) -> Result<Vec<Evidence>> {
        Ok(vec![])
    }
}
