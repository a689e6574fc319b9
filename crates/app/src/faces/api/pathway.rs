//! The pathway: what runs and is due, episodes, steps.

use super::call::Call;
use super::listed::{Day, EpisodeKind, StepKind, StepOutcome};
use super::operation::{At, Command, Made, Question};
use super::people::{day, enter};
use super::problem::Problem;
use crate::Moment;
use crate::clock::{self, KeptClock};
use crate::episode::{self, EndEpisode, OpenEpisode};
use crate::journal::{self, Read};
use crate::step::{self, StepToFinish};
use crate::who::Scope;
use async_trait::async_trait;
use db::{Conn, Tx};
use practice::access::Reason;
use practice::clock::State;
use practice::id::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

macro_rules! plain_questions {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Deserialize, IntoParams)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {}
    )*};
}

plain_questions! {
    /// Reads the dates that run.
    ReadClocks;
    /// Reads episodes.
    ReadEpisodes;
    /// Reads steps.
    ReadSteps;
}

/// What runs, and what was done last.
#[derive(Serialize, ToSchema)]
pub(super) struct Clocks {
    clocks: Vec<Clock>,
}

/// How a date stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Standing {
    /// There is time.
    Running,
    /// The last fifth of its time has begun.
    Nearly,
    /// Today is its last day.
    DueToday,
    /// Its last day has passed.
    Late,
    /// Done.
    Done,
    /// No longer needed.
    Ended,
}

/// A timescale of one person.
#[derive(Serialize, ToSchema)]
pub(super) struct Clock {
    pub(super) person: Uuid,
    /// The rule.
    rule: String,
    /// What is to be done.
    name: String,
    standing: Standing,
    started_on: Day,
    due_on: Day,
    done_on: Option<Day>,
    /// Why the date is what it is.
    why: String,
    /// How late it is or was.
    late: Option<String>,
    /// What stands behind it.
    source: String,
    /// What was said about its being late.
    reasons: Vec<String>,
}

pub(super) fn clock_of(kept: KeptClock) -> Clock {
    let standing = match kept.state {
        State::Running { .. } => Standing::Running,
        State::Nearly { .. } => Standing::Nearly,
        State::DueToday => Standing::DueToday,
        State::Late { .. } => Standing::Late,
        State::Done { .. } => Standing::Done,
        State::Ended { .. } => Standing::Ended,
    };
    Clock {
        person: kept.person.0,
        rule: kept.why.rule.as_str().to_owned(),
        name: kept.why.name,
        standing,
        started_on: Day(kept.clock.started.on),
        due_on: Day(kept.clock.due),
        done_on: day(kept.clock.done.map(|cause| cause.on)),
        why: kept.why.due,
        late: kept.why.late,
        source: kept.why.source,
        reasons: kept.reasons.into_iter().map(|reason| reason.words).collect(),
    }
}

/// Periods of need or help.
#[derive(Serialize, ToSchema)]
pub(super) struct Episodes {
    episodes: Vec<Episode>,
}

/// A period of need or help.
#[derive(Serialize, ToSchema)]
pub(super) struct Episode {
    id: Uuid,
    kind: EpisodeKind,
    /// The team that holds it.
    team: Option<Uuid>,
    team_name: Option<String>,
    from: Day,
    to: Option<Day>,
    end_reason: Option<String>,
}

/// The steps that the law counts.
#[derive(Serialize, ToSchema)]
pub(super) struct Steps {
    steps: Vec<Step>,
}

/// A step that the law counts.
#[derive(Serialize, ToSchema)]
pub(super) struct Step {
    id: Uuid,
    kind: StepKind,
    episode: Option<Uuid>,
    on: Day,
    /// When it was finished, of one that goes on.
    ended: Option<Day>,
    outcome: Option<StepOutcome>,
    /// The entry beside it.
    entry: Option<Uuid>,
}

/// Opens an episode.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenIt {
    kind: EpisodeKind,
    /// The team that holds it.
    team: Uuid,
    /// Its first day.
    from: Day,
    /// Why it is opened.
    #[schema(max_length = 2000)]
    why: Option<String>,
}

/// Ends an episode.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndIt {
    /// Its last day.
    on: Day,
    /// Why it ends.
    #[schema(min_length = 1, max_length = 2000)]
    reason: String,
}

/// Records a step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordIt {
    kind: StepKind,
    /// The day it happened or began.
    on: Day,
    /// How it came out; of a step that goes on it is said when it is finished.
    outcome: Option<StepOutcome>,
    /// What happened, in words: one entry on the timeline.
    #[serde(default)]
    #[schema(required = false, max_length = 200_000)]
    narrative: String,
}

/// Finishes a step that goes on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FinishIt {
    /// Its last day.
    on: Day,
    outcome: Option<StepOutcome>,
    #[serde(default)]
    #[schema(required = false, max_length = 200_000)]
    narrative: String,
}

pub(super) async fn noted(
    call: &Call,
    what: Read,
    (person, why): (PersonId, &Reason),
) -> Result<(), Problem> {
    journal::read(&call.app, &call.who, what, &[person], why, json!({})).await?;
    Ok(())
}

pub(super) async fn opened(call: &Call) -> Result<(Conn, PersonId, Reason), Problem> {
    let mut conn = call.app.db.read().await?;
    let (person, why) = enter(call, &mut conn).await?;
    Ok((conn, person, why))
}

#[async_trait]
impl Question for ReadClocks {
    type Answer = Clocks;
    const AT: At = At {
        path: "/people/{id}/clocks",
        name: "readClocks",
        scope: Some(Scope::PathwayRead),
        title: "Read the dates that run for someone",
        about: "Each with the rule, why it is due then, and how it stands today.",
    };

