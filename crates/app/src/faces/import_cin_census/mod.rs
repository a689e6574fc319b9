//! Bringing the statutory history of children in from children in need censuses: several years in their order,
//! each file whole or not at all, one child in memory at a time.
//!
//! A census holds no names, families, workers or visits. A child known only from it is shown by council id until
//! somebody, or a folder of people, gives a name.

mod person;
mod said;
pub(crate) mod store;
mod story;
mod take;
mod words;

use super::imports::{
    Asking, Mode, Outcome, Problem, Problems, Progress, Report, Unread, keep_run, only_team,
    refuse_demonstration, team_of,
};
use crate::journal::{Act, note};
use crate::person::joined;
use crate::{App, Moment, Oops, Result, Who};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::brought::Sort;
use practice::id::TeamId;
use returns::cin::{Children, Header, ReadError};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io::{self, Read};
use std::sync::{Arc, Mutex};
use story::{Census, Teller};
use take::Taking;
use uuid::Uuid;

/// The most bytes of one file: fifty times what the largest council sends.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// A census file that can be read from its beginning more than once.
pub trait CensusFile: Send + Sync {
    /// What it is called.
    fn name(&self) -> &str;

    /// Opens it at its beginning.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;
}

/// A file on a disk.
#[derive(Clone, Debug)]
pub struct OnDisk {
    name: String,
    path: std::path::PathBuf,
}

impl OnDisk {
    /// The file at a path.
    pub fn at(path: &std::path::Path) -> Self {
        Self { name: path.display().to_string(), path: path.to_owned() }
    }
}

impl CensusFile for OnDisk {
    fn name(&self) -> &str {
        &self.name
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let file = std::fs::File::open(&self.path)?;
        if file.metadata()?.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        Ok(Box::new(io::BufReader::with_capacity(1 << 16, file)))
    }
}

/// A file that was sent.
#[derive(Clone, Debug)]
pub struct InMemory {
    name: String,
    bytes: Arc<[u8]>,
}

impl InMemory {
    /// A file of these bytes.
    pub fn of(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into() }
    }
}

impl CensusFile for InMemory {
    fn name(&self) -> &str {
        &self.name
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(io::Cursor::new(Arc::clone(&self.bytes))))
    }
}

/// What goes with census files.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The code of the team that holds open episodes.
    pub team: Option<String>,
    /// Whether they are only looked at.
    pub mode: Mode,
}

/// Counts and hashes what is read, and refuses what never ends.
struct Measured {
    inner: Box<dyn Read + Send>,
    hash: Arc<Mutex<(Sha256, u64)>>,
}

impl Read for Measured {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let many = self.inner.read(into)?;
        if let Ok(mut hash) = self.hash.lock() {
            hash.0.update(&into[..many]);
            hash.1 += many as u64;
            if hash.1 > LARGEST {
                return Err(io::Error::other("the file is larger than 2 GB, far beyond any census"));
            }
        }
        Ok(many)
    }
}

type Hashing = Arc<Mutex<(Sha256, u64)>>;

fn measured(file: &dyn CensusFile) -> io::Result<(Measured, Hashing)> {
    let hash: Hashing = Arc::new(Mutex::new((Sha256::new(), 0)));
    Ok((Measured { inner: file.open()?, hash: Arc::clone(&hash) }, hash))
}

fn hash_of(hashing: &Hashing) -> String {
    let hash = hashing.lock().map(|hash| hash.0.clone().finalize().to_vec()).unwrap_or_default();
    data_encoding::HEXLOWER.encode(&hash)
}

/// A file that was read once to its end, so that it is known to be whole.
struct Looked<'a> {
    file: &'a dyn CensusFile,
    census: Census,
    hash: String,
    children: u64,
    /// Whether an episode in it goes on, so that a team is needed.
    goes_on: bool,
    /// What tells which of two files of one year is newer.
    written: (String, String),
}

fn unreadable(name: &str, error: &ReadError) -> Problem {
    let line = Some(u64::from(error.line)).filter(|line| *line > 0);
    let column =
        Some(error.element.clone()).filter(|element| !element.is_empty()).map(|it| format!("<{it}>"));
    Problem { line, column, ..Problem::of_file(name, error.problem.to_string()) }
}

