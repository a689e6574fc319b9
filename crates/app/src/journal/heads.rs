//! The head of the chain, kept outside the database: only that stops someone who may change every table.

use super::seal::{Head, head};
use crate::{App, Oops, Result};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

impl Head {
    /// One line: when, how many rows are sealed, and the hash that proves them.
    pub fn line(&self, now: Timestamp) -> String {
        let when = now.strftime("%Y-%m-%dT%H:%M:%SZ");
        format!("{when} {} {}", self.number, HEXLOWER.encode(&self.hash))
    }
}

/// Adds the head to this month's file in a folder and makes it durable. Says what it wrote, which is
/// nothing while no row is sealed.
///
/// # Errors
/// [`Oops::Broken`] names the folder where it could not be written.
pub async fn write_head(app: &App, folder: &Path, now: Timestamp) -> Result<Option<Head>> {
    let mut conn = app.db.read().await?;
    let found = head(&mut conn).await?;
    drop(conn);
    let Some(found) = found else { return Ok(None) };
    let file = folder.join(format!("{}.txt", now.strftime("%Y-%m")));
    let line = found.line(now);
    app.aside(move || add(&file, &line)).await??;
    Ok(Some(found))
}

fn add(file: &Path, line: &str) -> Result<()> {
    let folder = file.parent().unwrap_or(file);
    let write = || {
        fs::create_dir_all(folder)?;
        let mut open = OpenOptions::new().create(true).append(true).open(file)?;
        writeln!(open, "{line}")?;
        open.sync_all()?;
        File::open(folder)?.sync_all()
    };
    write().map_err(|error: std::io::Error| {
        Oops::Broken(format!("the journal's head could not be written to {}: {error}", file.display()))
    })
}
