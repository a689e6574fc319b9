//! The checks that keep the house as ARCHITECTURE.md says it is.

use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What `practice` may depend on: pure crates only.
const PRACTICE_MAY: &[&str] =
    &["jiff", "uuid", "serde", "thiserror", "toml", "rphonetic", "strsim", "csv", "data-encoding"];
/// What rooms may import of the app: the spine, and what every room stands on.
const SPINE: &[&str] = &[
    "access",
    "clock",
    "council",
    "entry",
    "form",
    "frame",
    "journal",
    "letter",
    "moment",
    "notice",
    "oops",
    "own_frame",
    "person",
    "room",
    "told",
    "who",
    "working",
];
/// Folders of the app that are not rooms.
const NOT_ROOMS: &[&str] = &[
    "council", "faces", "access", "clock", "entry", "form", "journal", "letter", "notice", "person", "told",
    "who", "working",
];
const LONGEST_FILE: usize = 500;

/// Runs every check and names all that is untidy.
pub(crate) fn tidy(top: &Path) -> Result<()> {
    let mut untidy = vec![];
    practice_stays_pure(top, &mut untidy)?;
    rooms_keep_apart(top, &mut untidy)?;
    files_are_headed_and_short(top, &mut untidy)?;
    the_map_is_true(top, &mut untidy)?;
    sql_lies_in_stores(top, &mut untidy)?;
    words_are_in_the_glossary(top, &mut untidy)?;
    crate::security::answers(top, &mut untidy)?;
    if let Err(error) = crate::schema::agree(top) {
        untidy.push(error.to_string());
    }
    if untidy.is_empty() {
        println_quietly("tidy");
        return Ok(());
    }
    bail!("{} things are untidy:\n{}", untidy.len(), untidy.join("\n"))
}

fn println_quietly(words: &str) {
    use std::io::Write;
    drop(writeln!(std::io::stdout(), "{words}"));
}

fn practice_stays_pure(top: &Path, untidy: &mut Vec<String>) -> Result<()> {
    let text = fs::read_to_string(top.join("crates/practice/Cargo.toml"))?;
    let depends = text.split("[dependencies]").nth(1).context("practice has dependencies")?;
    for name in
        depends.lines().take_while(|line| !line.starts_with('[')).filter_map(|line| line.split('.').next())
    {
        if !name.trim().is_empty() && !PRACTICE_MAY.contains(&name.trim()) {
            untidy.push(format!("practice depends on `{name}`, which is not on the list of pure crates"));
        }
    }
    Ok(())
}

fn folders(path: &Path) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for each in fs::read_dir(path)? {
        let each = each?;
        if each.file_type()?.is_dir() {
            found.insert(each.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(found)
}

pub(crate) fn rust_files(path: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for each in fs::read_dir(path)? {
        let each = each?.path();
        if each.is_dir() {
            if !each.ends_with("target") && !each.ends_with("node_modules") {
                rust_files(&each, found)?;
            }
        } else if each.extension().is_some_and(|ending| ending == "rs") {
            found.push(each);
        }
    }
    Ok(())
}

fn rooms(top: &Path) -> Result<BTreeSet<String>> {
    let mut rooms = folders(&top.join("crates/app/src"))?;
    rooms.retain(|name| !NOT_ROOMS.contains(&name.as_str()));
    Ok(rooms)
}

fn rooms_keep_apart(top: &Path, untidy: &mut Vec<String>) -> Result<()> {
    let rooms = rooms(top)?;
    let mut folders: Vec<&str> = rooms.iter().map(String::as_str).collect();
    // the spine may not lean on a room either
    folders.extend(NOT_ROOMS.iter().filter(|name| **name != "faces"));
    for room in folders {
        let mut files = vec![];
        rust_files(&top.join("crates/app/src").join(room), &mut files)?;
        for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
            let text = fs::read_to_string(file)?;
            for (at, line) in text.lines().enumerate() {
                for other in rooms.iter().filter(|other| *other != room && !SPINE.contains(&other.as_str())) {
                    if line.contains(&format!("crate::{other}::"))
                        || line.contains(&format!("crate::{other};"))
                    {
                        untidy.push(format!(
                            "{}:{}: reaches into the room `{other}`",
                            file.display(),
                            at + 1
                        ));
                    }
                }
            }
        }
    }
    Ok(())
}

fn files_are_headed_and_short(top: &Path, untidy: &mut Vec<String>) -> Result<()> {
    let mut files = vec![];
    rust_files(&top.join("crates"), &mut files)?;
    rust_files(&top.join("xtask"), &mut files)?;
    for file in files {
        let text = fs::read_to_string(&file)?;
        if !text.starts_with("//!") {
            untidy.push(format!("{}: begins without `//!` saying what it is in the world", file.display()));
        }
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            untidy.push(format!("{}: {lines} lines, more than {LONGEST_FILE}", file.display()));
        }
    }
    Ok(())
}

