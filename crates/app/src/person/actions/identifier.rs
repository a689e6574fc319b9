//! Numbers a person is known by elsewhere. A council id belongs to one person and never changes; two people
//! with one pupil number is a warning, because one of the records is wrong or both are of the same child.

use super::{Wrong, begin, day_before};
use crate::journal::{self, Act};
use crate::person::facts::{self, Identifier};
use crate::person::store::{self, HolderRow};
use crate::{Moment, Oops, Result, Who};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::id::PersonId;
use practice::identifier::{self, CouncilId};
use practice::person::{AccessLevel, IdentifierKind};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A number as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIdentifier {
    /// Of what kind.
    pub kind: IdentifierKind,
    /// As written.
    pub number: String,
    /// Since when.
    pub from: Option<Date>,
}

impl NewIdentifier {
    /// A number, from when on is not known.
    pub fn new(kind: IdentifierKind, number: &str) -> Self {
        Self { kind, number: number.to_owned(), from: None }
    }
}

/// Records a number. A new pupil number makes the one before a former one.
#[derive(Clone, Debug)]
pub struct RecordIdentifier {
    /// Whose.
    pub person: PersonId,
    /// The number.
    pub identifier: NewIdentifier,
}

/// Puts right a number that was recorded wrongly.
#[derive(Clone, Debug)]
pub struct CorrectIdentifier {
    /// Whose.
    pub person: PersonId,
    /// The number as it was seen.
    pub identifier: Uuid,
    /// As it should be.
    pub number: String,
}

/// A number was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The row.
    pub id: Uuid,
    /// What whoever recorded it should look at.
    pub warnings: Vec<String>,
}

async fn write(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    (kind, number): (IdentifierKind, &str),
    (from, to): (Option<Date>, Option<Date>),
) -> Result<(Uuid, Json)> {
    let id = moment.id();
    tx.run(store::IDENTIFIER_ADD, args![id, person, kind.code(), number, from, to, moment.now()]).await?;
    let image = json!({"in": "person_identifier", "id": id, "kind": kind.code(), "number": number,
        "from": from, "to": to});
    Ok((id, image))
}

pub(super) async fn over(tx: &mut Tx, moment: &Moment, person: PersonId, identifier: Uuid) -> Result<()> {
    Ok(tx.run_one(store::IDENTIFIER_OVER, args![identifier, person, moment.now()]).await?)
}

fn read(kind: IdentifierKind, number: &str) -> Result<String> {
    identifier::read(kind, number).map_err(|fault| Oops::wrong("number", &fault.to_string()))
}

/// Refuses a council id that somebody has; warns of any other number that somebody else has, unless their
/// record must not be known of.
async fn clash(conn: &mut Conn, person: PersonId, kind: IdentifierKind, number: &str) -> Result<Vec<String>> {
    let held: Vec<HolderRow> = conn.all(store::IDENTIFIER_HELD, args![number, kind.code(), person]).await?;
    if kind == IdentifierKind::CouncilId && !held.is_empty() {
        return Err(Oops::wrong(
            "number",
            "This council id cannot be used: it has been given to somebody already",
        ));
    }
    let findable = |row: &&HolderRow| row.access_level == AccessLevel::Findable.code();
    let others =
        held.iter().filter(findable).map(|row| row.person_id).collect::<std::collections::BTreeSet<_>>();
    Ok(match others.len() {
        0 => vec![],
        1 => vec![format!("Somebody else has the same {}. Check both records", kind.plain())],
        n => vec![format!("{n} other people have the same {}. Check their records", kind.plain())],
    })
}

/// Checks and writes a number of someone new, who has no other yet.
pub(super) async fn first(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    new: &NewIdentifier,
) -> Result<(Json, Vec<String>)> {
    let number = read(new.kind, &new.number)?;
    let warnings = clash(tx, person, new.kind, &number).await?;
    let (_, image) = write(tx, moment, person, (new.kind, &number), (new.from, None)).await?;
    Ok((image, warnings))
}

