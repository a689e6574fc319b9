//! Meetings as they stand, or stood on a past day: all of them, or as far as a worker may read them.

use super::store::{self, AnswerRow, MeetingRow, RecordedRow, ThereRow};
use crate::entry::when::day_of;
use crate::moment::london;
use crate::{Result, Who, access};
use db::{Conn, DbError, args};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use practice::access::{Decision, Sight};
use practice::entry::EntryKind;
use practice::id::{EntryId, PersonId, WorkerId};
use practice::meeting::{ASKS_FOR_DAYS, CanDo, Comes, Dated, MeetingKind, MeetingReaders, MeetingWay};
use practice::person::AccessLevel;
use uuid::Uuid;

/// Later than anything that is recorded: the year 3000, which both engines can hold.
const FAR: Timestamp = Timestamp::constant(32_503_680_000, 0);

/// A meeting with everything that is kept about it.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// This version.
    pub id: Uuid,
    /// The same in every version.
    pub meeting: Uuid,
    /// Whom it is about.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their letters and colour.
    pub avatar: (String, i64),
    /// Their record is restricted or sealed.
    pub hidden: bool,
    /// What it is.
    pub kind: MeetingKind,
    /// The day.
    pub on: Date,
    /// The time, once one is agreed.
    pub at: Option<Time>,
    /// How people meet.
    pub way: MeetingWay,
    /// Where.
    pub place: Option<String>,
    /// Why, in words the child can read.
    pub why: String,
    /// What the child can do.
    pub can: Vec<CanDo>,
    /// Who may see it.
    pub readers: MeetingReaders,
    /// Why nobody is told yet.
    pub readers_why: Option<String>,
    /// The day it was for before it was moved last.
    pub moved_from: Option<Date>,
    /// Why it was moved or called off.
    pub changed_why: Option<String>,
    /// It will not be.
    pub called_off: bool,
    /// Who put it down.
    pub author: Option<(WorkerId, String)>,
    /// Who will be there.
    pub there: Vec<Guest>,
    /// Who said whether they want to come.
    pub said: Vec<Said>,
    /// Where it is recorded what happened; looked for by [`meetings_for`] alone.
    pub recorded: Option<EntryId>,
}

/// Somebody who will be there.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Who, where they have a record.
    pub person: Option<PersonId>,
    /// Who, where they work here.
    pub worker: Option<WorkerId>,
    /// Their name.
    pub name: String,
    /// What they do.
    pub does: Option<String>,
    /// One or two letters, and their colour.
    pub avatar: (String, i64),
    /// Their record is restricted or sealed.
    pub hidden: bool,
}

/// What somebody said about coming.
#[derive(Clone, Debug)]
pub struct Said {
    /// Who.
    pub by: PersonId,
    /// Their name.
    pub name: String,
    /// Their record is restricted or sealed.
    pub hidden: bool,
    /// What.
    pub comes: Comes,
    /// On which day.
    pub on: Date,
}

impl Meeting {
    /// As the rules look at it.
    pub const fn dated(&self) -> Dated {
        Dated { on: self.on, called_off: self.called_off, recorded: self.recorded.is_some() }
    }

    /// Those of the record who will be there.
    pub fn people(&self) -> Vec<PersonId> {
        self.there.iter().filter_map(|one| one.person).collect()
    }
}

fn broken(column: &'static str, row: Uuid) -> DbError {
    DbError::Broken { table: "meeting", column, row: row.to_string() }
}

fn hides(level: &str) -> bool {
    level != AccessLevel::Findable.code()
}

fn guest(row: ThereRow) -> Guest {
    let name = row.name.or(row.called).unwrap_or_default();
    Guest {
        person: row.other_id.map(Into::into),
        worker: row.worker_id.map(Into::into),
        does: row.does,
        avatar: (row.initials.unwrap_or_else(|| crate::who::initials(&name)), row.hue.unwrap_or(8)),
        hidden: row.level.as_deref().is_some_and(hides),
        name,
    }
}

fn said(row: AnswerRow) -> Option<Said> {
    Some(Said {
        by: row.by_id.into(),
        name: row.name,
        hidden: hides(&row.level),
        comes: Comes::from_code(&row.comes)?,
        on: row.on_date.0,
    })
}

fn read(row: MeetingRow, there: Vec<Guest>, said: Vec<Said>) -> Result<Meeting> {
    let author = row.author_id.map(Into::into).zip(row.author);
    Ok(Meeting {
        kind: MeetingKind::from_code(&row.kind).ok_or_else(|| broken("kind", row.id))?,
        way: MeetingWay::from_code(&row.way).ok_or_else(|| broken("way", row.id))?,
        readers: MeetingReaders::from_code(&row.readers).ok_or_else(|| broken("readers", row.id))?,
        id: row.id,
        meeting: row.meeting_id,
        person: row.person_id.into(),
        name: row.name,
        avatar: (row.initials, row.hue),
        hidden: hides(&row.level),
        on: row.on_date.0,
        at: row.at_time.and_then(|at| at.parse().ok()),
        place: row.place,
        why: row.why,
        can: row.can_do.split(' ').filter_map(CanDo::from_code).collect(),
        readers_why: row.readers_why,
        moved_from: row.moved_from.map(|day| day.0),
        changed_why: row.changed_why,
        called_off: row.called_off,
        author,
        there,
        said,
        recorded: None,
    })
}

