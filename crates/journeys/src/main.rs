//! Browser journeys: the built program, a real chromium, phone and desktop. Each essential one also without
//! scripts and by keyboard alone; every page is walked with axe-core and must not scroll sideways at 320 px.
//!
//! Run it after `cargo build --release -p alongside`: `cargo run --release -p journeys`, or only the journeys whose names
//! hold some words: `cargo run --release -p journeys -- census "an advocate"`. It starts the program and
//! the browser's driver on loopback and stops them. Needs Debian's `chromium` and `chromium-driver`, and
//! `npm ci` in `crates/page/npm` for axe-core.

mod apart;
mod browser;
mod checking;
mod joining;
mod knowing;
mod meeting;
mod moving;
mod own;
mod passkey;
mod place;
mod stories;
mod walk;
mod weight;

use anyhow::Result;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

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
    let all = Instant::now();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|words| name.contains(words.as_str()));
    for story in stories::all().into_iter().filter(|story| wanted(story.name)) {
        let began = Instant::now();
        let told = stories::tell(&place, &story).await;
        match told {
            Ok(()) => {
                passed += 1;
                say(&format!("ok      {} ({} s)", story.name, began.elapsed().as_secs()));
            }
            Err(error) => {
                failed += 1;
                say(&format!("FAILED  {}: {error:#}", story.name));
            }
        }
    }
    say(&format!("journeys: {passed} passed, {failed} failed, {} s", all.elapsed().as_secs()));
    Ok(failed)
}

fn say(words: &str) {
    drop(writeln!(std::io::stdout(), "{words}"));
}
