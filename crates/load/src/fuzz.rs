//! What comes from outside, damaged by chance, for minutes on end: forms with files, folders of people, rows of an
//! export. (Photos: the example `admit_fuzz` of the crate `files`.)
//! Nothing may panic, and memory stays bounded. A number that fails can be asked for again with `--from`.

use crate::council;
use crate::engine::Place;
use anyhow::{Context, Result, ensure};
use app::faces::everything::{read_line, write_line};
use app::faces::import_people::{self, Choice, from_uploads};
use app::faces::imports::{Mode, unwatched};
use app::form::Sent;
use app::{App, Who};
use axum::body::Body;
use axum::http::{Request, header};
use clap::ValueEnum;
use db::Value;
use db::whole::{Kind, Table, tables};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

#[path = "../../returns/examples/damage/mod.rs"]
mod damage;

use damage::Chance;

/// How many times anything panicked, those that were caught included.
static PANICS: AtomicU64 = AtomicU64::new(0);
const EDGE: &str = "----------alongside";
/// Rows of an export that are hard to read rightly, one a line.
const HARD_ROWS: &str = include_str!("../seeds/rows.jsonl");

/// What is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reader {
    /// Forms with files.
    Forms,
    /// Folders of people.
    Folders,
    /// Rows of `import all`.
    Rows,
}

impl Reader {
    const ALL: [Self; 3] = [Self::Forms, Self::Folders, Self::Rows];

    const fn words(self) -> &'static str {
        match self {
            Self::Forms => "forms with files",
            Self::Folders => "folders of people",
            Self::Rows => "rows of an export",
        }
    }
}

