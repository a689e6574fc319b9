//! Putting people of a family into the record, with the actions that pages use.

use crate::dice::Dice;
use crate::names::{SCHOOLS, STREETS};
use anyhow::Result;
use app::person::actions::{
    AddPerson, Bond, Join, MoveIn, NewAddress, NewBirth, NewDetail, Relate, add_person, move_in, relate,
};
use app::{Moment, Who};
use db::Tx;
use jiff::ToSpan;
use jiff::civil::Date;
use practice::id::PersonId;
use practice::person::{AddressUse, DetailKind};
use practice::relationship::RelationshipKind as Kind;

/// Someone in a family, before they are in the record.
#[derive(Clone, Debug)]
pub(crate) struct Someone {
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) born: Date,
    pub(crate) child: bool,
    pub(crate) female: bool,
}

/// Someone who is in the record.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: PersonId,
    pub(crate) given: String,
    pub(crate) born: Date,
    pub(crate) child: bool,
}

/// An invented address.
pub(crate) fn address(dice: &mut Dice, since: Date) -> NewAddress {
    NewAddress {
        purpose: AddressUse::Home,
        lines: format!("{} {}, Wyvern", dice.between(1, 140), dice.word(STREETS)),
        postcode: Some(format!("ZZ9 {}{}{}", dice.between(1, 9), letter(dice), letter(dice))),
        confidential: false,
        from: Some(since),
        to: None,
    }
}

fn letter(dice: &mut Dice) -> char {
    // postcodes' last two letters leave out those that look like others
    *dice.one_of(&[
        'A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'W', 'X', 'Y', 'Z',
    ])
}

/// Age in whole years.
pub(crate) fn age(born: Date, today: Date) -> i16 {
    let years = today.year() - born.year();
    if (today.month(), today.day()) >= (born.month(), born.day()) { years } else { years - 1 }
}

/// A day of birth that gives about this age on a day.
pub(crate) fn born(dice: &mut Dice, years: i64, today: Date) -> Date {
    today.saturating_sub(years.years()).saturating_sub(dice.between(3, 360).days())
}

async fn one(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (someone, home): (&Someone, &NewAddress),
    dice: &mut Dice,
) -> Result<Known> {
    let mut add = AddPerson::named(&someone.given, &someone.family);
    add.birth = Some(NewBirth::exact(someone.born));
    add.addresses = vec![home.clone()];
    let mut detail = |kind, words: &str| add.details.push(NewDetail::new(kind, words));
    let years = age(someone.born, moment.today());
    detail(DetailKind::Pronouns, if someone.female { "she, her" } else { "he, him" });
    if someone.child && (4..=16).contains(&years) {
        let school = if years < 11 { &SCHOOLS[..4] } else { &SCHOOLS[4..7] };
        detail(DetailKind::School, dice.word(school));
        detail(DetailKind::TalkWithMe, dice.word(crate::sayings::TALK));
        detail(DetailKind::MattersToMe, dice.word(crate::sayings::MATTERS));
    }
    if !someone.child {
        // the range Ofcom keeps for drama
        detail(DetailKind::Phone, &format!("07700 900{:03}", dice.between(0, 999)));
    }
    let added = add_person(tx, who, moment, add).await?;
    Ok(Known { id: added.person, given: someone.given.clone(), born: someone.born, child: someone.child })
}

/// A whole family at one address: adults first. Every adult of the first two is a parent of every child.
pub(crate) async fn family(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (people, since): (&[Someone], Date),
    dice: &mut Dice,
) -> Result<Vec<Known>> {
    let home = address(dice, since);
    let mut known: Vec<Known> = vec![];
    for someone in people {
        let this = one(tx, who, moment, (someone, &home), dice).await?;
        let join = known.first().map_or(Join::New, |first| Join::With(first.id));
        let from = Some(since.max(someone.born));
        move_in(tx, who, moment, MoveIn { person: this.id, join, from }).await?;
        known.push(this);
    }
    let adults: Vec<&Known> = known.iter().filter(|one| !one.child).collect();
    let children: Vec<&Known> = known.iter().filter(|one| one.child).collect();
    for child in &children {
        for (at, adult) in adults.iter().enumerate() {
            let gap = age(adult.born, child.born);
            let kind = if at < 2 && gap < 46 { Kind::Parent } else { Kind::Grandparent };
            let mut bond = Bond::of(kind);
            bond.they_hold = kind == Kind::Parent && (at == 0 || dice.often(70));
            bond.closeness = dice.often(60).then(|| dice.between(2, 5));
            relate(tx, who, moment, Relate { person: child.id, other: adult.id, bond }).await?;
        }
    }
    for (at, child) in children.iter().enumerate() {
        for other in &children[at + 1..] {
            relate(
                tx,
                who,
                moment,
                Relate { person: child.id, other: other.id, bond: Bond::of(Kind::Sibling) },
            )
            .await?;
        }
    }
    Ok(known)
}
