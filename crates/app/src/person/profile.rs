//! Everything about one person that a reader may see, now or as known at an earlier instant.

use super::facts::{self, Address, BirthFact, Detail, Identifier, Member, Name, Related, Warning, holds_on};
use super::header::{Header, header, headers};
use super::shown;
use crate::access::Reach;
use crate::room::Look;
use crate::{Oops, Result};
use db::Conn;
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::PersonId;
use practice::person::{AddressUse, DetailKind, IdentifierKind, NameKind};
use std::collections::BTreeMap;

/// Everything about one person that a reader may see. What they may not see is not there at all.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Who they are, in one line; as known then.
    pub header: Header,
    /// The day for which "today" stands.
    pub today: Date,
    /// Names.
    pub names: Vec<Name>,
    /// The birth.
    pub birth: Option<BirthFact>,
    /// Details of every kind.
    pub details: Vec<Detail>,
    /// Numbers.
    pub identifiers: Vec<Identifier>,
    /// Addresses; confidential ones only for those who may see them.
    pub addresses: Vec<Address>,
    /// Everyone of the households the person is or was in, the person too.
    pub members: Vec<Member>,
    /// Relationships with people the reader may know of.
    pub related: Vec<Related>,
    /// Things to know.
    pub warnings: Vec<Warning>,
    /// The people named in `members` and `related`.
    pub people: BTreeMap<PersonId, Known>,
}

/// Somebody a reader may know of, named on another person's page.
#[derive(Clone, Debug)]
pub struct Known {
    /// Who they are. Where `open` is false a page shows the chosen name and the year of birth, nothing else.
    pub header: Header,
    /// Whether the reader may open their record.
    pub open: bool,
}

impl Profile {
    /// The details of a kind that hold today, newest first.
    pub fn now(&self, kind: DetailKind) -> impl Iterator<Item = &Detail> {
        self.details.iter().filter(move |it| it.kind == kind && holds_on(None, it.to, self.today))
    }

    /// The words of the newest detail of a kind.
    pub fn one(&self, kind: DetailKind) -> Option<&str> {
        self.now(kind).next().map(|it| it.words.as_str())
    }

    /// The name they chose with their family name, as anyone who may find them sees it.
    pub fn found_name(&self) -> String {
        found_name(&self.names, &self.header, self.today)
    }

    /// The council's own id.
    pub fn council_id(&self) -> Option<&str> {
        let mine = |it: &&Identifier| it.kind == IdentifierKind::CouncilId;
        self.identifiers.iter().find(mine).map(|it| it.number.as_str())
    }

    /// Where they live today, as far as the reader may see.
    pub fn home(&self) -> Option<&Address> {
        let rank = |it: &&Address| match it.purpose {
            AddressUse::Placement => 0,
            AddressUse::Home => 1,
            AddressUse::Staying => 2,
            AddressUse::NoFixed => 3,
            AddressUse::Correspondence => 4,
        };
        self.addresses.iter().filter(|it| holds_on(it.from, it.to, self.today)).min_by_key(rank)
    }

    /// Those who live with them today.
    pub fn household(&self) -> Vec<&Member> {
        let mine = |it: &&Member| it.person == self.header.id && holds_on(it.from, it.to, self.today);
        let homes: Vec<_> = self.members.iter().filter(mine).map(|it| it.household).collect();
        let mut with: Vec<&Member> = self
            .members
            .iter()
            .filter(|it| it.person != self.header.id && homes.contains(&it.household))
            .filter(|it| holds_on(it.from, it.to, self.today))
            .collect();
        with.sort_by_key(|it| it.person);
        with.dedup_by_key(|it| it.person);
        with
    }

    /// Things to know that hold today.
    pub fn warnings_now(&self) -> impl Iterator<Item = &Warning> {
        self.warnings.iter().filter(|it| holds_on(Some(it.from), it.to, self.today))
    }
}

/// The chosen name with a family name: how a search and a findable card name someone.
pub fn found_name(names: &[Name], header: &Header, today: Date) -> String {
    let chosen = names.iter().find(|it| it.kind == NameKind::Chosen && holds_on(None, it.to, today));
    match chosen {
        None => header.full_name.clone(),
        Some(name) if name.family.is_empty() => {
            let legal = names.iter().find(|it| it.kind == NameKind::Legal && holds_on(None, it.to, today));
            facts::whole(&name.given, legal.map_or("", |it| &it.family))
        }
        Some(name) => name.whole(),
    }
}

/// The profile of one person. Ask for [`Sight::Open`] first: this only leaves out what an open record still
/// holds back.
///
/// # Errors
/// [`Oops::NotFound`] where there is no such person, or was none as known then.
pub async fn profile(conn: &mut Conn, look: &Look<'_>) -> Result<Profile> {
    let (person, known) = (look.person, look.known);
    let mut mine = header(conn, person).await?.ok_or(Oops::NotFound)?;
    let names = facts::names(conn, person, known).await?;
    let birth = facts::birth(conn, person, known).await?;
    let details = facts::details(conn, person, known).await?;
    let identifiers = facts::identifiers(conn, person, known).await?;
    let mut addresses = facts::addresses(conn, person, known).await?;
    let warnings = facts::warnings(conn, person, known).await?;
    let mut related = facts::related(conn, person, known).await?;
    let mut members = facts::members(conn, person, known).await?;
    let mut ids: Vec<PersonId> = related.iter().map(|it| it.other).collect();
    ids.extend(members.iter().map(|it| it.person));
    ids.sort_unstable();
    ids.dedup();
    ids.push(person);
    let reach = Reach::of(conn, look.who, look.now).await?;
    let standings = reach.standings(conn, &ids).await?;
    let may = |other: PersonId, sight: Sight| {
        standings.get(&other).is_some_and(|standing| reach.decide(standing, sight).is_allowed())
    };
    let mut people = BTreeMap::new();
    for header in headers(conn, &ids).await? {
        if header.id == person || may(header.id, Sight::Exists) {
            people.insert(header.id, Known { open: may(header.id, Sight::Open), header });
        }
    }
    if !may(person, Sight::ConfidentialAddress) {
        addresses.retain(|it| !it.confidential);
    }
    related.retain(|it| people.contains_key(&it.other));
    members.retain(|it| people.contains_key(&it.person));
    if known.is_some() {
        let council =
            identifiers.iter().find(|it| it.kind == IdentifierKind::CouncilId).map(|it| &*it.number);
        let seen = shown::shown(&names, mine.kind, council, look.today);
        (mine.shown_name, mine.full_name, mine.initials) = (seen.shown_name, seen.full_name, seen.initials);
        mine.birth = birth.as_ref().map(|it| it.birth);
        mine.birth_year = mine.birth.map(|it| i64::from(it.on.year()));
    }
    let today = look.today;
    Ok(Profile {
        header: mine,
        today,
        names,
        birth,
        details,
        identifiers,
        addresses,
        members,
        related,
        warnings,
        people,
    })
}
