//! The closed lists of practice, days and instants as they stand in the document and in bodies.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! listed {
    ($($name:ident = $list:path, $about:literal;)*) => {$(
        #[doc = $about]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(super) struct $name(pub(super) $list);

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let all: Vec<&str> = <$list>::ALL.iter().map(|one| one.code()).collect();
                let lines = <$list>::ALL.iter().map(|one| format!("- `{}`: {}", one.code(), one.plain()));
                let about = std::iter::once(format!("{}\n", $about)).chain(lines).collect::<Vec<_>>().join("\n");
                let schema = ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).enum_values(Some(all));
                schema.description(Some(about)).build().into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*};
}

listed! {
    EntryKind = practice::entry::EntryKind, "What sort of thing happened.";
    Manner = practice::entry::Manner, "How people met.";
    Part = practice::entry::Part, "What someone is to an entry.";
    Seen = practice::entry::Seen, "Whether a child was seen.";
    StatementForm = practice::entry::StatementForm, "How words were given.";
    Readers = practice::entry::Readers, "Who may read an entry.";
    PromiseState = practice::entry::PromiseState, "What became of a promise.";
    EpisodeKind = practice::episode::EpisodeKind, "A period of need or help.";
    StepKind = practice::episode::StepKind, "A step of the pathway that the law counts.";
    StepOutcome = practice::episode::StepOutcome, "How a step came out.";
    AllocationKind = practice::access::AllocationKind, "The part in which a worker works with someone.";
    PersonKind = practice::person::PersonKind, "Whether someone has been born.";
    NameKind = practice::person::NameKind, "Which of someone's names.";
    BirthBasis = practice::person::BirthBasis, "How sure a day of birth is.";
    DetailKind = practice::person::DetailKind, "What a detail says.";
    IdentifierKind = practice::person::IdentifierKind, "Whose number it is.";
    AddressUse = practice::person::AddressUse, "What an address is to someone.";
    WarningKind = practice::person::WarningKind, "What a thing to know is about.";
    RelationshipKind = practice::relationship::RelationshipKind, "What one person is to another.";
    Role = practice::role::Role, "What a worker does for the council.";
}

/// A day, as 2026-11-21.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub(super) struct Day(pub(super) Date);

/// The years that a record may speak of.
const YEARS: std::ops::RangeInclusive<i16> = 1850..=2199;

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let day = (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten();
        match day {
            Some(day) if YEARS.contains(&day.year()) => Ok(Self(day)),
            Some(_) => Err(serde::de::Error::custom("Choose a day between 1850 and 2199")),
            None => Err(serde::de::Error::custom("Write a day as 2026-11-21")),
        }
    }
}

/// An instant, as 2026-11-21T10:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub(super) struct Instant(pub(super) jiff::Timestamp);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let at = text.parse::<jiff::Timestamp>().ok().filter(|at| text.len() <= 40 && at.as_second() >= 0);
        let at = at.filter(|at| *at < jiff::Timestamp::constant(7_258_118_400, 0));
        at.map(Self).ok_or_else(|| serde::de::Error::custom("Write an instant as 2026-11-21T10:00:00Z"))
    }
}

/// A time of day in London, as 16:35.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time(pub(super) jiff::civil::Time);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let parts = text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2);
        let read = parts.and_then(|(hour, minute)| {
            jiff::civil::Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
        });
        read.map(Self).ok_or_else(|| serde::de::Error::custom("Write a time as 16:35"))
    }
}

fn text(about: &str, example: &str, format: Option<KnownFormat>, pattern: Option<&str>) -> RefOr<Schema> {
    let schema = ObjectBuilder::new()
        .schema_type(SchemaType::new(Type::String))
        .format(format.map(SchemaFormat::KnownFormat))
        .pattern(pattern.map(str::to_owned))
        .description(Some(about))
        .examples([serde_json::Value::from(example)]);
    schema.build().into()
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        let pattern = "^(18[5-9][0-9]|19[0-9]{2}|20[0-9]{2}|21[0-9]{2})-[0-9]{2}-[0-9]{2}$";
        text("A day between 1850 and 2199.", "2026-11-21", Some(KnownFormat::Date), Some(pattern))
    }
}

impl PartialSchema for Instant {
    fn schema() -> RefOr<Schema> {
        text("An instant.", "2026-11-21T10:00:00Z", Some(KnownFormat::DateTime), None)
    }
}

impl PartialSchema for Time {
    fn schema() -> RefOr<Schema> {
        text("A time of day in London.", "16:35", None, Some("^([01][0-9]|2[0-3]):[0-5][0-9]$"))
    }
}

impl ToSchema for Day {}
impl ToSchema for Instant {}
impl ToSchema for Time {}

/// How many of a page, where its address says so.
pub(super) fn limit(asked: Option<u32>, usual: u32, most: u32) -> Result<usize, super::problem::Problem> {
    let limit = asked.unwrap_or(usual);
    if (1..=most).contains(&limit) {
        return Ok(usize::try_from(limit).unwrap_or(1));
    }
    Err(super::problem::Problem::parameter("limit", format!("Ask for 1 to {most}")))
}
