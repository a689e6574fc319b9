//! How long records are kept: the law's lengths, what is not known, and that nothing makes a record go sooner.

use super::*;
use crate::calendar::add_days;
use crate::person::{Birth, BirthBasis};
use jiff::civil::date;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 21);

fn born(on: Date) -> Birth {
    Birth { on, basis: BirthBasis::Exact }
}

fn period(kind: RecordKind, from: Date, to: Option<Date>) -> Period {
    Period { kind, from, to }
}

fn kept(story: &Story) -> Kept {
    story.kept(&Schedule::built_in().unwrap(), TODAY)
}

#[test]
fn a_looked_after_childs_record_is_kept_to_the_75th_anniversary_of_birth() {
    let story = Story {
        birth: Some(born(date(1950, 3, 1))),
        periods: vec![
            period(RecordKind::LookedAfter, date(1955, 1, 1), Some(date(1960, 1, 1))),
            period(RecordKind::ChildInNeed, date(1954, 1, 1), Some(date(1955, 1, 1))),
        ],
        ..Story::default()
    };
    let kept = kept(&story);
    assert_eq!(kept.until, Until::Day(date(2025, 3, 1)));
    assert_eq!((kept.reasons[0].rule.as_str(), kept.reasons[0].force), ("KEEP-01", Force::Regulation));
    assert!(kept.reasons[0].source.contains("regulation 50"));
    assert_eq!(may_dispose(&kept, date(2025, 3, 1)), Err(DisposalRefusal::TooEarly("1 March 2025".into())));
    assert_eq!(may_dispose(&kept, date(2025, 3, 2)), Ok(()));
}

#[test]
fn where_a_looked_after_child_died_it_is_15_years_from_then() {
    let mut story = Story {
        birth: Some(born(date(2000, 6, 1))),
        died: Some(date(2010, 2, 28)),
        periods: vec![period(RecordKind::LookedAfter, date(2005, 1, 1), Some(date(2010, 2, 28)))],
        ..Story::default()
    };
    assert_eq!(kept(&story).until, Until::Day(date(2025, 2, 28)));
    story.died = Some(date(2019, 2, 28));
    assert_eq!(kept(&story).until, Until::Day(date(2075, 6, 1)), "an adult's death changes nothing");
}

#[test]
fn an_adoption_order_is_kept_for_a_hundred_years_whatever_else_ends_sooner() {
    let story = Story {
        birth: Some(born(date(1900, 1, 1))),
        periods: vec![
            period(RecordKind::LookedAfter, date(1901, 1, 1), Some(date(1902, 1, 1))),
            period(RecordKind::AdoptionOrder, date(1960, 5, 5), Some(date(1960, 5, 5))),
        ],
        ..Story::default()
    };
    assert_eq!(kept(&story).until, Until::Day(date(2060, 5, 5)));
}

#[test]
fn what_goes_on_or_is_not_known_is_kept() {
    let going_on = Story {
        birth: Some(born(date(1940, 1, 1))),
        periods: vec![period(RecordKind::LookedAfter, date(1950, 1, 1), None)],
        ..Story::default()
    };
    assert!(matches!(kept(&going_on).until, Until::Open(_)));
    assert!(matches!(kept(&Story::default()).until, Until::Open(_)));
    let unborn = Story {
        birth: Some(Birth { on: date(1990, 1, 1), basis: BirthBasis::Expected }),
        periods: vec![period(RecordKind::ChildInNeed, date(1989, 6, 1), Some(date(1989, 12, 1)))],
        ..Story::default()
    };
    assert_eq!(kept(&unborn).until, Until::Day(date(2014, 12, 1)), "no birth: from the day it ended");
    assert!(matches!(may_dispose(&kept(&going_on), TODAY), Err(DisposalRefusal::NotYetKnown(_))));
}

#[test]
fn a_contact_is_kept_for_six_years_and_a_parent_as_long_as_the_child() {
    let contact = Story { last: Some(date(2020, 2, 29)), ..Story::default() };
    assert_eq!(kept(&contact).until, Until::Day(date(2026, 2, 28)));
    let once_in_need = Story {
        birth: Some(born(date(1990, 1, 1))),
        periods: vec![period(RecordKind::ChildInNeed, date(2000, 1, 1), Some(date(2001, 1, 1)))],
        ..contact.clone()
    };
    assert_eq!(kept(&once_in_need).until, Until::Day(date(2026, 2, 28)), "what was recorded lately stays");
    let parent = Story { belongs_to: Some(Until::Day(date(2075, 1, 1))), ..contact };
    let kept = kept(&parent);
    assert_eq!((kept.until, kept.reasons[0].rule.as_str()), (Until::Day(date(2075, 1, 1)), "KEEP-WITH"));
}

