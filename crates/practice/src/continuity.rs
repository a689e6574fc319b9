//! How often the people who help somebody changed, and how much of the help came from somebody they knew: by who was
//! responsible, and by who was there. Both are told, because a child may have a worker and never see them.
//!
//! The measures are those of continuity of care: Bice and Boxerman's index, usual provider, sequence, and concentration.
//! They are fractions of whole numbers and stay so: nothing is rounded before a page shows it.

use crate::calendar::{add_days, add_months, days_between};
use crate::id::{TeamId, WorkerId};
use crate::words::words;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::Hash;

words! {
    /// Why somebody got another worker.
    Cause {
        Stage = "stage", "Another kind of help began, as planned";
        Leaver = "leaver", "The worker left";
        AgencyEnd = "agency-end", "An agency worker’s time ended";
        Reallocation = "reallocation", "Work was shared out anew";
        Cover = "cover", "The worker was away";
        FamilyAsked = "family-asked", "They asked for somebody else";
        NotSaid = "not-said", "Nobody wrote down why";
    }
}

impl Cause {
    /// Whether the service was made so. All others are people whom it could have kept.
    pub const fn is_design(self) -> bool {
        matches!(self, Self::Stage)
    }
}

/// A time for which one worker was responsible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Who.
    pub worker: WorkerId,
    /// In which team.
    pub team: Option<TeamId>,
    /// Its first day.
    pub from: Date,
    /// Its last day, once it has ended.
    pub to: Option<Date>,
    /// Why it began.
    pub cause: Cause,
}

/// One time somebody was in touch with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// On which day.
    pub on: Date,
    /// Which worker.
    pub worker: WorkerId,
}

/// A part of a whole, kept as it is.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    part: u128,
    of: u128,
}

impl Share {
    /// So many of so many; none of nothing is nothing.
    pub const fn new(part: u128, of: u128) -> Self {
        if of == 0 { Self { part: 0, of: 1 } } else { Self { part, of } }
    }

    /// In thousandths, rounded half up: what a page shows as 0.512.
    pub const fn thousandths(self) -> u128 {
        (self.part * 2_000 + self.of) / (self.of * 2)
    }

    /// In a hundred, rounded half up.
    pub const fn percent(self) -> u128 {
        (self.part * 200 + self.of) / (self.of * 2)
    }
}

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        self.part * other.of == other.part * self.of
    }
}

impl Eq for Share {}

/// How steady a sequence of workers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steady {
    /// How many contacts, or days.
    pub times: u64,
    /// How many workers.
    pub workers: usize,
    /// Usual provider (UPC): the share of the one worker who was there most.
    pub usual: Share,
    /// Bice and Boxerman (COC): how likely it is that two times, taken by chance, were with the same worker.
    pub bice_boxerman: Share,
    /// Sequence (SECON): how often the next time was with the same worker.
    pub sequence: Share,
    /// Concentration (Herfindahl and Hirschman, HHI).
    pub concentration: Share,
    /// Modified modified continuity (MMCI): how few workers there were for so many times.
    pub few_workers: Share,
}

/// A measure, or that there is too little to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// Fewer than two times: nothing can be said, and nought would be wrong.
    TooFew,
    /// Two or three times: shown, and said to be few.
    Few(Steady),
    /// Four times or more.
    Enough(Steady),
}

impl Measured {
    /// The measure, where there is one.
    pub const fn steady(&self) -> Option<&Steady> {
        match self {
            Self::TooFew => None,
            Self::Few(steady) | Self::Enough(steady) => Some(steady),
        }
    }

    /// What a page says beside it.
    pub const fn caution(&self) -> Option<&'static str> {
        match self {
            Self::TooFew => Some("too few"),
            Self::Few(_) => Some("from few times"),
            Self::Enough(_) => None,
        }
    }
}

/// How steady a sequence is that is told in runs: so many times, one after another, with the same worker.
pub fn measure<W: Copy + Eq>(runs: impl IntoIterator<Item = (W, u64)>) -> Measured {
    // few workers ever work with one child: a list is faster than a map
    let mut held: Vec<(W, u64)> = vec![];
    let (mut times, mut same, mut last) = (0_u64, 0_u64, None);
    for (worker, many) in runs.into_iter().filter(|run| run.1 > 0) {
        times += many;
        same += many - 1 + u64::from(last == Some(worker));
        last = Some(worker);
        match held.iter_mut().find(|one| one.0 == worker) {
            Some(one) => one.1 += many,
            None => held.push((worker, many)),
        }
    }
    if times < 2 {
        return Measured::TooFew;
    }
    let n = u128::from(times);
    let squares: u128 = held.iter().map(|one| u128::from(one.1) * u128::from(one.1)).sum();
    let most = held.iter().map(|one| u128::from(one.1)).max().unwrap_or(0);
    let workers = held.len();
    let many = u128::try_from(workers).unwrap_or(n);
    let steady = Steady {
        times,
        workers,
        usual: Share::new(most, n),
        bice_boxerman: Share::new(squares - n, n * (n - 1)),
        sequence: Share::new(u128::from(same), n - 1),
        concentration: Share::new(squares, n * n),
        // (1 - M/(N + 0.1)) / (1 - 1/(N + 0.1)), both sides times ten
        few_workers: Share::new(10 * n + 1 - 10 * many, 10 * n + 1 - 10),
    };
    if times < 4 { Measured::Few(steady) } else { Measured::Enough(steady) }
}

