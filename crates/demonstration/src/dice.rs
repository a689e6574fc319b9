//! Chance that repeats: the same seed gives the same council.

/// A small generator (`SplitMix64`). Not for secrets.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub(crate) fn often(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of several words.
    pub(crate) fn word(&mut self, several: &[&'static str]) -> &'static str {
        self.one_of::<&'static str>(several)
    }

    /// One of several.
    pub(crate) fn one_of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        let at = usize::try_from(self.between(0, i64::try_from(several.len()).unwrap_or(1) - 1)).unwrap_or(0);
        &several[at]
    }
}
