//! The instant of one request or command, and the ids and random bytes made in it.
//!
//! Actions are given a `Moment`; they never ask the machine for the time. Tests and the demonstration freeze
//! it, so that the same council comes out every time.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use practice::id::PersonId;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use uuid::Uuid;

static LONDON: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC));

/// Europe/London.
pub fn london() -> TimeZone {
    LONDON.clone()
}

/// "3 October 2026".
pub fn written(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// The instant at which a day ends in London.
pub fn end_of(day: Date) -> Option<Timestamp> {
    Some(day.tomorrow().ok()?.to_zoned(london()).ok()?.timestamp())
}

enum Source {
    Machine,
    Seeded { seed: [u8; 32], drawn: u64 },
}

/// An instant, cut to the microsecond because databases are, with a source of ids and random bytes.
pub struct Moment {
    now: Timestamp,
    source: Source,
    made: u64,
    /// Whose clocks are worked out at the end, where many facts are recorded at once.
    later: Option<BTreeSet<PersonId>>,
}

fn cut(now: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

impl Moment {
    /// A moment with the machine's randomness.
    pub fn at(now: Timestamp) -> Self {
        Self { now: cut(now), source: Source::Machine, made: 0, later: None }
    }

    /// A moment whose ids and bytes follow from a seed, for tests and the demonstration.
    pub fn seeded(now: Timestamp, seed: u64) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_be_bytes());
        hash.update(now.as_microsecond().to_be_bytes());
        Self {
            now: cut(now),
            source: Source::Seeded { seed: hash.finalize().into(), drawn: 0 },
            made: 0,
            later: None,
        }
    }

    /// The same source at another instant: a simulated day goes on.
    #[must_use]
    pub fn moved_to(mut self, now: Timestamp) -> Self {
        self.now = cut(now);
        self
    }

    /// From now on clocks are not worked out after every fact: whoever asked for this calls
    /// [`crate::clock::settle`] before the transaction ends.
    pub fn defer_clocks(&mut self) {
        self.later.get_or_insert_default();
    }

    /// Notes that someone's clocks are to be worked out at the end; says whether that is how it is done now.
    pub fn touch_clocks(&mut self, person: PersonId) -> bool {
        match &mut self.later {
            Some(later) => {
                later.insert(person);
                true
            }
            None => false,
        }
    }

    /// Those whose clocks wait to be worked out; none wait any more afterwards.
    pub(crate) fn take_deferred(&mut self) -> BTreeSet<PersonId> {
        self.later.take().unwrap_or_default()
    }

    /// The instant.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The day in Europe/London.
    pub fn today(&self) -> Date {
        self.now.to_zoned(london()).date()
    }

    /// Thirty-two random bytes.
    ///
    /// # Panics
    /// Where the system gives no random bytes: without them nothing safe can go on.
    #[expect(clippy::expect_used, reason = "without the system's randomness nothing safe can go on")]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the system")]
    pub fn bytes32(&mut self) -> [u8; 32] {
        match &mut self.source {
            Source::Machine => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).expect("the system gives random bytes");
                bytes
            }
            Source::Seeded { seed, drawn } => {
                *drawn += 1;
                let mut hash = Sha256::new();
                hash.update(*seed);
                hash.update(drawn.to_be_bytes());
                hash.finalize().into()
            }
        }
    }

    /// A new id: UUIDv7 of this instant; ids of one moment keep their order.
    pub fn id(&mut self) -> Uuid {
        self.made += 1;
        let random = self.bytes32();
        let mut tail = [0_u8; 10];
        tail.copy_from_slice(&random[..10]);
        // twelve bits of order after the millisecond, then randomness
        let order = u16::try_from(self.made & 0x0fff).unwrap_or(0);
        tail[..2].copy_from_slice(&order.to_be_bytes());
        let millis = u64::try_from(self.now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seeded_moment_repeats_and_a_real_one_does_not() {
        let now: Timestamp = "2026-11-21T10:00:00.123456789Z".parse().unwrap();
        let ids = |mut moment: Moment| [moment.id(), moment.id()];
        assert_eq!(ids(Moment::seeded(now, 7)), ids(Moment::seeded(now, 7)));
        assert_ne!(ids(Moment::at(now)), ids(Moment::at(now)));
        let [first, second] = ids(Moment::at(now));
        assert!(first < second, "ids of one moment keep their order");
        assert_eq!(
            Moment::at(now).now().as_microsecond() * 1000,
            i64::try_from(Moment::at(now).now().as_nanosecond()).unwrap()
        );
        assert_eq!(first.get_version_num(), 7);
    }

    #[test]
    fn the_day_is_that_of_london() {
        let late: Timestamp = "2026-06-30T23:30:00Z".parse().unwrap();
        assert_eq!(Moment::at(late).today(), jiff::civil::date(2026, 7, 1));
    }
}
