//! Chance that repeats: the same number gives the same world.

/// A source of chance (splitmix64).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) const fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bf0_3635)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one.
    pub(super) fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap_or(0)
    }

    /// Whether it comes so many times of ten.
    pub(super) fn in_ten(&mut self, times: usize) -> bool {
        self.below(10) < times
    }

    /// A word that stands nowhere else: "zq1f3a9c02".
    pub(super) fn word(&mut self) -> String {
        format!("zq{:08x}", self.next() >> 32)
    }
}

/// The words of this kind in a text, whatever their case.
pub(super) fn words_in(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let mut found = vec![];
    for at in 0..bytes.len().saturating_sub(9) {
        if !bytes[at].eq_ignore_ascii_case(&b'z') || !bytes[at + 1].eq_ignore_ascii_case(&b'q') {
            continue;
        }
        let word = &bytes[at..at + 10];
        if word[2..].iter().all(u8::is_ascii_hexdigit) {
            found.push(String::from_utf8_lossy(word).to_lowercase());
        }
    }
    found.sort();
    found.dedup();
    found
}
