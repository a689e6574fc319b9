//! Answering a check-in for oneself, and writing down what went wrong, an apology and what was agreed.

use super::read::{Between, Repair, between};
use super::store;
use crate::access::require;
use crate::entry::hash_of;
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::oops::Wrong;
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::{Reader, Sight};
use practice::check_in::{Says, Side};
use practice::id::{PersonId, WorkerId};
use serde_json::json;
use uuid::Uuid;

/// What somebody answers for themselves.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What they say to each question, in the order of [`practice::check_in::Asked::ALL`].
    pub says: [Says; 3],
    /// Their own words.
    pub words: Option<String>,
    /// The person chooses that their worker reads it now.
    pub show: bool,
}

/// What is made good.
#[derive(Clone, Debug)]
pub enum MakeGood {
    /// What went wrong, an apology, what was agreed.
    Write {
        /// What went wrong.
        went_wrong: String,
        /// An apology.
        apology: Option<String>,
        /// What was agreed.
        agreed: Option<String>,
    },
    /// What was agreed is done.
    Done(Uuid),
}

/// The two, and which of them acts: a person in their own space, or a worker who may open their record.
async fn two(
    tx: &mut Tx,
    who: &Who,
    moment: &Moment,
    (person, worker): (PersonId, WorkerId),
) -> Result<(Between, Side)> {
    let side = match who.reader {
        Reader::Person(me) if me == person => Side::Person,
        Reader::Staff(_) if who.worker() == Some(worker) => {
            require(tx, who, moment.now(), person, Sight::Open).await?;
            Side::Worker
        }
        Reader::Person(_) | Reader::Nobody | Reader::Staff(_) => return Err(Oops::NotFound),
    };
    Ok((between(tx, (person, worker, side), moment.today()).await?, side))
}

/// Answers a check-in for oneself: the one that is under way, or a new one. Until the other has answered it can be answered anew.
///
/// # Errors
/// [`Oops::NotFound`] for anybody but the two while they work together; [`Oops::Wrong`] for too many words.
pub async fn answer(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (pair, answer): ((PersonId, WorkerId), Answer),
) -> Result<Uuid> {
    let (held, side) = two(tx, who, moment, pair).await?;
    let (person, worker) = pair;
    let mut wrong = Wrong::default();
    let words = wrong.some("words", answer.words.as_deref());
    wrong.done()?;
    let open = held.all.first().filter(|one| !one.side_by_side());
    let round = open.map_or_else(|| moment.id(), |one| one.id);
    if let Some(before) = open.and_then(|one| one.own.as_ref()) {
        tx.run_one(store::OVER, args![before.version, moment.now()]).await?;
    }
    let [committed, sincere, listening] = answer.says.map(Says::code);
    let shown = side == Side::Person && answer.show;
    let values = args![
        moment.id(),
        round,
        person,
        worker,
        side.code(),
        committed,
        sincere,
        listening,
        words.clone(),
        shown,
        moment.today(),
        moment.now()
    ];
    tx.run(store::ANSWER, values).await?;
    // the journal says that somebody answered, and not what
    let payload = json!({"check_in": round, "side": side.code(), "words": words.as_deref().map(hash_of)});
    note(tx, who, moment, Act { action: "answer_check_in", about: &[person], payload }).await?;
    if side == Side::Person {
        let link = format!("/person/{person}/check-in");
        let words = "Somebody said how it is between you. Say how it is for you";
        notice::tell(tx, moment, worker, Notice { kind: "check-in", words, link: Some(&link) }).await?;
    }
    Ok(round)
}

async fn put(
    tx: &mut Tx,
    moment: &mut Moment,
    (round, (person, worker)): (Uuid, (PersonId, WorkerId)),
    repair: &Repair,
) -> Result<()> {
    let values = args![
        moment.id(),
        repair.id,
        round,
        person,
        worker,
        repair.side.code(),
        repair.went_wrong.clone(),
        repair.apology.clone(),
        repair.agreed.clone(),
        repair.on,
        repair.done_on,
        moment.now()
    ];
    tx.run(store::REPAIR, values).await?;
    Ok(())
}

/// What was made good, with its check-in.
fn find(held: &Between, id: Uuid) -> Option<(Uuid, Repair)> {
    for one in &held.all {
        if let Some(found) = one.repairs.iter().find(|repair| repair.id == id) {
            return Some((one.id, found.clone()));
        }
    }
    None
}

/// Writes down what went wrong, an apology and what was agreed, or that it is done. Both read it, and nobody who leads does.
///
/// # Errors
/// [`Oops::NotFound`] for anybody but the two; [`Oops::Refused`] before both have answered; [`Oops::Wrong`] without words.
pub async fn make_good(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (pair, what): ((PersonId, WorkerId), MakeGood),
) -> Result<()> {
    let (held, side) = two(tx, who, moment, pair).await?;
    let last = held.all.iter().find(|one| one.side_by_side());
    let last =
        last.ok_or_else(|| Oops::Refused("Both answer first. Then this can be written down".to_owned()))?;
    let today: Date = moment.today();
    let (round, repair) = match what {
        MakeGood::Write { went_wrong, apology, agreed } => {
            let mut wrong = Wrong::default();
            let repair = Repair {
                id: moment.id(),
                went_wrong: wrong.needed("went-wrong", &went_wrong, "Say what went wrong"),
                apology: wrong.some("apology", apology.as_deref()),
                agreed: wrong.some("agreed", agreed.as_deref()),
                side,
                on: today,
                done_on: None,
                version: Uuid::nil(),
            };
            wrong.done()?;
            (last.id, repair)
        }
        MakeGood::Done(id) => {
            let (round, found) = find(&held, id).ok_or(Oops::NotFound)?;
            tx.run_one(store::REPAIR_OVER, args![found.version, moment.now()]).await?;
            (round, Repair { done_on: Some(today), ..found })
        }
    };
    put(tx, moment, (round, pair), &repair).await?;
    let payload = json!({"check_in": round, "repair": repair.id, "done": repair.done_on});
    note(tx, who, moment, Act { action: "make_good", about: &[pair.0], payload }).await?;
    Ok(())
}
