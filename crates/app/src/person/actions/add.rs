//! Beginning a person's record.

use super::{NewAddress, NewBirth, NewDetail, NewIdentifier, NewName};
use super::{address, birth, detail, identifier, name};
use crate::journal::{self, Act};
use crate::person::store;
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use practice::access::{Action, may};
use practice::id::PersonId;
use practice::person::{AccessLevel, Birth, IdentifierKind, NameKind, PersonKind};
use serde_json::json;

/// Whether a council id is made for someone who brings none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mint {
    /// For a child, born or not.
    #[default]
    IfChild,
    /// In any case.
    Always,
    /// Not now.
    Never,
}

/// Begins a person's record.
#[derive(Clone, Debug)]
pub struct AddPerson {
    /// Whether they have been born.
    pub kind: PersonKind,
    /// Their names. May be empty only for someone unborn or brought in with a number alone.
    pub names: Vec<NewName>,
    /// Their birth, as far as known.
    pub birth: Option<NewBirth>,
    /// Details: pronouns, languages, phones.
    pub details: Vec<NewDetail>,
    /// Numbers.
    pub identifiers: Vec<NewIdentifier>,
    /// Addresses.
    pub addresses: Vec<NewAddress>,
    /// Who may learn that the record exists.
    pub level: AccessLevel,
    /// Whether a council id is made.
    pub mint: Mint,
    /// Their colour, 1 to 8, if they have picked one.
    pub hue: Option<i64>,
}

impl AddPerson {
    /// Someone born, by one legal name.
    pub fn named(given: &str, family: &str) -> Self {
        Self {
            kind: PersonKind::Born,
            names: vec![NewName::new(NameKind::Legal, given, family)],
            birth: None,
            details: vec![],
            identifiers: vec![],
            addresses: vec![],
            level: AccessLevel::Findable,
            mint: Mint::IfChild,
            hue: None,
        }
    }
}

/// A record was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Whose.
    pub person: PersonId,
    /// Their council id, if they have one.
    pub council_id: Option<String>,
    /// What whoever began it should look at.
    pub warnings: Vec<String>,
}

fn allowed(who: &Who, level: AccessLevel) -> Result<()> {
    if who.program {
        return Ok(());
    }
    let right = |action| may(&who.reader, action).into_result();
    right(Action::AddPerson).map_err(|refusal| Oops::NotAllowed(refusal.sentence().to_owned()))?;
    match level {
        AccessLevel::Findable => Ok(()),
        AccessLevel::Restricted | AccessLevel::Sealed => right(Action::KeepRestrictedList)
            .map(|_| ())
            .map_err(|refusal| Oops::NotAllowed(refusal.sentence().to_owned())),
    }
}

fn wants_id(command: &AddPerson, moment: &Moment) -> bool {
    let has = command.identifiers.iter().any(|it| it.kind == IdentifierKind::CouncilId);
    let child = command.kind == PersonKind::Unborn
        || command.birth.as_ref().is_some_and(|birth| {
            let birth = Birth { on: birth.on, basis: birth.basis };
            birth.age_on(moment.today()).is_none_or(|age| age < 18)
        });
    !has && match command.mint {
        Mint::IfChild => child,
        Mint::Always => true,
        Mint::Never => false,
    }
}

/// Begins a person's record.
///
/// # Errors
/// [`Oops::NotAllowed`] where the post does not give the right; [`Oops::Wrong`] for anything of it that cannot
/// be; then nothing of it stays.
pub async fn add_person(tx: &mut Tx, who: &Who, moment: &mut Moment, command: AddPerson) -> Result<Added> {
    allowed(who, command.level)?;
    let numbered = !command.identifiers.is_empty();
    if command.names.is_empty() && command.kind == PersonKind::Born && !numbered {
        return Err(Oops::wrong("given", "Give at least one name"));
    }
    let person = PersonId(moment.id());
    let hue = match command.hue {
        Some(hue) if (1..=8).contains(&hue) => hue,
        Some(_) => return Err(Oops::wrong("hue", "Choose one of the eight colours")),
        None => i64::from(moment.bytes32()[0] % 8) + 1,
    };
    let by = who.worker().map(|worker| worker.0);
    let values = args![person, command.kind.code(), hue, command.level.code(), moment.now(), by];
    tx.run(store::ADD, values).await?;
    if command.level != AccessLevel::Findable {
        // no day yet to look at it again: the list shows that it is not set
        let why = if who.program { "It came so from a file" } else { "So since the record was begun" };
        let values = args![moment.id(), person, command.level.code(), why, moment.now()];
        tx.run(store::LEVEL_ADD, values).await?;
    }
    let mut wrote = vec![json!({"in": "person", "id": person, "kind": command.kind.code(), "hue": hue,
        "access_level": command.level.code()})];
    for new in &command.names {
        let new = new.check(moment.today())?;
        wrote.push(name::write(tx, moment, person, &new).await?.1);
    }
    if let Some(birth) = &command.birth {
        if birth.check(command.kind, moment.today())? != command.kind {
            let sentence = "An unborn child has an expected date of birth";
            return Err(Oops::wrong("birth", sentence));
        }
        wrote.push(birth::write(tx, moment, person, birth).await?);
    }
    for new in &command.details {
        wrote.push(detail::write(tx, moment, person, new, None).await?.1);
    }
    for new in &command.addresses {
        wrote.push(address::write(tx, moment, person, new).await?.1);
    }
    let mut warnings = vec![];
    let mut numbers = command.identifiers.clone();
    if wants_id(&command, moment) {
        numbers.push(NewIdentifier::new(IdentifierKind::CouncilId, &identifier::mint(tx).await?));
    }
    for new in &numbers {
        let (image, look) = identifier::first(tx, moment, person, new).await?;
        wrote.push(image);
        warnings.extend(look);
    }
    name::refresh(tx, moment, person).await?;
    let council = numbers.into_iter().find(|it| it.kind == IdentifierKind::CouncilId);
    let council_id = council.map(|it| it.number.trim().to_owned());
    let payload = json!({"wrote": wrote});
    journal::note(tx, who, moment, Act { action: "add_person", about: &[person], payload }).await?;
    Ok(Added { person, council_id, warnings })
}
