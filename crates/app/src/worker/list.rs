//! Workers, teams and bank holidays as the command line lists them.

use super::pages_workers::post_words;
use super::store::{self, HolidayRow, PostRow, TeamRow, UnderRow, WorkerRow};
use crate::Result;
use db::{Conn, args};
use jiff::civil::Date;
use serde::Serialize;

/// A worker in a list.
#[derive(Debug, Serialize)]
pub struct ListedWorker {
    /// The short word they are known by.
    pub code: String,
    /// Their name.
    pub name: String,
    /// Whether they have set up a password.
    pub can_sign_in: bool,
    /// Since when.
    pub from: Date,
    /// Until when, once they have left.
    pub to: Option<Date>,
    /// Their posts of today.
    pub posts: Vec<String>,
}

/// A team in a list.
#[derive(Debug, Serialize)]
pub struct ListedTeam {
    /// The short word it is known by.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it works.
    pub place: Option<String>,
    /// The code of the team it stands under today.
    pub under: Option<String>,
    /// Since when.
    pub from: Date,
    /// Until when, once it has ended.
    pub to: Option<Date>,
}

/// A day that was given or taken away here.
#[derive(Debug, Serialize)]
pub struct ListedHoliday {
    /// The day.
    pub day: Date,
    /// `add` or `remove`.
    pub change: String,
    /// What it is called.
    pub name: String,
}

/// Every worker, with today's posts.
///
/// # Errors
/// Where the database refuses.
pub async fn list_workers(conn: &mut Conn, today: Date) -> Result<Vec<ListedWorker>> {
    let rows: Vec<WorkerRow> = conn.all(store::WORKERS, args![]).await?;
    let posts: Vec<PostRow> = conn.all(store::ALL_POSTS, args![today]).await?;
    let of = |row: &WorkerRow| {
        posts.iter().filter(|post| post.worker_id == row.id).map(post_words).collect::<Vec<_>>()
    };
    let listed = rows.iter().map(|row| ListedWorker {
        code: row.code.clone(),
        name: row.name.clone(),
        can_sign_in: row.ready && row.ended_at.is_none(),
        from: row.from_date.0,
        to: row.to_date.map(|to| to.0),
        posts: of(row),
    });
    Ok(listed.collect())
}

/// Every team, with where it stands today.
///
/// # Errors
/// Where the database refuses.
pub async fn list_teams(conn: &mut Conn, today: Date) -> Result<Vec<ListedTeam>> {
    let rows: Vec<TeamRow> = conn.all(store::TEAMS, args![]).await?;
    let tree: Vec<UnderRow> = conn.all(store::TREE, args![]).await?;
    let under = |team: &TeamRow| {
        let stands = |row: &&UnderRow| {
            row.team_id == team.id && row.from_date.0 <= today && row.to_date.is_none_or(|to| to.0 >= today)
        };
        let parent = tree.iter().find(stands)?.parent_id;
        rows.iter().find(|row| row.id == parent).map(|row| row.code.clone())
    };
    let listed = rows.iter().map(|row| ListedTeam {
        code: row.code.clone(),
        name: row.name.clone(),
        place: row.place.clone(),
        under: under(row),
        from: row.from_date.0,
        to: row.to_date.map(|to| to.0),
    });
    Ok(listed.collect())
}

/// Every day that was given or taken away here.
///
/// # Errors
/// Where the database refuses.
pub async fn list_holidays(conn: &mut Conn) -> Result<Vec<ListedHoliday>> {
    let rows: Vec<HolidayRow> = conn.all(store::HOLIDAYS, args![]).await?;
    let listed = |row: HolidayRow| ListedHoliday { day: row.day.0, change: row.change, name: row.name };
    Ok(rows.into_iter().map(listed).collect())
}
