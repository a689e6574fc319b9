//! Steps asked for without a page: what may be answered, and the episode a step belongs to.

use super::actions::{RecordStep, StepToFinish, read};
use super::asks::{goes_on, outcomes, where_it_belongs};
use super::store::{self, StepRow};
use crate::access::require;
use crate::{Oops, Result, Who};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::Sight;
use practice::episode::{EpisodeKind, StepKind, StepOutcome};
use practice::id::{EpisodeId, PersonId};

/// The open episode that a step of someone belongs to.
pub(super) async fn episode(
    conn: &mut Conn,
    person: PersonId,
    kind: StepKind,
    on: Date,
) -> Result<Option<EpisodeId>> {
    let open: Vec<(uuid::Uuid, String)> = conn.all(store::OPEN_EPISODES, args![person, on]).await?;
    let open: Vec<(EpisodeId, EpisodeKind)> =
        open.into_iter().filter_map(|(id, kind)| Some((id.into(), EpisodeKind::from_code(&kind)?))).collect();
    Ok(where_it_belongs(kind, &open))
}

/// Whether a step of a kind is recorded with how it came out: of one that goes on that is said when it is finished.
pub(super) fn needs_outcome(kind: StepKind) -> bool {
    !goes_on(kind) && !outcomes(kind).is_empty() && kind != StepKind::Referral
}

/// The command that records a step of one person, as the page would make it.
///
/// # Errors
/// [`Oops::Wrong`] where it cannot come out so.
pub async fn asked(
    conn: &mut Conn,
    person: PersonId,
    (kind, on): (StepKind, Date),
    outcome: Option<StepOutcome>,
    narrative: String,
) -> Result<RecordStep> {
    let fits = |it: StepOutcome| !goes_on(kind) && outcomes(kind).contains(&it);
    match outcome {
        Some(it) if !fits(it) => {
            return Err(Oops::wrong("outcome", "It cannot come out so when it is recorded"));
        }
        None if needs_outcome(kind) => return Err(Oops::wrong("outcome", "Say how it came out")),
        _ => {}
    }
    let people = vec![(person, episode(conn, person, kind, on).await?)];
    Ok(RecordStep {
        people,
        kind,
        on,
        ended: None,
        outcome,
        detail: None,
        narrative,
        source: None,
        source_key: None,
    })
}

/// Whether a step may be finished with what is said of it, for someone who may know of it.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`] as access says; [`Oops::Wrong`] where it cannot come out so.
pub async fn may_finish_so(conn: &mut Conn, who: &Who, now: Timestamp, finish: &StepToFinish) -> Result<()> {
    let row: Option<StepRow> = conn.maybe(store::ONE, args![finish.step]).await?;
    let step = read(row.ok_or(Oops::NotFound)?)?;
    require(conn, who, now, step.person, Sight::Steps).await?;
    let known = outcomes(step.kind);
    match finish.outcome {
        Some(outcome) if !known.contains(&outcome) => Err(Oops::wrong("outcome", "It cannot come out so")),
        None if !known.is_empty() => Err(Oops::wrong("outcome", "Say how it came out")),
        _ => Ok(()),
    }
}
