//! Who answered for somebody over time, as stretches one after another, those in which nobody did among them: what a ribbon
//! draws and the table beneath it says.

use crate::calendar::{add_days, add_months, days_between};
use crate::continuity::{Contact, Spell};
use crate::id::WorkerId;
use jiff::civil::Date;
use std::collections::HashSet;

/// A time with one responsible worker, or with none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Who; none while nobody was responsible.
    pub worker: Option<WorkerId>,
    /// Its first day.
    pub from: Date,
    /// Its last day; today, where it goes on.
    pub last: Date,
    /// Whether it goes on.
    pub goes_on: bool,
}

impl Stretch {
    /// How many days it has.
    pub fn days(&self) -> u32 {
        u32::try_from(days_between(self.from, self.last) + 1).unwrap_or(1)
    }
}

/// The stretches up to a day, the oldest first. Spells may touch or overlap: from its first day on the later one counts, as
/// it does for who answers. Two of one worker that touch are one. Where somebody is needed today and nobody is there, the last
/// stretch is of nobody.
pub fn stretches(spells: &[Spell], needed: bool, today: Date) -> Vec<Stretch> {
    let mut spells: Vec<&Spell> = spells.iter().filter(|spell| spell.from <= today).collect();
    spells.sort_by_key(|spell| spell.from);
    let mut all: Vec<Stretch> = vec![];
    let next = spells.iter().skip(1).map(|spell| Some(spell.from)).chain([None]);
    for (spell, next) in spells.iter().zip(next) {
        // on the day of a hand-over the new worker answers
        let until = next.map_or(today, |next| add_days(next, -1));
        let last = spell.to.unwrap_or(today).min(until).min(today);
        if last < spell.from {
            continue;
        }
        let goes_on = next.is_none() && spell.to.is_none_or(|to| to > today);
        match all.last_mut() {
            Some(before) if before.worker == Some(spell.worker) && add_days(before.last, 1) >= spell.from => {
                (before.last, before.goes_on) = (last, goes_on);
            }
            Some(before) => {
                let gap = add_days(before.last, 1);
                if gap < spell.from {
                    all.push(nobody(gap, add_days(spell.from, -1), false));
                }
                all.push(Stretch { worker: Some(spell.worker), from: spell.from, last, goes_on });
            }
            None => all.push(Stretch { worker: Some(spell.worker), from: spell.from, last, goes_on }),
        }
    }
    let ended = all.last().map(|one| add_days(one.last, 1)).filter(|day| needed && *day <= today);
    all.extend(ended.map(|from| nobody(from, today, true)));
    all
}

const fn nobody(from: Date, last: Date, goes_on: bool) -> Stretch {
    Stretch { worker: None, from, last, goes_on }
}

/// Who was there longest, all their stretches together, and for how many days; of two who were there equally long the later.
pub fn longest(all: &[Stretch]) -> Option<(WorkerId, u32)> {
    let of = |worker| all.iter().filter(|one| one.worker == Some(worker)).map(Stretch::days).sum::<u32>();
    all.iter().filter_map(|one| one.worker).map(|worker| (worker, of(worker))).max_by_key(|one| one.1)
}

/// How many different workers were in touch in the months up to a day.
pub fn met_within(contacts: &[Contact], months: i32, today: Date) -> usize {
    let since = add_months(today, -months);
    let within = contacts.iter().filter(|one| one.on > since && one.on <= today);
    within.map(|one| one.worker).collect::<HashSet<WorkerId>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::continuity::Cause;
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 22);

    fn worker(n: u128) -> WorkerId {
        Uuid::from_u128(n).into()
    }

    fn spell(n: u128, from: i32, to: Option<i32>) -> Spell {
        let day = |back: i32| add_days(TODAY, -back);
        Spell { worker: worker(n), team: None, from: day(from), to: to.map(day), cause: Cause::NotSaid }
    }

    fn told(spells: &[Spell], needed: bool) -> Vec<(u128, u32)> {
        let who = |one: &Stretch| one.worker.map_or(0, |worker| worker.0.as_u128());
        stretches(spells, needed, TODAY).iter().map(|one| (who(one), one.days())).collect()
    }

    #[test]
    fn a_gap_is_a_stretch_of_nobody_and_a_day_of_a_hand_over_is_the_new_workers() {
        let spells = [spell(1, 100, Some(80)), spell(2, 80, Some(50)), spell(1, 40, None)];
        assert_eq!(told(&spells, true), [(1, 20), (2, 31), (0, 9), (1, 41)]);
        assert_eq!(longest(&stretches(&spells, true, TODAY)), Some((worker(1), 61)), "both times together");
        let all = stretches(&spells, true, TODAY);
        assert!(all.last().unwrap().goes_on && all.iter().filter(|one| one.goes_on).count() == 1);
    }

    #[test]
    fn nobody_today_is_drawn_only_where_somebody_is_needed() {
        let spells = [spell(1, 30, Some(10))];
        assert_eq!(told(&spells, true), [(1, 21), (0, 10)]);
        assert_eq!(told(&spells, false), [(1, 21)]);
        assert_eq!(told(&[], true), [], "since when is not known here");
        assert_eq!(told(&[spell(1, -3, None)], false), [], "not yet");
    }

    #[test]
    fn two_stretches_of_one_worker_that_touch_are_one_and_a_spell_of_no_day_is_none() {
        let spells = [spell(1, 30, Some(20)), spell(1, 19, None), spell(2, 30, Some(30))];
        // of two of one day the later in the list counts from that day on
        assert_eq!(told(&spells, false), [(2, 1), (0, 10), (1, 20)]);
        assert_eq!(told(&[spell(1, 30, Some(20)), spell(1, 19, None)], false), [(1, 31)]);
    }

    #[test]
    fn who_was_met_is_counted_within_the_months() {
        let on = |back: i32, n| Contact { on: add_days(TODAY, -back), worker: worker(n) };
        let contacts = [on(800, 1), on(400, 2), on(10, 3), on(5, 3), on(-5, 4)];
        assert_eq!((met_within(&contacts, 12, TODAY), met_within(&contacts, 24, TODAY)), (1, 2));
    }
}
