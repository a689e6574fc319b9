//! Every clock of one person: each row of live rules over the periods and events of their record.

use super::chain::{Anchor, Chain};
use super::general;
use super::once::{Once, before_our_time, from_conference};
use super::periods::{Period, Story};
use super::placement::{PlacementRules, visits};
use super::rules::Row;
use super::{Brought, Cause, Clock, Done, Facts, Rules, Start, What};
use crate::calendar::Calendar;
use crate::episode::StepKind;
use jiff::civil::Date;

/// Every clock of one person, running, completed and ended, from the facts up to and with `today`. What is
/// dated later has not happened yet and counts for nothing. The order is that of the rules, then of time.
pub fn clocks(rules: &Rules, calendar: &Calendar, facts: &Facts<'_>, today: Date) -> Vec<Clock> {
    let story = Story::of(calendar, facts, today);
    let mut clocks = Vec::with_capacity(story.entries.len() * 2 + story.steps.len());
    for row in rules.rows() {
        run(rules, &story, row, &mut clocks);
    }
    for run in rules.general() {
        general::run(rules, &story, run, &mut clocks);
    }
    clocks
}

fn run(rules: &Rules, story: &Story<'_>, row: &Row, clocks: &mut Vec<Clock>) {
    let Some(&rule) = row.stages.first() else { return };
    let once = Once { rules, story, rule };
    match row.start {
        Start::Referral => once.decision(clocks),
        Start::AssessmentNeeded => once.assessment(clocks),
        Start::AssessmentBegins => once.seen(clocks),
        Start::Section47 => once.conference(clocks),
        Start::Happened => once.recorded(clocks),
        Start::PlanMade => in_row(rules, story, row, &from_conference(story), clocks),
        Start::ProtectionPlan => in_row(rules, story, row, &story.protection, clocks),
        Start::ChildInNeedPlan => in_row(rules, story, row, &story.need, clocks),
        Start::LookedAfter => in_row(rules, story, row, &story.care, clocks),
        Start::Placement => {
            let other = |start| rules.rows().iter().find(|r| r.start == start)?.stages.first().copied();
            let ids = PlacementRules {
                first_year: rule,
                lasting: other(Start::PlacementLasting),
                other: other(Start::PlacementOther),
            };
            for care in &story.care {
                visits(rules, story, ids, care, clocks);
            }
        }
        // run together with the first year of the placement
        Start::PlacementLasting | Start::PlacementOther => {}
    }
}

fn in_row(rules: &Rules, story: &Story<'_>, row: &Row, periods: &[Period], clocks: &mut Vec<Clock>) {
    let events = events(story, row.done);
    let known = match row.done {
        Done::Seen | Done::SeenAtVisit => Some(Brought::LastSeen),
        Done::ReviewConference | Done::ChildInNeedReview | Done::LookedAfterReview => {
            Some(Brought::LastReview)
        }
        Done::Decision
        | Done::AssessmentComplete
        | Done::InitialConference
        | Done::CoreGroup
        | Done::Recorded
        | Done::AsTheRuleSays => None,
    };
    for period in periods {
        let reviews: Vec<Cause>;
        let mut events = events.as_ref();
        if known == Some(Brought::LastReview) && !story.brought.is_empty() {
            reviews = with_reviews(events, story, period);
            events = &reviews;
        }
        let chain = Chain { rules, story, stages: &row.stages, events };
        let anchor = known.map_or(Anchor::start(period.start), |kind| chain.anchor(period, kind));
        // what the old system knew does not say whether this was done, so it is not asked for
        let alone = row.stages.len() == 1 || known.is_none();
        let rule = row.stages.first().and_then(|id| rules.in_force(*id, period.start.on));
        let from = clocks.len();
        chain.run(period, anchor, clocks);
        if alone && rule.is_some_and(|rule| before_our_time(story, rule, period)) {
            let undone = clocks.get(from).is_some_and(|clock| clock.done.is_none());
            clocks.truncate(if undone { from } else { clocks.len() });
        }
    }
}

/// What can complete the clocks of a row, in order of day.
fn events<'a>(story: &'a Story<'_>, done: Done) -> std::borrow::Cow<'a, [Cause]> {
    let (kind, what) = match done {
        Done::Seen => return story.seen.as_slice().into(),
        Done::SeenAtVisit => return story.visits.as_slice().into(),
        Done::Recorded | Done::AsTheRuleSays => return Vec::new().into(),
        Done::Decision => (StepKind::ReferralDecision, What::Decision),
        Done::AssessmentComplete => (StepKind::Assessment, What::AssessmentFinished),
        Done::InitialConference => (StepKind::InitialConference, What::InitialConference),
        Done::CoreGroup => (StepKind::CoreGroup, What::CoreGroup),
        Done::ReviewConference => (StepKind::ReviewConference, What::ReviewConference),
        Done::ChildInNeedReview => (StepKind::ChildInNeedReview, What::NeedReview),
        Done::LookedAfterReview => (StepKind::LookedAfterReview, What::CareReview),
    };
    story.held(kind, what).into()
}

fn with_reviews(events: &[Cause], story: &Story<'_>, period: &Period) -> Vec<Cause> {
    let mut all: Vec<Cause> = events.iter().copied().chain(story.reviews_before(period)).collect();
    all.sort_unstable();
    all
}
