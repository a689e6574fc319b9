//! A person of the record comes in for the first time: the link they were given and the code they were told together open
//! a page on which they choose what they come in with from then on.

use super::door::{self, Attempt, Begun};
use super::passkey::{self, Asked};
use super::store::{self, TheirInvitationRow};
use super::{code, password, their_keys};
use crate::journal::{Act, note};
use crate::who::{code_hash, token_hash};
use crate::{App, Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::ToSpan;
use practice::access::Reader;
use practice::entrusted::PROXY_LOOKED_AT;
use practice::id::{AccountId, PersonId};
use practice::space::{self, InSpace, Standing, TRIES};
use serde_json::json;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// An invitation that can be used.
#[derive(Clone)]
pub(super) struct Invited {
    row: TheirInvitationRow,
}

/// What somebody chose to come in with.
#[derive(Clone, Default)]
pub(super) struct Chosen {
    pub(super) name: String,
    pub(super) password: String,
    pub(super) again: String,
    pub(super) code: String,
}

/// What is wrong with what was chosen, for a page in any language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Name,
    Taken,
    Short,
    Easy,
    Differs,
    Phone,
}

impl Invited {
    /// Who is invited.
    pub(super) fn name(&self) -> &str {
        &self.row.name
    }

    /// From which the codes on the phone are made.
    pub(super) fn secret(&self) -> Option<&[u8]> {
        self.row.code_secret.as_deref()
    }
}

/// The invitation of a link, while it can be used.
pub(super) async fn find(app: &App, token: &str) -> Result<Option<Invited>> {
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let row: Option<TheirInvitationRow> =
        conn.maybe(store::THEIR_INVITATION, args![&token_hash(token)]).await?;
    Ok(row.filter(|row| standing(row, &moment) == Standing::Open).map(|row| Invited { row }))
}

fn standing(row: &TheirInvitationRow, moment: &Moment) -> Standing {
    let held = space::Invitation {
        until: row.expires_at.0,
        tries: row.tries,
        used: row.used_at.is_some(),
        taken_back: row.taken_back_at.is_some(),
    };
    space::standing(&held, moment.now())
}

/// Whether the code that was said is right. A wrong one is counted before it is looked at further; the tries that are
/// left come back with it. Once it was right, the secret for their phone is there.
pub(super) async fn said(app: &App, token: &str, typed: &str) -> Result<std::result::Result<Invited, i64>> {
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row: Option<TheirInvitationRow> =
        tx.maybe(store::THEIR_INVITATION, args![&token_hash(token)]).await?;
    let row = row.filter(|row| standing(row, &moment) == Standing::Open).ok_or(Oops::NotFound)?;
    let right = bool::from(row.code_hash.as_slice().ct_eq(&code_hash(token, typed)));
    if !right {
        tx.run(store::WRONG_CODE, args![row.id, row.tries]).await?;
        let payload = json!({"invitation": row.id, "tries": row.tries + 1});
        let act = Act { action: "refuse_invitation_code", about: &[row.comes_id.into()], payload };
        note(&mut tx, &Who::program("Someone not signed in"), &mut moment, act).await?;
        tx.commit().await?;
        return Ok(Err((TRIES - row.tries - 1).max(0)));
    }
    tx.run(store::INVITED_SECRET, args![row.id, code::secret(&mut moment)]).await?;
    let row: Option<TheirInvitationRow> =
        tx.maybe(store::THEIR_INVITATION, args![&token_hash(token)]).await?;
    tx.commit().await?;
    Ok(Ok(Invited { row: row.ok_or(Oops::NotFound)? }))
}

fn fits(name: &str) -> bool {
    let letter = |one: char| one.is_alphanumeric() || "._-@+".contains(one);
    (3..=40).contains(&name.chars().count()) && name.chars().all(letter)
}

/// What is wrong with what was chosen; the step of time of their phone where nothing is.
async fn check(
    app: &App,
    invited: &Invited,
    chosen: &Chosen,
) -> Result<std::result::Result<i64, Vec<Wrong>>> {
    let mut wrong = vec![];
    let name = door::sign_in_name(&chosen.name);
    if !fits(&name) {
        wrong.push(Wrong::Name);
    }
    if chosen.password.chars().count() < password::LEAST {
        wrong.push(Wrong::Short);
    } else {
        let (typed, about) = (chosen.password.clone(), vec![invited.row.name.clone(), name]);
        let judged = app
            .aside(move || {
                let about: Vec<&str> = about.iter().map(String::as_str).collect();
                password::judge(&typed, &about)
            })
            .await?;
        if judged.is_err() {
            wrong.push(Wrong::Easy);
        } else if chosen.password != chosen.again {
            wrong.push(Wrong::Differs);
        }
    }
    let secret = invited.secret().unwrap_or(&[]);
    match code::step_of(secret, &chosen.code, app.moment().now()) {
        Some(step) if wrong.is_empty() => Ok(Ok(step)),
        Some(_) => Ok(Err(wrong)),
        None => {
            wrong.push(Wrong::Phone);
            Ok(Err(wrong))
        }
    }
}

