//! A worker's week: time with people against time recording. The worker sees their own; others see what a team did
//! together, and only where nobody can be told from it.

use crate::calendar::{add_days, london};
use crate::entry::EntryKind;
use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Of at least how many people a total is told.
pub const LEAST: usize = 5;
/// The most minutes of one entry: a day and a night.
pub const MOST_MINUTES: u32 = 24 * 60;
/// How long after the end of a week its totals are drawn up; what is written down or struck later does not change them.
pub(crate) const DAYS_TO_PUT_RIGHT: i32 = 7;
/// The least a screen counts, in seconds: less is a look.
const LEAST_SECONDS: u32 = 20;
/// The most a screen counts for one entry, in minutes; more means that it was left open.
const MOST_AT_THE_SCREEN: u32 = 8 * 60;

impl EntryKind {
    /// Whether its length is time with people. Letters, notes and steps are work, but nobody is with you.
    pub const fn is_time_with_people(self) -> bool {
        match self {
            Self::Visit | Self::Call | Self::Message | Self::Meeting | Self::Observation => true,
            Self::Letter | Self::Note | Self::Step => false,
        }
    }
}

/// Reads a length of time as people write it: "45", "45 min", "1 h 30", "1.5 hours", "1:30". A number alone is
/// minutes. None where it cannot be read, is nothing, or is more than [`MOST_MINUTES`].
pub fn parse_minutes(typed: &str) -> Option<u32> {
    let typed = typed.trim().to_lowercase().replace(',', ".");
    let (hours, minutes) = if let Some((hours, minutes)) = typed.split_once(':') {
        (hours.trim().parse::<u32>().ok()?, minutes.trim().parse::<u32>().ok().filter(|n| *n < 60)?)
    } else {
        let at = typed.find(|letter: char| letter.is_alphabetic()).unwrap_or(typed.len());
        let (number, unit) = typed.split_at_checked(at)?;
        let (unit, rest) =
            unit.split_at_checked(unit.find(|one: char| !one.is_alphabetic()).unwrap_or(unit.len()))?;
        match unit {
            "" | "m" | "min" | "mins" | "minute" | "minutes" if rest.trim().is_empty() => {
                (0, number.trim().parse::<u32>().ok()?)
            }
            "h" | "hr" | "hrs" | "hour" | "hours" => hours_and(number, rest)?,
            _ => return None,
        }
    };
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (all > 0 && all <= MOST_MINUTES).then_some(all)
}

/// "1" and " 30", "1.5" and "": hours, and minutes beside them.
fn hours_and(hours: &str, rest: &str) -> Option<(u32, u32)> {
    let rest = rest.trim().trim_start_matches("and").trim();
    let minutes = match rest.trim_end_matches(|letter: char| letter.is_alphabetic()).trim() {
        "" => 0,
        number => number.parse::<u32>().ok()?,
    };
    if let Some((whole, part)) = hours.trim().split_once('.') {
        let tenths = part.get(..1).filter(|_| part.len() == 1 || part == "25" || part == "75")?;
        let part = match part {
            "25" => 15,
            "75" => 45,
            _ => tenths.parse::<u32>().ok()? * 6,
        };
        return Some((whole.parse().ok()?, part + minutes));
    }
    Some((hours.trim().parse().ok()?, minutes))
}

/// "45 minutes", "1 hour", "2 hours 15 minutes", "no time".
pub fn length_in_words(minutes: u32) -> String {
    let plural = |n: u32, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (minutes / 60, minutes % 60) {
        (0, 0) => "no time".to_owned(),
        (0, minutes) => plural(minutes, "minute"),
        (hours, 0) => plural(hours, "hour"),
        (hours, minutes) => format!("{} {}", plural(hours, "hour"), plural(minutes, "minute")),
    }
}

/// The minutes of recording that a screen counted in seconds while someone wrote, rounded up; none for a mere look, and
/// never more than eight hours.
pub fn at_the_screen(seconds: u32) -> Option<u32> {
    (seconds >= LEAST_SECONDS).then(|| seconds.div_ceil(60).min(MOST_AT_THE_SCREEN))
}

/// The Monday of the week that holds this day.
pub fn monday(day: Date) -> Date {
    add_days(day, -i32::from(day.weekday().since(Weekday::Monday)))
}

/// When the totals of the week that begins on this Monday are drawn up: a week after its end, so that everybody has had
/// time to put theirs right. They are of what was known then and never change again: a total that changed by what one
/// person wrote later would tell what that was.
pub fn drawn_up(monday: Date) -> Option<Timestamp> {
    let day = add_days(monday, 7 + DAYS_TO_PUT_RIGHT);
    day.to_zoned(london()).ok().map(|zoned| zoned.timestamp())
}

/// From when to when a week lasts: its first instant, and the first after it.
pub fn bounds(monday: Date) -> Option<(Timestamp, Timestamp)> {
    let begin = |day: Date| day.to_zoned(london()).ok().map(|zoned| zoned.timestamp());
    Some((begin(monday)?, begin(add_days(monday, 7))?))
}

/// The earliest instant at which something of a week can have been written down: phones' clocks may be fast.
pub fn earliest_known(begin: Timestamp) -> Timestamp {
    begin.checked_sub(SignedDuration::from_mins(crate::recording::MINUTES_AHEAD)).unwrap_or(begin)
}

