//! Asking something in one's own space and answering it; not agreeing with what is written, and what is said to that.

use super::store::{self, DisagreementRow, QuestionRow};
use crate::entry::{self, KeptFile, Own};
use crate::journal::{self, Act};
use crate::notice::{self, Notice};
use crate::oops::Wrong;
use crate::told::{self, By};
use crate::{Moment, Oops, Result, Who, access, clock, working};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::access::{Reader, Sight};
use practice::entry::{EntryKind, Part, Readers};
use practice::id::{EntryId, PersonId, WorkerId};
use practice::recording::{Audience, Participant, RecordEntry};
use practice::space::{Changed, Concern, answer_by, may_answer};
use serde_json::json;
use uuid::Uuid;

/// What somebody asks or tells in their own space.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Whose space it is.
    pub about: PersonId,
    /// Their words.
    pub words: String,
    /// The only workers who may read it; everybody who works with them where none are named.
    pub only: Vec<WorkerId>,
    /// What they sent with it.
    pub files: Vec<KeptFile>,
    /// What it is besides a question, and what the page they wrote it on says of that in their language.
    pub concerns: Option<(Concern, String)>,
}

/// One question, as whoever asked sees it.
#[derive(Clone, Debug)]
pub struct Question {
    /// Which.
    pub id: Uuid,
    /// The thread of the entry that holds the words.
    pub asked_in: EntryId,
    /// The thread of the answer, once there is one.
    pub answered_in: Option<EntryId>,
    /// When it was asked.
    pub asked_on: Date,
    /// By when a human answers.
    pub answer_by: Date,
    /// When it was answered.
    pub answered_on: Option<Date>,
    /// Who answered.
    pub answerer: Option<String>,
    /// Whom it is about.
    pub about: PersonId,
    /// What it is besides a question.
    pub concern: Option<Concern>,
    /// What changed because of it, where it says that a plan or a hand-over is not right.
    pub changed: Option<Changed>,
}

impl From<QuestionRow> for Question {
    fn from(row: QuestionRow) -> Self {
        Self {
            id: row.question_id,
            asked_in: row.asked_in.into(),
            answered_in: row.answered_in.map(Into::into),
            asked_on: row.asked_on.0,
            answer_by: row.answer_by.0,
            answered_on: row.answered_on.map(|day| day.0),
            answerer: row.answerer,
            about: row.person_id.into(),
            concern: row.concerns.as_deref().and_then(Concern::from_code),
            changed: row.changed.as_deref().and_then(Changed::from_code),
        }
    }
}

/// What somebody asked, newest first.
///
/// # Errors
/// Where the database refuses.
pub async fn asked_by(conn: &mut Conn, person: PersonId) -> Result<Vec<Question>> {
    let rows: Vec<QuestionRow> = conn.all(store::QUESTIONS_OF, args![person]).await?;
    Ok(rows.into_iter().map(Question::from).collect())
}

pub(super) const fn signed_in(who: &Who) -> Result<PersonId> {
    match who.reader {
        Reader::Person(person) => Ok(person),
        Reader::Nobody | Reader::Staff(_) => Err(Oops::NotFound),
    }
}

/// Whoever was told that these words wait need not be told any more.
async fn answered(
    tx: &mut Tx,
    moment: &Moment,
    (person, by): (PersonId, WorkerId),
    link: &str,
) -> Result<()> {
    let mut told = working::answerers(tx, person, moment.today()).await?;
    told.push(by);
    notice::settle(tx, moment.now(), (&told, link)).await
}

/// By which day a human answers what is written on a day.
async fn answered_by(conn: &mut Conn, asked: Date) -> Result<Date> {
    let rules = clock::rules(conn).await?;
    let by = answer_by(&clock::calendar(conn).await?, &rules, asked);
    by.ok_or_else(|| Oops::Broken("rule OS-01 has no length".to_owned()))
}

/// Tells these that there are words to answer.
pub(super) async fn tell(
    tx: &mut Tx,
    moment: &mut Moment,
    workers: &[WorkerId],
    (words, link): (&str, &str),
) -> Result<()> {
    for worker in workers {
        let notice = Notice { kind: "own-space", words, link: Some(link) };
        notice::tell(tx, moment, *worker, notice).await?;
    }
    Ok(())
}

