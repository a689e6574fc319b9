//! Everybody who may be meant, read from the database with what is needed to judge them.

use super::store::{self, DAYS, FoundRow, MatchRow, PostcodeRow, TOGETHER};
use crate::Result;
use crate::person::facts::{whole, word};
use db::{Conn, ToValue, Value, args};
use jiff::civil::{Date, date};
use practice::calendar::add_days;
use practice::finding::{
    BirthSought, Candidate, FullName, LOOKUP_KEYS, NEAREST, Near, Query, Token, Word, lookup_keys, nearest,
};
use practice::id::PersonId;
use practice::person::{AccessLevel, Birth, BirthBasis, IdentifierKind, NameKind};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// With no birth asked for, anybody's will do.
const ANY_DAY: (Date, Date) = (date(1800, 1, 1), date(2200, 12, 31));
/// How many people one word alone may bring.
const ONE_WORD: usize = 300;

/// What looking one person up costs, against reading one off a list (measured: about four times as much).
const LOOKED_UP: i64 = 4;

/// Somebody who may be meant.
pub(super) struct Person {
    pub(super) level: AccessLevel,
    /// The chosen name, with the family name.
    pub(super) name: String,
    pub(super) full_name: String,
    pub(super) initials: String,
    pub(super) hue: i64,
    pub(super) candidate: Candidate,
}

/// Everybody who may be meant.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) people: BTreeMap<PersonId, Person>,
    /// Whose confidential address alone has the postcode asked for.
    pub(super) confidential: HashMap<PersonId, String>,
    pub(super) too_many: bool,
}

/// Everybody who may be meant by a query. Sealed and merged records are not read at all; whatever else a
/// reader may not know of is still to be left out.
pub(super) async fn gather(conn: &mut Conn, query: &Query) -> Result<Gathered> {
    let mut gathered = Gathered::default();
    match &query.names[..] {
        [] => {}
        [only] => one(conn, query, only, &mut gathered).await?,
        [first, .., last] => {
            both(conn, first, last, &mut gathered).await?;
            // of three words one may be wrong altogether
            if gathered.people.is_empty() && query.names.len() > 2 {
                both(conn, first, &query.names[1], &mut gathered).await?;
            }
        }
    }
    if query.has_number() {
        numbers(conn, query, &mut gathered).await?;
    } else if query.names.is_empty()
        && let Some(sought) = query.birth
    {
        born(conn, sought, &mut gathered).await?;
    }
    Ok(gathered)
}

/// The words of the index near one asked for, best first.
pub(super) async fn near(conn: &mut Conn, asked: &Word) -> Result<Vec<Token>> {
    let mut all: Vec<Near> = vec![];
    for token in asked.tokens() {
        let keys = lookup_keys(token);
        let Some(first) = keys.first().cloned() else { continue };
        let filled = keys.into_iter().chain(std::iter::repeat(first)).take(LOOKUP_KEYS);
        let values = filled.map(|key| Value::Text(Some(key))).collect();
        let found: Vec<(String,)> = conn.all(store::NEAR, values).await?;
        all.extend(nearest(token, found.into_iter().map(|row| Token::from_index(row.0))));
    }
    all.sort_by(|a, b| b.closeness.total_cmp(&a.closeness).then_with(|| a.token.cmp(&b.token)));
    let mut seen = BTreeSet::new();
    all.retain(|near| seen.insert(near.token.clone()));
    all.truncate(NEAREST);
    Ok(all.into_iter().map(|near| near.token).collect())
}

/// As many places as a statement has; places left over repeat the first. None where there is no word.
fn filled(tokens: &[Token]) -> Option<Vec<Value>> {
    let first = tokens.first()?;
    let words = tokens.iter().chain(std::iter::repeat(first)).take(NEAREST);
    Some(words.map(|token| Value::Text(Some(token.as_str().to_owned()))).collect())
}

/// Whoever has a word near the one and a word near the other.
pub(super) async fn both(conn: &mut Conn, first: &Word, last: &Word, gathered: &mut Gathered) -> Result<()> {
    let (Some(first), Some(last)) = (filled(&near(conn, first).await?), filled(&near(conn, last).await?))
    else {
        return Ok(());
    };
    let firsts = conn.number(store::HOLDERS, first.clone()).await?;
    let lasts = conn.number(store::HOLDERS, last.clone()).await?;
    let (rarer, other) = if lasts <= firsts { (last, first) } else { (first, last) };
    let values = rarer.into_iter().chain(other).collect();
    let rare = firsts.min(lasts).saturating_mul(LOOKED_UP) <= firsts.saturating_add(lasts);
    let rows: Vec<(uuid::Uuid,)> =
        conn.all(if rare { store::BOTH } else { store::BOTH_OF_MANY }, values).await?;
    let ids: Vec<PersonId> = rows.into_iter().map(|row| row.0.into()).collect();
    people(conn, &ids, gathered).await
}

