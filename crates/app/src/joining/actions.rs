//! Joining two records of one person.

use super::held::{Account, Before, Record, places, record};
use super::settle::{self, Two};
use super::store;
use crate::journal::{Act, note};
use crate::person::{actions::refresh_names, index};
use crate::{Moment, Oops, Result, Who, access, clock};
use db::{Conn, Tx, args};
use jiff::Timestamp;
use practice::access::Sight;
use practice::id::{EpisodeId, JoiningId, PersonId};
use practice::joining::{Side, Together, may_join};
use serde_json::json;

/// Joins two records of one person. The kept record's id is theirs from now on; the other's leads to it.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Whose names are their names where both records have one of a kind; the other's stay as names they are also
    /// known by.
    pub names: Option<Side>,
    /// Whose birth stands where the two differ.
    pub birth: Option<Side>,
    /// Whose responsible worker stays responsible; the other's goes on helping.
    pub responsible: Option<Side>,
    /// Of two episodes of one kind at the same time, which stands: the kept record's, the other's, the side.
    pub episodes: Vec<(EpisodeId, EpisodeId, Side)>,
}

/// Joins two records of one person.
#[derive(Clone, Debug)]
pub struct Join {
    /// The record that is kept.
    pub kept: PersonId,
    /// The record that is joined to it.
    pub other: PersonId,
    /// How it is known that they are one person.
    pub reason: String,
    /// What stands where the two say different things.
    pub choices: Choices,
}

/// Lets on whoever may join these two: what each record allows decides, and both must.
///
/// # Errors
/// [`Oops::NotAllowed`], or [`Oops::NotFound`] where either is hidden from them.
pub async fn require_both(conn: &mut Conn, who: &Who, now: Timestamp, people: [PersonId; 2]) -> Result<()> {
    for person in people {
        access::require(conn, who, now, person, Sight::Join).await?;
    }
    Ok(())
}

/// What somebody gave as a reason, between one letter and a thousand.
pub(super) fn told(field: &str, words: &str, missing: &str) -> Result<String> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Oops::wrong(field, missing));
    }
    if words.chars().count() > 1000 {
        return Err(Oops::wrong(field, "Say it in at most 1,000 letters"));
    }
    Ok(words.to_owned())
}

/// What speaks for or against joining the two.
///
/// # Errors
/// [`Oops::NotFound`] where either is not there.
pub(super) async fn together(
    conn: &mut Conn,
    now: Timestamp,
    (kept, other): (PersonId, PersonId),
) -> Result<(Together, Record, Record)> {
    let one = record(conn, kept).await?.ok_or(Oops::NotFound)?;
    let two = record(conn, other).await?.ok_or(Oops::NotFound)?;
    let related = conn.number(store::RELATED, args![kept, other]).await? > 0;
    let glass_open = conn.number(store::GLASS, args![kept, other, now]).await? > 0;
    let told_apart = super::apart::told(conn, kept, other).await?;
    let joined_already = one.merged_into.is_some() || two.merged_into.is_some();
    Ok((Together { kept, other, joined_already, related, told_apart, glass_open }, one, two))
}

/// Makes two records of one person one. Every row of the other goes to the kept one, and what each held is kept
/// account of, so that it can be undone.
///
/// # Errors
/// [`Oops::Wrong`] with the field (`reason`, `names`, `birth`, `responsible`, `episodes`) that is still to be
/// answered; [`Oops::Refused`] where the two cannot be one.
pub async fn join(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Join) -> Result<JoiningId> {
    let Join { kept, other, reason, choices } = command;
    require_both(tx, who, moment.now(), [kept, other]).await?;
    for person in [kept.min(other), kept.max(other)] {
        tx.run(store::LOCK, args![person]).await?;
    }
    let (facts, one, two) = together(tx, moment.now(), (kept, other)).await?;
    may_join(&facts).map_err(|refusal| Oops::Refused(refusal.to_string()))?;
    let reason = told("reason", &reason, "Say how you know that they are one person");
    let decided = settle::decide(tx, moment, (kept, other), &choices).await;
    // everything that is still to be answered is said at once
    let (reason, decided) = match (reason, decided) {
        (Ok(reason), Ok(decided)) => (reason, decided),
        (Err(Oops::Wrong(mut wrong)), Err(Oops::Wrong(more))) => {
            wrong.splice(0..0, more);
            return Err(Oops::Wrong(wrong));
        }
        (Err(oops), _) | (_, Err(oops)) => return Err(oops),
    };
    let before = Before { kept: one.itself, other: two.itself };
    let joining = JoiningId(moment.id());
    let words = serde_json::to_string(&before)?;
    let by = who.worker().map(|worker| worker.0);
    tx.run(store::JOINING_ADD, args![joining, kept, other, &reason, words, moment.now(), by]).await?;
    let mut account = Account::open(tx, joining, (kept, other)).await?;
    for place in places() {
        tx.run(place.merge, args![other, kept]).await?;
    }
    tx.run(store::MERGED_INTO, args![other, kept]).await?;
    tx.run(store::FORGET_PAIR, args![kept, other]).await?;
    let mut two = Two { tx, moment, account: &mut account, kept, before };
    settle::settle(&mut two, &decided).await?;
    index::refresh(tx, other, &[]).await?;
    refresh_names(tx, moment, kept).await?;
    clock::refresh(tx, moment, kept).await?;
    clock::refresh(tx, moment, other).await?;
    let payload = json!({"joining": joining, "kept": kept, "other": other, "reason": reason,
        "chosen": decided.said()});
    note(tx, who, moment, Act { action: "join_records", about: &[kept, other], payload }).await?;
    Ok(joining)
}
