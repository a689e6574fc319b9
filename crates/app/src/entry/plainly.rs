//! The plain-language check of a text, by the council's own list of words.

use super::store;
use crate::{Oops, Result};
use db::{Conn, args};
use practice::plain::{self, List, OwnWord, look};

/// The starting list as this council has it.
pub async fn plain_words(conn: &mut Conn) -> Result<List> {
    let rows: Vec<(String, String, String, bool)> = conn.all(store::OWN_WORDS, args![]).await?;
    let own: Vec<OwnWord> = rows
        .into_iter()
        .map(|(say, instead, why, off)| OwnWord {
            say,
            instead: instead.lines().map(str::to_owned).collect(),
            why,
            off,
        })
        .collect();
    let usual = plain::usual().map_err(|wrong| Oops::Broken(wrong.to_owned()))?;
    Ok(usual.with_own(&own))
}

/// One word of a text that one could say more plainly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plainer {
    /// As it was written the first time.
    pub said: String,
    /// Where that begins, in the units in which browsers count.
    pub from: usize,
    /// How often it stands there.
    pub times: usize,
    /// What one could say: "“home” or “where you live”". Empty for a long sentence.
    pub instead: String,
    /// Why.
    pub why: String,
}

/// "“home”, “where you live” or “living with”".
pub fn or(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\u{201c}{word}\u{201d}")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn units(text: &str, bytes: usize) -> usize {
    text.get(..bytes).map_or(0, |before| before.encode_utf16().count())
}

/// What of a text one could say more plainly: each word of the list once, where it stands first, and the longest
/// sentence if it is very long.
pub fn plainer(list: &List, text: &str) -> Vec<Plainer> {
    let mut all: Vec<(&str, Plainer)> = vec![];
    for found in look(list, text) {
        let say = found.word.say.as_str();
        if let Some(before) = all.iter_mut().find(|one| one.0 == say) {
            before.1.times += 1;
            continue;
        }
        let plainer = Plainer {
            said: text.get(found.range.clone()).unwrap_or_default().to_owned(),
            from: units(text, found.range.start),
            times: 1,
            instead: or(found.word.instead.get(..2).unwrap_or(&found.word.instead)),
            why: found.word.why.clone(),
        };
        all.push((say, plainer));
    }
    let mut all: Vec<Plainer> = all.into_iter().map(|one| one.1).collect();
    if let Some(long) = plain::long_sentence(text) {
        all.push(Plainer {
            said: text.get(long.range.clone()).unwrap_or_default().to_owned(),
            from: units(text, long.range.start),
            times: 1,
            instead: String::new(),
            why: format!("It has {} words. Two sentences are easier to read.", long.words),
        });
    }
    all
}
