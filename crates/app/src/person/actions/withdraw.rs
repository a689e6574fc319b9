//! Taking back a fact that should never have been recorded. It stays readable as known before.

use super::{address, begin, detail, household, identifier, name, relate, some, warn};
use crate::journal::{self, Act};
use crate::person::facts;
use crate::{Moment, Oops, Result, Who, access};
use db::Tx;
use practice::access::Sight;
use practice::id::PersonId;
use practice::person::IdentifierKind;
use serde_json::json;
use uuid::Uuid;

/// Which fact of a person's record, by its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// A name.
    Name(Uuid),
    /// A detail.
    Detail(Uuid),
    /// A number; not a council id.
    Identifier(Uuid),
    /// An address.
    Address(Uuid),
    /// That they live in a household.
    Member(Uuid),
    /// A relationship, by the row of this person's side.
    Relationship(Uuid),
    /// A thing to know.
    Warning(Uuid),
}

/// Takes back a fact recorded by mistake.
#[derive(Clone, Debug)]
pub struct Withdraw {
    /// Of whom.
    pub person: PersonId,
    /// What.
    pub fact: FactKind,
    /// Why it was a mistake.
    pub why: String,
}

/// Takes back a fact recorded by mistake.
///
/// # Errors
/// [`Oops::Wrong`] without a reason; [`Oops::Refused`] for the only name or a council id; [`Oops::Stale`] where
/// it changed since.
pub async fn withdraw(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Withdraw) -> Result<()> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let why = some(&command.why).ok_or_else(|| Oops::wrong("why", "Say why it was a mistake"))?;
    let mut about = vec![person];
    let (table, id) = match command.fact {
        FactKind::Name(id) => {
            if facts::names(tx, person, None).await?.len() < 2 {
                return Err(Oops::Refused("This is the only name. Correct it instead".to_owned()));
            }
            name::over(tx, moment, person, id).await?;
            name::refresh(tx, moment, person).await?;
            ("person_name", id)
        }
        FactKind::Detail(id) => {
            detail::over(tx, moment, person, id).await?;
            ("person_detail", id)
        }
        FactKind::Identifier(id) => {
            let all = facts::identifiers(tx, person, None).await?;
            if all.iter().any(|it| it.id == id && it.kind == IdentifierKind::CouncilId) {
                return Err(Oops::Refused("A council id never changes: it has left in returns".to_owned()));
            }
            identifier::over(tx, moment, person, id).await?;
            ("person_identifier", id)
        }
        FactKind::Address(id) => {
            let all = facts::addresses(tx, person, None).await?;
            if all.iter().any(|it| it.id == id && it.confidential) {
                let may = access::require(tx, who, moment.now(), person, Sight::ConfidentialAddress).await;
                may.map_err(|_| Oops::Stale)?;
            }
            address::over(tx, moment, person, id).await?;
            ("address", id)
        }
        FactKind::Member(id) => {
            household::over(tx, moment, person, id).await?;
            ("household_member", id)
        }
        FactKind::Relationship(id) => {
            let all = facts::related(tx, person, None).await?;
            let it = all.iter().find(|it| it.id == id).ok_or(Oops::Stale)?;
            access::require(tx, who, moment.now(), it.other, Sight::Exists).await.map_err(|_| Oops::Stale)?;
            relate::over(tx, moment, person, it.pair).await?;
            about.push(it.other);
            ("relationship", it.pair)
        }
        FactKind::Warning(id) => {
            warn::over(tx, moment, person, id).await?;
            ("warning", id)
        }
    };
    let payload = json!({"in": table, "superseded": [id], "why": why});
    journal::note(tx, who, moment, Act { action: "withdraw", about: &about, payload }).await?;
    Ok(())
}
