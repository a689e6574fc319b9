//! Looked-after children: LC-05a to LC-05c, LC-06 to LC-08.

use super::*;
use EpisodeKind::LookedAfter;
use StepKind::{LookedAfterReview, Placement};

fn in_care(from: &str) -> Child {
    Child::default().born("2012-03-10").episode(LookedAfter, from, "")
}

#[test]
fn a_child_is_visited_in_the_first_week_then_every_six() {
    let child = in_care("2026-03-02").step(Placement, "2026-03-02", "");
    let clocks = child.clocks("LC-05a", "2026-03-03");
    assert_eq!((clocks.only().started.what, clocks.only().due), (What::PlacementBegan, on("2026-03-09")));
    let child = child.visit("2026-03-11", Seen::Alone).visit("2026-03-12", Seen::No);
    assert_eq!(
        child.lines("LC-05a", "2026-04-21"),
        ["2026-03-02 > 2026-03-09: done, 2 days late (2026-03-11)", "2026-03-11 > 2026-04-22: due in 1 day"]
    );
}

#[test]
fn a_visit_due_on_sunday_is_due_on_sunday() {
    let clocks = in_care("2026-03-01").clocks("LC-05a", "2026-03-08");
    assert_eq!(clocks.line(clocks.only()), "2026-03-01 > 2026-03-08: due today");
}

#[test]
fn a_move_starts_the_cycle_again() {
    let child =
        in_care("2026-01-05").step(Placement, "2026-01-05", "2026-02-20").visit("2026-01-08", Seen::Yes);
    let child = child.step(Placement, "2026-02-20", "");
    let clocks = child.clocks("LC-05a", "2026-02-21");
    assert_eq!(clocks.all.len(), 3);
    assert_eq!(
        clocks.line(&clocks.all[1]),
        "2026-01-08 > 2026-02-19: no longer needed, 1 day late by then (2026-02-20)"
    );
    assert_eq!(clocks.all[1].cancelled.unwrap().what, What::PlacementBegan);
    assert_eq!((clocks.all[2].round, clocks.all[2].due), (1, on("2026-02-27")));
    let child = child.visit("2026-02-20", Seen::Yes);
    let clocks = child.clocks("LC-05a", "2026-02-21");
    assert!(clocks.all[1].done.is_none(), "a visit on the day of the move is to the new place");
    assert_eq!(clocks.all[2].done.unwrap().on, on("2026-02-20"));
}

#[test]
fn a_short_stay_elsewhere_does_not_start_it_again() {
    let child = in_care("2026-01-05").visit("2026-01-08", Seen::Yes);
    let child = child.step(Placement, "2026-01-20", "2026-01-25").outcome(StepOutcome::Temporary);
    assert_eq!(child.clocks("LC-05a", "2026-02-01").all.len(), 2);
}

#[test]
fn after_the_first_year_the_interval_depends_on_whether_it_is_meant_to_last() {
    let child = in_care("2025-01-06").visit("2025-12-20", Seen::Yes).visit("2026-01-20", Seen::Yes);
    let before: Vec<_> = child.clocks("LC-05a", "2026-02-01").all.iter().map(|c| c.due).collect();
    assert_eq!(before, [on("2025-01-13"), on("2026-01-31")], "a visit within the year: six weeks");
    assert_eq!(child.lines("LC-05c", "2026-02-01"), ["2026-01-20 > 2026-03-03: due in 30 days"]);
    let lasting = child.meant_to_last("2025-09-01", "");
    assert_eq!(lasting.lines("LC-05b", "2026-02-01"), ["2026-01-20 > 2026-04-20: due in 78 days"]);
    assert!(lasting.clocks("LC-05c", "2026-02-01").all.is_empty());
}

#[test]
fn when_the_plan_for_the_placement_changes_the_shorter_time_counts_from_the_same_visit() {
    let child = in_care("2024-01-08").visit("2024-01-09", Seen::Yes).visit("2026-01-20", Seen::Yes);
    let child = child.meant_to_last("2025-01-06", "2026-03-20");
    let lasting = child.clocks("LC-05b", "2026-04-01");
    assert_eq!(lasting.all.last().unwrap().cancelled.unwrap().what, What::NotMeantToLast);
    let other = child.clocks("LC-05c", "2026-04-01");
    // six weeks after the visit were over before the change: due from that day, not before it
    let clock = other.all.last().unwrap();
    assert_eq!((clock.started.on, clock.due), (on("2026-01-20"), on("2026-03-20")));
    assert_eq!(clock.not_before.unwrap().on, on("2026-03-20"));
    assert_eq!(other.line(clock), "2026-01-20 > 2026-03-20: 12 days late");
}

#[test]
fn when_a_placement_becomes_lasting_the_late_six_weeks_stay_late() {
    let child = in_care("2024-01-08").visit("2024-01-09", Seen::Yes).visit("2026-01-20", Seen::Yes);
    let child = child.meant_to_last("2026-03-10", "");
    let other = child.clocks("LC-05c", "2026-04-01");
    assert_eq!(
        other.line(other.all.last().unwrap()),
        "2026-01-20 > 2026-03-03: no longer needed, 7 days late by then (2026-03-10)"
    );
    assert_eq!(child.lines("LC-05b", "2026-04-01"), ["2026-01-20 > 2026-04-20: due in 19 days"]);
}

