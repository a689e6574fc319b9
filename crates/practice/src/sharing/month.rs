//! A month whose share rate is told.

use crate::calendar::{add_days, add_months, london};
use crate::week::DAYS_TO_PUT_RIGHT;
use jiff::Timestamp;
use jiff::civil::Date;

/// A month, by its first day. A team's is drawn up a week after its end, as its week is, and never changes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// The one that holds this day.
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// The one written as 2026-11, but none after `last`; `last` where nothing or something else is written.
    pub fn chosen(written: Option<&str>, last: Self) -> Self {
        let day = written.and_then(|month| format!("{month}-01").parse::<Date>().ok());
        day.map_or(last, |day| Self::of(day).min(last))
    }

    /// The newest whose total has been drawn up.
    pub fn last_drawn_up(now: Timestamp, today: Date) -> Self {
        let mut month = Self::of(today);
        while month.drawn_up().is_none_or(|at| at > now) {
            month = month.before();
        }
        month
    }

    /// Its first day.
    pub const fn first(self) -> Date {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> Date {
        add_days(self.next().0, -1)
    }

    /// The month before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self(add_months(self.0, -1))
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(add_months(self.0, 1))
    }

    /// Its first instant, and the first after it.
    pub fn bounds(self) -> Option<(Timestamp, Timestamp)> {
        begin(self.0).zip(begin(self.next().0))
    }

    /// When a team's total of it is drawn up: what is known then is what counts.
    pub fn drawn_up(self) -> Option<Timestamp> {
        begin(add_days(self.next().0, DAYS_TO_PUT_RIGHT))
    }
}

fn begin(day: Date) -> Option<Timestamp> {
    day.to_zoned(london()).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::Month;
    use jiff::civil::date;

    #[test]
    fn a_month_of_a_team_is_drawn_up_a_week_after_its_end() {
        let at = |text: &str| text.parse().unwrap();
        let last = |now: &str, day| Month::last_drawn_up(at(now), day).first();
        assert_eq!(last("2026-11-07T23:59:00Z", date(2026, 11, 7)), date(2026, 9, 1));
        assert_eq!(last("2026-11-08T00:00:00Z", date(2026, 11, 8)), date(2026, 10, 1));
        let november = Month::of(date(2026, 11, 20));
        assert_eq!((november.last(), november.next().first()), (date(2026, 11, 30), date(2026, 12, 1)));
        assert_eq!(Month::chosen(Some("2026-03"), november).first(), date(2026, 3, 1));
        assert_eq!(Month::chosen(Some("2027-03"), november), november);
        assert_eq!(Month::chosen(Some("soon"), november), november);
    }
}
