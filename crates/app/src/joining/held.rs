//! What a record holds, place by place through every room, and the account of it that a joining keeps.

use super::store::{self, HeldRow, PersonRow, PlacedRow};
use crate::room::{Place, Rows};
use crate::rooms::ROOMS;
use crate::{Moment, Result};
use db::{Conn, DbError, Tx, args};
use practice::id::{JoiningId, PersonId};
use practice::joining::{Done, Held, Now, RowKey, Side};
use practice::person::{AccessLevel, PersonKind};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// Where rows are of somebody who takes part in something shared: an entry, a declared link that holds for both.
const SHARED: &[&str] = &["participant.person_id", "conflict_of_interest.person_id"];
/// Where somebody has only one living row.
const SINGLE: &[&str] = &["person_birth.person_id"];

/// Every place of every room.
pub(super) fn places() -> impl Iterator<Item = &'static Place> {
    ROOMS.iter().flat_map(|room| room.appears_in())
}

/// The rows of a place by its name.
pub(super) fn rows_of(place: &str) -> Result<&'static Rows> {
    let found = places().find(|it| it.name() == place).and_then(|it| it.rows.as_ref());
    found.ok_or_else(|| crate::Oops::Broken(format!("no room has the place {place}")))
}

/// What a record itself says, beside its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Itself {
    pub(super) level: AccessLevel,
    pub(super) kind: PersonKind,
    pub(super) birth_year: Option<i64>,
}

/// The two as they were.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Before {
    pub(super) kept: Itself,
    pub(super) other: Itself,
}

/// A record itself, and whether it was joined with another.
pub(super) struct Record {
    pub(super) itself: Itself,
    pub(super) merged_into: Option<PersonId>,
}

pub(super) async fn record(conn: &mut Conn, person: PersonId) -> Result<Option<Record>> {
    let Some(row) = conn.maybe::<PersonRow>(store::PERSON, args![person]).await? else { return Ok(None) };
    let broken = |column| DbError::Broken { table: "person", column, row: row.id.to_string() };
    let itself = Itself {
        level: AccessLevel::from_code(&row.access_level).ok_or_else(|| broken("access_level"))?,
        kind: PersonKind::from_code(&row.kind).ok_or_else(|| broken("kind"))?,
        birth_year: row.birth_year,
    };
    Ok(Some(Record { itself, merged_into: row.merged_into.map(PersonId) }))
}

/// Every row a record holds now.
pub(super) async fn now(conn: &mut Conn, person: PersonId) -> Result<Vec<Now>> {
    let mut all = vec![];
    for place in places() {
        let Some(rows) = place.rows else { continue };
        let name = place.name();
        for row in conn.all::<PlacedRow>(rows.all, args![person]).await? {
            all.push(Now {
                row: (name.clone(), row.id),
                thread: row.thread,
                known: row.known_at.map(|at| at.0),
                over: row.over_at.map(|at| at.0),
                shared: SHARED.contains(&&*name),
                single: SINGLE.contains(&&*name),
            });
        }
    }
    Ok(all)
}

/// What the two held when they were joined.
pub(super) async fn held(conn: &mut Conn, joining: JoiningId) -> Result<Vec<Held>> {
    let rows: Vec<HeldRow> = conn.all(store::HELD, args![joining]).await?;
    rows.into_iter()
        .map(|row| {
            let broken =
                |column| DbError::Broken { table: "joined_row", column, row: row.row_id.to_string() };
            let done = match (&*row.done, row.instead_of) {
                ("set-aside", _) => Done::SetAside,
                ("written", Some(instead_of)) => Done::Written { instead_of },
                ("written", None) => return Err(broken("instead_of").into()),
                _ => Done::Nothing,
            };
            let side = Side::from_code(&row.side).ok_or_else(|| broken("side"))?;
            Ok(Held { row: (row.place, row.row_id), side, live: row.live, done })
        })
        .collect()
}

/// The account of a joining, as it is being written.
pub(super) struct Account {
    pub(super) joining: JoiningId,
    sides: HashMap<RowKey, Side>,
}

impl Account {
    /// Notes every row of both records.
    pub(super) async fn open(
        tx: &mut Tx,
        joining: JoiningId,
        (kept, other): (PersonId, PersonId),
    ) -> Result<Self> {
        let mut account = Self { joining, sides: HashMap::new() };
        for (person, side) in [(kept, Side::Kept), (other, Side::Other)] {
            for row in now(tx, person).await? {
                account.note(tx, row.row, side, (row.over.is_none(), None)).await?;
            }
        }
        Ok(account)
    }

    async fn note(
        &mut self,
        tx: &mut Tx,
        row: RowKey,
        side: Side,
        (live, instead_of): (bool, Option<Uuid>),
    ) -> Result<()> {
        let done = if instead_of.is_some() { "written" } else { "nothing" };
        let values = args![self.joining, &row.0, row.1, side.code(), live, done, instead_of];
        tx.run(store::HOLD, values).await?;
        self.sides.insert(row, side);
        Ok(())
    }

    /// Sets a row aside: it is superseded from now on, until the two are parted.
    pub(super) async fn set_aside(&self, tx: &mut Tx, moment: &Moment, place: &str, row: Uuid) -> Result<()> {
        if let Some(over) = rows_of(place)?.over {
            tx.run(over, args![row, moment.now()]).await?;
            tx.run(store::SET_ASIDE, args![self.joining, place, row]).await?;
        }
        Ok(())
    }

    /// Writes a row once more for the kept record, in place of one that is then set aside. The caller says what is
    /// different about it.
    pub(super) async fn written(
        &mut self,
        tx: &mut Tx,
        moment: &mut Moment,
        (place, row): (&str, Uuid),
        kept: PersonId,
    ) -> Result<Uuid> {
        let id = moment.id();
        tx.run(rows_of(place)?.again, args![row, id, kept]).await?;
        let side = self.sides.get(&(place.to_owned(), row)).copied().unwrap_or(Side::Kept);
        self.note(tx, (place.to_owned(), id), side, (true, Some(row))).await?;
        Ok(id)
    }
}