/// Sets up how they come in from now on, and lets them in.
///
/// # Errors
/// [`Oops::NotFound`] where the invitation stopped working meanwhile.
pub(super) async fn set_up(
    app: &App,
    invited: &Invited,
    chosen: Chosen,
    at: Attempt,
) -> Result<std::result::Result<Begun, Vec<Wrong>>> {
    let step = match check(app, invited, &chosen).await? {
        Ok(step) => step,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let salt = password::salt(&mut app.moment());
    let typed = chosen.password.clone();
    let hash = password::aside(app, move || password::hash(&typed, salt)).await?;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    if tx.run(store::USE_THEIR_INVITATION, args![invited.row.id, moment.now()]).await? != 1 {
        return Err(Oops::NotFound);
    }
    let name = door::sign_in_name(&chosen.name);
    let Some(account) = account(&mut tx, &mut moment, invited.row.comes_id, &name).await? else {
        tx.give_up().await?;
        return Ok(Err(vec![Wrong::Taken]));
    };
    tx.run(store::SET_KEYS, args![account, hash, invited.secret(), step]).await?;
    tx.run(store::END_SESSIONS, args![account, moment.now()]).await?;
    tx.run(store::REMOVE_PASSKEYS, args![account]).await?;
    let part = InSpace::from_code(&invited.row.part)
        .ok_or_else(|| Oops::Broken(format!("space_invitation.part of {}", invited.row.id)))?;
    let who = Who {
        account: Some(account),
        reader: Reader::Person(invited.row.comes_id.into()),
        ..Who::program(invited.name())
    };
    come_in(&mut tx, &Who { program: false, ..who }, &mut moment, (&invited.row, part)).await?;
    let payload = json!({"with": "invitation", "device": at.device});
    let begun = door::begin(&mut tx, &mut moment, account, invited.name(), (&at, payload)).await?;
    tx.commit().await?;
    Ok(Ok(begun))
}

/// Asks the browser for a passkey with which somebody invited comes in from now on.
///
/// # Errors
/// [`Oops::NotFound`] where passkeys cannot be kept here.
pub(super) async fn ask_key(app: &App, invited: &Invited) -> Result<Asked> {
    let mut conn = app.db.read().await?;
    let held: Option<(Uuid,)> = conn.maybe(store::ACCOUNT_OF_PERSON, args![invited.row.comes_id]).await?;
    drop(conn);
    // no account is made before the key is there
    let there = held.map(|(account,)| AccountId(account));
    let account = there.map_or_else(|| app.moment().id(), |account| account.0);
    // the list of keys on a phone that others look at should not say whose space it opens
    passkey::ask_for(app, (account, there), ("me", "me"), &[]).await
}

/// Sets up a passkey as the way in, and lets them in. None where the browser's answer does not fit.
///
/// # Errors
/// [`Oops::NotFound`] where the invitation stopped working meanwhile.
pub(super) async fn set_up_key(
    app: &App,
    invited: &Invited,
    answer: (&str, &str),
    at: Attempt,
) -> Result<Option<Begun>> {
    let Some((made_for, key)) = passkey::answered(app, answer).await? else { return Ok(None) };
    let part = InSpace::from_code(&invited.row.part)
        .ok_or_else(|| Oops::Broken(format!("space_invitation.part of {}", invited.row.id)))?;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    if tx.run(store::USE_THEIR_INVITATION, args![invited.row.id, moment.now()]).await? != 1 {
        return Err(Oops::NotFound);
    }
    let held: Option<(Uuid,)> = tx.maybe(store::ACCOUNT_OF_PERSON, args![invited.row.comes_id]).await?;
    match held {
        Some((held,)) if held != made_for => {
            tx.give_up().await?;
            return Ok(None);
        }
        Some(_) => {}
        None => {
            // nobody signs in by this name: it only has to be one
            let name = format!("key-{}", made_for.simple());
            let values = args![made_for, invited.row.comes_id, name, moment.now()];
            tx.run(store::ADD_THEIR_ACCOUNT, values).await?;
        }
    }
    let account = AccountId(made_for);
    if !their_keys::only_key(&mut tx, &mut moment, account, &key).await? {
        tx.give_up().await?;
        return Ok(None);
    }
    let reader = Reader::Person(invited.row.comes_id.into());
    let who = Who { account: Some(account), reader, program: false, ..Who::program(invited.name()) };
    come_in(&mut tx, &who, &mut moment, (&invited.row, part)).await?;
    let payload = json!({"with": "invitation", "passkey": true, "device": at.device});
    let begun = door::begin(&mut tx, &mut moment, account, invited.name(), (&at, payload)).await?;
    tx.commit().await?;
    Ok(Some(begun))
}

/// The account of a person, made where there is none; none where somebody else has the name.
async fn account(tx: &mut Tx, moment: &mut Moment, person: Uuid, name: &str) -> Result<Option<AccountId>> {
    let held: Option<(Uuid,)> = tx.maybe(store::ACCOUNT_OF_PERSON, args![person]).await?;
    if let Some((held,)) = held {
        // invited anew: the name they had stays theirs, and they may choose another
        let renamed = tx.run(store::RENAME, args![held, name]).await? == 1;
        return Ok(renamed.then_some(held.into()));
    }
    if tx.number(store::NAME_TAKEN, args![name]).await? > 0 {
        return Ok(None);
    }
    let id = moment.id();
    tx.run(store::ADD_THEIR_ACCOUNT, args![id, person, name, moment.now()]).await?;
    Ok(Some(id.into()))
}

/// Whether they come in to another space already, and this one is new to them: then what they come in with stays as it is,
/// and they sign in with it first.
pub(super) async fn comes_already(app: &App, invited: &Invited) -> Result<bool> {
    let (comes, of) = (invited.row.comes_id, invited.row.person_id);
    let mut conn = app.db.read().await?;
    let elsewhere = conn.number(store::COMES_ELSEWHERE, args![comes, of, app.moment().today()]).await? > 0;
    Ok(elsewhere && conn.number(store::NOT_HERE_YET, args![comes, of]).await? == 0)
}

/// Opens one more space to somebody who is signed in, once the code was right. None where it is not theirs.
///
/// # Errors
/// [`Oops::NotFound`] where the invitation stopped working meanwhile, or is somebody else's.
pub(super) async fn add_space(app: &App, invited: &Invited, who: &Who) -> Result<()> {
    if who.reader != Reader::Person(invited.row.comes_id.into()) {
        return Err(Oops::NotFound);
    }
    let part = InSpace::from_code(&invited.row.part)
        .ok_or_else(|| Oops::Broken(format!("space_invitation.part of {}", invited.row.id)))?;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    if tx.run(store::USE_THEIR_INVITATION, args![invited.row.id, moment.now()]).await? != 1 {
        return Err(Oops::NotFound);
    }
    come_in(&mut tx, who, &mut moment, (&invited.row, part)).await?;
    tx.commit().await?;
    Ok(())
}

/// From now on they come in to this space.
async fn come_in(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (row, part): (&TheirInvitationRow, InSpace),
) -> Result<()> {
    let today = moment.today();
    let (comes, of): (PersonId, PersonId) = (row.comes_id.into(), row.person_id.into());
    if tx.number(store::IN_ALREADY, args![comes, of, part.code(), today]).await? == 0 {
        let until = row.until_date.map(|day| day.0);
        let reason = row.reason.as_deref();
        let review = (part == InSpace::Proxy).then(|| today + i64::from(PROXY_LOOKED_AT).days());
        let values = args![
            moment.id(),
            comes,
            of,
            part.code(),
            reason,
            today,
            until,
            moment.now(),
            row.reads,
            row.writes,
            review
        ];
        tx.run(store::COME_IN, values).await?;
    }
    let payload = json!({"invitation": row.id, "part": part.code(), "space_of": of});
    note(tx, who, moment, Act { action: "come_in_to_space", about: &[comes, of], payload }).await?;
    Ok(())
}

/// Opens a space without anything to come in with: in a demonstration one chooses whom to be.
///
/// # Errors
/// [`Oops::NotFound`] anywhere else.
pub async fn open_for_show(
    tx: &mut Tx,
    moment: &mut Moment,
    (comes, of, part): (PersonId, PersonId, InSpace),
) -> Result<AccountId> {
    let name = format!("show-{comes}");
    let account = account(tx, moment, comes.0, &name).await?.ok_or(Oops::NotFound)?;
    let today = moment.today();
    let values = args![
        moment.id(),
        comes,
        of,
        part.code(),
        None::<&str>,
        today,
        None::<jiff::civil::Date>,
        moment.now(),
        part == InSpace::Proxy,
        part == InSpace::Proxy,
        (part == InSpace::Proxy).then(|| today + i64::from(PROXY_LOOKED_AT).days())
    ];
    tx.run(store::COME_IN, values).await?;
    let payload = json!({"account": account, "part": part.code(), "space_of": of});
    let act = Act { action: "come_in_to_space", about: &[comes, of], payload };
    note(tx, &Who::program("demonstration"), moment, act).await?;
    Ok(account)
}
