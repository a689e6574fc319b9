//! Words in the picture: how wide they are, how they are broken, and what stands beneath a symbol.

use crate::family::{Family, Life, Person};
use crate::kinship::kinship;

/// Height of one line of a label.
pub(crate) const LINE: f64 = 15.0;
/// A label is broken where it would be wider.
pub(crate) const WIDEST: f64 = 116.0;

/// The width of words at a size, for any usual face without serifs; on the generous side, so that nothing touches.
pub(crate) fn width(words: &str, size: f64) -> f64 {
    let ems: f64 = words
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | '’' | ':' | '|' => 0.32,
            'f' | 'r' | 't' | ' ' | '-' | '(' | ')' => 0.4,
            'm' | 'w' | 'M' | 'W' | '—' | '@' => 0.92,
            c if c.is_uppercase() => 0.72,
            c if c.is_ascii() => 0.59,
            _ => 0.66,
        })
        .sum();
    ems * size
}

/// Breaks words into lines no wider than a limit; a single longer word is broken with a hyphen.
pub(crate) fn wrap(words: &str, size: f64, widest: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    let mut line = String::new();
    for word in words.split_whitespace() {
        let mut rest = word.to_owned();
        loop {
            let tried = if line.is_empty() { rest.clone() } else { format!("{line} {rest}") };
            if width(&tried, size) <= widest {
                line = tried;
                break;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                continue;
            }
            let mut part = String::new();
            for c in rest.chars() {
                if !part.is_empty() && width(&format!("{part}{c}-"), size) > widest {
                    break;
                }
                part.push(c);
            }
            rest = rest.chars().skip(part.chars().count()).collect();
            if rest.is_empty() {
                line = part;
                break;
            }
            lines.push(part + "-");
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// One line of a label.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) words: String,
    /// The name is larger.
    pub(crate) name: bool,
}

/// The size of a name, and of what stands beneath it.
pub(crate) const fn size(name: bool) -> f64 {
    if name { 13.0 } else { 12.0 }
}

/// The years of somebody's life, in words.
pub(crate) fn years(person: &Person) -> Option<String> {
    match (person.life, person.born, person.died) {
        (Life::Expected, Some(year), _) => Some(format!("expected {year}")),
        (Life::Expected, None, _) => Some("expected".to_owned()),
        (Life::Miscarried, _, year) => Some(with_year("lost", year)),
        (Life::Stillborn, _, year) => Some(with_year("stillborn", year)),
        (Life::Died, Some(born), Some(died)) => Some(format!("{born} to {died}")),
        (Life::Died, _, died) => Some(with_year("died", died)),
        (Life::Living, Some(born), _) => Some(format!("born {born}")),
        (Life::NotKnown, ..) | (Life::Living, None, _) => None,
    }
}

fn with_year(words: &str, year: Option<i16>) -> String {
    year.map_or_else(|| words.to_owned(), |year| format!("{words} {year}"))
}

/// What stands beneath a person's symbol: the name, what they are to the index person, and years.
pub(crate) fn label(family: &Family, at: usize) -> Vec<Row> {
    let person = &family.people[at];
    let mut rows: Vec<Row> =
        wrap(&person.name, size(true), WIDEST).into_iter().map(|words| Row { words, name: true }).collect();
    let role = if at == family.index { None } else { kinship(family, at).map(|found| found.words) };
    for words in [role, years(person)].into_iter().flatten() {
        rows.extend(wrap(&words, size(false), WIDEST).into_iter().map(|words| Row { words, name: false }));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_break_at_spaces_and_a_long_word_with_a_hyphen_and_nothing_is_lost() {
        assert_eq!(wrap("Maya Hart", 13.0, 108.0), ["Maya Hart"]);
        assert_eq!(wrap("Emmanuel Featherstonehaugh", 13.0, 80.0).len(), 3);
        let broken = wrap("Llanfairpwllgwyngyllgogerychwyrndrobwll", 13.0, 80.0);
        assert!(broken.iter().all(|line| width(line, 13.0) <= 80.0), "{broken:?}");
        assert_eq!(broken.concat().replace('-', ""), "Llanfairpwllgwyngyllgogerychwyrndrobwll");
        assert!(wrap("", 13.0, 80.0).is_empty());
    }
}
