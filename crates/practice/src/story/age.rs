//! How long ago something was told, whether it is time to ask if it still holds, and how often somebody had to tell it
//! again.

use super::StoryPart;
use crate::calendar::{add_months, days_between};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

/// After how many months each part is asked about again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryTimes(Vec<(StoryPart, i32)>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    part: Vec<KeptPart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptPart {
    part: StoryPart,
    months: i32,
}

impl StoryTimes {
    /// The figures the program comes with, `data/story.toml`.
    ///
    /// # Errors
    /// Only when the program was built with figures that cannot be read; a test reads them.
    pub fn usual() -> Result<&'static Self, &'static str> {
        static USUAL: LazyLock<Result<StoryTimes, String>> =
            LazyLock::new(|| StoryTimes::read(include_str!("../../data/story.toml")));
        USUAL.as_ref().map_err(String::as_str)
    }

    /// Reads figures of the same form as `data/story.toml`.
    ///
    /// # Errors
    /// A sentence that names the part which is missing, said twice or has no length.
    pub fn read(text: &str) -> Result<Self, String> {
        let kept: Kept = toml::from_str(text).map_err(|wrong| wrong.to_string())?;
        for part in StoryPart::ALL {
            let many = kept.part.iter().filter(|one| one.part == *part).count();
            if many != 1 {
                return Err(format!("part {} stands there {many} times, and should once", part.code()));
            }
        }
        if let Some(none) = kept.part.iter().find(|one| one.months < 1) {
            return Err(format!("part {} needs at least one month", none.part.code()));
        }
        Ok(Self(kept.part.into_iter().map(|one| (one.part, one.months)).collect()))
    }

    /// Whether it is time to ask if what was told on a day still holds: on the day the months are over, and after.
    pub fn ask_again(&self, part: StoryPart, told_on: Date, today: Date) -> bool {
        let months = self.0.iter().find(|one| one.0 == part).map(|one| one.1);
        months.is_some_and(|months| add_months(told_on, months) <= today)
    }
}

/// How many whole months lie between two days.
fn months_between(from: Date, to: Date) -> i32 {
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month());
    if add_months(from, months) > to { months - 1 } else { months }
}

/// "told today", "told 3 weeks ago", "told 5 months ago", "told 2 years ago".
pub fn told_ago(told_on: Date, today: Date) -> String {
    let days = days_between(told_on, today);
    let months = months_between(told_on, today);
    let many = |n: i32, what: &str| format!("told {n} {what}{} ago", if n == 1 { "" } else { "s" });
    match (days, months) {
        (..=0, _) => "told today".to_owned(),
        (1, _) => "told yesterday".to_owned(),
        (2..=13, _) => many(days, "day"),
        (_, ..=1) => many(days / 7, "week"),
        (_, 2..=23) => many(months, "month"),
        _ => many(months / 12, "year"),
    }
}

/// "tell things again once since March", "tell things again 2 times since March 2025"; none where nobody had to.
pub fn again(days: &[Date], today: Date) -> Option<String> {
    let first = days.iter().min()?;
    let since = first.strftime(if first.year() == today.year() { "%B" } else { "%B %Y" });
    let times = if days.len() == 1 { "once".to_owned() } else { format!("{} times", days.len()) };
    Some(format!("tell things again {times} since {since}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn figures_that_miss_a_part_say_it_twice_or_give_it_no_length_are_refused_by_name() {
        let usual = include_str!("../../data/story.toml");
        let missing = usual.replacen("who-matters", "what-helps", 1);
        assert!(StoryTimes::read(&missing).unwrap_err().contains("who-matters stands there 0 times"));
        let never = usual.replacen("months = 6", "months = 0", 1);
        assert_eq!(StoryTimes::read(&never).unwrap_err(), "part who-i-am needs at least one month");
        assert!(StoryTimes::read("[[part]]\npart = \"dreams\"\nmonths = 1").is_err());
        assert!(StoryTimes::usual().is_ok());
    }

    #[test]
    fn a_part_is_asked_about_again_on_the_day_its_months_are_over_and_not_before() {
        let times = StoryTimes::usual().unwrap();
        let told = date(2026, 8, 31);
        assert!(!times.ask_again(StoryPart::WhatIWant, told, date(2026, 11, 29)));
        assert!(times.ask_again(StoryPart::WhatIWant, told, date(2026, 11, 30)), "no 31 November");
        assert!(!times.ask_again(StoryPart::WhatHasHappened, told, date(2027, 8, 30)));
    }

    #[test]
    fn ages_are_said_as_people_say_them() {
        let today = date(2026, 11, 21);
        for (told, words) in [
            (date(2026, 11, 22), "told today"),
            (date(2026, 11, 21), "told today"),
            (date(2026, 11, 20), "told yesterday"),
            (date(2026, 11, 8), "told 13 days ago"),
            (date(2026, 11, 7), "told 2 weeks ago"),
            (date(2026, 9, 22), "told 8 weeks ago"),
            (date(2026, 9, 21), "told 2 months ago"),
            (date(2026, 6, 21), "told 5 months ago"),
            (date(2025, 11, 21), "told 12 months ago"),
            (date(2024, 11, 22), "told 23 months ago"),
            (date(2024, 11, 21), "told 2 years ago"),
        ] {
            assert_eq!(told_ago(told, today), words, "{told}");
        }
    }

    #[test]
    fn tellings_again_are_counted_since_the_first() {
        let today = date(2026, 11, 21);
        assert_eq!(again(&[], today), None);
        assert_eq!(again(&[date(2026, 3, 4)], today).as_deref(), Some("tell things again once since March"));
        let twice = [date(2026, 9, 1), date(2025, 12, 30)];
        assert_eq!(again(&twice, today).as_deref(), Some("tell things again 2 times since December 2025"));
    }
}
