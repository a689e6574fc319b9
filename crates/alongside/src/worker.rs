//! `alongside worker` and `alongside rule holiday`: the same actions as the pages of administration.

use crate::config::Config;
use anyhow::{Context, Result};
use app::worker::{self, AddWorker, Invited, NewPost, SetHoliday};
use app::{App, Who};
use clap::{Args, Subcommand};
use db::Tx;
use jiff::civil::Date;
use practice::calendar::Change;
use practice::role::Role;
use serde_json::json;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct New {
    /// The short word they are known by and sign in with
    code: String,
    /// Their name
    #[arg(long)]
    name: String,
    /// What they do: social-worker, team-manager ...
    #[arg(long, value_parser = role)]
    role: Role,
    /// The code of their team
    #[arg(long)]
    team: Option<String>,
    /// Their first day (today without it)
    #[arg(long)]
    from: Option<Date>,
    /// Their number with Social Work England
    #[arg(long)]
    registration_number: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Add a worker with a post
    Add(New),
    /// List workers
    List,
    /// Print a one-time link for a worker who cannot sign in yet
    Invite {
        /// The worker's code
        code: String,
    },
    /// Stop a worker's password and codes at once and print a one-time link for new ones
    Reset {
        /// The worker's code
        code: String,
    },
    /// End a worker's account; refused while they answer for people
    End {
        /// The worker's code
        code: String,
        /// Their last day (today without it)
        #[arg(long)]
        on: Option<Date>,
    },
}

#[derive(Subcommand)]
pub(crate) enum Rule {
    /// Bank holidays proclaimed since this program was made
    Holiday {
        #[command(subcommand)]
        command: Holiday,
    },
}

#[derive(Subcommand)]
pub(crate) enum Holiday {
    /// A day is a bank holiday, or with --ordinary is not one after all
    Add {
        /// The day, as 2027-05-10
        day: Date,
        /// What it is called
        #[arg(long)]
        name: String,
        /// It is an ordinary day after all
        #[arg(long)]
        ordinary: bool,
    },
    /// Take back what was set for a day
    Remove {
        /// The day, as 2027-05-10
        day: Date,
    },
    /// List what was set here
    List,
}

fn role(code: &str) -> std::result::Result<Role, String> {
    let all = || Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ");
    Role::from_code(code).ok_or_else(|| format!("choose one of: {}", all()))
}

/// Opens the council's own database, which must be up to date.
pub(crate) async fn council(config: &Config) -> Result<App> {
    let app = crate::serve::open(config, "alongside.db", false).await?;
    if app.db.behind().await? > 0 {
        anyhow::bail!("the database is not up to date: run `alongside migrate` first");
    }
    Ok(app)
}

fn link(app: &App, made: &Invited, json: bool) {
    let link = format!("{}/invitation/{}", app.settings.public_url, made.token);
    crate::write_out(&if json {
        json!({"name": made.name, "sign_in_name": made.sign_in_name, "link": link, "until": made.until})
            .to_string()
    } else {
        format!(
            "For {}, who signs in as {}. It works once, until {}:\n  {link}",
            made.name, made.sign_in_name, made.until
        )
    });
}

/// Runs `alongside worker ...`.
pub(crate) async fn run(config: &Config, command: Command, json: bool) -> Result<ExitCode> {
    let app = council(config).await?;
    let (mut moment, who) = (app.moment(), Who::program("alongside worker"));
    if let Command::List = command {
        let mut conn = app.db.read().await?;
        let all = worker::list_workers(&mut conn, moment.today()).await?;
        crate::write_out(&if json { serde_json::to_string(&all)? } else { lines(&all) });
        return Ok(ExitCode::SUCCESS);
    }
    let mut tx = app.db.write().await?;
    let code = match command {
        Command::List => return Ok(ExitCode::SUCCESS),
        Command::Add(new) => {
            let code = new.code.clone();
            let add = asked(&mut tx, new, moment.today()).await?;
            worker::add(&mut tx, &who, &mut moment, add).await?;
            tx.commit().await?;
            done(json, "added", &code);
            return Ok(ExitCode::SUCCESS);
        }
        Command::Invite { ref code } | Command::Reset { ref code } | Command::End { ref code, .. } => {
            code.clone()
        }
    };
    let id = worker::by_code(&mut tx, &code).await?.with_context(|| format!("there is no worker {code}"))?;
    if let Command::End { on, .. } = command {
        let on = on.unwrap_or_else(|| moment.today());
        worker::end(&mut tx, &who, &mut moment, id, on).await?;
        tx.commit().await?;
        done(json, "ended", &code);
        return Ok(ExitCode::SUCCESS);
    }
    let made = match command {
        Command::Reset { .. } => worker::reset(&mut tx, &who, &mut moment, id).await?,
        _ => worker::invite(&mut tx, &who, &mut moment, id).await?,
    };
    tx.commit().await?;
    link(&app, &made, json);
    Ok(ExitCode::SUCCESS)
}

/// The worker asked for, in the team asked for.
async fn asked(tx: &mut Tx, new: New, today: Date) -> Result<AddWorker> {
    let team = match &new.team {
        Some(code) => {
            let known = worker::team_by_code(tx, code).await?;
            Some(known.with_context(|| format!("there is no team {code}"))?)
        }
        None => None,
    };
    let from = new.from.unwrap_or(today);
    Ok(AddWorker {
        code: new.code,
        name: new.name,
        email: None,
        phone: None,
        registration_number: new.registration_number,
        hue: None,
        from,
        to: None,
        posts: vec![NewPost { role: new.role, team, from, to: None }],
    })
}

fn lines(all: &[worker::ListedWorker]) -> String {
    let line = |one: &worker::ListedWorker| {
        let state = match (one.to, one.can_sign_in) {
            (Some(to), _) => format!("left on {to}"),
            (None, true) => "can sign in".to_owned(),
            (None, false) => "cannot sign in yet".to_owned(),
        };
        format!("{}\t{}\t{}\t{state}", one.code, one.name, one.posts.join("; "))
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Says what was done.
pub(crate) fn done(json: bool, what: &str, which: &str) {
    crate::write_out(&if json { json!({ what: which }).to_string() } else { format!("{which}: {what}.") });
}

/// Runs `alongside rule holiday ...`. A council that is being served takes the day up when it starts next;
/// due dates are worked out anew at once.
pub(crate) async fn rule(config: &Config, command: Rule, json: bool) -> Result<ExitCode> {
    let Rule::Holiday { command } = command;
    let app = council(config).await?;
    let (mut moment, who) = (app.moment(), Who::program("alongside rule holiday"));
    match command {
        Holiday::Add { day, name, ordinary } => {
            let change = if ordinary { Change::Remove } else { Change::Add };
            let mut tx = app.db.write().await?;
            worker::set_holiday(&mut tx, &who, &mut moment, SetHoliday { day, change, name }).await?;
            tx.commit().await?;
            done(json, "set", &day.to_string());
        }
        Holiday::Remove { day } => {
            let mut tx = app.db.write().await?;
            worker::remove_holiday(&mut tx, &who, &mut moment, day).await?;
            tx.commit().await?;
            done(json, "taken back", &day.to_string());
        }
        Holiday::List => {
            let mut conn = app.db.read().await?;
            let all = worker::list_holidays(&mut conn).await?;
            let line = |one: &worker::ListedHoliday| format!("{}\t{}\t{}", one.day, one.change, one.name);
            crate::write_out(&if json {
                serde_json::to_string(&all)?
            } else {
                all.iter().map(line).collect::<Vec<_>>().join("\n")
            });
        }
    }
    Ok(ExitCode::SUCCESS)
}
