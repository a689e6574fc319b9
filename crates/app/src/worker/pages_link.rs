//! The page with a one-time link, to print or copy: it is seen once.

use super::invite::{self, Invited};
use super::pages::{Done, framed, require, settle, to, worker_by};
use super::store::WorkerRow;
use crate::form::Posted;
use crate::moment::london;
use crate::who::Signed;
use crate::{App, Result};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use maud::{Markup, html};
use page::{FormErrors, Link, Post};
use practice::access::Action;

/// `GET /administration/workers/{code}/link`: says what follows before it is made.
pub(super) async fn ask(
    State(app): State<App>,
    signed: Signed,
    Path(code): Path<String>,
) -> Result<Response> {
    require(&signed, Action::CreateWorker)?;
    let mut conn = app.db.read().await?;
    let row = worker_by(&mut conn, &code).await?;
    drop(conn);
    Ok(asking(&signed, &row, &FormErrors::new()))
}

fn asking(signed: &Signed, row: &WorkerRow, errors: &FormErrors) -> Response {
    let action = format!("/administration/workers/{}/link", row.code);
    let button = if row.ready { "Reset and make a link" } else { "Make the link" };
    let fields = page::buttons(html! {
        (page::button(button)) a href={ "/administration/workers/" (row.code) } { "Go back" }
    });
    let body = html! {
        h1 { @if row.ready { "Reset how " (row.name) " signs in" } @else { "A one-time link for " (row.name) } }
        @if row.ready {
            p { "Their password, codes and recovery codes stop working now, and they are signed out on every device. "
                "With the link they choose a new password and join their phone again." }
            p { "Before you do this for someone who asks: be sure it is them, in person or by a call to a number you know." }
        } @else {
            p { "With the link " (row.name) " chooses a password and joins their phone. It works once, within seven days. You will see it once: print it or copy it to them." }
        }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, fields))
    };
    let (href, label) = (format!("/administration/workers/{}", row.code), format!("Back to {}", row.name));
    framed(signed, "A one-time link", Link { href: &href, label: &label }, &Done::default(), errors, body)
}

/// `POST /administration/workers/{code}/link`
pub(super) async fn make(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::CreateWorker)?;
    let who = &posted.signed.who;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row = worker_by(&mut tx, &code).await?;
    let done = if row.ready {
        invite::reset(&mut tx, who, &mut moment, row.id.into()).await
    } else {
        invite::invite(&mut tx, who, &mut moment, row.id.into()).await
    };
    let mut errors = FormErrors::new();
    let Some(made) = settle(done, &mut errors)? else {
        return Ok(asking(&posted.signed, &row, &errors));
    };
    tx.commit().await?;
    let (href, label) = (format!("/administration/workers/{code}"), format!("Back to {}", row.name));
    let back = Link { href: &href, label: &label };
    let body = printed(&app, &made);
    let mut response =
        framed(&posted.signed, "A one-time link", back, &Done::default(), &FormErrors::new(), body);
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(response)
}

fn printed(app: &App, made: &Invited) -> Markup {
    let link = format!("{}/invitation/{}", app.settings.public_url, made.token);
    let until = made.until.to_zoned(london()).strftime("%A %-d %B at %-I.%M %P").to_string();
    html! {
        h1 { "For " (made.name) }
        p.lead { "Welcome to Alongside, the record of " (app.settings.council) ". Open this address in a browser, with your phone beside you:" }
        p { code.link id="link" { (link) } }
        (page::buttons(html! { (page::copy_button("link", "Copy the link")) (page::print_button("Print")) }))
        ol {
            li { "Choose a password. Three or four words that do not belong together are easy to remember." }
            li { "Scan the square with an app for codes on your phone." }
            li { "Print the ten codes you are given, and keep them for the day your phone is lost." }
        }
        p { "You will sign in as " b { (made.sign_in_name) } ". The link works once, until " (until) "." }
        p.soft.no-print { "This page is shown once. Give it to them in person or send it where only they read. Nobody but they will know the password." }
    }
}

/// `POST /administration/workers/{code}/sign-out`
pub(super) async fn sign_out(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::ResetSignIn)?;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row = worker_by(&mut tx, &code).await?;
    invite::sign_out_everywhere(&mut tx, &posted.signed.who, &mut moment, row.id.into()).await?;
    tx.commit().await?;
    to(&format!("/administration/workers/{code}?done=signed-out"))
}
