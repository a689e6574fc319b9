//! Whom an entry names, whose address or number stands in it, and so which of its parts are for whom: what the rule of
//! sharing is asked about one entry, the same for the pages of families and for a worker who wants to know who reads it.

use super::said::Whole;
use super::store;
use super::whole::padded;
use crate::{Result, Who, access};
use db::Conn;
use jiff::Timestamp;
use practice::access::{Decision, Sight};
use practice::entry::{Part, Seen};
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::sharing::{Held, Private, Secret, There, Told, Way, What, names, shown, tells};
use std::collections::BTreeSet;
use uuid::Uuid;

/// An address's first line is said with the second where it is shorter than this: "Flat 2" leads nowhere.
const A_LINE: usize = 10;

/// Where people live and how to reach them, of everybody around some entries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Secrets(Vec<Secret>);

/// What an address is known by: its first line, and its postcode.
fn of_address(lines: &str, postcode: Option<&str>) -> Vec<String> {
    let mut parts = lines.split(['\n', ',']).map(str::trim).filter(|part| !part.is_empty());
    let mut first = parts.next().unwrap_or_default().to_owned();
    if first.chars().filter(|one| one.is_alphanumeric()).count() < A_LINE {
        first.extend(parts.next().map(|second| format!(" {second}")));
    }
    [first].into_iter().chain(postcode.map(str::to_owned)).filter(|part| !part.is_empty()).collect()
}

fn bare(words: &str) -> String {
    words.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Secrets {
    fn add(&mut self, person: PersonId, way: Way, words: &str) {
        let same = |held: &&mut Secret| held.way == way && bare(&held.words) == bare(words);
        match self.0.iter_mut().find(same) {
            Some(held) => held.theirs.push(person),
            None => self.0.push(Secret { theirs: vec![person], way, words: words.to_owned() }),
        }
    }

    /// Those of everybody who is in these entries, of the reader, and of those who belong to them.
    pub(super) async fn around(conn: &mut Conn, all: &[Whole], viewer: Option<PersonId>) -> Result<Self> {
        let mut people: BTreeSet<Uuid> =
            all.iter().flat_map(|whole| &whole.entry.people).map(|one| one.person.0).collect();
        people.extend(viewer.map(|viewer| viewer.0));
        Self::of(conn, people).await
    }

    /// Those of these people and of those who belong to them: for words of the family that are no entries.
    pub(crate) async fn around_people(conn: &mut Conn, people: &[PersonId]) -> Result<Self> {
        Self::of(conn, people.iter().map(|one| one.0).collect()).await
    }

    async fn of(conn: &mut Conn, people: BTreeSet<Uuid>) -> Result<Self> {
        let people: Vec<Uuid> = with_network(conn, people).await?;
        let mut secrets = Self::default();
        for some in people.chunks(24) {
            let rows: Vec<(Uuid, String, Option<String>)> = conn.all(store::ADDRESSES, padded(some)).await?;
            for (person, lines, postcode) in rows {
                for words in of_address(&lines, postcode.as_deref()) {
                    secrets.add(person.into(), Way::Address, &words);
                }
            }
            let rows: Vec<(Uuid, String, String)> = conn.all(store::CONTACTS, padded(some)).await?;
            for (person, kind, words) in rows {
                let way = if kind == "phone" { Way::Phone } else { Way::Email };
                secrets.add(person.into(), way, &words);
            }
        }
        Ok(secrets)
    }

    /// Those that a text tells.
    pub(super) fn told<'a>(&'a self, text: &str) -> impl Iterator<Item = &'a Secret> {
        self.0.iter().filter(move |secret| tells(text, secret))
    }

    /// Where somebody else lives or how to reach them, as it is recorded, of all that a text tells.
    pub(crate) fn told_of_another<'a>(
        &'a self,
        text: &str,
        viewer: PersonId,
    ) -> impl Iterator<Item = &'a str> {
        self.told(text)
            .filter(move |secret| !secret.theirs.contains(&viewer))
            .map(|secret| secret.words.as_str())
    }

    /// Whether a text tells where somebody else lives or how to reach them.
    pub(crate) fn tell_of_another(&self, text: &str, viewer: PersonId) -> bool {
        self.0.iter().any(|secret| !secret.theirs.contains(&viewer) && tells(text, secret))
    }
}

