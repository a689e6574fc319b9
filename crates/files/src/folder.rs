//! The folder that attachments lie in, each under the hash of its bytes: `ab/cd/abcd...`, and `ab/cd/abcd....age`
//! where it is locked. The hash is that of the clear bytes either way.
//!
//! A file is written beside its place, flushed to the disk, renamed into its place, and the folders above it are
//! flushed, before [`Folder::keep`] returns. So a row written afterwards never points at a file that a power cut
//! could lose, and a file under its final name is never half written.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use thiserror::Error;

use crate::hash::Hash;
use crate::locked::Keys;
use crate::writing::{Writing, make_folder};

/// Where files lie while they are being written.
const INCOMING: &str = "incoming";

/// What went wrong with the folder. The path is that of the folder or file, never a sender's name.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Fault {
    /// The folder cannot be made or written to.
    #[error("the attachments folder {path} cannot be used: {reason}")]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        reason: io::Error,
    },
    /// There is no file of this hash.
    #[error("no attachment {0} is kept here")]
    Absent(Hash),
    /// The file is locked, and with none of the keys given.
    #[error(
        "attachment {0} is locked with a key that was not given. Is this the key file it was locked with?"
    )]
    Locked(Hash),
    /// The bytes under this hash are not the ones that were kept.
    #[error("attachment {hash} is damaged: its bytes give {found}. Restore it from a backup")]
    Damaged {
        /// The hash it was kept under.
        hash: Hash,
        /// The hash of what lies there now.
        found: Hash,
    },
    /// Reading or writing failed.
    #[error("the attachment at {path} cannot be read or written: {reason}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        reason: io::Error,
    },
}

/// A file that is safely on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// The name it is kept under.
    pub hash: Hash,
    /// Its size in bytes.
    pub size: u64,
}

/// The folder. Several processes may use one at the same time.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    keys: Keys,
}

/// The ending of a locked file's name.
const LOCKED: &str = ".age";

/// How often a file that vanished while it was written is written again.
const TRIES: u32 = 20;

