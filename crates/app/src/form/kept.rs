//! A form that came after its session had ended: sealed under a fresh key that only that browser holds, in a
//! cookie, and opened only by the account that wrote it. Nothing of it is filed until its writer presses again.

use super::store::{self, KeptRow, ThereRow};
use super::{Sent, Upload};
use crate::who::{KEPT_COOKIE, Signed, cookie, set};
use crate::{App, Oops, Result};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use axum::http::{HeaderMap, HeaderValue};
use data_encoding::BASE64URL_NOPAD;
use db::args;
use jiff::{SignedDuration, Timestamp};
use page::Typed;
use practice::id::AccountId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// For how long a form is kept.
pub const LASTS: SignedDuration = SignedDuration::from_hours(1);
/// How long ago the session may have begun from whose pages a form comes.
const BEGUN_WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How many kept forms one browser holds keys of.
const AT_ONCE: usize = 8;
/// The most bytes of all files of one kept form, as a multiple of the largest file.
const FILES: u64 = 4;

/// A kept form, opened.
pub struct Kept {
    /// Which.
    pub id: Uuid,
    /// Where it was sent.
    pub place: String,
    /// When it came.
    pub kept_at: Timestamp,
    /// When its writer sent it again.
    pub sent_at: Option<Timestamp>,
    /// What was typed and attached.
    pub sent: Sent,
    /// The names of files that were too much to keep: they must be chosen again.
    pub left_out: Vec<String>,
}

/// What is sealed, before the bytes of its files.
#[derive(Serialize, Deserialize)]
struct Head {
    pairs: Vec<(String, String)>,
    files: Vec<(String, String, usize)>,
    left_out: Vec<String>,
}

/// The account from one of whose sessions a form comes, told by the form's own token.
pub(super) async fn owner(app: &App, csrf: &str) -> Result<Option<AccountId>> {
    if csrf.len() < 32 {
        return Ok(None);
    }
    let since = app.moment().now() - BEGUN_WITHIN;
    let mut conn = app.db.read().await?;
    let row: Option<(Uuid,)> = conn.maybe(store::OWNER, args![csrf, since]).await?;
    Ok(row.map(|row| row.0.into()))
}

/// Whether there is anything to keep: someone's words or files, and nothing secret.
pub(super) fn worth_keeping(place: &str, sent: &Sent) -> bool {
    // a new password or code is never stored, not even sealed
    let secret = place == "/me" || place.starts_with("/me/");
    // what is checked lies in memory alone
    let checked = place == "/checking" || place.starts_with("/checking/");
    let words = sent
        .typed
        .pairs()
        .any(|(name, value)| !["csrf", "draft", "draft-page"].contains(&name) && !value.trim().is_empty());
    !secret && !checked && (words || !sent.files.is_empty())
}

fn pack(app: &App, sent: Sent) -> Result<Vec<u8>> {
    let most = app.settings.largest_file.saturating_mul(FILES);
    let (mut files, mut left_out, mut bytes) = (vec![], sent.let_go, vec![]);
    for file in sent.files {
        if (bytes.len() + file.bytes.len()) as u64 > most {
            left_out.push(file.name);
        } else {
            files.push((file.field, file.name, file.bytes.len()));
            bytes.extend_from_slice(&file.bytes);
        }
    }
    let kept = |name: &str| name != "csrf" && !name.contains("password");
    let pairs = sent.typed.pairs().filter(|(name, _)| kept(name));
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let head = serde_json::to_vec(&Head { pairs, files, left_out })?;
    let mut body = Vec::with_capacity(8 + head.len() + bytes.len());
    body.extend_from_slice(&(head.len() as u64).to_be_bytes());
    body.extend_from_slice(&head);
    body.extend_from_slice(&bytes);
    Ok(body)
}

fn unpack(body: &[u8]) -> Option<(Sent, Vec<String>)> {
    let (length, rest) = body.split_first_chunk::<8>()?;
    let (head, mut rest) = rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
    let head: Head = serde_json::from_slice(head).ok()?;
    let mut files = vec![];
    for (field, name, size) in head.files {
        let (bytes, after) = rest.split_at_checked(size)?;
        files.push(Upload { field, name, bytes: bytes.to_vec() });
        rest = after;
    }
    Some((Sent { typed: Typed::from_pairs(head.pairs), files, let_go: vec![] }, head.left_out))
}

