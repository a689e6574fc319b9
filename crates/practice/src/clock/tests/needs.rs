//! Children in need and the record itself: CN-02, CN-03, WF-09.

use super::*;
use EpisodeKind::{ChildInNeed, ChildProtection, LookedAfter};
use StepKind::{ChildInNeedPlan, ChildInNeedReview, ProtectionPlan};

fn in_need(from: &str) -> Child {
    Child::default().episode(ChildInNeed, from, "").step(ChildInNeedPlan, from, "")
}

#[test]
fn a_child_in_need_is_visited_every_twenty_working_days() {
    let child = in_need("2026-02-13").visit("2026-02-10", Seen::Yes);
    assert_eq!(child.lines("CN-03", "2026-02-13"), ["2026-02-13 > 2026-03-13: due in 20 working days"]);
    assert_eq!(child.lines("CN-03", "2026-03-11"), ["2026-02-13 > 2026-03-13: due in 2 working days"]);
    let child = child.visit("2026-03-02", Seen::Yes).visit("2026-03-20", Seen::No);
    assert_eq!(
        child.lines("CN-03", "2026-04-01"),
        [
            "2026-02-13 > 2026-03-13: done in time (2026-03-02)",
            // from the visit itself, and over Easter
            "2026-03-02 > 2026-03-30: 2 working days late",
        ]
    );
}

#[test]
fn a_visit_in_time_is_nearly_due_in_the_last_fifth() {
    let child = in_need("2026-02-13");
    let clocks = child.clocks("CN-03", "2026-03-06");
    assert!(matches!(clocks.state(clocks.only()), State::Running { left } if left.n == 5));
    let clocks = child.clocks("CN-03", "2026-03-09");
    assert!(matches!(clocks.state(clocks.only()), State::Nearly { left } if left.n == 4));
}

#[test]
fn a_need_plan_is_reviewed_after_six_weeks_then_every_three_months() {
    let child = in_need("2026-01-05").step(ChildInNeedReview, "2026-02-20", "");
    let child = child.step(ChildInNeedReview, "2026-05-20", "");
    assert_eq!(
        child.lines("CN-02", "2026-06-01"),
        [
            "2026-01-05 > 2026-02-16: done, 4 days late (2026-02-20)",
            "2026-02-20 > 2026-05-20: done in time (2026-05-20)",
            "2026-05-20 > 2026-08-20: due in 80 days",
        ]
    );
    let rounds: Vec<_> = child.clocks("CN-02", "2026-06-01").all.iter().map(|c| c.round).collect();
    assert_eq!(rounds, [1, 2, 3]);
}

#[test]
fn the_end_of_the_plan_ends_its_clocks_and_so_does_a_protection_plan() {
    let mut child = in_need("2026-01-05").visit("2026-01-12", Seen::Yes);
    child.steps[0].ended = Some(on("2026-02-02"));
    let clocks = child.clocks("CN-03", "2026-06-01");
    assert_eq!(clocks.all.len(), 2);
    assert_eq!(clocks.all[1].cancelled.unwrap().what, What::NeedPlanEnded);
    child.steps[0].ended = None;
    let child = child.episode(ChildProtection, "2026-01-20", "").step(ProtectionPlan, "2026-01-20", "");
    let clocks = child.clocks("CN-03", "2026-06-01");
    assert_eq!(clocks.all[1].cancelled.unwrap().what, What::ProtectionPlanBegan);
    assert_eq!(clocks.all[1].cancelled.unwrap().on, on("2026-01-20"));
    assert!(child.clocks("CN-02", "2026-06-01").only().cancelled.is_some());
}

#[test]
fn an_episode_brought_from_the_old_system_starts_from_what_it_last_knew() {
    let child = Child::default().episode(ChildInNeed, "2024-02-01", "").last_seen("2026-11-02");
    let clocks = child.clocks("CN-03", "2026-11-10");
    assert_eq!(clocks.only().started.what, What::SeenBefore);
    assert_eq!(clocks.only().due, on("2026-11-30"));
    let child = child.last_review("2026-09-15");
    let clocks = child.clocks("CN-02", "2026-11-10");
    assert_eq!((clocks.only().started.what, clocks.only().due), (What::ReviewBefore, on("2026-12-15")));
    // an episode without a plan and without anything brought is only at its beginning
    let bare = Child::default().episode(ChildInNeed, "2024-02-01", "");
    assert!(bare.clocks("CN-03", "2026-11-10").all.is_empty());
}

#[test]
fn bringing_the_folder_in_again_moves_the_clock_on() {
    let child = Child::default().episode(ChildInNeed, "2024-02-01", "").last_seen("2026-11-02");
    let child = child.last_seen("2026-11-16");
    assert_eq!(
        child.lines("CN-03", "2026-11-17"),
        [
            "2026-11-02 > 2026-11-30: done in time (2026-11-16)",
            "2026-11-16 > 2026-12-14: due in 19 working days"
        ]
    );
}

#[test]
fn a_visit_is_written_down_within_two_working_days_in_protection_and_care_else_five() {
    let write = |child: Child, recorded: &'static str| {
        child.visit("2026-04-02", Seen::No).but(|e| e.recorded_on = on(recorded))
    };
    let need = write(in_need("2026-01-05"), "2026-04-14");
    assert_eq!(
        need.lines("WF-09", "2026-05-01"),
        ["2026-04-02 > 2026-04-13: done, 1 working day late (2026-04-14)"]
    );
    for kind in [ChildProtection, LookedAfter] {
        let close = write(Child::default().episode(kind, "2026-01-05", ""), "2026-04-08");
        assert_eq!(
            close.lines("WF-09", "2026-05-01"),
            ["2026-04-02 > 2026-04-08: done in time (2026-04-08)"]
        );
        let call = close.but(|e| e.kind = EntryKind::Call);
        assert_eq!(call.clocks("WF-09", "2026-05-01").only().due, on("2026-04-13"), "a call is not a visit");
    }
}

#[test]
fn notes_and_what_was_imported_have_no_time_to_be_written_in() {
    let note = in_need("2026-01-05").visit("2026-04-02", Seen::Yes).but(|e| e.kind = EntryKind::Note);
    assert!(note.clocks("WF-09", "2026-05-01").all.is_empty());
    let imported = in_need("2026-01-05").visit("2026-04-02", Seen::Yes).but(|e| e.imported = true);
    assert!(imported.clocks("WF-09", "2026-05-01").all.is_empty());
    assert_eq!(imported.clocks("CN-03", "2026-05-01").all.len(), 2, "but the visit counts");
}

#[test]
fn a_visit_written_down_late_counts_by_the_day_it_happened() {
    let child =
        in_need("2026-02-13").visit("2026-03-02", Seen::Yes).but(|e| e.recorded_on = on("2026-04-20"));
    assert_eq!(child.lines("CN-03", "2026-04-20")[0], "2026-02-13 > 2026-03-13: done in time (2026-03-02)");
}
