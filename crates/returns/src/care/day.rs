//! A calendar day as the looked-after return writes it: dd/mm/yyyy, or nothing that can be read as one.

use std::cmp::Ordering;

/// Days since 1 January 1970, or no day. No day compares with nothing: not smaller, not greater, not equal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day(i32);

impl Day {
    pub(crate) const NONE: Self = Self(i32::MIN);

    /// The day of a civil date; the date is taken as it is.
    pub(crate) const fn of(year: i32, month: i32, day: i32) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let in_era = year - era * 400;
        let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
        let of_era = in_era * 365 + in_era / 4 - in_era / 100 + of_year;
        Self(era * 146_097 + of_era - 719_468)
    }

    /// The day of a civil date, or none where the calendar or the return has no such date.
    pub(crate) fn checked(year: i32, month: i32, day: i32) -> Self {
        let in_calendar = (1..=12).contains(&month) && day >= 1 && day <= last_of_month(year, month);
        if in_calendar && (1678..=2261).contains(&year) { Self::of(year, month, day) } else { Self::NONE }
    }

    /// Reads dd/mm/yyyy: day and month of one or two digits, year of exactly four, nothing around.
    pub(crate) fn read(text: &str) -> Self {
        let mut parts = text.split('/');
        let (Some(day), Some(month), Some(year), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Self::NONE;
        };
        match (digits(day, 1, 2), digits(month, 1, 2), digits(year, 4, 4)) {
            (Some(day), Some(month), Some(year)) => Self::checked(year, month, day),
            _ => Self::NONE,
        }
    }

    /// Reads what a lenient reader would take for a date, day first: other separators, or the year first.
    pub(crate) fn read_leniently(text: &str) -> Self {
        let strict = Self::read(text);
        if strict.known() {
            return strict;
        }
        let date = text.trim().split([' ', 'T']).next().unwrap_or_default();
        let parts: Vec<&str> = date.split(['/', '-', '.']).collect();
        let [a, b, c] = parts[..] else { return Self::NONE };
        if let (Some(year), Some(month), Some(day)) = (digits(a, 4, 4), digits(b, 1, 2), digits(c, 1, 2)) {
            return Self::checked(year, month, day);
        }
        match (digits(a, 1, 2), digits(b, 1, 2), digits(c, 4, 4)) {
            (Some(day), Some(month), Some(year)) => Self::checked(year, month, day),
            _ => Self::NONE,
        }
    }

    /// Reads a date of which the day, the month or the year may be unknown (ZZ, ZZ, ZZZZ). An unknown day is the
    /// last of its month; an unknown month is the end of the year that begins with that day in January, or of
    /// the calendar year where the day is unknown too; an unknown year is 2000.
    pub(crate) fn read_partly_known(text: &str) -> Self {
        let parts: Vec<&str> = text.split('/').collect();
        let [day, month, year] = parts[..] else { return Self::NONE };
        let year = if year == "ZZZZ" { Some(2000) } else { digits(year, 4, 4) };
        let month_known = month != "ZZ";
        let month = if month_known { digits(month, 1, 2) } else { Some(1) };
        let (Some(year), Some(month)) = (year, month) else { return Self::NONE };
        if !(1..=12).contains(&month) {
            return Self::NONE;
        }
        let day = match day {
            "ZZ" if month_known => Some(last_of_month(year, month)),
            "ZZ" => Some(1),
            known => digits(known, 1, 2),
        };
        let Some(day) = day else { return Self::NONE };
        let read = Self::checked(year, month, day);
        if month_known { read } else { read.plus_years(1).plus_days(-1) }
    }

    pub(crate) const fn known(self) -> bool {
        self.0 != i32::MIN
    }

    /// This day, or `other` where there is none.
    pub(crate) const fn or(self, other: Self) -> Self {
        if self.known() { self } else { other }
    }

    /// Both days are known and this one is no later.
    pub(crate) fn is_by(self, other: Self) -> bool {
        self <= other
    }

    /// Both days are known and this one is later.
    pub(crate) fn is_after(self, other: Self) -> bool {
        self > other
    }

    /// Equal as dates, where no day equals no day.
    pub(crate) const fn same(self, other: Self) -> bool {
        self.0 == other.0
    }

    /// For ordering rows: days in order, no day last.
    pub(crate) const fn last_if_none(self) -> i32 {
        if self.known() { self.0 } else { i32::MAX }
    }

    pub(crate) const fn plus_days(self, days: i32) -> Self {
        if self.known() { Self(self.0 + days) } else { self }
    }

    /// The same day and month `years` later; 29 February becomes the 28th where there is none.
    pub(crate) fn plus_years(self, years: i32) -> Self {
        if !self.known() {
            return self;
        }
        let (year, month, day) = self.civil();
        let day = if month == 2 { day.min(last_of_month(year + years, 2)) } else { day };
        Self::of(year + years, month, day)
    }

    /// Days from this day until `other`; none if either is no day.
    pub(crate) fn days_until(self, other: Self) -> Option<i32> {
        (self.known() && other.known()).then(|| other.0 - self.0)
    }

    /// Whole and part years until `other`, each of 365.2425 days; not a number if either is no day.
    pub(crate) fn mean_years_until(self, other: Self) -> f64 {
        self.days_until(other).map_or(f64::NAN, |days| f64::from(days) / 365.2425)
    }

    /// Year, month and day.
    pub(crate) const fn civil(self) -> (i32, i32, i32) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days - era * 146_097;
        let in_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * in_era + in_era / 4 - in_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = in_era + era * 400 + (if month <= 2 { 1 } else { 0 });
        (year, month, day)
    }
}

