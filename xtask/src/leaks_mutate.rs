//! Whether the leak test would notice: each change of `crates/app/tests/it/leaks/mutations.toml` takes one check out of one
//! output, in a copy of the source, and the test must then fail. What it does not notice is told, and is a failure here.
//!
//! A copy builds in a target folder of its own beside it, so each change costs one build of the rooms and their tests.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::path::Path;
use std::process::Command;

const LIST: &str = "crates/app/tests/it/leaks/mutations.toml";

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

/// Makes each change in a copy and runs the leak test there; with words, only the changes whose output holds them.
pub(crate) fn run(top: &Path, only: Option<&str>) -> Result<()> {
    let all = read(&std::fs::read_to_string(top.join(LIST))?)?;
    let beside = std::env::temp_dir().join("alongside-leaks-mutate");
    let mut unnoticed = vec![];
    for change in all.iter().filter(|one| only.is_none_or(|words| one.output.contains(words))) {
        copy(top, &beside)?;
        let file = beside.join(&change.file);
        let before = std::fs::read_to_string(&file).with_context(|| change.file.clone())?;
        if before.matches(change.find.as_str()).count() != 1 {
            bail!("{}: the text of the change does not stand once in {}", change.output, change.file);
        }
        std::fs::write(&file, before.replacen(&change.find, &change.replace, 1))?;
        let said = Command::new("cargo")
            .args(["test", "-p", "app", "--test", "it", "--", "--test-threads=2", "leaks::"])
            .current_dir(&beside)
            .env("LEAK_WORLDS", "40")
            .env_remove("TEST_POSTGRES")
            .output()?;
        let words = String::from_utf8_lossy(&said.stdout) + String::from_utf8_lossy(&said.stderr);
        let built = words.contains("running ");
        if !built {
            bail!("{}: does not build:\n{words}", change.output);
        }
        let noticed = !said.status.success() && words.contains(" leaks:");
        println_plain(&format!("{}: {}", change.output, if noticed { "noticed" } else { "NOT NOTICED" }));
        if !noticed {
            unnoticed.push(change.output.clone());
        }
        std::fs::write(&file, before)?;
    }
    if unnoticed.is_empty() { Ok(()) } else { bail!("not noticed: {}", unnoticed.join(", ")) }
}

#[expect(clippy::print_stdout, reason = "what a command says")]
fn println_plain(words: &str) {
    println!("{words}");
}

/// Copies the source as git knows it, with what is not committed yet; files that are the same keep their time.
fn copy(top: &Path, to: &Path) -> Result<()> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(top)
        .output()?;
    for name in String::from_utf8(listed.stdout)?.lines() {
        let Ok(bytes) = std::fs::read(top.join(name)) else { continue };
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
        assert!(all.len() >= 8, "{}", all.len());
        for change in all {
            let text = std::fs::read_to_string(top.join(&change.file)).expect("a source file");
            assert_eq!(text.matches(change.find.as_str()).count(), 1, "{}: {}", change.output, change.find);
            assert_ne!(change.find, change.replace, "{}", change.output);
        }
    }
}
