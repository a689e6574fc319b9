//! The facts of a reader's relationship to one person, and the decision the rules make of them.

use super::store::{self, LevelRow};
use crate::{Oops, Result, Who};
use db::{Conn, DbError, args};
use jiff::{Timestamp, civil::Date};
use practice::access::{self, AllocationKind, Answer, Decision, Reason, Sight, Tie, Ties};
use practice::id::PersonId;
use practice::person::AccessLevel;

/// Every way in which a reader is tied to one person today.
///
/// # Errors
/// Where the database refuses.
pub async fn ties(conn: &mut Conn, who: &Who, person: PersonId, today: Date) -> Result<Ties> {
    let mut ties = Ties::default();
    if let Some(worker) = who.worker() {
        let parts: Vec<(String,)> = conn.all(store::ALLOCATED, args![person, worker, today]).await?;
        ties.direct =
            parts.iter().filter_map(|part| AllocationKind::from_code(&part.0)).map(Tie::Allocated).collect();
    }
    Ok(ties)
}

/// Whether someone may see or do this with a person's record; none where there is no such person.
///
/// # Errors
/// Where the database refuses.
pub async fn decide(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    person: PersonId,
    sight: Sight,
) -> Result<Option<Decision>> {
    let row: Option<LevelRow> = conn.maybe(store::LEVEL, args![person]).await?;
    let Some(row) = row else { return Ok(None) };
    let broken = || DbError::Broken { table: "person", column: "access_level", row: row.id.to_string() };
    let level = AccessLevel::from_code(&row.access_level).ok_or_else(broken)?;
    let today = now.to_zoned(crate::moment::london()).date();
    let ties = ties(conn, who, person, today).await?;
    Ok(Some(access::decide(&who.reader, level, &ties, sight, now)))
}

/// Lets the reader on or says what a page should say: absent and hidden answer alike. The program itself
/// (command line, import) is let on.
///
/// # Errors
/// [`Oops::NotFound`] or [`Oops::NotAllowed`].
pub async fn require(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    person: PersonId,
    sight: Sight,
) -> Result<Option<Reason>> {
    if who.program {
        return Ok(None);
    }
    match decide(conn, who, now, person, sight).await? {
        None => Err(Oops::NotFound),
        Some(Decision::Allowed(reason)) => Ok(Some(reason)),
        Some(Decision::Refused(refusal)) => Err(match refusal.answer() {
            Answer::Absent => Oops::NotFound,
            Answer::SignIn => Oops::SignIn { next: "/today".to_owned() },
            Answer::Say => Oops::NotAllowed(refusal.sentence().to_owned()),
        }),
    }
}
