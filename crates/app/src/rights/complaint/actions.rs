//! Complaining, adding to a complaint, going on to the next stage, and settling one.

use super::store::{self, AddedRow, ComplaintRow};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access, clock, entry};
use db::{Conn, Day, DbError, Tx, args};
use jiff::civil::Date;
use practice::access::{Decision, Reader, Sight};
use practice::complaint::{ComplaintStage, ComplaintState, may_answer, may_look};
use practice::id::{PersonId, WorkerId};
use serde_json::json;
use uuid::Uuid;

/// The most letters of a complaint, and of an answer.
const LONGEST: usize = 20_000;

/// A complaint as it stands in one of its stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The same in every version and in every stage.
    pub id: Uuid,
    /// Who complains.
    pub person: PersonId,
    /// Which stage.
    pub stage: ComplaintStage,
    /// In their words: what went wrong, or why they are not content.
    pub words: String,
    /// What they added since, and when.
    pub added: Vec<(Date, String)>,
    /// When this stage was asked for.
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
    /// Who that is.
    pub answered_by: Option<WorkerId>,
}

impl Complaint {
    /// Whether they may say that they are not content, and go on.
    pub fn may_go_on(&self, today: Date) -> bool {
        self.stage.may_go_on(self.state, self.due_on.is_some_and(|due| due < today))
    }
}

/// What somebody wrote was received: as part of which complaint, by when they hear, and whether it was added to one that
/// is looked at already.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    /// The complaint.
    pub id: Uuid,
    /// By when they hear; none where no time runs.
    pub due_on: Option<Date>,
    /// It was added to what they wrote before.
    pub added: bool,
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

/// When a clock of complaints began, by which rule, and when it is due.
type Due = (String, Date, Date);

fn read(row: ComplaintRow, dues: &[Due], added: &[AddedRow]) -> Result<Complaint> {
    let broken = |column| DbError::Broken { table: "complaint", column, row: row.id.to_string() };
    let state = ComplaintState::from_code(&row.state).ok_or_else(|| broken("state"))?;
    let stage = ComplaintStage::from_code(&row.stage).ok_or_else(|| broken("stage"))?;
    let received = row.received_on.0;
    let runs = |one: &&Due| {
        state == ComplaintState::Open && Some(one.0.as_str()) == stage.rule() && one.1 == received
    };
    let more = added.iter().filter(|one| one.complaint_id == row.complaint_id && one.stage == row.stage);
    Ok(Complaint {
        id: row.complaint_id,
        person: row.person_id.into(),
        stage,
        words: row.words,
        added: more.map(|one| (one.on_date.0, one.words.clone())).collect(),
        received_on: received,
        due_on: dues.iter().find(runs).map(|one| one.2),
        extended: row.extended_on.map(|day| day.0).zip(row.extended_why),
        state,
        ended_on: row.ended_on.map(|day| day.0),
        answer: row.answer,
        answerer: row.answerer,
        answered_by: row.answered_by.map(Into::into),
    })
}

