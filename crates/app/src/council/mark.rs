//! Whose database this is, and whether everyone in it is invented: marked once, for ever.

use super::store::{self, CouncilRow};
use crate::{Moment, Oops, Result};
use db::{Conn, Tx, args};
use jiff::civil::Date;

/// What a database says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The council's name.
    pub name: String,
    /// Whether its people are real.
    pub nature: Nature,
}

/// Whether the people of a database are real.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A council's own record.
    Real,
    /// A demonstration that is still being made, or whose making was stopped.
    Unfinished,
    /// A demonstration whose days end on this one.
    Demonstration(Date),
}

/// The mark of a database, if it has one yet.
///
/// # Errors
/// Where the database refuses.
pub async fn mark_of(conn: &mut Conn) -> Result<Option<Mark>> {
    let row: Option<CouncilRow> = conn.maybe(store::READ, args![]).await?;
    Ok(row.map(|row| {
        let nature = match (row.demonstration, row.demonstration_day) {
            (false, _) => Nature::Real,
            (true, None) => Nature::Unfinished,
            (true, Some(day)) => Nature::Demonstration(day.0),
        };
        Mark { name: row.name, nature }
    }))
}

/// Marks a new database. One in which people work already never becomes a demonstration.
///
/// # Errors
/// [`Oops::Refused`] where it is marked, or where a demonstration would be made beside real people.
pub async fn mark(tx: &mut Tx, moment: &Moment, mark: &Mark) -> Result<()> {
    if let Some(before) = mark_of(tx).await? {
        return Err(Oops::Refused(format!("this database belongs to {} already", before.name)));
    }
    let invented = mark.nature != Nature::Real;
    if invented && tx.number(store::WORKERS, args![]).await? > 0 {
        return Err(Oops::Refused(
            "this database has workers; a demonstration is made in a new one".to_owned(),
        ));
    }
    let day = match mark.nature {
        Nature::Demonstration(day) => Some(day),
        Nature::Real | Nature::Unfinished => None,
    };
    tx.run(store::MARK, args![&mark.name, invented, day, moment.now()]).await?;
    Ok(())
}

/// Says that a demonstration is whole.
///
/// # Errors
/// [`Oops::Stale`] where the database is no unfinished demonstration.
pub async fn finished(tx: &mut Tx, day: Date) -> Result<()> {
    Ok(tx.run_one(store::FINISHED, args![day]).await?)
}
