//! `alongside journal verify`: proves the journal, for whoever audits it.

use crate::config::Config;
use anyhow::{Result, bail};
use app::journal::{self, Verified};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Prove the journal: name the first row changed, removed, put in or put elsewhere, and rows left unsealed
    Verify {
        /// Print what was found as JSON
        #[arg(long)]
        json: bool,
        /// The demonstration's journal instead of the council's
        #[arg(long)]
        demo: bool,
    },
}

/// Runs the command: 0 where the journal is whole, 1 where something was found.
pub(crate) async fn run(config: &Config, command: Command) -> Result<ExitCode> {
    let Command::Verify { json, demo } = command;
    let database = if demo { "demo.db" } else { "alongside.db" };
    let url = config.database(database);
    if let Some(path) = url.strip_prefix("sqlite:")
        && !std::path::Path::new(path.trim_start_matches("//")).exists()
    {
        bail!("there is no database at {path}");
    }
    let app = crate::serve::open(config, database, demo).await?;
    let mut conn = app.db.read().await?;
    let verified = journal::verify(&mut conn, app.moment().now()).await?;
    drop(conn);
    crate::write_out(&if json { serde_json::to_string_pretty(&verified)? } else { in_words(&verified) });
    app.db.close().await;
    Ok(if verified.found == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn in_words(verified: &Verified) -> String {
    let mut lines = vec![format!("{} rows in the journal, {} sealed.", verified.rows, verified.sealed)];
    if let Some(head) = &verified.head {
        lines.push(format!("Head: {} {head}", verified.sealed));
    }
    if verified.found == 0 {
        lines.push("Every row is as it was written, and none is missing from the chain.".to_owned());
        lines.push(
            "Compare the head with one kept outside the database: only that shows a chain that was cut or made anew."
                .to_owned(),
        );
    } else {
        lines.push(format!("Found {}:", verified.found));
        lines.extend(verified.faults.iter().map(|fault| format!("  {}", fault.words)));
        let more = verified.found - verified.faults.len();
        if more > 0 {
            lines.push(format!("  and {more} more"));
        }
    }
    lines.join("\n")
}
