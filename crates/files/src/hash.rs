//! The hash that names a kept file: SHA-256 of its bytes, as 64 lower-case hexadecimal digits.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// The SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash([u8; 32]);

/// A text that is no hash of a kept file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not the hash of a kept file: it has 64 hexadecimal digits")]
pub struct NotAHash;

impl Hash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    pub(crate) fn finish(sum: Sha256) -> Self {
        Self(sum.finalize().into())
    }

    /// Reads 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// Anything else.
    pub fn parse(text: &str) -> Result<Self, NotAHash> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotAHash)?;
        Self::from_bytes(&bytes)
    }

    /// Takes the 32 bytes as the database holds them.
    ///
    /// # Errors
    /// Any other number of bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAHash> {
        Ok(Self(bytes.try_into().map_err(|_| NotAHash)?))
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Hash {
    type Err = NotAHash;
    fn from_str(text: &str) -> Result<Self, NotAHash> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_64_lower_case_digits_are_a_hash() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Hash::of(b"").to_string(), empty);
        assert_eq!(Hash::parse(empty), Ok(Hash::of(b"")));
        for wrong in ["", "e3b0", &empty.to_uppercase(), &format!("{empty}00"), "../../etc/passwd"] {
            assert_eq!(Hash::parse(wrong), Err(NotAHash));
        }
    }
}
