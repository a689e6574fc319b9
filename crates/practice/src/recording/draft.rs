//! What a worker has typed so far: anything may be missing or wrong, and nothing is thrown away.

use super::Someone;
use crate::entry::{EntryKind, Manner, Part, Readers, Seen, StatementForm};
use crate::id::{EntryId, PersonId, WorkerId};
use crate::person::{Birth, PersonKind};
use jiff::civil::{Date, Time};

/// An entry as typed. A field a page could not read (a date that is not one) is `None` here and has its
/// own remark from the page; name it in `unread`, and [`super::check_entry`] adds none about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryDraft {
    /// What sort of thing happened. Field `kind`.
    pub kind: Option<EntryKind>,
    /// The day it happened, in London. Field `happened`.
    pub day: Option<Date>,
    /// The time it began, in London. Field `time`.
    pub time: Option<Time>,
    /// How people met. Field `manner`.
    pub manner: Option<Manner>,
    /// How long it took, in minutes. Field `minutes`.
    pub minutes: Option<u32>,
    /// Where.
    pub place: String,
    /// A short title.
    pub title: String,
    /// Whom it is about and who of them was there. Field `people`; of one person `seen-ID` and `why-ID`.
    pub people: Vec<PersonDraft>,
    /// Staff who were there.
    pub workers: Vec<WorkerId>,
    /// Others who were there.
    pub others_present: String,
    /// What happened. Field `narrative`.
    pub narrative: String,
    /// Words with owners. Fields `statement-N-owner`, `statement-N-words`, N counting from 0.
    pub statements: Vec<StatementDraft>,
    /// What was agreed. Fields `promise-N-what`, `promise-N-who`, `promise-N-about`, `promise-N-due`.
    pub promises: Vec<PromiseDraft>,
    /// How many files are attached: a photo may be all there is to say.
    pub attachments: usize,
    /// Whether it is one of the significant events.
    pub significant: bool,
    /// To whom a note is addressed. Field `written-to`.
    pub written_to: Option<PersonId>,
    /// Who may read it. Field `readers`.
    pub readers: Option<Readers>,
    /// Staff named as readers. Field `named`.
    pub named_workers: Vec<WorkerId>,
    /// People of the record named as readers. Field `named`.
    pub named_people: Vec<PersonId>,
    /// Why it is for staff only. Field `readers-why`.
    pub readers_why: String,
    /// When that is looked at again. Field `readers-review`.
    pub readers_review: Option<Date>,
    /// What it corrects. Field `correction`.
    pub correction: Option<CorrectionDraft>,
    /// Names of fields that the page could not read and has already remarked on.
    pub unread: Vec<String>,
}

/// One person of an entry, with what is known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonDraft {
    /// Who.
    pub person: PersonId,
    /// Their chosen name, for remarks.
    pub name: String,
    /// About them, or there.
    pub part: Part,
    /// Whether they count as a child (see [`crate::access::counts_as_child`]): a visit must say whether a
    /// child who has been born was seen.
    pub child: bool,
    /// Whether they have been born.
    pub kind: PersonKind,
    /// Their birth date, when known.
    pub birth: Option<Birth>,
    /// Whether they were seen.
    pub seen: Option<Seen>,
    /// Why not.
    pub not_seen_why: String,
}

/// Someone as typed: chosen from a list, or described.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SomeoneDraft {
    /// Chosen from the list.
    pub chosen: Option<Someone>,
    /// Or described; used when nobody is chosen.
    pub words: String,
}

/// Words and their owner, as typed. A row with neither owner nor words is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementDraft {
    /// Whose words.
    pub owner: SomeoneDraft,
    /// How given; said, unless another is chosen.
    pub form: Option<StatementForm>,
    /// The words.
    pub words: String,
    /// The language they were said in.
    pub original_language: String,
}

/// A promise as typed. A row with nothing in it is left out; a promiser alone, as a page may fill in, is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromiseDraft {
    /// What.
    pub what: String,
    /// Who promised.
    pub by: SomeoneDraft,
    /// Whom it is about; the person the entry is about when there is only one.
    pub about: Option<PersonId>,
    /// By when.
    pub due_on: Option<Date>,
}

/// A correction as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionDraft {
    /// The version that is superseded.
    pub supersedes: EntryId,
    /// Why.
    pub why: String,
}

/// A sentence about one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The field's name, as listed at [`EntryDraft`].
    pub field: String,
    /// What to put right, or what is asked.
    pub sentence: String,
}
