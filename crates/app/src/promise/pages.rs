//! Promises on a person's page and on Today, and the page on which one is answered.

use super::actions::{Answer, answer_promise};
use crate::entry::{self, Made, Promised, when};
use crate::form::Posted;
use crate::frame::{Frame, frame, hue};
use crate::journal::{self, Read};
use crate::room::{Evidence, Look};
use crate::who::Signed;
use crate::{App, Oops, Result, access};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use jiff::civil::Date;
use page::{Avatar, Choice, Form, FormErrors, Link, Markup, Post, Tag, Typed, button, html};
use practice::access::{Decision, Reason, Sight};
use practice::entry::PromiseState;
use practice::id::PromiseId;
use practice::promise::FallsTo;
use serde_json::json;

fn act(promise: &Promised) -> Markup {
    html! { a href={ "/promise/" (promise.id) } { "Say what happened" span.hid { ": " (promise.what) } } }
}

/// The card of a person's page. None where nothing was promised.
pub(super) fn of_person(promises: &[Promised], today: Date) -> Option<Markup> {
    if promises.is_empty() {
        return None;
    }
    let (open, ended): (Vec<&Promised>, Vec<&Promised>) =
        promises.iter().partition(|one| one.state == PromiseState::Open);
    Some(html! {
        section {
            h2 { "What was promised" }
            @if open.is_empty() { p.soft { "Every promise has been answered." } }
            @else { ul.plain { @for one in open { (entry::promise(one, today, Some(act(one)))) } } }
            @if !ended.is_empty() {
                (page::details(&format!("Answered: {}", ended.len()), html! {
                    ul.plain { @for one in ended { (entry::promise(one, today, None)) } }
                }))
            }
        }
    })
}

/// That none of what was promised to somebody is late: each is kept, or still has its day and who sees to it.
pub(super) async fn evidence(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
    let promises = entry::promises_about(conn, look.who, look.now, look.person).await?;
    let open: Vec<&Promised> = promises.iter().filter(|one| one.state == PromiseState::Open).collect();
    if promises.is_empty() || open.iter().any(|one| one.due_on.is_some_and(|due| due < look.today)) {
        return Ok(vec![]);
    }
    let kept = promises.iter().filter(|one| one.state == PromiseState::Kept).count();
    let words = format!("{kept} kept, {} still to do, none late", open.len());
    Ok(vec![Evidence { of: "promises-kept", words, href: format!("/person/{}", look.person) }])
}

/// How many promises stand on Today; the rest are behind a press.
const FEW: usize = 6;

/// The card of Today: what the reader promised, and to whom.
pub(super) fn of_today(made: &[Made], today: Date) -> Option<Markup> {
    if made.is_empty() {
        return None;
    }
    let rows = |wanted: fn(FallsTo) -> bool| -> Vec<Markup> {
        made.iter().filter(|one| wanted(one.falls_to)).map(|one| made_row(one, today)).collect()
    };
    let mine = rows(|it| it == FallsTo::Maker);
    let passed = rows(|it| matches!(it, FallsTo::Next | FallsTo::NextAsTheyLeft));
    let over = rows(|it| it == FallsTo::WorkIsOver);
    Some(html! {
        section {
            h2 { @if mine.is_empty() { "What was promised" } @else { "What I promised" } }
            (few(&mine))
            @if !passed.is_empty() {
                @if !mine.is_empty() { h3 { "Promised by colleagues before you" } }
                p.soft { "It was promised to people for whom you answer now. See to it, or tell them how it stands." }
                (few(&passed))
            }
            @if !over.is_empty() {
                @let words = format!("Left open when your work ended: {}", over.len());
                (page::details(&words, html! {
                    p { "Nobody works with these people any more. Say what became of each promise, so that their record is not left wondering." }
                    ul.plain { @for row in &over { (row) } }
                }))
            }
        }
    })
}

fn few(rows: &[Markup]) -> Markup {
    let (first, rest) = rows.split_at(rows.len().min(FEW));
    html! {
        @if !first.is_empty() { ul.plain { @for row in first { (row) } } }
        @if !rest.is_empty() {
            @let words = if rest.len() == 1 { "1 more promise".to_owned() } else { format!("{} more promises", rest.len()) };
            (page::details(&words, html! { ul.plain { @for row in rest { (row) } } }))
        }
    }
}

/// Who made it, where that is not the reader.
fn by_whom(one: &Made) -> Option<String> {
    let name = &one.promise.by.name;
    match one.falls_to {
        FallsTo::Maker | FallsTo::WorkIsOver => None,
        FallsTo::Next => Some(format!("Promised by {name}, who worked with {} before.", one.to)),
        FallsTo::NextAsTheyLeft => Some(format!("Promised by {name}, who has left.")),
    }
}

