//! What was filed since an instant, oldest first, in portions: for taking entries along to another system.

use super::said::{Whole, with_all};
use super::store;
use super::whole::heads;
use crate::{Result, Who};
use db::{At, Conn, args};
use jiff::Timestamp;
use uuid::Uuid;

/// How many entries are judged at a time.
const PORTION: usize = 240;

/// Where a portion begins: the instant, and the entry of that instant after which it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Onward {
    at: Timestamp,
    after: Uuid,
}

impl Onward {
    /// From an instant on.
    pub const fn from(at: Timestamp) -> Self {
        Self { at, after: Uuid::nil() }
    }
}

/// The next portion of entries as they stand now that this reader may read, and where to go on; nothing to go on
/// from when all were looked at.
///
/// # Errors
/// Where the database refuses.
pub async fn filed_since(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    onward: Onward,
) -> Result<(Vec<Whole>, Option<Onward>)> {
    let rows: Vec<(Uuid, At)> = conn.all(store::FILED_SINCE, args![onward.at, onward.after]).await?;
    let last = rows.last().map(|(id, at)| Onward { at: at.0, after: *id });
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let found = heads(conn, &ids).await?;
    let readable = super::reach::Reach::of(who, now).readable(conn, found).await?;
    let whole = with_all(conn, readable, None).await?;
    Ok((whole, last.filter(|_| rows.len() == PORTION)))
}
