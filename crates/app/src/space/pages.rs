//! The pages on which a worker answers what somebody asked, or somebody who does not agree.

use super::actions::{answer, disagreement, question, reply};
use crate::entry::{self, Whole, when};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::space::{Changed, Concern};
use serde_json::json;
use uuid::Uuid;

/// What a page of this kind shows.
struct Shown<'a> {
    title: &'a str,
    heading: String,
    lead: String,
    whole: &'a Whole,
    action: String,
    hint: &'a str,
    /// What it says already, where it was answered.
    answered: Option<Markup>,
    /// What is to be done about it besides an answer.
    besides: Option<Markup>,
    /// What can have changed because of it.
    changes: &'static [Changed],
}

fn draw(signed: &Signed, shown: Shown<'_>, (typed, errors): (&Typed, &FormErrors), today: Date) -> Response {
    let form = Form::new(typed, errors);
    let about = shown.whole.entry.about().next();
    let back = about.map(|one| (format!("/person/{}", one.person), format!("Back to {}", one.name)));
    let body = html! {
        h1 { (shown.heading) }
        p.lead { (shown.lead) }
        (entry::whole(shown.whole, today))
        @if let Some(besides) = shown.besides { (besides) }
        @if let Some(answered) = shown.answered { (answered) }
        @else {
            (page::post(&Post { action: &shown.action, csrf: &signed.csrf, ..Post::default() }, html! {
                @if !shown.changes.is_empty() {
                    (form.radios("changed", "What changed because of it?", shown.changes.iter().map(|one| Choice::new(one.code(), one.plain())).collect()))
                }
                (form.textarea("words", "What you say").rows(6).hint(shown.hint))
                (buttons(html! { (button("Send")) }))
            }))
        }
    };
    let back = back.as_ref().map(|(href, label)| Link { href, label });
    let of = Frame { title: shown.title, part: "/today", back, errors: Some(errors), ..Frame::default() };
    frame(signed, &of, body)
}

async fn read(app: &App, signed: &Signed, whole: &Whole) -> Result<()> {
    let mut conn = app.db.read().await?;
    let whys = entry::whys(&mut conn, &signed.who, app.moment().now(), &whole.entry).await?;
    drop(conn);
    journal::read_of(app, &signed.who, Read::Entry, &whys, json!({"entry": whole.entry.id})).await
}

/// What a worker sees to besides answering.
fn besides(concern: Concern, person: Uuid) -> Markup {
    html! {
        .box."box--ground" {
            @match concern {
                Concern::Story(part) => {
                    p { "It is about “" (part.plain()) "” in their story. Nothing was overwritten. Tell it with them, then answer." }
                    p { a href={ "/person/" (person) "/story/tell?part=" (part.code()) } { "Tell it in their story" } }
                }
                Concern::Plan => p { "It is about their plan. Look at it together with whoever said so, and change it where they are right. " a href={ "/person/" (person) "/plan" } { "Open the plan" } }
                Concern::Handover => p { "It is about the hand-over to another worker. It can be taken back, or go on otherwise. " a href={ "/person/" (person) "/handover" } { "Open the hand-over" } }
                Concern::Meeting => p { "It is about something planned. " a href={ "/person/" (person) "/meetings" } { "What is planned with them" } }
                Concern::Advocate => {
                    p { "They ask for an advocate of their own choice. They do not have to say why, and nobody may talk them out of it. Find out whom they want, then say in your answer who it is and when they come." }
                    p { "Once they are chosen: " a href={ "/person/" (person) "/space" } { "invite the advocate" } }
                }
                Concern::Worker => p { "They ask for a different worker. Talk it over with your manager before you answer; say plainly what can change, who decides, and when." }
            }
        }
    }
}