impl Folder {
    /// Opens the folder, making it if it is not there, and removes what an interrupted process left half written.
    ///
    /// # Errors
    /// [`Fault::Unusable`] if it is not a folder or cannot be written to.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let unusable = |reason| Fault::Unusable { path: path.to_owned(), reason };
        let incoming = path.join(INCOMING);
        make_folder(&incoming).map_err(unusable)?;
        let root = path.canonicalize().map_err(unusable)?;
        let folder = Self { root, keys: Keys::default() };
        folder.remove_leftovers().map_err(unusable)?;
        // Proves that this process may write, rather than finding out at the first visit recorded.
        let mut probe = NamedTempFile::new_in(&incoming).map_err(unusable)?;
        probe.write_all(b"probe").and_then(|()| probe.as_file().sync_all()).map_err(unusable)?;
        flush_folder(&folder.root).map_err(unusable)?;
        Ok(folder)
    }

    /// The same folder with keys: what is kept from now on is locked with the first, and each opens what it locked.
    #[must_use]
    pub fn with_keys(mut self, keys: Keys) -> Self {
        self.keys = keys;
        self
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Puts these bytes safely on the disk. Keeping the same bytes again changes nothing, and mends a damaged copy.
    ///
    /// A sender's bytes must have passed [`crate::admit`] first; only a backup is restored as it is.
    ///
    /// # Errors
    /// [`Fault::Disk`]; nothing is then kept.
    pub fn keep(&self, bytes: &[u8]) -> Result<Kept, Fault> {
        let hash = Hash::of(bytes);
        let kept = Kept { hash, size: u64::try_from(bytes.len()).unwrap_or(u64::MAX) };
        let place = self.place(hash, self.keys.locks());
        let disk = |reason| Fault::Disk { path: place.clone(), reason };
        if self.verify(hash).is_err() {
            // Another process that starts now may take a file just made, not yet locked, for a leftover: what
            // vanished is written again. Each start sweeps once, so a few tries settle it.
            let mut tries = 0;
            while let Err(reason) = self.write(bytes, &place) {
                tries += 1;
                if reason.kind() != io::ErrorKind::NotFound || tries == TRIES {
                    return Err(disk(reason));
                }
            }
        }
        // Also when the file was there: whoever put it there may not have flushed the folders yet.
        for folder in place.ancestors().skip(1).take(3) {
            flush_folder(folder).map_err(disk)?;
        }
        Ok(kept)
    }

    /// Puts what a reader gives safely on the disk, holding little of it in memory: an attachment of an export taken
    /// in as it is. Only bytes of this hash are kept.
    ///
    /// # Errors
    /// [`Fault::Damaged`] where the bytes are others, and [`Fault::Disk`]; nothing is then kept.
    pub fn keep_as(&self, hash: Hash, mut bytes: impl Read) -> Result<Kept, Fault> {
        let place = self.place(hash, self.keys.locks());
        let disk = |reason| Fault::Disk { path: place.clone(), reason };
        let mut file = self.begin().map_err(disk)?;
        let (mut sum, mut size, mut part) = (Sha256::new(), 0, vec![0; 64 * 1024]);
        loop {
            let read = bytes.read(&mut part).map_err(disk)?;
            if read == 0 {
                break;
            }
            sum.update(&part[..read]);
            file.write_all(&part[..read]).map_err(disk)?;
            size += u64::try_from(read).unwrap_or(u64::MAX);
        }
        let found = Hash::finish(sum);
        if found != hash {
            return Err(Fault::Damaged { hash, found });
        }
        file.finish(&place).map_err(disk)?;
        for folder in place.ancestors().skip(1).take(3) {
            flush_folder(folder).map_err(disk)?;
        }
        Ok(Kept { hash, size })
    }

    /// The whole file, checked against its hash.
    ///
    /// # Errors
    /// [`Fault::Absent`], [`Fault::Locked`], [`Fault::Damaged`] or [`Fault::Disk`].
    pub fn read(&self, hash: Hash) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut file = self.open_file(hash)?;
        file.read_to_end(&mut bytes)
            .map_err(|reason| Fault::Disk { path: self.place(hash, false), reason })?;
        let found = Hash::of(&bytes);
        if found == hash { Ok(bytes) } else { Err(Fault::Damaged { hash, found }) }
    }

    /// The file, opened for reading from its beginning and unchecked: a long recording is not held whole.
    ///
    /// # Errors
    /// [`Fault::Absent`], [`Fault::Locked`] or [`Fault::Disk`].
    pub fn open_file(&self, hash: Hash) -> Result<Box<dyn Read + Send>, Fault> {
        for locked in [self.keys.locks(), !self.keys.locks()] {
            let path = self.place(hash, locked);
            let disk = |reason| Fault::Disk { path: path.clone(), reason };
            match File::open(&path) {
                Ok(file) if locked => return self.keys.open(file).map_err(disk)?.ok_or(Fault::Locked(hash)),
                Ok(file) => return Ok(Box::new(file)),
                Err(reason) if reason.kind() == io::ErrorKind::NotFound => {}
                Err(reason) => return Err(disk(reason)),
            }
        }
        Err(Fault::Absent(hash))
    }

    /// Whether a file of this hash is kept.
    pub fn exists(&self, hash: Hash) -> bool {
        self.place(hash, false).is_file() || self.place(hash, true).is_file()
    }

    /// Locks every file anew with other keys, or unlocks it where they are none; `told` hears how many are done. What
    /// is so already is left, so that one that was interrupted goes on when it is said again.
    ///
    /// # Errors
    /// The first file that cannot be read or written; it stays as it was.
    pub fn lock_anew(&self, keys: &Keys, told: &mut dyn FnMut(u64)) -> Result<u64, Fault> {
        let other = Self { root: self.root.clone(), keys: keys.clone() };
        let mut done = 0;
        for hash in self.all() {
            let hash = hash?;
            let (place, before) = (self.place(hash, keys.locks()), self.place(hash, !keys.locks()));
            let disk = |reason| Fault::Disk { path: place.clone(), reason };
            if !(place.is_file() && other.verify(hash).is_ok()) {
                let mut file = other.begin().map_err(disk)?;
                file.write_all(&self.read(hash)?).map_err(disk)?;
                file.finish(&place).map_err(disk)?;
            }
            match fs::remove_file(before) {
                Err(reason) if reason.kind() != io::ErrorKind::NotFound => return Err(disk(reason)),
                _ => place.parent().map_or(Ok(()), flush_folder).map_err(disk)?,
            }
            done += 1;
            told(done);
        }
        Ok(done)
    }

    /// Reads the file through and compares it with its hash, holding little of it in memory.
    ///
    /// # Errors
    /// [`Fault::Absent`], [`Fault::Locked`], [`Fault::Damaged`] or [`Fault::Disk`].
    pub fn verify(&self, hash: Hash) -> Result<Kept, Fault> {
        let mut file = self.open_file(hash)?;
        let mut sum = Sha256::new();
        let mut size = 0;
        let mut part = vec![0; 64 * 1024];
        loop {
            let read = file
                .read(&mut part)
                .map_err(|reason| Fault::Disk { path: self.place(hash, false), reason })?;
            if read == 0 {
                break;
            }
            sum.update(&part[..read]);
            size += u64::try_from(read).unwrap_or(u64::MAX);
        }
        let found = Hash::finish(sum);
        if found == hash { Ok(Kept { hash, size }) } else { Err(Fault::Damaged { hash, found }) }
    }

    /// Every file kept, in the order of their hashes, without reading them: what a backup copies.
    pub fn all(&self) -> impl Iterator<Item = Result<Hash, Fault>> + use<> {
        let two = |name: &str| name.len() == 2 && name.bytes().all(|b| b.is_ascii_hexdigit());
        let within = move |above: Result<(PathBuf, String), Fault>| match above {
            Ok((path, name)) if two(&name) => list(&path),
            Ok(_) => Vec::new(),
            Err(fault) => vec![Err(fault)],
        };
        let mut before = None;
        list(&self.root).into_iter().flat_map(within).flat_map(within).filter_map(move |file| match file {
            Ok((_, name)) => {
                let hash = Hash::parse(name.strip_suffix(LOCKED).unwrap_or(&name)).ok()?;
                // both ways for a moment while its lock changes
                (before.replace(hash) != Some(hash)).then_some(Ok(hash))
            }
            Err(fault) => Some(Err(fault)),
        })
    }

    /// Removes a file for good: only for lawful disposal, when no row names the hash any more. Absent is done.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub fn dispose(&self, hash: Hash) -> Result<(), Fault> {
        for locked in [false, true] {
            let place = self.place(hash, locked);
            let gone = match fs::remove_file(&place) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                other => other,
            };
            let flushed = gone.and_then(|()| place.parent().map_or(Ok(()), flush_folder));
            flushed.map_err(|reason| Fault::Disk { path: place, reason })?;
        }
        Ok(())
    }

    fn place(&self, hash: Hash, locked: bool) -> PathBuf {
        let name = hash.to_string();
        let folder = self.root.join(&name[..2]).join(&name[2..4]);
        folder.join(if locked { name + LOCKED } else { name })
    }

    fn write(&self, bytes: &[u8], place: &Path) -> io::Result<()> {
        let mut file = self.begin()?;
        file.write_all(bytes)?;
        file.finish(place)
    }

    fn begin(&self) -> io::Result<Writing> {
        Writing::begin(&self.root.join(INCOMING), &self.keys)
    }

    /// Removes files in writing whose writer is gone: those that nobody holds a lock on.
    fn remove_leftovers(&self) -> io::Result<()> {
        let incoming = self.root.join(INCOMING);
        for name in names_in(&incoming)? {
            let path = incoming.join(name);
            let Ok(file) = File::open(&path) else { continue };
            if file.try_lock().is_ok() {
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// Puts the names in a folder on the disk, not only the files.
#[cfg(unix)]
fn flush_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Windows writes names with the files and has no way to ask.
#[cfg(not(unix))]
fn flush_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// What lies in a folder, by name, with its path.
fn list(path: &Path) -> Vec<Result<(PathBuf, String), Fault>> {
    match names_in(path) {
        Ok(names) => names.into_iter().map(|name| Ok((path.join(&name), name))).collect(),
        Err(reason) => vec![Err(Fault::Disk { path: path.to_owned(), reason })],
    }
}

/// The names in a folder, sorted. Names that are not text are none of ours.
fn names_in(path: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        if let Ok(name) = entry?.file_name().into_string() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
