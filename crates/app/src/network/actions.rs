//! Saying how it is between a person and somebody, or something that is no person. What was wrong is corrected, what is over is
//! ended; both leave what was said before readable.

use super::store::{self, TieRow};
use crate::journal::{self, Act};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, DbError, Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::PersonId;
use practice::tie::{TieFlow, TieKind, TieStrength};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A tie as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTie {
    /// With whom; none for something that is no person.
    pub other: Option<PersonId>,
    /// With what.
    pub kind: TieKind,
    /// What it is called, for something that is no person: "Alder Road Primary", "Biscuit".
    pub name: Option<String>,
    /// How strong.
    pub strength: TieStrength,
    /// Whether there is conflict or strain.
    pub stress: bool,
    /// Which way help, care or energy goes, seen from the person.
    pub flow: TieFlow,
    /// What else there is to say.
    pub note: Option<String>,
    /// Since when, if it is known.
    pub from: Option<Date>,
    /// The last day, if it is over.
    pub to: Option<Date>,
}

impl NewTie {
    /// An ordinary tie with somebody.
    pub const fn with(other: PersonId) -> Self {
        Self {
            other: Some(other),
            kind: TieKind::Person,
            name: None,
            strength: TieStrength::Ordinary,
            stress: false,
            flow: TieFlow::Unsaid,
            note: None,
            from: None,
            to: None,
        }
    }

    /// An ordinary tie with something that is no person.
    pub fn to(kind: TieKind, name: &str) -> Self {
        Self {
            other: None,
            kind,
            name: Some(name.to_owned()),
            strength: TieStrength::Ordinary,
            stress: false,
            flow: TieFlow::Unsaid,
            note: None,
            from: None,
            to: None,
        }
    }

    fn check(&self, person: PersonId, today: Date) -> Result<Self> {
        let mut wrong: Vec<(&str, String)> = vec![];
        let some = |words: &Option<String>| {
            words.as_deref().map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned)
        };
        let (mut name, note) = (some(&self.name), some(&self.note));
        if self.other == Some(person) {
            wrong.push(("other", "Choose somebody else".to_owned()));
        }
        let kind = if self.other.is_some() { TieKind::Person } else { self.kind };
        if self.other.is_some() {
            name = None;
        } else if kind == TieKind::Person {
            wrong.push(("kind", "Say what it is".to_owned()));
        } else if name.is_none() {
            wrong.push(("name", "Say what it is called".to_owned()));
        }
        for (field, words, most) in [("name", &name, 200), ("note", &note, 1000)] {
            if words.as_ref().is_some_and(|words| words.chars().count() > most) {
                wrong.push((field, format!("At most {most} letters fit here")));
            }
        }
        if self.from.is_some_and(|from| from > today) {
            wrong.push(("from", "This cannot begin in the future".to_owned()));
        }
        if self.from.zip(self.to).is_some_and(|(from, to)| to < from) {
            wrong.push(("to", "The last day is before the first".to_owned()));
        }
        if !wrong.is_empty() {
            return Err(Oops::Wrong(
                wrong.into_iter().map(|(field, words)| (field.to_owned(), words)).collect(),
            ));
        }
        Ok(Self { kind, name, note, ..self.clone() })
    }
}

/// Says how it is.
#[derive(Clone, Debug)]
pub struct AddTie {
    /// In whose picture.
    pub person: PersonId,
    /// How it is.
    pub tie: NewTie,
}

/// Puts right a tie that was recorded wrongly.
#[derive(Clone, Debug)]
pub struct CorrectTie {
    /// In whose picture.
    pub person: PersonId,
    /// The tie as it was seen.
    pub seen: Uuid,
    /// As it should be; with whom or what it is stays.
    pub put: NewTie,
}

/// Says that a tie is over, or has changed: what holds from then on is added anew.
#[derive(Clone, Debug)]
pub struct EndTie {
    /// In whose picture.
    pub person: PersonId,
    /// The tie as it was seen.
    pub seen: Uuid,
    /// The last day.
    pub on: Date,
}

/// The ties of some people that stand in the record, those that are over too.
pub(super) async fn ties(conn: &mut Conn, people: &[PersonId]) -> Result<Vec<TieRow>> {
    let mut found: Vec<TieRow> = vec![];
    for values in super::gather::together(people) {
        let rows: Vec<TieRow> = conn.all(store::TIES, values).await?;
        found.extend(rows);
    }
    found.sort_by_key(|row| (row.recorded_at.0, row.id));
    found.dedup_by_key(|row| row.id);
    Ok(found)
}

/// A row as it was told.
pub(super) fn told(row: &TieRow) -> Result<NewTie> {
    let broken = |column| DbError::Broken { table: "tie", column, row: row.id.to_string() };
    Ok(NewTie {
        other: row.other_id.map(Into::into),
        kind: TieKind::from_code(&row.kind).ok_or_else(|| broken("kind"))?,
        name: row.name.clone(),
        strength: TieStrength::from_code(&row.strength).ok_or_else(|| broken("strength"))?,
        stress: row.stress,
        flow: TieFlow::from_code(&row.flow).ok_or_else(|| broken("flow"))?,
        note: row.note.clone(),
        from: row.from_date.map(|day| day.0),
        to: row.to_date.map(|day| day.0),
    })
}

/// Asks whether this may be done and waits for whoever is changing the same person.
async fn begin(tx: &mut Tx, who: &Who, moment: &Moment, person: PersonId) -> Result<()> {
    access::require(tx, who, moment.now(), person, Sight::ChangePerson).await?;
    if tx.run(store::TIE_LOCK, args![person]).await? == 1 { Ok(()) } else { Err(Oops::NotFound) }
}

