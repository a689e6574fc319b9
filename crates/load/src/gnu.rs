//! The same three things asked of Alongside and of GNU Health in one run: on one PostgreSQL, with the same 100,000 names
//! and the same words looked for. `gnu_health.py` beside this crate installs GNU Health from the Python index and asks it.

use crate::engine::{Engine, Which};
use crate::http::{Server, Visitor};
use crate::population::{Dice, misspelt};
use crate::{council, fill};
use anyhow::{Context, Result, bail, ensure};
use axum::http::StatusCode;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// What is asked of both.
const KINDS: [(&str, &str); 3] = [
    ("open", "opening a record"),
    ("exact", "finding by both names"),
    ("wrong", "finding both names misspelt"),
];

/// One thing to do: which of the kinds, with whom, by which names.
struct Wanted {
    kind: &'static str,
    place: usize,
    given: String,
    family: String,
}

/// What one kind came to.
#[derive(Default)]
struct Told {
    mean: f64,
    median: f64,
    found: f64,
}

pub(crate) async fn compare(engine: &Engine, requests: usize) -> Result<bool> {
    if engine.which == Which::Sqlite {
        println!("GNU Health has no SQLite");
        return Ok(true);
    }
    let place = fill::crowd(engine, fill::CROWD).await?;
    let people = fill::listed(&place)?;
    let mut dice = Dice::new(271);
    let mut wanted = vec![];
    for (kind, _) in KINDS {
        for _ in 0..requests + 20 {
            let place = dice.below(people.len());
            let (given, family) = people[place].name.split_once(' ').context("two names")?;
            let (mut given, mut family) = (given.to_owned(), family.to_owned());
            if kind == "wrong" {
                (given, family) = (misspelt(&given, &mut dice), misspelt(&family, &mut dice));
            }
            wanted.push(Wanted { kind, place, given, family });
        }
    }
    let ours = ours(engine, &place, &people, &wanted).await?;
    let theirs = theirs(engine, &people, &wanted)?;
    println!(
        "of processor time, server and database together; the mean (half of them), found in the first twenty"
    );
    for ((kind, words), ours) in KINDS.into_iter().zip(&ours) {
        let number = |what: &str| theirs[kind][what].as_f64().unwrap_or(f64::NAN);
        let found = |share: f64| if kind == "open" { String::new() } else { format!(", {share:.1} in 100") };
        println!(
            "{words}: Alongside {:.1} ms ({:.1}){}; GNU Health {} {:.1} ms ({:.1}){}; {:.2} times ours",
            ours.mean,
            ours.median,
            found(ours.found),
            theirs["version"].as_str().unwrap_or_default(),
            number("mean"),
            number("median"),
            found(number("found")),
            number("mean") / ours.mean,
        );
    }
    Ok(true)
}

async fn ours(
    engine: &Engine,
    place: &crate::engine::Place,
    people: &[fill::Listed],
    wanted: &[Wanted],
) -> Result<Vec<Told>> {
    let app = council::open(place).await?;
    let server = Server::start(engine, place).await?;
    let mut visitor = council::sign_in(&app, &server, "worker-0-0").await?;
    app.db.close().await;
    // nobody works with these people: each record is opened by breaking the glass, before anything is measured
    for one in wanted.iter().filter(|one| one.kind == "open") {
        let path = format!("/glass/{}", people[one.place].id);
        visitor.get(&path).await?;
        let opened =
            visitor.post(&path, &[("reason", "A measure of the machine"), ("how_long", "today")]).await?;
        ensure!(opened.status == StatusCode::SEE_OTHER, "{path} says {}", opened.status);
    }
    server.settle().await?;
    let watched = server.watched();
    let mut told = vec![];
    for (kind, _) in KINDS {
        let (mut times, mut hits) = (vec![], 0_usize);
        for (number, one) in wanted.iter().filter(|one| one.kind == kind).enumerate() {
            let before = watched.spent()?;
            let hit = ask(&mut visitor, people, one).await?;
            if number >= 20 {
                times.push(watched.spent()? - before);
                hits += usize::from(hit);
            }
        }
        times.sort_by(f64::total_cmp);
        #[expect(clippy::cast_precision_loss, reason = "a measure")]
        let (many, hits) = (times.len() as f64, hits as f64);
        let mean = times.iter().sum::<f64>() / many;
        told.push(Told { mean, median: times[times.len() / 2], found: 100.0 * hits / many });
    }
    Ok(told)
}

/// Asks for it, and says whether the person is there: of those found by name alone, anybody of the same name.
async fn ask(visitor: &mut Visitor, people: &[fill::Listed], one: &Wanted) -> Result<bool> {
    let person = &people[one.place];
    if one.kind == "open" {
        let answer = visitor.get(&format!("/person/{}", person.id)).await?;
        ensure!(answer.status == StatusCode::OK, "a person's page says {}", answer.status);
        return Ok(true);
    }
    let words = format!("{} {}", one.given, one.family);
    let answer = visitor.get(&format!("/find?{}", serde_urlencoded::to_string([("q", &words)])?)).await?;
    ensure!(answer.status == StatusCode::OK, "finding says {}", answer.status);
    let text = answer.text();
    let mut found = text.split("href=\"/person/").skip(1).filter_map(|rest| rest.split('"').next()).take(20);
    Ok(found
        .any(|id| id == person.id || people.iter().any(|other| other.id == id && other.name == person.name)))
}

fn theirs(engine: &Engine, people: &[fill::Listed], wanted: &[Wanted]) -> Result<Value> {
    let work = engine.folder.join("gnu-health");
    fs::create_dir_all(&work)?;
    let (mut all, mut asked) = (String::new(), String::new());
    for one in people {
        let (given, family) = one.name.split_once(' ').context("two names")?;
        writeln!(all, "{given}|{family}|{}", one.born)?;
    }
    for Wanted { kind, place, given, family } in wanted {
        writeln!(asked, "{kind}|{place}|{given}|{family}")?;
    }
    let (names, looked) = (work.join("people.txt"), work.join("wanted.txt"));
    fs::write(&names, all)?;
    fs::write(&looked, asked)?;
    println!("installing and filling GNU Health");
    let told = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/gnu_health.py"))
        .args(["--work".into(), work.into_os_string()])
        .args(["--postgres", &engine.port().to_string()])
        .args(["--postmaster", &engine.process()?.context("a PostgreSQL")?.to_string()])
        .args(["--port", &crate::http::free_port()?.to_string()])
        .args(["--people".into(), names.into_os_string(), "--wanted".into(), looked.into_os_string()])
        .output()?;
    if !told.status.success() {
        bail!("{}", String::from_utf8_lossy(&told.stderr));
    }
    let text = String::from_utf8_lossy(&told.stdout);
    Ok(serde_json::from_str(text.lines().last().context("an answer")?)?)
}
