//! Proving that a folder is the export its manifest says: every file there, none added, each byte as it was written.

use super::folder::broken;
use super::manifest::{FileLine, Manifest, refused};
use super::{ATTACHMENTS, LIST, MANIFEST, TABLES, Told};
use crate::Result;
use data_encoding::HEXLOWER;
use files::Hash;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// No row is longer: a file without line ends is not read into memory whole.
const LONGEST: u64 = 256 * 1024 * 1024;

/// Proves a folder, files before attachments.
pub(super) fn prove(from: &Path, manifest: &Manifest, told: Told<'_>) -> Result<()> {
    let named: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
    for name in names(from)? {
        if !named.contains(name.as_str()) && ![MANIFEST, TABLES, ATTACHMENTS].contains(&name.as_str()) {
            return Err(added(&name));
        }
    }
    for name in names(&from.join(TABLES))? {
        let path = format!("{TABLES}/{name}");
        if !named.contains(path.as_str()) {
            return Err(added(&path));
        }
    }
    let all: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    let mut done = 0;
    for file in &manifest.files {
        told(&format!("checking {}", file.path), done, all);
        prove_file(from, file)?;
        done += file.bytes;
    }
    prove_attachments(from, manifest, told)
}

fn added(path: &str) -> crate::Oops {
    refused(format!(
        "{path} is no part of this export. Nothing may be added to its folder; move it elsewhere"
    ))
}

fn prove_file(from: &Path, file: &FileLine) -> Result<()> {
    let mut hash = Sha256::new();
    let mut open = open(from, &file.path)?;
    let mut part = vec![0; 256 * 1024];
    let mut bytes = 0;
    loop {
        let read = open.read(&mut part).map_err(|error| broken(&from.join(&file.path), &error))?;
        if read == 0 {
            break;
        }
        hash.update(&part[..read]);
        bytes += read as u64;
    }
    same(&file.path, (bytes, &HEXLOWER.encode(&hash.finalize())), (file.bytes, &file.sha256))
}

fn same(path: &str, found: (u64, &str), said: (u64, &str)) -> Result<()> {
    if found == said {
        return Ok(());
    }
    let how = match found.0.cmp(&said.0) {
        Ordering::Less => format!("it is cut short: {} of {} bytes are there", found.0, said.0),
        Ordering::Greater => format!("it has {} bytes instead of {}", found.0, said.0),
        Ordering::Equal => "its bytes are not those that were written".to_owned(),
    };
    Err(refused(format!("{path} was changed or damaged: {how}. Copy the export again, or take a new one")))
}

/// Opens a file of the folder; a link, or anything but a file, is refused.
fn open(from: &Path, path: &str) -> Result<File> {
    let place = from.join(path);
    let what = fs::symlink_metadata(&place).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => refused(format!("{path} is missing from the export")),
        _ => broken(&place, &error),
    })?;
    if !what.is_file() {
        return Err(refused(format!("{path} is no ordinary file")));
    }
    File::open(&place).map_err(|error| broken(&place, &error))
}

/// One attachment of the list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attached {
    pub(super) sha256: Hex,
    pub(super) bytes: u64,
}

/// A hash as 64 hexadecimal digits.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Hex(pub(super) Hash);

impl TryFrom<String> for Hex {
    type Error = files::NotAHash;
    fn try_from(text: String) -> std::result::Result<Self, files::NotAHash> {
        Hash::parse(&text).map(Self)
    }
}

/// Where an attachment lies.
pub(super) fn attachment_path(hash: Hash) -> String {
    let name = hash.to_string();
    format!("{ATTACHMENTS}/{}/{name}", &name[..2])
}

/// The attachments of the list, in its order: sorted, each once.
pub(super) fn each_attachment(
    from: &Path,
    manifest: &Manifest,
    mut take: impl FnMut(&Attached) -> Result<()>,
) -> Result<()> {
    let mut lines = Lines::open(from, manifest.file(LIST)?)?;
    let mut last: Option<Hash> = None;
    while let Some(line) = lines.next()? {
        let one: Attached = serde_json::from_slice(line).map_err(|error| lines.wrong(&error.to_string()))?;
        if last.is_some_and(|last| last >= one.sha256.0) {
            return Err(lines.wrong("the attachments are not sorted by their hash, each once"));
        }
        last = Some(one.sha256.0);
        take(&one)?;
    }
    lines.finish()
}

