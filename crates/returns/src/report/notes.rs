//! Notes that explain a query, written once and carried from check to check.

use std::collections::HashMap;

use super::{Kind, Report, State};
use crate::line;

/// Notes by rule and child.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    notes: Vec<Note>,
    by_place: HashMap<(String, Option<String>), usize>,
}

/// One note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The rule's code.
    pub code: String,
    /// The council's id of the child; `None` for a note on the return as a whole, or on all children of the rule.
    pub child: Option<String>,
    /// Why it is as it is.
    pub note: String,
}

/// Why a file of notes could not be read, and where.
#[derive(Debug, thiserror::Error)]
pub enum NotesError {
    /// A column is missing.
    #[error("the notes have no column {0:?}; expected code, child and note")]
    NoColumn(&'static str),
    /// A line is not CSV, or not UTF-8.
    #[error("the notes cannot be read: {0}")]
    NotCsv(#[from] csv::Error),
    /// A note without a code.
    #[error("line {0} of the notes has a note and no code")]
    NoCode(u64),
    /// Two different notes for the same rule and child.
    #[error("line {line} of the notes has a second, different note on {code} for child {child:?}")]
    Twice {
        /// 1-based line.
        line: u64,
        /// The rule's code.
        code: String,
        /// The child, empty for none.
        child: String,
    },
}

impl Notes {
    /// Reads CSV with the columns code, child and note, in any order and case; other columns are left alone.
    ///
    /// # Errors
    /// Where a column is missing, a line cannot be read, or a rule and child have two different notes.
    pub fn read(bytes: &[u8]) -> Result<Self, NotesError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let header = reader.headers()?.clone();
        let column = |name: &'static str| {
            header.iter().position(|held| held.eq_ignore_ascii_case(name)).ok_or(NotesError::NoColumn(name))
        };
        let (code, child, note) = (column("code")?, column("child")?, column("note")?);
        let mut notes = Self::default();
        for record in reader.records() {
            let record = record?;
            let line = line::of_record(bytes, record.position());
            let text = |at: usize| record.get(at).unwrap_or("").to_owned();
            let (code, child, note) = (text(code), text(child), text(note));
            if note.is_empty() {
                continue;
            }
            if code.is_empty() {
                return Err(NotesError::NoCode(line));
            }
            notes.add(Note { code, child: Some(child).filter(|child| !child.is_empty()), note }, line)?;
        }
        Ok(notes)
    }

    fn add(&mut self, note: Note, line: u64) -> Result<(), NotesError> {
        let key = (note.code.clone(), note.child.clone());
        if let Some(&at) = self.by_place.get(&key) {
            if self.notes[at].note == note.note {
                return Ok(());
            }
            return Err(NotesError::Twice { line, code: note.code, child: note.child.unwrap_or_default() });
        }
        self.by_place.insert(key, self.notes.len());
        self.notes.push(note);
        Ok(())
    }

    /// Writes a note in place of the one there is on this rule and child; an empty one takes it out.
    pub fn set(&mut self, code: &str, child: Option<&str>, note: &str) {
        let key = (code.to_owned(), child.map(str::to_owned));
        let note = note.trim();
        match (self.by_place.get(&key).copied(), note.is_empty()) {
            (Some(at), false) => note.clone_into(&mut self.notes[at].note),
            (Some(at), true) => {
                self.notes.remove(at);
                self.by_place = self
                    .notes
                    .iter()
                    .enumerate()
                    .map(|(at, note)| ((note.code.clone(), note.child.clone()), at))
                    .collect();
            }
            (None, false) => {
                self.by_place.insert(key, self.notes.len());
                self.notes.push(Note {
                    code: code.to_owned(),
                    child: child.map(str::to_owned),
                    note: note.to_owned(),
                });
            }
            (None, true) => {}
        }
    }

    /// Every note, in the order they were written.
    pub fn all(&self) -> &[Note] {
        &self.notes
    }

    /// The note written on exactly this rule and child, not the one on all children of the rule.
    pub fn exactly(&self, code: &str, child: Option<&str>) -> Option<&str> {
        let at = self.by_place.get(&(code.to_owned(), child.map(str::to_owned)))?;
        Some(&*self.notes[*at].note)
    }

    /// The note on a rule for a child: its own, otherwise the one on all children of the rule.
    pub fn on(&self, code: &str, child: Option<&str>) -> Option<&str> {
        self.exactly(code, child).or_else(|| self.exactly(code, None))
    }

