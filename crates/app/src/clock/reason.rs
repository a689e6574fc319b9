//! Saying why something is late. A reason stands beside the clock: the engine never reads it, so it cannot
//! erase lateness.

use super::kept::history;
use super::store::{self, ReasonRow};
use crate::access::require;
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::Sight;
use practice::clock::RuleId;
use practice::id::PersonId;
use serde_json::json;
use sha2::{Digest, Sha256};

/// The most letters of a reason: it is read at a glance.
pub const LONGEST: usize = 500;

/// What someone said about a clock being late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Their words.
    pub words: String,
    /// Who said it; none for what a file brought.
    pub author: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Until which day it was agreed to go slower, where that is what was said.
    pub slower_until: Option<Date>,
}

impl From<ReasonRow> for Reason {
    fn from(row: ReasonRow) -> Self {
        Self {
            words: row.reason,
            author: row.author,
            at: row.recorded_at.0,
            slower_until: row.until_date.map(|day| day.0),
        }
    }
}

/// Says why a clock is late, or will be.
#[derive(Clone, Debug)]
pub struct ExplainClock {
    /// Whose clock.
    pub person: PersonId,
    /// The rule that made it.
    pub rule: RuleId,
    /// The day it started.
    pub started_on: Date,
    /// Why.
    pub reason: String,
}

/// Keeps a reason beside a clock. What the clock says of itself does not change.
///
/// # Errors
/// [`Oops::Wrong`] for an empty or overlong reason, [`Oops::NotFound`] where there is no such clock.
pub async fn explain_clock(tx: &mut Tx, who: &Who, moment: &mut Moment, command: ExplainClock) -> Result<()> {
    require(tx, who, moment.now(), command.person, Sight::Steps).await?;
    let words = command.reason.trim();
    if words.is_empty() {
        return Err(Oops::wrong("reason", "Say why in a sentence"));
    }
    if words.chars().count() > LONGEST {
        let sentence = format!("Say it in at most {LONGEST} letters. The whole story belongs in an entry");
        return Err(Oops::wrong("reason", &sentence));
    }
    let clocks = history(tx, command.person, moment.today()).await?;
    let same = |rule: RuleId, on: Date| rule == command.rule && on == command.started_on;
    if !clocks.iter().any(|kept| same(kept.clock.rule, kept.clock.started.on)) {
        return Err(Oops::NotFound);
    }
    let id = moment.id();
    let rule = command.rule.as_str();
    let author = who.worker().map(|worker| worker.0);
    let values = args![id, command.person, rule, command.started_on, words, author, moment.now()];
    tx.run(store::EXPLAIN, values).await?;
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(words.as_bytes()));
    let payload = json!({ "reason": id, "rule": rule, "started_on": command.started_on, "sha256": hash });
    note(tx, who, moment, Act { action: "explain_clock", about: &[command.person], payload }).await?;
    Ok(())
}
