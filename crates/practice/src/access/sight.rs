//! What may be seen or done with one person's record.

use super::ties::AllocationKind;
use crate::episode::EpisodeKind;
use crate::words::words;

words! {
    /// What is done to an episode. The four are kept apart: a correction is not a change of circumstances.
    EpisodeChange {
        Open = "open", "Open";
        Correct = "correct", "Correct";
        Change = "change", "Change of circumstances";
        End = "end", "End";
    }
}

/// What someone asks to see of, or do to, one person's record. Single entries and their attachments are
/// asked about with [`super::read_entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    /// That the person exists: chosen name, birth year, team, responsible worker.
    Exists,
    /// The record: the person's page, details, family, things to know, clocks, promises, plan, timeline.
    Open,
    /// An address that is kept confidential.
    ConfidentialAddress,
    /// Who has read the record.
    WhoHasRead,
    /// Taking the record out: downloads and files made from it.
    Export,
    /// Recording an entry about them.
    Record,
    /// Recording, finishing or correcting a step of the pathway, and saying why one is late: the part of those
    /// who work with the person, not of someone who looked in for a while.
    Steps,
    /// Changing who they are: names, details, addresses, relationships, things to know.
    ChangePerson,
    /// Opening, correcting, changing or ending an episode.
    Episode(EpisodeKind, EpisodeChange),
    /// Deciding who works with them, and in what part; ending that too.
    Allocate(AllocationKind),
    /// Joining it with another record of the same person, and parting them again: seeing of both what tells people
    /// apart (names, birth, numbers, who works with them).
    Join,
    /// Answering what the person asks of their own record, holding it and letting it go when its time has come: all of
    /// it is read for that.
    Rights,
    /// Changing the level of the record and who is named on its list.
    ManageAccess,
}

impl Sight {
    /// Whether it only looks.
    pub const fn only_reads(self) -> bool {
        matches!(
            self,
            Self::Exists | Self::Open | Self::ConfidentialAddress | Self::WhoHasRead | Self::Export
        )
    }

    /// Plain words for a table or a journal line.
    pub fn plain(self) -> String {
        match self {
            Self::Exists => "Learn that they exist".into(),
            Self::Open => "Open the record".into(),
            Self::ConfidentialAddress => "See a confidential address".into(),
            Self::WhoHasRead => "See who has read it".into(),
            Self::Export => "Export".into(),
            Self::Record => "Record an entry".into(),
            Self::Steps => "Record or correct a step, or say why one is late".into(),
            Self::ChangePerson => "Change their details".into(),
            Self::Episode(kind, change) => format!("{}: {}", kind.plain(), change.plain().to_lowercase()),
            Self::Allocate(kind) => format!("Allocate: {}", kind.plain().to_lowercase()),
            Self::Join => "Join it with another record of the same person".into(),
            Self::Rights => "Answer what they ask of their own record, or hold it".into(),
            Self::ManageAccess => "Change who may find it".into(),
        }
    }
}
