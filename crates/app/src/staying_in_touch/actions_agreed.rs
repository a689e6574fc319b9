//! What is agreed or ordered about staying in touch, and each time: arranged, and what became of it.

use super::actions::{Ways, hold};
use super::store;
use crate::access::require;
use crate::entry;
use crate::journal::{Act, note};
use crate::oops::Wrong;
use crate::{Moment, Oops, Result, Who, clock};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::{EntryId, PersonId, WorkerId};
use practice::touch::{Basis, Came, InTheWay, STOPPED_AT_MOST, TouchWay};
use serde_json::json;
use uuid::Uuid;

/// What is agreed or ordered.
#[derive(Clone, Debug)]
pub struct Agree {
    /// The child.
    pub person: PersonId,
    /// With whom.
    pub touch: Uuid,
    /// The agreement and the version that was read; none for a new one.
    pub of: Option<(Uuid, Uuid)>,
    /// On what it rests.
    pub basis: Basis,
    /// How and how often.
    pub ways: Ways,
    /// The arrangement.
    pub words: String,
    /// Why somebody has to be there with them.
    pub supervised_why: Option<String>,
    /// Which court, when, and what it says.
    pub order_words: Option<String>,
    /// The other agrees and may read it.
    pub with_them: bool,
    /// From when.
    pub from: Date,
    /// Until when.
    pub to: Option<Date>,
    /// Why it ends.
    pub ended_why: Option<String>,
}

/// A time: arranged, or what became of it.
#[derive(Clone, Debug)]
pub struct Bring {
    /// The child.
    pub person: PersonId,
    /// With whom.
    pub touch: Uuid,
    /// The time and the version that was read; none for a new one.
    pub of: Option<(Uuid, Uuid)>,
    /// The day.
    pub on: Date,
    /// How.
    pub how: TouchWay,
    /// What became of it.
    pub came: Came,
    /// Where and when, as all of them may read it.
    pub where_when: Option<String>,
    /// How the child was.
    pub child_was: Option<String>,
    /// What a worker writes of it.
    pub words: Option<String>,
    /// What got in the way, and that in words.
    pub in_the_way: (Option<InTheWay>, Option<String>),
    /// The other was told of it.
    pub with_them: bool,
    /// Where it is recorded in full.
    pub entry: Option<EntryId>,
    /// What we promise to do about it, and by when.
    pub promise: Option<(String, Option<Date>)>,
}

/// What is wrong with an agreement, and its words as they are kept.
fn agreed_words(command: &Agree) -> Result<[Option<String>; 4]> {
    let mut wrong = Wrong::default();
    let words = wrong.some("words", Some(&command.words));
    if words.is_none() {
        wrong.say("words", "Say what is agreed");
    }
    let supervised = wrong.some("supervised-why", command.supervised_why.as_deref());
    let order = wrong.some("order-words", command.order_words.as_deref());
    if command.basis.of_court() && order.is_none() {
        wrong.say("order-words", "Say which court made it, when, and what it says");
    }
    let ended_why = wrong.some("ended-why", command.ended_why.as_deref());
    if command.to.is_some_and(|to| to < command.from) {
        wrong.say("to", "Choose a day after it began");
    }
    let last = practice::calendar::add_days(command.from, STOPPED_AT_MOST);
    if command.basis == Basis::Stopped && command.to.is_some_and(|to| to > last) {
        wrong.say("to", "Without an order it may last 7 days at most");
    }
    wrong.done()?;
    Ok([words, supervised, order, ended_why])
}

/// Keeps what is agreed or ordered, or a newer version of it. Gives the agreement.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::Stale`] where somebody changed it since it was read.
pub async fn agree(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Agree) -> Result<Uuid> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    let [words, supervised, order, ended_why] = agreed_words(&command)?;
    hold(tx, command.person, command.touch).await?;
    let id = moment.id();
    let agreed = command.of.map_or(id, |of| of.0);
    if let Some((of, from)) = command.of {
        let over = args![from, moment.now(), of, command.touch];
        tx.run_one(store::OVER_AGREED, over).await?;
    }
    let values = args![
        id,
        agreed,
        command.touch,
        command.person,
        command.basis.code(),
        &command.ways.code(),
        command.ways.often(),
        &words,
        &supervised,
        &order,
        command.with_them,
        command.from,
        command.to,
        &ended_why,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD_AGREED, values).await?;
    clock::refresh(tx, moment, command.person).await?;
    let payload = json!({
        "touch": command.touch, "agreed": agreed, "version": id, "superseded": command.of.map(|of| of.1),
        "basis": command.basis.code(), "from": command.from, "to": command.to, "with_them": command.with_them,
        "words": words.as_deref().map(entry::hash_of), "order": order.as_deref().map(entry::hash_of),
    });
    note(tx, who, moment, Act { action: "agree_touch", about: &[command.person], payload }).await?;
    Ok(agreed)
}

