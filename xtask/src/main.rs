//! House keeping in Rust: `cargo xtask tidy`, `cargo xtask schema`, `cargo xtask new-room NAME`; and
//! `cargo xtask load WHAT`, which measures the whole server.

mod new_room;
mod schema;
mod tidy;

use anyhow::{Result, bail};
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
        _ => bail!("say: tidy, schema, new-room NAME or load WHAT"),
    }
}

/// Builds the program in release and measures it: `cargo xtask load all`.
fn load(top: &Path, what: &[&str]) -> Result<()> {
    let cargo = |words: &[&str]| -> Result<()> {
        let done = Command::new("cargo").args(words).current_dir(top).status()?;
        if !done.success() {
            bail!("cargo {} failed", words.join(" "));
        }
        Ok(())
    };
    cargo(&["build", "--release", "--quiet", "-p", "alongside", "-p", "load"])?;
    let mut words = vec!["run", "--release", "--quiet", "-p", "load", "--"];
    words.extend_from_slice(what);
    cargo(&words)
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}
