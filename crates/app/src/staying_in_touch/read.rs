//! Staying in touch as it stands, or stood on a past day: all of it, or as far as a worker may read it.

use super::store::{self, AgreedRow, MentorRow, PromisedRow, SearchRow, TimeRow, TouchRow, WishRow};
use crate::{Result, Who, access};
use db::{Conn, DbError, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::{Decision, Sight};
use practice::entry::PromiseState;
use practice::id::{EntryId, PersonId, WorkerId};
use practice::person::AccessLevel;
use practice::touch::{
    Basis, Came, EndedBy, InTheWay, MentorState, Often, Stage, Standing, TouchKind, TouchWay, Wanted, Wants,
};
use uuid::Uuid;

/// Later than anything that is recorded: the year 3000, which both engines can hold.
const FAR: Timestamp = Timestamp::constant(32_503_680_000, 0);

/// One whom a child wants to stay in touch with, and all that is kept about it.
#[derive(Clone, Debug)]
pub struct Touch {
    /// This version.
    pub id: Uuid,
    /// The same in every version.
    pub touch: Uuid,
    /// What they are to the child.
    pub kind: TouchKind,
    /// What the child calls them.
    pub called: String,
    /// Who it is, where they have a record.
    pub other: Option<PersonId>,
    /// Who it is, where they worked for the council.
    pub worker: Option<WorkerId>,
    /// The name in their record, or the worker's.
    pub name: Option<String>,
    /// One or two letters, and their colour.
    pub avatar: (String, i64),
    /// Whether their record is restricted or sealed.
    pub hidden: bool,
    /// Whether the child thought of them in their own space.
    pub proposed: bool,
    /// Why they matter.
    pub why: Option<String>,
    /// Since when it is kept.
    pub since: Date,
    /// What the child wants, by day: the last holds.
    pub wishes: Vec<Wish>,
    /// What is agreed, by day.
    pub agreed: Vec<Agreed>,
    /// Times, by day.
    pub times: Vec<Time>,
    /// How far a search has come, by day.
    pub search: Vec<Searched>,
    /// Mentor or not: the last stands.
    pub mentors: Vec<Mentor>,
}

/// What the child wanted on a day.
#[derive(Clone, Debug)]
pub struct Wish {
    /// This version.
    pub id: Uuid,
    /// Whether.
    pub wants: Wants,
    /// How.
    pub how: Vec<TouchWay>,
    /// How often.
    pub often: Option<Often>,
    /// In their words.
    pub words: Option<String>,
    /// They wrote it in their own space.
    pub themselves: bool,
    /// Said to this worker alone.
    pub only: Option<(WorkerId, String)>,
    /// On which day.
    pub on: Date,
    /// The worker who wrote it down.
    pub author: Option<String>,
}

/// Something agreed or ordered.
#[derive(Clone, Debug)]
pub struct Agreed {
    /// This version.
    pub id: Uuid,
    /// The same in every version.
    pub agreed: Uuid,
    /// On what it rests.
    pub basis: Basis,
    /// How.
    pub how: Vec<TouchWay>,
    /// How often.
    pub often: Option<Often>,
    /// The arrangement.
    pub words: String,
    /// Why somebody has to be there with them.
    pub supervised_why: Option<String>,
    /// Which court, when, and what it says.
    pub order_words: Option<String>,
    /// The other agrees and may read it.
    pub with_them: bool,
    /// From when.
    pub from: Date,
    /// Until when.
    pub to: Option<Date>,
    /// Why it ended.
    pub ended_why: Option<String>,
}

impl Agreed {
    /// Whether it holds on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| to >= day)
    }
}

/// One time.
#[derive(Clone, Debug)]
pub struct Time {
    /// This version.
    pub id: Uuid,
    /// The same in every version.
    pub time: Uuid,
    /// The day.
    pub on: Date,
    /// How.
    pub how: TouchWay,
    /// What became of it.
    pub came: Came,
    /// Where and when, as all of them may read it.
    pub where_when: Option<String>,
    /// How the child was.
    pub child_was: Option<String>,
    /// What a worker writes of it.
    pub words: Option<String>,
    /// What got in the way.
    pub in_the_way: Option<InTheWay>,
    /// That in words.
    pub in_the_way_words: Option<String>,
    /// The other was told of it.
    pub with_them: bool,
    /// Where it is recorded in full.
    pub entry: Option<EntryId>,
    /// What we do about it: the promise, its words, by when and how it stands.
    pub promise: Option<(Uuid, String, Option<Date>, PromiseState)>,
}

/// A stage of finding somebody again.
#[derive(Clone, Debug)]
pub struct Searched {
    /// Which stage.
    pub stage: Stage,
    /// Since when.
    pub on: Date,
    /// Who looks.
    pub looker: Option<String>,
    /// Where they looked.
    pub looked: Option<String>,
    /// What is written of it.
    pub words: Option<String>,
}

