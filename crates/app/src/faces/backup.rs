//! A whole council in one file, made while people work, and put back whole.
//!
//! The file is a zip: `manifest.json`, one `tables/NAME.jsonl` for each table (one row a line, typed values, the
//! same from either engine) and every attachment under its hash. Tables are read in one snapshot; attachments
//! never change and are kept before the row that names them, so copying them afterwards misses none.

use crate::{App, Oops, Result};
use data_encoding::BASE64;
use db::whole::{self, Filling, Kind, Table};
use db::{DbError, Value};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the file.
    pub form: u32,
    /// The council.
    pub council: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Each table: rows, and the SHA-256 of its lines.
    pub tables: Vec<TableLine>,
    /// How many attachments.
    pub attachments: u64,
    /// Attachments that the record names and the folder does not hold, by their hash: they are not in the backup.
    #[serde(default)]
    pub missing: Vec<String>,
}

/// One table of a backup.
#[derive(Debug, Serialize, Deserialize)]
pub struct TableLine {
    /// Its name.
    pub name: String,
    /// How many rows.
    pub rows: u64,
    /// The SHA-256 of its lines.
    pub sha256: String,
}

/// Told as it goes on: what is being done, how much of how much.
pub type Told<'a> = &'a mut (dyn FnMut(&str, u64, u64) + Send);

fn broken(doing: &str, error: &dyn std::fmt::Display) -> Oops {
    Oops::Refused(format!("{doing}: {error}"))
}

fn json_of(value: &Value) -> Json {
    match value {
        Value::Key(it) => it.map_or(Json::Null, |id| Json::String(id.to_string())),
        Value::Text(it) => it.as_ref().map_or(Json::Null, |words| Json::String(words.clone())),
        Value::Int(it) => it.map_or(Json::Null, Json::from),
        Value::Bool(it) => it.map_or(Json::Null, Json::from),
        Value::Day(it) => it.map_or(Json::Null, |day| Json::String(day.to_string())),
        Value::At(it) => it.map_or(Json::Null, |at| Json::from(at.as_microsecond())),
        Value::Bytes(it) => it.as_ref().map_or(Json::Null, |bytes| Json::String(BASE64.encode(bytes))),
    }
}

fn value_of(kind: Kind, json: &Json) -> Option<Value> {
    let null = json.is_null();
    let text = || json.as_str();
    Some(match kind {
        Kind::Key => Value::Key(if null { None } else { Some(text()?.parse().ok()?) }),
        Kind::Text => Value::Text(if null { None } else { Some(text()?.to_owned()) }),
        Kind::Int => Value::Int(if null { None } else { Some(json.as_i64()?) }),
        Kind::Bool => Value::Bool(if null { None } else { Some(json.as_bool()?) }),
        Kind::Day => Value::Day(if null { None } else { Some(text()?.parse().ok()?) }),
        Kind::At => {
            Value::At(if null { None } else { Some(Timestamp::from_microsecond(json.as_i64()?).ok()?) })
        }
        Kind::Bytes => Value::Bytes(if null { None } else { Some(BASE64.decode(text()?.as_bytes()).ok()?) }),
    })
}

fn line_of(row: &[Value]) -> Result<String> {
    let mut line = serde_json::to_string(&row.iter().map(json_of).collect::<Vec<_>>())?;
    line.push('\n');
    Ok(line)
}

/// Writes a backup to a new file: first beside it, then renamed, so that a half-written one never has its name.
///
/// # Errors
/// [`Oops::Refused`] says which part could not be written.
pub async fn backup(app: &App, to: &Path, told: Told<'_>) -> Result<Manifest> {
    if to.exists() {
        return Err(Oops::Refused(format!("{} is there already; name another file", to.display())));
    }
    let partial = to.with_extension("partial");
    let file = File::create(&partial).map_err(|error| broken(&partial.display().to_string(), &error))?;
    let mut zip = ZipWriter::new(file);
    let (manifest, named) = write_tables(app, &mut zip, told).await?;
    let written = write_files(app, &mut zip, told)?;
    let missing: Vec<String> = named.into_iter().filter(|name| !written.contains(name)).collect();
    let manifest = Manifest { attachments: written.len() as u64, missing, ..manifest };
    let whole = || -> std::result::Result<(), Box<dyn std::error::Error>> {
        let mut zip = zip;
        zip.start_file("manifest.json", packed())?;
        zip.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
        zip.finish()?.sync_all()?;
        std::fs::rename(&partial, to)?;
        if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    };
    whole().map_err(|error| broken("the backup could not be finished", &error))?;
    Ok(manifest)
}

fn packed() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(3))
        .large_file(true)
}

/// Writes every table, and says which attachments they name.
async fn write_tables(
    app: &App,
    zip: &mut ZipWriter<File>,
    told: Told<'_>,
) -> Result<(Manifest, Vec<String>)> {
    let mut conn = app.db.read().await?;
    let all = whole::tables();
    let mut tables = vec![];
    for (at, table) in all.iter().enumerate() {
        told(&table.name, at as u64, all.len() as u64);
        let name = format!("tables/{}.jsonl", table.name);
        zip.start_file(name, packed()).map_err(|error| broken(&table.name, &error))?;
        let mut hash = Sha256::new();
        let rows = whole::dump::<Oops>(&mut conn, table, |row| {
            let line = line_of(row)?;
            hash.update(line.as_bytes());
            zip.write_all(line.as_bytes()).map_err(|error| broken(&table.name, &error))
        })
        .await?;
        let sha256 = data_encoding::HEXLOWER.encode(&hash.finalize());
        tables.push(TableLine { name: table.name.clone(), rows, sha256 });
    }
    let named: Vec<(String,)> = conn.all(super::everything::store::HASHES, db::args![]).await?;
    let manifest = Manifest {
        form: 1,
        council: app.settings.council.clone(),
        made_at: app.moment().now(),
        tables,
        attachments: 0,
        missing: vec![],
    };
    Ok((manifest, named.into_iter().map(|(hash,)| hash).collect()))
}

