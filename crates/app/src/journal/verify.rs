//! Proving the journal: every row's own hash made again, every link followed.

use super::note::{Own, payload_hash};
use super::seal::{GROUND, Head, link};
use super::store::{self, AboutRow, ChainRow, StrayRow};
use crate::Result;
use db::{Conn, args};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// The most findings that are listed one by one.
const LISTED: usize = 20;
/// A row waits no longer than this for its seal while any process runs.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(1);

/// What was done to the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// A row is not as it was when it was sealed.
    Changed,
    /// A row or its seal is gone.
    Removed,
    /// A row has neither a seal nor a place in the line for one.
    Inserted,
    /// Rows stand in another order than they were sealed in.
    Reordered,
    /// Rows have waited too long for their seal.
    Unsealed,
    /// The chain ends before a head that was kept outside the database.
    Cut,
    /// The chain is whole in itself, but another than the one a kept head proves.
    Rewritten,
    /// A fact is not as the journal says it was left.
    FactChanged,
    /// A fact is gone.
    FactRemoved,
    /// A fact stands there of which the journal knows nothing.
    FactInserted,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// What was done.
    pub kind: FaultKind,
    /// The number in the chain, where it has one.
    pub number: Option<i64>,
    /// The row.
    pub row: Option<Uuid>,
    /// What the finding says, without names.
    pub words: String,
}

/// What the proof found.
#[derive(Clone, Debug, Serialize)]
pub struct Verified {
    /// Rows in the journal.
    pub rows: i64,
    /// Links in the chain.
    pub sealed: i64,
    /// The head: the hash of the last link, in hexadecimal.
    pub head: Option<String>,
    /// How many facts were compared with what the journal says of them; none where that was not asked.
    pub facts: Option<u64>,
    /// How many findings there are in all.
    pub found: usize,
    /// The first of them, in the order of the chain.
    pub faults: Vec<Fault>,
}

impl Verified {
    pub(super) fn add(&mut self, kind: FaultKind, number: Option<i64>, row: Option<Uuid>, words: String) {
        self.found += 1;
        if self.faults.len() < LISTED {
            self.faults.push(Fault { kind, number, row, words });
        }
    }
}

/// Proves the whole journal, a page at a time.
///
/// # Errors
/// Where the database refuses.
pub async fn verify(conn: &mut Conn, now: Timestamp) -> Result<Verified> {
    let rows = conn.number(store::ROWS, args![]).await?;
    let mut verified = Verified { rows, sealed: 0, head: None, facts: None, found: 0, faults: vec![] };
    chain(conn, &mut verified).await?;
    loose(conn, &mut verified).await?;
    let strays: Vec<StrayRow> = conn.all(store::STRAY, args![]).await?;
    for stray in strays {
        let when = stray.happened_at.0;
        let words = format!("the row {} of {when} ({}) was put in beside the chain", stray.id, stray.action);
        verified.add(FaultKind::Inserted, None, Some(stray.id), words);
    }
    let overdue = conn.number(store::OVERDUE, args![now - LONGEST_WAIT]).await?;
    if overdue > 0 {
        let words = format!("{overdue} rows have waited more than a minute for their seal");
        verified.add(FaultKind::Unsealed, None, None, words);
    }
    Ok(verified)
}

/// Follows the chain from its first link.
async fn chain(conn: &mut Conn, verified: &mut Verified) -> Result<()> {
    let mut last = Head { number: 0, hash: GROUND };
    loop {
        let page: Vec<ChainRow> = conn.all(store::CHAIN, args![last.number]).await?;
        let Some(end) = page.last() else { break };
        let about: Vec<AboutRow> = conn.all(store::CHAIN_ABOUT, args![last.number, end.seq]).await?;
        let about = by_row(about);
        for (at, row) in page.iter().enumerate() {
            follow(&page[at..], &about, &last, verified);
            let hash = row.hash.as_deref().and_then(|hash| hash.try_into().ok()).unwrap_or(GROUND);
            // going on from what stands there, so that one change is one finding
            last = Head { number: row.seq, hash };
            verified.sealed += 1;
        }
    }
    if last.number > 0 {
        verified.head = Some(data_encoding::HEXLOWER.encode(&last.hash));
    }
    Ok(())
}

