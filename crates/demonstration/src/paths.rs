//! What happens in a family over two years: the path it takes, and the days on which something happens.

use crate::dice::Dice;
use jiff::ToSpan;
use jiff::civil::Date;
use practice::episode::{EpisodeKind, StepKind, StepOutcome};

/// One thing that happens to all children of a family on a day.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Open(EpisodeKind),
    End(EpisodeKind, &'static str),
    Begin(StepKind, Option<StepOutcome>),
    Finish(StepKind, Option<StepOutcome>),
    Allocate,
    ChangeWorker,
    Visit,
    Call,
    Note,
}

/// The path a family takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    NothingFurther,
    Assessed,
    FamilyHelp,
    InNeed,
    Protected,
    InCare,
}

pub(crate) fn path(dice: &mut Dice) -> Path {
    match dice.between(1, 100) {
        1..=18 => Path::NothingFurther,
        19..=38 => Path::Assessed,
        39..=48 => Path::FamilyHelp,
        49..=74 => Path::InNeed,
        75..=90 => Path::Protected,
        _ => Path::InCare,
    }
}

struct Days<'a> {
    dice: &'a mut Dice,
    today: Date,
    all: Vec<(Date, Event)>,
}

impl Days<'_> {
    fn add(&mut self, day: Date, event: Event) {
        if day <= self.today {
            self.all.push((day, event));
        }
    }

    /// Visits every so many days, some early, some late; calls and notes between them.
    fn visits(&mut self, from: Date, to: Date, every: i64) {
        let mut day = later(from, self.dice.between(3, every));
        while day <= to {
            self.add(day, Event::Visit);
            if self.dice.often(45) {
                let between = later(day, self.dice.between(1, every - 1));
                let event = if self.dice.often(80) { Event::Call } else { Event::Note };
                self.add(between, event);
            }
            let late = if self.dice.often(12) { self.dice.between(2, 9) } else { 0 };
            day = later(day, every - self.dice.between(0, every / 4) + late);
        }
    }
}

pub(crate) fn later(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// Every event of a family from the day it is first heard of.
pub(crate) fn events(dice: &mut Dice, path: Path, first: Date, today: Date) -> Vec<(Date, Event)> {
    let mut days = Days { dice, today, all: vec![] };
    days.add(first, Event::Begin(StepKind::Referral, None));
    if path == Path::NothingFurther {
        days.add(
            later(first, 1),
            Event::Begin(StepKind::ReferralDecision, Some(StepOutcome::NoFurtherAction)),
        );
        days.all.sort_by_key(|(day, _)| *day);
        return days.all;
    }
    if path == Path::FamilyHelp {
        days.add(later(first, 1), Event::Begin(StepKind::ReferralDecision, Some(StepOutcome::FamilyHelp)));
        days.add(later(first, 3), Event::Open(EpisodeKind::FamilyHelp));
        days.add(later(first, 5), Event::Allocate);
        let end = later(first, days.dice.between(90, 400));
        days.visits(later(first, 6), end.min(today), 24);
        days.add(end, Event::End(EpisodeKind::FamilyHelp, "The family says it is better, and so do we"));
        days.all.sort_by_key(|(day, _)| *day);
        return days.all;
    }
    assessed(&mut days, path, first);
    days.all.sort_by_key(|(day, _)| *day);
    days.all
}

fn assessed(days: &mut Days<'_>, path: Path, first: Date) {
    days.add(later(first, 1), Event::Begin(StepKind::ReferralDecision, Some(StepOutcome::Assessment)));
    days.add(later(first, 1), Event::Open(EpisodeKind::ChildInNeed));
    // some wait for a worker
    let wait = if days.dice.often(15) { days.dice.between(6, 16) } else { days.dice.between(1, 4) };
    days.add(later(first, wait), Event::Allocate);
    days.add(later(first, wait), Event::Begin(StepKind::Assessment, None));
    let finished = later(first, days.dice.between(28, 66));
    days.visits(later(first, wait), finished.min(days.today), 12);
    days.add(finished, Event::Finish(StepKind::Assessment, None));
    match path {
        Path::Assessed => {
            days.add(
                later(finished, 2),
                Event::End(EpisodeKind::ChildInNeed, "Assessed; no more help was wanted"),
            );
        }
        Path::InNeed => in_need(days, finished),
        Path::Protected => protected(days, later(first, 20), false),
        Path::InCare => protected(days, later(first, 12), true),
        Path::NothingFurther | Path::FamilyHelp => {}
    }
}

fn in_need(days: &mut Days<'_>, from: Date) {
    let end = later(from, days.dice.between(120, 560));
    days.add(later(from, 3), Event::Begin(StepKind::ChildInNeedPlan, None));
    days.visits(from, end.min(days.today), 25);
    let mut review = later(from, days.dice.between(38, 46));
    while review < end {
        days.add(review, Event::Begin(StepKind::ChildInNeedReview, Some(StepOutcome::Plan)));
        review = later(review, days.dice.between(80, 95));
    }
    if days.dice.often(25) {
        let change = later(from, days.dice.between(60, 110));
        days.add(change, Event::ChangeWorker);
    }
    days.add(end, Event::Finish(StepKind::ChildInNeedPlan, None));
    days.add(end, Event::End(EpisodeKind::ChildInNeed, "The plan did what it was for"));
}

fn protected(days: &mut Days<'_>, from: Date, into_care: bool) {
    days.add(from, Event::Begin(StepKind::StrategyDiscussion, Some(StepOutcome::Section47)));
    days.add(from, Event::Begin(StepKind::Section47Enquiry, None));
    let conference = later(from, days.dice.between(15, 22));
    days.add(later(from, 10), Event::Finish(StepKind::Section47Enquiry, Some(StepOutcome::Conference)));
    days.add(conference, Event::Begin(StepKind::InitialConference, Some(StepOutcome::Plan)));
    days.add(conference, Event::Open(EpisodeKind::ChildProtection));
    days.add(conference, Event::Begin(StepKind::ProtectionPlan, None));
    let end =
        later(conference, if into_care { days.dice.between(60, 200) } else { days.dice.between(170, 480) });
    days.visits(conference, end.min(days.today), 13);
    let mut group = later(conference, days.dice.between(9, 15));
    while group < end {
        days.add(group, Event::Begin(StepKind::CoreGroup, None));
        group = later(group, days.dice.between(35, 45));
    }
    let mut review = later(conference, days.dice.between(84, 95));
    while review < end {
        days.add(review, Event::Begin(StepKind::ReviewConference, Some(StepOutcome::Plan)));
        review = later(review, days.dice.between(165, 186));
    }
    days.add(end, Event::Begin(StepKind::ReviewConference, Some(StepOutcome::NoPlan)));
    days.add(end, Event::Finish(StepKind::ProtectionPlan, None));
    days.add(end, Event::End(EpisodeKind::ChildProtection, "The conference ended the plan"));
    if into_care {
        in_care(days, end);
    } else {
        days.add(later(end, 90), Event::End(EpisodeKind::ChildInNeed, "The family goes on without us"));
    }
}

fn in_care(days: &mut Days<'_>, from: Date) {
    days.add(from, Event::Open(EpisodeKind::LookedAfter));
    days.add(from, Event::Begin(StepKind::Placement, None));
    days.visits(from, days.today, 38);
    let mut review = later(from, days.dice.between(20, 28));
    let mut gap = 88;
    while review < days.today {
        days.add(review, Event::Begin(StepKind::LookedAfterReview, None));
        review = later(review, gap);
        gap = days.dice.between(165, 184);
    }
}