/// How it stands with a mentor.
#[derive(Clone, Debug)]
pub struct Mentor {
    /// The same in every version.
    pub mentor: Uuid,
    /// How it stands.
    pub state: MentorState,
    /// Since when.
    pub since: Date,
    /// When they were chosen.
    pub chosen_on: Date,
    /// Why, in the young person's words.
    pub chosen_words: Option<String>,
    /// They chose in their own space.
    pub themselves: bool,
    /// What they do.
    pub does: Option<String>,
    /// How often.
    pub often: Option<Often>,
    /// Ended: when, by whom, and why.
    pub ended: Option<(Date, EndedBy, Option<String>)>,
}

impl Touch {
    /// What the child wants now.
    pub fn wish(&self) -> Option<&Wish> {
        self.wishes.last()
    }

    /// What is agreed for a day.
    pub fn agreed_on(&self, day: Date) -> Vec<&Agreed> {
        self.agreed.iter().filter(|one| one.holds(day)).collect()
    }

    /// The times that are arranged, the next first.
    pub fn coming(&self) -> Vec<&Time> {
        self.times.iter().filter(|one| one.came == Came::Arranged).collect()
    }

    /// The times that were, the latest first.
    pub fn past(&self) -> Vec<&Time> {
        self.times.iter().rev().filter(|one| one.came != Came::Arranged).collect()
    }

    /// When they were last in touch.
    pub fn last_on(&self) -> Option<Date> {
        self.times.iter().rev().find(|one| one.came.in_touch()).map(|one| one.on)
    }

    /// How far the finding of them has come.
    pub fn stage(&self) -> Option<&Searched> {
        self.search.last()
    }

    /// How it stands with them as a mentor, unless it ended.
    pub fn mentor(&self) -> Option<&Mentor> {
        self.mentors.iter().rev().find(|one| one.ended.is_none())
    }

    /// The days that matter, as the rules look at them.
    pub fn standing(&self, today: Date) -> Standing {
        Standing {
            since: self.since,
            asked_on: self.wish().map(|one| one.on),
            arranged_on: self.coming().first().map(|one| one.on),
            last_on: self.last_on(),
            search: self.stage().map(|one| (one.stage, one.on)),
            mentor: self.mentor().map(|one| (one.state, one.since)),
            stopped_on: self
                .agreed_on(today)
                .into_iter()
                .find(|one| one.basis == Basis::Stopped)
                .map(|one| one.from),
        }
    }

    /// What was wanted over time.
    pub fn wanted(&self) -> Vec<Wanted> {
        let often = |one: &Wish| one.often.filter(|_| one.wants == Wants::Yes);
        self.wishes.iter().map(|one| Wanted { on: one.on, often: often(one) }).collect()
    }

    /// Every time with what became of it.
    pub fn came(&self) -> Vec<(Date, Came)> {
        self.times.iter().map(|one| (one.on, one.came)).collect()
    }
}

fn broken(table: &'static str, column: &'static str, row: Uuid) -> DbError {
    DbError::Broken { table, column, row: row.to_string() }
}

fn ways(how: &str) -> Vec<TouchWay> {
    how.split(' ').filter_map(TouchWay::from_code).collect()
}

fn often(code: Option<&str>) -> Option<Often> {
    code.and_then(Often::from_code)
}

fn touch(row: TouchRow) -> Result<Touch> {
    let name = row.name.as_deref().unwrap_or(&row.called);
    Ok(Touch {
        kind: TouchKind::from_code(&row.kind).ok_or_else(|| broken("touch", "kind", row.id))?,
        avatar: (row.initials.clone().unwrap_or_else(|| crate::who::initials(name)), row.hue.unwrap_or(8)),
        hidden: row.level.as_deref().is_some_and(|level| level != AccessLevel::Findable.code()),
        id: row.id,
        touch: row.touch_id,
        called: row.called,
        other: row.other_id.map(Into::into),
        worker: row.worker_id.map(Into::into),
        name: row.name,
        proposed: row.proposed,
        why: row.why,
        since: row.begun_on.0,
        wishes: vec![],
        agreed: vec![],
        times: vec![],
        search: vec![],
        mentors: vec![],
    })
}

fn wish(row: WishRow) -> Result<Wish> {
    Ok(Wish {
        id: row.id,
        wants: Wants::from_code(&row.wants).ok_or_else(|| broken("touch_wish", "wants", row.id))?,
        how: ways(&row.how),
        often: often(row.often.as_deref()),
        words: row.words,
        themselves: row.themselves,
        only: row.only_worker.map(Into::into).zip(row.only_name),
        on: row.on_date.0,
        author: row.author,
    })
}

