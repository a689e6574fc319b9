//! From facts to periods and events in order: when a child was on a plan or looked after, and what happened.

use super::{Brought, BroughtFact, Cause, EntryFact, EpisodeFact, Facts, Source, StepFact, What};
use crate::calendar::Calendar;
use crate::entry::{EntryKind, Manner, Seen};
use crate::episode::{EpisodeKind, StepKind, StepOutcome};
use crate::id::EpisodeId;
use crate::person::{Birth, BirthBasis};
use jiff::civil::Date;

/// How many working days before a plan or an enquiry the meeting that led to it may have been: the time in
/// which the conference itself must follow. An older meeting is not taken to have led to it.
const LED_TO_WITHIN: i32 = 15;

/// A time during which some clocks run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Period {
    /// What began it.
    pub(super) start: Cause,
    /// What ended it, once something has.
    pub(super) end: Option<End>,
    /// The episode its clocks belong to.
    pub(super) episode: Option<EpisodeId>,
    /// Whose review, brought from the old system, belongs to it.
    pub(super) kind: EpisodeKind,
}

/// The end of a period.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// What ended it.
    pub(super) cause: Cause,
    /// The last day on which something done still counts.
    pub(super) last_day: Date,
}

impl End {
    fn with(on: Date, what: What, source: Source) -> Self {
        Self { cause: Cause { on, what, source }, last_day: on }
    }
}

impl Period {
    pub(super) fn holds(&self, day: Date) -> bool {
        self.start.on <= day && self.end.is_none_or(|end| day <= end.last_day)
    }
}

/// The facts up to a day, in order, and the periods in them.
pub(super) struct Story<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) facts: &'a Facts<'a>,
    pub(super) today: Date,
    pub(super) episodes: Vec<EpisodeFact>,
    pub(super) steps: Vec<StepFact>,
    pub(super) entries: Vec<&'a EntryFact>,
    pub(super) brought: Vec<BroughtFact>,
    /// Visits at which the child was seen, in order.
    pub(super) visits: Vec<Cause>,
    /// Every time the child was seen in person, in order.
    pub(super) seen: Vec<Cause>,
    pub(super) protection: Vec<Period>,
    pub(super) need: Vec<Period>,
    pub(super) care: Vec<Period>,
}

impl<'a> Story<'a> {
    pub(super) fn of(calendar: &'a Calendar, facts: &'a Facts<'a>, today: Date) -> Self {
        let past = |day: Option<Date>| day.filter(|day| *day <= today);
        let mut episodes: Vec<_> = facts.episodes.iter().filter(|e| e.from <= today).copied().collect();
        for episode in &mut episodes {
            episode.to = past(episode.to);
        }
        episodes.sort_unstable_by_key(|e| (e.from, e.id));
        let mut steps: Vec<_> = facts.steps.iter().filter(|s| s.on <= today).copied().collect();
        for step in &mut steps {
            step.ended = past(step.ended);
        }
        steps.sort_unstable_by_key(|s| (s.on, s.id));
        let mut entries: Vec<_> = facts.entries.iter().filter(|e| e.on <= today).collect();
        entries.sort_unstable_by_key(|e| (e.on, e.id));
        let mut brought: Vec<_> = facts.brought.iter().filter(|b| b.on <= today).copied().collect();
        brought.sort_unstable_by_key(|b| (b.on, b.what, b.episode));
        let mut story = Self {
            calendar,
            facts,
            today,
            episodes,
            steps,
            entries,
            brought,
            visits: Vec::new(),
            seen: Vec::new(),
            protection: Vec::new(),
            need: Vec::new(),
            care: Vec::new(),
        };
        story.sightings();
        story.protection = story.protection_periods();
        story.care = story.care_periods();
        story.need = story.need_periods();
        story
    }

