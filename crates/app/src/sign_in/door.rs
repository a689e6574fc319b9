//! Coming in and going out: a password and a code begin a session, pressing "Sign out" ends it.

use super::store::{self, AccountRow, RecoveryRow};
use super::tries::{self, Counted};
use super::{code, password};
use crate::journal::{Act, note};
use crate::who::{self, Signed};
use crate::{App, Moment, Oops, Result, Who};
use data_encoding::BASE64URL_NOPAD;
use db::{At, Day, Tx, args};
use jiff::{Timestamp, civil::Date};
use practice::id::{AccountId, PersonId};
use serde_json::json;
use uuid::Uuid;

/// What someone typed at the door.
#[derive(Clone, Default)]
pub struct Attempt {
    /// The name they sign in with.
    pub name: String,
    /// The password.
    pub password: String,
    /// Six digits, or a recovery code.
    pub code: String,
    /// What their browser calls itself.
    pub device: String,
    /// The token of a browser in which this account may have signed in before.
    pub known: Option<String>,
}

/// A session that has begun.
pub struct Begun {
    /// Whose.
    pub account: AccountId,
    /// For the session's cookie.
    pub token: String,
    /// For the cookie by which this browser is known from now on.
    pub known: String,
}

/// How a code was right.
enum Proof {
    Step(i64),
    Recovery(Uuid),
}

/// The name as it is stored: without the space around it, in small letters.
pub fn sign_in_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Tries to sign in. None where it was not right, whatever it was: the name, the password, the code, or that
/// it came too soon after others.
///
/// # Errors
/// Where the database refuses.
pub async fn attempt(app: &App, tried: Attempt) -> Result<Option<Begun>> {
    attempt_at(app, tried, store::ACCOUNT).await
}

/// As [`attempt`], for a person of the record at the door of their own space.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn attempt_own(app: &App, tried: Attempt) -> Result<Option<Begun>> {
    attempt_at(app, tried, store::THEIR_ACCOUNT).await
}

async fn attempt_at(app: &App, tried: Attempt, account: &'static str) -> Result<Option<Begun>> {
    let now = app.moment().now();
    let mut tx = app.db.write().await?;
    let name = sign_in_name(&tried.name);
    let row: Option<AccountRow> = tx.maybe(account, args![name]).await?;
    let counted = match &row {
        Some(row) => tries::count(&mut tx, now, row, tried.known.as_deref()).await?,
        None => Counted::Waits,
    };
    let codes: Vec<RecoveryRow> = match &row {
        Some(row) => tx.all(store::RECOVERY, args![row.id]).await?,
        None => vec![],
    };
    tx.commit().await?;
    // whoever must wait, has left or never was costs the same work as everyone else
    let today = app.moment().today();
    let row =
        row.filter(|row| !matches!(counted, Counted::Waits) && works_here(row.ended_at, row.to_date, today));
    let proof = prove(app, &tried, row.as_ref(), codes, now).await?;
    let Some(row) = row else { return Ok(None) };
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let begun = match proof {
        Some(proof) => admit(&mut tx, &mut moment, &tried, &row, proof).await?,
        None => None,
    };
    if begun.is_none() {
        let who = Who::program("Someone not signed in");
        let known = matches!(counted, Counted::Browser);
        let payload = json!({"account": row.id, "known_browser": known});
        note(&mut tx, &who, &mut moment, Act { action: "sign_in_refused", about: &[], payload }).await?;
    } else if matches!(counted, Counted::Account) {
        tx.run(store::FORGET_TRIES, args![row.id]).await?;
    }
    tx.commit().await?;
    Ok(begun)
}

/// Checks password and code, both always, aside.
async fn prove(
    app: &App,
    tried: &Attempt,
    row: Option<&AccountRow>,
    codes: Vec<RecoveryRow>,
    now: Timestamp,
) -> Result<Option<Proof>> {
    let (typed, hash) = (tried.password.clone(), row.and_then(|row| row.password_hash.clone()));
    let recovery = code::as_recovery(&tried.code);
    let codes = if row.is_some() { codes } else { vec![] };
    let (right, used) = password::aside(app, move || {
        let right = password::is_right(&typed, hash.as_deref())?;
        let stored: Vec<Vec<u8>> = codes.iter().map(|row| row.code_hash.clone()).collect();
        let which = match &recovery {
            Some(plain) => code::which(plain, &stored)?,
            None => None,
        };
        Ok((right, which.and_then(|at| codes.get(at)).map(|row| row.id)))
    })
    .await?;
    let secret = row.and_then(|row| row.code_secret.as_deref()).unwrap_or(&[0; 20]);
    let step =
        code::step_of(secret, &tried.code, now).filter(|_| row.is_some_and(|row| row.code_secret.is_some()));
    Ok(match (right, step, used) {
        (true, Some(step), _) => Some(Proof::Step(step)),
        (true, None, Some(id)) => Some(Proof::Recovery(id)),
        _ => None,
    })
}

