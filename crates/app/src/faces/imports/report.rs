//! What an import has to say: what it brought, what it changed, what it left alone and what it did not
//! understand; or, where nothing was stored, everything that is wrong with the files.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The most of each list that a report holds; of what is beyond it the number is given.
const LONGEST: usize = 20_000;
/// The most problems listed.
const MOST_PROBLEMS: usize = 2_000;
/// The most letters of what was found.
const SHOWN: usize = 60;

/// Something in a file that is to be put right before anything is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Which file.
    pub file: String,
    /// On which line, counted from 1; none where it is about the file as a whole.
    pub line: Option<u64>,
    /// In which column or element.
    pub column: Option<String>,
    /// What stands there, at most the first letters.
    pub found: Option<String>,
    /// What was expected.
    pub expected: String,
}

impl Problem {
    /// A problem of a whole file.
    pub fn of_file(file: &str, expected: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: None, column: None, found: None, expected: expected.into() }
    }
}

/// Words cut to what a report shows.
pub(crate) fn shortened(words: &str, most: usize) -> String {
    let mut cut: String = words.chars().take(most).collect();
    if words.chars().nth(most).is_some() {
        cut.push('\u{2026}');
    }
    cut.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        match &self.found {
            Some(found) => write!(f, ": found \u{201c}{found}\u{201d}. {}", self.expected),
            None => write!(f, ": {}", self.expected),
        }
    }
}

/// Everything that is wrong, in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// Each of them.
    pub problems: Vec<Problem>,
    /// How many more there are than are listed.
    pub more: u64,
}

impl Problems {
    /// Adds one.
    pub fn add(&mut self, mut problem: Problem) {
        problem.found = problem.found.map(|found| shortened(&found, SHOWN));
        if self.problems.contains(&problem) {
            return;
        }
        if self.problems.len() < MOST_PROBLEMS { self.problems.push(problem) } else { self.more += 1 }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// Puts them into the order of files and lines.
    pub fn sort(&mut self) {
        self.problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        let mut all = Self::default();
        all.add(problem);
        all
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = self.problems.len() as u64 + self.more;
        let things = if many == 1 { "one thing is" } else { "these things are" };
        writeln!(f, "Nothing was stored: {things} to be put right first ({many}).")?;
        for problem in &self.problems {
            writeln!(f, "  {problem}")?;
        }
        if self.more > 0 {
            writeln!(f, "  and {} more.", self.more)?;
        }
        Ok(())
    }
}

/// Something that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Whose: a council id or a worker's code.
    pub whom: String,
    /// What.
    pub what: String,
    /// What it was; left out where the record is restricted or the address confidential.
    pub was: Option<String>,
    /// What it is now; left out alike.
    pub now: Option<String>,
}

/// Where a page edit won over the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Whose.
    pub whom: String,
    /// What.
    pub what: String,
    /// What the file says; left out where the record is restricted or the address confidential.
    pub file_says: Option<String>,
    /// What the record says and goes on saying.
    pub record_says: Option<String>,
}

/// Something that was seen and left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Whose.
    pub whom: String,
    /// Where in the file.
    pub line: Option<u64>,
    /// What, in a sentence.
    pub words: String,
}

/// Something in the file that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The council's id of the child, where there is one.
    pub child: Option<String>,
    /// The element or column as the file names it.
    pub element: String,
    /// Its line.
    pub line: u64,
    /// What stood there.
    pub value: String,
    /// What was expected, where it is known.
    pub why: Option<String>,
}

/// What an import brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// `people` or `cin-census`.
    pub kind: String,
    /// The file or folder.
    pub file: String,
    /// SHA-256 of what was read.
    pub hash: String,
    /// How many of what, in words: "people added".
    pub counts: BTreeMap<String, u64>,
    /// What was changed.
    pub changes: Vec<Change>,
    /// Where a page edit won.
    pub kept: Vec<Kept>,
    /// What was left alone.
    pub listed: Vec<Listed>,
    /// What was not understood.
    pub not_understood: Vec<Unread>,
    /// How many more there were of a list than it holds.
    pub more: BTreeMap<String, u64>,
}

impl Report {
    /// An empty report.
    pub fn of(kind: &str, file: &str, hash: String) -> Self {
        Self { kind: kind.to_owned(), file: file.to_owned(), hash, ..Self::default() }
    }

    /// Counts one.
    pub(crate) fn count(&mut self, what: &str) {
        self.count_many(what, 1);
    }

