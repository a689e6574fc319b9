//! Sealing: chaining the rows that wait, one after another, so that none can change or go unseen.
//!
//! Any process may seal; the number of the next seal is unique, so of two that try at once one gives way
//! and finds the work done. Nobody who records ever waits for it.

use super::store::{self, HeadRow, SEALS_AT_ONCE, WaitingRow};
use crate::{App, Oops, Result};
use db::{Conn, Db, DbError, Tx, args};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::Duration;

/// How often waiting rows are looked for.
const EVERY: Duration = Duration::from_secs(1);
/// After how many of those looks the head is written outside the database: an hour.
const LOOKS_AN_HOUR: u32 = 3600;

/// The newest link of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many rows are sealed.
    pub number: i64,
    /// The hash that proves them all.
    pub hash: [u8; 32],
}

/// What the first link hangs on.
pub(super) const GROUND: [u8; 32] = [0; 32];

/// The hash of one link: of the link before, its own number and the row's own hash.
pub(super) fn link(before: &[u8], number: i64, own: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(number.to_be_bytes());
    hash.update(own);
    hash.finalize().into()
}

/// The head of the chain; none while nothing is sealed.
///
/// # Errors
/// Where the database refuses.
pub async fn head(conn: &mut Conn) -> Result<Option<Head>> {
    let row: Option<HeadRow> = conn.maybe(store::HEAD, args![]).await?;
    let Some(row) = row else { return Ok(None) };
    let hash: [u8; 32] = row.hash.as_slice().try_into().map_err(|_| DbError::Broken {
        table: "journal_seal",
        column: "hash",
        row: row.seq.to_string(),
    })?;
    Ok(Some(Head { number: row.seq, hash }))
}

/// Seals every row that waits and says how many it sealed.
///
/// # Errors
/// Where the database refuses; what was sealed before stays sealed.
pub async fn seal(db: &Db, now: Timestamp) -> Result<usize> {
    let mut sealed = 0;
    loop {
        // asked of a reader first: an idle council writes nothing each second
        let mut conn = db.read().await?;
        let waiting = conn.number(store::ANY_WAITING, args![]).await?;
        drop(conn);
        if waiting == 0 {
            return Ok(sealed);
        }
        match seal_some(db, now).await {
            // nothing left, or another process sealed these rows in the same moment
            Ok(0) | Err(Given::Way) => return Ok(sealed),
            Ok(some) => sealed += some,
            Err(Given::Up(oops)) => return Err(oops),
        }
    }
}

enum Given {
    Way,
    Up(Oops),
}

impl From<DbError> for Given {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Conflict(_) => Self::Way,
            DbError::Stale | DbError::Broken { .. } | DbError::Refused(_) | DbError::Driver(_) => {
                Self::Up(error.into())
            }
        }
    }
}

async fn seal_some(db: &Db, now: Timestamp) -> std::result::Result<usize, Given> {
    let mut tx = db.write().await?;
    let before = head(&mut tx).await.map_err(Given::Up)?;
    let first = before.as_ref().map_or(0, |head| head.number);
    let mut hash = before.map_or(GROUND, |head| head.hash);
    let rows: Vec<WaitingRow> = tx.all(store::WAITING, args![]).await?;
    let mut number = first;
    let mut seals = Vec::with_capacity(rows.len());
    for row in &rows {
        number += 1;
        hash = link(&hash, number, &row.own_hash);
        seals.push(args![number, row.journal_id, &hash, now]);
    }
    put(&mut tx, seals).await?;
    tx.run(store::SEALED, args![first]).await?;
    tx.commit().await?;
    Ok(rows.len())
}

async fn put(tx: &mut Tx, mut seals: Vec<Vec<db::Value>>) -> db::Result<()> {
    while seals.len() >= SEALS_AT_ONCE {
        let values = seals.drain(..SEALS_AT_ONCE).flatten().collect();
        tx.run(store::SEALS, values).await?;
    }
    for values in seals {
        tx.run(store::SEAL, values).await?;
    }
    Ok(())
}

/// Seals each second for as long as the program runs, and writes the head to a folder outside the
/// database each hour, beginning at once.
pub fn keep_sealing(app: App, heads: PathBuf) {
    tokio::spawn(async move {
        let mut looks = 0_u32;
        let mut tick = tokio::time::interval(EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut troubled = false;
        loop {
            tick.tick().await;
            let now = app.moment().now();
            let mut done = seal(&app.db, now).await.map(drop);
            if done.is_ok() && looks == 0 {
                done = super::write_head(&app, &heads, now).await.map(drop);
            }
            looks = (looks + 1) % LOOKS_AN_HOUR;
            match done {
                Ok(()) => troubled = false,
                Err(error) => {
                    // said once, not each second
                    if !troubled {
                        tracing::error!("the journal could not be sealed: {error}");
                    }
                    troubled = true;
                }
            }
        }
    });
}
