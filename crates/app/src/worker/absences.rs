//! Who is away, and who stands in: cover gives the same sight of the record for those days.

use super::day;
use super::store::{self, AbsenceRow, PostRow, UnderRow, WorkerRow};
use super::teams::below;
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::access::Action;
use practice::id::{TeamId, WorkerId};
use practice::role::Role;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Someone is away.
#[derive(Clone, Debug)]
pub struct SetAbsence {
    /// Who.
    pub worker: WorkerId,
    /// From which day.
    pub from: Date,
    /// Until which day, with it; open where nobody knows yet.
    pub to: Option<Date>,
    /// Who stands in.
    pub cover: Option<WorkerId>,
}

/// The teams whose workers' absences this reader may set: those they lead and all under them; none means all.
pub(super) async fn reach(conn: &mut Conn, who: &Who, today: Date) -> Result<Option<BTreeSet<TeamId>>> {
    let Some(staff) = who.staff().filter(|staff| !who.program && !staff.administers()) else {
        return Ok(None);
    };
    let tree: Vec<UnderRow> = conn.all(store::TREE, args![]).await?;
    let mut teams = BTreeSet::new();
    for post in staff.posts.iter().filter(|post| post.role.leads()) {
        teams.insert(post.team);
        teams.extend(below(&tree, post.team, today));
    }
    Ok(Some(teams))
}

/// Whether this reader may say when a worker is away.
///
/// # Errors
/// [`Oops::NotAllowed`] for whoever neither leads a team of theirs nor administers the system.
pub(super) async fn may_set(conn: &mut Conn, who: &Who, worker: WorkerId, today: Date) -> Result<()> {
    access::permit(who, Action::SetAbsence)?;
    let Some(teams) = reach(conn, who, today).await? else { return Ok(()) };
    let posts: Vec<PostRow> = conn.all(store::POSTS, args![worker]).await?;
    let within = posts.iter().any(|post| {
        let stands = post.to_date.is_none_or(|to| to.0 >= today);
        stands && post.team_id.is_some_and(|team| teams.contains(&TeamId(team)))
    });
    if within { Ok(()) } else { Err(Oops::NotAllowed("They work in a team that you do not lead".to_owned())) }
}

async fn worker_of(tx: &mut Tx, id: WorkerId, field: &str, on: Date) -> Result<WorkerRow> {
    let row: Option<WorkerRow> = tx.maybe(store::WORKER, args![id]).await?;
    let row = row.ok_or_else(|| Oops::wrong(field, "There is no such worker"))?;
    if row.to_date.is_some_and(|to| to.0 < on) {
        return Err(Oops::wrong(field, &format!("{} has left", row.name)));
    }
    Ok(row)
}

/// Says that someone is away, and who stands in.
///
/// # Errors
/// [`Oops::Wrong`] names the field, [`Oops::Refused`] where they are away on such a day already.
pub async fn set_absence(tx: &mut Tx, who: &Who, moment: &mut Moment, command: SetAbsence) -> Result<Uuid> {
    let today = moment.today();
    may_set(tx, who, command.worker, today).await?;
    tx.run(store::TOUCH_WORKER, args![command.worker]).await?;
    let row = worker_of(tx, command.worker, "worker", command.from).await?;
    if command.to.is_some_and(|to| to < command.from) {
        return Err(Oops::wrong("to", "The last day cannot be before the first"));
    }
    if let Some(cover) = command.cover {
        if cover == command.worker {
            return Err(Oops::wrong("cover", "Choose a colleague, not the one who is away"));
        }
        let stands_in = worker_of(tx, cover, "cover", command.from).await?;
        let posts: Vec<PostRow> = tx.all(store::POSTS, args![cover]).await?;
        let fits = |post: &PostRow| {
            post.to_date.is_none_or(|to| to.0 >= today)
                && Role::from_code(&post.role).is_some_and(Role::works_with_people)
        };
        if !posts.iter().any(fits) {
            let words = format!("{} has no post in which people are worked with", stands_in.name);
            return Err(Oops::wrong("cover", &words));
        }
    }
    let others: Vec<AbsenceRow> = tx.all(store::ABSENCES_OF, args![command.worker, command.from]).await?;
    let overlaps = |other: &&AbsenceRow| {
        other.worker_id == command.worker.0 && command.to.is_none_or(|to| to >= other.from_date.0)
    };
    if let Some(other) = others.iter().find(overlaps) {
        let from = day(other.from_date.0);
        let words = format!("{} is already away from {from}. End or change that first", row.name);
        return Err(Oops::Refused(words));
    }
    let id = moment.id();
    let cover = command.cover.map(|cover| cover.0);
    let values = args![id, command.worker, command.from, command.to, cover, moment.now()];
    tx.run(store::ADD_ABSENCE, values).await?;
    let payload = json!({
        "absence": id, "worker": command.worker, "from": command.from, "to": command.to, "cover": cover,
    });
    note(tx, who, moment, Act { action: "set_absence", about: &[], payload }).await?;
    Ok(id)
}

/// Changes the last day of an absence or who stands in, from today on: who stood in until now stays known.
///
/// # Errors
/// [`Oops::Wrong`] names the field.
pub async fn change_absence(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    absence: Uuid,
    (to, cover): (Option<Date>, Option<WorkerId>),
) -> Result<()> {
    let row: Option<AbsenceRow> = tx.maybe(store::ABSENCE, args![absence]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    let today = moment.today();
    may_set(tx, who, row.worker_id.into(), today).await?;
    tx.run(store::TOUCH_WORKER, args![row.worker_id]).await?;
    tx.run_one(store::SUPERSEDE_ABSENCE, args![absence, moment.now()]).await?;
    let changes = cover.map(|cover| cover.0) != row.cover_id;
    let yesterday = today.yesterday().unwrap_or(today);
    let keeps = changes && row.from_date.0 <= yesterday;
    if keeps {
        let values = args![moment.id(), row.worker_id, row.from_date, yesterday, row.cover_id, moment.now()];
        tx.run(store::ADD_ABSENCE, values).await?;
    }
    let from = if keeps { today } else { row.from_date.0 };
    set_absence(tx, who, moment, SetAbsence { worker: row.worker_id.into(), from, to, cover }).await?;
    Ok(())
}

/// Ends an absence: the worker is back the day after `on`.
///
/// # Errors
/// [`Oops::Refused`] where it has ended.
pub async fn end_absence(tx: &mut Tx, who: &Who, moment: &mut Moment, absence: Uuid, on: Date) -> Result<()> {
    let row: Option<AbsenceRow> = tx.maybe(store::ABSENCE, args![absence]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    may_set(tx, who, row.worker_id.into(), moment.today()).await?;
    if row.to_date.is_some_and(|to| to.0 <= on) {
        return Err(Oops::Refused(format!("{} is back by then already", row.name)));
    }
    tx.run_one(store::SUPERSEDE_ABSENCE, args![absence, moment.now()]).await?;
    if on >= row.from_date.0 {
        let values = args![moment.id(), row.worker_id, row.from_date, on, row.cover_id, moment.now()];
        tx.run(store::ADD_ABSENCE, values).await?;
    }
    let payload = json!({"absence": absence, "worker": row.worker_id, "on": on});
    note(tx, who, moment, Act { action: "end_absence", about: &[], payload }).await?;
    Ok(())
}
