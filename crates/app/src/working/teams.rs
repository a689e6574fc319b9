//! The teams as they stand today, who works in them, and who is away.

use super::store::{self, AwayRow, StaffRow, TeamRow};
use crate::Result;
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::id::{PersonId, TeamId, WorkerId};
use practice::role::Role;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A team today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Which.
    pub id: TeamId,
    /// Its short code, in addresses.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it works.
    pub place: Option<String>,
    /// The team it stands under.
    pub under: Option<TeamId>,
}

/// Someone who works in a team today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// In which team.
    pub team: TeamId,
    /// Who.
    pub worker: WorkerId,
    /// Their short code, in addresses.
    pub code: String,
    /// Their name.
    pub name: String,
    /// Their colour.
    pub hue: i64,
    /// What they do there.
    pub role: Role,
}

/// Someone who is away, now or soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// Who.
    pub worker: WorkerId,
    /// Their name.
    pub name: String,
    /// From which day.
    pub from: Date,
    /// Until which day; open where nobody knows yet.
    pub to: Option<Date>,
    /// Who stands in.
    pub cover: Option<(WorkerId, String)>,
}

/// Every team of today, by name.
///
/// # Errors
/// Where the database refuses.
pub async fn teams(conn: &mut Conn, today: Date) -> Result<Vec<Team>> {
    let rows: Vec<TeamRow> = conn.all(store::TEAMS, args![today]).await?;
    let mut teams: Vec<Team> = Vec::with_capacity(rows.len());
    for row in rows {
        if teams.last().is_some_and(|last| last.id.0 == row.id) {
            continue;
        }
        teams.push(Team {
            id: row.id.into(),
            code: row.code,
            name: row.name,
            place: row.place,
            under: row.parent_id.map(Into::into),
        });
    }
    Ok(teams)
}

/// Everyone who works in a team today, by name; once for each team and role.
///
/// # Errors
/// Where the database refuses.
pub async fn staff(conn: &mut Conn, today: Date) -> Result<Vec<Member>> {
    let rows: Vec<StaffRow> = conn.all(store::STAFF, args![today]).await?;
    let member = |row: StaffRow| {
        Some(Member {
            team: row.team_id.into(),
            worker: row.id.into(),
            code: row.code,
            name: row.name,
            hue: row.hue,
            role: Role::from_code(&row.role)?,
        })
    };
    Ok(rows.into_iter().filter_map(member).collect())
}

/// Who is away between two days, with them, by when it begins.
///
/// # Errors
/// Where the database refuses.
pub async fn away(conn: &mut Conn, from: Date, to: Date) -> Result<Vec<Away>> {
    let rows: Vec<AwayRow> = conn.all(store::AWAY, args![from, to]).await?;
    let away = |row: AwayRow| Away {
        worker: row.worker_id.into(),
        name: row.name,
        from: row.from_date.0,
        to: row.to_date.map(|day| day.0),
        cover: row.cover_id.map(|id| (id.into(), row.cover.unwrap_or_default())),
    };
    Ok(rows.into_iter().map(away).collect())
}

/// Each team's workers on a day, those of the teams under it included, as known at an instant: totals drawn up then never
/// change by what is put right later.
///
/// # Errors
/// Where the database refuses.
pub async fn with_those_under(
    conn: &mut Conn,
    day: Date,
    known: Timestamp,
) -> Result<BTreeMap<Uuid, BTreeSet<Uuid>>> {
    let posts: Vec<(Uuid, Uuid)> = conn.all(store::POSTS_KNOWN, args![day, known]).await?;
    let tree: Vec<(Uuid, Uuid)> = conn.all(store::TREE_KNOWN, args![day, known]).await?;
    let mut all: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for (team, worker) in posts {
        let mut up = vec![team];
        let mut seen = BTreeSet::new();
        while let Some(team) = up.pop() {
            if seen.insert(team) {
                all.entry(team).or_default().insert(worker);
                up.extend(tree.iter().filter(|under| under.0 == team).map(|under| under.1));
            }
        }
    }
    Ok(all)
}

/// Those who answer for somebody on a day: whoever is responsible for them or for a child of theirs, and whoever stands in
/// where one of those is away.
///
/// # Errors
/// Where the database refuses.
pub async fn answerers(conn: &mut Conn, person: PersonId, day: Date) -> Result<Vec<WorkerId>> {
    let workers: Vec<(Uuid,)> = conn.all(store::ANSWERERS, args![person, day]).await?;
    Ok(workers.into_iter().map(|(worker,)| worker.into()).collect())
}
