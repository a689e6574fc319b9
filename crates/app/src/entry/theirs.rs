//! What of the record a person of it reads in their own space, and what they write there. Whatever a page, a print or a
//! download for somebody of the record shows of entries is drawn from here, and nowhere else.

use super::record::{KeptFile, Recording, file};
use super::said::{Whole, with_all};
use super::store;
use super::whole::{Entry, heads};
use crate::{Moment, Oops, Result, Who};
use db::{Conn, Tx, args};
use practice::access::Reader;
use practice::entry::{EntryKind, Part, Seen, StatementForm};
use practice::id::{EntryId, PersonId, WorkerId};
use practice::person::AccessLevel;
use practice::recording::{Audience, NewStatement, Participant, RecordEntry, Someone};
use practice::sharing::{Shown, There, Told, shown};
use uuid::Uuid;

/// One thing recorded, as somebody reads it in their own space: what is not for them has been taken out.
#[derive(Clone, Debug)]
pub struct Theirs {
    /// What is left.
    pub whole: Whole,
    /// Whether the worker's account is there, or only some of the words.
    pub account: bool,
}

/// The newest of what somebody may read in their own space.
///
/// # Errors
/// Where the database refuses.
pub async fn theirs(conn: &mut Conn, viewer: PersonId, most: u32) -> Result<Vec<Theirs>> {
    let ids: Vec<(Uuid,)> = conn.all(store::THEIRS, args![viewer, i64::from(most)]).await?;
    let ids: Vec<Uuid> = ids.into_iter().map(|row| row.0).collect();
    read(conn, viewer, &ids).await
}

/// One thing recorded in its newest wording, as somebody reads it in their own space. Absent and kept from them answer
/// alike.
///
/// # Errors
/// Where the database refuses.
pub async fn one_of_theirs(conn: &mut Conn, viewer: PersonId, thread: EntryId) -> Result<Option<Theirs>> {
    let ids: Vec<(Uuid,)> = conn.all(store::THEIR_NEWEST, args![thread]).await?;
    let ids: Vec<Uuid> = ids.into_iter().map(|row| row.0).collect();
    Ok(read(conn, viewer, &ids).await?.pop())
}

async fn read(conn: &mut Conn, viewer: PersonId, ids: &[Uuid]) -> Result<Vec<Theirs>> {
    let mut entries = heads(conn, ids).await?;
    // a sealed record is absent to all, everywhere
    entries.retain(|entry| entry.people.iter().all(|one| one.level != AccessLevel::Sealed));
    let all = with_all(conn, entries, None).await?;
    Ok(all.into_iter().filter_map(|whole| narrowed(viewer, whole)).collect())
}

/// Who of the record was there: those said to have been, and those seen.
fn there(entry: &Entry) -> Vec<There> {
    let mut there: Vec<There> = vec![];
    for one in &entry.people {
        let alone = one.seen == Some(Seen::Alone);
        if one.part != Part::Present && !one.seen.is_some_and(Seen::was_seen) {
            continue;
        }
        match there.iter_mut().find(|held| held.person == one.person) {
            Some(held) => held.alone = held.alone || alone,
            None => there.push(There { person: one.person, alone }),
        }
    }
    there
}

/// Takes out what is not for this reader; none where nothing is left.
fn narrowed(viewer: PersonId, mut whole: Whole) -> Option<Theirs> {
    let entry = &whole.entry;
    let named: Vec<PersonId> = entry.named.iter().filter_map(|one| one.person).collect();
    let there = there(entry);
    let owners: Vec<Option<PersonId>> = whole.statements.iter().map(|one| one.owner.person).collect();
    let told = Told {
        readers: entry.readers,
        named: &named,
        there: &there,
        written_to: entry.written_to,
        statements: &owners,
    };
    let Shown { account, statements } = shown(viewer, &told)?;
    let was_there = there.iter().any(|one| one.person == viewer);
    let mut kept = statements.iter();
    whole.statements.retain(|_| kept.next() == Some(&true));
    whole.disagreed.retain(|one| account || one.by.person == Some(viewer));
    let entry = &mut whole.entry;
    // why something is kept from others, and from whom, is for staff
    entry.readers_why = None;
    entry.readers_review_on = None;
    entry.named.clear();
    entry.source = None;
    if !was_there {
        entry.place = None;
    }
    if !account {
        entry.narrative = String::new();
        entry.title = None;
        entry.place = None;
        entry.others_present = None;
        entry.corrected_why = None;
        let spoke: Vec<PersonId> = whole.statements.iter().filter_map(|one| one.owner.person).collect();
        entry.people.retain(|one| one.person == viewer || spoke.contains(&one.person));
        whole.promises.retain(|one| one.person == viewer || one.by.person == Some(viewer));
        whole.files.clear();
    }
    Some(Theirs { whole, account })
}

/// What somebody writes in their own space.
#[derive(Clone, Debug)]
pub struct Own {
    /// Whose space it is, and so whom it is about.
    pub about: PersonId,
    /// Their words.
    pub words: String,
    /// The only workers who may read it; everybody who works with them where none are named.
    pub only: Vec<WorkerId>,
    /// What they sent with it.
    pub files: Vec<KeptFile>,
}

/// Files what a person of the record wrote: an entry like any other, all of whose words are theirs.
///
/// # Errors
/// [`Oops::NotFound`] where nobody of the record is signed in; [`Oops::Wrong`] where nothing was written.
pub async fn write_own(tx: &mut Tx, who: &Who, moment: &mut Moment, own: Own) -> Result<EntryId> {
    let Reader::Person(writes) = who.reader else { return Err(Oops::NotFound) };
    let words = own.words.trim().to_owned();
    let statements: Vec<NewStatement> = (!words.is_empty())
        .then_some(NewStatement {
            owner: Someone::Person(writes),
            form: StatementForm::Wrote,
            words,
            original_language: None,
        })
        .into_iter()
        .collect();
    if statements.is_empty() && own.files.is_empty() {
        return Err(Oops::wrong("words", "Write something first"));
    }
    let audience = if own.only.is_empty() {
        Audience::Present
    } else {
        Audience::Named { workers: own.only, people: vec![writes] }
    };
    let part = |person, part| Participant { person, part, seen: None, not_seen_why: None };
    let mut people = vec![part(own.about, Part::About)];
    people.push(part(writes, Part::Present));
    let entry = RecordEntry {
        kind: EntryKind::Message,
        happened_at: moment.now(),
        manner: None,
        minutes: None,
        place: None,
        title: None,
        people,
        workers: vec![],
        others_present: None,
        narrative: String::new(),
        statements,
        promises: vec![],
        significant: false,
        written_to: None,
        audience,
        corrects: None,
    };
    let recording = Recording { files: own.files, ..Recording::of(entry) };
    file(tx, who, moment, &recording).await
}
