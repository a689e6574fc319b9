//! `alongside journal verify`: proves the journal, for whoever audits it.

use crate::config::Config;
use anyhow::{Context, Result, bail};
use app::journal::{self, KeptHead, Verified};
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Prove the journal: name the first row changed, removed, put in or put elsewhere, and rows left unsealed
    Verify {
        /// Print what was found as JSON
        #[arg(long)]
        json: bool,
        /// Compare with heads kept outside the database: a file of them, or a folder of such files. May be given
        /// several times
        #[arg(long, value_name = "FILE")]
        head: Vec<PathBuf>,
        /// Compare the facts with the journal too: name each one changed, removed or put in by hand
        #[arg(long)]
        facts: bool,
        /// The demonstration's journal instead of the council's
        #[arg(long)]
        demo: bool,
    },
}

/// Runs the command: 0 where the journal is whole, 1 where something was found.
pub(crate) async fn run(config: &Config, command: Command) -> Result<ExitCode> {
    let Command::Verify { json, head, facts, demo } = command;
    let kept = kept_heads(&head)?;
    let database = if demo { "demo.db" } else { "alongside.db" };
    let url = config.database(database);
    if let Some(path) = url.strip_prefix("sqlite:")
        && !std::path::Path::new(path.trim_start_matches("//")).exists()
    {
        bail!("there is no database at {path}");
    }
    let app = crate::serve::open(config, database, demo).await?;
    let mut conn = app.db.read().await?;
    let mut verified = journal::verify(&mut conn, app.moment().now()).await?;
    journal::compare(&mut conn, &kept, &mut verified).await?;
    if facts {
        journal::verify_facts(&mut conn, &mut verified).await?;
    }
    drop(conn);
    crate::write_out(&if json {
        serde_json::to_string_pretty(&verified)?
    } else {
        in_words(&verified, kept.len())
    });
    app.db.close().await;
    Ok(if verified.found == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The heads in these files, and in the files of these folders.
fn kept_heads(given: &[PathBuf]) -> Result<Vec<KeptHead>> {
    let mut kept = vec![];
    for path in given {
        let before = kept.len();
        let mut files = vec![path.clone()];
        if path.is_dir() {
            files = std::fs::read_dir(path)?.map(|file| Ok(file?.path())).collect::<Result<_>>()?;
            files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
            files.sort();
        }
        for file in files {
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("the heads in {} could not be read", file.display()))?;
            kept.extend(journal::read_heads(&file.display().to_string(), &text)?);
        }
        if kept.len() == before {
            bail!("there is no head in {}", path.display());
        }
    }
    Ok(kept)
}

fn in_words(verified: &Verified, compared: usize) -> String {
    let mut lines = vec![format!("{} rows in the journal, {} sealed.", verified.rows, verified.sealed)];
    if let Some(head) = &verified.head {
        lines.push(format!("Head: {} {head}", verified.sealed));
    }
    if verified.found == 0 {
        lines.push("Every row is as it was written, and none is missing from the chain.".to_owned());
        if let Some(facts) = verified.facts {
            lines.push(format!("{facts} facts are as the journal left them, and none is missing."));
        }
        lines.push(match compared {
            0 => "Compare it with heads kept outside the database (--head): only that shows a chain that was cut or made \
                anew."
                .to_owned(),
            1 => "It agrees with the one head kept outside the database.".to_owned(),
            many => format!("It agrees with all {many} heads kept outside the database."),
        });
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
