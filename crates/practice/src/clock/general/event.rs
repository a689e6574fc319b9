//! What happened, as the general clocks see it: facts a room supplied, and what the pathway already tells.

use super::super::kinds::FactKind;
use super::super::periods::{End, Period, Story};
use super::super::rules::{Grade, Run};
use super::super::{Cause, Happened, Source, StepFact, What};
use crate::episode::{EpisodeKind, StepKind, StepOutcome};
use crate::id::EpisodeId;
use crate::standing;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// One thing that happened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) cause: Cause,
    pub(super) kind: FactKind,
    pub(super) at: Option<Timestamp>,
    pub(super) ended: Option<Date>,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) names: Option<Date>,
    pub(super) grade: Option<Grade>,
    pub(super) matter: Option<Uuid>,
    pub(super) episode: Option<EpisodeId>,
    /// The end that its episode puts to what it started.
    pub(super) until: Option<End>,
    /// Of the end of a period: the day the period began, and its last day.
    pub(super) period: Option<(Date, Date)>,
}

impl Event {
    fn plain(kind: FactKind, on: Date, source: Source) -> Self {
        Self {
            cause: Cause { on, what: What::Fact(kind), source },
            kind,
            at: None,
            ended: None,
            ended_at: None,
            names: None,
            grade: None,
            matter: None,
            episode: None,
            until: None,
            period: None,
        }
    }

    fn supplied(fact: &Happened, today: Date) -> Self {
        let past = fact.ended.filter(|ended| *ended <= today);
        Self {
            at: fact.at,
            ended: past,
            ended_at: past.and(fact.ended_at),
            names: fact.names,
            grade: fact.grade,
            matter: fact.matter,
            episode: fact.episode,
            ..Self::plain(fact.kind, fact.on, Source::Fact(fact.id))
        }
    }

    fn step(kind: FactKind, on: Date, step: &StepFact, story: &Story<'_>) -> Self {
        Self {
            episode: step.episode,
            until: story.episode_end(step).filter(|end| end.last_day >= on),
            ..Self::plain(kind, on, Source::Step(step.id))
        }
    }

    fn beginning(kind: FactKind, period: &Period) -> Self {
        let plain = Self::plain(kind, period.start.on, period.start.source);
        Self { episode: period.episode, ..plain }
    }

    fn ending(kind: FactKind, period: &Period) -> Option<Self> {
        let end = period.end?;
        let plain = Self::plain(kind, end.last_day, end.cause.source);
        Some(Self { cause: end.cause, period: Some((period.start.on, end.last_day)), ..plain })
    }

    /// Whether this can belong to the same matter as another: where both say which, it must be one.
    pub(super) fn of_one_matter(&self, other: &Self) -> bool {
        self.matter.is_none_or(|mine| other.matter.is_none_or(|theirs| mine == theirs))
    }

    /// Whether both say which matter they belong to, and it is one.
    pub(super) fn of_the_very_matter(&self, other: &Self) -> bool {
        self.matter.is_some() && self.matter == other.matter
    }

    /// Whether this came no earlier than another. Of two on one day of which the time is not known both did.
    pub(super) fn not_before(&self, other: &Self) -> bool {
        match (self.at, other.at) {
            (Some(mine), Some(theirs)) => mine >= theirs,
            _ => self.cause.on >= other.cause.on,
        }
    }

    /// The end this puts to something, if it came after it. The end of a period that was over on the day the
    /// thing began belongs to what was before.
    pub(super) fn end_of(&self, start: &Self) -> Option<End> {
        let own = self.of_one_matter(start) && self.cause != start.cause;
        match self.period {
            None => {
                (own && self.not_before(start)).then_some(End { cause: self.cause, last_day: self.cause.on })
            }
            Some((from, last_day)) => {
                let after = last_day > start.cause.on || (last_day == start.cause.on && from == last_day);
                (own && after).then_some(End { cause: self.cause, last_day })
            }
        }
    }
}

