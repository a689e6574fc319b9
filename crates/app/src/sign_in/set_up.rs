//! Setting up: whoever holds a one-time link chooses their own password and joins their phone to it.

use super::door::{self, Attempt, Begun};
use super::store::{self, InvitationRow};
use super::{code, password};
use crate::journal::{Act, note};
use crate::who::token_hash;
use crate::{App, Moment, Oops, Result, Who};
use data_encoding::BASE64URL_NOPAD;
use db::{Tx, args};
use jiff::{SignedDuration, Timestamp};
use practice::id::AccountId;
use practice::role::Role;
use serde_json::json;
use uuid::Uuid;

/// For how long the link to the first administrator works.
const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A link that can be used.
#[derive(Clone)]
pub(super) struct Invitation {
    row: InvitationRow,
    /// From which the codes on the phone are made.
    pub(super) secret: Vec<u8>,
}

/// What someone typed to set up.
#[derive(Clone, Default)]
pub(super) struct SetUp {
    /// Their name, where they are the first administrator.
    pub(super) name: String,
    /// What they will sign in as, where they are the first administrator.
    pub(super) sign_in_name: String,
    /// The password they chose.
    pub(super) password: String,
    /// Once more.
    pub(super) again: String,
    /// What the phone shows now.
    pub(super) code: String,
}

/// What is new and seen once.
pub(super) struct Set {
    /// Their session.
    pub(super) begun: Begun,
    /// The ten recovery codes.
    pub(super) codes: Vec<String>,
    /// What to say of the password.
    pub(super) strength: &'static str,
}

impl Invitation {
    /// Whether it makes the first administrator.
    pub(super) fn is_first(&self) -> bool {
        self.row.account_id.is_none()
    }

    /// Whether it is for someone who could sign in before.
    pub(super) fn is_reset(&self) -> bool {
        self.row.purpose == "reset"
    }

    /// Whose, and what they sign in as; empty for the first administrator.
    pub(super) fn whose(&self) -> (&str, &str) {
        (self.row.name.as_deref().unwrap_or(""), self.row.sign_in_name.as_deref().unwrap_or(""))
    }

    /// Until when it works.
    pub(super) const fn until(&self) -> Timestamp {
        self.row.expires_at.0
    }
}

/// The link with this token, while it can be used.
pub(super) async fn find(app: &App, token: &str) -> Result<Option<Invitation>> {
    let now = app.moment().now();
    let mut conn = app.db.read().await?;
    let row: Option<InvitationRow> = conn.maybe(store::INVITATION, args![&token_hash(token), now]).await?;
    let Some(row) = row else { return Ok(None) };
    if row.account_id.is_none() && conn.number(store::CAN_SIGN_IN, args![]).await? > 0 {
        return Ok(None);
    }
    let secret =
        row.code_secret.clone().ok_or_else(|| Oops::Broken("a link without its secret".to_owned()))?;
    Ok(Some(Invitation { row, secret }))
}

/// Makes the one-time link to the first administrator, where nobody can sign in yet; none where someone can.
/// An earlier such link stops working.
///
/// # Errors
/// Where the database refuses.
pub async fn first_link(app: &App) -> Result<Option<String>> {
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    if tx.number(store::CAN_SIGN_IN, args![]).await? > 0 {
        return Ok(None);
    }
    tx.run(store::VOID_FIRST, args![moment.now()]).await?;
    let token = BASE64URL_NOPAD.encode(&moment.bytes32());
    let (id, secret, until) = (moment.id(), code::secret(&mut moment), moment.now() + LASTS);
    tx.run(store::INVITE_FIRST, args![id, &token_hash(&token), secret, moment.now(), until]).await?;
    let payload = json!({"purpose": "first-administrator", "until": until});
    let act = Act { action: "invite_first_administrator", about: &[], payload };
    note(&mut tx, &Who::program("serve"), &mut moment, act).await?;
    tx.commit().await?;
    Ok(Some(format!("{}/invitation/{token}", app.settings.public_url)))
}

