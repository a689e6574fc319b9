//! Reading who someone is, and what people are to each other, as far as the reader may see.

use super::call::Call;
use super::listed::{
    AddressUse, BirthBasis, Day, DetailKind, IdentifierKind, Instant, NameKind, PersonKind, RelationshipKind,
    WarningKind,
};
use super::operation::{At, Question};
use super::problem::Problem;
use crate::access;
use crate::journal::{self, Read};
use crate::person::facts::Told;
use crate::person::{Known, Profile, profile};
use crate::room::Look;
use crate::who::Scope;
use async_trait::async_trait;
use db::Conn;
use jiff::civil::Date;
use practice::access::{Reason, Sight};
use practice::calendar::london_day;
use practice::id::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Someone's record is read as known at an instant.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadPerson {
    /// As known at this instant; without it as known now.
    #[param(nullable = false)]
    known_at: Option<Instant>,
}

/// The relationships of someone are read as known at an instant.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadRelationships {
    /// As known at this instant; without it as known now.
    #[param(nullable = false)]
    known_at: Option<Instant>,
}

/// Who someone is, as far as the reader may see. What they may not see is not there.
#[derive(Serialize, ToSchema)]
pub(super) struct Person {
    id: Uuid,
    /// The council's own id.
    council_id: Option<String>,
    /// The name they chose, or the first part of their name.
    name: String,
    /// Their whole legal name.
    full_name: String,
    kind: PersonKind,
    birth: Option<Birth>,
    names: Vec<Name>,
    details: Vec<Detail>,
    identifiers: Vec<Identifier>,
    /// Addresses; confidential ones only for those who work with this very person.
    addresses: Vec<Address>,
    /// Those who live with them today, as far as the reader may know of them.
    lives_with: Vec<Someone>,
    /// Things to know.
    warnings: Vec<Warning>,
}

/// A birth.
#[derive(Serialize, ToSchema)]
pub(super) struct Birth {
    on: Day,
    basis: BirthBasis,
    note: Option<String>,
}

/// A name, since when and until when.
#[derive(Serialize, ToSchema)]
pub(super) struct Name {
    id: Uuid,
    kind: NameKind,
    given: String,
    family: String,
    from: Option<Day>,
    to: Option<Day>,
}

/// A short dated text about someone.
#[derive(Serialize, ToSchema)]
pub(super) struct Detail {
    id: Uuid,
    kind: DetailKind,
    words: String,
    note: Option<String>,
    from: Option<Day>,
    to: Option<Day>,
}

/// A number someone is known by elsewhere.
#[derive(Serialize, ToSchema)]
pub(super) struct Identifier {
    id: Uuid,
    kind: IdentifierKind,
    number: String,
    from: Option<Day>,
    to: Option<Day>,
}

/// Where someone lives or gets letters.
#[derive(Serialize, ToSchema)]
pub(super) struct Address {
    id: Uuid,
    purpose: AddressUse,
    lines: String,
    postcode: Option<String>,
    confidential: bool,
    from: Option<Day>,
    to: Option<Day>,
}

/// A thing to know.
#[derive(Serialize, ToSchema)]
pub(super) struct Warning {
    id: Uuid,
    kind: WarningKind,
    fact: String,
    detail: Option<String>,
    from: Day,
    /// When it is looked at again.
    review_on: Day,
    to: Option<Day>,
    /// Whether the person was told of it.
    told: bool,
    /// Why they were not.
    not_told_why: Option<String>,
}

/// Somebody the reader may know of.
#[derive(Serialize, ToSchema)]
pub(super) struct Someone {
    id: Uuid,
    /// The name they chose.
    name: String,
    birth_year: Option<i64>,
    /// Whether the reader may open their record.
    open: bool,
}

/// What people are to someone.
#[derive(Serialize, ToSchema)]
pub(super) struct Relationships {
    relationships: Vec<Relationship>,
}

/// What another person is to this one.
#[derive(Serialize, ToSchema)]
pub(super) struct Relationship {
    id: Uuid,
    other: Someone,
    /// What the other is to this person.
    kind: RelationshipKind,
    /// The other holds parental responsibility for this person.
    they_hold: bool,
    /// This person holds parental responsibility for the other.
    holds: bool,
    closeness: Option<i64>,
    their_closeness: Option<i64>,
    note: Option<String>,
    from: Option<Day>,
    to: Option<Day>,
}

pub(super) fn day(on: Option<Date>) -> Option<Day> {
    on.map(Day)
}

fn someone(known: &Known) -> Someone {
    let header = &known.header;
    let name = header.shown_name.clone();
    Someone { id: header.id.0, name, birth_year: header.birth_year, open: known.open }
}

/// Someone's open record, or why not; who is refused leaves a row in the journal.
pub(super) async fn enter(call: &Call, conn: &mut Conn) -> Result<(PersonId, Reason), Problem> {
    let person: PersonId = call.id("id")?;
    let why = access::enter(&call.app, conn, &call.who, person, Sight::Open).await?;
    Ok((person, why))
}

