//! The list of words: the starting one, which every council begins with, and what a council made of it.

use super::look::tokens;
use serde::Deserialize;
use std::sync::LazyLock;

/// A word or phrase that one could say more plainly.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// The word or phrase: "placement".
    pub say: String,
    /// Other ways of writing it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What one could say instead, the best first; never empty.
    pub instead: Vec<String>,
    /// Why, in one line to the worker.
    pub why: String,
    /// Phrases in which it is an ordinary word: "eye contact".
    #[serde(default)]
    pub unless: Vec<String>,
    /// Only as it is written here, in no other form: "contact", not "contacted".
    #[serde(default)]
    pub exact: bool,
    /// Whether the council put it here or changed it.
    #[serde(skip)]
    pub own: bool,
}

impl Word {
    /// Every way of writing it.
    pub fn ways(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.say.as_str()).chain(self.also.iter().map(String::as_str))
    }
}

/// What a council says of one word: what one could say instead, or that it is fine here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWord {
    /// The word or phrase.
    pub say: String,
    /// What one could say instead, the best first.
    pub instead: Vec<String>,
    /// Why, to the worker.
    pub why: String,
    /// Whether it is switched off: never remarked on here.
    pub off: bool,
}

/// The words of one council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    words: Vec<Word>,
}

#[derive(Deserialize)]
struct Kept {
    word: Vec<Word>,
}

/// Under what a word is known however it is written: small letters, one space between words.
pub fn key(phrase: &str) -> String {
    tokens(phrase).into_iter().map(|token| token.word).collect::<Vec<_>>().join(" ")
}

/// The starting list, as every council begins with it.
///
/// # Errors
/// Only when the program was built with a list that cannot be read; a test reads it.
pub fn usual() -> Result<&'static List, &'static str> {
    static USUAL: LazyLock<Result<List, String>> = LazyLock::new(|| {
        let kept: Kept =
            toml::from_str(include_str!("../../data/plain-words.toml")).map_err(|wrong| wrong.to_string())?;
        Ok(List { words: kept.word })
    });
    USUAL.as_ref().map_err(String::as_str)
}

impl List {
    /// The starting list as this council has it. A word of the council's own takes the place of the starting one
    /// that is written alike in any of its ways; one switched off is gone, in all its ways.
    #[must_use]
    pub fn with_own(&self, own: &[OwnWord]) -> Self {
        let mut words = self.words.clone();
        for said in own {
            let said_key = key(&said.say);
            let held = words.iter().position(|word| key(&word.say) == said_key);
            if said.off {
                // one of its other ways alone may be switched off as well
                words.retain(|word| key(&word.say) != said_key);
                for word in &mut words {
                    word.also.retain(|way| key(way) != said_key);
                }
                continue;
            }
            let before = held.map(|at| words.remove(at));
            for word in &mut words {
                word.also.retain(|way| key(way) != said_key);
            }
            let (also, unless, exact) =
                before.map_or((vec![], vec![], false), |one| (one.also, one.unless, one.exact));
            words.push(Word {
                say: said.say.trim().to_owned(),
                also,
                instead: said.instead.clone(),
                why: said.why.clone(),
                unless,
                exact,
                own: true,
            });
        }
        words.sort_by_key(|word| key(&word.say));
        Self { words }
    }

    /// Every word.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The word with this key, if it stands here as a word of its own.
    pub fn find(&self, phrase: &str) -> Option<&Word> {
        let wanted = key(phrase);
        self.words.iter().find(|word| key(&word.say) == wanted)
    }
}

/// What is to be put right before a word of the council's own is kept: the field, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Which field: `say`, `instead`, `why`.
    pub field: &'static str,
    /// What to do, in a sentence.
    pub sentence: String,
}

/// The most letters of a word, of one thing to say instead, and of why.
const LONGEST: (usize, usize, usize) = (60, 80, 200);
/// The most things to say instead.
const MOST_INSTEAD: usize = 5;

/// Checks a word of the council's own: that there is a word, something to say instead (unless it is switched off), and
/// that none is longer than a line.
///
/// # Errors
/// Everything to put right, in the order of the page.
pub fn check_own(word: &OwnWord) -> Result<(), Vec<Remark>> {
    let mut wrong = vec![];
    let mut say = |field, sentence: &str| wrong.push(Remark { field, sentence: sentence.to_owned() });
    if key(&word.say).is_empty() {
        say("say", "Write the word or phrase");
    }
    if word.say.chars().count() > LONGEST.0 {
        say("say", "A word or a short phrase: at most 60 letters");
    }
    if !word.off && word.instead.iter().all(|one| key(one).is_empty()) {
        say("instead", "Write what one could say instead");
    }
    if word.instead.len() > MOST_INSTEAD {
        say("instead", "At most five: more is not read");
    }
    if word.instead.iter().any(|one| one.chars().count() > LONGEST.1) {
        say("instead", "Each at most 80 letters");
    }
    if word.instead.iter().any(|one| !word.off && key(one) == key(&word.say)) {
        say("instead", "That is the same word");
    }
    if word.why.chars().count() > LONGEST.2 {
        say("why", "Say it in at most 200 letters");
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}
