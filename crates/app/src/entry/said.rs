//! What hangs on an entry: whose words, what was agreed, photos and documents.

use super::store;
use super::whole::{Entry, heads, padded};
use crate::{Result, Who};
use db::{Conn, DbError};
use jiff::{Timestamp, civil::Date};
use practice::entry::{PromiseState, StatementForm};
use practice::id::{AttachmentId, EntryId, PersonId, PromiseId, WorkerId};
use std::collections::HashMap;
use uuid::Uuid;

/// Whose words or promise: with what is needed to draw them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// A person of the record.
    pub person: Option<PersonId>,
    /// A worker.
    pub worker: Option<WorkerId>,
    /// Their name, or the words that describe them.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// Their colour.
    pub hue: i64,
}

/// Someone's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Whose.
    pub owner: Owner,
    /// How given.
    pub form: StatementForm,
    /// The words.
    pub words: String,
    /// The language they were said in.
    pub original_language: Option<String>,
}

/// A promise, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// The same for every version.
    pub id: PromiseId,
    /// The entry it was made in.
    pub entry: Option<EntryId>,
    /// Whom it is about or made to.
    pub person: PersonId,
    /// What.
    pub what: String,
    /// Who promised.
    pub by: Owner,
    /// By when.
    pub due_on: Option<Date>,
    /// How it stands.
    pub state: PromiseState,
    /// When it was kept, broken or dropped.
    pub ended_on: Option<Date>,
    /// What happened.
    pub outcome: Option<String>,
}

/// A file that belongs to an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: AttachmentId,
    /// The hash it is kept under.
    pub hash: files::Hash,
    /// Its size in bytes.
    pub size: u64,
    /// What it is.
    pub kind: files::Kind,
    /// Its name.
    pub name: String,
    /// The small picture.
    pub thumbnail: Option<files::Hash>,
    /// Pixels across and down.
    pub pixels: Option<(u32, u32)>,
    /// What it shows.
    pub described: Option<String>,
}

/// An entry with all that hangs on it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Its head, with everyone in it.
    pub entry: Entry,
    /// Whose words.
    pub statements: Vec<Statement>,
    /// What was agreed.
    pub promises: Vec<Promised>,
    /// What belongs to it.
    pub files: Vec<File>,
    /// What people of the record do not agree with in it, oldest first.
    pub disagreed: Vec<Disagreement>,
}

/// Somebody of the record does not agree with what an entry says: kept beside it for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Its id.
    pub id: Uuid,
    /// Who does not agree.
    pub by: Owner,
    /// In their words.
    pub words: String,
    /// When they said so.
    pub at: Timestamp,
    /// What workers said to it, oldest first.
    pub answers: Vec<Reply>,
}

/// What a worker said to somebody who does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Who.
    pub by: Owner,
    /// What.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// The three columns that say who someone is, and how to draw them.
pub(crate) struct OwnerColumns {
    pub(crate) person: Option<Uuid>,
    pub(crate) worker: Option<Uuid>,
    pub(crate) words: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) hue: Option<i64>,
}

impl OwnerColumns {
    pub(crate) fn owner(self) -> Owner {
        let name = self.name.or(self.words).unwrap_or_default();
        let initials = self.initials.unwrap_or_else(|| crate::who::initials(&name));
        Owner {
            person: self.person.map(Into::into),
            worker: self.worker.map(Into::into),
            initials,
            hue: self.hue.unwrap_or(8),
            name,
        }
    }
}

pub(crate) fn promised(row: store::PromisedRow) -> Result<Promised> {
    let broken = || DbError::Broken { table: "promise", column: "state", row: row.promise_id.to_string() };
    let state = PromiseState::from_code(&row.state).ok_or_else(broken)?;
    let by = OwnerColumns {
        person: row.by_person,
        worker: row.by_worker,
        words: row.by_words,
        name: row.name,
        initials: row.initials,
        hue: row.hue,
    };
    Ok(Promised {
        id: row.promise_id.into(),
        entry: row.entry_id.map(Into::into),
        person: row.person_id.into(),
        what: row.what,
        by: by.owner(),
        due_on: row.due_on.map(|day| day.0),
        state,
        ended_on: row.ended_on.map(|day| day.0),
        outcome: row.outcome,
    })
}

pub(crate) fn file(row: store::FileRow) -> Result<File> {
    let id = row.id;
    let broken = |column| DbError::Broken { table: "attachment", column, row: id.to_string() };
    let hash = |text: &str| files::Hash::parse(text).map_err(|_| broken("hash"));
    let pixels = row.width.zip(row.height);
    Ok(File {
        id: id.into(),
        hash: hash(&row.hash)?,
        size: u64::try_from(row.size).unwrap_or(0),
        kind: files::Kind::from_code(&row.kind).ok_or_else(|| broken("kind"))?,
        name: row.name,
        thumbnail: row.thumbnail_hash.as_deref().map(hash).transpose()?,
        pixels: pixels.and_then(|(w, h)| u32::try_from(w).ok().zip(u32::try_from(h).ok())),
        described: row.described,
    })
}

