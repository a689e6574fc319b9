//! The last day of one round, and what may change it once it runs: more time given, a wait, another grade.

use super::{Begun, Event, Telling, Times};
use crate::calendar::{Counting, Length, Unit, add_days, days_between, hours_after, london_day};
use crate::clock::Cause;
use crate::clock::kinds::FactKind;
use crate::clock::rules::{After, place};
use jiff::civil::Date;

impl Telling<'_> {
    /// The times of one round; none where this round is not this run's.
    pub(super) fn times(
        &self,
        begun: &Begun,
        from: &Event,
        round: u32,
        completed: Option<Event>,
    ) -> Option<Times> {
        let only = &self.run.only;
        let start = begun.event.cause.on;
        let until = |length: Length| self.story.calendar.last_day(start, length, Counting::FromNextDay);
        if only.first_for.is_some_and(|length| from.cause.on >= until(length))
            || only.after_first.is_some_and(|length| from.cause.on < until(length))
        {
            return None;
        }
        let after = self.after(from.cause.on)?;
        let length = self.length(after, (begun, from), round);
        let mut times = self.counted(from, length, after.counting);
        self.regraded(begun, &mut times, after, completed);
        self.extended(begun, from, &mut times, completed);
        self.paused(begun, &mut times, completed);
        if self.run.change.rolls {
            times.due = self.story.calendar.roll_forward(times.due);
        }
        match only.after {
            None => Some(times),
            Some(kind) => self.taken_over(kind, begun, times, completed),
        }
    }

    /// A later part begins with a fact, within the round that then runs: it counts from the same completion,
    /// and is not due before that day.
    fn taken_over(
        &self,
        kind: FactKind,
        begun: &Begun,
        times: Times,
        completed: Option<Event>,
    ) -> Option<Times> {
        let switch = *self.all_changes(kind, begun, None).next()?;
        if completed.is_some_and(|done| done.cause.on < switch.cause.on) {
            return None;
        }
        let not_before = (times.due < switch.cause.on).then_some(switch.cause);
        Some(Times { not_before, due: times.due.max(switch.cause.on), ..times })
    }

    fn length(&self, after: After, (begun, from): (&Begun, &Event), round: u32) -> Length {
        if let Some((age, length)) = after.young
            && self.reaches(age).is_none_or(|birthday| from.cause.on < birthday)
        {
            return length;
        }
        let graded = begun.event.grade.and_then(|grade| *after.grades.get(place(grade))?);
        match round {
            1 => graded.unwrap_or(after.first),
            2 => after.second.or(after.then).unwrap_or(after.first),
            _ => after.then.unwrap_or(after.first),
        }
    }

    fn counted(&self, from: &Event, length: Length, counting: Counting) -> Times {
        let by = Times { counting, ..Times::by(from.cause.on, length) };
        match (from.at, length.unit) {
            (Some(at), Unit::Hours) => {
                let due_at = hours_after(at, length.n);
                Times { due: london_day(due_at), due_at: Some(due_at), ..by }
            }
            _ => Times { due: self.story.calendar.last_day(from.cause.on, length, counting), ..by },
        }
    }

    /// The facts of a kind that came after the beginning and before the completion.
    fn all_changes<'a>(
        &'a self,
        kind: FactKind,
        begun: &'a Begun,
        completed: Option<Event>,
    ) -> impl DoubleEndedIterator<Item = &'a Event> {
        self.changes.iter().filter(move |event| {
            event.kind == kind
                && event.of_one_matter(&begun.event)
                && event.not_before(&begun.event)
                && completed.is_none_or(|done| done.not_before(event))
                && begun.stop.is_none_or(|end| event.cause.on <= end.last_day)
        })
    }

    /// A new grade: the time is worked out again from the same beginning.
    fn regraded(&self, begun: &Begun, times: &mut Times, after: After, completed: Option<Event>) {
        let Some(kind) = self.run.change.graded else { return };
        let latest = self.all_changes(kind, begun, completed).next_back();
        let Some((event, grade)) = latest.and_then(|event| Some((event, event.grade?))) else { return };
        let Some(length) = after.grades.get(place(grade)).copied().flatten() else { return };
        *times = Times { changed: Some(event.cause), ..self.counted(&begun.event, length, after.counting) };
    }

    /// More time given: so long in all, or to a day that is named.
    fn extended(&self, begun: &Begun, from: &Event, times: &mut Times, completed: Option<Event>) {
        let Some((kind, to)) = self.run.change.extended else { return };
        let Some(event) = self.all_changes(kind, begun, completed).next_back() else { return };
        let changed = Some(event.cause);
        match (to, event.names) {
            (Some(length), _) => *times = Times { changed, ..self.counted(from, length, times.counting) },
            (None, Some(day)) => {
                *times = Times { changed, due: day.max(from.cause.on), due_at: None, ..*times };
            }
            (None, None) => {}
        }
    }

    /// It stands still while an answer is awaited; while it still is, its last day moves on with today.
    fn paused(&self, begun: &Begun, times: &mut Times, completed: Option<Event>) {
        let Some((asks, answers)) = self.run.change.paused else { return };
        let mut free: Option<Date> = None;
        for asked in self.all_changes(asks, begun, completed) {
            let from = asked.cause.on;
            // a second question within a wait does not make it longer twice
            if free.is_some_and(|free| from < free) {
                continue;
            }
            let answered =
                self.all_changes(answers, begun, completed).find(|answer| answer.not_before(asked));
            let to = answered.map_or(self.story.today, |answer| answer.cause.on);
            free = Some(to);
            let latest: Cause = answered.map_or(asked.cause, |answer| answer.cause);
            let due = match times.length.unit {
                Unit::WorkingDays => {
                    let waited = self.story.calendar.working_days_between(from, to);
                    self.story.calendar.add_working_days(times.due, waited)
                }
                Unit::Hours | Unit::Days | Unit::Weeks | Unit::Months | Unit::Years => {
                    add_days(times.due, days_between(from, to))
                }
            };
            if due != times.due {
                *times = Times { due, due_at: None, changed: Some(latest), ..*times };
            }
        }
    }
}