/// What binds a sealed form to its row, its writer and its address.
fn bound(id: Uuid, account: AccountId, place: &str) -> Vec<u8> {
    [&id.as_bytes()[..], &account.0.as_bytes()[..], place.as_bytes()].concat()
}

fn seal(key: [u8; 32], nonce: [u8; 12], words: &[u8], bound: &[u8]) -> Option<Vec<u8>> {
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(key));
    cipher.encrypt(&Nonce::from(nonce), Payload { msg: words, aad: bound }).ok()
}

fn open(key: [u8; 32], nonce: &[u8], sealed: &[u8], bound: &[u8]) -> Option<Vec<u8>> {
    let nonce: [u8; 12] = nonce.try_into().ok()?;
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(key));
    cipher.decrypt(&Nonce::from(nonce), Payload { msg: sealed, aad: bound }).ok()
}

/// The keys a browser holds, the newest first: of which form, and the key.
fn keys(app: &App, headers: &HeaderMap) -> Vec<(Uuid, [u8; 32])> {
    let held = cookie(&app.settings, headers, KEPT_COOKIE).unwrap_or_default();
    held.split('~')
        .filter_map(|part| {
            let (id, key) = part.split_once('.')?;
            let id = Uuid::from_slice(&BASE64URL_NOPAD.decode(id.as_bytes()).ok()?).ok()?;
            let key = BASE64URL_NOPAD.decode(key.as_bytes()).ok()?;
            Some((id, key.try_into().ok()?))
        })
        .take(AT_ONCE)
        .collect()
}

fn written(keys: &[(Uuid, [u8; 32])]) -> String {
    let each = |(id, key): &(Uuid, [u8; 32])| {
        format!("{}.{}", BASE64URL_NOPAD.encode(id.as_bytes()), BASE64URL_NOPAD.encode(key))
    };
    keys.iter().map(each).collect::<Vec<_>>().join("~")
}

/// Keeps a form for its writer. Gives the cookie with the key, which is nowhere else.
pub(super) async fn keep(
    app: &App,
    headers: &HeaderMap,
    owner: AccountId,
    (place, sent): (&str, Sent),
) -> Result<HeaderValue> {
    let mut moment = app.moment();
    let (id, key) = (moment.id(), moment.bytes32());
    let mut nonce = [0; 12];
    nonce.copy_from_slice(&moment.bytes32()[..12]);
    let (inside, kept) = (app.clone(), place.to_owned());
    let sealed = app
        .aside(move || {
            let words = pack(&inside, sent)?;
            seal(key, nonce, &words, &bound(id, owner, &kept))
                .ok_or_else(|| Oops::Broken("a form could not be sealed".to_owned()))
        })
        .await??;
    let now = moment.now();
    let mut tx = app.db.write().await?;
    tx.run(store::PURGE, args![now]).await?;
    tx.run(store::KEEP, args![id, owner, place, nonce.to_vec(), sealed, now, now + LASTS]).await?;
    tx.commit().await?;
    let mut all = keys(app, headers);
    all.insert(0, (id, key));
    all.truncate(AT_ONCE);
    Ok(set(&app.settings, KEPT_COOKIE, &written(&all), Some(LASTS.as_secs())))
}

async fn one(app: &App, account: AccountId, (id, key): (Uuid, [u8; 32])) -> Result<Option<Kept>> {
    let mut conn = app.db.read().await?;
    let now = app.moment().now();
    let row: Option<KeptRow> = conn.maybe(store::ONE, args![id, account, now]).await?;
    drop(conn);
    let Some(row) = row else { return Ok(None) };
    let (bound, place, kept_at) = (bound(row.id, account, &row.place), row.place, row.kept_at.0);
    let sent_at = row.sent_at.map(|at| at.0);
    let (nonce, body) = (row.nonce, row.body);
    let opened = app.aside(move || open(key, &nonce, &body, &bound).and_then(|body| unpack(&body))).await?;
    Ok(opened.map(|(sent, left_out)| Kept { id, place, kept_at, sent_at, sent, left_out }))
}

/// Every form kept for whoever is signed in, in this browser, the newest first.
///
/// # Errors
/// Where the database refuses.
pub async fn all(app: &App, headers: &HeaderMap, account: AccountId) -> Result<Vec<Kept>> {
    let mut found = vec![];
    for key in keys(app, headers) {
        found.extend(one(app, account, key).await?);
    }
    Ok(found)
}

