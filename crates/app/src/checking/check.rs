//! One check: what was asked, how far it has got, and what it found.

use super::{KEPT, MOST_CHECKS, MOST_FOUND};
use crate::form::Upload;
use crate::{App, Oops, Result};
use jiff::Timestamp;
use practice::id::AccountId;
use returns::report::{Changes, Earlier, Location, Notes, Report, Telling};
use returns::{care, cin};
use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// Checks are judged one after another, so that pages are answered meanwhile.
static TURN: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

/// Which return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Census,
    LookedAfter,
}

/// What is to be checked, and how.
pub(super) struct Asked {
    pub(super) kind: Kind,
    pub(super) year: Option<u16>,
    pub(super) authority: Option<String>,
    pub(super) as_published: bool,
    pub(super) this: Vec<Upload>,
    pub(super) last: Vec<Upload>,
    pub(super) providers: Option<Upload>,
    pub(super) postcodes: Option<Upload>,
    pub(super) earlier: Option<(String, Earlier)>,
    pub(super) notes: Notes,
}

/// The room that files take in memory, given back when it is dropped.
pub(super) type Room = Option<OwnedSemaphorePermit>;

/// How far a check has got.
pub(super) enum Stage {
    Waiting,
    Judging,
    Done(Box<Found>),
    /// It cannot be judged: the sentence says why.
    Stopped(String),
}

/// What a check found, with what its sender added.
pub(super) struct Found {
    pub(super) report: Report,
    pub(super) changes: Option<Changes>,
    /// The earlier check's file, or why it cannot be compared with.
    pub(super) earlier: Option<std::result::Result<String, String>>,
    pub(super) notes: Notes,
    /// How it was judged, in words.
    pub(super) how: Vec<String>,
    weight: usize,
}

/// A check.
pub(super) struct Check {
    /// The files, as their sender named them.
    pub(super) of: String,
    pub(super) begun: Timestamp,
    size: u64,
    read: AtomicU64,
    stage: RwLock<Stage>,
}

fn names(files: &[Upload]) -> String {
    match files {
        [] => String::new(),
        [one] => one.name.clone(),
        [one, two] => format!("{} and {}", one.name, two.name),
        [one, two, rest @ ..] => format!("{}, {} and {} more", one.name, two.name, rest.len()),
    }
}

impl Asked {
    fn how(&self) -> Vec<String> {
        let mut how = Vec::new();
        if self.as_published {
            how.push("Judged as the public validators do, their known quirks included.".to_owned());
        }
        if self.kind == Kind::Census {
            return how;
        }
        how.push(match &self.authority {
            Some(code) => format!("Authority: {code}."),
            None => "No authority given, so the rules on location are not judged.".to_owned(),
        });
        let said = |what: &str, files: String| match files.as_str() {
            "" => format!("{what}: none given, so the rules that need them are not judged."),
            files => format!("{what}: {files}."),
        };
        how.push(said("Last year’s files", names(&self.last)));
        how.push(said(
            "Providers",
            self.providers.as_ref().map(|file| file.name.clone()).unwrap_or_default(),
        ));
        how.push(said(
            "Postcodes",
            self.postcodes.as_ref().map(|file| file.name.clone()).unwrap_or_default(),
        ));
        how
    }
}

impl Found {
    pub(super) fn telling<'f>(&'f self, of: &'f str) -> Telling<'f> {
        let notes = Some(&self.notes).filter(|notes| !notes.all().is_empty());
        Telling { report: &self.report, of, changes: self.changes.as_ref(), notes }
    }

    /// Puts the findings beside those of an earlier check.
    pub(super) fn compare(&mut self, name: String, earlier: &Earlier) {
        match self.report.since(earlier) {
            Ok(changes) => {
                self.changes = Some(changes);
                self.earlier = Some(Ok(name));
            }
            Err(why) => {
                self.changes = None;
                self.earlier = Some(Err(format!("{name}: {why}")));
            }
        }
    }
}

/// Roughly the memory that a report takes.
fn weigh(report: &Report) -> usize {
    let place = |place: &Location| size_of::<Location>() + place.was.as_ref().map_or(0, |was| was.len() + 16);
    let places: usize = report.rules.iter().flat_map(|rule| &rule.locations).map(place).sum();
    let left: usize =
        report.not_understood.iter().map(|left| 128 + left.element.len() + left.value.len()).sum();
    places + left
}

