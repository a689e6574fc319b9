//! Wrong tries: after a few each further one must wait, a little longer each time, and never for long.

use super::store::{self, AccountRow, TriesRow};
use crate::Result;
use crate::who::token_hash;
use db::{At, Tx, args};
use jiff::{SignedDuration, Timestamp};

/// How many wrong tries cost nothing: people mistype.
pub const FREE: i64 = 5;
/// The longest wait, so that nobody can be kept out for long by a stranger.
pub const LONGEST: SignedDuration = SignedDuration::from_secs(60);
/// After a day without a try the count begins anew.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

/// How long to wait after this many wrong tries.
pub fn wait(failures: i64) -> Option<SignedDuration> {
    let over = failures.checked_sub(FREE).filter(|over| *over >= 0)?;
    let seconds = 5_i64.saturating_mul(1 << over.min(10));
    Some(SignedDuration::from_secs(seconds).min(LONGEST))
}

/// Which count a try was written to.
#[derive(Clone, Debug)]
pub(super) enum Counted {
    /// It must wait: it is not looked at.
    Waits,
    /// The account's own.
    Account,
    /// That of a browser in which this account has signed in before.
    Browser,
}

/// Counts a try before it is looked at, so that many at once gain nothing. A success forgets it again.
pub(super) async fn count(
    tx: &mut Tx,
    now: Timestamp,
    account: &AccountRow,
    known: Option<&str>,
) -> Result<Counted> {
    if let Some(hash) = known.map(token_hash) {
        let row: Option<TriesRow> = tx.maybe(store::BROWSER, args![&hash, account.id]).await?;
        if let Some(row) = row {
            let Some((next, until)) = allowed(now, row.failures, row.locked_until) else {
                return Ok(Counted::Waits);
            };
            let values = args![&hash, account.id, next, until, row.failures];
            let counted = tx.run(store::COUNT_BROWSER_TRY, values).await? == 1;
            return Ok(if counted { Counted::Browser } else { Counted::Waits });
        }
    }
    let Some((next, until)) = allowed(now, account.failures, account.locked_until) else {
        return Ok(Counted::Waits);
    };
    let counted = tx.run(store::COUNT_TRY, args![account.id, next, until, account.failures]).await? == 1;
    Ok(if counted { Counted::Account } else { Counted::Waits })
}

fn allowed(now: Timestamp, failures: i64, until: Option<At>) -> Option<(i64, Option<Timestamp>)> {
    let failures = match until {
        Some(until) if now < until.0 => return None,
        Some(until) if until.0 + FORGOTTEN < now => 0,
        _ => failures,
    };
    Some((failures + 1, wait(failures + 1).map(|wait| now + wait)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let seconds: Vec<i64> = (1..=12).map(|n| wait(n).map_or(0, |wait| wait.as_secs())).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 5, 10, 20, 40, 60, 60, 60, 60]);
        assert_eq!(wait(i64::MAX), Some(LONGEST));
    }
}
