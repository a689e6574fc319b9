//! The story so far as it stands: what was told, by whom and when; who has read it; when it had to be told again.

use super::FAR;
use super::store::{self, ReadRow, RetoldRow, TellingRow};
use super::voice::{By, Voice, between};
use crate::{Result, Who, access};
use db::{Conn, DbError, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::{Decision, Sight};
use practice::id::{EntryId, PersonId, WorkerId};
use practice::story::{self as rules, ReadState, Reading, StoryPart, ToldHow, Version};
use std::collections::HashSet;
use uuid::Uuid;

/// What one voice tells in one part, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// This version.
    pub id: Uuid,
    /// The same in every version.
    pub thread: Uuid,
    /// Which part.
    pub part: StoryPart,
    /// How it came into the story.
    pub how: ToldHow,
    /// Whose words they are; the worker's, where they put it together from what is recorded.
    pub voice: Voice,
    /// Somebody else tells it, and is fine with the person reading it.
    pub shared: bool,
    /// The words.
    pub words: String,
    /// The entries it rests on.
    pub rests_on: Vec<EntryId>,
    /// On which day it was told.
    pub told_on: Date,
    /// The worker who wrote it down.
    pub author: Option<(WorkerId, String)>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

impl Telling {
    /// As the rules of what the family may be shown look at it, in the story of `about`.
    pub fn weighed(&self, about: PersonId) -> rules::Telling {
        let by = if self.voice.by.themselves() { Some(about) } else { self.voice.by.person() };
        rules::Telling { about, by, how: self.how, shared: self.shared }
    }
}

/// A worker said that they have read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadBy {
    /// Who.
    pub worker: WorkerId,
    /// Their name.
    pub name: String,
    /// Their colour.
    pub hue: i64,
    /// On which day, and what stood there.
    pub reading: Reading,
}

/// They had to tell something again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retold {
    /// On which day.
    pub on: Date,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// Where it happened.
    pub entry: Option<EntryId>,
    /// Who says so.
    pub by: Option<String>,
}

/// Somebody's story so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// What was told, in the order in which it was first told.
    pub tellings: Vec<Telling>,
    /// Who has read it, the earliest first.
    pub read: Vec<ReadBy>,
    /// When they had to tell it again, the earliest first.
    pub again: Vec<Retold>,
}

impl Story {
    /// What was told in a part: the person's own words first.
    pub fn part(&self, part: StoryPart) -> Vec<&Telling> {
        let mut all: Vec<&Telling> = self.tellings.iter().filter(|one| one.part == part).collect();
        all.sort_by_key(|one| (!one.voice.by.themselves(), one.how == ToldHow::FromEntries));
        all
    }

    /// The versions as they stand, for the rules of reading.
    pub fn versions(&self) -> Vec<Version> {
        let version =
            |one: &Telling| Version { id: one.id, author: one.author.as_ref().map(|author| author.0) };
        self.tellings.iter().map(version).collect()
    }

    /// How a worker stands to it.
    pub fn state(&self, worker: WorkerId) -> ReadState {
        let readings: Vec<Reading> =
            self.read.iter().filter(|one| one.worker == worker).map(|one| one.reading.clone()).collect();
        rules::read_state(worker, &self.versions(), &readings)
    }

    /// Everyone who said that they have read it, each once with their latest reading, and how they stand to it now.
    pub fn readers(&self) -> Vec<(&ReadBy, ReadState)> {
        let mut latest: Vec<&ReadBy> = vec![];
        for one in self.read.iter().rev() {
            if latest.iter().all(|held| held.worker != one.worker) {
                latest.push(one);
            }
        }
        latest.into_iter().map(|one| (one, self.state(one.worker))).collect()
    }
}

fn telling(row: TellingRow) -> Result<Telling> {
    let broken = |column| DbError::Broken { table: "story_telling", column, row: row.id.to_string() };
    let part = StoryPart::from_code(&row.part).ok_or_else(|| broken("part"))?;
    let how = ToldHow::from_code(&row.told_how).ok_or_else(|| broken("told_how"))?;
    let author = row.author_id.map(WorkerId).zip(row.author.clone());
    let voice = if how == ToldHow::FromEntries {
        let by =
            row.author_id.map_or_else(|| By::Words("The council".to_owned()), |id| By::Worker(id.into()));
        Voice::of(by, row.author, None, row.author_hue)
    } else {
        let by = By::read(row.by_themselves, row.by_person, None, row.by_words, ("story_telling", row.id))?;
        Voice::of(by, row.name, row.initials, row.hue)
    };
    Ok(Telling {
        id: row.id,
        thread: row.telling_id,
        part,
        how,
        voice,
        shared: row.shared,
        words: row.words,
        rests_on: between(&row.rests_on),
        told_on: row.told_on.0,
        author,
        recorded_at: row.recorded_at.0,
    })
}

/// Somebody's story as it stands, or stood at an instant: all of it, whoever asks.
///
/// # Errors
/// Where the database refuses.
pub async fn story(conn: &mut Conn, person: PersonId, known: Option<Timestamp>) -> Result<Story> {
    let at = known.unwrap_or(FAR);
    let tellings: Vec<TellingRow> = conn.all(store::TELLINGS, args![person, at]).await?;
    let read: Vec<ReadRow> = conn.all(store::READ, args![person, at]).await?;
    let again: Vec<RetoldRow> = conn.all(store::RETOLD, args![person, at]).await?;
    Ok(Story {
        tellings: tellings.into_iter().map(telling).collect::<Result<_>>()?,
        read: read
            .into_iter()
            .map(|row| ReadBy {
                worker: row.worker_id.into(),
                name: row.name,
                hue: row.hue,
                reading: Reading { on: row.read_on.0, held: between(&row.held) },
            })
            .collect(),
        again: again
            .into_iter()
            .map(|row| Retold {
                on: row.on_date.0,
                what: row.what,
                why: row.why,
                entry: row.entry_id.map(EntryId),
                by: row.name,
            })
            .collect(),
    })
}

/// Somebody's story for a worker: the words of people of whom they may not know are left out.
///
/// # Errors
/// Where the database refuses.
pub async fn story_for(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Story> {
    let mut all = story(conn, person, known).await?;
    let others: Vec<PersonId> = all.tellings.iter().filter_map(|one| one.voice.by.person()).collect();
    let hidden = hidden(conn, who, now, &others).await?;
    all.tellings.retain(|one| one.voice.by.person().is_none_or(|other| !hidden.contains(&other)));
    Ok(all)
}

/// Those of these people of whom a worker may not know.
pub(super) async fn hidden(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    people: &[PersonId],
) -> Result<HashSet<PersonId>> {
    if people.is_empty() {
        return Ok(HashSet::new());
    }
    let said = access::decide_many(conn, who, now, people, Sight::Exists).await?;
    let known = |one: &PersonId| said.get(one).is_some_and(Decision::is_allowed);
    Ok(people.iter().filter(|one| !known(one)).copied().collect())
}
