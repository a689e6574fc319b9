//! The import of a census of 10,000 children by the program's command line.

use crate::engine::{Engine, Place, Which, program};
use crate::{cpu, figure};
use anyhow::{Result, ensure};
use std::process::Command;

#[path = "../../returns/tests/made/mod.rs"]
mod made;

/// Seconds of processor time on SQLite.
const SECONDS: f64 = 20.0;
/// Seconds of processor time on PostgreSQL, of the program and the database together.
const BOTH: f64 = 60.0;
/// Megabytes held at most.
const MEGABYTES: f64 = 300.0;

pub(crate) fn measure(engine: &Engine) -> Result<bool> {
    let (place, _) = engine.place("census")?;
    let file = place.data.join("census.xml");
    std::fs::write(&file, made::census(10_000, 42))?;
    run(&place, &["migrate"])?;
    run(&place, &["team", "add", "first", "--name", "First team"])?;
    run(
        &place,
        &["worker", "add", "manager", "--name", "Mo Manager", "--role", "team-manager", "--team", "first"],
    )?;
    let database = |first: Option<u32>| first.map_or(Ok(0.0), cpu::database);
    let before = database(engine.process()?)?;
    let said = Command::new("/usr/bin/time")
        .args(["-f", "measured %U %S %M"])
        .arg(program()?)
        .args(["import", "cin-census"])
        .arg(&file)
        .env("ALONGSIDE_DATA", &place.data)
        .env("ALONGSIDE_DATABASE_URL", &place.url)
        .output()?;
    let served = (database(engine.process()?)? - before) / 1e3;
    let text = String::from_utf8_lossy(&said.stderr).into_owned();
    ensure!(said.status.success(), "the import failed: {text}");
    let line = text.lines().rfind(|line| line.starts_with("measured ")).unwrap_or_default();
    let numbers: Vec<f64> = line.split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
    ensure!(numbers.len() == 3, "time said {text}");
    let seconds = numbers[0] + numbers[1];
    let mut kept = true;
    if engine.which == Which::Sqlite {
        kept &= figure("a census of 10,000 children", seconds, (SECONDS, "s"));
    } else {
        println!("a census of 10,000 children: {seconds:.2} s of the program, {served:.2} s of the database");
        kept &= figure("a census of 10,000 children, both", seconds + served, (BOTH, "s"));
    }
    kept &= figure("a census of 10,000 children holds", numbers[2] / 1024.0, (MEGABYTES, "MB"));
    std::fs::remove_dir_all(&place.data)?;
    Ok(kept)
}

fn run(place: &Place, words: &[&str]) -> Result<()> {
    let done = Command::new(program()?)
        .args(words)
        .env("ALONGSIDE_DATA", &place.data)
        .env("ALONGSIDE_DATABASE_URL", &place.url)
        .output()?;
    ensure!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}
