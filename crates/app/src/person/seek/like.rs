//! Whether somebody about to be added may be here already. Looking first saves a child from having two
//! half-told stories.

use super::gather::{self, Gathered};
use super::{Helped, Hit, helped, hit};
use crate::access::Reach;
use crate::person::actions::AddPerson;
use crate::person::facts::whole;
use crate::{Result, Who};
use db::Conn;
use jiff::Timestamp;
use practice::access::Sight;
use practice::finding::{Candidate, FullName, Query, Reason, Strength, likely_same, words};
use practice::id::PersonId;
use practice::identifier::{self, CouncilId, NhsNumber, Phone, Postcode, Upn};
use practice::person::{AccessLevel, Birth, DetailKind, IdentifierKind};

/// The most likely duplicates that are shown.
const MOST: usize = 10;

/// Somebody who may be the one about to be added.
#[derive(Clone, Debug)]
pub struct Likely {
    /// Who, with no more than the reader may know; `why` says what the two share.
    pub hit: Hit,
    /// Whether they are almost certainly one person, or it is worth a look.
    pub strength: Strength,
}

/// Whoever is here already and may be the one about to be added.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    /// People the reader may know of, the likeliest first.
    pub likely: Vec<Likely>,
    /// Speak to the restricted-records officer before making a record. Nothing more is said, whatever matched.
    pub speak_first: bool,
}

/// What is known of somebody about to be added.
fn candidate(command: &AddPerson) -> Candidate {
    let read = |kind, number: &str| identifier::read(kind, number).unwrap_or_else(|_| number.to_owned());
    let phones = command.details.iter().filter(|it| it.kind == DetailKind::Phone);
    let postcodes = command.addresses.iter().filter_map(|it| it.postcode.as_deref());
    Candidate {
        names: command.names.iter().map(|it| FullName::new(it.kind, whole(&it.given, &it.family))).collect(),
        birth: command.birth.as_ref().map(|it| Birth { on: it.on, basis: it.basis }),
        identifiers: command.identifiers.iter().map(|it| (it.kind, read(it.kind, &it.number))).collect(),
        phones: phones.filter_map(|it| Phone::parse(&it.words).ok()).map(String::from).collect(),
        postcodes: postcodes.filter_map(|code| Postcode::parse(code).ok()).map(String::from).collect(),
    }
}

/// What to look for of it: numbers, phone and postcode; the names are looked for one by one.
fn numbers(new: &Candidate) -> Query {
    let of = |kinds: &[IdentifierKind]| {
        new.identifiers.iter().find(|(kind, _)| kinds.contains(kind)).map(|(_, number)| number.as_str())
    };
    let council = of(&[IdentifierKind::CouncilId]).and_then(|it| CouncilId::parse(it).ok());
    Query {
        council_id: council.map(|id| id.folded()),
        upn: of(&[IdentifierKind::Upn, IdentifierKind::FormerUpn]).and_then(|it| Upn::parse(it).ok()),
        nhs: of(&[IdentifierKind::NhsNumber]).and_then(|it| NhsNumber::parse(it).ok()),
        phone: new.phones.first().and_then(|it| Phone::parse(it).ok()),
        postcode: new.postcodes.first().and_then(|it| Postcode::parse(it).ok()),
        ..Query::default()
    }
}

/// Whoever is here already and may be the one about to be added.
///
/// # Errors
/// Where the database refuses.
pub async fn alike(conn: &mut Conn, who: &Who, now: Timestamp, command: &AddPerson) -> Result<Alike> {
    let new = candidate(command);
    let mut gathered = gather::gather(conn, &numbers(&new)).await?;
    for name in &new.names {
        if let [first, .., last] = &words(&name.text)[..] {
            gather::both(conn, first, last, &mut gathered).await?;
        }
    }
    let reach = Reach::of(conn, who, now).await?;
    judge(conn, &reach, &new, gathered).await
}

async fn judge(conn: &mut Conn, reach: &Reach, new: &Candidate, mut gathered: Gathered) -> Result<Alike> {
    let confidential: Vec<PersonId> = gathered.confidential.keys().copied().collect();
    let hidden =
        gathered.people.iter().filter(|(_, it)| it.level != AccessLevel::Findable).map(|(&id, _)| id);
    let asked: Vec<PersonId> = hidden.chain(confidential).collect();
    let standings = reach.standings(conn, &asked).await?;
    let may = |id: PersonId, sight| standings.get(&id).is_some_and(|it| reach.decide(it, sight).is_allowed());
    let mut alike = Alike::default();
    let mut found = vec![];
    for (&id, person) in &mut gathered.people {
        let known = person.level == AccessLevel::Findable || may(id, Sight::Exists);
        // whether two share a hidden postcode is told only to those who may see it, and to nobody by the sentence
        if let Some(postcode) =
            gathered.confidential.get(&id).filter(|_| !known || may(id, Sight::ConfidentialAddress))
        {
            person.candidate.postcodes.push(postcode.clone());
        }
        let Some(likeness) = likely_same(new, &person.candidate) else { continue };
        if known {
            found.push((id, likeness));
        } else {
            alike.speak_first |= likeness.strength >= Strength::Likely;
        }
    }
    found.sort_by(|a, b| b.1.strength.cmp(&a.1.strength).then(a.0.cmp(&b.0)));
    found.truncate(MOST);
    let ids: Vec<PersonId> = found.iter().map(|it| it.0).collect();
    let standings = reach.standings(conn, &ids).await?;
    let mut helping = helped(conn, &ids, reach.today()).await?;
    for (id, likeness) in found {
        let Some(person) = gathered.people.get(&id) else { continue };
        let open = standings.get(&id).is_some_and(|it| reach.decide(it, Sight::Open).is_allowed());
        let why = likeness.reasons.iter().map(|reason| shared(*reason, open)).collect();
        let helped: Helped = helping.remove(&id).unwrap_or_default();
        alike.likely.push(Likely { hit: hit(id, person, open, why, helped), strength: likeness.strength });
    }
    Ok(alike)
}

/// What two share, for this reader: without the right to open the record, an exact birth date is not confirmed.
fn shared(reason: Reason, open: bool) -> String {
    match reason {
        Reason::SameBirth | Reason::NearBirth if !open => "Birth dates alike".to_owned(),
        Reason::PerhapsTwins if !open => "Another given name".to_owned(),
        other => other.sentence().to_owned(),
    }
}
