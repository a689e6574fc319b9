//! How many requests a token is answered in a minute. It is counted in the memory of one process: it keeps a program
//! that has run wild from taking the council's record from everybody else, no more.

use crate::App;
use jiff::{SignedDuration, Timestamp};
use practice::id::AccountId;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// How many requests a token is answered in a minute.
pub(super) const MOST: u32 = 600;
const WINDOW: SignedDuration = SignedDuration::from_secs(60);

/// What a token has asked in this minute.
#[derive(Default)]
struct Asked(AtomicU32);

/// How many seconds a token has to wait, if it has to.
pub(super) fn wait(app: &App, account: AccountId, token: Uuid, now: Timestamp) -> Option<u64> {
    let held = app.passing.of::<Asked>(account, now).into_iter().find(|(id, _, _)| *id == token);
    let Some((_, until, asked)) = held else {
        let asked = Arc::new(Asked(AtomicU32::new(1)));
        app.passing.keep(account, token, now + WINDOW, asked);
        return None;
    };
    let before = asked.0.fetch_add(1, Ordering::Relaxed);
    (before >= MOST).then(|| u64::try_from(until.duration_since(now).as_secs()).unwrap_or(0) + 1)
}
