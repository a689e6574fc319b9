//! What is done otherwise for somebody, as it stands or stood, each with the conversation about it.

use super::store::{self, SaidRow, WayRow};
use crate::access::Reach;
use crate::working;
use crate::{Moment, Result, Who};
use db::{Conn, DbError, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::{AllocationKind, Decision, Sight};
use practice::id::{PersonId, WorkerId};
use practice::own_way::{Became, By, Said, Standing, WayState};
use uuid::Uuid;

/// Later than anything that is recorded: the year 3000, which both engines can hold.
const FAR: Timestamp = Timestamp::constant(32_503_680_000, 0);

/// One sentence of the conversation about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Whether it asks or answers.
    pub kind: Said,
    /// The words.
    pub words: String,
    /// Whose.
    pub worker: String,
    /// On which day.
    pub on: Date,
}

/// Something that is done otherwise than procedure says, or is proposed to be.
#[derive(Clone)]
pub struct OwnWay {
    /// How it stands, as far as it decides what may be done.
    pub standing: Standing,
    /// What became of it.
    pub became: Option<Became>,
    /// What was asked and answered, in its order.
    pub said: Vec<Spoken>,
    pub(super) row: WayRow,
}

impl OwnWay {
    /// The same in every version.
    pub const fn way(&self) -> Uuid {
        self.row.own_way_id
    }

    /// This version.
    pub const fn version(&self) -> Uuid {
        self.row.id
    }

    /// Until when it is agreed.
    pub fn until(&self) -> Option<Date> {
        self.row.until_date.map(|day| day.0)
    }

    /// What one of the family may read of it, once it is agreed.
    pub fn for_family(&self) -> Option<&str> {
        self.row.for_family.as_deref().filter(|_| self.standing.state == WayState::Agreed)
    }

    pub(super) fn of(row: WayRow, said: &[SaidRow]) -> Result<Self> {
        let broken = |column| DbError::Broken { table: "own_way", column, row: row.id.to_string() };
        let state = WayState::from_code(&row.state).ok_or_else(|| broken("state"))?;
        let said = said.iter().filter(|one| one.own_way_id == row.own_way_id).filter_map(|one| {
            Some(Spoken {
                kind: Said::from_code(&one.kind)?,
                words: one.words.clone(),
                worker: one.worker.clone().unwrap_or_default(),
                on: one.on_date.0,
            })
        });
        Ok(Self {
            standing: Standing { state, asked_until: row.asked_until.0 },
            became: row.became.as_deref().and_then(Became::from_code),
            said: said.collect(),
            row,
        })
    }
}

/// What is done otherwise for somebody, newest first, now or as known at an instant.
///
/// # Errors
/// Where the database refuses.
pub async fn own_ways(conn: &mut Conn, person: PersonId, known: Option<Timestamp>) -> Result<Vec<OwnWay>> {
    let at = known.unwrap_or(FAR);
    let rows: Vec<WayRow> = conn.all(store::OF_PERSON, args![person, at]).await?;
    let said: Vec<SaidRow> = conn.all(store::SAID, args![person, at]).await?;
    rows.into_iter().map(|row| OwnWay::of(row, &said)).collect()
}

/// What somebody is to this: whoever proposed it or answers for the person now, or whoever leads.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn by(
    conn: &mut Conn,
    (who, moment): (&Who, &Moment),
    (person, proposed_by): (PersonId, Option<WorkerId>),
) -> Result<By> {
    let Some(me) = who.worker() else { return Ok(By { proposed: false, leads: false }) };
    let reach = Reach::of(conn, who, moment.now()).await?;
    let standings = reach.standings(conn, &[person]).await?;
    let sight = Sight::Allocate(AllocationKind::Responsible);
    let decided = standings.get(&person).map(|one| reach.decide(one, sight));
    let leads = decided.as_ref().is_some_and(Decision::is_allowed);
    let answers = working::answerers(conn, person, moment.today()).await?.contains(&me);
    Ok(By { proposed: proposed_by == Some(me) || answers && !leads, leads })
}
