//! An entry as it is read: its head, everyone in it, whose words, what was agreed, what hangs on it.

use super::store::{self, HeadRow};
use crate::Result;
use db::{Conn, DbError, Value};
use jiff::{Timestamp, civil::Date};
use practice::entry::{EntryKind, Manner, Part, Readers, Seen};
use practice::id::{EntryId, PersonId, WorkerId};
use practice::person::AccessLevel;
use std::collections::HashMap;
use uuid::Uuid;

/// One person's part in an entry.
#[derive(Clone, Debug)]
pub struct InIt {
    /// Who.
    pub person: PersonId,
    /// What they are to it.
    pub part: Part,
    /// Whether they were seen.
    pub seen: Option<Seen>,
    /// Why not.
    pub not_seen_why: Option<String>,
    /// The name they chose.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// Their colour.
    pub hue: i64,
    /// Who may learn that their record exists.
    pub level: AccessLevel,
}

/// A worker's part in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub worker: WorkerId,
    /// Their name.
    pub name: String,
    /// Their colour.
    pub hue: i64,
}

/// Someone named as a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedReader {
    /// Of the staff.
    pub worker: Option<WorkerId>,
    /// Of the record.
    pub person: Option<PersonId>,
    /// Their name.
    pub name: String,
}

/// One version of an entry, without its statements, promises and files.
#[derive(Clone, Debug)]
pub struct Entry {
    /// This version.
    pub id: EntryId,
    /// The same for every version.
    pub thread: EntryId,
    /// What sort of thing happened.
    pub kind: EntryKind,
    /// When.
    pub happened_at: Timestamp,
    /// How people met.
    pub manner: Option<Manner>,
    /// How long it took, in minutes, when that was said.
    pub minutes: Option<u32>,
    /// Where.
    pub place: Option<String>,
    /// A short title.
    pub title: Option<String>,
    /// What happened.
    pub narrative: String,
    /// Others who were there.
    pub others_present: Option<String>,
    /// A significant moment.
    pub significant: bool,
    /// The person it is addressed to.
    pub written_to: Option<PersonId>,
    /// Who may read it.
    pub readers: Readers,
    /// Why it is kept to staff.
    pub readers_why: Option<String>,
    /// When that is looked at again.
    pub readers_review_on: Option<Date>,
    /// Who wrote it.
    pub author: Option<Colleague>,
    /// Where an imported entry came from.
    pub source: Option<String>,
    /// Why this version was written.
    pub corrected_why: Option<String>,
    /// When it was filed.
    pub recorded_at: Timestamp,
    /// When a newer version took its place.
    pub superseded_at: Option<Timestamp>,
    /// Everyone it touches.
    pub people: Vec<InIt>,
    /// Staff who were there.
    pub workers: Vec<Colleague>,
    /// Those named as readers.
    pub named: Vec<NamedReader>,
}

impl Entry {
    /// Those it is about.
    pub fn about(&self) -> impl Iterator<Item = &InIt> {
        self.people.iter().filter(|one| one.part == Part::About)
    }

    /// Someone in it, by id.
    pub fn person(&self, person: PersonId) -> Option<&InIt> {
        self.people.iter().find(|one| one.person == person)
    }

    /// Whether this is what is known now.
    pub const fn is_current(&self) -> bool {
        self.superseded_at.is_none()
    }
}

/// The ids as the values of a statement that takes twenty-four.
pub(super) fn padded(ids: &[Uuid]) -> Vec<Value> {
    let last = ids.last().copied();
    (0..24).map(|at| Value::Key(ids.get(at).copied().or(last))).collect()
}

fn read_word<T>(
    column: &'static str,
    row: Uuid,
    code: &str,
    read: impl Fn(&str) -> Option<T>,
) -> std::result::Result<T, DbError> {
    read(code).ok_or_else(|| DbError::Broken { table: "entry", column, row: row.to_string() })
}

fn head(row: HeadRow) -> std::result::Result<Entry, DbError> {
    let id = row.id;
    let author = row.author_id.map(|worker| Colleague {
        worker: worker.into(),
        name: row.author_name.unwrap_or_default(),
        hue: row.author_hue.unwrap_or(8),
    });
    Ok(Entry {
        id: id.into(),
        thread: row.thread_id.into(),
        kind: read_word("kind", id, &row.kind, EntryKind::from_code)?,
        happened_at: row.happened_at.0,
        manner: row.manner.map(|code| read_word("manner", id, &code, Manner::from_code)).transpose()?,
        minutes: row.minutes.and_then(|minutes| u32::try_from(minutes).ok()),
        place: row.place,
        title: row.title,
        narrative: row.narrative,
        others_present: row.others_present,
        significant: row.significant,
        written_to: row.written_to.map(Into::into),
        readers: read_word("readers", id, &row.readers, Readers::from_code)?,
        readers_why: row.readers_why,
        readers_review_on: row.readers_review_on.map(|day| day.0),
        author,
        source: row.source,
        corrected_why: row.corrected_why,
        recorded_at: row.recorded_at.0,
        superseded_at: row.superseded_at.map(|at| at.0),
        people: vec![],
        workers: vec![],
        named: vec![],
    })
}

/// The entries with these ids, in the order asked, with everyone in them. It asks nothing of access.
pub(super) async fn heads(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Entry>> {
    let mut found: HashMap<Uuid, Entry> = HashMap::with_capacity(ids.len());
    for some in ids.chunks(24) {
        let rows: Vec<HeadRow> = conn.all(store::HEADS, padded(some)).await?;
        for row in rows {
            found.insert(row.id, head(row)?);
        }
        everyone(conn, some, &mut found).await?;
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

async fn everyone(conn: &mut Conn, ids: &[Uuid], found: &mut HashMap<Uuid, Entry>) -> Result<()> {
    let people: Vec<store::PersonRow> = conn.all(store::PEOPLE, padded(ids)).await?;
    for row in people {
        let Some(entry) = found.get_mut(&row.entry_id) else { continue };
        entry.people.push(InIt {
            person: row.person_id.into(),
            part: read_word("part", row.entry_id, &row.part, Part::from_code)?,
            seen: row.seen.map(|code| read_word("seen", row.entry_id, &code, Seen::from_code)).transpose()?,
            not_seen_why: row.not_seen_why,
            name: row.shown_name,
            initials: row.initials,
            hue: row.hue,
            level: read_word("level", row.entry_id, &row.access_level, AccessLevel::from_code)?,
        });
    }
    let workers: Vec<store::WorkerRow> = conn.all(store::WORKERS, padded(ids)).await?;
    for row in workers {
        let Some(entry) = found.get_mut(&row.entry_id) else { continue };
        entry.workers.push(Colleague { worker: row.id.into(), name: row.name, hue: row.hue });
    }
    if found.values().any(|entry| entry.readers == Readers::Named) {
        let named: Vec<store::ReaderRow> = conn.all(store::READERS, padded(ids)).await?;
        for row in named {
            let Some(entry) = found.get_mut(&row.entry_id) else { continue };
            entry.named.push(NamedReader {
                worker: row.worker_id.map(Into::into),
                person: row.person_id.map(Into::into),
                name: super::held::name_of(row.name, row.access_level.as_deref()),
            });
        }
    }
    Ok(())
}
