//! What of an entry is held back from somebody of the record, and what of it is somebody's private matter: as it is read, as
//! it is filed, and as it goes on when the entry is corrected.

use super::record::{Filing, Recording};
use super::said::{Whole, holds};
use super::store::{self, HeldRow, MatterRow};
use super::whole::padded;
use crate::{Moment, Result};
use db::{Conn, DbError, Tx, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::entry::Readers;
use practice::id::{PersonId, WorkerId};
use practice::person::AccessLevel;
use practice::recording::Audience;
use practice::sharing::{FromWhom, Matter, NewHold, NewPrivate, What, carried};
use std::collections::HashMap;
use uuid::Uuid;

/// The part of an entry that was kept to staff when it was recorded.
const STAFF: &str = "staff";
/// What is said of somebody whose record is hidden.
const SOMEBODY: &str = "somebody else";

/// Something held back from somebody who would otherwise read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBack {
    /// The same for every version.
    pub id: Uuid,
    /// What of the entry.
    pub what: What,
    /// Whether the whole entry was kept to staff when it was recorded.
    pub staff: bool,
    /// From whom, and their name; from everybody who would otherwise read it where nobody is named.
    pub from: Option<(PersonId, String)>,
    /// The code of the ground.
    pub ground: String,
    /// What else was said to it.
    pub why: Option<String>,
    /// When it is looked at again.
    pub review_on: Date,
    /// Since when it is held back.
    pub since: Date,
    /// Who decided it, and their name.
    pub by: Option<(WorkerId, String)>,
    /// Once it was ended: on which day, and why.
    pub ended: Option<(Date, String)>,
}

impl HeldBack {
    /// From whom, in words.
    pub fn from_whom(&self) -> &str {
        self.from.as_ref().map_or("everybody who was there", |one| one.1.as_str())
    }
}

/// A mark that words concern somebody's private matter, or were looked at and do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateMatter {
    /// The same for every version.
    pub id: Uuid,
    /// What of the entry: the account or one statement.
    pub what: What,
    /// Whose, and their name; of somebody without a record where nobody is named.
    pub of: Option<(PersonId, String)>,
    /// What sort of matter.
    pub matter: Matter,
}

impl PrivateMatter {
    /// Whose it is, in words.
    pub fn whose(&self) -> &str {
        self.of.as_ref().map_or("somebody without a record", |one| one.1.as_str())
    }
}

impl Whole {
    /// What is held back today.
    pub fn held_now(&self) -> impl Iterator<Item = &HeldBack> {
        self.held.iter().filter(|one| one.ended.is_none())
    }

    /// What is somebody's private matter.
    pub fn private_now(&self) -> impl Iterator<Item = &PrivateMatter> {
        self.private.iter().filter(|one| one.matter != Matter::Nothing)
    }

    /// The place of a statement; all of the entry where it cannot be found, so that nothing comes free by mistake.
    fn words_at(&self, statement: Option<Uuid>) -> What {
        let at = self.statements.iter().position(|one| Some(one.id) == statement);
        at.map_or(What::All, What::Words)
    }
}

/// A name, unless the record is hidden from those who may not know of it.
fn name(person: Option<Uuid>, name: Option<String>, level: Option<&str>) -> Option<(PersonId, String)> {
    person.map(|person| (person.into(), name_of(name, level)))
}

/// What somebody is called where it is not asked who reads; a worker's name has no level.
pub(super) fn name_of(name: Option<String>, level: Option<&str>) -> String {
    if hides(level) { SOMEBODY.to_owned() } else { name.unwrap_or_default() }
}

/// Whether a record of this level is hidden from those who may not know of it.
pub(super) fn hides(level: Option<&str>) -> bool {
    level.is_some_and(|level| AccessLevel::from_code(level) != Some(AccessLevel::Findable))
}

fn held_back(row: HeldRow, whole: &Whole) -> HeldBack {
    let what = match row.part.as_str() {
        "account" => What::Account,
        "words" => whole.words_at(row.statement_id),
        _ => What::All,
    };
    HeldBack {
        id: row.held_id,
        what,
        staff: row.part == STAFF,
        from: name(row.person_id, row.name, row.access_level.as_deref()),
        ground: row.ground,
        why: row.why,
        review_on: row.review_on.0,
        since: row.from_date.0,
        by: row.worker_id.map(|worker| (worker.into(), row.worker_name.unwrap_or_default())),
        ended: row.to_date.map(|day| (day.0, row.ended_why.unwrap_or_default())),
    }
}

fn private_matter(row: MatterRow, whole: &Whole) -> std::result::Result<PrivateMatter, DbError> {
    let broken =
        || DbError::Broken { table: "private_matter", column: "kind", row: row.matter_id.to_string() };
    Ok(PrivateMatter {
        id: row.matter_id,
        what: if row.statement_id.is_some() { whole.words_at(row.statement_id) } else { What::Account },
        matter: Matter::from_code(&row.kind).ok_or_else(broken)?,
        of: name(row.person_id, row.name, row.access_level.as_deref()),
    })
}

