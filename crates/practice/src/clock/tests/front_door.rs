//! Referrals and assessments: FD-02, AS-01, AS-02.

use super::*;
use EpisodeKind::ChildInNeed;
use StepKind::{Assessment, Referral, ReferralDecision, Section47Enquiry};

fn referred(day: &str) -> Child {
    Child::default().born("2018-05-05").episode(ChildInNeed, day, "").step(Referral, day, "")
}

#[test]
fn a_referral_is_to_be_decided_on_within_one_working_day() {
    // Thursday before Easter: the next working day is Tuesday
    let child = referred("2026-04-02");
    assert_eq!(child.lines("FD-02", "2026-04-02"), ["2026-04-02 > 2026-04-07: due in 1 working day"]);
    assert_eq!(child.lines("FD-02", "2026-04-07"), ["2026-04-02 > 2026-04-07: due today"]);
    assert_eq!(child.lines("FD-02", "2026-04-09"), ["2026-04-02 > 2026-04-07: 2 working days late"]);
    let decided = child.step(ReferralDecision, "2026-04-08", "");
    assert_eq!(
        decided.lines("FD-02", "2026-06-01"),
        ["2026-04-02 > 2026-04-07: done, 1 working day late (2026-04-08)"]
    );
}

#[test]
fn a_referral_on_friday_evening_is_due_by_the_end_of_monday() {
    assert_eq!(referred("2026-11-20").clocks("FD-02", "2026-11-20").only().due, on("2026-11-23"));
}

#[test]
fn a_decision_before_the_referral_is_not_its_decision() {
    let child = Child::default().step(ReferralDecision, "2026-03-01", "").step(Referral, "2026-03-02", "");
    assert!(child.clocks("FD-02", "2026-03-02").only().is_running());
}

#[test]
fn an_assessment_begun_without_a_recorded_decision_ends_the_clock_and_keeps_its_lateness() {
    let child = referred("2026-03-02").step(Assessment, "2026-03-06", "");
    let clocks = child.clocks("FD-02", "2026-03-20");
    assert_eq!(clocks.only().cancelled.unwrap().what, What::AssessmentBegan);
    assert_eq!(
        clocks.line(clocks.only()),
        "2026-03-02 > 2026-03-03: no longer needed, 3 working days late by then (2026-03-06)"
    );
    // the decision written down afterwards is the decision
    let child = child.step(ReferralDecision, "2026-03-09", "");
    assert_eq!(
        child.lines("FD-02", "2026-03-20"),
        ["2026-03-02 > 2026-03-03: done, 4 working days late (2026-03-09)"]
    );
}

#[test]
fn a_later_decision_answers_the_later_referral() {
    let child = referred("2024-03-04").step(Assessment, "2024-03-06", "2024-04-10");
    let child = child.step(Referral, "2025-03-03", "").step(ReferralDecision, "2025-03-04", "");
    let clocks = child.clocks("FD-02", "2025-04-01");
    assert_eq!(clocks.all[0].cancelled.unwrap().what, What::AssessmentBegan);
    assert_eq!(clocks.all[1].done.unwrap().on, on("2025-03-04"));
}

#[test]
fn two_referrals_before_one_decision_are_both_decided_by_it() {
    let child =
        referred("2026-03-02").step(Referral, "2026-03-03", "").step(ReferralDecision, "2026-03-03", "");
    assert_eq!(
        child.lines("FD-02", "2026-03-10"),
        [
            "2026-03-02 > 2026-03-03: done in time (2026-03-03)",
            "2026-03-03 > 2026-03-04: done in time (2026-03-03)"
        ]
    );
}

#[test]
fn the_end_of_the_episode_ends_its_clocks_and_the_history_stays() {
    let mut child = referred("2026-03-02").step(Assessment, "2026-03-03", "");
    child.episodes[0].to = Some(on("2026-03-20"));
    let clocks = child.clocks("AS-01", "2026-05-01");
    assert_eq!(clocks.only().cancelled.unwrap().what, What::EpisodeEnded(ChildInNeed));
    assert_eq!(clocks.line(clocks.only()), "2026-03-02 > 2026-05-07: no longer needed (2026-03-20)");
    let before = child.clocks("AS-01", "2026-03-19");
    assert!(before.only().is_running(), "an end that is still to come has not happened");
}

#[test]
fn an_assessment_takes_45_working_days_from_the_referral() {
    let child = referred("2026-03-02").step(Assessment, "2026-03-04", "");
    let clocks = child.clocks("AS-01", "2026-03-04");
    assert_eq!((clocks.only().started.what, clocks.only().due), (What::Referral, on("2026-05-07")));
}

