//! Child protection: CP-03, CP-07, CP-09, CP-10, CP-11.

use super::*;
use EpisodeKind::{ChildInNeed, ChildProtection, LookedAfter};
use StepKind::{
    CoreGroup, InitialConference, ProtectionPlan, ReviewConference, Section47Enquiry, StrategyDiscussion,
};

fn on_a_plan(from: &str, to: &str) -> Child {
    Child::default()
        .born("2018-05-05")
        .episode(ChildProtection, from, "")
        .step(InitialConference, from, "")
        .step(ProtectionPlan, from, to)
}

#[test]
fn the_conference_is_due_fifteen_working_days_after_the_strategy_discussion() {
    let child = Child::default().episode(ChildInNeed, "2026-05-01", "");
    let child = child.step(StrategyDiscussion, "2026-05-22", "").step(Section47Enquiry, "2026-05-26", "");
    let clocks = child.clocks("CP-03", "2026-05-26");
    assert_eq!((clocks.only().started.what, clocks.only().due), (What::StrategyDiscussion, on("2026-06-15")));
    let held = child.clone().step(InitialConference, "2026-06-16", "");
    assert_eq!(
        held.lines("CP-03", "2026-07-01"),
        ["2026-05-22 > 2026-06-15: done, 1 working day late (2026-06-16)"]
    );
}

#[test]
fn an_enquiry_without_a_discussion_counts_from_its_own_day() {
    let child = Child::default().step(StrategyDiscussion, "2026-01-05", "");
    let child = child.step(Section47Enquiry, "2026-05-22", "");
    let clocks = child.clocks("CP-03", "2026-05-26");
    assert_eq!((clocks.only().started.what, clocks.only().due), (What::Section47Began, on("2026-06-15")));
}

#[test]
fn of_several_discussions_the_one_that_began_the_enquiry_counts() {
    let child = Child::default().step(StrategyDiscussion, "2026-03-02", "");
    let child = child.step(StrategyDiscussion, "2026-03-05", "").step(Section47Enquiry, "2026-03-05", "");
    let child = child.step(StrategyDiscussion, "2026-03-12", "");
    assert_eq!(child.clocks("CP-03", "2026-03-12").only().started.on, on("2026-03-05"));
}

#[test]
fn an_enquiry_that_finds_no_need_ends_the_clock() {
    let child = Child::default().step(Section47Enquiry, "2026-03-05", "2026-03-19");
    assert!(child.clocks("CP-03", "2026-03-20").only().is_running(), "how it came out is not known");
    let child = child.outcome(StepOutcome::NoConference);
    assert_eq!(child.clocks("CP-03", "2026-03-20").only().cancelled.unwrap().what, What::NoConference);
}

#[test]
fn an_unborn_child_has_the_same_clock() {
    let child = Child::default().expected("2026-08-01").step(Section47Enquiry, "2026-05-22", "");
    assert_eq!(child.clocks("CP-03", "2026-05-26").only().due, on("2026-06-15"));
}

#[test]
fn the_first_core_group_meets_within_ten_working_days_of_the_conference() {
    let child = on_a_plan("2026-12-23", "");
    assert_eq!(child.clocks("CP-07", "2026-12-23").only().due, on("2027-01-11"));
    let child = child.step(CoreGroup, "2027-01-13", "").step(CoreGroup, "2027-02-10", "");
    assert_eq!(
        child.lines("CP-07", "2027-03-01"),
        ["2026-12-23 > 2027-01-11: done, 2 working days late (2027-01-13)"]
    );
}

#[test]
fn a_conference_that_made_no_plan_starts_nothing() {
    let child = Child::default().step(InitialConference, "2026-03-02", "").outcome(StepOutcome::NoPlan);
    assert!(child.clocks("CP-07", "2026-03-10").all.is_empty());
    assert!(child.clocks("CP-09", "2026-03-10").all.is_empty());
}

#[test]
fn a_plan_whose_conference_is_not_known_counts_from_its_own_day() {
    let child = Child::default().episode(ChildProtection, "2026-03-02", "");
    let clocks = child.clocks("CP-07", "2026-03-10");
    assert_eq!(clocks.only().started.what, What::EpisodeBegan(ChildProtection));
    let child = child.step(ProtectionPlan, "2026-03-02", "");
    assert_eq!(child.clocks("CP-07", "2026-03-10").only().started.what, What::ProtectionPlanBegan);
}

#[test]
fn reviews_follow_after_three_months_then_six_from_the_day_really_held() {
    let child = on_a_plan("2025-11-30", "").step(ReviewConference, "2026-02-20", "");
    assert_eq!(child.lines("CP-09", "2026-03-01"), ["2025-11-30 > 2026-02-28: done in time (2026-02-20)"]);
    assert_eq!(child.lines("CP-10", "2026-03-01"), ["2026-02-20 > 2026-08-20: due in 172 days"]);
    let child = child.step(ReviewConference, "2026-08-31", "").step(ReviewConference, "2026-12-01", "");
    assert_eq!(
        child.lines("CP-10", "2026-12-02"),
        [
            "2026-02-20 > 2026-08-20: done, 11 days late (2026-08-31)",
            // 31 August and six months: the last day of February
            "2026-08-31 > 2027-02-28: done in time (2026-12-01)",
            "2026-12-01 > 2027-06-01: due in 181 days",
        ]
    );
}

#[test]
fn a_review_in_two_parts_counts_from_its_last_part() {
    let child = on_a_plan("2026-01-05", "").step(ReviewConference, "2026-04-02", "2026-04-09");
    assert_eq!(
        child.lines("CP-09", "2026-05-01"),
        ["2026-01-05 > 2026-04-05: done, 4 days late (2026-04-09)"]
    );
    assert_eq!(child.clocks("CP-10", "2026-05-01").only().due, on("2026-10-09"));
}