/// The year of a census, as its header has it.
fn census_of(header: &Header, today: Date) -> std::result::Result<Census, String> {
    let year = header.year.as_str().and_then(|year| year.trim().parse::<i16>().ok());
    let reference = header.reference_date.date;
    let year = year.or_else(|| reference.map(Date::year)).filter(|year| (2009..=2100).contains(year));
    let year = year.ok_or("The header has no year (Header/CollectionDetails/Year), such as 2026")?;
    let last = Date::new(year, 3, 31).map_err(|_| "The header has no year".to_owned())?;
    if let Some(reference) = reference.filter(|reference| *reference != last) {
        return Err(format!(
            "The header says the year {year} and the reference date {reference}; 31 March {year} is expected"
        ));
    }
    Ok(Census { year, reference: last, today })
}

fn look(file: &dyn CensusFile, today: Date) -> std::result::Result<Looked<'_>, Problem> {
    let not_opened =
        |error: io::Error| Problem::of_file(file.name(), format!("The file could not be opened: {error}"));
    let (reader, hashing) = measured(file).map_err(not_opened)?;
    let mut children = Children::open(reader).map_err(|error| unreadable(file.name(), &error))?;
    let header = children.header();
    let (mut many, mut goes_on) = (0, false);
    for child in &mut children {
        let child = child.map_err(|error| unreadable(file.name(), &error))?;
        many += 1;
        goes_on |= child.episodes.iter().any(|episode| {
            let plan = episode.protection_plans.iter().any(|plan| plan.to.text.is_none());
            plan || (episode.closed.text.is_none() && episode.no_further_action.value != Some(true))
        });
    }
    let census = census_of(&header, today).map_err(|words| Problem::of_file(file.name(), words))?;
    let text = |written: &returns::cin::Written| written.text.clone().unwrap_or_default();
    let written = (text(&header.written_at), format!("{:>12}", text(&header.serial)));
    Ok(Looked { file, census, hash: hash_of(&hashing), children: many, goes_on, written })
}

/// Brings census files in, in the order of their years, each in a transaction of its own. All are read to
/// their ends first: where one cannot be read, none is stored.
///
/// # Errors
/// [`Oops::Refused`] in the demonstration; [`Oops::Wrong`] for a team that is not there or is needed; otherwise
/// where the database refuses. What is wrong with a file is no error but [`Outcome::Nothing`].
pub async fn import(
    app: &App,
    who: &Who,
    files: &[Box<dyn CensusFile>],
    choice: &Choice,
    progress: Progress<'_>,
) -> Result<Vec<Outcome>> {
    let today = app.moment().today();
    let mut looked = vec![];
    let mut problems = Problems::default();
    for file in files {
        match look(file.as_ref(), today) {
            Ok(one) => looked.push(one),
            Err(problem) => problems.add(problem),
        }
    }
    let team = {
        let mut conn = app.db.read().await?;
        refuse_demonstration(app, &mut conn).await?;
        team_for(&mut conn, choice, &looked, today).await?
    };
    if !problems.is_empty() {
        return Ok(vec![Outcome::Nothing(problems)]);
    }
    looked.sort_by(|a, b| (a.census.year, &a.written).cmp(&(b.census.year, &b.written)));
    let of: u64 = looked.iter().map(|one| one.children).sum();
    let mut done = 0;
    let mut outcomes = vec![];
    for one in &looked {
        let mut counted = || {
            done += 1;
            progress(done, of);
        };
        let outcome = store(app, who, one, (team, choice.mode), &mut counted).await?;
        let stop = matches!(outcome, Outcome::Nothing(_));
        outcomes.push(outcome);
        if stop {
            break;
        }
    }
    Ok(outcomes)
}