/// The form with this id, if it was kept for whoever is signed in, in this browser.
///
/// # Errors
/// Where the database refuses.
pub async fn find(app: &App, headers: &HeaderMap, account: AccountId, id: Uuid) -> Result<Option<Kept>> {
    match keys(app, headers).into_iter().find(|(held, _)| *held == id) {
        Some(key) => one(app, account, key).await,
        None => Ok(None),
    }
}

/// What was typed into the form of this address when its session had ended, so that its page comes back
/// filled. None once it was sent again.
///
/// # Errors
/// Where the database refuses.
pub async fn kept(app: &App, headers: &HeaderMap, signed: &Signed, place: &str) -> Result<Option<Sent>> {
    let all = all(app, headers, signed.account).await?;
    Ok(all.into_iter().find(|kept| kept.place == place && kept.sent_at.is_none()).map(|kept| kept.sent))
}

/// Whether a form waits in this browser for an account: it is not opened for that.
///
/// # Errors
/// Where the database refuses.
pub async fn waits(app: &App, headers: &HeaderMap, account: AccountId) -> Result<bool> {
    Ok(count(app, headers, |owner| owner == account).await? > 0)
}

/// How many forms wait in this browser for other accounts than this one.
///
/// # Errors
/// Where the database refuses.
pub async fn for_others(app: &App, headers: &HeaderMap, account: AccountId) -> Result<usize> {
    count(app, headers, |owner| owner != account).await
}

async fn count(app: &App, headers: &HeaderMap, whose: impl Fn(AccountId) -> bool) -> Result<usize> {
    let keys = keys(app, headers);
    if keys.is_empty() {
        return Ok(0);
    }
    let (now, mut found) = (app.moment().now(), 0);
    let mut conn = app.db.read().await?;
    for (id, _) in keys {
        let row: Option<ThereRow> = conn.maybe(store::THERE, args![id, now]).await?;
        found += usize::from(row.is_some_and(|row| row.sent_at.is_none() && whose(row.account_id.into())));
    }
    Ok(found)
}

/// Notes that a kept form was sent again. It stays until its hour is over, in case it was not right yet.
pub(super) async fn sent_again(app: &App, account: AccountId, id: Uuid) -> Result<()> {
    let mut tx = app.db.write().await?;
    tx.run(store::SENT, args![id, account, app.moment().now()]).await?;
    tx.commit().await?;
    Ok(())
}

/// Throws a kept form away.
///
/// # Errors
/// Where the database refuses.
pub async fn forget(app: &App, signed: &Signed, id: Uuid) -> Result<()> {
    let mut tx = app.db.write().await?;
    tx.run(store::FORGET, args![id, signed.account]).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes away every form whose hour is over.
///
/// # Errors
/// Where the database refuses.
pub async fn purge(app: &App) -> Result<u64> {
    let mut tx = app.db.write().await?;
    let gone = tx.run(store::PURGE, args![app.moment().now()]).await?;
    tx.commit().await?;
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_form_opens_with_its_key_for_its_writer_and_place_only() {
        let (id, account) = (Uuid::from_u128(1), AccountId(Uuid::from_u128(2)));
        let own = bound(id, account, "/record");
        let sealed = seal([7; 32], [9; 12], b"She said she was fine", &own).unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("fine"));
        assert_eq!(open([7; 32], &[9; 12], &sealed, &own).as_deref(), Some(&b"She said she was fine"[..]));
        assert_eq!(open([8; 32], &[9; 12], &sealed, &own), None, "another key");
        let other = bound(id, AccountId(Uuid::from_u128(3)), "/record");
        assert_eq!(open([7; 32], &[9; 12], &sealed, &other), None, "another account");
        assert_eq!(open([7; 32], &[9; 12], &sealed, &bound(id, account, "/glass")), None, "another address");
        let mut changed = sealed.clone();
        changed[3] ^= 1;
        assert_eq!(open([7; 32], &[9; 12], &changed, &own), None, "a changed byte");
        assert_eq!(open([7; 32], &[9; 11], &sealed, &own), None);
    }

    #[test]
    fn a_damaged_body_is_not_read() {
        assert!(unpack(b"").is_none());
        assert!(unpack(&[0xff; 40]).is_none());
        let head = br#"{"pairs":[],"files":[["f","a.jpg",9]],"left_out":[]}"#;
        let body = [&(head.len() as u64).to_be_bytes()[..], head, b"short"].concat();
        assert!(unpack(&body).is_none());
    }
}
