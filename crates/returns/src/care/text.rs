//! The texts of a return, each kept once: a cell is a number that stands for its text, and its day is read once.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use super::code;
use super::day::Day;

/// A cell's text by number. Blank is zero and equals nothing, not even blank.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sym(pub(crate) u32);

impl Sym {
    pub(crate) const BLANK: Self = Self(0);

    pub(crate) const fn filled(self) -> bool {
        self.0 != 0
    }

    pub(crate) const fn blank(self) -> bool {
        self.0 == 0
    }

    /// Equal as texts, where blank equals blank.
    pub(crate) const fn same(self, other: Self) -> bool {
        self.0 == other.0
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl PartialEq for Sym {
    fn eq(&self, other: &Self) -> bool {
        self.filled() && self.0 == other.0
    }
}

/// Every text met so far, the known codes first, with the day each can be read as.
#[derive(Debug)]
pub(crate) struct Texts {
    arena: String,
    ends: Vec<u32>,
    days: Vec<Day>,
    slots: Vec<u32>,
}

impl Texts {
    pub(crate) fn new() -> Self {
        let mut texts =
            Self { arena: String::new(), ends: vec![0], days: vec![Day::NONE], slots: vec![0; 1 << 12] };
        // a code that occurs again leaves its second number unused, so that numbers stay places in the list
        for known in code::all() {
            if texts.find(known).is_some() {
                texts.append("");
            } else {
                let _ = texts.intern(known);
            }
        }
        texts
    }

    /// The number of a text as it is.
    pub(crate) fn intern(&mut self, text: &str) -> Sym {
        if text.is_empty() {
            return Sym::BLANK;
        }
        match self.slot(text) {
            Ok(sym) => sym,
            Err(slot) => {
                let sym = self.append(text);
                self.slots[slot] = sym.0;
                if self.ends.len() * 2 > self.slots.len() {
                    self.grow();
                }
                sym
            }
        }
    }

    /// The number of a text in capitals, as the return's cells are compared.
    pub(crate) fn intern_upper(&mut self, text: &str) -> Sym {
        if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_lowercase()) {
            self.intern(text)
        } else {
            self.intern(&text.to_uppercase())
        }
    }

    pub(crate) fn find(&self, text: &str) -> Option<Sym> {
        self.slot(text).ok()
    }

    pub(crate) fn text(&self, sym: Sym) -> &str {
        let end = self.ends.get(sym.index()).map_or(0, |end| *end as usize);
        let start = sym.index().checked_sub(1).and_then(|i| self.ends.get(i)).map_or(0, |end| *end as usize);
        self.arena.get(start..end).unwrap_or_default()
    }

    pub(crate) fn day(&self, sym: Sym) -> Day {
        self.days.get(sym.index()).copied().unwrap_or(Day::NONE)
    }

    /// How many numbers are in use; every symbol's index is below it.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    fn append(&mut self, text: &str) -> Sym {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.arena.push_str(text);
        self.ends.push(u32::try_from(self.arena.len()).unwrap_or(u32::MAX));
        self.days.push(if text.len() <= 10 { Day::read(text) } else { Day::NONE });
        Sym(number)
    }

    /// Where the text is, or the free slot where it would go.
    fn slot(&self, text: &str) -> Result<Sym, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(text) & mask;
        loop {
            let sym = Sym(self.slots[slot]);
            if sym.blank() {
                return Err(slot);
            }
            if self.text(sym) == text {
                return Ok(sym);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let larger = vec![0; self.slots.len() * 4];
        let old = std::mem::replace(&mut self.slots, larger);
        let mask = self.slots.len() - 1;
        for number in old.into_iter().filter(|number| *number != 0) {
            let mut slot = hash(self.text(Sym(number))) & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = number;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "any bits of the hash will do")]
fn hash(text: &str) -> usize {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_and_its_day() {
        let mut texts = Texts::new();
        let known = texts.len();
        let day = texts.intern_upper("01/04/2025");
        assert_eq!(texts.day(day), Day::of(2025, 4, 1));
        for i in 0..10_000 {
            let sym = texts.intern(&format!("c{i}"));
            assert_eq!(texts.text(sym), format!("c{i}"));
        }
        assert_eq!(texts.len(), known + 10_001);
        assert!(texts.intern_upper("c77").same(texts.intern("C77")));
        assert!(texts.intern("").blank());
    }
}
