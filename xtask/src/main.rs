//! House keeping in Rust: `cargo xtask tidy`, `cargo xtask schema`, `cargo xtask new-room NAME`.

mod new_room;
mod schema;
mod tidy;

use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;

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
        _ => bail!("say: tidy, schema or new-room NAME"),
    }
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}
