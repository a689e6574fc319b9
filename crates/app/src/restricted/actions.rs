//! Changing who may find a record. Only the restricted-records officer does.

use super::store::{self, NamedRow};
use crate::access;
use crate::journal::{self, Act};
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::calendar::add_days;
use practice::id::{PersonId, WorkerId};
use practice::person::AccessLevel;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// Making a record restricted, or findable again.
#[derive(Clone, Debug)]
pub struct SetLevel {
    /// Whose.
    pub person: PersonId,
    /// Findable or restricted; sealing is an action of its own.
    pub level: AccessLevel,
    /// Why.
    pub reason: String,
    /// When a restricted record is looked at again.
    pub review_on: Option<Date>,
    /// Who is named on its list from the start: a working relationship alone does not open it any more.
    pub named: Vec<WorkerId>,
}

/// Naming someone on the list of a record.
#[derive(Clone, Debug)]
pub struct NameReader {
    /// Whose record.
    pub person: PersonId,
    /// Who is named.
    pub worker: WorkerId,
    /// Why.
    pub reason: String,
    /// The last day, if one is known.
    pub until: Option<Date>,
}

/// Taking someone off the list of a record, at once.
#[derive(Clone, Copy, Debug)]
pub struct EndNamed {
    /// Whose record.
    pub person: PersonId,
    /// Which place on the list.
    pub named: Uuid,
}

async fn note(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    act: (&'static str, PersonId, Json),
) -> Result<()> {
    let (action, person, payload) = act;
    journal::note(tx, who, moment, Act { action, about: &[person], payload }).await?;
    Ok(())
}

fn told(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    if reason.is_empty() { Err(Oops::wrong("reason", "Say why")) } else { Ok(reason) }
}

async fn put_level(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    level: AccessLevel,
    reason: &str,
    review_on: Option<Date>,
) -> Result<()> {
    tx.run(store::LEVEL_END, args![person, moment.now()]).await?;
    let values = args![moment.id(), person, level.code(), reason, review_on, moment.now()];
    tx.run(store::LEVEL_ADD, values).await?;
    tx.run(store::LEVEL, args![person, level.code()]).await?;
    Ok(())
}

fn later(review_on: Option<Date>, today: Date) -> Result<Date> {
    match review_on {
        Some(day) if day > today => Ok(day),
        Some(_) => Err(Oops::wrong("review_on", "The day to look at it again must be to come")),
        None => Err(Oops::wrong("review_on", "Say when this is looked at again")),
    }
}

/// Makes a record restricted or findable.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`]; [`Oops::Wrong`] with the fields `reason` and `review_on`.
pub async fn set_level(tx: &mut Tx, who: &Who, moment: &mut Moment, command: SetLevel) -> Result<()> {
    let SetLevel { person, level, reason, review_on, named } = command;
    access::require(tx, who, moment.now(), person, Sight::ManageAccess).await?;
    tx.run_one(store::LOCK, args![person]).await?;
    let reason = told(&reason)?;
    let review_on = match level {
        AccessLevel::Restricted => Some(later(review_on, moment.today())?),
        AccessLevel::Findable => None,
        AccessLevel::Sealed => return Err(Oops::Refused("A record is sealed by its own action".to_owned())),
    };
    put_level(tx, moment, person, level, reason, review_on).await?;
    let payload = json!({ "level": level.code(), "reason": reason, "review_on": review_on });
    note(tx, who, moment, ("set_access_level", person, payload)).await?;
    for worker in named {
        let reason = "Worked with them when the record was restricted".to_owned();
        name_reader(tx, who, moment, NameReader { person, worker, reason, until: None }).await?;
    }
    Ok(())
}

/// Says that a restricted record was looked at again and stays so until another day.
///
/// # Errors
/// As [`set_level`].
pub async fn review_level(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    person: PersonId,
    reason: &str,
    review_on: Option<Date>,
) -> Result<()> {
    access::require(tx, who, moment.now(), person, Sight::ManageAccess).await?;
    tx.run_one(store::LOCK, args![person]).await?;
    let reason = told(reason)?;
    let review_on = later(review_on, moment.today())?;
    put_level(tx, moment, person, AccessLevel::Restricted, reason, Some(review_on)).await?;
    let payload = json!({ "reason": reason, "review_on": review_on });
    note(tx, who, moment, ("review_access_level", person, payload)).await
}

/// Seals a record, as adoption law asks: from now on it is absent to everyone, everywhere. No page opens it
/// again; lawful access to a sealed record is an action of its own, still to come.
///
/// # Errors
/// As [`set_level`].
pub async fn seal_record(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    person: PersonId,
    reason: &str,
) -> Result<()> {
    access::require(tx, who, moment.now(), person, Sight::ManageAccess).await?;
    tx.run_one(store::LOCK, args![person]).await?;
    let reason = told(reason)?;
    put_level(tx, moment, person, AccessLevel::Sealed, reason, None).await?;
    note(tx, who, moment, ("seal_record", person, json!({ "reason": reason }))).await
}

/// Names a worker on the list of a record. It binds while the record is restricted.
///
/// # Errors
/// As [`set_level`], with the fields `name_reason` and `until`; [`Oops::Wrong`] where they are named already.
pub async fn name_reader(tx: &mut Tx, who: &Who, moment: &mut Moment, command: NameReader) -> Result<()> {
    let NameReader { person, worker, reason, until } = command;
    access::require(tx, who, moment.now(), person, Sight::ManageAccess).await?;
    tx.run_one(store::LOCK, args![person]).await?;
    let today = moment.today();
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Oops::wrong("name_reason", "Say why they need to open this record"));
    }
    if until.is_some_and(|until| until < today) {
        return Err(Oops::wrong("until", "The last day must be today or to come"));
    }
    let rows: Vec<NamedRow> = tx.all(store::NAMED, args![person, today]).await?;
    if rows.iter().any(|row| row.worker_id == worker.0 && row.from_date.0 <= today) {
        return Err(Oops::wrong("worker", "They are named already"));
    }
    let id = moment.id();
    tx.run(store::NAME, args![id, person, worker, reason, today, until, moment.now()]).await?;
    let payload = json!({ "named": id, "worker": worker, "reason": reason, "from": today, "until": until });
    note(tx, who, moment, ("name_reader", person, payload)).await
}

/// Takes a worker off the list of a record, from this instant.
///
/// # Errors
/// As [`set_level`]; [`Oops::Stale`] where they were taken off already.
pub async fn end_named(tx: &mut Tx, who: &Who, moment: &mut Moment, command: EndNamed) -> Result<()> {
    access::require(tx, who, moment.now(), command.person, Sight::ManageAccess).await?;
    let today = moment.today();
    let rows: Vec<NamedRow> = tx.all(store::NAMED, args![command.person, today]).await?;
    let row = rows.into_iter().find(|row| row.id == command.named).ok_or(Oops::Stale)?;
    tx.run_one(store::NAME_END, args![row.id, moment.now()]).await?;
    // a last day counts in full, so that the last day of who goes now is yesterday
    let last = add_days(today, -1);
    if row.from_date.0 <= last {
        let values =
            args![moment.id(), command.person, row.worker_id, &row.reason, row.from_date, last, moment.now()];
        tx.run(store::NAME, values).await?;
    }
    let payload = json!({ "named": row.id, "worker": row.worker_id, "last_day": last });
    note(tx, who, moment, ("end_named_reader", command.person, payload)).await
}
