//! Passkeys of people of the record: the easiest way to come in, with nothing to remember. Made at the first coming in or
//! later, kept on a phone or a computer, opened with a finger, a face or a PIN.

use super::door::{self, Attempt, Begun};
use super::passkey::{self, Asked};
use super::password;
use super::store::{self, AccountRow, PasskeyRow, TheirKeyRow, TheirKeysRow};
use super::tries::{self, Counted};
use crate::journal::{Act, note};
use crate::who::{Mine, token_hash};
use crate::{App, Moment, Oops, Result};
use db::{Tx, args};
use jiff::SignedDuration;
use practice::id::AccountId;
use serde_json::json;
use uuid::Uuid;
use webauthn_rs::prelude::{AuthenticationResult, DiscoverableAuthentication, Passkey, PublicKeyCredential};

/// Who has no password shows that they are here by having just come in.
const JUST: SignedDuration = SignedDuration::from_mins(10);

/// Why a passkey was not added or removed, for a page in any language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotDone {
    /// The password is wrong.
    Password,
    /// Too many wrong tries: wait.
    Wait,
    /// They came in too long ago, and have no password to show that it is them.
    ComeInAgain,
    /// The browser's answer does not fit what was asked.
    Again,
    /// It is the only way in that they have.
    Last,
}

/// What was done, or why not.
pub(super) type Done<T> = std::result::Result<T, NotDone>;

/// The passkeys of somebody, the newest first, and whether they have a password too.
pub(super) async fn of(app: &App, mine: &Mine) -> Result<(Vec<PasskeyRow>, bool)> {
    let mut conn = app.db.read().await?;
    let row: Option<TheirKeysRow> = conn.maybe(store::THEIR_KEYS, args![mine.account]).await?;
    let keys = conn.all(store::PASSKEYS, args![mine.account]).await?;
    Ok((keys, row.is_some_and(|row| row.password_hash.is_some())))
}

