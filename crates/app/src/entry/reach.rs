//! Which entries a reader may read or correct: the facts of each, put to the rules with the reader's ties
//! to everyone it touches.

use super::whole::{Entry, heads};
use crate::access::{self, EntryAsk};
use crate::{Oops, Result, Who};
use db::Conn;
use jiff::Timestamp;
use practice::access::Decision;
use practice::entry::Part;
use practice::id::{EntryId, WorkerId};

/// A reader who reads several times in one request; how they reach people is gathered once.
pub(super) struct Reach<'a> {
    who: &'a Who,
    now: Timestamp,
    reach: Option<access::Reach>,
}

/// What the rules ask of one entry.
fn ask(entry: &Entry) -> EntryAsk {
    EntryAsk {
        author: entry.author.as_ref().map(|author| author.worker),
        readers: entry.readers,
        present: entry.workers.iter().map(|one| one.worker).collect(),
        named: entry.named.iter().filter_map(|one| one.worker).collect::<Vec<WorkerId>>(),
        touched: entry.people.iter().map(|one| (one.person, one.part == Part::About)).collect(),
    }
}

impl<'a> Reach<'a> {
    pub(super) fn of(who: &'a Who, now: Timestamp) -> Self {
        Self { who, now, reach: None }
    }

    /// Those of the entries that the reader may read.
    pub(super) async fn readable(&mut self, conn: &mut Conn, entries: Vec<Entry>) -> Result<Vec<Entry>> {
        let asks: Vec<EntryAsk> = entries.iter().map(ask).collect();
        let reach = match self.reach.take() {
            Some(reach) => reach,
            None => access::Reach::of(conn, self.who, self.now).await?,
        };
        let said = reach.read_entries(conn, &asks).await?;
        self.reach = Some(reach);
        let read = entries.into_iter().zip(said).filter(|(_, decision)| decision.is_allowed());
        Ok(read.map(|(entry, _)| entry).collect())
    }

    /// Whether the reader may correct an entry that they may read.
    pub(super) async fn correctable(&mut self, conn: &mut Conn, entry: &Entry) -> Result<Decision> {
        access::correct_entry(conn, self.who, self.now, &ask(entry)).await
    }
}

/// Lets a worker on who may correct an entry, or says what a page should say.
pub(super) async fn require_correct(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    entry: EntryId,
) -> Result<()> {
    let found = heads(conn, &[entry.0]).await?;
    let entry = found.first().ok_or(Oops::NotFound)?;
    access::let_on(Some(Reach::of(who, now).correctable(conn, entry).await?)).map(drop)
}
