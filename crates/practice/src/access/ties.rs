//! How a reader is tied to one person's record: the facts, gathered by the database, that decide.

use crate::episode::EpisodeKind;
use crate::id::PersonId;
use crate::person::{AccessLevel, Birth, PersonKind};
use crate::relationship::RelationshipKind;
use crate::role::Role;
use crate::words::words;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// For how many days whoever began a record may keep it open while nobody is allocated to the person.
pub const BEGAN_DAYS: i64 = 7;

words! {
    /// In what part a worker is allocated to a person.
    AllocationKind {
        Responsible = "responsible", "Responsible";
        Helping = "helping", "Helping";
        Reviewing = "reviewing", "Reviewing";
    }
}

/// One way in which a reader is tied to that very person today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Allocated to them today.
    Allocated(AllocationKind),
    /// Covering today for an absent colleague who has such a tie.
    Covering {
        /// The colleague's name.
        colleague: String,
        /// What the colleague's own tie is.
        of: Covered,
    },
    /// Leads the team that holds the person's episode or whose worker is allocated to them, or a team
    /// above it, as the tree of teams stands today. Counts only for someone who holds a leading post.
    Leads {
        /// The name of the team that works with the person.
        team: String,
        /// The leading post: team manager or head of service.
        post: Role,
    },
    /// Made this person's record, and nobody has been allocated to them since. Lasts [`BEGAN_DAYS`] days.
    Began {
        /// When the record was made.
        at: Timestamp,
    },
    /// Named on the list of a restricted record. Means nothing while the record is findable.
    Listed,
    /// Broke the glass, which stays open until then.
    Glass {
        /// The instant from which it is shut again.
        until: Timestamp,
    },
}

/// The tie of a colleague for whom someone covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covered {
    /// The colleague is allocated.
    Allocation(AllocationKind),
    /// The colleague leads the team.
    Lead(Role),
}

/// How a child with whom the reader works leads to the person asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// They live in the same household today.
    Household,
    /// The person holds parental responsibility for the child today.
    Responsibility,
}

/// A child (see [`counts_as_child`]) who shares the person's open household, or for whom the person
/// holds parental responsibility, with the reader's own ties to that child. A child to whom the reader
/// has no tie may be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildTie {
    /// Who the child is.
    pub child: PersonId,
    /// The child's chosen name.
    pub name: String,
    /// What the child is to the person asked about ("Ash is Josie's *brother or sister*"), when told.
    pub bond: Option<RelationshipKind>,
    /// How the child leads to the person.
    pub link: Link,
    /// The level of the child's own record.
    pub level: AccessLevel,
    /// The reader's ties to the child.
    pub direct: Vec<Tie>,
    /// Whether the reader has a declared conflict of interest with the child.
    pub conflict: bool,
}

/// Every fact of the reader's relationship to one person's record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Ties to that very person.
    pub direct: Vec<Tie>,
    /// Children whose household or parent the person is.
    pub children: Vec<ChildTie>,
    /// Whether the reader has declared a link to the person (or is that person): the record is shut to them.
    pub conflict: bool,
}

impl Tie {
    /// Whether this is a working relationship: one that also opens a child's household and parents.
    pub const fn is_working(&self) -> bool {
        matches!(self, Self::Allocated(_) | Self::Covering { .. } | Self::Leads { .. })
    }

    /// Whether it holds at this instant.
    pub(super) fn holds_at(&self, now: Timestamp) -> bool {
        match self {
            Self::Glass { until } => now < *until,
            Self::Began { at } => now.duration_since(*at) < SignedDuration::from_hours(24 * BEGAN_DAYS),
            Self::Allocated(_) | Self::Covering { .. } | Self::Leads { .. } | Self::Listed => true,
        }
    }
}

/// Whether working with this person opens their household and those with parental responsibility: they
/// are unborn or under 18, or, when no birth date is known, have an episode open that only a child has.
pub fn counts_as_child(
    kind: PersonKind,
    birth: Option<Birth>,
    open_episodes: &[EpisodeKind],
    today: Date,
) -> bool {
    if kind == PersonKind::Unborn {
        return true;
    }
    match birth {
        Some(birth) => birth.age_on(today).is_none_or(|age| age < 18),
        None => {
            open_episodes.iter().any(|kind| !matches!(kind, EpisodeKind::Adult | EpisodeKind::LeavingCare))
        }
    }
}
