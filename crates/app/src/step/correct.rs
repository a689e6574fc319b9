//! Correcting a step that was recorded wrongly: another day or outcome, or that it never happened. The older
//! version stays, one entry says what was wrong, and the clocks are worked out anew.

use super::actions::{Step, add, beside, midday, read, steps};
use super::asks::goes_on;
use super::store::{self, StepRow};
use crate::access::require;
use crate::entry::{self, Recording};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, clock};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::episode::StepOutcome;
use practice::id::{EntryId, StepId};
use serde_json::json;

/// How a step should have been recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// It happened so.
    Happened {
        /// The day it happened or began.
        on: Date,
        /// The day it was finished; none while it goes on.
        ended: Option<Date>,
        /// How it came out.
        outcome: Option<StepOutcome>,
    },
    /// It did not happen, or not to this person.
    Never,
}

/// Corrects a step of one person.
#[derive(Clone, Debug)]
pub struct CorrectStep {
    /// Which.
    pub step: StepId,
    /// How it should have been recorded.
    pub right: Right,
    /// What was wrong, in words.
    pub why: String,
}

fn plain(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// What was recorded before, in a sentence.
fn was(step: &Step) -> String {
    let mut words = format!("It was recorded as {}", plain(step.on));
    if let Some(ended) = step.ended.filter(|ended| *ended != step.on) {
        words.push_str(&format!(" to {}", plain(ended)));
    }
    if let Some(outcome) = step.outcome {
        words.push_str(&format!(" ({})", outcome.plain()));
    }
    words.push('.');
    words
}

fn sound(step: &Step, all: &[Step], today: Date) -> Result<()> {
    if step.on > today {
        return Err(Oops::wrong("on", "A step is recorded on the day it happened or after"));
    }
    if step.ended.is_some_and(|ended| ended < step.on || ended > today) {
        return Err(Oops::wrong("ended", "It cannot have ended before it began, or after today"));
    }
    let twice = goes_on(step.kind)
        && step.ended.is_none()
        && all.iter().any(|other| other.id != step.id && other.kind == step.kind && other.ended.is_none());
    if twice {
        return Err(Oops::wrong(
            "ended",
            "Another one goes on already. Give this one a last day, or finish that one first",
        ));
    }
    Ok(())
}

/// Corrects a step: what was recorded before stays readable.
///
/// # Errors
/// [`Oops::Stale`] where it changed since it was read, [`Oops::Wrong`] names the field that cannot be,
/// [`Oops::Refused`] for a step of a census that should be taken away: the next census would bring it again.
pub async fn correct_step(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: CorrectStep,
) -> Result<EntryId> {
    let row: Option<StepRow> = tx.maybe(store::ONE, args![command.step]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    let changed_since = row.superseded_at.is_some();
    let step = read(row)?;
    require(tx, who, moment.now(), step.person, Sight::Steps).await?;
    if changed_since {
        return Err(Oops::Stale);
    }
    let why = command.why.trim();
    if why.is_empty() {
        return Err(Oops::wrong("why", "Say what was wrong"));
    }
    tx.run(store::LOCK, args![step.person]).await?;
    let title = match &command.right {
        Right::Happened { .. } => format!("{}: corrected", step.kind.plain()),
        Right::Never => format!("{}: recorded by mistake", step.kind.plain()),
    };
    let right = match command.right {
        Right::Happened { on, ended, outcome } => {
            let right = Step { on, ended, outcome, ..step.clone() };
            sound(&right, &steps(tx, step.person).await?, moment.today())?;
            Some(right)
        }
        Right::Never if step.source_key.is_some() => {
            return Err(Oops::Refused(
                "This came from a file of the old system. Take it away there, or correct its day here"
                    .to_owned(),
            ));
        }
        Right::Never => None,
    };
    let narrative = format!("{why}\n\n{}", was(&step));
    let about = [step.person];
    let entry = beside(&about, title, &narrative, midday(moment.today(), moment.now()));
    let written = entry::record(tx, who, moment, &Recording::of(entry)).await?;
    tx.run_one(store::SUPERSEDE, args![step.id, moment.now()]).await?;
    if let Some(right) = &right {
        add(tx, moment, right).await?;
    }
    clock::refresh(tx, moment, step.person).await?;
    let payload = json!({
        "step": step.id, "kind": step.kind.code(), "entry": written,
        "right": right.as_ref().map(|it| json!({"on": it.on, "ended": it.ended, "outcome": it.outcome.map(StepOutcome::code)})),
    });
    note(tx, who, moment, Act { action: "correct_step", about: &[step.person], payload }).await?;
    Ok(written)
}
