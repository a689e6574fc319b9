//! The answer, with its reason either way, in sentences that a page can show.

use super::rights::Action;
use super::ties::{AllocationKind, Covered, Link, Tie};
use crate::relationship::RelationshipKind;
use crate::role::Role;

/// Whether someone may see or do something, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They may.
    Allowed(Reason),
    /// They may not.
    Refused(Refusal),
}

/// Why someone may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Anyone who works for the council may learn that a findable person exists.
    WorksForCouncil,
    /// They keep the list of restricted records.
    KeepsRestrictedList,
    /// A tie to that very person.
    Tie(Tie),
    /// A working relationship with a child of the household, or whose parent the person is.
    Child {
        /// How the reader works with the child.
        tie: Tie,
        /// The child's chosen name.
        child: String,
        /// What the child is to the person, when told.
        bond: Option<RelationshipKind>,
        /// How the child leads to the person.
        link: Link,
    },
    /// They wrote the entry.
    WroteIt,
    /// They were there.
    WasThere,
    /// A post they hold gives the right.
    Post(Role),
    /// They lead the team of whoever broke the glass.
    LeadsBreaker,
    /// The council's own command line or an import asks. No reader ever has this reason.
    Program,
}

/// Why someone may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Nobody is signed in.
    NotSignedIn,
    /// The account has been ended.
    AccountEnded,
    /// The worker holds no post today.
    NoPost,
    /// The record is sealed.
    Sealed,
    /// The record is restricted: the reader is not named on its list, or may not reach it for another reason.
    Restricted,
    /// The account administers the system.
    Administrator,
    /// The reader has declared a link to the person.
    Conflict,
    /// The reader does not work with the person.
    NoTie {
        /// Whether they may break the glass.
        may_break_glass: bool,
    },
    /// The reader may open the record, but this part of it needs a tie to that very person.
    NeedsOwnTie,
    /// The glass is for reading and for an urgent entry, nothing else.
    OnlyGlass,
    /// Being named on the list, or reviewing, is for reading and recording.
    NotTheirPart,
    /// Only someone who leads the team may.
    NeedsLead,
    /// Only a social worker, their manager or a reviewing officer may.
    NeedsSocialWorker,
    /// Only the restricted-records officer may.
    NeedsRestrictedRecordsOfficer,
    /// The entry is kept to people who are named, and the reader is not one of them.
    NotAmongReaders,
    /// The entry touches somebody beyond the reader's reach.
    TouchesSomeoneHidden,
    /// Only its author, the responsible worker or a manager corrects an entry.
    NotTheirsToCorrect,
    /// The reader can open the record already, so there is no glass to break.
    NoGlassNeeded,
    /// The role may not break the glass.
    NotARoleForGlass,
    /// A restricted record is opened in this way only by exact name and birth date, or by id.
    NotExactlyAsked,
    /// Whoever broke the glass does not review it.
    BrokeItThemselves,
    /// No post of theirs gives the right.
    NotInPost(Action),
}

/// How a page answers a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Exactly as if there were nothing there.
    Absent,
    /// Says that it may not be seen or done, and why.
    Say,
    /// Asks them to sign in.
    SignIn,
}

/// What someone who was refused can do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WayOn {
    /// Break the glass, giving a reason.
    BreakGlass,
    /// Speak to their manager.
    AskManager,
    /// Sign in.
    SignIn,
}

impl Decision {
    /// Whether they may.
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }

    /// Why not, if they may not.
    pub const fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Allowed(_) => None,
            Self::Refused(refusal) => Some(*refusal),
        }
    }

    /// The reason when allowed, the refusal when not.
    pub fn into_result(self) -> Result<Reason, Refusal> {
        match self {
            Self::Allowed(reason) => Ok(reason),
            Self::Refused(refusal) => Err(refusal),
        }
    }

    /// The sentence a page may show to the reader about a person of this chosen name.
    pub fn sentence(&self, name: &str) -> String {
        match self {
            Self::Allowed(reason) => reason.sentence(name),
            Self::Refused(refusal) => refusal.sentence().into(),
        }
    }
}

impl Reason {
    /// Says to the reader why they may see or do it.
    pub fn sentence(&self, name: &str) -> String {
        match self {
            Self::WorksForCouncil => {
                format!("Anyone who works for the council may learn that {name} is known here")
            }
            Self::KeepsRestrictedList => "You keep the list of restricted records".into(),
            Self::Tie(tie) => tie.sentence(name),
            Self::Child { tie, child, bond, link } => {
                let how = tie.sentence(child);
                let who = bond.map_or(String::new(), |bond| format!(", {name}'s {}", bond.plain()));
                match link {
                    Link::Household => format!("{how}{who}, who lives with {name}"),
                    Link::Responsibility => {
                        format!("{how}{who}, for whom {name} has parental responsibility")
                    }
                }
            }
            Self::WroteIt => "You wrote this".into(),
            Self::WasThere => "You were there".into(),
            Self::Post(role) => format!("You are a {}", role.plain().to_lowercase()),
            Self::LeadsBreaker => "You lead the team of the worker who broke the glass".into(),
            Self::Program => "The council's own command line asked for this".into(),
        }
    }
}

