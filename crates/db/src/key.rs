//! The key that the embedded database is locked with, where a council locks it.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use std::fmt;

/// 256 bits of an embedded database's own key: used as it is, without a password's slow working out.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// Takes 32 random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits. None for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The 64 digits, for the file that keeps it.
    pub fn digits(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// The key as the engine takes it.
    #[cfg(feature = "encryption")]
    pub(crate) fn raw(&self) -> String {
        format!("x'{}'", self.digits())
    }
}

/// A key is never printed.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(...)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_64_digits_are_a_key_and_it_is_never_printed() {
        let digits = "ab".repeat(32);
        let key = Key::parse(&digits).unwrap();
        assert_eq!((key.digits(), Key::parse(&digits.to_uppercase())), (digits.clone(), Some(key.clone())));
        assert!(!format!("{key:?}").contains("ab"));
        for wrong in ["", "ab", &digits[1..], &format!("{digits}ab"), &"zz".repeat(32)] {
            assert_eq!(Key::parse(wrong), None, "{wrong}");
        }
    }
}