/// An entry kept to staff is kept by a holding back: where that was ended it is open to those who were there, and where it
/// was needed longer it is looked at later.
fn kept_to_staff(whole: &mut Whole) {
    if whole.entry.readers != Readers::Staff {
        return;
    }
    let Some(held) = whole.held.iter().find(|one| one.staff) else { return };
    if held.ended.is_some() {
        whole.entry.readers = Readers::Present;
        whole.entry.readers_why = None;
        whole.entry.readers_review_on = None;
    } else {
        whole.entry.readers_review_on = Some(held.review_on);
    }
}

/// Adds what is held back and what is private to some entries, as known now or at an instant.
pub(super) async fn add(
    conn: &mut Conn,
    some: &[Uuid],
    places: &HashMap<Uuid, usize>,
    all: &mut [Whole],
    known: Option<Timestamp>,
) -> Result<()> {
    let rows: Vec<HeldRow> = conn.all(store::HELD, padded(some)).await?;
    for row in rows {
        let whole = places.get(&row.entry_id).and_then(|at| all.get_mut(*at));
        let span = (row.recorded_at, row.superseded_at);
        if let Some(whole) = whole.filter(|whole| holds(span, &whole.entry, known)) {
            let held = held_back(row, whole);
            whole.held.push(held);
        }
    }
    let rows: Vec<MatterRow> = conn.all(store::MATTERS, padded(some)).await?;
    for row in rows {
        let whole = places.get(&row.entry_id).and_then(|at| all.get_mut(*at));
        let span = (row.recorded_at, row.superseded_at);
        if let Some(whole) = whole.filter(|whole| holds(span, &whole.entry, known)) {
            let matter = private_matter(row, whole)?;
            whole.private.push(matter);
        }
    }
    for whole in some.iter().filter_map(|id| places.get(id)) {
        if let Some(whole) = all.get_mut(*whole) {
            kept_to_staff(whole);
        }
    }
    Ok(())
}

/// Where in an entry something is: its stored word, and the statement.
fn stored(what: What, statements: &[Uuid]) -> (&'static str, Option<Uuid>) {
    match what {
        What::All => ("all", None),
        What::Account => ("account", None),
        // a place that is not there holds all of it
        What::Words(at) => statements.get(at).map_or(("all", None), |id| ("words", Some(*id))),
    }
}

/// Holds something of an entry back: one row for each from whom. Gives their ids.
pub(crate) async fn hold(
    tx: &mut Tx,
    moment: &mut Moment,
    (entry, statements, by): (Uuid, &[Uuid], Option<WorkerId>),
    hold: &NewHold,
) -> Result<Vec<Uuid>> {
    let (part, statement) = stored(hold.what, statements);
    let from: Vec<Option<Uuid>> = match &hold.from {
        FromWhom::Everybody => vec![None],
        FromWhom::These(people) => people.iter().map(|person| Some(person.0)).collect(),
    };
    let mut ids = vec![];
    for person in from {
        let row = NewRow { part, statement, person, ground: &hold.ground, why: hold.why.as_deref() };
        ids.push(new_row(tx, moment, (entry, by), (&row, hold.review_on)).await?);
    }
    Ok(ids)
}

struct NewRow<'a> {
    part: &'a str,
    statement: Option<Uuid>,
    person: Option<Uuid>,
    ground: &'a str,
    why: Option<&'a str>,
}

