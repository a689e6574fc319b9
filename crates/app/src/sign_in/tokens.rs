//! Tokens with which other programs act as their maker: made, listed, ended. A token dies with its maker's account
//! or posts, and when an administrator signs them out or gives them new keys.

use super::door::tell;
use super::store::{self, AnyTokenRow, OwnTokenRow};
use crate::journal::{Act, note};
use crate::who::{Scope, TOKEN_PREFIX, token_hash};
use crate::{App, Moment, Oops, Result, Who, access};
use data_encoding::BASE64URL_NOPAD;
use db::{Tx, args};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use practice::access::{Action, Decision, may};
use practice::id::{AccountId, WorkerId};
use practice::role::Role;
use serde_json::json;
use uuid::Uuid;

/// The most living tokens of one account.
const MOST: usize = 20;
/// The most letters of a token's name.
const LONGEST: usize = 60;

/// Makes a token.
#[derive(Clone, Debug)]
pub struct MakeToken {
    /// What its maker calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// In which of its maker's roles it acts.
    pub roles: Vec<Role>,
    /// The last day it works: at most a year ahead.
    pub until: Option<Date>,
}

/// A token that was made. Its secret is seen once: only its hash is kept.
#[derive(Clone, Debug)]
pub struct MadeToken {
    /// Which.
    pub id: Uuid,
    /// What the program sends with every request.
    pub secret: String,
    /// Until when it works.
    pub until: Timestamp,
}

