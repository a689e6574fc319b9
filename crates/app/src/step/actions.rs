//! Recording a step, and finishing one that goes on.

use super::store::{self, StepRow};
use crate::access::require;
use crate::entry::{self, Recording};
use crate::journal::{Act, note};
use crate::moment::london;
use crate::{Moment, Oops, Result, Who, clock};
use db::{Conn, DbError, Tx, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::Sight;
use practice::entry::{EntryKind, Part};
use practice::episode::{StepKind, StepOutcome};
use practice::id::{EntryId, EpisodeId, PersonId, StepId};
use practice::recording::{Audience, Participant, RecordEntry};
use serde_json::json;

/// A step as known now.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which.
    pub id: StepId,
    /// Whose.
    pub person: PersonId,
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
    /// The entry beside it.
    pub entry: Option<EntryId>,
    /// What makes it the same when imported again.
    pub source_key: Option<String>,
}

/// Records a step of one or several people, with one entry about all of them.
#[derive(Clone, Debug)]
pub struct RecordStep {
    /// For whom; each with the episode it belongs to.
    pub people: Vec<(PersonId, Option<EpisodeId>)>,
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
    /// What happened, in words.
    pub narrative: String,
    /// Where an imported one came from, in words.
    pub source: Option<String>,
    /// What makes it the same when imported again.
    pub source_key: Option<String>,
}

/// Finishes a step that goes on: an assessment, an enquiry, a plan, where a child lives.
#[derive(Clone, Debug)]
pub struct StepToFinish {
    /// Which.
    pub step: StepId,
    /// The day it was finished.
    pub on: Date,
    /// How it came out.
    pub outcome: Option<StepOutcome>,
    /// What happened, in words.
    pub narrative: String,
    /// Where an imported one came from.
    pub source: Option<String>,
}

pub(super) fn read(row: StepRow) -> Result<Step> {
    let kind = StepKind::from_code(&row.kind).ok_or_else(|| DbError::Broken {
        table: "step",
        column: "kind",
        row: row.id.to_string(),
    })?;
    Ok(Step {
        id: row.id.into(),
        person: row.person_id.into(),
        episode: row.episode_id.map(Into::into),
        kind,
        on: row.start_date.0,
        ended: row.end_date.map(|day| day.0),
        outcome: row.outcome.as_deref().and_then(StepOutcome::from_code),
        detail: row.detail,
        entry: row.entry_id.map(Into::into),
        source_key: row.source_key,
    })
}

/// The steps of a person as known now, the latest first. Says nothing of who may see them.
///
/// # Errors
/// Where the database refuses.
pub async fn steps(conn: &mut Conn, person: PersonId) -> Result<Vec<Step>> {
    let rows: Vec<StepRow> = conn.all(store::OF_PERSON, args![person]).await?;
    rows.into_iter().map(read).collect()
}

/// Midday in London of a day, for an entry of which only the day is known; now where that is still to come.
pub(super) fn midday(day: Date, now: Timestamp) -> Timestamp {
    let at = day.at(12, 0, 0, 0).to_zoned(london()).map_or(now, |zoned| zoned.timestamp());
    at.min(now)
}

pub(super) fn beside(people: &[PersonId], title: String, narrative: &str, at: Timestamp) -> RecordEntry {
    let about =
        |&person: &PersonId| Participant { person, part: Part::About, seen: None, not_seen_why: None };
    RecordEntry {
        kind: EntryKind::Step,
        happened_at: at,
        manner: None,
        minutes: None,
        place: None,
        title: Some(title),
        people: people.iter().map(about).collect(),
        workers: vec![],
        others_present: None,
        narrative: narrative.to_owned(),
        statements: vec![],
        promises: vec![],
        significant: true,
        written_to: None,
        audience: Audience::Present,
        corrects: None,
    }
}