impl Tie {
    fn sentence(&self, name: &str) -> String {
        match self {
            Self::Allocated(AllocationKind::Responsible) => {
                format!("You are the worker responsible for {name}")
            }
            Self::Allocated(AllocationKind::Helping) => format!("You work with {name}"),
            Self::Allocated(AllocationKind::Reviewing) => format!("You are the reviewing officer for {name}"),
            Self::Covering { colleague, of: Covered::Allocation(_) } => {
                format!("You cover for {colleague}, who works with {name}")
            }
            Self::Covering { colleague, of: Covered::Lead(_) } => {
                format!("You cover for {colleague}, who leads the team that works with {name}")
            }
            Self::Leads { team, .. } => format!("You lead {team}, which works with {name}"),
            Self::Began { .. } => {
                format!("You began this record and nobody has been allocated yet to {name}")
            }
            Self::Listed => format!("You are named on the restricted record of {name}"),
            Self::Glass { .. } => format!("You broke the glass on the record of {name}"),
        }
    }
}

impl Refusal {
    /// Says to the reader why they may not. What must seem absent says only that nothing was found.
    pub const fn sentence(self) -> &'static str {
        match self.answer() {
            Answer::Absent => "There is nothing here by that name or address",
            Answer::Say | Answer::SignIn => self.why(),
        }
    }

    /// The true reason, for the journal and the practitioners' table. Never shown on a page that
    /// answers as absent.
    pub const fn why(self) -> &'static str {
        match self {
            Self::NotSignedIn => "Nobody is signed in",
            Self::AccountEnded => "This account has been ended",
            Self::NoPost => "You hold no post with the council today",
            Self::Sealed => "The record is sealed",
            Self::Restricted => "The record is restricted and not open to you",
            Self::Administrator => "An account that administers the system opens no record",
            Self::Conflict => "You have a declared link to this person, so their record is closed to you",
            Self::NoTie { .. } => "You do not work with this person",
            Self::NeedsOwnTie => "This needs a working relationship with this very person",
            Self::OnlyGlass => {
                "Breaking the glass lets you read, and record what you did yourself, nothing more"
            }
            Self::NotTheirPart => "Your part in this person's record is to read and to record",
            Self::NeedsLead => "Only someone who leads the team decides who works with this person",
            Self::NeedsSocialWorker => {
                "Protection and care are opened and ended by a social worker, a manager or a reviewing officer"
            }
            Self::NeedsRestrictedRecordsOfficer => {
                "Only the restricted-records officer changes who may find a record"
            }
            Self::NotAmongReaders => "This was kept to people who are named",
            Self::TouchesSomeoneHidden => "This touches someone whose record is closed to you",
            Self::NotTheirsToCorrect => {
                "Whoever wrote this, the responsible worker or their manager can correct it"
            }
            Self::NoGlassNeeded => "You can open this record already",
            Self::NotARoleForGlass => "Your post does not include breaking the glass",
            Self::NotExactlyAsked => "A restricted record opens only by exact name and birth date, or by id",
            Self::BrokeItThemselves => "You broke the glass yourself, so someone else answers for it",
            Self::NotInPost(action) => action.refused(),
        }
    }

    /// How a page answers.
    pub const fn answer(self) -> Answer {
        match self {
            Self::NotSignedIn | Self::AccountEnded => Answer::SignIn,
            Self::Sealed
            | Self::Restricted
            | Self::NotAmongReaders
            | Self::TouchesSomeoneHidden
            | Self::NotExactlyAsked => Answer::Absent,
            Self::NoPost
            | Self::Administrator
            | Self::Conflict
            | Self::NoTie { .. }
            | Self::NeedsOwnTie
            | Self::OnlyGlass
            | Self::NotTheirPart
            | Self::NeedsLead
            | Self::NeedsSocialWorker
            | Self::NeedsRestrictedRecordsOfficer
            | Self::NotTheirsToCorrect
            | Self::NoGlassNeeded
            | Self::NotARoleForGlass
            | Self::BrokeItThemselves
            | Self::NotInPost(_) => Answer::Say,
        }
    }

    /// What they can do next, when there is something.
    pub const fn way_on(self) -> Option<WayOn> {
        match self {
            Self::NotSignedIn | Self::AccountEnded => Some(WayOn::SignIn),
            Self::NoTie { may_break_glass: true } => Some(WayOn::BreakGlass),
            Self::NoTie { may_break_glass: false }
            | Self::NoPost
            | Self::Conflict
            | Self::NeedsOwnTie
            | Self::OnlyGlass
            | Self::NotTheirPart
            | Self::NeedsLead
            | Self::NeedsSocialWorker
            | Self::NeedsRestrictedRecordsOfficer
            | Self::NotTheirsToCorrect
            | Self::NotARoleForGlass
            | Self::BrokeItThemselves => Some(WayOn::AskManager),
            Self::Sealed
            | Self::Restricted
            | Self::Administrator
            | Self::NotAmongReaders
            | Self::TouchesSomeoneHidden
            | Self::NoGlassNeeded
            | Self::NotExactlyAsked
            | Self::NotInPost(_) => None,
        }
    }
}