/// The roles that whoever is signed in may act in today, each once.
pub(super) fn roles_of(who: &Who) -> Vec<Role> {
    let mut roles: Vec<Role> =
        who.staff().into_iter().flat_map(|staff| &staff.posts).map(|post| post.role).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// The last day a token made today may work.
pub(super) fn latest(today: Date) -> Date {
    today.saturating_add(1.year())
}

fn check(command: &MakeToken, who: &Who, today: Date) -> Result<Date> {
    let mut wrong = vec![];
    let mut unless = |holds: bool, field: &str, words: &str| {
        if !holds {
            wrong.push((field.to_owned(), words.to_owned()));
        }
    };
    let letters = command.name.trim().chars().count();
    unless(letters > 0, "name", "Give it a name, so that you know it again");
    unless(letters <= LONGEST, "name", "At most 60 letters fit here");
    unless(!command.scopes.is_empty(), "scopes", "Choose at least one thing it may be used for");
    unless(!command.roles.is_empty(), "roles", "Choose at least one role it acts in");
    let held = roles_of(who);
    unless(command.roles.iter().all(|role| held.contains(role)), "roles", "Choose among your own roles");
    unless(command.until.is_some(), "until", "Say until which day it works");
    let until = command.until.unwrap_or(today);
    unless(until >= today, "until", "Choose today or a later day");
    unless(until <= latest(today), "until", "Choose a day within a year");
    if wrong.is_empty() { Ok(until) } else { Err(Oops::Wrong(wrong)) }
}

/// Makes a token for the account of this worker. Whoever calls this has made sure that it is them.
///
/// # Errors
/// [`Oops::Wrong`] names what is not right yet; [`Oops::Refused`] where they have too many.
pub async fn make_token(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    account: AccountId,
    command: MakeToken,
) -> Result<MadeToken> {
    let until = check(&command, who, moment.today())?;
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let held: Vec<OwnTokenRow> = tx.all(store::TOKENS, args![account, moment.now()]).await?;
    if held.len() >= MOST {
        return Err(Oops::Refused(format!("You have {MOST} tokens. End one you no longer use first")));
    }
    // it works to the end of its last day
    let until = crate::moment::end_of(until).ok_or_else(|| Oops::wrong("until", "Choose another day"))?;
    let secret = format!("{TOKEN_PREFIX}{}", BASE64URL_NOPAD.encode(&moment.bytes32()));
    let (id, name) = (moment.id(), command.name.trim());
    let scopes = Scope::written(&command.scopes);
    let roles: Vec<&str> = command.roles.iter().map(|role| role.code()).collect();
    let roles = roles.join(" ");
    let values = args![id, account, name, &token_hash(&secret), &scopes, &roles, moment.now(), until];
    tx.run(store::ADD_TOKEN, values).await?;
    let words = format!("A token was made for a program to act as you: {name}");
    tell(tx, moment, worker.0, &words).await?;
    let payload = json!({
        "token": id, "account": account, "name": name, "scopes": scopes, "roles": roles, "until": until,
    });
    note(tx, who, moment, Act { action: "make_token", about: &[], payload }).await?;
    Ok(MadeToken { id, secret, until })
}

/// Ends a token, one's own or as an administrator anybody's. What it is used for next is refused.
///
/// # Errors
/// [`Oops::NotFound`] where there is none, it has ended, or it is somebody else's.
pub async fn end_token(tx: &mut Tx, who: &Who, moment: &mut Moment, token: Uuid) -> Result<()> {
    let row: Option<(Uuid, String, Uuid)> = tx.maybe(store::TOKEN, args![token]).await?;
    let (account, name, worker) = row.ok_or(Oops::NotFound)?;
    let own = who.worker() == Some(WorkerId(worker));
    let administers = matches!(may(&who.reader, Action::ResetSignIn), Decision::Allowed(_));
    if !own && !administers && !who.program {
        return Err(Oops::NotFound);
    }
    tx.run_one(store::END_TOKEN, args![token, moment.now()]).await?;
    if !own {
        tell(tx, moment, worker, &format!("An administrator ended your token: {name}")).await?;
    }
    let payload = json!({ "token": token, "account": account, "name": name });
    note(tx, who, moment, Act { action: "end_token", about: &[], payload }).await?;
    Ok(())
}

/// The living tokens of an account, the latest first.
pub(super) async fn of(app: &App, account: AccountId) -> Result<Vec<OwnTokenRow>> {
    let mut conn = app.db.read().await?;
    Ok(conn.all(store::TOKENS, args![account, app.moment().now()]).await?)
}

/// Every living token of the council, by whose it is.
pub(super) async fn every(app: &App, who: &Who) -> Result<Vec<AnyTokenRow>> {
    access::permit(who, Action::ResetSignIn)?;
    let mut conn = app.db.read().await?;
    Ok(conn.all(store::ALL_TOKENS, args![app.moment().now()]).await?)
}

/// A living token as an operator's list shows it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ListedToken {
    /// Which.
    pub id: Uuid,
    /// The code of its maker.
    pub worker: String,
    /// What its maker calls it.
    pub name: String,
    /// What it may be used for, between spaces.
    pub scopes: String,
    /// Until when it works.
    pub until: Timestamp,
    /// When it was last used, within five minutes.
    pub used: Option<Timestamp>,
}

/// Every living token, for the council's own command line.
///
/// # Errors
/// Where the database refuses.
pub async fn list_tokens(app: &App) -> Result<Vec<ListedToken>> {
    let all = every(app, &Who::program("alongside token")).await?;
    let listed = |row: AnyTokenRow| ListedToken {
        id: row.id,
        worker: row.code,
        name: row.name,
        scopes: row.scopes,
        until: row.expires_at.0,
        used: row.used_at.map(|at| at.0),
    };
    Ok(all.into_iter().map(listed).collect())
}

/// The worker with this code and their account, as a token made at the command line acts for them.
///
/// # Errors
/// Where the database refuses.
pub async fn maker(tx: &mut Tx, code: &str, moment: &Moment) -> Result<Option<(Who, AccountId)>> {
    let Some(who) = crate::who::on_behalf(tx, code, "alongside token", moment.today()).await? else {
        return Ok(None);
    };
    let row: Option<(Uuid,)> = tx.maybe(store::PERSONA, args![code, moment.today()]).await?;
    Ok(row.map(|(account,)| (who, AccountId(account))))
}
