//! Bringing people and their history in from files, at the council's own command line.

use crate::config::Config;
use crate::{serve, write_out};
use anyhow::{Context, Result, bail};
use app::faces::import_cin_census::{self, CensusFile, OnDisk};
use app::faces::import_people::{self, Choice};
use app::faces::imports::{Mode, Outcome, Problems};
use app::{App, Oops, Who};
use clap::Subcommand;
use indicatif::ProgressBar;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What can be brought in.
#[derive(Subcommand)]
pub(crate) enum Import {
    /// Bring people, families, workers and where they stand from a folder of tables
    People {
        /// The folder of tables
        #[arg(value_name = "DIR", required_unless_present = "template")]
        folder: Option<PathBuf>,
        /// The team that holds what names no team; needed unless there is only one
        #[arg(long, value_name = "CODE")]
        team: Option<String>,
        /// Write an empty folder and a worked example here, and do nothing else
        #[arg(long, value_name = "DIR", conflicts_with_all = ["folder", "team", "look"])]
        template: Option<PathBuf>,
        /// Say what would happen and store nothing
        #[arg(long)]
        look: bool,
        /// Answer for machines
        #[arg(long)]
        json: bool,
    },
    /// Bring the statutory history of children from children in need censuses, several years in order
    CinCensus {
        /// The census files
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// The team that holds open episodes; needed unless there is only one
        #[arg(long, value_name = "CODE")]
        team: Option<String>,
        /// Say what would happen and store nothing
        #[arg(long)]
        look: bool,
        /// Answer for machines
        #[arg(long)]
        json: bool,
    },
    /// Everything that `export all` wrote, into a new, empty database of either engine: all of it, or nothing
    All {
        /// The folder of the export
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Into the demonstration's database instead of the council's
        #[arg(long)]
        demo: bool,
        /// Answer for machines
        #[arg(long)]
        json: bool,
    },
}

/// Does what was asked. One where nothing was stored answers 1.
pub(crate) async fn import(config: &Config, what: Import) -> Result<ExitCode> {
    match what {
        Import::All { folder, demo, json } => crate::everything::import(config, &folder, demo, json).await,
        Import::People { template: Some(to), .. } => template(&to),
        Import::People { folder, team, look, json, .. } => {
            let Some(folder) = folder else { bail!("name the folder of tables") };
            let outcome = match import_people::from_directory(&folder) {
                Err(problems) => Outcome::Nothing(problems),
                Ok(folder) => {
                    let app = open(config).await?;
                    let bar = crate::backup::bar();
                    let choice = Choice { team, mode: mode(look) };
                    let who = Who::program("import people");
                    let watch = |done, of| step(&bar, done, of);
                    let said = import_people::import(&app, &who, &folder, &choice, &watch).await;
                    bar.finish_and_clear();
                    finish(&app, look).await?;
                    return answer(&refused(said.map(|outcome| vec![outcome]))?, look, json);
                }
            };
            answer(&[outcome], look, json)
        }
        Import::CinCensus { files, team, look, json } => {
            let app = open(config).await?;
            let bar = crate::backup::bar();
            let files: Vec<Box<dyn CensusFile>> =
                files.iter().map(|path| Box::new(OnDisk::at(path)) as Box<dyn CensusFile>).collect();
            let choice = import_cin_census::Choice { team, mode: mode(look) };
            let who = Who::program("import cin-census");
            let watch = |done, of| step(&bar, done, of);
            let said = import_cin_census::import(&app, &who, &files, &choice, &watch).await;
            bar.finish_and_clear();
            finish(&app, look).await?;
            answer(&refused(said)?, look, json)
        }
    }
}

/// What was brought in is chained into the journal at once.
async fn finish(app: &App, look: bool) -> Result<()> {
    if !look {
        app::journal::seal(&app.db, app.moment().now()).await?;
    }
    app.db.close().await;
    Ok(())
}

const fn mode(look: bool) -> Mode {
    if look { Mode::Look } else { Mode::Store }
}

async fn open(config: &Config) -> Result<App> {
    serve::ready(config).await
}

/// What practice refuses is an answer, not a failure of the program.
fn refused(said: std::result::Result<Vec<Outcome>, Oops>) -> Result<Vec<Outcome>> {
    match said {
        Ok(outcomes) => Ok(outcomes),
        Err(error @ (Oops::Refused(_) | Oops::Wrong(_) | Oops::NotAllowed(_))) => {
            let words = match error {
                Oops::Wrong(fields) => {
                    fields.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(". ")
                }
                other => other.to_string(),
            };
            let problem = app::faces::imports::Problem::of_file("the import", words);
            Ok(vec![Outcome::Nothing(Problems::from(problem))])
        }
        Err(other) => Err(other.into()),
    }
}

fn step(bar: &ProgressBar, done: u64, of: u64) {
    bar.set_length(of);
    bar.set_position(done);
}

fn answer(outcomes: &[Outcome], look: bool, json: bool) -> Result<ExitCode> {
    if json {
        write_out(&serde_json::to_string_pretty(outcomes)?);
    } else {
        for outcome in outcomes {
            match outcome {
                Outcome::Done(report) => write_out(&report.to_string()),
                Outcome::Nothing(problems) => write_out(&problems.to_string()),
            }
        }
        if look {
            write_out("Nothing was stored: this is what would happen.");
        }
    }
    let nothing = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Nothing(_)));
    Ok(if nothing { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn template(to: &Path) -> Result<ExitCode> {
    let today = app::Moment::at(serve::machine_time()()).today();
    for file in import_people::template(today) {
        let path = to.join(&file.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("the folder {} could not be made", folder.display()))?;
        }
        if path.exists() {
            bail!("{} is there already, and is not written over", path.display());
        }
        std::fs::write(&path, file.bytes)
            .with_context(|| format!("{} could not be written", path.display()))?;
    }
    write_out(&format!(
        "Written to {0}: an empty folder ({0}/empty), a worked example ({0}/example) and a page that explains them (README.txt).\n\
         Fill the tables and bring them in with: alongside import people {0}/empty",
        to.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Keeps this program and what it starts to one core. An import hands each statement to the thread of the embedded
/// database and waits for it, so a second core only sleeps and is woken: that cost more than the work itself.
pub(crate) fn keep_to_one_core() {
    if let Some(core) = core_affinity::get_core_ids().unwrap_or_default().into_iter().next_back() {
        core_affinity::set_for_current(core);
    }
    take_turns();
}

/// Lets each thread finish what it does before the one it woke goes on (`SCHED_BATCH`): on one core a thread that is
/// cut short has only handed over too soon. Where the machine does not let it, the import takes a little longer.
#[cfg(target_os = "linux")]
fn take_turns() {
    use thread_priority::{
        NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy,
        thread_native_id,
    };
    let policy = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Batch);
    if let Ok(middle) = 50_u8.try_into() {
        drop(set_thread_priority_and_policy(
            thread_native_id(),
            ThreadPriority::Crossplatform(middle),
            policy,
        ));
    }
}

#[cfg(not(target_os = "linux"))]
const fn take_turns() {}
