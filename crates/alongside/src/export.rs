//! Taking what was recorded along to another system, at the council's own command line.

use crate::config::Config;
use crate::{everything, serve};
use anyhow::{Result, anyhow};
use app::Who;
use app::faces::everything::Take;
use app::faces::export_entries::{self, Format};
use app::who::on_behalf;
use clap::{Subcommand, ValueEnum};
use std::io::BufWriter;
use std::path::PathBuf;
use std::process::ExitCode;

/// What can be taken along.
#[derive(Subcommand)]
pub(crate) enum Export {
    /// Entries filed since a day or a time, oldest first, to standard output; each is marked as carried over.
    /// Leaves out what touches a restricted record, unless it is taken for a worker who may take it out
    Entries {
        /// A day (2026-11-21 or 21/11/2026) or a time (2026-11-21T09:30), in London
        #[arg(long, value_name = "WHEN")]
        since: String,
        /// In what form
        #[arg(long, value_enum)]
        format: Form,
        /// The code of the worker for whom it is taken: exactly what they may take out themselves, restricted
        /// records on whose list they stand included
        #[arg(long = "as", value_name = "CODE")]
        for_worker: Option<String>,
    },
    /// Everything: every table, every attachment and the journal, as plain files that anyone can read, with a page
    /// that explains them. `import all` makes the same council of it, on either engine
    All {
        /// The folder to write; it must be new or empty
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Take along what signs people in: passwords as hashes, the secrets of their codes, links not used yet. Say
        /// so when the council moves to another machine or engine, not when somebody else gets the files
        #[arg(long)]
        with_sign_in: bool,
        /// Why, for the journal
        #[arg(long, value_name = "WORDS")]
        reason: Option<String>,
        /// The demonstration instead of the council
        #[arg(long)]
        demo: bool,
        /// Answer for machines
        #[arg(long)]
        json: bool,
    },
}

/// In what form entries are written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Form {
    /// A table, one entry a row
    Csv,
    /// Plain text, as each entry copies
    Text,
}

/// Does what was asked.
pub(crate) async fn export(config: &Config, what: Export) -> Result<ExitCode> {
    let (since, format, for_worker) = match what {
        Export::Entries { since, format, for_worker } => (since, format, for_worker),
        Export::All { folder, with_sign_in, reason, demo, json } => {
            return everything::export(config, &folder, Take { with_sign_in, reason }, demo, json).await;
        }
    };
    let since = match export_entries::instant(&since) {
        Ok(since) => since,
        Err(words) => {
            eprintln!("alongside: --since: {words}");
            return Ok(ExitCode::from(2));
        }
    };
    let format = match format {
        Form::Csv => Format::Csv,
        Form::Text => Format::Text,
    };
    let app = serve::ready(config).await?;
    let what = export_entries::Export { since, format, own: false };
    let mut out = BufWriter::new(std::io::stdout());
    let who = match &for_worker {
        Some(code) => {
            let mut conn = app.db.read().await.map_err(|error| anyhow!("{error}"))?;
            let who = on_behalf(&mut conn, code, "export entries", app.moment().today()).await;
            who.map_err(|error| anyhow!("{error}"))?
        }
        None => Some(Who::program("export entries")),
    };
    let Some(who) = who else {
        eprintln!("alongside: --as: nobody who works here has the code {}", for_worker.unwrap_or_default());
        return Ok(ExitCode::from(2));
    };
    let many = export_entries::export(&app, &who, what, &mut out).await;
    let many = many.map_err(|error| anyhow!("{error}"))?;
    app.db.close().await;
    eprintln!("{many} entries, each marked as carried over.");
    Ok(ExitCode::SUCCESS)
}