fn write_files(app: &App, zip: &mut ZipWriter<File>, told: Told<'_>) -> Result<HashSet<String>> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    let mut written = HashSet::new();
    for hash in app.files.all() {
        let hash = hash.map_err(|error| broken("an attachment", &error))?;
        told("attachments", written.len() as u64, written.len() as u64 + 1);
        let bytes = app.files.read(hash).map_err(|error| broken("an attachment", &error))?;
        zip.start_file(format!("files/{hash}"), stored)
            .and_then(|()| zip.write_all(&bytes).map_err(Into::into))
            .map_err(|error| broken("an attachment", &error))?;
        written.insert(hash.to_string());
    }
    Ok(written)
}

/// Puts a backup into an empty database of either engine: all of it, or none.
///
/// # Errors
/// [`Oops::Refused`] where the database holds a council already, or the file is not whole.
pub async fn restore(app: &App, from: &Path, told: Told<'_>) -> Result<Manifest> {
    let file = File::open(from).map_err(|error| broken(&from.display().to_string(), &error))?;
    let mut zip = ZipArchive::new(file).map_err(|error| broken("this is not a backup", &error))?;
    let manifest: Manifest = {
        let part =
            zip.by_name("manifest.json").map_err(|error| broken("this is not a whole backup", &error))?;
        serde_json::from_reader(part).map_err(|error| broken("manifest.json", &error))?
    };
    if manifest.form != 1 {
        return Err(Oops::Refused(format!(
            "this backup has form {}, which this program does not know",
            manifest.form
        )));
    }
    let mut tx = app.db.write().await?;
    for table in whole::tables() {
        if !whole::is_empty(&mut tx, table).await? {
            return Err(Oops::Refused(format!(
                "this database is not empty (table {}). A backup is put into a new one",
                table.name
            )));
        }
    }
    restore_files(app, &mut zip, told)?;
    let all = whole::tables();
    for (at, table) in all.iter().enumerate() {
        told(&table.name, at as u64, all.len() as u64);
        let Some(line) = manifest.tables.iter().find(|line| line.name == table.name) else { continue };
        restore_table(&mut tx, &mut zip, table, line).await?;
    }
    tx.commit().await?;
    Ok(manifest)
}

fn restore_files(app: &App, zip: &mut ZipArchive<File>, told: Told<'_>) -> Result<()> {
    let names: Vec<String> = zip
        .file_names()
        .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
        .filter(|name| name.starts_with("files/"))
        .collect();
    for (at, name) in names.iter().enumerate() {
        told("attachments", at as u64, names.len() as u64);
        let mut bytes = vec![];
        zip.by_name(name)
            .map_err(|error| broken(name, &error))?
            .read_to_end(&mut bytes)
            .map_err(|error| broken(name, &error))?;
        let kept = app.files.keep(&bytes).map_err(|error| broken(name, &error))?;
        if name.strip_prefix("files/") != Some(&kept.hash.to_string()) {
            return Err(Oops::Refused(format!(
                "{name} is not what its name says: the backup was changed or damaged"
            )));
        }
    }
    Ok(())
}

async fn restore_table(
    tx: &mut db::Tx,
    zip: &mut ZipArchive<impl Read + Seek>,
    table: &Table,
    said: &TableLine,
) -> Result<()> {
    let name = format!("tables/{}.jsonl", table.name);
    if sum_of(zip, &name)? != (said.rows, said.sha256.clone()) {
        return Err(Oops::Refused(format!(
            "{name} is not what the manifest says: the backup was changed or damaged"
        )));
    }
    let mut lines = BufReader::new(zip.by_name(&name).map_err(|error| broken(&name, &error))?);
    let mut line = String::new();
    let mut filling = Filling::new(table);
    while lines.read_line(&mut line).map_err(|error| broken(&name, &error))? > 0 {
        let row: Vec<Json> = serde_json::from_str(&line)?;
        let read = table.columns.iter().zip(&row).map(|((column, kind), json)| {
            value_of(*kind, json).ok_or_else(|| {
                let table = "a table of the backup";
                DbError::Broken { table, column: "", row: format!("{}.{column}", said.name) }
            })
        });
        let row = read.collect::<db::Result<Vec<Value>>>()?;
        filling.row(tx, row).await?;
        line.clear();
    }
    filling.finish(tx).await?;
    Ok(())
}

/// How many lines a part has, and their hash, read through once before anything is stored.
fn sum_of(zip: &mut ZipArchive<impl Read + Seek>, name: &str) -> Result<(u64, String)> {
    let mut lines = BufReader::new(zip.by_name(name).map_err(|error| broken(name, &error))?);
    let (mut line, mut rows, mut hash) = (vec![], 0, Sha256::new());
    while lines.read_until(b'\n', &mut line).map_err(|error| broken(name, &error))? > 0 {
        hash.update(&line);
        rows += 1;
        line.clear();
    }
    Ok((rows, data_encoding::HEXLOWER.encode(&hash.finalize())))
}
