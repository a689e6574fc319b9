//! The dated facts about one person as the record holds them, now or as known at an earlier instant.
//!
//! These readers say nothing of who may see what: [`super::profile`] leaves out what a reader may not see.

use super::bonds::store as bonds;
use super::store;
use crate::Result;
use db::{Conn, Day, DbError, Value, args};
use jiff::{Timestamp, civil::Date};
use practice::id::{HouseholdId, PersonId};
use practice::person::{
    AccessLevel, AddressUse, Birth, BirthBasis, DetailKind, IdentifierKind, NameKind, WarningKind,
};
use practice::relationship::RelationshipKind;
use uuid::Uuid;

/// A name, since when and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the parts say it")]
pub struct Name {
    pub id: Uuid,
    pub kind: NameKind,
    pub given: String,
    pub family: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub recorded_at: Timestamp,
}

impl Name {
    /// Given names, then family name.
    pub fn whole(&self) -> String {
        whole(&self.given, &self.family)
    }
}

/// Given names, then family name; either may be empty.
pub(crate) fn whole(given: &str, family: &str) -> String {
    [given, family].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The birth as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the parts say it")]
pub struct BirthFact {
    pub id: Uuid,
    pub birth: Birth,
    pub note: Option<String>,
    pub recorded_at: Timestamp,
}

/// A short dated text about the person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the parts say it")]
pub struct Detail {
    pub id: Uuid,
    pub kind: DetailKind,
    pub words: String,
    pub note: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub recorded_at: Timestamp,
}

/// A number the person is known by elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the parts say it")]
pub struct Identifier {
    pub id: Uuid,
    pub kind: IdentifierKind,
    pub number: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub recorded_at: Timestamp,
}

/// Where the person lives or gets letters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the parts say it")]
pub struct Address {
    pub id: Uuid,
    pub purpose: AddressUse,
    pub lines: String,
    pub postcode: Option<String>,
    pub confidential: bool,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub recorded_at: Timestamp,
}

/// One person of a household, with the row that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the parts say it")]
pub struct Member {
    pub id: Uuid,
    pub household: HouseholdId,
    pub person: PersonId,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub recorded_at: Timestamp,
}

/// What another person is to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The row.
    pub id: Uuid,
    /// The pair of rows, one for each side.
    pub pair: Uuid,
    /// The other person.
    pub other: PersonId,
    /// Who may learn that the other person's record exists.
    pub level: AccessLevel,
    /// What the other is to this person: "Leanne is Josie's *parent*".
    pub kind: RelationshipKind,
    /// The other holds parental responsibility for this person.
    pub they_hold: bool,
    /// This person holds parental responsibility for the other.
    pub holds: bool,
    /// How close this person says the other is, 0 to 5.
    pub closeness: Option<i64>,
    /// How close the other says this person is, 0 to 5.
    pub their_closeness: Option<i64>,
    /// What else there is to say of it.
    pub note: Option<String>,
    /// Since when.
    pub from: Option<Date>,
    /// Until when.
    pub to: Option<Date>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// A thing to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The row.
    pub id: Uuid,
    /// Of what kind.
    pub kind: WarningKind,
    /// The fact, first and short.
    pub fact: String,
    /// More about it.
    pub detail: Option<String>,
    /// Since when.
    pub from: Date,
    /// When it is looked at again, at most a year ahead.
    pub review_on: Date,
    /// The last day it held.
    pub to: Option<Date>,
    /// Whether the person knows of it, or why not.
    pub told: Told,
    /// With whom it was agreed.
    pub agreed_with: Option<String>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// Whether the person was told of a thing to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// They were told: when and how, as far as known.
    Yes {
        /// When.
        on: Option<Date>,
        /// How.
        how: Option<String>,
    },
    /// They were not, and why.
    No {
        /// Why not.
        why: String,
    },
}