/// Uses up the code and begins the session; none where the code was used by someone a moment before.
async fn admit(
    tx: &mut Tx,
    moment: &mut Moment,
    tried: &Attempt,
    row: &AccountRow,
    proof: Proof,
) -> Result<Option<Begun>> {
    let with = match proof {
        Proof::Step(step) => {
            if tx.run(store::TAKE_STEP, args![row.id, step, row.password_hash.clone()]).await? != 1 {
                return Ok(None);
            }
            "code"
        }
        Proof::Recovery(id) => {
            let still = tx.number(store::STILL, args![row.id, row.password_hash.clone()]).await? == 1;
            if !still || tx.run(store::USE_RECOVERY, args![id, moment.now()]).await? != 1 {
                return Ok(None);
            }
            "recovery code"
        }
    };
    if let Some(worker) = row.worker_id {
        tell_of_tries(tx, moment, worker, row.failures).await?;
    }
    let payload = json!({"with": with, "device": tried.device, "wrong_tries_before": row.failures});
    begin(tx, moment, row.id.into(), &row.name, (tried, payload)).await.map(Some)
}

/// Whether an account lets anyone in on a day: it has not been ended, and its worker has not left.
pub(super) fn works_here(ended: Option<At>, last_day: Option<Day>, today: Date) -> bool {
    ended.is_none() && last_day.is_none_or(|day| day.0 >= today)
}

/// Somebody whom a key or the council's own sign-in vouches for.
pub(super) struct Vouched<'a> {
    pub(super) account: AccountId,
    pub(super) worker: Uuid,
    pub(super) name: &'a str,
    /// The wrong tries before.
    pub(super) failures: i64,
}

/// Lets in somebody who needs no password: they are told of wrong tries before, which are then forgotten.
pub(super) async fn welcome(
    tx: &mut Tx,
    moment: &mut Moment,
    who: &Vouched<'_>,
    (at, mut payload): (&Attempt, serde_json::Value),
) -> Result<Begun> {
    tell_of_tries(tx, moment, who.worker, who.failures).await?;
    if who.failures > 0 {
        tx.run(store::FORGET_TRIES, args![who.account]).await?;
    }
    payload["device"] = json!(at.device);
    payload["wrong_tries_before"] = json!(who.failures);
    begin(tx, moment, who.account, who.name, (at, payload)).await
}

/// Tells whoever comes in of the wrong tries before, if there were any.
async fn tell_of_tries(tx: &mut Tx, moment: &mut Moment, worker: Uuid, failures: i64) -> Result<()> {
    if failures == 0 {
        return Ok(());
    }
    let several = if failures == 1 { "was 1 wrong try" } else { "were wrong tries" };
    let times = if failures == 1 { String::new() } else { format!(" ({failures})") };
    let words = format!(
        "There {several}{times} to sign in as you before you did. If that was not you, change your password"
    );
    tell(tx, moment, worker, &words).await
}

/// Leaves a notice for someone about their own account.
pub(super) async fn tell(tx: &mut Tx, moment: &mut Moment, worker: Uuid, words: &str) -> Result<()> {
    tx.run(store::TELL, args![moment.id(), worker, words, moment.now()]).await?;
    Ok(())
}

/// Begins a session in a browser, which is known from then on.
pub(super) async fn begin(
    tx: &mut Tx,
    moment: &mut Moment,
    account: AccountId,
    name: &str,
    (tried, payload): (&Attempt, serde_json::Value),
) -> Result<Begun> {
    let token = who::begin(tx, moment, account, &tried.device).await?;
    let known = tried.known.clone().unwrap_or_else(|| BASE64URL_NOPAD.encode(&moment.bytes32()));
    tx.run(store::KNOW_BROWSER, args![&who::token_hash(&known), account, moment.now()]).await?;
    let who = Who { account: Some(account), ..Who::program(name) };
    note(tx, &who, moment, Act { action: "sign_in", about: &[], payload }).await?;
    Ok(Begun { account, token, known })
}

/// In the demonstration, and only there, becomes a worker at one press.
///
/// # Errors
/// [`Oops::NotFound`] anywhere else, or where there is no such worker.
pub async fn become_worker(app: &App, worker: &str, tried: &Attempt) -> Result<Begun> {
    if !app.settings.demonstration {
        return Err(Oops::NotFound);
    }
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row: Option<(Uuid,)> = tx.maybe(store::PERSONA, args![worker, moment.today()]).await?;
    let (account,) = row.ok_or(Oops::NotFound)?;
    let payload = json!({"with": "demonstration", "device": tried.device});
    let begun = begin(&mut tx, &mut moment, account.into(), worker, (tried, payload)).await?;
    tx.commit().await?;
    Ok(begun)
}

/// In the demonstration, and only there, becomes a person of the record at one press.
///
/// # Errors
/// [`Oops::NotFound`] anywhere else, or where that person has no space of their own.
pub async fn become_person(app: &App, person: PersonId, tried: &Attempt) -> Result<Begun> {
    if !app.settings.demonstration {
        return Err(Oops::NotFound);
    }
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row: Option<(Uuid, String)> = tx.maybe(store::OWN_PERSONA, args![person]).await?;
    let (account, name) = row.ok_or(Oops::NotFound)?;
    let payload = json!({"with": "demonstration", "device": tried.device});
    let begun = begin(&mut tx, &mut moment, account.into(), &name, (tried, payload)).await?;
    tx.commit().await?;
    Ok(begun)
}

/// Ends the session of a browser.
///
/// # Errors
/// Where the database refuses.
pub async fn leave(app: &App, signed: &Signed, token: &str) -> Result<()> {
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    who::end(&mut tx, moment.now(), token).await?;
    note(&mut tx, &signed.who, &mut moment, Act { action: "sign_out", about: &[], payload: json!({}) })
        .await?;
    tx.commit().await?;
    Ok(())
}