#[test]
fn a_hold_blocks_whatever_the_day_and_nobody_confirms_alone() {
    let hold = Hold { kind: HoldKind::Inquiry, reason: "Inquiry".into(), from: TODAY, everyone: true };
    let story = Story { last: Some(date(1990, 1, 1)), holds: vec![hold], ..Story::default() };
    assert!(matches!(may_dispose(&kept(&story), TODAY), Err(DisposalRefusal::Held(_))));
    let [one, two] = [1, 2].map(|n| WorkerId(uuid::Uuid::from_u128(n)));
    assert_eq!(may_confirm(one, one), Err(DisposalRefusal::SameWorker));
    assert_eq!(may_confirm(one, two), Ok(()));
}

#[test]
fn the_law_is_only_ever_made_longer_and_a_councils_own_length_holds_from_its_day() {
    let usual = Schedule::built_in().unwrap();
    let own = |rule: &str, years, from| OwnLength { rule: rule.into(), years, from };
    let shorter = usual.with_own(&[own("KEEP-01", 74, TODAY)]);
    assert_eq!(shorter, Err(ScheduleError::Shorter { rule: "KEEP-01".into(), years: 75 }));
    assert!(usual.with_own(&[own("KEEP-99", 74, TODAY)]).is_err());
    let longer = usual.with_own(&[own("KEEP-01", 125, date(2027, 1, 1)), own("KEEP-09", 3, TODAY)]).unwrap();
    let years = |day| longer.in_force(RecordKind::LookedAfter, day)[0].years;
    assert_eq!((years(TODAY), years(date(2027, 1, 1))), (75, 125));
    assert_eq!(longer.in_force(RecordKind::Contact, TODAY)[0].years, 3);
}

#[test]
fn a_schedule_that_makes_no_sense_is_refused_by_rule_and_field() {
    let text = "[[rule]]\nid = \"A\"\nabout = \"contact\"\ncounts_from = \"last\"\nlength = \"6 months\"\nforce = \"default\"\nsource = \"x\"\nsure = \"seen\"\n";
    let error = Schedule::read(text).unwrap_err().to_string();
    assert!(error.contains("rule A, length: found \"6 months\""), "{error}");
    let every = Schedule::built_in().unwrap();
    assert!(
        RecordKind::ALL.iter().all(|kind| !every.in_force(*kind, TODAY).is_empty()),
        "no kind is forgotten"
    );
    assert!(every.all().iter().all(|rule| !rule.source.is_empty()));
}

prop_compose! {
    fn any_day()(days in -40_000_i32..40_000) -> Date { add_days(date(2000, 1, 1), days) }
}

prop_compose! {
    fn any_period()(
        kind in proptest::sample::select(RecordKind::ALL), from in any_day(), lasts in proptest::option::of(0_i32..9_000),
    ) -> Period {
        Period { kind, from, to: lasts.map(|days| add_days(from, days)) }
    }
}

fn rank(until: &Until) -> Date {
    match until {
        Until::Day(day) => *day,
        Until::Open(_) => Date::MAX,
    }
}

proptest! {
    #[test]
    fn one_more_thing_known_of_someone_never_makes_their_record_go_sooner(
        birth in any_day(), periods in proptest::collection::vec(any_period(), 0..5), more in any_period(),
        last in proptest::option::of(any_day()),
    ) {
        let story = Story { birth: Some(born(birth)), periods, last, ..Story::default() };
        prop_assume!(!story.periods.is_empty() || story.last.is_some());
        let before = kept(&story);
        let mut wider = story;
        wider.periods.push(more);
        prop_assert!(rank(&kept(&wider).until) >= rank(&before.until));
        wider.belongs_to = Some(Until::Day(birth));
        prop_assert!(rank(&kept(&wider).until) >= rank(&before.until));
    }

    #[test]
    fn the_day_is_that_of_the_longest_reason_and_stands_first(
        birth in any_day(), periods in proptest::collection::vec(any_period(), 1..6),
    ) {
        let kept = kept(&Story { birth: Some(born(birth)), periods, ..Story::default() });
        prop_assert_eq!(&kept.reasons[0].until, &kept.until);
        prop_assert!(kept.reasons.iter().all(|reason| rank(&reason.until) <= rank(&kept.until)));
    }

    #[test]
    fn nothing_goes_while_anything_of_it_goes_on(birth in any_day(), period in any_period(), day in any_day()) {
        let open = Period { to: None, kind: RecordKind::ChildProtection, ..period };
        let kept = kept(&Story { birth: Some(born(birth)), periods: vec![open], ..Story::default() });
        prop_assert!(may_dispose(&kept, day).is_err());
    }
}
