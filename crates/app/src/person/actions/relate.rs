//! Relationships: told once, kept as two rows with one pair id, so that each side reads its own.

use super::{Wrong, begin, day_before, some};
use crate::journal::{self, Act};
use crate::person::bonds::store;
use crate::person::facts::{self, Related};
use crate::{Moment, Oops, Result, Who, access};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::PersonId;
use practice::relationship::RelationshipKind as Kind;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// What two people are to each other, told from one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bond {
    /// What the other is to the person: "Leanne is Josie's *parent*".
    pub kind: Kind,
    /// The other holds parental responsibility for the person.
    pub they_hold: bool,
    /// The person holds parental responsibility for the other.
    pub holds: bool,
    /// How close the person says the other is, 0 (not at all) to 5 (very).
    pub closeness: Option<i64>,
    /// How close the other says the person is, 0 to 5.
    pub their_closeness: Option<i64>,
    /// What else there is to say.
    pub note: Option<String>,
    /// Since when, if known.
    pub from: Option<Date>,
    /// The last day, if it is over.
    pub to: Option<Date>,
}

impl Bond {
    /// A bond of a kind with nothing more said.
    pub const fn of(kind: Kind) -> Self {
        Self {
            kind,
            they_hold: false,
            holds: false,
            closeness: None,
            their_closeness: None,
            note: None,
            from: None,
            to: None,
        }
    }

    /// The other holds parental responsibility.
    #[must_use]
    pub fn with_responsibility(self) -> Self {
        Self { they_hold: true, ..self }
    }

    fn check(&self, today: Date) -> Result<Self> {
        let mut wrong = Wrong::default();
        let note = some(self.note.as_deref().unwrap_or_default());
        for (field, value) in [("closeness", self.closeness), ("their_closeness", self.their_closeness)] {
            let fits = value.is_none_or(|value| (0..=5).contains(&value));
            wrong.unless(fits, field, "How close is a number from 0 to 5");
        }
        wrong.in_order(self.from, self.to, "to");
        wrong.unless(self.from.is_none_or(|from| from <= today), "from", "This cannot begin in the future");
        wrong.most(note.as_deref().unwrap_or_default(), 1000, "note");
        let both = self.they_hold && self.holds;
        wrong.unless(
            !both,
            "responsibility",
            "Two people cannot hold parental responsibility for each other",
        );
        wrong.done()?;
        Ok(Self { note, ..self.clone() })
    }
}

/// Says what two people are to each other.
#[derive(Clone, Debug)]
pub struct Relate {
    /// From whose side it is told.
    pub person: PersonId,
    /// The other.
    pub other: PersonId,
    /// What they are.
    pub bond: Bond,
}

/// Puts right a relationship that was recorded wrongly.
#[derive(Clone, Debug)]
pub struct CorrectRelationship {
    /// From whose side it is told.
    pub person: PersonId,
    /// The pair as it was seen: [`Related::id`], so that two who change it at once both learn of it.
    pub seen: Uuid,
    /// As it should be.
    pub put: Bond,
}

/// Something changed between two people: the bond so far ends the day before, another begins.
#[derive(Clone, Debug)]
pub struct ChangeRelationship {
    /// From whose side it is told.
    pub person: PersonId,
    /// The relationship as it was seen.
    pub seen: Uuid,
    /// What they are from `put.from` on; today where nothing is said.
    pub put: Bond,
}

/// Says that a relationship is over.
#[derive(Clone, Debug)]
pub struct EndRelationship {
    /// From whose side it is told.
    pub person: PersonId,
    /// The relationship as it was seen.
    pub seen: Uuid,
    /// The last day.
    pub on: Date,
}

