//! Allocating a worker to someone, and ending that.

use super::limit::stopped;
use super::store::{self, AllocationRow, PostRow};
use crate::access::require;
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, told};
use db::{Conn, DbError, Tx, args};
use jiff::civil::Date;
use practice::access::{AllocationKind, Sight};
use practice::calendar::add_days;
use practice::episode::EpisodeKind;
use practice::episode_rules::{AllocationRefusal, may_be_responsible, may_work_with};
use practice::id::{AllocationId, PersonId, TeamId, WorkerId};
use practice::role::Role;
use practice::story::{Taking, before_taking};
use serde_json::json;

/// Someone who works or worked with a person.
#[derive(Clone, Debug)]
pub struct Helper {
    /// Which allocation.
    pub id: AllocationId,
    /// With whom.
    pub person: PersonId,
    /// Who.
    pub worker: WorkerId,
    /// Their name.
    pub name: String,
    /// Their colour.
    pub hue: i64,
    /// From which team.
    pub team: Option<(TeamId, String)>,
    /// In what part.
    pub part: AllocationKind,
    /// Since when.
    pub from: Date,
    /// Until when, once ended.
    pub to: Option<Date>,
    /// Why it began.
    pub reason: Option<String>,
    /// Why it ended.
    pub end_reason: Option<String>,
}

/// Allocates a worker.
#[derive(Clone, Debug)]
pub struct Allocate {
    /// To whom.
    pub person: PersonId,
    /// Who.
    pub worker: WorkerId,
    /// In what part. A new responsible worker takes over from the one before on the same day.
    pub part: AllocationKind,
    /// From which day.
    pub from: Date,
    /// Until when, for history brought from elsewhere.
    pub to: Option<Date>,
    /// Why.
    pub reason: Option<String>,
}

/// Ends an allocation.
#[derive(Clone, Debug)]
pub struct EndAllocation {
    /// Which.
    pub allocation: AllocationId,
    /// Its last day.
    pub on: Date,
    /// Why it ends.
    pub reason: String,
}

fn read(row: AllocationRow) -> Result<Helper> {
    let part = AllocationKind::from_code(&row.part).ok_or_else(|| DbError::Broken {
        table: "allocation",
        column: "part",
        row: row.id.to_string(),
    })?;
    Ok(Helper {
        id: row.id.into(),
        person: row.person_id.into(),
        worker: row.worker_id.into(),
        name: row.name,
        hue: row.hue,
        team: row.team_id.map(|id| (id.into(), row.team.unwrap_or_default())),
        part,
        from: row.from_date.0,
        to: row.to_date.map(|day| day.0),
        reason: row.reason,
        end_reason: row.end_reason,
    })
}

/// Everyone who works or worked with a person, the latest first.
///
/// # Errors
/// Where the database refuses.
pub async fn helpers(conn: &mut Conn, person: PersonId) -> Result<Vec<Helper>> {
    let rows: Vec<AllocationRow> = conn.all(store::OF_PERSON, args![person]).await?;
    rows.into_iter().map(read).collect()
}

fn refused(refusal: &AllocationRefusal) -> Oops {
    Oops::Refused(refusal.to_string())
}

/// The worker's name and the team of their first post in which people are worked with.
async fn fit(tx: &mut Tx, moment: &Moment, command: &Allocate) -> Result<(String, Option<TeamId>)> {
    let today = moment.today();
    // history may name someone who has left since; whoever has their last day today answers for nobody tomorrow
    let day = command.to.unwrap_or(add_days(today, 1));
    let name: Option<(String,)> = tx.maybe(store::WORKER, args![command.worker, day]).await?;
    let name = name.ok_or_else(|| Oops::wrong("worker", "There is no such worker then"))?.0;
    let posts: Vec<PostRow> = tx.all(store::POSTS, args![command.worker, today.max(day)]).await?;
    let held: Vec<(Role, Option<TeamId>)> = posts
        .into_iter()
        .filter_map(|post| Some((Role::from_code(&post.role)?, post.team_id.map(Into::into))))
        .collect();
    let team = held.iter().find(|(role, _)| role.can_be_allocated()).and_then(|(_, team)| *team);
    if command.to.is_some() {
        return Ok((name, team));
    }
    let roles: Vec<Role> = held.iter().map(|(role, _)| *role).collect();
    if command.part == AllocationKind::Responsible {
        let kinds: Vec<(String,)> = tx.all(store::OPEN_KINDS, args![command.person, today]).await?;
        let kinds: Vec<EpisodeKind> =
            kinds.iter().filter_map(|kind| EpisodeKind::from_code(&kind.0)).collect();
        may_be_responsible(&name, &roles, &kinds).map_err(|refusal| refused(&refusal))?;
    } else {
        may_work_with(&name, &roles).map_err(|refusal| refused(&refusal))?;
    }
    Ok((name, team))
}

/// Whether a worker may become responsible for somebody from today on.
///
/// # Errors
/// [`Oops::Refused`] with the sentence of the rule; [`Oops::Wrong`] where there is no such worker.
pub(super) async fn can_be_responsible(
    tx: &mut Tx,
    moment: &Moment,
    person: PersonId,
    worker: WorkerId,
) -> Result<()> {
    let (part, from) = (AllocationKind::Responsible, moment.today());
    fit(tx, moment, &Allocate { person, worker, part, from, to: None, reason: None }).await.map(|_| ())
}

