//! A request on its way: received, who they are known, asked back, put off, answered.

use super::store::{self, LookRow, RequestRow};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access, clock};
use db::{Conn, Day, Tx, args};
use jiff::civil::Date;
use practice::access::{Reader, Sight};
use practice::clock::{RuleId, Rules};
use practice::disclosure::{Asker, RequestState, last_day_to_put_off};
use practice::id::PersonId;
use serde_json::json;
use uuid::Uuid;

/// Receives a request.
#[derive(Clone, Debug, Default)]
pub struct Receive {
    /// Who asks.
    pub by: Option<Asker>,
    /// Who that is, where it is not the person themselves.
    pub asker: String,
    /// When it arrived.
    pub on: Option<Date>,
    /// Whether it is known that they are who they say, and may ask.
    pub known: bool,
}

/// What happens to a request.
#[derive(Clone, Debug)]
pub enum Step {
    /// It is known who they are, since a day.
    Known(Date),
    /// They were asked what they mean, because it is needed.
    AskedBack(Date, String),
    /// They answered.
    Answered(Date),
    /// They were told that it takes longer.
    PutOff(Date, String),
    /// They have it.
    Given(Date),
    /// They took it back.
    Withdrawn(Date, String),
    /// It is refused, and they were told why.
    Refused(Date, String),
}

impl Step {
    const fn action(&self) -> &'static str {
        match self {
            Self::Known(_) => "know_asker",
            Self::AskedBack(..) => "ask_back",
            Self::Answered(_) => "hear_answer",
            Self::PutOff(..) => "put_off_request",
            Self::Given(_) => "give_record",
            Self::Withdrawn(..) => "withdraw_request",
            Self::Refused(..) => "refuse_request",
        }
    }

    const fn day(&self) -> Date {
        match self {
            Self::Known(on)
            | Self::AskedBack(on, _)
            | Self::Answered(on)
            | Self::PutOff(on, _)
            | Self::Given(on)
            | Self::Withdrawn(on, _)
            | Self::Refused(on, _) => *on,
        }
    }
}

/// One request, as it stands.
///
/// # Errors
/// [`Oops::NotFound`] where this person has none of this id.
pub(crate) async fn request(conn: &mut Conn, (person, request): (PersonId, Uuid)) -> Result<RequestRow> {
    conn.maybe(store::ONE, args![request, person]).await?.ok_or(Oops::NotFound)
}

/// As [`request`], still to be answered.
pub(super) async fn still_open(conn: &mut Conn, which: (PersonId, Uuid)) -> Result<RequestRow> {
    let row = request(conn, which).await?;
    if row.state == RequestState::Open.code() {
        Ok(row)
    } else {
        Err(Oops::Refused("This request is answered".to_owned()))
    }
}

/// The second look that stands, if what is to be given was sent to one.
pub(super) async fn look(conn: &mut Conn, request: Uuid) -> Result<Option<LookRow>> {
    Ok(conn.maybe(store::LOOK, args![request]).await?)
}

async fn add(tx: &mut Tx, who: &Who, moment: &mut Moment, row: &RequestRow) -> Result<()> {
    let day = |day: Option<Day>| day.map(|day| day.0);
    let values = args![
        moment.id(),
        row.request_id,
        row.person_id,
        &row.asked_by,
        row.asker,
        row.received_on.0,
        day(row.identity_on),
        row.question,
        day(row.question_on),
        day(row.answered_on),
        day(row.extended_on),
        row.extended_why,
        &row.state,
        day(row.ended_on),
        row.ended_why,
        row.collected_at.map(|at| at.0),
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    Ok(())
}

/// Writes a request anew in place of how it stood.
pub(super) async fn replace(tx: &mut Tx, who: &Who, moment: &mut Moment, row: &RequestRow) -> Result<()> {
    tx.run(store::OVER, args![row.id, moment.now()]).await?;
    add(tx, who, moment, row).await
}

/// Receives a request for a record. Its clock runs from the day it is known who asks.
///
/// # Errors
/// [`Oops::Wrong`] with the field, and as access says.
pub async fn receive(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, command): (PersonId, Receive),
) -> Result<Uuid> {
    access::require(tx, who, moment.now(), person, Sight::Rights).await?;
    let mut wrong = vec![];
    let asker = Some(command.asker.trim().to_owned()).filter(|words| !words.is_empty());
    if command.by.is_none() {
        wrong.push(("by".to_owned(), "Choose who asks".to_owned()));
    } else if command.by != Some(Asker::Themselves) && asker.is_none() {
        wrong.push(("asker".to_owned(), "Say who asks for them".to_owned()));
    }
    match command.on {
        None => wrong.push(("on".to_owned(), "Say when it arrived".to_owned())),
        Some(on) if on > moment.today() => {
            wrong.push(("on".to_owned(), "It cannot have arrived in the future".to_owned()));
        }
        Some(_) => {}
    }
    let (Some(by), Some(on), true) = (command.by, command.on, wrong.is_empty()) else {
        return Err(Oops::Wrong(wrong));
    };
    keep(tx, who, moment, (person, (by, asker), (on, command.known))).await
}

