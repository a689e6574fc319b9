//! Which entries a reader may read or correct: the facts of each and the reader's ties to everyone it
//! touches, put to the rules.

use super::whole::{Entry, heads};
use crate::moment::london;
use crate::{Oops, Result, Who, access};
use db::Conn;
use jiff::{Timestamp, civil::Date};
use practice::access::{Answer, Decision, EntryFacts, Ties, Touched, correct_entry, read_entry};
use practice::entry::Part;
use practice::id::{EntryId, PersonId, WorkerId};
use std::collections::HashMap;
use uuid::Uuid;

/// A reader with their ties to people, gathered once for each person.
pub(super) struct Reach<'a> {
    who: &'a Who,
    now: Timestamp,
    today: Date,
    ties: HashMap<PersonId, Ties>,
}

/// The rule that is asked: to read, or to correct.
type Rule = fn(&practice::access::Reader, &EntryFacts<'_>, &[Touched<'_>], Timestamp) -> Decision;

impl<'a> Reach<'a> {
    pub(super) fn of(who: &'a Who, now: Timestamp) -> Self {
        Self { who, now, today: now.to_zoned(london()).date(), ties: HashMap::new() }
    }

    /// Gathers the ties to everyone these entries touch.
    async fn gather(&mut self, conn: &mut Conn, entries: &[Entry]) -> Result<()> {
        for one in entries.iter().flat_map(|entry| &entry.people) {
            if !self.ties.contains_key(&one.person) {
                let ties = access::ties(conn, self.who, one.person, self.today).await?;
                self.ties.insert(one.person, ties);
            }
        }
        Ok(())
    }

    fn decide(&self, entry: &Entry, rule: Rule) -> Decision {
        let none = Ties::default();
        let present: Vec<WorkerId> = entry.workers.iter().map(|one| one.worker).collect();
        let named: Vec<WorkerId> = entry.named.iter().filter_map(|one| one.worker).collect();
        let facts = EntryFacts {
            author: entry.author.as_ref().map_or(WorkerId(Uuid::nil()), |author| author.worker),
            readers: entry.readers,
            present: &present,
            named: &named,
        };
        let touched: Vec<Touched<'_>> = entry
            .people
            .iter()
            .map(|one| Touched {
                person: one.person,
                about: one.part == Part::About,
                level: one.level,
                ties: self.ties.get(&one.person).unwrap_or(&none),
            })
            .collect();
        rule(&self.who.reader, &facts, &touched, self.now)
    }

    /// Those of the entries that the reader may read.
    pub(super) async fn readable(&mut self, conn: &mut Conn, mut entries: Vec<Entry>) -> Result<Vec<Entry>> {
        if !self.who.program {
            self.gather(conn, &entries).await?;
            entries.retain(|entry| self.decide(entry, read_entry).is_allowed());
        }
        Ok(entries)
    }

    /// Whether the reader may correct an entry that they may read.
    pub(super) async fn correctable(&mut self, conn: &mut Conn, entry: &Entry) -> Result<Decision> {
        self.gather(conn, std::slice::from_ref(entry)).await?;
        Ok(self.decide(entry, correct_entry))
    }
}

/// Lets a worker on who may correct an entry, or says what a page should say.
pub(super) async fn require_correct(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    entry: EntryId,
) -> Result<()> {
    let found = heads(conn, &[entry.0]).await?;
    let entry = found.first().ok_or(Oops::NotFound)?;
    match Reach::of(who, now).correctable(conn, entry).await? {
        Decision::Allowed(_) => Ok(()),
        Decision::Refused(refusal) => Err(match refusal.answer() {
            Answer::Absent => Oops::NotFound,
            Answer::SignIn => Oops::SignIn { next: "/today".to_owned() },
            Answer::Say => Oops::NotAllowed(refusal.sentence().to_owned()),
        }),
    }
}
