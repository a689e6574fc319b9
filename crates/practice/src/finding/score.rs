//! Judging each person found as a whole, and putting the best first.

use std::collections::HashMap;

use super::candidate::{Candidate, FullName};
use super::dates::{BirthSought, DateSlip, birth_closeness};
use super::near::{Asked, NameSlip};
use super::normalise::{Token, Word};
use super::query::Query;
use super::why::Why;
use crate::identifier::{NhsNumber, Upn};
use crate::person::IdentifierKind;

/// How much a birth as asked for adds, and one unlike it takes away. Names alone give at most 1.
const BIRTH: f64 = 0.3;
/// How much a number of the person adds: more than any name can.
const NUMBER: f64 = 2.0;
/// How much the phone adds.
const PHONE: f64 = 1.0;
/// How much the postcode adds.
const POSTCODE: f64 = 0.3;
/// How many people of one misspelt name come before people of other names get their turn.
const OF_ONE_NAME: usize = 3;

/// A person in the order found.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked<K> {
    /// Whoever it is.
    pub key: K,
    /// How well they match; only the order means anything.
    pub score: f64,
    /// Why they are here, the strongest reason first.
    pub why: Vec<Why>,
}

/// How well a person matches what was asked, with the reasons; none if not at all.
pub fn score(query: &Query, candidate: &Candidate) -> Option<(f64, Vec<Why>)> {
    Scorer::new(query).score(candidate).map(|(score, why, _)| (score, why))
}

/// Scores everybody and puts the best first. Equals come in the order of their names, then as they were given.
///
/// When only misspelt names were asked for, many people of one name do not crowd out the next name: after three of
/// one name the others get their turn.
pub fn rank<K>(query: &Query, people: impl IntoIterator<Item = (K, Candidate)>) -> Vec<Ranked<K>> {
    let mut scorer = Scorer::new(query);
    let mut rows: Vec<(Ranked<K>, String)> = Vec::new();
    for (key, candidate) in people {
        if let Some((score, why, name)) = scorer.score(&candidate) {
            rows.push((Ranked { key, score, why }, name));
        }
    }
    let mut namesakes: HashMap<String, u32> = HashMap::new();
    for (_, name) in &rows {
        *namesakes.entry(name.clone()).or_default() += 1;
    }
    for (row, name) in &mut rows {
        // Of two names equally near, the one that more people have is likelier meant.
        row.score += 0.01 * f64::from(namesakes.get(name).copied().unwrap_or(1)).ln();
    }
    rows.sort_by(|(a, a_name), (b, b_name)| b.score.total_cmp(&a.score).then_with(|| a_name.cmp(b_name)));
    if query.birth.is_some() || query.has_number() {
        return rows.into_iter().map(|(row, _)| row).collect();
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for (row, name) in rows {
        let count = seen.entry(name).or_default();
        *count += 1;
        let exact = row.why.contains(&Why::SameName);
        if exact || *count <= OF_ONE_NAME { first.push(row) } else { rest.push(row) }
    }
    first.append(&mut rest);
    first
}

/// A query made ready to be compared with many people.
struct Scorer<'a> {
    query: &'a Query,
    /// The names as asked, and again with double names taken apart, if that differs.
    variants: Vec<Vec<(&'a Word, Asked<'a>)>>,
    /// Closeness by asked word and word of a name, which repeat from person to person.
    known: HashMap<(usize, usize, Token), Option<(f64, NameSlip)>>,
}

/// How one name of a person matches the names asked for.
struct NameMatch {
    closeness: f64,
    why: Vec<Why>,
    name: String,
}

impl<'a> Scorer<'a> {
    fn new(query: &'a Query) -> Self {
        let whole: Vec<_> = query.names.iter().map(|word| (word, Asked::new(&word.whole))).collect();
        let mut variants = vec![whole];
        if query.names.iter().any(|word| word.parts.len() > 1) {
            let apart = query.names.iter().flat_map(|word| {
                let several = word.parts.len() > 1;
                let tokens = if several { word.parts.as_slice() } else { std::slice::from_ref(&word.whole) };
                tokens.iter().map(move |token| (word, Asked::new(token)))
            });
            variants.push(apart.collect());
        }
        Self { query, variants, known: HashMap::new() }
    }

