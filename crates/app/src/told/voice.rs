//! Whose words something is: of the person themselves, of somebody else of the record, of a worker, or of somebody told in
//! words.

use crate::frame::hue;
use db::DbError;
use page::Avatar;
use practice::id::{EntryId, PersonId, WorkerId};
use uuid::Uuid;

/// Who says something, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    /// The person whose record it stands in.
    Themselves,
    /// Somebody else of the record.
    Person(PersonId),
    /// A worker.
    Worker(WorkerId),
    /// Somebody who has no record: "her teacher".
    Words(String),
}

impl By {
    /// From the columns of a row.
    ///
    /// # Errors
    /// Where the row names nobody.
    pub(crate) fn read(
        themselves: bool,
        person: Option<Uuid>,
        worker: Option<Uuid>,
        words: Option<String>,
        (table, row): (&'static str, Uuid),
    ) -> Result<Self, DbError> {
        if themselves {
            return Ok(Self::Themselves);
        }
        let broken = || DbError::Broken { table, column: "by_words", row: row.to_string() };
        person
            .map(|id| Self::Person(id.into()))
            .or_else(|| worker.map(|id| Self::Worker(id.into())))
            .or_else(|| words.map(Self::Words))
            .ok_or_else(broken)
    }

    /// Whether it is the person themselves.
    pub fn themselves(&self) -> bool {
        *self == Self::Themselves
    }

    /// The person of the record, where it is somebody else.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(*id),
            Self::Themselves | Self::Worker(_) | Self::Words(_) => None,
        }
    }

    /// The worker.
    pub const fn worker(&self) -> Option<WorkerId> {
        match self {
            Self::Worker(id) => Some(*id),
            Self::Themselves | Self::Person(_) | Self::Words(_) => None,
        }
    }

    /// The words that say who, where it is nobody in the record.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Words(words) => Some(words),
            Self::Themselves | Self::Person(_) | Self::Worker(_) => None,
        }
    }

    /// As a form carries it: `me`, `p:...`, `w:...`, `other`.
    pub fn code(&self) -> String {
        match self {
            Self::Themselves => "self".to_owned(),
            Self::Person(id) => format!("p:{id}"),
            Self::Worker(id) => format!("w:{id}"),
            Self::Words(_) => "other".to_owned(),
        }
    }

    /// Reads what a form carried; `words` says who the other is.
    pub fn from_code(code: &str, words: &str) -> Option<Self> {
        match code.split_once(':') {
            Some(("p", id)) => id.parse().ok().map(Self::Person),
            Some(("w", id)) => id.parse().ok().map(Self::Worker),
            _ if code == "self" => Some(Self::Themselves),
            _ if code == "other" && !words.trim().is_empty() => Some(Self::Words(words.trim().to_owned())),
            _ => None,
        }
    }
}

/// A voice with what is needed to draw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Whose.
    pub by: By,
    /// Their name, or the words that say who.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// Their colour.
    pub hue: i64,
}

impl Voice {
    pub(super) fn of(by: By, name: Option<String>, initials: Option<String>, hue: Option<i64>) -> Self {
        let name = name.or_else(|| by.words().map(str::to_owned)).unwrap_or_default();
        let initials = initials.unwrap_or_else(|| crate::who::initials(&name));
        Self { by, initials, hue: hue.unwrap_or(8), name }
    }
}

/// The picture of a voice.
pub fn avatar_of(voice: &Voice) -> Avatar<'_> {
    Avatar::of(&voice.initials, hue(voice.hue))
}

/// The ids of a text that holds them between spaces.
pub fn between<T: From<Uuid>>(text: &str) -> Vec<T> {
    text.split(' ').filter_map(|id| id.parse::<Uuid>().ok()).map(T::from).collect()
}

/// Ids as a text holds them, between spaces, each once.
pub fn all_of(ids: &[EntryId]) -> String {
    let mut kept: Vec<EntryId> = vec![];
    for id in ids {
        if !kept.contains(id) {
            kept.push(*id);
        }
    }
    kept.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
