//! The facts compared with the journal: each row of the journal says by hash how it left the facts it wrote, so that a
//! fact changed, removed or put in by hand is named.

use super::store::{self, PayloadRow};
use super::verify::{FaultKind, Verified};
use crate::{Oops, Result};
use data_encoding::BASE64_NOPAD;
use db::whole::{self, Table};
use db::{Conn, Value, Written, args, fact_tables};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashMap;

/// How many facts are held in memory at most, more or less: of a large council they are compared in several rounds.
const AT_ONCE: u64 = 1_500_000;

/// A hash of 128 bits: enough, because whoever would make another row with the same one has no choice of its id.
type Short = [u8; 16];

/// Adds to a payload how the facts stand that were written for it: for each row a hash.
pub(super) fn put_images(payload: &mut Json, written: &[Written]) {
    let (Json::Object(payload), false) = (payload, written.is_empty()) else { return };
    let (mut facts, mut gone): (Map<String, Json>, Map<String, Json>) = (Map::new(), Map::new());
    for one in written {
        let key = key_of(one.table, &one.row);
        if one.gone {
            if let Some(Json::Object(of_table)) = facts.get_mut(&one.table.name) {
                of_table.remove(&key);
            }
            let of_table = gone.entry(one.table.name.clone()).or_insert_with(|| Json::Array(vec![]));
            if let Json::Array(of_table) = of_table {
                of_table.push(Json::String(key));
            }
            continue;
        }
        let of_table = facts.entry(one.table.name.clone()).or_insert_with(|| Json::Object(Map::new()));
        if let Json::Object(of_table) = of_table {
            let hash = BASE64_NOPAD.encode(&hash_of_row(one.table, &one.row));
            of_table.insert(key, Json::String(hash));
        }
    }
    payload.insert("facts".to_owned(), Json::Object(facts));
    if !gone.is_empty() {
        payload.insert("gone".to_owned(), Json::Object(gone));
    }
}

/// The row's key in words: its id, or what it is made of with a plus between.
fn key_of(table: &Table, row: &[Value]) -> String {
    let word = |place: &usize| match &row[*place] {
        Value::Key(Some(id)) => id.to_string(),
        Value::Text(Some(words)) => words.clone(),
        other => format!("{other:?}"),
    };
    table.key.iter().map(word).collect::<Vec<_>>().join("+")
}

/// The hash of a row: its table, then each value with its length before it.
fn hash_of_row(table: &Table, row: &[Value]) -> Short {
    let mut hash = Sha256::new();
    let mut part = |bytes: Option<&[u8]>| {
        hash.update(bytes.map_or(u64::MAX, |bytes| bytes.len() as u64).to_be_bytes());
        hash.update(bytes.unwrap_or_default());
    };
    part(Some(table.name.as_bytes()));
    for value in row {
        match value {
            Value::Key(it) => part(it.as_ref().map(|id| id.as_bytes().as_slice())),
            Value::Text(it) => part(it.as_ref().map(String::as_bytes)),
            Value::Int(it) => part(it.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice)),
            Value::Bool(it) => part(it.map(|yes| [u8::from(yes)]).as_ref().map(<[u8; 1]>::as_slice)),
            Value::Day(it) => part(it.map(|day| day.to_string()).as_ref().map(String::as_bytes)),
            Value::At(it) => {
                part(it.map(|at| at.as_microsecond().to_be_bytes()).as_ref().map(<[u8; 8]>::as_slice));
            }
            Value::Bytes(it) => part(it.as_deref()),
        }
    }
    short(&hash.finalize())
}

fn short(hash: &[u8]) -> Short {
    let mut short = [0; 16];
    short.copy_from_slice(&hash[..16]);
    short
}

/// Where a fact is looked up: a hash of its table and key.
fn place(table: &str, key: &str) -> Short {
    let mut hash = Sha256::new();
    hash.update(table.as_bytes());
    hash.update([0]);
    hash.update(key.as_bytes());
    short(&hash.finalize())
}

/// How a fact was left, by the last row of the journal that wrote it. Rows of one instant may be sealed in another order
/// than they were written in: then either may be the last.
struct Left {
    at: Timestamp,
    seq: i64,
    hash: Short,
    or: Vec<Short>,
}

impl Left {
    fn is(&self, hash: Short) -> bool {
        self.hash == hash || self.or.contains(&hash)
    }
}

#[derive(Deserialize, Default)]
struct Said<'a> {
    #[serde(borrow, default)]
    facts: HashMap<Cow<'a, str>, HashMap<Cow<'a, str>, Cow<'a, str>>>,
    #[serde(borrow, default)]
    gone: HashMap<Cow<'a, str>, Vec<Cow<'a, str>>>,
}

/// The one action that takes facts away. What another row says of facts gone is not believed.
pub const DISPOSES: &str = "dispose_record";

