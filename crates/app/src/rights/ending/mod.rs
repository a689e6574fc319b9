//! Disposal: proposed by one worker, confirmed by another, once a record's time has come and no hold stands. What was
//! anybody's words is gone; that there was a record, and who let it go, stays.

mod erase;
mod finish;
mod pages;
mod said;
mod shared;
pub(crate) mod store;
mod words;

pub use erase::Erased;
pub use finish::finish;
pub(super) use pages::{certificate, send, show};

use super::keeping::kept;
use super::store as rights_store;
use crate::journal::{Act, DISPOSES, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, Tx, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::{Action, Sight};
use practice::id::{PersonId, WorkerId};
use practice::retention::{Until, may_confirm, may_dispose};
use serde_json::json;
use store::{ProposalRow, TombstoneRow};
use uuid::Uuid;

/// A disposal that waits for somebody else to confirm it.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Which.
    pub id: Uuid,
    /// Whose record.
    pub person: PersonId,
    /// Why, beside that its time has come.
    pub reason: String,
    /// Until when it was kept.
    pub kept_until: Date,
    /// Who proposed it.
    pub by: (WorkerId, String),
    /// When.
    pub at: Timestamp,
}

/// What is left of a record.
#[derive(Clone, Debug)]
pub struct Tombstone {
    /// Which.
    pub id: Uuid,
    /// The council's number of the person, so that whoever asks after it learns that the record is gone.
    pub council_id: Option<String>,
    /// Which rule it was kept by.
    pub ground: String,
    /// Until when.
    pub kept_until: Date,
    /// Who proposed it, and when.
    pub proposed: (String, Timestamp),
    /// Who confirmed it, and when it was done.
    pub confirmed: (String, Timestamp),
    /// How much of what was erased.
    pub erased: Erased,
}

fn proposal_of(row: ProposalRow) -> Proposal {
    Proposal {
        id: row.id,
        person: row.person_id.into(),
        reason: row.reason,
        kept_until: row.kept_until.0,
        by: (row.proposed_by.into(), row.proposer),
        at: row.recorded_at.0,
    }
}

/// The disposal of a record that waits, if one does.
///
/// # Errors
/// Where the database refuses.
pub async fn proposal(conn: &mut Conn, person: PersonId) -> Result<Option<Proposal>> {
    Ok(conn.maybe::<ProposalRow>(store::PROPOSAL, args![person]).await?.map(proposal_of))
}

/// Every disposal that waits, the oldest first.
///
/// # Errors
/// Where the database refuses.
pub async fn proposals(conn: &mut Conn) -> Result<Vec<Proposal>> {
    let rows: Vec<ProposalRow> = conn.all(store::PROPOSALS, args![]).await?;
    Ok(rows.into_iter().map(proposal_of).collect())
}

fn tombstone_of(row: TombstoneRow) -> Result<Tombstone> {
    Ok(Tombstone {
        id: row.id,
        council_id: row.council_id,
        ground: row.ground,
        kept_until: row.kept_until.0,
        proposed: (row.proposer, row.proposed_at.0),
        confirmed: (row.confirmer, row.disposed_at.0),
        erased: serde_json::from_str(&row.erased)?,
    })
}

/// What is left of one record.
///
/// # Errors
/// Where the database refuses.
pub async fn tombstone(conn: &mut Conn, id: Uuid) -> Result<Option<Tombstone>> {
    conn.maybe::<TombstoneRow>(store::TOMBSTONE_ONE, args![id]).await?.map(tombstone_of).transpose()
}

/// The latest records that were disposed of.
///
/// # Errors
/// Where the database refuses.
pub async fn tombstones(conn: &mut Conn) -> Result<Vec<Tombstone>> {
    let rows: Vec<TombstoneRow> = conn.all(store::TOMBSTONES, args![]).await?;
    rows.into_iter().map(tombstone_of).collect()
}

/// Lets on whoever may dispose of this record, and says who they are.
pub(super) async fn require(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    person: PersonId,
) -> Result<WorkerId> {
    access::require(conn, who, now, person, Sight::Rights).await?;
    access::permit(who, Action::DisposeRecords)?;
    // a program is nobody: two people answer for it
    who.worker().ok_or_else(|| Oops::Refused("Two people dispose of a record, each signed in".to_owned()))
}

