//! Deciding what is left out, span by span, and the second look.

use super::actions::{look, still_open};
use super::store::{self, ItemRow, SpanRow};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, Tx, args};
use practice::access::Sight;
use practice::disclosure::{Ground, Span, check, length, may_check, places};
use practice::id::{PersonId, WorkerId};
use serde_json::json;
use uuid::Uuid;

/// Leaves words of an item out.
#[derive(Clone, Debug, Default)]
pub struct LeaveOut {
    /// Which item.
    pub item: Uuid,
    /// The words, as they stand in it: everywhere they stand. Nothing where all of it is left out.
    pub words: String,
    /// Whether all of it is left out.
    pub whole: bool,
    /// On which ground.
    pub ground: Option<Ground>,
    /// Why.
    pub reason: String,
}

/// Which person's request.
pub(super) type Which = (PersonId, Uuid);

/// A span as its row says it.
pub(super) fn span_of(row: &SpanRow) -> Span {
    let at = |n: i64| usize::try_from(n).unwrap_or(0);
    // a ground nobody knows any more leaves out all the same
    let ground = Ground::from_code(&row.ground).unwrap_or(Ground::SeriousHarm);
    Span { first: at(row.first_at), past: at(row.past_at), ground }
}

pub(super) async fn spans(conn: &mut Conn, request: Uuid) -> Result<Vec<SpanRow>> {
    Ok(conn.all(store::SPANS, args![request]).await?)
}

pub(super) async fn item(conn: &mut Conn, request: Uuid, item: Uuid) -> Result<ItemRow> {
    conn.maybe(store::ITEM, args![item, request]).await?.ok_or(Oops::NotFound)
}

async fn begin(tx: &mut Tx, who: &Who, moment: &Moment, which: Which) -> Result<WorkerId> {
    access::require(tx, who, moment.now(), which.0, Sight::Rights).await?;
    still_open(tx, which).await?;
    who.worker().ok_or_else(|| Oops::Refused("What is left out is decided by somebody signed in".to_owned()))
}

/// Puts one span. None decided it while the program only proposes.
pub(super) async fn put(
    tx: &mut Tx,
    moment: &mut Moment,
    ((person, request), item): (Which, Uuid),
    (span, reason): (Span, &str),
    by: Option<WorkerId>,
) -> Result<()> {
    let at = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (code, by) = (span.ground.code(), by.map(|worker| worker.0));
    let values = args![
        moment.id(),
        request,
        person,
        item,
        at(span.first),
        at(span.past),
        code,
        reason,
        by,
        moment.now()
    ];
    tx.run(store::SPAN_ADD, values).await?;
    Ok(())
}

/// What was agreed before no longer is.
async fn changed(tx: &mut Tx, moment: &Moment, request: Uuid) -> Result<()> {
    tx.run(store::LOOK_OVER, args![request, moment.now()]).await?;
    Ok(())
}

/// Leaves words of an item out, wherever in it they stand. What was agreed before is to be looked at again.
///
/// # Errors
/// [`Oops::Wrong`] with the field (`words`, `ground`, `reason`), and as access says.
pub async fn leave_out(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (which, command): (Which, LeaveOut),
) -> Result<usize> {
    let by = begin(tx, who, moment, which).await?;
    let of = item(tx, which.1, command.item).await?;
    let mut wrong = vec![];
    let found = if command.whole { vec![(0, length(&of.words))] } else { places(&of.words, &command.words) };
    if found.is_empty() {
        let said = "These words do not stand in it. Copy them from the text above, just as they are";
        wrong.push(("words".to_owned(), said.to_owned()));
    }
    let reason = command.reason.trim();
    if reason.is_empty() {
        wrong.push(("reason".to_owned(), "Say why, for whoever looks at it after you".to_owned()));
    }
    let Some(ground) = command.ground else {
        wrong.push(("ground".to_owned(), "Choose on which ground".to_owned()));
        return Err(Oops::Wrong(wrong));
    };
    if !wrong.is_empty() {
        return Err(Oops::Wrong(wrong));
    }
    let held = spans(tx, which.1).await?;
    let mut all: Vec<Span> = held.iter().filter(|row| row.item_id == of.id).map(span_of).collect();
    let new: Vec<Span> =
        found.iter().map(|(first, past)| Span { first: *first, past: *past, ground }).collect();
    all.extend(&new);
    check(&of.words, &all).map_err(|refusal| Oops::wrong("words", &refusal.to_string()))?;
    for span in &new {
        put(tx, moment, (which, of.id), (*span, reason), Some(by)).await?;
    }
    changed(tx, moment, which.1).await?;
    let payload = json!({"request": which.1, "item": of.id, "ground": ground, "places": new.len()});
    note(tx, who, moment, Act { action: "leave_out", about: &[which.0], payload }).await?;
    Ok(new.len())
}

