//! Writing the rows of an entry.

use super::record::{Filing, KeptFile, Recording};
use super::store::{self, PromiseRow};
use crate::{Moment, Result};
use db::{Tx, args};
use practice::entry::{Part, PromiseState};
use practice::recording::{Audience, NewPromise, NewStatement, Someone};
use uuid::Uuid;

/// The three columns that say who someone is: person, worker, words.
pub(super) fn columns(one: &Someone) -> (Option<Uuid>, Option<Uuid>, Option<&str>) {
    match one {
        Someone::Person(person) => (Some(person.0), None, None),
        Someone::Worker(worker) => (None, Some(worker.0), None),
        Someone::Words(words) => (None, None, Some(words)),
    }
}

/// Every row of a new entry.
pub(super) async fn rows(
    tx: &mut Tx,
    moment: &mut Moment,
    filing: &mut Filing,
    recording: &Recording,
) -> Result<()> {
    let entry = &recording.entry;
    entry_row(tx, moment, filing, recording).await?;
    people(tx, moment, filing, recording).await?;
    for worker in &entry.workers {
        tx.run(store::WORKER, args![filing.id, worker]).await?;
    }
    if let Audience::Named { workers, people } = &entry.audience {
        let named = workers
            .iter()
            .map(|worker| (Some(worker.0), None))
            .chain(people.iter().map(|person| (None, Some(person.0))));
        for (worker, person) in named {
            tx.run(store::READER, args![moment.id(), filing.id, worker, person]).await?;
        }
    }
    for (position, statement) in (0_i64..).zip(&entry.statements) {
        let id = statement_row(tx, moment, filing.id, position, statement).await?;
        filing.statements.push(id);
    }
    for promise in &entry.promises {
        let id = promise_row(tx, moment, filing.id, promise).await?;
        filing.promises.push(id);
    }
    for file in &recording.files {
        file_row(tx, moment, filing.id, file).await?;
    }
    Ok(())
}

async fn entry_row(tx: &mut Tx, moment: &mut Moment, filing: &Filing, recording: &Recording) -> Result<()> {
    let entry = &recording.entry;
    let (why, review) = match &entry.audience {
        Audience::Staff { why, review_on } => (Some(why.as_str()), Some(*review_on)),
        Audience::Present | Audience::Named { .. } => (None, None),
    };
    let values = args![
        filing.id,
        filing.thread,
        entry.kind.code(),
        entry.happened_at,
        entry.manner.map(practice::entry::Manner::code),
        entry.place.as_deref(),
        entry.title.as_deref(),
        &entry.narrative,
        entry.others_present.as_deref(),
        entry.significant,
        entry.written_to.map(|person| person.0),
        entry.audience.readers().code(),
        why,
        review,
        filing.author.map(|worker| worker.0),
        recording.source.as_deref(),
        entry.corrects.as_ref().map(|correction| correction.why.as_str()),
        moment.now(),
        entry.minutes.map(i64::from)
    ];
    tx.run(store::ENTRY, values).await?;
    if let (Some(minutes), Some(worker)) = (recording.at_the_screen, filing.author) {
        let day = practice::calendar::london_day(moment.now());
        let values = args![moment.id(), filing.id, worker, i64::from(minutes), day, moment.now()];
        tx.run(store::TIME, values).await?;
    }
    Ok(())
}

async fn people(tx: &mut Tx, moment: &mut Moment, filing: &Filing, recording: &Recording) -> Result<()> {
    let entry = &recording.entry;
    for (person, part) in &filing.people {
        let said = entry.people.iter().find(|one| (one.person, one.part) == (*person, *part));
        let seen = said.and_then(|one| one.seen).map(practice::entry::Seen::code);
        let why = said.and_then(|one| one.not_seen_why.as_deref());
        let id = moment.id();
        let (at, now) = (entry.happened_at, moment.now());
        tx.run(store::PARTICIPANT, args![id, filing.id, person, part.code(), seen, why, at, now]).await?;
    }
    debug_assert!(filing.people.iter().any(|one| one.1 == Part::About), "an entry is about someone");
    Ok(())
}

async fn statement_row(
    tx: &mut Tx,
    moment: &mut Moment,
    entry: Uuid,
    position: i64,
    statement: &NewStatement,
) -> Result<Uuid> {
    let (person, worker, words) = columns(&statement.owner);
    let id = moment.id();
    let values = args![
        id,
        entry,
        position,
        person,
        worker,
        words,
        statement.form.code(),
        &statement.words,
        statement.original_language.as_deref()
    ];
    tx.run(store::STATEMENT, values).await?;
    Ok(id)
}

async fn promise_row(tx: &mut Tx, moment: &mut Moment, entry: Uuid, promise: &NewPromise) -> Result<Uuid> {
    let id = moment.id();
    let (person, worker, words) = columns(&promise.by);
    let values = args![
        moment.id(),
        id,
        entry,
        promise.about,
        &promise.what,
        worker,
        person,
        words,
        promise.due_on,
        PromiseState::Open.code(),
        None::<jiff::civil::Date>,
        None::<&str>,
        moment.now()
    ];
    tx.run(store::PROMISE, values).await?;
    Ok(id)
}

/// The promises of a corrected entry go on as they stand, and belong to the newer version.
pub(super) async fn carry_promises(tx: &mut Tx, moment: &mut Moment, older: Uuid, newer: Uuid) -> Result<()> {
    let rows: Vec<PromiseRow> = tx.all(store::PROMISES_OF_ENTRY, args![older]).await?;
    if rows.is_empty() {
        return Ok(());
    }
    tx.run(store::SUPERSEDE_PROMISES, args![older, moment.now()]).await?;
    for row in rows {
        let values = args![
            moment.id(),
            row.promise_id,
            newer,
            row.person_id,
            row.what,
            row.by_worker,
            row.by_person,
            row.by_words,
            row.due_on.map(|day| day.0),
            row.state,
            row.ended_on.map(|day| day.0),
            row.outcome,
            moment.now()
        ];
        tx.run(store::PROMISE, values).await?;
    }
    Ok(())
}

async fn file_row(tx: &mut Tx, moment: &mut Moment, entry: Uuid, file: &KeptFile) -> Result<()> {
    let (thumbnail, width, height) = match file.picture {
        Some((hash, width, height)) => (Some(hash.to_string()), Some(width), Some(height)),
        None => (None, None, None),
    };
    let values = args![
        moment.id(),
        entry,
        file.hash.to_string(),
        i64::try_from(file.size).unwrap_or(i64::MAX),
        file.kind.code(),
        &file.name,
        thumbnail,
        width,
        height,
        file.described.as_deref(),
        moment.now()
    ];
    tx.run(store::ATTACHMENT, values).await?;
    Ok(())
}
