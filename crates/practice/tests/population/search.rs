//! The finder over invented people in memory, step by step as the database does it.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::{Date, date};
use practice::finding::{
    Candidate, FullName, Near, Query, Ranked, Token, Vocabulary, normalise, parse_query, rank,
};
use practice::person::{Birth, BirthBasis, NameKind};

use super::{Dice, Invented, misspelt};

pub(crate) const TODAY: Date = date(2026, 8, 5);

pub(crate) struct Council {
    pub(crate) people: Vec<Invented>,
    vocabulary: Vocabulary,
    holders: HashMap<Token, Vec<usize>>,
    tokens: Vec<Vec<Token>>,
}

impl Council {
    pub(crate) fn of(people: Vec<Invented>) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut holders: HashMap<Token, Vec<usize>> = HashMap::new();
        let mut tokens = Vec::new();
        for (at, person) in people.iter().enumerate() {
            let words = normalise(&person.name());
            for token in &words {
                vocabulary.add(token);
                holders.entry(token.clone()).or_default().push(at);
            }
            tokens.push(words);
        }
        Self { people, vocabulary, holders, tokens }
    }

    pub(crate) fn words(&self) -> usize {
        self.vocabulary.len()
    }

    /// The rows of the rarer word, kept where the person has a near word for the other too.
    fn holding(&self, near: &[Vec<Near>]) -> BTreeSet<usize> {
        let holders = |near: &Vec<Near>| -> Vec<usize> {
            near.iter().filter_map(|n| self.holders.get(&n.token)).flatten().copied().collect()
        };
        let rows: Vec<Vec<usize>> = near.iter().map(holders).collect();
        let Some(rarest) = (0..rows.len()).min_by_key(|at| rows[*at].len()) else { return BTreeSet::new() };
        let has = |person: usize, near: &[Near]| {
            self.tokens[person].iter().any(|t| near.iter().any(|n| n.token == *t))
        };
        rows[rarest]
            .iter()
            .copied()
            .filter(|person| near.iter().enumerate().all(|(at, near)| at == rarest || has(*person, near)))
            .collect()
    }

    pub(crate) fn candidate(&self, at: usize) -> Candidate {
        let person = &self.people[at];
        Candidate {
            names: vec![FullName::new(NameKind::Chosen, person.name())],
            birth: Some(Birth { on: person.born, basis: BirthBasis::Exact }),
            ..Candidate::default()
        }
    }

    /// Everybody found, best first, and how many were judged.
    pub(crate) fn find(&self, text: &str) -> (Vec<Ranked<usize>>, usize) {
        let query: Query = parse_query(text, TODAY);
        let near: Vec<Vec<Near>> =
            query.names.iter().map(|word| self.vocabulary.candidates(&word.whole)).collect();
        let found = self.holding(&near);
        let judged = found.len();
        (rank(&query, found.into_iter().map(|at| (at, self.candidate(at)))), judged)
    }
}

/// One search for somebody with one wrong letter in each name.
pub(crate) struct Trial {
    pub(crate) meant: usize,
    pub(crate) typed: String,
    pub(crate) with_year: bool,
}

impl Trial {
    /// Draws somebody whose names have at most `longest` letters each: the shorter, the harder to find.
    pub(crate) fn draw(council: &Council, dice: &mut Dice, with_year: bool, longest: usize) -> Self {
        let meant = loop {
            let at = dice.below(council.people.len());
            let person = &council.people[at];
            if person.given.len() <= longest && person.family.len() <= longest {
                break at;
            }
        };
        let person = &council.people[meant];
        let names = [misspelt(&person.given, dice), misspelt(&person.family, dice)].join(" ");
        let typed = if with_year { format!("{names} {}", person.born.year()) } else { names };
        Self { meant, typed, with_year }
    }

    /// Where the person meant stands: with a birth year that very person, else anybody of exactly that name.
    pub(crate) fn place(&self, council: &Council, found: &[Ranked<usize>]) -> Option<usize> {
        let meant = &council.people[self.meant];
        found.iter().position(|row| {
            let other = &council.people[row.key];
            if self.with_year {
                row.key == self.meant
            } else {
                (&other.given, &other.family) == (&meant.given, &meant.family)
            }
        })
    }
}
