//! The check-ins of a person with one worker, as one of the two reads them: what is not theirs to read yet is taken out here.

use super::store::{self, AnswerRow, RepairRow};
use crate::{Oops, Result};
use db::{Conn, args};
use jiff::civil::Date;
use practice::check_in::{Asked, Come, Figures, Says, Side, reads_other, side_by_side};
use practice::id::{PersonId, WorkerId};
use uuid::Uuid;

/// What one side answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What they said to each question, in the order of [`Asked::ALL`].
    pub says: [Says; 3],
    /// Their own words.
    pub words: Option<String>,
    /// The person chose to show it before the worker answered.
    pub shown: bool,
    /// On which day.
    pub on: Date,
    pub(super) version: Uuid,
}

impl Answered {
    fn read(row: &AnswerRow) -> Option<Self> {
        let says = [&row.committed, &row.sincere, &row.listening].map(|code| Says::from_code(code));
        let [Some(first), Some(second), Some(third)] = says else { return None };
        Some(Self {
            says: [first, second, third],
            words: row.words.clone(),
            shown: row.shown,
            on: row.answered_on.0,
            version: row.id,
        })
    }
}

/// What went wrong, an apology, what was agreed, and whether it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The same in every version.
    pub id: Uuid,
    /// What went wrong.
    pub went_wrong: String,
    /// An apology.
    pub apology: Option<String>,
    /// What was agreed.
    pub agreed: Option<String>,
    /// Who wrote it.
    pub side: Side,
    /// On which day.
    pub on: Date,
    /// When what was agreed was done.
    pub done_on: Option<Date>,
    pub(super) version: Uuid,
}

/// One check-in, as one of the two reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckIn {
    /// Which.
    pub id: Uuid,
    /// What the reader answered.
    pub own: Option<Answered>,
    /// What the other answered, as far as the reader may read it yet.
    pub other: Option<Answered>,
    /// Whether the other has answered at all.
    pub other_answered: bool,
    /// What was made good.
    pub repairs: Vec<Repair>,
}

impl CheckIn {
    /// Whether both have answered.
    pub fn side_by_side(&self) -> bool {
        self.own.is_some() && self.other_answered
    }
}

/// Everything between the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    /// The check-ins, newest first.
    pub all: Vec<CheckIn>,
    /// Whether one is offered today.
    pub offered: bool,
}

fn come(one: Option<&Answered>) -> Come {
    Come { answered: one.is_some(), shown: one.is_some_and(|one| one.shown) }
}

/// Since when the two work together; none where they do not today.
pub(super) async fn together(
    conn: &mut Conn,
    (person, worker): (PersonId, WorkerId),
    today: Date,
) -> Result<Option<Date>> {
    let row: Option<(db::Day,)> = conn.maybe(store::TOGETHER_SINCE, args![person, worker, today]).await?;
    Ok(row.map(|row| row.0.0))
}

/// The check-ins of a person with a worker, as one of them reads them.
///
/// # Errors
/// [`Oops::NotFound`] where they do not work together today.
pub async fn between(
    conn: &mut Conn,
    (person, worker, reader): (PersonId, WorkerId, Side),
    today: Date,
) -> Result<Between> {
    let since = together(conn, (person, worker), today).await?.ok_or(Oops::NotFound)?;
    let rows: Vec<AnswerRow> = conn.all(store::OF_PAIR, args![person, worker]).await?;
    let repairs: Vec<RepairRow> = conn.all(store::REPAIRS, args![person, worker]).await?;
    let mut rounds: Vec<Uuid> = vec![];
    for row in &rows {
        if !rounds.contains(&row.check_in_id) {
            rounds.push(row.check_in_id);
        }
    }
    let last = rows.first().map_or(since, |row| row.answered_on.0);
    let figures = Figures::usual().map_err(|wrong| Oops::Broken(wrong.to_owned()))?;
    let all = rounds.into_iter().map(|id| one(id, reader, (&rows, &repairs))).collect();
    Ok(Between { all, offered: figures.offered(last, today) })
}

fn one(id: Uuid, reader: Side, (rows, repairs): (&[AnswerRow], &[RepairRow])) -> CheckIn {
    let of = |side: Side| {
        let mut here = rows.iter().filter(|row| row.check_in_id == id && row.side == side.code());
        here.next().and_then(Answered::read)
    };
    let (own, other) = match reader {
        Side::Person => (of(Side::Person), of(Side::Worker)),
        Side::Worker => (of(Side::Worker), of(Side::Person)),
    };
    let (mine, theirs) = (come(own.as_ref()), come(other.as_ref()));
    let made_good = repairs.iter().filter(|row| row.check_in_id == id && side_by_side(mine, theirs));
    CheckIn {
        id,
        other_answered: theirs.answered,
        other: other.filter(|_| reads_other(reader, mine, theirs)),
        own,
        repairs: made_good
            .filter_map(|row| {
                Some(Repair {
                    id: row.repair_id,
                    went_wrong: row.went_wrong.clone(),
                    apology: row.apology.clone(),
                    agreed: row.agreed.clone(),
                    side: Side::from_code(&row.side)?,
                    on: row.on_date.0,
                    done_on: row.done_on.map(|day| day.0),
                    version: row.id,
                })
            })
            .collect(),
    }
}

/// The questions with what one side said, for a list.
pub fn said(one: &Answered) -> impl Iterator<Item = (Asked, Says)> {
    Asked::ALL.iter().copied().zip(one.says)
}
