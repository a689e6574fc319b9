//! Asking something in one's own space and answering it; not agreeing with what is written, and what is said to that.

use super::store::{self, DisagreementRow, QuestionRow};
use crate::entry::{self, KeptFile, Own};
use crate::journal::{self, Act};
use crate::notice::{self, Notice};
use crate::{Moment, Oops, Result, Who, access, clock};
use db::{Conn, DbError, Tx, args};
use jiff::civil::Date;
use practice::access::{Reader, Sight};
use practice::entry::{EntryKind, Part, Readers};
use practice::id::{EntryId, PersonId, WorkerId};
use practice::recording::{Audience, Participant, RecordEntry};
use practice::space::answer_by;
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

const fn signed_in(who: &Who) -> Result<PersonId> {
    match who.reader {
        Reader::Person(person) => Ok(person),
        Reader::Nobody | Reader::Staff(_) => Err(Oops::NotFound),
    }
}

/// Tells those who answer for somebody that there are words of theirs to answer.
async fn tell(tx: &mut Tx, moment: &mut Moment, person: PersonId, (words, link): (&str, &str)) -> Result<()> {
    let workers: Vec<(Uuid,)> = tx.all(store::ANSWERERS, args![person, moment.today()]).await?;
    for (worker,) in workers {
        let notice = Notice { kind: "own-space", words, link: Some(link) };
        notice::tell(tx, moment, worker.into(), notice).await?;
    }
    Ok(())
}

/// Files what somebody wrote in their own space, and says by when a human answers.
///
/// # Errors
/// [`Oops::NotFound`] for whoever is not a person of the record; [`Oops::Wrong`] where nothing was written.
pub async fn ask(tx: &mut Tx, who: &Who, moment: &mut Moment, asked: Asked) -> Result<Question> {
    let person = signed_in(who)?;
    let own = Own { about: asked.about, words: asked.words, only: asked.only, files: asked.files };
    let entry = entry::write_own(tx, who, moment, own).await?;
    let (asked_on, id) = (moment.today(), moment.id());
    let by = answer_by(&clock::calendar(tx).await?, asked_on);
    let none = None::<Uuid>;
    let values = args![
        moment.id(),
        id,
        asked.about,
        person,
        entry,
        none,
        asked_on,
        by,
        None::<Date>,
        none,
        moment.now()
    ];
    tx.run(store::ASK, values).await?;
    let payload = json!({"question": id, "entry": entry, "answer_by": by});
    journal::note(tx, who, moment, Act { action: "ask_in_space", about: &[asked.about, person], payload })
        .await?;
    let link = format!("/question/{id}");
    tell(tx, moment, asked.about, ("Somebody wrote to you in their own space", &link)).await?;
    Ok(Question {
        id,
        asked_in: entry,
        answered_in: None,
        asked_on,
        answer_by: by,
        answered_on: None,
        answerer: None,
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
    to: PersonId,
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
        written_to: Some(to),
        audience,
        corrects: None,
    }
}

/// Answers a question: an entry like any other, written to whoever asked. What was asked of one alone is answered to them alone.
///
/// # Errors
/// As access says of the question's words; [`Oops::Refused`] where somebody answered meanwhile; [`Oops::Wrong`] without words.
pub async fn answer(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (id, words): (Uuid, &str),
) -> Result<EntryId> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let (row, whole) = question(tx, who, moment, id).await?;
    if row.answered_on.is_some() {
        return Err(Oops::Refused(
            "Somebody has answered this meanwhile. Read it, and write again if more is to be said".to_owned(),
        ));
    }
    let words = words.trim();
    if words.is_empty() {
        return Err(Oops::wrong("words", "Write what you want to say"));
    }
    let (asker, about) = (PersonId(row.asked_by), PersonId(row.person_id));
    let audience = match whole.entry.readers {
        Readers::Named => {
            let mut workers: Vec<WorkerId> = whole.entry.named.iter().filter_map(|one| one.worker).collect();
            workers.push(worker);
            Audience::Named { workers, people: vec![asker] }
        }
        Readers::Present | Readers::Staff => Audience::Present,
    };
    let entry = message(asker, about, words.to_owned(), (moment, audience));
    let filed = entry::record(tx, who, moment, &entry::Recording::of(entry)).await?;
    tx.run_one(store::OVER, args![row.id, moment.now()]).await.map_err(stale)?;
    let values = args![
        moment.id(),
        row.question_id,
        row.person_id,
        row.asked_by,
        row.asked_in,
        filed,
        row.asked_on.0,
        row.answer_by.0,
        moment.today(),
        worker,
        moment.now()
    ];
    tx.run(store::ASK, values).await?;
    let payload = json!({"question": id, "entry": filed});
    journal::note(tx, who, moment, Act { action: "answer_question", about: &[about, asker], payload })
        .await?;
    Ok(filed)
}

fn stale(error: DbError) -> Oops {
    match error {
        DbError::Stale => Oops::Stale,
        other => other.into(),
    }
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
    tell(tx, moment, person, ("Somebody does not agree with what is written about them", &link)).await?;
    Ok((id, answer_by(&clock::calendar(tx).await?, moment.today())))
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
    Ok(whole.entry.id)
}
