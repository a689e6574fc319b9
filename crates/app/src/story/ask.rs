//! "You have told us this": what is in the record already of something a worker is about to ask.

use crate::entry::{self, Filter, Whole};
use crate::told::{Story, Telling};
use crate::{Result, Who};
use db::Conn;
use jiff::Timestamp;
use practice::id::{EntryId, PersonId};
use practice::story::{held, sought};
use std::collections::HashMap;

/// How many entries are shown of a question.
const FEW: usize = 6;
/// How many entries are looked at for each word.
const LOOKED_AT: usize = 12;

/// What was found of a question.
pub(super) struct Found<'a> {
    /// What was typed.
    pub(super) question: String,
    /// The words that were looked for; none where the question had none.
    pub(super) sought: Vec<String>,
    /// What was told, the nearest first.
    pub(super) tellings: Vec<&'a Telling>,
    /// What was recorded, the nearest first.
    pub(super) entries: Vec<Whole>,
}

/// How many of the words must be there: all of one or two, of more about half.
fn enough(words: usize) -> usize {
    words.div_ceil(2).max(1)
}

/// Looks for a question in what was told and in what the reader may read of what was recorded.
pub(super) async fn find<'a>(
    conn: &mut Conn,
    (who, now): (&Who, Timestamp),
    person: PersonId,
    story: &'a Story,
    question: &str,
) -> Result<Found<'a>> {
    let question: String = question.trim().chars().take(200).collect();
    let sought = sought(&question);
    let needed = enough(sought.len());
    let mut tellings: Vec<(usize, &Telling)> = story
        .tellings
        .iter()
        .map(|one| (held(&one.words, &sought), one))
        .filter(|(many, _)| *many > 0)
        .collect();
    tellings.sort_by_key(|(many, _)| std::cmp::Reverse(*many));
    let mut hits: HashMap<EntryId, (usize, Whole)> = HashMap::new();
    for word in &sought {
        let filter = Filter { words: Some(word.clone()), ..Filter::default() };
        for whole in entry::timeline(conn, who, now, &[person], &filter, LOOKED_AT).await?.entries {
            hits.entry(whole.entry.id).or_insert((0, whole)).0 += 1;
        }
    }
    let mut hits: Vec<(usize, Whole)> = hits.into_values().filter(|(many, _)| *many >= needed).collect();
    hits.sort_by_key(|(many, whole)| std::cmp::Reverse((*many, whole.entry.happened_at, whole.entry.id)));
    hits.truncate(FEW);
    Ok(Found {
        question,
        sought,
        tellings: tellings.into_iter().map(|(_, one)| one).collect(),
        entries: hits.into_iter().map(|(_, whole)| whole).collect(),
    })
}
