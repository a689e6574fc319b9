//! Who may read or correct things recorded: each touches several people, and all must be within reach.

use super::facts::{Standings, decide_program};
use super::reach::Reach;
use crate::{Result, Who};
use db::Conn;
use jiff::Timestamp;
use practice::access::{self, Decision, EntryFacts, Reason, Touched};
use practice::entry::Readers;
use practice::id::{PersonId, WorkerId};
use std::collections::HashSet;
use uuid::Uuid;

/// What must be known of one thing recorded, or of a statement kept to fewer readers than its entry.
#[derive(Clone, Debug)]
pub struct EntryAsk {
    /// Who wrote it; none for what a file brought.
    pub author: Option<WorkerId>,
    /// For whom it is kept.
    pub readers: Readers,
    /// Staff who were there.
    pub present: Vec<WorkerId>,
    /// Staff named as readers, when it is kept to people named.
    pub named: Vec<WorkerId>,
    /// Everyone it touches, each with whether it is about them: participants, owners of words, those a
    /// promise in it is for or by, whom it is written to.
    pub touched: Vec<(PersonId, bool)>,
}

impl EntryAsk {
    fn facts(&self) -> EntryFacts<'_> {
        EntryFacts {
            author: self.author.unwrap_or(WorkerId(Uuid::nil())),
            readers: self.readers,
            present: &self.present,
            named: &self.named,
        }
    }

    /// The people it touches with the reader's ties to them, each once; none where one of them cannot be
    /// found, which must not open what it touches.
    fn touched<'a>(&self, standings: &'a Standings) -> Option<Vec<Touched<'a>>> {
        let mut touched: Vec<Touched<'a>> = Vec::with_capacity(self.touched.len());
        for &(person, about) in &self.touched {
            if let Some(again) = touched.iter_mut().find(|one| one.person == person) {
                again.about |= about;
                continue;
            }
            let standing = standings.get(&person)?;
            touched.push(Touched { person, about, level: standing.level, ties: &standing.ties });
        }
        Some(touched)
    }
}

impl Reach {
    fn weigh(&self, entry: &EntryAsk, standings: &Standings, correct: bool) -> Decision {
        let Some(touched) = entry.touched(standings) else {
            return Decision::Refused(access::Refusal::TouchesSomeoneHidden);
        };
        if self.program {
            let hidden = touched.iter().map(|one| decide_program(one.level)).find(|one| !one.is_allowed());
            return hidden.unwrap_or(Decision::Allowed(Reason::Program));
        }
        let weigh = if correct { access::correct_entry } else { access::read_entry };
        weigh(&self.reader, &entry.facts(), &touched, self.now)
    }

    /// Which of these things recorded the reader may read, in the order asked. People whose standing is not
    /// known yet are looked up, all at once.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn read_entries(&self, conn: &mut Conn, entries: &[EntryAsk]) -> Result<Vec<Decision>> {
        let touched: HashSet<PersonId> =
            entries.iter().flat_map(|entry| entry.touched.iter().map(|one| one.0)).collect();
        let people: Vec<PersonId> = touched.into_iter().collect();
        let standings = self.standings(conn, &people).await?;
        Ok(entries.iter().map(|entry| self.weigh(entry, &standings, false)).collect())
    }

    /// Whether the reader may read one thing recorded, given how they stand to everyone it touches.
    pub fn read_entry(&self, entry: &EntryAsk, standings: &Standings) -> Decision {
        self.weigh(entry, standings, false)
    }
}

/// Which of these things recorded someone may read, in the order asked.
///
/// # Errors
/// Where the database refuses.
pub async fn read_entries(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    entries: &[EntryAsk],
) -> Result<Vec<Decision>> {
    Reach::of(conn, who, now).await?.read_entries(conn, entries).await
}

/// Whether someone may read one thing recorded, or anything attached to it.
///
/// # Errors
/// Where the database refuses.
pub async fn read_entry(conn: &mut Conn, who: &Who, now: Timestamp, entry: &EntryAsk) -> Result<Decision> {
    one(conn, who, now, entry, false).await
}

/// Whether someone may correct one thing recorded.
///
/// # Errors
/// Where the database refuses.
pub async fn correct_entry(conn: &mut Conn, who: &Who, now: Timestamp, entry: &EntryAsk) -> Result<Decision> {
    one(conn, who, now, entry, true).await
}

async fn one(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    entry: &EntryAsk,
    correct: bool,
) -> Result<Decision> {
    let reach = Reach::of(conn, who, now).await?;
    let people: Vec<PersonId> = entry.touched.iter().map(|one| one.0).collect();
    let standings = reach.standings(conn, &people).await?;
    Ok(reach.weigh(entry, &standings, correct))
}