/// Ends one that runs. Says nothing of who may.
pub(super) async fn end(
    tx: &mut Tx,
    moment: &mut Moment,
    held: &Helper,
    on: Date,
    reason: &str,
) -> Result<()> {
    tx.run_one(store::SUPERSEDE, args![held.id, moment.now()]).await?;
    let (id, now) = (moment.id(), moment.now());
    let team = held.team.as_ref().map(|team| team.0.0);
    let values = args![
        id,
        held.person,
        held.worker,
        team,
        held.part.code(),
        held.from,
        Some(on),
        held.reason,
        Some(reason),
        now
    ];
    tx.run(store::ADD, values).await?;
    Ok(())
}

/// What stands between a worker and being responsible for someone: whether they have read the story so far. History
/// and other parts ask nothing.
///
/// # Errors
/// Where the database refuses.
pub async fn story_first(conn: &mut Conn, who: &Who, moment: &Moment, command: &Allocate) -> Result<Taking> {
    if command.part != AllocationKind::Responsible || command.to.is_some() || who.program {
        return Ok(Taking::Free);
    }
    let by_themselves = who.worker() == Some(command.worker);
    let story = told::story_for(conn, who, moment.now(), command.person, None).await?;
    Ok(before_taking(story.state(command.worker), by_themselves))
}

/// Allocates a worker to someone. A new responsible worker takes over from the one before on that day, so that
/// there is no gap in responsibility and never two.
///
/// # Errors
/// [`Oops::Refused`] with the sentence of the rule.
pub async fn allocate(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: Allocate,
) -> Result<AllocationId> {
    require(tx, who, moment.now(), command.person, Sight::Allocate(command.part)).await?;
    give(tx, who, moment, command).await
}

/// As [`allocate`], for whoever may: a hand-over to which whoever leads said yes gives it too.
pub(super) async fn give(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: Allocate,
) -> Result<AllocationId> {
    if command.from > moment.today() {
        return Err(refused(&AllocationRefusal::Future));
    }
    if command.to.is_some_and(|to| to < command.from || to > moment.today()) {
        let began = command.from.strftime("%-d %B %Y");
        return Err(Oops::wrong("to", &format!("Choose a day between {began} and today")));
    }
    tx.run(store::LOCK, args![command.person]).await?;
    let (name, team) = fit(tx, moment, &command).await?;
    if story_first(tx, who, moment, &command).await? == Taking::ReadFirst {
        let words = "Read the story so far and say so before you take responsibility, so that nobody has to tell it again";
        return Err(Oops::Refused(words.to_owned()));
    }
    if command.to.is_none() {
        for held in helpers(tx, command.person).await?.into_iter().filter(|held| held.to.is_none()) {
            if held.worker == command.worker && held.part == command.part {
                return Err(refused(&AllocationRefusal::Already(name)));
            }
            let takes_over = command.part == AllocationKind::Responsible && held.part == command.part;
            if takes_over && command.from < held.from {
                let since = held.from.strftime("%-d %B %Y");
                let words =
                    format!("{} is responsible since {since}. Choose that day or a later one", held.name);
                return Err(Oops::wrong("from", &words));
            }
            if takes_over {
                end(tx, moment, &held, command.from, &format!("{name} became responsible")).await?;
            }
        }
    }
    if command.part == AllocationKind::Responsible
        && command.to.is_none()
        && let Some(words) = stopped(tx, who, (command.worker, command.person), moment.today()).await?
    {
        return Err(Oops::wrong("over-why", &words));
    }
    let id = moment.id();
    let values = args![
        id,
        command.person,
        command.worker,
        team.map(|team| team.0),
        command.part.code(),
        command.from,
        command.to,
        command.reason,
        None::<&str>,
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    let payload = json!({
        "allocation": id, "worker": command.worker, "part": command.part.code(), "from": command.from,
        "to": command.to, "reason": command.reason,
    });
    note(tx, who, moment, Act { action: "allocate", about: &[command.person], payload }).await?;
    Ok(id.into())
}

/// Ends an allocation. Where the responsible worker goes and an episode is open, the person waits for a worker
/// and the manager of the team that holds it answers for them.
///
/// # Errors
/// [`Oops::Refused`] where it has ended, [`Oops::Wrong`] where the day cannot be.
pub async fn end_allocation(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: EndAllocation,
) -> Result<()> {
    let row: Option<AllocationRow> = tx.maybe(store::ONE, args![command.allocation]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    let changed_since = row.superseded_at.is_some();
    let held = read(row)?;
    require(tx, who, moment.now(), held.person, Sight::Allocate(held.part)).await?;
    if changed_since {
        return Err(Oops::Stale);
    }
    if let Some(on) = held.to {
        return Err(Oops::Refused(format!("This has already ended, on {}", on.strftime("%-d %B %Y"))));
    }
    if command.on < held.from || command.on > moment.today() {
        let began = held.from.strftime("%-d %B %Y");
        return Err(Oops::wrong("on", &format!("Choose a day between {began} and today")));
    }
    if command.reason.trim().is_empty() {
        return Err(Oops::wrong("reason", "Say why it ends"));
    }
    end(tx, moment, &held, command.on, command.reason.trim()).await?;
    let payload = json!({ "allocation": held.id, "on": command.on, "reason": command.reason });
    note(tx, who, moment, Act { action: "end_allocation", about: &[held.person], payload }).await?;
    Ok(())
}