fn forms() -> Vec<Vec<u8>> {
    let part = |head: &str, body: &str| {
        format!("--{EDGE}\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let words =
        part("name=\"csrf\"", "token") + &part("name=\"narrative\"", "We made the dog collage \u{1f436}");
    let file = part("name=\"files\"; filename=\"IMG_1.jpg\"\r\nContent-Type: image/jpeg", "\u{fffd}PNG");
    let odd = part("name=\"files\"; filename*=UTF-8''a%20b.txt", "x") + &part("name=\"a\"; name=\"b\"", "y");
    vec![
        format!("{words}{file}--{EDGE}--\r\n").into_bytes(),
        format!("{odd}--{EDGE}--\r\n").into_bytes(),
        "csrf=token&narrative=We+made+toast%2e&files=&a%5B0%5D=%00".as_bytes().to_vec(),
    ]
}

fn damaged(seeds: &[Vec<u8>], number: u64) -> (usize, Vec<u8>) {
    let mut chance = Chance(number);
    let which = chance.below(seeds.len());
    let other = chance.below(seeds.len());
    let mut bytes = seeds[which].clone();
    for _ in 0..=chance.below(8) {
        chance.damage(&mut bytes, &seeds[other]);
    }
    (which, bytes)
}

async fn form(app: &App, (which, bytes): (usize, Vec<u8>)) -> Result<()> {
    let kind = if which == 2 {
        "application/x-www-form-urlencoded".to_owned()
    } else {
        format!("multipart/form-data; boundary={EDGE}")
    };
    let request = Request::post("/record").header(header::CONTENT_TYPE, kind).body(Body::from(bytes))?;
    drop(Sent::read(app, request).await);
    Ok(())
}

/// A folder as it is sent, with one or two of its tables damaged.
async fn folder(app: &App, whole: &[(String, Vec<u8>)], number: u64) {
    let mut chance = Chance(number);
    let mut files = whole.to_vec();
    for _ in 0..=chance.below(3) {
        let (at, other) = (chance.below(files.len()), chance.below(files.len()));
        let other = files[other].1.clone();
        chance.damage(&mut files[at].1, &other);
    }
    let Ok(folder) = from_uploads(files) else { return };
    let choice = Choice { team: None, mode: Mode::Look };
    drop(import_people::import(app, &Who::program("load"), &folder, &choice, &unwatched).await);
}

/// A good row of each table, and the hard ones.
fn rows() -> Result<Vec<Vec<u8>>> {
    let mut all: Vec<Vec<u8>> = HARD_ROWS.lines().map(|line| line.as_bytes().to_vec()).collect();
    for table in tables() {
        for filled in [true, false] {
            let values: Vec<Value> = table.columns.iter().map(|(_, kind)| value(*kind, filled)).collect();
            let mut line = vec![];
            write_line(&mut line, table, &values)?;
            line.pop();
            all.push(line);
        }
    }
    Ok(all)
}

fn value(kind: Kind, filled: bool) -> Value {
    match kind {
        Kind::Key => {
            Value::Key(filled.then(|| uuid::Uuid::from_u128(0x0198_f2c4_5a10_7cc3_98c4_dc0c_0c07_398f)))
        }
        Kind::Text => Value::Text(filled.then(|| "Ada\u{1f436} said \"no\"\n".to_owned())),
        Kind::Int => Value::Int(filled.then_some(-12)),
        Kind::Bool => Value::Bool(filled.then_some(true)),
        Kind::Day => Value::Day(filled.then_some(jiff::civil::date(2024, 2, 29))),
        Kind::At => Value::At(filled.then_some(jiff::Timestamp::UNIX_EPOCH)),
        Kind::Bytes => Value::Bytes(filled.then(|| vec![0, 127, 255])),
    }
}

/// A damaged row, read as one of some table. One that is taken must be written and read again as the same.
fn row(seeds: &[Vec<u8>], number: u64) -> Result<()> {
    let (which, line) = damaged(seeds, number);
    let hard = HARD_ROWS.lines().count();
    let all = tables();
    // a good row mostly as one of its own table, a hard one as one of any
    let table: &Table = match which.checked_sub(hard) {
        Some(at) if !number.is_multiple_of(8) => &all[at / 2],
        _ => &all[usize::try_from(number % all.len() as u64)?],
    };
    let Ok(taken) = read_line(table, &line) else { return Ok(()) };
    let mut again = vec![];
    write_line(&mut again, table, &taken)?;
    let same = read_line(table, &again).is_ok_and(|row| row == taken);
    ensure!(same, "row {number} of {} comes back as another", table.name);
    Ok(())
}

/// What is damaged, made once.
struct Seeds {
    app: App,
    forms: Vec<Vec<u8>>,
    folder: Vec<(String, Vec<u8>)>,
    rows: Vec<Vec<u8>>,
}

impl Seeds {
    async fn one(&self, what: Reader, number: u64) -> Result<()> {
        match what {
            Reader::Forms => form(&self.app, damaged(&self.forms, number)).await,
            Reader::Folders => {
                folder(&self.app, &self.folder, number).await;
                Ok(())
            }
            Reader::Rows => row(&self.rows, number),
        }
    }
}

/// Damages each for so many minutes, or one of them.
pub(crate) async fn fuzz(only: Option<Reader>, minutes: u64, from: u64) -> Result<bool> {
    let folder_of = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder_of.path().join("alongside.db").display());
    let app = council::open(&Place { data: folder_of.path().to_owned(), url }).await?;
    council::begin(&app, 1).await?;
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |told| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        usual(told);
    }));
    let folder: Vec<(String, Vec<u8>)> = import_people::template(app.moment().today())
        .into_iter()
        .filter_map(|file| Some((file.path.strip_prefix("example/")?.to_owned(), file.bytes)))
        .collect();
    ensure!(!folder.is_empty(), "the worked example has no files");
    let seeds = Seeds { app, forms: forms(), folder, rows: rows()? };
    for what in Reader::ALL.into_iter().filter(|what| only.is_none_or(|only| only == *what)) {
        let (began, mut number) = (Instant::now(), from);
        while began.elapsed() < Duration::from_secs(minutes * 60) {
            let before = PANICS.load(Ordering::Relaxed);
            seeds.one(what, number).await?;
            if PANICS.load(Ordering::Relaxed) > before {
                println!("number {number} of {} panicked", what.words());
            }
            number += 1;
        }
        let status = std::fs::read_to_string("/proc/self/status")?;
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("memory")?;
        println!(
            "{}: {} in {minutes} minutes, {} panics so far, {} at most held",
            what.words(),
            number - from,
            PANICS.load(Ordering::Relaxed),
            most.trim()
        );
    }
    seeds.app.db.close().await;
    Ok(PANICS.load(Ordering::Relaxed) == 0)
}
