//! What anybody said is not right about a plan or a hand-over, with what was answered and what changed: read by the rooms that
//! hold the two, and drawn beside them. Now, or as known on a past day.

use super::FAR;
use super::store::{self, NotRightRow};
use super::story::hidden;
use super::voice::{By, Voice, avatar_of};
use crate::entry::{self, when};
use crate::{Result, Who};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use practice::id::PersonId;
use practice::space::{Changed, Concern};
use uuid::Uuid;

/// Something that somebody says is not right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRight {
    /// Where it is answered.
    pub question: Uuid,
    /// The hand-over, where it is about one.
    pub handover: Option<Uuid>,
    /// Who says so.
    pub voice: Voice,
    /// Their words.
    pub words: String,
    /// On which day.
    pub on: Date,
    /// By when a human answers.
    pub answer_by: Date,
    /// What was answered.
    pub answer: Option<Answer>,
}

/// What a human answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who.
    pub by: String,
    /// On which day.
    pub on: Date,
    /// What changed because of it.
    pub changed: Option<Changed>,
    /// In their words, where the reader may read them.
    pub words: Option<String>,
}

/// What was said not to be right of somebody's plan or hand-over, oldest first: whose words this worker may read.
///
/// # Errors
/// Where the database refuses.
pub async fn not_right(
    conn: &mut Conn,
    (who, now): (&Who, Timestamp),
    (person, of): (PersonId, Concern),
    known: Option<Timestamp>,
) -> Result<Vec<NotRight>> {
    let at = known.unwrap_or(FAR);
    let rows: Vec<NotRightRow> = conn.all(store::NOT_RIGHT, args![person, of.code(), at]).await?;
    let others: Vec<PersonId> = rows.iter().filter_map(|row| row.asked_by.map(PersonId)).collect();
    let hidden = hidden(conn, who, now, &others).await?;
    let ids: Vec<Uuid> = rows.iter().flat_map(|row| [row.entry_id, row.answer_id]).flatten().collect();
    let entries = entry::open_many(conn, who, now, &ids).await?;
    let find = |id: Option<Uuid>| entries.iter().find(|one| Some(one.entry.id.0) == id);
    let mut all = vec![];
    for row in rows.into_iter().filter(|row| row.asked_by.is_none_or(|id| !hidden.contains(&PersonId(id)))) {
        let Some(said) = find(row.entry_id) else { continue };
        let words: Vec<&str> = said.statements.iter().map(|one| one.words.as_str()).collect();
        let by = By::read(
            row.asked_by == Some(person.0),
            row.asked_by,
            row.said_by_worker,
            row.said_by_words.clone(),
            ("question", row.id),
        )?;
        let answer = row.answered_on.map(|on| Answer {
            by: row.answerer.unwrap_or_default(),
            on: on.0,
            changed: row.changed.as_deref().and_then(Changed::from_code),
            words: find(row.answer_id).map(|one| one.entry.narrative.clone()),
        });
        all.push(NotRight {
            question: row.question_id,
            handover: row.handover_id,
            voice: Voice::of(by, row.name, row.initials, row.hue),
            words: words.join("\n"),
            on: row.asked_on.0,
            answer_by: row.answer_by.0,
            answer,
        });
    }
    Ok(all)
}

/// The same on a page, with where to say it (none on a past day) and where to answer.
pub fn beside(all: &[NotRight], (what, say): (&str, Option<&str>), today: Date) -> Markup {
    html! {
        section aria-labelledby="h-not-right" {
            h3 id="h-not-right" { "Is something not right?" }
            @if all.is_empty() { p.soft { "Nobody has said that this " (what) " is not right." } }
            @for one in all { (drawn(one, (say.is_some(), today))) }
            @if let Some(say) = say {
                p.small.no-print { a href=(say) { "This " (what) " is not right" } ": anybody may say so. A human answers within days, and it stops nothing." }
            }
        }
    }
}

fn drawn(one: &NotRight, (now, today): (bool, Date)) -> Markup {
    let below = html! {
        @match &one.answer {
            Some(answer) => {
                p { b { (answer.by) } " answered, " (when::short_day(answer.on, today)) ". " @if let Some(changed) = answer.changed { b { (changed.plain()) "." } } }
                @if let Some(words) = &answer.words { (entry::paragraphs(words)) }
            }
            None => {
                p.small { "Answer by " (when::day(one.answer_by, today)) ". "
                    @if one.answer_by < today { (page::tag(page::Tag::Late, &entry::late_words(one.answer_by, today))) } }
                @if now { p.small.no-print { a href={ "/question/" (one.question) } { "Answer " (one.voice.name) } } }
            }
        }
    };
    page::voice(&page::Voice {
        worker: one.voice.by.worker().is_some(),
        below: Some(below),
        ..page::Voice::of(
            avatar_of(&one.voice),
            &one.voice.name,
            html! { "said, " (when::short_day(one.on, today)) },
            &one.words,
        )
    })
}
