//! Every kind of reader, in every relationship, before every level of record: the cases of the
//! practitioners' table, answered by the rules themselves.

mod render;

pub use render::render;

use super::decide::decide;
use super::decision::Decision;
use super::reader::{Post, Reader, Staff};
use super::sight::{EpisodeChange, Sight};
use super::ties::{AllocationKind, ChildTie, Covered, Link, Tie, Ties};
use crate::episode::EpisodeKind;
use crate::id::{PersonId, TeamId, WorkerId};
use crate::person::AccessLevel;
use crate::relationship::RelationshipKind;
use crate::role::Role;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// The name of the person of the table.
pub const NAME: &str = "Josie";

/// The code of the relationship of someone who has none.
pub const NO_TIE: &str = "none";

/// A kind of reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Nobody is signed in.
    Nobody,
    /// A worker whose account has been ended.
    Ended,
    /// A worker who holds no post today.
    WithoutPost,
    /// A worker with this one post.
    Post(Role),
}

impl Who {
    /// Every kind, those with a post last.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Nobody, Self::Ended, Self::WithoutPost]
            .into_iter()
            .chain(Role::ALL.iter().map(|&role| Self::Post(role)))
    }

    /// A reader of this kind, who is the worker with this id.
    pub fn reader(self, worker: WorkerId) -> Reader {
        let team = TeamId(Uuid::nil());
        let staff = |posts, ended| Reader::Staff(Staff { worker, posts, ended });
        match self {
            Self::Nobody => Reader::Nobody,
            Self::Ended => staff(vec![Post { role: Role::SocialWorker, team }], true),
            Self::WithoutPost => staff(Vec::new(), false),
            Self::Post(role) => staff(vec![Post { role, team }], false),
        }
    }

    /// Plain words.
    pub const fn plain(self) -> &'static str {
        match self {
            Self::Nobody => "Nobody signed in",
            Self::Ended => "Ended account",
            Self::WithoutPost => "Worker without a post today",
            Self::Post(role) => role.plain(),
        }
    }
}

/// A relationship of the reader to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// A word for files and tests.
    pub code: &'static str,
    /// Plain words, as "someone who ...".
    pub plain: &'static str,
    /// The facts.
    pub ties: Ties,
}

/// One answer of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The level of the record.
    pub level: AccessLevel,
    /// Who asks.
    pub who: Who,
    /// The code of the relationship.
    pub relationship: &'static str,
    /// What they ask.
    pub sight: Sight,
    /// The answer.
    pub decision: Decision,
}

/// The instant at which the table is answered.
pub fn table_instant() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 56)
}

/// What may be asked, in the order of the table. Episodes stand for all kinds: one that any worker may
/// open, and one that needs a social worker.
pub const SIGHTS: &[Sight] = &[
    Sight::Exists,
    Sight::Open,
    Sight::WhoHasRead,
    Sight::ConfidentialAddress,
    Sight::Export,
    Sight::Record,
    Sight::Steps,
    Sight::ChangePerson,
    Sight::Episode(EpisodeKind::ChildInNeed, EpisodeChange::Open),
    Sight::Episode(EpisodeKind::ChildProtection, EpisodeChange::Open),
    Sight::Allocate(AllocationKind::Helping),
    Sight::Allocate(AllocationKind::Responsible),
    Sight::Join,
    Sight::Rights,
    Sight::ManageAccess,
];

/// The relationships of the table.
pub fn relationships() -> Vec<Relationship> {
    let mut all = working();
    all.extend(through_children(&[Tie::Allocated(AllocationKind::Responsible)]));
    all.extend(without_working());
    all.push(Relationship {
        code: "conflict",
        plain: "is the worker responsible for them but has a declared link to them (family, friend, neighbour, themselves)",
        ties: Ties {
            direct: vec![Tie::Allocated(AllocationKind::Responsible), Tie::Listed],
            children: vec![],
            conflict: true,
        },
    });
    all
}

fn own(code: &'static str, plain: &'static str, direct: Vec<Tie>) -> Relationship {
    Relationship { code, plain, ties: Ties { direct, ..Ties::default() } }
}

fn working() -> Vec<Relationship> {
    let cover = |of| vec![Tie::Covering { colleague: "Sam".into(), of }];
    let lead = |post| vec![Tie::Leads { team: "Family help north".into(), post }];
    let allocated = |kind| vec![Tie::Allocated(kind)];
    vec![
        own(NO_TIE, "has no tie to them", vec![]),
        own("responsible", "is the worker responsible for them", allocated(AllocationKind::Responsible)),
        own("helping", "works with them beside the responsible worker", allocated(AllocationKind::Helping)),
        own(
            "reviewing",
            "reviews their plan or chairs their conference",
            allocated(AllocationKind::Reviewing),
        ),
        own(
            "covering",
            "covers for the worker responsible for them",
            cover(Covered::Allocation(AllocationKind::Responsible)),
        ),
        own(
            "covering-lead",
            "covers for the manager of the team that works with them",
            cover(Covered::Lead(Role::TeamManager)),
        ),
        own("manages", "manages the team that works with them, or one above it", lead(Role::TeamManager)),
        own("heads", "is head of service over the team that works with them", lead(Role::HeadOfService)),
    ]
}

fn without_working() -> Vec<Relationship> {
    let now = table_instant();
    let later = now + SignedDuration::from_hours(1);
    vec![
        own(
            "began",
            "began their record this week, and nobody has been allocated yet",
            vec![Tie::Began { at: now }],
        ),
        own("glass", "has broken the glass", vec![Tie::Glass { until: later }]),
        own("glass-shut", "broke the glass, which has shut again", vec![Tie::Glass { until: now }]),
        own("listed", "is named on the restricted record's list, and has no other tie", vec![Tie::Listed]),
        own(
            "listed-responsible",
            "is named on the restricted record's list and is the worker responsible for them",
            vec![Tie::Allocated(AllocationKind::Responsible), Tie::Listed],
        ),
    ]
}

fn through_children(direct: &[Tie]) -> [Relationship; 3] {
    let child = |link, bond, level| ChildTie {
        child: PersonId(Uuid::from_u128(1)),
        name: "Ash".into(),
        bond: Some(bond),
        link,
        level,
        direct: direct.to_vec(),
        conflict: false,
    };
    let through = |code, plain, child| Relationship {
        code,
        plain,
        ties: Ties { children: vec![child], ..Ties::default() },
    };
    [
        through(
            "household",
            "is the worker responsible for a child who lives with them",
            child(Link::Household, RelationshipKind::Sibling, AccessLevel::Findable),
        ),
        through(
            "responsibility",
            "is the worker responsible for a child for whom they have parental responsibility",
            child(Link::Responsibility, RelationshipKind::Child, AccessLevel::Findable),
        ),
        through(
            "hidden-child",
            "is the worker responsible for a child who lives with them, whose own record is restricted and whose list does not name the worker",
            child(Link::Household, RelationshipKind::Sibling, AccessLevel::Restricted),
        ),
    ]
}

/// Every answer: level, relationship, reader, question.
pub fn rows() -> Vec<Row> {
    let worker = WorkerId(Uuid::from_u128(7));
    let mut rows = Vec::new();
    for &level in AccessLevel::ALL {
        for relationship in relationships() {
            for who in Who::all() {
                let reader = who.reader(worker);
                for &sight in SIGHTS {
                    let decision = decide(&reader, level, &relationship.ties, sight, table_instant());
                    rows.push(Row { level, who, relationship: relationship.code, sight, decision });
                }
            }
        }
    }
    rows
}
