//! The bank holidays of England: those that come every year, and the moved and extra ones there have been.

use super::{Change, Override};
use jiff::Span;
use jiff::civil::{Date, Weekday, date};
use std::borrow::Cow;

/// Holidays that were moved (taken away and added) or given once, by proclamation.
pub(super) const ONE_OFF: &[(Date, Change, &str)] = &[
    (date(1995, 5, 1), Change::Remove, "Early May bank holiday"),
    (date(1995, 5, 8), Change::Add, "Early May bank holiday"),
    (date(1999, 12, 31), Change::Add, "Millennium"),
    (date(2002, 5, 27), Change::Remove, "Spring bank holiday"),
    (date(2002, 6, 3), Change::Add, "Golden Jubilee"),
    (date(2002, 6, 4), Change::Add, "Spring bank holiday"),
    (date(2011, 4, 29), Change::Add, "Royal Wedding"),
    (date(2012, 5, 28), Change::Remove, "Spring bank holiday"),
    (date(2012, 6, 4), Change::Add, "Spring bank holiday"),
    (date(2012, 6, 5), Change::Add, "Diamond Jubilee"),
    (date(2020, 5, 4), Change::Remove, "Early May bank holiday"),
    (date(2020, 5, 8), Change::Add, "Early May bank holiday"),
    (date(2022, 5, 30), Change::Remove, "Spring bank holiday"),
    (date(2022, 6, 2), Change::Add, "Spring bank holiday"),
    (date(2022, 6, 3), Change::Add, "Platinum Jubilee"),
    (date(2022, 9, 19), Change::Add, "State Funeral of Queen Elizabeth II"),
    (date(2023, 5, 8), Change::Add, "Coronation of King Charles III"),
];

/// The one-off holidays as overrides.
pub(super) fn one_off() -> impl Iterator<Item = Override> {
    ONE_OFF.iter().map(|&(date, change, name)| Override { date, change, name: Cow::Borrowed(name) })
}

/// The eight holidays that come every year, on the days they are kept in `year`.
pub(super) fn yearly(year: i16) -> Option<[(Date, &'static str); 8]> {
    let new_year = Date::new(year, 1, 1).ok()?;
    let easter = easter_sunday(year)?;
    let christmas = Date::new(year, 12, 25).ok()?;
    let [christmas_day, boxing_day] = match christmas.weekday() {
        Weekday::Saturday => [(27, "Christmas Day (substitute)"), (28, "Boxing Day (substitute)")],
        Weekday::Sunday => [(27, "Christmas Day (substitute)"), (26, "Boxing Day")],
        Weekday::Friday => [(25, "Christmas Day"), (28, "Boxing Day (substitute)")],
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday => {
            [(25, "Christmas Day"), (26, "Boxing Day")]
        }
    };
    Some([
        (after_weekend(new_year)?, "New Year's Day"),
        (plus_days(easter, -2)?, "Good Friday"),
        (plus_days(easter, 1)?, "Easter Monday"),
        (
            Date::new(year, 5, 1).ok()?.nth_weekday_of_month(1, Weekday::Monday).ok()?,
            "Early May bank holiday",
        ),
        (Date::new(year, 5, 1).ok()?.nth_weekday_of_month(-1, Weekday::Monday).ok()?, "Spring bank holiday"),
        (Date::new(year, 8, 1).ok()?.nth_weekday_of_month(-1, Weekday::Monday).ok()?, "Summer bank holiday"),
        (Date::new(year, 12, christmas_day.0).ok()?, christmas_day.1),
        (Date::new(year, 12, boxing_day.0).ok()?, boxing_day.1),
    ])
}

fn after_weekend(day: Date) -> Option<Date> {
    match day.weekday() {
        Weekday::Saturday => plus_days(day, 2),
        Weekday::Sunday => plus_days(day, 1),
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => {
            Some(day)
        }
    }
}

fn plus_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Span::new().days(days)).ok()
}

/// Easter Sunday of the Gregorian calendar, by the anonymous (Meeus, Jones, Butcher) algorithm.
fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (century, of_century) = (y / 100, y % 100);
    let golden = y % 19;
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let march = epact + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(march / 31).ok()?, i8::try_from(march % 31 + 1).ok()?).ok()
}