fn prove_attachments(from: &Path, manifest: &Manifest, told: Told<'_>) -> Result<()> {
    let mut there = Walk::of(from)?;
    let mut done = 0;
    each_attachment(from, manifest, |one| {
        let path = attachment_path(one.sha256.0);
        match there.next()? {
            Some(found) if found < path => return Err(added(&found)),
            Some(found) if found == path => {}
            _ => return Err(refused(format!("{path} is missing from the export"))),
        }
        let sha256 = one.sha256.0.to_string();
        prove_file(from, &FileLine { path, rows: None, bytes: one.bytes, sha256 })?;
        done += 1;
        told("checking attachments", done, manifest.attachments);
        Ok(())
    })?;
    if done != manifest.attachments {
        return Err(refused(format!(
            "{LIST} names {done} attachments; the manifest says {}",
            manifest.attachments
        )));
    }
    there.next()?.map_or(Ok(()), |found| Err(added(&found)))
}

/// What lies in the folder of attachments, sorted, a part of it at a time.
struct Walk {
    within: PathBuf,
    parts: std::vec::IntoIter<String>,
    part: String,
    names: std::vec::IntoIter<String>,
}

impl Walk {
    fn of(from: &Path) -> Result<Self> {
        let within = from.join(ATTACHMENTS);
        let parts = names(&within)?.into_iter();
        Ok(Self { within, parts, part: String::new(), names: vec![].into_iter() })
    }

    fn next(&mut self) -> Result<Option<String>> {
        loop {
            if let Some(name) = self.names.next() {
                return Ok(Some(format!("{ATTACHMENTS}/{}/{name}", self.part)));
            }
            let Some(part) = self.parts.next() else { return Ok(None) };
            let path = self.within.join(&part);
            if !fs::symlink_metadata(&path).is_ok_and(|what| what.is_dir()) {
                return Ok(Some(format!("{ATTACHMENTS}/{part}")));
            }
            self.names = names(&path)?.into_iter();
            self.part = part;
        }
    }
}

/// The names in a folder, sorted.
fn names(path: &Path) -> Result<Vec<String>> {
    let listed = fs::read_dir(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => refused(format!("the folder {} is missing", path.display())),
        _ => broken(path, &error),
    })?;
    let mut names = vec![];
    for each in listed {
        let each = each.map_err(|error| broken(path, &error))?;
        names.push(each.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

/// The lines of a file one at a time, proved once more while they are read.
pub(super) struct Lines<'a> {
    said: &'a FileLine,
    file: BufReader<File>,
    line: Vec<u8>,
    hash: Sha256,
    bytes: u64,
    number: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn open(from: &Path, said: &'a FileLine) -> Result<Self> {
        let file = BufReader::with_capacity(256 * 1024, open(from, &said.path)?);
        Ok(Self { said, file, line: vec![], hash: Sha256::new(), bytes: 0, number: 0 })
    }

    /// The next line.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>> {
        self.line.clear();
        let read = (&mut self.file).take(LONGEST).read_until(b'\n', &mut self.line);
        let read = read.map_err(|error| broken(Path::new(&self.said.path), &error))? as u64;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if read == LONGEST {
            return Err(self.wrong("this line is too long to be a row"));
        }
        self.bytes += read;
        self.hash.update(&self.line);
        Ok(Some(&self.line))
    }

    /// How many bytes were read.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many lines were read.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// Says what is wrong with the line just read.
    pub(super) fn wrong(&self, words: &str) -> crate::Oops {
        refused(format!("{}, line {}: {words}", self.said.path, self.number))
    }

    /// Proves at the end that the lines were those the manifest says.
    pub(super) fn finish(self) -> Result<()> {
        let found = HEXLOWER.encode(&self.hash.finalize());
        same(&self.said.path, (self.bytes, &found), (self.said.bytes, &self.said.sha256))?;
        match self.said.rows {
            Some(rows) if rows != self.number => {
                Err(refused(format!("{} has {} rows; the manifest says {rows}", self.said.path, self.number)))
            }
            _ => Ok(()),
        }
    }
}
