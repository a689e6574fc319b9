//! Everything out and everything in, of a council of 100,000 people and 1,000,000 entries, by the program's command
//! line.

use crate::engine::{Engine, Place, Which, program};
use crate::{council, figure, fill};
use anyhow::{Context, Result, ensure};
use db::whole::{self, Filling, Kind, Table};
use db::{Db, DbError, Value};
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use uuid::Uuid;

/// Times the council of 10,000 people.
const TIMES: u8 = 10;
/// Seconds on the wall.
const SECONDS: f64 = 600.0;
/// The council that came in.
const MOVED: &str = "moved";
/// Megabytes held at most.
const MEGABYTES: f64 = 300.0;
/// What is there once, however many people there are.
const ONCE: &[&str] = &[
    "council",
    "minted",
    "holiday",
    "team",
    "team_under",
    "worker",
    "post",
    "absence",
    "account",
    "recovery_code",
    "invitation",
    "session",
    "known_browser",
    "passkey",
    "passkey_asked",
    "token",
    "token_request",
    "duplicate_look",
    "name_token",
    "name_key",
    "own_figure",
    "column_limit",
    "own_word",
    "tombstone",
    "erasing_file",
    "import_question",
    "recording_time",
    "week_share",
    "restructure",
    "restructure_step",
    "team_limit",
    "hours_worked",
    "long_week_answer",
];

/// Out of the embedded database, into this engine, and out of it again: the same files. On PostgreSQL the council that
/// came in stays, for `load pages --large`.
pub(crate) async fn measure(engine: &Engine) -> Result<bool> {
    let embedded = Engine::open(Which::Sqlite)?;
    let large = large(&embedded).await?;
    let folder = engine.folder.join("moving");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder)?;
    let (one, two) = (folder.join("one"), folder.join("two"));
    let mut kept = true;
    let out = run(&large, "export", &one)?;
    if engine.which == Which::Sqlite {
        kept &= told("taking everything out", out);
    }
    let moved = engine.anew(MOVED)?;
    kept &= told("taking everything in", run(&moved, "import", &one)?);
    // of the first only what proves it: both together are ten gigabytes
    let first = files(&one)?;
    fs::remove_dir_all(&one)?;
    let out = run(&moved, "export", &two)?;
    if engine.which == Which::Postgres {
        kept &= told("taking everything out", out);
    }
    ensure!(first == files(&two)?, "the second export is another than the first");
    println!("taken out again: the same files");
    fs::remove_dir_all(&folder)?;
    if engine.which == Which::Postgres {
        fs::copy(large.data.join("people.txt"), moved.data.join("people.txt"))?;
        engine.whole(&moved, MOVED)?;
    } else {
        fs::remove_dir_all(&moved.data)?;
    }
    Ok(kept)
}

/// The council of 100,000 people and 1,000,000 entries, in this engine.
pub(crate) async fn large_in(engine: &Engine) -> Result<Place> {
    if engine.which == Which::Sqlite {
        return large(engine).await;
    }
    let (place, there) = engine.place(MOVED)?;
    if !there {
        carried(&large(&Engine::open(Which::Sqlite)?).await?, &place, &engine.folder)?;
        engine.whole(&place, MOVED)?;
    }
    Ok(place)
}

/// Takes a council out of one engine and into another, unmeasured.
pub(crate) fn carried(from: &Place, to: &Place, beside: &Path) -> Result<()> {
    let folder = beside.join("carried");
    drop(fs::remove_dir_all(&folder));
    let out = run(from, "export", &folder)?;
    let came = run(to, "import", &folder)?;
    println!("out in {:.0} s and in in {:.0} s on the wall", out.0, came.0);
    fs::remove_dir_all(&folder)?;
    fs::copy(from.data.join("people.txt"), to.data.join("people.txt"))?;
    Ok(())
}

fn told(what: &str, (wall, spent, held): (f64, f64, f64)) -> bool {
    println!("{what}: {spent:.0} s of the program's processor time");
    figure(&format!("{what}, on the wall"), wall, (SECONDS, "s"))
        & figure(&format!("{what} holds"), held, (MEGABYTES, "MB"))
}

