//! One collected item: its words, what is left out of them, and the form that leaves out more.

use super::decide::{LeaveOut, Which, item, leave_out, settle, span_of, spans};
use super::out::of_item;
use super::pages::enter;
use super::store::{ItemRow, SpanRow};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::Read;
use crate::who::Signed;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::disclosure::{Ground, Span};
use practice::id::PersonId;
use uuid::Uuid;

type OfItem = (PersonId, Uuid, Uuid);

/// The words with what is left out marked, not taken away.
fn marked(words: &str, spans: &[Span]) -> Markup {
    let letters: Vec<char> = words.chars().collect();
    let part = |first: usize, past: usize| -> String {
        letters.get(first.min(letters.len())..past.min(letters.len())).unwrap_or_default().iter().collect()
    };
    let mut sorted = spans.to_vec();
    sorted.sort();
    let mut at = 0;
    let mut pieces = vec![];
    for span in &sorted {
        pieces.push(html! { (part(at, span.first)) });
        pieces.push(html! { mark { (part(span.first, span.past)) } });
        at = span.past.max(at);
    }
    pieces.push(html! { (part(at, letters.len())) });
    html! { @for piece in &pieces { (piece) } }
}

fn settled(signed: &Signed, here: &str, of: &ItemRow, rows: &[&SpanRow]) -> Markup {
    let letters: Vec<char> = of.words.chars().collect();
    html! {
        @if !rows.is_empty() { h2 { "Left out" } }
        ul.rows { @for row in rows { li {
            @let span = span_of(row);
            @let words: String = letters.get(span.first..span.past.min(letters.len())).unwrap_or_default().iter().collect();
            @let all = span.first == 0 && span.past >= letters.len();
            p { @if all { b { "All of it" } } @else { q { (words) } } }
            p.soft.small {
                (span.ground.plain()) " (" (span.ground.source()) "). " (row.reason) ". "
                @match &row.decider { Some(who) => { "Decided by " (who) } None => { b { "Proposed by the program" } } }
            }
            (page::post(&Post { action: here, csrf: &signed.csrf, ..Post::default() }, html! {
                input type="hidden" name="span" value=(row.id);
                (buttons(html! {
                    @if row.decided_by.is_none() { (button("Leave it out").sends("doing", "stands")) }
                    (button("Give it").quiet().sends("doing", "give"))
                }))
            }))
        } } }
    }
}

async fn page_of(
    signed: &Signed,
    (person, request, id): OfItem,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    let mut conn = signed.app.db.read().await?;
    enter(signed, &mut conn, person, Read::Request).await?;
    super::actions::request(&mut conn, (person, request)).await?;
    let of = item(&mut conn, request, id).await?;
    let all = spans(&mut conn, request).await?;
    drop(conn);
    let here = format!("/person/{person}/rights/{request}/item/{id}");
    let form = Form::new(typed, errors);
    let rows: Vec<&SpanRow> = all.iter().filter(|row| row.item_id == id).collect();
    let grounds =
        Ground::ALL.iter().map(|one| Choice::new(one.code(), one.plain()).hint(one.weigh())).collect();
    let body = html! {
        h1 { (of.title) }
        p.soft { (of.section) }
        div.box { p.words { (marked(&of.words, &of_item(&all, id))) } }
        @if of.file_hash.is_some() { p { "A file: it is given as it came, unless words here are left out." } }
        (settled(signed, &here, &of, &rows))
        h2 { "Leave words out" }
        p { "Copy the words from the text. Wherever they stand in it, they are left out. Leave the box empty and choose below to leave all of it out." }
        (page::post(&Post { action: &here, csrf: &signed.csrf, ..Post::default() }, html! {
            input type="hidden" name="doing" value="leave-out";
            (form.textarea("words", "The words to leave out").rows(2))
            (form.checks("whole", "Or", vec![Choice::new("yes", "Leave all of it out")]))
            (form.radios("ground", "On which ground?", grounds))
            (form.textarea("reason", "Why").rows(2).hint("For whoever looks at it after you. The person is told the ground and not this."))
            (buttons(html! { (button("Leave it out")) }))
        }))
    };
    let back = format!("/person/{person}/rights/{request}");
    let page = Frame {
        title: "What is left out",
        part: "/find",
        back: Some(Link { href: &back, label: "Back to the request" }),
        errors: Some(errors).filter(|errors| !errors.is_empty()),
        ..Frame::default()
    };
    Ok(frame(signed, &page, body))
}

/// `GET /person/{id}/rights/{request}/item/{item}`
pub(in crate::rights) async fn show(signed: Signed, Path(of): Path<OfItem>) -> Result<Response> {
    page_of(&signed, of, (&Typed::default(), &FormErrors::new())).await
}

/// `POST /person/{id}/rights/{request}/item/{item}`
pub(in crate::rights) async fn send(Path(of): Path<OfItem>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let which: Which = (of.0, of.1);
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let doing = typed.get("doing");
    let done = if matches!(doing, "give" | "stands") {
        let span = typed.get("span").parse().map_err(|_| Oops::NotFound)?;
        settle(&mut tx, &signed.who, &mut moment, (which, span, doing == "stands")).await.map(drop)
    } else {
        let command = LeaveOut {
            item: of.2,
            words: typed.get("words").to_owned(),
            whole: typed.has("whole", "yes"),
            ground: Ground::from_code(typed.get("ground")),
            reason: typed.get("reason").to_owned(),
        };
        leave_out(&mut tx, &signed.who, &mut moment, (which, command)).await.map(drop)
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{}/rights/{}/item/{}", of.0, of.1, of.2)).into_response())
        }
        Err(Oops::Wrong(wrong)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            for (field, words) in wrong {
                errors.add(field, words);
            }
            page_of(signed, of, (typed, &errors)).await
        }
        Err(oops) => Err(oops),
    }
}