/// What is wrong with a time, and its words as they are kept.
fn look_at(command: &Bring, today: Date) -> Result<[Option<String>; 5]> {
    let mut wrong = Wrong::default();
    if command.came == Came::Arranged && command.on < today {
        wrong.say("on", "It was arranged for a day that is over. Say what became of it");
    }
    if command.came != Came::Arranged && command.on > today {
        wrong.say("on", "Choose today or a day before");
    }
    let kept = [
        wrong.some("where-when", command.where_when.as_deref()),
        wrong.some("child-was", command.child_was.as_deref()),
        wrong.some("words", command.words.as_deref()),
        wrong.some("in-the-way-words", command.in_the_way.1.as_deref()),
        wrong.some("promise", command.promise.as_ref().map(|one| one.0.as_str())),
    ];
    if command.in_the_way.0 == Some(InTheWay::Other) && kept[3].is_none() {
        wrong.say("in-the-way-words", "Say what got in the way");
    }
    wrong.done()?;
    Ok(kept)
}

/// Lets go of the version that was read, and gives the promise that was made in it.
async fn promised_so_far(tx: &mut Tx, moment: &Moment, command: &Bring) -> Result<Option<Uuid>> {
    let Some((of, from)) = command.of else { return Ok(None) };
    let held = super::touches(tx, command.person, None).await?;
    let held = held.iter().flat_map(|one| &one.times).find(|one| one.id == from);
    let promise = held.and_then(|one| one.promise.as_ref()).map(|one| one.0);
    let over = args![from, moment.now(), of, command.touch];
    tx.run_one(store::OVER_TIME, over).await?;
    Ok(promise)
}

/// Makes the promise of what is done about what got in the way.
async fn promise_made(
    tx: &mut Tx,
    moment: &mut Moment,
    command: &Bring,
    (worker, what): (WorkerId, &str),
) -> Result<Uuid> {
    let (id, made) = (moment.id(), moment.id());
    let due = command.promise.as_ref().and_then(|one| one.1);
    tx.run(store::ADD_PROMISE, args![id, made, command.person, what, worker, due, moment.now()]).await?;
    Ok(made)
}

/// Keeps a time: that it is arranged, or what became of it. What we promise to do about what got in the way is followed up
/// like every promise. Gives the time.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::Stale`] where somebody changed it since it was read.
pub async fn bring(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Bring) -> Result<Uuid> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    let [where_when, child_was, words, way, promised] = look_at(&command, moment.today())?;
    if let Some(entry) = command.entry {
        let there = entry::in_few_words(tx, who, moment.now(), &[entry]).await?;
        if !there.contains_key(&entry) {
            return Err(Oops::wrong("entry", "That entry is not there any more. Choose again"));
        }
    }
    hold(tx, command.person, command.touch).await?;
    let id = moment.id();
    let time = command.of.map_or(id, |of| of.0);
    let promise = promised_so_far(tx, moment, &command).await?;
    let promise = match (promised, who.worker()) {
        (Some(what), Some(worker)) => Some(promise_made(tx, moment, &command, (worker, &what)).await?),
        _ => promise,
    };
    let values = args![
        id,
        time,
        command.touch,
        command.person,
        command.on,
        command.how.code(),
        command.came.code(),
        &where_when,
        &child_was,
        &words,
        command.in_the_way.0.map(InTheWay::code),
        &way,
        command.with_them,
        command.entry.map(|one| one.0),
        promise,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD_TIME, values).await?;
    let hashed = |words: &Option<String>| words.as_deref().map(entry::hash_of);
    let payload = json!({
        "touch": command.touch, "time": time, "version": id, "superseded": command.of.map(|of| of.1),
        "on": command.on, "came": command.came.code(), "in_the_way": command.in_the_way.0.map(InTheWay::code),
        "entry": command.entry, "promise": promise, "child_was": hashed(&child_was), "words": hashed(&words),
    });
    note(tx, who, moment, Act { action: "keep_time", about: &[command.person], payload }).await?;
    Ok(time)
}
