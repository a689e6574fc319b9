//! Complaining, and settling a complaint in its first stage.

use super::store::{self, ComplaintRow};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access, clock, entry};
use db::{Conn, Day, DbError, Tx, args};
use jiff::civil::Date;
use practice::access::{Decision, Reader, Sight};
use practice::clock::RuleId;
use practice::complaint::{ComplaintState, may_look};
use practice::id::PersonId;
use serde_json::json;
use uuid::Uuid;

/// The most letters of a complaint, and of an answer.
const LONGEST: usize = 20_000;

/// A complaint as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The same in every version.
    pub id: Uuid,
    /// Who complains.
    pub person: PersonId,
    /// In their words.
    pub words: String,
    /// When it arrived.
    pub received_on: Date,
    /// By when they hear how it was settled, as the clock says; none once it is over.
    pub due_on: Option<Date>,
    /// Since when they know that it takes longer, and why.
    pub extended: Option<(Date, String)>,
    /// How it stands.
    pub state: ComplaintState,
    /// When it was over.
    pub ended_on: Option<Date>,
    /// How it was settled, as it was written to them; or why it was taken back.
    pub answer: Option<String>,
    /// Who answered.
    pub answerer: Option<String>,
}

/// What comes of a complaint.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// How it was settled is written to them.
    Answered(String),
    /// They were told that it takes longer, and why.
    Extended(String),
    /// They took it back, and what they said.
    Withdrawn(String),
}

impl Outcome {
    const fn action(&self) -> &'static str {
        match self {
            Self::Answered(_) => "answer_complaint",
            Self::Extended(_) => "extend_complaint",
            Self::Withdrawn(_) => "withdraw_complaint",
        }
    }

    fn words(&self) -> &str {
        let (Self::Answered(words) | Self::Extended(words) | Self::Withdrawn(words)) = self;
        words.trim()
    }

    const fn ask(&self) -> &'static str {
        match self {
            Self::Answered(_) => "Write what you found and what changes",
            Self::Extended(_) => "Say why it takes longer",
            Self::Withdrawn(_) => "Write down what they said",
        }
    }
}

fn read(row: ComplaintRow, dues: &[(Date, Date)]) -> Result<Complaint> {
    let state = ComplaintState::from_code(&row.state).ok_or_else(|| DbError::Broken {
        table: "complaint",
        column: "state",
        row: row.id.to_string(),
    })?;
    let received = row.received_on.0;
    Ok(Complaint {
        id: row.complaint_id,
        person: row.person_id.into(),
        words: row.words,
        received_on: received,
        due_on: dues.iter().find(|(began, _)| *began == received).map(|(_, due)| *due),
        extended: row.extended_on.map(|day| day.0).zip(row.extended_why),
        state,
        ended_on: row.ended_on.map(|day| day.0),
        answer: row.answer,
        answerer: row.answerer,
    })
}

