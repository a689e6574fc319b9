//! Recording more of who someone is: names, birth, details, numbers, addresses, what people are to each other.

use super::call::Call;
use super::listed::{AddressUse, BirthBasis, Day, DetailKind, IdentifierKind, NameKind, RelationshipKind};
use super::operation::{At, Command, Made};
use super::problem::Problem;
use crate::Moment;
use crate::person::actions::{
    self, Bond, NamePerson, NewAddress, NewBirth, NewDetail, NewIdentifier, NewName, RecordAddress,
    RecordBirth, RecordDetail, RecordIdentifier, Relate,
};
use crate::who::Scope;
use async_trait::async_trait;
use db::Tx;
use practice::id::PersonId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A name.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenName {
    pub(super) kind: NameKind,
    /// Given names, in order.
    #[serde(default)]
    #[schema(required = false, max_length = 200)]
    given: String,
    /// The family name.
    #[serde(default)]
    #[schema(required = false, max_length = 200)]
    family: String,
    /// Since when, if known.
    from: Option<Day>,
    /// The last day it was used, if it is no longer.
    to: Option<Day>,
}

impl From<GivenName> for NewName {
    fn from(name: GivenName) -> Self {
        Self {
            kind: name.kind.0,
            given: name.given,
            family: name.family,
            from: name.from.map(|day| day.0),
            to: name.to.map(|day| day.0),
        }
    }
}

/// A birth, as far as it is known.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenBirth {
    /// The day; of an unborn child the expected one.
    on: Day,
    basis: BirthBasis,
    /// Where it is known from, or what is disputed.
    note: Option<String>,
}

impl From<GivenBirth> for NewBirth {
    fn from(birth: GivenBirth) -> Self {
        Self { on: birth.on.0, basis: birth.basis.0, note: birth.note }
    }
}

/// A short dated text about someone.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenDetail {
    kind: DetailKind,
    /// The words: theirs, wherever they can be.
    #[schema(max_length = 2000)]
    words: String,
    /// Where it comes from, or what else to know of it.
    note: Option<String>,
    /// Since when.
    from: Option<Day>,
}

impl GivenDetail {
    pub(super) fn check(&self, at: &str) -> Result<(), Problem> {
        use practice::person::DetailKind;
        let fault = match self.kind.0 {
            DetailKind::Phone => {
                practice::identifier::Phone::parse(&self.words).err().map(|fault| fault.to_string())
            }
            DetailKind::Photo => {
                Some("A photo is given on their page, where it is looked at first".to_owned())
            }
            DetailKind::Died => match serde_json::from_value::<Day>(self.words.as_str().into()) {
                Ok(_) => None,
                Err(error) => Some(error.to_string()),
            },
            _ => None,
        };
        fault.map_or(Ok(()), |fault| Err(Problem::field(format!("{at}/words"), fault)))
    }
}

impl From<GivenDetail> for NewDetail {
    fn from(detail: GivenDetail) -> Self {
        Self {
            kind: detail.kind.0,
            words: detail.words,
            note: detail.note,
            from: detail.from.map(|day| day.0),
        }
    }
}

/// A number someone is known by elsewhere.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenIdentifier {
    kind: IdentifierKind,
    #[schema(max_length = 100)]
    number: String,
    from: Option<Day>,
}

impl GivenIdentifier {
    pub(super) fn check(&self, at: &str) -> Result<(), Problem> {
        match practice::identifier::read(self.kind.0, &self.number) {
            Ok(_) => Ok(()),
            Err(fault) => Err(Problem::field(format!("{at}/number"), fault.to_string())),
        }
    }
}

impl From<GivenIdentifier> for NewIdentifier {
    fn from(it: GivenIdentifier) -> Self {
        Self { from: it.from.map(|day| day.0), ..Self::new(it.kind.0, &it.number) }
    }
}

/// Where someone lives or gets letters.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenAddress {
    purpose: AddressUse,
    /// Its lines, without the postcode.
    #[serde(default)]
    #[schema(required = false, max_length = 500)]
    lines: String,
    postcode: Option<String>,
    /// Whether it is kept from all but those who work with that very person.
    #[serde(default)]
    #[schema(required = false)]
    confidential: bool,
    from: Option<Day>,
    /// The last day, where they have left it.
    to: Option<Day>,
}

impl From<GivenAddress> for NewAddress {
    fn from(it: GivenAddress) -> Self {
        Self {
            purpose: it.purpose.0,
            lines: it.lines,
            postcode: it.postcode,
            confidential: it.confidential,
            from: it.from.map(|day| day.0),
            to: it.to.map(|day| day.0),
        }
    }
}

