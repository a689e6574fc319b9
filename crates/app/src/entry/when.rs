//! Days and times in words, as people say them here.

use crate::moment::london;
use jiff::{Timestamp, civil::Date};

/// "Wednesday 11 November", with the year where it is not this one.
pub fn day(date: Date, today: Date) -> String {
    let pattern = if date.year() == today.year() { "%A %-d %B" } else { "%A %-d %B %Y" };
    date.strftime(pattern).to_string()
}

/// "11 November", with the year where it is not this one.
pub fn short_day(date: Date, today: Date) -> String {
    let pattern = if date.year() == today.year() { "%-d %B" } else { "%-d %B %Y" };
    date.strftime(pattern).to_string()
}

/// The day of an instant in London.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned(london()).date()
}

/// "4.35 pm" in London.
pub fn time(at: Timestamp) -> String {
    at.to_zoned(london()).strftime("%-I.%M %P").to_string()
}

/// "23 November 2026 at 4.35 pm".
pub fn moment(at: Timestamp) -> String {
    format!("{} at {}", day_of(at).strftime("%-d %B %Y"), time(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summer_evening_is_said_in_london_time() {
        let at: Timestamp = "2026-06-30T23:35:00Z".parse().unwrap();
        assert_eq!(moment(at), "1 July 2026 at 12.35 am");
        assert_eq!(day(day_of(at), jiff::civil::date(2026, 11, 1)), "Wednesday 1 July");
        assert_eq!(short_day(day_of(at), jiff::civil::date(2027, 1, 1)), "1 July 2026");
    }
}
