//! One thing recorded once, from what a worker typed to what may be filed: the draft, the command, the rules.

mod check;
mod draft;

pub use check::{Checked, MINUTES_AHEAD, check_entry};
pub use draft::{
    CorrectionDraft, EntryDraft, PersonDraft, PromiseDraft, Remark, SomeoneDraft, StatementDraft,
};

use crate::entry::{EntryKind, Manner, Part, Readers, Seen, StatementForm};
use crate::id::{EntryId, PersonId, WorkerId};
use jiff::Timestamp;
use jiff::civil::Date;

/// Someone whose words these are, or who promised: a person of the record, a worker, or anyone else as described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Someone {
    /// A person who has a record.
    Person(PersonId),
    /// A worker.
    Worker(WorkerId),
    /// Anyone else, as the worker describes them: "the head teacher".
    Words(String),
}

/// What one person was to an entry, and whether they were seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub person: PersonId,
    /// About them, or there.
    pub part: Part,
    /// Whether they were seen, when it was asked.
    pub seen: Option<Seen>,
    /// Why they were not seen; given whenever they were not.
    pub not_seen_why: Option<String>,
}

/// Someone's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStatement {
    /// Whose words.
    pub owner: Someone,
    /// How they were given.
    pub form: StatementForm,
    /// The words, with their spelling.
    pub words: String,
    /// The language they were said in, when translated.
    pub original_language: Option<String>,
}

/// An action with who and when. The service's promises count the same as the family's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPromise {
    /// What is promised.
    pub what: String,
    /// Who promised.
    pub by: Someone,
    /// Whom it is about or made to: one of the people the entry is about.
    pub about: PersonId,
    /// By when, when that was said.
    pub due_on: Option<Date>,
}

/// Who may read an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Those who were there, and staff who work with them.
    Present,
    /// Only those named; binds among staff at once.
    Named {
        /// Staff who may read it.
        workers: Vec<WorkerId>,
        /// People of the record who may read it when they can sign in.
        people: Vec<PersonId>,
    },
    /// Only staff who work with them, for this reason, looked at again by that day.
    Staff {
        /// Why it is held back from those who were there.
        why: String,
        /// The day by which that is looked at again.
        review_on: Date,
    },
}

impl Audience {
    /// The choice that was made.
    pub const fn readers(&self) -> Readers {
        match self {
            Self::Present => Readers::Present,
            Self::Named { .. } => Readers::Named,
            Self::Staff { .. } => Readers::Staff,
        }
    }
}

/// That an entry supersedes an older one, which stays readable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The version that is superseded.
    pub supersedes: EntryId,
    /// Why.
    pub why: String,
}

/// An entry fit to be filed: what [`check_entry`] makes of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordEntry {
    /// What sort of thing happened.
    pub kind: EntryKind,
    /// When it happened.
    pub happened_at: Timestamp,
    /// How people met; none for a note.
    pub manner: Option<Manner>,
    /// How long it took, in minutes, when that was said.
    pub minutes: Option<u32>,
    /// Where.
    pub place: Option<String>,
    /// A short title.
    pub title: Option<String>,
    /// Whom it is about and who of them was there: each person once in each part.
    pub people: Vec<Participant>,
    /// Staff who were there.
    pub workers: Vec<WorkerId>,
    /// Others who were there and have no record.
    pub others_present: Option<String>,
    /// What happened, in the author's words; may be empty when others' words or files say it.
    pub narrative: String,
    /// Words with their owners.
    pub statements: Vec<NewStatement>,
    /// What was agreed.
    pub promises: Vec<NewPromise>,
    /// Whether it is one of the significant events.
    pub significant: bool,
    /// The person to whom the note is addressed.
    pub written_to: Option<PersonId>,
    /// Who may read it.
    pub audience: Audience,
    /// What it corrects.
    pub corrects: Option<Correction>,
}
