//! Naming someone: names are dated, of several kinds, and the chosen one is shown first.

use super::{Wrong, begin, day_before};
use crate::journal::{self, Act};
use crate::person::facts::{self, Name};
use crate::person::{index, shown, store};
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::civil::Date;
use practice::id::PersonId;
use practice::person::{IdentifierKind, NameKind, PersonKind};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A name as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewName {
    /// Chosen, legal, at birth, also known as.
    pub kind: NameKind,
    /// Given names, in order.
    pub given: String,
    /// The family name.
    pub family: String,
    /// Since when, if known.
    pub from: Option<Date>,
    /// The last day it was used, if it is no longer.
    pub to: Option<Date>,
}

impl NewName {
    /// A name in use, from when on is not known.
    pub fn new(kind: NameKind, given: &str, family: &str) -> Self {
        Self { kind, given: given.to_owned(), family: family.to_owned(), from: None, to: None }
    }

    pub(super) fn check(&self, today: Date) -> Result<Self> {
        let squeeze = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let tidy = Self { given: squeeze(&self.given), family: squeeze(&self.family), ..self.clone() };
        let mut wrong = Wrong::default();
        let letters = tidy.given.chars().chain(tidy.family.chars()).any(char::is_alphabetic);
        wrong.unless(letters, "given", "Give at least one name, with letters");
        wrong.most(&tidy.given, 100, "given");
        wrong.most(&tidy.family, 100, "family");
        wrong.in_order(tidy.from, tidy.to, "to");
        wrong.unless(tidy.from.is_none_or(|from| from <= today), "from", "A name cannot begin in the future");
        wrong.unless(tidy.to.is_none_or(|to| to <= today), "to", "A name cannot end in the future");
        wrong.done()?;
        Ok(tidy)
    }
}

/// Gives someone a further or a new name. A new legal or chosen name ends the one before.
#[derive(Clone, Debug)]
pub struct NamePerson {
    /// Whom.
    pub person: PersonId,
    /// The name.
    pub name: NewName,
}

/// Puts right a name that was recorded wrongly. The wrong one stays readable.
#[derive(Clone, Debug)]
pub struct CorrectName {
    /// Whose.
    pub person: PersonId,
    /// The name as it was seen.
    pub name: Uuid,
    /// As it should be.
    pub put: NewName,
}

/// Says that a name is no longer used.
#[derive(Clone, Debug)]
pub struct EndName {
    /// Whose.
    pub person: PersonId,
    /// The name.
    pub name: Uuid,
    /// The last day it was used.
    pub on: Date,
}

pub(super) async fn write(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    name: &NewName,
) -> Result<(Uuid, Json)> {
    let id = moment.id();
    let NewName { kind, given, family, from, to } = name;
    tx.run(store::NAME_ADD, args![id, person, kind.code(), given, family, *from, *to, moment.now()]).await?;
    let image = json!({"in": "person_name", "id": id, "kind": kind.code(), "given": given, "family": family,
        "from": from, "to": to});
    Ok((id, image))
}

pub(super) async fn over(tx: &mut Tx, moment: &Moment, person: PersonId, name: Uuid) -> Result<()> {
    Ok(tx.run_one(store::NAME_OVER, args![name, person, moment.now()]).await?)
}

/// Keeps the shown name, the initials and the index of names as the names now say.
pub(crate) async fn refresh(tx: &mut Tx, moment: &Moment, person: PersonId) -> Result<()> {
    let names = facts::names(tx, person, None).await?;
    let numbers = facts::identifiers(tx, person, None).await?;
    let council = numbers.iter().find(|it| it.kind == IdentifierKind::CouncilId).map(|it| it.number.as_str());
    let kind = crate::person::header(tx, person).await?.map_or(PersonKind::Born, |header| header.kind);
    let seen = shown::shown(&names, kind, council, moment.today());
    tx.run(store::SHOW, args![person, &seen.shown_name, &seen.full_name, &seen.initials]).await?;
    index::refresh(tx, person, &names).await
}