/// Tells those who answer for somebody that something was said in their own space, and where it stands.
///
/// # Errors
/// Where the database refuses.
pub async fn let_know(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    (words, link): (&str, &str),
) -> Result<()> {
    let workers = working::answerers(tx, person, moment.today()).await?;
    tell(tx, moment, &workers, (words, link)).await
}

/// Nobody writes in another's space but whoever acts for them, within their limits.
async fn may_write_for(tx: &mut Tx, moment: &Moment, (person, about): (PersonId, PersonId)) -> Result<()> {
    if person == about {
        return Ok(());
    }
    let today = moment.today();
    let spaces = super::entrusted::spaces_of(tx, person, today).await?;
    let may = spaces.iter().any(|one| one.of == about && practice::entrusted::may_write(&one.rule, today));
    if may { Ok(()) } else { Err(Oops::NotFound) }
}

/// Files what somebody wrote in their own space, and says by when a human answers.
///
/// # Errors
/// [`Oops::NotFound`] for whoever is not a person of the record; [`Oops::Wrong`] where nothing was written.
pub async fn ask(tx: &mut Tx, who: &Who, moment: &mut Moment, asked: Asked) -> Result<Question> {
    let person = signed_in(who)?;
    let not_right = asked.concerns.as_ref().is_some_and(|one| one.0.not_right());
    // whoever is responsible for a child reads its plan, and may say that it is not right
    let responsible =
        not_right && told::responsible_for(tx, person, moment.today()).await?.contains(&asked.about);
    if !responsible {
        may_write_for(tx, moment, (person, asked.about)).await?;
    }
    // what is written to some alone is answered by them, and nobody else is told that it is there
    let answer = if asked.only.is_empty() {
        working::answerers(tx, asked.about, moment.today()).await?
    } else {
        asked.only.clone()
    };
    let (concern, title) = asked.concerns.unzip();
    // a parent's words on their child's plan are the parent's own; whoever acts for somebody writes for them
    let for_them = !concern.is_some_and(Concern::not_right);
    let (about, only, files) = (asked.about, asked.only, asked.files);
    let own = Own { about, title, words: asked.words, only, files, for_them };
    let entry = entry::write_own(tx, who, moment, own).await?;
    let by = if person == about { By::Themselves } else { By::Person(person) };
    let handover = if concern == Some(Concern::Handover) { under_way(tx, about).await? } else { None };
    let question = keep(tx, moment, &Kept { about, by, written_by: None, entry, concern, handover }).await?;
    let (id, by) = (question.id, question.answer_by);
    let payload = json!({"question": id, "entry": entry, "answer_by": by, "for": about, "by": person});
    journal::note(tx, who, moment, Act { action: "ask_in_space", about: &[about, person], payload }).await?;
    let link = format!("/question/{id}");
    let words = match concern {
        Some(Concern::Advocate) => "Somebody asks for an advocate in their own space",
        Some(Concern::Worker) => "Somebody asks for a different worker in their own space",
        Some(concern @ (Concern::Plan | Concern::Handover)) => told_of(concern),
        Some(Concern::Story(_) | Concern::Meeting) | None => "Somebody wrote to you in their own space",
    };
    tell(tx, moment, &answer, (words, &link)).await?;
    Ok(question)
}

/// What those who answer are told where something is said not to be right.
pub(super) const fn told_of(concern: Concern) -> &'static str {
    if matches!(concern, Concern::Handover) {
        "Somebody says that a hand-over is not right"
    } else {
        "Somebody says that a plan is not right"
    }
}

/// The hand-over of somebody that is under way.
pub(super) async fn under_way(conn: &mut Conn, person: PersonId) -> Result<Option<Uuid>> {
    let row: Option<(Uuid,)> = conn.maybe(store::HANDOVER_UNDER_WAY, args![person]).await?;
    Ok(row.map(|row| row.0))
}

/// What was asked or said, on its way into the record.
pub(super) struct Kept {
    /// Whom it is about.
    pub(super) about: PersonId,
    /// Whose words.
    pub(super) by: By,
    /// The worker who wrote it down, where it was not written in one's own space.
    pub(super) written_by: Option<WorkerId>,
    /// The thread of the entry that holds the words.
    pub(super) entry: EntryId,
    /// What it is besides a question.
    pub(super) concern: Option<Concern>,
    /// Of which hand-over.
    pub(super) handover: Option<Uuid>,
}

