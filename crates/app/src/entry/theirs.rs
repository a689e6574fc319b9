//! What of the record a person of it reads in their own space, and what they write there. Whatever a page, a print or a
//! download for somebody of the record shows of entries is drawn from here, and nowhere else.

use super::named::{Secrets, asked};
use super::record::{KeptFile, Recording, file};
use super::said::{Whole, with_all};
use super::store;
use super::whole::heads;
use crate::access::require;
use crate::person::header;
use crate::{Moment, Oops, Result, Who};
use db::{Conn, Tx, args};
use practice::access::{Reader, Sight};
use practice::entry::{EntryKind, Part, Readers, Seen, StatementForm};
use practice::id::{EntryId, PersonId, WorkerId};
use practice::person::AccessLevel;
use practice::recording::{Audience, NewStatement, Participant, RecordEntry, Someone};
use practice::sharing::{Shown, shown};
use uuid::Uuid;

/// One thing recorded, as somebody reads it in their own space: what is not for them has been taken out.
#[derive(Clone, Debug)]
pub struct Theirs {
    /// What is left.
    pub whole: Whole,
    /// Whether the worker's account is there, or only some of the words.
    pub account: bool,
    /// Whether a page may say that the rest of that day is somebody else's.
    pub rest_is_anothers: bool,
    /// Whether it holds what is for them alone: something held back or marked as private, or where somebody lives.
    pub guarded: bool,
}

impl Theirs {
    /// Whether it holds what somebody said in private: they were seen alone, it was kept to people named, or it is guarded. Nobody who
    /// comes in to their space reads that, but by their own choice of this one thing.
    pub fn private_to(&self, person: PersonId) -> bool {
        let entry = &self.whole.entry;
        let alone = entry.people.iter().any(|one| one.person == person && one.seen == Some(Seen::Alone));
        alone || self.guarded || entry.readers == Readers::Named
    }
}

/// How many things recorded are read from the database at once.
const AT_ONCE: i64 = 120;

/// What somebody may read of the newest things recorded that touch them: of no more than `looked_at`, however many of those
/// they may read.
///
/// # Errors
/// Where the database refuses.
pub async fn lately_theirs(conn: &mut Conn, viewer: PersonId, looked_at: u32) -> Result<Vec<Theirs>> {
    Ok(some_of_theirs(conn, viewer, (i64::from(looked_at), 0)).await?.0)
}

/// The newest `most` of what somebody may read in their own space, and whether there is more that they may read: what is
/// kept from them does not show by this either.
///
/// # Errors
/// Where the database refuses.
pub async fn theirs(conn: &mut Conn, viewer: PersonId, most: usize) -> Result<(Vec<Theirs>, bool)> {
    let (mut all, mut from) = (vec![], 0);
    while all.len() <= most {
        let (some, touching) = some_of_theirs(conn, viewer, (AT_ONCE, from)).await?;
        all.extend(some);
        if touching < AT_ONCE {
            break;
        }
        from += AT_ONCE;
    }
    let more = all.len() > most;
    all.truncate(most);
    Ok((all, more))
}

