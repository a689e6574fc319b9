//! Reading what was recorded: the timeline of someone, one entry, promises.

use super::call::Call;
use super::listed::{
    Day, EntryKind, Instant, Manner, Part, PromiseState, Readers, Seen, StatementForm, limit,
};
use super::operation::{At, Question};
use super::people::{day, enter};
use super::problem::Problem;
use crate::entry::{self, Filter, Owner, Promised, Whole};
use crate::journal::{self, Read};
use crate::who::Scope;
use async_trait::async_trait;
use practice::id::EntryId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Reads someone's timeline.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadTimeline {
    /// Of this kind only.
    #[param(nullable = false)]
    kind: Option<EntryKind>,
    /// Only those that hold all of these words somewhere.
    #[param(nullable = false, max_length = 200)]
    words: Option<String>,
    /// As known at this instant; without it as known now.
    #[param(nullable = false)]
    known_at: Option<Instant>,
    /// How many of a page: 1 to 100, 20 without it.
    #[param(nullable = false, minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The next page, as the page before gave it.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// Reads one entry.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadEntry {}

/// Reads what was promised.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadPromises {}

/// A page of a timeline, the latest first.
#[derive(Serialize, ToSchema)]
pub(super) struct Timeline {
    entries: Vec<Entry>,
    /// The next page, if there is more that the reader may read.
    next: Option<String>,
}

/// One version of one thing recorded once.
#[derive(Serialize, ToSchema)]
pub(super) struct Entry {
    /// This version.
    id: Uuid,
    /// The same for every version.
    thread: Uuid,
    kind: EntryKind,
    happened_at: Instant,
    manner: Option<Manner>,
    /// How long it took, in minutes, when that was said.
    minutes: Option<u32>,
    place: Option<String>,
    title: Option<String>,
    /// What happened, in the author's words.
    narrative: String,
    /// Everyone in it.
    people: Vec<InIt>,
    /// Staff who were there.
    workers: Vec<Staff>,
    /// Others who were there and have no record.
    others_present: Option<String>,
    /// Words with their owners.
    statements: Vec<Statement>,
    promises: Vec<Promise>,
    /// Photos and documents that belong to it; they are opened on its page.
    files: Vec<File>,
    /// What people of the record do not agree with in it, in whichever version they read it, and what was said to them: it
    /// stands beside the text for ever and is to be shown wherever the text is.
    disagreements: Vec<Disagreement>,
    significant: bool,
    readers: Readers,
    author: Option<Staff>,
    /// Where an imported entry came from.
    source: Option<String>,
    /// Why this version was written, where it corrects another.
    corrected_why: Option<String>,
    recorded_at: Instant,
    /// When a newer version took its place.
    superseded_at: Option<Instant>,
}

/// Somebody of the record does not agree with what an entry says.
#[derive(Serialize, ToSchema)]
pub(super) struct Disagreement {
    id: Uuid,
    by: Whose,
    words: String,
    at: Instant,
    /// What workers said to it, the oldest first.
    answers: Vec<Reply>,
}

/// What a worker said to somebody who does not agree.
#[derive(Serialize, ToSchema)]
pub(super) struct Reply {
    by: Whose,
    words: String,
    at: Instant,
}

/// What one person is to an entry.
#[derive(Serialize, ToSchema)]
pub(super) struct InIt {
    person: Uuid,
    name: String,
    part: Part,
    seen: Option<Seen>,
    not_seen_why: Option<String>,
}

/// A worker.
#[derive(Serialize, ToSchema)]
pub(super) struct Staff {
    worker: Uuid,
    name: String,
}

/// Whose words or promise: a person of the record, a worker, or anyone else as described.
#[derive(Serialize, ToSchema)]
pub(super) struct Whose {
    person: Option<Uuid>,
    worker: Option<Uuid>,
    name: String,
}

/// Someone's own words.
#[derive(Serialize, ToSchema)]
pub(super) struct Statement {
    owner: Whose,
    form: StatementForm,
    words: String,
    original_language: Option<String>,
}

/// An action with who and when, as it stands.
#[derive(Serialize, ToSchema)]
pub(super) struct Promise {
    id: Uuid,
    /// The entry it was made in.
    entry: Option<Uuid>,
    /// Whom it is about or made to.
    person: Uuid,
    what: String,
    by: Whose,
    due_on: Option<Day>,
    state: PromiseState,
    ended_on: Option<Day>,
    outcome: Option<String>,
}

/// A photo or document.
#[derive(Serialize, ToSchema)]
pub(super) struct File {
    id: Uuid,
    name: String,
    /// Its size in bytes.
    size: u64,
    described: Option<String>,
}

/// What was promised to or about someone.
#[derive(Serialize, ToSchema)]
pub(super) struct Promises {
    promises: Vec<Promise>,
}

fn whose(owner: Owner) -> Whose {
    Whose { person: owner.person.map(|id| id.0), worker: owner.worker.map(|id| id.0), name: owner.name }
}

fn staff(one: entry::Colleague) -> Staff {
    Staff { worker: one.worker.0, name: one.name }
}

fn disagreement(one: entry::Disagreement) -> Disagreement {
    let reply = |one: entry::Reply| Reply { by: whose(one.by), words: one.words, at: Instant(one.at) };
    Disagreement {
        id: one.id,
        by: whose(one.by),
        words: one.words,
        at: Instant(one.at),
        answers: one.answers.into_iter().map(reply).collect(),
    }
}