/// Whether something with these dates holds on a day; the last day counts.
pub fn holds_on(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

pub(crate) fn word<T>(found: Option<T>, table: &'static str, column: &'static str, row: Uuid) -> Result<T> {
    found.ok_or_else(|| DbError::Broken { table, column, row: row.to_string() }.into())
}

fn day(day: Option<Day>) -> Option<Date> {
    day.map(|day| day.0)
}

async fn rows<T: db::Row>(
    conn: &mut Conn,
    (now, then): (&'static str, &'static str),
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<T>> {
    let (sql, values): (_, Vec<Value>) = match known {
        None => (now, args![person]),
        Some(known) => (then, args![person, known]),
    };
    Ok(conn.all(sql, values).await?)
}

/// Names, newest first.
pub(crate) async fn names(conn: &mut Conn, person: PersonId, known: Option<Timestamp>) -> Result<Vec<Name>> {
    let rows: Vec<store::NameRow> = rows(conn, (store::NAMES, store::NAMES_THEN), person, known).await?;
    let mut all = rows
        .into_iter()
        .map(|row| {
            Ok(Name {
                id: row.id,
                kind: word(NameKind::from_code(&row.kind), "person_name", "kind", row.id)?,
                given: row.given,
                family: row.family,
                from: day(row.from_date),
                to: day(row.to_date),
                recorded_at: row.recorded_at.0,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    all.sort_by_key(|name| std::cmp::Reverse((name.to.is_none(), name.from, name.recorded_at, name.id)));
    Ok(all)
}

/// The birth, if known.
pub(crate) async fn birth(
    conn: &mut Conn,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Option<BirthFact>> {
    let rows: Vec<store::BirthRow> = rows(conn, (store::BIRTH, store::BIRTH_THEN), person, known).await?;
    rows.into_iter()
        .next()
        .map(|row| {
            let basis = word(BirthBasis::from_code(&row.basis), "person_birth", "basis", row.id)?;
            let birth = Birth { on: row.born_on.0, basis };
            Ok(BirthFact { id: row.id, birth, note: row.note, recorded_at: row.recorded_at.0 })
        })
        .transpose()
}

/// Details, newest first.
pub(crate) async fn details(
    conn: &mut Conn,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<Detail>> {
    let rows: Vec<store::DetailRow> =
        rows(conn, (store::DETAILS, store::DETAILS_THEN), person, known).await?;
    let mut all = rows
        .into_iter()
        .map(|row| {
            Ok(Detail {
                id: row.id,
                kind: word(DetailKind::from_code(&row.kind), "person_detail", "kind", row.id)?,
                words: row.words,
                note: row.note,
                from: day(row.from_date),
                to: day(row.to_date),
                recorded_at: row.recorded_at.0,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    all.sort_by_key(|it| std::cmp::Reverse((it.to.is_none(), it.from, it.recorded_at, it.id)));
    Ok(all)
}

/// Numbers, newest first.
pub(crate) async fn identifiers(
    conn: &mut Conn,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<Identifier>> {
    let sql = (store::IDENTIFIERS, store::IDENTIFIERS_THEN);
    let rows: Vec<store::IdentifierRow> = rows(conn, sql, person, known).await?;
    let mut all = rows
        .into_iter()
        .map(|row| {
            Ok(Identifier {
                id: row.id,
                kind: word(IdentifierKind::from_code(&row.kind), "person_identifier", "kind", row.id)?,
                number: row.number,
                from: day(row.from_date),
                to: day(row.to_date),
                recorded_at: row.recorded_at.0,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    all.sort_by_key(|it| (it.kind, it.to.is_some(), std::cmp::Reverse((it.recorded_at, it.id))));
    Ok(all)
}

/// Addresses, confidential ones too, newest first.
pub(crate) async fn addresses(
    conn: &mut Conn,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<Address>> {
    let rows: Vec<store::AddressRow> =
        rows(conn, (store::ADDRESSES, store::ADDRESSES_THEN), person, known).await?;
    let mut all = rows
        .into_iter()
        .map(|row| {
            Ok(Address {
                id: row.id,
                purpose: word(AddressUse::from_code(&row.purpose), "address", "purpose", row.id)?,
                lines: row.lines,
                postcode: row.postcode,
                confidential: row.confidential,
                from: day(row.from_date),
                to: day(row.to_date),
                recorded_at: row.recorded_at.0,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    all.sort_by_key(|it| std::cmp::Reverse((it.to.is_none(), it.from, it.recorded_at, it.id)));
    Ok(all)
}

/// Everyone in the households the person is or was in, the person too.
pub(crate) async fn members(
    conn: &mut Conn,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<Member>> {
    let rows: Vec<bonds::MemberRow> =
        rows(conn, (bonds::HOUSEHOLDS, bonds::HOUSEHOLDS_THEN), person, known).await?;
    let mut all: Vec<Member> = rows
        .into_iter()
        .map(|row| Member {
            id: row.id,
            household: row.household_id.into(),
            person: row.person_id.into(),
            from: day(row.from_date),
            to: day(row.to_date),
            recorded_at: row.recorded_at.0,
        })
        .collect();
    // someone who came back is in the same household twice
    all.sort_by_key(|it| (it.household, it.from, it.id));
    all.dedup_by_key(|it| it.id);
    Ok(all)
}

/// Relationships, those that hold first.
pub(crate) async fn related(
    conn: &mut Conn,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<Related>> {
    let rows: Vec<bonds::RelatedRow> =
        rows(conn, (bonds::RELATED, bonds::RELATED_THEN), person, known).await?;
    let mut all = rows
        .into_iter()
        .map(|row| {
            Ok(Related {
                id: row.id,
                pair: row.pair_id,
                other: row.other_id.into(),
                level: word(
                    AccessLevel::from_code(&row.access_level),
                    "person",
                    "access_level",
                    row.other_id,
                )?,
                kind: word(RelationshipKind::from_code(&row.kind), "relationship", "kind", row.id)?,
                they_hold: row.they_hold,
                holds: row.i_hold,
                closeness: row.closeness,
                their_closeness: row.their_closeness,
                note: row.note,
                from: day(row.from_date),
                to: day(row.to_date),
                recorded_at: row.recorded_at.0,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    all.sort_by_key(|it| (it.to.is_some(), !it.they_hold, std::cmp::Reverse(it.closeness), it.kind, it.id));
    Ok(all)
}

/// Things to know, those that hold first and the latest of them first.
pub(crate) async fn warnings(
    conn: &mut Conn,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Vec<Warning>> {
    let rows: Vec<bonds::WarningRow> =
        rows(conn, (bonds::WARNINGS, bonds::WARNINGS_THEN), person, known).await?;
    let mut all = rows
        .into_iter()
        .map(|row| {
            let told = if row.told {
                Told::Yes { on: day(row.told_on), how: row.told_how }
            } else {
                Told::No { why: row.not_told_why.unwrap_or_default() }
            };
            Ok(Warning {
                id: row.id,
                kind: word(WarningKind::from_code(&row.kind), "warning", "kind", row.id)?,
                fact: row.fact,
                detail: row.detail,
                from: row.from_date.0,
                review_on: row.review_on.0,
                to: day(row.to_date),
                told,
                agreed_with: row.agreed_with,
                recorded_at: row.recorded_at.0,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    all.sort_by_key(|it| (it.to.is_some(), std::cmp::Reverse((it.from, it.recorded_at, it.id))));
    Ok(all)
}
