//! The dated facts that the rules use: code lists, bank holidays, the years whose rules are held.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::day::Day;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    first_year: u16,
    last_year: u16,
    bank_holidays: BTreeMap<String, Vec<String>>,
    list: Vec<WrittenList>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenList {
    name: String,
    from: u16,
    codes: Vec<String>,
}

/// A list of codes, by the name it has in the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    ReferralSource,
    PrimaryNeed,
    ClosureReason,
    ClosedAfterAssessment,
    Ethnicity,
    Disability,
    Abuse,
    Sex,
    Gender,
    Factor,
    NoUpnAtSchoolAge,
    PreProceedingsOutcome,
    UpnAuthority,
}

const LISTS: [(List, &str); 13] = [
    (List::ReferralSource, "referral_source"),
    (List::PrimaryNeed, "primary_need"),
    (List::ClosureReason, "closure_reason"),
    (List::ClosedAfterAssessment, "closed_after_assessment"),
    (List::Ethnicity, "ethnicity"),
    (List::Disability, "disability"),
    (List::Abuse, "abuse"),
    (List::Sex, "sex"),
    (List::Gender, "gender"),
    (List::Factor, "factor"),
    (List::NoUpnAtSchoolAge, "no_upn_at_school_age"),
    (List::PreProceedingsOutcome, "pre_proceedings_outcome"),
    (List::UpnAuthority, "upn_authority"),
];

/// Everything held, of all years.
#[derive(Debug)]
struct Held {
    first_year: u16,
    last_year: u16,
    holidays: HashSet<Day>,
    holiday_years: HashSet<i32>,
    lists: Vec<(String, u16, HashSet<String>)>,
}

#[expect(clippy::expect_used, reason = "the data is part of the program, and a test reads all of it")]
static HELD: LazyLock<Held> = LazyLock::new(|| {
    read(include_str!("../../data/cin-census.toml")).expect("data/cin-census.toml is read by a test")
});

fn read(text: &str) -> Result<Held, String> {
    let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut holidays = HashSet::new();
    let mut holiday_years = HashSet::new();
    for (year, days) in &written.bank_holidays {
        holiday_years.insert(year.parse().map_err(|_| format!("not a year: {year}"))?);
        for day in days {
            holidays.insert(
                Day::read(&format!("{year}-{day}")).ok_or_else(|| format!("no such day: {year}-{day}"))?,
            );
        }
    }
    let mut lists = Vec::new();
    for list in written.list {
        let mut codes = HashSet::new();
        for code in list.codes {
            match code.split_once('-') {
                Some((from, to)) => {
                    let number =
                        |text: &str| text.parse::<u32>().map_err(|_| format!("not a number: {code}"));
                    codes.extend((number(from)?..=number(to)?).map(|n| format!("{n:03}")));
                }
                None => {
                    codes.insert(code);
                }
            }
        }
        lists.push((list.name, list.from, codes));
    }
    lists.sort_by_key(|(_, from, _)| *from);
    Ok(Held { first_year: written.first_year, last_year: written.last_year, holidays, holiday_years, lists })
}

/// The first and last year whose rules are held.
pub(crate) fn years() -> std::ops::RangeInclusive<u16> {
    HELD.first_year..=HELD.last_year
}

/// The facts of one year.
#[derive(Debug, Clone)]
pub(crate) struct Law {
    lists: [&'static HashSet<String>; LISTS.len()],
}

static EMPTY: LazyLock<HashSet<String>> = LazyLock::new(HashSet::new);

impl Law {
    pub(crate) fn of(year: u16) -> Self {
        let lists = LISTS.map(|(_, name)| {
            HELD.lists
                .iter()
                .rfind(|(held, from, _)| held == name && *from <= year)
                .map_or(&*EMPTY, |(_, _, codes)| codes)
        });
        Self { lists }
    }

    /// Whether a list holds exactly this code.
    pub(crate) fn holds(&self, list: List, code: &str) -> bool {
        self.lists[list as usize].contains(code)
    }
}

fn is_working_day(day: Day) -> bool {
    !day.is_weekend() && !HELD.holidays.contains(&day)
}

/// A day some working days back. A day that is not a working day first moves on to the next one (census facts 1.5).
///
/// # Errors
/// Where the bank holidays of a year on the way are not held.
pub(crate) fn working_days_before(day: Day, count: u32) -> Result<Day, String> {
    let mut at = day;
    while !is_working_day(at) {
        at = at.plus_days(1);
    }
    let latest = at;
    for _ in 0..count {
        at = at.plus_days(-1);
        while !is_working_day(at) {
            at = at.plus_days(-1);
        }
    }
    for year in at.parts().0..=latest.parts().0 {
        if !HELD.holiday_years.contains(&year) {
            return Err(format!("the bank holidays of {year} are not held"));
        }
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_whole() {
        read(include_str!("../../data/cin-census.toml")).unwrap();
        for (n, (list, _)) in LISTS.iter().enumerate() {
            assert_eq!(*list as usize, n);
            assert!(!Law::of(2027).lists[n].is_empty(), "{list:?}");
        }
        assert!(Law::of(2024).holds(List::UpnAuthority, "943"));
        assert!(!Law::of(2023).holds(List::UpnAuthority, "943"));
        assert!(Law::of(2026).holds(List::UpnAuthority, "003"));
        for year in years() {
            assert!(HELD.holiday_years.contains(&i32::from(year)), "bank holidays of {year}");
        }
    }

    #[test]
    fn working_days_are_counted_as_the_facts_say() {
        let back = |day, count| working_days_before(Day::read(day).unwrap(), count).unwrap().to_string();
        for (reference, assessment, enquiry) in [
            ("2025-03-31", "2025-01-28", "2025-03-11"),
            ("2026-03-31", "2026-01-28", "2026-03-11"),
            ("2024-03-31", "2024-01-29", "2024-03-11"),
        ] {
            assert_eq!((back(reference, 44), back(reference, 14)), (assessment.into(), enquiry.into()));
        }
        assert!(working_days_before(Day::read("2029-03-31").unwrap(), 3).is_err());
    }
}
