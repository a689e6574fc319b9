//! Adding workers, changing what is known of them, and their posts: who works where, as what, from and to.

use super::store::{self, PostRow, WorkerRow};
use super::{day, trimmed};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, DbError, Tx, args};
use jiff::civil::Date;
use practice::access::Action;
use practice::id::{TeamId, WorkerId};
use practice::role::Role;
use serde_json::json;
use uuid::Uuid;

/// A post to begin: a role in a team.
#[derive(Clone, Debug)]
pub struct NewPost {
    /// What they do.
    pub role: Role,
    /// Where. Those who lead or work with people belong to a team.
    pub team: Option<TeamId>,
    /// Since when.
    pub from: Date,
    /// Until when, if that is known.
    pub to: Option<Date>,
}

/// Someone begins to work for the council.
#[derive(Clone, Debug)]
pub struct AddWorker {
    /// A short word they are known by in files, and the name they sign in with.
    pub code: String,
    /// Their name.
    pub name: String,
    /// How colleagues reach them.
    pub email: Option<String>,
    /// How families reach them.
    pub phone: Option<String>,
    /// Their number with Social Work England, for social workers.
    pub registration_number: Option<String>,
    /// Their colour, 1 to 8; one follows from the code where none is given.
    pub hue: Option<i64>,
    /// Since when.
    pub from: Date,
    /// Until when, for someone who has left (history brought from elsewhere).
    pub to: Option<Date>,
    /// What they do.
    pub posts: Vec<NewPost>,
}

/// What is known of a worker changes.
#[derive(Clone, Debug)]
pub struct ChangeWorker {
    /// Who.
    pub worker: WorkerId,
    /// As it was read.
    pub version: i64,
    /// Their name.
    pub name: String,
    /// How colleagues reach them.
    pub email: Option<String>,
    /// How families reach them.
    pub phone: Option<String>,
    /// Their number with Social Work England.
    pub registration_number: Option<String>,
}

/// The worker with this code.
///
/// # Errors
/// Where the database refuses.
pub async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<WorkerId>> {
    let row: Option<(Uuid,)> = conn.maybe(store::WORKER_BY_CODE, args![code]).await?;
    Ok(row.map(|row| row.0.into()))
}

/// A code as it is stored, if it may be one: it stands in files, addresses and on the sign-in page.
fn plain_code(typed: &str) -> Result<String> {
    let code = typed.trim().to_lowercase();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    let begins = code.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    if code.len() > 40 || !begins || !code.chars().all(fits) {
        let words = "Use 1 to 40 letters, digits, full stops, hyphens or underscores, such as nadia.farrow";
        return Err(Oops::wrong("code", words));
    }
    Ok(code)
}

fn plain_name(typed: &str) -> Result<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 200 {
        return Err(Oops::wrong("name", "Write the name they use, at most 200 letters"));
    }
    Ok(name)
}

fn plain_registration(typed: Option<&str>) -> Result<Option<String>> {
    let Some(number) = trimmed(typed) else { return Ok(None) };
    let number = number.to_uppercase().replace(' ', "");
    if number.len() > 20 || !number.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        return Err(Oops::wrong("registration_number", "Write it in letters and digits, such as SW12345"));
    }
    Ok(Some(number))
}

/// Adds a worker with their posts and an account that nobody can sign in with yet: see [`super::invite`].
///
/// # Errors
/// [`Oops::Wrong`] says which field and what to put right.
pub async fn add(tx: &mut Tx, who: &Who, moment: &mut Moment, command: AddWorker) -> Result<WorkerId> {
    access::permit(who, Action::CreateWorker)?;
    let code = plain_code(&command.code)?;
    let name = plain_name(&command.name)?;
    let registration = plain_registration(command.registration_number.as_deref())?;
    if command.to.is_some_and(|to| to < command.from) {
        return Err(Oops::wrong("to", "They cannot have left before they began"));
    }
    if by_code(tx, &code).await?.is_some() {
        return Err(Oops::wrong("code", &format!("There is a worker {code} already. Choose another code")));
    }
    let (worker, account) = (moment.id(), moment.id());
    let from_code = i64::from(code.bytes().map(u32::from).sum::<u32>() % 8) + 1;
    let hue = command.hue.unwrap_or(from_code);
    let (email, phone) = (trimmed(command.email.as_deref()), trimmed(command.phone.as_deref()));
    let values = args![worker, &code, &name, email, phone, registration, hue, command.from, command.to];
    tx.run(store::ADD_WORKER, values).await?;
    tx.run(store::ADD_ACCOUNT, args![account, worker, &code, moment.now()])
        .await
        .map_err(|error| taken(error, &code))?;
    if command.to.is_some_and(|to| to < moment.today()) {
        tx.run(store::END_ACCOUNT, args![worker, moment.now()]).await?;
    }
    let payload = json!({
        "worker": worker, "account": account, "code": code, "name": name, "email": email, "phone": phone,
        "registration_number": registration, "hue": hue, "from": command.from, "to": command.to,
    });
    note(tx, who, moment, Act { action: "add_worker", about: &[], payload }).await?;
    for post in command.posts {
        begin_post(tx, who, moment, worker.into(), post).await?;
    }
    Ok(worker.into())
}

fn taken(error: DbError, code: &str) -> Oops {
    if matches!(error, DbError::Conflict(_)) {
        return Oops::wrong("code", &format!("Someone signs in as {code} already. Choose another code"));
    }
    error.into()
}