    fn sightings(&mut self) {
        for entry in &self.entries {
            let visit = entry.kind == EntryKind::Visit;
            let what = match entry.seen {
                Some(Seen::Yes) if visit => What::Visit,
                Some(Seen::Alone) if visit => What::VisitAlone,
                Some(Seen::Yes) => What::Seen,
                Some(Seen::Alone) => What::SeenAlone,
                Some(Seen::No) | None => continue,
            };
            if !entry.manner.is_none_or(Manner::in_person) {
                continue;
            }
            let cause = Cause { on: entry.on, what, source: Source::Entry(entry.id) };
            self.seen.push(cause);
            if visit {
                self.visits.push(cause);
            }
        }
        let before: Vec<_> = self.brought.iter().filter(|b| b.what == Brought::LastSeen).map(old).collect();
        if !before.is_empty() {
            self.visits.extend(&before);
            self.seen.extend(before);
            self.visits.sort_unstable();
            self.seen.sort_unstable();
        }
    }

    pub(super) fn steps(&self, kind: StepKind) -> impl DoubleEndedIterator<Item = &StepFact> + Clone {
        self.steps.iter().filter(move |step| step.kind == kind)
    }

    /// Meetings and decisions of a kind, on the day their last part was done.
    pub(super) fn held(&self, kind: StepKind, what: What) -> Vec<Cause> {
        let mut held: Vec<_> = self
            .steps(kind)
            .map(|step| Cause { on: step.ended.unwrap_or(step.on), what, source: Source::Step(step.id) })
            .collect();
        held.sort_unstable();
        held
    }

    /// The end that the episode of a step puts to its clocks.
    pub(super) fn episode_end(&self, step: &StepFact) -> Option<End> {
        let episode = step.episode.and_then(|id| self.episodes.iter().find(|e| e.id == id))?;
        ended(episode).filter(|end| end.last_day >= step.on)
    }

    /// An episode that was open on a day.
    pub(super) fn episode_on(&self, day: Date) -> Option<EpisodeId> {
        self.episodes.iter().find(|e| e.from <= day && e.to.is_none_or(|to| day <= to)).map(|e| e.id)
    }

    /// The earliest thing the old system knew of a kind within a period, unless this record holds something
    /// earlier itself. What came before it was not brought, so clocks begin there.
    pub(super) fn begins_with(&self, kind: Brought, period: &Period, events: &[Cause]) -> Option<Cause> {
        let brought = self.brought.iter().find(|b| self.brought_to(b, kind, period))?;
        let known = |event: &&Cause| !matches!(event.what, What::SeenBefore | What::ReviewBefore);
        let from = events.partition_point(|event| event.on < period.start.on);
        let earlier = events.get(from..)?.iter().take_while(|event| event.on <= brought.on).find(known);
        if earlier.is_some() { None } else { Some(old(brought)) }
    }

    /// The reviews the old system knew of that belong to a period.
    pub(super) fn reviews_before(&self, period: &Period) -> impl Iterator<Item = Cause> {
        self.brought.iter().filter(|b| self.brought_to(b, Brought::LastReview, period)).map(old)
    }

    /// A child seen is seen for every clock; a review belongs to the episode it was brought with.
    fn brought_to(&self, brought: &BroughtFact, kind: Brought, period: &Period) -> bool {
        let belongs = || {
            period.episode == Some(brought.episode)
                || self.episodes.iter().any(|e| e.id == brought.episode && e.kind == period.kind)
        };
        brought.what == kind && period.holds(brought.on) && (kind == Brought::LastSeen || belongs())
    }

    /// The plans of one kind, each with its end: its own or that of the episode it belongs to.
    fn plans(&self, kind: StepKind, episode: EpisodeKind, words: (What, What)) -> Vec<Period> {
        let period = |step: &StepFact| {
            let source = Source::Step(step.id);
            let own = step.ended.map(|on| End::with(on, words.1, source));
            let around = self
                .episodes
                .iter()
                .find(|e| e.kind == episode && e.from <= step.on && e.to.is_none_or(|to| step.on < to));
            Period {
                start: Cause { on: step.on, what: words.0, source },
                end: earliest([own, self.episode_end(step), around.and_then(ended)]),
                episode: step.episode.or(around.map(|e| e.id)),
                kind: episode,
            }
        };
        self.steps(kind).map(period).collect()
    }

    /// Times with a protection plan: each plan, and each episode of child protection that holds no plan.
    fn protection_periods(&self) -> Vec<Period> {
        let kind = EpisodeKind::ChildProtection;
        let words = (What::ProtectionPlanBegan, What::ProtectionPlanEnded);
        let plans = self.plans(StepKind::ProtectionPlan, kind, words);
        self.and_episodes(plans, kind, |_| true)
    }

