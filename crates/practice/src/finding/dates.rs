//! How near a birth date is to the one asked for: swapped, a digit off, a year or a decade off.

use jiff::civil::Date;

use crate::person::{Birth, BirthBasis};

/// In what way a date differs from the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateSlip {
    /// It does not.
    None,
    /// Day and month are the other way round.
    Swapped,
    /// One digit is different, or two neighbouring digits are swapped.
    Digit,
    /// The same day a year earlier or later.
    YearOff,
    /// The same day ten, twenty or a hundred years earlier or later.
    DecadeOff,
    /// The same day of another month of that year.
    MonthOff,
    /// Within three days.
    FewDays,
    /// The same month of that year.
    SameMonth,
    /// The same year.
    SameYear,
}

/// What was asked about a birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BirthSought {
    /// On a day.
    Day(Date),
    /// In a month: year and month.
    Month(i16, i8),
    /// In a year.
    Year(i16),
    /// At an age in whole years, which leaves the days from the first to the second.
    Age(i16, Date, Date),
}

/// How near two dates are, from 0 to 1, and in what way they differ; none if they are unlike.
pub fn date_closeness(a: Date, b: Date) -> Option<(f64, DateSlip)> {
    if a == b {
        return Some((1.0, DateSlip::None));
    }
    let years = (i32::from(a.year()) - i32::from(b.year())).abs();
    let same_day = a.month() == b.month() && a.day() == b.day();
    if years == 0 && i32::from(a.month()) == i32::from(b.day()) && i32::from(a.day()) == i32::from(b.month())
    {
        return Some((0.92, DateSlip::Swapped));
    }
    if same_day && years == 1 {
        return Some((0.86, DateSlip::YearOff));
    }
    if same_day && (years == 10 || years == 20 || years == 100) {
        return Some((0.82, DateSlip::DecadeOff));
    }
    if one_digit(a, b) {
        return Some((0.86, DateSlip::Digit));
    }
    if years == 0 && a.day() == b.day() {
        return Some((0.72, DateSlip::MonthOff));
    }
    let days = (a - b).get_days().abs();
    if days <= 3 {
        return Some((0.74, DateSlip::FewDays));
    }
    match (years, a.month() == b.month()) {
        (0, true) => Some((0.6, DateSlip::SameMonth)),
        (0, false) => Some((0.45, DateSlip::SameYear)),
        _ => None,
    }
}

/// One digit different or two neighbours swapped, with each date written as day, month and year.
fn one_digit(a: Date, b: Date) -> bool {
    let digits = |d: Date| format!("{:02}{:02}{:04}", d.day(), d.month(), d.year()).into_bytes();
    let (a, b) = (digits(a), digits(b));
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|&at| a[at] != b[at]).collect();
    match differing[..] {
        [_] => true,
        [x, y] => y == x + 1 && a[x] == b[y] && a[y] == b[x],
        _ => false,
    }
}

/// How near a birth is to what was asked, from 0 to 1; none if it is unlike. An estimated birth need only be near.
pub fn birth_closeness(sought: BirthSought, birth: Birth) -> Option<(f64, DateSlip)> {
    let on = birth.on;
    let found = match sought {
        BirthSought::Day(day) => date_closeness(day, on),
        BirthSought::Month(year, month) if (year, month) == (on.year(), on.month()) => {
            Some((0.97, DateSlip::None))
        }
        BirthSought::Month(year, _) | BirthSought::Year(year) => {
            let exact = matches!(sought, BirthSought::Year(_));
            match i32::from(year) - i32::from(on.year()) {
                0 if exact => Some((0.95, DateSlip::None)),
                0 => Some((0.5, DateSlip::SameYear)),
                -1 | 1 if exact => Some((0.6, DateSlip::YearOff)),
                -10 | 10 if exact => Some((0.4, DateSlip::DecadeOff)),
                _ => None,
            }
        }
        BirthSought::Age(_, from, to) if from <= on && on <= to => Some((0.9, DateSlip::None)),
        BirthSought::Age(_, from, to) => {
            let near = (on.year() - from.year()).abs().min((on.year() - to.year()).abs()) <= 1;
            near.then_some((0.6, DateSlip::YearOff))
        }
    };
    let rough = matches!(birth.basis, BirthBasis::Estimated | BirthBasis::Disputed | BirthBasis::Expected);
    let wanted = match sought {
        BirthSought::Day(day) => day.year(),
        BirthSought::Month(year, _) | BirthSought::Year(year) => year,
        BirthSought::Age(_, _, to) => to.year(),
    };
    let near = (wanted - on.year()).abs() <= 2;
    match found {
        Some((closeness, slip)) if rough => Some((closeness.max(0.6), slip)),
        None if rough && near => Some((0.5, DateSlip::YearOff)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn slip(a: Date, b: Date) -> Option<DateSlip> {
        assert_eq!(date_closeness(a, b), date_closeness(b, a), "the same both ways");
        date_closeness(a, b).map(|(_, slip)| slip)
    }

    #[test]
    fn unlike_dates_are_not_near() {
        assert_eq!(slip(date(2014, 3, 12), date(2009, 7, 25)), None);
        assert_eq!(slip(date(2014, 3, 12), date(2016, 3, 28)), None);
        assert_eq!(slip(date(-9999, 1, 1), date(9999, 12, 31)), None);
    }

    #[test]
    fn each_slip_has_its_name() {
        let asked = date(2014, 3, 12);
        for (other, wanted) in [
            (asked, DateSlip::None),
            (date(2014, 12, 3), DateSlip::Swapped),
            (date(2014, 3, 17), DateSlip::Digit),
            (date(2014, 3, 21), DateSlip::Digit),
            (date(2041, 3, 12), DateSlip::Digit),
            (date(2015, 3, 12), DateSlip::YearOff),
            (date(2004, 3, 12), DateSlip::DecadeOff),
            (date(1914, 3, 12), DateSlip::DecadeOff),
            (date(2014, 11, 12), DateSlip::MonthOff),
            (date(2014, 3, 9), DateSlip::FewDays),
            (date(2014, 3, 30), DateSlip::SameMonth),
            (date(2014, 9, 30), DateSlip::SameYear),
        ] {
            assert_eq!(slip(asked, other), Some(wanted), "{other}");
        }
    }

    #[test]
    fn years_ages_and_estimates() {
        let exact = |y, m, d| Birth { on: date(y, m, d), basis: BirthBasis::Exact };
        let rough = |y, m, d| Birth { on: date(y, m, d), basis: BirthBasis::Estimated };
        assert_eq!(birth_closeness(BirthSought::Year(2014), exact(2014, 7, 1)), Some((0.95, DateSlip::None)));
        assert_eq!(
            birth_closeness(BirthSought::Year(2014), exact(2015, 7, 1)),
            Some((0.6, DateSlip::YearOff))
        );
        assert_eq!(birth_closeness(BirthSought::Year(2014), exact(2011, 7, 1)), None);
        let nine = BirthSought::Age(9, date(2016, 3, 2), date(2017, 3, 1));
        assert_eq!(birth_closeness(nine, exact(2016, 3, 2)), Some((0.9, DateSlip::None)));
        assert_eq!(birth_closeness(nine, exact(2015, 3, 1)), Some((0.6, DateSlip::YearOff)));
        assert_eq!(birth_closeness(nine, exact(2012, 3, 1)), None);
        assert!(birth_closeness(BirthSought::Day(date(2014, 3, 12)), rough(2012, 1, 1)).is_some());
        assert_eq!(birth_closeness(BirthSought::Day(date(2014, 3, 12)), exact(2012, 1, 1)), None);
    }
}
