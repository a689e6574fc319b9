//! Promises where they are followed up: of a person, and of the worker who made them. A promise is shown to
//! those who may read the entry it was made in.

use super::reach::Reach;
use super::said::{Promised, promised};
use super::store::{self, PromisedRow};
use super::whole::heads;
use crate::{Result, Who};
use db::{Conn, args};
use jiff::Timestamp;
use practice::id::{PersonId, PromiseId, WorkerId};
use std::collections::HashSet;
use uuid::Uuid;

/// A promise with the one it is about or made to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The promise.
    pub promise: Promised,
    /// The name of the person it is about or made to.
    pub to: String,
    /// One or two letters of that name.
    pub to_initials: String,
    /// Their colour.
    pub to_hue: i64,
}

/// Leaves out promises whose entry the reader may not read.
async fn readable(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    rows: Vec<PromisedRow>,
) -> Result<Vec<PromisedRow>> {
    let ids: HashSet<Uuid> = rows.iter().filter_map(|row| row.entry_id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let found = heads(conn, &ids).await?;
    let read = Reach::of(who, now).readable(conn, found).await?;
    let read: HashSet<Uuid> = read.into_iter().map(|entry| entry.id.0).collect();
    Ok(rows.into_iter().filter(|row| row.entry_id.is_none_or(|id| read.contains(&id))).collect())
}

/// The promises about a person that this reader may read: those still open first by when they are due, then
/// the latest that ended.
///
/// # Errors
/// Where the database refuses.
pub async fn promises_about(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    person: PersonId,
) -> Result<Vec<Promised>> {
    let rows: Vec<PromisedRow> = conn.all(store::PROMISES_ABOUT, args![person]).await?;
    readable(conn, who, now, rows).await?.into_iter().map(promised).collect()
}

/// The open promises a worker made, by when they are due.
///
/// # Errors
/// Where the database refuses.
pub async fn promises_by(conn: &mut Conn, who: &Who, now: Timestamp, worker: WorkerId) -> Result<Vec<Made>> {
    let rows: Vec<PromisedRow> = conn.all(store::PROMISES_BY, args![worker]).await?;
    let rows = readable(conn, who, now, rows).await?;
    let mut made = Vec::with_capacity(rows.len());
    for row in rows {
        let to: (String, String, i64) = conn.one(store::TO_WHOM, args![row.person_id]).await?;
        made.push(Made { promise: promised(row)?, to: to.0, to_initials: to.1, to_hue: to.2 });
    }
    Ok(made)
}

/// One promise as it stands, if the reader may read the entry it was made in.
///
/// # Errors
/// Where the database refuses.
pub async fn promise_now(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    promise: PromiseId,
) -> Result<Option<Made>> {
    let rows: Vec<PromisedRow> = conn.all(store::PROMISE_NOW, args![promise]).await?;
    let Some(row) = readable(conn, who, now, rows).await?.pop() else { return Ok(None) };
    let to: (String, String, i64) = conn.one(store::TO_WHOM, args![row.person_id]).await?;
    Ok(Some(Made { promise: promised(row)?, to: to.0, to_initials: to.1, to_hue: to.2 }))
}
