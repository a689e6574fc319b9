//! Browser journeys: the built program, a real chromium, phone and desktop. Each essential one also without
//! scripts and by keyboard alone; every page is walked with axe-core and must not scroll sideways at 320 px.
//!
//! Run it after `cargo build --release -p alongside`: `cargo run --release -p journeys`, or only the journeys whose names
//! hold some words: `cargo run --release -p journeys -- census`. It starts the program and
//! the browser's driver on loopback and stops them. Needs Debian's `chromium` and `chromium-driver`, and
//! `npm ci` in `crates/page/npm` for axe-core.

mod browser;
mod checking;
mod joining;
mod knowing;
mod moving;
mod own;
mod passkey;
mod place;
mod stories;
mod walk;

use anyhow::Result;
use std::io::Write;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("journeys: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<usize> {
    let place = place::Place::start().await?;
    let (mut passed, mut failed) = (0, 0);
    let wanted = std::env::args().nth(1).unwrap_or_default();
    for story in stories::all().into_iter().filter(|story| story.name.contains(&wanted)) {
        let told = stories::tell(&place, &story).await;
        match told {
            Ok(()) => {
                passed += 1;
                say(&format!("ok      {}", story.name));
            }
            Err(error) => {
                failed += 1;
                say(&format!("FAILED  {}: {error:#}", story.name));
            }
        }
    }
    say(&format!("journeys: {passed} passed, {failed} failed"));
    Ok(failed)
}

fn say(words: &str) {
    drop(writeln!(std::io::stdout(), "{words}"));
}
