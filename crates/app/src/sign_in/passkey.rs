//! Passkeys: a key that a phone, a computer or a security key keeps, and opens with a finger, a face or a PIN. It
//! stands for password and code together, and cannot be given away to a false page.
//!
//! What is asked of a browser lies in the database until it is answered, once: any process of the council may answer.

use super::door::{self, Attempt, Begun, Vouched, tell};
use super::own;
use super::store::{self, AskedRow, KeyAccountRow, PasskeyRow};
use crate::council::Settings;
use crate::journal::{Act, note};
use crate::who::{Signed, token_hash};
use crate::{App, Moment, Oops, Result, Who};
use data_encoding::BASE64URL_NOPAD;
use db::{Tx, args};
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
};

/// How long a browser may take to answer.
const LASTS: SignedDuration = SignedDuration::from_mins(5);
/// The most passkeys of one account.
pub(super) const MOST: usize = 20;
/// The most letters of a passkey's name.
const LONGEST: usize = 60;

/// What a browser is asked for.
pub(super) struct Asked {
    /// Comes back with the answer.
    pub(super) token: String,
    /// For the browser, as JSON.
    pub(super) options: String,
}

/// Whether passkeys can be kept for this council: not where people reach it by a number instead of a name.
pub(super) fn offered(settings: &Settings) -> bool {
    relying(settings).is_some()
}

/// The council as browsers know it: its name in the address, which a passkey is bound to for ever.
fn relying(settings: &Settings) -> Option<Webauthn> {
    let url = Url::parse(&settings.public_url).ok()?;
    let domain = settings.passkey_domain.as_deref().or_else(|| url.domain())?;
    WebauthnBuilder::new(domain, &url).ok()?.rp_name(&settings.council).build().ok()
}

pub(super) fn ready(app: &App) -> Result<Webauthn> {
    relying(&app.settings).ok_or(Oops::NotFound)
}

pub(super) fn written<T: Serialize>(thing: &T) -> Result<String> {
    serde_json::to_string(thing)
        .map_err(|error| Oops::Broken(format!("a passkey could not be written: {error}")))
}

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|error| Oops::Broken(format!("a stored passkey could not be read: {error}")))
}

/// The passkeys of an account, the newest first.
pub(super) async fn of(app: &App, signed: &Signed) -> Result<Vec<PasskeyRow>> {
    Ok(app.db.read().await?.all(store::PASSKEYS, args![signed.account]).await?)
}

/// Keeps what was asked until it is answered.
async fn keep(app: &App, account: Option<practice::id::AccountId>, held: String) -> Result<String> {
    let mut moment = app.moment();
    let token = BASE64URL_NOPAD.encode(&moment.bytes32());
    let mut tx = app.db.write().await?;
    let values = args![&token_hash(&token), account.map(|account| account.0), held, moment.now() + LASTS];
    tx.run(store::ASK, values).await?;
    tx.commit().await?;
    Ok(token)
}

/// What was asked under this token. It is gone afterwards, whatever comes of the answer.
pub(super) async fn take(app: &App, token: &str) -> Result<Option<AskedRow>> {
    let mut tx = app.db.write().await?;
    let row: Option<AskedRow> = tx.maybe(store::TAKE_ASKED, args![&token_hash(token)]).await?;
    tx.commit().await?;
    Ok(row.filter(|row| app.moment().now() < row.expires_at.0))
}

/// Asks the browser for a new passkey, once whoever is signed in has given the password again.
pub(super) async fn ask_new(app: &App, signed: &Signed, current: &str) -> Result<Asked> {
    let row = own::read(app, signed).await?;
    own::sure(app, &row, current).await?;
    let keys = of(app, signed).await?;
    if keys.len() >= MOST {
        return Err(Oops::Refused(format!("You have {MOST} passkeys. Remove one you no longer use first")));
    }
    let names = (row.sign_in_name.as_str(), row.name.as_str());
    ask_for(app, (signed.account.0, Some(signed.account)), names, &keys).await
}

/// Asks a browser for a new passkey of an account, which may only be made when the answer is there.
pub(super) async fn ask_for(
    app: &App,
    (account, there): (Uuid, Option<practice::id::AccountId>),
    (sign_in_name, name): (&str, &str),
    keys: &[PasskeyRow],
) -> Result<Asked> {
    let webauthn = ready(app)?;
    let known: Vec<Passkey> = keys.iter().map(|key| read(&key.held)).collect::<Result<_>>()?;
    let known = known.iter().map(|key| key.cred_id().clone()).collect();
    let (options, state) = webauthn
        .start_passkey_registration(account, sign_in_name, name, Some(known))
        .map_err(|error| Oops::Broken(format!("a passkey could not be asked for: {error}")))?;
    let mut options = serde_json::to_value(&options.public_key)
        .map_err(|error| Oops::Broken(format!("a passkey could not be asked for: {error}")))?;
    // the key itself says whose it is, so that nobody types a name at the door
    if let Some(Value::Object(wanted)) = options.get_mut("authenticatorSelection") {
        wanted.insert("residentKey".to_owned(), json!("required"));
        wanted.insert("requireResidentKey".to_owned(), json!(true));
    }
    let token = keep(app, there, written(&(account, state))?).await?;
    Ok(Asked { token, options: options.to_string() })
}

