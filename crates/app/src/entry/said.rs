//! What hangs on an entry: whose words, what was agreed, photos and documents.

use super::held::{HeldBack, PrivateMatter};
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
    /// Which.
    pub id: Uuid,
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
    /// What of it is or was held back from somebody of the record, oldest first. For staff alone.
    pub held: Vec<HeldBack>,
    /// What of it concerns a private matter, or was looked at and does not. For staff alone.
    pub private: Vec<PrivateMatter>,
}

/// Somebody of the record does not agree with what an entry says: kept beside it for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Its id.
    pub id: Uuid,
    /// Who does not agree.
    pub person: PersonId,
    /// What they are called there: a hidden record is named only where the entry itself names it.
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
        .map(|entry| Whole {
            entry,
            statements: vec![],
            promises: vec![],
            files: vec![],
            disagreed: vec![],
            held: vec![],
            private: vec![],
        })
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
            let span = (row.recorded_at, row.superseded_at);
            if let Some(whole) = entry.filter(|whole| holds(span, &whole.entry, known)) {
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
        super::held::add(conn, some, &places, &mut all, known).await?;
    }
    Ok(all)
}

/// What people do not agree with, as known now or at an instant: it stands beside the version they read and all that came
/// after, and not beside an older one, whose readers may be others.
async fn disagreements(conn: &mut Conn, all: &mut [Whole], known: Option<Timestamp>) -> Result<()> {
    let threads: Vec<Uuid> = all.iter().map(|whole| whole.entry.thread.0).collect();
    let known_by = |at: db::At| known.is_none_or(|known| at.0 <= known);
    for some in threads.chunks(24) {
        let rows: Vec<store::DisagreementRow> = conn.all(store::DISAGREEMENTS, padded(some)).await?;
        for row in rows.into_iter().filter(|row| known_by(row.recorded_at)) {
            let theirs = all.iter_mut().filter(|whole| whole.entry.thread.0 == row.thread_id);
            for whole in theirs.filter(|whole| stood(&whole.entry, row.recorded_at.0)) {
                let named = whole.entry.person(row.person_id.into()).is_some();
                whole.disagreed.push(disagreement(&row, named));
            }
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

/// Whether somebody could read this version, or a later one stood already, when they said that they do not agree.
fn stood(entry: &Entry, said: Timestamp) -> bool {
    entry.superseded_at.is_none_or(|ended| said < ended)
}

fn disagreement(row: &store::DisagreementRow, named: bool) -> Disagreement {
    let by = if named || !super::held::hides(Some(&row.access_level)) {
        owner_of((Some(row.person_id), None), row.name.clone(), row.initials.clone(), row.hue)
    } else {
        owner_of((None, None), "Somebody".to_owned(), None, row.hue)
    };
    Disagreement {
        id: row.id,
        person: row.person_id.into(),
        by,
        words: row.words.clone(),
        at: row.recorded_at.0,
        answers: vec![],
    }
}

fn owner_of(
    (person, worker): (Option<Uuid>, Option<Uuid>),
    name: String,
    initials: Option<String>,
    hue: i64,
) -> Owner {
    OwnerColumns { person, worker, words: None, name: Some(name), initials, hue: Some(hue) }.owner()
}

/// Whether this version of a promise or a holding back is the one to show: the one known at that instant; with an older
/// version of an entry, the one known when that version was last the newest.
pub(super) fn holds(
    (recorded_at, superseded_at): (db::At, Option<db::At>),
    entry: &Entry,
    known: Option<Timestamp>,
) -> bool {
    match (known, entry.superseded_at) {
        (Some(at), _) => recorded_at.0 <= at && superseded_at.is_none_or(|end| end.0 > at),
        (None, Some(ended)) => superseded_at.is_some_and(|end| end.0 == ended),
        (None, None) => superseded_at.is_none(),
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
    let original_language = row.original_language;
    Ok(Statement { id: row.id, owner: owner.owner(), form, words: row.words, original_language })
}

/// One entry with all that hangs on it, if this reader may read it. Absent and hidden answer alike.
///
/// # Errors
/// Where the database refuses.
pub async fn open(conn: &mut Conn, who: &Who, now: Timestamp, entry: EntryId) -> Result<Option<Whole>> {
    Ok(open_many(conn, who, now, &[entry.0]).await?.pop())
}

/// Those of these entries that this reader may read, each with all that hangs on it, in the order asked.
///
/// # Errors
/// Where the database refuses.
pub async fn open_many(conn: &mut Conn, who: &Who, now: Timestamp, entries: &[Uuid]) -> Result<Vec<Whole>> {
    let found = heads(conn, entries).await?;
    let mut reach = super::reach::Reach::of(who, now);
    let readable = reach.readable(conn, found).await?;
    with_all(conn, readable, None).await
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
