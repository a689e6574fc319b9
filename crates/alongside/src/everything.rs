//! `alongside export all` and `alongside import all`: the whole council as plain files, and back.

use crate::config::Config;
use crate::{serve, write_out};
use anyhow::{Result, bail};
use app::Oops;
use app::faces::everything::{self, Manifest, Take};
use indicatif::ProgressBar;
use std::path::Path;
use std::process::ExitCode;

const fn database(demo: bool) -> &'static str {
    if demo { "demo.db" } else { "alongside.db" }
}

/// Takes everything out.
pub(crate) async fn export(
    config: &Config,
    to: &Path,
    take: Take,
    demo: bool,
    json: bool,
) -> Result<ExitCode> {
    let url = config.database(database(demo));
    if let Some(path) = url.strip_prefix("sqlite:")
        && !Path::new(path.trim_start_matches("//")).exists()
    {
        bail!("there is no database at {path}");
    }
    let app = serve::open(config, database(demo), demo).await?;
    if app.db.behind().await? > 0 {
        bail!("the database is older than this program. Bring it up to date first: alongside migrate");
    }
    let bar = crate::backup::bar();
    let said = everything::export(&app, &take, to, &mut |doing, done, of| step(&bar, doing, done, of)).await;
    bar.finish_and_clear();
    app.db.close().await;
    answer(said, json, |manifest| {
        let mut words = format!("Taken out to {}: {}.", to.display(), counted(manifest));
        words.push_str(" index.html in it explains every file. It names children and families: delete it when it has done its work.");
        if !manifest.with_sign_in {
            words.push_str("\nWhat signs people in was left out (--with-sign-in takes it along): after an import each worker needs a new link.");
        }
        words
    })
}

/// Takes everything in.
pub(crate) async fn import(config: &Config, from: &Path, demo: bool, json: bool) -> Result<ExitCode> {
    let app = serve::open(config, database(demo), demo).await?;
    if !app.db.is_new().await? && app.db.behind().await? > 0 {
        bail!("there is an older database already. Everything is taken into a new one");
    }
    app.db.migrate().await?;
    let bar = crate::backup::bar();
    let said = everything::import(&app, from, &mut |doing, done, of| step(&bar, doing, done, of)).await;
    bar.finish_and_clear();
    app.db.close().await;
    answer(said, json, |manifest| {
        let mut words = format!("Taken in from {}: {}.", from.display(), counted(manifest));
        words.push_str(" Prove the journal with: alongside journal verify");
        if !manifest.with_sign_in {
            words.push_str(
                "\nNo password came along. Give each worker a new link: alongside worker reset CODE, beginning with an administrator.",
            );
        }
        words
    })
}

fn step(bar: &ProgressBar, doing: &str, done: u64, of: u64) {
    bar.set_length(of);
    bar.set_position(done);
    bar.set_message(doing.to_owned());
}

fn counted(manifest: &Manifest) -> String {
    let rows: u64 = manifest
        .files
        .iter()
        .filter(|file| file.path.starts_with("tables/"))
        .filter_map(|file| file.rows)
        .sum();
    format!("{rows} rows and {} attachments of {}", manifest.attachments, manifest.council)
}

/// Says what came of it: 1 where it was refused and nothing was stored, a failure of the program otherwise.
fn answer(said: app::Result<Manifest>, json: bool, words: impl Fn(&Manifest) -> String) -> Result<ExitCode> {
    match said {
        Ok(manifest) => {
            write_out(&if json { serde_json::to_string_pretty(&manifest)? } else { words(&manifest) });
            Ok(ExitCode::SUCCESS)
        }
        Err(Oops::Refused(refused)) => {
            if json {
                write_out(&serde_json::to_string_pretty(&serde_json::json!({ "refused": refused }))?);
            } else {
                eprintln!("alongside: {refused}. Nothing was stored.");
            }
            Ok(ExitCode::from(1))
        }
        Err(other) => Err(other.into()),
    }
}
