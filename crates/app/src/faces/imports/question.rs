//! What a file asks a person to decide: a newer census no longer holds something, or a period of it overlaps with one
//! of the record. Nothing is changed until somebody says so, and nothing is ever deleted.

use super::store::{self, QuestionRow};
use crate::{Moment, Result};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::brought::{Decision, Sort};
use practice::episode::{EpisodeKind, StepKind};
use practice::id::{EpisodeId, PersonId};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use uuid::Uuid;

/// A period as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesPeriod {
    /// Its kind, by its code.
    pub kind: String,
    /// Its first day.
    pub from: Date,
    /// Its last day; none while it goes on.
    pub to: Option<Date>,
    /// Why it ended.
    pub end_reason: Option<String>,
    /// The team that would hold it.
    pub team: Option<Uuid>,
    /// What makes it the same when brought in again.
    pub source_key: String,
    /// Where it comes from, in words.
    pub source: String,
}

/// Something that a file asks.
#[derive(Clone, Debug)]
pub struct Question {
    /// The same for every version.
    pub id: Uuid,
    /// About whom.
    pub person: PersonId,
    /// The import that asked.
    pub run: Uuid,
    /// What sort of thing.
    pub sort: Sort,
    /// The year of the return.
    pub year: i16,
    /// What it is about, as imports compare it: "child-in-need:2025-01-10".
    pub known_as: String,
    /// The episode of the record.
    pub episode: Option<EpisodeId>,
    /// What the file says of an overlap.
    pub file_says: Option<FilesPeriod>,
    /// What was decided, and why; none while it is open.
    pub decided: Option<(Decision, String)>,
    /// Who decided.
    pub by: Option<String>,
    /// The council's id of the person.
    pub council_id: Option<String>,
}

pub(super) fn read(row: QuestionRow) -> Result<Question> {
    let broken = |column| db::DbError::Broken { table: "import_question", column, row: row.id.to_string() };
    let decided = match (&row.decision, &row.reason) {
        (Some(code), reason) => {
            let decision = Decision::from_code(code).ok_or_else(|| broken("decision"))?;
            Some((decision, reason.clone().unwrap_or_default()))
        }
        (None, _) => None,
    };
    Ok(Question {
        id: row.question_id,
        person: row.person_id.into(),
        run: row.run_id,
        sort: Sort::from_code(&row.sort).ok_or_else(|| broken("sort"))?,
        year: i16::try_from(row.year).map_err(|_| broken("year"))?,
        known_as: row.known_as,
        episode: row.episode_id.map(Into::into),
        file_says: row.file_says.as_deref().map(serde_json::from_str).transpose()?,
        decided,
        by: row.author,
        council_id: row.council_id,
    })
}

/// What one import asked.
///
/// # Errors
/// Where the database refuses.
pub async fn asked_by(conn: &mut Conn, run: Uuid) -> Result<Vec<Question>> {
    let rows: Vec<QuestionRow> = conn.all(store::QUESTIONS_OF_RUN, args![run]).await?;
    rows.into_iter().map(read).collect()
}

/// What is still to decide, of every import.
///
/// # Errors
/// Where the database refuses.
pub async fn open_questions(conn: &mut Conn) -> Result<Vec<Question>> {
    let rows: Vec<QuestionRow> = conn.all(store::OPEN_QUESTIONS, args![]).await?;
    rows.into_iter().map(read).collect()
}

/// One question as it stands.
///
/// # Errors
/// Where the database refuses.
pub async fn question(conn: &mut Conn, id: Uuid) -> Result<Option<Question>> {
    let row: Option<QuestionRow> = conn.maybe(store::QUESTION, args![id]).await?;
    row.map(read).transpose()
}

/// A version of a question.
pub(super) async fn write(
    tx: &mut Tx,
    moment: &mut Moment,
    one: &Question,
    author: Option<Uuid>,
) -> Result<()> {
    tx.run(store::SUPERSEDE_QUESTION, args![one.id, moment.now()]).await?;
    let says = one.file_says.as_ref().map(serde_json::to_string).transpose()?;
    let values = args![
        moment.id(),
        one.id,
        one.person,
        one.run,
        one.sort.code(),
        i64::from(one.year),
        &one.known_as,
        one.episode.map(|episode| episode.0),
        says,
        one.decided.as_ref().map(|decided| decided.0.code()),
        one.decided.as_ref().map(|decided| decided.1.as_str()),
        author,
        moment.now()
    ];
    tx.run(store::ADD_QUESTION, values).await?;
    Ok(())
}