/// Whoever has a word near the only one asked for: first those nearest.
async fn one(conn: &mut Conn, query: &Query, asked: &Word, gathered: &mut Gathered) -> Result<()> {
    let (from, to) = query.birth.map_or(ANY_DAY, about);
    let tokens = near(conn, asked).await?;
    let exact = tokens.iter().take_while(|token| **token == asked.whole).count();
    for some in [&tokens[..exact], &tokens[exact..]] {
        let Some(mut values) = filled(some) else { continue };
        if gathered.people.len() >= ONE_WORD {
            gathered.too_many = true;
            break;
        }
        values.extend(args![from, to]);
        let rows: Vec<FoundRow> = conn.all(store::ONE, values).await?;
        read(rows, gathered)?;
    }
    gathered.too_many |= gathered.people.len() >= ONE_WORD;
    Ok(())
}

/// The days within which somebody was born who may be meant by this birth and a name.
fn about(sought: BirthSought) -> (Date, Date) {
    let years = |from: i16, to: i16| (date(from.clamp(1800, 2199), 1, 1), date(to.clamp(1801, 2200), 12, 31));
    match sought {
        BirthSought::Day(day) => years(day.year() - 1, day.year() + 1),
        BirthSought::Month(year, _) | BirthSought::Year(year) => years(year - 1, year + 1),
        BirthSought::Age(_, from, to) => years(from.year() - 1, to.year() + 1),
    }
}

async fn numbers(conn: &mut Conn, query: &Query, gathered: &mut Gathered) -> Result<()> {
    let council = query.council_id.clone();
    let numbers = [
        council,
        query.upn.as_ref().map(|upn| upn.as_str().to_owned()),
        query.nhs.as_ref().map(|nhs| nhs.as_str().to_owned()),
    ];
    let (mut by_number, mut by_phone, mut by_postcode) = (vec![], vec![], vec![]);
    if numbers.iter().any(Option::is_some) {
        let values =
            numbers.iter().map(|number| number.clone().unwrap_or_default()).map(|it| it.value()).collect();
        by_number = conn.all::<MatchRow>(store::NUMBER, values).await?;
    }
    if let Some(phone) = &query.phone {
        by_phone = conn.all::<MatchRow>(store::PHONE, args![phone.as_str()]).await?;
    }
    if let Some(postcode) = &query.postcode {
        by_postcode = conn.all::<PostcodeRow>(store::POSTCODE, args![postcode.as_str()]).await?;
        gathered.too_many |= by_postcode.len() >= ONE_WORD;
    }
    let numbered = by_number.iter().chain(&by_phone).map(|row| PersonId(row.person_id));
    let ids: Vec<PersonId> = numbered.chain(by_postcode.iter().map(|row| PersonId(row.person_id))).collect();
    people(conn, &ids, gathered).await?;
    for row in by_number {
        let kind = word(IdentifierKind::from_code(&row.kind), "person_identifier", "kind", row.person_id)?;
        if let Some(person) = gathered.people.get_mut(&PersonId(row.person_id)) {
            person.candidate.identifiers.push((kind, row.words));
        }
    }
    for row in by_phone {
        if let Some(person) = gathered.people.get_mut(&PersonId(row.person_id)) {
            person.candidate.phones.push(row.words);
        }
    }
    let Some(postcode) = query.postcode.as_ref().map(|code| code.as_str().to_owned()) else { return Ok(()) };
    for row in &by_postcode {
        let id = PersonId(row.person_id);
        if row.confidential {
            gathered.confidential.insert(id, postcode.clone());
        } else if let Some(person) = gathered.people.get_mut(&id) {
            person.candidate.postcodes.push(postcode.clone());
        }
    }
    // where another of their addresses has it openly, nothing is given away
    let open: Vec<PersonId> =
        by_postcode.iter().filter(|row| !row.confidential).map(|row| row.person_id.into()).collect();
    gathered.confidential.retain(|id, _| !open.contains(id));
    Ok(())
}

