//! Saying whether one wants to come, or asking about it: a human answers as to every question. And the day for the calendar
//! of one's phone, which says that something is on and not what.

use super::next::when;
use crate::form::PostedOwn;
use crate::meeting::{Seen, say_comes, seen};
use crate::moment::london;
use crate::own_frame::{OwnFrame, day, day_of_week, own_frame};
use crate::space::{self, Asked};
use crate::who::Mine;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use db::Conn;
use jiff::Timestamp;
use maud::html;
use page::{Choice, Choices, Field, FormErrors, Post, Typed, button, buttons};
use practice::id::PersonId;
use practice::meeting::Comes;
use practice::space::Concern;
use uuid::Uuid;

/// The one meeting, for somebody who may see it and of whom one can still say something.
async fn one(conn: &mut Conn, viewer: PersonId, (meeting, today): (Uuid, jiff::civil::Date)) -> Result<Seen> {
    let all = seen(conn, viewer, today).await?;
    all.into_iter().find(|one| one.meeting == meeting && !one.called_off).ok_or(Oops::NotFound)
}

/// `GET /my/next/{meeting}`
pub(super) async fn ask(mine: Mine, Path(meeting): Path<Uuid>) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let found = one(&mut conn, mine.person, (meeting, today)).await?;
    drop(conn);
    let mut typed = Typed::default();
    if let Some(comes) = found.comes {
        typed.put("say", comes.code());
    }
    Ok(draw(&mine, &found, (&typed, &FormErrors::new())))
}

fn draw(mine: &Mine, found: &Seen, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let words = mine.words;
    let today = mine.app.moment().today();
    let (title, error) = (words.home_next_heading(), words.frame_error());
    let choices = vec![
        Choice::new(Comes::Yes.code(), words.next_say_yes()),
        Choice::new(Comes::No.code(), words.next_say_no()),
        Choice::new("ask", words.next_say_ask()),
    ];
    let field = Field::textarea("words", words.next_say_words()).hint(words.next_say_hint()).rows(5);
    let action = format!("/my/next/{}", found.meeting);
    let body = html! {
        h1 { (when(words, found, today)) }
        (page::post(&Post { action: &action, csrf: &mine.csrf, ..Post::default() }, html! {
            (Choices::radios("say", words.next_say_what(), choices).typed(typed).errors(errors))
            (field.value(typed.get("words")).errors(errors).error_word(&error))
            (buttons(html! { (button(&words.next_say_button())) }))
        }))
        p { a href="/my/next" { (words.home_next_heading()) } }
    };
    let frame = OwnFrame { title: &title, part: "/my", errors: Some(errors), ..OwnFrame::default() };
    own_frame(mine, &frame, body)
}

/// `POST /my/next/{meeting}`
pub(super) async fn send(Path(meeting): Path<Uuid>, posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let words = mine.words;
    let mut moment = mine.app.moment();
    let today = moment.today();
    let mut tx = mine.app.db.write().await?;
    let found = one(&mut tx, mine.person, (meeting, today)).await?;
    let comes = Comes::from_code(typed.get("say"));
    let mut errors = FormErrors::new();
    errors.require(comes.is_some() || typed.has("say", "ask"), "say", &words.next_say_missing());
    let said = match (typed.get("words").trim(), comes) {
        ("", Some(Comes::Yes)) => words.next_say_yes(),
        ("", Some(Comes::No)) => words.next_say_no(),
        ("", None) => String::new(),
        (typed, Some(Comes::Yes)) => format!("{}. {typed}", words.next_say_yes()),
        (typed, Some(Comes::No)) => format!("{}. {typed}", words.next_say_no()),
        (typed, None) => typed.to_owned(),
    };
    errors.require(!said.is_empty() || !errors.is_empty(), "words", &words.write_missing());
    if !errors.is_empty() {
        tx.give_up().await?;
        return Ok(draw(mine, &found, (typed, &errors)));
    }
    if let Some(comes) = comes {
        say_comes(&mut tx, &mine.who, &mut moment, (meeting, comes)).await?;
    }
    let about = words.next_say_about(&day_of_week(words, found.on, today));
    let asked = Asked {
        about: mine.person,
        words: said,
        only: vec![],
        files: vec![],
        concerns: Some((Concern::Meeting, about)),
    };
    match space::ask(&mut tx, &mine.who, &mut moment, asked).await {
        Ok(question) => {
            tx.commit().await?;
            let said = words.write_sent(&day(words, question.answer_by, today));
            super::write::list(mine, Some(&said)).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            errors.add("words", words.write_missing());
            Ok(draw(mine, &found, (typed, &errors)))
        }
        Err(other) => Err(other),
    }
}

/// `GET /my/next/{meeting}/calendar`: a calendar is read by whoever holds the phone, so that it says no more than that
/// something is on.
pub(super) async fn calendar(mine: Mine, Path(meeting): Path<Uuid>) -> Result<Response> {
    let moment = mine.app.moment();
    let mut conn = mine.app.db.read().await?;
    let found = one(&mut conn, mine.person, (meeting, moment.today())).await?;
    drop(conn);
    let said = event(&found, moment.now(), &mine.words.next_calendar_name());
    let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8");
    let named = (header::CONTENT_DISPOSITION, "attachment; filename=\"day.ics\"");
    Ok(([kind, named, (header::CACHE_CONTROL, "no-store")], said).into_response())
}

/// The event, as RFC 5545 writes one.
fn event(found: &Seen, now: Timestamp, name: &str) -> String {
    let stamp = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let begins = found.at.and_then(|at| found.on.to_datetime(at).to_zoned(london()).ok());
    let start = match begins {
        Some(begins) => format!("DTSTART:{}\r\nDURATION:PT1H", stamp(begins.timestamp())),
        None => format!("DTSTART;VALUE=DATE:{}", found.on.strftime("%Y%m%d")),
    };
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Alongside//EN\r\nBEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:{}\r\n{start}\r\nSUMMARY:{name}\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n",
        found.meeting,
        stamp(now)
    )
}