pub(crate) const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn last_of_month(year: i32, month: i32) -> i32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + (if is_leap(year) { 1 } else { 0 }),
        _ => 31,
    }
}

fn digits(text: &str, least: usize, most: usize) -> Option<i32> {
    let counts = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if counts { text.parse().ok() } else { None }
}

impl PartialEq for Day {
    fn eq(&self, other: &Self) -> bool {
        self.known() && self.0 == other.0
    }
}

impl PartialOrd for Day {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.known() && other.known()).then(|| self.0.cmp(&other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_only_in_the_form_of_the_return() {
        assert_eq!(Day::read("01/04/2025"), Day::of(2025, 4, 1));
        assert_eq!(Day::read("1/4/2025"), Day::of(2025, 4, 1));
        for wrong in [
            "",
            " 01/04/2025",
            "2025-04-01",
            "31/04/2025",
            "29/02/2025",
            "01/04/25",
            "01/04/1677",
            "1/4/2262",
        ] {
            assert!(!Day::read(wrong).known(), "{wrong}");
        }
    }

    #[test]
    fn no_day_compares_with_nothing() {
        let day = Day::of(2025, 4, 1);
        assert!(!Day::NONE.is_by(day) && !Day::NONE.is_after(day) && !day.is_after(Day::NONE));
        assert!(Day::NONE != Day::NONE && Day::NONE.same(Day::NONE));
    }

    #[test]
    fn every_day_of_four_centuries_goes_there_and_back() {
        let mut day = Day::of(1849, 12, 31);
        for _ in 0..150_000 {
            let (y, m, d) = day.civil();
            assert!(Day::checked(y, m, d).same(day));
            day = day.plus_days(1);
        }
    }

    #[test]
    fn a_birthday_of_29_february_is_kept_on_the_28th() {
        assert_eq!(Day::of(2008, 2, 29).plus_years(18), Day::of(2026, 2, 28));
        assert_eq!(Day::of(2008, 2, 29).plus_years(16), Day::of(2024, 2, 29));
    }

    #[test]
    fn parts_of_a_date_may_be_unknown() {
        assert_eq!(Day::read_partly_known("ZZ/ZZ/2014"), Day::of(2014, 12, 31));
        assert_eq!(Day::read_partly_known("15/ZZ/2014"), Day::of(2015, 1, 14));
        assert_eq!(Day::read_partly_known("ZZ/02/2016"), Day::of(2016, 2, 29));
        assert_eq!(Day::read_partly_known("03/05/ZZZZ"), Day::of(2000, 5, 3));
        assert!(!Day::read_partly_known("2014").known());
        assert!(!Day::read_partly_known("31/ZZ/20144").known());
    }
}