pub(super) fn promise(it: Promised) -> Promise {
    Promise {
        id: it.id.0,
        entry: it.entry.map(|id| id.0),
        person: it.person.0,
        what: it.what,
        by: whose(it.by),
        due_on: day(it.due_on),
        state: PromiseState(it.state),
        ended_on: day(it.ended_on),
        outcome: it.outcome,
    }
}

impl From<Whole> for Entry {
    fn from(whole: Whole) -> Self {
        let it = whole.entry;
        let in_it = |one: entry::InIt| InIt {
            person: one.person.0,
            name: one.name,
            part: Part(one.part),
            seen: one.seen.map(Seen),
            not_seen_why: one.not_seen_why,
        };
        let statement = |one: entry::Statement| Statement {
            owner: whose(one.owner),
            form: StatementForm(one.form),
            words: one.words,
            original_language: one.original_language,
        };
        let file = |one: entry::File| File {
            id: one.id.0,
            name: one.name,
            size: one.size,
            described: one.described,
        };
        Self {
            id: it.id.0,
            thread: it.thread.0,
            kind: EntryKind(it.kind),
            happened_at: Instant(it.happened_at),
            manner: it.manner.map(Manner),
            minutes: it.minutes,
            place: it.place,
            title: it.title,
            narrative: it.narrative,
            people: it.people.into_iter().map(in_it).collect(),
            workers: it.workers.into_iter().map(staff).collect(),
            others_present: it.others_present,
            statements: whole.statements.into_iter().map(statement).collect(),
            promises: whole.promises.into_iter().map(promise).collect(),
            files: whole.files.into_iter().map(file).collect(),
            disagreements: whole.disagreed.into_iter().map(disagreement).collect(),
            significant: it.significant,
            readers: Readers(it.readers),
            author: it.author.map(staff),
            source: it.source,
            corrected_why: it.corrected_why,
            recorded_at: Instant(it.recorded_at),
            superseded_at: it.superseded_at.map(Instant),
        }
    }
}

#[async_trait]
impl Question for ReadTimeline {
    type Answer = Timeline;
    const AT: At = At {
        path: "/people/{id}/entries",
        name: "readTimeline",
        scope: Some(Scope::EntriesRead),
        title: "Read someone's timeline",
        about: "The latest first. Entries the reader may not read are left out, and pages are filled after that.",
    };

    async fn answer(self, call: &Call) -> Result<Timeline, Problem> {
        let length = limit(self.limit, 20, 100)?;
        let wrong = |()| Problem::parameter("cursor", "This is not a cursor of this list");
        let after = self.cursor.as_deref().map(str::parse).transpose().map_err(wrong)?;
        let words = self.words.map(|words| words.trim().chars().take(200).collect::<String>());
        let filter = Filter {
            kind: self.kind.map(|kind| kind.0),
            author: None,
            significant: false,
            words: words.filter(|words| !words.is_empty()),
            known: self.known_at.map(|at| at.0),
            after,
        };
        let now = call.app.moment().now();
        let mut conn = call.app.db.read().await?;
        let (person, why) = enter(call, &mut conn).await?;
        let page = entry::timeline(&mut conn, &call.who, now, &[person], &filter, length).await?;
        drop(conn);
        let more = json!({"known": filter.known, "kind": filter.kind, "words": filter.words});
        let whys = [(person, journal::reason_code(&why))];
        journal::read_of(&call.app, &call.who, Read::Timeline, &whys, more).await?;
        let next = page.more.map(|cursor| cursor.to_string());
        Ok(Timeline { entries: page.entries.into_iter().map(Into::into).collect(), next })
    }
}

#[async_trait]
impl Question for ReadEntry {
    type Answer = Entry;
    const AT: At = At {
        path: "/entries/{id}",
        name: "readEntry",
        scope: Some(Scope::EntriesRead),
        title: "Read one entry",
        about: "An older version stays readable at its own id.",
    };

    async fn answer(self, call: &Call) -> Result<Entry, Problem> {
        let id: EntryId = call.id("id")?;
        let now = call.app.moment().now();
        let mut conn = call.app.db.read().await?;
        let whole = entry::open(&mut conn, &call.who, now, id).await?.ok_or_else(Problem::nothing)?;
        let whys = entry::whys(&mut conn, &call.who, now, &whole.entry).await?;
        drop(conn);
        journal::read_of(&call.app, &call.who, Read::Entry, &whys, json!({"entry": id})).await?;
        Ok(whole.into())
    }
}

#[async_trait]
impl Question for ReadPromises {
    type Answer = Promises;
    const AT: At = At {
        path: "/people/{id}/promises",
        name: "readPromises",
        scope: Some(Scope::EntriesRead),
        title: "Read what was promised to or about someone",
        about: "Those still open first, by when they are due. A promise is shown to those who may read the entry it was made in.",
    };

    async fn answer(self, call: &Call) -> Result<Promises, Problem> {
        let now = call.app.moment().now();
        let mut conn = call.app.db.read().await?;
        let (person, why) = enter(call, &mut conn).await?;
        let all = entry::promises_about(&mut conn, &call.who, now, person).await?;
        drop(conn);
        journal::read(&call.app, &call.who, Read::Promise, &[person], &why, json!({})).await?;
        Ok(Promises { promises: all.into_iter().map(promise).collect() })
    }
}
