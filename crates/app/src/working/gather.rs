//! Gathering the people of a worker or of teams in a few statements, and leaving out whom the reader may not open.

use super::people::{Ally, LastSeen, OpenEpisode, Someone};
use super::store::{self, AT_ONCE, EpisodeRow, PersonRow, SeenRow, WorkerRow};
use crate::Result;
use crate::access::Reach;
use crate::clock::store::{KeptRow, ReasonRow};
use crate::clock::told;
use db::{Conn, DbError, Value, args};
use practice::access::{AllocationKind, Sight};
use practice::episode::EpisodeKind;
use practice::id::{PersonId, TeamId, WorkerId};
use practice::person::{Birth, BirthBasis, PersonKind};
use std::collections::HashMap;
use uuid::Uuid;

/// The texts that ask about one sort of group.
struct Texts {
    people: &'static str,
    episodes: &'static str,
    workers: &'static str,
    seen: &'static str,
    clocks: &'static str,
    reasons: &'static str,
}

const OF_WORKER: Texts = Texts {
    people: store::PEOPLE_OF_WORKER,
    episodes: store::EPISODES_OF_WORKER,
    workers: store::WORKERS_OF_WORKER,
    seen: store::SEEN_OF_WORKER,
    clocks: store::CLOCKS_OF_WORKER,
    reasons: store::REASONS_OF_WORKER,
};
const OF_TEAMS: Texts = Texts {
    people: store::PEOPLE_OF_TEAMS,
    episodes: store::EPISODES_OF_TEAMS,
    workers: store::WORKERS_OF_TEAMS,
    seen: store::SEEN_OF_TEAMS,
    clocks: store::CLOCKS_OF_TEAMS,
    reasons: store::REASONS_OF_TEAMS,
};

/// The people a worker works with today and those of absent colleagues they stand in for, as far as this
/// reader may open them; by name.
///
/// # Errors
/// Where the database refuses.
pub async fn of_worker(conn: &mut Conn, reach: &Reach, worker: WorkerId) -> Result<Vec<Someone>> {
    gather(conn, reach, &OF_WORKER, &args![worker, reach.today()], Sight::Open).await
}

/// The people teams work with today, by name, each once. With [`Sight::Open`] as the least, only those whom this
/// reader may open; with [`Sight::Exists`] also those of whom they may know, and then only that.
///
/// # Errors
/// Where the database refuses.
pub async fn of_teams(
    conn: &mut Conn,
    reach: &Reach,
    teams: &[TeamId],
    least: Sight,
) -> Result<Vec<Someone>> {
    let mut all: Vec<Someone> = vec![];
    for some in teams.chunks(AT_ONCE) {
        let Some((&first, &last)) = some.first().zip(some.last()) else { continue };
        let mut values = args![first, reach.today()];
        let rest = some.iter().skip(1).copied().chain(std::iter::repeat(last)).take(AT_ONCE - 1);
        values.extend(rest.map(|team| Value::Key(Some(team.0))));
        let found = gather(conn, reach, &OF_TEAMS, &values, least).await?;
        if all.is_empty() {
            all = found;
        } else {
            all.extend(found);
            all.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
            all.dedup_by_key(|one| one.id);
        }
    }
    Ok(all)
}

async fn gather(
    conn: &mut Conn,
    reach: &Reach,
    texts: &Texts,
    of: &[Value],
    least: Sight,
) -> Result<Vec<Someone>> {
    let rows: Vec<PersonRow> = conn.all(texts.people, of.to_vec()).await?;
    let mut people: Vec<Someone> = Vec::with_capacity(rows.len());
    for row in rows {
        if people.last().is_none_or(|last| last.id.0 != row.id) {
            people.push(someone(row)?);
        }
    }
    let ids: Vec<PersonId> = people.iter().map(|one| one.id).collect();
    let standings = reach.standings(conn, &ids).await?;
    people.retain_mut(|one| {
        let Some(standing) = standings.get(&one.id) else { return false };
        let may = |sight| reach.decide(standing, sight).is_allowed();
        one.open = may(Sight::Open);
        if !one.open {
            (one.birth, one.household) = (None, None);
        }
        one.open || (least == Sight::Exists && may(Sight::Exists))
    });
    if people.is_empty() {
        return Ok(people);
    }
    let mut found = Found::of(people);
    found.episodes(conn.all(texts.episodes, of.to_vec()).await?)?;
    found.workers(conn.all(texts.workers, of.to_vec()).await?)?;
    found.seen(conn.all(texts.seen, of.to_vec()).await?);
    let mut clocks: Vec<KeptRow> = conn.all(texts.clocks, of.to_vec()).await?;
    clocks.retain(|row| found.opened(row.person_id).is_some());
    let reasons: Vec<ReasonRow> = conn.all(texts.reasons, of.to_vec()).await?;
    for kept in told(conn, reach.today(), clocks, reasons).await? {
        if let Some(one) = found.opened(kept.person.0) {
            one.clocks.push(kept);
        }
    }
    Ok(found.people)
}

