//! Answering for a record that was opened without working with the person.

use super::actions::{Answer, answer_review, may_review};
use super::store::{self, DoneRow, GlassRow};
use super::{day, quoted, when};
use crate::access::{self, Reach};
use crate::form::Posted;
use crate::frame::{self, Frame};
use crate::journal;
use crate::who::Signed;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use jiff::SignedDuration;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, SummaryRow, Typed};
use practice::access::GlassOutcome;
use std::collections::BTreeMap;
use uuid::Uuid;

struct Opening {
    row: GlassRow,
    name: String,
    done: Vec<(&'static str, usize)>,
}

/// The opening, for someone who may review it.
async fn opening(signed: &Signed, id: Uuid) -> Result<Opening> {
    let mut conn = signed.app.db.read().await?;
    let row: Option<GlassRow> = conn.maybe(store::ONE, args![id]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    let reach = Reach::of(&mut conn, &signed.who, signed.app.moment().now()).await?;
    let (standing, decision) = may_review(&mut conn, &reach, &row).await?;
    access::let_on(Some(decision))?;
    let done = done(&mut conn, &row).await?;
    Ok(Opening { row, name: standing.name, done })
}

/// What was read and done in the record while it was open, each with how often.
async fn done(conn: &mut Conn, row: &GlassRow) -> Result<Vec<(&'static str, usize)>> {
    // what was sent in the last moment may be written down a little after
    let until = row.until_at.0 + SignedDuration::from_mins(1);
    let values = args![row.person_id, row.worker_id, row.opened_at.0, until];
    let rows: Vec<DoneRow> = conn.all(store::DONE_WHILE, values).await?;
    let mut counted: BTreeMap<&'static str, usize> = BTreeMap::new();
    for one in rows.iter().filter(|one| one.happened_at >= row.opened_at) {
        let words = match one.action.as_str() {
            "break_glass" | "ask_exactly" | "review_glass" => continue,
            "refuse_reading" => "Asked for something and was refused",
            action => journal::read_words(action).unwrap_or("Recorded or changed something"),
        };
        *counted.entry(words).or_default() += 1;
    }
    Ok(counted.into_iter().collect())
}

fn facts(opening: &Opening) -> Markup {
    let row = &opening.row;
    let rows = [
        SummaryRow { term: "Who", value: html! { (row.name) }, change: None },
        SummaryRow { term: "Whose record", value: html! { (opening.name) }, change: None },
        SummaryRow { term: "Why, in their words", value: quoted(&row.reason), change: None },
        SummaryRow { term: "When", value: html! { (when(row.opened_at.0)) }, change: None },
        SummaryRow { term: "Open until", value: html! { (when(row.until_at.0)) }, change: None },
        SummaryRow {
            term: "What they did in it",
            value: html! {
                @if opening.done.is_empty() { "Nothing yet" } @else {
                    ul { @for (what, times) in &opening.done { li { (what) @if *times > 1 { ", " (times) " times" } } } }
                }
            },
            change: None,
        },
        SummaryRow { term: "To be checked by", value: html! { (day(row.review_by.0)) }, change: None },
    ];
    page::summary_list(&rows)
}

fn shown(signed: &Signed, opening: &Opening, typed: &Typed, errors: &FormErrors) -> Response {
    let row = &opening.row;
    let action = format!("/glass/review/{}", row.id);
    let form = Form::new(typed, errors);
    let outcomes = GlassOutcome::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect();
    let answered = row.reviewed_at.zip(row.outcome.as_deref().and_then(GlassOutcome::from_code));
    let body = html! {
        h1 { "A record opened without working with the person" }
        (facts(opening))
        @if let Some((at, outcome)) = answered {
            (page::note(html! {
                p { b { (outcome.plain()) } ". " (row.reviewer.as_deref().unwrap_or_default()) ", " (when(at.0)) }
                @if let Some(words) = row.review_words.as_deref().filter(|words| !words.is_empty()) { p { (quoted(words)) } }
            }))
        } @else {
            (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                (form.radios("outcome", "Was it right to look?", outcomes))
                (form.textarea("words", "What you say to it").rows(3)
                    .hint("Needed unless it was right to look. Whoever opened the record is told that you have checked it."))
                (page::buttons(html! { (page::button("Keep this answer")) }))
            }))
        }
    };
    let frame_ = Frame {
        title: "A record opened without working with the person",
        part: "/today",
        back: Some(Link { href: "/today", label: "Back to Today" }),
        errors: Some(errors),
        ..Frame::default()
    };
    frame::frame(signed, &frame_, body)
}

/// `GET /glass/review/{id}`
pub(super) async fn show(signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    let opening = opening(&signed, id).await?;
    Ok(shown(&signed, &opening, &Typed::default(), &FormErrors::new()))
}

/// `POST /glass/review/{id}`
pub(super) async fn send(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let opening = opening(&posted.signed, id).await?;
    let mut errors = FormErrors::new();
    let Some(outcome) = GlassOutcome::from_code(posted.typed.get("outcome")) else {
        errors.add("outcome", "Say whether it was right to look");
        return Ok(shown(&posted.signed, &opening, &posted.typed, &errors));
    };
    let app = &posted.signed.app;
    let mut moment = app.moment();
    let answer = Answer { glass: id, outcome, words: posted.typed.get("words").to_owned() };
    let mut tx = app.db.write().await?;
    match answer_review(&mut tx, &posted.signed.who, &mut moment, answer).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to("/today").into_response())
        }
        Err(Oops::Wrong(wrong)) => {
            for (field, sentence) in wrong {
                errors.add(field, sentence);
            }
            Ok(shown(&posted.signed, &opening, &posted.typed, &errors))
        }
        Err(oops) => Err(oops),
    }
}
