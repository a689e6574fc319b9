//! Taking everything in: all of it into an empty database, or nothing.

use super::leaving::left_out;
use super::manifest::{self, Manifest, refused, table_path};
use super::proof::{Lines, attachment_path, each_attachment, prove};
use super::{MANIFEST, Told, line, store};
use crate::{App, Oops, Result, journal};
use data_encoding::HEXLOWER;
use db::whole::{self, Filling, Table};
use db::{Conn, DbError, Tx, args};
use std::fs::File;
use std::path::Path;

/// Takes an export into an empty database of either engine. Every file is proved first; then attachments are put into
/// their folder and every row into the database, in one transaction. No row of the journal is added: the council is
/// the one that was exported.
///
/// # Errors
/// [`Oops::Refused`] names what is missing, added, changed or not understood, by file and line, or says that the
/// database holds a council already. The database then stays empty.
pub async fn import(app: &App, from: &Path, told: Told<'_>) -> Result<Manifest> {
    let manifest = manifest::read(from)?;
    empty(&mut app.db.read().await?).await?;
    prove(from, &manifest, told)?;
    attach(app, from, &manifest, told)?;
    let mut tx = app.db.write().await?;
    // another import may have come in between
    empty(&mut tx).await?;
    let all: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    let mut done = 0;
    for table in whole::tables() {
        if left_out(&table.name, manifest.with_sign_in).is_none() {
            let mut tell = |bytes| told(&table.name, done + bytes, all);
            done += fill(&mut tx, from, &manifest, table, &mut tell).await?;
        }
    }
    agrees(app, &mut tx, &manifest).await?;
    tx.commit().await?;
    Ok(manifest)
}

async fn empty(conn: &mut Conn) -> Result<()> {
    for table in whole::tables() {
        if !whole::is_empty(conn, table).await? {
            return Err(refused(format!(
                "this database is not empty: there are rows in {}. Everything is taken into a new database; name one \
                 that nothing was served from yet",
                table.name
            )));
        }
    }
    Ok(())
}

fn attach(app: &App, from: &Path, manifest: &Manifest, told: Told<'_>) -> Result<()> {
    let mut done = 0;
    each_attachment(from, manifest, |one| {
        let path = attachment_path(one.sha256.0);
        let bytes = File::open(from.join(&path)).map_err(|error| refused(format!("{path}: {error}")))?;
        app.files.keep_as(one.sha256.0, bytes).map_err(|error| Oops::Broken(error.to_string()))?;
        done += 1;
        told("attachments", done, manifest.attachments);
        Ok(())
    })
}

/// Fills one table, and says how many bytes its file had.
async fn fill(
    tx: &mut Tx,
    from: &Path,
    manifest: &Manifest,
    table: &Table,
    tell: &mut (dyn FnMut(u64) + Send),
) -> Result<u64> {
    let said = manifest.file(&table_path(&table.name))?;
    let mut lines = Lines::open(from, said)?;
    let mut filling = Filling::new(table);
    tell(0);
    while let Some(row) = lines.next()? {
        let row = line::read_line(table, row).map_err(|words| lines.wrong(&words))?;
        let first = filling.written() + 1;
        let done =
            filling.row(tx, row).await.map_err(|error| not_taken(said, first, lines.number(), error))?;
        if done {
            tell(lines.bytes());
        }
    }
    let (first, last) = (filling.written() + 1, lines.number());
    filling.finish(tx).await.map_err(|error| not_taken(said, first, last, error))?;
    lines.finish()?;
    Ok(said.bytes)
}

/// What the database says of rows that it does not take. They are written many at once, so they are named together.
fn not_taken(said: &manifest::FileLine, first: u64, last: u64, error: DbError) -> Oops {
    let lines = if first >= last { format!("line {last}") } else { format!("lines {first} to {last}") };
    let words = format!("{}, {lines}: the database does not take what stands there: {error}", said.path);
    match error {
        DbError::Conflict(_) | DbError::Driver(sqlx::Error::Database(_)) => refused(words),
        DbError::Stale | DbError::Broken { .. } | DbError::Refused(_) | DbError::Driver(_) => {
            Oops::Broken(words)
        }
    }
}

/// Proves that what was taken in is what the manifest says: its journal, and a file for each attachment.
async fn agrees(app: &App, tx: &mut Tx, manifest: &Manifest) -> Result<()> {
    let head = journal::head(tx).await?;
    let sealed = head.as_ref().map_or(0, |head| head.number);
    let head = head.map(|head| HEXLOWER.encode(&head.hash));
    if (sealed, &head) != (manifest.journal.sealed, &manifest.journal.head) {
        return Err(refused(format!(
            "the journal's head is not the one that {MANIFEST} says: {sealed} rows are sealed, {} were",
            manifest.journal.sealed
        )));
    }
    tx.each::<(String,), Oops>(store::HASHES, args![], |(name,)| {
        let there = name.parse().is_ok_and(|hash| app.files.exists(hash));
        there.then_some(()).ok_or_else(|| {
            refused(format!("{}: the attachment {name} is not in the export", table_path("attachment")))
        })
    })
    .await?;
    Ok(())
}
