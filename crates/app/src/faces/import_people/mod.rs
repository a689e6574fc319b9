//! Bringing a team in with its people, families, workers and history from a folder of seven tables: everything
//! is read and checked first, and every fault named; then it is stored whole, or not at all.

mod bring;
mod bring_facts;
mod bring_people;
mod bring_staff;
mod bring_work;
mod cell;
mod check;
mod columns;
mod example;
mod folder;
mod rows;
mod sheet;
pub(crate) mod store;
mod template;

pub use columns::{Column, SHEETS, Sheet};
pub use folder::{Folder, from_directory, from_uploads};
pub use template::{TemplateFile, template};

use super::imports::{
    Mode, Outcome, Problems, Progress, Report, council_ids, keep_run, only_team, refuse_demonstration,
    team_of,
};
use crate::journal::{Act, note};
use crate::person::joined;
use crate::{App, Result, Who};
use bring::{Bring, Held};
use check::Known;
use db::{Conn, args};
use practice::id::{TeamId, WorkerId};
use rows::Rows;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What goes with a folder.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The code of the team that holds what names no team.
    pub team: Option<String>,
    /// Whether it is only looked at.
    pub mode: Mode,
}

async fn known(
    conn: &mut Conn,
    team: Option<&str>,
) -> Result<(Known, Option<TeamId>, HashMap<String, WorkerId>, HashMap<String, TeamId>)> {
    let people = council_ids(conn).await?;
    let workers: Vec<(String, Uuid)> = conn.all(store::WORKERS, args![]).await?;
    let teams: Vec<(String, Uuid)> = conn.all(store::TEAMS, args![]).await?;
    let named = match team {
        Some(code) => Some(team_of(conn, code).await?),
        None => None,
    };
    let known = Known {
        people,
        workers: workers.iter().map(|row| row.0.clone()).collect(),
        teams: teams.iter().map(|row| row.0.clone()).collect(),
        team: team.map(str::to_owned),
    };
    let workers = workers.into_iter().map(|(code, id)| (code, id.into())).collect();
    let teams = teams.into_iter().map(|(code, id)| (code.to_lowercase(), id.into())).collect();
    Ok((known, named, workers, teams))
}

/// Everybody of the record, as the rows of a folder name them.
async fn held(conn: &mut Conn, known: &Known) -> Result<HashMap<String, Held>> {
    let levels: Vec<(Uuid, String)> = conn.all(store::LEVELS, args![]).await?;
    let first = joined::first_of(conn).await?;
    let hidden: HashSet<Uuid> = levels.into_iter().map(|row| row.0).collect();
    let each = known.people.iter().map(|(key, (written, id))| {
        let restricted = hidden.contains(&id.0);
        let said_as = first.get(written).copied().unwrap_or(id.0);
        (key.clone(), Held { id: *id, said_as, written: written.clone(), restricted, new: false })
    });
    Ok(each.collect())
}

/// Brings a folder of people in, or only looks at it.
///
/// # Errors
/// [`Oops::Refused`] in the demonstration; [`Oops::Wrong`] for a team that is not there; otherwise where the
/// database refuses. What is wrong with the files is no error but [`Outcome::Nothing`].
pub async fn import(
    app: &App,
    who: &Who,
    folder: &Folder,
    choice: &Choice,
    progress: Progress<'_>,
) -> Result<Outcome> {
    let mut moment = app.moment();
    let mut problems = Problems::default();
    let rows = rows::read(&folder.files, moment.today(), &mut problems);
    {
        let mut conn = app.db.read().await?;
        refuse_demonstration(app, &mut conn).await?;
        let (known, ..) = known(&mut conn, choice.team.as_deref()).await?;
        check::check(&rows, &known, &mut problems);
    }
    if !problems.is_empty() {
        problems.sort();
        return Ok(Outcome::Nothing(problems));
    }
    let mut tx = app.db.write().await?;
    let (known, named, workers, teams) = known(&mut tx, choice.team.as_deref()).await?;
    let team = match named {
        Some(team) => Some(team),
        None => only_team(&mut tx).await?.filter(|_| !makes_teams(&rows, &known)),
    };
    let people = held(&mut tx, &known).await?;
    let mut bring = Bring {
        tx: &mut tx,
        who,
        moment: &mut moment,
        report: Report::of("people", &folder.name, folder.hash()),
        problems,
        people,
        workers,
        teams,
        team,
        said: HashMap::new(),
        fresh: HashSet::new(),
        done: 0,
        progress,
        of: rows.count(),
    };
    let result = bring::bring(&mut bring, &rows).await;
    let Bring { report, mut problems, .. } = bring;
    if !problems.is_empty() {
        // what broke after a problem broke because of it
        tx.give_up().await?;
        problems.sort();
        return Ok(Outcome::Nothing(problems));
    }
    result?;
    if choice.mode == Mode::Look {
        tx.give_up().await?;
        return Ok(Outcome::Done(Box::new(report)));
    }
    let run = keep_run(&mut tx, who, &mut moment, &report).await?;
    let payload = json!({ "run": run, "hash": report.hash, "counts": report.counts });
    note(&mut tx, who, &mut moment, Act { action: "import_people", about: &[], payload }).await?;
    tx.commit().await?;
    Ok(Outcome::Done(Box::new(report)))
}

/// Whether the folder makes a team beside those there are, so that there is no only one.
fn makes_teams(rows: &Rows, known: &Known) -> bool {
    check::all_teams(rows, known).len() > 1
}

/// Whether someone signed in may bring people in, and who they then are to the actions: the program, in
/// their name.
///
/// # Errors
/// [`crate::Oops::NotAllowed`] says who may.
pub fn on_behalf(who: &Who, action: practice::access::Action, doing: &str) -> Result<Who> {
    if who.program {
        return Ok(who.clone());
    }
    crate::access::permit(who, action)?;
    let program = Who::program(&format!("{}, {doing}", who.name));
    Ok(Who { account: who.account, hue: who.hue, ..program })
}