async fn read(call: &Call, known: Option<Instant>, page: &str) -> Result<Profile, Problem> {
    let now = call.app.moment().now();
    let mut conn = call.app.db.read().await?;
    let (person, why) = enter(call, &mut conn).await?;
    let known = known.map(|known| known.0);
    let today = london_day(known.unwrap_or(now));
    let profile = profile(&mut conn, &Look { who: &call.who, person, today, now, known }).await?;
    drop(conn);
    let more = json!({"page": page, "known": known});
    journal::read(&call.app, &call.who, Read::Details, &[person], &why, more).await?;
    Ok(profile)
}

#[async_trait]
impl Question for ReadPerson {
    type Answer = Person;
    const AT: At = At {
        path: "/people/{id}",
        name: "readPerson",
        scope: Some(Scope::PeopleRead),
        title: "Read who someone is",
        about: "Names, birth, details, numbers, addresses, who lives with them, things to know. The reading stands in the journal, with the token's name.",
    };

    async fn answer(self, call: &Call) -> Result<Person, Problem> {
        let it = read(call, self.known_at, "about").await?;
        let lives_with =
            it.household().into_iter().filter_map(|one| it.people.get(&one.person)).map(someone).collect();
        let council_id = it.council_id().map(str::to_owned);
        Ok(Person {
            id: it.header.id.0,
            council_id,
            name: it.header.shown_name,
            full_name: it.header.full_name,
            kind: PersonKind(it.header.kind),
            birth: it.birth.map(|it| Birth {
                on: Day(it.birth.on),
                basis: BirthBasis(it.birth.basis),
                note: it.note,
            }),
            names: it.names.into_iter().map(Into::into).collect(),
            details: it.details.into_iter().map(Into::into).collect(),
            identifiers: it.identifiers.into_iter().map(Into::into).collect(),
            addresses: it.addresses.into_iter().map(Into::into).collect(),
            lives_with,
            warnings: it.warnings.into_iter().map(Into::into).collect(),
        })
    }
}

#[async_trait]
impl Question for ReadRelationships {
    type Answer = Relationships;
    const AT: At = At {
        path: "/people/{id}/relationships",
        name: "readRelationships",
        scope: Some(Scope::PeopleRead),
        title: "Read what people are to someone",
        about: "People the reader may not know of are left out.",
    };

    async fn answer(self, call: &Call) -> Result<Relationships, Problem> {
        let profile = read(call, self.known_at, "people").await?;
        let relationship = |it: crate::person::facts::Related| {
            let other = profile.people.get(&it.other).map(someone)?;
            Some(Relationship {
                id: it.id,
                other,
                kind: RelationshipKind(it.kind),
                they_hold: it.they_hold,
                holds: it.holds,
                closeness: it.closeness,
                their_closeness: it.their_closeness,
                note: it.note,
                from: day(it.from),
                to: day(it.to),
            })
        };
        Ok(Relationships {
            relationships: profile.related.iter().cloned().filter_map(relationship).collect(),
        })
    }
}

impl From<crate::person::facts::Name> for Name {
    fn from(it: crate::person::facts::Name) -> Self {
        let (from, to) = (day(it.from), day(it.to));
        Self { id: it.id, kind: NameKind(it.kind), given: it.given, family: it.family, from, to }
    }
}

impl From<crate::person::facts::Detail> for Detail {
    fn from(it: crate::person::facts::Detail) -> Self {
        let (from, to) = (day(it.from), day(it.to));
        Self { id: it.id, kind: DetailKind(it.kind), words: it.words, note: it.note, from, to }
    }
}

impl From<crate::person::facts::Identifier> for Identifier {
    fn from(it: crate::person::facts::Identifier) -> Self {
        let (from, to) = (day(it.from), day(it.to));
        Self { id: it.id, kind: IdentifierKind(it.kind), number: it.number, from, to }
    }
}

impl From<crate::person::facts::Address> for Address {
    fn from(it: crate::person::facts::Address) -> Self {
        Self {
            id: it.id,
            purpose: AddressUse(it.purpose),
            lines: it.lines,
            postcode: it.postcode,
            confidential: it.confidential,
            from: day(it.from),
            to: day(it.to),
        }
    }
}

impl From<crate::person::facts::Warning> for Warning {
    fn from(it: crate::person::facts::Warning) -> Self {
        let (told, not_told_why) = match it.told {
            Told::Yes { .. } => (true, None),
            Told::No { why } => (false, Some(why)),
        };
        Self {
            id: it.id,
            kind: WarningKind(it.kind),
            fact: it.fact,
            detail: it.detail,
            from: Day(it.from),
            review_on: Day(it.review_on),
            to: day(it.to),
            told,
            not_told_why,
        }
    }
}