/// What another person is to this one.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenRelationship {
    /// The other person.
    other: Uuid,
    /// What the other is to this person: the other is their parent.
    kind: RelationshipKind,
    /// The other holds parental responsibility for this person.
    #[serde(default)]
    #[schema(required = false)]
    they_hold: bool,
    /// This person holds parental responsibility for the other.
    #[serde(default)]
    #[schema(required = false)]
    holds: bool,
    /// How close this person says the other is, 0 to 5.
    #[schema(minimum = 0, maximum = 5)]
    closeness: Option<i64>,
    /// How close the other says this person is, 0 to 5.
    #[schema(minimum = 0, maximum = 5)]
    their_closeness: Option<i64>,
    note: Option<String>,
    from: Option<Day>,
    to: Option<Day>,
}

fn there(person: PersonId, id: Uuid) -> Made {
    Made::new(id, format!("/people/{person}"))
}

#[async_trait]
impl Command for GivenName {
    const AT: At = At {
        path: "/people/{id}/names",
        name: "namePerson",
        scope: Some(Scope::PeopleWrite),
        title: "Give someone a name",
        about: "A name of a kind of which people have one takes the place of the one before, which stays readable.",
    };
    const EXAMPLE: &'static str = r#"{"kind":"chosen","given":"Toby"}"#;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let person: PersonId = call.id("id")?;
        let command = NamePerson { person, name: self.into() };
        Ok(there(person, actions::name_person(tx, &call.who, moment, command).await?))
    }
}

#[async_trait]
impl Command for GivenBirth {
    const AT: At = At {
        path: "/people/{id}/birth",
        name: "recordBirth",
        scope: Some(Scope::PeopleWrite),
        title: "Say when someone was born",
        about: "Clocks that follow birthdays follow it at once.",
    };
    const EXAMPLE: &'static str = r#"{"on":"2018-04-03","basis":"exact"}"#;
    const MAKES: bool = false;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let person: PersonId = call.id("id")?;
        let command = RecordBirth { person, birth: self.into(), seen: None };
        actions::record_birth(tx, &call.who, moment, command).await?;
        Ok(Made { id: None, href: Some(format!("/api/v1/people/{person}")) })
    }
}

#[async_trait]
impl Command for GivenDetail {
    const AT: At = At {
        path: "/people/{id}/details",
        name: "recordDetail",
        scope: Some(Scope::PeopleWrite),
        title: "Record a detail",
        about: "Pronouns, languages, a phone, a school, and so on. A detail of a kind of which people have one takes the place of the one before.",
    };
    const EXAMPLE: &'static str = r#"{"kind":"language","words":"Welsh"}"#;

    async fn look(&self, _call: &Call) -> Result<(), Problem> {
        self.check("")
    }

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let person: PersonId = call.id("id")?;
        let command = RecordDetail { person, detail: self.into(), seen: None };
        Ok(there(person, actions::record_detail(tx, &call.who, moment, command).await?))
    }
}

#[async_trait]
impl Command for GivenIdentifier {
    const AT: At = At {
        path: "/people/{id}/identifiers",
        name: "recordIdentifier",
        scope: Some(Scope::PeopleWrite),
        title: "Record a number",
        about: "An NHS number, a unique pupil number, a number of another system.",
    };
    const EXAMPLE: &'static str = r#"{"kind":"nhs-number","number":"9990000018"}"#;

    async fn look(&self, _call: &Call) -> Result<(), Problem> {
        self.check("")
    }

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let person: PersonId = call.id("id")?;
        let command = RecordIdentifier { person, identifier: self.into() };
        Ok(there(person, actions::record_identifier(tx, &call.who, moment, command).await?.id))
    }
}

#[async_trait]
impl Command for GivenAddress {
    const AT: At = At {
        path: "/people/{id}/addresses",
        name: "recordAddress",
        scope: Some(Scope::PeopleWrite),
        title: "Record an address",
        about: "A confidential address is shown only to those who work with that very person.",
    };
    const EXAMPLE: &'static str = r#"{"purpose":"home","lines":"4 Larch Lane, Wyvern","postcode":"ZZ9 4AB"}"#;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let person: PersonId = call.id("id")?;
        let command = RecordAddress { person, address: self.into() };
        Ok(there(person, actions::record_address(tx, &call.who, moment, command).await?))
    }
}

#[async_trait]
impl Command for GivenRelationship {
    const AT: At = At {
        path: "/people/{id}/relationships",
        name: "relate",
        scope: Some(Scope::PeopleWrite),
        title: "Say what another person is to someone",
        about: "It stands in both records.",
    };
    const EXAMPLE: &'static str =
        r#"{"other":"01936f2e-6a00-7000-8000-000000000000","kind":"parent","they_hold":true}"#;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let person: PersonId = call.id("id")?;
        let bond = Bond {
            kind: self.kind.0,
            they_hold: self.they_hold,
            holds: self.holds,
            closeness: self.closeness,
            their_closeness: self.their_closeness,
            note: self.note,
            from: self.from.map(|day| day.0),
            to: self.to.map(|day| day.0),
        };
        let command = Relate { person, other: self.other.into(), bond };
        let id = actions::relate(tx, &call.who, moment, command).await?;
        Ok(Made::new(id, format!("/people/{person}/relationships")))
    }
}