/// Somebody asks for their own record in their own space. Who they are is known: they came in by a link and a code that were
/// given to them. The clock runs from today. Where a request of theirs is still open, that one stands.
///
/// # Errors
/// [`Oops::NotFound`] for whoever is not a person of the record.
pub async fn ask_for_own(tx: &mut Tx, who: &Who, moment: &mut Moment) -> Result<Uuid> {
    let Reader::Person(person) = who.reader else { return Err(Oops::NotFound) };
    let held: Vec<RequestRow> = tx.all(store::OF_PERSON, args![person]).await?;
    if let Some(open) = held.iter().find(|row| row.state == RequestState::Open.code()) {
        return Ok(open.request_id);
    }
    let today = moment.today();
    keep(tx, who, moment, (person, (Asker::Themselves, None), (today, true))).await
}

/// A request of theirs: when it arrived, by when they have it where it is still to be answered, and whether it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRequest {
    /// When it arrived.
    pub asked_on: Date,
    /// By when the law wants it given, where its clock runs.
    pub due_on: Option<Date>,
    /// How it stands.
    pub state: RequestState,
    /// When it was answered or taken back.
    pub ended_on: Option<Date>,
}

/// What somebody asked of their own record, the newest first, as they see it themselves.
///
/// # Errors
/// Where the database refuses.
pub async fn own_requests(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<OwnRequest>> {
    let rows: Vec<RequestRow> = conn.all(store::OF_PERSON, args![person]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let rule: Option<RuleId> = "IR-01".parse().ok();
    let running = clock::running_of(conn, person, today).await?;
    let due = |began: Option<Date>| {
        let mut ours = running.iter().filter(|kept| Some(kept.clock.rule) == rule);
        ours.find(|kept| Some(kept.clock.started.on) == began).map(|kept| kept.clock.due)
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let state = RequestState::from_code(&row.state).unwrap_or(RequestState::Open);
            let began = row.identity_on.map(|known| known.0.max(row.received_on.0));
            let due_on = due(began).filter(|_| state == RequestState::Open);
            OwnRequest { asked_on: row.received_on.0, due_on, state, ended_on: row.ended_on.map(|day| day.0) }
        })
        .collect())
}

/// Keeps a new request: whose record, who asks, when it arrived and whether it is known who they are.
async fn keep(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, (by, asker), (on, known)): (PersonId, (Asker, Option<String>), (Date, bool)),
) -> Result<Uuid> {
    let row = RequestRow {
        id: Uuid::nil(),
        request_id: moment.id(),
        person_id: person.0,
        asked_by: by.code().to_owned(),
        asker,
        received_on: Day(on),
        identity_on: known.then_some(Day(on)),
        question: None,
        question_on: None,
        answered_on: None,
        extended_on: None,
        extended_why: None,
        state: RequestState::Open.code().to_owned(),
        ended_on: None,
        ended_why: None,
        collected_at: None,
    };
    add(tx, who, moment, &row).await?;
    clock::refresh(tx, moment, person).await?;
    let payload = json!({"request": row.request_id, "by": by, "received": on, "known": known});
    note(tx, who, moment, Act { action: "receive_request", about: &[person], payload }).await?;
    Ok(row.request_id)
}