/// Changes what is known of a worker.
///
/// # Errors
/// [`Oops::Stale`] where someone else changed it meanwhile, [`Oops::Wrong`] names the field.
pub async fn change(tx: &mut Tx, who: &Who, moment: &mut Moment, command: ChangeWorker) -> Result<()> {
    access::permit(who, Action::CreateWorker)?;
    let name = plain_name(&command.name)?;
    let registration = plain_registration(command.registration_number.as_deref())?;
    let (email, phone) = (trimmed(command.email.as_deref()), trimmed(command.phone.as_deref()));
    let values = args![command.worker, command.version, &name, email, phone, registration];
    tx.run_one(store::CHANGE_WORKER, values).await?;
    let payload = json!({
        "worker": command.worker, "name": name, "email": email, "phone": phone,
        "registration_number": registration,
    });
    note(tx, who, moment, Act { action: "change_worker", about: &[], payload }).await?;
    Ok(())
}

/// Begins a post.
///
/// # Errors
/// [`Oops::Wrong`] names the field; [`Oops::Refused`] where they hold that post already.
pub async fn begin_post(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    worker: WorkerId,
    post: NewPost,
) -> Result<Uuid> {
    access::permit(who, Action::CreateWorker)?;
    let row: Option<WorkerRow> = tx.maybe(store::WORKER, args![worker]).await?;
    let row = row.ok_or_else(|| Oops::wrong("worker", "There is no such worker"))?;
    tx.run(store::TOUCH_WORKER, args![worker]).await?;
    let in_team = post.role.can_be_allocated() || post.role.leads();
    if in_team && post.team.is_none() {
        let words = format!("Choose the team in which {} is {}", row.name, post.role.plain().to_lowercase());
        return Err(Oops::wrong("team", &words));
    }
    if post.from < row.from_date.0 {
        let words =
            format!("{} began on {}, and a post cannot begin earlier", row.name, day(row.from_date.0));
        return Err(Oops::wrong("from", &words));
    }
    if row.ended_at.is_some() && post.to.is_none() {
        return Err(Oops::Refused(format!("{}’s account has ended", row.name)));
    }
    if post.to.is_some_and(|to| to < post.from) {
        return Err(Oops::wrong("to", "It cannot end before it begins"));
    }
    if let Some(team) = post.team {
        let found: Option<store::TeamRow> = tx.maybe(store::TEAM, args![team]).await?;
        let found = found.ok_or_else(|| Oops::wrong("team", "There is no such team"))?;
        if found.to_date.is_some_and(|to| post.to.is_none_or(|end| end > to.0)) {
            return Err(Oops::wrong("team", &format!("{} has ended", found.name)));
        }
    }
    let held: Vec<PostRow> = tx.all(store::POSTS, args![worker]).await?;
    let same = |other: &&PostRow| {
        other.role == post.role.code()
            && other.team_id == post.team.map(|team| team.0)
            && other.to_date.is_none_or(|to| to.0 >= post.from)
            && post.to.is_none_or(|to| to >= other.from_date.0)
    };
    if let Some(other) = held.iter().find(same) {
        let (role, from) = (post.role.plain(), day(other.from_date.0));
        return Err(Oops::Refused(format!(
            "{} is {} there already, from {from}",
            row.name,
            role.to_lowercase()
        )));
    }
    let id = moment.id();
    let team = post.team.map(|team| team.0);
    tx.run(store::ADD_POST, args![id, worker, team, post.role.code(), post.from, post.to, moment.now()])
        .await?;
    let payload = json!({
        "post": id, "worker": worker, "team": team, "role": post.role.code(), "from": post.from, "to": post.to,
    });
    note(tx, who, moment, Act { action: "begin_post", about: &[], payload }).await?;
    Ok(id)
}

/// Ends a post on a day. Refused where it would leave people without anyone who answers for them, or nobody
/// who can add workers.
///
/// # Errors
/// [`Oops::Refused`] says who is still needed for what.
pub async fn end_post(tx: &mut Tx, who: &Who, moment: &mut Moment, post: Uuid, on: Date) -> Result<()> {
    access::permit(who, Action::CreateWorker)?;
    let row: Option<PostRow> = tx.maybe(store::POST, args![post]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    tx.run(store::TOUCH_WORKER, args![row.worker_id]).await?;
    if on < row.from_date.0 {
        let words = format!("It began on {}, and cannot end earlier", day(row.from_date.0));
        return Err(Oops::wrong("on", &words));
    }
    if row.to_date.is_some_and(|to| to.0 < moment.today()) {
        return Err(Oops::Refused("This post has ended already".to_owned()));
    }
    super::ending::post_may_end(tx, moment, &row, on).await?;
    shorten(tx, moment, &row, on).await?;
    let payload =
        json!({"post": row.id, "worker": row.worker_id, "role": row.role, "team": row.team_id, "on": on});
    note(tx, who, moment, Act { action: "end_post", about: &[], payload }).await?;
    Ok(())
}

/// Supersedes a post by one that ends on a day.
pub(super) async fn shorten(tx: &mut Tx, moment: &mut Moment, row: &PostRow, on: Date) -> Result<()> {
    tx.run_one(store::SUPERSEDE_POST, args![row.id, moment.now()]).await?;
    if on >= row.from_date.0 {
        let values =
            args![moment.id(), row.worker_id, row.team_id, &row.role, row.from_date, on, moment.now()];
        tx.run(store::ADD_POST, values).await?;
    }
    Ok(())
}