fn held(names: &[Name], id: Uuid) -> Result<&Name> {
    names.iter().find(|name| name.id == id).ok_or(Oops::Stale)
}

fn same(name: &Name, new: &NewName) -> bool {
    name.kind == new.kind && name.given == new.given && name.family == new.family
}

/// Gives someone a further or a new name.
///
/// # Errors
/// [`Oops::Wrong`] for a name without letters or with impossible dates; [`Oops::Refused`] where it is there already.
pub async fn name_person(tx: &mut Tx, who: &Who, moment: &mut Moment, command: NamePerson) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let new = command.name.check(moment.today())?;
    let names = facts::names(tx, person, None).await?;
    if names.iter().any(|name| same(name, &new) && name.to.is_none()) {
        return Err(Oops::Refused("This name is recorded already".to_owned()));
    }
    let (mut wrote, mut superseded) = (vec![], vec![]);
    let replaces = |name: &&Name| name.kind == new.kind && name.to.is_none() && new.to.is_none();
    let earlier = names.iter().filter(replaces).filter(|_| new.kind != NameKind::Alias);
    for name in earlier {
        if new.kind == NameKind::Birth {
            let sentence = "There is a name at birth already. If it is wrong, correct it";
            return Err(Oops::Refused(sentence.to_owned()));
        }
        let to = day_before(new.from.unwrap_or_else(|| moment.today()), name.from);
        over(tx, moment, person, name.id).await?;
        let ended = NewName {
            kind: name.kind,
            given: name.given.clone(),
            family: name.family.clone(),
            from: name.from,
            to: Some(to),
        };
        superseded.push(name.id);
        wrote.push(write(tx, moment, person, &ended).await?.1);
    }
    let (id, image) = write(tx, moment, person, &new).await?;
    wrote.push(image);
    refresh(tx, moment, person).await?;
    let payload = json!({"wrote": wrote, "superseded": superseded});
    journal::note(tx, who, moment, Act { action: "name_person", about: &[person], payload }).await?;
    Ok(id)
}

/// Puts right a name that was recorded wrongly.
///
/// # Errors
/// [`Oops::Stale`] where somebody else has changed it since; [`Oops::Wrong`] as [`name_person`].
pub async fn correct_name(tx: &mut Tx, who: &Who, moment: &mut Moment, command: CorrectName) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let new = command.put.check(moment.today())?;
    let names = facts::names(tx, person, None).await?;
    held(&names, command.name)?;
    over(tx, moment, person, command.name).await?;
    let (id, image) = write(tx, moment, person, &new).await?;
    refresh(tx, moment, person).await?;
    let payload = json!({"wrote": [image], "superseded": [command.name]});
    journal::note(tx, who, moment, Act { action: "correct_name", about: &[person], payload }).await?;
    Ok(id)
}

/// Says that a name is no longer used.
///
/// # Errors
/// [`Oops::Refused`] where it is the only name in use; [`Oops::Stale`] where it has changed since.
pub async fn end_name(tx: &mut Tx, who: &Who, moment: &mut Moment, command: EndName) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let names = facts::names(tx, person, None).await?;
    let name = held(&names, command.name)?;
    if names.iter().filter(|name| name.to.is_none()).count() < 2 {
        return Err(Oops::Refused("This is the only name in use. Record the new name instead".to_owned()));
    }
    let (given, family) = (name.given.clone(), name.family.clone());
    let ended = NewName { kind: name.kind, given, family, from: name.from, to: Some(command.on) };
    let ended = ended.check(moment.today())?;
    over(tx, moment, person, name.id).await?;
    let (id, image) = write(tx, moment, person, &ended).await?;
    refresh(tx, moment, person).await?;
    let payload = json!({"wrote": [image], "superseded": [command.name]});
    journal::note(tx, who, moment, Act { action: "end_name", about: &[person], payload }).await?;
    Ok(id)
}
