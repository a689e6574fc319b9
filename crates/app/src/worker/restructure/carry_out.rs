//! Carrying a plan of teams out: all of it in one transaction on or after its day, or nothing.

use super::actions::{end, misfit, open};
use super::read::shape;
use super::store;
use crate::journal::{Act, note};
use crate::worker::people::shorten;
use crate::worker::store::{self as teams, PostRow, UnderRow};
use crate::worker::teams::{code_for, put_under};
use crate::{Moment, Oops, Result, Who, access};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Action;
use practice::id::{TeamId, WorkerId};
use practice::restructure::{PlanState, Step};
use serde_json::json;
use uuid::Uuid;

/// Carries a plan out, from today on. Nobody's allocation changes: whoever's worker moved keeps them until they are handed
/// over.
///
/// # Errors
/// [`Oops::Refused`] before its day, and where a step no longer fits: it is named, and nothing was done.
pub async fn carry_out(tx: &mut Tx, who: &Who, moment: &mut Moment, id: Uuid) -> Result<()> {
    access::permit(who, Action::PlanTeams)?;
    // one change of the tree at a time
    let now = shape(tx, moment.today()).await?;
    for team in now.teams.keys() {
        tx.run(teams::LOCK_TEAMS, args![*team]).await?;
    }
    let plan = open(tx, id).await?;
    let today = moment.today();
    if today < plan.on {
        return Err(Oops::Refused(format!("Its day is {}", plan.on.strftime("%-d %B %Y"))));
    }
    let steps: Vec<&Step> = plan.steps.iter().map(|step| &step.1).collect();
    if steps.is_empty() {
        return Err(Oops::Refused("It has no step yet".to_owned()));
    }
    let now = shape(tx, today).await?;
    now.after(steps.iter().copied()).map_err(|why| misfit(&steps, why))?;
    for step in &steps {
        take(tx, moment, step, today).await?;
    }
    end(tx, who, moment, (&plan, PlanState::CarriedOut)).await?;
    let kinds: Vec<&str> = steps.iter().map(|step| step.kind().code()).collect();
    let payload = json!({ "plan": id, "steps": kinds });
    note(tx, who, moment, Act { action: "carry_out_restructure", about: &[], payload }).await?;
    Ok(())
}

async fn take(tx: &mut Tx, moment: &mut Moment, step: &Step, today: Date) -> Result<()> {
    match step {
        Step::New { team, beside, name } => {
            let code = code_for(tx, name).await?;
            let (place, to): (Option<String>, Option<Date>) = (None, None);
            tx.run(teams::ADD_TEAM, args![*team, &code, name, place, today, to]).await?;
            let tree: Vec<UnderRow> = tx.all(teams::TREE, args![]).await?;
            let stands = |row: &&UnderRow| {
                row.team_id == beside.0
                    && row.from_date.0 <= today
                    && row.to_date.is_none_or(|to| to.0 >= today)
            };
            let under = tree.iter().find(stands).map(|row| TeamId(row.parent_id));
            put_under(tx, moment, *team, (under, today)).await
        }
        Step::Under { team, under } => put_under(tx, moment, *team, (*under, today)).await,
        Step::Worker { worker, from, to } => move_posts(tx, moment, (Some(*worker), *from, *to), today).await,
        Step::Join { team, into } => join(tx, moment, (*team, *into), today).await,
    }
}

/// Posts in a team go on in another from today: of one worker, or of all.
async fn move_posts(
    tx: &mut Tx,
    moment: &mut Moment,
    (worker, from, to): (Option<WorkerId>, TeamId, TeamId),
    today: Date,
) -> Result<()> {
    let there: Vec<PostRow> = tx.all(store::OPEN_POSTS, args![to, today]).await?;
    let rows: Vec<PostRow> = tx.all(store::OPEN_POSTS, args![from, today]).await?;
    for row in rows.iter().filter(|row| worker.is_none_or(|worker| worker.0 == row.worker_id)) {
        tx.run(teams::TOUCH_WORKER, args![row.worker_id]).await?;
        shorten(tx, moment, row, today.yesterday().unwrap_or(today)).await?;
        if there.iter().any(|other| other.worker_id == row.worker_id && other.role == row.role) {
            continue;
        }
        let (begins, ends) = (row.from_date.0.max(today), row.to_date.map(|day| day.0));
        let values = args![moment.id(), row.worker_id, to, &row.role, begins, ends, moment.now()];
        tx.run(teams::ADD_POST, values).await?;
    }
    Ok(())
}

/// All of a team goes to another, and it ends.
async fn join(tx: &mut Tx, moment: &mut Moment, (team, into): (TeamId, TeamId), today: Date) -> Result<()> {
    move_posts(tx, moment, (None, team, into), today).await?;
    let tree: Vec<UnderRow> = tx.all(teams::TREE, args![]).await?;
    let open = |row: &&UnderRow| row.parent_id == team.0 && row.to_date.is_none_or(|to| to.0 >= today);
    for row in tree.iter().filter(open) {
        put_under(tx, moment, row.team_id.into(), (Some(into), today)).await?;
    }
    put_under(tx, moment, team, (None, today)).await?;
    // the help it holds is held by the other from now on; what was recorded of it before stays readable
    let episodes: Vec<(Uuid, Uuid)> = tx.all(store::HELD_EPISODES, args![team, today]).await?;
    for (episode, _) in episodes {
        let (again, now) = (moment.id(), moment.now());
        tx.run_one(store::EPISODE_OVER, args![episode, now]).await?;
        tx.run(store::EPISODE_AGAIN, args![episode, again, into, now]).await?;
    }
    tx.run(teams::END_TEAM, args![team, today.yesterday().unwrap_or(today)]).await?;
    Ok(())
}
