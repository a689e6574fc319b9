//! How much of what is recorded those who were there can read in their own space: counted for whoever wrote it and, of a
//! team, together. No words leave this file.

use super::named::{Asked, told};
use super::said::with_all;
use super::store;
use super::whole::{heads, padded};
use crate::Result;
use db::{Conn, Value};
use jiff::Timestamp;
use practice::calendar::london_day;
use practice::id::PersonId;
use practice::sharing::{Rate, counted};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// Who of these has a space of their own that is open, as known at an instant.
///
/// # Errors
/// Where the database refuses.
pub async fn have_spaces(
    conn: &mut Conn,
    people: &[PersonId],
    known: Timestamp,
) -> Result<HashSet<PersonId>> {
    let mut all = HashSet::new();
    let people: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    for some in people.chunks(24) {
        let mut values: Vec<Value> = padded(some);
        values.extend(db::args![known, london_day(known)]);
        let rows: Vec<(Uuid,)> = conn.all(store::HAVE_SPACES, values).await?;
        all.extend(rows.into_iter().map(|row| PersonId(row.0)));
    }
    Ok(all)
}

/// Of these entries, how many somebody of the record who was there can read, as known at an instant. It asks nothing of
/// access and gives numbers alone.
///
/// # Errors
/// Where the database refuses.
pub async fn share_rate(conn: &mut Conn, entries: &[Uuid], known: Timestamp) -> Result<Rate> {
    let found = heads(conn, entries).await?;
    let all = with_all(conn, found, Some(known)).await?;
    let asked = told(conn, &all).await?;
    let there: BTreeSet<PersonId> = asked.iter().flat_map(Asked::there).map(|one| one.person).collect();
    let there: Vec<PersonId> = there.into_iter().collect();
    let spaces = have_spaces(conn, &there, known).await?;
    let mut rate = Rate::default();
    for (whole, asked) in all.iter().zip(&asked) {
        rate.add(counted(&asked.told(whole), |person| spaces.contains(&person)));
    }
    Ok(rate)
}
