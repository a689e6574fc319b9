//! Names that are short for others, and names that are one name spelt in several ways.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::normalise::{Token, words};

/// Our own table: each line is a group of names any of which may be used for any other.
const TABLE: &str = include_str!("../../data/nicknames.csv");

/// How two names belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bond {
    /// One name in two spellings: Mohammed and Muhammad.
    Spelling,
    /// One is short for the other, or both for a third: Peggy and Margaret.
    Short,
}

static BONDS: LazyLock<HashMap<String, Vec<(Token, Bond)>>> = LazyLock::new(|| read(TABLE));

fn read(table: &str) -> HashMap<String, Vec<(Token, Bond)>> {
    let mut bonds: HashMap<String, Vec<(Token, Bond)>> = HashMap::new();
    for line in table.lines().skip(1) {
        let Some((kind, names)) = line.split_once(',') else { continue };
        let bond = if kind == "spelling" { Bond::Spelling } else { Bond::Short };
        let group: Vec<Token> = words(names).into_iter().map(|word| word.whole).collect();
        for name in &group {
            let known = bonds.entry(name.as_str().to_owned()).or_default();
            for other in group.iter().filter(|other| *other != name) {
                match known.iter_mut().find(|(token, _)| token == other) {
                    Some((_, held)) => *held = bond.min(*held),
                    None => known.push((other.clone(), bond)),
                }
            }
        }
    }
    bonds
}

/// The names that may be meant by this one, for looking up beside it: William, Billy, Will ... for Bill.
pub fn related(token: &Token) -> impl Iterator<Item = &'static Token> {
    bonds_of(token).iter().map(|(other, _)| other)
}

pub(crate) fn bond(a: &Token, b: &Token) -> Option<Bond> {
    bonds_of(a).iter().find(|(other, _)| other == b).map(|(_, bond)| *bond)
}

fn bonds_of(token: &Token) -> &'static [(Token, Bond)] {
    BONDS.get(token.as_str()).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::normalise;

    fn token(text: &str) -> Token {
        normalise(text).remove(0)
    }

    fn bonded(a: &str, b: &str) -> Option<Bond> {
        bond(&token(a), &token(b))
    }

    #[test]
    fn strangers_are_not_bound() {
        assert_eq!(bonded("William", "Peggy"), None);
        assert_eq!(bonded("Bill", "Bill"), None);
        assert_eq!(bonded("kind", "names"), None);
        assert_eq!(related(&token("Qwerty")).count(), 0);
    }

    #[test]
    fn usual_short_names_and_spellings_are_known_both_ways() {
        for (a, b) in [
            ("Bill", "William"),
            ("Peggy", "Margaret"),
            ("Kate", "Katherine"),
            ("Katie", "Catherine"),
            ("Kathy", "Cathy"),
        ] {
            if bonded(a, b).is_none() {
                // Kate is short for Catherine; Katherine is a spelling of that.
                assert!(related(&token(a)).any(|middle| bond(middle, &token(b)).is_some()), "{a} and {b}");
            }
        }
        assert_eq!(bonded("Mo", "Mohammed"), Some(Bond::Short));
        assert_eq!(bonded("Mohammed", "Muhammad"), Some(Bond::Spelling));
        assert_eq!(bonded("Sean", "Shaun"), Some(Bond::Spelling));
    }

    #[test]
    fn every_bond_goes_both_ways_and_no_name_has_too_many() {
        assert!(BONDS.len() > 700, "{}", BONDS.len());
        for (name, others) in BONDS.iter() {
            assert!(others.len() <= 48, "{name} has {}", others.len());
            for (other, bond) in others {
                let back = bonds_of(other).iter().find(|(token, _)| token.as_str() == name);
                assert_eq!(back.map(|(_, b)| b), Some(bond), "{name} and {}", other.as_str());
            }
        }
    }

    #[test]
    fn every_line_of_the_table_is_a_group() {
        for (at, line) in TABLE.lines().enumerate().skip(1) {
            let (kind, names) = line.split_once(',').unwrap();
            assert!(["short", "spelling"].contains(&kind), "line {}", at + 1);
            assert!(names.split(' ').count() >= 2, "line {}", at + 1);
        }
    }
}