/// Adds what hangs on entries that may be read, as known now or at an instant.
pub(super) async fn with_all(
    conn: &mut Conn,
    entries: Vec<Entry>,
    known: Option<Timestamp>,
) -> Result<Vec<Whole>> {
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.id.0).collect();
    let places: HashMap<Uuid, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut all: Vec<Whole> = entries
        .into_iter()
        .map(|entry| Whole { entry, statements: vec![], promises: vec![], files: vec![], disagreed: vec![] })
        .collect();
    disagreements(conn, &mut all, known).await?;
    for some in ids.chunks(24) {
        let statements: Vec<store::StatementRow> = conn.all(store::STATEMENTS, padded(some)).await?;
        for row in statements {
            if let Some(whole) = places.get(&row.entry_id).and_then(|at| all.get_mut(*at)) {
                whole.statements.push(statement(row)?);
            }
        }
        let promises: Vec<store::PromisedRow> = conn.all(store::PROMISES, padded(some)).await?;
        for row in promises {
            let entry = row.entry_id.and_then(|id| places.get(&id)).and_then(|at| all.get_mut(*at));
            if let Some(whole) = entry.filter(|whole| holds(&row, &whole.entry, known)) {
                whole.promises.push(promised(row)?);
            }
        }
        let files: Vec<store::FileRow> = conn.all(store::FILES, padded(some)).await?;
        for row in files {
            let entry = row.entry_id.and_then(|id| places.get(&id)).and_then(|at| all.get_mut(*at));
            if let Some(whole) = entry {
                whole.files.push(file(row)?);
            }
        }
    }
    Ok(all)
}

/// What people do not agree with, whichever version they read, as known now or at an instant.
async fn disagreements(conn: &mut Conn, all: &mut [Whole], known: Option<Timestamp>) -> Result<()> {
    let threads: Vec<Uuid> = all.iter().map(|whole| whole.entry.thread.0).collect();
    let known_by = |at: db::At| known.is_none_or(|known| at.0 <= known);
    for some in threads.chunks(24) {
        let rows: Vec<store::DisagreementRow> = conn.all(store::DISAGREEMENTS, padded(some)).await?;
        for row in rows.into_iter().filter(|row| known_by(row.recorded_at)) {
            let one = Disagreement {
                id: row.id,
                by: owner_of((Some(row.person_id), None), row.name, row.initials, row.hue),
                words: row.words,
                at: row.recorded_at.0,
                answers: vec![],
            };
            let theirs = all.iter_mut().filter(|whole| whole.entry.thread.0 == row.thread_id);
            theirs.for_each(|whole| whole.disagreed.push(one.clone()));
        }
        if all.iter().all(|whole| whole.disagreed.is_empty()) {
            continue;
        }
        let rows: Vec<store::ReplyRow> = conn.all(store::REPLIES, padded(some)).await?;
        for row in rows.into_iter().filter(|row| known_by(row.recorded_at)) {
            let reply = Reply {
                by: owner_of((None, Some(row.worker_id)), row.name, None, row.hue),
                words: row.words,
                at: row.recorded_at.0,
            };
            let all = all.iter_mut().flat_map(|whole| &mut whole.disagreed);
            all.filter(|one| one.id == row.disagreement_id).for_each(|one| one.answers.push(reply.clone()));
        }
    }
    Ok(())
}

fn owner_of(
    (person, worker): (Option<Uuid>, Option<Uuid>),
    name: String,
    initials: Option<String>,
    hue: i64,
) -> Owner {
    OwnerColumns { person, worker, words: None, name: Some(name), initials, hue: Some(hue) }.owner()
}

/// Whether this version of a promise is the one to show: the one known at that instant; with an older version
/// of an entry, the one known when that version was last the newest.
fn holds(row: &store::PromisedRow, entry: &Entry, known: Option<Timestamp>) -> bool {
    match (known, entry.superseded_at) {
        (Some(at), _) => row.recorded_at.0 <= at && row.superseded_at.is_none_or(|end| end.0 > at),
        (None, Some(ended)) => row.superseded_at.is_some_and(|end| end.0 == ended),
        (None, None) => row.superseded_at.is_none(),
    }
}

fn statement(row: store::StatementRow) -> Result<Statement> {
    let broken = || DbError::Broken { table: "statement", column: "form", row: row.entry_id.to_string() };
    let form = StatementForm::from_code(&row.form).ok_or_else(broken)?;
    let owner = OwnerColumns {
        person: row.owner_person,
        worker: row.owner_worker,
        words: row.owner_words,
        name: row.name,
        initials: row.initials,
        hue: row.hue,
    };
    Ok(Statement { owner: owner.owner(), form, words: row.words, original_language: row.original_language })
}

/// One entry with all that hangs on it, if this reader may read it. Absent and hidden answer alike.
///
/// # Errors
/// Where the database refuses.
pub async fn open(conn: &mut Conn, who: &Who, now: Timestamp, entry: EntryId) -> Result<Option<Whole>> {
    let found = heads(conn, &[entry.0]).await?;
    let mut reach = super::reach::Reach::of(who, now);
    let readable = reach.readable(conn, found).await?;
    Ok(with_all(conn, readable, None).await?.pop())
}

/// The heads of every version of an entry, newest first, that this reader may read.
///
/// # Errors
/// Where the database refuses.
pub async fn versions(conn: &mut Conn, who: &Who, now: Timestamp, thread: EntryId) -> Result<Vec<Entry>> {
    let ids: Vec<(Uuid,)> = conn.all(store::VERSIONS, db::args![thread]).await?;
    let ids: Vec<Uuid> = ids.into_iter().map(|row| row.0).collect();
    let found = heads(conn, &ids).await?;
    super::reach::Reach::of(who, now).readable(conn, found).await
}
