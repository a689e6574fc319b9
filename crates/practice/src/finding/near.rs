//! How near a word of a name is to the one asked for, and in what way it differs.

use super::keys::sounds;
use super::nickname::{Bond, bond, related};
use super::normalise::Token;

/// The most near words that one word asked for is widened to. Measured: see `examples/finding.rs`.
pub const NEAREST: usize = 48;

/// In what way a word differs from the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameSlip {
    /// It does not.
    None,
    /// The same name in another usual spelling.
    Spelling,
    /// Short for it, or the other way round.
    Short,
    /// One letter is different, missing, added, or swapped with its neighbour.
    Letter,
    /// It is said alike.
    Sound,
    /// It begins with what was typed.
    Beginning,
    /// Only the first letter was given.
    Initial,
}

/// A word of the index that may be meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The word.
    pub token: Token,
    /// How near, from 0 to 1; 1 is the same word.
    pub closeness: f64,
    /// In what way it differs.
    pub slip: NameSlip,
}

/// How near `token` is to the word `asked` for, from 0 to 1; none if it is another name altogether.
pub fn closeness(asked: &Token, token: &Token) -> Option<(f64, NameSlip)> {
    Asked::new(asked).closeness(token)
}

/// Judges the words that share a key with the one asked for, adds those the table of short names knows, and gives
/// the nearest at most [`NEAREST`], best first.
///
/// `found` may hold repeats and words that are not near at all. The short names are given whether or not anybody
/// has them.
pub fn nearest(asked: &Token, found: impl IntoIterator<Item = Token>) -> Vec<Near> {
    let judge = Asked::new(asked);
    let mut near: Vec<Near> = related(asked)
        .cloned()
        .chain(found)
        .filter_map(|token| judge.closeness(&token).map(|(closeness, slip)| Near { token, closeness, slip }))
        .collect();
    near.sort_by(|a, b| b.closeness.total_cmp(&a.closeness).then_with(|| a.token.cmp(&b.token)));
    near.dedup_by(|a, b| a.token == b.token);
    near.truncate(NEAREST);
    near
}

/// A word asked for, with what comparing it again and again needs.
pub(crate) struct Asked<'a> {
    token: &'a Token,
    letters: Vec<char>,
    sounds: Vec<String>,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(token: &'a Token) -> Self {
        Self { token, letters: token.as_str().chars().collect(), sounds: sounds(token) }
    }

    pub(crate) fn closeness(&self, token: &Token) -> Option<(f64, NameSlip)> {
        if token == self.token {
            return Some((1.0, NameSlip::None));
        }
        match bond(self.token, token) {
            Some(Bond::Spelling) => return Some((0.95, NameSlip::Spelling)),
            Some(Bond::Short) => return Some((0.92, NameSlip::Short)),
            None => {}
        }
        let letters: Vec<char> = token.as_str().chars().collect();
        if let (Some(first), true) = (letters.first(), self.letters.len() == 1 || letters.len() == 1) {
            return (self.letters.first() == Some(first)).then_some((0.55, NameSlip::Initial));
        }
        if let Some(slip) = one_letter(&self.letters, &letters) {
            return Some((slip, NameSlip::Letter));
        }
        if self.letters.len() >= 3 && letters.starts_with(&self.letters) {
            let share = to_f64(self.letters.len()) / to_f64(letters.len());
            return Some((0.70 + 0.1 * share, NameSlip::Beginning));
        }
        self.sound(token)
    }

    /// Said alike and spelt not too differently: Catherine and Kathryn, but not Jean and Gina.
    fn sound(&self, token: &Token) -> Option<(f64, NameSlip)> {
        let likeness = likeness(self.token.as_str(), token.as_str());
        if likeness < 0.4 {
            return None;
        }
        let theirs = sounds(token);
        let alike = self.sounds.iter().any(|code| code.len() > 1 && theirs.contains(code));
        alike.then_some((0.60 + 0.2 * likeness, NameSlip::Sound))
    }
}

/// 1 for the same word, 0 for one that shares nothing, by the number of changes between them.
fn likeness(a: &str, b: &str) -> f64 {
    let longer = a.chars().count().max(b.chars().count()).max(1);
    1.0 - to_f64(strsim::osa_distance(a, b)) / to_f64(longer)
}

