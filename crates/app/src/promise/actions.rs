//! Saying what became of a promise. It is kept as a newer version; the older stays in the record.

use super::store::{self, NowRow};
use crate::journal::{self, Act};
use crate::{Moment, Oops, Result, Who, access, entry};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::{Sight, may_answer_promise};
use practice::entry::PromiseState;
use practice::id::{PersonId, PromiseId, WorkerId};
use serde_json::json;

/// What became of a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which.
    pub promise: PromiseId,
    /// Kept, not kept, no longer needed; or open again, where that was said in error.
    pub state: PromiseState,
    /// The day of it.
    pub on: Date,
    /// What happened, needed when it was not kept or is no longer needed.
    pub outcome: String,
}

/// Says what became of a promise.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`] as access says, [`Oops::Wrong`] where something is missing,
/// [`Oops::Stale`] where someone else said so at the same moment.
pub async fn answer_promise(tx: &mut Tx, who: &Who, moment: &mut Moment, answer: Answer) -> Result<()> {
    let row: NowRow = tx.maybe(store::NOW, args![answer.promise]).await?.ok_or(Oops::NotFound)?;
    let person: PersonId = row.person_id.into();
    if !who.program {
        entry::promise_now(tx, who, moment.now(), answer.promise).await?.ok_or(Oops::NotFound)?;
    }
    let tied = access::decide(tx, who, moment.now(), person, Sight::Record).await?;
    let maker = row.by_worker.map(WorkerId);
    access::let_on(tied.map(|tied| may_answer_promise(&who.reader, maker, tied)))?;
    let outcome = answer.outcome.trim();
    let mut wrong = vec![];
    if outcome.is_empty() && matches!(answer.state, PromiseState::NotKept | PromiseState::Dropped) {
        wrong.push(("outcome".to_owned(), "Say what happened".to_owned()));
    }
    if answer.on > moment.today() {
        wrong.push(("on".to_owned(), "Choose today or a day before".to_owned()));
    }
    if !wrong.is_empty() {
        return Err(Oops::Wrong(wrong));
    }
    if row.state == answer.state.code() {
        return Err(Oops::Refused(format!(
            "This stands as \u{201c}{}\u{201d} already",
            answer.state.plain()
        )));
    }
    let ended = (answer.state != PromiseState::Open).then_some(answer.on);
    tx.run_one(store::SUPERSEDE, args![row.id, moment.now()]).await?;
    let id = moment.id();
    let words = (!outcome.is_empty()).then_some(outcome);
    let values = args![
        id,
        row.promise_id,
        row.entry_id,
        row.person_id,
        row.what,
        row.by_worker,
        row.by_person,
        row.by_words,
        row.due_on.map(|day| day.0),
        answer.state.code(),
        ended,
        words,
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    let about: Vec<PersonId> = std::iter::once(person).chain(row.by_person.map(Into::into)).collect();
    let payload = json!({"promise": answer.promise, "version": id, "state": answer.state.code(), "ended_on": ended, "outcome": words.map(entry::hash_of)});
    journal::note(tx, who, moment, Act { action: "answer_promise", about: &about, payload }).await?;
    Ok(())
}
