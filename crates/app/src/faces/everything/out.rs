//! Taking everything out, from one snapshot, while the council works.

use super::folder::Fresh;
use super::leaving::{all_left_out, emptied, left_out, nothing_of};
use super::manifest::{program, table_path};
use super::{Chain, FORM, FileLine, LIST, MANIFEST, Manifest, PAGE, Told, explained, line, store};
use crate::council::mark_of;
use crate::journal::{self, Act, note};
use crate::{App, Oops, Result, Who};
use data_encoding::HEXLOWER;
use db::whole::{self, Table};
use db::{Conn, args};
use serde_json::json;
use std::path::Path;

/// What is taken along.
#[derive(Clone, Debug, Default)]
pub struct Take {
    /// What signs people in as well: passwords as hashes, the secrets of their codes, links not used yet.
    pub with_sign_in: bool,
    /// Why everything is taken out, for the journal.
    pub reason: Option<String>,
}

/// After how many rows it is told how far it is.
const TELL: u64 = 5_000;
/// How often a snapshot is taken again because a row still waited for its seal.
const TRIES: u32 = 5;

/// Writes the whole council to a new or empty folder, from one snapshot. That it was read is in the journal before
/// the first row is written; that row is after the snapshot and does not come along.
///
/// # Errors
/// [`Oops::Refused`] where something lies in the folder; [`Oops::Broken`] where it cannot be written, or an attachment
/// is gone or damaged. Nothing of it then stays.
pub async fn export(app: &App, take: &Take, to: &Path, told: Told<'_>) -> Result<Manifest> {
    let folder = Fresh::open(to)?;
    match write(app, take, &folder, told).await {
        Ok(manifest) => {
            folder.finish()?;
            Ok(manifest)
        }
        Err(error) => {
            folder.undo();
            Err(error)
        }
    }
}

async fn write(app: &App, take: &Take, folder: &Fresh, told: Told<'_>) -> Result<Manifest> {
    let mut conn = snapshot(app).await?;
    let mut manifest = begun(app, take, &mut conn).await?;
    told_journal(app, take, &manifest).await?;
    let all = whole::tables();
    for (at, table) in all.iter().enumerate() {
        if left_out(&table.name, take.with_sign_in).is_none() {
            let mut tell = |rows| told(&format!("{} {rows}", table.name), at as u64, all.len() as u64);
            tell(0);
            manifest.files.push(write_table(&mut conn, folder, table, take, &mut tell).await?);
        }
    }
    let list = write_attachments(app, &mut conn, folder, told).await?;
    manifest.attachments = list.rows.unwrap_or_default();
    manifest.files.push(list);
    let mut page = folder.begin(PAGE)?;
    page.add(explained::page(&manifest).into_string().as_bytes())?;
    manifest.files.push(page.finish(None)?);
    let mut last = folder.begin(MANIFEST)?;
    let mut text = serde_json::to_vec_pretty(&manifest)?;
    text.push(b'\n');
    last.add(&text)?;
    last.finish(None)?;
    Ok(manifest)
}

/// A snapshot in which every row of the journal is sealed, unless people work so quickly that some always wait.
async fn snapshot(app: &App) -> Result<Conn> {
    for _ in 0..TRIES {
        journal::seal(&app.db, app.moment().now()).await?;
        let mut conn = app.db.read().await?;
        if conn.number(store::WAITING, args![]).await? == 0 {
            return Ok(conn);
        }
    }
    let mut conn = app.db.read().await?;
    // the embedded engine's snapshot begins with its first question
    conn.number(store::WAITING, args![]).await?;
    Ok(conn)
}

async fn begun(app: &App, take: &Take, conn: &mut Conn) -> Result<Manifest> {
    let head = journal::head(conn).await?;
    let mark = mark_of(conn).await?;
    Ok(Manifest {
        form: FORM,
        program: program(),
        council: mark.map_or_else(|| app.settings.council.clone(), |mark| mark.name),
        made_at: app.moment().now(),
        with_sign_in: take.with_sign_in,
        left_out: all_left_out(take.with_sign_in),
        journal: Chain {
            sealed: head.as_ref().map_or(0, |head| head.number),
            head: head.map(|head| HEXLOWER.encode(&head.hash)),
        },
        attachments: 0,
        files: vec![],
    })
}

/// An export of everything is a reading of everyone.
async fn told_journal(app: &App, take: &Take, manifest: &Manifest) -> Result<()> {
    let payload = json!({
        "what": "everything", "with_sign_in": take.with_sign_in, "reason": take.reason,
        "sealed": manifest.journal.sealed, "head": manifest.journal.head,
    });
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let act = Act { action: "export_all", about: &[], payload };
    note(&mut tx, &Who::program("export all"), &mut moment, act).await?;
    tx.commit().await?;
    Ok(())
}

async fn write_table(
    conn: &mut Conn,
    folder: &Fresh,
    table: &Table,
    take: &Take,
    tell: &mut (dyn FnMut(u64) + Send),
) -> Result<FileLine> {
    let mut file = folder.begin(&table_path(&table.name))?;
    let emptied = emptied(table, take.with_sign_in);
    let mut text = vec![];
    let mut written = 0;
    let rows = whole::dump::<Oops>(conn, table, |row| {
        text.clear();
        let done = if emptied.is_empty() {
            line::write_line(&mut text, table, row)
        } else {
            let mut row = row.to_vec();
            for place in &emptied {
                row[*place] = nothing_of(&row[*place]);
            }
            line::write_line(&mut text, table, &row)
        };
        done.map_err(|error| Oops::Broken(format!("{}: {error}", table.name)))?;
        written += 1;
        if written % TELL == 0 {
            tell(written);
        }
        file.add(&text)
    })
    .await?;
    file.finish(Some(rows))
}

async fn write_attachments(app: &App, conn: &mut Conn, folder: &Fresh, told: Told<'_>) -> Result<FileLine> {
    let mut list = folder.begin(LIST)?;
    let mut many = 0;
    let mut before = String::new();
    conn.each::<(String,), Oops>(store::HASHES, args![], |(name,)| {
        if name <= before {
            return Err(Oops::Broken("attachments are not sorted by their hash".to_owned()));
        }
        let gone = |error: &dyn std::fmt::Display| Oops::Broken(format!("{error}. Restore it from a backup"));
        let hash = name.parse().map_err(|error: files::NotAHash| gone(&error))?;
        let mut bytes = app.files.open_file(hash).map_err(|error| gone(&error))?;
        let size = folder.attach(&name, &mut bytes)?;
        list.add(format!("{{\"sha256\":\"{name}\",\"bytes\":{size}}}\n").as_bytes())?;
        many += 1;
        told("attachments", many, many + 1);
        before = name;
        Ok(())
    })
    .await?;
    list.finish(Some(many))
}