#[test]
fn a_child_on_a_plan_is_seen_every_ten_working_days_counted_from_the_last_time() {
    let child = on_a_plan("2026-11-02", "").visit("2026-11-06", Seen::Alone).visit("2026-11-18", Seen::No);
    assert_eq!(
        child.lines("CP-11", "2026-11-23"),
        ["2026-11-02 > 2026-11-16: done in time (2026-11-06)", "2026-11-06 > 2026-11-20: 1 working day late"]
    );
    let child = child.visit("2026-11-24", Seen::Yes);
    let clocks = child.clocks("CP-11", "2026-11-25");
    assert_eq!(
        clocks.line(&clocks.all[1]),
        "2026-11-06 > 2026-11-20: done, 2 working days late (2026-11-24)"
    );
    assert_eq!(clocks.all[2].due, on("2026-12-08"));
}

#[test]
fn a_visit_before_the_plan_does_not_complete_its_clock_and_one_on_the_day_does() {
    let child = on_a_plan("2026-11-02", "").visit("2026-11-01", Seen::Yes);
    assert!(child.clocks("CP-11", "2026-11-03").only().is_running());
    let child = child.visit("2026-11-02", Seen::Yes);
    assert_eq!(child.clocks("CP-11", "2026-11-03").all.len(), 2);
}

#[test]
fn two_visits_on_one_day_complete_one_clock() {
    let child = on_a_plan("2026-11-02", "").visit("2026-11-05", Seen::Yes).visit("2026-11-05", Seen::Alone);
    let clocks = child.clocks("CP-11", "2026-11-06");
    assert_eq!(clocks.all.len(), 2);
    assert_eq!(clocks.all[1].started.on, on("2026-11-05"));
}

#[test]
fn the_end_of_the_plan_ends_every_clock_of_it() {
    let child = on_a_plan("2026-01-05", "2026-03-30").visit("2026-03-02", Seen::Yes);
    for rule in ["CP-07", "CP-09", "CP-11"] {
        let clocks = child.clocks(rule, "2026-06-01");
        let last = clocks.all.last().unwrap();
        assert_eq!(last.cancelled.unwrap().what, What::ProtectionPlanEnded, "{rule}");
        assert!(child.clocks(rule, "2026-03-29").all.last().unwrap().is_running(), "{rule} the day before");
    }
    let clocks = child.clocks("CP-07", "2026-06-01");
    assert_eq!(
        clocks.line(clocks.only()),
        "2026-01-05 > 2026-01-19: no longer needed, 50 working days late by then (2026-03-30)"
    );
}

#[test]
fn the_end_of_the_episode_ends_a_plan_left_open() {
    let mut child = on_a_plan("2026-01-05", "");
    child.episodes[0].to = Some(on("2026-03-30"));
    let clocks = child.clocks("CP-11", "2026-06-01");
    assert_eq!(clocks.only().cancelled.unwrap().what, What::EpisodeEnded(ChildProtection));
}

#[test]
fn a_second_plan_starts_its_own_clocks() {
    let child = on_a_plan("2024-01-08", "2024-09-02").visit("2024-01-10", Seen::Yes);
    let child = child.step(InitialConference, "2026-03-02", "").step(ProtectionPlan, "2026-03-02", "");
    let clocks = child.clocks("CP-11", "2026-03-03");
    let last = clocks.all.last().unwrap();
    assert_eq!((last.round, last.started.on, last.is_running()), (1, on("2026-03-02"), true));
    let starts: Vec<_> = child.clocks("CP-09", "2026-03-03").all.iter().map(|c| c.started.on).collect();
    assert_eq!(starts, [on("2024-01-08"), on("2026-03-02")]);
}

#[test]
fn one_visit_completes_both_visit_clocks_of_a_looked_after_child_on_a_plan() {
    let child = on_a_plan("2026-11-02", "").episode(LookedAfter, "2026-11-04", "");
    assert!(child.clocks("CP-11", "2026-11-06").only().is_running());
    assert!(child.clocks("LC-05a", "2026-11-06").only().is_running());
    let child = child.visit("2026-11-09", Seen::Alone);
    let (protection, care) = (child.clocks("CP-11", "2026-11-10"), child.clocks("LC-05a", "2026-11-10"));
    assert_eq!(protection.all[0].done, care.all[0].done);
    assert_eq!((protection.all[1].due, care.all[1].due), (on("2026-11-23"), on("2026-12-21")));
}

#[test]
fn a_plan_brought_from_the_old_system_starts_from_what_it_last_knew() {
    let child = Child::default().episode(ChildProtection, "2025-06-02", "").last_seen("2026-11-16");
    let child = child.last_review("2026-08-31");
    let visits = child.clocks("CP-11", "2026-11-21");
    assert_eq!((visits.only().started.what, visits.only().due), (What::SeenBefore, on("2026-11-30")));
    let reviews = child.clocks("CP-10", "2026-11-21");
    assert_eq!((reviews.only().started.what, reviews.only().due), (What::ReviewBefore, on("2027-02-28")));
    assert!(child.clocks("CP-09", "2026-11-21").all.is_empty());
    assert!(child.clocks("CP-07", "2026-11-21").all.is_empty(), "whether it met was not brought");
}

#[test]
fn a_child_last_seen_before_the_plan_is_to_be_seen_from_its_beginning() {
    let child = Child::default().episode(ChildProtection, "2026-11-02", "").last_seen("2026-10-30");
    assert_eq!(child.clocks("CP-11", "2026-11-03").only().started.on, on("2026-11-02"));
}
