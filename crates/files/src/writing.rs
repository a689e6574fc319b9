//! A file in writing: in the clear, or locked as it is written. It has its final name when it is whole and on the disk.

use crate::locked::Keys;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// The file in writing.
pub(crate) enum Writing {
    /// In the clear.
    Clear(NamedTempFile),
    /// Locked.
    #[cfg(feature = "encryption")]
    Locked(Box<age::stream::StreamWriter<NamedTempFile>>),
}

impl Writing {
    /// Begins a file in this folder.
    pub(crate) fn begin(incoming: &Path, keys: &Keys) -> io::Result<Self> {
        let file = NamedTempFile::new_in(incoming)?;
        // Held until the file has its final name, so that an opening process sees that it is no leftover.
        match file.as_file().lock() {
            // Where nothing can be locked nothing is taken for a leftover either.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            locked => locked?,
        }
        #[cfg(feature = "encryption")]
        if keys.locks() {
            return Ok(Self::Locked(Box::new(keys.lock(file)?)));
        }
        #[cfg(not(feature = "encryption"))]
        let _ = keys;
        Ok(Self::Clear(file))
    }

    /// Puts the written file into its place.
    pub(crate) fn finish(self, place: &Path) -> io::Result<()> {
        let file = match self {
            Self::Clear(file) => file,
            #[cfg(feature = "encryption")]
            Self::Locked(writer) => writer.finish()?,
        };
        if let Some(parent) = place.parent() {
            make_folder(parent)?;
        }
        file.as_file().sync_all()?;
        file.persist(place).map_err(|error| error.error)?;
        Ok(())
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Clear(file) => file.write(bytes),
            #[cfg(feature = "encryption")]
            Self::Locked(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Clear(file) => file.flush(),
            #[cfg(feature = "encryption")]
            Self::Locked(writer) => writer.flush(),
        }
    }
}

/// Makes a folder and those above it, readable by this account only.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
