//! The keys that attachments are locked with on the disk, in the `age` format: whoever has the key file can open one
//! with the ordinary `age` program too.

use std::fmt;

/// The keys: the first locks what is kept from now on, each opens what was locked with it.
#[derive(Clone, Default)]
pub struct Keys {
    #[cfg(feature = "encryption")]
    identities: std::sync::Arc<Vec<age::x25519::Identity>>,
}

/// Why keys cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoKeys {
    /// This program was built without encryption.
    #[error(
        "a key for attachments was given, and this program was built without encryption. Build it with \
         `--features encryption`, or take the key away"
    )]
    Unable,
    /// A key is not one of age's.
    #[error(
        "a key for attachments begins with AGE-SECRET-KEY-1, as age-keygen or `alongside key new` writes it"
    )]
    Unread,
}

/// Keys are never printed.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(...)")
    }
}

#[cfg(not(feature = "encryption"))]
impl Keys {
    /// Reads keys as `age-keygen` writes them.
    ///
    /// # Errors
    /// [`NoKeys::Unable`] where any is given.
    pub fn read(keys: &[String]) -> Result<Self, NoKeys> {
        if keys.is_empty() { Ok(Self::default()) } else { Err(NoKeys::Unable) }
    }

    /// Whether what is kept from now on is locked.
    pub const fn locks(&self) -> bool {
        false
    }

    /// Opens what was locked. None where no key fits: here none does.
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "the other build reads")]
    pub(crate) fn open(&self, _: std::fs::File) -> std::io::Result<Option<Box<dyn std::io::Read + Send>>> {
        Ok(None)
    }
}

#[cfg(feature = "encryption")]
mod with_age {
    use super::{Keys, NoKeys};
    use age::stream::StreamWriter;
    use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient};
    use std::io::{self, Read, Write};
    use std::sync::Arc;

    impl Keys {
        /// Reads keys as `age-keygen` writes them. None at all is no lock.
        ///
        /// # Errors
        /// [`NoKeys::Unread`].
        pub fn read(keys: &[String]) -> Result<Self, NoKeys> {
            let read = |key: &String| key.parse().map_err(|_| NoKeys::Unread);
            let identities = keys.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            Ok(Self { identities: Arc::new(identities) })
        }

        /// Whether what is kept from now on is locked.
        pub fn locks(&self) -> bool {
            !self.identities.is_empty()
        }

        /// Begins to lock what is written.
        pub(crate) fn lock<W: Write>(&self, to: W) -> io::Result<StreamWriter<W>> {
            let own =
                self.identities.iter().take(1).map(age::x25519::Identity::to_public).collect::<Vec<_>>();
            let recipients = own.iter().map(|one| one as &dyn Recipient);
            Encryptor::with_recipients(recipients).map_err(io::Error::other)?.wrap_output(to)
        }

        /// Opens what was locked. None where no key fits.
        pub(crate) fn open(&self, from: std::fs::File) -> io::Result<Option<Box<dyn Read + Send>>> {
            let keys = self.identities.iter().map(|one| one as &dyn Identity);
            match Decryptor::new_buffered(io::BufReader::with_capacity(64 * 1024, from))
                .and_then(|locked| locked.decrypt(keys))
            {
                Ok(clear) => Ok(Some(Box::new(clear))),
                Err(DecryptError::NoMatchingKeys) => Ok(None),
                Err(DecryptError::Io(error)) => Err(error),
                Err(other) => Err(io::Error::new(io::ErrorKind::InvalidData, other)),
            }
        }
    }
}
