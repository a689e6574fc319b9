//! How it is between a person and their worker: each answers three questions for themselves. Nobody reads the other's answers
//! before both have answered, or the person chose to show theirs. It is never an appraisal: whoever leads reads no answer, and
//! counts of five or more alone.

use crate::calendar::add_days;
use crate::words::words;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

words! {
    /// What each is asked.
    Asked {
        Committed = "committed", "Do we keep at it, even when it is hard?";
        Sincere = "sincere", "Are we honest with each other?";
        Listening = "listening", "Do we listen to each other?";
    }
}

words! {
    /// What they say to it.
    Says {
        Yes = "yes", "Yes";
        Mostly = "mostly", "Mostly";
        Sometimes = "sometimes", "Sometimes";
        No = "no", "Not now";
    }
}

words! {
    /// Which of the two.
    Side {
        Person = "person", "The person";
        Worker = "worker", "The worker";
    }
}

/// How far one side of a check-in has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Come {
    /// They answered.
    pub answered: bool,
    /// They chose to show it before the other answered; only the person can.
    pub shown: bool,
}

/// Whether one of the two reads what the other answered.
pub const fn reads_other(reader: Side, own: Come, other: Come) -> bool {
    let chose = matches!(reader, Side::Worker) && other.shown;
    other.answered && (own.answered || chose)
}

/// Whether what went wrong and an apology can stand there: once both have answered.
pub const fn side_by_side(person: Come, worker: Come) -> bool {
    person.answered && worker.answered
}

/// Fewer than these are not told to anybody who leads: one could be told from them.
pub const FEWEST: i64 = 5;

/// A count as it is told to whoever leads; none where it is too small.
pub fn told(count: i64) -> Option<i64> {
    (count >= FEWEST).then_some(count)
}

#[derive(Clone, Debug, Deserialize)]
struct Figure {
    from: Date,
    until: Option<Date>,
    every_weeks: i32,
    source: String,
}

/// The figures, by the day from which they hold.
#[derive(Clone, Debug, Deserialize)]
pub struct Figures {
    figure: Vec<Figure>,
}

impl Figures {
    /// The figures the program comes with, `data/check_in.toml`.
    ///
    /// # Errors
    /// Only when the program was built with figures that cannot be read; a test reads them.
    pub fn usual() -> Result<&'static Self, &'static str> {
        static USUAL: LazyLock<Result<Figures, String>> =
            LazyLock::new(|| Figures::read(include_str!("../data/check_in.toml")));
        USUAL.as_ref().map_err(String::as_str)
    }

    /// Reads figures of the same form as `data/check_in.toml`.
    ///
    /// # Errors
    /// A sentence that says which figure has no length or no source.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|wrong| wrong.to_string())?;
        match read.figure.iter().find(|one| one.every_weeks < 1 || one.source.trim().is_empty()) {
            Some(one) => Err(format!("the figure from {} has no length or no source", one.from)),
            None => Ok(read),
        }
    }

    /// Whether a check-in is offered today: so long after the last, or after they began to work together.
    pub fn offered(&self, since: Date, today: Date) -> bool {
        let holds = |one: &&Figure| one.from <= today && one.until.is_none_or(|until| today <= until);
        let figure = self.figure.iter().rev().find(holds);
        figure.is_some_and(|one| add_days(since, one.every_weeks * 7) <= today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const NOT_YET: Come = Come { answered: false, shown: false };
    const ANSWERED: Come = Come { answered: true, shown: false };
    const SHOWN: Come = Come { answered: true, shown: true };

    #[test]
    fn nobody_reads_the_other_before_both_answered_or_the_person_chose_to_show_it() {
        for reader in [Side::Person, Side::Worker] {
            assert!(!reads_other(reader, NOT_YET, NOT_YET));
            assert!(!reads_other(reader, ANSWERED, NOT_YET));
            assert!(!reads_other(reader, NOT_YET, ANSWERED));
            assert!(reads_other(reader, ANSWERED, ANSWERED));
        }
        assert!(reads_other(Side::Worker, NOT_YET, SHOWN), "the person chose");
        assert!(!reads_other(Side::Person, NOT_YET, SHOWN), "a worker does not choose for them");
        assert!(side_by_side(ANSWERED, ANSWERED) && !side_by_side(SHOWN, NOT_YET));
    }

    #[test]
    fn whoever_leads_is_told_counts_of_five_or_more() {
        assert_eq!((told(4), told(5), told(0)), (None, Some(5), None));
    }

    #[test]
    fn it_is_offered_every_eight_weeks() {
        let usual = Figures::usual().unwrap();
        let since = date(2026, 9, 1);
        assert!(!usual.offered(since, date(2026, 10, 26)));
        assert!(usual.offered(since, date(2026, 10, 27)));
        assert!(!usual.offered(date(2020, 1, 1), date(2025, 12, 31)), "no figure held then");
        let wrong = "[[figure]]\nfrom = \"2026-01-01\"\nevery_weeks = 0\nsource = \"x\"";
        assert!(Figures::read(wrong).unwrap_err().contains("2026-01-01"));
    }
}
