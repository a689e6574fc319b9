//! Working a person's clocks out, and keeping those that pages show.

use super::facts::{self, Held};
use super::reason::Reason;
use super::store::{self, HolidayRow, KeptRow, OwnFigureRow, ReasonRow};
use crate::{App, Moment, Oops, Result};
use db::{Conn, DbError, Tx, Value, args};
use jiff::civil::Date;
use practice::calendar::{Calendar, Change, Override, Proclaimed, london_day};
use practice::clock::{Clock, OwnFigure, Rules, State, Why, clocks};
use practice::id::PersonId;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};
use uuid::Uuid;

static RULES: LazyLock<std::result::Result<Arc<Rules>, String>> =
    LazyLock::new(|| Rules::built_in().map(Arc::new).map_err(|error| error.to_string()));

fn built_in() -> Result<&'static Arc<Rules>> {
    RULES.as_ref().map_err(|error| Oops::Broken(error.clone()))
}

/// The rules as they come with the program, with the usual figures.
///
/// # Errors
/// Never in a program that passed its tests.
pub fn usual_rules() -> Result<&'static Rules> {
    Ok(built_in()?.as_ref())
}

/// The rules in force here, with the council's own figures.
///
/// # Errors
/// Where the database refuses, or a stored figure makes no sense.
pub async fn rules(conn: &mut Conn) -> Result<Arc<Rules>> {
    let rows: Vec<OwnFigureRow> = conn.all(store::OWN_FIGURES, args![]).await?;
    let usual = built_in()?;
    if rows.is_empty() {
        return Ok(Arc::clone(usual));
    }
    let mut own = Vec::with_capacity(rows.len());
    for row in rows {
        let broken = |column| DbError::Broken { table: "own_figure", column, row: row.id.to_string() };
        own.push(OwnFigure {
            rule: row.rule.parse().map_err(|_| broken("rule"))?,
            length: row.length.parse().map_err(|_| broken("length"))?,
            slot: row.slot.clone(),
            from: row.from_date.0,
            to: row.to_date.map(|day| day.0),
        });
    }
    Ok(Arc::new(usual.with_own(&own)))
}

/// A clock kept for a person, with what it says about itself on a day.
#[derive(Clone, Debug)]
pub struct KeptClock {
    /// Whose it is.
    pub person: PersonId,
    /// The clock.
    pub clock: Clock,
    /// How it stands on that day.
    pub state: State,
    /// Why it started, when it is due and why then.
    pub why: Why,
    /// What was said about its being late, the latest last. It stands beside the clock and changes nothing of it.
    pub reasons: Vec<Reason>,
}

/// England's calendar with this council's overrides.
///
/// # Errors
/// Where the database refuses.
pub async fn calendar(conn: &mut Conn) -> Result<Calendar> {
    let rows: Vec<HolidayRow> = conn.all(store::HOLIDAYS, args![]).await?;
    if rows.is_empty() {
        return Ok(Calendar::england());
    }
    let proclaimed = rows.into_iter().map(|row| Proclaimed {
        holiday: Override {
            date: row.day.0,
            change: if row.change == "add" { Change::Add } else { Change::Remove },
            name: row.name.into(),
        },
        loaded: london_day(row.recorded_at.0),
    });
    Ok(Calendar::england_with_proclaimed(proclaimed.collect()))
}

/// What clocks are worked out with: this council's calendar and its rules.
struct Ground {
    calendar: Calendar,
    rules: Arc<Rules>,
}

async fn ground(conn: &mut Conn) -> Result<Ground> {
    Ok(Ground { calendar: calendar(conn).await?, rules: rules(conn).await? })
}

/// Works a person's clocks out anew from what is recorded and keeps those that pages show: what runs, and the
/// last finished round of each rule and episode. Called by every action that changes such facts.
///
/// # Errors
/// Where the database refuses, or a stored row makes no sense.
pub async fn refresh(tx: &mut Tx, moment: &mut Moment, person: PersonId) -> Result<()> {
    if moment.touch_clocks(person) {
        return Ok(());
    }
    let ground = ground(tx).await?;
    work_out(tx, moment, &ground, person).await
}

/// From so many people on, everyone's facts are read together rather than one person's after another's.
const TOGETHER: usize = 500;