/// The complaints' clocks that run for somebody.
async fn dues(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<Due>> {
    let running = clock::running_of(conn, person, today).await?;
    let ours = |rule: &str| ComplaintStage::ALL.iter().any(|stage| stage.rule() == Some(rule));
    let ours = running.into_iter().filter(|kept| ours(kept.clock.rule.as_str()));
    Ok(ours
        .map(|kept| (kept.clock.rule.as_str().to_owned(), kept.clock.started.on, kept.clock.due))
        .collect())
}

/// What somebody complained about, the newest first, each in its stages. Says nothing of who may read it.
///
/// # Errors
/// Where the database refuses.
pub async fn complaints_of(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<Complaint>> {
    let rows: Vec<ComplaintRow> = conn.all(store::OF_PERSON, args![person]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let dues = dues(conn, person, today).await?;
    let added: Vec<AddedRow> = conn.all(store::ADDED, args![person]).await?;
    rows.into_iter().map(|row| read(row, &dues, &added)).collect()
}

/// The complaints that wait, the oldest first, as far as this reader may look at them.
pub(super) async fn waiting(conn: &mut Conn, who: &Who, moment: &Moment) -> Result<Vec<Complaint>> {
    let rows: Vec<ComplaintRow> = conn.all(store::OPEN, args![]).await?;
    let mut all = vec![];
    for row in rows {
        let person = PersonId(row.person_id);
        if looks(conn, who, moment, person).await? {
            let dues = dues(conn, person, moment.today()).await?;
            all.push(read(row, &dues, &[])?);
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

/// One complaint in its stages, for whoever may look at it.
///
/// # Errors
/// [`Oops::NotFound`] where there is none, or it is not theirs to look at.
pub(super) async fn stages(conn: &mut Conn, who: &Who, moment: &Moment, id: Uuid) -> Result<Vec<Complaint>> {
    let rows: Vec<ComplaintRow> = conn.all(store::ONE, args![id]).await?;
    let person = rows.first().map(|row| PersonId(row.person_id)).ok_or(Oops::NotFound)?;
    if !looks(conn, who, moment, person).await? {
        return Err(Oops::NotFound);
    }
    let dues = dues(conn, person, moment.today()).await?;
    let added: Vec<AddedRow> = conn.all(store::ADDED, args![person]).await?;
    rows.into_iter().map(|row| read(row, &dues, &added)).collect()
}

/// What they wrote, as it is kept.
fn written<'a>(words: &'a str, missing: &str) -> Result<&'a str> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Oops::wrong("words", missing));
    }
    if words.chars().count() > LONGEST {
        return Err(Oops::wrong("words", &format!("Say it in at most {LONGEST} letters")));
    }
    Ok(words)
}

/// Somebody complains in their own space. Its clock starts the same day. While one of theirs is looked at, what they write
/// is added to it: nobody has to begin again, and no second clock hides how long the first has run.
///
/// # Errors
/// [`Oops::NotFound`] for whoever is not a person of the record; [`Oops::Wrong`] without words.
pub async fn complain(tx: &mut Tx, who: &Who, moment: &mut Moment, words: &str) -> Result<Received> {
    let Reader::Person(person) = who.reader else { return Err(Oops::NotFound) };
    let words = written(words, "Write what went wrong")?;
    let today = moment.today();
    tx.run(store::LOCK, args![person]).await?;
    let held = complaints_of(tx, person, today).await?;
    if let Some(open) = held.iter().find(|one| one.state == ComplaintState::Open) {
        let id = moment.id();
        let values = args![id, open.id, person, open.stage.code(), words, today, moment.now()];
        tx.run(store::ADD_TO, values).await?;
        let payload = json!({"complaint": open.id, "added": id, "words": entry::hash_of(words)});
        note(tx, who, moment, Act { action: "add_to_complaint", about: &[person], payload }).await?;
        return Ok(Received { id: open.id, due_on: open.due_on, added: true });
    }
    let id = moment.id();
    begin(tx, (who, moment), (person, id), (ComplaintStage::First, words)).await
}

/// Somebody is not content with how their complaint was settled, or the answer is late: it goes on to the next stage, whose
/// clock starts the same day.
///
/// # Errors
/// [`Oops::NotFound`] where it is not theirs; [`Oops::Refused`] where it cannot go on; [`Oops::Wrong`] without words.
pub async fn not_content(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (id, words): (Uuid, &str),
) -> Result<Received> {
    let Reader::Person(person) = who.reader else { return Err(Oops::NotFound) };
    let today = moment.today();
    tx.run(store::LOCK, args![person]).await?;
    let held = complaints_of(tx, person, today).await?;
    let last = held.iter().rfind(|one| one.id == id).ok_or(Oops::NotFound)?;
    let Some(next) = last.stage.next().filter(|_| last.may_go_on(today)) else {
        return Err(Oops::Refused("It cannot go on from here".to_owned()));
    };
    let words = written(words, "Write what is still not right")?;
    if last.state == ComplaintState::Open {
        let rows: Vec<ComplaintRow> = tx.all(store::ONE, args![id]).await?;
        let mut row = rows.into_iter().next_back().ok_or(Oops::NotFound)?;
        tx.run_one(store::OVER, args![row.id, moment.now()]).await?;
        ComplaintState::Onward.code().clone_into(&mut row.state);
        row.ended_on = Some(Day(today));
        add(tx, moment, &row).await?;
    }
    begin(tx, (who, moment), (person, id), (next, words)).await
}

/// A stage begins, with its clock.
async fn begin(
    tx: &mut Tx,
    (who, moment): (&Who, &mut Moment),
    (person, id): (PersonId, Uuid),
    (stage, words): (ComplaintStage, &str),
) -> Result<Received> {
    let today = moment.today();
    let row = ComplaintRow {
        id: Uuid::nil(),
        complaint_id: id,
        person_id: person.0,
        stage: stage.code().to_owned(),
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
    let payload =
        json!({"complaint": id, "stage": stage.code(), "received": today, "words": entry::hash_of(words)});
    note(tx, who, moment, Act { action: "complain", about: &[person], payload }).await?;
    let dues = dues(tx, person, today).await?;
    let due = dues.into_iter().find(|one| Some(one.0.as_str()) == stage.rule() && one.1 == today);
    if stage.rule().is_some() && due.is_none() {
        return Err(Oops::Broken("a complaint has no clock".to_owned()));
    }
    Ok(Received { id, due_on: due.map(|one| one.2), added: false })
}

async fn add(tx: &mut Tx, moment: &mut Moment, row: &ComplaintRow) -> Result<()> {
    let day = |day: Option<Day>| day.map(|day| day.0);
    let values = args![
        moment.id(),
        row.complaint_id,
        row.person_id,
        &row.stage,
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
/// [`Oops::NotFound`] where it is not theirs to look at; [`Oops::Refused`] where it is over, or they answered an earlier stage;
/// [`Oops::Wrong`] without words.
pub async fn settle(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (id, outcome): (Uuid, Outcome),
) -> Result<PersonId> {
    let all = stages(tx, who, moment, id).await?;
    let held = all.last().ok_or(Oops::NotFound)?;
    if held.state != ComplaintState::Open {
        return Err(Oops::Refused("This complaint is over. What is said stands there".to_owned()));
    }
    let before: Vec<WorkerId> = all.iter().filter_map(|one| one.answered_by).collect();
    if !who.worker().is_some_and(|worker| may_answer(&worker, &before)) {
        return Err(Oops::Refused("You answered it before. Somebody else looks at it now".to_owned()));
    }
    let words = outcome.words();
    if words.is_empty() {
        return Err(Oops::wrong("words", outcome.ask()));
    }
    if words.chars().count() > LONGEST {
        return Err(Oops::wrong("words", &format!("Say it in at most {LONGEST} letters")));
    }
    let rows: Vec<ComplaintRow> = tx.all(store::ONE, args![id]).await?;
    let mut row = rows.into_iter().next_back().ok_or(Oops::NotFound)?;
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