/// The team that holds open episodes, if there are any: someone must manage it.
async fn team_for(
    conn: &mut Conn,
    choice: &Choice,
    looked: &[Looked<'_>],
    today: Date,
) -> Result<Option<TeamId>> {
    let team = match &choice.team {
        Some(code) => Some(team_of(conn, code).await?),
        None => only_team(conn).await?,
    };
    if !looked.iter().any(|one| one.goes_on) {
        return Ok(team);
    }
    let Some(team) = team else {
        return Err(Oops::wrong("team", "Some episodes go on, so say with --team which team holds them"));
    };
    if conn.number(store::MANAGERS, args![team, today]).await? == 0 {
        let words = "The team has no manager, and someone must answer for the children while nobody is allocated. Give it a manager first";
        return Err(Oops::wrong("team", words));
    }
    Ok(Some(team))
}

async fn store(
    app: &App,
    who: &Who,
    looked: &Looked<'_>,
    (team, mode): (Option<TeamId>, Mode),
    counted: &mut (dyn FnMut() + Send),
) -> Result<Outcome> {
    let name = looked.file.name();
    let mut moment = app.moment();
    moment.defer_clocks();
    let mut tx = app.db.write().await?;
    let result = take(&mut tx, who, &mut moment, looked, team, counted).await;
    let (mut report, asking) = match result {
        Ok(Ok(taken)) => taken,
        Ok(Err(problem)) => {
            tx.give_up().await?;
            return Ok(Outcome::Nothing(problem.into()));
        }
        Err(error) => {
            tx.give_up().await?;
            return Err(error);
        }
    };
    if mode == Mode::Look {
        tx.give_up().await?;
        return Ok(Outcome::Done(Box::new(report)));
    }
    crate::clock::settle(&mut tx, &mut moment).await?;
    report.file = name.to_owned();
    let run = keep_run(&mut tx, who, &mut moment, &report).await?;
    asking.keep(&mut tx, &mut moment, run).await?;
    let payload =
        json!({ "run": run, "year": looked.census.year, "hash": report.hash, "counts": report.counts });
    note(&mut tx, who, &mut moment, Act { action: "import_cin_census", about: &[], payload }).await?;
    tx.commit().await?;
    Ok(Outcome::Done(Box::new(report)))
}

/// Reads a file child by child into the open transaction.
async fn take(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    looked: &Looked<'_>,
    team: Option<TeamId>,
    counted: &mut (dyn FnMut() + Send),
) -> Result<std::result::Result<(Report, Asking), Problem>> {
    let name = looked.file.name();
    let report = Report::of("cin-census", name, looked.hash.clone());
    let changed = |words: &str| Problem::of_file(name, words.to_owned());
    let Ok((reader, hashing)) = measured(looked.file) else {
        return Ok(Err(changed("The file could be opened once and not again")));
    };
    let mut children = match Children::open(reader) {
        Ok(children) => children,
        Err(error) => return Ok(Err(unreadable(name, &error))),
    };
    let census = &looked.census;
    let first = joined::first_of(tx).await?;
    let asking = Asking::of(tx, census.year).await?;
    let mut taking = Taking { tx, who, moment, census, report, team, first, seen: HashSet::new(), asking };
    for child in children.by_ref() {
        let child = match child {
            Ok(child) => child,
            Err(error) => return Ok(Err(unreadable(name, &error))),
        };
        let mut teller = Teller::of(census, &child);
        let story = teller.tell(&child);
        for unread in teller.unread {
            taking.report.unread(unread);
        }
        if let Some(story) = story {
            taking.child(&story).await?;
        }
        counted();
    }
    for left in children.not_understood() {
        let (element, line) = (left.element, u64::from(left.line));
        taking.report.unread(Unread { child: left.child, element, line, value: left.value, why: None });
    }
    if hash_of(&hashing) != looked.hash {
        return Ok(Err(changed("The file changed while it was read")));
    }
    taking.gone().await?;
    let many = taking.asking.many();
    taking.report.count_many("things to decide", many);
    Ok(Ok((taking.report, taking.asking)))
}

impl Taking<'_> {
    /// Children whom an earlier file of the year held and this one does not.
    async fn gone(&mut self) -> Result<()> {
        let field = said::field_of(self.census.year);
        let before: Vec<(Uuid, String)> = self.tx.all(store::HELD_IN_YEAR, args![field]).await?;
        for (person, council_id) in before {
            if !self.seen.contains(&person) {
                let words = format!(
                    "This child is no longer in the file of {}; everything was left as it is",
                    self.census.year
                );
                self.report.list(&council_id, 0, words);
                self.asking.ask(person.into(), Sort::Person, "", (None, None));
            }
        }
        Ok(())
    }
}
