//! Breaking the glass: reading a record without a working relationship, openly, for a while, and answered for.

use super::decide::{decide, signed_in};
use super::decision::{Decision, Reason, Refusal};
use super::reader::Reader;
use super::sight::Sight;
use super::ties::Ties;
use crate::calendar::{Calendar, add_days, end_of_day, hours_after, london_day};
use crate::id::WorkerId;
use crate::person::AccessLevel;
use crate::role::Role;
use crate::words::words;
use jiff::Timestamp;
use jiff::civil::Date;

words! {
    /// What the manager's review of a broken glass found.
    GlassOutcome {
        Right = "right", "It was right to look";
        Talk = "talk", "We will talk about it";
        NotRight = "not-right", "It was not right to look";
    }
}

/// What a council decides about breaking the glass. National rules set no figure; these are defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlassRules {
    /// The most days the glass may stay open, counting today as the first.
    pub longest_days: u8,
    /// The shortest reason, in letters and digits.
    pub shortest_reason: usize,
    /// Within how many working days a manager reviews it.
    pub review_working_days: u8,
}

impl Default for GlassRules {
    fn default() -> Self {
        Self { longest_days: 7, shortest_reason: 15, review_working_days: 2 }
    }
}

/// For how long someone asks to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlassFor {
    /// One hour from now.
    OneHour,
    /// Until midnight, London time.
    Today,
    /// To the end of that day, London time.
    Until(Date),
}

/// How the reader came to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// From a page or a search, as any findable person is found.
    Search,
    /// By giving the exact name and birth date (see [`exactly_named`]).
    ExactNameAndBirth,
    /// By giving an id of the person.
    Id,
}

/// What someone who breaks the glass says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlassRequest {
    /// Why they need to look, in their own words.
    pub reason: String,
    /// For how long.
    pub how_long: GlassFor,
    /// How they came to the record.
    pub found: FoundBy,
}

/// What follows from breaking the glass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlassOpened {
    /// The instant from which it is shut again.
    pub until: Timestamp,
    /// The reason, trimmed.
    pub reason: String,
    /// Who is told at once.
    pub notices: Vec<GlassNotice>,
    /// The last day for a manager's review.
    pub review_due: Date,
}

/// Who is told that the glass was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GlassNotice {
    /// The worker responsible for the person, when there is one.
    ResponsibleWorker,
    /// The manager of the team that holds the person or, when none does, of the reader's own team.
    TeamManager,
    /// Of those two, only who is named on the restricted record's list.
    ListedOfThese,
    /// Every restricted-records officer but the reader.
    RestrictedRecordsOfficers,
}

/// Why the glass did not break.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GlassError {
    /// They may not, or need not.
    #[error("{}", .0.sentence())]
    Refused(Refusal),
    /// The reason is missing or too short to tell anyone anything.
    #[error("Say in a sentence why you need to look: the person can read this")]
    ReasonTooShort,
    /// The day is past.
    #[error("Choose today or a day to come")]
    DayPast,
    /// The day is too far off.
    #[error("Choose a day no later than {latest}")]
    TooLong {
        /// The last day that may be chosen.
        latest: Date,
    },
}

/// Whether this reader may break the glass on this record, having come to it in this way.
pub fn may_break_glass(
    reader: &Reader,
    level: AccessLevel,
    ties: &Ties,
    found: FoundBy,
    now: Timestamp,
) -> Decision {
    match weigh(reader, level, ties, found, now) {
        Ok(role) => Decision::Allowed(Reason::Post(role)),
        Err(refusal) => Decision::Refused(refusal),
    }
}

fn weigh(
    reader: &Reader,
    level: AccessLevel,
    ties: &Ties,
    found: FoundBy,
    now: Timestamp,
) -> Result<Role, Refusal> {
    let staff = signed_in(reader)?;
    let post_that = |may: fn(Role) -> bool| staff.posts.iter().map(|post| post.role).find(|role| may(*role));
    let role = match level {
        AccessLevel::Sealed => return Err(Refusal::Sealed),
        AccessLevel::Restricted if staff.administers() || ties.conflict => return Err(Refusal::Restricted),
        AccessLevel::Restricted => post_that(Role::is_duty).ok_or(Refusal::Restricted)?,
        AccessLevel::Findable if staff.administers() => return Err(Refusal::Administrator),
        AccessLevel::Findable if ties.conflict => return Err(Refusal::Conflict),
        AccessLevel::Findable => post_that(Role::works_with_people).ok_or(Refusal::NotARoleForGlass)?,
    };
    if level == AccessLevel::Restricted && found == FoundBy::Search {
        return Err(Refusal::NotExactlyAsked);
    }
    if decide(reader, level, ties, Sight::Open, now).is_allowed() {
        return Err(Refusal::NoGlassNeeded);
    }
    Ok(role)
}

