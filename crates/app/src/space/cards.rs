//! What of people's own spaces shows elsewhere: on the person's page, and on the Today of whoever answers.

use super::hidden::hide;
use super::store::{self, DisagreementRow, InRow, QuestionRow};
use crate::access::{Reach, decide_many};
use crate::clock;
use crate::entry::{self, when};
use crate::frame::hue;
use crate::room::{Card, Look};
use crate::{App, Result, Who};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Tag};
use practice::access::Sight;
use practice::id::{EntryId, PersonId, WorkerId};
use practice::space::{Concern, InSpace, answer_by, may_answer};
use std::collections::HashSet;
use uuid::Uuid;

/// In the side column of the person's page.
const PLACE: u16 = 130;
/// Words that wait for an answer stand near the top of Today.
const FIRST: u16 = 12;

/// On the person's page: who comes in, and what waits for an answer.
pub(super) async fn of_person(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    if look.known.is_some() {
        return Ok(vec![]);
    }
    let mut inside: Vec<InRow> = conn.all(store::WHO_COMES_IN, args![look.person, look.today]).await?;
    hide(conn, look.who, look.now, &mut inside).await?;
    let mut open: Vec<QuestionRow> = conn.all(store::OPEN_ABOUT, args![look.person]).await?;
    hide(conn, look.who, look.now, &mut open).await?;
    let readable = readable(conn, look.who, look.now, &open).await?;
    let open: Vec<&QuestionRow> = open.iter().filter(|row| readable.contains(&row.question_id)).collect();
    let href = format!("/person/{}/space", look.person);
    let body = html! {
        section aria-labelledby="own-space" {
            h2 #own-space { "Their own space" }
            @if inside.is_empty() { p.soft { "Nobody comes in yet. Invite them: they can read what is written, write to you, and say when it is wrong." } }
            @for row in &inside {
                p { (row.name) ", " (InSpace::from_code(&row.part).map_or("", InSpace::plain).to_lowercase()) }
            }
            @for row in &open {
                p { a href={ "/question/" (row.question_id) } { (row.asker) " " (wrote(row)) ". Answer by " (when::short_day(row.answer_by.0, look.today)) } }
            }
            p { a href=(href) { @if inside.is_empty() { "Invite them" } @else { "Who comes in, and invite" } } }
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}

/// What somebody did, in few words.
fn wrote(row: &QuestionRow) -> &'static str {
    let concern = row.concerns.as_deref().and_then(Concern::from_code);
    concern.filter(|one| one.not_right()).map_or("wrote", Concern::plain)
}

/// Which of these questions hold words that the reader may read: what was written to one worker alone is not there for
/// another.
async fn readable(conn: &mut Conn, who: &Who, now: Timestamp, rows: &[QuestionRow]) -> Result<HashSet<Uuid>> {
    let ids: Vec<EntryId> = rows.iter().filter_map(|row| row.newest_id).map(EntryId).collect();
    let held = entry::in_few_words(conn, who, now, &ids).await?;
    let is = |row: &&QuestionRow| row.newest_id.is_some_and(|id| held.contains_key(&EntryId(id)));
    Ok(rows.iter().filter(is).map(|row| row.question_id).collect())
}

/// A row that waits: whose words, by when, where it is answered; nowhere, for whoever may not read the words.
struct Waits {
    href: Option<String>,
    avatar: (String, i64),
    name: String,
    words: String,
    by: Date,
}

fn of_question(row: QuestionRow, readable: bool) -> Waits {
    let concern = row.concerns.as_deref().and_then(Concern::from_code);
    let words = match concern.filter(|_| readable) {
        Some(concern) => concern.plain(),
        None if readable => "wrote to you",
        None => "wrote to one worker alone, who has not answered. Ask them",
    };
    // a worker who says something has no letters of their own in the record
    let initials = if row.initials.is_empty() { crate::who::initials(&row.asker) } else { row.initials };
    Waits {
        href: readable.then(|| format!("/question/{}", row.question_id)),
        avatar: (initials, row.hue),
        words: words.to_owned(),
        name: row.asker,
        by: row.answer_by.0,
    }
}

/// On Today: what the reader answers, for those they answer for and those of colleagues who are away; for whoever leads a
/// team, what nobody answered in time.
pub(super) async fn of_today(conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
    let Some(worker) = who.worker() else { return Ok(vec![]) };
    let calendar = app.calendar();
    let mut questions: Vec<QuestionRow> = conn.all(store::MINE, args![worker, today]).await?;
    // nobody answers what they said themselves
    questions.retain(|row| may_answer(row.said_by_worker.map(WorkerId), worker));
    let mut not_agreed: Vec<DisagreementRow> = conn.all(store::UNANSWERED_MINE, args![worker, today]).await?;
    let rules = clock::rules(conn).await?;
    let due = |row: &DisagreementRow| {
        let said_on = when::day_of(row.recorded_at.0);
        answer_by(&calendar, &rules, said_on).unwrap_or(said_on)
    };
    let reach = Reach::of(conn, who, app.moment().now()).await?;
    let mut late = HashSet::new();
    for (team, _) in reach.led_teams() {
        let mut open: Vec<QuestionRow> = conn.all(store::OF_TEAM, args![team, today]).await?;
        open.retain(|row| row.answer_by.0 < today);
        late.extend(open.iter().map(|row| row.question_id));
        questions.extend(open);
        // that a plan or a hand-over is not right, whoever leads the team sees at once
        let raised: Vec<QuestionRow> = conn.all(store::RAISED_OF_TEAM, args![team, today]).await?;
        questions
            .extend(raised.into_iter().filter(|row| may_answer(row.said_by_worker.map(WorkerId), worker)));
        let open: Vec<DisagreementRow> = conn.all(store::UNANSWERED_OF_TEAM, args![team, today]).await?;
        not_agreed.extend(open.into_iter().filter(|row| due(row) < today));
    }
    let people: Vec<PersonId> = questions
        .iter()
        .map(|row| row.person_id)
        .chain(not_agreed.iter().map(|row| row.person_id))
        .map(PersonId)
        .collect();
    let open = decide_many(conn, who, app.moment().now(), &people, Sight::Open).await?;
    hide(conn, who, app.moment().now(), &mut questions).await?;
    let may = |person| open.get(&PersonId(person)).is_some_and(practice::access::Decision::is_allowed);
    let readable = readable(conn, who, app.moment().now(), &questions).await?;
    // what was written to one worker alone is theirs; late, whoever leads the team knows that it waits, and not what it says
    let shows = |row: &QuestionRow| readable.contains(&row.question_id) || late.contains(&row.question_id);
    let mut once = HashSet::new();
    questions.retain(|row| may(row.person_id) && shows(row) && once.insert(row.question_id));
    not_agreed.retain(|row| may(row.person_id) && once.insert(row.id));
    let mut waits: Vec<Waits> = questions
        .into_iter()
        .map(|row| {
            let readable = readable.contains(&row.question_id);
            of_question(row, readable)
        })
        .collect();
    waits.extend(not_agreed.into_iter().map(|row| Waits {
        href: Some(format!("/disagreement/{}", row.id)),
        by: due(&row),
        avatar: (row.initials, row.hue),
        words: "does not agree with something that is written".to_owned(),
        name: row.name,
    }));
    waits.sort_by_key(|row| row.by);
    if waits.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![Card { place: FIRST, body: drawn(&waits, today) }])
}

fn drawn(waits: &[Waits], today: Date) -> Markup {
    html! {
        section aria-labelledby="own-words" {
            h2 #own-words { "They wrote to you" }
            (page::rows(&waits.iter().map(|row| page::who(
                page::avatar(&Avatar::of(&row.avatar.0, hue(row.avatar.1))),
                html! {
                    p { @if let Some(href) = &row.href { a href=(href) { (row.name) " " (row.words) } } @else { (row.name) " " (row.words) } }
                    p.soft { "Answer by " (when::day(row.by, today)) "."
                        @if row.by < today { " " (page::tag(Tag::Late, &entry::late_words(row.by, today))) } }
                },
            )).collect::<Vec<_>>()))
        }
    }
}
