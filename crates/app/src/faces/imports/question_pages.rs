//! The page on which one question of a file is decided, and the lists of them.

use super::decide::{Decide, decide, may_decide};
use super::question::{Question, in_words, open_questions, question};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::moment::written;
use crate::who::Signed;
use crate::{App, Oops, Result, episode};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, SummaryRow, Typed};
use practice::brought::{Decision, Sort};
use uuid::Uuid;

fn whom(one: &Question) -> &str {
    one.council_id.as_deref().unwrap_or("a child")
}

/// What is asked, in a sentence.
pub(super) fn sentence(one: &Question) -> String {
    match one.sort {
        Sort::Person => {
            format!("{} is no longer in the return of {}", whom(one), one.year)
        }
        Sort::Episode | Sort::Step => {
            format!("{}: {}, no longer in the return of {}", whom(one), in_words(&one.known_as), one.year)
        }
        Sort::Overlap => format!(
            "{}: {} in the return of {} overlaps with ours",
            whom(one),
            in_words(&one.known_as),
            one.year
        ),
    }
}

/// Questions as a list, the open ones as links.
pub(super) fn listed(heading: &str, all: &[Question]) -> Markup {
    html! { @if !all.is_empty() {
        h2 { (heading) " (" (all.len()) ")" }
        ul.rows { @for one in all.iter().take(500) { li {
            a href={ "/administration/imports/question/" (one.id) } { (sentence(one)) }
            p.soft { @match &one.decided {
                None => "To decide",
                Some((decision, reason)) => { (decision.plain()) ": \u{201c}" (reason) "\u{201d}" @if let Some(by) = &one.by { ", " (by) } }
            } }
        } } }
        @if all.len() > 500 { p { "The first 500 are shown. Decide some, and the next come up." } }
    } }
}

/// `GET /administration/imports/questions`
pub(super) async fn all(State(app): State<App>, signed: Signed) -> Result<Response> {
    may_decide(&signed.who)?;
    let open = open_questions(&mut app.db.read().await?).await?;
    let body = html! {
        h1 { "What files ask" }
        p { "A newer return no longer holds something that an earlier one held, or has a period that overlaps with one of the record. Nothing was changed and nothing is deleted: somebody decides." }
        @if open.is_empty() { p { b { "Nothing to decide." } " Everything that files asked has been decided." } }
        (listed("To decide", &open))
    };
    let back = Link { href: "/administration/imports", label: "Back to Moving in" };
    Ok(frame(
        &signed,
        &Frame { title: "What files ask", part: "/administration", back: Some(back), ..Frame::default() },
        body,
    ))
}

/// `GET /administration/imports/question/{question}`
pub(super) async fn show(State(app): State<App>, signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    one(&app, &signed, id, None).await
}

async fn one(app: &App, signed: &Signed, id: Uuid, again: Option<(&Typed, &FormErrors)>) -> Result<Response> {
    may_decide(&signed.who)?;
    let mut conn = app.db.read().await?;
    let one = question(&mut conn, id).await?.ok_or(Oops::NotFound)?;
    let held = episode::episodes(&mut conn, one.person).await?;
    drop(conn);
    let held = held.iter().find(|it| Some(it.id) == one.episode);
    let (begun, none) = (begun(&one), FormErrors::new());
    let (typed, errors) = again.unwrap_or((&begun, &none));
    let body = html! {
        h1 { (one.sort.plain()) }
        p.lead { (sentence(&one)) "." }
        (two(&one, held))
        p { a href={ "/person/" (one.person) "/episodes" } { "See what the record holds" } }
        @match &one.decided {
            Some((decision, reason)) => (page::note(html! {
                p { b { "Decided: " (decision.plain()) "." } " \u{201c}" (reason) "\u{201d}" @if let Some(by) = &one.by { " " (by) } }
            })),
            None => (form(signed, &one, typed, errors)),
        }
    };
    let href = format!("/administration/imports/{}", one.run);
    let back = Link { href: &href, label: "Back to the import" };
    let page = Frame {
        title: one.sort.plain(),
        part: "/administration",
        back: Some(back),
        errors: Some(errors).filter(|errors| !errors.is_empty()),
        ..Frame::default()
    };
    Ok(frame(signed, &page, body))
}

