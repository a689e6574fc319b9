//! House keeping in Rust: `cargo xtask tidy`, `cargo xtask schema`, `cargo xtask new-room NAME`; and
//! `cargo xtask load WHAT`, which measures the whole server; `cargo xtask leaks-mutate`, which tries the leak test.

mod leaks_mutate;
mod new_room;
mod schema;
mod security;
mod tidy;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<()> {
    let top = top();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["tidy"] => tidy::tidy(&top),
        ["schema"] => schema::write(&top),
        ["new-room", name] => new_room::make(&top, name),
        ["load", ref what @ ..] => load(&top, what),
        ["leaks-mutate"] => leaks_mutate::run(&top, None),
        ["leaks-mutate", words] => leaks_mutate::run(&top, Some(words)),
        _ => bail!("say: tidy, schema, new-room NAME, load WHAT or leaks-mutate"),
    }
}

/// Builds the program in release and measures it: `cargo xtask load all`.
fn load(top: &Path, what: &[&str]) -> Result<()> {
    let built = ["build", "--release", "--quiet", "-p", "alongside", "-p", "load"];
    if !Command::new("cargo").args(built).current_dir(top).status()?.success() {
        bail!("the program could not be built");
    }
    // not by `cargo run`: it would build everything again with fewer features
    let own = std::env::current_exe()?;
    let program = own.ancestors().nth(2).context("a target folder")?.join("release/load");
    if !Command::new(program).args(what).current_dir(top).status()?.success() {
        bail!("something was not as promised");
    }
    Ok(())
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}