fn by_row(rows: Vec<AboutRow>) -> HashMap<Uuid, Vec<Uuid>> {
    let mut about: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in rows {
        about.entry(row.journal_id).or_default().push(row.person_id);
    }
    for people in about.values_mut() {
        people.sort_unstable();
    }
    about
}

/// Proves the first of these links: that it follows the last one, and that its row is as it was sealed.
fn follow(rest: &[ChainRow], about: &HashMap<Uuid, Vec<Uuid>>, last: &Head, verified: &mut Verified) {
    let Some(row) = rest.first() else { return };
    let number = row.seq;
    if number != last.number + 1 {
        let gone = number - last.number - 1;
        let words = format!("the chain goes from {} to {number}: seals of {gone} rows are gone", last.number);
        verified.add(FaultKind::Removed, Some(last.number + 1), None, words);
        // without the seals before it, this one cannot be proved; its row can
        row_is_whole(row, about, verified);
        return;
    }
    let Some(own) = row.own_hash.as_deref() else {
        let words = format!("the row {} is gone, sealed as number {number}", row.journal_id);
        verified.add(FaultKind::Removed, Some(number), Some(row.journal_id), words);
        return;
    };
    if !row_is_whole(row, about, verified) {
        return;
    }
    if row.hash.as_deref() == Some(&link(&last.hash, number, own)[..]) {
        return;
    }
    // does the chain hold when another row stands here?
    let fits = |other: &&ChainRow| {
        let Some(own) = other.own_hash.as_deref() else { return false };
        let hash = link(&last.hash, number, own);
        row.hash.as_deref() == Some(&hash[..]) || other.hash.as_deref() == Some(&hash[..])
    };
    let (kind, words) = match rest.iter().skip(1).find(fits) {
        Some(other) => {
            (FaultKind::Reordered, format!("the row {} was sealed as number {number}", other.journal_id))
        }
        None => (
            FaultKind::Changed,
            format!("the row {} or its seal, number {number}, was changed", row.journal_id),
        ),
    };
    verified.add(kind, Some(number), Some(row.journal_id), words);
}

/// Proves that a row is what its own hash says.
fn row_is_whole(row: &ChainRow, about: &HashMap<Uuid, Vec<Uuid>>, verified: &mut Verified) -> bool {
    let Some(part) = changed_part(row, about.get(&row.journal_id).map_or(&[][..], Vec::as_slice)) else {
        return true;
    };
    let when = row.happened_at.map(|at| at.0.to_string()).unwrap_or_default();
    let action = row.action.as_deref().unwrap_or_default();
    let words = format!("the row {} of {when} ({action}) was changed: {part}", row.journal_id);
    verified.add(FaultKind::Changed, (row.seq > 0).then_some(row.seq), Some(row.journal_id), words);
    false
}

/// Which part of a row was changed, if one was. A row lawfully disposed of has lost payload and random
/// bytes; its hashes stay and still prove it.
fn changed_part(row: &ChainRow, about: &[Uuid]) -> Option<&'static str> {
    let (Some(id), Some(at)) = (row.id, row.happened_at) else { return None };
    let stored = row.payload_hash.as_deref().unwrap_or_default();
    match (&row.salt, &row.payload) {
        (Some(salt), Some(payload)) if payload_hash(salt, payload)[..] == *stored => {}
        (None, None) => {}
        _ => return Some("what was done, as its payload says it"),
    }
    let own = Own {
        id,
        at_micros: at.0.as_microsecond(),
        account: row.account_id,
        actor: row.actor.as_deref().unwrap_or_default(),
        action: row.action.as_deref().unwrap_or_default(),
        payload_hash: stored,
        about,
    };
    let same = row.own_hash.as_deref() == Some(&own.hash()[..]);
    (!same).then_some("who, when, what or whom it is about")
}

/// Proves the rows that wait for their seal.
async fn loose(conn: &mut Conn, verified: &mut Verified) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let page: Vec<ChainRow> = conn.all(store::LOOSE, args![after]).await?;
        let Some(end) = page.last().map(|row| row.journal_id) else { return Ok(()) };
        let about: Vec<AboutRow> = conn.all(store::LOOSE_ABOUT, args![after, end]).await?;
        let about = by_row(about);
        for row in &page {
            if row.id.is_none() {
                let words = format!("the row {} is gone, before it was sealed", row.journal_id);
                verified.add(FaultKind::Removed, None, Some(row.journal_id), words);
            } else {
                row_is_whole(row, &about, verified);
            }
        }
        after = end;
    }
}