/// Somebody got another worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// On which day.
    pub on: Date,
    /// Whom they had.
    pub from: WorkerId,
    /// Whom they got.
    pub to: WorkerId,
    /// Why.
    pub cause: Cause,
}

/// How long they have had the worker they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Who.
    pub worker: WorkerId,
    /// For how many days they have been responsible without a break.
    pub days: i32,
    /// How many days ago they first met; none where they have not.
    pub met_days: Option<i32>,
    /// How many times they were in touch.
    pub contacts: usize,
}

/// What can be said of the workers of one child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuity {
    /// How many different workers were responsible at all.
    pub workers: usize,
    /// How many in the last twelve months.
    pub in_a_year: usize,
    /// How many in the last twenty-four.
    pub in_two_years: usize,
    /// How many teams they were of.
    pub teams: usize,
    /// Each change, the oldest first. To somebody and back are two.
    pub changes: Vec<Change>,
    /// The worker of today.
    pub now: Option<Tenure>,
    /// How many different workers they met: each first meeting is a time their story was told, or had to be read.
    pub met: usize,
    /// Who was responsible and never in touch with them.
    pub never_met: Vec<WorkerId>,
    /// By who was there.
    pub by_contact: Measured,
    /// By who was responsible, each day a time.
    pub by_allocation: Measured,
}

impl Continuity {
    /// How many changes had a cause.
    pub fn because(&self, cause: Cause) -> usize {
        self.changes.iter().filter(|change| change.cause == cause).count()
    }
}

fn distinct<T: Copy + Eq + Hash>(all: impl Iterator<Item = T>) -> usize {
    all.collect::<HashSet<T>>().len()
}

/// What can be said of one child's workers on a day. Spells may touch or overlap: from its first day on the later one counts,
/// as it does for who answers.
pub fn continuity(spells: &[Spell], contacts: &[Contact], today: Date) -> Continuity {
    let mut spells: Vec<Spell> = spells.iter().copied().filter(|spell| spell.from <= today).collect();
    spells.sort_by_key(|spell| spell.from);
    let contacts = in_order(contacts, today);
    let runs = runs(&contacts);
    let since = |months: i32| {
        let day = add_months(today, -months);
        distinct(spells.iter().filter(|one| one.to.is_none_or(|to| to > day)).map(|one| one.worker))
    };
    let changes: Vec<Change> = spells
        .iter()
        .zip(spells.iter().skip(1))
        .filter(|(before, after)| before.worker != after.worker)
        .map(|(before, after)| Change {
            on: after.from,
            from: before.worker,
            to: after.worker,
            cause: after.cause,
        })
        .collect();
    let mut met: Vec<WorkerId> = vec![];
    for (worker, _) in &runs {
        if !met.contains(worker) {
            met.push(*worker);
        }
    }
    let mut never_met: Vec<WorkerId> = vec![];
    for spell in &spells {
        if !met.contains(&spell.worker) && !never_met.contains(&spell.worker) {
            never_met.push(spell.worker);
        }
    }
    Continuity {
        workers: distinct(spells.iter().map(|one| one.worker)),
        in_a_year: since(12),
        in_two_years: since(24),
        teams: distinct(spells.iter().filter_map(|one| one.team)),
        changes,
        now: tenure(&spells, &contacts, today),
        met: met.len(),
        never_met,
        by_contact: measure(runs),
        by_allocation: measure(days_held(&spells, today)),
    }
}

/// The contacts up to a day, the oldest first. Most come in order already, and are not copied then.
fn in_order(contacts: &[Contact], today: Date) -> Cow<'_, [Contact]> {
    let fit = |pair: &[Contact]| matches!(pair, [one, next] if one.on <= next.on);
    if contacts.windows(2).all(fit) {
        let past = contacts.partition_point(|one| one.on <= today);
        return Cow::Borrowed(contacts.get(..past).unwrap_or(contacts));
    }
    let mut contacts: Vec<Contact> = contacts.iter().copied().filter(|one| one.on <= today).collect();
    contacts.sort_by_key(|one| one.on);
    Cow::Owned(contacts)
}