async fn with_network(conn: &mut Conn, people: BTreeSet<Uuid>) -> Result<Vec<Uuid>> {
    let mut all = people.clone();
    let people: Vec<Uuid> = people.into_iter().collect();
    for some in people.chunks(24) {
        let rows: Vec<(Uuid,)> = conn.all(store::NETWORK, padded(some)).await?;
        all.extend(rows.into_iter().map(|row| row.0));
    }
    Ok(all.into_iter().collect())
}

/// Who of the record was there: those said to have been, and those seen.
fn there(whole: &Whole) -> Vec<There> {
    let mut there: Vec<There> = vec![];
    for one in &whole.entry.people {
        let alone = one.seen == Some(Seen::Alone);
        if one.part != Part::Present && !one.seen.is_some_and(Seen::was_seen) {
            continue;
        }
        match there.iter_mut().find(|held| held.person == one.person) {
            Some(held) => held.alone = held.alone || alone,
            None => there.push(There { person: one.person, alone }),
        }
    }
    there
}

/// What the worker wrote of it, as one text.
fn account(whole: &Whole) -> String {
    let entry = &whole.entry;
    let mut text = entry.narrative.clone();
    let files = whole.files.iter().flat_map(|one| [Some(&one.name), one.described.as_ref()]).flatten();
    for part in entry.title.iter().chain(&entry.corrected_why).chain(files) {
        text.push('\n');
        text.push_str(part);
    }
    text
}

/// One entry as the rule of sharing asks for it.
#[derive(Clone, Debug)]
pub struct Asked {
    named: Vec<PersonId>,
    there: Vec<There>,
    owners: Vec<Option<PersonId>>,
    held: Vec<Held>,
    private: Vec<Private>,
}

impl Asked {
    /// What the rule is asked.
    pub fn told<'a>(&'a self, whole: &Whole) -> Told<'a> {
        Told {
            readers: whole.entry.readers,
            named: &self.named,
            there: &self.there,
            written_to: whole.entry.written_to,
            statements: &self.owners,
            held: &self.held,
            private: &self.private,
        }
    }

    /// Everybody of the record whom the rule could let read some of it.
    pub fn could(&self, whole: &Whole) -> Vec<PersonId> {
        let all: BTreeSet<PersonId> = (self.there.iter().map(|one| one.person))
            .chain(self.named.iter().copied())
            .chain(self.owners.iter().copied().flatten())
            .chain(whole.entry.written_to)
            .collect();
        all.into_iter().collect()
    }

    /// Those who were there.
    pub fn there(&self) -> &[There] {
        &self.there
    }
}

/// What the rule is asked of one entry, with the addresses and numbers that stand in it.
pub(super) fn asked(whole: &Whole, secrets: &Secrets) -> Asked {
    let there = there(whole);
    let mut private: Vec<Private> = whole
        .private_now()
        .map(|one| Private { what: one.what, theirs: one.of.iter().map(|of| of.0).collect() })
        .collect();
    let place = whole.entry.place.as_deref().unwrap_or_default();
    let said = whole.statements.iter().enumerate().map(|(at, one)| (What::Words(at), one.words.clone()));
    for (what, text) in said.chain([(What::Account, account(whole))]) {
        for secret in secrets.told(&text) {
            let mut theirs = secret.theirs.clone();
            // whoever was there knows where they were
            if tells(place, secret) {
                theirs.extend(there.iter().map(|one| one.person));
            }
            private.push(Private { what, theirs });
        }
    }
    Asked {
        named: whole.entry.named.iter().filter_map(|one| one.person).collect(),
        owners: whole.statements.iter().map(|one| one.owner.person).collect(),
        held: whole
            .held_now()
            .filter(|one| !one.staff)
            .map(|one| Held { what: one.what, from: one.from.as_ref().map(|from| from.0) })
            .collect(),
        there,
        private,
    }
}

