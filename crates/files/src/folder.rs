//! The folder that attachments lie in, each under the hash of its bytes: `ab/cd/abcd...`.
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
}

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
        let folder = Self { root };
        folder.remove_leftovers().map_err(unusable)?;
        // Proves that this process may write, rather than finding out at the first visit recorded.
        let mut probe = NamedTempFile::new_in(&incoming).map_err(unusable)?;
        probe.write_all(b"probe").and_then(|()| probe.as_file().sync_all()).map_err(unusable)?;
        flush_folder(&folder.root).map_err(unusable)?;
        Ok(folder)
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
        let place = self.place(hash);
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
        let place = self.place(hash);
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
        finish(file, &place).map_err(disk)?;
        for folder in place.ancestors().skip(1).take(3) {
            flush_folder(folder).map_err(disk)?;
        }
        Ok(Kept { hash, size })
    }

    /// The whole file, checked against its hash.
    ///
    /// # Errors
    /// [`Fault::Absent`], [`Fault::Damaged`] or [`Fault::Disk`].
    pub fn read(&self, hash: Hash) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut file = self.open_file(hash)?;
        file.read_to_end(&mut bytes).map_err(|reason| Fault::Disk { path: self.place(hash), reason })?;
        let found = Hash::of(&bytes);
        if found == hash { Ok(bytes) } else { Err(Fault::Damaged { hash, found }) }
    }

    /// The file, opened for reading a part of it, unchecked: a long recording is not read whole to play a second.
    ///
    /// # Errors
    /// [`Fault::Absent`] or [`Fault::Disk`].
    pub fn open_file(&self, hash: Hash) -> Result<File, Fault> {
        let path = self.place(hash);
        File::open(&path).map_err(|reason| {
            let absent = reason.kind() == io::ErrorKind::NotFound;
            if absent { Fault::Absent(hash) } else { Fault::Disk { path, reason } }
        })
    }

    /// Takes the file of this hash off the disk, for ever, and the folders above it that are then empty. Whoever calls
    /// it knows that nothing needs it any more. No file of this hash is no fault.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub fn remove(&self, hash: Hash) -> Result<(), Fault> {
        let place = self.place(hash);
        let disk = |reason| Fault::Disk { path: place.clone(), reason };
        match fs::remove_file(&place) {
            Ok(()) => {}
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(reason) => return Err(disk(reason)),
        }
        for folder in place.ancestors().skip(1).take(2) {
            // not empty: another file lies there, and that is well
            if fs::remove_dir(folder).is_err() {
                flush_folder(folder).map_err(disk)?;
                break;
            }
        }
        flush_folder(&self.root).map_err(disk)
    }

    /// Whether a file of this hash is kept.
    pub fn exists(&self, hash: Hash) -> bool {
        self.place(hash).is_file()
    }

    /// Reads the file through and compares it with its hash, holding little of it in memory.
    ///
    /// # Errors
    /// [`Fault::Absent`], [`Fault::Damaged`] or [`Fault::Disk`].
    pub fn verify(&self, hash: Hash) -> Result<Kept, Fault> {
        let mut file = self.open_file(hash)?;
        let mut sum = Sha256::new();
        let mut size = 0;
        let mut part = vec![0; 64 * 1024];
        loop {
            let read =
                file.read(&mut part).map_err(|reason| Fault::Disk { path: self.place(hash), reason })?;
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
    pub fn all(&self) -> impl Iterator<Item = Result<Kept, Fault>> + use<> {
        let two = |name: &str| name.len() == 2 && name.bytes().all(|b| b.is_ascii_hexdigit());
        let within = move |above: Result<(PathBuf, String), Fault>| match above {
            Ok((path, name)) if two(&name) => list(&path),
            Ok(_) => Vec::new(),
            Err(fault) => vec![Err(fault)],
        };
        list(&self.root).into_iter().flat_map(within).flat_map(within).filter_map(|file| match file {
            Ok((path, name)) => {
                let hash = Hash::parse(&name).ok()?;
                let size = fs::metadata(&path).map(|m| m.len());
                Some(size.map(|size| Kept { hash, size }).map_err(|reason| Fault::Disk { path, reason }))
            }
            Err(fault) => Some(Err(fault)),
        })
    }

    /// Removes a file for good: only for lawful disposal, when no row names the hash any more. Absent is done.
    ///
    /// # Errors
    /// [`Fault::Disk`].
    pub fn dispose(&self, hash: Hash) -> Result<(), Fault> {
        let place = self.place(hash);
        let gone = match fs::remove_file(&place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other,
        };
        let flushed = gone.and_then(|()| place.parent().map_or(Ok(()), flush_folder));
        flushed.map_err(|reason| Fault::Disk { path: place, reason })
    }

    fn place(&self, hash: Hash) -> PathBuf {
        let name = hash.to_string();
        self.root.join(&name[..2]).join(&name[2..4]).join(&name)
    }

    fn write(&self, bytes: &[u8], place: &Path) -> io::Result<()> {
        let mut file = self.begin()?;
        file.write_all(bytes)?;
        finish(file, place)
    }

    /// A file in writing.
    fn begin(&self) -> io::Result<NamedTempFile> {
        let file = NamedTempFile::new_in(self.root.join(INCOMING))?;
        // Held until the file has its final name, so that an opening process sees that it is no leftover.
        match file.as_file().lock() {
            // Where nothing can be locked nothing is taken for a leftover either.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            locked => locked?,
        }
        Ok(file)
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

/// Puts a written file into its place.
fn finish(file: NamedTempFile, place: &Path) -> io::Result<()> {
    if let Some(parent) = place.parent() {
        make_folder(parent)?;
    }
    file.as_file().sync_all()?;
    file.persist(place).map_err(|error| error.error)?;
    Ok(())
}

/// Makes a folder and those above it, readable by this account only.
fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
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
