//! How long, and in how much memory, a census of 10,000 and of 100,000 children is checked by all rules.
//!
//! Each check runs in a process of its own, which tells its processor time and the most memory it held (Linux).
//! `cargo bench -p returns --bench cin_census` prints both and fails above the bounds; `-- make COUNT FILE` only writes a
//! file, `-- check FILE` only checks one.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "../tests/made/mod.rs"]
mod made;

use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::process::{Command, ExitCode};

use returns::cin::{Options, validate};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// 10,000 children: processor seconds and MB.
const BOUND: (f64, f64) = (0.4, 100.0);
/// 100,000 children may take so many times as long.
const TIMES: f64 = 12.0;

fn main() -> Outcome<ExitCode> {
    let asked: Vec<String> = std::env::args().collect();
    if let Some(at) = asked.iter().position(|word| word == "check") {
        return check(Path::new(&asked[at + 1])).map(|()| ExitCode::SUCCESS);
    }
    if let Some(at) = asked.iter().position(|word| word == "make") {
        std::fs::write(&asked[at + 2], made::census(asked[at + 1].parse()?, 42))?;
        return Ok(ExitCode::SUCCESS);
    }
    let folder = tempfile::tempdir()?;
    let mut measured = Vec::new();
    for children in [10_000_u32, 100_000] {
        let path = folder.path().join(format!("{children}.xml"));
        std::fs::write(&path, made::census(children, 42))?;
        let runs: Vec<(f64, f64)> = (0..3).map(|_| measure(&path)).collect::<Outcome<_>>()?;
        let best = runs.iter().copied().fold((f64::MAX, f64::MAX), |a, b| (a.0.min(b.0), a.1.min(b.1)));
        println!("{children} children: {:.2} s CPU, {:.0} MB", best.0, best.1);
        measured.push(best);
    }
    let (small, large) = (measured[0], measured[1]);
    let kept = small.0 <= BOUND.0 && small.1 <= BOUND.1 && large.0 <= TIMES * small.0.max(0.01);
    println!("{:.1} times as long for ten times as many", large.0 / small.0.max(0.01));
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn measure(path: &Path) -> Outcome<(f64, f64)> {
    let said = Command::new(std::env::current_exe()?).arg("check").arg(path).output()?;
    let said = String::from_utf8(said.stdout)?;
    let mut numbers = said.split_whitespace().map(str::parse::<f64>);
    let mut next = || numbers.next().ok_or("no number")?.map_err(Box::<dyn Error>::from);
    Ok((next()?, next()?))
}

fn check(path: &Path) -> Outcome<()> {
    let report = validate(File::open(path)?, Options::default())?;
    let json = report.to_json()?;
    assert!(json.len() > 1_000, "the report is whole");
    // nanoseconds on a processor, user and system code alike
    let stat = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = stat.split_whitespace().next().unwrap_or_default().parse()?;
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    let kilobytes: f64 = peak.trim().trim_end_matches(" kB").parse()?;
    println!("{} {}", nanoseconds / 1e9, kilobytes / 1024.0);
    Ok(())
}
