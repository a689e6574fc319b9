//! `alongside token`: tokens with which other programs act as a worker, made and ended by an operator.

use crate::config::Config;
use crate::worker::{council, done};
use anyhow::{Context, Result, anyhow, bail};
use app::sign_in::{MakeToken, end_token, list_tokens, make_token, maker};
use app::who::Scope;
use app::{Oops, Who};
use clap::Subcommand;
use jiff::ToSpan;
use practice::role::Role;
use serde_json::json;
use std::process::ExitCode;
use uuid::Uuid;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a token for a worker and print it, this once
    Add {
        /// The code of the worker as whom the program acts
        #[arg(long = "for", value_name = "CODE")]
        of: String,
        /// What to call it: which program it is for
        #[arg(long)]
        name: String,
        /// What it may be used for: people:read, entries:write ...; once for each, or between commas
        #[arg(long, value_delimiter = ',', value_parser = scope, required = true)]
        scopes: Vec<Scope>,
        /// For how many days it works, at most a year
        #[arg(long, default_value_t = 90)]
        days: i32,
    },
    /// List the tokens that work
    List,
    /// End a token
    End {
        /// Its id, as `list` shows it
        id: Uuid,
    },
}

fn scope(words: &str) -> Result<Scope, String> {
    Scope::from_code(words).ok_or_else(|| {
        let all: Vec<&str> = Scope::ALL.iter().map(|scope| scope.code()).collect();
        format!("it is one of {}", all.join(", "))
    })
}

/// Runs `alongside token ...`.
pub(crate) async fn run(config: &Config, command: Command, json: bool) -> Result<ExitCode> {
    let app = council(config).await?;
    let mut moment = app.moment();
    match command {
        Command::Add { of, name, scopes, days } => {
            let mut tx = app.db.write().await?;
            let found = maker(&mut tx, &of, &moment).await?;
            let (who, account) =
                found.with_context(|| format!("--for: nobody who can sign in here has the code {of}"))?;
            let mut roles: Vec<Role> =
                who.staff().into_iter().flat_map(|staff| &staff.posts).map(|post| post.role).collect();
            roles.dedup();
            if roles.is_empty() {
                bail!("--for: {of} holds no post today");
            }
            let until = Some(moment.today().saturating_add(days.days()));
            let command = MakeToken { name, scopes, roles, until };
            let made = make_token(&mut tx, &who, &mut moment, account, command).await.map_err(said)?;
            tx.commit().await?;
            crate::write_out(&if json {
                json!({"id": made.id, "token": made.secret, "until": made.until}).to_string()
            } else {
                format!("It is shown only now. It works until {}:\n  {}", made.until, made.secret)
            });
        }
        Command::List => {
            let all = list_tokens(&app).await?;
            if json {
                crate::write_out(&serde_json::to_string(&all)?);
            } else {
                let line = |one: &app::sign_in::ListedToken| {
                    format!("{}  {}  {}  {}  until {}", one.id, one.worker, one.name, one.scopes, one.until)
                };
                let lines: Vec<String> = all.iter().map(line).collect();
                crate::write_out(&if lines.is_empty() { "No tokens.".to_owned() } else { lines.join("\n") });
            }
        }
        Command::End { id } => {
            let mut tx = app.db.write().await?;
            let who = Who::program("alongside token");
            end_token(&mut tx, &who, &mut moment, id).await.map_err(|oops| match oops {
                Oops::NotFound => anyhow!("there is no token {id} that works"),
                other => said(other),
            })?;
            tx.commit().await?;
            done(json, "ended", &id.to_string());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What is wrong, with the argument it stands in.
fn said(oops: Oops) -> anyhow::Error {
    let Oops::Wrong(wrong) = oops else { return anyhow!("{oops}") };
    let argument = |field: &str| if field == "until" { "--days" } else { "--name" };
    let all: Vec<String> =
        wrong.iter().map(|(field, sentence)| format!("{}: {sentence}", argument(field))).collect();
    anyhow!("{}", all.join("; "))
}