/// How many times one after another each worker was there.
fn runs(contacts: &[Contact]) -> Vec<(WorkerId, u64)> {
    let mut runs: Vec<(WorkerId, u64)> = vec![];
    for one in contacts {
        match runs.last_mut() {
            Some(last) if last.0 == one.worker => last.1 += 1,
            Some(_) | None => runs.push((one.worker, 1)),
        }
    }
    runs
}

/// How many days each spell counts: to the day before the next one began, or to its own last day.
fn days_held(spells: &[Spell], today: Date) -> Vec<(WorkerId, u64)> {
    let next = spells.iter().skip(1).map(|spell| add_days(spell.from, -1)).chain([today]);
    let days = |(spell, next): (&Spell, Date)| {
        let last = spell.to.unwrap_or(today).min(next).min(today);
        let days = days_between(spell.from, last) + 1;
        (spell.worker, u64::try_from(days).unwrap_or(0))
    };
    spells.iter().zip(next).map(days).collect()
}

fn tenure(spells: &[Spell], contacts: &[Contact], today: Date) -> Option<Tenure> {
    let now = spells.last().filter(|spell| spell.to.is_none_or(|to| to >= today))?;
    let mut from = now.from;
    for earlier in spells.iter().rev().skip(1) {
        let joins = earlier.worker == now.worker && earlier.to.is_none_or(|to| add_days(to, 1) >= from);
        if !joins {
            break;
        }
        from = earlier.from;
    }
    let mut own = contacts.iter().filter(|one| one.worker == now.worker);
    let met = own.next();
    Some(Tenure {
        worker: now.worker,
        days: days_between(from, today),
        met_days: met.map(|one| days_between(one.on, today)),
        contacts: usize::from(met.is_some()) + own.count(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 22);

    fn of(letters: &str) -> Measured {
        measure(letters.chars().map(|letter| (letter, 1)))
    }

    fn worker(n: u8) -> WorkerId {
        Uuid::from_u128(u128::from(n)).into()
    }

    /// A spell of a worker, from so many days ago to so many days ago.
    fn spell(n: u8, from: i32, to: Option<i32>, cause: Cause) -> Spell {
        let day = |back: i32| add_days(TODAY, -back);
        Spell { worker: worker(n), team: None, from: day(from), to: to.map(day), cause }
    }

    #[test]
    fn the_measures_equal_the_vectors_that_were_worked_out_by_hand() {
        let steady = |letters| *of(letters).steady().unwrap();
        let tenths = |n| Share::new(n, 10);
        let aabbc = steady("AABBC");
        assert_eq!(aabbc.usual, tenths(4));
        assert_eq!(aabbc.bice_boxerman, tenths(2));
        assert_eq!(aabbc.sequence, tenths(5));
        assert_eq!(aabbc.concentration, Share::new(36, 100));
        assert_eq!((aabbc.few_workers, aabbc.few_workers.thousandths()), (Share::new(21, 41), 512));
        let aaaab = steady("AAAAB");
        assert_eq!(
            [aaaab.usual, aaaab.bice_boxerman, aaaab.sequence, aaaab.concentration],
            [tenths(8), tenths(6), Share::new(75, 100), Share::new(68, 100)]
        );
        let ababab = steady("ABABAB");
        assert_eq!(
            [ababab.usual, ababab.bice_boxerman, ababab.sequence, ababab.concentration],
            [tenths(5), tenths(4), tenths(0), tenths(5)]
        );
        let same = steady("AAAAAAA");
        for share in [same.usual, same.bice_boxerman, same.sequence, same.concentration, same.few_workers] {
            assert_eq!(share, tenths(10));
        }
    }

    #[test]
    fn fewer_than_two_times_are_too_few_and_fewer_than_four_are_said_to_be_few() {
        assert_eq!((of(""), of("A")), (Measured::TooFew, Measured::TooFew));
        assert_eq!(of("A").caution(), Some("too few"));
        assert_eq!(of("A").steady(), None, "never nought");
        assert!(matches!(of("AB"), Measured::Few(_)) && matches!(of("ABA"), Measured::Few(_)));
        assert_eq!((of("ABA").caution(), of("ABAB").caution()), (Some("from few times"), None));
        let nobody = continuity(&[], &[], TODAY);
        assert_eq!((nobody.workers, nobody.now, nobody.by_contact), (0, None, Measured::TooFew));
    }

    #[test]
    fn to_somebody_and_back_are_two_changes_of_two_workers_each_with_its_cause() {
        let spells = [
            spell(1, 900, Some(500), Cause::NotSaid),
            spell(2, 500, Some(400), Cause::Cover),
            spell(1, 400, Some(300), Cause::Reallocation),
            spell(1, 300, Some(200), Cause::Reallocation),
            spell(3, 200, None, Cause::Leaver),
        ];
        let found = continuity(&spells, &[], TODAY);
        assert_eq!((found.workers, found.changes.len()), (3, 3));
        let causes: Vec<Cause> = found.changes.iter().map(|change| change.cause).collect();
        assert_eq!(causes, [Cause::Cover, Cause::Reallocation, Cause::Leaver]);
        assert_eq!((found.because(Cause::Leaver), found.because(Cause::Stage)), (1, 0));
        assert_eq!((found.in_a_year, found.in_two_years), (2, 3));
        assert_eq!(found.never_met, [worker(1), worker(2), worker(3)], "three had a name and nobody came");
    }

    #[test]
    fn only_what_was_planned_is_how_the_service_was_made() {
        let design: Vec<Cause> = Cause::ALL.iter().copied().filter(|cause| cause.is_design()).collect();
        assert_eq!(design, [Cause::Stage]);
        assert!(Cause::ALL.iter().all(|cause| Cause::from_code(cause.code()) == Some(*cause)));
    }

    #[test]
    fn by_allocation_and_by_contact_are_told_apart() {
        // a hundred days with two workers, and only the second ever came
        let spells = [spell(1, 99, Some(50), Cause::NotSaid), spell(2, 49, None, Cause::Leaver)];
        let visits: Vec<Contact> =
            (0..5).map(|n| Contact { on: add_days(TODAY, -40 + n), worker: worker(2) }).collect();
        let found = continuity(&spells, &visits, TODAY);
        let (held, seen) = (found.by_allocation.steady().unwrap(), found.by_contact.steady().unwrap());
        assert_eq!((held.times, held.usual), (100, Share::new(1, 2)));
        assert_eq!(held.sequence, Share::new(98, 99), "one change in a hundred days");
        assert_eq!((seen.times, seen.usual), (5, Share::new(1, 1)));
        assert_eq!((found.met, found.never_met.as_slice()), (1, [worker(1)].as_slice()));
        let now = found.now.unwrap();
        assert_eq!((now.days, now.met_days, now.contacts), (49, Some(40), 5));
    }

    #[test]
    fn a_day_of_a_hand_over_counts_once_and_a_gap_counts_for_nobody() {
        let spells = [spell(1, 9, Some(5), Cause::NotSaid), spell(2, 5, Some(3), Cause::Leaver)];
        let held = continuity(&spells, &[], TODAY);
        assert_eq!(held.by_allocation.steady().map(|one| one.times), Some(7));
        assert_eq!(held.now, None, "nobody is responsible today");
        let again = [spell(1, 9, Some(5), Cause::NotSaid), spell(1, 5, None, Cause::NotSaid)];
        assert_eq!(continuity(&again, &[], TODAY).now.unwrap().days, 9, "without a break");
    }

    #[test]
    fn shares_are_shown_rounded_half_up() {
        assert_eq!(
            (Share::new(1, 3).percent(), Share::new(2, 3).percent(), Share::new(1, 200).percent()),
            (33, 67, 1)
        );
        assert_eq!(Share::new(0, 0), Share::new(0, 7));
    }

    proptest! {
        /// Whatever came: every measure lies between nought and one, and Bice and Boxerman follows from the concentration.
        #[test]
        fn measures_stay_within_their_bounds(letters in prop::collection::vec(0..6_u8, 2..60)) {
            let found = measure(letters.iter().map(|one| (*one, 1)));
            let steady = found.steady().unwrap();
            let n = u128::try_from(letters.len()).unwrap();
            for share in [steady.usual, steady.bice_boxerman, steady.sequence, steady.concentration, steady.few_workers] {
                prop_assert!(share.part <= share.of);
            }
            let (hhi, coc) = (steady.concentration, steady.bice_boxerman);
            // COC = (N * HHI - 1) / (N - 1)
            prop_assert_eq!(coc, Share::new(n * hhi.part - hhi.of, hhi.of * (n - 1)));
        }

        /// Told in runs or one by one, it is the same.
        #[test]
        fn runs_say_the_same_as_times(runs in prop::collection::vec((0..4_u8, 0..5_u64), 0..20)) {
            let single = runs.iter().flat_map(|run| (0..run.1).map(|_| (run.0, 1)));
            prop_assert_eq!(measure(runs.iter().copied()), measure(single.collect::<Vec<_>>()));
        }
    }
}
