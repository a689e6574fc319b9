//! How much of a whole week somebody works, by date: what they can hold follows it, and the week they agreed.

use super::store::{self, WorkerRow};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, Day, Tx, args};
use jiff::civil::Date;
use practice::access::Action;
use practice::id::WorkerId;
use practice::load::WHOLE_WEEK;
use serde_json::json;
use uuid::Uuid;

/// How much of a whole week somebody works, from a day on.
#[derive(Clone, Copy, Debug)]
pub struct SetShare {
    /// Who.
    pub worker: WorkerId,
    /// So many in a hundred.
    pub percent: u32,
    /// From which day.
    pub from: Date,
}

/// How much of a whole week somebody works and worked, the latest first: so many in a hundred, from and to.
///
/// # Errors
/// Where the database refuses.
pub async fn shares(conn: &mut Conn, worker: WorkerId) -> Result<Vec<(u32, Date, Option<Date>)>> {
    let rows: Vec<(Uuid, i64, Day, Option<Day>)> = conn.all(store::SHARES, args![worker]).await?;
    let share = |row: (Uuid, i64, Day, Option<Day>)| {
        (u32::try_from(row.1).unwrap_or(WHOLE_WEEK), row.2.0, row.3.map(|day| day.0))
    };
    Ok(rows.into_iter().map(share).collect())
}

/// Says how much of a whole week somebody works, from a day on. What held before that day stays known.
///
/// # Errors
/// [`Oops::Wrong`] names the field.
pub async fn set_share(tx: &mut Tx, who: &Who, moment: &mut Moment, command: SetShare) -> Result<()> {
    access::permit(who, Action::CreateWorker)?;
    let row: Option<WorkerRow> = tx.maybe(store::WORKER, args![command.worker]).await?;
    let row = row.ok_or_else(|| Oops::wrong("worker", "There is no such worker"))?;
    if command.percent == 0 || command.percent > WHOLE_WEEK {
        return Err(Oops::wrong(
            "percent",
            "Write a number from 1 to 100: 100 is a whole week, 60 is three days of five",
        ));
    }
    if command.from < row.from_date.0 {
        return Err(Oops::wrong(
            "share-from",
            &format!("{} began on {}", row.name, super::day(row.from_date.0)),
        ));
    }
    tx.run(store::TOUCH_WORKER, args![command.worker]).await?;
    let author = who.worker().map(|worker| worker.0);
    let held: Vec<(Uuid, i64, Day, Option<Day>)> = tx.all(store::SHARES, args![command.worker]).await?;
    for (id, percent, from, to) in held {
        if to.is_some_and(|to| to.0 < command.from) {
            continue;
        }
        tx.run_one(store::SHARE_OVER, args![id, moment.now()]).await?;
        if let Some(last) = command.from.yesterday().ok().filter(|last| *last >= from.0) {
            let values = args![moment.id(), command.worker, percent, from, Some(last), author, moment.now()];
            tx.run(store::ADD_SHARE, values).await?;
        }
    }
    let (id, to): (Uuid, Option<Date>) = (moment.id(), None);
    let percent = i64::from(command.percent);
    tx.run(store::ADD_SHARE, args![id, command.worker, percent, command.from, to, author, moment.now()])
        .await?;
    let payload = json!({ "share": id, "worker": command.worker, "percent": percent, "from": command.from });
    note(tx, who, moment, Act { action: "set_share_of_week", about: &[], payload }).await?;
    Ok(())
}
