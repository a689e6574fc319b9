//! The last year of one bond, month by month: how often it was wanted, and how often it happened.

use super::{Came, Often};
use crate::calendar::{add_days, add_months, days_between};
use jiff::civil::Date;

/// How many months are looked back over.
pub const MONTHS: usize = 12;

/// What was wanted from a day on, until something else was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Said on this day.
    pub on: Date,
    /// How often; none where it was not wanted, or nobody counts.
    pub often: Option<Often>,
}

/// One month of the year that ends today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub from: Date,
    /// How many times were wanted.
    pub wanted: i32,
    /// How many times they were in touch.
    pub happened: i32,
    /// How many times it was arranged and came to nothing.
    pub missed: i32,
}

/// The twelve months that end today, the oldest first. Wishes are told apart by their days: each holds until the next, and
/// half a wish is carried into the month after, so that every two weeks is 26 in a year.
pub fn over_year(wanted: &[Wanted], times: &[(Date, Came)], today: Date) -> Vec<Month> {
    let mut wishes: Vec<Wanted> = wanted.to_vec();
    wishes.sort_by_key(|one| one.on);
    let mut carried: i32 = 0;
    let mut months = vec![];
    for back in (0..12).rev() {
        let end = add_months(today, -back);
        let from = add_days(add_months(today, -back - 1), 1);
        // counted in parts of a year's days, so that nothing is lost by rounding
        let parts: i32 = (0..=days_between(from, end))
            .map(|n| add_days(from, n))
            .map(|day| wishes.iter().rev().find(|one| one.on <= day).and_then(|one| one.often?.days()))
            .map(|days| days.map_or(0, |days| PARTS / days))
            .sum();
        carried += parts;
        // a day's rounding is not a time that was not kept
        let whole = (carried + SLACK) / PARTS;
        carried -= whole * PARTS;
        let within = |day: Date| day >= from && day <= end;
        let count = |is: fn(Came) -> bool| {
            i32::try_from(times.iter().filter(|one| within(one.0) && is(one.1)).count()).unwrap_or(i32::MAX)
        };
        months.push(Month {
            from,
            wanted: whole,
            happened: count(Came::in_touch),
            missed: count(|came| !came.in_touch() && came != Came::Arranged),
        });
    }
    months
}

/// One time, in parts that every length of [`Often`] divides nearly.
const PARTS: i32 = 191_100;
/// Rounding that is forgiven: less than half a day's share.
const SLACK: i32 = 3_000;

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 22);

    fn year(often: Option<Often>, on: Date) -> Vec<i32> {
        over_year(&[Wanted { on, often }], &[], TODAY).iter().map(|month| month.wanted).collect()
    }

    #[test]
    fn a_year_of_wishes_comes_to_what_was_wanted() {
        let long_ago = date(2020, 1, 1);
        assert_eq!(year(Some(Often::EveryWeek), long_ago).iter().sum::<i32>(), 52);
        assert_eq!(year(Some(Often::EveryTwoWeeks), long_ago).iter().sum::<i32>(), 26);
        assert_eq!(year(Some(Often::EveryMonth), long_ago), [1; 12]);
        assert_eq!(year(Some(Often::EveryFewMonths), long_ago).iter().sum::<i32>(), 4);
        assert_eq!(year(Some(Often::OnceAYear), long_ago).iter().sum::<i32>(), 1);
        assert_eq!(year(Some(Often::WhenAsked), long_ago), [0; 12]);
        assert_eq!(year(None, long_ago), [0; 12]);
    }

    #[test]
    fn a_wish_counts_from_the_day_it_was_said_and_until_another_was() {
        assert_eq!(year(Some(Often::EveryMonth), date(2026, 8, 23)).iter().sum::<i32>(), 3);
        let changed = [
            Wanted { on: date(2026, 8, 23), often: None },
            Wanted { on: date(2020, 1, 1), often: Some(Often::EveryMonth) },
        ];
        let months: Vec<i32> = over_year(&changed, &[], TODAY).iter().map(|month| month.wanted).collect();
        assert_eq!(months, [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
    }

    #[test]
    fn times_fall_into_their_month_and_what_is_only_arranged_counts_for_nothing() {
        let times = [
            (TODAY, Came::Happened),
            (date(2026, 10, 23), Came::Partly),
            (date(2026, 10, 22), Came::OffByThem),
            (date(2026, 11, 30), Came::Arranged),
            (date(2025, 11, 22), Came::Happened),
            (date(2025, 11, 23), Came::DidNotCome),
        ];
        let months = over_year(&[], &times, TODAY);
        assert_eq!(months.len(), MONTHS);
        let happened: Vec<i32> = months.iter().map(|month| month.happened).collect();
        assert_eq!(happened, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
        assert_eq!((months[0].missed, months[10].missed), (1, 1));
        assert_eq!((months[0].from, months[11].from), (date(2025, 11, 23), date(2026, 10, 23)));
    }
}