impl Check {
    pub(super) fn stage(&self) -> RwLockReadGuard<'_, Stage> {
        self.stage.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn change(&self) -> RwLockWriteGuard<'_, Stage> {
        self.stage.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(*self.stage(), Stage::Done(_) | Stage::Stopped(_))
    }

    /// How far through its file it is, and the words for it.
    pub(super) fn progress(&self) -> (u32, String) {
        let read = self.read.load(Ordering::Relaxed).min(self.size);
        let part = u32::try_from(read * 90 / self.size.max(1)).unwrap_or(0);
        match *self.stage() {
            Stage::Waiting => (0, "Waiting for another check to end.".to_owned()),
            Stage::Judging if read == 0 => (5, "Reading and judging the files.".to_owned()),
            Stage::Judging if read < self.size => {
                (part.max(5), format!("Read {} of {} MB.", read / 1_048_576, self.size.div_ceil(1_048_576)))
            }
            Stage::Judging => (95, "Judging by every rule of the year.".to_owned()),
            Stage::Done(_) | Stage::Stopped(_) => (100, "Done.".to_owned()),
        }
    }

    fn weight(&self) -> usize {
        match &*self.stage() {
            Stage::Done(found) => found.weight,
            Stage::Waiting | Stage::Judging | Stage::Stopped(_) => 0,
        }
    }
}

/// A file that counts what is read of it.
struct Counted<'a> {
    rest: &'a [u8],
    read: &'a AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.rest.read(into)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

fn judge(check: &Check, asked: Asked) -> std::result::Result<Found, String> {
    let how = asked.how();
    let report = match asked.kind {
        Kind::Census => {
            let file = asked.this.first().ok_or("There is no file")?;
            let options = cin::Options { year: asked.year, as_published: asked.as_published };
            cin::validate(Counted { rest: &file.bytes, read: &check.read }, options)
                .map_err(|why| format!("{}, {why}", file.name))?
        }
        Kind::LookedAfter => care::validate(
            &care::Input {
                this: asked.this.iter().map(file_of).collect(),
                last: asked.last.iter().map(file_of).collect(),
                providers: asked.providers.as_ref().map(file_of),
                postcodes: asked.postcodes.as_ref().map(file_of),
            },
            &care::Options {
                year: asked.year.unwrap_or_default(),
                authority: asked.authority,
                as_published: asked.as_published,
            },
        ),
    };
    let weight = weigh(&report);
    let mut found = Found { report, changes: None, earlier: None, notes: asked.notes, how, weight };
    if let Some((name, earlier)) = asked.earlier {
        found.compare(name, &earlier);
    }
    Ok(found)
}

fn file_of(file: &Upload) -> care::File<'_> {
    care::File { name: &file.name, bytes: &file.bytes }
}

/// Begins a check for its sender; gives the id under which it is kept.
pub(super) fn begin(app: &App, owner: AccountId, asked: Asked, room: Room) -> Uuid {
    let mut moment = app.moment();
    let (id, now) = (moment.id(), moment.now());
    let mut own = app.passing.of::<Check>(owner, now);
    while own.len() >= MOST_CHECKS {
        app.passing.forget(owner, own.remove(0).0);
    }
    let size = asked.this.iter().map(|file| file.bytes.len() as u64).sum();
    let check = Arc::new(Check {
        of: names(&asked.this),
        begun: now,
        size,
        read: AtomicU64::new(0),
        stage: RwLock::new(Stage::Waiting),
    });
    app.passing.keep(owner, id, now + KEPT, Arc::clone(&check));
    drop(tokio::spawn(pass(app.clone(), owner, id)));
    drop(tokio::spawn(work(app.clone(), check, asked, room)));
    id
}

/// Lets go of a check at its end, also when nobody looks any more.
async fn pass(app: App, owner: AccountId, id: Uuid) {
    tokio::time::sleep(KEPT.unsigned_abs()).await;
    app.passing.forget(owner, id);
}

async fn work(app: App, check: Arc<Check>, asked: Asked, room: Room) {
    let turn = TURN.acquire().await;
    *check.change() = Stage::Judging;
    let judged = Arc::clone(&check);
    let outcome: Result<_> = app.aside(move || judge(&judged, asked)).await;
    drop((room, turn));
    let stage = match outcome {
        Ok(Ok(found)) => {
            let others: usize = app.passing.everybody::<Check>().iter().map(|other| other.weight()).sum();
            if others + found.weight > MOST_FOUND {
                let places = found.report.counts();
                Stage::Stopped(format!(
                    "{} places were found, more than this page can keep beside what others check. Check the files with \
                     `alongside validate` on the command line",
                    places.errors + places.queries
                ))
            } else {
                Stage::Done(Box::new(found))
            }
        }
        Ok(Err(why)) => Stage::Stopped(why),
        Err(_) => {
            tracing::error!("a check of a return broke");
            Stage::Stopped(
                "Something of ours broke while these files were judged. It is not you: tell whoever looks after \
                 Alongside"
                    .to_owned(),
            )
        }
    };
    *check.change() = stage;
}

/// Waits a moment for a check to end, so that a small one is shown at once.
pub(super) async fn wait_for(check: &Check) {
    for _ in 0..16 {
        if check.is_over() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// What was found, or that nothing is here yet.
pub(super) fn found(stage: &Stage) -> Result<&Found> {
    match stage {
        Stage::Done(found) => Ok(found),
        Stage::Waiting | Stage::Judging | Stage::Stopped(_) => Err(Oops::NotFound),
    }
}