async fn whole(conn: &mut Conn, rows: Vec<MeetingRow>, at: Timestamp) -> Result<Vec<Meeting>> {
    let mut all = vec![];
    for row in rows {
        let there: Vec<ThereRow> = conn.all(store::THERE, args![row.meeting_id, at]).await?;
        let answers: Vec<AnswerRow> = conn.all(store::ANSWERS, args![row.meeting_id, at]).await?;
        let person = PersonId(row.person_id);
        // of two records that turned out to be one, nobody is their own guest
        let there = there.into_iter().map(guest).filter(|one| one.person != Some(person)).collect();
        all.push(read(row, there, answers.into_iter().filter_map(said).collect())?);
    }
    // what has no time yet stands before what has one
    all.sort_by_key(|one| (one.on, one.at, one.meeting));
    Ok(all)
}

/// The meetings about somebody and those they will be at, by day, as they stand or stood at an instant: whoever asks.
///
/// # Errors
/// Where the database refuses.
pub async fn meetings(conn: &mut Conn, person: PersonId, known: Option<Timestamp>) -> Result<Vec<Meeting>> {
    let at = known.unwrap_or(FAR);
    let rows: Vec<MeetingRow> = conn.all(store::OF_PERSON, args![person, at]).await?;
    whole(conn, rows, at).await
}

/// One meeting as it stands.
pub(super) async fn one_now(conn: &mut Conn, meeting: Uuid) -> Result<Option<Meeting>> {
    let rows: Vec<MeetingRow> = conn.all(store::ONE_NOW, args![meeting]).await?;
    Ok(whole(conn, rows, FAR).await?.pop())
}

/// Those in which a worker will be, themselves or standing in, between two days.
pub(super) async fn of_worker(
    conn: &mut Conn,
    who: &Who,
    (today, first, last): (Date, Date, Date),
) -> Result<Vec<Meeting>> {
    let Some(worker) = who.worker() else { return Ok(vec![]) };
    let rows: Vec<MeetingRow> = conn.all(store::MINE, args![worker, today, first, last]).await?;
    let mut all = whole(conn, rows, FAR).await?;
    settle(conn, who, today, &mut all).await?;
    Ok(all)
}

/// Notes of those whose day is past where it is recorded what happened.
async fn settle(conn: &mut Conn, who: &Who, today: Date, all: &mut [Meeting]) -> Result<()> {
    let first = practice::calendar::add_days(today, -ASKS_FOR_DAYS - 1);
    let since = first.to_zoned(london()).map_or(Timestamp::UNIX_EPOCH, |day| day.timestamp());
    let me = who.worker().map(|worker| worker.0);
    for one in all.iter_mut().filter(|one| one.on <= today && !one.called_off) {
        let rows: Vec<RecordedRow> = conn.all(store::RECORDED, args![one.person, since, me]).await?;
        let tells = |row: &&RecordedRow| {
            day_of(row.happened_at.0) == one.on
                && EntryKind::from_code(&row.kind).is_some_and(|kind| one.kind.told_by(kind))
        };
        one.recorded = rows.iter().find(tells).map(|row| row.id.into());
    }
    Ok(())
}

/// The same for a worker: without those about somebody whose record is closed to them, and without guests of whom they may
/// not know.
///
/// # Errors
/// Where the database refuses.
pub async fn meetings_for(
    conn: &mut Conn,
    (who, now): (&Who, Timestamp),
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<Meeting>> {
    let mut all = meetings(conn, person, known).await?;
    narrow(conn, (who, now), &mut all).await?;
    settle(conn, who, day_of(known.unwrap_or(now)), &mut all).await?;
    Ok(all)
}

/// Takes out what this worker may not know of.
pub(super) async fn narrow(
    conn: &mut Conn,
    (who, now): (&Who, Timestamp),
    all: &mut Vec<Meeting>,
) -> Result<()> {
    let about: Vec<PersonId> = all.iter().map(|one| one.person).collect();
    let open = access::decide_many(conn, who, now, &about, Sight::Open).await?;
    all.retain(|one| open.get(&one.person).is_some_and(Decision::is_allowed));
    let mut others: Vec<PersonId> = all.iter().flat_map(Meeting::people).collect();
    others.extend(all.iter().flat_map(|one| &one.said).map(|one| one.by));
    let may = access::decide_many(conn, who, now, &others, Sight::Exists).await?;
    let known = |id: &PersonId| may.get(id).is_some_and(Decision::is_allowed);
    for one in all {
        one.there.retain(|guest| guest.person.as_ref().is_none_or(known));
        one.said.retain(|said| known(&said.by));
    }
    Ok(())
}