async fn new_row(
    tx: &mut Tx,
    moment: &mut Moment,
    (entry, by): (Uuid, Option<WorkerId>),
    (row, review_on): (&NewRow<'_>, Date),
) -> Result<Uuid> {
    let (id, held_id, today) = (moment.id(), moment.id(), moment.today());
    let none = (None::<Date>, None::<&str>);
    let by = by.map(|worker| worker.0);
    let values = args![
        id,
        held_id,
        entry,
        row.statement,
        row.part,
        row.person,
        row.ground,
        row.why,
        review_on,
        today,
        none.0,
        none.1,
        by,
        moment.now()
    ];
    tx.run(store::HOLD, values).await?;
    Ok(held_id)
}

/// Marks words as somebody's private matter, or as looked at and not private. Gives the mark's id.
pub(crate) async fn mark(
    tx: &mut Tx,
    moment: &mut Moment,
    (entry, statements, by): (Uuid, &[Uuid], Option<WorkerId>),
    mark: &NewPrivate,
) -> Result<Uuid> {
    let statement = stored(mark.what, statements).1;
    let (id, matter) = (moment.id(), moment.id());
    let (person, by) = (mark.of.map(|person| person.0), by.map(|worker| worker.0));
    tx.run(store::MATTER, args![id, matter, entry, statement, person, mark.matter.code(), by, moment.now()])
        .await?;
    Ok(matter)
}

/// Files what is held back and what is private in a new entry.
pub(super) async fn file(
    tx: &mut Tx,
    moment: &mut Moment,
    filing: &Filing,
    recording: &Recording,
) -> Result<()> {
    let at = (filing.id, filing.statements.as_slice(), filing.author);
    if let Audience::Staff { why, review_on } = &recording.entry.audience {
        let row = NewRow { part: STAFF, statement: None, person: None, ground: "other", why: Some(why) };
        new_row(tx, moment, (filing.id, filing.author), (&row, *review_on)).await?;
    }
    for one in &recording.sharing.holds {
        hold(tx, moment, at, one).await?;
    }
    for one in &recording.sharing.private {
        mark(tx, moment, at, one).await?;
    }
    Ok(())
}

/// The rows of one entry that stand now.
pub(crate) async fn standing(conn: &mut Conn, entry: Uuid) -> Result<(Vec<HeldRow>, Vec<MatterRow>)> {
    let mut held: Vec<HeldRow> = conn.all(store::HELD, padded(&[entry])).await?;
    held.retain(|row| row.superseded_at.is_none());
    let mut matters: Vec<MatterRow> = conn.all(store::MATTERS, padded(&[entry])).await?;
    matters.retain(|row| row.superseded_at.is_none());
    Ok((held, matters))
}

/// Writes a holding back once more, as it now stands: with another version of its entry, another day, or an end.
pub(crate) async fn again(tx: &mut Tx, moment: &mut Moment, row: &HeldRow) -> Result<()> {
    tx.run_one(store::HOLD_OVER, args![row.id, moment.now()]).await?;
    put(tx, moment, row).await
}

async fn put(tx: &mut Tx, moment: &mut Moment, row: &HeldRow) -> Result<()> {
    let values = args![
        moment.id(),
        row.held_id,
        row.entry_id,
        row.statement_id,
        row.part.as_str(),
        row.person_id,
        row.ground.as_str(),
        row.why.as_deref(),
        row.review_on.0,
        row.from_date.0,
        row.to_date.map(|day| day.0),
        row.ended_why.as_deref(),
        row.worker_id,
        moment.now()
    ];
    tx.run(store::HOLD, values).await?;
    Ok(())
}

/// What was held back or private in the version that was corrected stays so in the newer one: with the same words or, where
/// those were changed, with whatever words are new. What was kept to staff is said anew by the newer version.
pub(super) async fn carry(tx: &mut Tx, moment: &mut Moment, filing: &Filing, older: Uuid) -> Result<()> {
    let (held, matters) = standing(tx, older).await?;
    let was: Vec<(Uuid, String)> = tx.all(store::WORDS_IN_ORDER, args![older]).await?;
    let is: Vec<(Uuid, String)> = tx.all(store::WORDS_IN_ORDER, args![filing.id]).await?;
    let words = |all: &[(Uuid, String)]| all.iter().map(|one| one.1.clone()).collect::<Vec<String>>();
    let (was_words, is_words) = (words(&was), words(&is));
    let (was_words, is_words): (Vec<&str>, Vec<&str>) =
        (was_words.iter().map(String::as_str).collect(), is_words.iter().map(String::as_str).collect());
    let goes_on = |statement: Option<Uuid>| -> Vec<Option<Uuid>> {
        let Some(statement) = statement else { return vec![None] };
        let place = was.iter().position(|one| one.0 == statement);
        let places = place.map(|place| carried(&was_words, &is_words, place)).unwrap_or_default();
        places.into_iter().filter_map(|at| filing.statements.get(at).copied()).map(Some).collect()
    };
    for row in held {
        tx.run_one(store::HOLD_OVER, args![row.id, moment.now()]).await?;
        if row.part == STAFF {
            continue;
        }
        for (nth, statement_id) in goes_on(row.statement_id).into_iter().enumerate() {
            // words that became several are held back each by itself
            let held_id = if nth == 0 { row.held_id } else { moment.id() };
            put(tx, moment, &HeldRow { held_id, entry_id: filing.id, statement_id, ..row.clone() }).await?;
        }
    }
    for row in matters {
        tx.run_one(store::MATTER_OVER, args![row.id, moment.now()]).await?;
        for (nth, statement) in goes_on(row.statement_id).into_iter().enumerate() {
            let matter = if nth == 0 { row.matter_id } else { moment.id() };
            let values = args![
                moment.id(),
                matter,
                filing.id,
                statement,
                row.person_id,
                row.kind.as_str(),
                row.worker_id,
                moment.now()
            ];
            tx.run(store::MATTER, values).await?;
        }
    }
    Ok(())
}
