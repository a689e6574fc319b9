//! A day as the census counts it: a whole number, so that hundreds of thousands compare at once.

use jiff::civil::Date;

/// A calendar day, counted from 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// The first and last day the census can hold (1677-09-22 and 2262-04-11); others count as missing.
const FIRST: i32 = -106_751;
const LAST: i32 = 106_751;

impl Day {
    /// Reads `YYYY-MM-DD`, and nothing else. `None` for any other form, for days that do not exist and for
    /// days before 1677-09-22 or after 2262-04-11 (census facts 1.4).
    pub fn read(text: &str) -> Option<Self> {
        let b = text.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| {
            b[range]
                .iter()
                .try_fold(0_i32, |sum, &c| c.is_ascii_digit().then(|| sum * 10 + i32::from(c - b'0')))
        };
        Self::of(number(0..4)?, number(5..7)?, number(8..10)?).filter(|day| (FIRST..=LAST).contains(&day.0))
    }

    /// The day of a year, month and day of the month; `None` when there is no such day.
    pub fn of(year: i32, month: i32, day: i32) -> Option<Self> {
        if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
            return None;
        }
        // days from civil, counting years from March so that the leap day ends the year
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let of_era = y.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Some(Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468))
    }

    /// Year, month, day of the month.
    pub fn parts(self) -> (i32, i32, i32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * years + years / 4 - years / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (years + era * 400 + i32::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
    }

    /// This day some years on (or back), the last day of February standing in for a missing 29th.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Self {
        self.plus_months(years * 12)
    }

    /// This day some months on (or back), the last day of the month standing in for a missing one.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.parts();
        let count = year * 12 + month - 1 + months;
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
        Self::of(year, month, day.min(days_in(year, month))).unwrap_or(self)
    }

    /// This day some days on (or back).
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        // 1 January 1970 was a Thursday
        matches!((self.0 + 3).rem_euclid(7), 5 | 6)
    }

    /// The same day as the rest of Alongside holds it.
    pub fn date(self) -> Option<Date> {
        let (year, month, day) = self.parts();
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn days_in(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_agree_with_the_calendar_for_every_day_the_census_can_hold() {
        let epoch = Date::new(1970, 1, 1).unwrap();
        // every day around now, and every 41st (so every kind of day) further out
        for n in (-1_000..25_000).chain((FIRST..LAST).step_by(41)).chain([LAST]) {
            let day = Day(n);
            let date = epoch.checked_add(jiff::Span::new().days(n)).unwrap();
            assert_eq!(day.date(), Some(date));
            assert_eq!(Day::read(&day.to_string()), Some(day));
            assert_eq!(day.is_weekend(), date.weekday().to_monday_zero_offset() >= 5);
        }
        assert_eq!(Day(FIRST).date(), Date::new(1677, 9, 22).ok());
        assert_eq!(Day(LAST).date(), Date::new(2262, 4, 11).ok());
    }

    #[test]
    fn other_forms_and_days_that_do_not_exist_are_not_days() {
        for text in
            ["", "2025-02-29", "2025-4-1", "01/04/2025", "2025-04-01T00:00:00", "2025-13-01", "1677-09-21"]
        {
            assert_eq!(Day::read(text), None, "{text}");
        }
        assert_eq!(Day::read("2262-04-12"), None);
    }

    #[test]
    fn years_and_months_keep_to_the_end_of_the_month() {
        let day = |text| Day::read(text).unwrap();
        assert_eq!(day("2024-02-29").plus_years(-1), day("2023-02-28"));
        assert_eq!(day("2026-03-31").plus_months(9), day("2026-12-31"));
        assert_eq!(day("2026-03-31").plus_months(-1), day("2026-02-28"));
        assert_eq!(day("2025-03-31").plus_days(1), day("2025-04-01"));
    }
}