/// Writes both rows of a pair.
pub(super) async fn write(
    tx: &mut Tx,
    moment: &mut Moment,
    (person, other): (PersonId, PersonId),
    bond: &Bond,
) -> Result<(Uuid, Json)> {
    let pair = moment.id();
    let (mine, theirs) = (moment.id(), moment.id());
    let Bond { kind, they_hold, holds, closeness, their_closeness, note, from, to } = bond;
    let rows = [
        (mine, other, person, *kind, *they_hold, *closeness),
        (theirs, person, other, kind.inverse(), *holds, *their_closeness),
    ];
    for (id, is, of, kind, responsible, close) in rows {
        let code = kind.code();
        let values =
            args![id, pair, is, of, code, responsible, close, note.clone(), *from, *to, moment.now()];
        tx.run(store::RELATIONSHIP_ADD, values).await?;
    }
    let image = json!({"in": "relationship", "id": mine, "inverse_id": theirs, "pair": pair, "person": other,
        "other": person, "kind": kind.code(), "inverse": kind.inverse().code(), "they_hold": they_hold,
        "holds": holds, "closeness": closeness, "their_closeness": their_closeness, "note": note,
        "from": from, "to": to});
    Ok((mine, image))
}

pub(super) async fn over(tx: &mut Tx, moment: &Moment, person: PersonId, pair: Uuid) -> Result<()> {
    match tx.run(store::RELATIONSHIP_OVER, args![pair, person, moment.now()]).await? {
        2 => Ok(()),
        _ => Err(Oops::Stale),
    }
}

pub(super) fn again(it: &Related) -> Bond {
    Bond {
        kind: it.kind,
        they_hold: it.they_hold,
        holds: it.holds,
        closeness: it.closeness,
        their_closeness: it.their_closeness,
        note: it.note.clone(),
        from: it.from,
        to: it.to,
    }
}

/// Refuses a second bond of one kind between the same two at the same time.
fn only_one(all: &[Related], other: PersonId, bond: &Bond, but: Option<Uuid>) -> Result<()> {
    let meets = |it: &Related| {
        let began = it.from.zip(bond.to).is_none_or(|(from, to)| from <= to);
        began && it.to.zip(bond.from).is_none_or(|(to, from)| from <= to)
    };
    let same = |it: &&Related| it.other == other && it.kind == bond.kind && Some(it.id) != but && meets(it);
    match all.iter().find(same) {
        None => Ok(()),
        Some(_) => Err(Oops::Refused(format!("They are recorded as {} already", bond.kind.plain()))),
    }
}

/// The relationship as it was seen; one with somebody hidden answers as if it were not there.
async fn seen(
    tx: &mut Tx,
    who: &Who,
    moment: &Moment,
    person: PersonId,
    id: Uuid,
) -> Result<(Related, Vec<Related>)> {
    let all = facts::related(tx, person, None).await?;
    let seen = all.iter().find(|it| it.id == id).cloned().ok_or(Oops::Stale)?;
    access::require(tx, who, moment.now(), seen.other, Sight::Exists).await.map_err(|_| Oops::Stale)?;
    Ok((seen, all))
}

/// Says what two people are to each other. Gives the row of the person's side.
///
/// # Errors
/// [`Oops::Refused`] where the same is recorded already; [`Oops::NotFound`] where the other may not be known of;
/// [`Oops::Wrong`] for impossible dates or closeness.
pub async fn relate(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Relate) -> Result<Uuid> {
    let (person, other) = (command.person, command.other);
    if person == other {
        return Err(Oops::wrong("other", "Choose somebody else: nobody is related to themselves"));
    }
    access::require(tx, who, moment.now(), other, Sight::Exists).await?;
    begin(tx, who, moment, person).await?;
    if crate::person::header(tx, other).await?.is_none() {
        return Err(Oops::NotFound);
    }
    let bond = command.bond.check(moment.today())?;
    only_one(&facts::related(tx, person, None).await?, other, &bond, None)?;
    let (id, image) = write(tx, moment, (person, other), &bond).await?;
    let payload = json!({"wrote": [image]});
    journal::note(tx, who, moment, Act { action: "relate", about: &[person, other], payload }).await?;
    Ok(id)
}

