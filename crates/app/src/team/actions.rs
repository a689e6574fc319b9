//! Setting how many people a column of a team's board may hold.

use super::store::{self, LimitRow};
use crate::access::Reach;
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Action;
use practice::calendar::add_days;
use practice::flow::Place;
use practice::id::TeamId;
use serde_json::json;

/// The most letters of a reason.
const LONGEST: usize = 500;
/// More than this no team holds.
const MOST: u32 = 9_999;
/// Further ahead is a slip of the pen.
const FURTHEST: i32 = 366;

/// How many people a column may hold from a day on. It stops nobody: whoever is over it is shown to be, so that it is talked
/// about.
#[derive(Clone, Debug)]
pub struct SetLimit {
    /// Of which team.
    pub team: TeamId,
    /// Of which column.
    pub place: Place,
    /// How many; none for no limit any more.
    pub most: Option<u32>,
    /// From which day.
    pub from: Date,
    /// Why so many.
    pub reason: String,
}

/// The reason of a limit, where all that was said can be.
fn checked(command: &SetLimit, today: Date) -> Result<&str> {
    let why = command.reason.trim();
    if why.is_empty() {
        return Err(Oops::wrong("reason", "Say in a sentence why"));
    }
    if why.chars().count() > LONGEST {
        return Err(Oops::wrong("reason", &format!("Say it in at most {LONGEST} letters")));
    }
    if command.most.is_some_and(|most| most == 0 || most > MOST) {
        return Err(Oops::wrong("most", &format!("Between 1 and {MOST}, or nothing for no limit")));
    }
    if command.from > add_days(today, FURTHEST) {
        return Err(Oops::wrong("from", "That is more than a year ahead"));
    }
    Ok(why)
}

/// Sets a limit from a day on, or ends it. One set before for that day or later makes room for it.
///
/// # Errors
/// [`Oops::NotAllowed`] for whoever does not lead the team; [`Oops::Wrong`] names the field.
pub async fn set_limit(tx: &mut Tx, who: &Who, moment: &mut Moment, command: SetLimit) -> Result<()> {
    access::permit(who, Action::SeeTeam)?;
    let reach = Reach::of(tx, who, moment.now()).await?;
    if !reach.leads_or_covers(command.team) {
        return Err(Oops::NotAllowed("Whoever leads the team sets its limits".to_owned()));
    }
    let why = checked(&command, moment.today())?;
    let place = command.place.code();
    let rows: Vec<LimitRow> = tx.all(store::LIMITS, args![command.team]).await?;
    let open = |row: &&LimitRow| row.place == place && row.to_date.is_none_or(|to| to.0 >= command.from);
    let before: Vec<&LimitRow> = rows.iter().filter(open).collect();
    if before.is_empty() && command.most.is_none() {
        return Err(Oops::wrong("most", "There is no limit to end. Say how many"));
    }
    tx.run(store::END_LIMIT, args![command.team, place, command.from, moment.now()]).await?;
    let author = who.worker().map(|worker| worker.0);
    // what held before that day goes on saying that it did
    for row in before.into_iter().filter(|row| row.from_date.0 < command.from) {
        let last = Some(add_days(command.from, -1));
        let values = args![
            moment.id(),
            command.team,
            place,
            row.most,
            row.from_date.0,
            last,
            &row.reason,
            row.author_id,
            moment.now()
        ];
        tx.run(store::ADD_LIMIT, values).await?;
    }
    if let Some(most) = command.most {
        let values = args![
            moment.id(),
            command.team,
            place,
            i64::from(most),
            command.from,
            None::<Date>,
            why,
            author,
            moment.now()
        ];
        tx.run(store::ADD_LIMIT, values).await?;
    }
    let payload = json!({
        "team": command.team, "place": place, "most": command.most, "from": command.from, "reason": why
    });
    note(tx, who, moment, Act { action: "set_column_limit", about: &[], payload }).await?;
    Ok(())
}