    fn score(&mut self, candidate: &Candidate) -> Option<(f64, Vec<Why>, String)> {
        let (mut score, mut why) = numbers(self.query, candidate);
        let known_by_number = score > 0.0;
        let first = candidate.names.first().map(|n| n.text.to_lowercase()).unwrap_or_default();
        let mut name = first;
        if !self.query.names.is_empty() {
            let best = candidate
                .names
                .iter()
                .enumerate()
                .filter_map(|(at, name)| self.name(name, at))
                .max_by(|a, b| a.closeness.total_cmp(&b.closeness))
                .or_else(|| self.across_names(candidate));
            match best {
                Some(found) => {
                    score += found.closeness;
                    why.extend(found.why);
                    name = found.name;
                }
                None if !known_by_number => return None,
                None => score -= 0.5,
            }
        }
        let (birth, reason) = birth(self.query, candidate);
        if self.query.names.is_empty() && !known_by_number && birth < BIRTH * 0.7 {
            return None;
        }
        score += birth;
        why.extend(reason);
        Some((score, why, name))
    }

    /// "Kate Brown" is found in the chosen name Kate and the legal name Katherine Brown together.
    fn across_names(&mut self, candidate: &Candidate) -> Option<NameMatch> {
        let first = candidate.names.first().filter(|_| candidate.names.len() > 1)?;
        let texts: Vec<&str> = candidate.names.iter().map(|name| name.text.as_str()).collect();
        let together = FullName::new(first.kind, texts.join(" "));
        let found = self.name(&together, 0)?;
        Some(NameMatch { closeness: found.closeness - 0.03, ..found })
    }

    fn name(&mut self, name: &FullName, at: usize) -> Option<NameMatch> {
        let mut best: Option<NameMatch> = None;
        for variant in 0..self.variants.len() {
            let found = self.variant(variant, name, at);
            if let Some(found) = found
                && best.as_ref().is_none_or(|b| found.closeness > b.closeness)
            {
                best = Some(found);
            }
        }
        best
    }

    /// Gives each word asked for the nearest word of the name that is still free.
    fn variant(&mut self, variant: usize, name: &FullName, at: usize) -> Option<NameMatch> {
        let asked = self.variants[variant].len();
        let mut pairs: Vec<Pair> = Vec::new();
        for nth in 0..asked {
            for (word, words) in name.words.iter().enumerate() {
                for (part, token) in words.tokens().enumerate() {
                    if let Some((closeness, slip)) = self.closeness(variant, nth, token) {
                        pairs.push(Pair { asked: nth, word, part, closeness, slip });
                    }
                }
            }
        }
        // Earlier words first among equals, so that the order of names is kept where it can be.
        pairs.sort_by(|a, b| {
            b.closeness
                .total_cmp(&a.closeness)
                .then((a.asked, a.word, a.part).cmp(&(b.asked, b.word, b.part)))
        });
        let mut chosen: Vec<Pair> = Vec::new();
        for pair in pairs {
            let clash = |c: &Pair| {
                c.asked == pair.asked
                    || (c.word == pair.word && (c.part == pair.part || c.part == 0 || pair.part == 0))
            };
            if !chosen.iter().any(clash) {
                chosen.push(pair);
            }
        }
        if chosen.is_empty() || chosen.len() < asked - asked / 3 {
            return None;
        }
        chosen.sort_by_key(|pair| pair.asked);
        Some(self.judged(variant, name, at, &chosen))
    }

    fn closeness(&mut self, variant: usize, nth: usize, token: &Token) -> Option<(f64, NameSlip)> {
        let asked = &self.variants[variant][nth].1;
        *self.known.entry((variant, nth, token.clone())).or_insert_with(|| asked.closeness(token))
    }

