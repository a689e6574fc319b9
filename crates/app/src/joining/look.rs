//! The look through everybody for people who may have two records: the same comparison as before a record is begun,
//! of everyone with everyone they could be. It reads beside those who write and takes seconds for a hundred
//! thousand people, so it is done each night, or from the command line, and what it found is kept.

use super::store::{self, PairedRow};
use crate::{App, Result};
use db::{At, Conn, Day, DbError, args};
use practice::finding::{Candidate, FullName, Likeness, Strength, blocks, likely_same};
use practice::id::PersonId;
use practice::person::{Birth, BirthBasis, IdentifierKind, NameKind};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// What a look through everybody found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    /// How many people there are.
    pub people: usize,
    /// How many pairs of records may be of one person.
    pub pairs: usize,
}

/// How many pairs are written in one transaction.
const TOGETHER: usize = 500;

async fn everybody(conn: &mut Conn) -> Result<Vec<(Uuid, Candidate)>> {
    let mut all: BTreeMap<Uuid, Candidate> = BTreeMap::new();
    let people: Vec<(Uuid, Option<Day>, Option<String>)> = conn.all(store::EVERYBODY, args![]).await?;
    for (id, born, basis) in people {
        let basis = basis.as_deref().and_then(BirthBasis::from_code);
        let birth = born.zip(basis).map(|(on, basis)| Birth { on: on.0, basis });
        all.insert(id, Candidate { birth, ..Candidate::default() });
    }
    let names: Vec<(Uuid, String, String, String)> = conn.all(store::ALL_NAMES, args![]).await?;
    for (id, kind, given, family) in names {
        let broken = || DbError::Broken { table: "person_name", column: "kind", row: id.to_string() };
        let kind = NameKind::from_code(&kind).ok_or_else(broken)?;
        if let Some(one) = all.get_mut(&id) {
            one.names.push(FullName::new(kind, crate::person::facts::whole(&given, &family)));
        }
    }
    let numbers: Vec<(Uuid, String, String)> = conn.all(store::ALL_NUMBERS, args![]).await?;
    for (id, kind, number) in numbers {
        if let Some((one, kind)) = all.get_mut(&id).zip(IdentifierKind::from_code(&kind)) {
            one.identifiers.push((kind, number));
        }
    }
    // a confidential address is not compared: that two share it would give it away
    for (text, phone) in [(store::ALL_PHONES, true), (store::ALL_POSTCODES, false)] {
        let rows: Vec<(Uuid, String)> = conn.all(text, args![]).await?;
        for (id, words) in rows {
            let Some(one) = all.get_mut(&id) else { continue };
            if phone { one.phones.push(words) } else { one.postcodes.push(words) }
        }
    }
    Ok(all.into_iter().collect())
}

/// Compares everyone with everyone they share something with.
fn compare(all: &[(Uuid, Candidate)]) -> Vec<(Uuid, Uuid, Likeness)> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, (_, candidate)) in all.iter().enumerate() {
        for block in blocks(candidate) {
            groups.entry(block).or_default().push(at);
        }
    }
    let mut seen = BTreeSet::new();
    let mut found = vec![];
    for group in groups.into_values().filter(|group| group.len() > 1) {
        for (at, &one) in group.iter().enumerate() {
            for &two in group.iter().skip(at + 1) {
                let pair = (one.min(two), one.max(two));
                let (Some(a), Some(b)) = (all.get(pair.0), all.get(pair.1)) else { continue };
                if one == two || seen.contains(&pair) {
                    continue;
                }
                if let Some(likeness) = likely_same(&a.1, &b.1).filter(|it| it.strength >= Strength::Likely) {
                    seen.insert(pair);
                    found.push((a.0, b.0, likeness));
                }
            }
        }
    }
    found
}

/// Looks through everybody and keeps what was found, in place of what the last look found.
///
/// # Errors
/// Where the database refuses.
pub async fn look(app: &App) -> Result<Looked> {
    let now = app.moment().now();
    let mut conn = app.db.read().await?;
    let all = everybody(&mut conn).await?;
    let apart: Vec<(Uuid, Uuid)> = conn.all(store::ALL_APART, args![]).await?;
    drop(conn);
    let people = all.len();
    let compared = tokio::task::spawn_blocking(move || compare(&all)).await;
    let mut found = compared.map_err(|error| crate::Oops::Broken(format!("the look stopped: {error}")))?;
    let apart: BTreeSet<(Uuid, Uuid)> = apart.into_iter().flat_map(|(a, b)| [(a, b), (b, a)]).collect();
    found.retain(|(one, two, _)| !apart.contains(&(*one, *two)));
    // in few transactions, so that nobody waits long for the one who writes
    for some in found.chunks(TOGETHER) {
        let mut tx = app.db.write().await?;
        for (one, two, likeness) in some {
            let why: Vec<&str> = likeness.reasons.iter().map(|reason| reason.sentence()).collect();
            let strength = i64::from(likeness.strength == Strength::Strong);
            let why = serde_json::to_string(&why)?;
            tx.run(store::PAIR, args![*one, *two, strength, why, now]).await?;
        }
        tx.commit().await?;
    }
    let mut tx = app.db.write().await?;
    tx.run(store::FORGET_OLD, args![now]).await?;
    let counts = [people, found.len()].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    tx.run(store::LOOKED, args![now, counts[0], counts[1]]).await?;
    tx.commit().await?;
    Ok(Looked { people, pairs: found.len() })
}

/// As [`look`], unless it was done today already, by this process or another.
///
/// # Errors
/// As [`look`].
pub async fn look_daily(app: &App) -> Result<Option<Looked>> {
    let last = last_look(&mut app.db.read().await?).await?;
    let today = app.moment().today();
    if last.is_some_and(|(at, _)| practice::calendar::london_day(at) == today) {
        return Ok(None);
    }
    look(app).await.map(Some)
}

/// When everybody was last looked through, and how many people there were.
///
/// # Errors
/// Where the database refuses.
pub async fn last_look(conn: &mut Conn) -> Result<Option<(jiff::Timestamp, i64)>> {
    let row: Option<(At, i64)> = conn.maybe(store::LAST_LOOK, args![]).await?;
    Ok(row.map(|(at, people)| (at.0, people)))
}

/// Two records that may be of one person.
pub(super) struct Pair {
    pub(super) one: PersonId,
    pub(super) two: PersonId,
    pub(super) strength: i64,
    pub(super) why: Vec<String>,
}

/// The pairs that the last look found, the likeliest first, from after one on: a stretch of them.
pub(super) async fn pairs(conn: &mut Conn, after: (i64, Uuid, Uuid)) -> Result<Vec<Pair>> {
    read(conn.all(store::PAIRS, args![after.0, after.1, after.2]).await?)
}

/// The pairs that one record is in, the likeliest first.
pub(super) async fn pairs_of(conn: &mut Conn, person: PersonId) -> Result<Vec<Pair>> {
    read(conn.all(store::PAIRS_OF, args![person]).await?)
}

fn read(rows: Vec<PairedRow>) -> Result<Vec<Pair>> {
    rows.into_iter()
        .map(|row| {
            let why = serde_json::from_str(&row.why)?;
            Ok(Pair { one: row.one_id.into(), two: row.two_id.into(), strength: row.strength, why })
        })
        .collect()
}
