//! One worker's week, read for themselves.

use super::store::{self, EntryRow, TimeRow};
use crate::access;
use crate::entry::when;
use crate::who::Signed;
use crate::{Oops, Result};
use db::{Conn, Value, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::{Decision, Sight};
use practice::calendar::add_days;
use practice::entry::EntryKind;
use practice::id::{PersonId, WorkerId};
use practice::week;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Something a worker did or wrote in a week.
pub(super) struct Piece {
    pub(super) id: Uuid,
    pub(super) kind: Option<EntryKind>,
    pub(super) happened_at: Timestamp,
    /// How long it took with people, when it happened in this week and that was said.
    pub(super) with_people: Option<u32>,
    /// Whether it was in this week that it happened.
    pub(super) happened_here: bool,
    /// Whether this worker wrote it, and so may say how long that took.
    pub(super) mine: bool,
    /// Minutes of writing, and whether a screen counted them, the worker said them, or struck them.
    pub(super) writing: Option<(u32, String)>,
    /// Those it is about, as far as the reader may know of them.
    pub(super) about: Vec<String>,
}

/// The minutes of one day.
#[derive(Clone, Copy, Default)]
pub(super) struct DayOf {
    pub(super) with_people: u32,
    pub(super) recording: u32,
}

/// One week.
pub(super) struct Week {
    pub(super) monday: Date,
    pub(super) days: [DayOf; 7],
    pub(super) pieces: Vec<Piece>,
}

impl Week {
    pub(super) fn sum(&self) -> DayOf {
        self.days.iter().fold(DayOf::default(), |all, day| DayOf {
            with_people: all.with_people + day.with_people,
            recording: all.recording + day.recording,
        })
    }

    /// How many pieces of this week are time with people whose length was not said.
    pub(super) fn without_length(&self) -> usize {
        let asks = |one: &&Piece| {
            one.happened_here
                && one.with_people.is_none()
                && one.kind.is_some_and(EntryKind::is_time_with_people)
        };
        self.pieces.iter().filter(asks).count()
    }
}

fn minutes(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(0)
}

fn piece(row: EntryRow, mine: bool) -> Piece {
    let kind = EntryKind::from_code(&row.kind);
    let with_people = row.minutes.map(minutes).filter(|_| kind.is_some_and(EntryKind::is_time_with_people));
    Piece {
        id: row.id,
        kind,
        happened_at: row.happened_at.0,
        with_people,
        happened_here: true,
        mine,
        writing: None,
        about: vec![],
    }
}

/// The week that begins on this Monday, of this worker.
pub(super) async fn read(conn: &mut Conn, signed: &Signed, worker: WorkerId, monday: Date) -> Result<Week> {
    let (begin, end) = week::bounds(monday).ok_or(Oops::NotFound)?;
    let written: Vec<EntryRow> = conn.all(store::WRITTEN_BY, args![worker, begin, end]).await?;
    let there: Vec<EntryRow> = conn.all(store::THERE_WITH, args![worker, begin, end]).await?;
    let times: Vec<TimeRow> =
        conn.all(store::RECORDED_IN, args![worker, monday, add_days(monday, 7)]).await?;
    let mut pieces: BTreeMap<Uuid, Piece> =
        written.into_iter().map(|row| (row.id, piece(row, true))).collect();
    pieces.extend(there.into_iter().map(|row| (row.id, piece(row, false))));
    let mut days = [DayOf::default(); 7];
    let mut add = |day: Date, put: &dyn Fn(&mut DayOf)| {
        let at = usize::try_from(practice::calendar::days_between(monday, day)).unwrap_or(7);
        if let Some(day) = days.get_mut(at) {
            put(day);
        }
    };
    for one in pieces.values() {
        let minutes = one.with_people.unwrap_or(0);
        add(when::day_of(one.happened_at), &|day| day.with_people += minutes);
    }
    for row in times {
        let spent = minutes(row.minutes);
        add(row.on_date.0, &|day| day.recording += spent);
        let other =
            EntryRow { id: row.entry_id, kind: row.kind, happened_at: row.happened_at, minutes: None };
        let held = pieces
            .entry(row.entry_id)
            .or_insert_with(|| Piece { happened_here: false, ..piece(other, true) });
        held.writing = Some((spent, row.how));
    }
    let mut pieces: Vec<Piece> = pieces.into_values().collect();
    pieces.sort_by_key(|one| (one.happened_at, one.id));
    name(conn, signed, &mut pieces).await?;
    Ok(Week { monday, days, pieces })
}

/// Puts the names of those whom the reader may know of to each piece.
async fn name(conn: &mut Conn, signed: &Signed, pieces: &mut [Piece]) -> Result<()> {
    let mut rows: Vec<(Uuid, Uuid, String)> = vec![];
    for some in pieces.chunks(24) {
        let last = some.last().map(|one| one.id);
        let ids: Vec<Value> = (0..24).map(|at| Value::Key(some.get(at).map(|one| one.id).or(last))).collect();
        rows.extend(conn.all::<(Uuid, Uuid, String)>(store::ABOUT, ids).await?);
    }
    let mut people: Vec<PersonId> = rows.iter().map(|row| row.1.into()).collect();
    people.sort();
    people.dedup();
    let now = signed.app.moment().now();
    let may = access::decide_many(conn, &signed.who, now, &people, Sight::Exists).await?;
    let mut names: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (entry, person, name) in rows {
        if may.get(&person.into()).is_some_and(Decision::is_allowed) {
            names.entry(entry).or_default().push(name);
        }
    }
    for one in pieces {
        one.about = names.remove(&one.id).unwrap_or_default();
    }
    Ok(())
}