/// Refuses to say twice how it is at one time between the same.
async fn only_one(tx: &mut Tx, person: PersonId, tie: &NewTie, but: Option<Uuid>) -> Result<()> {
    for row in ties(tx, &[person]).await? {
        let it = told(&row)?;
        let with: PersonId = row.person_id.into();
        let same = match tie.other {
            Some(other) => with == other || it.other == Some(other),
            None => with == person && it.other.is_none() && it.kind == tie.kind && it.name == tie.name,
        };
        let meets = it.to.zip(tie.from).is_none_or(|(to, from)| from <= to)
            && it.from.zip(tie.to).is_none_or(|(from, to)| from <= to);
        if same && meets && Some(row.id) != but {
            let words = "How it is between them is recorded already. Correct that, or end it first";
            return Err(Oops::Refused(words.to_owned()));
        }
    }
    Ok(())
}

async fn write(tx: &mut Tx, moment: &mut Moment, person: PersonId, tie: &NewTie) -> Result<(Uuid, Json)> {
    let id = moment.id();
    let NewTie { other, kind, name, strength, stress, flow, note, from, to } = tie;
    let values = args![
        id,
        person,
        other.map(|other| other.0),
        kind.code(),
        name.clone(),
        strength.code(),
        *stress,
        flow.code(),
        note.clone(),
        *from,
        *to,
        moment.now()
    ];
    tx.run(store::TIE_ADD, values).await?;
    let image = json!({"in": "tie", "id": id, "person": person, "other": other, "kind": kind.code(), "name": name,
        "strength": strength.code(), "stress": stress, "flow": flow.code(), "note": note, "from": from, "to": to});
    Ok((id, image))
}

/// The tie as it was seen; one with somebody hidden answers as if it were not there.
async fn seen(
    tx: &mut Tx,
    who: &Who,
    moment: &Moment,
    person: PersonId,
    id: Uuid,
) -> Result<(PersonId, NewTie)> {
    let row = ties(tx, &[person]).await?.into_iter().find(|row| row.id == id).ok_or(Oops::Stale)?;
    let tie = told(&row)?;
    let from: PersonId = row.person_id.into();
    for each in [Some(from), tie.other].into_iter().flatten().filter(|each| *each != person) {
        access::require(tx, who, moment.now(), each, Sight::Exists).await.map_err(|_| Oops::Stale)?;
    }
    Ok((from, tie))
}

async fn over(tx: &mut Tx, moment: &Moment, person: PersonId, id: Uuid) -> Result<()> {
    match tx.run(store::TIE_OVER, args![id, person, moment.now()]).await? {
        1 => Ok(()),
        _ => Err(Oops::Stale),
    }
}

/// Whom a row of the journal is about.
fn about(person: PersonId, tie: &NewTie) -> Vec<PersonId> {
    [Some(person), tie.other].into_iter().flatten().collect()
}

/// Says how it is between a person and somebody or something.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`] as access says; [`Oops::Wrong`] where something is missing;
/// [`Oops::Refused`] where it is recorded already.
pub async fn add_tie(tx: &mut Tx, who: &Who, moment: &mut Moment, command: AddTie) -> Result<Uuid> {
    let person = command.person;
    if let Some(other) = command.tie.other {
        access::require(tx, who, moment.now(), other, Sight::Exists).await?;
    }
    begin(tx, who, moment, person).await?;
    let tie = command.tie.check(person, moment.today())?;
    only_one(tx, person, &tie, None).await?;
    let (id, image) = write(tx, moment, person, &tie).await?;
    let payload = json!({"wrote": [image]});
    journal::note(tx, who, moment, Act { action: "add_tie", about: &about(person, &tie), payload }).await?;
    Ok(id)
}

/// Puts right a tie that was recorded wrongly.
///
/// # Errors
/// As [`add_tie`]; [`Oops::Stale`] where it changed since.
pub async fn correct_tie(tx: &mut Tx, who: &Who, moment: &mut Moment, command: CorrectTie) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let (from, was) = seen(tx, who, moment, person, command.seen).await?;
    let put = NewTie { other: was.other, kind: was.kind, ..command.put }.check(from, moment.today())?;
    if put == was {
        return Err(Oops::Refused("This is what the record says already".to_owned()));
    }
    only_one(tx, from, &put, Some(command.seen)).await?;
    over(tx, moment, person, command.seen).await?;
    let (id, image) = write(tx, moment, from, &put).await?;
    let payload = json!({"wrote": [image], "superseded": [command.seen]});
    journal::note(tx, who, moment, Act { action: "correct_tie", about: &about(from, &put), payload }).await?;
    Ok(id)
}

/// Says that a tie is over.
///
/// # Errors
/// [`Oops::Wrong`] for a day before it began or in the future; [`Oops::Stale`] where it changed since.
pub async fn end_tie(tx: &mut Tx, who: &Who, moment: &mut Moment, command: EndTie) -> Result<()> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let (from, was) = seen(tx, who, moment, person, command.seen).await?;
    if was.to.is_some() {
        return Err(Oops::wrong("on", "This is over already. If the day is wrong, correct it"));
    }
    if command.on > moment.today() {
        return Err(Oops::wrong("on", "The last day cannot be in the future"));
    }
    if was.from.is_some_and(|began| command.on < began) {
        return Err(Oops::wrong("on", "The last day is before the first"));
    }
    over(tx, moment, person, command.seen).await?;
    let ended = NewTie { to: Some(command.on), ..was };
    let (_, image) = write(tx, moment, from, &ended).await?;
    let payload = json!({"wrote": [image], "superseded": [command.seen]});
    journal::note(tx, who, moment, Act { action: "end_tie", about: &about(from, &ended), payload }).await?;
    Ok(())
}
