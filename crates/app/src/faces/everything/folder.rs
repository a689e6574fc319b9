//! A folder that an export is written to: readable by this account only, each file flushed to the disk, taken away
//! again where the export fails.

use super::manifest::refused;
use super::{ATTACHMENTS, FileLine, LIST, MANIFEST, PAGE, TABLES};
use crate::{Oops, Result};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

pub(super) fn broken(path: &Path, error: &dyn std::fmt::Display) -> Oops {
    Oops::Broken(format!("{}: {error}", path.display()))
}

/// A new folder, or an empty one.
pub(super) struct Fresh {
    path: PathBuf,
    made: bool,
}

impl Fresh {
    /// Makes the folder, or takes an empty one. One in which anything lies is refused.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let made = !path.exists();
        if made {
            make(path)?;
        } else if !path.is_dir() {
            return Err(refused(format!("{} is a file; name a new or empty folder", path.display())));
        } else if let Some(there) = fs::read_dir(path).map_err(|error| broken(path, &error))?.next() {
            let there = there.map_err(|error| broken(path, &error))?;
            return Err(refused(format!(
                "{} is not empty ({} lies in it); name a new or empty folder",
                path.display(),
                there.file_name().to_string_lossy()
            )));
        } else {
            #[cfg(unix)]
            fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))
                .map_err(|error| broken(path, &error))?;
        }
        for inside in [TABLES, ATTACHMENTS] {
            make(&path.join(inside))?;
        }
        Ok(Self { path: path.to_owned(), made })
    }

    /// Begins a file.
    pub(super) fn begin(&self, path: &str) -> Result<Written> {
        Written::begin(&self.path, path)
    }

    /// Copies an attachment in, and says how large it is.
    pub(super) fn attach(&self, hash: &str, bytes: &mut dyn std::io::Read) -> Result<u64> {
        let within = self.path.join(ATTACHMENTS).join(&hash[..2]);
        if !within.exists() {
            make(&within)?;
        }
        let mut written = self.begin(&format!("{ATTACHMENTS}/{}/{hash}", &hash[..2]))?;
        let mut part = vec![0; 64 * 1024];
        loop {
            let read = bytes.read(&mut part).map_err(|error| broken(&written.place, &error))?;
            if read == 0 {
                break;
            }
            written.add(&part[..read])?;
        }
        let line = written.finish(None)?;
        if line.sha256 != hash {
            return Err(Oops::Broken(format!(
                "the attachment {hash} is damaged: its bytes give {}. Restore it from a backup",
                line.sha256
            )));
        }
        Ok(line.bytes)
    }

    /// Puts the names on the disk too. The manifest must have been written last.
    pub(super) fn finish(self) -> Result<()> {
        let mut folders = vec![self.path.join(TABLES), self.path.join(ATTACHMENTS), self.path.clone()];
        for each in fs::read_dir(self.path.join(ATTACHMENTS)).map_err(|error| broken(&self.path, &error))? {
            folders.push(each.map_err(|error| broken(&self.path, &error))?.path());
        }
        for folder in folders {
            let flushed = File::open(&folder).and_then(|open| open.sync_all());
            flushed.map_err(|error| broken(&folder, &error))?;
        }
        Ok(())
    }

    /// Takes away what was written.
    pub(super) fn undo(self) {
        for file in [MANIFEST, PAGE, LIST] {
            drop(fs::remove_file(self.path.join(file)));
        }
        for folder in [TABLES, ATTACHMENTS] {
            drop(fs::remove_dir_all(self.path.join(folder)));
        }
        if self.made {
            drop(fs::remove_dir(&self.path));
        }
    }
}

fn make(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| broken(path, &error))
}

/// A file in writing, with its hash.
pub(super) struct Written {
    name: String,
    place: PathBuf,
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Written {
    fn begin(folder: &Path, name: &str) -> Result<Self> {
        let place = folder.join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&place).map_err(|error| broken(&place, &error))?;
        let file = BufWriter::with_capacity(256 * 1024, file);
        Ok(Self { name: name.to_owned(), place, file, hash: Sha256::new(), bytes: 0 })
    }

    /// Adds bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<()> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes).map_err(|error| broken(&self.place, &error))
    }

    /// Makes it durable and says what the manifest says of it.
    pub(super) fn finish(mut self, rows: Option<u64>) -> Result<FileLine> {
        let flushed = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        flushed.map_err(|error| broken(&self.place, &error))?;
        let sha256 = HEXLOWER.encode(&self.hash.finalize());
        Ok(FileLine { path: self.name, rows, bytes: self.bytes, sha256 })
    }
}
