//! `alongside person`: what is done about everybody at once.

use crate::config::Config;
use crate::worker::council;
use anyhow::Result;
use app::joining;
use clap::Subcommand;
use indicatif::ProgressBar;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Look through everybody for people who may have two records; the pairs stand on the page of the data officer
    Duplicates,
}

/// Runs the command.
pub(crate) async fn run(config: &Config, command: Command, json: bool) -> Result<ExitCode> {
    let app = council(config).await?;
    match command {
        Command::Duplicates => {
            let bar = if json { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
            bar.set_message("Comparing everybody with everybody");
            bar.enable_steady_tick(Duration::from_millis(120));
            let looked = joining::look(&app).await;
            bar.finish_and_clear();
            let looked = looked?;
            crate::write_out(&if json {
                serde_json::json!({"people": looked.people, "pairs": looked.pairs}).to_string()
            } else {
                let pairs = match looked.pairs {
                    0 => "No two records look like one person".to_owned(),
                    1 => "One pair of records may be one person".to_owned(),
                    many => format!("{many} pairs of records may be one person"),
                };
                format!("{pairs}, of {} people. They stand on the page /joining.", looked.people)
            });
        }
    }
    Ok(ExitCode::SUCCESS)
}