async fn question_page(signed: &Signed, id: Uuid, form: (&Typed, &FormErrors)) -> Result<Response> {
    let app = &signed.app;
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let (row, whole) = question(&mut conn, &signed.who, &moment, id).await?;
    drop(conn);
    read(app, signed, &whole).await?;
    let today = moment.today();
    let day = |day| when::day(day, today);
    let answered = row.answered_on.map(|on| {
        let who = row.answerer.as_deref().unwrap_or("A worker");
        html! { .well { p { (who) " answered on " (day(on.0)) ". " @if let Some(changed) = row.changed.as_deref().and_then(Changed::from_code) { (changed.plain()) ". " } @if let Some(entry) = row.answered_in { a href={ "/entry/" (entry) } { "Read the answer" } } } } }
    });
    let concern = row.concerns.as_deref().and_then(Concern::from_code);
    let not_right = concern.filter(|one| one.not_right());
    let shown = Shown {
        title: not_right.map_or("They wrote to you", |_| "Something is not right"),
        heading: not_right.map_or_else(
            || format!("{} wrote to you", row.asker),
            |one| format!("{} {}", row.asker, one.plain()),
        ),
        lead: format!("On {}. A human answers by {}.", day(row.asked_on.0), day(row.answer_by.0)),
        whole: &whole,
        action: format!("/question/{id}"),
        hint: "They read it in their own space, in your words and with your name. Say no plainly where it is no, who decided, and when that can change",
        answered,
        besides: concern.map(|concern| besides(concern, row.person_id)),
        changes: concern.map_or(&[], Concern::changes),
    };
    Ok(draw(signed, shown, form, today))
}

/// `GET /question/{id}`
pub(super) async fn show(signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    question_page(&signed, id, (&Typed::default(), &FormErrors::new())).await
}

/// What is wrong with a form, or the error that is not about it.
fn faults(error: Oops) -> Result<FormErrors> {
    let mut errors = FormErrors::new();
    match error {
        Oops::Wrong(wrong) => wrong.into_iter().for_each(|(field, words)| errors.add(field, words)),
        Oops::Refused(words) => errors.add("words", words),
        other => return Err(other),
    }
    Ok(errors)
}

/// `POST /question/{id}`
pub(super) async fn send(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let mut tx = signed.app.db.write().await?;
    match answer(
        &mut tx,
        &signed.who,
        &mut signed.app.moment(),
        (id, typed.get("words"), Changed::from_code(typed.get("changed"))),
    )
    .await
    {
        Ok(_) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/question/{id}")).into_response())
        }
        Err(error) => {
            tx.give_up().await?;
            question_page(signed, id, (typed, &faults(error)?)).await
        }
    }
}

async fn disagreement_page(signed: &Signed, id: Uuid, form: (&Typed, &FormErrors)) -> Result<Response> {
    let app = &signed.app;
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let (row, whole) = disagreement(&mut conn, &signed.who, &moment, id).await?;
    drop(conn);
    read(app, signed, &whole).await?;
    let today = moment.today();
    // a hidden record is named only where the entry itself names it
    let name = whole.disagreed.iter().find(|one| one.id == id).map_or("Somebody", |one| one.by.name.as_str());
    let shown = Shown {
        title: "They do not agree",
        heading: format!("{name} does not agree"),
        lead: format!("“{}” These words stand beside the text for ever.", row.words),
        whole: &whole,
        action: format!("/disagreement/{id}"),
        hint: "Your answer stands beside their words. Where they are right, say so; you can correct the entry as well",
        answered: None,
        besides: None,
        changes: &[],
    };
    Ok(draw(signed, shown, form, today))
}

/// `GET /disagreement/{id}`
pub(super) async fn disagreement_show(signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    disagreement_page(&signed, id, (&Typed::default(), &FormErrors::new())).await
}

/// `POST /disagreement/{id}`
pub(super) async fn send_reply(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let mut tx = app.db.write().await?;
    match reply(&mut tx, &signed.who, &mut app.moment(), (id, typed.get("words"))).await {
        Ok(entry) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/entry/{entry}")).into_response())
        }
        Err(error) => {
            tx.give_up().await?;
            disagreement_page(signed, id, (typed, &faults(error)?)).await
        }
    }
}
