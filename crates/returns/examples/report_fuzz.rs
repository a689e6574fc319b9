//! Tries what reads notes and an earlier check on damaged files, for as many minutes as asked, ten unless said:
//! `cargo run --release -p returns --example report_fuzz -- 10`. A panic ends it and names the number from which the
//! damage can be made again (second argument).

use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

use returns::cin::{Options, validate};
use returns::report::{Earlier, Notes, Report, Telling};

mod damage;

use damage::Chance;

const CENSUS: &str = include_str!("../tests/seeds/cin/whole.xml");
const NOTES: &[u8] =
    b"\xEF\xBB\xBFcode,child,note\r\n8525Q,A2,\"Birth \"\"not\"\" yet known\"\r\n2887Q,,Small council\r\n";

fn once(number: u64, report: &Report, seeds: &[Vec<u8>; 2]) {
    let mut chance = Chance(number);
    let mut files = seeds.clone();
    for at in 0..2 {
        for _ in 0..=chance.below(6) {
            chance.damage(&mut files[at], &seeds[1 - at]);
        }
    }
    let earlier = Earlier::read(&String::from_utf8_lossy(&files[0])).ok();
    let changes = earlier.and_then(|earlier| report.since(&earlier).ok());
    let notes = Notes::read(&files[1]).ok();
    if let Some(notes) = &notes {
        let carried = notes.carried(report).unwrap_or_default();
        assert!(Notes::read(&carried).is_ok(), "notes that come out go in again");
    }
    let telling = Telling { report, of: "census.xml", changes: changes.as_ref(), notes: notes.as_ref() };
    assert!(!telling.to_text().is_empty() && !telling.to_html().is_empty());
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let minutes: u64 = arguments.next().map_or(Ok(10), |minutes| minutes.parse())?;
    let mut number: u64 = arguments.next().map_or(Ok(1), |number| number.parse())?;
    let report = validate(CENSUS.as_bytes(), Options { year: Some(2026), as_published: false })?;
    let seeds = [report.to_json()?.into_bytes(), NOTES.to_vec()];
    let (began, first) = (Instant::now(), number);
    while began.elapsed() < Duration::from_secs(minutes * 60) && number - first < 10_000_000 {
        if std::panic::catch_unwind(|| once(number, &report, &seeds)).is_err() {
            return Err(format!("number {number} fails").into());
        }
        number += 1;
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    writeln!(
        std::io::stdout(),
        "{} pairs of files in {:?}, no panic, {most}",
        number - first,
        began.elapsed()
    )?;
    Ok(())
}
