//! What a young person is entitled to as a care leaver, worked out from their birth and their time in care.
//!
//! Care Planning, Placement and Case Review (England) Regulations 2010, regulation 40; Care Leavers (England)
//! Regulations 2010, regulation 3. Nothing here is stored: a corrected date gives another standing.

use crate::calendar::{add_days, add_months};
use crate::person::{Birth, BirthBasis};
use crate::words::words;
use jiff::civil::Date;

words! {
    /// What someone is entitled to as a care leaver.
    Standing {
        None = "none", "Not a care leaver";
        Eligible = "eligible", "Eligible";
        Relevant = "relevant", "Relevant";
        FormerRelevant = "former-relevant", "Former relevant";
        Qualifying = "qualifying", "Qualifying";
    }
}

/// A time in care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InCare {
    /// Its first day.
    pub from: Date,
    /// Its last day, once it has ended.
    pub to: Option<Date>,
    /// Whether it was a series of short breaks, which never counts.
    pub short_break: bool,
}

/// Thirteen weeks since the fourteenth birthday.
const DAYS_IN_CARE: i32 = 13 * 7;

/// The day someone is so many months old; none while their birth is only expected. Whoever is born on 29
/// February has their birthday on 1 March in other years.
pub fn reaches(birth: Birth, months: u32) -> Option<Date> {
    if birth.basis == BirthBasis::Expected {
        return None;
    }
    let day = add_months(birth.on, i32::try_from(months).ok()?);
    let birthday = months.is_multiple_of(12) && day.day() < birth.on.day();
    Some(if birthday { add_days(day, 1) } else { day })
}

/// The first day on which someone was eligible: looked after at 16 or 17, and for thirteen weeks in all since
/// 14. None where that has not come about by today.
pub fn eligible_from(birth: Birth, care: &[InCare], today: Date) -> Option<Date> {
    let (fourteen, sixteen, eighteen) = ages(birth)?;
    let mut care: Vec<&InCare> = care.iter().filter(|time| !time.short_break).collect();
    care.sort_unstable_by_key(|time| time.from);
    let mut spent = 0;
    let mut counted = fourteen;
    for time in care {
        let from = time.from.max(counted);
        let last = time.to.unwrap_or(today).min(today).min(eighteen.yesterday().unwrap_or(eighteen));
        if last < from {
            continue;
        }
        let enough = add_days(from, (DAYS_IN_CARE - spent - 1).max(0)).max(sixteen);
        if enough <= last {
            return Some(enough);
        }
        spent += crate::calendar::days_between(from, last) + 1;
        counted = last.tomorrow().ok()?;
    }
    None
}

/// The standing on a day. `learning` says whether they are in education or training, which lets someone who
/// qualifies be helped to 24 rather than to 20.
pub fn standing(birth: Birth, care: &[InCare], learning: bool, on: Date) -> Standing {
    let Some((_, sixteen, eighteen)) = ages(birth) else { return Standing::None };
    let year = |n: u32| reaches(birth, n * 12).unwrap_or(Date::MAX);
    if on < sixteen || on >= year(25) {
        return Standing::None;
    }
    let in_care = |day: Date| {
        let holds = |time: &InCare| time.from <= day && time.to.is_none_or(|to| day <= to);
        care.iter().any(|time| !time.short_break && holds(time))
    };
    let was_eligible = eligible_from(birth, care, on).is_some();
    if on < eighteen && was_eligible {
        return if in_care(on) { Standing::Eligible } else { Standing::Relevant };
    }
    if was_eligible {
        return Standing::FormerRelevant;
    }
    let left = |time: &InCare| !time.short_break && time.to.is_some_and(|to| to >= sixteen && to < on);
    let until = if learning { 25 } else { 21 };
    let left_then =
        care.iter().any(left) || (on >= eighteen && in_care(eighteen.yesterday().unwrap_or(eighteen)));
    if !(on < eighteen && in_care(on)) && left_then && on < year(until) {
        return Standing::Qualifying;
    }
    Standing::None
}

fn ages(birth: Birth) -> Option<(Date, Date, Date)> {
    Some((reaches(birth, 14 * 12)?, reaches(birth, 16 * 12)?, reaches(birth, 18 * 12)?))
}
