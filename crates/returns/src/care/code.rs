//! The code sets of the looked-after return, out of the dated list beside this crate, known when it is compiled.

use super::text::Sym;

const LISTS: &str = include_str!("../../data/care-codes-2026.txt");
const WORDS: usize = 6;

/// A set of known codes. Blank and unknown texts are in no set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Set([u64; WORDS]);

impl Set {
    pub(crate) const EMPTY: Self = Self([0; WORDS]);

    /// The set of these codes; compiling fails on a code that no list holds.
    pub(crate) const fn of(codes: &[&str]) -> Self {
        let mut set = Self::EMPTY;
        let mut i = 0;
        while i < codes.len() {
            set = set.with(find(codes[i].as_bytes(), 0, codes[i].len()));
            i += 1;
        }
        set
    }

    /// The list of this name.
    pub(crate) const fn list(name: &str) -> Self {
        let text = LISTS.as_bytes();
        let mut set = Self::EMPTY;
        let mut at = 0;
        while at < text.len() {
            let (start, end, first) = next(text, at);
            at = end;
            if first && same(text, start, end, name.as_bytes(), 0, name.len()) {
                loop {
                    let (start, end, first) = next(text, at);
                    if first || start >= text.len() {
                        return set;
                    }
                    set = set.with(find(text, start, end));
                    at = end;
                }
            }
        }
        panic_no_list();
        set
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        let mut words = self.0;
        let mut i = 0;
        while i < WORDS {
            words[i] |= other.0[i];
            i += 1;
        }
        Self(words)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        let mut words = self.0;
        let mut i = 0;
        while i < WORDS {
            words[i] &= !other.0[i];
            i += 1;
        }
        Self(words)
    }

    pub(crate) const fn has(self, sym: Sym) -> bool {
        let number = sym.0 as usize;
        number < WORDS * 64 && number != 0 && self.0[number / 64] & (1 << (number % 64)) != 0
    }

    pub(crate) const fn with(self, number: u32) -> Self {
        let mut words = self.0;
        let number = number as usize;
        if number < WORDS * 64 {
            words[number / 64] |= 1 << (number % 64);
        }
        Self(words)
    }
}

#[expect(clippy::assertions_on_constants, reason = "reached only while compiling, where it stops the build")]
const fn panic_no_list() {
    assert!(false, "no list of codes has this name");
}

/// Start and end of the next code or list name, and whether it is a name (the first word of its line).
const fn next(text: &[u8], from: usize) -> (usize, usize, bool) {
    let mut at = from;
    let mut first = from == 0;
    while at < text.len() {
        match text[at] {
            b'\n' => first = true,
            b' ' | b'\r' => {}
            b'#' if first => {
                while at < text.len() && text[at] != b'\n' {
                    at += 1;
                }
                continue;
            }
            _ => break,
        }
        at += 1;
    }
    let start = at;
    while at < text.len() && text[at] != b' ' && text[at] != b'\n' && text[at] != b'\r' {
        at += 1;
    }
    (start, at, first)
}

const fn same(a: &[u8], a_start: usize, a_end: usize, b: &[u8], b_start: usize, b_end: usize) -> bool {
    if a_end - a_start != b_end - b_start {
        return false;
    }
    let mut i = 0;
    while i < a_end - a_start {
        if a[a_start + i] != b[b_start + i] {
            return false;
        }
        i += 1;
    }
    true
}

/// The number of a code: its first place among all codes of the lists, counted from one.
const fn find(code: &[u8], code_start: usize, code_end: usize) -> u32 {
    let text = LISTS.as_bytes();
    let mut at = 0;
    let mut number = 1;
    while at < text.len() {
        let (start, end, first) = next(text, at);
        at = end;
        if first {
            continue;
        }
        if same(text, start, end, code, code_start, code_end) {
            return number;
        }
        number += 1;
    }
    panic_no_list();
    0
}

/// Every code in the order of the lists, repeats included.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    LISTS.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split_whitespace().skip(1))
}

/// Whether a text is one of these codes: `is!(rec, "E11", "E12")`.
macro_rules! is {
    ($sym:expr, $($code:literal),+) => {
        const { $crate::care::code::Set::of(&[$($code),+]) }.has($sym)
    };
}
pub(crate) use is;