    /// Counts several.
    pub(crate) fn count_many(&mut self, what: &str, many: u64) {
        if many > 0 {
            *self.counts.entry(what.to_owned()).or_default() += many;
        }
    }

    fn beyond(&mut self, list: &str) {
        *self.more.entry(list.to_owned()).or_default() += 1;
    }

    /// Lists a change.
    pub(crate) fn change(&mut self, change: Change) {
        if self.changes.len() < LONGEST { self.changes.push(change) } else { self.beyond("changes") }
    }

    /// Lists a page edit that won.
    pub(crate) fn keep(&mut self, kept: Kept) {
        if self.kept.len() < LONGEST { self.kept.push(kept) } else { self.beyond("kept") }
    }

    /// Lists what is left alone.
    pub(crate) fn list(&mut self, whom: &str, line: u64, words: impl Into<String>) {
        let listed = Listed { whom: whom.to_owned(), line: (line > 0).then_some(line), words: words.into() };
        if self.listed.len() < LONGEST { self.listed.push(listed) } else { self.beyond("listed") }
    }

    /// Lists what was not understood.
    pub(crate) fn unread(&mut self, mut unread: Unread) {
        unread.value = shortened(&unread.value, 200);
        unread.element = shortened(&unread.element, 100);
        if self.not_understood.len() < LONGEST {
            self.not_understood.push(unread);
        } else {
            self.beyond("not_understood");
        }
    }

    /// The same without what was, is or was found: how much, and whose by number, is left.
    #[must_use]
    pub fn without_values(mut self) -> Self {
        for change in &mut self.changes {
            (change.was, change.now) = (None, None);
        }
        for kept in &mut self.kept {
            (kept.file_says, kept.record_says) = (None, None);
        }
        for unread in &mut self.not_understood {
            unread.value.clear();
        }
        for listed in &mut self.listed {
            "Something was left alone".clone_into(&mut listed.words);
        }
        self
    }

    /// Whether the record is as it was.
    pub fn changed_nothing(&self) -> bool {
        self.changes.is_empty() && self.counts.keys().all(|what| !what.ends_with(" added"))
    }
}

fn arrow(was: Option<&String>, now: Option<&String>) -> String {
    match (was, now) {
        (Some(was), Some(now)) => format!(": \u{201c}{was}\u{201d} became \u{201c}{now}\u{201d}"),
        (None, Some(now)) => format!(": now \u{201c}{now}\u{201d}"),
        (Some(was), None) => format!(": was \u{201c}{was}\u{201d}"),
        (None, None) => String::new(),
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}{}", self.whom, self.what, arrow(self.was.as_ref(), self.now.as_ref()))
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.whom, self.what)?;
        if let Some(file) = &self.file_says {
            write!(f, ": the file says \u{201c}{file}\u{201d}")?;
        }
        match (&self.record_says, &self.file_says) {
            (Some(record), _) => write!(f, ", the record says \u{201c}{record}\u{201d}"),
            (None, Some(_)) => f.write_str(", the record no longer says so"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{} (line {line}): {}", self.whom, self.words),
            None => write!(f, "{}: {}", self.whom, self.words),
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let child = self.child.as_deref().unwrap_or("no child");
        write!(f, "{child} (line {}): {}", self.line, self.element)?;
        if !self.value.is_empty() {
            write!(f, " \u{201c}{}\u{201d}", self.value)?;
        }
        self.why.as_ref().map_or(Ok(()), |why| write!(f, ". {why}"))
    }
}

fn list<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    all: &[T],
    more: Option<&u64>,
) -> fmt::Result {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{heading} ({}):", all.len() as u64 + more.copied().unwrap_or(0))?;
    for one in all {
        writeln!(f, "  {one}")?;
    }
    more.map_or(Ok(()), |more| writeln!(f, "  and {more} more."))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.file)?;
        for (what, many) in &self.counts {
            writeln!(f, "  {many:>7} {what}")?;
        }
        if self.changed_nothing() {
            writeln!(f, "  Nothing in the record changed.")?;
        }
        list(f, "Changed", &self.changes, self.more.get("changes"))?;
        list(f, "Changed on a page since, so the page stands", &self.kept, self.more.get("kept"))?;
        list(f, "Left alone", &self.listed, self.more.get("listed"))?;
        list(f, "Not understood", &self.not_understood, self.more.get("not_understood"))
    }
}