/// Works out the clocks of everyone whose facts changed since [`Moment::defer_clocks`].
///
/// # Errors
/// As [`refresh`].
pub async fn settle(tx: &mut Tx, moment: &mut Moment) -> Result<()> {
    let waiting = moment.take_deferred();
    if waiting.len() > TOGETHER {
        refresh_all(tx, moment).await?;
        return Ok(());
    }
    let ground = ground(tx).await?;
    for person in waiting {
        work_out(tx, moment, &ground, person).await?;
    }
    Ok(())
}

async fn work_out(tx: &mut Tx, moment: &mut Moment, ground: &Ground, person: PersonId) -> Result<()> {
    let held = facts::read(tx, person, false).await?;
    let before: Vec<KeptRow> = tx.all(store::KEPT, args![person]).await?;
    let before = before.into_iter().map(|row| row.body).collect();
    match Moved::of(ground, moment.today(), person, &held, before)? {
        Some(moved) => keep(tx, moment, moved).await,
        None => Ok(()),
    }
}

/// What working everyone's clocks out anew came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refreshed {
    /// How many people have clocks or could have.
    pub people: usize,
    /// For how many of them something changed.
    pub changed: usize,
}

/// Works everyone's clocks out anew, within a change that moves them all: a bank holiday was given or taken away,
/// or the council set or ended a figure of its own.
///
/// # Errors
/// As [`refresh`].
pub async fn refresh_all(tx: &mut Tx, moment: &mut Moment) -> Result<Refreshed> {
    let (people, moved) = moved(tx, moment.today()).await?;
    let changed = moved.len();
    for one in moved {
        keep(tx, moment, one).await?;
    }
    Ok(Refreshed { people, changed })
}

/// Works everyone's clocks out for a new day, because a birthday ends clocks without anyone recording anything. All
/// is read beside those who write; only whose clocks moved is then worked out once more, as a change.
///
/// # Errors
/// As [`refresh`].
pub async fn follow_day(app: &App) -> Result<Refreshed> {
    let mut moment = app.moment();
    let mut conn = app.db.read().await?;
    let (people, moved) = moved(&mut conn, moment.today()).await?;
    drop(conn);
    let changed = moved.len();
    if changed > 0 {
        let mut tx = app.db.write().await?;
        let ground = ground(&mut tx).await?;
        for one in moved {
            work_out(&mut tx, &mut moment, &ground, one.person).await?;
        }
        tx.commit().await?;
    }
    Ok(Refreshed { people, changed })
}

/// How many people have clocks or could have, and whose differ from what is kept.
async fn moved(conn: &mut Conn, today: Date) -> Result<(usize, Vec<Moved>)> {
    let ground = ground(conn).await?;
    let everyone = facts::read_everyone(conn).await?;
    let mut before: HashMap<Uuid, Vec<String>> = HashMap::with_capacity(everyone.len());
    for row in conn.all::<KeptRow>(store::EVERY_KEPT, args![]).await? {
        before.entry(row.person_id).or_default().push(row.body);
    }
    let mut moved = vec![];
    for (person, held) in &everyone {
        let kept = before.remove(person).unwrap_or_default();
        moved.extend(Moved::of(&ground, today, PersonId(*person), held, kept)?);
    }
    // whoever has neither episode nor step any more has no clock either
    let without =
        before.into_keys().map(|person| Moved { person: person.into(), forget: true, clocks: vec![] });
    moved.extend(without);
    Ok((everyone.len(), moved))
}

/// Somebody whose clocks differ from those kept.
struct Moved {
    person: PersonId,
    /// Whether any are kept.
    forget: bool,
    /// The clocks as they are now, each with what is stored of it.
    clocks: Vec<(Clock, String)>,
}

impl Moved {
    fn of(
        ground: &Ground,
        today: Date,
        person: PersonId,
        held: &Held,
        mut before: Vec<String>,
    ) -> Result<Option<Self>> {
        let mut found = vec![];
        for clock in shown(clocks(&ground.rules, &ground.calendar, &held.facts(), today)) {
            found.push((clock, serde_json::to_string(&clock)?));
        }
        let mut after: Vec<&String> = found.iter().map(|(_, body)| body).collect();
        before.sort_unstable();
        after.sort_unstable();
        let same = before.iter().eq(after);
        Ok((!same).then_some(Self { person, forget: !before.is_empty(), clocks: found }))
    }
}

