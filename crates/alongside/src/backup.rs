//! `alongside backup` and `alongside restore`.

use crate::config::Config;
use crate::serve::open;
use anyhow::Result;
use app::faces::backup;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;
use std::process::ExitCode;

/// A bar of progress on standard error.
pub(crate) fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}

fn said(manifest: &backup::Manifest, json: bool, words: &str) -> Result<()> {
    if json {
        crate::write_out(&serde_json::to_string_pretty(manifest)?);
    } else {
        let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
        crate::write_out(&format!("{words}: {rows} rows and {} attachments.", manifest.attachments));
    }
    Ok(())
}

/// Makes a backup while the council works.
pub(crate) async fn backup(config: &Config, to: &Path, json: bool) -> Result<ExitCode> {
    let app = open(config, "alongside.db", false).await?;
    // the head kept beside the backup proves the rows in it
    let now = app.moment().now();
    app::journal::seal(&app.db, now).await?;
    app::journal::write_head(&app, &crate::serve::heads(config, false), now).await?;
    let bar = bar();
    let manifest = backup::backup(&app, to, &mut |doing, done, of| {
        bar.set_length(of);
        bar.set_position(done);
        bar.set_message(doing.to_owned());
    })
    .await?;
    bar.finish_and_clear();
    said(&manifest, json, &format!("Backed up to {}", to.display()))?;
    for hash in &manifest.missing {
        eprintln!(
            "alongside: the attachment {hash} is named in the record and is not in its folder, so not in the backup"
        );
    }
    Ok(if manifest.missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Puts a backup into a new, empty database.
pub(crate) async fn restore(config: &Config, from: &Path, json: bool) -> Result<()> {
    let app = open(config, "alongside.db", false).await?;
    app.db.migrate().await?;
    let bar = bar();
    let manifest = backup::restore(&app, from, &mut |doing, done, of| {
        bar.set_length(of);
        bar.set_position(done);
        bar.set_message(doing.to_owned());
    })
    .await?;
    bar.finish_and_clear();
    said(&manifest, json, &format!("Restored from {}", from.display()))
}
