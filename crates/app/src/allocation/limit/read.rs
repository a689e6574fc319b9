//! What a worker and their team hold and would hold with one more; who can decide that it may be more than they can; and
//! the decisions that stand.

use super::store::{self, DecisionRow, LeaderRow, TeamHeldRow};
use crate::allocation::handover::{Holds, holds, load_with};
use crate::{Oops, Result, Who};
use db::{Conn, DbError, args};
use jiff::civil::Date;
use practice::id::{PersonId, TeamId, WorkerId};
use practice::limit::{Change, Over, Whose, over};
use practice::load::{Held, Limit, Load, Points, Weights};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is held, and would be with one more.
#[derive(Clone, Copy, Debug)]
pub struct Loads {
    /// By the worker.
    pub worker: Change,
    /// By their team, where the council set what it can hold.
    pub team: Option<Change>,
}

/// A decision that a worker may hold more than they can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// This version.
    pub version: Uuid,
    /// The same in every version.
    pub id: Uuid,
    /// Whose load.
    pub worker: (WorkerId, String),
    /// For whom.
    pub person: PersonId,
    /// Whose limit.
    pub whose: Whose,
    /// What would be held when it was decided.
    pub load: Load,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: (WorkerId, String),
    /// When.
    pub on: Date,
    /// When it is looked at again.
    pub look_on: Date,
    /// What was said when it was looked at last, and by whom.
    pub looked: Option<(String, String)>,
    /// When it was over.
    pub ended_on: Option<Date>,
}

pub(super) fn weights() -> Result<&'static Weights> {
    Weights::usual().map_err(|error| Oops::Broken(error.to_string()))
}

/// The limit that holds on a day, with within how many days a decision is looked at again.
pub(super) fn limit(today: Date) -> Result<&'static Limit> {
    weights()?.limit_on(today).ok_or_else(|| Oops::Broken("no limit holds today".to_owned()))
}

fn points(hundredths: i64) -> Points {
    Points(u32::try_from(hundredths).unwrap_or(0))
}

pub(super) fn read(row: DecisionRow) -> Result<Decided> {
    let whose = Whose::from_code(&row.whose).ok_or_else(|| DbError::Broken {
        table: "over_limit",
        column: "whose",
        row: row.id.to_string(),
    })?;
    Ok(Decided {
        version: row.id,
        id: row.decision_id,
        worker: (row.worker_id.into(), row.worker),
        person: row.person_id.into(),
        whose,
        load: Load { points: points(row.points), limit: points(row.limit_points) },
        reason: row.reason,
        by: (row.decided_by.into(), row.decider),
        on: row.decided_on.0,
        look_on: row.look_on.0,
        looked: row.looked_words.map(|words| (words, row.looker.unwrap_or_default())),
        ended_on: row.ended_on.map(|day| day.0),
    })
}

/// What each worker of a team holds, weighed together; with and without somebody.
async fn of_team(conn: &mut Conn, team: TeamId, without: PersonId, today: Date) -> Result<(Points, Points)> {
    let weights = weights()?;
    let rows: Vec<TeamHeldRow> = conn.all(store::TEAM_HELD, args![team, today]).await?;
    let mut by_worker: BTreeMap<Uuid, Vec<Holds>> = BTreeMap::new();
    for row in rows {
        by_worker.entry(row.worker_id).or_default().push(Holds {
            person_id: row.person_id,
            kind: row.kind,
            household_id: row.household_id,
            minutes_away: row.minutes_away,
        });
    }
    let (mut with, mut less) = (Points::default(), Points::default());
    for rows in by_worker.into_values() {
        let all: Vec<(Uuid, Held)> = holds(rows);
        let some: Vec<Held> = all.iter().filter(|one| one.0 != without.0).map(|one| one.1.clone()).collect();
        let all: Vec<Held> = all.into_iter().map(|one| one.1).collect();
        with = [with, weights.of(&all, today)].into_iter().sum();
        less = [less, weights.of(&some, today)].into_iter().sum();
    }
    Ok((with, less))
}