/// Keeps what follows from the facts.
async fn keep(tx: &mut Tx, moment: &mut Moment, moved: Moved) -> Result<()> {
    if moved.forget {
        tx.run(store::FORGET, args![moved.person]).await?;
    }
    let rows: Vec<Vec<Value>> = moved
        .clocks
        .iter()
        .map(|(clock, body)| row(moment.id(), moved.person, clock, body.clone()))
        .collect();
    let (together, single) = rows.as_chunks::<TO_KEEP>();
    for four in together {
        tx.run(store::KEEP_FOUR, four.concat()).await?;
    }
    for one in single {
        tx.run(store::KEEP, one.clone()).await?;
    }
    Ok(())
}

/// How many clocks one statement keeps.
const TO_KEEP: usize = 4;

fn row(id: Uuid, person: PersonId, clock: &Clock, body: String) -> Vec<Value> {
    args![
        id,
        person,
        clock.rule.as_str(),
        clock.episode.map(|id| id.0),
        clock.round,
        body,
        clock.started.on,
        clock.due,
        clock.done.map(|cause| cause.on),
        clock.cancelled.map(|cause| cause.on)
    ]
}

/// What pages show of all clocks: those that run, and the last finished of each rule and episode. Whether an
/// entry was written down in time stands on the entry itself.
fn shown(all: Vec<Clock>) -> Vec<Clock> {
    let mut last: BTreeMap<(String, Option<Uuid>), Clock> = BTreeMap::new();
    let mut shown = vec![];
    for clock in all {
        if clock.is_running() {
            shown.push(clock);
            continue;
        }
        if clock.rule.as_str() == "WF-09" {
            continue;
        }
        let key = (clock.rule.as_str().to_owned(), clock.episode.map(|id| id.0));
        let newer = last.get(&key).is_none_or(|held| held.due <= clock.due);
        if newer {
            last.insert(key, clock);
        }
    }
    shown.extend(last.into_values());
    shown
}

/// What rows of kept clocks say on a day, each with what was said about its being late.
pub(crate) async fn told(
    conn: &mut Conn,
    today: Date,
    rows: Vec<KeptRow>,
    reasons: Vec<ReasonRow>,
) -> Result<Vec<KeptClock>> {
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let ground = ground(conn).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push((PersonId(row.person_id), serde_json::from_str::<Clock>(&row.body)?));
    }
    Ok(say(found, &ground, today, reasons))
}

fn say(
    found: Vec<(PersonId, Clock)>,
    ground: &Ground,
    today: Date,
    reasons: Vec<ReasonRow>,
) -> Vec<KeptClock> {
    let Ground { rules, calendar } = ground;
    let mut said: HashMap<(Uuid, String, Date), Vec<Reason>> = HashMap::new();
    for row in reasons {
        let key = (row.person_id, row.rule.clone(), row.started_on.0);
        said.entry(key).or_default().push(Reason::from(row));
    }
    let mut told = Vec::with_capacity(found.len());
    for (person, clock) in found {
        let Some(why) = clock.why(rules, calendar, today) else { continue };
        let reasons = if said.is_empty() {
            vec![]
        } else {
            let key = (person.0, clock.rule.as_str().to_owned(), clock.started.on);
            said.get(&key).cloned().unwrap_or_default()
        };
        told.push(KeptClock { person, state: clock.state(today, calendar), clock, why, reasons });
    }
    told
}

/// The clocks kept for a person: what runs first by when it is due, and the last finished of each.
///
/// # Errors
/// Where the database refuses.
pub async fn of_person(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<KeptClock>> {
    let rows = conn.all(store::KEPT, args![person]).await?;
    let reasons = conn.all(store::REASONS, args![person]).await?;
    told(conn, today, rows, reasons).await
}

/// The clocks of a person that run.
///
/// # Errors
/// Where the database refuses.
pub async fn running_of(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<KeptClock>> {
    let rows = conn.all(store::RUNNING, args![person]).await?;
    let reasons = conn.all(store::REASONS, args![person]).await?;
    told(conn, today, rows, reasons).await
}

/// Every clock there ever was for a person, worked out anew from the whole record.
///
/// # Errors
/// Where the database refuses.
pub async fn history(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<KeptClock>> {
    let ground = ground(conn).await?;
    let held = facts::read(conn, person, true).await?;
    let found = clocks(&ground.rules, &ground.calendar, &held.facts(), today);
    let reasons = conn.all(store::REASONS, args![person]).await?;
    Ok(say(found.into_iter().map(|clock| (person, clock)).collect(), &ground, today, reasons))
}
