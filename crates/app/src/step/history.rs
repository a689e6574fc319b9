//! Steps that come from elsewhere, such as a census: many of one person at once, each with its entry.

use super::actions::{Step, add, beside, midday};
use super::store;
use crate::entry::{self, Recording};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, clock};
use db::{Tx, args};
use jiff::civil::Date;
use practice::episode::{StepKind, StepOutcome};
use practice::id::{EpisodeId, PersonId};
use serde_json::json;

/// A step as it is known elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtStep {
    /// The episode it belongs to.
    pub episode: Option<EpisodeId>,
    /// Of what kind.
    pub kind: StepKind,
    /// The day it happened or began.
    pub on: Date,
    /// The day it was finished.
    pub ended: Option<Date>,
    /// How it came out.
    pub outcome: Option<StepOutcome>,
    /// Further codes, as JSON text.
    pub detail: Option<String>,
    /// What is known of it, in words.
    pub narrative: String,
    /// What makes it the same when it is brought again.
    pub source_key: String,
}

/// The end of a step, as it is known elsewhere.
#[derive(Clone, Debug)]
pub struct BroughtEnd {
    /// The step as it is known here.
    pub step: Step,
    /// The day it was finished.
    pub on: Date,
    /// How it came out.
    pub outcome: Option<StepOutcome>,
    /// Further codes, as JSON text; what was known stays where nothing is said.
    pub detail: Option<String>,
    /// What is known of it, in words.
    pub narrative: String,
}

/// What is brought of one person.
#[derive(Clone, Debug)]
pub struct RecordHistory {
    /// Whose.
    pub person: PersonId,
    /// Where it comes from, in words.
    pub source: String,
    /// Steps that are not known here.
    pub steps: Vec<BroughtStep>,
    /// Steps that are known here as going on and are known elsewhere as finished.
    pub ends: Vec<BroughtEnd>,
}

/// Records a person's steps that are known elsewhere: the fact and an entry for each, one row of the journal
/// for all, and their clocks.
///
/// # Errors
/// [`Oops::Wrong`] for a day that cannot be; [`Oops::Stale`] where a step changed since it was read.
pub async fn record_history(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    history: RecordHistory,
) -> Result<()> {
    let RecordHistory { person, source, steps, ends } = history;
    let today = moment.today();
    let possible = |on: Date, ended: Option<Date>| {
        on <= today && ended.is_none_or(|ended| on <= ended && ended <= today)
    };
    let sound = steps.iter().all(|step| possible(step.on, step.ended))
        && ends.iter().all(|end| end.step.person == person && possible(end.step.on, Some(end.on)));
    if !sound {
        return Err(Oops::wrong("ended", "A step cannot have ended before it began, or after today"));
    }
    let mut recordings = Vec::with_capacity(steps.len() + ends.len());
    let mut record = |title: String, narrative: &str, on: Date| {
        let entry = beside(&[person], title, narrative, midday(on, moment.now()));
        recordings.push(Recording { source: Some(source.clone()), ..Recording::of(entry) });
    };
    for step in &steps {
        record(step.kind.plain().to_owned(), &step.narrative, step.on);
    }
    for end in &ends {
        record(format!("{} finished", end.step.kind.plain()), &end.narrative, end.on);
    }
    let entries = entry::record_together(tx, who, moment, person, &recordings).await?;
    let mut wrote = Vec::with_capacity(entries.len());
    let mut entries = entries.into_iter();
    for step in steps {
        let step = Step {
            id: uuid::Uuid::nil().into(),
            person,
            episode: step.episode,
            kind: step.kind,
            on: step.on,
            ended: step.ended,
            outcome: step.outcome,
            detail: step.detail,
            entry: entries.next(),
            source_key: Some(step.source_key),
        };
        add(tx, moment, &step).await?;
        wrote.push(image(&step));
    }
    for end in ends {
        tx.run_one(store::SUPERSEDE, args![end.step.id, moment.now()]).await?;
        let outcome = end.outcome.or(end.step.outcome);
        let detail = end.detail.or(end.step.detail);
        let step = Step { ended: Some(end.on), outcome, detail, ..end.step };
        add(tx, moment, &step).await?;
        wrote.push(image(&step));
    }
    clock::refresh(tx, moment, person).await?;
    let payload = json!({ "source": source, "wrote": wrote });
    note(tx, who, moment, Act { action: "record_history", about: &[person], payload }).await?;
    Ok(())
}

fn image(step: &Step) -> serde_json::Value {
    json!({
        "episode": step.episode, "kind": step.kind.code(), "on": step.on, "ended": step.ended,
        "outcome": step.outcome.map(StepOutcome::code), "entry": step.entry, "source": step.source_key,
        "detail": step.detail,
    })
}
