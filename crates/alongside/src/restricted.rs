//! `alongside restricted`: the list of restricted records, kept by the officer whose code is given.

use crate::config::Config;
use crate::worker::{council, done};
use anyhow::{Context, Result, bail};
use app::restricted::{self, ListedRecord, SetLevel};
use app::{Moment, Oops, Who};
use clap::Subcommand;
use db::Tx;
use jiff::civil::Date;
use practice::id::PersonId;
use practice::person::AccessLevel;
use std::process::ExitCode;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List restricted records, with how many workers are named on each
    List,
    /// Make a record restricted: from then on only those named can find or open it
    Add {
        /// The person's council id, NHS number or unique pupil number
        number: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// The day on which this is looked at again, as 2027-05-10
        #[arg(long)]
        review: Date,
        /// The code of a worker who is named and so keeps the record open; once for each
        #[arg(long = "named", value_name = "CODE")]
        named: Vec<String>,
    },
    /// Make a record findable again: working with the person opens it once more
    Remove {
        /// The person's council id, NHS number or unique pupil number
        number: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

/// Runs the command on behalf of the officer with this code, who alone keeps the list.
pub(crate) async fn run(config: &Config, command: Command, officer: &str, json: bool) -> Result<ExitCode> {
    let app = council(config).await?;
    let mut moment = app.moment();
    let today = moment.today();
    let mut tx = app.db.write().await?;
    let who = app::who::on_behalf(&mut tx, officer, "alongside restricted", today).await?;
    let who = who.with_context(|| format!("--by: nobody who works here has the code {officer}"))?;
    match command {
        Command::List => {
            tx.give_up().await?;
            let all = restricted::list_restricted(&app, &who).await.map_err(said)?;
            crate::write_out(&if json { serde_json::to_string(&all)? } else { lines(&all) });
        }
        Command::Add { number, reason, review, named } => {
            let person = found(&mut tx, &who, &moment, &number).await?;
            if restricted::is_restricted(&mut tx, person).await? {
                bail!("{number} is restricted already; who is named is changed on its page");
            }
            let mut workers = vec![];
            for code in &named {
                let worker = restricted::worker_named(&mut tx, code, today).await?;
                workers.push(worker.with_context(|| format!("--named: there is no worker {code}"))?);
            }
            let level = AccessLevel::Restricted;
            let set = SetLevel { person, level, reason, review_on: Some(review), named: workers };
            restricted::set_level(&mut tx, &who, &mut moment, set).await.map_err(said)?;
            tx.commit().await?;
            done(json, "restricted", &number);
            if named.is_empty() {
                eprintln!("Nobody is named: until someone is, it opens to nobody but by breaking the glass.");
            }
        }
        Command::Remove { number, reason } => {
            let person = found(&mut tx, &who, &moment, &number).await?;
            if !restricted::is_restricted(&mut tx, person).await? {
                bail!("{number} is not restricted");
            }
            let set =
                SetLevel { person, level: AccessLevel::Findable, reason, review_on: None, named: vec![] };
            restricted::set_level(&mut tx, &who, &mut moment, set).await.map_err(said)?;
            tx.commit().await?;
            done(json, "findable", &number);
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn found(tx: &mut Tx, who: &Who, moment: &Moment, number: &str) -> Result<PersonId> {
    let found = restricted::numbered(tx, who, moment.now(), number).await.map_err(said)?;
    found.with_context(|| format!("no one person has the number {number}"))
}

/// What is wrong, with the argument it stands in.
fn said(oops: Oops) -> anyhow::Error {
    let Oops::Wrong(wrong) = oops else { return anyhow::anyhow!("{oops}") };
    let argument = |field: &str| match field {
        "reason" => "--reason: ",
        "review_on" => "--review: ",
        "worker" => "--named: ",
        _ => "",
    };
    let all: Vec<String> =
        wrong.iter().map(|(field, sentence)| format!("{}{sentence}", argument(field))).collect();
    anyhow::anyhow!("{}", all.join("; "))
}

fn lines(all: &[ListedRecord]) -> String {
    if all.is_empty() {
        return "No restricted records.".to_owned();
    }
    let line = |one: &ListedRecord| {
        let number = one.council_id.as_deref().unwrap_or("no council id");
        let review =
            one.review_on.map_or("no day to look again".to_owned(), |on| format!("look again on {on}"));
        let reason = one.reason.as_deref().unwrap_or("not said: it came from a file");
        let named = match one.named {
            0 => "nobody named".to_owned(),
            many => format!("{many} named"),
        };
        format!("{number}\t{}\t{named}\t{review}\t{reason}", one.name)
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}
