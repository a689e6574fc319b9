//! The timeline of a person or a family: what this reader may read of it, newest first, as known now or as
//! known at an instant. Pages are filled after access is asked, so that their length tells nothing.

use super::reach::Reach;
use super::said::{Whole, with_all};
use super::whole::{Entry, heads};
use super::{found, store};
use crate::{Result, Who};
use db::{At, Conn, args};
use jiff::Timestamp;
use practice::entry::EntryKind;
use practice::id::{EntryId, PersonId, WorkerId};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// Which entries are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind only.
    pub kind: Option<EntryKind>,
    /// Written by this worker only.
    pub author: Option<WorkerId>,
    /// Significant moments only.
    pub significant: bool,
    /// Only those that hold these words, whatever their case, in what happened, was said or was promised.
    pub words: Option<String>,
    /// As known at this instant; none for now.
    pub known: Option<Timestamp>,
    /// Only what comes after (that is, happened before) this one.
    pub after: Option<Cursor>,
}

impl Filter {
    const fn is_plain(&self) -> bool {
        self.kind.is_none() && self.author.is_none() && !self.significant && self.known.is_none()
    }
}

/// A place in a timeline: when an entry happened, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// When it happened.
    pub at: Timestamp,
    /// Which.
    pub entry: EntryId,
}

impl Cursor {
    pub(super) const START: Self = Self { at: Timestamp::MAX, entry: EntryId(Uuid::max()) };
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.at.as_microsecond(), self.entry)
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (at, entry) = text.split_once('_').ok_or(())?;
        let at = Timestamp::from_microsecond(at.parse().map_err(|_| ())?).map_err(|_| ())?;
        Ok(Self { at, entry: entry.parse().map_err(|_| ())? })
    }
}

/// One page of a timeline.
#[derive(Debug, Default)]
pub struct Page {
    /// The entries, newest first.
    pub entries: Vec<Whole>,
    /// Where the next page begins, if there is more that this reader may read.
    pub more: Option<Cursor>,
}

/// Candidates of one person after a place, newest first.
pub(super) async fn candidates(
    conn: &mut Conn,
    person: PersonId,
    filter: &Filter,
    after: Cursor,
    limit: i64,
) -> Result<Vec<Cursor>> {
    let mut values = args![person, after.at, after.entry, limit];
    let rows: Vec<(Uuid, At)> = if filter.is_plain() {
        conn.all(store::LATELY, values).await?
    } else {
        let kind = filter.kind.map_or("", EntryKind::code);
        let author = filter.author.map(|worker| worker.0);
        values.extend(args![kind, author.is_none(), author, filter.significant]);
        match filter.known {
            None => conn.all(store::CHOSEN_NOW, values).await?,
            Some(known) => {
                values.extend(args![known]);
                conn.all(store::CHOSEN_THEN, values).await?
            }
        }
    };
    Ok(rows.into_iter().map(|(entry, at)| Cursor { at: at.0, entry: entry.into() }).collect())
}

/// One page of the timeline of these people (one, or a family), each entry once.
///
/// # Errors
/// Where the database refuses.
pub async fn timeline(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    people: &[PersonId],
    filter: &Filter,
    length: usize,
) -> Result<Page> {
    let wanted = match &filter.words {
        Some(words) => Some(found::holding(conn, people, words).await?),
        None => None,
    };
    let mut reach = Reach::of(who, now);
    let mut kept: Vec<Entry> = vec![];
    let mut after = filter.after.unwrap_or(Cursor::START);
    // one more than the page holds says whether there is another page; a few more for what is left out
    let mut batch = (length + 1).next_multiple_of(12);
    loop {
        let (some, floor) = next(conn, people, filter, after, batch, wanted.as_ref()).await?;
        let ids: Vec<Uuid> = some.iter().map(|one| one.entry.0).collect();
        let entries = heads(conn, &ids).await?;
        kept.extend(reach.readable(conn, entries).await?);
        match floor {
            Some(floor) if kept.len() <= length => after = floor,
            _ => break,
        }
        batch = (batch * 2).min(240);
    }
    let more = (kept.len() > length).then(|| {
        kept.truncate(length);
        kept.last().map(|entry| Cursor { at: entry.happened_at, entry: entry.id })
    });
    Ok(Page { entries: with_all(conn, kept, filter.known).await?, more: more.flatten() })
}

/// The next candidates of all these people, each once, and where to go on.
async fn next(
    conn: &mut Conn,
    people: &[PersonId],
    filter: &Filter,
    after: Cursor,
    batch: usize,
    wanted: Option<&HashSet<Uuid>>,
) -> Result<(Vec<Cursor>, Option<Cursor>)> {
    // where few entries hold the words, more are looked at in one go
    let batch = if wanted.is_some() { batch.max(500) } else { batch };
    let limit = i64::try_from(batch).unwrap_or(i64::MAX);
    let mut all: BTreeSet<Cursor> = BTreeSet::new();
    let mut floor: Option<Cursor> = None;
    for &person in people {
        let some = candidates(conn, person, filter, after, limit).await?;
        if some.len() == batch {
            // this person may have more below here, so that others' lower ones wait
            floor = floor.max(some.last().copied());
        }
        all.extend(some);
    }
    let whole = all.into_iter().rev().filter(|one| floor.is_none_or(|floor| *one >= floor));
    let some = whole.filter(|one| wanted.is_none_or(|wanted| wanted.contains(&one.entry.0))).collect();
    Ok((some, floor))
}
