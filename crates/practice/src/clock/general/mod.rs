//! Clocks of the general sort: any rule that data describes by what starts it, what completes and ends it,
//! and one of a few shapes in which its last day is found. No rule has code of its own here.

mod days;
mod due;
mod event;
mod start;
mod stay;

use super::periods::{End, Story};
use super::rules::{After, General, Run, Shape};
use super::{Cause, Clock, Done, Rule, RuleId, Rules};
use crate::calendar::{Counting, Length, Unit};
use event::{Event, completing, events};
use jiff::Timestamp;
use jiff::civil::Date;

/// One run of one rule over one record.
pub(super) struct Telling<'a> {
    rules: &'a Rules,
    story: &'a Story<'a>,
    rule: RuleId,
    part: usize,
    run: &'a Run,
    done: Vec<Event>,
    ends: Vec<Event>,
    /// What gives longer, asks for a wait or ends it, grades anew, or lets a later part begin.
    changes: Vec<Event>,
}

/// What began a clock, and what puts an end to it at the latest.
#[derive(Clone, Copy, Debug)]
struct Begun {
    event: Event,
    stop: Option<End>,
}

/// A clock's own times, before it is known how it ended.
#[derive(Clone, Copy, Debug)]
struct Times {
    length: Length,
    counting: Counting,
    due: Date,
    due_at: Option<Timestamp>,
    not_before: Option<Cause>,
    for_day: Option<Date>,
    changed: Option<Cause>,
}

impl Times {
    const fn by(due: Date, length: Length) -> Self {
        Self {
            length,
            counting: Counting::FromNextDay,
            due,
            due_at: None,
            not_before: None,
            for_day: None,
            changed: None,
        }
    }

    /// Due on the day it starts where its day is past by then: at once.
    fn at_once_if_past(self, started: Cause) -> Self {
        if self.due >= started.on {
            return self;
        }
        Self { due: started.on, due_at: None, not_before: Some(started), ..self }
    }
}

/// Adds the clocks of one run. A record that holds nothing that starts it costs next to nothing.
pub(super) fn run(rules: &Rules, story: &Story<'_>, general: General, clocks: &mut Vec<Clock>) {
    let Some(run) = rules.best(general.rule, story.today).and_then(|rule| rule.runs.get(general.part)) else {
        return;
    };
    let begun = events(story, &run.from);
    if begun.is_empty() {
        return;
    }
    let change = &run.change;
    let mut kinds = Vec::new();
    kinds.extend(change.extended.map(|(kind, _)| kind));
    kinds.extend(change.paused.map(|(from, _)| from));
    kinds.extend(change.paused.map(|(_, to)| to));
    kinds.extend(change.graded);
    kinds.extend(run.only.after);
    let telling = Telling {
        rules,
        story,
        rule: general.rule,
        part: general.part,
        run,
        done: completing(story, run, &begun),
        ends: events(story, &run.ends),
        changes: events(story, &kinds),
    };
    for begun in telling.begun(begun) {
        telling.tell(&begun, clocks);
    }
}

impl Telling<'_> {
    fn tell(&self, begun: &Begun, clocks: &mut Vec<Clock>) {
        match self.run.shape {
            Shape::After(_) => self.rounds(begun, clocks),
            Shape::AtMost { .. } => clocks.extend(self.stay(begun)),
            Shape::Birthdays(around) => self.birthdays(begun, around, clocks),
            Shape::EachMonth => self.months(begun, clocks),
            Shape::EachYear { opens, due } => self.years(begun, (opens, due), clocks),
            Shape::Before(_) | Shape::NamedDay | Shape::AtAge(_) | Shape::ByDate(_) => {
                let Some(times) = self.day(begun) else { return };
                let done = self.completions(begun).into_iter().nth(self.run.only.nth - 1);
                clocks.extend(self.clock(begun, (begun.event.cause, 1), times, done));
            }
        }
    }

    /// What can complete what began, in order.
    fn completions(&self, begun: &Begun) -> Vec<Event> {
        let last = begun.stop.map_or(self.story.today, |end| end.last_day);
        let counts = |event: &&Event| {
            event.cause != begun.event.cause
                && event.cause.on <= last
                && event.of_one_matter(&begun.event)
                && event.not_before(&begun.event)
        };
        self.done.iter().filter(counts).copied().collect()
    }

    /// One round after another, each counted from the completion of the one before; only the first where the
    /// run does not repeat.
    fn rounds(&self, begun: &Begun, clocks: &mut Vec<Clock>) {
        let done = self.completions(begun);
        let mut next = self.run.only.nth - 1;
        let (mut from, mut round) = (begun.event, 1);
        let mut told = 1;
        loop {
            let completed = done.get(next).copied();
            if let Some(times) = self.times(begun, &from, round, completed) {
                clocks.extend(self.clock(begun, (from.cause, told), times, completed));
                told += 1;
            }
            let Some(completed) = completed.filter(|_| self.run.repeats()) else { return };
            while done.get(next).is_some_and(|event| event.cause.on <= completed.cause.on) {
                next += 1;
            }
            from = completed;
            round += 1;
        }
    }

    /// The version of the rule that holds for what starts on a day.
    fn version(&self, on: Date) -> Option<(&Rule, &Run)> {
        let rule = self.rules.in_force(self.rule, on)?;
        Some((rule, rule.runs.get(self.part)?))
    }

    fn after(&self, on: Date) -> Option<After> {
        match self.version(on)?.1.shape {
            Shape::After(after) => Some(after),
            Shape::Before(_)
            | Shape::NamedDay
            | Shape::AtAge(_)
            | Shape::Birthdays(_)
            | Shape::ByDate(_)
            | Shape::EachMonth
            | Shape::EachYear { .. }
            | Shape::AtMost { .. } => None,
        }
    }

    fn clock(&self, begun: &Begun, from: (Cause, u32), times: Times, done: Option<Event>) -> Option<Clock> {
        let (started, round) = from;
        self.version(started.on)?;
        let in_hours = times.length.unit == Unit::Hours;
        Some(Clock {
            rule: self.rule,
            episode: begun.event.episode,
            round,
            started,
            not_before: times.not_before,
            length: times.length,
            counting: times.counting,
            due: times.due,
            awaits: Done::AsTheRuleSays,
            done: done.map(|event| event.cause),
            cancelled: if done.is_none() { begun.stop.map(|end| end.cause) } else { None },
            part: u8::try_from(self.part).ok()?,
            due_at: times.due_at,
            done_at: done.and_then(|event| event.at).filter(|_| in_hours),
            for_day: times.for_day,
            changed: times.changed,
        })
    }
}
