//! Visits to a looked-after child: a new cycle with each placement, and after its first year a longer or a
//! shorter interval, by whether it is meant to last until the child is 18 (Care Planning Regulations, 28).

use super::chain::{clock, lasting};
use super::periods::{End, Period, Story};
use super::{Brought, Cause, Clock, RuleId, Rules, Source, What};
use crate::calendar::add_months;
use crate::episode::{StepKind, StepOutcome};
use jiff::civil::Date;

/// The three rules, by when they apply.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacementRules {
    /// The first week and the first year.
    pub(super) first_year: RuleId,
    /// Later, when meant to last.
    pub(super) lasting: Option<RuleId>,
    /// Later, in other placements.
    pub(super) other: Option<RuleId>,
}

/// The visit clocks of one time looked after, placement by placement.
pub(super) fn visits(
    rules: &Rules,
    story: &Story<'_>,
    ids: PlacementRules,
    care: &Period,
    clocks: &mut Vec<Clock>,
) {
    let starts = starts(story, care);
    for (index, start) in starts.iter().enumerate() {
        let moved = starts
            .get(index + 1)
            .map(|next| End { cause: *next, last_day: next.on.yesterday().unwrap_or(next.on) });
        let period = Period { start: *start, end: moved.or(care.end), ..*care };
        Stay { rules, story, ids, period }.run(clocks);
    }
}

/// The days on which the child began to live somewhere, the first being the day care began.
fn starts(story: &Story<'_>, care: &Period) -> Vec<Cause> {
    let mut starts = vec![care.start];
    for step in story.steps(StepKind::Placement) {
        if step.outcome == Some(StepOutcome::Temporary) || !care.holds(step.on) {
            continue;
        }
        let cause = Cause { on: step.on, what: What::PlacementBegan, source: Source::Step(step.id) };
        // the first placement of all, or a second move on one day, takes the place of the one before
        if starts.last().is_some_and(|last| last.on == step.on) {
            starts.pop();
        }
        starts.push(cause);
    }
    starts
}

struct Stay<'a> {
    rules: &'a Rules,
    story: &'a Story<'a>,
    ids: PlacementRules,
    period: Period,
}

impl Stay<'_> {
    fn run(&self, clocks: &mut Vec<Clock>) {
        let events = &self.story.visits;
        let last_day = self.period.end.map_or(self.story.today, |end| end.last_day);
        let year_over = add_months(self.period.start.on, 12);
        let before = self.story.begins_with(Brought::LastSeen, &self.period, events);
        let mut from = before.unwrap_or(self.period.start);
        let mut first = before.is_none();
        let mut round = 1;
        let mut next = events.partition_point(|event| event.on < from.on);
        loop {
            while !first && events.get(next).is_some_and(|event| event.on <= from.on) {
                next += 1;
            }
            let done = events.get(next).copied().filter(|event| event.on <= last_day);
            let end = if done.is_none() { self.period.end.map(|end| end.cause) } else { None };
            let template = Open { from, round, done, end, until: done.map_or(last_day, |d| d.on) };
            if first || from.on < year_over {
                self.first_year(&template, !first, clocks);
            } else {
                self.later(&template, clocks);
            }
            let Some(done) = done else { return };
            (from, first, round) = (done, false, round + 1);
        }
    }

    fn first_year(&self, open: &Open, again: bool, clocks: &mut Vec<Clock>) {
        let rule = self.rules.in_force(self.ids.first_year, open.from.on);
        if let Some(clock) = rule.and_then(|rule| clock(self.story, rule, open.from, again)) {
            clocks.push(Clock {
                episode: self.period.episode,
                round: open.round,
                done: open.done,
                cancelled: open.end,
                ..clock
            });
        }
    }

    /// One interval after the first year. When the intention for the placement changes within it, the clock
    /// of the one kind ends and that of the other kind takes over, counted from the same visit.
    fn later(&self, open: &Open, clocks: &mut Vec<Clock>) {
        let mut changed: Option<Cause> = None;
        loop {
            let day = changed.map_or(open.from.on, |cause| cause.on);
            let meant = self.meant_to_last(day);
            let change = self.next_change(day, meant).filter(|cause| cause.on <= open.until);
            let id = if meant { self.ids.lasting } else { self.ids.other };
            let rule = id.and_then(|id| self.rules.in_force(id, open.from.on));
            if let Some(rule) = rule
                && let Some(length) = rule.then.or(rule.first)
                && let Some(clock) = lasting(self.story, rule, open.from, length)
            {
                let not_before = changed.filter(|cause| cause.on > clock.due);
                clocks.push(Clock {
                    episode: self.period.episode,
                    round: open.round,
                    not_before,
                    due: not_before.map_or(clock.due, |cause| cause.on),
                    done: if change.is_none() { open.done } else { None },
                    cancelled: change.or(open.end),
                    ..clock
                });
            }
            if change.is_none() {
                return;
            }
            changed = change;
        }
    }

    /// Whether on a day this placement was meant to last: so decided since it began, and not taken back.
    fn meant_to_last(&self, day: Date) -> bool {
        self.intentions().any(|fact| fact.from <= day && fact.to.is_none_or(|to| day < to))
    }

    fn intentions(&self) -> impl Iterator<Item = &super::LastingFact> {
        let (episode, start) = (self.period.episode, self.period.start.on);
        let of_this = move |f: &&super::LastingFact| Some(f.episode) == episode && f.from >= start;
        self.story.facts.lasting.iter().filter(of_this)
    }

    /// The next day after this one on which the intention is another.
    fn next_change(&self, day: Date, meant: bool) -> Option<Cause> {
        let days = self.intentions().flat_map(|fact| [Some(fact.from), fact.to]).flatten();
        let changed = days.filter(|d| *d > day && *d <= self.story.today && self.meant_to_last(*d) != meant);
        let what = if meant { What::NotMeantToLast } else { What::MeantToLast };
        let source = self.period.episode.map(Source::Episode)?;
        changed.min().map(|on| Cause { on, what, source })
    }
}

/// One interval between visits.
struct Open {
    from: Cause,
    round: u32,
    done: Option<Cause>,
    end: Option<Cause>,
    /// The last day of the interval, within which a change of intention matters.
    until: Date,
}
