//! The questions that pages and actions ask: may this reader see or do this, and what to answer if not.

use super::entries::{EntryAsk, read_entry};
use super::reach::Reach;
use super::store::{self, LevelRow};
use crate::person::joined;
use crate::{App, Oops, Result, Who, journal};
use db::{Conn, DbError, args};
use jiff::Timestamp;
use practice::access::{Action, Answer, Decision, Reason, Sight, may};
use practice::id::PersonId;
use practice::person::AccessLevel;
use std::collections::{BTreeSet, HashMap};

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
    if who.program {
        return decide_program(conn, person).await;
    }
    let reach = Reach::of(conn, who, now).await?;
    let standings = reach.standings(conn, &[person]).await?;
    Ok(standings.get(&person).map(|standing| reach.decide(standing, sight)))
}

/// Imports ask for every row, so the program's question reads nothing but the level.
async fn decide_program(conn: &mut Conn, person: PersonId) -> Result<Option<Decision>> {
    let row: Option<LevelRow> = conn.maybe(store::LEVEL, args![person]).await?;
    let Some(row) = row else { return Ok(None) };
    let broken = || DbError::Broken { table: "person", column: "access_level", row: row.id.to_string() };
    let level = AccessLevel::from_code(&row.access_level).ok_or_else(broken)?;
    Ok(Some(super::facts::decide_program(level)))
}

/// As [`decide`], for many people at once. Whoever is not in the record is left out.
///
/// # Errors
/// Where the database refuses.
pub async fn decide_many(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    people: &[PersonId],
    sight: Sight,
) -> Result<HashMap<PersonId, Decision>> {
    let reach = Reach::of(conn, who, now).await?;
    let standings = reach.standings(conn, people).await?;
    Ok(standings.iter().map(|(&person, standing)| (person, reach.decide(standing, sight))).collect())
}

/// Lets the reader on, saying why they may, or says what a page should say: absent and hidden answer
/// alike. The program itself (command line, import) is let on to all but sealed records.
///
/// # Errors
/// [`Oops::NotFound`], [`Oops::NotAllowed`] or [`Oops::SignIn`].
pub async fn require(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    person: PersonId,
    sight: Sight,
) -> Result<Reason> {
    let_on(decide(conn, who, now, person, sight).await?)
}

/// Lets on whoever may do this by their post, or says who may; the program itself (command line, import) may.
///
/// # Errors
/// [`Oops::NotAllowed`].
pub fn permit(who: &Who, action: Action) -> Result<()> {
    match may(&who.reader, action) {
        Decision::Refused(_) if !who.program => Err(Oops::NotAllowed(action.refused().to_owned())),
        _ => Ok(()),
    }
}

/// As [`require`], for a page: someone who is not let on leaves a row in the journal, in the same way
/// whether the record is hidden or not there.
///
/// # Errors
/// As [`require`].
pub async fn enter(app: &App, conn: &mut Conn, who: &Who, person: PersonId, sight: Sight) -> Result<Reason> {
    let decision = decide(conn, who, app.moment().now(), person, sight).await?;
    let joined = decision.is_none() && is_joined(conn, person).await?;
    if !joined && !decision.as_ref().is_some_and(Decision::is_allowed) {
        let why = decision.as_ref().and_then(Decision::refusal);
        journal::refused(app, who, person, why).await?;
    }
    let_on(decision)
}

/// Whether a record was joined with another: whoever comes by its old address is led on, not refused.
async fn is_joined(conn: &mut Conn, person: PersonId) -> Result<bool> {
    Ok(!joined::living(conn, &BTreeSet::from([person.0])).await?.is_empty())
}

/// As [`require`], for one thing recorded.
///
/// # Errors
/// As [`require`].
pub async fn require_entry(conn: &mut Conn, who: &Who, now: Timestamp, entry: &EntryAsk) -> Result<Reason> {
    let_on(Some(read_entry(conn, who, now, entry).await?))
}

/// Turns a decision into what a page answers. None stands for a person who is not there.
///
/// # Errors
/// As [`require`].
pub fn let_on(decision: Option<Decision>) -> Result<Reason> {
    match decision {
        None => Err(Oops::NotFound),
        Some(Decision::Allowed(reason)) => Ok(reason),
        Some(Decision::Refused(refusal)) => Err(match refusal.answer() {
            Answer::Absent => Oops::NotFound,
            Answer::SignIn => Oops::SignIn { next: "/today".to_owned() },
            Answer::Say => Oops::NotAllowed(refusal.sentence().to_owned()),
        }),
    }
}