    /// Times with a child in need plan: each plan, and each child in need episode without a plan that the
    /// old system says was being visited or reviewed. A plan for protection, or care, takes their place.
    fn need_periods(&self) -> Vec<Period> {
        let kind = EpisodeKind::ChildInNeed;
        let plans = self.plans(StepKind::ChildInNeedPlan, kind, (What::NeedPlanBegan, What::NeedPlanEnded));
        let brought = |episode: &EpisodeFact| self.brought.iter().any(|b| b.episode == episode.id);
        let mut periods = self.and_episodes(plans, kind, brought);
        for period in &mut periods {
            let stronger = self.protection.iter().chain(&self.care).map(|other| other.start);
            let step_up = stronger.filter(|cause| cause.on > period.start.on && period.holds(cause.on)).min();
            if let Some(cause) = step_up {
                period.end = Some(End { cause, last_day: cause.on });
            }
        }
        periods
    }

    fn and_episodes(
        &self,
        mut plans: Vec<Period>,
        kind: EpisodeKind,
        counts: impl Fn(&EpisodeFact) -> bool,
    ) -> Vec<Period> {
        let planned = plans.len();
        for episode in self.episodes.iter().filter(|e| e.kind == kind && counts(e)) {
            let within = |plan: &Period| {
                plan.episode == Some(episode.id)
                    || (episode.to.is_none_or(|to| plan.start.on <= to)
                        && plan.end.is_none_or(|end| end.last_day >= episode.from))
            };
            if !plans.iter().take(planned).any(within) {
                plans.push(whole(episode, What::EpisodeBegan(kind)));
            }
        }
        plans.sort_unstable_by_key(|plan| plan.start);
        plans
    }

    /// Times looked after, which end at the latest on the eighteenth birthday.
    fn care_periods(&self) -> Vec<Period> {
        let birthday = self.facts.birth.and_then(eighteenth).filter(|day| *day <= self.today);
        let adult = birthday.map(|on| End {
            cause: Cause { on, what: What::TurnedEighteen, source: Source::Birth },
            last_day: on.yesterday().unwrap_or(on),
        });
        self.episodes
            .iter()
            .filter(|e| e.kind == EpisodeKind::LookedAfter && birthday.is_none_or(|day| e.from < day))
            .map(|episode| {
                let mut period = whole(episode, What::BecameLookedAfter);
                period.end = earliest([period.end, adult, None]);
                period
            })
            .collect()
    }

    /// The meeting that led to a step, if one was held shortly before it and after the step before it.
    pub(super) fn led_to(&self, on: Date, not_before: Option<Date>, meeting: StepKind) -> Option<&StepFact> {
        let earliest = self.calendar.add_working_days(on, -LED_TO_WITHIN);
        self.steps(meeting)
            .rfind(|step| step.on <= on)
            .filter(|step| step.on >= earliest && not_before.is_none_or(|day| step.on > day))
            .filter(|step| step.outcome != Some(StepOutcome::NoPlan))
    }
}

fn old(brought: &BroughtFact) -> Cause {
    let what = match brought.what {
        Brought::LastSeen => What::SeenBefore,
        Brought::LastReview => What::ReviewBefore,
    };
    Cause { on: brought.on, what, source: Source::Episode(brought.episode) }
}

fn whole(episode: &EpisodeFact, what: What) -> Period {
    Period {
        start: Cause { on: episode.from, what, source: Source::Episode(episode.id) },
        end: ended(episode),
        episode: Some(episode.id),
        kind: episode.kind,
    }
}

fn ended(episode: &EpisodeFact) -> Option<End> {
    episode.to.map(|on| End::with(on, What::EpisodeEnded(episode.kind), Source::Episode(episode.id)))
}

fn earliest(ends: [Option<End>; 3]) -> Option<End> {
    ends.into_iter().flatten().min_by_key(|end| (end.last_day, end.cause))
}

/// The day someone turns 18; none while their birth is only expected. Born on 29 February: 1 March.
pub(super) fn eighteenth(birth: Birth) -> Option<Date> {
    if birth.basis == BirthBasis::Expected {
        return None;
    }
    let year = birth.on.year().checked_add(18)?;
    Date::new(year, birth.on.month(), birth.on.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}
