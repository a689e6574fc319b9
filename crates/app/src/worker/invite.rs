//! One-time links: the only way to a first password, and to a new one. Nobody chooses a password for another.

use super::store::{self, InvitedRow, WorkerRow};
use crate::journal::{Act, note};
use crate::who::token_hash;
use crate::{Moment, Oops, Result, Who, access};
use data_encoding::BASE64URL_NOPAD;
use db::{Conn, Tx, args};
use jiff::{SignedDuration, Timestamp};
use practice::access::Action;
use practice::id::WorkerId;
use serde_json::json;
use uuid::Uuid;

/// For how long a link works.
pub const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A link that was made. Its token is seen once: only its hash is kept.
#[derive(Clone, Debug)]
pub struct Invited {
    /// For whom.
    pub name: String,
    /// What they sign in as.
    pub sign_in_name: String,
    /// The end of the address: `/invitation/{token}`.
    pub token: String,
    /// Until when it works.
    pub until: Timestamp,
}

/// Makes a one-time link for a worker who has not set up a password yet. An earlier link stops working.
///
/// # Errors
/// [`Oops::Refused`] where they can sign in already (see [`reset`]) or have left.
pub async fn invite(tx: &mut Tx, who: &Who, moment: &mut Moment, worker: WorkerId) -> Result<Invited> {
    access::permit(who, Action::CreateWorker)?;
    let (row, account) = open(tx, worker).await?;
    if row.ready {
        let words = format!("{} can sign in already. To let them choose a new password, reset it", row.name);
        return Err(Oops::Refused(words));
    }
    link(tx, who, moment, (&row, account), "set-up").await
}

/// Lets someone choose a new password and code: the old ones stop working at once, everywhere, and they get a
/// one-time link.
///
/// # Errors
/// [`Oops::Refused`] where they have left.
pub async fn reset(tx: &mut Tx, who: &Who, moment: &mut Moment, worker: WorkerId) -> Result<Invited> {
    access::permit(who, Action::ResetSignIn)?;
    let (row, account) = open(tx, worker).await?;
    tx.run(store::CLEAR_ACCOUNT, args![account]).await?;
    tx.run(store::CLEAR_RECOVERY, args![account]).await?;
    tx.run(store::REMOVE_PASSKEYS, args![account]).await?;
    shut_out(tx, moment, account).await?;
    link(tx, who, moment, (&row, account), "reset").await
}

/// Ends every session of a worker at once, on every device, and every token they made.
///
/// # Errors
/// [`Oops::NotAllowed`] for all but those who reset passwords.
pub async fn sign_out_everywhere(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    worker: WorkerId,
) -> Result<u64> {
    access::permit(who, Action::ResetSignIn)?;
    let (_, account) = open(tx, worker).await?;
    let ended = tx.run(store::END_SESSIONS, args![account, moment.now()]).await?;
    tx.run(store::FORGET_BROWSERS, args![account]).await?;
    let tokens = tx.run(store::END_TOKENS, args![account, moment.now()]).await?;
    let payload = json!({"worker": worker, "account": account, "sessions": ended, "tokens": tokens});
    note(tx, who, moment, Act { action: "sign_out_everywhere", about: &[], payload }).await?;
    Ok(ended)
}

/// The link that waits for someone, if one does: for what, and until when.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn waiting(
    conn: &mut Conn,
    account: Uuid,
    now: Timestamp,
) -> Result<Option<(String, Timestamp)>> {
    let row: Option<InvitedRow> = conn.maybe(store::INVITED, args![account, now]).await?;
    Ok(row.map(|row| (row.purpose, row.expires_at.0)))
}

/// Ends sessions, tokens, links and known browsers of an account.
pub(super) async fn shut_out(tx: &mut Tx, moment: &Moment, account: Uuid) -> Result<()> {
    tx.run(store::END_SESSIONS, args![account, moment.now()]).await?;
    tx.run(store::FORGET_BROWSERS, args![account]).await?;
    tx.run(store::END_TOKENS, args![account, moment.now()]).await?;
    tx.run(store::VOID_INVITATIONS, args![account, moment.now()]).await?;
    Ok(())
}

async fn open(tx: &mut Tx, worker: WorkerId) -> Result<(WorkerRow, Uuid)> {
    tx.run(store::TOUCH_WORKER, args![worker]).await?;
    let row: Option<WorkerRow> = tx.maybe(store::WORKER, args![worker]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    match row.account_id {
        Some(account) if row.ended_at.is_none() && row.to_date.is_none() => Ok((row, account)),
        _ => Err(Oops::Refused(format!("{} has left, and their account has ended", row.name))),
    }
}

async fn link(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (row, account): (&WorkerRow, Uuid),
    purpose: &'static str,
) -> Result<Invited> {
    tx.run(store::VOID_INVITATIONS, args![account, moment.now()]).await?;
    let token = BASE64URL_NOPAD.encode(&moment.bytes32());
    let secret = moment.bytes32()[..20].to_vec();
    let until = moment.now() + LASTS;
    let values = args![moment.id(), account, purpose, &token_hash(&token), secret, moment.now(), until];
    tx.run(store::INVITE, values).await?;
    let payload = json!({"worker": row.id, "account": account, "purpose": purpose, "until": until});
    note(tx, who, moment, Act { action: "invite_worker", about: &[], payload }).await?;
    let sign_in_name = row.sign_in_name.clone().unwrap_or_default();
    Ok(Invited { name: row.name.clone(), sign_in_name, token, until })
}