/// What a browser made, and for which account it was asked; none where the answer does not fit what was asked.
pub(super) async fn answered(
    app: &App,
    (token, credential): (&str, &str),
) -> Result<Option<(Uuid, Passkey)>> {
    let webauthn = ready(app)?;
    let Some(asked) = take(app, token).await? else { return Ok(None) };
    let Ok((account, state)) = serde_json::from_str::<(Uuid, PasskeyRegistration)>(&asked.held) else {
        return Ok(None);
    };
    if asked.account_id.is_some_and(|there| there != account) {
        return Ok(None);
    }
    let Ok(made) = serde_json::from_str::<RegisterPublicKeyCredential>(credential) else { return Ok(None) };
    Ok(webauthn.finish_passkey_registration(&made, &state).ok().map(|key| (account, key)))
}

/// What a passkey without a name is kept as.
pub(super) const UNNAMED: &str = "A passkey";

/// Keeps what a browser made; none where it is kept already.
pub(super) async fn keep_made(
    tx: &mut Tx,
    moment: &mut Moment,
    account: practice::id::AccountId,
    (key, name): (&Passkey, &str),
) -> Result<Option<Uuid>> {
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
    let name = if name.is_empty() { UNNAMED.to_owned() } else { name };
    let credential = BASE64URL_NOPAD.encode(key.cred_id().as_slice());
    if tx.number(store::PASSKEY_THERE, args![&credential]).await? > 0 {
        return Ok(None);
    }
    let id = moment.id();
    tx.run(store::ADD_PASSKEY, args![id, account, name, credential, written(key)?, moment.now()]).await?;
    Ok(Some(id))
}

/// Keeps a new passkey that the browser made.
///
/// # Errors
/// [`Oops::Wrong`] says what to do where the answer does not fit what was asked.
pub(super) async fn add(
    app: &App,
    signed: &Signed,
    (token, credential): (&str, &str),
    name: &str,
) -> Result<()> {
    let again = || Oops::wrong("credential", "This did not work, and nothing was changed. Try once more");
    let (account, key) = answered(app, (token, credential)).await?.ok_or_else(again)?;
    if account != signed.account.0 {
        return Err(again());
    }
    let row = own::read(app, signed).await?;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let Some(id) = keep_made(&mut tx, &mut moment, signed.account, (&key, name)).await? else {
        return Err(Oops::wrong("credential", "This passkey is kept here already"));
    };
    let name = name.trim();
    let name = if name.is_empty() { UNNAMED } else { name };
    let words = format!("A passkey was added to your account: {name}. If that was not you, remove it");
    tell(&mut tx, &mut moment, row.worker_id, &words).await?;
    let act = Act { action: "add_passkey", about: &[], payload: json!({"passkey": id}) };
    note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes one of one's own passkeys away, once the password was given again.
pub(super) async fn remove(app: &App, signed: &Signed, id: Uuid, current: &str) -> Result<()> {
    let row = own::read(app, signed).await?;
    own::sure(app, &row, current).await?;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    if tx.run(store::REMOVE_PASSKEY, args![id, signed.account]).await? != 1 {
        return Err(Oops::NotFound);
    }
    tell(&mut tx, &mut moment, row.worker_id, "A passkey was removed from your account").await?;
    let act = Act { action: "remove_passkey", about: &[], payload: json!({"passkey": id}) };
    note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks a browser at the door for any passkey of this council.
pub(super) async fn ask(app: &App) -> Result<Asked> {
    let (options, state) = ready(app)?
        .start_discoverable_authentication()
        .map_err(|error| Oops::Broken(format!("a passkey could not be asked for: {error}")))?;
    let token = keep(app, None, written(&state)?).await?;
    Ok(Asked { token, options: written(&options.public_key)? })
}

/// Lets in whoever shows a passkey that is kept here. None where it is not, whatever the reason.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn enter(
    app: &App,
    (token, credential): (&str, &str),
    at: &Attempt,
) -> Result<Option<Begun>> {
    let webauthn = ready(app)?;
    let Some(asked) = take(app, token).await?.filter(|row| row.account_id.is_none()) else { return Ok(None) };
    // what was asked for a first passkey is no question at the door
    let Ok(state) = serde_json::from_str::<DiscoverableAuthentication>(&asked.held) else { return Ok(None) };
    let Ok(shown) = serde_json::from_str::<PublicKeyCredential>(credential) else { return Ok(None) };
    let Ok((account, id)) = webauthn.identify_discoverable_authentication(&shown) else { return Ok(None) };
    let id = BASE64URL_NOPAD.encode(id);
    let mut tx = app.db.write().await?;
    let row: Option<KeyAccountRow> = tx.maybe(store::PASSKEY_OF, args![&id]).await?;
    let mut moment = app.moment();
    let open = |row: &KeyAccountRow| {
        row.account_id == account && door::works_here(row.ended_at, row.to_date, moment.today())
    };
    let Some(row) = row.filter(open) else { return Ok(None) };
    let mut key: Passkey = read(&row.held)?;
    let found = webauthn.finish_discoverable_authentication_v2(&shown, state, &key);
    let Some(found) = found.ok().filter(AuthenticationResult::user_verified) else {
        let who = Who::program("Someone not signed in");
        let payload = json!({"account": row.account_id, "with": "passkey"});
        note(&mut tx, &who, &mut moment, Act { action: "sign_in_refused", about: &[], payload }).await?;
        tx.commit().await?;
        return Ok(None);
    };
    key.update_credential(&found);
    tx.run(store::PASSKEY_USED, args![row.id, written(&key)?, moment.now()]).await?;
    let vouched = Vouched {
        account: row.account_id.into(),
        worker: row.worker_id,
        name: &row.name,
        failures: row.failures,
    };
    let payload = json!({"with": "passkey", "passkey": row.id});
    let begun = door::welcome(&mut tx, &mut moment, &vouched, (at, payload)).await?;
    tx.commit().await?;
    Ok(Some(begun))
}
