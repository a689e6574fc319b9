//! Ending an account, and who is still needed: nobody is left without someone who answers for them.

use super::day;
use super::people::shorten;
use super::store::{self, AbsenceRow, AnswersRow, PostRow, WorkerRow};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::access::{Action, EndingFacts, may_end_account};
use practice::id::{TeamId, WorkerId};
use practice::role::Role;
use serde_json::json;
use uuid::Uuid;

/// For how many people a worker answers in one team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// In which team.
    pub team: Option<TeamId>,
    /// Its name.
    pub name: String,
    /// As the responsible worker of how many.
    pub responsible: i64,
    /// As the only manager of a team that holds how many who wait for a worker.
    pub waiting: i64,
}

/// For whom a worker answers on a day, team by team: as responsible worker, or as the only manager of a team
/// in which people wait for a worker.
///
/// # Errors
/// Where the database refuses.
pub async fn answers_for(conn: &mut Conn, worker: WorkerId, today: Date) -> Result<Vec<Answers>> {
    let rows: Vec<AnswersRow> = conn.all(store::RESPONSIBLE, args![worker, today]).await?;
    let mut all: Vec<Answers> = rows
        .into_iter()
        .map(|row| Answers {
            team: row.team_id.map(Into::into),
            name: row.team.unwrap_or_else(|| "No team".to_owned()),
            responsible: row.people,
            waiting: 0,
        })
        .collect();
    let posts: Vec<PostRow> = conn.all(store::POSTS, args![worker]).await?;
    for post in posts.iter().filter(|post| leads(post) && stands(post, today)) {
        let Some(team) = post.team_id else { continue };
        let others = conn.number(store::OTHER_MANAGERS, args![team, worker, today]).await?;
        let waiting = conn.number(store::WAITING, args![team, today]).await?;
        if others > 0 || waiting == 0 {
            continue;
        }
        if let Some(answers) = all.iter_mut().find(|answers| answers.team == Some(team.into())) {
            answers.waiting = waiting;
        } else {
            let name = post.team.clone().unwrap_or_default();
            all.push(Answers { team: Some(team.into()), name, responsible: 0, waiting });
        }
    }
    Ok(all)
}

fn role(post: &PostRow) -> Option<Role> {
    Role::from_code(&post.role)
}

fn leads(post: &PostRow) -> bool {
    role(post).is_some_and(Role::leads)
}

fn stands(post: &PostRow, today: Date) -> bool {
    post.from_date.0 <= today && post.to_date.is_none_or(|to| to.0 >= today)
}

/// Whether another open account administers the system, apart from this post or this worker.
async fn others_administer(conn: &mut Conn, post: Uuid, worker: Uuid, today: Date) -> Result<bool> {
    Ok(conn.number(store::OTHER_ADMINISTRATORS, args![post, worker, today]).await? > 0)
}

/// Whether a post may end: not while its holder is needed in it.
pub(super) async fn post_may_end(tx: &mut Tx, moment: &Moment, row: &PostRow, on: Date) -> Result<()> {
    let today = moment.today();
    let worker: WorkerId = row.worker_id.into();
    let posts: Vec<PostRow> = tx.all(store::POSTS, args![worker]).await?;
    let rest: Vec<&PostRow> = posts.iter().filter(|post| post.id != row.id && stands(post, today)).collect();
    if role(row) == Some(Role::SystemAdministrator)
        && !rest.iter().any(|post| role(post) == Some(Role::SystemAdministrator))
        && !others_administer(tx, row.id, row.worker_id, today).await?
    {
        let facts = EndingFacts { answers_for: 0, last_administrator: true };
        may_end_account(facts).map_err(|needed| Oops::Refused(needed.to_string()))?;
    }
    if let Some(team) = row.team_id.filter(|_| leads(row)) {
        let others = tx.number(store::OTHER_MANAGERS, args![team, worker, today.max(on)]).await?;
        let again = rest.iter().any(|post| post.team_id == Some(team) && leads(post));
        let open = tx.number(store::OPEN_EPISODES, args![team, today]).await?;
        if others == 0 && !again && open > 0 {
            let name = row.team.as_deref().unwrap_or("The team");
            let words = if open == 1 { "episode is" } else { "episodes are" };
            return Err(Oops::Refused(format!(
                "{name} would have no manager while {open} {words} open there. Give someone else that post first"
            )));
        }
    }
    let allocatable = |post: &PostRow| role(post).is_some_and(Role::can_be_allocated);
    if allocatable(row) && !rest.iter().any(|post| allocatable(post)) {
        let responsible: i64 =
            answers_for(tx, worker, today).await?.iter().map(|answers| answers.responsible).sum();
        needed(responsible, false)?;
    }
    Ok(())
}

