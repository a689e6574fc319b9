//! Bank holidays given or moved by proclamation since this program was made: every clock follows at once.

use super::store;
use crate::journal::{Act, note};
use crate::{App, Moment, Oops, Result, Who, access, clock};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Action;
use practice::calendar::Change;
use serde_json::json;

/// A bank holiday given or taken away.
#[derive(Clone, Debug)]
pub struct SetHoliday {
    /// The day.
    pub day: Date,
    /// Given or taken away.
    pub change: Change,
    /// What it is called.
    pub name: String,
}

/// Gives a bank holiday or takes one away, and works everyone's clocks out anew. Says for how many people
/// something changed.
///
/// # Errors
/// [`Oops::Wrong`] names the field.
pub async fn set_holiday(tx: &mut Tx, who: &Who, moment: &mut Moment, command: SetHoliday) -> Result<usize> {
    access::permit(who, Action::LoadCalendar)?;
    let name = command.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Oops::wrong("name", "Say what the day is called, such as State Funeral"));
    }
    let change = match command.change {
        Change::Add => "add",
        Change::Remove => "remove",
    };
    let known = clock::calendar(tx).await?.holiday(command.day);
    match (command.change, known) {
        (Change::Remove, None) => {
            return Err(Oops::wrong("day", "This day is no bank holiday, so it cannot be taken away"));
        }
        (Change::Add, Some(name)) => {
            return Err(Oops::wrong("day", &format!("This day is a bank holiday already: {name}")));
        }
        _ => {}
    }
    tx.run(store::SET_HOLIDAY, args![command.day, change, &name, moment.now()]).await?;
    let payload = json!({"day": command.day, "change": change, "name": name});
    note(tx, who, moment, Act { action: "set_holiday", about: &[], payload }).await?;
    follow(tx, moment).await
}

/// Takes a council's own line about a day back: the built-in calendar stands again.
///
/// # Errors
/// [`Oops::NotFound`] where there is no such line.
pub async fn remove_holiday(tx: &mut Tx, who: &Who, moment: &mut Moment, day: Date) -> Result<usize> {
    access::permit(who, Action::LoadCalendar)?;
    if tx.run(store::REMOVE_HOLIDAY, args![day]).await? != 1 {
        return Err(Oops::wrong("day", "Nothing was set for this day"));
    }
    note(tx, who, moment, Act { action: "remove_holiday", about: &[], payload: json!({"day": day}) }).await?;
    follow(tx, moment).await
}

async fn follow(tx: &mut Tx, moment: &mut Moment) -> Result<usize> {
    Ok(clock::refresh_all(tx, moment).await?.changed)
}

/// Puts the council's calendar in place in this program: at start, and after a change.
///
/// # Errors
/// Where the database refuses.
pub async fn load_calendar(app: &App) -> Result<()> {
    let mut conn = app.db.read().await?;
    let calendar = clock::calendar(&mut conn).await?;
    app.set_calendar(calendar);
    Ok(())
}
