//! Addresses by date. A confidential one is kept from everyone without a working relationship with that
//! very person, in every output.

use super::{Wrong, begin, day_before};
use crate::journal::{self, Act};
use crate::person::facts::{self, Address};
use crate::person::store;
use crate::{Moment, Oops, Result, Who, access};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::PersonId;
use practice::identifier::Postcode;
use practice::person::AddressUse;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// An address as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    /// What it is to the person.
    pub purpose: AddressUse,
    /// Its lines, without the postcode.
    pub lines: String,
    /// The postcode, if there is one.
    pub postcode: Option<String>,
    /// Whether it is kept from all but those who work with that very person.
    pub confidential: bool,
    /// Since when.
    pub from: Option<Date>,
    /// The last day, where they have left it.
    pub to: Option<Date>,
}

impl NewAddress {
    fn check(&self) -> Result<Self> {
        let mut wrong = Wrong::default();
        let lines: Vec<&str> = self.lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let lines = lines.join("\n");
        let needed = self.purpose != AddressUse::NoFixed;
        wrong.unless(!(needed && lines.is_empty()), "lines", "Give the address, or choose no fixed address");
        wrong.most(&lines, 300, "lines");
        wrong.in_order(self.from, self.to, "to");
        let typed = self.postcode.as_deref().unwrap_or_default().trim();
        let postcode = (!typed.is_empty()).then(|| Postcode::parse(typed)).transpose();
        let postcode = match postcode {
            Ok(read) => read.map(String::from),
            Err(fault) => {
                wrong.unless(false, "postcode", fault.to_string());
                None
            }
        };
        wrong.done()?;
        Ok(Self { lines, postcode, ..self.clone() })
    }
}

/// Records an address. One for the same purpose before it ends; so does a home when there is none any more.
#[derive(Clone, Debug)]
pub struct RecordAddress {
    /// Whose.
    pub person: PersonId,
    /// The address.
    pub address: NewAddress,
}

/// Puts right an address that was recorded wrongly.
#[derive(Clone, Debug)]
pub struct CorrectAddress {
    /// Whose.
    pub person: PersonId,
    /// The address as it was seen.
    pub address: Uuid,
    /// As it should be.
    pub put: NewAddress,
}

/// Says that they no longer live there.
#[derive(Clone, Debug)]
pub struct EndAddress {
    /// Whose.
    pub person: PersonId,
    /// The address.
    pub address: Uuid,
    /// The last day.
    pub on: Date,
}

pub(super) async fn write(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    address: &NewAddress,
) -> Result<(Uuid, Json)> {
    let id = moment.id();
    let NewAddress { purpose, lines, postcode, confidential, from, to } = address.check()?;
    let code = purpose.code();
    let values = args![id, person, code, &lines, postcode.clone(), confidential, from, to, moment.now()];
    tx.run(store::ADDRESS_ADD, values).await?;
    let image = json!({"in": "address", "id": id, "purpose": code, "lines": lines, "postcode": postcode,
        "confidential": confidential, "from": from, "to": to});
    Ok((id, image))
}

pub(super) async fn over(tx: &mut Tx, moment: &Moment, person: PersonId, address: Uuid) -> Result<()> {
    Ok(tx.run_one(store::ADDRESS_OVER, args![address, person, moment.now()]).await?)
}

fn again(it: &Address, to: Option<Date>) -> NewAddress {
    NewAddress {
        purpose: it.purpose,
        lines: it.lines.clone(),
        postcode: it.postcode.clone(),
        confidential: it.confidential,
        from: it.from,
        to,
    }
}

fn replaces(new: AddressUse, old: AddressUse) -> bool {
    let home = |purpose| matches!(purpose, AddressUse::Home | AddressUse::NoFixed);
    new == old || home(new) && home(old)
}

/// The address as it was seen; a confidential one only for those who may see it.
async fn seen(tx: &mut Tx, who: &Who, moment: &Moment, person: PersonId, address: Uuid) -> Result<Address> {
    let all = facts::addresses(tx, person, None).await?;
    let seen = all.into_iter().find(|it| it.id == address).ok_or(Oops::Stale)?;
    if seen.confidential {
        let may = access::require(tx, who, moment.now(), person, Sight::ConfidentialAddress).await;
        may.map_err(|_| Oops::Stale)?;
    }
    Ok(seen)
}

/// Records an address.
///
/// # Errors
/// [`Oops::Wrong`] for an empty address or an impossible postcode.
pub async fn record_address(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: RecordAddress,
) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let new = command.address.check()?;
    let all = facts::addresses(tx, person, None).await?;
    let (mut wrote, mut superseded) = (vec![], vec![]);
    for earlier in
        all.iter().filter(|it| new.to.is_none() && it.to.is_none() && replaces(new.purpose, it.purpose))
    {
        over(tx, moment, person, earlier.id).await?;
        superseded.push(earlier.id);
        let to = day_before(new.from.unwrap_or_else(|| moment.today()), earlier.from);
        wrote.push(write(tx, moment, person, &again(earlier, Some(to))).await?.1);
    }
    let (id, image) = write(tx, moment, person, &new).await?;
    wrote.push(image);
    let payload = json!({"wrote": wrote, "superseded": superseded});
    journal::note(tx, who, moment, Act { action: "record_address", about: &[person], payload }).await?;
    Ok(id)
}

/// Puts right an address that was recorded wrongly; also makes it confidential, or no longer so.
///
/// # Errors
/// As [`record_address`]; [`Oops::Stale`] where it changed since or may not be seen.
pub async fn correct_address(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: CorrectAddress,
) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let seen = seen(tx, who, moment, person, command.address).await?;
    over(tx, moment, person, seen.id).await?;
    let (id, image) = write(tx, moment, person, &command.put).await?;
    let payload = json!({"wrote": [image], "superseded": [command.address]});
    journal::note(tx, who, moment, Act { action: "correct_address", about: &[person], payload }).await?;
    Ok(id)
}

/// Says that they no longer live there.
///
/// # Errors
/// [`Oops::Wrong`] for a day before it began; [`Oops::Stale`] where it changed since or may not be seen.
pub async fn end_address(tx: &mut Tx, who: &Who, moment: &mut Moment, command: EndAddress) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let seen = seen(tx, who, moment, person, command.address).await?;
    if seen.to.is_some() {
        return Err(Oops::Stale);
    }
    let mut wrong = Wrong::default();
    wrong.in_order(seen.from, Some(command.on), "on");
    wrong.done()?;
    over(tx, moment, person, seen.id).await?;
    let (id, image) = write(tx, moment, person, &again(&seen, Some(command.on))).await?;
    let payload = json!({"wrote": [image], "superseded": [command.address]});
    journal::note(tx, who, moment, Act { action: "end_address", about: &[person], payload }).await?;
    Ok(id)
}
