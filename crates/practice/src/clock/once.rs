//! Clocks that run once: from a referral, an assessment, an enquiry or a conference, and the record itself.

use super::chain::{clock, lasting};
use super::periods::{End, Period, Story};
use super::{Brought, Cause, Clock, EntryFact, Rule, RuleId, Rules, Source, StepFact, What};
use crate::entry::EntryKind;
use crate::episode::{StepKind, StepOutcome};
use crate::id::EpisodeId;
use crate::person::BirthBasis;
use jiff::civil::Date;

/// One rule that runs once, over one person's story.
pub(super) struct Once<'a> {
    pub(super) rules: &'a Rules,
    pub(super) story: &'a Story<'a>,
    pub(super) rule: RuleId,
}

impl Once<'_> {
    /// One clock, unless no version of the rule is in force on the day. What comes first, the completion or
    /// the end, decides; on one day the completion does.
    fn one(
        &self,
        started: Cause,
        episode: Option<EpisodeId>,
        done: Option<Cause>,
        end: Option<End>,
    ) -> Option<Clock> {
        let rule = self.rules.in_force(self.rule, started.on)?;
        let done = done.filter(|done| end.is_none_or(|end| done.on <= end.last_day));
        let cancelled = if done.is_none() { end.map(|end| end.cause) } else { None };
        Some(Clock { episode, done, cancelled, ..clock(self.story, rule, started, false)? })
    }

    /// From a referral to the decision on it. An assessment or enquiry that began without a recorded
    /// decision shows that one was made, but not when: it ends the clock without completing it.
    pub(super) fn decision(&self, clocks: &mut Vec<Clock>) {
        let decisions = self.story.held(StepKind::ReferralDecision, What::Decision);
        let mut past_it: Vec<Cause> = [
            (StepKind::Assessment, What::AssessmentBegan),
            (StepKind::StrategyDiscussion, What::StrategyDiscussion),
            (StepKind::Section47Enquiry, What::Section47Began),
        ]
        .into_iter()
        .flat_map(|(kind, what)| self.story.steps(kind).map(move |step| began(step, what)))
        .collect();
        past_it.sort_unstable();
        let mut referrals = self.story.steps(StepKind::Referral).peekable();
        while let Some(referral) = referrals.next() {
            let beyond = past_it.iter().find(|cause| cause.on >= referral.on).copied();
            // with something begun since, a decision after the next referral answers that one
            let answers = |decision: &&Cause| {
                beyond.is_none_or(|cause| {
                    referrals.peek().is_none_or(|next| decision.on < next.on || next.on <= cause.on)
                })
            };
            let done = decisions.iter().find(|d| d.on >= referral.on).filter(answers).copied();
            let beyond = beyond.filter(|_| done.is_none());
            let beyond = beyond.map(|cause| End { cause, last_day: cause.on });
            let end = first([beyond, self.story.episode_end(referral)]);
            clocks.extend(self.one(began(referral, What::Referral), referral.episode, done, end));
        }
    }

    /// From a referral to the end of the assessment it led to; an assessment that no referral led to counts
    /// from its own beginning.
    pub(super) fn assessment(&self, clocks: &mut Vec<Clock>) {
        let mut waiting: Vec<(&StepFact, Option<End>)> = self
            .story
            .steps(StepKind::Referral)
            .map(|referral| {
                let none = self.no_assessment(referral);
                (referral, first([none, self.story.episode_end(referral)]))
            })
            .collect();
        for assessment in self.story.steps(StepKind::Assessment) {
            let source = Source::Step(assessment.id);
            let done = assessment.ended.map(|on| Cause { on, what: What::AssessmentFinished, source });
            let own_end = self.story.episode_end(assessment);
            let covers = |(referral, end): &(&StepFact, Option<End>)| {
                referral.on <= assessment.on && end.is_none_or(|end| assessment.on <= end.last_day)
            };
            let (covered, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(covers);
            waiting = rest;
            if covered.is_empty() {
                let start = began(assessment, What::AssessmentBegan);
                clocks.extend(self.one(start, assessment.episode, done, own_end));
            }
            for (referral, end) in covered {
                let end = first([end.filter(|e| e.cause.what != What::NoAssessment), own_end]);
                clocks.extend(self.one(began(referral, What::Referral), referral.episode, done, end));
            }
        }
        for (referral, end) in waiting {
            clocks.extend(self.one(began(referral, What::Referral), referral.episode, None, end));
        }
    }

    /// The decision that nothing, or something else, follows a referral, so that no assessment is needed.
    fn no_assessment(&self, referral: &StepFact) -> Option<End> {
        let decision = self.story.steps(StepKind::ReferralDecision).find(|d| d.on >= referral.on)?;
        let nothing = [StepOutcome::NoFurtherAction, StepOutcome::OtherAgency, StepOutcome::FamilyHelp];
        let source = Source::Step(decision.id);
        decision.outcome.filter(|outcome| nothing.contains(outcome)).map(|_| End {
            cause: Cause { on: decision.on, what: What::NoAssessment, source },
            last_day: decision.on,
        })
    }

    /// From the beginning of an assessment to the child being seen; not for a child who is not yet born.
    pub(super) fn seen(&self, clocks: &mut Vec<Clock>) {
        for assessment in self.story.steps(StepKind::Assessment) {
            if self.unborn_on(assessment.on) {
                continue;
            }
            let from = self.story.seen.partition_point(|seen| seen.on < assessment.on);
            let done = self.story.seen.get(from).copied();
            let source = Source::Step(assessment.id);
            let finished = assessment
                .ended
                .map(|on| End { cause: Cause { on, what: What::AssessmentFinished, source }, last_day: on });
            let end = first([finished, self.story.episode_end(assessment)]);
            clocks.extend(self.one(began(assessment, What::AssessmentBegan), assessment.episode, done, end));
        }
    }

    fn unborn_on(&self, day: Date) -> bool {
        self.story.facts.birth.is_some_and(|birth| birth.basis == BirthBasis::Expected || day < birth.on)
    }

    /// From the strategy discussion that led to an enquiry to the initial conference, unless the enquiry
    /// finds that none is needed.
    pub(super) fn conference(&self, clocks: &mut Vec<Clock>) {
        let held = self.story.held(StepKind::InitialConference, What::InitialConference);
        let mut enquiry_before = None;
        for enquiry in self.story.steps(StepKind::Section47Enquiry) {
            let discussion = self.story.led_to(enquiry.on, enquiry_before, StepKind::StrategyDiscussion);
            let start = match discussion {
                Some(discussion) => began(discussion, What::StrategyDiscussion),
                None => began(enquiry, What::Section47Began),
            };
            enquiry_before = Some(enquiry.on);
            let done = held.iter().find(|conference| conference.on >= start.on).copied();
            let none = enquiry.outcome == Some(StepOutcome::NoConference);
            let not_needed = enquiry.ended.filter(|_| none).map(|on| End {
                cause: Cause { on, what: What::NoConference, source: Source::Step(enquiry.id) },
                last_day: on,
            });
            let end = first([not_needed, self.story.episode_end(enquiry)]);
            clocks.extend(self.one(start, enquiry.episode, done, end));
        }
    }

    /// From something that happened to its being written down; sooner for a visit to a child who then had a
    /// protection plan or was looked after.
    pub(super) fn recorded(&self, clocks: &mut Vec<Clock>) {
        for entry in self.story.entries.iter().filter(|entry| to_be_written(entry)) {
            let Some(rule) = self.rules.in_force(self.rule, entry.on) else { continue };
            let close = if entry.kind == EntryKind::Visit { self.close_period(entry.on) } else { None };
            let closer = close.and_then(|_| rule.live.as_ref()?.closer);
            let Some(length) = closer.or(rule.first) else { continue };
            let source = Source::Entry(entry.id);
            let started = Cause { on: entry.on, what: What::Happened(entry.kind), source };
            let recorded = Some(entry.recorded_on.max(entry.on)).filter(|on| *on <= self.story.today);
            let done = recorded.map(|on| Cause { on, what: What::Recorded, source });
            let episode = match close {
                Some(period) => period.episode,
                None => self.story.episode_on(entry.on),
            };
            clocks.extend(lasting(self.story, rule, started, length).map(|clock| Clock {
                episode,
                done,
                ..clock
            }));
        }
    }

    fn close_period(&self, day: Date) -> Option<&Period> {
        self.story.protection.iter().chain(&self.story.care).find(|period| period.holds(day))
    }
}

