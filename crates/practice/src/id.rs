//! Ids of the things of the record. Internal ids are UUIDv7 and never leave the council.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::ops::Deref for $name {
            type Target = Uuid;
            fn deref(&self) -> &Uuid {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// Anyone, of any age.
    PersonId
    /// Someone who works for the council.
    WorkerId
    /// A team in the dated tree of teams.
    TeamId
    /// One version of one thing recorded once.
    EntryId
    /// A photo, drawing or document that belongs to an entry.
    AttachmentId
    /// A period of need or help.
    EpisodeId
    /// A typed fact of the pathway.
    StepId
    /// A fact of another kind that clocks know.
    FactId
    /// An action with who and when.
    PromiseId
    /// Two records of one person made one.
    JoiningId
    /// A worker responsible for, or helping with, a person.
    AllocationId
    /// Those who live together.
    HouseholdId
    /// One row of the journal.
    JournalId
    /// An account that can sign in.
    AccountId
}