fn about(one: &Made, today: Date) -> Option<Markup> {
    let (due, by) = (one.promise.due_on, by_whom(one));
    (due.is_some() || by.is_some()).then(|| {
        html! { @if let Some(by) = by { (by) " " } @if let Some(due) = due { "By " (when::day(due, today)) "." } }
    })
}

fn made_row(one: &Made, today: Date) -> Markup {
    page::promise(&page::Promise {
        avatar: Avatar::of(&one.to_initials, hue(one.to_hue)),
        words: html! { b { "To " a href={ "/person/" (one.promise.person) } { (one.to) } ":" } " " (one.promise.what) },
        about: about(one, today),
        state: one
            .promise
            .due_on
            .filter(|due| *due < today)
            .map(|due| page::tag(Tag::Late, &entry::late_words(due, today))),
        act: Some(act(&one.promise)),
    })
}

/// `GET /promise/{id}`.
pub(super) async fn show(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<PromiseId>,
) -> Result<Response> {
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let made = entry::promise_now(&mut conn, &signed.who, moment.now(), id).await?.ok_or(Oops::NotFound)?;
    let person = made.promise.person;
    let tied = access::decide(&mut conn, &signed.who, moment.now(), person, Sight::Open).await?;
    drop(conn);
    let why = match tied {
        Some(Decision::Allowed(reason)) => journal::reason_code(&reason),
        _ => journal::reason_code(&Reason::WroteIt),
    };
    let more = json!({"promise": id, "entry": made.promise.entry});
    journal::read_of(&app, &signed.who, Read::Promise, &[(person, why)], more).await?;
    let mut typed = Typed::default();
    typed.put_date("on", moment.today());
    Ok(draw(&signed, &made, &typed, &FormErrors::new(), moment.today()))
}

fn draw(signed: &Signed, made: &Made, typed: &Typed, errors: &FormErrors, today: Date) -> Response {
    let promise = &made.promise;
    let action = format!("/promise/{}", promise.id);
    let href = format!("/person/{}", promise.person);
    let form = Form::new(typed, errors);
    let offered: Vec<PromiseState> = match promise.state {
        PromiseState::Open => vec![PromiseState::Kept, PromiseState::NotKept, PromiseState::Dropped],
        _ => vec![PromiseState::Open],
    };
    let choices = offered.iter().map(|state| Choice::new(state.code(), state.plain())).collect();
    let body = html! {
        h1 { "What became of this promise?" }
        ul.plain { (entry::promise(promise, today, None)) }
        @if let Some(entry) = promise.entry { p { a href={ "/entry/" (entry) } { "The entry in which it was made" } } }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("state", "It is", choices))
            (form.date("on", "On which day"))
            (form.textarea("outcome", "What happened").rows(3).hint("A promise that was not kept stays in the record, with the reason"))
            (button("Keep this"))
        }))
    };
    let label = format!("Back to {}", made.to);
    let back = Some(Link { href: &href, label: &label });
    frame(
        signed,
        &Frame { title: "A promise", part: "/find", back, errors: Some(errors), ..Frame::default() },
        body,
    )
}

/// `POST /promise/{id}`.
pub(super) async fn answer(Path(id): Path<PromiseId>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let mut moment = signed.app.moment();
    let mut wrong = FormErrors::new();
    let state = PromiseState::from_code(typed.get("state"));
    if state.is_none() {
        wrong.add("state", "Say whether it was kept");
    }
    let on = typed.date("on", "The day", &mut wrong);
    let mut tx = signed.app.db.write().await?;
    let made = entry::promise_now(&mut tx, &signed.who, moment.now(), id).await?.ok_or(Oops::NotFound)?;
    if let (Some(state), Some(on)) = (state, on) {
        let outcome = typed.get("outcome").to_owned();
        match answer_promise(&mut tx, &signed.who, &mut moment, Answer { promise: id, state, on, outcome })
            .await
        {
            Ok(()) => {
                tx.commit().await?;
                return Ok(
                    Redirect::to(&format!("/person/{}?done=promise", made.promise.person)).into_response()
                );
            }
            Err(Oops::Wrong(fields)) => fields.into_iter().for_each(|(field, words)| wrong.add(field, words)),
            Err(Oops::Refused(words)) => wrong.add("state", words),
            Err(other) => return Err(other),
        }
    }
    tx.give_up().await?;
    Ok(draw(signed, &made, typed, &wrong, moment.today()))
}
