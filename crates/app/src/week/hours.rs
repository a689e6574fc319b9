//! The hours of a day, as the worker puts them down: to put right and to take back at any time, and for nobody else's eyes.
//! A week that was too long asks whoever leads them what would have to give; their answer is the worker's to read.

use super::store::{self, DayRow};
use crate::access::Reach;
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::oops::Wrong;
use crate::working;
use crate::{Moment, Oops, Result, Who, entry};
use db::{Conn, Day, Tx, args};
use jiff::civil::Date;
use practice::calendar::add_days;
use practice::hours::{Figures, HoursKind, WeekWorked, owed};
use practice::id::WorkerId;
use practice::load::WHOLE_WEEK;
use practice::week::{MOST_MINUTES, length_in_words, monday};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How far back a day can be put down.
const DAYS_BACK: i32 = 366;
/// For how many days a week that was too long asks.
const ASKS_FOR_DAYS: i32 = 35;

/// The hours of a day.
#[derive(Clone, Copy, Debug)]
pub struct SetHours {
    /// Which day.
    pub on: Date,
    /// Worked, or taken back.
    pub kind: HoursKind,
    /// The minutes; none to withdraw them.
    pub minutes: Option<u32>,
}

/// What whoever leads somebody says to a week that was too long.
#[derive(Clone, Debug)]
pub struct AnswerLongWeek {
    /// Whose week.
    pub worker: WorkerId,
    /// Its Monday.
    pub monday: Date,
    /// What gives.
    pub words: String,
}

/// The hours of one week, for whoever worked them.
#[derive(Clone, Debug, Default)]
pub struct Hours {
    /// Each day: worked, and taken back.
    pub days: [(u32, u32); 7],
    /// What was worked and agreed.
    pub week: WeekWorked,
    /// What is owed of all weeks, in minutes; below nothing where more was taken back.
    pub owed: i64,
    /// Whether it was so long that whoever leads them is asked.
    pub asks: bool,
    /// What they answered, and who.
    pub answer: Option<(String, String)>,
}

/// A week that was too long and is not answered yet. How long it was is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongWeek {
    /// Whose.
    pub worker: WorkerId,
    /// Their name.
    pub name: String,
    /// Its Monday.
    pub monday: Date,
}

pub(super) fn figures() -> Result<&'static Figures> {
    Figures::usual().map_err(|error| Oops::Broken(error.to_string()))
}

/// Puts down, corrects or withdraws the hours of one's own day.
///
/// # Errors
/// [`Oops::NotFound`] for whoever is no worker; [`Oops::Wrong`] names the field.
pub async fn set_hours(tx: &mut Tx, who: &Who, moment: &mut Moment, command: SetHours) -> Result<()> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let today = moment.today();
    if command.on > today || command.on < add_days(today, -DAYS_BACK) {
        return Err(Oops::wrong("day", "Choose today or a day within the last year"));
    }
    if command.minutes.is_some_and(|minutes| minutes > MOST_MINUTES) {
        return Err(Oops::wrong("hours", "That is longer than a day"));
    }
    tx.run(store::HOURS_OVER, args![worker, command.on, command.kind.code(), moment.now()]).await?;
    if let Some(minutes) = command.minutes {
        let (id, minutes) = (moment.id(), i64::from(minutes));
        let values = args![id, worker, command.on, command.kind.code(), minutes, moment.now()];
        tx.run(store::ADD_HOURS, values).await?;
    }
    // how long a day was stays with the worker: the journal says that it was put down, and keeps the proof
    let payload =
        json!({ "kind": command.kind.code(), "on": command.on, "withdrawn": command.minutes.is_none() });
    note(tx, who, moment, Act { action: "set_hours", about: &[], payload }).await?;
    Ok(())
}

fn minutes(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(0)
}

