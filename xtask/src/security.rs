//! The check of docs/security.md: it answers for every requirement of levels 1 and 2 exactly once, in a state that
//! is one of four, and every file and every test that it names is there.

use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The requirements, by id and level alone.
const IDS: &str = "xtask/data/asvs-5.0.0-ids.csv";
/// The page that answers for them.
const PAGE: &str = "docs/security.md";
/// Pages whose files and tests must be there.
const PAGES: &[&str] = &[PAGE, "docs/threat-model.md", "SECURITY.md"];
/// How a requirement may stand.
const STATES: &[&str] = &["met", "partly", "not yet", "does not apply"];
/// What stands where no test is named.
const UNTESTED: &str = "not tested";

/// Names what is wrong with the page.
pub(crate) fn answers(top: &Path, untidy: &mut Vec<String>) -> Result<()> {
    let wanted = wanted(&fs::read_to_string(top.join(IDS)).context(IDS)?)?;
    let text = fs::read_to_string(top.join(PAGE)).context(PAGE)?;
    let rows = rows(&text);
    each_once(&wanted, &rows, untidy);
    as_counted(&text, &rows, untidy);
    let tests = tests(top)?;
    for row in &rows {
        row.judge(&tests, untidy);
    }
    for page in PAGES {
        let text = fs::read_to_string(top.join(page)).context(*page)?;
        for path in paths(&text).into_iter().filter(|path| !top.join(path).exists()) {
            untidy.push(format!("{page} names `{path}`, which is not there"));
        }
        let beside = top.join(page).parent().map(Path::to_path_buf).unwrap_or_default();
        for link in links(&text).into_iter().filter(|link| !beside.join(link).exists()) {
            untidy.push(format!("{page} links to {link}, which is not there"));
        }
    }
    Ok(())
}

fn wanted(list: &str) -> Result<BTreeMap<String, String>> {
    let mut wanted = BTreeMap::new();
    for line in list.lines().skip(1) {
        let (id, level) = line.split_once(',').with_context(|| format!("{IDS}: `{line}`"))?;
        wanted.insert(id.to_owned(), level.to_owned());
    }
    Ok(wanted)
}

/// One requirement and how it stands.
struct Row<'t> {
    id: &'t str,
    level: &'t str,
    state: &'t str,
    tested: &'t str,
}

/// Every row of the page whose first cell is the id of a requirement.
fn rows(text: &str) -> Vec<Row<'_>> {
    text.lines().filter_map(row).collect()
}

fn row(line: &str) -> Option<Row<'_>> {
    let cells: Vec<&str> =
        line.trim().strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
    let id = *cells.first().filter(|id| is_id(id))?;
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    Some(Row { id, level: cell(1), state: cell(3), tested: cell(5) })
}

