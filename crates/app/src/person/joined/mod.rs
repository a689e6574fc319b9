//! Records that were joined with another: every old address, link, form and draft leads to the living record.

pub(crate) mod store;

use crate::who::Signed;
use crate::{App, Result, access};
use axum::http::{HeaderMap, Uri};
use db::{Conn, Value, args};
use jiff::Timestamp;
use practice::access::Sight;
use practice::id::PersonId;
use std::collections::{BTreeMap, BTreeSet};
use store::SpanRow;
use uuid::Uuid;

/// How many ids one statement asks about.
const TOGETHER: usize = 8;
/// How long an id is, as addresses write it.
const WRITTEN: usize = 36;
/// The longest value of a form that is taken for an id; anything longer is words.
const SHORT: usize = 48;
/// More than this many records have never been joined one into another.
const DEEP: usize = 20;

/// Later than anything that is recorded: the year 3000, which both engines can hold.
const FAR: Timestamp = Timestamp::constant(32_503_680_000, 0);

/// Of these ids, those of records that were joined with another, and the living record each leads to.
///
/// # Errors
/// Where the database refuses.
pub async fn living(conn: &mut Conn, ids: &BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, PersonId>> {
    let mut leads: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    let mut asked: Vec<Uuid> = ids.iter().copied().collect();
    for _ in 0..DEEP {
        let mut next = vec![];
        for some in asked.chunks(TOGETHER) {
            let last = some.last().copied();
            let filled = some.iter().copied().map(Some).chain(std::iter::repeat(last)).take(TOGETHER);
            let rows: Vec<(Uuid, Option<Uuid>)> =
                conn.all(store::LEADS, filled.map(Value::Key).collect()).await?;
            for (from, to) in rows {
                let Some(to) = to else { continue };
                leads.insert(from, to);
                next.push(to);
            }
        }
        if next.is_empty() {
            break;
        }
        asked = next;
    }
    let end = |mut id: Uuid| {
        for _ in 0..DEEP {
            match leads.get(&id) {
                Some(&next) => id = next,
                None => break,
            }
        }
        PersonId(id)
    };
    Ok(ids.iter().filter(|id| leads.contains_key(id)).map(|id| (*id, end(*id))).collect())
}

/// Every id written in a text.
fn written(text: &str, into: &mut BTreeSet<Uuid>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at + WRITTEN <= bytes.len() {
        let found = (bytes[at + 8] == b'-').then(|| text.get(at..at + WRITTEN)?.parse().ok()).flatten();
        match found {
            Some(id) => {
                into.insert(id);
                at += WRITTEN;
            }
            None => at += 1,
        }
    }
}

fn instead(text: &str, leads: &BTreeMap<Uuid, PersonId>) -> String {
    leads.iter().fold(text.to_owned(), |text, (from, to)| text.replace(&from.to_string(), &to.to_string()))
}

/// The fields of a form with every joined record replaced by the living one: in their names, and in values that
/// are an id and not words. None where nothing is to be replaced.
///
/// # Errors
/// Where the database refuses.
pub async fn led(conn: &mut Conn, pairs: &[(&str, &str)]) -> Result<Option<Vec<(String, String)>>> {
    let mut ids = BTreeSet::new();
    for (name, value) in pairs {
        written(name, &mut ids);
        if value.len() <= SHORT {
            written(value, &mut ids);
        }
    }
    if ids.is_empty() {
        return Ok(None);
    }
    let leads = living(conn, &ids).await?;
    if leads.is_empty() {
        return Ok(None);
    }
    let value = |value: &str| if value.len() <= SHORT { instead(value, &leads) } else { value.to_owned() };
    Ok(Some(pairs.iter().map(|(name, words)| (instead(name, &leads), value(words))).collect()))
}

/// Where an address that leads nowhere leads after all, because it names a record that was joined with another:
/// only for someone who may know of that one.
///
/// # Errors
/// Where the database refuses.
pub(crate) async fn led_on(app: &App, asked: &HeaderMap, uri: &Uri) -> Result<Option<String>> {
    let place = uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
    let mut ids = BTreeSet::new();
    written(place, &mut ids);
    if ids.is_empty() {
        return Ok(None);
    }
    let Some(signed) = Signed::from_headers(app, asked).await? else { return Ok(None) };
    let mut conn = app.db.read().await?;
    let leads = living(&mut conn, &ids).await?;
    if leads.is_empty() {
        return Ok(None);
    }
    for person in leads.values() {
        let decided =
            access::decide(&mut conn, &signed.who, app.moment().now(), *person, Sight::Exists).await?;
        if !decided.is_some_and(|decision| decision.is_allowed()) {
            return Ok(None);
        }
    }
    Ok(Some(instead(place, &leads)))
}

/// Under which record files keep what they last said of a council id that came to another record by a joining: the one
/// that first had it. So a file that still holds both ids of somebody is compared, id by id, with what it said before.
///
/// # Errors
/// Where the database refuses.
pub(crate) async fn first_of(conn: &mut Conn) -> Result<BTreeMap<String, Uuid>> {
    let rows: Vec<(String, Uuid)> = conn.all(store::FIRST, args![]).await?;
    let mut first = BTreeMap::new();
    for (number, record) in rows {
        first.entry(number).or_insert(record);
    }
    Ok(first)
}

/// A record and the time for which what was read of it was read of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) record: PersonId,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

/// The records under which somebody was read of, and when: their own at all times; those joined to it; and, after a
/// joining was undone, the record they were joined to for as long as it lasted.
///
/// # Errors
/// Where the database refuses.
pub(crate) async fn spans(conn: &mut Conn, person: PersonId) -> Result<Vec<Span>> {
    let mut all = vec![Span { record: person, from: Timestamp::UNIX_EPOCH, to: FAR }];
    let mut at = 0;
    while let Some(&within) = all.get(at) {
        at += 1;
        let rows: Vec<SpanRow> = conn.all(store::SPANS, args![within.record]).await?;
        for row in rows {
            let (kept, other) = (PersonId(row.kept_id), PersonId(row.other_id));
            let parted = row.parted_at.map(|at| at.0);
            let more = if kept == within.record && parted.is_none() {
                Span { record: other, ..within }
            } else if other == within.record && kept != person {
                let to = parted.unwrap_or(FAR).min(within.to);
                Span { record: kept, from: row.joined_at.0.max(within.from), to }
            } else {
                continue;
            };
            if more.from < more.to && !all.iter().any(|span| span.record == more.record) {
                all.push(more);
            }
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_wherever_they_are_written() {
        let one = Uuid::from_u128(0x0192_7f00_0000_7000_8000_0000_0000_0001);
        let two = Uuid::from_u128(0x0192_7f00_0000_7000_8000_0000_0000_0002);
        let mut found = BTreeSet::new();
        written(&format!("/person/{one}/timeline?about=p:{two}&é=1"), &mut found);
        assert_eq!(found, BTreeSet::from([one, two]));
        let leads = BTreeMap::from([(one, PersonId(two))]);
        assert_eq!(instead(&format!("seen-{one}"), &leads), format!("seen-{two}"));
    }
}