/// The facts a payload names: table and key. Whoever takes the payload away says anew how they stand.
pub(crate) fn named_in(payload: &str) -> Vec<(String, String)> {
    let Ok(said) = serde_json::from_str::<Said<'_>>(payload) else { return vec![] };
    let keys = said.facts.into_iter().flat_map(|(table, rows)| {
        let table = table.into_owned();
        rows.into_keys().map(move |key| (table.clone(), key.into_owned())).collect::<Vec<_>>()
    });
    keys.collect()
}

/// Compares every fact with what the journal says of it, in a few rounds so that memory stays bounded.
///
/// # Errors
/// Where the database refuses.
pub async fn verify_facts(conn: &mut Conn, verified: &mut Verified) -> Result<()> {
    let mut all = 0;
    for table in fact_tables() {
        all += whole::count(conn, table).await?;
    }
    let rounds = u8::try_from(all / AT_ONCE + 1).unwrap_or(u8::MAX);
    for round in 0..rounds {
        one_round(conn, verified, |place| place[15] % rounds == round).await?;
    }
    verified.facts = Some(all);
    Ok(())
}

async fn one_round(
    conn: &mut Conn,
    verified: &mut Verified,
    is_in: impl Fn(&Short) -> bool + Send + Copy,
) -> Result<()> {
    let mut left: HashMap<Short, Left> = HashMap::new();
    for sql in [store::SEALED_PAYLOADS, store::LOOSE_PAYLOADS] {
        conn.each::<PayloadRow, Oops>(sql, args![], |row| {
            take(&row, is_in, &mut left);
            Ok(())
        })
        .await?;
    }
    for table in fact_tables() {
        whole::dump::<Oops>(conn, table, |row| {
            let key = key_of(table, row);
            let place = place(&table.name, &key);
            if is_in(&place) {
                compare(table, (row, &key), left.remove(&place), verified);
            }
            Ok(())
        })
        .await?;
    }
    if !left.is_empty() {
        name_removed(conn, &left, verified).await?;
    }
    Ok(())
}

/// Takes in what one row of the journal says. What it says cannot be read as facts is none: the chain proves the row.
fn take(row: &PayloadRow, is_in: impl Fn(&Short) -> bool, left: &mut HashMap<Short, Left>) {
    let Ok(said) = serde_json::from_str::<Said<'_>>(&row.payload) else { return };
    if row.action == DISPOSES {
        for (table, keys) in &said.gone {
            for key in keys {
                left.remove(&place(table, key));
            }
        }
    }
    for (table, rows) in &said.facts {
        for (key, image) in rows {
            let place = place(table, key);
            let Ok(hash) = BASE64_NOPAD.decode(image.as_bytes()) else { continue };
            let (Ok(hash), true) = (<Short>::try_from(hash), is_in(&place)) else { continue };
            let at = row.happened_at.0;
            match left.get_mut(&place) {
                Some(before) if before.at == at => before.or.push(hash),
                _ => drop(left.insert(place, Left { at, seq: row.seq, hash, or: vec![] })),
            }
        }
    }
}

fn compare(table: &Table, (row, key): (&[Value], &str), left: Option<Left>, verified: &mut Verified) {
    let id = match row.first() {
        Some(Value::Key(id)) => *id,
        _ => None,
    };
    let name = &table.name;
    match left {
        None => {
            let words = format!("the row {key} of {name} was put in: the journal knows nothing of it");
            verified.add(FaultKind::FactInserted, None, id, words);
        }
        Some(left) if !left.is(hash_of_row(table, row)) => {
            let number = (left.seq > 0).then_some(left.seq);
            let by = number.map_or_else(String::new, |number| format!(", number {number}"));
            let words = format!(
                "the row {key} of {name} was changed: the journal{by} says that it was left otherwise"
            );
            verified.add(FaultKind::FactChanged, number, id, words);
        }
        Some(_) => {}
    }
}

/// Names what is gone, by looking through the journal once more.
async fn name_removed(conn: &mut Conn, left: &HashMap<Short, Left>, verified: &mut Verified) -> Result<()> {
    let mut named: HashMap<Short, (i64, String)> = HashMap::new();
    for sql in [store::SEALED_PAYLOADS, store::LOOSE_PAYLOADS] {
        conn.each::<PayloadRow, Oops>(sql, args![], |row| {
            let said: Said<'_> = serde_json::from_str(&row.payload).unwrap_or_default();
            for (table, rows) in &said.facts {
                for key in rows.keys() {
                    let place = place(table, key);
                    if left.contains_key(&place) {
                        named.insert(place, (row.seq, format!("the row {key} of {table} is gone")));
                    }
                }
            }
            Ok(())
        })
        .await?;
    }
    let mut gone: Vec<(i64, String)> = named.into_values().collect();
    gone.sort_unstable();
    for (seq, words) in gone {
        let number = (seq > 0).then_some(seq);
        let by = number
            .map_or_else(String::new, |number| format!("; number {number} of the journal left it there"));
        verified.add(FaultKind::FactRemoved, number, None, format!("{words}{by}"));
    }
    Ok(())
}