fn the_map_is_true(top: &Path, untidy: &mut Vec<String>) -> Result<()> {
    let map = fs::read_to_string(top.join("ARCHITECTURE.md")).context("ARCHITECTURE.md")?;
    let named = |heading: &str| -> BTreeSet<String> {
        let part = map.split(heading).nth(1).unwrap_or_default();
        let part = part.split("\n## ").next().unwrap_or_default();
        part.lines()
            .filter_map(|line| line.strip_prefix("| `"))
            .filter_map(|line| line.split('`').next())
            .map(str::to_owned)
            .collect()
    };
    let crates: BTreeSet<String> =
        folders(&top.join("crates"))?.into_iter().chain(["xtask".to_owned()]).collect();
    for (what, there, said) in
        [("crate", crates, named("\n## The crates")), ("room", rooms(top)?, named("\n## The rooms"))]
    {
        for missing in there.difference(&said) {
            untidy.push(format!("ARCHITECTURE.md does not name the {what} `{missing}`"));
        }
        for gone in said.difference(&there) {
            untidy.push(format!("ARCHITECTURE.md names a {what} `{gone}` that does not exist"));
        }
    }
    Ok(())
}

fn sql_lies_in_stores(top: &Path, untidy: &mut Vec<String>) -> Result<()> {
    let mut files = vec![];
    rust_files(&top.join("crates/app/src"), &mut files)?;
    let list = fs::read_to_string(top.join("crates/app/src/statements.rs"))?;
    for file in files {
        let text = fs::read_to_string(&file)?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_store =
            name.starts_with("store") || file.parent().is_some_and(|parent| parent.ends_with("store"));
        if is_store && text.contains("statements!") {
            let module = module_of(top, &file);
            if !list.contains(&module) {
                untidy.push(format!("statements.rs does not list {module}"));
            }
        }
        if !is_store && !name.starts_with("tests") && !file.to_string_lossy().contains("/tests/") {
            for (at, line) in text.lines().enumerate() {
                let line = line.trim_start();
                let begins = ["\"SELECT ", "\"INSERT INTO ", "\"UPDATE ", "\"DELETE FROM "];
                if !text.contains("impl Room for")
                    && name != "appears.rs"
                    && begins.iter().any(|words| line.contains(words))
                {
                    untidy.push(format!("{}:{}: SQL outside store.rs", file.display(), at + 1));
                }
            }
        }
    }
    Ok(())
}

fn module_of(top: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(top.join("crates/app/src")).unwrap_or(file).with_extension("");
    let parts: Vec<String> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .filter(|part| part != "mod")
        .collect();
    format!("crate::{}::ALL", parts.join("::"))
}

fn words_are_in_the_glossary(top: &Path, untidy: &mut Vec<String>) -> Result<()> {
    let glossary = fs::read_to_string(top.join("GLOSSARY.md")).context("GLOSSARY.md")?.to_lowercase();
    let mut words = rooms(top)?;
    for each in fs::read_dir(top.join("crates/practice/src"))? {
        let path = each?.path();
        if let Some(stem) = path.file_stem() {
            words.insert(stem.to_string_lossy().into_owned());
        }
    }
    for word in words.iter().filter(|word| !["lib", "words"].contains(&word.as_str())) {
        if !glossary.contains(&word.replace('_', " ")) {
            untidy.push(format!("GLOSSARY.md does not explain `{word}`"));
        }
    }
    Ok(())
}
