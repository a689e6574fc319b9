//! A person as the finder sees one: names, birth, numbers, phones and postcodes.

use std::fmt;

use super::normalise::{Word, words};
use crate::person::{Birth, IdentifierKind, NameKind};

/// One of a person's names, as written.
#[derive(Clone, PartialEq, Eq)]
pub struct FullName {
    /// Chosen, legal, at birth, also known as.
    pub kind: NameKind,
    /// As written, given names first.
    pub text: String,
    /// Its words, ready to compare.
    pub(crate) words: Vec<Word>,
}

impl FullName {
    /// Readies a name for comparing.
    pub fn new(kind: NameKind, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kind, words: words(&text), text }
    }
}

impl fmt::Debug for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FullName({:?}, withheld)", self.kind)
    }
}

/// What is compared of a person. Whoever fills it leaves out what the reader must not find people by: a
/// confidential address, say.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Candidate {
    /// Every name, the chosen one first.
    pub names: Vec<FullName>,
    /// The birth, if known.
    pub birth: Option<Birth>,
    /// Numbers as stored.
    pub identifiers: Vec<(IdentifierKind, String)>,
    /// Phones as stored.
    pub phones: Vec<String>,
    /// Postcodes as stored, of addresses now and before.
    pub postcodes: Vec<String>,
}

impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Candidate(withheld)")
    }
}
