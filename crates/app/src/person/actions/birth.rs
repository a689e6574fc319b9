//! Recording a birth: its day and how sure it is. An unborn child becomes the same person at birth.

use super::{Wrong, begin, name, relate, some};
use crate::journal::{self, Act};
use crate::person::{self, store};
use crate::{Moment, Oops, Result, Who, clock};
use db::{Tx, args};
use jiff::civil::Date;
use practice::id::PersonId;
use practice::person::{Birth, BirthBasis, PersonKind};
use serde_json::{Value as Json, json};

/// The longest life on record was 122 years.
const LONGEST_LIFE: i16 = 125;

/// A birth as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBirth {
    /// The day.
    pub on: Date,
    /// How sure it is.
    pub basis: BirthBasis,
    /// Where it is known from, or what is disputed.
    pub note: Option<String>,
}

impl NewBirth {
    /// A known day.
    pub const fn exact(on: Date) -> Self {
        Self { on, basis: BirthBasis::Exact, note: None }
    }

    pub(super) fn check(&self, kind: PersonKind, today: Date) -> Result<PersonKind> {
        let mut wrong = Wrong::default();
        let expected = self.basis == BirthBasis::Expected;
        wrong.unless(
            !(expected && kind == PersonKind::Born),
            "basis",
            "They have been born, so the date cannot be an expected one",
        );
        wrong.unless(expected || self.on <= today, "on", "A date of birth cannot be in the future");
        let oldest = today.year() - LONGEST_LIFE;
        wrong.unless(self.on.year() >= oldest, "on", format!("A date of birth cannot be before {oldest}"));
        let latest = practice::calendar::add_months(today, 10);
        let late = "A birth cannot be expected more than ten months ahead";
        wrong.unless(!expected || self.on <= latest, "on", late);
        wrong.most(self.note.as_deref().unwrap_or_default(), 500, "note");
        wrong.done()?;
        Ok(if expected { PersonKind::Unborn } else { PersonKind::Born })
    }

    fn year(&self) -> i64 {
        i64::from(self.on.year())
    }
}

/// Records, puts right or makes sure of a birth.
#[derive(Clone, Debug)]
pub struct RecordBirth {
    /// Whose.
    pub person: PersonId,
    /// The birth.
    pub birth: NewBirth,
    /// The version of the person that was seen, so that two people who change it at once both learn of it.
    pub seen: Option<i64>,
}

pub(super) async fn write(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    birth: &NewBirth,
) -> Result<Json> {
    let id = moment.id();
    let note = some(birth.note.as_deref().unwrap_or_default());
    tx.run(store::BIRTH_ADD, args![id, person, birth.on, birth.basis.code(), note.clone(), moment.now()])
        .await?;
    let kind = if birth.basis == BirthBasis::Expected { PersonKind::Unborn } else { PersonKind::Born };
    tx.run(store::BORN, args![person, birth.year(), kind.code()]).await?;
    Ok(json!({"in": "person_birth", "id": id, "on": birth.on, "basis": birth.basis.code(), "note": note}))
}

/// Records, puts right or makes sure of a birth. When an expected birth becomes a real one the person, their
/// id and everything about them stay; "parent of unborn child" becomes "parent".
///
/// # Errors
/// [`Oops::Wrong`] for a day that cannot be; [`Oops::Stale`] where somebody else changed the person since.
pub async fn record_birth(tx: &mut Tx, who: &Who, moment: &mut Moment, command: RecordBirth) -> Result<()> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let header = person::header(tx, person).await?.ok_or(Oops::NotFound)?;
    // the lock above counted once
    if command.seen.is_some_and(|seen| seen + 1 != header.version) {
        return Err(Oops::Stale);
    }
    let kind = command.birth.check(header.kind, moment.today())?;
    let known = Birth { on: command.birth.on, basis: command.birth.basis };
    if header.birth == Some(known) && some(command.birth.note.as_deref().unwrap_or_default()).is_none() {
        return Err(Oops::Refused("This is what the record says already".to_owned()));
    }
    tx.run(store::BIRTH_OVER, args![person, moment.now()]).await?;
    let mut wrote = vec![write(tx, moment, person, &command.birth).await?];
    let mut about = vec![person];
    if header.kind == PersonKind::Unborn && kind == PersonKind::Born {
        let (others, images) = relate::born(tx, moment, person).await?;
        about.extend(others);
        wrote.extend(images);
        name::refresh(tx, moment, person).await?;
    }
    clock::refresh(tx, moment, person).await?;
    let payload = json!({"wrote": wrote});
    journal::note(tx, who, moment, Act { action: "record_birth", about: &about, payload }).await?;
    Ok(())
}