/// "V1.2.10".
fn is_id(word: &str) -> bool {
    word.strip_prefix('V').is_some_and(|rest| {
        let parts: Vec<&str> = rest.split('.').collect();
        parts.len() == 3
            && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn each_once(wanted: &BTreeMap<String, String>, rows: &[Row<'_>], untidy: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for row in rows {
        match wanted.get(row.id) {
            None => untidy.push(format!("{PAGE}: {} is no requirement of level 1 or 2", row.id)),
            Some(level) if level != row.level => {
                untidy.push(format!("{PAGE}: {} is of level {level}, not {}", row.id, row.level));
            }
            Some(_) => {}
        }
        if !seen.insert(row.id) {
            untidy.push(format!("{PAGE} answers for {} twice", row.id));
        }
    }
    for id in wanted.keys().filter(|id| !seen.contains(id.as_str())) {
        untidy.push(format!("{PAGE} does not answer for {id}"));
    }
}

/// The counts at the head of the page: `| met | level 1 | level 2 | both |`.
fn as_counted(text: &str, rows: &[Row<'_>], untidy: &mut Vec<String>) {
    for state in STATES {
        let of = |level: &str| rows.iter().filter(|row| row.state == *state && row.level == level).count();
        let (one, two) = (of("1"), of("2"));
        let line = format!("| {state} | {one} | {two} | {} |", one + two);
        if !text.lines().any(|found| found.trim() == line) {
            untidy.push(format!("{PAGE} counts otherwise than its rows, which say `{line}`"));
        }
    }
    let bare = rows.iter().filter(|row| row.state == "met" && quoted(row.tested).next().is_none()).count();
    let line = format!("Of those that are met, {bare} are shown by no test.");
    if !text.contains(&line) {
        untidy.push(format!("{PAGE} does not say, as its rows do: {line}"));
    }
}

impl Row<'_> {
    fn judge(&self, tests: &BTreeSet<String>, untidy: &mut Vec<String>) {
        let at = format!("{PAGE}: {}", self.id);
        if !STATES.contains(&self.state) {
            untidy.push(format!("{at} stands as `{}`, which is none of {STATES:?}", self.state));
        }
        let named: Vec<&str> = quoted(self.tested).filter(|word| !is_path(word)).collect();
        for name in named.iter().filter(|name| !tests.contains(**name)) {
            untidy.push(format!("{at} names the test `{name}`, which is not there"));
        }
        let claims = ["met", "partly"].contains(&self.state);
        let says = !named.is_empty() || self.tested.contains(UNTESTED) || quoted(self.tested).any(is_path);
        if claims && !says {
            untidy.push(format!("{at} names no test and does not say `{UNTESTED}`"));
        }
    }
}

/// What stands between two backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// A file or folder of this repository; an address of a page begins with a slash.
fn is_path(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let ends = [".rs", ".md", ".toml", ".lock", ".sql", ".js", ".csv"];
    word.chars().all(plain) && !word.starts_with('/') && {
        word.contains('/') || ends.iter().any(|end| word.len() > end.len() && word.ends_with(end))
    }
}

fn paths(text: &str) -> BTreeSet<&str> {
    text.lines().flat_map(quoted).filter(|word| is_path(word)).collect()
}

/// Files that the page links to, beside it.
fn links(text: &str) -> BTreeSet<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next())
        .filter(|link| !link.is_empty() && !link.contains("://"))
        .collect()
}

/// The name of every test in the tree, those that a macro makes among them.
fn tests(top: &Path) -> Result<BTreeSet<String>> {
    let mut files: Vec<PathBuf> = vec![];
    crate::tidy::rust_files(&top.join("crates"), &mut files)?;
    crate::tidy::rust_files(&top.join("xtask"), &mut files)?;
    let mut found = BTreeSet::new();
    for file in files {
        tests_of(&fs::read_to_string(&file)?, &mut found);
    }
    Ok(found)
}

fn tests_of(text: &str, found: &mut BTreeSet<String>) {
    let made = text.contains("fn $name()") && text.contains("test]");
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") {
            marked = marked || line == "#[test]" || line.starts_with("#[tokio::test");
            continue;
        }
        let function = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
        if let Some(name) = function.and_then(|rest| rest.split('(').next()).filter(|_| marked) {
            found.insert(name.to_owned());
        }
        // a macro that makes tests is given their names, each on a line of its own
        if let Some(name) = line.strip_suffix(':').filter(|name| made && is_name(name)) {
            found.insert(name.to_owned());
        }
        marked = false;
    }
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "id,level\nV1.1.1,1\nV1.1.2,2\n";

    fn wrong(page: &str) -> Vec<String> {
        let mut untidy = vec![];
        let rows = rows(page);
        each_once(&wanted(LIST).unwrap(), &rows, &mut untidy);
        let tests = BTreeSet::from(["words_stay_words".to_owned()]);
        for row in &rows {
            row.judge(&tests, &mut untidy);
        }
        untidy
    }

    #[test]
    fn a_page_that_answers_for_all_is_tidy() {
        let page = "| V1.1.1 | 1 | words | met | `crates/page` | `words_stay_words` |\n\
            | V1.1.2 | 2 | words | does not apply | no mail is sent | |\n";
        assert_eq!(wrong(page), Vec::<String>::new());
        let counted = "| met | 1 | 0 | 1 |\n| partly | 0 | 0 | 0 |\n| not yet | 0 | 0 | 0 |\n\
            | does not apply | 0 | 1 | 1 |\nOf those that are met, 0 are shown by no test.\n";
        let mut untidy = vec![];
        as_counted(&format!("{counted}{page}"), &rows(page), &mut untidy);
        assert_eq!(untidy, Vec::<String>::new());
        as_counted(&counted.replace("| 1 | 0 | 1 |", "| 2 | 0 | 2 |"), &rows(page), &mut untidy);
        assert_eq!(untidy.len(), 1, "{untidy:?}");
    }

    #[test]
    fn whatever_is_missing_twice_or_made_up_is_named() {
        let page = "| V1.1.1 | 2 | words | met | here | not tested |\n\
            | V1.1.1 | 1 | words | done | here | `no_such_test` |\n\
            | V9.9.9 | 1 | words | met | here | |\n";
        let found = wrong(page).join("\n");
        for said in [
            "V1.1.1 is of level 1, not 2",
            "answers for V1.1.1 twice",
            "V9.9.9 is no requirement",
            "does not answer for V1.1.2",
            "stands as `done`",
            "the test `no_such_test`",
            "V9.9.9 names no test",
        ] {
            assert!(found.contains(said), "{said}:\n{found}");
        }
    }

    #[test]
    fn files_links_and_tests_are_told_from_words() {
        let text = "`crates/app/src/frame.rs`, `Cargo.lock`, `/find`, `sslmode=verify-full`, [here](../a.md#b), [web](https://x.example)";
        assert_eq!(paths(text), BTreeSet::from(["Cargo.lock", "crates/app/src/frame.rs"]));
        assert_eq!(links(text), BTreeSet::from(["../a.md"]));
        let mut found = BTreeSet::new();
        tests_of("#[tokio::test]\nasync fn one() {\n}\nfn not_one() {\n}\n", &mut found);
        tests_of("macro_rules! m {($name:ident) => {#[test] fn $name() {}}}\nm! {\n    two:\n", &mut found);
        assert_eq!(found, BTreeSet::from(["one".to_owned(), "two".to_owned()]));
    }
}