/// People found, and where in the list each stands.
struct Found {
    people: Vec<Someone>,
    places: HashMap<Uuid, usize>,
}

impl Found {
    fn of(people: Vec<Someone>) -> Self {
        let places = people.iter().enumerate().map(|(at, one)| (one.id.0, at)).collect();
        Self { people, places }
    }

    fn one(&mut self, person: Uuid) -> Option<&mut Someone> {
        self.places.get(&person).and_then(|&at| self.people.get_mut(at))
    }

    /// Someone whom the reader may open.
    fn opened(&mut self, person: Uuid) -> Option<&mut Someone> {
        self.one(person).filter(|one| one.open)
    }

    fn episodes(&mut self, rows: Vec<EpisodeRow>) -> Result<()> {
        for row in rows {
            let kind =
                EpisodeKind::from_code(&row.kind).ok_or_else(|| broken("episode", "kind", row.person_id))?;
            let Some(one) = self.one(row.person_id) else { continue };
            let brought = row.last_seen.map(|day| day.0).filter(|_| one.open);
            if let Some(on) = brought.filter(|on| one.seen.as_ref().is_none_or(|seen| seen.on < *on)) {
                one.seen = Some(LastSeen { on, alone: false, by: None, brought: true });
            }
            let team = row.team_id.map(|id| (TeamId(id), row.team.unwrap_or_default()));
            one.episodes.push(OpenEpisode { kind, team, from: row.from_date.0 });
        }
        Ok(())
    }

    fn workers(&mut self, rows: Vec<WorkerRow>) -> Result<()> {
        for row in rows {
            let part = AllocationKind::from_code(&row.part)
                .ok_or_else(|| broken("allocation", "part", row.person_id))?;
            let Some(one) = self.one(row.person_id) else { continue };
            one.workers.push(Ally {
                worker: row.worker_id.into(),
                name: row.name,
                hue: row.hue,
                part,
                from: row.from_date.0,
                to: row.to_date.map(|day| day.0),
                team: row.team_id.map(TeamId),
            });
        }
        Ok(())
    }

    fn seen(&mut self, rows: Vec<SeenRow>) {
        for row in rows {
            let Some(one) = self.opened(row.person_id) else { continue };
            let seen = LastSeen::entry(row.happened_at.0, &row.seen, row.author);
            if one.seen.as_ref().is_none_or(|held| held.on <= seen.on) {
                one.seen = Some(seen);
            }
        }
    }
}

fn broken(table: &'static str, column: &'static str, row: Uuid) -> DbError {
    DbError::Broken { table, column, row: row.to_string() }
}

fn someone(row: PersonRow) -> Result<Someone> {
    let birth = match (row.born_on, row.basis.as_deref()) {
        (Some(on), Some(basis)) => {
            let basis =
                BirthBasis::from_code(basis).ok_or_else(|| broken("person_birth", "basis", row.id))?;
            Some(Birth { on: on.0, basis })
        }
        _ => None,
    };
    Ok(Someone {
        id: row.id.into(),
        kind: PersonKind::from_code(&row.kind).ok_or_else(|| broken("person", "kind", row.id))?,
        name: row.shown_name,
        full_name: row.full_name,
        initials: row.initials,
        hue: row.hue,
        open: false,
        birth_year: row.birth_year,
        birth,
        household: row.household_id,
        episodes: vec![],
        workers: vec![],
        seen: None,
        clocks: vec![],
    })
}