fn days(from: jiff::civil::Date, to: Option<jiff::civil::Date>) -> String {
    match to {
        Some(to) => format!("{} to {}", written(from), written(to)),
        None => format!("{}, goes on", written(from)),
    }
}

/// What the record holds beside what the file says.
fn two(one: &Question, held: Option<&episode::Episode>) -> Markup {
    let ours = held.map_or_else(
        || "Nothing of this period any more".to_owned(),
        |it| format!("{}, {}", it.kind.plain(), days(it.from, it.to)),
    );
    let theirs = one.file_says.as_ref().map(|says| days(says.from, says.to));
    html! { @if one.episode.is_some() {
        (page::summary_list(&[
            SummaryRow { term: "The record", value: html! { (ours) }, change: None },
            SummaryRow { term: "The newer file", value: html! { (theirs.as_deref().unwrap_or("Does not hold it")) }, change: None },
        ]))
    } }
}

fn begun(one: &Question) -> Typed {
    let mut typed = Typed::default();
    if let Some(says) = &one.file_says {
        typed.put_date("on", says.from);
        if let Some(to) = says.to {
            typed.put_date("to", to);
        }
    }
    typed
}

fn form(signed: &Signed, one: &Question, typed: &Typed, errors: &FormErrors) -> Markup {
    let form = Form::new(typed, errors);
    let choices = one
        .sort
        .choices()
        .iter()
        .map(|&decision| {
            let choice = Choice::new(decision.code(), decision.plain());
            match decision {
                Decision::Keep => choice.hint("The file leaves it out; the record goes on saying it"),
                Decision::Wrong => choice.hint("It stays readable and is marked here. Put it right on the person\u{2019}s pages"),
                Decision::KeepOurs => choice.hint("The file\u{2019}s period stays out"),
                Decision::TakeTheirs => choice.hint("Our period gets the file\u{2019}s days; what it was stays readable. Bring the file in again for its steps"),
                Decision::End => choice.under(html! { (form.date("on", "On which day did it end?")) }),
                Decision::KeepBoth => choice.under(html! {
                    p { "Two periods of one kind cannot be on the same days. Give the file\u{2019}s its own." }
                    (form.date("on", "Its first day"))
                    (form.date("to", "Its last day").hint("Leave it empty if it goes on"))
                }),
                Decision::HeldAgain => choice,
            }
        })
        .collect();
    let action = format!("/administration/imports/question/{}", one.id);
    html! {
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("decision", "What is right?", choices))
            (form.textarea("reason", "Why").rows(3))
            (page::buttons(html! { (page::button("Decide")) }))
        }))
    }
}

/// `POST /administration/imports/question/{question}`
pub(super) async fn send(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = posted;
    may_decide(&signed.who)?;
    let mut moment = app.moment();
    let mut errors = FormErrors::new();
    let decision = Decision::from_code(typed.get("decision"));
    errors.require(decision.is_some(), "decision", "Choose what to do");
    let dated = matches!(decision, Some(Decision::End | Decision::KeepBoth));
    let (on, to) = if dated {
        (
            typed.date_if_any("on", "The day", &mut errors),
            typed.date_if_any("to", "The last day", &mut errors),
        )
    } else {
        (None, None)
    };
    if let (Some(decision), true) = (decision, errors.is_empty()) {
        let mut tx = app.db.write().await?;
        let run = question(&mut tx, id).await?.ok_or(Oops::NotFound)?.run;
        let command = Decide { question: id, decision, reason: typed.get("reason").to_owned(), on, to };
        match decide(&mut tx, &signed.who, &mut moment, command).await {
            Ok(()) => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/administration/imports/{run}")).into_response());
            }
            Err(Oops::Wrong(wrong)) => {
                for (field, sentence) in wrong {
                    errors.add(field, sentence);
                }
            }
            Err(Oops::Refused(why)) => errors.add("decision", why),
            Err(other) => return Err(other),
        }
        tx.give_up().await?;
    }
    one(&app, &signed, id, Some((&typed, &errors))).await
}
