//! Which entries a reader may read or correct: the facts of each, put to the rules with the reader's ties
//! to everyone it touches.

use super::whole::{Entry, heads};
use super::{draw, store, when};
use crate::access::{self, EntryAsk};
use crate::{Oops, Result, Who, journal};
use db::{Conn, DbError, args};
use jiff::Timestamp;
use practice::access::{Decision, Reason, Refusal, Sight};
use practice::entry::{Part, Readers};
use practice::id::{EntryId, PersonId, WorkerId};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A reader who reads several times in one request; how they reach people is gathered once.
pub(super) struct Reach<'a> {
    who: &'a Who,
    now: Timestamp,
    gathered: Option<access::Reach>,
}

/// What the rules ask of one entry.
fn ask(entry: &Entry) -> EntryAsk {
    EntryAsk {
        author: entry.author.as_ref().map(|author| author.worker),
        readers: entry.readers,
        present: entry.workers.iter().map(|one| one.worker).collect(),
        named: entry.named.iter().filter_map(|one| one.worker).collect::<Vec<WorkerId>>(),
        touched: entry.people.iter().map(|one| (one.person, one.part == Part::About)).collect(),
    }
}

impl<'a> Reach<'a> {
    pub(super) fn of(who: &'a Who, now: Timestamp) -> Self {
        Self { who, now, gathered: None }
    }

    /// What the rules say of each, in the order asked.
    async fn say(&mut self, conn: &mut Conn, asks: &[EntryAsk]) -> Result<Vec<Decision>> {
        let reach = match self.gathered.take() {
            Some(reach) => reach,
            None => access::Reach::of(conn, self.who, self.now).await?,
        };
        let said = reach.read_entries(conn, asks).await?;
        self.gathered = Some(reach);
        Ok(said)
    }

    /// Those of the entries that the reader may read.
    pub(super) async fn readable(&mut self, conn: &mut Conn, entries: Vec<Entry>) -> Result<Vec<Entry>> {
        let asks: Vec<EntryAsk> = entries.iter().map(ask).collect();
        let said = self.say(conn, &asks).await?;
        let read = entries.into_iter().zip(said).filter(|(_, decision)| decision.is_allowed());
        Ok(read.map(|(entry, _)| entry).collect())
    }

    /// Which of these entries of these people the reader may read, with who wrote each, asked in a few
    /// statements however many there are: for counting.
    pub(super) async fn sketch(
        &mut self,
        conn: &mut Conn,
        people: &[PersonId],
        ids: &HashSet<Uuid>,
    ) -> Result<HashMap<Uuid, Option<WorkerId>>> {
        let mut outlines: HashMap<Uuid, EntryAsk> = HashMap::with_capacity(ids.len());
        for person in people {
            outline(conn, *person, self.who.worker(), ids, &mut outlines).await?;
        }
        let (ids, asks): (Vec<Uuid>, Vec<EntryAsk>) = outlines.into_iter().unzip();
        let said = self.say(conn, &asks).await?;
        let read = ids.into_iter().zip(asks).zip(said).filter(|(_, decision)| decision.is_allowed());
        Ok(read.map(|((id, ask), _)| (id, ask.author)).collect())
    }
}

/// The outlines of one person's entries, of those wanted: what must be known to decide, without words.
async fn outline(
    conn: &mut Conn,
    person: PersonId,
    me: Option<WorkerId>,
    ids: &HashSet<Uuid>,
    outlines: &mut HashMap<Uuid, EntryAsk>,
) -> Result<()> {
    let facts: Vec<(Uuid, Option<Uuid>, String)> = conn.all(store::FACTS_OF_ALL, args![person]).await?;
    for (id, author, readers) in facts.into_iter().filter(|row| ids.contains(&row.0)) {
        let broken = || DbError::Broken { table: "entry", column: "readers", row: id.to_string() };
        let readers = Readers::from_code(&readers).ok_or_else(broken)?;
        let author = author.map(WorkerId);
        let ask = EntryAsk { author, readers, present: vec![], named: vec![], touched: vec![] };
        outlines.entry(id).or_insert(ask);
    }
    let touched: Vec<(Uuid, Uuid, String)> = conn.all(store::TOUCHED_BY_ALL, args![person]).await?;
    for (id, touched, part) in touched {
        if let Some(ask) = outlines.get_mut(&id) {
            let one = (touched.into(), part == Part::About.code());
            if !ask.touched.contains(&one) {
                ask.touched.push(one);
            }
        }
    }
    // of those present and named only the reader matters here
    let Some(me) = me else { return Ok(()) };
    let present: Vec<(Uuid,)> = conn.all(store::WHERE_PRESENT, args![person, me]).await?;
    for (id,) in present {
        if let Some(ask) = outlines.get_mut(&id) {
            ask.present = vec![me];
        }
    }
    let named: Vec<(Uuid,)> = conn.all(store::WHERE_NAMED, args![person, me]).await?;
    for (id,) in named {
        if let Some(ask) = outlines.get_mut(&id) {
            ask.named = vec![me];
        }
    }
    Ok(())
}

