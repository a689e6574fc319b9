//! Where people stand, how long work takes, and what is unusual.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const MAY: Date = date(2026, 5, 6);
const JUNE: Date = date(2026, 6, 1);
const JULY: Date = date(2026, 7, 1);

fn now(open: &[(EpisodeKind, Date)]) -> Now {
    Now { open: open.to_vec(), responsible: Some(JUNE), ..Now::default() }
}

#[test]
fn whoever_has_no_worker_waits_whatever_else_is_so() {
    let held = Now { responsible: None, ..now(&[(EpisodeKind::ChildProtection, MAY)]) };
    assert_eq!(place(&held), Some((Place::Waiting, MAY)));
    let left = Now { left: Some(JUNE), assessing: Some(MAY), ..held.clone() };
    assert_eq!(place(&left), Some((Place::Waiting, date(2026, 6, 2))), "since the day after");
    let before = Now { left: Some(date(2025, 1, 1)), ..held };
    assert_eq!(place(&before), Some((Place::Waiting, MAY)), "not before the episode opened");
}

#[test]
fn the_help_that_asks_most_decides_and_an_assessment_stands_before_the_rest() {
    let two = now(&[(EpisodeKind::FamilyHelp, MAY), (EpisodeKind::ChildInNeed, JULY)]);
    assert_eq!(place(&two), Some((Place::ChildInNeed, JULY)));
    let assessed = Now { assessing: Some(JUNE), ..two };
    assert_eq!(place(&assessed), Some((Place::Assessing, JUNE)));
    let cared = Now { assessing: Some(JUNE), ..now(&[(EpisodeKind::LookedAfter, MAY)]) };
    assert_eq!(place(&cared), Some((Place::LookedAfter, MAY)), "in care they are first of all in care");
    assert_eq!(place(&now(&[])), Some((Place::NoEpisode, JUNE)));
    assert_eq!(place(&Now::default()), None);
    assert!(EpisodeKind::ALL.iter().all(|kind| Place::of(*kind).finishes()));
    assert!(!Place::Waiting.finishes() && !Place::NoEpisode.finishes());
}

#[test]
fn fewer_than_eight_finished_are_too_few_to_say() {
    assert_eq!(Bands::of(&[3; 7]), None);
    assert_eq!(Chart::of(&[3; 7]), None);
    assert_eq!(Bands::of(&[]), None);
    assert!(Bands::of(&[3; 8]).is_some() && Chart::of(&[3; 8]).is_some());
}

#[test]
fn bands_are_the_nearest_ranks_of_finished_work() {
    let days: Vec<i32> = (1..=20).rev().collect();
    let bands = Bands::of(&days).unwrap();
    assert_eq!(bands, Bands { of: 20, half: 10, most: 17, nearly_all: 19 });
    assert_eq!(
        [0, 10, 11, 17, 18, 19, 20].map(|day| bands.age(day)),
        [Age::Usual, Age::Usual, Age::Longer, Age::Longer, Age::Long, Age::Long, Age::Longest]
    );
    let eight = Bands::of(&[1, 2, 3, 4, 5, 6, 7, 8]).unwrap();
    assert_eq!((eight.half, eight.most, eight.nearly_all), (4, 7, 8));
}

#[test]
fn limits_lie_two_and_two_thirds_mean_moving_ranges_from_the_mean() {
    // the mean is 20, each moves by 2: 2.66 * 2 = 5.32
    let chart = Chart::of(&[19, 21, 19, 21, 19, 21, 19, 21]).unwrap();
    assert_eq!((chart.centre, chart.upper, chart.lower), (2_000, 2_532, 1_468));
    assert_eq!(chart.unusual(), 0);
    let chart = Chart::of(&[10, 12, 11, 10, 12, 11, 10, 60]).unwrap();
    assert_eq!(chart.values.last(), Some(&(60, Some(Unusual::Longer))));
    assert_eq!((chart.unusual(), chart.lower), (1, 0), "nothing takes less than no day");
    let same = Chart::of(&[7; 9]).unwrap();
    assert_eq!((same.centre, same.upper, same.lower, same.unusual()), (700, 700, 700, 0));
}

#[test]
fn eight_in_a_row_on_one_side_of_the_middle_are_unusual_and_seven_are_not() {
    let eight: Vec<i32> = [[10; 8], [12; 8]].concat();
    let chart = Chart::of(&eight).unwrap();
    assert!(chart.values.iter().all(|one| one.1.is_some()));
    let seven: Vec<i32> = [[10; 7], [12; 7]].concat();
    assert!(Chart::of(&seven).unwrap().values.iter().all(|one| one.1 != Some(Unusual::Run)));
    // one on the middle breaks the run
    let broken = [9, 9, 9, 9, 10, 9, 9, 9, 9, 11, 11, 11, 11, 10, 11, 11, 11, 11];
    assert!(Chart::of(&broken).unwrap().values.iter().all(|one| one.1 != Some(Unusual::Run)));
}

fn turn(n: u128, state: State, on: Date, reasons: &[ReturnReason]) -> Turn {
    Turn { handover: Uuid::from_u128(n), state, on, reasons: reasons.to_vec() }
}

#[test]
fn what_came_back_before_did_not_go_through_the_first_time() {
    let turns = [
        turn(1, State::TakenOver, JUNE, &[]),
        turn(2, State::Returned, MAY, &[ReturnReason::NoNetwork]),
        turn(2, State::TakenOver, JUNE, &[]),
        turn(3, State::Returned, JUNE, &[ReturnReason::OwnVoice, ReturnReason::NoNetwork]),
        turn(3, State::Returned, JULY, &[ReturnReason::OwnVoice]),
        turn(4, State::Returned, JUNE, &[ReturnReason::OwnVoice]),
        turn(5, State::Offered, JUNE, &[]),
        turn(6, State::TakenOver, MAY, &[]),
    ];
    let found = through(&turns, date(2026, 5, 20), JULY);
    assert_eq!((found.decided, found.first_time), (4, 1));
    assert_eq!(found.reasons, [(ReturnReason::OwnVoice, 2), (ReturnReason::NoNetwork, 1)]);
    assert_eq!(through(&[], MAY, JULY), Through::default());
    assert_eq!(through(&turns, MAY, MAY).decided, 2);
}

proptest! {
    /// Whatever came: the limits hold the middle, every value is told once and in its order, and most work lies in the bands.
    #[test]
    fn charts_and_bands_hold_for_anything(days in prop::collection::vec(0..2_000_i32, 8..80)) {
        let chart = Chart::of(&days).unwrap();
        prop_assert!(chart.lower <= chart.centre && chart.centre <= chart.upper && chart.lower >= 0);
        prop_assert_eq!(chart.values.iter().map(|one| one.0).collect::<Vec<_>>(), days.clone());
        let bands = Bands::of(&days).unwrap();
        prop_assert!(bands.half <= bands.most && bands.most <= bands.nearly_all);
        let within = |most: i32| days.iter().filter(|day| **day <= most).count() * 100;
        prop_assert!(within(bands.half) >= 50 * days.len() && within(bands.nearly_all) >= 95 * days.len());
    }
}
