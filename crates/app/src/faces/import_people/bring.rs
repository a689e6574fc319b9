//! Bringing a folder in: one transaction, row by row, through the same actions that pages use. What an action
//! refuses becomes a problem with its file and line; at the first problem nothing is stored, and all are listed.

use super::rows::Rows;
use crate::faces::imports::{Change, Kept, Problem, Problems, Progress, Report, Said, Verdict, judge};
use crate::{Moment, Oops, Result, Who};
use db::Tx;
use practice::id::{PersonId, TeamId, WorkerId};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Someone of the folder or of the record.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) id: PersonId,
    /// Under which record files keep what they said of this council id.
    pub(super) said_as: Uuid,
    /// Their council id as it is written.
    pub(super) written: String,
    /// Whether the report must not repeat what is known of them.
    pub(super) restricted: bool,
    /// Whether this folder brought them.
    pub(super) new: bool,
}

/// One field that a file speaks of.
pub(super) struct Field<'a> {
    /// Whose values these are.
    pub(super) subject: Uuid,
    /// Council id or worker's code, for the report.
    pub(super) whom: &'a str,
    /// The field's name in the table of what files said.
    pub(super) name: &'a str,
    /// The field in words, for the report.
    pub(super) what: &'a str,
    /// What the file says.
    pub(super) file: Option<String>,
    /// What the record says.
    pub(super) record: Option<String>,
    /// Whether the report leaves the values out.
    pub(super) secret: bool,
    /// Whether what it belongs to has just been brought, so that it is no change.
    pub(super) new: bool,
}

/// An import on its way.
pub(super) struct Bring<'a> {
    pub(super) tx: &'a mut Tx,
    pub(super) who: &'a Who,
    pub(super) moment: &'a mut Moment,
    pub(super) report: Report,
    pub(super) problems: Problems,
    /// Everybody by council id in capitals.
    pub(super) people: HashMap<String, Held>,
    pub(super) workers: HashMap<String, WorkerId>,
    /// Teams by code in small letters.
    pub(super) teams: HashMap<String, TeamId>,
    /// The team for rows that name none.
    pub(super) team: Option<TeamId>,
    pub(super) said: HashMap<Uuid, Said>,
    /// Workers whom this folder brought.
    pub(super) fresh: HashSet<Uuid>,
    pub(super) done: u64,
    pub(super) progress: Progress<'a>,
    pub(super) of: u64,
}

/// Brings everything in, in the order in which one thing needs another.
pub(super) async fn bring(bring: &mut Bring<'_>, rows: &Rows) -> Result<()> {
    bring.moment.defer_clocks();
    bring.staff(&rows.workers).await?;
    bring.everyone(&rows.people).await?;
    bring.names(&rows.names).await?;
    bring.addresses(&rows.addresses).await?;
    bring.bonds(&rows.bonds).await?;
    bring.households(&rows.people).await?;
    bring.episodes(&rows.episodes).await?;
    bring.allocations(&rows.allocations).await?;
    if bring.problems.is_empty() {
        crate::clock::settle(bring.tx, bring.moment).await?;
    }
    Ok(())
}

impl Bring<'_> {
    /// Everybody by council id, whatever its letters.
    pub(super) fn person(&self, id: &str) -> Option<Held> {
        self.people.get(&id.to_ascii_uppercase()).cloned()
    }

    /// The team of a code, or the one for rows that name none.
    pub(super) fn team(&self, code: Option<&str>) -> Option<TeamId> {
        code.map_or(self.team, |code| self.teams.get(&code.to_lowercase()).copied())
    }

    /// Says that one more row is done.
    pub(super) fn row_done(&mut self) {
        self.done += 1;
        (self.progress)(self.done, self.of);
    }

    /// Turns what an action refused into a problem of its row.
    pub(super) fn settle<T>(&mut self, file: &str, line: u64, result: Result<T>) -> Result<Option<T>> {
        let problem = |column: Option<String>, expected: String| Problem {
            file: file.to_owned(),
            line: Some(line),
            column,
            found: None,
            expected,
        };
        match result {
            Ok(value) => return Ok(Some(value)),
            Err(Oops::Wrong(fields)) => {
                for (field, sentence) in fields {
                    self.problems.add(problem(Some(field), sentence));
                }
            }
            Err(Oops::Refused(words) | Oops::NotAllowed(words)) => self.problems.add(problem(None, words)),
            Err(Oops::NotFound) => {
                let words =
                    "This record cannot be changed from a file. Speak to the restricted-records officer";
                self.problems.add(problem(None, words.to_owned()));
            }
            Err(other) => return Err(other),
        }
        Ok(None)
    }

    /// What files last said of a subject.
    pub(super) async fn said(&mut self, subject: Uuid, new: bool) -> Result<&mut Said> {
        if !self.said.contains_key(&subject) {
            let said = if new { Said::nothing(subject) } else { Said::of(self.tx, subject).await? };
            self.said.insert(subject, said);
        }
        Ok(self.said.entry(subject).or_default())
    }

    /// Whether the record is to take what the file says of a field; keeps what it says, and reports a change
    /// or a page edit that stands.
    pub(super) async fn takes(&mut self, field: Field<'_>) -> Result<bool> {
        let Some(file) = field.file else { return Ok(false) };
        let said = self.said(field.subject, field.new).await?;
        let verdict = judge(said.last(field.name), field.record.as_deref(), &file);
        let mut said = std::mem::take(said);
        said.say(self.tx, self.moment, field.name, &file).await?;
        self.said.insert(field.subject, said);
        let shown =
            |words: Option<String>| words.filter(|_| !field.secret).map(|words| words.replace('|', " "));
        let (whom, what) = (field.whom.to_owned(), field.what.to_owned());
        match verdict {
            Verdict::Same => {}
            Verdict::Keep => {
                let (file_says, record_says) = (shown(Some(file)), shown(field.record));
                self.report.keep(Kept { whom, what, file_says, record_says });
            }
            Verdict::Take if field.new => {}
            Verdict::Take => {
                let (was, now) = (shown(field.record), shown(Some(file)));
                self.report.change(Change { whom, what, was, now });
            }
        }
        Ok(verdict == Verdict::Take)
    }
}