async fn born(conn: &mut Conn, sought: BirthSought, gathered: &mut Gathered) -> Result<()> {
    let rows: Vec<(uuid::Uuid,)> = match sought {
        BirthSought::Day(day) => conn.all(store::BORN_ON, days_like(day)).await?,
        BirthSought::Age(_, from, to) => conn.all(store::BORN_BETWEEN, args![from, to]).await?,
        BirthSought::Month(year, month) => {
            let first = date(year, month, 1);
            conn.all(store::BORN_BETWEEN, args![first, first.last_of_month()]).await?
        }
        BirthSought::Year(year) => {
            conn.all(store::BORN_BETWEEN, args![date(year, 1, 1), date(year, 12, 31)]).await?
        }
    };
    gathered.too_many |= rows.len() >= ONE_WORD;
    let ids: Vec<PersonId> = rows.into_iter().map(|row| row.0.into()).collect();
    people(conn, &ids, gathered).await
}

/// The day itself and those for which it may be mistaken: day and month swapped, another month, a year or a
/// decade off, a few days off.
fn days_like(day: Date) -> Vec<Value> {
    let (y, m, d) = (day.year(), day.month(), day.day());
    let mut days = vec![day];
    days.extend(Date::new(y, d, m));
    days.extend([-10, -1, 1, 10].into_iter().flat_map(|off| Date::new(y + off, m, d)));
    days.extend((-3..=3).map(|off| add_days(day, off)));
    days.extend((1..=12).flat_map(|month| Date::new(y, month, d)));
    days.into_iter().chain(std::iter::repeat(day)).take(DAYS).map(|day| day.value()).collect()
}

/// Reads people by id, those not read yet.
pub(super) async fn people(conn: &mut Conn, ids: &[PersonId], gathered: &mut Gathered) -> Result<()> {
    let mut wanted: Vec<PersonId> =
        ids.iter().copied().filter(|id| !gathered.people.contains_key(id)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    for some in wanted.chunks(TOGETHER) {
        let Some(first) = some.first() else { break };
        let filled = some.iter().chain(std::iter::repeat(first)).take(TOGETHER);
        let rows: Vec<FoundRow> = conn.all(store::PEOPLE, filled.map(|id| id.0.value()).collect()).await?;
        read(rows, gathered)?;
    }
    Ok(())
}

fn read(rows: Vec<FoundRow>, gathered: &mut Gathered) -> Result<()> {
    let mut names: BTreeMap<PersonId, Vec<(NameKind, bool, String, String)>> = BTreeMap::new();
    for row in rows {
        let id = PersonId(row.id);
        if let (Some(kind), Some(given), Some(family)) = (&row.kind, &row.given, &row.family) {
            let kind = word(NameKind::from_code(kind), "person_name", "kind", row.id)?;
            let held = names.entry(id).or_default();
            held.push((kind, row.to_date.is_some(), given.clone(), family.clone()));
        }
        if gathered.people.contains_key(&id) {
            continue;
        }
        let birth = match (row.born_on, row.basis.as_deref()) {
            (Some(on), Some(basis)) => {
                let basis = word(BirthBasis::from_code(basis), "person_birth", "basis", row.id)?;
                Some(Birth { on: on.0, basis })
            }
            _ => None,
        };
        let person = Person {
            level: word(AccessLevel::from_code(&row.access_level), "person", "access_level", row.id)?,
            name: row.full_name.clone(),
            full_name: row.full_name,
            initials: row.initials,
            hue: row.hue,
            candidate: Candidate { birth, ..Candidate::default() },
        };
        gathered.people.insert(id, person);
    }
    for (id, mut held) in names {
        let Some(person) = gathered.people.get_mut(&id).filter(|person| person.candidate.names.is_empty())
        else {
            continue;
        };
        held.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
        let legal =
            held.iter().find(|(kind, over, ..)| *kind == NameKind::Legal && !over).map(|it| it.3.clone());
        if let Some((_, _, given, family)) =
            held.iter().find(|(kind, over, ..)| *kind == NameKind::Chosen && !over)
        {
            let family = if family.is_empty() { legal.as_deref().unwrap_or_default() } else { family };
            person.name = whole(given, family);
        }
        let names = held.iter().map(|(kind, _, given, family)| FullName::new(*kind, whole(given, family)));
        person.candidate.names = names.collect();
        if !person.candidate.names.iter().any(|name| name.text == person.name) {
            person.candidate.names.insert(0, FullName::new(NameKind::Chosen, person.name.clone()));
        }
    }
    Ok(())
}