/// Every event of some kinds up to today, in order.
pub(super) fn events(story: &Story<'_>, kinds: &[FactKind]) -> Vec<Event> {
    let mut all = Vec::new();
    for fact in story.facts.happened.iter().filter(|fact| fact.on <= story.today) {
        if kinds.contains(&fact.kind) {
            all.push(Event::supplied(fact, story.today));
        }
    }
    for kind in kinds {
        derived(story, *kind, &mut all);
    }
    all.sort_by_key(|event| (event.cause.on, event.at, event.cause));
    all
}

/// Every event that can complete what began. A child is seen far more often than anything else happens, so
/// of that only the first time from each beginning is taken, where one is enough.
pub(super) fn completing(story: &Story<'_>, run: &Run, begun: &[Event]) -> Vec<Event> {
    let only = &run.only;
    let one = !run.repeats() && only.nth == 1;
    let as_it_began = only.lasting.is_none() && only.opens.is_none() && only.already.is_none();
    let seen = run.done.as_slice() == [FactKind::ChildSeen] && story.facts.happened.is_empty();
    if !(one && as_it_began && seen) {
        return events(story, &run.done);
    }
    let first = |start: &Event| {
        let from = story.seen.partition_point(|cause| cause.on < start.cause.on);
        story.seen.get(from).map(|cause| from_cause(FactKind::ChildSeen, *cause))
    };
    let mut all: Vec<Event> = begun.iter().filter_map(first).collect();
    all.sort_by_key(|event| event.cause);
    all.dedup_by_key(|event| event.cause);
    all
}

/// What the pathway tells of a kind.
#[expect(clippy::wildcard_enum_match_arm, reason = "most kinds come from rooms, not from the pathway")]
fn derived(story: &Story<'_>, kind: FactKind, all: &mut Vec<Event>) {
    let began = |step: StepKind| story.steps(step).map(move |s| Event::step(kind, s.on, s, story));
    let last_part = |s: &StepFact| s.ended.unwrap_or(s.on);
    let held = |step: StepKind| story.steps(step).map(move |s| Event::step(kind, last_part(s), s, story));
    let ended =
        |step: StepKind| story.steps(step).filter_map(move |s| Some(Event::step(kind, s.ended?, s, story)));
    let begins = |periods: &[Period], all: &mut Vec<Event>| {
        all.extend(periods.iter().map(|period| Event::beginning(kind, period)));
    };
    let ends = |periods: &[Period], all: &mut Vec<Event>| {
        all.extend(periods.iter().filter_map(|period| Event::ending(kind, period)));
    };
    match kind {
        FactKind::ReferralDecided => all.extend(held(StepKind::ReferralDecision)),
        FactKind::HarmSuspected => {
            let decisions = story.steps(StepKind::ReferralDecision);
            let harm = decisions.filter(|s| s.outcome == Some(StepOutcome::Section47));
            all.extend(harm.map(|s| Event::step(kind, last_part(s), s, story)));
        }
        FactKind::AssessmentBegan => all.extend(began(StepKind::Assessment)),
        FactKind::AssessmentFinished => all.extend(ended(StepKind::Assessment)),
        FactKind::NeedFound => all.extend(need_found(story)),
        FactKind::NeedPlanBegan => begins(&story.need, all),
        FactKind::NeedEpisodeEnded => episodes(story, EpisodeKind::ChildInNeed, kind, true, all),
        FactKind::StrategyDiscussion => all.extend(held(StepKind::StrategyDiscussion)),
        FactKind::EnquiryBegan => all.extend(began(StepKind::Section47Enquiry)),
        FactKind::EnquiryEnded => all.extend(ended(StepKind::Section47Enquiry)),
        FactKind::EnquiryDiscussion => enquiry_discussions(story, all),
        FactKind::ChildSeen => all.extend(story.seen.iter().map(|cause| from_cause(kind, *cause))),
        FactKind::ChildVisited => all.extend(story.visits.iter().map(|cause| from_cause(kind, *cause))),
        FactKind::InitialConference => all.extend(held(StepKind::InitialConference)),
        FactKind::ReviewConference => all.extend(held(StepKind::ReviewConference)),
        FactKind::ProtectionPlanBegan => begins(&story.protection, all),
        FactKind::ProtectionPlanEnded => ends(&story.protection, all),
        FactKind::BecameLookedAfter => begins(&story.care, all),
        FactKind::CareEnded => ends(&story.care, all),
        FactKind::PlacementBegan => all.extend(began(StepKind::Placement)),
        FactKind::PlacementEnded => all.extend(ended(StepKind::Placement)),
        FactKind::CareReview => all.extend(held(StepKind::LookedAfterReview)),
        FactKind::LeavingCareBegan => episodes(story, EpisodeKind::LeavingCare, kind, false, all),
        FactKind::LeavingCareEnded => episodes(story, EpisodeKind::LeavingCare, kind, true, all),
        FactKind::BecameEligible => all.extend(eligible(story)),
        _ => {}
    }
}

