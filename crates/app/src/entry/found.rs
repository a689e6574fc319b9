//! Finding words inside entries, and counting a whole timeline, both after access.

use super::reach::Reach;
use super::store;
use super::timeline::{Cursor, Filter, candidates};
use super::whole::padded;
use crate::{Result, Who};
use db::{Conn, args};
use jiff::Timestamp;
use practice::id::{PersonId, WorkerId};
use std::collections::HashSet;
use uuid::Uuid;

/// The entries of these people that hold all of these words somewhere: in the title, in what happened, in
/// what was said or promised. Letters are compared without case. It asks nothing of access.
pub(super) async fn holding(conn: &mut Conn, people: &[PersonId], words: &str) -> Result<HashSet<Uuid>> {
    let wanted: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut texts: std::collections::HashMap<Uuid, u64> = std::collections::HashMap::new();
    // each word is one bit, so that words may be spread over the title and what was said
    let mut note = |id: Uuid, text: &str| {
        let text = text.to_lowercase();
        let mask = wanted.iter().take(64).enumerate().filter(|(_, word)| text.contains(word.as_str()));
        let mask = mask.fold(0_u64, |mask, (bit, _)| mask | (1 << bit));
        *texts.entry(id).or_default() |= mask;
    };
    for person in people {
        let entries: Vec<store::WordsRow> = conn.all(store::WORDS_OF_ENTRIES, args![person]).await?;
        for row in entries {
            note(row.id, &row.narrative);
            for more in [&row.title, &row.place, &row.others_present].into_iter().flatten() {
                note(row.id, more);
            }
        }
        for sql in [store::WORDS_OF_STATEMENTS, store::WORDS_OF_PROMISES] {
            let said: Vec<(Uuid, String)> = conn.all(sql, args![person]).await?;
            for (id, words) in said {
                note(id, &words);
            }
        }
    }
    let whole = (0..wanted.len().min(64)).fold(0_u64, |mask, bit| mask | (1 << bit));
    Ok(texts.into_iter().filter(|(_, mask)| *mask == whole).map(|(id, _)| id).collect())
}

/// A whole timeline in numbers, after access.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many entries this reader may read under the filter.
    pub total: usize,
    /// Who wrote the entries that this reader may read, whatever the filter, by name.
    pub authors: Vec<(WorkerId, String)>,
}

/// Counts what this reader may read of a timeline under a filter, and lists who wrote in it.
///
/// # Errors
/// Where the database refuses.
pub async fn tally(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    people: &[PersonId],
    filter: &Filter,
) -> Result<Tally> {
    let mut chosen = every(conn, people, filter).await?;
    if let Some(words) = &filter.words {
        let held = holding(conn, people, words).await?;
        chosen.retain(|id| held.contains(id));
    }
    let mut all = every(conn, people, &Filter::default()).await?;
    all.extend(&chosen);
    let readable = Reach::of(who, now).sketch(conn, people, &all).await?;
    let authors: HashSet<WorkerId> = readable.values().copied().flatten().collect();
    let authors: Vec<Uuid> = authors.into_iter().map(|worker| worker.0).collect();
    let mut named = Vec::with_capacity(authors.len());
    for some in authors.chunks(24) {
        let rows: Vec<(Uuid, String)> = conn.all(store::WORKER_NAMES, padded(some)).await?;
        named.extend(rows.into_iter().map(|(id, name)| (WorkerId(id), name)));
    }
    named.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
    Ok(Tally { total: chosen.iter().filter(|id| readable.contains_key(id)).count(), authors: named })
}

async fn every(conn: &mut Conn, people: &[PersonId], filter: &Filter) -> Result<HashSet<Uuid>> {
    let mut ids: HashSet<Uuid> = HashSet::new();
    for &person in people {
        let all = candidates(conn, person, filter, Cursor::START, i64::from(u32::MAX)).await?;
        ids.extend(all.into_iter().map(|one| one.entry.0));
    }
    Ok(ids)
}

/// How many entries that happened by an instant were first written down after it, of those this reader may
/// read.
///
/// # Errors
/// Where the database refuses.
pub async fn learned_later(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    people: &[PersonId],
    known: Timestamp,
) -> Result<usize> {
    let mut ids: HashSet<Uuid> = HashSet::new();
    for person in people {
        let rows: Vec<(Uuid,)> = conn.all(store::LEARNED_LATER, args![person, known]).await?;
        ids.extend(rows.into_iter().map(|row| row.0));
    }
    Ok(Reach::of(who, now).sketch(conn, people, &ids).await?.len())
}
