//! The pages of tokens: one's own, beside one's devices, and everybody's for who administers the system.

use super::me::{asking, current, settle};
use super::own;
use super::store::{AnyTokenRow, OwnTokenRow};
use super::tokens::{self, MadeToken, MakeToken};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::moment::{london, written};
use crate::who::{Scope, Signed};
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, Width};
use practice::role::Role;
use serde::Deserialize;
use uuid::Uuid;

const TOKENS: Link<'static> = Link { href: "/me/tokens", label: "Back to My tokens" };

#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

impl Done {
    fn said(&self) -> Option<&'static str> {
        (self.done.as_deref() == Some("ended"))
            .then_some("The token is ended. What uses it is refused from now on.")
    }
}

fn day(at: Timestamp) -> String {
    // what ends at midnight worked until the day before
    written((at - jiff::SignedDuration::from_secs(1)).to_zoned(london()).date())
}

fn scopes(words: &str) -> Markup {
    html! { @for (at, scope) in Scope::read(words).into_iter().enumerate() {
        @if at > 0 { ", " }
        code { (scope.code()) }
    } }
}

fn used(at: Option<db::At>) -> String {
    at.map_or_else(
        || "not used yet".to_owned(),
        |at| format!("last used {}", written(at.0.to_zoned(london()).date())),
    )
}

/// `GET /me/tokens`
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response> {
    let all = tokens::of(&app, signed.account).await?;
    let body = html! {
        h1 { "My tokens" }
        p { "With a token another program does things here as you: it sees what you see and no more, and the journal says each time that it was that token. It works until the day you choose, and stops when your account or your posts end." }
        p { a href="/api" { "What a program can do, and how" } }
        @if all.is_empty() { p.soft { "You have none." } }
        ul.rows { @for token in &all { li { (own_row(&signed, token)) } } }
        p { a.btn href="/me/tokens/new" { "Make a token" } }
    };
    let back = Link { href: "/me", label: "Back to My account" };
    let page =
        Frame { title: "My tokens", part: "/me", back: Some(back), said: done.said(), ..Frame::default() };
    Ok(frame(&signed, &page, body))
}

fn own_row(signed: &Signed, token: &OwnTokenRow) -> Markup {
    let roles =
        token.roles.split(' ').filter_map(Role::from_code).map(Role::plain).collect::<Vec<_>>().join(", ");
    html! {
        b { (token.name) }
        p.small { (scopes(&token.scopes)) }
        p.soft.small {
            (roles) ". Made " (written(token.made_at.0.to_zoned(london()).date())) ", works until "
            (day(token.expires_at.0)) ", " (used(token.used_at)) "."
        }
        (ending(signed, &format!("/me/tokens/{}", token.id), &token.name))
    }
}

fn ending(signed: &Signed, action: &str, name: &str) -> Markup {
    page::post(
        &Post { action, csrf: &signed.csrf, ..Post::default() },
        page::buttons(html! { (page::button("End it").about(&format!(": {name}")).quiet().small()) }),
    )
}

/// `GET /me/tokens/new`
pub(super) async fn new(State(app): State<App>, signed: Signed) -> Result<Response> {
    let mut typed = Typed::default();
    for role in tokens::roles_of(&signed.who) {
        typed.put("roles", role.code());
    }
    let in_three_months = app.moment().today().saturating_add(jiff::Span::new().days(90));
    typed.put_date("until", in_three_months);
    Ok(making(&signed, &typed, &FormErrors::new()))
}

fn making(signed: &Signed, typed: &Typed, errors: &FormErrors) -> Response {
    let form = Form::new(typed, errors);
    let scopes = Scope::ALL.iter().map(|scope| Choice::new(scope.code(), scope.plain())).collect();
    let roles = tokens::roles_of(&signed.who);
    let of_roles = roles.iter().map(|role| Choice::new(role.code(), role.plain())).collect();
    let fields = html! {
        (form.text("name", "What to call it").width(Width::Middle)
            .hint("Which program it is for, such as “the school’s attendance list”"))
        (form.checks("scopes", "What it may be used for", scopes).hint("Only what the program needs"))
        (form.checks("roles", "In which of your roles", of_roles))
        (form.date("until", "The last day it works").hint("At most a year from now"))
        @if !signed.app.settings.demonstration { (current(errors)) }
        (page::buttons(html! { (page::button("Make the token")) a href="/me/tokens" { "Go back" } }))
    };
    asking(signed, "Make a token", "/me/tokens/new", fields, errors)
}

