//! What followed from something that was recorded: which clocks began, were met, or are no longer needed.

use super::KeptClock;
use practice::clock::Clock;

/// The difference between a person's clocks before and after.
#[derive(Clone, Debug, Default)]
pub struct Follows {
    /// Began, or run to another day than before.
    pub began: Vec<KeptClock>,
    /// Met.
    pub met: Vec<KeptClock>,
    /// No longer needed.
    pub ended: Vec<KeptClock>,
    /// Gone, because what had started them is no longer so.
    pub gone: Vec<KeptClock>,
}

impl Follows {
    /// Whether no clock changed.
    pub fn is_empty(&self) -> bool {
        [&self.began, &self.met, &self.ended, &self.gone].into_iter().all(Vec::is_empty)
    }
}

/// What changed between the clocks kept before and those kept after.
pub fn follows(before: &[KeptClock], after: Vec<KeptClock>) -> Follows {
    let round = |clock: &Clock| (clock.rule, clock.episode, clock.started.on, clock.due);
    let mut follows = Follows::default();
    for held in before.iter().filter(|held| held.clock.is_running()) {
        let there = after.iter().any(|now| {
            (now.clock.rule, now.clock.episode, now.clock.started.on)
                == (held.clock.rule, held.clock.episode, held.clock.started.on)
        });
        // a clock that was met or moved has another with its rule; only one that vanished is told as gone
        let rule_runs = after
            .iter()
            .any(|now| (now.clock.rule, now.clock.episode) == (held.clock.rule, held.clock.episode));
        if !there && !rule_runs {
            follows.gone.push(held.clone());
        }
    }
    for now in after {
        let same = before.iter().find(|held| round(&held.clock) == round(&now.clock));
        let was_running = same.is_some_and(|held| held.clock.is_running());
        if same.is_some() && was_running == now.clock.is_running() {
            continue;
        }
        if now.clock.is_running() {
            follows.began.push(now);
        } else if now.clock.done.is_some() {
            follows.met.push(now);
        } else {
            follows.ended.push(now);
        }
    }
    follows
}