/// Whether someone may correct an entry that they may read.
///
/// # Errors
/// Where the database refuses.
pub async fn may_correct(conn: &mut Conn, who: &Who, now: Timestamp, entry: &Entry) -> Result<Decision> {
    access::correct_entry(conn, who, now, &ask(entry)).await
}

/// Why a reader may read an entry, for each person it touches, as the journal keeps it: how they are tied to that
/// person or, where they are not, that they wrote it or were there.
///
/// # Errors
/// Where the database refuses.
pub async fn whys(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    entry: &Entry,
) -> Result<Vec<(PersonId, &'static str)>> {
    let mut people: Vec<PersonId> = entry.people.iter().map(|one| one.person).collect();
    people.sort();
    people.dedup();
    let said = access::decide_many(conn, who, now, &people, Sight::Open).await?;
    let wrote = who.worker().is_some() && entry.author.as_ref().map(|author| author.worker) == who.worker();
    let there = entry.workers.iter().any(|one| Some(one.worker) == who.worker());
    let other = match (wrote, there) {
        (true, _) => Reason::WroteIt,
        (false, true) => Reason::WasThere,
        // they work with somebody else whom it is about
        (false, false) => return Ok(people.into_iter().map(|one| (one, code(said.get(&one)))).collect()),
    };
    let or = |one: PersonId| match said.get(&one) {
        Some(Decision::Allowed(reason)) => journal::reason_code(reason),
        _ => journal::reason_code(&other),
    };
    Ok(people.into_iter().map(|one| (one, or(one))).collect())
}

fn code(said: Option<&Decision>) -> &'static str {
    match said {
        Some(Decision::Allowed(reason)) => journal::reason_code(reason),
        _ => "another",
    }
}

/// Those of these entries that the reader may read, in a few words each: what sort of thing it was, and when.
///
/// # Errors
/// Where the database refuses.
pub async fn in_few_words(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    entries: &[EntryId],
) -> Result<HashMap<EntryId, String>> {
    let ids: HashSet<Uuid> = entries.iter().map(|entry| entry.0).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let found = heads(conn, &ids).await?;
    let read = Reach::of(who, now).readable(conn, found).await?;
    let words = |entry: &Entry| {
        let day = when::day_of(entry.happened_at).strftime("%-d %B %Y");
        format!("{}, {day}", draw::sort(entry))
    };
    Ok(read.iter().map(|entry| (entry.id, words(entry))).collect())
}

/// Which of these entries a reader may take out of the record, in the order asked: to read one is not enough,
/// somebody whom it is about must be someone whose record they may export.
///
/// # Errors
/// Where the database refuses.
pub async fn may_take_out(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    entries: &[&Entry],
) -> Result<Vec<Decision>> {
    let about: HashSet<PersonId> =
        entries.iter().flat_map(|entry| entry.about().map(|one| one.person)).collect();
    let about: Vec<PersonId> = about.into_iter().collect();
    let said = access::decide_many(conn, who, now, &about, Sight::Export).await?;
    let one = |entry: &&Entry| {
        let mut decisions: Vec<&Decision> = entry.about().filter_map(|one| said.get(&one.person)).collect();
        decisions.sort_by_key(|decision| !decision.is_allowed());
        let none = Decision::Refused(Refusal::NoTie { may_break_glass: false });
        decisions.first().map_or(none, |decision| (*decision).clone())
    };
    Ok(entries.iter().map(one).collect())
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
    access::let_on(Some(may_correct(conn, who, now, entry).await?)).map(drop)
}