fn needed(people: i64, last_administrator: bool) -> Result<()> {
    let answers_for = u32::try_from(people).unwrap_or(u32::MAX);
    may_end_account(EndingFacts { answers_for, last_administrator })
        .map_err(|needed| Oops::Refused(needed.to_string()))
}

/// Ends a worker's account on a day, today at the latest: their posts, their sessions, their links and the
/// cover they stand in for end with it. Their words stay theirs.
///
/// # Errors
/// [`Oops::Refused`] while they answer for people, or where nobody else can add workers.
pub async fn end(tx: &mut Tx, who: &Who, moment: &mut Moment, worker: WorkerId, on: Date) -> Result<()> {
    access::permit(who, Action::EndAccount)?;
    tx.run(store::TOUCH_WORKER, args![worker]).await?;
    let row: Option<WorkerRow> = tx.maybe(store::WORKER, args![worker]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    if let Some(to) = row.to_date {
        return Err(Oops::Refused(format!("{} has left already, on {}", row.name, day(to.0))));
    }
    let today = moment.today();
    if on > today || on < row.from_date.0 {
        let began = day(row.from_date.0);
        return Err(Oops::wrong(
            "on",
            &format!("Choose a day from {began} to today: end it when they have left"),
        ));
    }
    let people = answers_for(tx, worker, today).await?.iter().map(|a| a.responsible + a.waiting).sum();
    let posts: Vec<PostRow> = tx.all(store::POSTS, args![worker]).await?;
    let administers =
        posts.iter().any(|post| stands(post, today) && role(post) == Some(Role::SystemAdministrator));
    let last = administers && !others_administer(tx, Uuid::nil(), row.id, today).await?;
    needed(people, last)?;
    for post in posts.iter().filter(|post| post.to_date.is_none_or(|to| to.0 > on)) {
        if leads(post) {
            post_may_end(tx, moment, post, on).await?;
        }
        shorten(tx, moment, post, on).await?;
    }
    uncover(tx, moment, worker, on).await?;
    tx.run(store::END_WORKER, args![worker, on]).await?;
    tx.run(store::TAKE_PHOTO, args![worker]).await?;
    tx.run(store::END_ACCOUNT, args![worker, moment.now()]).await?;
    if let Some(account) = row.account_id {
        super::invite::shut_out(tx, moment, account).await?;
    }
    let payload = json!({"worker": worker, "account": row.account_id, "on": on});
    note(tx, who, moment, Act { action: "end_worker", about: &[], payload }).await?;
    Ok(())
}

/// Absences for which they stand in go on without cover; their own end with them.
async fn uncover(tx: &mut Tx, moment: &mut Moment, worker: WorkerId, on: Date) -> Result<()> {
    let rows: Vec<AbsenceRow> = tx.all(store::ABSENCES_OF, args![worker, on]).await?;
    for row in rows {
        tx.run_one(store::SUPERSEDE_ABSENCE, args![row.id, moment.now()]).await?;
        let own = row.worker_id == worker.0;
        let cover = row.cover_id.filter(|_| own);
        // what was true up to that day stays so
        if row.from_date.0 <= on {
            let values = args![moment.id(), row.worker_id, row.from_date, on, row.cover_id, moment.now()];
            tx.run(store::ADD_ABSENCE, values).await?;
        }
        if !own {
            let from = on.tomorrow().unwrap_or(on).max(row.from_date.0);
            let to = row.to_date.map(|to| to.0);
            let values = args![moment.id(), row.worker_id, from, to, cover, moment.now()];
            tx.run(store::ADD_ABSENCE, values).await?;
        }
    }
    Ok(())
}

/// Someone who left comes back: the same worker, their earlier words still theirs, with a new link to set up.
///
/// # Errors
/// [`Oops::Refused`] where they have not left.
pub async fn come_back(tx: &mut Tx, who: &Who, moment: &mut Moment, worker: WorkerId) -> Result<()> {
    access::permit(who, Action::CreateWorker)?;
    if tx.run(store::REOPEN_WORKER, args![worker]).await? != 1 {
        return Err(Oops::Refused("They have not left".to_owned()));
    }
    tx.run(store::REOPEN_ACCOUNT, args![worker]).await?;
    tx.run(store::REMOVE_PASSKEYS_OF, args![worker]).await?;
    note(tx, who, moment, Act { action: "reopen_worker", about: &[], payload: json!({"worker": worker}) })
        .await?;
    Ok(())
}