/// Whether it matters when this was written down: things that happened, not letters, notes or imports.
fn to_be_written(entry: &EntryFact) -> bool {
    !entry.imported
        && matches!(
            entry.kind,
            EntryKind::Visit
                | EntryKind::Call
                | EntryKind::Message
                | EntryKind::Meeting
                | EntryKind::Observation
        )
}

/// A row of clocks that begins with the conference that made a plan: its period runs as the plan does, and
/// counts from the conference.
pub(super) fn from_conference(story: &Story<'_>) -> Vec<Period> {
    let mut plan_before = None;
    let mut periods = Vec::with_capacity(story.protection.len());
    for plan in &story.protection {
        let conference = story.led_to(plan.start.on, plan_before, StepKind::InitialConference);
        plan_before = Some(plan.start.on);
        let start = conference.map_or(plan.start, |step| began(step, What::InitialConference));
        periods.push(Period { start, ..*plan });
    }
    periods
}

/// Whether a clock that nothing follows fell due before the old system last knew anything of its period, so
/// that whether it was kept was simply not brought.
pub(super) fn before_our_time(story: &Story<'_>, rule: &Rule, period: &Period) -> bool {
    let Some(length) = rule.first.filter(|_| rule.then.is_none()) else { return false };
    let due = story.calendar.last_day(period.start.on, length, rule.counting);
    let kinds = [Brought::LastSeen, Brought::LastReview];
    kinds.into_iter().filter_map(|kind| story.begins_with(kind, period, &[])).any(|cause| cause.on > due)
}

fn began(step: &StepFact, what: What) -> Cause {
    Cause { on: step.on, what, source: Source::Step(step.id) }
}

fn first(ends: [Option<End>; 2]) -> Option<End> {
    ends.into_iter().flatten().min_by_key(|end| (end.last_day, end.cause))
}