/// The hours of a worker's own week, and what is owed of all of them.
///
/// # Errors
/// Where the database refuses.
pub async fn hours_of(conn: &mut Conn, worker: WorkerId, monday_of: Date) -> Result<Hours> {
    let figures = figures()?;
    let rows: Vec<DayRow> = conn.all(store::HOURS_OF, args![worker]).await?;
    let shares: Vec<(i64, Day, Option<Day>)> = conn.all(store::SHARES_OF, args![worker]).await?;
    let agreed = |day: Date| {
        let holds = |one: &&(i64, Day, Option<Day>)| one.1.0 <= day && one.2.is_none_or(|to| to.0 >= day);
        let percent = shares.iter().find(holds).map_or(WHOLE_WEEK, |one| minutes(one.0));
        figures.agreed(percent, day)
    };
    let mut found = Hours::default();
    let mut weeks: BTreeMap<Date, u32> = BTreeMap::new();
    let mut taken = 0;
    for row in rows {
        let (day, spent) = (row.on_date.0, minutes(row.minutes));
        let worked = row.kind == HoursKind::Worked.code();
        if worked {
            *weeks.entry(monday(day)).or_default() += spent;
        } else {
            taken += spent;
        }
        let at = usize::try_from(practice::calendar::days_between(monday_of, day)).unwrap_or(7);
        if let Some(held) = found.days.get_mut(at) {
            if worked { held.0 += spent } else { held.1 += spent }
        }
    }
    let all: Vec<WeekWorked> =
        weeks.iter().map(|(day, worked)| WeekWorked { worked: *worked, agreed: agreed(*day) }).collect();
    found.owed = owed(&all, taken);
    let worked = weeks.get(&monday_of).copied().unwrap_or(0);
    found.week = WeekWorked { worked, agreed: agreed(monday_of) };
    found.asks = figures.asks(worked, monday_of);
    found.answer = conn.maybe(store::ANSWER_OF, args![worker, monday_of]).await?;
    Ok(found)
}

/// "2 hours are owed to you."
pub(super) fn owed_in_words(owed: i64) -> String {
    let long = length_in_words(u32::try_from(owed.unsigned_abs()).unwrap_or(u32::MAX));
    match owed {
        0 => "Nothing is owed to you, and you owe nothing.".to_owned(),
        1.. => format!("Owed to you: {long}."),
        _ => format!("You took back {long} more than you put down as worked."),
    }
}

/// The weeks that were too long, of those whom this reader leads, that nobody answered yet.
///
/// # Errors
/// Where the database refuses.
pub async fn long_weeks(conn: &mut Conn, reach: &Reach, me: Option<WorkerId>) -> Result<Vec<LongWeek>> {
    let staff = working::staff(conn, reach.today()).await?;
    let led: BTreeMap<Uuid, String> = staff
        .into_iter()
        .filter(|one| reach.leads_or_covers(one.team) && Some(one.worker) != me)
        .map(|one| (one.worker.0, one.name))
        .collect();
    if led.is_empty() {
        return Ok(vec![]);
    }
    let since = monday(add_days(reach.today(), -ASKS_FOR_DAYS));
    let rows: Vec<(Uuid, Day, i64)> = conn.all(store::WORKED_SINCE, args![since]).await?;
    let answered: Vec<(Uuid, Day)> = conn.all(store::ANSWERED_SINCE, args![since]).await?;
    let answered: BTreeSet<(Uuid, Date)> = answered.into_iter().map(|one| (one.0, one.1.0)).collect();
    let mut weeks: BTreeMap<(Date, Uuid), u32> = BTreeMap::new();
    for (worker, day, spent) in rows.into_iter().filter(|row| led.contains_key(&row.0)) {
        *weeks.entry((monday(day.0), worker)).or_default() += minutes(spent);
    }
    let figures = figures()?;
    let asks = weeks.into_iter().filter(|((monday, worker), worked)| {
        figures.asks(*worked, *monday) && !answered.contains(&(*worker, *monday))
    });
    Ok(asks
        .filter_map(|((monday, worker), _)| {
            Some(LongWeek { worker: worker.into(), name: led.get(&worker)?.clone(), monday })
        })
        .collect())
}

/// Says what gives, so that somebody can go home after a week that was too long. They are told, and read it.
///
/// # Errors
/// [`Oops::NotFound`] where no such week asks this reader; [`Oops::Wrong`] without words.
pub async fn answer_long_week(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: AnswerLongWeek,
) -> Result<()> {
    let me = who.worker().ok_or(Oops::NotFound)?;
    let reach = Reach::of(tx, who, moment.now()).await?;
    let all = long_weeks(tx, &reach, Some(me)).await?;
    let asked = |one: &LongWeek| one.worker == command.worker && one.monday == command.monday;
    if !all.iter().any(asked) {
        return Err(Oops::NotFound);
    }
    let mut wrong = Wrong::default();
    let field = format!("words-{}-{}", command.worker, command.monday);
    let words = wrong.needed(&field, &command.words, "Say what gives. They read it");
    wrong.done()?;
    let id = moment.id();
    let values = args![id, command.worker, command.monday, &words, me, moment.now()];
    tx.run(store::ADD_ANSWER, values).await?;
    let payload = json!({
        "answer": id, "worker": command.worker, "monday": command.monday, "words": entry::hash_of(&words),
    });
    note(tx, who, moment, Act { action: "answer_long_week", about: &[], payload }).await?;
    let link = format!("/me/week?from={}", command.monday);
    let words = "Whoever leads you says what can give after a long week of yours. They know that it was long, not how long.";
    notice::tell(tx, moment, command.worker, Notice { kind: "long-week", words, link: Some(&link) }).await?;
    Ok(())
}
