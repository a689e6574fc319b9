//! `alongside team`: the same actions as the pages of teams.

use crate::config::Config;
use crate::worker::{council, done};
use anyhow::{Context, Result};
use app::Who;
use app::worker::{self, AddTeam};
use clap::Subcommand;
use jiff::civil::Date;
use practice::id::TeamId;
use std::process::ExitCode;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Add a team
    Add {
        /// The short word it is known by
        code: String,
        /// Its name
        #[arg(long)]
        name: String,
        /// Where it works
        #[arg(long)]
        place: Option<String>,
        /// The code of the team it stands under
        #[arg(long)]
        under: Option<String>,
        /// Its first day (today without it)
        #[arg(long)]
        from: Option<Date>,
    },
    /// List teams
    List,
    /// Put a team under another from a day on; at the top without --under
    Move {
        /// The team's code
        code: String,
        /// The code of the team it stands under
        #[arg(long)]
        under: Option<String>,
        /// From which day (today without it)
        #[arg(long)]
        from: Option<Date>,
    },
    /// End a team; refused while it holds episodes, workers or other teams
    End {
        /// The team's code
        code: String,
        /// Its last day (today without it)
        #[arg(long)]
        on: Option<Date>,
    },
}

async fn found(tx: &mut db::Tx, code: &str) -> Result<TeamId> {
    worker::team_by_code(tx, code).await?.with_context(|| format!("there is no team {code}"))
}

async fn above(tx: &mut db::Tx, code: Option<&str>) -> Result<Option<TeamId>> {
    match code {
        Some(code) => found(tx, code).await.map(Some),
        None => Ok(None),
    }
}

/// Runs the command.
pub(crate) async fn run(config: &Config, command: Command, json: bool) -> Result<ExitCode> {
    let app = council(config).await?;
    let (mut moment, who) = (app.moment(), Who::program("alongside team"));
    let today = moment.today();
    if let Command::List = command {
        let mut conn = app.db.read().await?;
        let all = worker::list_teams(&mut conn, today).await?;
        let line = |one: &worker::ListedTeam| {
            let under = one.under.as_ref().map_or_else(String::new, |under| format!("under {under}"));
            let to = one.to.map_or_else(String::new, |to| format!("ended on {to}"));
            format!("{}\t{}\t{under}\t{to}", one.code, one.name)
        };
        crate::write_out(&if json {
            serde_json::to_string(&all)?
        } else {
            all.iter().map(line).collect::<Vec<_>>().join("\n")
        });
        return Ok(ExitCode::SUCCESS);
    }
    let mut tx = app.db.write().await?;
    let (what, which) = match command {
        Command::Add { code, name, place, under, from } => {
            let under = above(&mut tx, under.as_deref()).await?;
            let from = from.unwrap_or(today);
            let team = AddTeam { code: code.clone(), name, place, from, to: None, under };
            worker::add_team(&mut tx, &who, &mut moment, team).await?;
            ("added", code)
        }
        Command::Move { code, under, from } => {
            let team = found(&mut tx, &code).await?;
            let under = above(&mut tx, under.as_deref()).await?;
            let to = (under, from.unwrap_or(today));
            worker::move_team(&mut tx, &who, &mut moment, team, to).await?;
            ("moved", code)
        }
        Command::End { code, on } => {
            let team = found(&mut tx, &code).await?;
            worker::end_team(&mut tx, &who, &mut moment, team, on.unwrap_or(today)).await?;
            ("ended", code)
        }
        Command::List => return Ok(ExitCode::SUCCESS),
    };
    tx.commit().await?;
    done(json, what, &which);
    Ok(ExitCode::SUCCESS)
}
