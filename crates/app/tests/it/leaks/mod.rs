//! Leaks: in invented councils made by chance every word has its own owner. Everybody reads everything that leaves the
//! program (pages, PDF, plain text, downloads, search, answers to programs, CSV, the picture of a network, notices, the log),
//! and no word may stand where the pure rules of access and of sharing do not let this reader see it.
//!
//! So that the test is not empty, each of these outputs must have shown words to those who may see them. That it fails
//! when a check is taken out of an output is tried by `cargo xtask leaks-mutate`, with the changes of `mutations.toml`.
//!
//! `LEAK_WORLDS` is how many families there are in all: 40 where it is not set, so that everybody's tests stay
//! short; on PostgreSQL a tenth of that.

/// Does something in a transaction of its own; none where it is refused.
macro_rules! act {
    ($t:expr, $who:expr, $tx:ident, $moment:ident, $call:expr) => {{
        let mut $moment = $t.moment();
        let mut $tx = $t.app.db.write().await.unwrap();
        let done = $call.await;
        match done {
            Ok(done) => {
                $tx.commit().await.unwrap();
                Some(done)
            }
            Err(_) => {
                $tx.give_up().await.unwrap();
                None
            }
        }
    }};
}

mod addresses;
mod answers;
mod around;
mod chance;
mod council;
mod family;
mod may;
mod meetings;
mod outputs;
mod secret;
mod spaces;
mod told;

use chance::Chance;
use council::Council;
use outputs::Findings;
use testkit::{PostOffice, TestApp};

/// How many families share a council, so that they could meet.
const TOGETHER: usize = 10;
/// How many tests share the worlds, so that more than one processor is used.
const TESTS: usize = 4;

/// How many families there are in all.
fn worlds() -> usize {
    #[expect(clippy::disallowed_methods, reason = "the test's own size")]
    let set = std::env::var("LEAK_WORLDS").ok().and_then(|number| number.parse().ok());
    set.unwrap_or(40)
}

fn postgres() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the test's own switch")]
    std::env::var("TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

/// Makes and reads one test's share of the worlds.
async fn share(nth: usize) {
    let log = outputs::Log::kept();
    let office = PostOffice::open().await;
    let councils = worlds().div_ceil(TOGETHER * TESTS);
    let mut findings = Findings::default();
    for council in 0..councils {
        let seed = u64::try_from(nth * 10_000 + council).unwrap();
        one(TestApp::sqlite().await, &office, seed, &mut findings).await;
    }
    if let Some(server) = postgres() {
        for council in 0..councils.div_ceil(10) {
            let seed = u64::try_from(nth * 10_000 + 5_000 + council).unwrap();
            one(TestApp::postgres(&server).await, &office, seed, &mut findings).await;
        }
    }
    findings.of_log(&log);
    findings.told(councils);
}

async fn one(t: TestApp, office: &PostOffice, seed: u64, findings: &mut Findings) {
    let t = t.set(|settings| settings.mail = Some(office.server.clone()));
    let mut chance = Chance::of(seed);
    let began = std::time::Instant::now();
    let mut council = Council::made(&t, &mut chance, TOGETHER).await;
    findings.took[0] += began.elapsed();
    outputs::read(&t, office, &mut council, &mut chance, findings).await;
}

#[tokio::test]
async fn no_word_reaches_whoever_may_not_see_it_first_share() {
    share(0).await;
}

#[tokio::test]
async fn no_word_reaches_whoever_may_not_see_it_second_share() {
    share(1).await;
}

#[tokio::test]
async fn no_word_reaches_whoever_may_not_see_it_third_share() {
    share(2).await;
}

#[tokio::test]
async fn no_word_reaches_whoever_may_not_see_it_fourth_share() {
    share(3).await;
}
