//! Whose entries a family's timeline draws together, and who stands ready to be chosen when recording.

use super::store;
use crate::{Result, Who, access};
use db::{Conn, args};
use jiff::Timestamp;
use practice::access::{FamilyBonds, Sight, family_of_timeline};
use practice::id::PersonId;
use practice::relationship::RelationshipKind;
use std::collections::HashSet;
use uuid::Uuid;

/// The family of a person: the person first, then those of the same open household, parental responsibility
/// either way, and brothers and sisters; each once, and only those of whom the reader may know.
///
/// # Errors
/// Where the database refuses.
pub async fn family(conn: &mut Conn, who: &Who, now: Timestamp, person: PersonId) -> Result<Vec<PersonId>> {
    let today = now.to_zoned(crate::moment::london()).date();
    let mut bonds = FamilyBonds::default();
    let house: Vec<(Uuid,)> = conn.all(store::HOUSEHOLD, args![person, today]).await?;
    bonds.household = house.into_iter().map(|row| row.0.into()).collect();
    let bound: Vec<(Uuid, String, bool)> = conn.all(store::BOUND, args![person, today]).await?;
    for (other, kind, responsible) in bound {
        if responsible {
            bonds.responsible_for.push(other.into());
        }
        if RelationshipKind::from_code(&kind).is_some_and(RelationshipKind::is_sibling) {
            bonds.siblings.push(other.into());
        }
    }
    let holders: Vec<(Uuid,)> = conn.all(store::HOLDERS, args![person, today]).await?;
    bonds.hold_responsibility = holders.into_iter().map(|row| row.0.into()).collect();
    let everyone = family_of_timeline(person, &bonds, |_| true);
    let known = access::decide_many(conn, who, now, &everyone, Sight::Exists).await?;
    let known: HashSet<PersonId> =
        known.into_iter().filter(|(_, decision)| decision.is_allowed()).map(|(person, _)| person).collect();
    Ok(family_of_timeline(person, &bonds, |one| known.contains(&one)))
}