/// Gives words that were left out or proposed to be; or, with `stands`, decides that a proposal stands.
///
/// # Errors
/// [`Oops::NotFound`] where there is no such span, and as access says.
pub async fn settle(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (which, span, stands): (Which, Uuid, bool),
) -> Result<Uuid> {
    let by = begin(tx, who, moment, which).await?;
    let row = spans(tx, which.1).await?.into_iter().find(|row| row.id == span).ok_or(Oops::NotFound)?;
    tx.run(store::SPAN_OVER, args![row.id, moment.now()]).await?;
    if stands {
        put(tx, moment, (which, row.item_id), (span_of(&row), &row.reason), Some(by)).await?;
    }
    changed(tx, moment, which.1).await?;
    let payload = json!({"request": which.1, "item": row.item_id, "stands": stands});
    note(tx, who, moment, Act { action: "settle_left_out", about: &[which.0], payload }).await?;
    Ok(row.item_id)
}

/// Sends what is to be given to somebody else to look at.
///
/// # Errors
/// [`Oops::Refused`] where nothing is collected or a proposal is not decided yet, and as access says.
pub async fn send(tx: &mut Tx, who: &Who, moment: &mut Moment, which: Which) -> Result<()> {
    let by = begin(tx, who, moment, which).await?;
    if still_open(tx, which).await?.collected_at.is_none() {
        return Err(Oops::Refused("Collect first what the record holds".to_owned()));
    }
    let waiting = spans(tx, which.1).await?.iter().filter(|row| row.decided_by.is_none()).count();
    if waiting > 0 {
        let words =
            format!("Decide first what is proposed to be left out: {waiting} of it is still to be looked at");
        return Err(Oops::Refused(words));
    }
    changed(tx, moment, which.1).await?;
    let none: (Option<Uuid>, Option<String>, Option<String>) = (None, None, None);
    let now = moment.now();
    let values = args![moment.id(), which.1, which.0, by, now, none.0, none.1, none.2, now];
    tx.run(store::LOOK_ADD, values).await?;
    let payload = json!({"request": which.1});
    note(tx, who, moment, Act { action: "send_to_second", about: &[which.0], payload }).await?;
    Ok(())
}

/// Those who decided any of it, or sent it.
pub(super) async fn deciders(conn: &mut Conn, request: Uuid) -> Result<Vec<WorkerId>> {
    let rows: Vec<(Uuid,)> = conn.all(store::DECIDERS, args![request]).await?;
    let mut all: Vec<WorkerId> = rows.into_iter().map(|row| WorkerId(row.0)).collect();
    if let Some(sent) = look(conn, request).await? {
        all.push(sent.sent_by.into());
    }
    Ok(all)
}

/// Agrees to what is to be given, or returns it with words. Never by somebody who decided any of it.
///
/// # Errors
/// [`Oops::Refused`] where nothing was sent or they decided it themselves, [`Oops::Wrong`] where it is returned
/// without a word, and as access says.
pub async fn second_look(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (which, agrees, words): (Which, bool, &str),
) -> Result<()> {
    let by = begin(tx, who, moment, which).await?;
    let sent = look(tx, which.1).await?.filter(|row| row.outcome.is_none());
    let sent = sent.ok_or_else(|| Oops::Refused("It was not sent to be looked at".to_owned()))?;
    if !may_check(&deciders(tx, which.1).await?, by) {
        return Err(Oops::Refused("Somebody looks at it who decided nothing of it".to_owned()));
    }
    let words = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
    if !agrees && words.is_none() {
        return Err(Oops::wrong("words", "Say what should be looked at again"));
    }
    let outcome = if agrees { "agreed" } else { "returned" };
    changed(tx, moment, which.1).await?;
    let values =
        args![moment.id(), which.1, which.0, sent.sent_by, sent.sent_at.0, by, outcome, words, moment.now()];
    tx.run(store::LOOK_ADD, values).await?;
    let payload = json!({"request": which.1, "outcome": outcome});
    note(tx, who, moment, Act { action: "look_second", about: &[which.0], payload }).await?;
    Ok(())
}

/// Whether somebody else agreed to what is to be given, and nothing of it changed since.
pub(super) async fn agreed(conn: &mut Conn, request: Uuid) -> Result<bool> {
    Ok(look(conn, request).await?.is_some_and(|row| row.outcome.as_deref() == Some("agreed")))
}