    fn judged(&self, variant: usize, name: &FullName, at: usize, chosen: &[Pair]) -> NameMatch {
        let asked = self.variants[variant].len();
        let total: f64 = chosen.iter().map(|pair| pair.closeness).sum();
        let mut closeness = total / to_f64(asked);
        let mut why: Vec<Why> = Vec::new();
        let exact = chosen.len() == asked && chosen.iter().all(|pair| pair.slip == NameSlip::None);
        for pair in chosen {
            let shown = &name.words[pair.word].shown;
            let typed = &self.variants[variant][pair.asked].0.shown;
            let reason = reason(pair.slip, typed, shown);
            why.extend(reason.filter(|reason| !why.contains(reason)));
        }
        if exact {
            why.insert(0, Why::SameName);
        }
        if let [first, .., last] = chosen
            && first.word > last.word
        {
            closeness -= 0.01;
            why.push(Why::Swapped);
        }
        if at > 0 {
            closeness -= 0.01;
            why.push(Why::OtherName(name.text.clone()));
        }
        let mut used: Vec<usize> = chosen.iter().map(|pair| pair.word).collect();
        used.dedup();
        closeness -= 0.005 * to_f64(name.words.len().saturating_sub(used.len()));
        let words =
            chosen.iter().map(|pair| name.words[pair.word].whole.as_str()).collect::<Vec<_>>().join(" ");
        NameMatch { closeness, why, name: words }
    }
}

#[derive(Clone, Copy)]
struct Pair {
    asked: usize,
    word: usize,
    /// 0 is the whole word.
    part: usize,
    closeness: f64,
    slip: NameSlip,
}

fn reason(slip: NameSlip, typed: &str, shown: &str) -> Option<Why> {
    let shown = shown.to_owned();
    Some(match slip {
        NameSlip::None | NameSlip::Initial => return None,
        NameSlip::Spelling => Why::Spelling(shown),
        NameSlip::Short => Why::Short(typed.to_owned(), shown),
        NameSlip::Letter => Why::OneLetter(shown),
        NameSlip::Sound => Why::SoundsLike(shown),
        NameSlip::Beginning => Why::Begins(shown),
    })
}

fn numbers(query: &Query, candidate: &Candidate) -> (f64, Vec<Why>) {
    let mut score = 0.0;
    let mut why = Vec::new();
    for (kind, held) in &candidate.identifiers {
        let asked = match kind {
            IdentifierKind::CouncilId => query.council_id.as_deref(),
            IdentifierKind::Upn | IdentifierKind::FormerUpn => query.upn.as_ref().map(Upn::as_str),
            IdentifierKind::NhsNumber => query.nhs.as_ref().map(NhsNumber::as_str),
        };
        if asked.is_some_and(|asked| asked.eq_ignore_ascii_case(held)) {
            score += NUMBER;
            why.push(Why::Number(*kind));
        }
    }
    if query.phone.as_ref().is_some_and(|phone| candidate.phones.iter().any(|held| held == phone.as_str())) {
        score += PHONE;
        why.push(Why::Phone);
    }
    if query
        .postcode
        .as_ref()
        .is_some_and(|code| candidate.postcodes.iter().any(|held| held == code.as_str()))
    {
        score += POSTCODE;
        why.push(Why::Postcode);
    }
    (score, why)
}

fn birth(query: &Query, candidate: &Candidate) -> (f64, Option<Why>) {
    let Some(sought) = query.birth else { return (0.0, None) };
    // Not known is better than known to be otherwise.
    let Some(born) = candidate.birth else { return (-0.1 * BIRTH, None) };
    let Some((closeness, slip)) = birth_closeness(sought, born) else { return (-BIRTH, None) };
    let why = match (sought, slip) {
        (BirthSought::Day(_), DateSlip::None) => Why::Born(born.on),
        (BirthSought::Month(..) | BirthSought::Year(_), DateSlip::None) => Why::BornIn(born.on.year()),
        (BirthSought::Age(years, ..), DateSlip::None) => Why::Aged(years),
        (BirthSought::Day(asked), slip) => Why::BornNear(born.on, Some(asked), slip),
        (BirthSought::Month(..) | BirthSought::Year(_) | BirthSought::Age(..), slip) => {
            Why::BornNear(born.on, None, slip)
        }
    };
    (BIRTH * closeness, Some(why))
}

fn to_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
