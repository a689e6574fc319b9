//! Clocks in a row: one after another within a period, each counted from what completed the one before.

use super::periods::{Period, Story};
use super::{Brought, Cause, Clock, Rule, RuleId, Rules};
use crate::calendar::Length;
use jiff::civil::Date;

/// Where a row of clocks begins: usually with the period, or with what the old system last knew.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// The days are counted from this.
    pub(super) from: Cause,
    /// Which rule of the row is next.
    pub(super) stage: usize,
    /// Whether that rule has been completed before, so that its further length applies.
    pub(super) again: bool,
    /// Whether something on that very day may complete it.
    pub(super) same_day: bool,
}

impl Anchor {
    pub(super) const fn start(from: Cause) -> Self {
        Self { from, stage: 0, again: false, same_day: true }
    }
}

/// Everything one row of clocks needs.
pub(super) struct Chain<'a> {
    pub(super) rules: &'a Rules,
    pub(super) story: &'a Story<'a>,
    pub(super) stages: &'a [RuleId],
    /// What can complete the clocks, in order of day.
    pub(super) events: &'a [Cause],
}

impl Chain<'_> {
    /// Runs the row through one period.
    pub(super) fn run(&self, period: &Period, mut anchor: Anchor, clocks: &mut Vec<Clock>) {
        let last_day = period.end.map_or(self.story.today, |end| end.last_day);
        let mut round = 1;
        let mut next = self.events.partition_point(|event| event.on < anchor.from.on);
        while let Some(&id) = self.stages.get(anchor.stage) {
            while !anchor.same_day && self.events.get(next).is_some_and(|e| e.on <= anchor.from.on) {
                next += 1;
            }
            let done = self.events.get(next).copied().filter(|event| event.on <= last_day);
            let cancelled = if done.is_none() { period.end.map(|end| end.cause) } else { None };
            if let Some(rule) = self.rules.in_force(id, anchor.from.on)
                && let Some(clock) = clock(self.story, rule, anchor.from, anchor.again)
            {
                clocks.push(Clock { episode: period.episode, round, done, cancelled, ..clock });
                round += 1;
            }
            let Some(done) = done else { return };
            let repeats = self.rules.best(id, anchor.from.on).is_some_and(|rule| rule.then.is_some());
            let (stage, again) = if repeats { (anchor.stage, true) } else { (anchor.stage + 1, false) };
            anchor = Anchor { from: done, stage, again, same_day: false };
        }
    }

    /// Where the row begins: with the period, or with the last sighting or review that the old system knew.
    pub(super) fn anchor(&self, period: &Period, kind: Brought) -> Anchor {
        let Some(from) = self.story.begins_with(kind, period, self.events) else {
            return Anchor::start(period.start);
        };
        let (stage, again) = self.stage_after(period.start.on, from.on);
        Anchor { from, stage, again, same_day: false }
    }

    /// Which clock follows one completed on a day, when the earlier ones are not known: the second when the
    /// first could just have been completed in time, else the last of the row.
    fn stage_after(&self, start: Date, on: Date) -> (usize, bool) {
        let Some(first) = self.stages.first().and_then(|id| self.rules.best(*id, start)) else {
            return (0, false);
        };
        if first.then.is_some() {
            return (0, true);
        }
        let in_time = first
            .first
            .is_some_and(|length| on <= self.story.calendar.last_day(start, length, first.counting));
        let last = self.stages.len().saturating_sub(1);
        let stage = if in_time { 1.min(last) } else { last };
        (stage, stage == last && last > 1)
    }
}

/// A clock of a rule counted from a cause, not yet completed.
pub(super) fn clock(story: &Story<'_>, rule: &Rule, started: Cause, again: bool) -> Option<Clock> {
    let length = if again { rule.then.or(rule.first) } else { rule.first }?;
    lasting(story, rule, started, length)
}

/// A clock of a rule with a length of its own.
pub(super) fn lasting(story: &Story<'_>, rule: &Rule, started: Cause, length: Length) -> Option<Clock> {
    Some(Clock {
        rule: rule.id,
        episode: None,
        round: 1,
        started,
        not_before: None,
        length,
        counting: rule.counting,
        due: story.calendar.last_day(started.on, length, rule.counting),
        awaits: rule.live.as_ref()?.done,
        done: None,
        cancelled: None,
        part: 0,
        due_at: None,
        done_at: None,
        for_day: None,
        changed: None,
    })
}
