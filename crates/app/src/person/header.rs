//! The few facts that stand at the head of a person's page and beside their name in a list.

use super::store::{self, HeaderRow};
use crate::Result;
use db::{Conn, DbError, args};
use practice::id::PersonId;
use practice::person::{AccessLevel, Birth, BirthBasis, PersonKind};

/// Who someone is, in one line.
#[derive(Clone, Debug)]
pub struct Header {
    /// Their id.
    pub id: PersonId,
    /// Whether they have been born.
    pub kind: PersonKind,
    /// Their colour, 1 to 8.
    pub hue: i64,
    /// Who may learn that the record exists.
    pub level: AccessLevel,
    /// The name they chose, or the first part of their name.
    pub shown_name: String,
    /// Their whole legal name.
    pub full_name: String,
    /// One or two letters.
    pub initials: String,
    /// The year of birth, which anyone who may find them sees.
    pub birth_year: Option<i64>,
    /// The day of birth and how sure it is.
    pub birth: Option<Birth>,
    /// Counts changes, for saving at once.
    pub version: i64,
}

fn read(row: HeaderRow) -> Result<Header> {
    let broken = |column| DbError::Broken { table: "person", column, row: row.id.to_string() };
    let birth = match (row.born_on, row.basis.as_deref()) {
        (Some(day), Some(basis)) => {
            let basis = BirthBasis::from_code(basis).ok_or_else(|| broken("basis"))?;
            Some(Birth { on: day.0, basis })
        }
        _ => None,
    };
    Ok(Header {
        id: row.id.into(),
        kind: PersonKind::from_code(&row.kind).ok_or_else(|| broken("kind"))?,
        level: AccessLevel::from_code(&row.access_level).ok_or_else(|| broken("access_level"))?,
        hue: row.hue,
        birth,
        birth_year: row.birth_year,
        version: row.version,
        shown_name: row.shown_name,
        full_name: row.full_name,
        initials: row.initials,
    })
}

/// The header of one person. Says nothing of who may see it: ask [`crate::access`] first.
///
/// # Errors
/// Where the database refuses.
pub async fn header(conn: &mut Conn, person: PersonId) -> Result<Option<Header>> {
    let row: Option<HeaderRow> = conn.maybe(store::HEADER, args![person]).await?;
    row.map(read).transpose()
}

/// How many people one statement asks for.
const TOGETHER: usize = 24;

/// The headers of several people, in the order asked; those not there are left out. One round trip for
/// each two dozen.
///
/// # Errors
/// Where the database refuses.
pub async fn headers(conn: &mut Conn, people: &[PersonId]) -> Result<Vec<Header>> {
    let mut found = std::collections::HashMap::with_capacity(people.len());
    for some in people.chunks(TOGETHER) {
        let Some(first) = some.first() else { break };
        let fill = std::iter::repeat(first);
        let values =
            some.iter().chain(fill).take(TOGETHER).map(|person| db::ToValue::value(&person.0)).collect();
        let rows: Vec<HeaderRow> = conn.all(store::HEADERS, values).await?;
        for row in rows {
            let header = read(row)?;
            found.insert(header.id, header);
        }
    }
    Ok(people.iter().filter_map(|person| found.get(person).cloned()).collect())
}