#[test]
fn what_was_meant_for_an_earlier_placement_does_not_hold_for_the_next() {
    let child = in_care("2023-01-09").meant_to_last("2023-06-01", "").step(Placement, "2024-06-03", "");
    let child = child.visit("2024-06-05", Seen::Yes).visit("2026-01-20", Seen::Yes);
    assert_eq!(
        child.lines("LC-05c", "2026-02-01").last().unwrap(),
        "2026-01-20 > 2026-03-03: due in 30 days"
    );
}

#[test]
fn reviews_after_twenty_working_days_three_months_and_six() {
    let child = in_care("2026-12-01");
    assert_eq!(child.clocks("LC-06", "2026-12-02").only().due, on("2026-12-31"));
    let child = in_care("2026-02-13").step(LookedAfterReview, "2026-03-10", "2026-03-31");
    let child = child.step(LookedAfterReview, "2026-07-01", "");
    assert_eq!(
        child.lines("LC-06", "2026-07-02"),
        ["2026-02-13 > 2026-03-13: done, 12 working days late (2026-03-31)"]
    );
    // three months after 31 March: the last day of June
    assert_eq!(
        child.lines("LC-07", "2026-07-02"),
        ["2026-03-31 > 2026-06-30: done, 1 day late (2026-07-01)"]
    );
    assert_eq!(child.clocks("LC-08", "2026-07-02").only().due, on("2027-01-01"));
    let child = child.step(LookedAfterReview, "2026-12-14", "");
    let later: Vec<_> = child.clocks("LC-08", "2026-12-15").all.iter().map(|c| (c.round, c.due)).collect();
    assert_eq!(later, [(3, on("2027-01-01")), (4, on("2027-06-14"))], "an early review moves the next");
}

#[test]
fn a_move_does_not_start_the_reviews_again() {
    let child = in_care("2026-01-05").step(Placement, "2026-01-15", "");
    assert_eq!(child.clocks("LC-06", "2026-01-20").only().started.on, on("2026-01-05"));
}

#[test]
fn turning_eighteen_ends_care_and_keeps_its_history() {
    let child = Child::default().born("2008-02-29").episode(LookedAfter, "2026-01-05", "");
    let child = child.visit("2026-01-09", Seen::Alone).visit("2026-03-01", Seen::Yes);
    assert!(child.clocks("LC-05a", "2026-02-28").all[1].is_running());
    let clocks = child.clocks("LC-05a", "2026-03-02");
    assert_eq!(clocks.all.len(), 2);
    let last = clocks.all[1];
    assert_eq!(
        (last.cancelled.unwrap().what, last.cancelled.unwrap().on),
        (What::TurnedEighteen, on("2026-03-01"))
    );
    assert_eq!(
        clocks.line(&last),
        "2026-01-09 > 2026-02-20: no longer needed, 9 days late by then (2026-03-01)"
    );
    assert_eq!(child.clocks("LC-06", "2026-03-02").only().cancelled.unwrap().what, What::TurnedEighteen);
}

#[test]
fn someone_already_eighteen_has_no_clocks_of_a_looked_after_child() {
    let child = Child::default().born("2006-01-01").episode(LookedAfter, "2026-01-05", "");
    assert!(child.clocks("LC-05a", "2026-02-01").all.is_empty());
}

#[test]
fn the_end_of_care_ends_its_clocks() {
    let mut child = in_care("2026-01-05").visit("2026-01-09", Seen::Alone);
    child.episodes[0].to = Some(on("2026-02-02"));
    for rule in ["LC-05a", "LC-06"] {
        let last = *child.clocks(rule, "2026-06-01").all.last().unwrap();
        assert_eq!(last.cancelled.unwrap().what, What::EpisodeEnded(LookedAfter), "{rule}");
    }
}

#[test]
fn care_brought_from_the_old_system_starts_from_what_it_last_knew() {
    let child = in_care("2022-05-03").last_seen("2026-10-12").last_review("2026-08-31");
    assert!(child.clocks("LC-05a", "2026-11-21").all.is_empty());
    assert_eq!(child.lines("LC-05c", "2026-11-21"), ["2026-10-12 > 2026-11-23: due in 2 days"]);
    assert!(child.clocks("LC-06", "2026-11-21").all.is_empty());
    assert!(child.clocks("LC-07", "2026-11-21").all.is_empty());
    assert_eq!(child.lines("LC-08", "2026-11-21"), ["2026-08-31 > 2027-02-28: due in 99 days"]);
    // a review brought that can only have been the first is followed by the second
    let new = in_care("2026-10-05").last_review("2026-10-28");
    assert_eq!(new.lines("LC-07", "2026-11-21"), ["2026-10-28 > 2027-01-28: due in 68 days"]);
}

#[test]
fn without_a_review_brought_the_first_one_still_asks_to_be_known() {
    let child = in_care("2022-05-03").last_seen("2026-10-12");
    assert!(matches!(
        child.clocks("LC-06", "2026-11-21").state(child.clocks("LC-06", "2026-11-21").only()),
        State::Late { .. }
    ));
}