/// What a request to break the glass is weighed with.
#[derive(Clone, Copy, Debug)]
pub struct GlassSetting<'a> {
    /// What the council decided.
    pub rules: GlassRules,
    /// The working days by which the review is due.
    pub calendar: &'a Calendar,
    /// The instant of the request.
    pub now: Timestamp,
}

/// Breaks the glass, or says everything that is wrong with the request. Days are London days.
pub fn break_glass(
    reader: &Reader,
    level: AccessLevel,
    ties: &Ties,
    request: &GlassRequest,
    setting: GlassSetting<'_>,
) -> Result<GlassOpened, Vec<GlassError>> {
    let GlassSetting { rules, calendar, now } = setting;
    if let Some(refusal) = may_break_glass(reader, level, ties, request.found, now).refusal() {
        return Err(vec![GlassError::Refused(refusal)]);
    }
    let reason = request.reason.trim();
    let told = reason.chars().filter(|c| c.is_alphanumeric()).count() >= rules.shortest_reason;
    match (shut_at(request.how_long, rules, now), told) {
        (Ok(until), true) => Ok(GlassOpened {
            until,
            reason: reason.into(),
            notices: glass_notices(level),
            review_due: calendar.add_working_days(london_day(now), rules.review_working_days.into()),
        }),
        (Ok(_), false) => Err(vec![GlassError::ReasonTooShort]),
        (Err(error), true) => Err(vec![error]),
        (Err(error), false) => Err(vec![GlassError::ReasonTooShort, error]),
    }
}

fn shut_at(how_long: GlassFor, rules: GlassRules, now: Timestamp) -> Result<Timestamp, GlassError> {
    let today = london_day(now);
    let last_day = match how_long {
        GlassFor::OneHour => return Ok(hours_after(now, 1)),
        GlassFor::Today => today,
        GlassFor::Until(day) => day,
    };
    let latest = add_days(today, i32::from(rules.longest_days) - 1);
    if last_day < today {
        return Err(GlassError::DayPast);
    }
    if last_day > latest {
        return Err(GlassError::TooLong { latest });
    }
    Ok(end_of_day(last_day))
}

/// Who is told. Nobody learns of a restricted record from a notice.
pub fn glass_notices(level: AccessLevel) -> Vec<GlassNotice> {
    match level {
        AccessLevel::Findable => vec![GlassNotice::ResponsibleWorker, GlassNotice::TeamManager],
        AccessLevel::Restricted => {
            vec![GlassNotice::ListedOfThese, GlassNotice::RestrictedRecordsOfficers]
        }
        AccessLevel::Sealed => Vec::new(),
    }
}

/// What ties a reviewer to a broken glass, beside the ties to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlassTies {
    /// Who broke it.
    pub broken_by: WorkerId,
    /// Whether the reviewer leads the team of whoever broke it, or a team above.
    pub leads_breaker: bool,
}

/// Whether this reader may review a broken glass: someone who leads the team that works with the person
/// or the team of whoever broke it, for a restricted record a manager who is named on its list or a
/// restricted-records officer; never whoever broke it.
pub fn may_review_glass(
    reader: &Reader,
    level: AccessLevel,
    ties: &Ties,
    glass: GlassTies,
    now: Timestamp,
) -> Decision {
    match weigh_review(reader, level, ties, glass, now) {
        Ok(reason) => Decision::Allowed(reason),
        Err(refusal) => Decision::Refused(refusal),
    }
}

fn weigh_review(
    reader: &Reader,
    level: AccessLevel,
    ties: &Ties,
    glass: GlassTies,
    now: Timestamp,
) -> Result<Reason, Refusal> {
    let staff = signed_in(reader)?;
    let mine = staff.worker == glass.broken_by;
    if level != AccessLevel::Findable {
        decide(reader, level, ties, Sight::Exists, now).into_result()?;
        if mine {
            return Err(Refusal::BrokeItThemselves);
        }
        if staff.holds(Role::RestrictedRecordsOfficer) {
            return Ok(Reason::KeepsRestrictedList);
        }
    }
    if staff.administers() {
        return Err(Refusal::Administrator);
    }
    if mine {
        return Err(Refusal::BrokeItThemselves);
    }
    if ties.conflict {
        return Err(Refusal::Conflict);
    }
    // only a lead may decide who works with the person, so this asks whether the reader leads
    let lead = Sight::Allocate(super::ties::AllocationKind::Responsible);
    if let Decision::Allowed(reason) = decide(reader, level, ties, lead, now) {
        return Ok(reason);
    }
    if glass.leads_breaker && staff.holds_any(Role::leads) {
        return Ok(Reason::LeadsBreaker);
    }
    Err(Refusal::NeedsLead)
}

/// Whether what was asked for is exactly this person: the same birth date, and one of their whole names
/// (given and family name) letter for letter, but for capitals and spaces.
pub fn exactly_named(asked_name: &str, asked_birth: Date, names: &[&str], birth: Option<Date>) -> bool {
    let plain = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let asked = plain(asked_name);
    !asked.is_empty() && birth == Some(asked_birth) && names.iter().any(|name| plain(name) == asked)
}
