//! What people do with their own account: a new password, new codes, another phone, their devices. What
//! changes how they sign in asks for the password once more.

use super::door::tell;
use super::set_up::replace_recovery;
use super::store::{self, AccountRow, OwnRow, SessionRow};
use super::tries::{self, Counted};
use super::{code, password};
use crate::journal::{Act, note};
use crate::who::{Signed, token_hash};
use crate::{App, Oops, Result};
use data_encoding::BASE64URL_NOPAD;
use db::args;
use jiff::SignedDuration;
use serde_json::json;

/// For how long one's own link to join another phone works.
const LASTS: SignedDuration = SignedDuration::from_mins(30);
/// A session unused for this long has ended: see `who`.
const UNUSED: SignedDuration = SignedDuration::from_hours(2);
/// For how long ended sessions and links are kept, to know whose a late form is.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(super) async fn read(app: &App, signed: &Signed) -> Result<OwnRow> {
    let mut conn = app.db.read().await?;
    let row: Option<OwnRow> = conn.maybe(store::OWN, args![signed.account]).await?;
    row.ok_or(Oops::NotFound)
}

/// Checks the password of whoever is signed in once more.
pub(super) async fn sure(app: &App, row: &OwnRow, typed: &str) -> Result<()> {
    if app.settings.demonstration && row.password_hash.is_none() {
        return Ok(()); // nobody has a password there
    }
    // whoever sits at a session that somebody left open may not guess on and on
    let now = app.moment().now();
    let mut tx = app.db.write().await?;
    let account: Option<AccountRow> = tx.maybe(store::ACCOUNT, args![&row.sign_in_name]).await?;
    let account = account.ok_or(Oops::NotFound)?;
    let counted = tries::count(&mut tx, now, &account, None).await?;
    tx.commit().await?;
    if matches!(counted, Counted::Waits) {
        return Err(Oops::wrong("current", "There were several wrong tries. Wait a minute, then try again"));
    }
    let (typed, hash) = (typed.to_owned(), row.password_hash.clone());
    let right = password::aside(app, move || password::is_right(&typed, hash.as_deref())).await?;
    if !right {
        return Err(Oops::wrong("current", "This is not your password"));
    }
    let mut tx = app.db.write().await?;
    tx.run(store::FORGET_TRIES, args![account.id]).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own password. Every other device is signed out.
pub(super) async fn change_password(
    app: &App,
    signed: &Signed,
    token: &str,
    (current, new, again): (&str, &str, &str),
) -> Result<&'static str> {
    let row = read(app, signed).await?;
    sure(app, &row, current).await?;
    let (typed, about) =
        (new.to_owned(), [row.name.clone(), row.sign_in_name.clone(), app.settings.council.clone()]);
    app.aside(move || {
        let about: Vec<&str> = about.iter().map(String::as_str).collect();
        password::judge(&typed, &about)
    })
    .await?
    .map_err(|words| Oops::wrong("password", &words))?;
    if new != again {
        return Err(Oops::wrong("again", "This is not the same password. Type both once more"));
    }
    let mut moment = app.moment();
    let (typed, salt) = (new.to_owned(), password::salt(&mut moment));
    let hash = password::aside(app, move || password::hash(&typed, salt)).await?;
    let mut tx = app.db.write().await?;
    tx.run_one(store::SET_PASSWORD, args![signed.account, row.password_hash, hash]).await?;
    tx.run(store::END_OTHERS, args![signed.account, &token_hash(token), moment.now()]).await?;
    tx.run(store::FORGET_BROWSERS, args![signed.account]).await?;
    tell(&mut tx, &mut moment, row.worker_id, "Your password was changed").await?;
    let act = Act { action: "change_password", about: &[], payload: json!({}) };
    note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(password::strength(new))
}

/// Makes ten new recovery codes; the earlier ones stop working.
pub(super) async fn new_codes(app: &App, signed: &Signed, current: &str) -> Result<Vec<String>> {
    let row = read(app, signed).await?;
    sure(app, &row, current).await?;
    let mut moment = app.moment();
    let codes = code::recovery_codes(&mut moment);
    let (plain, salt) = (codes.clone(), password::salt(&mut moment));
    let stored = password::aside(app, move || code::stored(&plain, salt)).await?;
    let mut tx = app.db.write().await?;
    replace_recovery(&mut tx, &mut moment, signed.account, stored).await?;
    tell(&mut tx, &mut moment, row.worker_id, "You have new recovery codes. The earlier ones no longer work")
        .await?;
    let act = Act { action: "new_recovery_codes", about: &[], payload: json!({}) };
    note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(codes)
}

/// A link of half an hour to set up anew: another phone, with a new password. Until it is used nothing changes.
pub(super) async fn another_phone(app: &App, signed: &Signed, current: &str) -> Result<String> {
    let row = read(app, signed).await?;
    sure(app, &row, current).await?;
    let mut moment = app.moment();
    let token = BASE64URL_NOPAD.encode(&moment.bytes32());
    let (id, secret, until) = (moment.id(), code::secret(&mut moment), moment.now() + LASTS);
    let mut tx = app.db.write().await?;
    tx.run(store::VOID_INVITATIONS, args![signed.account, moment.now()]).await?;
    let values = args![id, signed.account, &token_hash(&token), secret, moment.now(), until];
    tx.run(store::INVITE_ONESELF, values).await?;
    let act = Act { action: "join_another_phone", about: &[], payload: json!({"until": until}) };
    note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(token)
}

/// The devices on which someone is signed in, this one among them.
pub(super) async fn devices(app: &App, signed: &Signed) -> Result<Vec<SessionRow>> {
    let now = app.moment().now();
    let mut conn = app.db.read().await?;
    Ok(conn.all(store::SESSIONS, args![signed.account, now, now - UNUSED]).await?)
}

/// Signs one device out, or all but this one.
pub(super) async fn end_devices(app: &App, signed: &Signed, token: &str, one: Option<Vec<u8>>) -> Result<()> {
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let ended = if let Some(hash) = one {
        tx.run(store::END_ONE, args![hash, signed.account, moment.now()]).await?
    } else {
        tx.run(store::FORGET_BROWSERS, args![signed.account]).await?;
        tx.run(store::END_OTHERS, args![signed.account, &token_hash(token), moment.now()]).await?
    };
    let act = Act { action: "sign_out_devices", about: &[], payload: json!({"sessions": ended}) };
    note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes away what has had its time: kept forms after their hour, sessions and links a month after they ended.
///
/// # Errors
/// Where the database refuses.
pub async fn tidy(app: &App) -> Result<()> {
    crate::form::purge(app).await?;
    let before = app.moment().now() - KEPT;
    let mut tx = app.db.write().await?;
    tx.run(store::OLD_SESSIONS, args![before]).await?;
    tx.run(store::OLD_INVITATIONS, args![before]).await?;
    tx.run(store::OLD_ASKED, args![app.moment().now()]).await?;
    tx.commit().await?;
    Ok(())
}