/// The next council id that nobody has.
pub(super) async fn mint(tx: &mut Tx) -> Result<String> {
    loop {
        let (last,): (i64,) = tx.one(store::MINT, args![IdentifierKind::CouncilId.code()]).await?;
        let id = CouncilId::mint(u64::try_from(last).unwrap_or_default());
        let values = args![id.as_str(), IdentifierKind::CouncilId.code(), Uuid::nil()];
        let held: Option<HolderRow> = tx.maybe(store::IDENTIFIER_HELD, values).await?;
        if held.is_none() {
            return Ok(id.into());
        }
    }
}

/// Records a number.
///
/// # Errors
/// [`Oops::Wrong`] for a number that cannot be or a council id that somebody has; [`Oops::Refused`] where the
/// person has one already that is to be corrected instead.
pub async fn record_identifier(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: RecordIdentifier,
) -> Result<Recorded> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let new = command.identifier;
    let number = read(new.kind, &new.number)?;
    let mut wrong = Wrong::default();
    wrong.unless(
        new.from.is_none_or(|from| from <= moment.today()),
        "from",
        "This cannot begin in the future",
    );
    wrong.done()?;
    let all = facts::identifiers(tx, person, None).await?;
    if all.iter().any(|it| it.kind == new.kind && it.number == number) {
        return Err(Oops::Refused("This number is recorded already".to_owned()));
    }
    let warnings = clash(tx, person, new.kind, &number).await?;
    let (mut wrote, mut superseded) = (vec![], vec![]);
    let earlier: Vec<&Identifier> = all.iter().filter(|it| it.kind == new.kind && it.to.is_none()).collect();
    for it in earlier {
        match new.kind {
            IdentifierKind::FormerUpn => {}
            IdentifierKind::Upn => {
                over(tx, moment, person, it.id).await?;
                superseded.push(it.id);
                let to = day_before(new.from.unwrap_or_else(|| moment.today()), it.from);
                let former = (IdentifierKind::FormerUpn, it.number.as_str());
                wrote.push(write(tx, moment, person, former, (it.from, Some(to))).await?.1);
            }
            IdentifierKind::CouncilId => {
                return Err(Oops::Refused("They have a council id, and it never changes".to_owned()));
            }
            IdentifierKind::NhsNumber => {
                let sentence = "They have an NHS number already. If it is wrong, correct it";
                return Err(Oops::Refused(sentence.to_owned()));
            }
        }
    }
    let (id, image) = write(tx, moment, person, (new.kind, &number), (new.from, None)).await?;
    wrote.push(image);
    super::name::refresh(tx, moment, person).await?;
    let payload = json!({"wrote": wrote, "superseded": superseded});
    journal::note(tx, who, moment, Act { action: "record_identifier", about: &[person], payload }).await?;
    Ok(Recorded { id, warnings })
}

/// Puts right a number that was recorded wrongly. A council id is never changed.
///
/// # Errors
/// As [`record_identifier`]; [`Oops::Stale`] where it changed since.
pub async fn correct_identifier(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: CorrectIdentifier,
) -> Result<Recorded> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let all = facts::identifiers(tx, person, None).await?;
    let seen = all.iter().find(|it| it.id == command.identifier).ok_or(Oops::Stale)?;
    if seen.kind == IdentifierKind::CouncilId {
        return Err(Oops::Refused("A council id never changes: it has left in returns".to_owned()));
    }
    let number = read(seen.kind, &command.number)?;
    if number == seen.number {
        return Err(Oops::Refused("This is what the record says already".to_owned()));
    }
    let warnings = clash(tx, person, seen.kind, &number).await?;
    over(tx, moment, person, seen.id).await?;
    let (id, image) = write(tx, moment, person, (seen.kind, &number), (seen.from, seen.to)).await?;
    let payload = json!({"wrote": [image], "superseded": [command.identifier]});
    journal::note(tx, who, moment, Act { action: "correct_identifier", about: &[person], payload }).await?;
    Ok(Recorded { id, warnings })
}
