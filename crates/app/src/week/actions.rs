//! Putting right how long writing something down took, or striking it. Only the writer does.

use super::store::{self, WhoseRow};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use practice::calendar::london_day;
use practice::id::EntryId;
use practice::week::MOST_MINUTES;
use serde_json::json;

/// What a worker says of the minutes that one entry took them to write.
#[derive(Clone, Copy, Debug)]
pub struct SetTime {
    /// The entry, written by them.
    pub entry: EntryId,
    /// The minutes; none to strike them.
    pub minutes: Option<u32>,
}

/// Sets or strikes the minutes of recording of one's own entry. They stay on the day they were counted on, or go to
/// the day the entry was filed.
///
/// # Errors
/// [`Oops::NotFound`] for anyone but its writer; [`Oops::Wrong`] where it is longer than a day.
pub async fn set_time(tx: &mut Tx, who: &Who, moment: &mut Moment, command: SetTime) -> Result<()> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let row: Option<WhoseRow> = tx.maybe(store::WHOSE, args![command.entry, worker]).await?;
    let row = row.filter(|row| row.author_id == Some(worker.0)).ok_or(Oops::NotFound)?;
    if command.minutes.is_some_and(|minutes| minutes > MOST_MINUTES) {
        return Err(Oops::wrong("minutes", "That is longer than a day"));
    }
    let day = row.on_date.map_or_else(|| london_day(row.recorded_at.0), |day| day.0);
    let how = if command.minutes.is_some() { "said" } else { "struck" };
    tx.run(store::SUPERSEDE, args![command.entry, worker, moment.now()]).await?;
    let minutes = i64::from(command.minutes.unwrap_or(0));
    let values = args![moment.id(), command.entry, worker, minutes, how, day, moment.now()];
    tx.run(store::ADD, values).await?;
    // how long it took is between the worker and their week: the journal says that it was set, and keeps the proof
    let payload = json!({ "entry": command.entry, "how": how });
    note(tx, who, moment, Act { action: "set_recording_time", about: &[], payload }).await?;
    Ok(())
}
