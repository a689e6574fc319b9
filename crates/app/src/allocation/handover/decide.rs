//! What is looked at before a hand-over is decided: workers and teams they had, how often they told their story, what the
//! one who is asked would hold.

use super::read::handovers;
use super::store::{self, HeldRow};
use crate::allocation::actions::{Helper, helpers};
use crate::clock::shown::day;
use crate::frame::hue;
use crate::working::{how_long, plural};
use crate::{Oops, Result, told};
use db::{At, Conn, Day, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Number, numbers, ribbon};
use practice::access::AllocationKind;
use practice::calendar::{days_between, london_day};
use practice::continuity::{Cause, Contact, Continuity, Measured, Spell, continuity};
use practice::entry::EntryKind;
use practice::episode::EpisodeKind;
use practice::handover::State;
use practice::id::{PersonId, WorkerId};
use practice::load::{Held, Load, WHOLE_WEEK, Weights, Working};
use practice::role::Role;
use uuid::Uuid;

/// What is looked at.
pub(super) struct Before {
    pub(super) continuity: Continuity,
    /// Who was responsible, the first first.
    pub(super) workers: Vec<Helper>,
    /// How many times they had to tell again what they had told.
    pub(super) told_again: usize,
    /// What the one who is asked holds now, and would hold.
    pub(super) load: Option<(Load, Load)>,
}

/// Who was responsible for somebody over time and who was in touch, as it was recorded.
#[derive(Clone, Debug)]
pub struct OverTime {
    /// Who was responsible, the first first.
    pub workers: Vec<Helper>,
    /// The same for the rules, each with why it began.
    pub spells: Vec<Spell>,
    /// Of each whether there was a hand-over to them, and whether they met together with whoever went.
    pub handed: Vec<Option<bool>>,
    /// Who was in touch when.
    pub contacts: Vec<Contact>,
    /// Whether an episode is open: then somebody is needed.
    pub needed: bool,
}

/// Who was responsible for somebody over time, and who was in touch. Says nothing of who may read it.
///
/// # Errors
/// Where the database refuses.
pub async fn over_time(conn: &mut Conn, person: PersonId, today: Date) -> Result<OverTime> {
    let all = helpers(conn, person).await?;
    let done = handovers(conn, person, today).await?;
    let taken = |one: &Helper| {
        let fits = |it: &&super::Handover| {
            it.standing.state == State::TakenOver
                && it.standing.to == one.worker
                && it.standing.offered_on <= one.from
                && it.ended_on.is_some_and(|on| one.from <= on)
        };
        done.iter().find(fits)
    };
    let workers: Vec<Helper> =
        all.iter().rev().filter(|one| one.part == AllocationKind::Responsible).cloned().collect();
    let any = workers.iter().any(|one| taken(one).is_some());
    let met: Vec<(Uuid, Day)> = if any { conn.all(store::INTRODUCED, args![person]).await? } else { vec![] };
    let spell = |one: &Helper| Spell {
        worker: one.worker,
        team: one.team.as_ref().map(|team| team.0),
        from: one.from,
        to: one.to,
        cause: taken(one).map_or(Cause::NotSaid, |it| it.cause),
    };
    let handed = |one: &Helper| {
        let it = taken(one)?;
        Some(met.iter().any(|(of, on)| *of == it.id && it.ended_on.is_some_and(|ended| on.0 <= ended)))
    };
    let rows: Vec<(At, Uuid, String)> = conn.all(store::CONTACTS, args![person]).await?;
    let contacts: Vec<Contact> = rows
        .into_iter()
        .filter(|row| EntryKind::from_code(&row.2).is_some_and(EntryKind::is_contact))
        .map(|(at, worker, _)| Contact { on: london_day(at.0), worker: worker.into() })
        .collect();
    Ok(OverTime {
        spells: workers.iter().map(spell).collect(),
        handed: workers.iter().map(handed).collect(),
        needed: conn.number(store::OPEN, args![person, today]).await? > 0,
        workers,
        contacts,
    })
}