/// The questions of one import on their way: each asked once of a year, however often its file is brought in, and
/// answered by itself when a newer file holds again what was missing.
#[derive(Debug, Default)]
pub(crate) struct Asking {
    year: i16,
    /// What was asked before, open or decided.
    before: HashSet<(Uuid, String)>,
    /// Of these, what is open and about something missing.
    missing: Vec<Question>,
    new: Vec<Question>,
    again: Vec<Question>,
}

impl Asking {
    /// What was asked of a year before.
    pub(crate) async fn of(conn: &mut Conn, year: i16) -> Result<Self> {
        let rows: Vec<QuestionRow> = conn.all(store::QUESTIONS_OF_YEAR, args![i64::from(year)]).await?;
        let mut all = Self { year, ..Self::default() };
        for row in rows {
            let one = read(row)?;
            all.before.insert((one.person.0, key(one.sort, &one.known_as)));
            if one.decided.is_none() && one.sort != Sort::Overlap {
                all.missing.push(one);
            }
        }
        Ok(all)
    }

    /// Asks, unless that was asked before.
    pub(crate) fn ask(
        &mut self,
        person: PersonId,
        sort: Sort,
        known_as: &str,
        (episode, file_says): (Option<EpisodeId>, Option<FilesPeriod>),
    ) {
        if !self.before.insert((person.0, key(sort, known_as))) {
            return;
        }
        self.new.push(Question {
            id: Uuid::nil(),
            person,
            run: Uuid::nil(),
            sort,
            year: self.year,
            known_as: known_as.to_owned(),
            episode,
            file_says,
            decided: None,
            by: None,
            council_id: None,
        });
    }

    /// Whether this import asks about an overlap with this episode.
    pub(crate) fn overlaps(&self, episode: EpisodeId) -> bool {
        self.new.iter().any(|one| one.sort == Sort::Overlap && one.episode == Some(episode))
    }

    /// That the file holds this of the person after all: what was asked because it was missing is answered.
    pub(crate) fn holds(&mut self, person: PersonId, known_as: impl Fn(&str) -> bool) {
        let held =
            |one: &Question| one.person == person && (one.sort == Sort::Person || known_as(&one.known_as));
        let (again, missing) = std::mem::take(&mut self.missing).into_iter().partition(held);
        self.missing = missing;
        self.again.extend::<Vec<Question>>(again);
    }

    /// How many new questions there are.
    pub(crate) const fn many(&self) -> u64 {
        self.new.len() as u64
    }

    /// Keeps the questions of this import.
    pub(crate) async fn keep(self, tx: &mut Tx, moment: &mut Moment, run: Uuid) -> Result<()> {
        for one in self.new {
            let one = Question { id: moment.id(), run, ..one };
            write(tx, moment, &one, None).await?;
        }
        for one in self.again {
            let why = format!("A newer file of {} holds it again", one.year);
            write(tx, moment, &Question { decided: Some((Decision::HeldAgain, why)), ..one }, None).await?;
        }
        Ok(())
    }
}

fn key(sort: Sort, known_as: &str) -> String {
    format!("{} {known_as}", sort.code())
}

/// A key in words: "Child in need from 10 January 2025".
pub(crate) fn in_words(known_as: &str) -> String {
    let mut parts = known_as.splitn(2, ':');
    let (kind, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let kind = EpisodeKind::from_code(kind)
        .map(EpisodeKind::plain)
        .or_else(|| StepKind::from_code(kind).map(StepKind::plain))
        .unwrap_or(kind);
    let day = rest.rsplit('/').next().unwrap_or(rest);
    let day =
        day.parse::<Date>().map_or_else(|_| day.to_owned(), |day| day.strftime("%-d %B %Y").to_string());
    format!("{kind} from {day}")
}
