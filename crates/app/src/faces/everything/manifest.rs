//! What an export says of itself, and what must be so before any of it is taken in.

use super::leaving::{all_left_out, left_out};
use super::{FORM, LIST, MANIFEST, PAGE, TABLES};
use crate::{Oops, Result};
use db::whole;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// What an export says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the folder.
    pub form: u32,
    /// The program that made it, with its version.
    pub program: String,
    /// The council.
    pub council: String,
    /// When it was made: it holds what was recorded until then.
    pub made_at: Timestamp,
    /// Whether what signs people in was taken along.
    pub with_sign_in: bool,
    /// What was left out, and why.
    pub left_out: Vec<LeftOut>,
    /// The journal as it was then.
    pub journal: Chain,
    /// How many attachments there are.
    pub attachments: u64,
    /// Every file but this one and the attachments, which `attachments.jsonl` lists.
    pub files: Vec<FileLine>,
}

/// Something left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The table, or the column as `table.column`.
    pub what: String,
    /// Why.
    pub why: String,
}

/// How far the journal was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// How many rows are sealed.
    pub sealed: i64,
    /// The hash that proves them, in hexadecimal; none while nothing is sealed.
    pub head: Option<String>,
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    /// Where it lies in the folder.
    pub path: String,
    /// How many rows it has, one a line; none for the page.
    pub rows: Option<u64>,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The program and its version, as a manifest names it.
pub(super) fn program() -> String {
    format!("Alongside {}", env!("CARGO_PKG_VERSION"))
}

/// The files that an export has beside its manifest and its attachments.
pub(super) fn expected_files(with_sign_in: bool) -> Vec<String> {
    let tables = whole::tables().iter().filter(|table| left_out(&table.name, with_sign_in).is_none());
    let mut all: Vec<String> = tables.map(|table| table_path(&table.name)).collect();
    all.push(LIST.to_owned());
    all.push(PAGE.to_owned());
    all
}

pub(super) fn table_path(table: &str) -> String {
    format!("{TABLES}/{table}.jsonl")
}

/// What every manifest says, of whatever form.
#[derive(Deserialize)]
struct Form {
    form: u32,
}

/// Reads the manifest of a folder, and refuses one that is not of this form or does not name every file once.
pub(super) fn read(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    let bytes = std::fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => refused(format!(
            "{} has no {MANIFEST}: it is no export, or the export was not finished. Take a new one",
            folder.display()
        )),
        _ => refused(format!("{}: {error}", path.display())),
    })?;
    let wrong = |error: serde_json::Error| refused(format!("{MANIFEST} is damaged: {error}"));
    let Form { form } = serde_json::from_slice(&bytes).map_err(wrong)?;
    if form != FORM {
        return Err(refused(format!(
            "this export has form {form}; this program knows form {FORM}. Use the version that made it"
        )));
    }
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(wrong)?;
    if manifest.left_out != all_left_out(manifest.with_sign_in) {
        return Err(refused(format!(
            "{MANIFEST}: what it says was left out is not what this program leaves out"
        )));
    }
    manifest.names_every_file()?;
    Ok(manifest)
}

impl Manifest {
    fn names_every_file(&self) -> Result<()> {
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        for file in &self.files {
            *named.entry(&file.path).or_default() += 1;
        }
        for path in expected_files(self.with_sign_in) {
            match named.remove(path.as_str()) {
                Some(1) => {}
                Some(_) => return Err(refused(format!("{MANIFEST} names {path} more than once"))),
                None => {
                    return Err(refused(format!(
                        "{MANIFEST} does not name {path}. It was made by {}; this is {}",
                        self.program,
                        program()
                    )));
                }
            }
        }
        match named.into_keys().next() {
            None => Ok(()),
            Some(path) => Err(refused(format!("{MANIFEST} names {path}, which is no part of an export"))),
        }
    }

    /// What it says of a file.
    pub(super) fn file(&self, path: &str) -> Result<&FileLine> {
        let found = self.files.iter().find(|file| file.path == path);
        found.ok_or_else(|| refused(format!("{MANIFEST} does not name {path}")))
    }
}

pub(super) fn refused(words: String) -> Oops {
    Oops::Refused(words)
}
