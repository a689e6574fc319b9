//! Damage to files, the same for the same number, for the programs that try readers for a long time.

/// What damage likes to put in.
const SCRAPS: [&[u8]; 16] = [
    b",",
    b"\n",
    b"\r\n",
    b"\"",
    b"<",
    b">",
    b"&#0;",
    b"</CHILD>",
    b"<![CDATA[",
    b"29/02/2025",
    b"ZZ/ZZ/ZZZZ",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"CHILD",
    b"99999999999999999999",
    b"\0",
];

/// A row of numbers that look like chance and follow from the first.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// One of so many.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }

    /// Damages a file in one place, perhaps with a piece of another.
    pub(crate) fn damage(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(bytes.len() + 1);
        let until = (at + self.below(40)).min(bytes.len());
        match self.below(6) {
            0 => drop(bytes.drain(at..until)),
            1 => bytes.truncate(at),
            2 => drop(bytes.splice(at..until, SCRAPS[self.below(SCRAPS.len())].iter().copied())),
            3 => {
                let copy = bytes[at..until].repeat(1 + self.below(5));
                drop(bytes.splice(at..at, copy));
            }
            4 => {
                let from = self.below(other.len() + 1);
                let to = (from + self.below(60)).min(other.len());
                drop(bytes.splice(at..at, other[from..to].iter().copied()));
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << self.below(8);
                }
            }
        }
    }
}