pub(crate) const SEX: Set = Set::list("SEX");
pub(crate) const FLAG: Set = Set::list("FLAG");
pub(crate) const ETHNIC: Set = Set::list("ETHNIC");
pub(crate) const UPN_UNKNOWN: Set = Set::list("UPN_UNKNOWN");
pub(crate) const RNE: Set = Set::list("RNE");
pub(crate) const LS: Set = Set::list("LS");
pub(crate) const CIN: Set = Set::list("CIN");
pub(crate) const PLACE: Set = Set::list("PLACE");
pub(crate) const PLACE_PROVIDER: Set = Set::list("PLACE_PROVIDER");
pub(crate) const REC: Set = Set::list("REC");
pub(crate) const REASON_PLACE_CHANGE: Set = Set::list("REASON_PLACE_CHANGE");
pub(crate) const REVIEW_CODE: Set = Set::list("REVIEW_CODE");
pub(crate) const SDQ_REASON: Set = Set::list("SDQ_REASON");
pub(crate) const IN_TOUCH: Set = Set::list("IN_TOUCH");
pub(crate) const ACTIV: Set = Set::list("ACTIV");
pub(crate) const ACCOM: Set = Set::list("ACCOM");
pub(crate) const NB_ADOPTR: Set = Set::list("NB_ADOPTR");
pub(crate) const SEX_ADOPTR: Set = Set::list("SEX_ADOPTR");
pub(crate) const LS_ADOPTR: Set = Set::list("LS_ADOPTR");
pub(crate) const REASON_PLACED_CEASED: Set = Set::list("REASON_PLACED_CEASED");
pub(crate) const PREV_PERM: Set = Set::list("PREV_PERM");
pub(crate) const MISSING: Set = Set::list("MISSING");
pub(crate) const SW_REASON: Set = Set::list("SW_REASON");

/// Short breaks.
pub(crate) const SHORT: Set = Set::of(&["V3", "V4"]);
/// Temporary placements.
pub(crate) const TEMPORARY: Set = Set::of(&["T0", "T1", "T2", "T3", "T4"]);
/// Other placements.
pub(crate) const OTHER: Set = Set::of(&["Z11", "Z12", "Z13", "Z14"]);
/// Placed for adoption.
pub(crate) const ADOPT: Set = Set::of(&["A3", "A4", "A5", "A6"]);
/// With foster carers.
pub(crate) const FOSTER: Set = Set::of(&["U1", "U2", "U3", "U4", "U5", "U6"]);
/// Placements that have no Ofsted number.
pub(crate) const NO_URN: Set = Set::of(&["P1", "P3", "R1", "R2", "R5"]).or(TEMPORARY).or(OTHER);
/// Where a placement outside England lies.
pub(crate) const ABROAD: Set = Set::of(&["CON", "NIR", "SCO", "WAL", "NUK"]);
/// The child was adopted.
pub(crate) const ADOPTED: Set = Set::of(&["E11", "E12"]);
/// Every reason an episode ceased but the one followed by another episode.
pub(crate) const REC_LEFT: Set = REC.without(Set::of(&["X1"]));

const AUTHORITIES: &str = include_str!("../../data/care-authorities-2026.txt");

/// Whether a text names who arranged an earlier permanence: a country, or an authority's number.
pub(crate) fn arranged_permanence(text: &str) -> bool {
    let number = (text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit())).then_some(text);
    AUTHORITIES.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).any(|word| {
        match (word.split_once('-'), number) {
            (Some((from, to)), Some(number)) => (from..=to).contains(&number),
            (Some(_), None) => false,
            (None, _) => word == text,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::text::Texts;
    use super::*;

    #[test]
    fn sets_hold_their_codes_and_nothing_else() {
        let texts = Texts::new();
        assert!(all().count() < WORDS * 64);
        for code in all() {
            assert!(texts.find(code).is_some_and(|sym| texts.text(sym) == code));
        }
        let sym = |code| texts.find(code).unwrap();
        assert!(
            PLACE.has(sym("Z14")) && PLACE.has(sym("P1")) && !PLACE.has(sym("H5")) && !PLACE.has(Sym::BLANK)
        );
        assert!(ACTIV.has(sym("P1")) && is!(sym("E12"), "E11", "E12") && !ADOPTED.has(sym("E13")));
        assert!(REC_LEFT.has(sym("E17")) && !REC_LEFT.has(sym("X1")));
    }

    #[test]
    fn authorities_are_read_with_their_ranges() {
        for yes in ["WAL", "201", "213", "420", "887", "888", "999"] {
            assert!(arranged_permanence(yes), "{yes}");
        }
        for no in ["", "200", "214", "123", "1201", "wal", "201-213"] {
            assert!(!arranged_permanence(no), "{no}");
        }
    }
}