/// So many of what touches somebody, from the so-manieth on: what they may read of it, and how many there were.
async fn some_of_theirs(
    conn: &mut Conn,
    viewer: PersonId,
    (most, from): (i64, i64),
) -> Result<(Vec<Theirs>, i64)> {
    let ids: Vec<(Uuid,)> = conn.all(store::THEIRS, args![viewer, most, from]).await?;
    let ids: Vec<Uuid> = ids.into_iter().map(|row| row.0).collect();
    let touching = i64::try_from(ids.len()).unwrap_or(most);
    Ok((read(conn, viewer, &ids).await?, touching))
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

/// Those of some things recorded that somebody may read in their own space, in their newest wording, the newest first.
///
/// # Errors
/// Where the database refuses.
pub async fn of_theirs(conn: &mut Conn, viewer: PersonId, entries: &[EntryId]) -> Result<Vec<Theirs>> {
    let mut newest: Vec<Uuid> = vec![];
    for entry in entries {
        let row: Option<(Uuid,)> = conn.maybe(store::NEWEST_WORDING, args![*entry]).await?;
        newest.extend(row.map(|row| row.0).filter(|id| !newest.contains(id)));
    }
    read(conn, viewer, &newest).await
}

async fn read(conn: &mut Conn, viewer: PersonId, ids: &[Uuid]) -> Result<Vec<Theirs>> {
    let mut entries = heads(conn, ids).await?;
    // a sealed record is absent to all, everywhere
    entries.retain(|entry| entry.people.iter().all(|one| one.level != AccessLevel::Sealed));
    let all = with_all(conn, entries, None).await?;
    let secrets = Secrets::around(conn, &all, Some(viewer)).await?;
    Ok(all.into_iter().filter_map(|whole| narrowed(viewer, whole, &secrets)).collect())
}

/// Takes out what is not for this reader; none where nothing is left.
fn narrowed(viewer: PersonId, mut whole: Whole, secrets: &Secrets) -> Option<Theirs> {
    let asked = asked(&whole, secrets);
    let Shown { account, statements, promised, rest_is_anothers } = shown(viewer, &asked.told(&whole))?;
    let tells = |words: &str| secrets.told(words).next().is_some();
    let guarded = !whole.held.is_empty()
        || !whole.private.is_empty()
        || tells(&whole.entry.narrative)
        || whole.entry.title.as_deref().is_some_and(tells)
        || whole.statements.iter().any(|one| tells(&one.words));
    let was_there = asked.there().iter().any(|one| one.person == viewer);
    let mut kept = statements.iter();
    whole.statements.retain(|_| kept.next() == Some(&true));
    let anothers = |words: &str| secrets.tell_of_another(words, viewer);
    whole.disagreed.retain(|one| one.person == viewer || account && !anothers(&one.words));
    for one in &mut whole.disagreed {
        one.answers.retain(|reply| !anothers(&reply.words));
    }
    // what others of the record promised goes with the account alone
    whole.promises.retain(|one| {
        let own = one.by.person == Some(viewer);
        own || (account || promised && one.person == viewer && one.by.person.is_none())
            && !anothers(&one.what)
            && !one.outcome.as_deref().is_some_and(anothers)
    });
    let spoke: Vec<PersonId> = whole.statements.iter().filter_map(|one| one.owner.person).collect();
    let entry = &mut whole.entry;
    // why something is kept from others, and from whom, is for staff
    entry.readers_why = None;
    entry.readers_review_on = None;
    entry.named.clear();
    entry.source = None;
    whole.held.clear();
    whole.private.clear();
    entry.place = entry.place.take().filter(|place| was_there && (account || !anothers(place)));
    entry.others_present = entry.others_present.take().filter(|others| !anothers(others));
    for one in entry.people.iter_mut().filter(|one| one.person != viewer) {
        one.not_seen_why = None;
    }
    // nobody is named whose words were taken out
    entry.people.retain(|one| one.part != Part::Words || one.person == viewer || spoke.contains(&one.person));
    if !account {
        entry.narrative = String::new();
        entry.title = None;
        entry.place = None;
        entry.others_present = None;
        entry.corrected_why = None;
        entry.people.retain(|one| one.person == viewer || spoke.contains(&one.person));
        whole.files.clear();
    }
    Some(Theirs { whole, account, rest_is_anothers, guarded })
}

/// What somebody writes in their own space.
#[derive(Clone, Debug)]
pub struct Own {
    /// Whose space it is, and so whom it is about.
    pub about: PersonId,
    /// What it is about in a few words, where they came from a page that says so.
    pub title: Option<String>,
    /// Their words.
    pub words: String,
    /// The only workers who may read it; everybody who works with them where none are named.
    pub only: Vec<WorkerId>,
    /// What they sent with it.
    pub files: Vec<KeptFile>,
    /// Whether it is written for whoever it is about, where that is somebody else: then they read it.
    pub for_them: bool,
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
    let title = if own.about == writes {
        None
    } else {
        let (by, whom) = (header(tx, writes).await?, header(tx, own.about).await?);
        let (by, whom) = by.zip(whom).ok_or(Oops::NotFound)?;
        Some(format!("Written by {} for {}", by.full_name, whom.shown_name))
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
        title: own.title.or(title),
        people,
        workers: vec![],
        others_present: None,
        narrative: String::new(),
        statements,
        promises: vec![],
        significant: false,
        // what was written for somebody, they read
        written_to: (own.for_them && own.about != writes).then_some(own.about),
        audience,
        corrects: None,
    };
    let recording = Recording { files: own.files, ..Recording::of(entry) };
    file(tx, who, moment, &recording).await
}

/// Somebody's words about a plan or a hand-over of a person, written down by a worker: their own, or those of somebody who
/// said them.
#[derive(Clone, Debug)]
pub struct Said {
    /// Whom it is about.
    pub about: PersonId,
    /// What it says of, in few words.
    pub title: String,
    /// Whose words.
    pub owner: Someone,
    /// The words.
    pub words: String,
}

/// Files words that a worker writes down. Whoever may open the record may: nobody needs a part in somebody's help to say that
/// it is not right.
///
/// # Errors
/// As access says; [`Oops::Wrong`] without words.
pub async fn write_said(tx: &mut Tx, who: &Who, moment: &mut Moment, said: Said) -> Result<EntryId> {
    require(tx, who, moment.now(), said.about, Sight::Open).await?;
    let words = said.words.trim().to_owned();
    if words.is_empty() {
        return Err(Oops::wrong("words", "Write what is not right, in their own words"));
    }
    let statement =
        NewStatement { owner: said.owner, form: StatementForm::Said, words, original_language: None };
    let entry = RecordEntry {
        kind: EntryKind::Note,
        happened_at: moment.now(),
        manner: None,
        minutes: None,
        place: None,
        title: Some(said.title),
        people: vec![Participant { person: said.about, part: Part::About, seen: None, not_seen_why: None }],
        workers: vec![],
        others_present: None,
        narrative: String::new(),
        statements: vec![statement],
        promises: vec![],
        significant: false,
        written_to: None,
        audience: Audience::Present,
        corrects: None,
    };
    file(tx, who, moment, &Recording::of(entry)).await
}