/// Who was responsible and why each became so, and who was in touch.
///
/// # Errors
/// Where the database refuses.
pub async fn continuity_of(conn: &mut Conn, person: PersonId, today: Date) -> Result<Continuity> {
    let over = over_time(conn, person, today).await?;
    Ok(continuity(&over.spells, &over.contacts, today))
}

/// Each person held, from rows that stand together by person.
pub(in crate::allocation) fn holds(rows: Vec<HeldRow>) -> Vec<(Uuid, Held)> {
    let mut people: Vec<(Uuid, Held)> = vec![];
    for row in rows {
        if people.last().is_none_or(|last| last.0 != row.person_id) {
            let minutes_away = row.minutes_away.and_then(|minutes| u32::try_from(minutes).ok());
            let household = row.household_id;
            people.push((row.person_id, Held { household, minutes_away, ..Held::default() }));
        }
        let kind = row.kind.as_deref().and_then(EpisodeKind::from_code);
        if let (Some((_, last)), Some(kind)) = (people.last_mut(), kind) {
            last.kinds.push(kind);
        }
    }
    people
}

fn held(rows: Vec<HeldRow>) -> Vec<Held> {
    holds(rows).into_iter().map(|one| one.1).collect()
}

/// How somebody works on a day: newly qualified or not, and how much of a whole week.
async fn working(conn: &mut Conn, worker: WorkerId, today: Date) -> Result<Working> {
    let roles: Vec<(String,)> = conn.all(store::ROLES, args![worker, today]).await?;
    let newly_qualified = roles.iter().any(|role| Role::from_code(&role.0) == Some(Role::NewlyQualified));
    let share: Option<(i64,)> = conn.maybe(store::SHARE, args![worker, today]).await?;
    let share = share.and_then(|share| u32::try_from(share.0).ok());
    Ok(Working { newly_qualified, percent_of_week: share.unwrap_or(WHOLE_WEEK) })
}

/// What a worker holds on a day, weighed, and what they can.
///
/// # Errors
/// Where the database refuses.
pub async fn load_of(conn: &mut Conn, worker: WorkerId, today: Date) -> Result<Load> {
    let weights = Weights::usual().map_err(|error| Oops::Broken(error.to_string()))?;
    let working = working(conn, worker, today).await?;
    let people = held(conn.all(store::HELD, args![worker, today]).await?);
    Ok(weights.load(working, &people, today))
}

/// What a worker holds on a day, weighed, and what they would hold with one more.
///
/// # Errors
/// Where the database refuses.
pub async fn load_with(
    conn: &mut Conn,
    worker: WorkerId,
    more: PersonId,
    today: Date,
) -> Result<(Load, Load)> {
    let weights = Weights::usual().map_err(|error| Oops::Broken(error.to_string()))?;
    let working = working(conn, worker, today).await?;
    let mut people = held(conn.all(store::HELD, args![worker, today]).await?);
    let now = weights.load(working, &people, today);
    people.extend(held(conn.all(store::HELD_ONE, args![more, today]).await?));
    Ok((now, weights.load(working, &people, today)))
}

impl Before {
    pub(super) async fn read(
        conn: &mut Conn,
        (person, to): (PersonId, Option<WorkerId>),
        today: Date,
    ) -> Result<Self> {
        let workers: Vec<Helper> = helpers(conn, person)
            .await?
            .into_iter()
            .rev()
            .filter(|one| one.part == AllocationKind::Responsible)
            .collect();
        let load = match to {
            Some(to) => Some(load_with(conn, to, person, today).await?),
            None => None,
        };
        Ok(Self {
            continuity: continuity_of(conn, person, today).await?,
            told_again: told::story(conn, person, None).await?.again.len(),
            workers,
            load,
        })
    }

