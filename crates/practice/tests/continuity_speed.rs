//! The continuity of a whole council is worked out at once: 5,000 children over five years in under a second.

use jiff::civil::{Date, date};
use practice::calendar::add_days;
use practice::continuity::{Cause, Contact, Spell, continuity};
use practice::id::WorkerId;
use std::time::{Duration, Instant};
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 22);
const DAYS: i32 = 5 * 365;

fn worker(n: i32) -> WorkerId {
    WorkerId(Uuid::from_u128(u128::from(n.unsigned_abs())))
}

/// A child who got another worker about every seven months and was in touch every eight days.
fn child(n: i32) -> (Vec<Spell>, Vec<Contact>) {
    let whose = |day: i32| worker((n * 7 + day / 220) % 300);
    let day = |ago: i32| add_days(TODAY, ago - DAYS);
    let spells = (0..DAYS).step_by(220).map(|from| Spell {
        worker: whose(from),
        team: None,
        from: day(from),
        to: (from + 220 < DAYS).then(|| day(from + 220)),
        cause: Cause::Leaver,
    });
    // now and then somebody else stood in
    let contacts = (0..DAYS)
        .step_by(8)
        .map(|at| Contact { on: day(at), worker: if at % 40 == 0 { worker(at % 11) } else { whose(at) } });
    (spells.collect(), contacts.collect())
}

#[test]
fn five_thousand_children_over_five_years_take_less_than_a_second() {
    let children: Vec<_> = (0..5_000).map(child).collect();
    let contacts: usize = children.iter().map(|one| one.1.len()).sum();
    assert!(contacts > 1_000_000);
    // the best of three: other tests run beside it
    let took = (0..3)
        .map(|_| {
            let begun = Instant::now();
            let changes: usize =
                children.iter().map(|(spells, seen)| continuity(spells, seen, TODAY).changes.len()).sum();
            assert!(changes > 5_000);
            begun.elapsed()
        })
        .min()
        .unwrap_or_default();
    println!("{contacts} contacts of 5,000 children: {took:?}");
    // a build without optimising, on a machine that others use, is given more
    let most = if cfg!(debug_assertions) { 4 } else { 1 };
    assert!(took < Duration::from_secs(most), "it took {took:?}");
}
