//! How much of a whole week a worker works, on their page of administration.

use super::day;
use super::pages::{Done, require, settle, to, worker_by};
use super::pages_worker::one;
use super::share::{SetShare, set_share};
use crate::form::Posted;
use crate::who::Signed;
use crate::{App, Result};
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Form, FormErrors, Post, Typed, Width};
use practice::access::Action;

/// What is recorded, and the form.
pub(super) fn section(
    signed: &Signed,
    (code, name): (&str, &str),
    shares: &[(u32, Date, Option<Date>)],
    (typed, errors): (&Typed, &FormErrors),
) -> Markup {
    let form = Form::new(typed, errors);
    let wrong = errors.get("percent").is_some() || errors.get("share-from").is_some();
    let action = format!("/administration/workers/{code}/share");
    let fields = page::post(
        &Post { action: &action, csrf: &signed.csrf, ..Post::default() },
        html! {
            (form.text("percent", "How many in a hundred of a whole week").width(Width::Short).hint("100 is a whole week, 60 is three days of five"))
            (form.date("share-from", "From which day"))
            (page::buttons(html! { (page::button("Keep the share")) }))
        },
    );
    html! {
        h2 { "How much of a week" }
        @if shares.is_empty() { p { "A whole week, as long as nothing else stands here." } }
        ul.rows { @for (percent, from, to) in shares {
            li { (percent) " in 100 of a whole week" p.soft.small { "From " (day(*from)) @if let Some(to) = to { " to " (day(*to)) } } }
        } }
        p.soft.small { "What " (name) " can hold and the week they agreed follow it." }
        @if wrong { (fields) } @else { (page::details("Change how much of a week", fields)) }
    }
}

/// `POST /administration/workers/{code}/share`
pub(super) async fn send(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::CreateWorker)?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    let percent = typed.get("percent").trim().trim_end_matches('%').trim().parse().ok();
    errors.require(percent.is_some(), "percent", "Write a number from 1 to 100: 100 is a whole week");
    let from = typed.date("share-from", "From which day", &mut errors);
    if let (Some(percent), Some(from)) = (percent, from) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let row = worker_by(&mut tx, &code).await?;
        let command = SetShare { worker: row.id.into(), percent, from };
        let done = set_share(&mut tx, &posted.signed.who, &mut moment, command).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to(&format!("/administration/workers/{code}?done=share"));
        }
    }
    one(&app, &posted.signed, &code, (&Done::default(), typed, &errors)).await
}