/// What the rule of sharing is asked of each of these entries, in their order.
///
/// # Errors
/// Where the database refuses.
pub async fn told(conn: &mut Conn, all: &[Whole]) -> Result<Vec<Asked>> {
    let secrets = Secrets::around(conn, all, None).await?;
    Ok(all.iter().map(|whole| asked(whole, &secrets)).collect())
}

/// Somebody whom a part of an entry names and who was not there: a worker is asked whether it is about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What of the entry.
    pub what: What,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
}

/// Whom this entry names, of the network of those it is about, in parts that somebody other than they and whoever said it may
/// read, and that nobody has looked at yet. Nobody whose record is hidden is ever among them.
///
/// # Errors
/// Where the database refuses.
pub async fn named_in(conn: &mut Conn, whole: &Whole) -> Result<Vec<Named>> {
    let asked = asked(whole, &Secrets::default());
    let readers: Vec<_> = (asked.could(whole).into_iter())
        .filter_map(|person| Some((person, shown(person, &asked.told(whole))?)))
        .collect();
    if readers.is_empty() {
        return Ok(vec![]);
    }
    let about: BTreeSet<Uuid> = whole.entry.about().map(|one| one.person.0).collect();
    let near = with_network(conn, about).await?;
    let mut called: Vec<(Uuid, String, String)> = vec![];
    for some in near.chunks(24) {
        called.extend(conn.all::<(Uuid, String, String)>(store::CALLED, padded(some)).await?);
    }
    let here = |person: PersonId| asked.there.iter().any(|one| one.person == person);
    called.retain(|(person, _, level)| {
        AccessLevel::from_code(level) == Some(AccessLevel::Findable)
            && !here((*person).into())
            && whole.entry.about().all(|one| one.person.0 != *person)
    });
    let mut found = vec![];
    let said = whole.statements.iter().enumerate().map(|(at, one)| (What::Words(at), one.words.clone()));
    for (what, text) in [(What::Account, account(whole))].into_iter().chain(said) {
        let owner = if let What::Words(at) = what { asked.owners.get(at).copied().flatten() } else { None };
        let reads = |one: &practice::sharing::Shown| match what {
            What::Words(at) => one.statements.get(at) == Some(&true),
            What::All | What::Account => one.account,
        };
        for (person, name, _) in &called {
            let person = PersonId(*person);
            let looked_at = whole
                .private
                .iter()
                .any(|one| one.what == what && one.of.as_ref().is_some_and(|of| of.0 == person));
            let somebody = readers.iter().any(|one| one.0 != person && Some(one.0) != owner && reads(&one.1));
            if Some(person) != owner && !looked_at && somebody && names(&text, name) {
                found.push(Named { what, person, name: name.clone() });
            }
        }
    }
    Ok(found)
}

/// Those of the network of whomever an entry is about, whom this worker may know of, with their names: whose private matter
/// something in it may be.
///
/// # Errors
/// Where the database refuses.
pub async fn named_of(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    whole: &Whole,
) -> Result<Vec<(PersonId, String)>> {
    let people: BTreeSet<Uuid> = whole.entry.people.iter().map(|one| one.person.0).collect();
    let near = with_network(conn, people).await?;
    let ids: Vec<PersonId> = near.iter().map(|id| PersonId(*id)).collect();
    let said = access::decide_many(conn, who, now, &ids, Sight::Exists).await?;
    let mut all = vec![];
    for some in near.chunks(24) {
        let rows: Vec<(Uuid, String, String)> = conn.all(store::CALLED, padded(some)).await?;
        let known = |id: &Uuid| who.program || said.get(&PersonId(*id)).is_some_and(Decision::is_allowed);
        all.extend(rows.into_iter().filter(|row| known(&row.0)).map(|row| (PersonId(row.0), row.1)));
    }
    Ok(all)
}
