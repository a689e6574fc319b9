//! Who has seen someone, and when: drawn from the entries that say so.

use super::reach::Reach;
use super::store;
use super::whole::heads;
use crate::{Result, Who};
use db::{Conn, args};
use jiff::Timestamp;
use practice::entry::{Manner, Part, Seen};
use practice::id::{EntryId, PersonId};
use uuid::Uuid;

/// One time someone was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastSeen {
    /// When.
    pub at: Timestamp,
    /// By whom: whoever wrote it and the colleagues who were there.
    pub by: Vec<String>,
    /// Out of earshot of everyone else.
    pub alone: bool,
    /// How they met.
    pub manner: Option<Manner>,
    /// Where it stands.
    pub entry: EntryId,
}

/// The last times someone was seen, newest first, of the entries that this reader may read; as known now or
/// at an instant.
///
/// # Errors
/// Where the database refuses.
pub async fn seen_lately(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<LastSeen>> {
    let rows: Vec<(Uuid,)> = conn.all(store::SEEN, args![person, known.unwrap_or(now), 12]).await?;
    let ids: Vec<Uuid> = rows.into_iter().map(|row| row.0).collect();
    let found = heads(conn, &ids).await?;
    let entries = Reach::of(who, now).readable(conn, found).await?;
    Ok(entries
        .into_iter()
        .map(|entry| {
            let mine = entry.people.iter().find(|one| one.person == person && one.part == Part::About);
            let author = entry.author.iter().map(|author| author.name.clone());
            let mut by: Vec<String> = author.collect();
            for one in &entry.workers {
                if !by.contains(&one.name) {
                    by.push(one.name.clone());
                }
            }
            LastSeen {
                at: entry.happened_at,
                by,
                alone: mine.is_some_and(|one| one.seen == Some(Seen::Alone)),
                manner: entry.manner,
                entry: entry.id,
            }
        })
        .collect())
}
