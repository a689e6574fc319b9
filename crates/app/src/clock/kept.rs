//! Working a person's clocks out, and keeping those that pages show.

use super::facts;
use super::store::{self, HolidayRow};
use crate::{Moment, Oops, Result};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::calendar::{Calendar, Change, Override};
use practice::clock::{Clock, Rules, State, Why, clocks};
use practice::id::PersonId;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static RULES: LazyLock<std::result::Result<Rules, String>> =
    LazyLock::new(|| Rules::built_in().map_err(|error| error.to_string()));

/// The rules in force.
///
/// # Errors
/// Never in a program that passed its tests.
pub fn rules() -> Result<&'static Rules> {
    RULES.as_ref().map_err(|error| Oops::Broken(error.clone()))
}

/// A clock kept for a person, with what it says about itself on a day.
#[derive(Clone, Debug)]
pub struct KeptClock {
    /// Whose it is.
    pub person: PersonId,
    /// The clock.
    pub clock: Clock,
    /// How it stands on that day.
    pub state: State,
    /// Why it started, when it is due and why then.
    pub why: Why,
}

/// England's calendar with this council's overrides.
///
/// # Errors
/// Where the database refuses.
pub async fn calendar(conn: &mut Conn) -> Result<Calendar> {
    let rows: Vec<HolidayRow> = conn.all(store::HOLIDAYS, args![]).await?;
    let overrides: Vec<Override> = rows
        .into_iter()
        .map(|row| Override {
            date: row.day.0,
            change: if row.change == "add" { Change::Add } else { Change::Remove },
            name: row.name.into(),
        })
        .collect();
    Ok(Calendar::england_with_overrides(&overrides))
}

/// Works a person's clocks out anew from what is recorded and keeps those that pages show: what runs, and the
/// last finished round of each rule and episode. Called by every action that changes such facts.
///
/// # Errors
/// Where the database refuses, or a stored row makes no sense.
pub async fn refresh(tx: &mut Tx, moment: &mut Moment, person: PersonId) -> Result<()> {
    let calendar = calendar(tx).await?;
    let held = facts::read(tx, person, false).await?;
    let mut found = clocks(rules()?, &calendar, &held.facts(), moment.today());
    found = shown(found);
    let mut bodies = Vec::with_capacity(found.len());
    for clock in &found {
        bodies.push(serde_json::to_string(clock)?);
    }
    let before: Vec<(String,)> = tx.all(store::KEPT, args![person]).await?;
    let mut before: Vec<String> = before.into_iter().map(|row| row.0).collect();
    let mut after = bodies.clone();
    before.sort_unstable();
    after.sort_unstable();
    if before == after {
        return Ok(());
    }
    tx.run(store::FORGET, args![person]).await?;
    for (clock, body) in found.iter().zip(bodies) {
        let values = args![
            moment.id(),
            person,
            clock.rule.as_str(),
            clock.episode.map(|id| id.0),
            clock.round,
            body,
            clock.started.on,
            clock.due,
            clock.done.map(|cause| cause.on),
            clock.cancelled.map(|cause| cause.on)
        ];
        tx.run(store::KEEP, values).await?;
    }
    Ok(())
}

/// What pages show of all clocks: those that run, and the last finished of each rule and episode. Whether an
/// entry was written down in time stands on the entry itself.
fn shown(all: Vec<Clock>) -> Vec<Clock> {
    let mut last: BTreeMap<(String, Option<uuid::Uuid>), Clock> = BTreeMap::new();
    let mut shown = vec![];
    for clock in all {
        if clock.is_running() {
            shown.push(clock);
            continue;
        }
        if clock.rule.as_str() == "WF-09" {
            continue;
        }
        let key = (clock.rule.as_str().to_owned(), clock.episode.map(|id| id.0));
        let newer = last.get(&key).is_none_or(|held| held.due <= clock.due);
        if newer {
            last.insert(key, clock);
        }
    }
    shown.extend(last.into_values());
    shown
}

async fn told(
    conn: &mut Conn,
    person: PersonId,
    today: Date,
    bodies: Vec<(String,)>,
) -> Result<Vec<KeptClock>> {
    if bodies.is_empty() {
        return Ok(vec![]);
    }
    let calendar = calendar(conn).await?;
    let rules = rules()?;
    let mut told = Vec::with_capacity(bodies.len());
    for (body,) in bodies {
        let clock: Clock = serde_json::from_str(&body)?;
        let Some(why) = clock.why(rules, &calendar, today) else { continue };
        told.push(KeptClock { person, state: clock.state(today, &calendar), clock, why });
    }
    Ok(told)
}

/// The clocks kept for a person: what runs first by when it is due, and the last finished of each.
///
/// # Errors
/// Where the database refuses.
pub async fn of_person(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<KeptClock>> {
    let bodies = conn.all(store::KEPT, args![person]).await?;
    told(conn, person, today, bodies).await
}

/// The clocks of a person that run.
///
/// # Errors
/// Where the database refuses.
pub async fn running_of(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<KeptClock>> {
    let bodies = conn.all(store::RUNNING, args![person]).await?;
    told(conn, person, today, bodies).await
}

/// Every clock there ever was for a person, worked out anew from the whole record.
///
/// # Errors
/// Where the database refuses.
pub async fn history(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<KeptClock>> {
    let calendar = calendar(conn).await?;
    let held = facts::read(conn, person, true).await?;
    let rules = rules()?;
    Ok(clocks(rules, &calendar, &held.facts(), today)
        .into_iter()
        .filter_map(|clock| {
            let why = clock.why(rules, &calendar, today)?;
            Some(KeptClock { person, state: clock.state(today, &calendar), clock, why })
        })
        .collect())
}