fn to_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// How near two words are that differ by one letter; none if they differ by more.
fn one_letter(asked: &[char], word: &[char]) -> Option<f64> {
    let (longer, shorter) = if asked.len() >= word.len() { (asked, word) } else { (word, asked) };
    if longer.len() - shorter.len() > 1 {
        return None;
    }
    let same_start = longer.iter().zip(shorter).take_while(|(a, b)| a == b).count();
    let rest = (&longer[same_start..], &shorter[same_start..]);
    let likelihood = match rest {
        ([extra, tail @ ..], short) if tail == short => {
            let neighbour = same_start.checked_sub(1).and_then(|at| longer.get(at));
            if neighbour == Some(extra) { 0.90 } else { 0.86 }
        }
        ([a, b, tail_1 @ ..], [c, d, tail_2 @ ..]) if a == d && b == c && tail_1 == tail_2 => 0.90,
        ([a, tail_1 @ ..], [b, tail_2 @ ..]) if tail_1 == tail_2 => changed(*a, *b),
        _ => return None,
    };
    // People seldom mistake a first letter, and one letter of three says more than one of nine.
    let first = if same_start == 0 { 0.03 } else { 0.0 };
    Some(likelihood - first - 0.1 / to_f64(longer.len()))
}

fn changed(a: char, b: char) -> f64 {
    let vowel = |c: char| "aeiouy".contains(c);
    let pair = |x: char, y: char| (a == x && b == y) || (a == y && b == x);
    let alike = [
        ('c', 'k'),
        ('s', 'z'),
        ('c', 's'),
        ('m', 'n'),
        ('d', 't'),
        ('b', 'p'),
        ('v', 'w'),
        ('f', 'v'),
        ('g', 'j'),
    ];
    if vowel(a) && vowel(b) || alike.iter().any(|(x, y)| pair(*x, *y)) || are_neighbours(a, b) {
        0.87
    } else {
        0.85
    }
}

/// Whether two keys lie side by side on a keyboard.
fn are_neighbours(a: char, b: char) -> bool {
    ["qwertyuiop", "asdfghjkl", "zxcvbnm"].iter().any(|row| {
        let (a, b) = (row.find(a), row.find(b));
        a.zip(b).is_some_and(|(a, b)| a.abs_diff(b) == 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::normalise;

    fn judged(a: &str, b: &str) -> Option<NameSlip> {
        let token = |text: &str| normalise(text).remove(0);
        closeness(&token(a), &token(b)).map(|(_, slip)| slip)
    }

    #[test]
    fn other_names_are_not_near() {
        for (a, b) in [
            ("Jean", "Gina"),
            ("Smith", "Jones"),
            ("Jo", "Al"),
            ("Ann", "Ian Paisley"),
            ("王", "李"),
            ("K", "Mary"),
        ] {
            assert_eq!(judged(a, b), None, "{a} and {b}");
        }
    }

    #[test]
    fn each_slip_has_its_name() {
        for (a, b, slip) in [
            ("Smith", "SMITH", NameSlip::None),
            ("Smiht", "Smith", NameSlip::Letter),
            ("Smih", "Smith", NameSlip::Letter),
            ("Smitth", "Smith", NameSlip::Letter),
            ("Smirh", "Smith", NameSlip::Letter),
            ("xSmith", "Smith", NameSlip::Letter),
            ("Shevchenka", "Shevchenko", NameSlip::Letter),
            ("Шевченка", "Шевченко", NameSlip::Letter),
            ("Smith", "Smyth", NameSlip::Spelling),
            ("Bill", "William", NameSlip::Short),
            ("Kathrin", "Catherine", NameSlip::Sound),
            ("Kath", "Kathmandu", NameSlip::Beginning),
            ("K", "Kath", NameSlip::Initial),
        ] {
            assert_eq!(judged(a, b), Some(slip), "{a} and {b}");
        }
    }

    #[test]
    fn the_nearest_come_first_without_repeats() {
        let token = |text: &str| normalise(text).remove(0);
        let near = nearest(&token("jon"), ["jan", "jon", "jon", "zebra", "jonty"].map(token));
        assert_eq!((near[0].token.as_str(), near[0].slip), ("jon", NameSlip::None));
        assert_eq!(near.iter().filter(|n| n.token.as_str() == "jon").count(), 1);
        assert!(near.iter().any(|n| n.token.as_str() == "jan"));
        assert!(!near.iter().any(|n| n.token.as_str() == "zebra"));
        assert!(near.is_sorted_by(|a, b| a.closeness >= b.closeness));
    }
}