#[test]
fn an_assessment_finished_late_stays_late() {
    let child = referred("2026-01-05").step(Assessment, "2026-01-06", "2026-03-11");
    assert_eq!(
        child.lines("AS-01", "2026-11-21"),
        ["2026-01-05 > 2026-03-09: done, 2 working days late (2026-03-11)"]
    );
}

#[test]
fn finished_on_the_weekend_after_is_late_by_less_than_a_working_day() {
    // due on Friday 29 January, finished on the Saturday
    let child = referred("2026-11-24").step(Assessment, "2026-11-24", "2027-01-30");
    assert_eq!(
        child.lines("AS-01", "2027-03-01"),
        ["2026-11-24 > 2027-01-29: done, less than a working day late (2027-01-30)"]
    );
}

#[test]
fn a_new_assessment_without_a_referral_counts_from_its_own_day() {
    let child = referred("2025-01-06").step(Assessment, "2025-01-07", "2025-02-07");
    let child = child.step(Assessment, "2026-01-05", "");
    let clocks = child.clocks("AS-01", "2026-01-05");
    assert_eq!(clocks.all.len(), 2);
    assert_eq!(clocks.all[1].started.what, What::AssessmentBegan);
    assert_eq!(clocks.all[1].due, on("2026-03-09"));
}

#[test]
fn a_referral_that_leads_to_nothing_further_needs_no_assessment() {
    let child = referred("2026-03-02").step(ReferralDecision, "2026-03-03", "");
    assert!(child.clone().outcome(StepOutcome::Assessment).clocks("AS-01", "2026-03-10").only().is_running());
    let child = child.outcome(StepOutcome::NoFurtherAction);
    let clocks = child.clocks("AS-01", "2026-03-10");
    assert_eq!(clocks.only().cancelled.unwrap().what, What::NoAssessment);
    // help begun all the same later is a new decision to assess
    let child = child.step(Assessment, "2026-04-01", "");
    assert_eq!(child.clocks("AS-01", "2026-04-02").all.len(), 2);
}

#[test]
fn a_corrected_date_moves_the_clock() {
    let mut child = referred("2026-03-02");
    child.steps[0].on = on("2026-03-09");
    assert_eq!(child.clocks("AS-01", "2026-03-10").only().due, on("2026-05-14"));
}

#[test]
fn the_child_is_seen_within_five_working_days_of_the_assessment_beginning() {
    let child = referred("2026-05-01").step(Assessment, "2026-05-01", "");
    // early May holiday on the 4th
    assert_eq!(child.clocks("AS-02", "2026-05-01").only().due, on("2026-05-11"));
    let child = child.visit("2026-04-30", Seen::Yes);
    assert!(child.clocks("AS-02", "2026-05-12").only().is_running(), "seen before it began");
    let child = child.visit("2026-05-06", Seen::No);
    assert!(child.clocks("AS-02", "2026-05-12").only().is_running(), "not seen");
    let child = child.visit("2026-05-07", Seen::Alone).but(|e| e.manner = Some(Manner::Video));
    assert!(child.clocks("AS-02", "2026-05-12").only().is_running(), "by video");
    let child = child.visit("2026-05-12", Seen::Alone).but(|e| e.kind = EntryKind::Meeting);
    let clocks = child.clocks("AS-02", "2026-05-12");
    assert_eq!(clocks.line(clocks.only()), "2026-05-01 > 2026-05-11: done, 1 working day late (2026-05-12)");
}

#[test]
fn an_assessment_finished_without_seeing_the_child_says_so() {
    let child = referred("2026-05-01").step(Assessment, "2026-05-01", "2026-05-29");
    let clocks = child.clocks("AS-02", "2026-06-12");
    assert_eq!(clocks.only().cancelled.unwrap().what, What::AssessmentFinished);
    assert_eq!(clocks.only().done, None);
}

#[test]
fn before_birth_there_is_no_child_to_see() {
    let child = Child::default().expected("2026-08-01").step(Assessment, "2026-05-01", "");
    assert!(child.clocks("AS-02", "2026-05-20").all.is_empty());
    assert_eq!(child.clocks("AS-01", "2026-05-20").all.len(), 1, "the assessment itself runs");
    let mut born = child;
    born.birth = Some(Birth { on: on("2026-07-25"), basis: BirthBasis::Exact });
    assert!(born.clocks("AS-02", "2026-08-20").all.is_empty(), "begun before birth");
    assert_eq!(born.step(Assessment, "2026-08-03", "").clocks("AS-02", "2026-08-20").all.len(), 1);
}

#[test]
fn an_enquiry_also_shows_that_a_referral_was_decided_on() {
    let child = referred("2026-03-02").step(Section47Enquiry, "2026-03-02", "");
    assert_eq!(child.clocks("FD-02", "2026-03-05").only().cancelled.unwrap().what, What::Section47Began);
}