/// Seconds on the wall, seconds of processor time of the program, megabytes held at most.
fn run(place: &Place, way: &str, folder: &Path) -> Result<(f64, f64, f64)> {
    let began = Instant::now();
    let said = Command::new("/usr/bin/time")
        .args(["-f", "measured %U %S %M"])
        .arg(program()?)
        .args([way, "all"])
        .arg(folder)
        .env("ALONGSIDE_DATA", &place.data)
        .env("ALONGSIDE_DATABASE_URL", &place.url)
        .output()?;
    let wall = began.elapsed().as_secs_f64();
    let text = String::from_utf8_lossy(&said.stderr).into_owned();
    ensure!(said.status.success(), "{way} all failed: {text}");
    let line = text.lines().rfind(|line| line.starts_with("measured ")).unwrap_or_default();
    let numbers: Vec<f64> = line.split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
    ensure!(numbers.len() == 3, "time said {text}");
    Ok((wall, numbers[0] + numbers[1], numbers[2] / 1024.0))
}

/// What a manifest says of every file, its hash among it; but for the page, which names the time.
fn files(folder: &Path) -> Result<Vec<serde_json::Value>> {
    let json: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("manifest.json"))?)?;
    let page = |file: &&serde_json::Value| file["path"] != "index.html";
    Ok(json["files"].as_array().context("files")?.iter().filter(page).cloned().collect())
}

/// The council of 10,000 people ten times over: each person, entry and row of the journal with keys of its own. The
/// rows of its journal are copies and prove nothing; they are as many and as long.
async fn large(engine: &Engine) -> Result<Place> {
    let (place, there) = engine.place("large")?;
    if there {
        return Ok(place);
    }
    let families = fill::families(engine).await?;
    let from = council::open(&families).await?;
    println!("making ten councils of it: 100,000 people and 1,000,000 entries");
    let into = Db::open(&place.url).await?;
    into.migrate().await?;
    let mut once = HashSet::new();
    for table in whole::tables() {
        copy(&from.db, &into, table, &mut once).await?;
    }
    into.close().await;
    from.db.close().await;
    fs::copy(families.data.join("people.txt"), place.data.join("people.txt"))?;
    engine.whole(&place, "large")?;
    Ok(place)
}

async fn copy(from: &Db, into: &Db, table: &Table, once: &mut HashSet<Uuid>) -> Result<()> {
    let is_once = ONCE.contains(&table.name.as_str());
    let mut rows = vec![];
    let mut conn = from.read().await?;
    whole::dump::<DbError>(&mut conn, table, |row| {
        if let (true, Value::Key(Some(id))) = (is_once, &row[0]) {
            once.insert(*id);
        }
        rows.push(row.to_vec());
        Ok(())
    })
    .await?;
    let mut tx = into.write().await?;
    let mut filling = Filling::new(table);
    for row in rows {
        for time in 0..if is_once { 1 } else { TIMES } {
            let row = another(table, row.clone(), time, once);
            filling.row(&mut tx, row).await.with_context(|| table.name.clone())?;
        }
    }
    filling.finish(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// A row again, of other people.
fn another(table: &Table, mut row: Vec<Value>, time: u8, once: &HashSet<Uuid>) -> Vec<Value> {
    for (value, (column, kind)) in row.iter_mut().zip(&table.columns) {
        match (value, kind, table.name.as_str(), column.as_str()) {
            (Value::Key(Some(id)), Kind::Key, ..) if !once.contains(id) => {
                let mut bytes = id.into_bytes();
                bytes[15] ^= time << 4;
                *id = Uuid::from_bytes(bytes);
            }
            (Value::Text(Some(number)), _, "person_identifier", "number") if time > 0 => {
                number.push_str(&time.to_string());
            }
            (Value::Int(Some(number)), _, "journal_seal", "seq") => {
                *number = (*number - 1) * i64::from(TIMES) + i64::from(time) + 1;
            }
            _ => {}
        }
    }
    row
}
