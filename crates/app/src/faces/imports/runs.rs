//! The imports there have been, and what every import asks of the council first.

use super::report::Report;
use super::store::{self, RunRow};
use crate::council::{self, Nature};
use crate::{App, Moment, Oops, Result, Who};
use db::{Conn, Tx, args};
use jiff::Timestamp;
use practice::id::{PersonId, TeamId};
use std::collections::HashMap;
use uuid::Uuid;

/// An import as it is listed.
#[derive(Clone, Debug)]
pub struct Run {
    /// Which.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who; none for the command line.
    pub by: Option<String>,
    /// What it had to say.
    pub report: Report,
}

fn read(row: RunRow) -> Result<Run> {
    Ok(Run { id: row.id, at: row.run_at.0, by: row.name, report: serde_json::from_str(&row.report)? })
}

/// The latest imports, the newest first.
///
/// # Errors
/// Where the database refuses.
pub async fn runs(conn: &mut Conn) -> Result<Vec<Run>> {
    let rows: Vec<RunRow> = conn.all(store::RUNS, args![]).await?;
    rows.into_iter().map(read).collect()
}

/// One import.
///
/// # Errors
/// [`Oops::NotFound`] where there is none.
pub async fn run(conn: &mut Conn, id: Uuid) -> Result<Run> {
    let row: Option<RunRow> = conn.maybe(store::RUN, args![id]).await?;
    read(row.ok_or(Oops::NotFound)?)
}

/// Keeps what an import had to say.
pub(crate) async fn keep_run(tx: &mut Tx, who: &Who, moment: &mut Moment, report: &Report) -> Result<Uuid> {
    let id = moment.id();
    let account = who.account.map(|account| account.0);
    let body = serde_json::to_string(report)?;
    let values = args![id, &report.kind, &report.file, &report.hash, account, moment.now(), body];
    tx.run(store::KEEP_RUN, values).await?;
    Ok(id)
}

/// A demonstration's database is marked for ever and takes no council's files.
///
/// # Errors
/// [`Oops::Refused`] says what to do instead.
pub async fn refuse_demonstration(app: &App, conn: &mut Conn) -> Result<()> {
    let marked = council::mark_of(conn).await?.is_some_and(|mark| !matches!(mark.nature, Nature::Real));
    if app.settings.demonstration || marked {
        return Err(Oops::Refused(
            "This is the demonstration council, in which everyone is invented: it takes no files. \
             Start the program with `alongside serve` and a data folder of its own, and bring them in there"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Everyone's council id, in capitals, with how it is written.
pub(crate) async fn council_ids(conn: &mut Conn) -> Result<HashMap<String, (String, PersonId)>> {
    let rows: Vec<(String, Uuid)> = conn.all(store::COUNCIL_IDS, args![]).await?;
    Ok(rows.into_iter().map(|(id, person)| (id.to_ascii_uppercase(), (id, person.into()))).collect())
}

/// The team of a code.
///
/// # Errors
/// [`Oops::Wrong`] where there is none; the sentence names those there are.
pub(crate) async fn team_of(conn: &mut Conn, code: &str) -> Result<TeamId> {
    let teams = teams(conn).await?;
    if let Some((id, _)) = teams.iter().find(|(_, held)| held.eq_ignore_ascii_case(code.trim())) {
        Ok((*id).into())
    } else {
        let codes: Vec<&str> = teams.iter().map(|(_, code)| code.as_str()).collect();
        let words = match codes[..] {
            [] => "There is no team yet. Add one first, on the administration pages or with `alongside team add`".to_owned(),
            _ => format!("There is no team {}. The teams are {}", code.trim(), codes.join(", ")),
        };
        Err(Oops::wrong("team", &words))
    }
}

/// The only team, where there is exactly one.
pub(crate) async fn only_team(conn: &mut Conn) -> Result<Option<TeamId>> {
    let teams = teams(conn).await?;
    Ok(match teams[..] {
        [(id, _)] => Some(id.into()),
        _ => None,
    })
}

async fn teams(conn: &mut Conn) -> Result<Vec<(Uuid, String)>> {
    Ok(conn.all(store::TEAMS, args![]).await?)
}
