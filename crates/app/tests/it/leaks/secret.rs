//! What the words of an invented family belong to, and the things of the family that they stand in.

use practice::access::AllocationKind;
use practice::entrusted::{Comes, Given};
use practice::entry::Readers;
use practice::id::{AccountId, EntryId, PersonId, WorkerId};
use practice::meeting::MeetingReaders;
use practice::person::AccessLevel;
use practice::recording::Participant;
use practice::sharing::{Held, Private, What};
use practice::touch::Piece;

/// What a word of a family belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    /// The worker's account of an entry: what happened, its title, its place.
    Account(usize),
    /// A statement of an entry.
    Said(usize, usize),
    /// A photo or document of an entry: its name, what it shows, its bytes, its small picture.
    File(usize),
    /// What was promised in an entry, to this person.
    Promised(usize, PersonId),
    /// What somebody does not agree with in an entry, and what a worker said to it.
    Disagreed(usize, PersonId),
    /// Why something of an entry is held back.
    HeldBack(usize),
    /// Told of somebody, by somebody.
    Told { of: PersonId, by: Option<PersonId>, shared: bool },
    /// Something of somebody's plan, by somebody: which line, number or view it is.
    Planned { of: PersonId, by: Option<PersonId>, what: Planned },
    /// Something of staying in touch: of which bond, and what; said to this worker of the family alone.
    Touch { bond: usize, piece: Piece, only: Option<usize> },
    /// Something of a day that is put down: which, and what.
    Met(usize, MetPiece),
    /// Why somebody may be held by a worker who holds more than they can.
    Over(PersonId),
    /// How it is between somebody and another, or a thing.
    Tie { of: PersonId, other: Option<PersonId> },
    /// How it is safe to reach somebody.
    Contact(PersonId),
    /// What somebody complains about, and what was answered.
    Complaint(PersonId),
    /// Why something was given to somebody to read in another's space.
    Given { of: PersonId, comes: PersonId },
    /// Words not filed yet, of this worker of the family.
    Draft(usize),
    /// An address.
    Address { of: PersonId, confidential: bool },
    /// A telephone.
    Phone(PersonId),
    /// An e-mail address.
    Email(PersonId),
    /// A photo of somebody.
    Photo(PersonId),
    /// The name of somebody.
    Name(PersonId),
}

impl Secret {
    /// What sort it is, for counting.
    pub(super) const fn sort(&self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Said(..) => "said",
            Self::File(_) => "file",
            Self::Promised(..) => "promised",
            Self::Disagreed(..) => "disagreed",
            Self::HeldBack(_) => "held back",
            Self::Told { .. } => "told",
            Self::Planned { .. } => "planned",
            Self::Touch { .. } => "touch",
            Self::Met(..) => "meeting",
            Self::Over(_) => "over a limit",
            Self::Tie { .. } => "tie",
            Self::Contact(_) => "contact",
            Self::Complaint(_) => "complaint",
            Self::Given { .. } => "given",
            Self::Draft(_) => "draft",
            Self::Address { confidential: true, .. } => "confidential address",
            Self::Address { .. } => "address",
            Self::Phone(_) => "telephone",
            Self::Email(_) => "e-mail",
            Self::Photo(_) => "photo",
            Self::Name(_) => "name",
        }
    }
}

/// What of a plan words are, by its place in the family's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Planned {
    Line(usize),
    Number(usize),
    View(usize),
}

/// Somebody of the family, or who comes in to a space of theirs from outside.
#[derive(Clone, Debug)]
pub(super) struct Kin {
    pub(super) id: PersonId,
    pub(super) child: bool,
    /// No part of the family: an advocate, or somebody of another service.
    pub(super) outside: bool,
    pub(super) level: AccessLevel,
    /// Their account, once they come in.
    pub(super) account: Option<AccountId>,
}

/// One entry as it was filed.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub(super) id: EntryId,
    pub(super) thread: EntryId,
    pub(super) author: Option<WorkerId>,
    pub(super) readers: Readers,
    pub(super) present: Vec<WorkerId>,
    pub(super) named: Vec<WorkerId>,
    pub(super) named_people: Vec<PersonId>,
    pub(super) people: Vec<Participant>,
    pub(super) owners: Vec<Option<PersonId>>,
    pub(super) written_to: Option<PersonId>,
    pub(super) held: Vec<Held>,
    pub(super) private: Vec<Private>,
    /// Whose address stands in the account.
    pub(super) tells: Option<PersonId>,
    /// What was asked in a space of one's own, or the answer to that: it is read with one's answers at every stage.
    pub(super) asked: Option<Asked>,
    /// The newer version that took its place, to which what was promised goes on.
    pub(super) newer: Option<usize>,
}

/// A question, or the answer to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Question,
    /// The answer to the question of this place.
    Answer(usize),
}

impl Deed {
    /// What of it is somebody's private matter: as a worker marked it, and where they live.
    pub(super) fn private(&self) -> Vec<Private> {
        let tells = self.tells.iter().map(|of| Private { what: What::Account, theirs: vec![*of] });
        self.private.iter().cloned().chain(tells).collect()
    }

    /// An entry of one to everybody who was there, with nothing more.
    pub(super) fn plain(id: EntryId, thread: EntryId) -> Self {
        Self {
            id,
            thread,
            author: None,
            readers: Readers::Present,
            present: vec![],
            named: vec![],
            named_people: vec![],
            people: vec![],
            owners: vec![],
            written_to: None,
            held: vec![],
            private: vec![],
            tells: None,
            asked: None,
            newer: None,
        }
    }
}

/// Somebody who comes in to another's space, with what was given to them.
#[derive(Clone, Debug)]
pub(super) struct Comer {
    pub(super) comes: PersonId,
    pub(super) of: PersonId,
    pub(super) rule: Comes,
    pub(super) given: Vec<Given>,
}

/// One whom a child wants to stay in touch with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bonded {
    pub(super) child: PersonId,
    pub(super) other: Option<PersonId>,
}

/// What of a day that is put down words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MetPiece {
    /// Where, why, and why it is called off.
    Said,
    /// What somebody who will be there does.
    Does(PersonId),
    /// Why nobody is told yet.
    Kept,
}

/// A day that is put down with somebody.
#[derive(Clone, Debug)]
pub(super) struct Met {
    pub(super) child: PersonId,
    /// Those of the record who will be there.
    pub(super) people: Vec<PersonId>,
    pub(super) readers: MeetingReaders,
    /// At whose home it is.
    pub(super) home: Option<PersonId>,
}

/// Who works with whom: whose record, which worker of the family, in what part.
pub(super) type Allocated = (PersonId, usize, AllocationKind);