/// What a worker and their team hold today, and what they would hold with one more.
///
/// # Errors
/// Where the database refuses.
pub async fn loads_with(conn: &mut Conn, worker: WorkerId, more: PersonId, today: Date) -> Result<Loads> {
    let (now, then) = load_with(conn, worker, more, today).await?;
    let worker_change = Change { now, then };
    let set: Option<(Uuid, i64)> = conn.maybe(store::TEAM_LIMIT, args![worker, today]).await?;
    let team = match set {
        None => None,
        Some((team, hundredths)) => {
            let limit = points(hundredths);
            let (held, without) = of_team(conn, team.into(), more, today).await?;
            let added = Points(then.points.0.saturating_sub(now.points.0));
            let with = [without, added].into_iter().sum();
            Some(Change { now: Load { points: held, limit }, then: Load { points: with, limit } })
        }
    };
    Ok(Loads { worker: worker_change, team })
}

/// What would be over a limit with one more, if anything.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn over_of(
    conn: &mut Conn,
    (worker, more): (WorkerId, PersonId),
    today: Date,
) -> Result<Option<Over>> {
    let loads = loads_with(conn, worker, more, today).await?;
    Ok(over(loads.worker, loads.team))
}

/// Who leads a worker, the nearest first, with how far above each stands.
///
/// # Errors
/// Where the database refuses.
pub async fn leaders(conn: &mut Conn, worker: WorkerId, today: Date) -> Result<Vec<(WorkerId, String, i64)>> {
    let rows: Vec<LeaderRow> = conn.all(store::LEADERS, args![worker, today]).await?;
    Ok(rows.into_iter().map(|row| (row.worker_id.into(), row.name, row.above)).collect())
}

/// The nearest of those who lead a worker, by name: "Helen Boateng or Sam Oduya".
pub(super) async fn who_can_decide(conn: &mut Conn, worker: WorkerId, today: Date) -> Result<String> {
    let all = leaders(conn, worker, today).await?;
    let nearest = all.first().map(|one| one.2);
    let names: Vec<&str> =
        all.iter().filter(|one| Some(one.2) == nearest).take(3).map(|one| one.1.as_str()).collect();
    Ok(if names.is_empty() { "Whoever leads their team".to_owned() } else { names.join(" or ") })
}

pub(super) async fn name_of(conn: &mut Conn, worker: WorkerId) -> Result<String> {
    let name: Option<(String,)> = conn.maybe(store::NAME, args![worker]).await?;
    Ok(name.ok_or_else(|| Oops::wrong("worker", "There is no such worker"))?.0)
}

/// "19 of 18 points", of whoever's limit it is over.
pub(super) fn in_words(over: &Over, name: &str) -> String {
    let whose = if over.whose == Whose::Team { format!("the team of {name}") } else { name.to_owned() };
    format!(
        "With them {whose} would hold {} of {} points, {} over the limit",
        over.load.points, over.load.limit, over.by
    )
}

/// The decisions that stand, those to be looked at first at the top.
///
/// # Errors
/// Where the database refuses.
pub async fn standing(conn: &mut Conn) -> Result<Vec<Decided>> {
    let rows: Vec<DecisionRow> = conn.all(store::ALL_STANDING, args![]).await?;
    rows.into_iter().map(read).collect()
}

/// The decision that stands for a worker and somebody.
pub(super) async fn decided_for(
    conn: &mut Conn,
    worker: WorkerId,
    person: PersonId,
) -> Result<Option<Decided>> {
    let row: Option<DecisionRow> = conn.maybe(store::FOR_THEM, args![worker, person]).await?;
    row.map(read).transpose()
}

/// What stops somebody from becoming a worker's, where that brings the worker or their team over a limit and nobody who
/// leads them decided so: in a sentence that says who can. The program itself, bringing in what was, is not stopped.
///
/// # Errors
/// Where the database refuses.
pub(in crate::allocation) async fn stopped(
    conn: &mut Conn,
    who: &Who,
    (worker, person): (WorkerId, PersonId),
    today: Date,
) -> Result<Option<String>> {
    if who.program {
        return Ok(None);
    }
    let Some(over) = over_of(conn, (worker, person), today).await? else { return Ok(None) };
    if decided_for(conn, worker, person).await?.is_some() {
        return Ok(None);
    }
    let name = name_of(conn, worker).await?;
    let deciders = who_can_decide(conn, worker, today).await?;
    let words = in_words(&over, &name);
    Ok(Some(format!("{words}. {deciders} can decide that, with a reason, before it is done")))
}
