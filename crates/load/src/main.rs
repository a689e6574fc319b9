//! The whole server under measure: a large council made by the real actions, and what each thing costs in
//! processor time, of the program and of the database's own processes together.
//!
//! `cargo xtask load` builds the program and this in release and runs it. Figures are CPU time, not time on the
//! wall: a busy machine changes them less.
#![expect(clippy::print_stdout, reason = "a measure prints what it measured")]
#![expect(clippy::unwrap_used, reason = "the invented people are shared with a test")]

mod board;
mod census;
mod council;
mod cpu;
mod crash;
mod crowded;
mod engine;
mod fill;
mod find;
mod fuzz;
mod gnu;
mod http;
mod moving;
mod pages;
mod start;

#[path = "../../practice/tests/population/people.rs"]
mod population;

use anyhow::Result;
use clap::{Parser, Subcommand};
use engine::{Engine, Which};
use std::process::ExitCode;

/// Measures of the whole server.
#[derive(Parser)]
#[command(name = "load")]
struct Said {
    /// What to measure.
    #[command(subcommand)]
    what: What,
    /// On which engine; both where nothing is said.
    #[arg(long, global = true)]
    engine: Option<Which>,
    /// How many requests of each kind.
    #[arg(long, global = true, default_value_t = 1_000)]
    requests: usize,
}

#[derive(Subcommand)]
enum What {
    /// Makes the council of 10,000 people and 100,000 entries, and the one of 100,000 people, where they are not
    /// there yet. Every other measure does so too.
    Fill,
    /// A person's page, and recording a visit.
    Pages {
        /// In the council of 100,000 people and 1,000,000 entries.
        #[arg(long)]
        large: bool,
    },
    /// The board of a team of 60 workers and 1,200 people, and how its work moves.
    Board,
    /// Finding by both names with one wrong letter in each.
    Find {
        /// Among how many.
        #[arg(long, default_value_t = fill::CROWD)]
        people: usize,
    },
    /// The clocks of 5,000 open episodes.
    Clocks,
    /// The import of a census of 10,000 children.
    Census,
    /// A second start.
    Start,
    /// Everything out and everything in, of 100,000 people and 1,000,000 entries.
    Moving,
    /// Sixty-four who file visits at the same time, against one.
    Writers,
    /// Two hundred workers at their desks for a minute.
    Workers,
    /// The same of GNU Health, in the same run: opening a record, finding by both names, finding misspelt.
    GnuHealth,
    /// Forms, folders of people and rows of an export, damaged by chance for so many minutes each.
    Fuzz {
        /// One of them alone.
        #[arg(long)]
        only: Option<fuzz::Reader>,
        /// Minutes for each.
        #[arg(long, default_value_t = 10)]
        minutes: u64,
        /// The number to begin with: what failed can be made again.
        #[arg(long, default_value_t = 1)]
        from: u64,
    },
    /// Killed at random moments while visits with photos are recorded.
    Crash {
        /// How many visits are to be acknowledged.
        #[arg(long, default_value_t = 200)]
        visits: usize,
    },
    /// All of it, but for the comparison.
    All,
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let said = Said::parse();
    if let What::Fuzz { only, minutes, from } = said.what {
        return Ok(if fuzz::fuzz(only, minutes, from).await? {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    let engines = said.engine.map_or_else(|| vec![Which::Sqlite, Which::Postgres], |one| vec![one]);
    let mut kept = true;
    for which in engines {
        println!("== {}", which.words());
        kept &= measures(&Engine::open(which)?, &said).await?;
    }
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Takes the measures asked for on one engine.
async fn measures(engine: &Engine, said: &Said) -> Result<bool> {
    let mut kept = true;
    let all = matches!(said.what, What::All);
    if all || matches!(said.what, What::Fill) {
        fill::families(engine).await?;
        fill::crowd(engine, fill::CROWD).await?;
    }
    if all || matches!(said.what, What::Pages { .. }) {
        let large = matches!(said.what, What::Pages { large: true });
        kept &= pages::measure(engine, large, said.requests).await?;
    }
    if all || matches!(said.what, What::Board) {
        kept &= board::measure(engine, said.requests.min(300)).await?;
    }
    if all || matches!(said.what, What::Find { .. }) {
        let people = if let What::Find { people } = said.what { people } else { fill::CROWD };
        kept &= find::measure(engine, people, said.requests).await?;
    }
    if all || matches!(said.what, What::Clocks) {
        kept &= pages::clocks(engine).await?;
    }
    if all || matches!(said.what, What::Census) {
        kept &= census::measure(engine)?;
    }
    if all || matches!(said.what, What::Moving) {
        kept &= moving::measure(engine).await?;
    }
    if all || matches!(said.what, What::Writers) {
        kept &= crowded::writers(engine).await?;
    }
    if all || matches!(said.what, What::Workers) {
        kept &= crowded::workers(engine).await?;
    }
    if matches!(said.what, What::GnuHealth) {
        kept &= gnu::compare(engine, said.requests.min(300)).await?;
    }
    if all || matches!(said.what, What::Crash { .. }) {
        let visits = if let What::Crash { visits } = said.what { visits } else { 200 };
        kept &= crash::measure(engine, visits).await?;
    }
    if engine.which == Which::Sqlite && (all || matches!(said.what, What::Start)) {
        kept &= start::measure()?;
    }
    Ok(kept)
}

/// Prints a figure beside what is promised, and says whether it holds.
fn figure(what: &str, measured: f64, (promised, unit): (f64, &str)) -> bool {
    let kept = measured <= promised;
    let word = if kept { "kept" } else { "NOT KEPT" };
    println!("{what}: {measured:.2} {unit} (promised: at most {promised} {unit}; {word})");
    kept
}