    /// The numbers, the ribbon and the same in words.
    pub(super) fn markup(&self, (name, story): (&str, &str), today: Date) -> Markup {
        let workers = self.continuity.workers.to_string();
        let teams = self.continuity.teams.to_string();
        let told = self.told_again.to_string();
        let since = self.workers.first().map(|one| how_long(one.from, today));
        let one_or =
            |n: usize, one: &str, several: &str| if n == 1 { one.to_owned() } else { several.to_owned() };
        let mut workers_said =
            one_or(self.continuity.workers, "responsible worker so far", "responsible workers so far");
        if let Some(long) = &since {
            workers_said.push_str(&format!(", in {long}"));
        }
        let teams_said = one_or(self.continuity.teams, "team they were of", "teams they were of");
        let told_said = one_or(self.told_again, "time", "times") + " they had to tell their story again";
        let mut all = vec![
            Number { value: &workers, label: &workers_said, href: None },
            Number { value: &teams, label: &teams_said, href: None },
            Number { value: &told, label: &told_said, href: Some(story) },
        ];
        let load = self.load.map(|(now, then)| {
            let over = then.over().map(|over| format!(". That is {over} over the limit"));
            let label = format!(
                "points whoever is asked would hold, from {}{}",
                now.points,
                over.unwrap_or_default()
            );
            (format!("{} of {}", then.points, then.limit), label)
        });
        if let Some((value, label)) = &load {
            all.push(Number { value, label, href: None });
        }
        html! {
            (numbers(&all))
            @if self.workers.len() > 1 { (self.tenure(today)) }
            (self.steadiness(name))
        }
    }

    /// Who was responsible over time, and the same in words.
    fn tenure(&self, today: Date) -> Markup {
        let mut spans = vec![];
        let mut label = vec![];
        for one in &self.workers {
            let until = one.to.unwrap_or(today);
            spans.push((hue(one.hue), u32::try_from(days_between(one.from, until)).unwrap_or(0).max(1)));
            let first = one.name.split_whitespace().next().unwrap_or(&one.name);
            label.push(format!("{first} {}", how_long(one.from, until)));
        }
        html! {
            (ribbon(&format!("Who was responsible: {}", label.join(", ")), &spans))
            p.small { (label.join(", ")) "." }
        }
    }

    /// How much of the help came from somebody they know, by who was there and by who was responsible.
    fn steadiness(&self, name: &str) -> Markup {
        let share = |measured: &Measured| match (measured.steady(), measured.caution()) {
            (None, _) => "too few to say".to_owned(),
            (Some(steady), None) => format!("{} in 100", steady.usual.percent()),
            (Some(steady), Some(caution)) => format!("{} in 100, {caution}", steady.usual.percent()),
        };
        let never: Vec<&str> = self
            .continuity
            .never_met
            .iter()
            .filter_map(|worker| Some(self.workers.iter().find(|one| one.worker == *worker)?.name.as_str()))
            .collect();
        let design = self.continuity.because(Cause::Stage);
        let changes = self.continuity.changes.len();
        html! {
            p.small.soft {
                "Of the times somebody was in touch, with the same worker: " (share(&self.continuity.by_contact))
                ". Of the days, the same worker responsible: " (share(&self.continuity.by_allocation)) ". "
                @if changes > 0 {
                    (plural(changes, "change", "changes")) " of worker"
                    @if design > 0 { ", " (design) " because another kind of help began" } ". "
                }
                @if !never.is_empty() { "Nobody wrote down that " (name) " ever met " (never.join(", ")) "." }
            }
        }
    }
}

/// "Callum Idris, since 6 May": who is responsible now.
pub(super) fn current(workers: &[Helper], today: Date) -> Option<(&Helper, String)> {
    let now = workers.iter().rev().find(|one| one.to.is_none())?;
    Some((now, format!("{}, since {}", now.name, day(now.from, today))))
}