    /// The notes as CSV: first every query found now, one line for each child, with its note or room for one, as it is
    /// handed in; then the notes for all children of a rule, and those that nothing asks for now, so that none is lost. It
    /// reads back as notes.
    ///
    /// # Errors
    /// Where the CSV cannot be written.
    pub fn carried(&self, report: &Report) -> Result<Vec<u8>, NotesError> {
        let mut used = vec![false; self.notes.len()];
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["code", "child", "note", "state", "query"])?;
        for rule in report.rules.iter().filter(|rule| rule.state == State::Found) {
            let mut children: Vec<Option<&str>> =
                rule.locations.iter().map(|place| place.child.as_deref()).collect();
            if rule.return_level {
                children.push(None);
            }
            children.sort_unstable();
            children.dedup();
            for child in children {
                let note = self.on(&rule.code, child);
                for asked in [child.map(str::to_owned), None] {
                    if let Some(&at) = self.by_place.get(&(rule.code.to_string(), asked)) {
                        used[at] = true;
                    }
                }
                // errors are mended, not explained; but a note on one is kept
                if rule.kind == Some(Kind::Error) && note.is_none() {
                    continue;
                }
                let state = if note.is_some() { "explained" } else { "to explain" };
                writer.write_record([
                    &*rule.code,
                    child.unwrap_or(""),
                    note.unwrap_or(""),
                    state,
                    &*rule.words.says,
                ])?;
            }
        }
        let of_return = |code: &str| report.rules.iter().any(|rule| rule.return_level && rule.code == code);
        for (note, used) in self.notes.iter().zip(used) {
            let state = match (used, &note.child) {
                (false, _) => "not asked now",
                // its children have it above; children of a later check are to have it too
                (true, None) if !of_return(&note.code) => "for all children",
                (true, _) => continue,
            };
            let child = note.child.as_deref().unwrap_or("");
            writer.write_record([&*note.code, child, &*note.note, state, ""])?;
        }
        writer.into_inner().map_err(|error| NotesError::NotCsv(error.into_error().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{place, report_of};
    use super::*;
    use crate::report::{RuleOutcome, RuleWords};

    #[test]
    fn a_note_is_written_changed_and_taken_out() {
        let mut notes = Notes::default();
        notes.set("8670Q", None, "The system was down");
        notes.set("8670Q", Some("A"), " Snow ");
        notes.set("8670Q", Some("B"), "");
        assert_eq!(notes.on("8670Q", Some("A")), Some("Snow"));
        assert_eq!((notes.exactly("8670Q", Some("B")), notes.all().len()), (None, 2));
        notes.set("8670Q", None, "The new system was down");
        assert_eq!(notes.on("8670Q", Some("B")), Some("The new system was down"));
        notes.set("8670Q", None, "  ");
        assert_eq!((notes.on("8670Q", Some("B")), notes.on("8670Q", Some("A"))), (None, Some("Snow")));
    }

    #[test]
    fn notes_are_carried_and_read_back_the_same() {
        let words = RuleWords { says: "An assessment is late.".into(), ..RuleWords::default() };
        let query = |code: &'static str, places| {
            RuleOutcome::of_places(code, Some(Kind::Query), words.clone(), places)
        };
        let report = report_of(vec![
            query("8670Q", vec![place(0, Some("A")), place(1, Some("A")), place(2, Some("B"))]),
            query("8675Q", vec![place(0, Some("C"))]),
            RuleOutcome::of_return("2887Q", Some(Kind::Query), words.clone(), true),
            RuleOutcome::of_places("1510", Some(Kind::Error), words.clone(), vec![place(0, Some("D"))]),
        ]);
        let notes = Notes::read(
            b"\xEF\xBB\xBFChild,Note,CODE\nA,\"Moved house, then ill\",8670Q\n,Few are disabled,2887Q\nZ,Old,8825Q\n,Staff were ill,8675Q\n,,1510\n",
        )
        .unwrap();
        assert_eq!(notes.on("8670Q", Some("A")), Some("Moved house, then ill"));
        assert_eq!(notes.on("8670Q", Some("B")), None);
        assert_eq!(notes.on("8675Q", Some("C")), Some("Staff were ill"));
        let carried = notes.carried(&report).unwrap();
        assert_eq!(
            String::from_utf8(carried.clone()).unwrap(),
            "code,child,note,state,query\n\
             8670Q,A,\"Moved house, then ill\",explained,An assessment is late.\n\
             8670Q,B,,to explain,An assessment is late.\n\
             8675Q,C,Staff were ill,explained,An assessment is late.\n\
             2887Q,,Few are disabled,explained,An assessment is late.\n\
             8825Q,Z,Old,not asked now,\n\
             8675Q,,Staff were ill,for all children,\n"
        );
        let again = Notes::read(&carried).unwrap();
        assert_eq!(again.on("8670Q", Some("A")), notes.on("8670Q", Some("A")));
        assert_eq!(again.on("8825Q", Some("Z")), Some("Old"));
        assert_eq!(again.on("8675Q", Some("D")), Some("Staff were ill"), "a child of a later check");
    }

    #[test]
    fn notes_that_cannot_be_read_are_refused_with_their_line() {
        assert!(matches!(Notes::read(b"code,note\n"), Err(NotesError::NoColumn("child"))));
        assert!(matches!(Notes::read(b"code,child,note\n,A,x\n"), Err(NotesError::NoCode(2))));
        let twice = Notes::read(b"code,child,note\n1Q,A,x\n1Q,A,x\n1Q,A,y\n");
        assert!(matches!(twice, Err(NotesError::Twice { line: 4, .. })), "{twice:?}");
        assert!(matches!(Notes::read(b"code,child,note\n1Q,\xFF,x\n"), Err(NotesError::NotCsv(_))));
    }
}
