//! Planning a change of teams, step by step. Nothing here changes a team.

use super::read::{Plan, plan_of, shape};
use super::store;
use crate::access;
use crate::journal::{Act, note};
use crate::oops::Wrong;
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Action;
use practice::id::TeamId;
use practice::restructure::{Misfit, PlanState, Step};
use serde_json::json;
use uuid::Uuid;

/// A plan begins.
#[derive(Clone, Debug)]
pub struct NewPlan {
    /// What it is called.
    pub name: String,
    /// Why.
    pub why: String,
    /// The day on which it is to be carried out.
    pub on: Date,
}

/// Begins a plan.
///
/// # Errors
/// [`Oops::Wrong`] names the field.
pub async fn plan(tx: &mut Tx, who: &Who, moment: &mut Moment, command: NewPlan) -> Result<Uuid> {
    access::permit(who, Action::PlanTeams)?;
    let mut wrong = Wrong::default();
    let name = wrong.needed("name", &command.name, "Say what the plan is called");
    let why = wrong.needed("why", &command.why, "Say why. Those who carry it out read it");
    if command.on < moment.today() {
        wrong.say("on", "Choose today or a day to come");
    }
    wrong.done()?;
    let id = moment.id();
    let author = who.worker().map(|worker| worker.0);
    let done: Option<Date> = None;
    let state = PlanState::Planned.code();
    tx.run(store::ADD_PLAN, args![id, id, &name, &why, command.on, state, author, done, moment.now()])
        .await?;
    let payload = json!({ "plan": id, "name": name, "on": command.on });
    note(tx, who, moment, Act { action: "plan_restructure", about: &[], payload }).await?;
    Ok(id)
}

/// A plan that is still one, for its next change; whoever changes it holds it until they are done.
pub(super) async fn open(tx: &mut Tx, id: Uuid) -> Result<Plan> {
    let plan = plan_of(tx, id).await?;
    if plan.state != PlanState::Planned {
        return Err(Oops::Refused(format!("This plan is {} already", plan.state.plain().to_lowercase())));
    }
    Ok(plan)
}

pub(super) fn misfit(steps: &[&Step], (at, why): (usize, Misfit)) -> Oops {
    let kind = steps.get(at).map_or("It", |step| step.kind().plain());
    Oops::Refused(format!(
        "Step {} ({}) no longer fits: {why}. Nothing was done",
        at + 1,
        kind.to_lowercase()
    ))
}

/// Adds steps to a plan. Each has to fit the teams as they are with the steps before it.
///
/// # Errors
/// [`Oops::Refused`] says why a step does not fit, or that one before it no longer does.
pub async fn add_steps(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (id, steps): (Uuid, Vec<Step>),
) -> Result<()> {
    access::permit(who, Action::PlanTeams)?;
    let plan = open(tx, id).await?;
    let before: Vec<&Step> = plan.steps.iter().map(|step| &step.1).collect();
    let now = shape(tx, moment.today()).await?;
    let mut copy = now.after(before.iter().copied()).map_err(|why| misfit(&before, why))?;
    if steps.is_empty() {
        return Err(Oops::Refused("Choose what is to change".to_owned()));
    }
    let author = who.worker().map(|worker| worker.0);
    for (place, step) in (plan.next..).zip(&steps) {
        copy.take(step).map_err(|why| Oops::Refused(format!("That does not fit: {why}")))?;
        let (team, other, worker, name) = parts(step);
        let values = args![
            moment.id(),
            id,
            place,
            step.kind().code(),
            team,
            other.map(|team| team.0),
            worker,
            name,
            author,
            moment.now()
        ];
        tx.run(store::ADD_STEP, values).await?;
    }
    let kinds: Vec<&str> = steps.iter().map(|step| step.kind().code()).collect();
    let payload = json!({ "plan": id, "steps": kinds });
    note(tx, who, moment, Act { action: "add_steps_to_restructure", about: &[], payload }).await?;
    Ok(())
}

fn parts(step: &Step) -> (TeamId, Option<TeamId>, Option<Uuid>, Option<&str>) {
    match step {
        Step::New { team, beside, name } => (*team, Some(*beside), None, Some(name)),
        Step::Join { team, into } => (*team, Some(*into), None, None),
        Step::Under { team, under } => (*team, *under, None, None),
        Step::Worker { worker, from, to } => (*from, Some(*to), Some(worker.0), None),
    }
}

/// Takes a step back out of a plan.
///
/// # Errors
/// [`Oops::Refused`] where a later step needs it.
pub async fn take_back(tx: &mut Tx, who: &Who, moment: &mut Moment, (id, step): (Uuid, Uuid)) -> Result<()> {
    access::permit(who, Action::PlanTeams)?;
    let plan = open(tx, id).await?;
    if !plan.steps.iter().any(|one| one.0 == step) {
        return Err(Oops::Stale);
    }
    let (all, rest): (Vec<&Step>, Vec<&Step>) = (
        plan.steps.iter().map(|one| &one.1).collect(),
        plan.steps.iter().filter(|one| one.0 != step).map(|one| &one.1).collect(),
    );
    let now = shape(tx, moment.today()).await?;
    // a plan that no longer fits as a whole can always be made smaller
    if now.after(all).is_ok() && now.after(rest).is_err() {
        return Err(Oops::Refused("A later step needs this one. Take that one back first".to_owned()));
    }
    tx.run_one(store::STEP_OVER, args![step, moment.now()]).await?;
    let payload = json!({ "plan": id, "step": step });
    note(tx, who, moment, Act { action: "take_back_step_of_restructure", about: &[], payload }).await?;
    Ok(())
}

/// The next version of a plan.
pub(super) async fn end(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (plan, state): (&Plan, PlanState),
) -> Result<()> {
    tx.run_one(store::PLAN_OVER, args![plan.version, moment.now()]).await?;
    let done = (state == PlanState::CarriedOut).then(|| moment.today());
    let author = who.worker().map(|worker| worker.0);
    let values =
        args![moment.id(), plan.id, &plan.name, &plan.why, plan.on, state.code(), author, done, moment.now()];
    tx.run(store::ADD_PLAN, values).await?;
    Ok(())
}

/// Withdraws a plan. It stays readable.
///
/// # Errors
/// [`Oops::Refused`] where it is over.
pub async fn withdraw(tx: &mut Tx, who: &Who, moment: &mut Moment, id: Uuid) -> Result<()> {
    access::permit(who, Action::PlanTeams)?;
    let plan = open(tx, id).await?;
    end(tx, who, moment, (&plan, PlanState::Withdrawn)).await?;
    note(tx, who, moment, Act { action: "withdraw_restructure", about: &[], payload: json!({ "plan": id }) })
        .await?;
    Ok(())
}
