//! Setting a figure for this council, and ending it. Every clock follows at once.

use super::store::{self, FigureRow};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access, clock};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Action;
use practice::calendar::Length;
use practice::clock::RuleId;
use serde_json::json;
use uuid::Uuid;

/// The most letters of a reason.
const LONGEST: usize = 500;

/// A figure of the council's own.
#[derive(Clone, Debug)]
pub struct SetFigure {
    /// The rule.
    pub rule: RuleId,
    /// Which of its figures.
    pub slot: String,
    /// How long.
    pub length: Length,
    /// The first day it holds: clocks that start then or later follow it.
    pub from: Date,
    /// Why.
    pub reason: String,
}

/// The end of a figure of the council's own.
#[derive(Clone, Debug)]
pub struct EndFigure {
    /// The rule.
    pub rule: RuleId,
    /// Which.
    pub figure: Uuid,
    /// Its last day; none to take it back as if it had never been.
    pub last_day: Option<Date>,
    /// Why.
    pub reason: String,
}

fn reason(words: &str) -> Result<&str> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Oops::wrong("reason", "Say why in a sentence"));
    }
    if words.chars().count() > LONGEST {
        return Err(Oops::wrong("reason", &format!("Say it in at most {LONGEST} letters")));
    }
    Ok(words)
}

/// Sets a figure from a day on, and works everyone's clocks out anew. One set before for the same day is
/// corrected by it. Says for how many people something changed.
///
/// # Errors
/// [`Oops::Wrong`] names the field; what the law does not allow is refused with rule, figure and source.
pub async fn set_figure(tx: &mut Tx, who: &Who, moment: &mut Moment, command: SetFigure) -> Result<usize> {
    access::permit(who, Action::SetFigures)?;
    let why = reason(&command.reason)?;
    let rules = clock::usual_rules()?;
    let rule = rules.best(command.rule, command.from).ok_or(Oops::NotFound)?;
    rule.may_set(&command.slot, command.length).map_err(|no| Oops::wrong("length", &no.to_string()))?;
    let (id, length) = (moment.id(), command.length.to_string());
    let code = command.rule.as_str();
    tx.run(store::REPLACE, args![moment.now(), code, &command.slot, command.from]).await?;
    let author = who.worker().map(|worker| worker.0);
    let values =
        args![id, code, &command.slot, &length, command.from, None::<Date>, why, author, moment.now()];
    tx.run(store::ADD, values).await?;
    let payload = json!({
        "figure": id, "rule": code, "slot": command.slot, "length": length, "from": command.from, "reason": why
    });
    note(tx, who, moment, Act { action: "set_figure", about: &[], payload }).await?;
    Ok(clock::refresh_all(tx, moment).await?.changed)
}

/// Ends a figure, so that the usual one holds again for what starts later, or takes it back.
///
/// # Errors
/// [`Oops::Wrong`] names the field.
pub async fn end_figure(tx: &mut Tx, who: &Who, moment: &mut Moment, command: EndFigure) -> Result<usize> {
    access::permit(who, Action::SetFigures)?;
    let why = reason(&command.reason)?;
    let code = command.rule.as_str();
    let rows: Vec<FigureRow> = tx.all(store::OF_RULE, args![code]).await?;
    let Some(held) = rows.into_iter().find(|row| row.id == command.figure) else {
        return Err(Oops::wrong("figure", "Choose the figure that is to end"));
    };
    if command.last_day.is_some_and(|day| day < held.from_date.0) {
        return Err(Oops::wrong("on", "It cannot end before it began. Leave the day empty to take it back"));
    }
    tx.run(store::SUPERSEDE, args![moment.now(), held.id]).await?;
    let id = moment.id();
    if let Some(day) = command.last_day {
        let author = who.worker().map(|worker| worker.0);
        let from = held.from_date.0;
        let values = args![id, code, &held.slot, &held.length, from, Some(day), why, author, moment.now()];
        tx.run(store::ADD, values).await?;
    }
    let payload = json!({
        "figure": held.id, "rule": code, "slot": held.slot, "length": held.length,
        "from": held.from_date.0, "to": command.last_day, "taken_back": command.last_day.is_none(), "reason": why
    });
    note(tx, who, moment, Act { action: "end_figure", about: &[], payload }).await?;
    Ok(clock::refresh_all(tx, moment).await?.changed)
}
