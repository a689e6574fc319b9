//! Saying of two records that they are of two people, with the reason, so that nobody asks again; and taking that back.

use super::actions::{require_both, told as reason_of};
use super::store;
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who};
use db::{Conn, Tx, args};
use practice::id::PersonId;
use serde_json::json;
use uuid::Uuid;

/// Says that two records are of two people.
#[derive(Clone, Debug)]
pub struct TellApart {
    /// The one.
    pub one: PersonId,
    /// The other.
    pub two: PersonId,
    /// How it is known.
    pub reason: String,
}

/// Whether somebody looked and said that these are two people.
pub(super) async fn told(conn: &mut Conn, one: PersonId, two: PersonId) -> Result<bool> {
    Ok(conn.number(store::TOLD_APART, args![one, two]).await? > 0)
}

/// Says that two records are of two people. They are no longer listed as likely to be one, and are not joined
/// until that is taken back.
///
/// # Errors
/// [`Oops::Wrong`] with the field `apart` without a reason; [`Oops::Refused`] where it is said already.
pub async fn tell_apart(tx: &mut Tx, who: &Who, moment: &mut Moment, command: TellApart) -> Result<Uuid> {
    let TellApart { one, two, reason } = command;
    require_both(tx, who, moment.now(), [one, two]).await?;
    if one == two {
        return Err(Oops::Refused("This is one record".to_owned()));
    }
    let reason = reason_of("apart", &reason, "Say how you know that they are two people")?;
    for person in [one.min(two), one.max(two)] {
        tx.run(store::LOCK, args![person]).await?;
    }
    if told(tx, one, two).await? {
        return Err(Oops::Refused("This is said already".to_owned()));
    }
    let id = moment.id();
    let by = who.worker().map(|worker| worker.0);
    tx.run(store::TELL_APART, args![id, one, two, &reason, by, moment.now()]).await?;
    tx.run(store::FORGET_TWO, args![one, two]).await?;
    let payload = json!({"id": id, "one": one, "two": two, "reason": reason});
    note(tx, who, moment, Act { action: "tell_apart", about: &[one, two], payload }).await?;
    Ok(id)
}

/// Takes back that two records are of two people. The decision stays readable in the journal.
///
/// # Errors
/// [`Oops::Stale`] where it has been taken back already.
pub async fn take_back(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (one, two): (PersonId, PersonId),
) -> Result<()> {
    require_both(tx, who, moment.now(), [one, two]).await?;
    if tx.run(store::TAKE_BACK, args![one, two, moment.now()]).await? == 0 {
        return Err(Oops::Stale);
    }
    let payload = json!({"one": one, "two": two});
    note(tx, who, moment, Act { action: "take_back_told_apart", about: &[one, two], payload }).await?;
    Ok(())
}
