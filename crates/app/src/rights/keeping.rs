//! How long a record is kept: the facts read, and the rules of practice asked.

use super::store::{self, StoryRow};
use crate::{Oops, Result};
use db::{Conn, args};
use jiff::civil::Date;
use practice::calendar::london_day;
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::person::{Birth, BirthBasis};
use practice::retention::{Hold, HoldKind, Kept, Period, RecordKind, Schedule, Story, Until};
use std::sync::LazyLock;
use uuid::Uuid;

static SCHEDULE: LazyLock<std::result::Result<Schedule, String>> =
    LazyLock::new(|| Schedule::built_in().map_err(|error| error.to_string()));

/// The schedule that comes with the program.
///
/// # Errors
/// Never in a program that passed its tests.
pub fn schedule() -> Result<&'static Schedule> {
    SCHEDULE.as_ref().map_err(|error| Oops::Broken(error.clone()))
}

const fn kind_of(episode: EpisodeKind) -> RecordKind {
    match episode {
        EpisodeKind::FamilyHelp => RecordKind::FamilyHelp,
        EpisodeKind::ChildInNeed => RecordKind::ChildInNeed,
        EpisodeKind::ChildProtection => RecordKind::ChildProtection,
        EpisodeKind::LookedAfter => RecordKind::LookedAfter,
        EpisodeKind::LeavingCare => RecordKind::LeavingCare,
        EpisodeKind::Adult => RecordKind::Adult,
    }
}

fn take(story: &mut Story, begun: &mut Option<Date>, row: &StoryRow) {
    let day = |day: Option<db::Day>| day.map(|day| day.0);
    let (first, last) = (day(row.first_day), day(row.last_day));
    match (row.what.as_str(), first) {
        ("birth", Some(on)) => {
            story.birth = BirthBasis::from_code(&row.code).map(|basis| Birth { on, basis });
        }
        ("died", _) => story.died = row.words.as_deref().and_then(|words| words.parse().ok()),
        ("episode", Some(from)) => {
            if let Some(kind) = EpisodeKind::from_code(&row.code) {
                story.periods.push(Period { kind: kind_of(kind), from, to: last });
            }
            if let (Some("Adopted"), Some(on)) = (row.words.as_deref(), last) {
                story.periods.push(Period { kind: RecordKind::AdoptionOrder, from: on, to: Some(on) });
            }
            story.last = story.last.max(last);
        }
        ("step" | "asked", _) => story.last = story.last.max(first).max(last),
        ("hold" | "hold-everyone", Some(from)) => story.holds.push(Hold {
            kind: HoldKind::from_code(&row.code).unwrap_or(HoldKind::Other),
            reason: row.words.clone().unwrap_or_default(),
            from,
            everyone: row.what == "hold-everyone",
        }),
        ("entry", _) => story.last = story.last.max(row.instant.map(|at| london_day(at.0))),
        ("person", _) => *begun = row.instant.map(|at| london_day(at.0)),
        _ => {}
    }
    // nobody's record goes while they wait for it
    if let ("asked", "open", Some(from)) = (row.what.as_str(), row.code.as_str(), first) {
        let reason = "Their request is not answered yet".to_owned();
        story.holds.push(Hold { kind: HoldKind::Asked, reason, from, everyone: false });
    }
}

async fn story(conn: &mut Conn, person: PersonId) -> Result<Story> {
    let (mut story, mut begun) = (Story::default(), None);
    for row in conn.all::<StoryRow>(store::STORY, args![person]).await? {
        take(&mut story, &mut begun, &row);
    }
    // of somebody of whom nothing else is known, the day their record was begun
    story.last = story.last.or(begun);
    Ok(story)
}

/// Whether somebody has a record for their own sake, as a child or a care leaver has.
fn stands_alone(story: &Story) -> bool {
    story.periods.iter().any(|period| period.kind != RecordKind::Adult)
}

/// Until when a person's record is kept, and why.
///
/// # Errors
/// Where the database refuses.
pub async fn kept(conn: &mut Conn, person: PersonId, today: Date) -> Result<Kept> {
    let schedule = schedule()?;
    let mut own = story(conn, person).await?;
    if !stands_alone(&own) {
        let others: Vec<(Uuid,)> = conn.all(store::BELONGS_TO, args![person]).await?;
        for (other,) in others {
            let of_other = story(conn, other.into()).await?;
            if stands_alone(&of_other) {
                let until = of_other.kept(schedule, today).until;
                own.belongs_to = Some(own.belongs_to.map_or(until.clone(), |held| Until::later(held, until)));
            }
        }
    }
    Ok(own.kept(schedule, today))
}

/// A look for records whose time has come.
#[derive(Clone, Debug, Default)]
pub struct Due {
    /// Whose, with why they were kept so long; holds among it.
    pub people: Vec<(PersonId, Kept)>,
    /// From whom to go on, where there are more to look at.
    pub further: Option<PersonId>,
}

/// Looks through up to two hundred records of which nothing is open and nothing was recorded for years, after one.
///
/// # Errors
/// Where the database refuses.
pub async fn due(conn: &mut Conn, after: Option<PersonId>, today: Date) -> Result<Due> {
    let shortest = schedule()?.all().iter().map(|rule| rule.years).min().unwrap_or(1);
    let months = i32::try_from(shortest * 12).unwrap_or(0);
    let since = practice::calendar::add_months(today, -months);
    let instant = practice::calendar::end_of_day(since);
    let values = args![instant, after.unwrap_or(PersonId(Uuid::nil())), since];
    let old: Vec<(Uuid,)> = conn.all(store::OLD, values).await?;
    let mut found = Due { further: (old.len() == 200).then(|| PersonId(old[199].0)), ..Due::default() };
    for (person,) in old {
        let kept = kept(conn, person.into(), today).await?;
        if matches!(&kept.until, Until::Day(day) if *day < today) {
            found.people.push((person.into(), kept));
        }
    }
    Ok(found)
}