fn told(words: &str, ask: &str) -> Result<Option<String>> {
    let words = words.trim();
    if words.is_empty() { Err(Oops::wrong("words", ask)) } else { Ok(Some(words.to_owned())) }
}

fn apply(row: &mut RequestRow, step: &Step, (today, rules): (Date, &Rules)) -> Result<()> {
    let on = step.day();
    if on > today || on < row.received_on.0 {
        return Err(Oops::wrong("on", "The day must lie between its arrival and today"));
    }
    match step {
        Step::Known(on) => row.identity_on = Some(Day(*on)),
        Step::AskedBack(on, words) => {
            row.question = told(words, "Say what you need to know to find what they mean")?;
            (row.question_on, row.answered_on) = (Some(Day(*on)), None);
        }
        Step::Answered(on) => {
            if row.question_on.is_none_or(|asked| asked.0 > *on) {
                return Err(Oops::wrong("on", "They were not asked anything before that day"));
            }
            row.answered_on = Some(Day(*on));
        }
        Step::PutOff(on, why) => {
            let known = row.identity_on.map(|known| known.0);
            if last_day_to_put_off(rules, row.received_on.0, known).is_none_or(|last| *on > last) {
                return Err(Oops::wrong(
                    "on",
                    "They must be told within the first month that it takes longer",
                ));
            }
            row.extended_why = told(why, "Say why it takes longer: that it is complex, or one of many")?;
            row.extended_on = Some(Day(*on));
        }
        Step::Given(on) => {
            (row.state, row.ended_on) = (RequestState::Given.code().to_owned(), Some(Day(*on)));
        }
        Step::Withdrawn(on, why) => {
            row.ended_why = told(why, "Say what they said")?;
            (row.state, row.ended_on) = (RequestState::Withdrawn.code().to_owned(), Some(Day(*on)));
        }
        Step::Refused(on, why) => {
            row.ended_why = told(why, "Say on what ground, and that they were told how to complain")?;
            (row.state, row.ended_on) = (RequestState::Refused.code().to_owned(), Some(Day(*on)));
        }
    }
    Ok(())
}

/// Takes a request one step further. It is given only after somebody else agreed to what is given.
///
/// # Errors
/// [`Oops::Wrong`] with the field, [`Oops::Refused`] where it is answered or nobody agreed yet, and as access says.
pub async fn step(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (which, step): ((PersonId, Uuid), Step),
) -> Result<()> {
    let (person, id) = which;
    access::require(tx, who, moment.now(), person, Sight::Rights).await?;
    let mut row = still_open(tx, which).await?;
    if matches!(step, Step::Given(_)) && !super::decide::agreed(tx, id).await? {
        return Err(Oops::Refused("Somebody else must look at it first, and agree".to_owned()));
    }
    let rules = clock::rules(tx).await?;
    apply(&mut row, &step, (moment.today(), &rules))?;
    replace(tx, who, moment, &row).await?;
    clock::refresh(tx, moment, person).await?;
    let payload = json!({"request": id, "on": step.day()});
    note(tx, who, moment, Act { action: step.action(), about: &[person], payload }).await?;
    Ok(())
}

/// Adds working time spent on a request, in minutes.
///
/// # Errors
/// [`Oops::Wrong`] where it is not 1 to 1,440 minutes, and as access says.
pub async fn spend(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    ((person, id), minutes): ((PersonId, Uuid), Option<i64>),
) -> Result<()> {
    access::require(tx, who, moment.now(), person, Sight::Rights).await?;
    request(tx, (person, id)).await?;
    let minutes = minutes.filter(|minutes| (1..=1440).contains(minutes));
    let minutes = minutes.ok_or_else(|| Oops::wrong("minutes", "How many minutes, from 1 to 1440"))?;
    let Some(worker) = who.worker() else { return Err(Oops::NotFound) };
    tx.run(store::TIME_ADD, args![moment.id(), id, person, worker, minutes, moment.now()]).await?;
    let payload = json!({"request": id, "minutes": minutes});
    note(tx, who, moment, Act { action: "spend_time", about: &[person], payload }).await?;
    Ok(())
}
