//! Looking again at something held back: what it is, from whom, why, and whether that still stands.

use super::actions::{Again, held, look_again};
use crate::entry::{self, HeldBack, Whole, when};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::who::Signed;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::sharing::What;
use serde_json::json;
use uuid::Uuid;

/// `GET /held-back/{id}`
pub(super) async fn show(signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    page_of(&signed, id, (&Typed::default(), &FormErrors::new())).await
}

/// What is held back, as it was written.
fn words(whole: &Whole, what: What) -> Markup {
    html! {
        @match what {
            What::Words(at) => @if let Some(one) = whole.statements.get(at) { blockquote { p.words { (one.words) } } },
            What::All | What::Account => (entry::paragraphs(&whole.entry.narrative)),
        }
    }
}

fn facts(one: &HeldBack, whole: &Whole, today: Date) -> Markup {
    let row = |term, value: Markup| page::SummaryRow { term, value, change: None };
    let by = one.by.as_ref().map_or("", |by| by.1.as_str());
    let heading = entry::heading(&whole.entry);
    let mut rows = vec![
        row(
            "What",
            html! { (entry::part(whole, one.what)) ", in " a href={ "/entry/" (whole.entry.id) } { (heading) } },
        ),
        row("From whom", html! { (one.from_whom()) }),
        row("Why", html! { (entry::why(one)) }),
        row(
            "Since",
            html! { (when::day(one.since, today)) @if !by.is_empty() { ", last decided by " (by) } },
        ),
    ];
    match &one.ended {
        Some((on, why)) => rows.push(row("Ended", html! { (when::day(*on, today)) ". " (why) })),
        None => rows.push(row("Look again by", html! { (when::day(one.review_on, today))
            @if one.review_on < today { " " (page::tag(page::Tag::Late, &entry::late_words(one.review_on, today))) } })),
    }
    page::summary_list(&rows)
}

async fn page_of(signed: &Signed, id: Uuid, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let app = &signed.app;
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let (one, whole, may) = held(&mut conn, &signed.who, &moment, id).await?;
    let whys = entry::whys(&mut conn, &signed.who, moment.now(), &whole.entry).await?;
    drop(conn);
    journal::read_of(app, &signed.who, Read::Entry, &whys, json!({"entry": whole.entry.id})).await?;
    let today = moment.today();
    let form = Form::new(typed, errors);
    let action = format!("/held-back/{id}");
    let review = form
        .date("review", "When is it looked at again?")
        .hint("Leave it empty for the usual day of this reason");
    let choices = vec![
        Choice::new("needed", "Yes, it is still needed").under(html! { (review) }),
        Choice::new("ended", format!("No. From now on {} can read it", who_reads(&one))),
    ];
    let body = html! {
        h1 { "Is this still held back?" }
        (facts(&one, &whole, today))
        (words(&whole, one.what))
        @if one.ended.is_none() && may {
            (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                (form.radios("again", "Is it still needed?", choices))
                (form.textarea("why", "Why?").rows(3).hint("For whoever looks after you. Nobody of the family reads it in their space"))
                (buttons(html! { (button("Keep this answer")) }))
            }))
        } @else if one.ended.is_none() { p { "Whoever wrote it, answers for them or leads the team decides about it." } }
    };
    let back = Some(Link { href: "/held-back", label: "Back to what you hold back" });
    let of = Frame {
        title: "Is this still held back?",
        part: "/today",
        back,
        errors: Some(errors),
        ..Frame::default()
    };
    Ok(frame(signed, &of, body))
}

fn who_reads(one: &HeldBack) -> &str {
    one.from.as_ref().map_or("those who were there", |from| from.1.as_str())
}

/// `POST /held-back/{id}`
pub(super) async fn send(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let mut errors = FormErrors::new();
    let review_on = typed.date_if_any("review", "The day to look again", &mut errors);
    let why = typed.get("why").to_owned();
    let again = match typed.get("again") {
        "needed" => Some(Again::Needed { why, review_on }),
        "ended" => Some(Again::Ended { why }),
        _ => None,
    };
    errors.require(again.is_some(), "again", "Say whether it is still needed");
    if let Some(again) = again.filter(|_| errors.is_empty()) {
        let mut tx = signed.app.db.write().await?;
        match look_again(&mut tx, &signed.who, &mut signed.app.moment(), (id, again)).await {
            Ok(entry) => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/entry/{entry}?done=shared")).into_response());
            }
            Err(Oops::Wrong(wrong)) => wrong.into_iter().for_each(|(field, words)| errors.add(field, words)),
            Err(other) => return Err(other),
        }
        tx.give_up().await?;
    }
    let mut response = page_of(signed, id, (typed, &errors)).await?;
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