/// `POST /me/tokens/new`
pub(super) async fn make(State(app): State<App>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut wrong = FormErrors::new();
    let command = MakeToken {
        name: typed.get("name").to_owned(),
        scopes: typed.all("scopes").filter_map(Scope::from_code).collect(),
        roles: typed.all("roles").filter_map(Role::from_code).collect(),
        until: typed.date("until", "The last day it works", &mut wrong),
    };
    if !wrong.is_empty() {
        return Ok(making(signed, typed, &wrong));
    }
    match settle(made(&app, signed, command, typed.get("current")).await)? {
        Ok(made) => Ok(shown(signed, typed.get("name"), &made)),
        Err(errors) => Ok(making(signed, typed, &errors)),
    }
}

async fn made(app: &App, signed: &Signed, command: MakeToken, password: &str) -> Result<MadeToken> {
    let row = own::read(app, signed).await?;
    own::sure(app, &row, password).await?;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let made = tokens::make_token(&mut tx, &signed.who, &mut moment, signed.account, command).await?;
    tx.commit().await?;
    Ok(made)
}

fn shown(signed: &Signed, name: &str, made: &MadeToken) -> Response {
    let body = html! {
        (page::confirmation("The token is made", html! { p { b { (name) } " works until " (day(made.until)) "." } }))
        h2 { "Copy it now" }
        p { "It is shown only this once, and kept nowhere here. Give it to the program the way you would give a password: not by e-mail." }
        p #token { code { (made.secret) } }
        (page::buttons(html! { (page::copy_button("token", "Copy")) a href="/me/tokens" { "I have kept it" } }))
    };
    let page = Frame { title: "The token is made", part: "/me", back: Some(TOKENS), ..Frame::default() };
    frame(signed, &page, body)
}

/// `POST /me/tokens/{id}`
pub(super) async fn end(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let own = tokens::of(&app, posted.signed.account).await?;
    if own.iter().all(|token| token.id != id) {
        return Err(Oops::NotFound);
    }
    ended(&app, &posted.signed, id).await?;
    Ok(Redirect::to("/me/tokens?done=ended").into_response())
}

async fn ended(app: &App, signed: &Signed, id: Uuid) -> Result<()> {
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    tokens::end_token(&mut tx, &signed.who, &mut moment, id).await?;
    tx.commit().await?;
    Ok(())
}

/// `GET /administration/tokens`
pub(super) async fn everybodys(
    State(app): State<App>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response> {
    let all = tokens::every(&app, &signed.who).await?;
    let body = html! {
        h1 { "Tokens" }
        p { "With a token another program does things here as the worker who made it. Nobody can see a token again once it was made. End one that nobody knows, or that nobody uses." }
        @if all.is_empty() { p.soft { "There is none." } }
        ul.rows { @for token in &all { li { (any_row(&signed, token)) } } }
    };
    let back = Link { href: "/administration", label: "Back to Administration" };
    let page = Frame {
        title: "Tokens",
        part: "/administration",
        back: Some(back),
        said: done.said(),
        ..Frame::default()
    };
    Ok(frame(&signed, &page, body))
}

fn any_row(signed: &Signed, token: &AnyTokenRow) -> Markup {
    html! {
        b { (token.name) } ", made by " a href={ "/administration/workers/" (token.code) } { (token.worker) }
        p.small { (scopes(&token.scopes)) }
        p.soft.small {
            "Made " (written(token.made_at.0.to_zoned(london()).date())) ", works until " (day(token.expires_at.0))
            ", " (used(token.used_at)) "."
        }
        (ending(signed, &format!("/administration/tokens/{}", token.id), &token.name))
    }
}

/// `POST /administration/tokens/{id}`
pub(super) async fn end_any(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response> {
    crate::access::permit(&posted.signed.who, practice::access::Action::ResetSignIn)?;
    ended(&app, &posted.signed, id).await?;
    Ok(Redirect::to("/administration/tokens?done=ended").into_response())
}