/// What is wrong with what was typed; the password is judged aside, because that takes a moment.
async fn check(app: &App, invitation: &Invitation, typed: &SetUp) -> Result<i64> {
    let mut wrong = vec![];
    let mut about = vec![app.settings.council.clone()];
    if invitation.is_first() {
        let name = typed.name.trim();
        if name.is_empty() || name.chars().count() > 200 {
            wrong.push(("name", "Write your name".to_owned()));
        }
        let short = door::sign_in_name(&typed.sign_in_name);
        let fits = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        let begins = short.starts_with(|letter: char| letter.is_ascii_alphanumeric());
        if short.len() > 40 || !begins || !short.chars().all(fits) {
            let words = "Use 1 to 40 letters, digits, full stops, hyphens or underscores, such as ola.reyes";
            wrong.push(("sign_in_name", words.to_owned()));
        }
        about.extend([name.to_owned(), short]);
    } else {
        let (name, short) = invitation.whose();
        about.extend([name.to_owned(), short.to_owned()]);
    }
    let password = typed.password.clone();
    let judged = app
        .aside(move || {
            let about: Vec<&str> = about.iter().map(String::as_str).collect();
            password::judge(&password, &about)
        })
        .await?;
    match judged {
        Err(words) => wrong.push(("password", words)),
        Ok(()) if typed.again != typed.password => {
            wrong.push(("again", "This is not the same password. Type both once more".to_owned()));
        }
        Ok(()) => {}
    }
    let step = code::step_of(&invitation.secret, &typed.code, app.moment().now());
    let words = "This is not the code your phone shows now. Wait for the next one and type that";
    if let (Some(step), true) = (step, wrong.is_empty()) {
        return Ok(step);
    }
    if step.is_none() {
        wrong.push(("code", words.to_owned()));
    }
    Err(Oops::Wrong(wrong.into_iter().map(|(field, words)| (field.to_owned(), words)).collect()))
}

/// Uses the link: sets password and code, makes ten recovery codes, ends every earlier session and begins one.
///
/// # Errors
/// [`Oops::Wrong`] names what to put right; [`Oops::NotFound`] where the link was used meanwhile.
pub(super) async fn set_up(app: &App, invitation: Invitation, typed: SetUp, at: Attempt) -> Result<Set> {
    let step = check(app, &invitation, &typed).await?;
    let mut moment = app.moment();
    let codes = code::recovery_codes(&mut moment);
    let (salt, other) = (password::salt(&mut moment), password::salt(&mut moment));
    let (words, plain) = (typed.password.clone(), codes.clone());
    let (hash, stored) =
        password::aside(app, move || Ok((password::hash(&words, salt)?, code::stored(&plain, other)?)))
            .await?;
    let mut tx = app.db.write().await?;
    if tx.run(store::USE_INVITATION, args![invitation.row.id, moment.now()]).await? != 1 {
        return Err(Oops::NotFound);
    }
    let (account, name) = match invitation.row.account_id {
        Some(account) => (account.into(), invitation.whose().0.to_owned()),
        None => first(&mut tx, &mut moment, &typed).await?,
    };
    if tx.run(store::SET_KEYS, args![account, hash, invitation.secret.clone(), step]).await? != 1 {
        return Err(Oops::NotFound);
    }
    replace_recovery(&mut tx, &mut moment, account, stored).await?;
    tx.run(store::END_SESSIONS, args![account, moment.now()]).await?;
    tx.run(store::FORGET_BROWSERS, args![account]).await?;
    tx.run(store::REMOVE_PASSKEYS, args![account]).await?;
    tx.run(store::END_TOKENS, args![account, moment.now()]).await?;
    let payload = json!({"with": "one-time link", "purpose": invitation.row.purpose, "device": at.device});
    let begun = door::begin(&mut tx, &mut moment, account, &name, (&at, payload)).await?;
    tx.commit().await?;
    let strength = password::strength(&typed.password);
    Ok(Set { begun, codes, strength })
}

/// The earlier recovery codes go, these come.
pub(super) async fn replace_recovery(
    tx: &mut Tx,
    moment: &mut Moment,
    account: AccountId,
    stored: Vec<Vec<u8>>,
) -> Result<()> {
    tx.run(store::CLEAR_RECOVERY, args![account]).await?;
    for hash in stored {
        tx.run(store::ADD_RECOVERY, args![moment.id(), account, hash]).await?;
    }
    Ok(())
}

/// The first administrator: a worker with that one post, and their account.
async fn first(tx: &mut Tx, moment: &mut Moment, typed: &SetUp) -> Result<(AccountId, String)> {
    if tx.number(store::CAN_SIGN_IN, args![]).await? > 0 {
        return Err(Oops::NotFound);
    }
    let short = door::sign_in_name(&typed.sign_in_name);
    if tx.number(store::TAKEN, args![&short]).await? > 0 {
        return Err(Oops::wrong("sign_in_name", "Someone signs in with this name already. Choose another"));
    }
    let name = typed.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (worker, account): (Uuid, Uuid) = (moment.id(), moment.id());
    let today = moment.today();
    tx.run(store::ADD_WORKER, args![worker, &short, &name, 8_i64, today]).await?;
    let role = Role::SystemAdministrator.code();
    tx.run(store::ADD_POST, args![moment.id(), worker, role, today, moment.now()]).await?;
    tx.run(store::ADD_ACCOUNT, args![account, worker, &short, moment.now()]).await?;
    let payload = json!({"worker": worker, "account": account, "code": short, "name": name});
    let act = Act { action: "add_first_administrator", about: &[], payload };
    note(tx, &Who::program("one-time link"), moment, act).await?;
    Ok((account.into(), name))
}