/// The day until which it was kept, where its time has come, and by which rule.
async fn ripe(conn: &mut Conn, person: PersonId, today: Date) -> Result<(Date, String)> {
    let kept = kept(conn, person, today).await?;
    may_dispose(&kept, today).map_err(|refusal| Oops::Refused(refusal.to_string()))?;
    let ground = kept.reasons.first().map(|reason| format!("{} ({})", reason.words, reason.rule));
    match kept.until {
        Until::Day(day) => Ok((day, ground.unwrap_or_default())),
        Until::Open(why) => Err(Oops::Refused(why)),
    }
}

/// Proposes to dispose of a record.
///
/// # Errors
/// [`Oops::Refused`] where its time has not come or a hold stands, [`Oops::Wrong`] without a reason, and as access
/// says.
pub async fn propose(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, reason): (PersonId, &str),
) -> Result<Uuid> {
    let by = require(tx, who, moment.now(), person).await?;
    tx.run(rights_store::LOCK, args![person]).await?;
    let (until, _) = ripe(tx, person, moment.today()).await?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Oops::wrong(
            "reason",
            "Say what you looked at: nobody needs it any more, nobody asked for it",
        ));
    }
    if proposal(tx, person).await?.is_some() {
        return Err(Oops::Refused("It is proposed already, and waits for somebody else".to_owned()));
    }
    let id = moment.id();
    tx.run(store::PROPOSE, args![id, person, reason, until, by, moment.now()]).await?;
    let payload = json!({"disposal": id, "kept_until": until, "reason": reason});
    note(tx, who, moment, Act { action: "propose_disposal", about: &[person], payload }).await?;
    Ok(id)
}

/// Takes a proposal back, by either of the two.
///
/// # Errors
/// [`Oops::NotFound`] where none waits, and as access says.
pub async fn withdraw(tx: &mut Tx, who: &Who, moment: &mut Moment, person: PersonId) -> Result<()> {
    require(tx, who, moment.now(), person).await?;
    let waits = proposal(tx, person).await?.ok_or(Oops::NotFound)?;
    tx.run(store::WITHDRAW, args![waits.id, moment.now()]).await?;
    let payload = json!({"disposal": waits.id});
    note(tx, who, moment, Act { action: "withdraw_disposal", about: &[person], payload }).await?;
    Ok(())
}

/// What would be erased: the erasing itself, in a transaction that is given up.
///
/// # Errors
/// As [`confirm`].
pub async fn preview(tx: &mut Tx, moment: &mut Moment, person: PersonId) -> Result<Erased> {
    erase::erase(tx, moment, (person, false)).await
}

/// Confirms what somebody else proposed, and does it. [`finish`] is to follow once it is committed: it takes the files
/// off the disk and leaves nothing behind in the database's own files.
///
/// # Errors
/// [`Oops::Refused`] where nothing was proposed, the same worker proposed it, its time has not come or a hold stands;
/// and as access says.
pub async fn confirm(tx: &mut Tx, who: &Who, moment: &mut Moment, person: PersonId) -> Result<Uuid> {
    let by = require(tx, who, moment.now(), person).await?;
    tx.run(rights_store::LOCK, args![person]).await?;
    let waits = proposal(tx, person).await?;
    let waits = waits.ok_or_else(|| Oops::Refused("Nobody has proposed this".to_owned()))?;
    may_confirm(waits.by.0, by).map_err(|refusal| Oops::Refused(refusal.to_string()))?;
    let (until, ground) = ripe(tx, person, moment.today()).await?;
    let number: Option<(String,)> = tx.maybe(rights_store::COUNCIL_ID, args![person]).await?;
    let number = number.map(|row| row.0);
    let erased = erase::erase(tx, moment, (person, true)).await?;
    tx.run(store::ERASING, args![finish::DATABASE, moment.now()]).await?;
    let id = moment.id();
    let told = serde_json::to_string(&erased)?;
    let values = args![id, number, &ground, until, waits.by.0, waits.at, by, moment.now(), told];
    tx.run(store::TOMBSTONE, values).await?;
    let payload = json!({"tombstone": id, "ground": ground, "kept_until": until, "proposed_by": waits.by.0,
        "erased": erased.counts});
    note(tx, who, moment, Act { action: DISPOSES, about: &[person], payload }).await?;
    Ok(id)
}
