//! Promises on a person's page and on Today, and the page on which one is answered.

use super::actions::{Answer, answer_promise};
use crate::entry::{self, Made, Promised, when};
use crate::form::Posted;
use crate::frame::{Frame, frame, hue};
use crate::journal::{self, Act};
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use page::{Avatar, Choice, Form, FormErrors, Link, Markup, Post, Tag, Typed, button, html};
use practice::entry::PromiseState;
use practice::id::PromiseId;
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

/// How many promises stand on Today; the rest are behind a press.
const FEW: usize = 6;

/// The card of Today: what the reader promised, and to whom.
pub(super) fn of_today(made: &[Made], today: Date) -> Option<Markup> {
    if made.is_empty() {
        return None;
    }
    let rows: Vec<Markup> = made.iter().map(|one| made_row(one, today)).collect();
    let (first, rest) = rows.split_at(rows.len().min(FEW));
    Some(html! {
        section {
            h2 { "What I promised" }
            ul.plain { @for row in first { (row) } }
            @if !rest.is_empty() {
                @let words = if rest.len() == 1 { "1 more promise".to_owned() } else { format!("{} more promises", rest.len()) };
                (page::details(&words, html! { ul.plain { @for row in rest { (row) } } }))
            }
        }
    })
}

fn made_row(one: &Made, today: Date) -> Markup {
    page::promise(&page::Promise {
        avatar: Avatar::of(&one.to_initials, hue(one.to_hue)),
        words: html! { b { "To " a href={ "/person/" (one.promise.person) } { (one.to) } ":" } " " (one.promise.what) },
        about: one.promise.due_on.map(|due| html! { "By " (when::day(due, today)) "." }),
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
    drop(conn);
    let act = Act { action: "open_promise", about: &[made.promise.person], payload: json!({"promise": id}) };
    journal::reading(&app, &signed.who, act).await?;
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
    let back = Some(Link { href: &href, label: &made.to });
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
