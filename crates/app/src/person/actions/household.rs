//! Who lives with whom, and since when. Someone may live in two homes.

use super::{Wrong, begin};
use crate::journal::{self, Act};
use crate::person::bonds::store;
use crate::person::facts::{self, Member};
use crate::{Moment, Oops, Result, Who, access};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::{HouseholdId, PersonId};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// Which household somebody joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// The one in which this person lives; a new one with them if they live in none so far.
    With(PersonId),
    /// This very one.
    Household(HouseholdId),
    /// A new one, alone so far.
    New,
}

/// Moves someone into a household.
#[derive(Clone, Debug)]
pub struct MoveIn {
    /// Whom.
    pub person: PersonId,
    /// Where to.
    pub join: Join,
    /// Since when, if known.
    pub from: Option<Date>,
}

/// Says that someone lives there no longer.
#[derive(Clone, Debug)]
pub struct MoveOut {
    /// Whom.
    pub person: PersonId,
    /// The row that says they live there.
    pub member: Uuid,
    /// The last day.
    pub on: Date,
}

/// Puts right when someone lived in a household.
#[derive(Clone, Debug)]
pub struct CorrectMove {
    /// Whom.
    pub person: PersonId,
    /// The row as it was seen.
    pub member: Uuid,
    /// Since when.
    pub from: Option<Date>,
    /// The last day, if they have left.
    pub to: Option<Date>,
}

async fn write(
    tx: &mut Tx,
    moment: &mut Moment,
    (household, person): (HouseholdId, PersonId),
    (from, to): (Option<Date>, Option<Date>),
) -> Result<(Uuid, Json)> {
    let id = moment.id();
    tx.run(store::MEMBER_ADD, args![id, household, person, from, to, moment.now()]).await?;
    let image = json!({"in": "household_member", "id": id, "household": household, "person": person,
        "from": from, "to": to});
    Ok((id, image))
}

pub(super) async fn over(tx: &mut Tx, moment: &Moment, person: PersonId, member: Uuid) -> Result<()> {
    Ok(tx.run_one(store::MEMBER_OVER, args![member, person, moment.now()]).await?)
}

async fn begin_household(tx: &mut Tx, moment: &mut Moment) -> Result<HouseholdId> {
    let id = moment.id();
    tx.run(store::HOUSEHOLD_ADD, args![id, None::<String>, moment.now()]).await?;
    Ok(id.into())
}

/// The household somebody lives in today, the longest first.
fn home(members: &[Member], person: PersonId, today: Date) -> Option<HouseholdId> {
    let here = |it: &&Member| it.person == person && it.to.is_none_or(|to| today <= to);
    members.iter().filter(here).min_by_key(|it| (it.from, it.recorded_at)).map(|it| it.household)
}

/// Moves someone into a household. Gives the household.
///
/// # Errors
/// [`Oops::Refused`] where they live there already; [`Oops::NotFound`] where whoever they join is not there or
/// may not be known of.
pub async fn move_in(tx: &mut Tx, who: &Who, moment: &mut Moment, command: MoveIn) -> Result<HouseholdId> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let today = moment.today();
    let mut wrote = vec![];
    let mut about = vec![person];
    let household = match command.join {
        Join::New => begin_household(tx, moment).await?,
        Join::Household(household) => household,
        Join::With(other) => {
            if other == person {
                return Err(Oops::wrong("with", "Choose somebody else"));
            }
            access::require(tx, who, moment.now(), other, Sight::Exists).await?;
            about.push(other);
            let theirs = facts::members(tx, other, None).await?;
            if let Some(household) = home(&theirs, other, today) {
                household
            } else {
                let mine = home(&facts::members(tx, person, None).await?, person, today);
                let household = match mine {
                    Some(household) => household,
                    None => begin_household(tx, moment).await?,
                };
                wrote.push(write(tx, moment, (household, other), (command.from, None)).await?.1);
                household
            }
        }
    };
    let mine = facts::members(tx, person, None).await?;
    let lives = mine.iter().any(|it| it.person == person && it.household == household && it.to.is_none());
    if lives && wrote.is_empty() {
        return Err(Oops::Refused("They live there already".to_owned()));
    }
    if !lives {
        wrote.push(write(tx, moment, (household, person), (command.from, None)).await?.1);
    }
    let payload = json!({"wrote": wrote});
    journal::note(tx, who, moment, Act { action: "move_in", about: &about, payload }).await?;
    Ok(household)
}

/// Says that someone lives there no longer.
///
/// # Errors
/// [`Oops::Wrong`] for a day before they came or in the future; [`Oops::Stale`] where it changed since.
pub async fn move_out(tx: &mut Tx, who: &Who, moment: &mut Moment, command: MoveOut) -> Result<()> {
    let (person, today) = (command.person, moment.today());
    begin(tx, who, moment, person).await?;
    let all = facts::members(tx, person, None).await?;
    let mine = |it: &&Member| it.id == command.member && it.person == person && it.to.is_none();
    let seen = all.iter().find(mine).ok_or(Oops::Stale)?;
    let mut wrong = Wrong::default();
    wrong.in_order(seen.from, Some(command.on), "on");
    wrong.unless(command.on <= today, "on", "The last day cannot be in the future");
    wrong.done()?;
    over(tx, moment, person, seen.id).await?;
    let (_, image) = write(tx, moment, (seen.household, person), (seen.from, Some(command.on))).await?;
    let payload = json!({"wrote": [image], "superseded": [command.member]});
    journal::note(tx, who, moment, Act { action: "move_out", about: &[person], payload }).await?;
    Ok(())
}

/// Puts right when someone lived in a household.
///
/// # Errors
/// As [`move_out`].
pub async fn correct_move(tx: &mut Tx, who: &Who, moment: &mut Moment, command: CorrectMove) -> Result<()> {
    let (person, today) = (command.person, moment.today());
    begin(tx, who, moment, person).await?;
    let all = facts::members(tx, person, None).await?;
    let seen = all.iter().find(|it| it.id == command.member && it.person == person).ok_or(Oops::Stale)?;
    let mut wrong = Wrong::default();
    wrong.in_order(command.from, command.to, "to");
    wrong.unless(command.to.is_none_or(|to| to <= today), "to", "The last day cannot be in the future");
    wrong.done()?;
    over(tx, moment, person, seen.id).await?;
    let (_, image) = write(tx, moment, (seen.household, person), (command.from, command.to)).await?;
    let payload = json!({"wrote": [image], "superseded": [command.member]});
    journal::note(tx, who, moment, Act { action: "correct_move", about: &[person], payload }).await?;
    Ok(())
}
