//! Whether the leak test would notice: each change of `crates/app/tests/it/leaks/mutations.toml` takes one check out of one
//! output, and the test must then fail. What it does not notice is told, and is a failure here.
//!
//! All changes are built at once, into one copy of the source: each stands beside the check that it takes out, and a variable
//! of the environment says which of them holds in a run. The copy and what is built from it are kept under `target`, so
//! that another time only what changed is built.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

const LIST: &str = "crates/app/tests/it/leaks/mutations.toml";
/// Which check is taken out in a run.
const VARIABLE: &str = "LEAKS_WITHOUT";
/// Where the list says which of the two holds.
const SIGN: &str = "TAKEN_OUT";

/// One check, taken out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    output: String,
    file: String,
    find: String,
    replace: String,
}

/// The list as it stands in its file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    change: Vec<Change>,
}

fn read(text: &str) -> Result<Vec<Change>> {
    Ok(toml::from_str::<List>(text).context(LIST)?.change)
}

/// The source with the change of this number in it.
fn changed(text: &str, change: &Change, number: usize) -> Result<String> {
    if text.matches(change.find.as_str()).count() != 1 {
        bail!("{}: the text of the change does not stand once in {}", change.output, change.file);
    }
    let asked =
        format!("(std::env::var_os(\"{VARIABLE}\").as_deref() == Some(std::ffi::OsStr::new(\"{number}\")))");
    Ok(text.replacen(&change.find, &change.replace.replace(SIGN, &asked), 1))
}

/// Runs the leak test with each check taken out; with words, only those whose output holds them.
pub(crate) fn run(top: &Path, only: Option<&str>) -> Result<()> {
    let all = read(&std::fs::read_to_string(top.join(LIST))?)?;
    let kept = top.join("target/leaks-mutate");
    let copy = kept.join("source");
    copied(top, &copy, &all)?;
    let test = built(&copy, &kept.join("target"))?;
    let whole = tried(&test, &copy, None)?;
    if whole != Tried::Passed {
        bail!("with every check in its place the leak test does not pass: {whole:?}");
    }
    let mut unnoticed = vec![];
    for (number, change) in all.iter().enumerate() {
        if !only.is_none_or(|words| change.output.contains(words)) {
            continue;
        }
        let noticed = tried(&test, &copy, Some(number))?;
        let said = match noticed {
            Tried::Leaks => "noticed",
            Tried::Passed => "NOT NOTICED",
            Tried::Otherwise => "FAILS OTHERWISE",
        };
        println_plain(&format!("{said}: {}", change.output));
        if noticed != Tried::Leaks {
            unnoticed.push(change.output.clone());
        }
    }
    if unnoticed.is_empty() { Ok(()) } else { bail!("not noticed: {}", unnoticed.join(", ")) }
}

/// How the leak test went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tried {
    Passed,
    /// It found words where they may not stand.
    Leaks,
    /// It failed, and not because of that.
    Otherwise,
}

fn tried(test: &Path, copy: &Path, taken_out: Option<usize>) -> Result<Tried> {
    let mut run = Command::new(test);
    run.args(["--test-threads=2", "leaks::"]).current_dir(copy.join("crates/app"));
    run.env_remove("TEST_POSTGRES").env_remove(VARIABLE);
    if std::env::var_os("LEAK_WORLDS").is_none() {
        run.env("LEAK_WORLDS", "40");
    }
    if let Some(number) = taken_out {
        run.env(VARIABLE, number.to_string());
    }
    let said = run.output()?;
    let words = String::from_utf8_lossy(&said.stdout) + String::from_utf8_lossy(&said.stderr);
    Ok(match (said.status.success(), words.contains(" leaks:\n")) {
        (true, _) => Tried::Passed,
        (false, true) => Tried::Leaks,
        (false, false) => Tried::Otherwise,
    })
}

/// Builds the tests of the copy and gives where their program lies.
fn built(copy: &Path, target: &Path) -> Result<PathBuf> {
    let said = Command::new("cargo")
        .args([
            "test",
            // the whole workspace, so that its libraries are not built with other features than everybody's
            "--workspace",
            "--test",
            "it",
            "--no-run",
            "--message-format",
            "json-render-diagnostics",
        ])
        .current_dir(copy)
        .env("CARGO_TARGET_DIR", target)
        .stderr(std::process::Stdio::inherit())
        .output()?;
    if !said.status.success() {
        bail!("the changes do not build");
    }
    let words = String::from_utf8_lossy(&said.stdout);
    let program = |line: &str| line.split_once("\"executable\":\"")?.1.split('"').next().map(PathBuf::from);
    words.lines().filter_map(program).next_back().context("no tests were built")
}

#[expect(clippy::print_stdout, reason = "what a command says")]
fn println_plain(words: &str) {
    println!("{words}");
}

/// Copies the source as git knows it, with what is not committed yet and with every change; files that are the same keep
/// their time.
fn copied(top: &Path, to: &Path, all: &[Change]) -> Result<()> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(top)
        .output()?;
    for name in String::from_utf8(listed.stdout)?.lines() {
        let Ok(mut bytes) = std::fs::read(top.join(name)) else { continue };
        for (number, change) in all.iter().enumerate().filter(|one| one.1.file == name) {
            bytes = changed(&String::from_utf8(bytes)?, change, number)?.into_bytes();
        }
        let place = to.join(name);
        if std::fs::read(&place).is_ok_and(|held| held == bytes) {
            continue;
        }
        std::fs::create_dir_all(place.parent().context("a folder")?)?;
        std::fs::write(place, bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_stands_once_in_the_source_and_takes_something_out() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let all = read(&std::fs::read_to_string(top.join(LIST)).expect("the list")).expect("changes");
        assert!(all.len() >= 40, "{}", all.len());
        for (number, change) in all.iter().enumerate() {
            let text = std::fs::read_to_string(top.join(&change.file)).expect("a source file");
            assert!(change.replace.contains(SIGN), "{}", change.output);
            let made = changed(&text, change, number).expect("a change");
            assert!(made.contains(VARIABLE) && !made.contains(SIGN), "{}", change.output);
        }
    }
}