    async fn answer(self, call: &Call) -> Result<Clocks, Problem> {
        let (mut conn, person, why) = opened(call).await?;
        let kept = clock::of_person(&mut conn, person, call.app.moment().today()).await?;
        drop(conn);
        noted(call, Read::Dates, (person, &why)).await?;
        Ok(Clocks { clocks: kept.into_iter().map(clock_of).collect() })
    }
}

#[async_trait]
impl Question for ReadEpisodes {
    type Answer = Episodes;
    const AT: At = At {
        path: "/people/{id}/episodes",
        name: "readEpisodes",
        scope: Some(Scope::PathwayRead),
        title: "Read someone's episodes",
        about: "Open and ended, as known now.",
    };

    async fn answer(self, call: &Call) -> Result<Episodes, Problem> {
        let (mut conn, person, why) = opened(call).await?;
        let all = episode::episodes(&mut conn, person).await?;
        drop(conn);
        noted(call, Read::Episodes, (person, &why)).await?;
        let episode = |it: episode::Episode| {
            let (team, team_name) = it.team.map(|(id, name)| (id.0, name)).unzip();
            Episode {
                id: it.id.0,
                kind: EpisodeKind(it.kind),
                team,
                team_name,
                from: Day(it.from),
                to: day(it.to),
                end_reason: it.end_reason,
            }
        };
        Ok(Episodes { episodes: all.into_iter().map(episode).collect() })
    }
}

#[async_trait]
impl Question for ReadSteps {
    type Answer = Steps;
    const AT: At = At {
        path: "/people/{id}/steps",
        name: "readSteps",
        scope: Some(Scope::PathwayRead),
        title: "Read the steps taken for someone",
        about: "Referrals, assessments, conferences, reviews and so on, the latest first.",
    };

    async fn answer(self, call: &Call) -> Result<Steps, Problem> {
        let (mut conn, person, why) = opened(call).await?;
        let all = step::steps(&mut conn, person).await?;
        drop(conn);
        noted(call, Read::Steps, (person, &why)).await?;
        let step = |it: step::Step| Step {
            id: it.id.0,
            kind: StepKind(it.kind),
            episode: it.episode.map(|id| id.0),
            on: Day(it.on),
            ended: day(it.ended),
            outcome: it.outcome.map(StepOutcome),
            entry: it.entry.map(|id| id.0),
        };
        Ok(Steps { steps: all.into_iter().map(step).collect() })
    }
}

#[async_trait]
impl Command for OpenIt {
    const AT: At = At {
        path: "/people/{id}/episodes",
        name: "openEpisode",
        scope: Some(Scope::EpisodesWrite),
        title: "Open an episode",
        about: "A team holds it, and its manager answers for the person until there is a responsible worker. Clocks begin.",
    };
    const EXAMPLE: &'static str =
        r#"{"kind":"child-in-need","team":"01936f2e-6a00-7000-8000-000000000000","from":"2026-11-20"}"#;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let person: PersonId = call.id("id")?;
        let open = OpenEpisode {
            person,
            kind: self.kind.0,
            team: Some(self.team.into()),
            from: self.from.0,
            to: None,
            end_reason: None,
            last_seen: None,
            last_review: None,
            source_key: None,
            why: self.why,
        };
        let id = episode::open_episode(tx, &call.who, moment, open).await?;
        Ok(Made::new(id.0, format!("/people/{person}/episodes")))
    }
}

#[async_trait]
impl Command for EndIt {
    const AT: At = At {
        path: "/episodes/{id}/end",
        name: "endEpisode",
        scope: Some(Scope::EpisodesWrite),
        title: "End an episode",
        about: "What runs because of it ends with it. The record stays.",
    };
    const EXAMPLE: &'static str =
        r#"{"on":"2026-11-20","reason":"The family goes on with help from school"}"#;
    const MAKES: bool = false;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let end = EndEpisode { episode: call.id("id")?, on: self.on.0, reason: self.reason };
        episode::end_episode(tx, &call.who, moment, end).await?;
        Ok(Made::default())
    }
}

#[async_trait]
impl Command for RecordIt {
    const AT: At = At {
        path: "/people/{id}/steps",
        name: "recordStep",
        scope: Some(Scope::StepsWrite),
        title: "Record a step",
        about: "The fact, an entry beside it, and what follows for the clocks, at once. It belongs to the open episode of its kind, else to the newest.",
    };
    const EXAMPLE: &'static str = r#"{"kind":"child-in-need-review","on":"2026-11-20","outcome":"plan","narrative":"The plan goes on."}"#;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let person: PersonId = call.id("id")?;
        let (kind, on) = (self.kind.0, self.on.0);
        let outcome = self.outcome.map(|outcome| outcome.0);
        let command = step::asked(tx, person, (kind, on), outcome, self.narrative).await?;
        let entry = step::record_step(tx, &call.who, moment, command).await?;
        Ok(Made::new(entry.0, format!("/entries/{entry}")))
    }
}

#[async_trait]
impl Command for FinishIt {
    const AT: At = At {
        path: "/steps/{id}/finish",
        name: "finishStep",
        scope: Some(Scope::StepsWrite),
        title: "Finish a step that goes on",
        about: "An assessment, an enquiry, a plan, where a child lives.",
    };
    const EXAMPLE: &'static str = r#"{"on":"2026-11-20","outcome":"plan"}"#;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let finish = StepToFinish {
            step: call.id("id")?,
            on: self.on.0,
            outcome: self.outcome.map(|outcome| outcome.0),
            narrative: self.narrative,
            source: None,
        };
        step::may_finish_so(tx, &call.who, moment.now(), &finish).await?;
        let entry = step::finish_step(tx, &call.who, moment, finish).await?;
        Ok(Made::new(entry.0, format!("/entries/{entry}")))
    }
}
