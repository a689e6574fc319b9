//! Things to know: each has a review date at most a year ahead and says whether the person was told of it.

use super::{Wrong, begin, some};
use crate::journal::{self, Act};
use crate::person::bonds::store;
use crate::person::facts::{self, Told, Warning};
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::civil::Date;
use practice::calendar::add_months;
use practice::id::PersonId;
use practice::person::WarningKind;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A thing to know as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWarning {
    /// Of what kind.
    pub kind: WarningKind,
    /// The fact, first and short: "Two dogs. Ring before you come in".
    pub fact: String,
    /// More about it: what to do, which order it rests on.
    pub detail: Option<String>,
    /// Since when.
    pub from: Date,
    /// When it is looked at again, at most a year ahead.
    pub review_on: Date,
    /// Whether the person was told, or why not.
    pub told: Told,
    /// With whom it was agreed.
    pub agreed_with: Option<String>,
}

impl NewWarning {
    fn check(&self, today: Date) -> Result<Self> {
        let mut wrong = Wrong::default();
        let fact = self.fact.trim().to_owned();
        let tidy = |words: &Option<String>| some(words.as_deref().unwrap_or_default());
        let (detail, agreed_with) = (tidy(&self.detail), tidy(&self.agreed_with));
        wrong.unless(!fact.is_empty(), "fact", "Say what there is to know");
        wrong.most(&fact, 200, "fact");
        wrong.most(detail.as_deref().unwrap_or_default(), 2000, "detail");
        wrong.most(agreed_with.as_deref().unwrap_or_default(), 200, "agreed_with");
        wrong.unless(self.from <= today, "from", "This cannot begin in the future");
        review(&mut wrong, self.review_on, today);
        let told = match &self.told {
            Told::Yes { on, how } => {
                let past = on.is_none_or(|on| on <= today);
                wrong.unless(past, "told_on", "The day they were told cannot be in the future");
                Told::Yes { on: *on, how: tidy(how) }
            }
            Told::No { why } => {
                wrong.unless(!why.trim().is_empty(), "not_told_why", "Say why they were not told");
                wrong.most(why, 1000, "not_told_why");
                Told::No { why: why.trim().to_owned() }
            }
        };
        wrong.done()?;
        Ok(Self { fact, detail, told, agreed_with, ..self.clone() })
    }
}

fn review(wrong: &mut Wrong, on: Date, today: Date) {
    wrong.unless(on > today, "review_on", "The review date must be in the future");
    let year = add_months(today, 12);
    wrong.unless(
        on <= year,
        "review_on",
        "The review date must be within a year: nothing stays unlooked at for longer",
    );
}

/// Records a thing to know.
#[derive(Clone, Debug)]
pub struct Warn {
    /// About whom.
    pub person: PersonId,
    /// The thing to know.
    pub warning: NewWarning,
}

/// Looked at again and still true: it goes on to another review date.
#[derive(Clone, Debug)]
pub struct RenewWarning {
    /// About whom.
    pub person: PersonId,
    /// The thing to know, as it was seen.
    pub warning: Uuid,
    /// When it is looked at next.
    pub review_on: Date,
}

/// No longer true: it ends, and cannot be opened again.
#[derive(Clone, Debug)]
pub struct EndWarning {
    /// About whom.
    pub person: PersonId,
    /// The thing to know, as it was seen.
    pub warning: Uuid,
    /// The last day it held.
    pub on: Date,
}

/// Puts right a thing to know that was recorded wrongly.
#[derive(Clone, Debug)]
pub struct CorrectWarning {
    /// About whom.
    pub person: PersonId,
    /// The thing to know, as it was seen.
    pub warning: Uuid,
    /// As it should be.
    pub put: NewWarning,
}

async fn write(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    new: &NewWarning,
    to: Option<Date>,
) -> Result<(Uuid, Json)> {
    let id = moment.id();
    let (told, on, how, why) = match &new.told {
        Told::Yes { on, how } => (true, *on, how.clone(), None),
        Told::No { why } => (false, None, None, Some(why.clone())),
    };
    let NewWarning { kind, fact, detail, from, review_on, agreed_with, .. } = new;
    let values = args![
        id,
        person,
        kind.code(),
        fact,
        detail.clone(),
        *from,
        *review_on,
        to,
        told,
        on,
        how.clone(),
        why.clone(),
        agreed_with.clone(),
        moment.now()
    ];
    tx.run(store::WARNING_ADD, values).await?;
    let image = json!({"in": "warning", "id": id, "kind": kind.code(), "fact": fact, "detail": detail, "from": from,
        "review_on": review_on, "to": to, "told": told, "told_on": on, "told_how": how, "not_told_why": why,
        "agreed_with": agreed_with});
    Ok((id, image))
}