/// The complaints' clocks that run for somebody: when each began, and by when it is due.
async fn dues(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<(Date, Date)>> {
    let rule: Option<RuleId> = "CO-01".parse().ok();
    let running = clock::running_of(conn, person, today).await?;
    let ours = running.into_iter().filter(|kept| Some(kept.clock.rule) == rule);
    Ok(ours.map(|kept| (kept.clock.started.on, kept.clock.due)).collect())
}

/// What somebody complained about, the newest first. Says nothing of who may read it.
///
/// # Errors
/// Where the database refuses.
pub async fn complaints_of(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<Complaint>> {
    let rows: Vec<ComplaintRow> = conn.all(store::OF_PERSON, args![person]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let dues = dues(conn, person, today).await?;
    rows.into_iter().map(|row| read(row, &dues)).collect()
}

/// The complaints that wait, the oldest first, as far as this reader may look at them.
pub(super) async fn waiting(conn: &mut Conn, who: &Who, moment: &Moment) -> Result<Vec<Complaint>> {
    let rows: Vec<ComplaintRow> = conn.all(store::OPEN, args![]).await?;
    let mut all = vec![];
    for row in rows {
        let person = PersonId(row.person_id);
        if looks(conn, who, moment, person).await? {
            let dues = dues(conn, person, moment.today()).await?;
            all.push(read(row, &dues)?);
        }
    }
    Ok(all)
}

/// Whether somebody may look at this person's complaints.
async fn looks(conn: &mut Conn, who: &Who, moment: &Moment, person: PersonId) -> Result<bool> {
    let Some(worker) = who.worker() else { return Ok(false) };
    let decided = access::decide(conn, who, moment.now(), person, Sight::Rights).await?;
    let answers = decided.as_ref().is_some_and(Decision::is_allowed);
    let works = conn.number(store::WORKS_WITH, args![worker, person, moment.today()]).await? > 0;
    Ok(may_look(answers, works))
}

/// One complaint, for whoever may look at it.
///
/// # Errors
/// [`Oops::NotFound`] where there is none, or it is not theirs to look at.
pub(super) async fn one(conn: &mut Conn, who: &Who, moment: &Moment, id: Uuid) -> Result<Complaint> {
    let row: ComplaintRow = conn.maybe(store::ONE, args![id]).await?.ok_or(Oops::NotFound)?;
    let person = PersonId(row.person_id);
    if !looks(conn, who, moment, person).await? {
        return Err(Oops::NotFound);
    }
    let dues = dues(conn, person, moment.today()).await?;
    read(row, &dues)
}

/// Somebody complains in their own space. Its clock starts the same day. Gives it, and the day by which they hear.
///
/// # Errors
/// [`Oops::NotFound`] for whoever is not a person of the record; [`Oops::Wrong`] without words.
pub async fn complain(tx: &mut Tx, who: &Who, moment: &mut Moment, words: &str) -> Result<(Uuid, Date)> {
    let Reader::Person(person) = who.reader else { return Err(Oops::NotFound) };
    let words = words.trim();
    if words.is_empty() {
        return Err(Oops::wrong("words", "Write what went wrong"));
    }
    if words.chars().count() > LONGEST {
        return Err(Oops::wrong("words", &format!("Say it in at most {LONGEST} letters")));
    }
    let today = moment.today();
    let row = ComplaintRow {
        id: Uuid::nil(),
        complaint_id: moment.id(),
        person_id: person.0,
        words: words.to_owned(),
        received_on: Day(today),
        extended_on: None,
        extended_why: None,
        state: ComplaintState::Open.code().to_owned(),
        ended_on: None,
        answer: None,
        answered_by: None,
        answerer: None,
    };
    add(tx, moment, &row).await?;
    clock::refresh(tx, moment, person).await?;
    let payload = json!({"complaint": row.complaint_id, "received": today, "words": entry::hash_of(words)});
    note(tx, who, moment, Act { action: "complain", about: &[person], payload }).await?;
    let due = dues(tx, person, today).await?.into_iter().find(|(began, _)| *began == today);
    let due = due.ok_or_else(|| Oops::Broken("a complaint has no clock".to_owned()))?.1;
    Ok((row.complaint_id, due))
}

async fn add(tx: &mut Tx, moment: &mut Moment, row: &ComplaintRow) -> Result<()> {
    let day = |day: Option<Day>| day.map(|day| day.0);
    let values = args![
        moment.id(),
        row.complaint_id,
        row.person_id,
        &row.words,
        row.received_on.0,
        day(row.extended_on),
        &row.extended_why,
        &row.state,
        day(row.ended_on),
        &row.answer,
        row.answered_by,
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    Ok(())
}

/// Answers a complaint, puts it off, or notes that it was taken back. The person reads it in their own space.
///
/// # Errors
/// [`Oops::NotFound`] where it is not theirs to look at; [`Oops::Refused`] where it is over; [`Oops::Wrong`] without words.
pub async fn settle(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (id, outcome): (Uuid, Outcome),
) -> Result<PersonId> {
    let held = one(tx, who, moment, id).await?;
    if held.state != ComplaintState::Open {
        return Err(Oops::Refused("This complaint is over. What is said stands there".to_owned()));
    }
    let words = outcome.words();
    if words.is_empty() {
        return Err(Oops::wrong("words", outcome.ask()));
    }
    if words.chars().count() > LONGEST {
        return Err(Oops::wrong("words", &format!("Say it in at most {LONGEST} letters")));
    }
    let mut row: ComplaintRow = tx.maybe(store::ONE, args![id]).await?.ok_or(Oops::NotFound)?;
    let (today, person) = (moment.today(), held.person);
    tx.run_one(store::OVER, args![row.id, moment.now()]).await?;
    let words = words.to_owned();
    let hash = entry::hash_of(&words);
    let state = match outcome {
        Outcome::Extended(_) => {
            (row.extended_on, row.extended_why) = (Some(Day(today)), Some(words));
            ComplaintState::Open
        }
        Outcome::Answered(_) => ComplaintState::Answered,
        Outcome::Withdrawn(_) => ComplaintState::Withdrawn,
    };
    if state != ComplaintState::Open {
        row.answered_by = who.worker().map(|worker| worker.0);
        (row.ended_on, row.answer) = (Some(Day(today)), Some(outcome.words().to_owned()));
    }
    state.code().clone_into(&mut row.state);
    add(tx, moment, &row).await?;
    clock::refresh(tx, moment, person).await?;
    let payload = json!({"complaint": id, "words": hash, "on": today});
    note(tx, who, moment, Act { action: outcome.action(), about: &[person], payload }).await?;
    Ok(person)
}
