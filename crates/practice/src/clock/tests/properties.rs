//! What must hold for any facts at all.

use super::*;
use crate::calendar::{Calendar, add_days, london};
use crate::clock::FactKind;
use crate::id::FactId;
use proptest::prelude::*;
use proptest::sample::select;

fn day() -> impl Strategy<Value = Date> {
    (0..1400_i32).prop_map(|n| add_days(on("2023-01-01"), n))
}

fn maybe_after(from: Date, days: Option<i32>) -> Option<Date> {
    days.map(|n| add_days(from, n))
}

fn episodes() -> impl Strategy<Value = Vec<EpisodeFact>> {
    let one = (select(EpisodeKind::ALL), day(), proptest::option::of(0..900_i32));
    proptest::collection::vec(one, 0..5).prop_map(|all| {
        all.into_iter()
            .zip(1_u128..)
            .map(|((kind, from, days), n)| EpisodeFact {
                id: EpisodeId(Uuid::from_u128(n)),
                kind,
                from,
                to: maybe_after(from, days),
            })
            .collect()
    })
}

fn steps() -> impl Strategy<Value = Vec<StepFact>> {
    let outcome = proptest::option::of(select(StepOutcome::ALL));
    let episode = proptest::option::of(1..6_u128);
    let one = (select(StepKind::ALL), day(), proptest::option::of(0..200_i32), outcome, episode);
    proptest::collection::vec(one, 0..30).prop_map(|all| {
        all.into_iter()
            .zip(100_u128..)
            .map(|((kind, on, days, outcome, episode), n)| StepFact {
                id: StepId(Uuid::from_u128(n)),
                kind,
                on,
                ended: maybe_after(on, days),
                outcome,
                episode: episode.map(|n| EpisodeId(Uuid::from_u128(n))),
            })
            .collect()
    })
}

fn entries() -> impl Strategy<Value = Vec<EntryFact>> {
    let seen = proptest::option::of(select(Seen::ALL));
    let manner = proptest::option::of(select(Manner::ALL));
    let one = (select(EntryKind::ALL), day(), seen, manner, 0..30_i32, any::<bool>());
    proptest::collection::vec(one, 0..40).prop_map(|all| {
        all.into_iter()
            .zip(1000_u128..)
            .map(|((kind, on, seen, manner, late, imported), n)| EntryFact {
                id: EntryId(Uuid::from_u128(n)),
                kind,
                manner,
                on,
                seen,
                recorded_on: add_days(on, late),
                imported,
            })
            .collect()
    })
}

fn happened() -> impl Strategy<Value = Vec<Happened>> {
    let ended = proptest::option::of(0..60_i32);
    let names = proptest::option::of(-30..90_i32);
    let matter = proptest::option::of(1..4_u128);
    let hour = proptest::option::of(0..24_i8);
    let one = (select(FactKind::ALL), day(), ended, names, matter, hour);
    proptest::collection::vec(one, 0..40).prop_map(|all| {
        all.into_iter()
            .zip(2000_u128..)
            .map(|((kind, on, ended, names, matter, hour), n)| Happened {
                at: hour.map(|hour| on.at(hour, 30, 0, 0).to_zoned(london()).unwrap().timestamp()),
                ended: maybe_after(on, ended),
                names: maybe_after(on, names),
                matter: matter.map(Uuid::from_u128),
                ..Happened::on(FactId(Uuid::from_u128(n)), kind, on)
            })
            .collect()
    })
}

fn child() -> impl Strategy<Value = Child> {
    let birth = proptest::option::of((select(BirthBasis::ALL), 0..20_i32));
    let brought = proptest::collection::vec((1..6_u128, any::<bool>(), day()), 0..3);
    let lasting = proptest::collection::vec((1..6_u128, day(), proptest::option::of(0..300_i32)), 0..3);
    (birth, episodes(), steps(), entries(), brought, lasting, happened()).prop_map(
        |(birth, episodes, steps, entries, brought, lasting, happened)| Child {
            birth: birth.map(|(basis, years)| Birth { on: add_days(on("2005-01-15"), years * 365), basis }),
            episodes,
            steps,
            entries,
            brought: brought
                .into_iter()
                .map(|(n, seen, on)| BroughtFact {
                    episode: EpisodeId(Uuid::from_u128(n)),
                    what: if seen { Brought::LastSeen } else { Brought::LastReview },
                    on,
                })
                .collect(),
            happened,
            lasting: lasting
                .into_iter()
                .map(|(n, from, days)| LastingFact {
                    episode: EpisodeId(Uuid::from_u128(n)),
                    from,
                    to: maybe_after(from, days),
                })
                .collect(),
            made: 0,
        },
    )
}