pub(super) async fn over(tx: &mut Tx, moment: &Moment, person: PersonId, warning: Uuid) -> Result<()> {
    Ok(tx.run_one(store::WARNING_OVER, args![warning, person, moment.now()]).await?)
}

fn again(it: &Warning) -> NewWarning {
    NewWarning {
        kind: it.kind,
        fact: it.fact.clone(),
        detail: it.detail.clone(),
        from: it.from,
        review_on: it.review_on,
        told: it.told.clone(),
        agreed_with: it.agreed_with.clone(),
    }
}

/// The thing to know as it was seen; one that has ended stays ended.
async fn seen(tx: &mut Tx, person: PersonId, id: Uuid) -> Result<Warning> {
    let all = facts::warnings(tx, person, None).await?;
    let seen = all.into_iter().find(|it| it.id == id).ok_or(Oops::Stale)?;
    if seen.to.is_some() {
        let sentence = "This ended and cannot be opened again. If it is true again, record it anew";
        return Err(Oops::Refused(sentence.to_owned()));
    }
    Ok(seen)
}

/// Records a thing to know.
///
/// # Errors
/// [`Oops::Wrong`] for an empty fact, a review date past or over a year ahead, or no reason for not telling;
/// [`Oops::Refused`] where it is there already.
pub async fn warn(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Warn) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let new = command.warning.check(moment.today())?;
    let all = facts::warnings(tx, person, None).await?;
    if all.iter().any(|it| it.kind == new.kind && it.fact == new.fact && it.to.is_none()) {
        return Err(Oops::Refused("This is recorded already".to_owned()));
    }
    let (id, image) = write(tx, moment, person, &new, None).await?;
    let payload = json!({"wrote": [image]});
    journal::note(tx, who, moment, Act { action: "warn", about: &[person], payload }).await?;
    Ok(id)
}

/// Looked at again and still true.
///
/// # Errors
/// [`Oops::Wrong`] for the review date; [`Oops::Refused`] where it ended; [`Oops::Stale`] where it changed since.
pub async fn renew_warning(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: RenewWarning,
) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let seen = seen(tx, person, command.warning).await?;
    let mut wrong = Wrong::default();
    review(&mut wrong, command.review_on, moment.today());
    wrong.done()?;
    over(tx, moment, person, seen.id).await?;
    let renewed = NewWarning { review_on: command.review_on, ..again(&seen) };
    let (id, image) = write(tx, moment, person, &renewed, None).await?;
    let payload = json!({"wrote": [image], "superseded": [seen.id]});
    journal::note(tx, who, moment, Act { action: "renew_warning", about: &[person], payload }).await?;
    Ok(id)
}

/// No longer true.
///
/// # Errors
/// [`Oops::Wrong`] for a day before it began or in the future; [`Oops::Refused`] where it ended already.
pub async fn end_warning(tx: &mut Tx, who: &Who, moment: &mut Moment, command: EndWarning) -> Result<()> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let seen = seen(tx, person, command.warning).await?;
    let mut wrong = Wrong::default();
    wrong.in_order(Some(seen.from), Some(command.on), "on");
    wrong.unless(command.on <= moment.today(), "on", "The last day cannot be in the future");
    wrong.done()?;
    over(tx, moment, person, seen.id).await?;
    let (_, image) = write(tx, moment, person, &again(&seen), Some(command.on)).await?;
    let payload = json!({"wrote": [image], "superseded": [seen.id]});
    journal::note(tx, who, moment, Act { action: "end_warning", about: &[person], payload }).await?;
    Ok(())
}

/// Puts right a thing to know that was recorded wrongly.
///
/// # Errors
/// As [`warn`]; [`Oops::Stale`] where it changed since.
pub async fn correct_warning(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: CorrectWarning,
) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let seen = seen(tx, person, command.warning).await?;
    let put = command.put.check(moment.today())?;
    over(tx, moment, person, seen.id).await?;
    let (id, image) = write(tx, moment, person, &put, None).await?;
    let payload = json!({"wrote": [image], "superseded": [seen.id]});
    journal::note(tx, who, moment, Act { action: "correct_warning", about: &[person], payload }).await?;
    Ok(id)
}