/// Whoever sits at a session that somebody left open may not add a key of their own to it.
async fn sure(app: &App, mine: &Mine, token: &str, typed: &str) -> Result<Done<String>> {
    let now = app.moment().now();
    let mut tx = app.db.write().await?;
    let row: Option<TheirKeysRow> = tx.maybe(store::THEIR_KEYS, args![mine.account]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    if row.password_hash.is_none() {
        let since: Option<(db::At,)> =
            tx.maybe(store::SESSION_SINCE, args![&token_hash(token), mine.account]).await?;
        tx.commit().await?;
        let just = since.is_some_and(|(since,)| now < since.0 + JUST);
        return Ok(if just || app.settings.demonstration {
            Ok(row.sign_in_name)
        } else {
            Err(NotDone::ComeInAgain)
        });
    }
    let account: Option<AccountRow> = tx.maybe(store::THEIR_ACCOUNT, args![&row.sign_in_name]).await?;
    let account = account.ok_or(Oops::NotFound)?;
    let counted = tries::count(&mut tx, now, &account, None).await?;
    tx.commit().await?;
    if matches!(counted, Counted::Waits) {
        return Ok(Err(NotDone::Wait));
    }
    let (typed, hash) = (typed.to_owned(), row.password_hash.clone());
    if !password::aside(app, move || password::is_right(&typed, hash.as_deref())).await? {
        return Ok(Err(NotDone::Password));
    }
    let mut tx = app.db.write().await?;
    tx.run(store::FORGET_TRIES, args![account.id]).await?;
    tx.commit().await?;
    Ok(Ok(row.sign_in_name))
}

/// Asks the browser for a new passkey of somebody who is in.
pub(super) async fn ask_more(app: &App, mine: &Mine, token: &str, typed: &str) -> Result<Done<Asked>> {
    let name = match sure(app, mine, token, typed).await? {
        Ok(name) => name,
        Err(not) => return Ok(Err(not)),
    };
    let (keys, _) = of(app, mine).await?;
    if keys.len() >= passkey::MOST {
        return Ok(Err(NotDone::Again));
    }
    let names = (name.as_str(), mine.who.name.as_str());
    passkey::ask_for(app, (mine.account.0, Some(mine.account)), names, &keys).await.map(Ok)
}

/// Keeps the passkey that the browser made.
pub(super) async fn add_more(app: &App, mine: &Mine, answer: (&str, &str), name: &str) -> Result<Done<()>> {
    let Some((account, key)) = passkey::answered(app, answer).await? else { return Ok(Err(NotDone::Again)) };
    if account != mine.account.0 {
        return Ok(Err(NotDone::Again));
    }
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let Some(id) = passkey::keep_made(&mut tx, &mut moment, mine.account, (&key, name)).await? else {
        tx.give_up().await?;
        return Ok(Err(NotDone::Again));
    };
    let act = Act { action: "add_passkey", about: &[mine.person], payload: json!({"passkey": id}) };
    note(&mut tx, &mine.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Takes a passkey away. The only way in that somebody has stays.
pub(super) async fn remove(
    app: &App,
    mine: &Mine,
    id: Uuid,
    (token, typed): (&str, &str),
) -> Result<Done<()>> {
    if let Err(not) = sure(app, mine, token, typed).await? {
        return Ok(Err(not));
    }
    let (keys, password) = of(app, mine).await?;
    if !password && keys.len() < 2 {
        return Ok(Err(NotDone::Last));
    }
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    if tx.run(store::REMOVE_PASSKEY, args![id, mine.account]).await? != 1 {
        return Err(Oops::NotFound);
    }
    let act = Act { action: "remove_passkey", about: &[mine.person], payload: json!({"passkey": id}) };
    note(&mut tx, &mine.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Makes the passkey the only thing that this account comes in with: what it had before is gone.
pub(super) async fn only_key(
    tx: &mut Tx,
    moment: &mut Moment,
    account: AccountId,
    key: &Passkey,
) -> Result<bool> {
    tx.run(store::NO_PASSWORD, args![account]).await?;
    tx.run(store::END_SESSIONS, args![account, moment.now()]).await?;
    tx.run(store::REMOVE_PASSKEYS, args![account]).await?;
    Ok(passkey::keep_made(tx, moment, account, (key, "")).await?.is_some())
}

/// Lets in whoever shows a passkey of a space that they still come in to.
pub(super) async fn enter(
    app: &App,
    (token, credential): (&str, &str),
    at: &Attempt,
) -> Result<Option<Begun>> {
    let webauthn = passkey::ready(app)?;
    let Some(asked) = passkey::take(app, token).await?.filter(|row| row.account_id.is_none()) else {
        return Ok(None);
    };
    let Ok(state) = serde_json::from_str::<DiscoverableAuthentication>(&asked.held) else { return Ok(None) };
    let Ok(shown) = serde_json::from_str::<PublicKeyCredential>(credential) else { return Ok(None) };
    let Ok((account, id)) = webauthn.identify_discoverable_authentication(&shown) else { return Ok(None) };
    let id = data_encoding::BASE64URL_NOPAD.encode(id);
    let mut tx = app.db.write().await?;
    let mut moment = app.moment();
    let row: Option<TheirKeyRow> = tx.maybe(store::THEIR_PASSKEY, args![&id]).await?;
    let Some(row) = row.filter(|row| row.account_id == account && row.ended_at.is_none()) else {
        return Ok(None);
    };
    let mut key: Passkey = passkey::read(&row.held)?;
    let found = webauthn.finish_discoverable_authentication_v2(&shown, state, &key);
    let Some(found) = found.ok().filter(AuthenticationResult::user_verified) else { return Ok(None) };
    key.update_credential(&found);
    tx.run(store::PASSKEY_USED, args![row.id, passkey::written(&key)?, moment.now()]).await?;
    if row.failures > 0 {
        tx.run(store::FORGET_TRIES, args![row.account_id]).await?;
    }
    let payload = json!({"with": "passkey", "passkey": row.id, "device": at.device});
    let begun = door::begin(&mut tx, &mut moment, row.account_id.into(), &row.name, (at, payload)).await?;
    tx.commit().await?;
    Ok(Some(begun))
}
