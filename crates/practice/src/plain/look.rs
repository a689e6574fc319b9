//! Looking a text through for words of a list.

use super::list::{List, Word};
use super::quoted::quoted;
use std::ops::Range;

/// How many words a sentence may have before it is long: forty fill three lines.
pub const LONG_SENTENCE: usize = 40;

/// A word of a text: where it stands, and in small letters with straight apostrophes.
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) word: String,
}

/// One place of a text where a word of the list stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'l> {
    /// The word of the list.
    pub word: &'l Word,
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
}

/// A sentence that may be hard to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongSentence {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// How many words it has.
    pub words: usize,
}

fn apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}')
}

/// The words of a text. An apostrophe inside a word belongs to it; a hyphen parts two.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut all: Vec<Token> = vec![];
    let mut letters = text.char_indices().peekable();
    while let Some((begin, letter)) = letters.next() {
        if !letter.is_alphanumeric() {
            continue;
        }
        let mut word: String = letter.to_lowercase().collect();
        let mut end = begin + letter.len_utf8();
        while let Some(&(at, letter)) = letters.peek() {
            let after = text.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next());
            if letter.is_alphanumeric() {
                word.extend(letter.to_lowercase());
            } else if apostrophe(letter) && after.is_some_and(char::is_alphanumeric) {
                word.push('\'');
            } else {
                break;
            }
            end = at + letter.len_utf8();
            letters.next();
        }
        all.push(Token { range: begin..end, word });
    }
    all
}

/// Whether a word of a text is a word of the list in one of the forms of English: plural, past, -ing, 's.
fn is_form_of(said: &str, listed: &str) -> bool {
    const SHORTEST: usize = 3;
    if said == listed {
        return true;
    }
    if listed.len() < SHORTEST {
        return said.strip_prefix(listed).is_some_and(|rest| matches!(rest, "s" | "'s"));
    }
    let whole = said.strip_prefix(listed).is_some_and(|rest| {
        let doubled = listed.chars().next_back().and_then(|last| rest.strip_prefix(last));
        matches!(rest, "s" | "es" | "'s" | "ed" | "ing" | "ly")
            || (listed.ends_with('e') && matches!(rest, "d" | "r" | "rs"))
            || doubled.is_some_and(|rest| matches!(rest, "ed" | "ing"))
    });
    let without = |last: char, endings: &[&str]| {
        let stem = listed.strip_suffix(last);
        stem.and_then(|stem| said.strip_prefix(stem)).is_some_and(|rest| endings.contains(&rest))
    };
    whole || without('e', &["ing"]) || without('y', &["ies", "ied"])
}

/// A phrase ready to be looked for.
struct Phrase<'l> {
    word: &'l Word,
    tokens: Vec<String>,
    exact: bool,
}

impl Phrase<'_> {
    /// How many words of the text it takes when it begins here, if it does.
    fn fits(&self, text: &str, here: &[Token]) -> bool {
        let Some(here) = here.get(..self.tokens.len()) else { return false };
        let alike = here.iter().zip(&self.tokens).all(|(token, listed)| {
            if self.exact { token.word == *listed } else { is_form_of(&token.word, listed) }
        });
        alike
            && here.windows(2).all(|two| {
                let between =
                    two.first().zip(two.last()).and_then(|(a, b)| text.get(a.range.end..b.range.start));
                between.is_some_and(|between| {
                    between
                        .chars()
                        .all(|one| one.is_whitespace() || matches!(one, '-' | '\u{2010}' | '\u{2011}' | '/'))
                        && between.matches('\n').count() < 2
                })
            })
    }
}

fn phrase<'l>(word: &'l Word, said: &str, exact: bool) -> Phrase<'l> {
    Phrase { word, tokens: tokens(said).into_iter().map(|token| token.word).collect(), exact }
}

/// Where of a text words of the list stand, in order. The longest phrase wins where several begin; nothing within
/// quotation marks is found, and nothing that is an ordinary word where it stands.
pub fn look<'l>(list: &'l List, text: &str) -> Vec<Found<'l>> {
    let mut phrases: Vec<Phrase<'l>> = list
        .words()
        .iter()
        .flat_map(|word| word.ways().map(move |way| phrase(word, way, word.exact)))
        .filter(|phrase| !phrase.tokens.is_empty())
        .collect();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.tokens.len()));
    let (tokens, quoted) = (tokens(text), quoted(text));
    let mut found = vec![];
    let mut at = 0;
    while let Some(here) = tokens.get(at..).filter(|here| !here.is_empty()) {
        let Some(fits) = phrases.iter().find(|phrase| phrase.fits(text, here)) else {
            at += 1;
            continue;
        };
        let long = fits.tokens.len();
        let ends = here.first().zip(here.get(long - 1));
        if let Some((first, last)) = ends {
            let range = first.range.start..last.range.end;
            let said = quoted.iter().any(|one| one.start < range.end && range.start < one.end);
            if !said && !ordinary(fits.word, text, &tokens, at..at + long) {
                found.push(Found { word: fits.word, range });
            }
        }
        at += long;
    }
    found
}

/// Whether these words of the text are part of a phrase in which they are ordinary.
fn ordinary(word: &Word, text: &str, tokens: &[Token], place: Range<usize>) -> bool {
    word.unless.iter().map(|said| phrase(word, said, false)).any(|phrase| {
        let long = phrase.tokens.len();
        let first = (place.end + 1).saturating_sub(long).saturating_sub(1);
        (first..=place.start).any(|begin| {
            begin + long >= place.end && tokens.get(begin..).is_some_and(|here| phrase.fits(text, here))
        })
    })
}

/// The longest sentence of a text, when it has more than [`LONG_SENTENCE`] words. Quoted speech is left alone.
pub fn long_sentence(text: &str) -> Option<LongSentence> {
    let quoted = quoted(text);
    let mut longest: Option<LongSentence> = None;
    let mut begin = 0;
    let ends = text.char_indices().filter(|(at, letter)| {
        let after = text.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next());
        let inside = quoted.iter().any(|one| one.contains(at));
        *letter == '\n'
            || (!inside && matches!(letter, '.' | '!' | '?') && after.is_none_or(char::is_whitespace))
    });
    let ends: Vec<usize> = ends.map(|(at, letter)| at + letter.len_utf8()).chain([text.len()]).collect();
    for end in ends {
        let Some(sentence) = text.get(begin..end) else { continue };
        let spoken = quoted.iter().filter(|one| begin <= one.start && one.end <= end);
        let spoken: usize =
            spoken.filter_map(|one| text.get(one.clone())).map(|said| tokens(said).len()).sum();
        let words = tokens(sentence).len().saturating_sub(spoken);
        if words > LONG_SENTENCE && longest.as_ref().is_none_or(|held| held.words < words) {
            let from = begin + (sentence.len() - sentence.trim_start().len());
            longest = Some(LongSentence { range: from..begin + sentence.trim_end().len(), words });
        }
        begin = end;
    }
    longest
}
