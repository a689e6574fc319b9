//! Holds: while one stands, nothing of the record is disposed of; of any record, where it names nobody.

use super::store::{self, HoldRow};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Tx, args};
use practice::access::{Action, Sight};
use practice::id::PersonId;
use practice::retention::HoldKind;
use serde_json::json;
use uuid::Uuid;

/// Puts a hold.
#[derive(Clone, Debug)]
pub struct PutHold {
    /// On whose record; none for every record of the council.
    pub person: Option<PersonId>,
    /// Why, in a word.
    pub kind: Option<HoldKind>,
    /// Why, in a sentence: which inquiry, which claim.
    pub reason: String,
}

async fn require(tx: &mut Tx, who: &Who, moment: &Moment, person: Option<PersonId>) -> Result<()> {
    match person {
        Some(person) => access::require(tx, who, moment.now(), person, Sight::Rights).await.map(drop),
        None => access::permit(who, Action::AnswerRights),
    }
}

fn told(field: &str, words: &str, ask: &str) -> Result<String> {
    let words = words.trim();
    if words.is_empty() { Err(Oops::wrong(field, ask)) } else { Ok(words.to_owned()) }
}

/// Puts a hold on one record, or on all.
///
/// # Errors
/// [`Oops::Wrong`] with the field, and as access says.
pub async fn put_hold(tx: &mut Tx, who: &Who, moment: &mut Moment, command: PutHold) -> Result<Uuid> {
    require(tx, who, moment, command.person).await?;
    let kind = command.kind.ok_or_else(|| Oops::wrong("kind", "Choose why it is held"))?;
    let reason =
        told("reason", &command.reason, "Say what it is held for, so that others know when it ends")?;
    let (hold, by) = (moment.id(), who.worker().map(|worker| worker.0));
    let person = command.person.map(|person| person.0);
    let none: Option<String> = None;
    let no_day: Option<jiff::civil::Date> = None;
    let values = args![
        moment.id(),
        hold,
        person,
        kind.code(),
        &reason,
        moment.today(),
        no_day,
        none,
        by,
        moment.now()
    ];
    tx.run(store::HOLD, values).await?;
    let about: Vec<PersonId> = command.person.into_iter().collect();
    let payload = json!({"hold": hold, "kind": kind, "reason": reason, "everyone": person.is_none()});
    note(tx, who, moment, Act { action: "put_hold", about: &about, payload }).await?;
    Ok(hold)
}

/// Lifts a hold. Says whose record it was on, if on one.
///
/// # Errors
/// [`Oops::NotFound`] where none stands, [`Oops::Wrong`] without a reason, and as access says.
pub async fn lift_hold(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (hold, why): (Uuid, &str),
) -> Result<Option<PersonId>> {
    let row: Option<HoldRow> = tx.maybe(store::HOLD_ONE, args![hold]).await?;
    let row = row.filter(|row| row.to_date.is_none()).ok_or(Oops::NotFound)?;
    let person = row.person_id.map(PersonId);
    require(tx, who, moment, person).await?;
    let why = told("why", why, "Say why it is no longer needed")?;
    tx.run(store::HOLD_OVER, args![row.id, moment.now()]).await?;
    let by = who.worker().map(|worker| worker.0);
    let (today, now) = (moment.today(), moment.now());
    let values = args![
        moment.id(),
        row.hold_id,
        row.person_id,
        &row.kind,
        &row.reason,
        row.from_date.0,
        today,
        &why,
        by,
        now
    ];
    tx.run(store::HOLD, values).await?;
    let about: Vec<PersonId> = person.into_iter().collect();
    let payload = json!({"hold": hold, "why": why});
    note(tx, who, moment, Act { action: "lift_hold", about: &about, payload }).await?;
    Ok(person)
}
