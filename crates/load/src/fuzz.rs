//! What comes from outside, damaged by chance, for minutes on end: forms with files, folders of people. (Photos: the example
//! `admit_fuzz` of the crate `files`.)
//! Nothing may panic, and memory stays bounded. A number that fails can be asked for again with `--from`.

use crate::council;
use crate::engine::Place;
use anyhow::{Context, Result, ensure};
use app::faces::import_people::{self, Choice, from_uploads};
use app::faces::imports::{Mode, unwatched};
use app::form::Sent;
use app::{App, Who};
use axum::body::Body;
use axum::http::{Request, header};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

#[path = "../../returns/examples/damage/mod.rs"]
mod damage;

use damage::Chance;

/// How many times anything panicked, those that were caught included.
static PANICS: AtomicU64 = AtomicU64::new(0);
const EDGE: &str = "----------alongside";

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

/// Damages each for so many minutes.
pub(crate) async fn fuzz(minutes: u64, from: u64) -> Result<bool> {
    let folder_of = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder_of.path().join("alongside.db").display());
    let app = council::open(&Place { data: folder_of.path().to_owned(), url }).await?;
    council::begin(&app, 1).await?;
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |told| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        usual(told);
    }));
    let forms = forms();
    let whole: Vec<(String, Vec<u8>)> = import_people::template(app.moment().today())
        .into_iter()
        .filter_map(|file| Some((file.path.strip_prefix("example/")?.to_owned(), file.bytes)))
        .collect();
    ensure!(!whole.is_empty(), "the worked example has no files");
    for what in ["forms with files", "folders of people"] {
        let (began, mut number) = (Instant::now(), from);
        while began.elapsed() < Duration::from_secs(minutes * 60) {
            let before = PANICS.load(Ordering::Relaxed);
            if what == "forms with files" {
                form(&app, damaged(&forms, number)).await?;
            } else {
                folder(&app, &whole, number).await;
            }
            if PANICS.load(Ordering::Relaxed) > before {
                println!("number {number} of {what} panicked");
            }
            number += 1;
        }
        let status = std::fs::read_to_string("/proc/self/status")?;
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("memory")?;
        println!(
            "{what}: {} in {minutes} minutes, {} panics so far, {} at most held",
            number - from,
            PANICS.load(Ordering::Relaxed),
            most.trim()
        );
    }
    app.db.close().await;
    Ok(PANICS.load(Ordering::Relaxed) == 0)
}