/// Which of these groups' totals may be told, all of one week and all at once: `groups` holds, for each team of the
/// council, those of it and of the teams under it whose time is in the total.
///
/// A group is told when it has at least [`LEAST`] people, lies wholly inside, outside or around every other that is
/// told, and what is left of any told group when those told inside it are taken away is nobody or at least [`LEAST`]
/// people. So whoever takes told totals from one another, in whatever way, learns only of five people or more. Larger
/// groups are told first; where two are alike large, the earlier in the list.
pub fn told<T: Ord + Copy>(groups: &[BTreeSet<T>]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(groups.get(at).map_or(0, BTreeSet::len)));
    let mut told = vec![false; groups.len()];
    // what is left of each told group without those told inside it: disjoint, and all that can be worked out
    let mut parts: Vec<BTreeSet<T>> = vec![];
    let mut whole: Vec<&BTreeSet<T>> = vec![];
    for at in order {
        let (Some(group), Some(mark)) = (groups.get(at), told.get_mut(at)) else { continue };
        if group.len() < LEAST {
            continue;
        }
        if whole.contains(&group) {
            *mark = true;
            continue;
        }
        let apart = parts.iter().all(|part| part.is_disjoint(group));
        let around = parts.iter().position(|part| group.is_subset(part));
        match around {
            Some(around) => {
                let Some(part) = parts.get_mut(around) else { continue };
                let left: BTreeSet<T> = part.difference(group).copied().collect();
                if left.len() < LEAST && !left.is_empty() {
                    continue;
                }
                *part = left;
            }
            None if apart => {}
            None => continue,
        }
        parts.push(group.clone());
        whole.push(group);
        *mark = true;
    }
    told
}

#[cfg(test)]
mod tests {
    use super::{LEAST, at_the_screen, drawn_up, length_in_words, monday, parse_minutes, told};
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn of(people: std::ops::Range<u32>) -> BTreeSet<u32> {
        people.collect()
    }

    #[test]
    fn four_are_not_told_and_five_are() {
        assert_eq!(told(&[of(0..4)]), [false]);
        assert_eq!(told(&[of(0..5)]), [true]);
        assert_eq!(told::<u32>(&[of(0..0)]), [false]);
    }

    #[test]
    fn a_team_of_five_and_its_part_of_four_do_not_tell_of_one() {
        assert_eq!(told(&[of(0..5), of(0..4)]), [true, false]);
        // of six and five, the difference would be one person: only the larger is told
        assert_eq!(told(&[of(0..5), of(0..6)]), [false, true]);
        assert_eq!(told(&[of(0..10), of(0..5)]), [true, true]);
        assert_eq!(told(&[of(0..9), of(0..5)]), [true, false]);
    }

    #[test]
    fn several_parts_taken_away_together_do_not_tell_of_two() {
        let all = [of(0..12), of(0..5), of(5..10)];
        assert_eq!(told(&all), [true, true, false], "ten of twelve would leave two");
        assert_eq!(told(&[of(0..10), of(0..5), of(5..10)]), [true, true, true]);
    }

    #[test]
    fn teams_that_share_people_are_not_both_told() {
        assert_eq!(told(&[of(0..7), of(2..9)]), [true, false]);
    }

    #[test]
    fn a_team_with_the_same_people_as_the_one_above_it_tells_no_more() {
        assert_eq!(told(&[of(0..6), of(0..6)]), [true, true]);
    }

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (typed, minutes) in [
            ("45", 45),
            (" 45 min ", 45),
            ("1h", 60),
            ("1 h 30", 90),
            ("1h30m", 90),
            ("1.5 hours", 90),
            ("1,25 h", 75),
            ("2 hours and 10 minutes", 130),
            ("1:05", 65),
        ] {
            assert_eq!(parse_minutes(typed), Some(minutes), "{typed}");
        }
        for typed in ["", "0", "soon", "25 h", "1:75", "-5", "1.55555 h", "30 days"] {
            assert_eq!(parse_minutes(typed), None, "{typed}");
        }
        assert_eq!(length_in_words(135), "2 hours 15 minutes");
        assert_eq!(length_in_words(61), "1 hour 1 minute");
        assert_eq!(length_in_words(0), "no time");
    }

    #[test]
    fn a_look_is_not_counted_and_a_screen_left_open_counts_for_at_most_a_day() {
        assert_eq!(at_the_screen(19), None);
        assert_eq!(at_the_screen(20), Some(1));
        assert_eq!(at_the_screen(61), Some(2));
        assert_eq!(at_the_screen(u32::MAX), Some(480));
    }

    #[test]
    fn a_week_begins_on_monday_and_is_drawn_up_a_week_after_its_end() {
        assert_eq!(monday(date(2026, 11, 22)), date(2026, 11, 16));
        assert_eq!(monday(date(2026, 11, 16)), date(2026, 11, 16));
        assert_eq!(drawn_up(date(2026, 11, 16)).unwrap().to_string(), "2026-11-30T00:00:00Z");
    }

    proptest! {
        /// Whatever the teams: with the totals told, no way of taking one from another leaves fewer than five people.
        /// Told groups are inside, outside or around each other, so all that can be worked out are the parts that are
        /// left of each without those told directly inside it, and sums of them.
        #[test]
        fn what_is_told_tells_of_nobody(sets in proptest::collection::vec(proptest::collection::btree_set(0..24_u8, 0..16), 1..9)) {
            let told = told(&sets);
            let mut kept: Vec<&BTreeSet<u8>> = sets.iter().zip(&told).filter(|one| *one.1).map(|one| one.0).collect();
            kept.sort();
            kept.dedup();
            for one in &kept {
                let mut left: BTreeSet<u8> = (*one).clone();
                for other in kept.iter().filter(|other| other != &one) {
                    prop_assert!(one.is_subset(other) || other.is_subset(one) || one.is_disjoint(other));
                    if other.is_subset(one) {
                        left.retain(|person| !other.contains(person));
                    }
                }
                prop_assert!(left.is_empty() || left.len() >= LEAST);
            }
        }
    }
}
