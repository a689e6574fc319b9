//! Deciding that a worker may hold more than they can, and looking at that again.

use super::read::{self, decided_for, name_of, who_can_decide};
use super::store::{self, DecisionRow};
use crate::access::{self, Reach};
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::oops::Wrong;
use crate::{Moment, Oops, Result, Who, entry};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::{PersonId, WorkerId};
use practice::limit::{Decider, Refusal, may_decide};
use serde_json::json;
use uuid::Uuid;

/// A manager decides that a worker holds more than they can.
#[derive(Clone, Debug)]
pub struct Decide {
    /// Whose load.
    pub worker: WorkerId,
    /// For whom.
    pub person: PersonId,
    /// Why.
    pub reason: String,
    /// When it is looked at again.
    pub look_on: Date,
}

/// A manager looks at such a decision again.
#[derive(Clone, Debug)]
pub struct LookBack {
    /// Which.
    pub decision: Uuid,
    /// As it was read.
    pub version: Uuid,
    /// What they say to it.
    pub words: String,
    /// Until when it stands on; none where it is over.
    pub until: Option<Date>,
}

/// What whoever is asking is to a worker.
pub(super) async fn decider(
    conn: &mut Conn,
    who: &Who,
    moment: &Moment,
    worker: WorkerId,
) -> Result<Decider> {
    let reach = Reach::of(conn, who, moment.now()).await?;
    let teams: Vec<(Uuid,)> = conn.all(store::TEAMS_OF, args![worker, moment.today()]).await?;
    let leads = teams.iter().any(|team| reach.leads_or_covers(team.0.into()));
    Ok(Decider { leads, own: who.worker() == Some(worker) })
}

async fn refused(conn: &mut Conn, refusal: Refusal, worker: WorkerId, today: Date) -> Result<Oops> {
    Ok(match refusal {
        Refusal::NoReason => Oops::wrong("over-why", &refusal.to_string()),
        Refusal::Day(_) => Oops::wrong("look", &refusal.to_string()),
        Refusal::NotALead | Refusal::OwnLoad => {
            let deciders = who_can_decide(conn, worker, today).await?;
            Oops::wrong("over-why", &format!("{refusal}: {deciders}"))
        }
    })
}

/// Decides that a worker may hold somebody although it is more than they can hold. The worker is told, and whoever leads the
/// service sees it. It changes nobody's worker.
///
/// # Errors
/// [`Oops::NotFound`] where they may not know of the person; [`Oops::Wrong`] says who can decide, or what is missing;
/// [`Oops::Refused`] where there is room, or it is decided already.
pub async fn decide_over_limit(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Decide) -> Result<Uuid> {
    let (worker, person, today) = (command.worker, command.person, moment.today());
    let Some(by) = who.worker() else { return Err(Oops::NotAllowed(Refusal::NotALead.to_string())) };
    let known = access::decide(tx, who, moment.now(), person, Sight::Exists).await?;
    if !known.is_some_and(|decision| decision.is_allowed()) {
        return Err(Oops::NotFound);
    }
    let name = name_of(tx, worker).await?;
    tx.run(crate::allocation::store::LOCK, args![person]).await?;
    let decider = decider(tx, who, moment, worker).await?;
    let limit = read::limit(today)?;
    if let Err(refusal) = may_decide(decider, &command.reason, command.look_on, (limit, today)) {
        return Err(refused(tx, refusal, worker, today).await?);
    }
    let mut wrong = Wrong::default();
    let reason = wrong.needed("over-why", &command.reason, &Refusal::NoReason.to_string());
    wrong.done()?;
    if decided_for(tx, worker, person).await?.is_some() {
        return Err(Oops::Refused(format!("It is decided already that {name} may")));
    }
    let over = read::over_of(tx, (worker, person), today).await?;
    let over = over.ok_or_else(|| Oops::Refused(format!("{name} has room: nobody has to decide this")))?;
    let id = moment.id();
    let (words, looker): (Option<String>, Option<Uuid>) = (None, None);
    let values = args![
        id,
        id,
        worker,
        person,
        over.whose.code(),
        i64::from(over.load.points.0),
        i64::from(over.load.limit.0),
        &reason,
        by,
        today,
        command.look_on,
        words,
        looker,
        None::<Date>,
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    let payload = json!({
        "decision": id, "worker": worker, "whose": over.whose.code(), "points": over.load.points.0,
        "limit": over.load.limit.0, "look_on": command.look_on, "reason": entry::hash_of(&reason),
    });
    note(tx, who, moment, Act { action: "decide_over_limit", about: &[person], payload }).await?;
    let words = "Whoever leads you decided that you may hold more than your limit for a time, and why. It is no mark against you.";
    notice::tell(tx, moment, worker, Notice { kind: "over-limit", words, link: Some("/over-limit") }).await?;
    Ok(id)
}

/// Looks at a decision again: it stands on until another day, or is over.
///
/// # Errors
/// [`Oops::NotFound`] for whoever does not lead the worker; [`Oops::Wrong`] names the field; [`Oops::Stale`] where somebody
/// looked at it meanwhile.
pub async fn look_again(tx: &mut Tx, who: &Who, moment: &mut Moment, command: LookBack) -> Result<()> {
    let row: Option<DecisionRow> = tx.maybe(store::ONE, args![command.decision]).await?;
    let held = read::read(row.ok_or(Oops::NotFound)?)?;
    let (worker, today) = (held.worker.0, moment.today());
    let by = who.worker().ok_or(Oops::NotFound)?;
    let decider = decider(tx, who, moment, worker).await?;
    if !decider.leads || decider.own {
        return Err(Oops::NotFound);
    }
    tx.run(crate::allocation::store::LOCK, args![held.person]).await?;
    if held.ended_on.is_some() || held.version != command.version {
        return Err(Oops::Stale);
    }
    let mut wrong = Wrong::default();
    let words = wrong.some("look-words", Some(&command.words));
    if let Some(until) = command.until {
        if words.is_none() {
            wrong.say("look-words", "Say why it stands on. The worker and the head of service read it");
        } else if let Err(refusal) = may_decide(decider, "it stands on", until, (read::limit(today)?, today))
        {
            wrong.say("until", &refusal.to_string());
        }
    }
    wrong.done()?;
    tx.run_one(store::OVER, args![held.version, moment.now()]).await?;
    let ended = command.until.is_none().then_some(today);
    let said = words.clone().or_else(|| ended.map(|_| "Looked at again".to_owned()));
    let values = args![
        moment.id(),
        held.id,
        worker,
        held.person,
        held.whose.code(),
        i64::from(held.load.points.0),
        i64::from(held.load.limit.0),
        &held.reason,
        held.by.0,
        held.on,
        command.until.unwrap_or(held.look_on),
        said,
        by,
        ended,
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    let payload = json!({
        "decision": held.id, "until": command.until, "words": words.as_deref().map(entry::hash_of),
    });
    note(tx, who, moment, Act { action: "look_at_over_limit", about: &[held.person], payload }).await?;
    Ok(())
}
