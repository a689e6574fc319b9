//! The words of everybody's names held in memory: what the database's table of keys does, for tests and measuring.

use std::collections::{HashMap, HashSet};

use super::keys::{index_keys, lookup_keys};
use super::near::{Near, nearest};
use super::normalise::Token;

/// An index of words by their keys.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Vec<Token>,
    held: HashSet<Token>,
    by_key: HashMap<String, Vec<usize>>,
}

impl Vocabulary {
    /// Adds a word; adding it again changes nothing.
    pub fn add(&mut self, token: &Token) {
        if !self.held.insert(token.clone()) {
            return;
        }
        for key in index_keys(token) {
            self.by_key.entry(key).or_default().push(self.words.len());
        }
        self.words.push(token.clone());
    }

    /// The words near this one, best first.
    pub fn candidates(&self, asked: &Token) -> Vec<Near> {
        let keys = lookup_keys(asked);
        let found = keys.iter().filter_map(|key| self.by_key.get(key)).flatten();
        nearest(asked, found.filter_map(|at| self.words.get(*at)).cloned())
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}
