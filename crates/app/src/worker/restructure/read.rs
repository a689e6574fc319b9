//! A plan as it stands, the teams as they are, and whom a plan would take from their worker.

use super::store::{self, HelpedRow, PlanRow, StepRow};
use crate::working;
use crate::{Oops, Result};
use db::{Conn, DbError, args};
use jiff::civil::Date;
use practice::id::{PersonId, TeamId, WorkerId};
use practice::restructure::{Helped, PlanState, Shape, Step, StepKind, loses_worker};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// This version.
    pub version: Uuid,
    /// The same in every version.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Why.
    pub why: String,
    /// The day on which it is to be carried out.
    pub on: Date,
    /// How it stands.
    pub state: PlanState,
    /// Who planned it.
    pub author: Option<String>,
    /// When it was carried out.
    pub done_on: Option<Date>,
    /// Its steps, each with its own id.
    pub steps: Vec<(Uuid, Step)>,
    /// The place of the next step.
    pub next: i64,
}

/// Somebody who would lose their worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Who.
    pub person: PersonId,
    /// The name they chose.
    pub name: String,
    /// The worker who would no longer be of a team that holds their help.
    pub worker: String,
    /// How many responsible workers they had so far.
    pub workers_so_far: i64,
}

fn step(row: StepRow) -> Result<(Uuid, i64, Step)> {
    let broken = || DbError::Broken { table: "restructure_step", column: "kind", row: row.id.to_string() };
    let team = TeamId(row.team_id);
    let other = row.other_id.map(TeamId);
    let step = match StepKind::from_code(&row.kind).ok_or_else(broken)? {
        StepKind::New => {
            Step::New { team, beside: other.ok_or_else(broken)?, name: row.name.clone().ok_or_else(broken)? }
        }
        StepKind::Join => Step::Join { team, into: other.ok_or_else(broken)? },
        StepKind::Under => Step::Under { team, under: other },
        StepKind::Worker => Step::Worker {
            worker: WorkerId(row.worker_id.ok_or_else(broken)?),
            from: team,
            to: other.ok_or_else(broken)?,
        },
    };
    Ok((row.id, row.place, step))
}

pub(super) fn read(row: PlanRow) -> Result<Plan> {
    let state = PlanState::from_code(&row.state).ok_or_else(|| DbError::Broken {
        table: "restructure",
        column: "state",
        row: row.id.to_string(),
    })?;
    Ok(Plan {
        version: row.id,
        id: row.restructure_id,
        name: row.name,
        why: row.why,
        on: row.on_date.0,
        state,
        author: row.author,
        done_on: row.done_on.map(|day| day.0),
        steps: vec![],
        next: 1,
    })
}

/// A plan with its steps.
///
/// # Errors
/// [`Oops::NotFound`] where there is none.
pub async fn plan_of(conn: &mut Conn, id: Uuid) -> Result<Plan> {
    let row: Option<PlanRow> = conn.maybe(store::PLAN, args![id]).await?;
    let mut plan = read(row.ok_or(Oops::NotFound)?)?;
    let rows: Vec<StepRow> = conn.all(store::STEPS, args![id]).await?;
    for row in rows {
        let (id, place, step) = step(row)?;
        plan.next = plan.next.max(place + 1);
        plan.steps.push((id, step));
    }
    Ok(plan)
}

/// The teams as they are on a day, and who works in which.
///
/// # Errors
/// Where the database refuses.
pub async fn shape(conn: &mut Conn, today: Date) -> Result<Shape> {
    let mut shape = Shape::default();
    for team in working::teams(conn, today).await? {
        shape.teams.insert(team.id, (team.name, team.under));
    }
    for member in working::staff(conn, today).await? {
        shape.posts.insert((member.worker, member.team));
    }
    Ok(shape)
}

/// Everybody whose worker would no longer be of a team that holds their help.
///
/// # Errors
/// Where the database refuses.
pub async fn losses(conn: &mut Conn, (before, after): (&Shape, &Shape), today: Date) -> Result<Vec<Loss>> {
    let rows: Vec<HelpedRow> = conn.all(store::HELPED, args![today]).await?;
    let mut all: Vec<(Helped, String, String)> = vec![];
    for row in rows {
        let same = all
            .last()
            .is_some_and(|last| (last.0.person.0, last.0.worker.0) == (row.person_id, row.worker_id));
        if !same {
            let (person, worker) = (row.person_id.into(), row.worker_id.into());
            all.push((Helped { person, worker, held_by: BTreeSet::new() }, row.shown_name, row.worker));
        }
        if let Some(last) = all.last_mut() {
            last.0.held_by.insert(row.team_id.into());
        }
    }
    let mut found = vec![];
    for (helped, name, worker) in all {
        if loses_worker(before, after, &helped) {
            let workers_so_far = conn.number(store::WORKERS_SO_FAR, args![helped.person, today]).await?;
            found.push(Loss { person: helped.person, name, worker, workers_so_far });
        }
    }
    Ok(found)
}