pub(super) async fn add(tx: &mut Tx, moment: &mut Moment, step: &Step) -> Result<()> {
    let values = args![
        moment.id(),
        step.person,
        step.episode.map(|id| id.0),
        step.kind.code(),
        step.on,
        step.ended,
        step.outcome.map(StepOutcome::code),
        step.detail.as_deref(),
        step.entry.map(|id| id.0),
        step.source_key.as_deref(),
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    Ok(())
}

/// A plan goes on until it is finished, and so does where a child lives: a second beside it is a mistake. What
/// a file brings is taken as it is, because the returns show both.
async fn one_at_a_time(tx: &mut Tx, command: &RecordStep) -> Result<()> {
    if !matches!(command.kind, StepKind::ProtectionPlan | StepKind::ChildInNeedPlan | StepKind::Placement) {
        return Ok(());
    }
    for (person, _) in &command.people {
        tx.run(store::LOCK, args![*person]).await?;
        let held = steps(tx, *person).await?;
        if let Some(on) = held.iter().find(|held| held.kind == command.kind && held.ended.is_none()) {
            let since = on.on.strftime("%-d %B %Y");
            let words = format!("{} goes on since {since}. Finish that one first", command.kind.plain());
            return Err(Oops::Refused(words));
        }
    }
    Ok(())
}

/// Records a step: the fact for each person, one entry about them all, their clocks.
///
/// # Errors
/// [`Oops::Wrong`] names the field that cannot be.
pub async fn record_step(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: RecordStep,
) -> Result<EntryId> {
    for (person, _) in &command.people {
        require(tx, who, moment.now(), *person, Sight::Steps).await?;
    }
    if command.on > moment.today() {
        return Err(Oops::wrong("on", "A step is recorded on the day it happened or after"));
    }
    if command.ended.is_some_and(|ended| ended < command.on || ended > moment.today()) {
        return Err(Oops::wrong("ended", "It cannot have ended before it began, or after today"));
    }
    let people: Vec<PersonId> = command.people.iter().map(|(person, _)| *person).collect();
    if command.source.is_none() && command.ended.is_none() {
        one_at_a_time(tx, &command).await?;
    }
    let mut entry = beside(
        &people,
        command.kind.plain().to_owned(),
        &command.narrative,
        midday(command.on, moment.now()),
    );
    if entry.narrative.trim().is_empty() {
        command.kind.plain().clone_into(&mut entry.narrative);
    }
    let recording = Recording { source: command.source.clone(), ..Recording::of(entry) };
    let entry = entry::record(tx, who, moment, &recording).await?;
    for (person, episode) in &command.people {
        let step = Step {
            id: uuid::Uuid::nil().into(),
            person: *person,
            episode: *episode,
            kind: command.kind,
            on: command.on,
            ended: command.ended,
            outcome: command.outcome,
            detail: command.detail.clone(),
            entry: Some(entry),
            source_key: command.source_key.clone(),
        };
        add(tx, moment, &step).await?;
        clock::refresh(tx, moment, *person).await?;
    }
    let payload = json!({
        "entry": entry, "kind": command.kind.code(), "on": command.on, "ended": command.ended,
        "outcome": command.outcome.map(StepOutcome::code), "source": command.source_key,
    });
    note(tx, who, moment, Act { action: "record_step", about: &people, payload }).await?;
    Ok(entry)
}

/// Finishes a step that goes on; what was known before stays readable.
///
/// # Errors
/// [`Oops::Refused`] where it is finished already, [`Oops::Wrong`] where the day cannot be.
pub async fn finish_step(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: StepToFinish,
) -> Result<EntryId> {
    let row: Option<StepRow> = tx.maybe(store::ONE, args![command.step]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    let changed_since = row.superseded_at.is_some();
    let mut step = read(row)?;
    require(tx, who, moment.now(), step.person, Sight::Steps).await?;
    if changed_since {
        return Err(Oops::Stale);
    }
    if let Some(on) = step.ended {
        return Err(Oops::Refused(format!("This was finished already, on {}", on.strftime("%-d %B %Y"))));
    }
    if command.on < step.on || command.on > moment.today() {
        let began = step.on.strftime("%-d %B %Y");
        return Err(Oops::wrong("on", &format!("Choose a day between {began} and today")));
    }
    let title = format!("{} finished", step.kind.plain());
    let narrative = if command.narrative.trim().is_empty() { title.clone() } else { command.narrative };
    let about = [step.person];
    let entry = beside(&about, title, &narrative, midday(command.on, moment.now()));
    let recording = Recording { source: command.source, ..Recording::of(entry) };
    let written = entry::record(tx, who, moment, &recording).await?;
    tx.run_one(store::SUPERSEDE, args![step.id, moment.now()]).await?;
    step.ended = Some(command.on);
    step.outcome = command.outcome.or(step.outcome);
    add(tx, moment, &step).await?;
    clock::refresh(tx, moment, step.person).await?;
    let payload =
        json!({ "step": step.id, "ended": command.on, "outcome": step.outcome.map(StepOutcome::code) });
    note(tx, who, moment, Act { action: "finish_step", about: &[step.person], payload }).await?;
    Ok(written)
}
