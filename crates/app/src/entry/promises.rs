//! Promises where they are followed up: of a person, and of the worker who made them. A promise is shown to
//! those who may read the entry it was made in.

use super::reach::Reach;
use super::said::{Promised, promised};
use super::store::{self, PromisedRow};
use super::whole::heads;
use crate::{Result, Who, access};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::{Decision, Sight};
use practice::calendar::london_day;
use practice::id::{PersonId, PromiseId, TeamId, WorkerId};
use practice::promise::{self, FallsTo, MakerStands, Works};
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
    /// Whose it is to see to now.
    pub falls_to: FallsTo,
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
    // one made in no entry is told to whoever may know of who made it
    let alone = |row: &PromisedRow| row.by_person.filter(|_| row.entry_id.is_none()).map(PersonId);
    let makers: Vec<PersonId> = rows.iter().filter_map(alone).collect();
    let said = access::decide_many(conn, who, now, &makers, Sight::Exists).await?;
    let known = |maker: PersonId| said.get(&maker).is_some_and(Decision::is_allowed);
    let told = |row: &PromisedRow| match row.entry_id {
        Some(entry) => read.contains(&entry),
        None => alone(row).is_none_or(known),
    };
    Ok(rows.into_iter().filter(told).collect())
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

/// Every promise about a person, whoever asks: only for what decides itself who reads them.
///
/// # Errors
/// Where the database refuses.
pub(crate) async fn every_promise_about(conn: &mut Conn, person: PersonId) -> Result<Vec<Promised>> {
    let rows: Vec<PromisedRow> = conn.all(store::PROMISES_ABOUT, args![person]).await?;
    rows.into_iter().map(promised).collect()
}

async fn falls_to(conn: &mut Conn, row: &PromisedRow, today: Date) -> Result<FallsTo> {
    let Some(maker) = row.by_worker else { return Ok(FallsTo::Maker) };
    let (now, ever, left, answered): (i64, i64, i64, i64) =
        conn.one(store::HOW_THEY_STAND, args![row.person_id, maker, today]).await?;
    Ok(promise::falls_to(MakerStands {
        works: match (now > 0, ever > 0) {
            (true, _) => Works::Now,
            (false, true) => Works::Before,
            (false, false) => Works::Never,
        },
        left: left > 0,
        answered_for: answered > 0,
    }))
}

async fn made(conn: &mut Conn, row: PromisedRow, falls_to: FallsTo) -> Result<Made> {
    let to: (String, String, i64) = conn.one(store::TO_WHOM, args![row.person_id]).await?;
    Ok(Made { promise: promised(row)?, to: to.0, to_initials: to.1, to_hue: to.2, falls_to })
}

/// The open promises that are a worker's to see to, by when they are due: those they made, without the ones
/// that went with the person to someone else; and those of colleagues who work with the person no longer, of
/// people for whom the worker, or a team that they lead, answers now.
///
/// # Errors
/// Where the database refuses.
pub async fn promises_of(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    worker: WorkerId,
    led: &[TeamId],
) -> Result<Vec<Made>> {
    let today = london_day(now);
    let mut rows: Vec<PromisedRow> = conn.all(store::PROMISES_BY, args![worker]).await?;
    rows.extend(conn.all::<PromisedRow>(store::PROMISES_LEFT_TO, args![worker, today]).await?);
    for team in led {
        let left: Vec<PromisedRow> = conn.all(store::PROMISES_LEFT_IN, args![*team, today, worker]).await?;
        rows.extend(
            left.into_iter()
                .filter(|row| rows.iter().all(|held| held.promise_id != row.promise_id))
                .collect::<Vec<_>>(),
        );
    }
    let rows = readable(conn, who, now, rows).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let falls_to = falls_to(conn, &row, today).await?;
        let mine = row.by_worker == Some(worker.0);
        let here = match falls_to {
            FallsTo::Maker | FallsTo::WorkIsOver => mine,
            FallsTo::Next | FallsTo::NextAsTheyLeft => !mine,
        };
        if here {
            all.push(made(conn, row, falls_to).await?);
        }
    }
    all.sort_by_key(|one| {
        (one.falls_to == FallsTo::WorkIsOver, one.promise.due_on.is_none(), one.promise.due_on)
    });
    Ok(all)
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
    let falls_to = falls_to(conn, &row, london_day(now)).await?;
    made(conn, row, falls_to).await.map(Some)
}