/// A child, the same child told in another order, and a day.
fn told_twice() -> impl Strategy<Value = (Child, Child)> {
    child().prop_flat_map(|child| {
        let shuffled = (
            Just(child.episodes.clone()).prop_shuffle(),
            Just(child.steps.clone()).prop_shuffle(),
            Just(child.entries.clone()).prop_shuffle(),
            Just(child.brought.clone()).prop_shuffle(),
            Just(child.lasting.clone()).prop_shuffle(),
            Just(child.happened.clone()).prop_shuffle(),
        );
        let birth = child.birth;
        let other = shuffled.prop_map(move |(episodes, steps, entries, brought, lasting, happened)| Child {
            birth,
            episodes,
            steps,
            entries,
            brought,
            lasting,
            happened,
            made: 0,
        });
        (Just(child), other)
    })
}

struct Ground {
    rules: Rules,
    calendar: Calendar,
}

fn all(ground: &Ground, child: &Child, today: Date) -> Vec<Clock> {
    clocks(&ground.rules, &ground.calendar, &child.facts(), today)
}

fn ground() -> &'static Ground {
    static GROUND: std::sync::OnceLock<Ground> = std::sync::OnceLock::new();
    GROUND.get_or_init(|| Ground {
        rules: Rules::built_in().unwrap().with_every_fact(),
        calendar: Calendar::england(),
    })
}

proptest! {
    #[test]
    fn the_order_in_which_facts_are_told_changes_nothing((child, other) in told_twice(), today in day()) {
        prop_assert_eq!(all(ground(), &child, today), all(ground(), &other, today));
    }

    #[test]
    fn a_visit_without_seeing_the_child_completes_and_moves_nothing(child in child(), on in day(), today in day()) {
        let written = |clock: &Clock| clock.rule.as_str() != "WF-09";
        let before: Vec<_> = all(ground(), &child, today).into_iter().filter(written).collect();
        let mut more = child;
        more.entries.push(EntryFact {
            id: EntryId(Uuid::from_u128(1)),
            kind: EntryKind::Visit,
            manner: Some(Manner::HomeVisit),
            on,
            seen: Some(Seen::No),
            recorded_on: on,
            imported: false,
        });
        let after: Vec<_> = all(ground(), &more, today).into_iter().filter(written).collect();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn nothing_is_due_done_or_ended_before_it_starts(child in child(), today in day()) {
        for clock in all(ground(), &child, today) {
            prop_assert!(clock.due >= clock.started.on, "{clock:?}");
            prop_assert!(clock.started.on <= today, "{clock:?}");
            for cause in [clock.done, clock.cancelled].into_iter().flatten() {
                prop_assert!(cause.on >= clock.started.on && cause.on <= today, "{clock:?}");
            }
            prop_assert!(clock.done.is_none() || clock.cancelled.is_none(), "{clock:?}");
            prop_assert!(clock.round >= 1);
        }
    }

    #[test]
    fn waiting_only_makes_a_clock_later(child in child(), today in day(), more in 0..60_i32) {
        for clock in all(ground(), &child, today).iter().filter(|clock| clock.is_running()) {
            let late = |day| clock.state(day, &ground().calendar).lateness().map(|late| late.n);
            prop_assert!(late(add_days(today, more)) >= late(today));
        }
    }

    #[test]
    fn what_lies_in_the_future_changes_nothing_today(child in child(), today in day()) {
        let mut past = child.clone();
        past.episodes.retain(|e| e.from <= today);
        past.steps.retain(|s| s.on <= today);
        past.entries.retain(|e| e.on <= today);
        past.brought.retain(|b| b.on <= today);
        past.happened.retain(|h| h.on <= today);
        prop_assert_eq!(all(ground(), &child, today), all(ground(), &past, today));
    }

    #[test]
    fn adding_working_days_and_counting_them_agree(from in day(), n in -300..300_i32) {
        let calendar = &ground().calendar;
        let to = calendar.add_working_days(from, n);
        prop_assert!(n == 0 || calendar.is_working_day(to));
        prop_assert_eq!(calendar.working_days_between(from, to), n);
    }
}
