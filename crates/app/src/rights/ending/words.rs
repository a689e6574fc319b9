//! The words by which somebody is told: their names, numbers and addresses, found in texts that are kept for others,
//! and taken out of them.

use super::store;
use crate::Result;
use db::{Conn, args};
use practice::finding::{index_keys, normalise};
use practice::id::PersonId;
use std::collections::BTreeSet;

/// What stands where somebody's name stood.
pub(super) const TAKEN_OUT: &str = "[taken out]";
/// Shorter names than this say nobody by themselves.
const LEAST: usize = 3;

/// The words of one person.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// Whole names, numbers, phones, addresses: they say who it is wherever they stand.
    pub(super) whole: Vec<String>,
    /// First names, which say who it is only near them.
    pub(super) given: Vec<String>,
    /// Everything under which a search for them would find them.
    keys: BTreeSet<String>,
    /// The ids of their records, as addresses and forms have them.
    pub(super) ids: Vec<String>,
    /// Their council ids, by which files name them.
    pub(super) council_ids: Vec<String>,
}

fn lower(text: &str) -> Vec<char> {
    text.chars().map(|letter| letter.to_lowercase().next().unwrap_or(letter)).collect()
}

/// How many letters of the text from here on are this term, as whole words; white space of any length and sort counts
/// as one space.
fn stands_at(letters: &[char], from: usize, term: &[char]) -> Option<usize> {
    let before = from.checked_sub(1).and_then(|at| letters.get(at));
    if before.is_some_and(|letter| letter.is_alphanumeric()) {
        return None;
    }
    let mut at = from;
    for sought in term {
        let found = letters.get(at)?;
        if sought.is_whitespace() && found.is_whitespace() {
            at += letters[at..].iter().take_while(|letter| letter.is_whitespace()).count();
        } else if sought == found {
            at += 1;
        } else {
            return None;
        }
    }
    (!letters.get(at).is_some_and(|letter| letter.is_alphanumeric())).then_some(at)
}

/// The text without these terms; none where none of them stands in it.
pub(super) fn without(text: &str, terms: &[String]) -> Option<String> {
    let terms: Vec<Vec<char>> = terms.iter().map(|term| lower(term)).collect();
    let (letters, plain): (Vec<char>, Vec<char>) = (lower(text), text.chars().collect());
    let (mut at, mut out, mut found) = (0, String::with_capacity(text.len()), false);
    while at < letters.len() {
        if let Some(past) = terms.iter().filter_map(|term| stands_at(&letters, at, term)).max() {
            out.push_str(TAKEN_OUT);
            found = true;
            at = past;
        } else {
            out.push(plain[at]);
            at += 1;
        }
    }
    found.then_some(out)
}

/// Whether one of these terms stands in a text.
pub(super) fn mentions(text: &str, terms: &[String]) -> bool {
    without(text, terms).is_some()
}

impl Words {
    /// The words of a person and of the records joined to theirs.
    pub(super) async fn of(conn: &mut Conn, people: &[PersonId]) -> Result<Self> {
        let mut words = Self::default();
        for person in people {
            words.ids.push(person.to_string());
            let names: Vec<(String, String)> = conn.all(store::NAMES, args![*person]).await?;
            for (given, family) in names {
                words.name(&given, &family);
            }
            let shown: Option<(String, String)> = conn.maybe(store::SHOWN, args![*person]).await?;
            if let Some((shown, full)) = shown {
                words.add(&full);
                words.given.push(shown);
            }
            let exact: Vec<(String,)> = conn.all(store::EXACT, args![*person]).await?;
            for (one,) in exact {
                words.whole.push(one);
            }
            let ids: Vec<(String,)> = conn.all(store::COUNCIL_IDS, args![*person]).await?;
            words.council_ids.extend(ids.into_iter().map(|row| row.0));
        }
        let long = |word: &String| word.trim().chars().count() >= LEAST;
        for list in [&mut words.whole, &mut words.given] {
            list.retain(long);
            list.sort();
            list.dedup();
        }
        Ok(words)
    }

    fn name(&mut self, given: &str, family: &str) {
        self.add(&format!("{given} {family}"));
        self.given.push(given.to_owned());
        self.given.extend(given.split_whitespace().map(str::to_owned));
    }

    /// A whole name: more than one word, or a word that only a search would use.
    fn add(&mut self, name: &str) {
        for token in normalise(name) {
            self.keys.extend(index_keys(&token));
            self.keys.insert(token.as_str().to_owned());
        }
        let name = name.trim();
        if name.contains(char::is_whitespace) {
            self.whole.push(name.to_owned());
            // as lists and files turn it
            if let Some((given, family)) = name.rsplit_once(char::is_whitespace) {
                self.whole.push(format!("{family}, {given}"));
            }
        }
    }

    /// Whether somebody who searched for these words may have meant them.
    pub(super) fn sought_by(&self, typed: &str) -> bool {
        let near = |token: &practice::finding::Token| {
            self.keys.contains(token.as_str()) || index_keys(token).iter().any(|key| self.keys.contains(key))
        };
        normalise(typed).iter().any(near) || mentions(typed, &self.whole)
    }

    /// What is taken out of a text near them: whole names and numbers, and first names that nobody else near has.
    pub(super) fn near(&self, others: &BTreeSet<String>) -> Vec<String> {
        let theirs = |given: &&String| !normalise(given).iter().any(|token| others.contains(token.as_str()));
        let mut terms = self.whole.clone();
        terms.extend(self.given.iter().filter(theirs).cloned());
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_taken_out_in_any_case_and_nothing_else() {
        let terms = vec!["Josie Blake".to_owned(), "Josie".to_owned()];
        let text = "JOSIE  blake and josie’s friend Josiebell";
        assert_eq!(without(text, &terms).unwrap(), "[taken out] and [taken out]’s friend Josiebell");
        assert_eq!(without("Her sister came", &terms), None);
        assert!(mentions("to Josie\nBlake.", &terms));
    }
}