fn agreed(row: AgreedRow) -> Result<Agreed> {
    Ok(Agreed {
        id: row.id,
        agreed: row.agreed_id,
        basis: Basis::from_code(&row.basis).ok_or_else(|| broken("touch_agreed", "basis", row.id))?,
        how: ways(&row.how),
        often: often(row.often.as_deref()),
        words: row.words,
        supervised_why: row.supervised_why,
        order_words: row.order_words,
        with_them: row.with_them,
        from: row.from_date.0,
        to: row.to_date.map(|day| day.0),
        ended_why: row.ended_why,
    })
}

fn time(row: TimeRow, promised: &[PromisedRow]) -> Result<Time> {
    let promise = promised.iter().find(|one| Some(one.promise_id) == row.promise_id).map(|one| {
        let state = PromiseState::from_code(&one.state).unwrap_or(PromiseState::Open);
        (one.promise_id, one.what.clone(), one.due_on.map(|day| day.0), state)
    });
    Ok(Time {
        id: row.id,
        time: row.time_id,
        on: row.on_date.0,
        how: TouchWay::from_code(&row.how).ok_or_else(|| broken("touch_time", "how", row.id))?,
        came: Came::from_code(&row.came).ok_or_else(|| broken("touch_time", "came", row.id))?,
        where_when: row.where_when,
        child_was: row.child_was,
        words: row.words,
        in_the_way: row.in_the_way.as_deref().and_then(InTheWay::from_code),
        in_the_way_words: row.in_the_way_words,
        with_them: row.with_them,
        entry: row.entry_id.map(Into::into),
        promise,
    })
}

fn searched(row: SearchRow) -> Result<Searched> {
    Ok(Searched {
        stage: Stage::from_code(&row.stage).ok_or_else(|| broken("touch_search", "stage", row.id))?,
        on: row.on_date.0,
        looker: row.looker,
        looked: row.looked,
        words: row.words,
    })
}

fn mentor(row: MentorRow) -> Result<Mentor> {
    let by = row.ended_by.as_deref().and_then(EndedBy::from_code);
    Ok(Mentor {
        mentor: row.mentor_id,
        state: MentorState::from_code(&row.state).ok_or_else(|| broken("touch_mentor", "state", row.id))?,
        since: row.state_on.0,
        chosen_on: row.chosen_on.0,
        chosen_words: row.chosen_words,
        themselves: row.themselves,
        does: row.does,
        often: often(row.often.as_deref()),
        ended: row.ended_on.zip(by).map(|(on, by)| (on.0, by, row.ended_why)),
    })
}

/// With whom somebody wants to stay in touch, as it stands or stood at an instant: all of it, whoever asks.
///
/// # Errors
/// Where the database refuses.
pub async fn touches(conn: &mut Conn, person: PersonId, known: Option<Timestamp>) -> Result<Vec<Touch>> {
    let at = known.unwrap_or(FAR);
    let rows: Vec<TouchRow> = conn.all(store::TOUCHES, args![person, at]).await?;
    let mut all: Vec<Touch> = rows.into_iter().map(touch).collect::<Result<_>>()?;
    if all.is_empty() {
        return Ok(all);
    }
    let promised: Vec<PromisedRow> = conn.all(store::PROMISED, args![person]).await?;
    macro_rules! sorted {
        ($text:ident, $row:ty, $into:ident, $of:expr) => {
            for row in conn.all::<$row>(store::$text, args![person, at]).await? {
                if let Some(one) = all.iter_mut().find(|one| one.touch == row.touch_id) {
                    one.$into.push($of(row)?);
                }
            }
        };
    }
    sorted!(WISHES, WishRow, wishes, wish);
    sorted!(AGREED, AgreedRow, agreed, agreed);
    sorted!(TIMES, TimeRow, times, |row| time(row, &promised));
    sorted!(SEARCHES, SearchRow, search, searched);
    sorted!(MENTORS, MentorRow, mentors, mentor);
    Ok(all)
}

/// The same for a worker: without those of whom they may not know, and without what the child said to another worker alone.
///
/// # Errors
/// Where the database refuses.
pub async fn touches_for(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<Touch>> {
    let mut all = touches(conn, person, known).await?;
    let others: Vec<PersonId> = all.iter().filter_map(|one| one.other).collect();
    let may = access::decide_many(conn, who, now, &others, Sight::Exists).await?;
    all.retain(|one| one.other.is_none_or(|other| may.get(&other).is_some_and(Decision::is_allowed)));
    for one in &mut all {
        one.wishes.retain(|wish| wish.only.as_ref().is_none_or(|only| Some(only.0) == who.worker()));
    }
    Ok(all)
}

/// The children who have something with this person that may be theirs to read, whose records anybody may know of.
///
/// # Errors
/// Where the database refuses.
pub async fn with_whom(conn: &mut Conn, other: PersonId) -> Result<Vec<PersonId>> {
    let rows: Vec<(Uuid,)> = conn.all(store::WITH_ME, args![other]).await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}