/// Keeps it, with the day by which a human answers.
pub(super) async fn keep(tx: &mut Tx, moment: &mut Moment, kept: &Kept) -> Result<Question> {
    let (asked_on, id) = (moment.today(), moment.id());
    let by = answered_by(tx, asked_on).await?;
    let person = if kept.by.themselves() { Some(kept.about) } else { kept.by.person() };
    let values = args![
        moment.id(),
        id,
        kept.about,
        person.map(|person| person.0),
        kept.by.worker().map(|worker| worker.0),
        kept.by.words().map(str::to_owned),
        kept.written_by.map(|worker| worker.0),
        kept.handover,
        kept.entry,
        kept.concern.map(Concern::code),
        asked_on,
        by,
        moment.now()
    ];
    tx.run(store::ASK, values).await?;
    clock::refresh(tx, moment, kept.about).await?;
    Ok(Question {
        id,
        asked_in: kept.entry,
        answered_in: None,
        asked_on,
        answer_by: by,
        answered_on: None,
        answerer: None,
        about: kept.about,
        concern: kept.concern,
        changed: None,
    })
}

/// A question with its newest words, for a worker who may read them.
pub(super) async fn question(
    conn: &mut Conn,
    who: &Who,
    moment: &Moment,
    id: Uuid,
) -> Result<(QuestionRow, entry::Whole)> {
    let row: QuestionRow = conn.maybe(store::QUESTION, args![id]).await?.ok_or(Oops::NotFound)?;
    let newest: Option<(Uuid,)> = conn.maybe(store::NEWEST_OF, args![row.asked_in]).await?;
    let newest = newest.ok_or(Oops::NotFound)?.0;
    let whole = entry::open(conn, who, moment.now(), newest.into()).await?.ok_or(Oops::NotFound)?;
    Ok((row, whole))
}

/// An entry without anything but words written to somebody.
fn message(
    to: Option<PersonId>,
    about: PersonId,
    words: String,
    (moment, audience): (&Moment, Audience),
) -> RecordEntry {
    RecordEntry {
        kind: EntryKind::Message,
        happened_at: moment.now(),
        manner: None,
        minutes: None,
        place: None,
        title: None,
        people: vec![Participant { person: about, part: Part::About, seen: None, not_seen_why: None }],
        workers: vec![],
        others_present: None,
        narrative: words,
        statements: vec![],
        promises: vec![],
        significant: false,
        written_to: to,
        audience,
        corrects: None,
    }
}

/// Answers a question: an entry like any other, written to whoever asked. What was asked of one alone is answered to them alone.
/// Where it says that a plan or a hand-over is not right, the answer says what changed because of it.
///
/// # Errors
/// As access says of the question's words; [`Oops::Refused`] where somebody answered meanwhile, or a worker would answer
/// themselves; [`Oops::Wrong`] without words, or without what changed.
pub async fn answer(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (id, words, changed): (Uuid, &str, Option<Changed>),
) -> Result<EntryId> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let (row, whole) = question(tx, who, moment, id).await?;
    if row.answered_on.is_some() {
        return Err(Oops::Refused(
            "Somebody has answered this meanwhile. Read it, and write again if more is to be said".to_owned(),
        ));
    }
    if !may_answer(row.said_by_worker.map(WorkerId), worker) {
        return Err(Oops::Refused(
            "Somebody else answers what you said yourself. Whoever leads the team sees it on Today"
                .to_owned(),
        ));
    }
    let concern = row.concerns.as_deref().and_then(Concern::from_code);
    let can = concern.map_or(&[][..], Concern::changes);
    let mut wrong = Wrong::default();
    let words = wrong.needed("words", words, "Write what you want to say");
    if !can.is_empty() && !changed.is_some_and(|changed| can.contains(&changed)) {
        wrong.say("changed", "Say what changed because of it");
    }
    wrong.done()?;
    let changed = changed.filter(|changed| can.contains(changed));
    let (asker, about) = (row.asked_by.map(PersonId), PersonId(row.person_id));
    let audience = match whole.entry.readers {
        Readers::Named => {
            let mut workers: Vec<WorkerId> = whole.entry.named.iter().filter_map(|one| one.worker).collect();
            if !workers.contains(&worker) {
                workers.push(worker);
            }
            Audience::Named { workers, people: asker.into_iter().collect() }
        }
        Readers::Present | Readers::Staff => Audience::Present,
    };
    let entry = message(asker, about, words, (moment, audience));
    let filed = entry::record(tx, who, moment, &entry::Recording::of(entry)).await?;
    let values =
        args![row.id, moment.id(), filed, changed.map(Changed::code), moment.today(), worker, moment.now()];
    tx.run(store::ANSWER, values).await?;
    tx.run_one(store::OVER, args![row.id, moment.now()]).await?;
    clock::refresh(tx, moment, about).await?;
    let payload = json!({"question": id, "entry": filed, "changed": changed.map(Changed::code)});
    let people: Vec<PersonId> = std::iter::once(about).chain(asker).collect();
    journal::note(tx, who, moment, Act { action: "answer_question", about: &people, payload }).await?;
    let link = format!("/question/{id}");
    answered(tx, moment, (about, worker), &link).await?;
    if let Some(said_by) = row.said_by_worker.or(row.written_by).filter(|one| *one != worker.0) {
        let words = "What you said or wrote down of a plan or a hand-over was answered";
        tell(tx, moment, &[said_by.into()], (words, &link)).await?;
    }
    Ok(filed)
}

