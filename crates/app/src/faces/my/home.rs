//! The first page: what is new, what happens next, who is there, a way to say something, and help.

use super::draw::{first, promise};
use super::people::{Near, near};
use crate::Result;
use crate::entry::{self, Promised, Theirs, when};
use crate::journal::{self, Act};
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::space::{self, Question};
use crate::who::Mine;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use practice::entry::PromiseState;
use serde_json::json;

/// How much of the record is looked at for what is new and what is promised.
const LOOKED_AT: u32 = 60;
/// For how many days an answer is new.
const NEW_DAYS: i32 = 14;

/// `GET /my`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    let app = &mine.app;
    let moment = app.moment();
    let today = moment.today();
    let mut conn = app.db.read().await?;
    let all = entry::theirs(&mut conn, mine.person, LOOKED_AT).await?;
    let near = near(&mut conn, mine.person, today).await?;
    let asked = space::asked_by(&mut conn, mine.person).await?;
    drop(conn);
    let act = Act { action: "open_own_space", about: &[mine.person], payload: json!({"why": "themselves"}) };
    journal::reading(app, &mine.who, act).await?;
    let words = mine.words;
    let title = words.home_title();
    let body = html! {
        h1 { (words.home_hello(first(&mine.who.name))) }
        p.lead { (words.home_lead()) }
        (new(&mine, &asked, &all, today))
        (next(&mine, &all, today))
        h2 { (words.home_people_heading()) }
        @if near.is_empty() { p { (words.people_none()) } }
        (page::rows(&near.iter().take(3).map(|one| one.row(words, today)).collect::<Vec<_>>()))
        @if near.len() > 3 { p { a href="/my/people" { (words.home_people_all()) } } }
        h2 { (words.home_write_heading()) }
        p { (words.home_write_lead()) }
        p { a.btn href="/my/write" { (words.home_write_button()) } }
        h2 { (words.home_read_heading()) }
        @if all.is_empty() { p { (words.home_read_none()) } }
        @else { p { a href="/my/read" { (words.home_read_all()) } } }
        (not_safe(&mine))
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my", ..OwnFrame::default() }, body))
}

/// Answers, and what was written since.
fn new(mine: &Mine, asked: &[Question], all: &[Theirs], today: Date) -> Markup {
    let words = mine.words;
    let recent = |on: Date| practice::calendar::days_between(on, today) <= NEW_DAYS;
    let answered: Vec<&Question> =
        asked.iter().filter(|one| one.answered_on.is_some_and(recent)).take(3).collect();
    let written: Vec<&Theirs> = all
        .iter()
        .filter(|one| one.whole.entry.author.is_some() && recent(when::day_of(one.whole.entry.recorded_at)))
        .filter(|one| !answered.iter().any(|asked| asked.answered_in == Some(one.whole.entry.thread)))
        .take(3)
        .collect();
    html! {
        @if !answered.is_empty() || !written.is_empty() {
            section.box.box--ground {
                h2 { (words.home_new_heading()) }
                ul.plain {
                    @for one in &answered {
                        li { p { b { (words.home_answered(one.answerer.as_deref().map_or("", first))) } " "
                            @if let Some(thread) = one.answered_in { a href={ "/my/read/" (thread) } { (words.home_read_answer()) } } } }
                    }
                    @for one in &written {
                        @let entry = &one.whole.entry;
                        @let on = day(words, when::day_of(entry.happened_at), today);
                        @if let Some(author) = &entry.author {
                            li { p { a href={ "/my/read/" (entry.thread) } { (words.home_written(first(&author.name), &on)) } } }
                        }
                    }
                }
            }
        }
    }
}

/// What was promised and is still to come: the service's own promises first.
fn next(mine: &Mine, all: &[Theirs], today: Date) -> Markup {
    let words = mine.words;
    let theirs = |one: &&Promised| one.person == mine.person || one.by.person == Some(mine.person);
    let mut open: Vec<&Promised> = all
        .iter()
        .flat_map(|one| &one.whole.promises)
        .filter(|one| one.state == PromiseState::Open)
        .filter(theirs)
        .collect();
    open.sort_by_key(|one| (one.by.worker.is_none(), one.due_on.unwrap_or(Date::MAX)));
    html! {
        h2 { (words.home_next_heading()) }
        @if open.is_empty() { p { (words.home_next_none()) } }
        @else { ul { @for one in open { (promise(mine, one, today)) } } }
    }
}

/// Help at once, on the first page and on the page for it.
pub(super) fn not_safe(mine: &Mine) -> Markup {
    help(mine.words, true)
}

/// The numbers to ring.
pub(super) fn help(words: &language::Words, heading: bool) -> Markup {
    html! {
        section.box.box--ground {
            @if heading { h2 { (words.home_safe_heading()) } }
            ul.plain {
                li { (words.home_safe_999()) }
                li { (words.home_safe_999_quiet()) }
                li { (words.home_safe_childline()) }
            }
            p.small { (words.home_safe_history()) }
        }
    }
}

impl Near {
    /// How long they have been there, in words.
    pub(super) fn since(&self, words: &language::Words, today: Date) -> String {
        let days = i64::from(practice::calendar::days_between(self.from, today));
        let length = match days {
            ..14 => return words.people_since_new(),
            14..60 => words.length_weeks(days / 7),
            60..730 => words.length_months(days / 30),
            _ => words.length_years(days / 365),
        };
        words.people_since(&length)
    }
}