/// Puts right a relationship that was recorded wrongly.
///
/// # Errors
/// As [`relate`]; [`Oops::Stale`] where it changed since.
pub async fn correct_relationship(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: CorrectRelationship,
) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let (seen, all) = seen(tx, who, moment, person, command.seen).await?;
    let put = command.put.check(moment.today())?;
    if put == again(&seen) {
        return Err(Oops::Refused("This is what the record says already".to_owned()));
    }
    only_one(&all, seen.other, &put, Some(seen.id))?;
    over(tx, moment, person, seen.pair).await?;
    let (id, image) = write(tx, moment, (person, seen.other), &put).await?;
    let payload = json!({"wrote": [image], "superseded": [seen.pair]});
    let about = &[person, seen.other];
    journal::note(tx, who, moment, Act { action: "correct_relationship", about, payload }).await?;
    Ok(id)
}

/// Something changed between two people, such as who holds parental responsibility.
///
/// # Errors
/// As [`relate`]; [`Oops::Stale`] where it changed since; [`Oops::Refused`] where it is over.
pub async fn change_relationship(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: ChangeRelationship,
) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let (seen, all) = seen(tx, who, moment, person, command.seen).await?;
    if seen.to.is_some() {
        return Err(Oops::Refused("This relationship is over. Add the new one instead".to_owned()));
    }
    let from = command.put.from.unwrap_or_else(|| moment.today());
    let put = Bond { from: Some(from), ..command.put }.check(moment.today())?;
    let mut wrong = Wrong::default();
    wrong.unless(
        seen.from.is_none_or(|began| began < from),
        "from",
        "A change begins after the relationship did",
    );
    wrong.done()?;
    let ended = Bond { to: Some(day_before(from, seen.from)), ..again(&seen) };
    only_one(&all, seen.other, &put, Some(seen.id))?;
    over(tx, moment, person, seen.pair).await?;
    let (_, before) = write(tx, moment, (person, seen.other), &ended).await?;
    let (id, after) = write(tx, moment, (person, seen.other), &put).await?;
    let payload = json!({"wrote": [before, after], "superseded": [seen.pair]});
    let about = &[person, seen.other];
    journal::note(tx, who, moment, Act { action: "change_relationship", about, payload }).await?;
    Ok(id)
}

/// Says that a relationship is over.
///
/// # Errors
/// [`Oops::Wrong`] for a day before it began or in the future; [`Oops::Stale`] where it changed since.
pub async fn end_relationship(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: EndRelationship,
) -> Result<()> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let (seen, _) = seen(tx, who, moment, person, command.seen).await?;
    let mut wrong = Wrong::default();
    wrong.unless(
        seen.to.is_none(),
        "on",
        "This relationship is over already. If the day is wrong, correct it",
    );
    wrong.in_order(seen.from, Some(command.on), "on");
    wrong.unless(command.on <= moment.today(), "on", "The last day cannot be in the future");
    wrong.done()?;
    over(tx, moment, person, seen.pair).await?;
    let ended = Bond { to: Some(command.on), ..again(&seen) };
    let (_, image) = write(tx, moment, (person, seen.other), &ended).await?;
    let payload = json!({"wrote": [image], "superseded": [seen.pair]});
    let about = &[person, seen.other];
    journal::note(tx, who, moment, Act { action: "end_relationship", about, payload }).await?;
    Ok(())
}

/// What a bond with an unborn child is once the child is born.
pub(crate) const fn once_born(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::ParentOfUnborn => Some(Kind::Parent),
        Kind::SiblingOfUnborn => Some(Kind::Sibling),
        _ => None,
    }
}

/// Turns the bonds of a child who has just been born into those of a born child. Who holds parental
/// responsibility is not guessed: it stays as it was said.
pub(super) async fn born(
    tx: &mut Tx,
    moment: &mut Moment,
    child: PersonId,
) -> Result<(Vec<PersonId>, Vec<Json>)> {
    let (mut others, mut images) = (vec![], vec![]);
    let all = facts::related(tx, child, None).await?;
    for it in all.iter().filter(|it| it.to.is_none()) {
        let Some(kind) = once_born(it.kind) else { continue };
        over(tx, moment, child, it.pair).await?;
        let there = all.iter().any(|o| o.other == it.other && o.kind == kind && o.to.is_none());
        if !there {
            images.push(write(tx, moment, (child, it.other), &Bond { kind, ..again(it) }).await?.1);
        }
        others.push(it.other);
    }
    Ok((others, images))
}
