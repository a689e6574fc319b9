//! The two actions that file an entry: recording it, and correcting one by superseding it.

use super::{after, held, store, write};
use crate::journal::{self, Act};
use crate::{Moment, Oops, Result, Who, access, clock};
use db::{At, Tx, args};
use practice::access::Sight;
use practice::entry::Part;
use practice::id::{EntryId, PersonId, WorkerId};
use practice::recording::{Correction, RecordEntry, Someone};
use practice::sharing::Sharing;
use uuid::Uuid;

/// A file that lies safely under its hash and is to belong to an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// The hash it is kept under.
    pub hash: files::Hash,
    /// Its size in bytes.
    pub size: u64,
    /// What it is, by its content.
    pub kind: files::Kind,
    /// The name it is shown and downloaded under.
    pub name: String,
    /// Of a picture: the hash of the small one, and its pixels across and down.
    pub picture: Option<(files::Hash, u32, u32)>,
    /// What it shows, in the worker's words.
    pub described: Option<String>,
}

/// Everything that is filed at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The entry, as [`practice::recording::check_entry`] or an import makes it.
    pub entry: RecordEntry,
    /// What belongs to it.
    pub files: Vec<KeptFile>,
    /// For what an import brings: where it came from, in words.
    pub source: Option<String>,
    /// For what the program files: who wrote it, when known. Otherwise it is whoever is signed in.
    pub author: Option<WorkerId>,
    /// How many minutes the screen counted while it was written, for the writer's own week.
    pub at_the_screen: Option<u32>,
    /// What of it is held back from whom, and what of it is private.
    pub sharing: Sharing,
}

impl Recording {
    /// An entry without files, written by whoever is signed in.
    pub const fn of(entry: RecordEntry) -> Self {
        Self {
            entry,
            files: vec![],
            source: None,
            author: None,
            at_the_screen: None,
            sharing: Sharing { holds: vec![], private: vec![] },
        }
    }
}

/// Files an entry: its people, words, promises and files, in the caller's transaction. Where it corrects an
/// older one, that one is superseded and stays readable.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`] as the rules of access say; [`Oops::Stale`] where what it
/// corrects has been corrected meanwhile; [`Oops::Refused`] where it is about nobody.
pub async fn record(tx: &mut Tx, who: &Who, moment: &mut Moment, recording: &Recording) -> Result<EntryId> {
    if !recording.entry.people.iter().any(|one| one.part == Part::About) {
        return Err(Oops::Refused("Say whom this is about".to_owned()));
    }
    let_on_all(tx, who, moment, &everyone(&recording.entry)).await?;
    file(tx, who, moment, recording).await
}

/// As [`record`], where it has been decided already that this may be filed.
pub(super) async fn file(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    recording: &Recording,
) -> Result<EntryId> {
    let entry = &recording.entry;
    let id = moment.id();
    let mut filing = Filing {
        id,
        thread: id,
        author: who.worker().or(recording.author),
        people: everyone(entry),
        statements: vec![],
        promises: vec![],
        was: vec![],
    };
    if let Some(correction) = &entry.corrects {
        (filing.thread, filing.was) = supersede(tx, who, moment, correction).await?;
    }
    write::rows(tx, moment, &mut filing, recording).await?;
    held::file(tx, moment, &filing, recording).await?;
    if let Some(correction) = &entry.corrects {
        write::carry_promises(tx, moment, *correction.supersedes, id).await?;
        held::carry(tx, moment, &filing, *correction.supersedes).await?;
    }
    for person in counted(entry, &filing.was) {
        clock::refresh(tx, moment, person).await?;
    }
    let about: Vec<PersonId> = filing.people.iter().map(|one| one.0).collect();
    let action = if entry.corrects.is_some() { "correct_entry" } else { "record_entry" };
    let act = Act { action, about: &about, payload: after::image(&filing, recording) };
    journal::note(tx, who, moment, act).await?;
    Ok(id.into())
}

/// An entry on its way into the record.
pub(super) struct Filing {
    pub(super) id: Uuid,
    pub(super) thread: Uuid,
    pub(super) author: Option<WorkerId>,
    /// Everyone whom it touches, each once in each part.
    pub(super) people: Vec<(PersonId, Part)>,
    /// The ids its statements were given.
    pub(super) statements: Vec<Uuid>,
    /// The ids its promises were given.
    pub(super) promises: Vec<Uuid>,
    /// Those whom the version it corrects was about.
    pub(super) was: Vec<PersonId>,
}

/// Everyone whom the entry touches: those it is about, those who were there, and those whose words or
/// promises are in it, so that one table answers who may read it.
fn everyone(entry: &RecordEntry) -> Vec<(PersonId, Part)> {
    let mut all: Vec<(PersonId, Part)> = vec![];
    for one in &entry.people {
        if !all.contains(&(one.person, one.part)) {
            all.push((one.person, one.part));
        }
    }
    let owners = entry.statements.iter().map(|one| &one.owner);
    let promisers = entry.promises.iter().map(|one| &one.by);
    let named = owners.chain(promisers).filter_map(|one| match one {
        Someone::Person(person) => Some(*person),
        Someone::Worker(_) | Someone::Words(_) => None,
    });
    let promised = entry.promises.iter().map(|one| one.about);
    for person in named.chain(promised).chain(entry.written_to) {
        if !all.iter().any(|one| one.0 == person) {
            all.push((person, Part::Words));
        }
    }
    all
}

/// Asks about everyone at once: to record about those it is about, and to know of the others.
async fn let_on_all(tx: &mut Tx, who: &Who, moment: &Moment, people: &[(PersonId, Part)]) -> Result<()> {
    let reach = access::Reach::of(tx, who, moment.now()).await?;
    let ids: Vec<PersonId> = people.iter().map(|one| one.0).collect();
    let standings = reach.standings(tx, &ids).await?;
    for (person, part) in people {
        let sight = if *part == Part::About { Sight::Record } else { Sight::Exists };
        access::let_on(standings.get(person).map(|standing| reach.decide(standing, sight)))?;
    }
    Ok(())
}

/// Those whose clocks may stand otherwise now: who was seen or not, and whom the older version was about.
fn counted(entry: &RecordEntry, was: &[PersonId]) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = was.to_vec();
    for one in entry.people.iter().filter(|one| one.part == Part::About && one.seen.is_some()) {
        if !people.contains(&one.person) {
            people.push(one.person);
        }
    }
    people
}

/// Marks the older version as superseded, if this worker may correct it and nobody has done so meanwhile.
async fn supersede(
    tx: &mut Tx,
    who: &Who,
    moment: &Moment,
    correction: &Correction,
) -> Result<(Uuid, Vec<PersonId>)> {
    let older = *correction.supersedes;
    if !who.program {
        super::reach::require_correct(tx, who, moment.now(), correction.supersedes).await?;
    }
    let row: Option<(Uuid, Option<At>)> = tx.maybe(store::THREAD, args![older]).await?;
    let (thread, _) = row.ok_or(Oops::NotFound)?;
    tx.run_one(store::SUPERSEDE_ENTRY, args![older, moment.now()]).await?;
    let was: Vec<(Uuid,)> = tx.all(store::ABOUT, args![older]).await?;
    tx.run(store::SUPERSEDE_PEOPLE, args![older, moment.now()]).await?;
    Ok((thread, was.into_iter().map(|row| row.0.into()).collect()))
}
