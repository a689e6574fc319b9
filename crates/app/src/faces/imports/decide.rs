//! Deciding what a file asked: once, with a reason. What follows is done by the same actions that pages use.

use super::question::{FilesPeriod, Question, question, write};
use crate::episode::{self, CorrectEpisode, EndEpisode, Episode, OpenEpisode};
use crate::faces::import_people::on_behalf;
use crate::journal::{Act, note};
use crate::step::{self, Step, StepToFinish};
use crate::{Moment, Oops, Result, Who};
use db::Tx;
use jiff::civil::Date;
use practice::access::Action;
use practice::brought::{Decision, Sort};
use practice::episode::EpisodeKind;
use practice::role::Role;
use serde_json::json;
use uuid::Uuid;

/// The most letters of a reason.
const LONGEST: usize = 500;

/// A decision.
#[derive(Clone, Debug)]
pub struct Decide {
    /// About which question.
    pub question: Uuid,
    /// What.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// The day on which something ends; or the first day of the file's period, where both are kept.
    pub on: Option<Date>,
    /// The last day of the file's period, where both are kept.
    pub to: Option<Date>,
}

/// Only whoever sees what files say of children: the data officer.
pub(super) fn may_decide(who: &Who) -> Result<()> {
    crate::access::permit(who, Action::ImportReturns)?;
    if who.program || who.holds(Role::DataOfficer) {
        return Ok(());
    }
    Err(Oops::NotAllowed("What files say of children is decided by the data officer".to_owned()))
}

/// Decides what a file asked.
///
/// # Errors
/// [`Oops::NotFound`] where nothing was asked, [`Oops::Stale`] where it was decided meanwhile; [`Oops::Wrong`] names the
/// field; a rule that stands in the way gives its sentence.
pub async fn decide(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Decide) -> Result<()> {
    may_decide(who)?;
    let one = question(tx, command.question).await?.ok_or(Oops::NotFound)?;
    if one.decided.is_some() {
        return Err(Oops::Stale);
    }
    let reason = command.reason.trim().to_owned();
    if !one.sort.choices().contains(&command.decision) {
        return Err(Oops::wrong("decision", "Choose what to do"));
    }
    if reason.is_empty() || reason.chars().count() > LONGEST {
        return Err(Oops::wrong("reason", "Say why, in at most 500 letters"));
    }
    let hand = on_behalf(who, Action::ImportReturns, "deciding what a file asked")?;
    match command.decision {
        Decision::End => end(tx, &hand, moment, &one, (command.on, &reason)).await?,
        Decision::TakeTheirs => take_theirs(tx, &hand, moment, &one, &reason).await?,
        Decision::KeepBoth => keep_both(tx, &hand, moment, &one, (command.on, command.to)).await?,
        Decision::Keep | Decision::Wrong | Decision::KeepOurs | Decision::HeldAgain => {}
    }
    let decided = Question { decided: Some((command.decision, reason.clone())), ..one };
    write(tx, moment, &decided, who.worker().map(|worker| worker.0)).await?;
    let payload = json!({
        "question": decided.id, "sort": decided.sort.code(), "year": decided.year, "what": decided.known_as,
        "decision": command.decision.code(), "reason": reason
    });
    note(tx, who, moment, Act { action: "decide_import", about: &[decided.person], payload }).await?;
    Ok(())
}

async fn end(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    one: &Question,
    (on, reason): (Option<Date>, &str),
) -> Result<()> {
    let on = on.ok_or_else(|| Oops::wrong("on", "Say on which day it ended"))?;
    let open: Vec<Episode> =
        episode::episodes(tx, one.person).await?.into_iter().filter(|it| it.to.is_none()).collect();
    let from_files = |it: &&Episode| it.source_key.as_ref().is_some_and(|key| key.starts_with("cin/"));
    let ending: Vec<&Episode> = match one.sort {
        Sort::Person => open.iter().filter(from_files).collect(),
        Sort::Episode => open.iter().filter(|it| Some(it.id) == one.episode).collect(),
        Sort::Step => return finish(tx, who, moment, one, (on, reason)).await,
        Sort::Overlap => vec![],
    };
    if ending.is_empty() {
        return Err(Oops::wrong("decision", "It has ended already. Keep it, or say that it was wrong"));
    }
    for it in ending {
        let end = EndEpisode { episode: it.id, on, reason: reason.to_owned() };
        episode::end_episode(tx, who, moment, end).await?;
    }
    Ok(())
}

/// The step of the record that a key names, if it goes on.
fn step_of<'a>(one: &Question, steps: &'a [Step]) -> Option<&'a Step> {
    let (kind, rest) = one.known_as.split_once(':')?;
    let day: Date = rest.rsplit('/').next()?.parse().ok()?;
    steps.iter().find(|step| step.kind.code() == kind && step.on == day && step.ended.is_none())
}

async fn finish(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    one: &Question,
    (on, reason): (Date, &str),
) -> Result<()> {
    let steps = step::steps(tx, one.person).await?;
    let step = step_of(one, &steps)
        .ok_or_else(|| Oops::wrong("decision", "It does not go on. Keep it, or say that it was wrong"))?;
    let finish = StepToFinish {
        step: step.id,
        on,
        outcome: None,
        narrative: reason.to_owned(),
        source: Some(format!("No longer in the children in need census of {}", one.year)),
    };
    step::finish_step(tx, who, moment, finish).await.map(drop)
}

/// The episode of the record that overlaps, and what the file says.
async fn both(tx: &mut Tx, one: &Question) -> Result<(Episode, FilesPeriod, EpisodeKind)> {
    let held = episode::episodes(tx, one.person).await?.into_iter().find(|it| Some(it.id) == one.episode);
    let says = one.file_says.clone();
    let kind = says.as_ref().and_then(|says| EpisodeKind::from_code(&says.kind));
    let (Some(held), Some(says), Some(kind)) = (held, says, kind) else {
        return Err(Oops::wrong("decision", "The period of the record is no longer there. Keep ours"));
    };
    Ok((held, says, kind))
}

async fn take_theirs(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    one: &Question,
    reason: &str,
) -> Result<()> {
    let (held, says, _) = both(tx, one).await?;
    let right = CorrectEpisode {
        episode: held.id,
        version: held.version,
        from: says.from,
        to: says.to,
        team: held.team.as_ref().map(|team| team.0).or(says.team.map(Into::into)),
        why: format!("{} says otherwise. {reason}", says.source),
    };
    episode::correct_episode(tx, who, moment, right).await
}

async fn keep_both(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    one: &Question,
    (from, to): (Option<Date>, Option<Date>),
) -> Result<()> {
    let (_, says, kind) = both(tx, one).await?;
    let open = OpenEpisode {
        person: one.person,
        kind,
        team: if to.is_none() { says.team.map(Into::into) } else { None },
        from: from.unwrap_or(says.from),
        to,
        end_reason: to.map(|_| says.end_reason.clone().unwrap_or_else(|| "Closed".to_owned())),
        last_seen: None,
        last_review: None,
        source_key: Some(says.source_key),
        why: Some(says.source),
    };
    match episode::open_episode(tx, who, moment, open).await {
        Err(Oops::Refused(why)) => {
            Err(Oops::wrong("on", &format!("{why}. Give the file\u{2019}s period days beside it")))
        }
        other => other.map(drop),
    }
}
