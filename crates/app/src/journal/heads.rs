//! The head of the chain, kept outside the database: only that stops someone who may change every table.

use super::seal::{Head, head};
use super::store;
use super::verify::{FaultKind, Verified};
use crate::{App, Oops, Result};
use data_encoding::HEXLOWER;
use db::{Conn, args};
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

/// A head that was written down outside the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptHead {
    /// Where it stands, for a finding: the file and the line.
    pub stands: String,
    /// When it was written down.
    pub when: Timestamp,
    /// The head.
    pub head: Head,
}

/// Reads a file of heads, as [`write_head`] makes them: one a line, with when, how many rows were sealed, and the hash.
///
/// # Errors
/// [`Oops::Refused`] names the file and the line that is not one.
pub fn read_heads(file: &str, text: &str) -> Result<Vec<KeptHead>> {
    let mut kept = vec![];
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let stands = format!("{file}, line {}", at + 1);
        let one = kept_head(&stands, line).ok_or_else(|| {
            Oops::Refused(format!("{stands} is not a head: a time, a number and a hash were expected"))
        })?;
        kept.push(one);
    }
    Ok(kept)
}

fn kept_head(stands: &str, line: &str) -> Option<KeptHead> {
    let mut words = line.split_whitespace();
    let when = words.next()?.parse().ok()?;
    let number = words.next()?.parse().ok().filter(|number| *number > 0)?;
    let hash = HEXLOWER.decode(words.next()?.as_bytes()).ok()?.try_into().ok()?;
    let head = Head { number, hash };
    words.next().is_none().then(|| KeptHead { stands: stands.to_owned(), when, head })
}

/// Compares the chain with heads kept outside the database: one whose end was cut off has fewer rows than a head
/// proves, and one that was made anew has another hash in its place.
///
/// # Errors
/// Where the database refuses.
pub async fn compare(conn: &mut Conn, kept: &[KeptHead], verified: &mut Verified) -> Result<()> {
    for one in kept {
        let number = one.head.number;
        let row: Option<(Vec<u8>,)> = conn.maybe(store::SEAL_OF, args![number]).await?;
        let (kind, what) = match row {
            Some((hash,)) if hash == one.head.hash => continue,
            Some(_) => {
                (FaultKind::Rewritten, "the chain was made anew since: its hash there is another".to_owned())
            }
            None if number > verified.sealed => {
                (FaultKind::Cut, format!("the chain was cut: it ends with {}", verified.sealed))
            }
            None => (FaultKind::Removed, "that seal is gone".to_owned()),
        };
        let words = format!("{number} rows were sealed at {} ({}); {what}", one.when, one.stands);
        verified.add(kind, Some(number), None, words);
    }
    Ok(())
}