/// Puts somebody's words beside a text that they do not agree with, for ever. Gives it, and the day by which a human answers.
///
/// # Errors
/// [`Oops::NotFound`] where the text is not theirs to read; [`Oops::Wrong`] without words.
pub async fn disagree(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (thread, words): (EntryId, &str),
) -> Result<(Uuid, Date)> {
    let person = signed_in(who)?;
    let theirs = entry::one_of_theirs(tx, person, thread).await?.ok_or(Oops::NotFound)?;
    let words = words.trim();
    if words.is_empty() {
        return Err(Oops::wrong("words", "Write what is wrong, in your own words"));
    }
    let id = moment.id();
    let entry = theirs.whole.entry.id;
    tx.run(store::DISAGREE, args![id, person, thread, entry, words, moment.now()]).await?;
    let payload = json!({"disagreement": id, "entry": entry, "words": entry::hash_of(words)});
    journal::note(tx, who, moment, Act { action: "disagree", about: &[person], payload }).await?;
    let link = format!("/disagreement/{id}");
    let answer = working::answerers(tx, person, moment.today()).await?;
    tell(tx, moment, &answer, ("Somebody does not agree with what is written about them", &link)).await?;
    Ok((id, answered_by(tx, moment.today()).await?))
}

/// A disagreement and its text, for a worker who may read it.
pub(super) async fn disagreement(
    conn: &mut Conn,
    who: &Who,
    moment: &Moment,
    id: Uuid,
) -> Result<(DisagreementRow, entry::Whole)> {
    let row: DisagreementRow = conn.maybe(store::DISAGREEMENT, args![id]).await?.ok_or(Oops::NotFound)?;
    let entry = row.entry_id.ok_or(Oops::NotFound)?;
    let whole = entry::open(conn, who, moment.now(), entry.into()).await?.ok_or(Oops::NotFound)?;
    Ok((row, whole))
}

/// Says something to somebody who does not agree. It stands beside their words from then on.
///
/// # Errors
/// As access says of the text; [`Oops::Wrong`] without words.
pub async fn reply(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (id, words): (Uuid, &str),
) -> Result<EntryId> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let (row, whole) = disagreement(tx, who, moment, id).await?;
    let person = PersonId(row.person_id);
    access::require(tx, who, moment.now(), person, Sight::Record).await?;
    let words = words.trim();
    if words.is_empty() {
        return Err(Oops::wrong("words", "Write what you want to say"));
    }
    let reply = moment.id();
    tx.run(store::REPLY, args![reply, id, person, worker, words, moment.now()]).await?;
    let payload = json!({"disagreement": id, "answer": reply, "words": entry::hash_of(words)});
    journal::note(tx, who, moment, Act { action: "answer_disagreement", about: &[person], payload }).await?;
    answered(tx, moment, (person, worker), &format!("/disagreement/{id}")).await?;
    Ok(whole.entry.id)
}
