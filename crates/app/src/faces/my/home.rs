//! The first page: what is new, what happens next, who is there, a way to say something, and help.

use super::draw::{first, promise};
use super::next::{self, Next, promised};
use super::people::near;
use crate::Result;
use crate::entry::{self, Theirs, when};
use crate::journal::{self, Act};
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::space::{self, Question};
use crate::who::Mine;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
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
    let all = entry::lately_theirs(&mut conn, mine.person, LOOKED_AT).await?;
    let near = near(&mut conn, mine.person, today).await?;
    let coming = next::next(&mut conn, mine.person, today).await?;
    let asked = space::asked_by(&mut conn, mine.person).await?;
    drop(conn);
    let act = Act { action: "open_own_space", about: &[mine.person], payload: json!({"why": "themselves"}) };
    journal::reading(app, &mine.who, act).await?;
    let words = mine.words;
    let title = words.home_title();
    let body = html! {
        h1 { (words.home_hello(first(&mine.who.name))) }
        p.lead { (words.home_lead()) }
        (new(&mine, &asked, if mine.stage.opens("/my/read") { &all } else { &[] }, today))
        @if mine.stage.opens("/my/next") { (to_come(&mine, (&coming, &all), today)) }
        h2 { (words.home_people_heading()) }
        @if near.is_empty() { p { (words.people_none()) } }
        (page::rows(&near.iter().take(3).map(|one| one.row(&mine, today)).collect::<Vec<_>>()))
        @if near.len() > 3 { p { a href="/my/people" { (words.home_people_all()) } } }
        h2 { (words.home_write_heading()) }
        p { (words.home_write_lead()) }
        p { a.btn href="/my/write" { (words.home_write_button()) } }
        @if mine.stage.opens("/my/read") {
            h2 { (words.home_read_heading()) }
            @if all.is_empty() { p { (words.home_read_none()) } }
            @else { p { a href="/my/read" { (words.home_read_all()) } } }
        }
        (help(words, true))
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

/// How many of what comes stand on the first page.
const SOON: usize = 4;

/// What is planned and due and what was promised, in short; the page of it says why, who comes and what one may ask for.
fn to_come(mine: &Mine, (coming, all): (&Next, &[Theirs]), today: Date) -> Markup {
    let words = mine.words;
    let open = promised(mine.person, all);
    html! {
        h2 { (words.home_next_heading()) }
        @if open.is_empty() && coming.is_empty() { p { (words.home_next_none()) } }
        @else {
            ul {
                @for one in coming.lines(mine, today).iter().take(SOON) { li { (one) } }
                @for one in open { (promise(mine, one, today)) }
            }
            p { a href="/my/next" { (words.next_more()) } }
        }
    }
}

/// Help at once, on the first page and on the page for it: the numbers to ring.
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
