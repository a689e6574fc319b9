//! Letters and e-mails to people of the record: how one stands, and when it is tried again. No law says how long; a link
//! works for fourteen days, and whoever waits for one should hear within three that it did not come.

use crate::words::words;
use jiff::{SignedDuration, Timestamp};

words! {
    /// How a letter stands.
    LetterState {
        Waiting = "waiting", "Waiting to be sent";
        Sent = "sent", "Sent";
        Printed = "printed", "Printed";
        Refused = "refused", "Refused by the mail server";
        GivenUp = "given-up", "Given up";
        TakenBack = "taken-back", "Taken back before it was sent";
        Held = "held", "Held: it is not safe to write this way";
    }
}

impl LetterState {
    /// Whether it may be tried again by a press: it was not sent, and nobody took it back.
    pub const fn may_be_tried_again(self) -> bool {
        matches!(self, Self::Refused | Self::GivenUp)
    }
}

/// After how long a letter that could not be sent is given up.
pub const GIVEN_UP_AFTER: SignedDuration = SignedDuration::from_hours(72);
/// How long is waited after the first tries, in minutes; then four hours each time.
const WAITS: [i64; 5] = [1, 5, 15, 60, 120];
const LONGEST: i64 = 240;

/// When a letter is tried again that was tried this often, in vain, since it began to wait; none where it is given up.
pub fn tried_again(tries: i64, since: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let at = usize::try_from(tries.max(1) - 1).unwrap_or(usize::MAX);
    let wait = SignedDuration::from_mins(WAITS.get(at).copied().unwrap_or(LONGEST));
    let next = now + wait;
    (next <= since + GIVEN_UP_AFTER).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_after_three_days() {
        let since: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let (mut now, mut tries, mut before) = (since, 0, SignedDuration::ZERO);
        loop {
            tries += 1;
            let Some(next) = tried_again(tries, since, now) else { break };
            let wait = next.duration_since(now);
            assert!(wait >= before, "waits never shrink");
            (before, now) = (wait, next);
        }
        assert!(now > since + SignedDuration::from_hours(66), "tried for nearly three days");
        assert!(now <= since + GIVEN_UP_AFTER);
        assert!((20..=30).contains(&tries), "{tries}");
    }

    #[test]
    fn what_was_sent_or_taken_back_is_not_sent_again() {
        let again: Vec<LetterState> =
            LetterState::ALL.iter().copied().filter(|state| state.may_be_tried_again()).collect();
        assert_eq!(again, [LetterState::Refused, LetterState::GivenUp]);
    }
}