fn from_cause(kind: FactKind, cause: Cause) -> Event {
    Event { cause, ..Event::plain(kind, cause.on, cause.source) }
}

/// An assessment that found a child in need, unless a plan or care held already.
fn need_found<'a>(story: &'a Story<'_>) -> impl Iterator<Item = Event> + 'a {
    let found = |step: &&StepFact| step.outcome == Some(StepOutcome::Plan);
    story.steps(StepKind::Assessment).filter(found).filter_map(|step| {
        let on = step.ended?;
        let mut held = story.need.iter().chain(&story.protection).chain(&story.care);
        let before = held.any(|period| period.start.on < on && period.holds(on));
        (!before).then(|| Event::step(FactKind::NeedFound, on, step, story))
    })
}

/// The discussion that led to each enquiry, or the enquiry itself where there is none.
fn enquiry_discussions(story: &Story<'_>, all: &mut Vec<Event>) {
    let mut enquiry_before = None;
    for enquiry in story.steps(StepKind::Section47Enquiry) {
        let discussion = story.led_to(enquiry.on, enquiry_before, StepKind::StrategyDiscussion);
        enquiry_before = Some(enquiry.on);
        let kind = FactKind::EnquiryDiscussion;
        let mut event = Event::step(kind, enquiry.on, discussion.unwrap_or(enquiry), story);
        event.until = story.episode_end(enquiry);
        event.cause = match discussion {
            Some(step) => {
                Cause { on: step.on, what: What::StrategyDiscussion, source: Source::Step(step.id) }
            }
            None => Cause { what: What::Section47Began, ..event.cause },
        };
        all.push(event);
    }
}

fn episodes(story: &Story<'_>, of: EpisodeKind, kind: FactKind, ends: bool, all: &mut Vec<Event>) {
    for episode in story.episodes.iter().filter(|episode| episode.kind == of) {
        let source = Source::Episode(episode.id);
        if !ends {
            all.push(Event { episode: Some(episode.id), ..Event::plain(kind, episode.from, source) });
        } else if let Some(to) = episode.to {
            let what = What::EpisodeEnded(of);
            let plain = Event::plain(kind, to, source);
            let cause = Cause { what, ..plain.cause };
            all.push(Event { cause, period: Some((episode.from, to)), ..plain });
        }
    }
}

fn eligible(story: &Story<'_>) -> Option<Event> {
    let birth = story.facts.birth?;
    let care: Vec<standing::InCare> = story
        .care
        .iter()
        .map(|period| standing::InCare {
            from: period.start.on,
            to: period.end.map(|end| end.last_day),
            short_break: false,
        })
        .collect();
    let on = standing::eligible_from(birth, &care, story.today)?;
    let period = story.care.iter().find(|period| period.holds(on))?;
    let plain = Event::plain(FactKind::BecameEligible, on, period.start.source);
    Some(Event { episode: period.episode, ..plain })
}
