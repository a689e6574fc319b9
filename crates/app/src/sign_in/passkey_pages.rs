//! The pages of passkeys: adding one, removing one, coming in with one.

use super::crowd::AtTheDoor;
use super::me::{asking, current, settle};
use super::pages::{at_the_door, before, end_former, from_our_page, with_session};
use super::passkey::{self, Asked};
use super::store::PasskeyRow;
use super::{local, me};
use crate::form::Posted;
use crate::frame::outside;
use crate::moment::written;
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use page::{Field, FormErrors, Post, Typed, Width};
use uuid::Uuid;

/// The part of a form in which the browser makes or shows a passkey.
fn with_browser(asked: &Asked, making: bool) -> Markup {
    html! {
        input type="hidden" name="asked" value=(asked.token);
        input type="hidden" name="credential" value="";
        div data-passkey=(if making { "make" } else { "show" }) data-options=(asked.options) {
            p role="status" { "Passkeys need scripts, and they are off in this browser. Use your password instead." }
        }
        script type="module" src=(page::asset_href("passkey.js")) {}
    }
}

/// One's passkeys, on one's own page.
pub(super) fn listed(app: &App, keys: &[PasskeyRow]) -> Markup {
    let today = |at: db::At| written(at.0.to_zoned(crate::moment::london()).date());
    html! {
        h3 { "Passkeys" }
        @if !passkey::offered(&app.settings) {
            p { "Passkeys are not offered here: they need an address with a name, and this one has none." }
        } @else {
            p.soft { "With a passkey you come in by finger, face or PIN, on a phone or computer that you trust. Nothing is typed, so nothing can be given away to a false page." }
            @if !keys.is_empty() { ul.rows { @for key in keys { li {
                b { (key.name) }
                p.soft.small { "Added " (today(key.made_at)) ", " @match key.used_at {
                    Some(at) => { "last used " (today(at)) }
                    None => { "not used yet" }
                } }
                a href={ "/me/passkeys/" (key.id) } { "Remove" span.vh { " " (key.name) } }
            } } } }
            p { a href="/me/passkeys/new" { "Add a passkey" } }
        }
    }
}

/// `GET /me/passkeys/new`
pub(super) async fn new(State(app): State<App>, signed: Signed) -> Result<Response> {
    if !passkey::offered(&app.settings) {
        return Err(Oops::NotFound);
    }
    Ok(naming(&signed, &Typed::default(), &FormErrors::new()))
}

fn naming(signed: &Signed, typed: &Typed, errors: &FormErrors) -> Response {
    let demonstration = signed.app.settings.demonstration;
    let fields = html! {
        p { "Your browser will ask where to keep it: on this device, on your phone, or on a security key." }
        @if !demonstration { (current(errors)) }
        (Field::text("name", "What to call it").value(typed.get("name")).width(Width::Middle).errors(errors)
            .hint("So that you know it again, such as “my work phone”"))
        (page::buttons(html! { (page::button("Go on")) a href="/me" { "Go back" } }))
    };
    asking(signed, "Add a passkey", "/me/passkeys/new", fields, errors)
}

/// `POST /me/passkeys/new`
pub(super) async fn send_new(State(app): State<App>, posted: Posted) -> Result<Response> {
    match settle(passkey::ask_new(&app, &posted.signed, posted.typed.get("current")).await)? {
        Ok(asked) => Ok(making(&posted.signed, &asked, posted.typed.get("name"))),
        Err(errors) => Ok(naming(&posted.signed, &posted.typed, &errors)),
    }
}

fn making(signed: &Signed, asked: &Asked, name: &str) -> Response {
    let fields = html! {
        input type="hidden" name="name" value=(name);
        (with_browser(asked, true))
        (page::buttons(html! { (page::button("Make the passkey")) a href="/me" { "Go back" } }))
    };
    asking(signed, "Add a passkey", "/me/passkeys", fields, &FormErrors::new())
}

/// `POST /me/passkeys`
pub(super) async fn add(State(app): State<App>, posted: Posted) -> Result<Response> {
    let typed = &posted.typed;
    let answer = (typed.get("asked"), typed.get("credential"));
    match settle(passkey::add(&app, &posted.signed, answer, typed.get("name")).await)? {
        Ok(()) => Ok(Redirect::to("/me?done=passkey").into_response()),
        Err(errors) => {
            let mut said = FormErrors::new();
            for (_, words) in errors.iter() {
                said.add("", words);
            }
            Ok(naming(&posted.signed, typed, &said))
        }
    }
}

async fn one(app: &App, signed: &Signed, id: Uuid) -> Result<PasskeyRow> {
    passkey::of(app, signed).await?.into_iter().find(|key| key.id == id).ok_or(Oops::NotFound)
}

/// `GET /me/passkeys/{id}`
pub(super) async fn show(State(app): State<App>, signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    let key = one(&app, &signed, id).await?;
    Ok(removing(&signed, &key, &FormErrors::new()))
}

fn removing(signed: &Signed, key: &PasskeyRow, errors: &FormErrors) -> Response {
    let fields = html! {
        p { b { (key.name) } " will no longer let anyone in. On the device itself it stays until you delete it there." }
        @if !signed.app.settings.demonstration { (current(errors)) }
        (page::buttons(html! { (page::button("Remove it")) a href="/me" { "Go back" } }))
    };
    asking(signed, "Remove a passkey", &format!("/me/passkeys/{}", key.id), fields, errors)
}

/// `POST /me/passkeys/{id}`
pub(super) async fn remove(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let key = one(&app, &posted.signed, id).await?;
    match settle(passkey::remove(&app, &posted.signed, id, posted.typed.get("current")).await)? {
        Ok(()) => Ok(Redirect::to("/me?done=no-passkey").into_response()),
        Err(errors) => Ok(removing(&posted.signed, &key, &errors)),
    }
}

/// The way in for those who have a passkey, on the page on which people come in.
pub(super) fn way_in(app: &App, token: &str, next: &str) -> Markup {
    html! { @if passkey::offered(&app.settings) {
        (page::post(&Post { action: "/sign-in/passkey", csrf: token, ..Post::default() }, html! {
            input type="hidden" name="next" value=(next);
            (page::buttons(html! { (page::button("Sign in with a passkey").quiet()) }))
        }))
        p.soft { "Or with your password:" }
    } }
}

/// `POST /sign-in/passkey`
pub(super) async fn ask(State(app): State<App>, sent: AtTheDoor) -> Result<Response> {
    let AtTheDoor { headers, typed } = sent;
    let next = local(Some(typed.get("next")));
    if !from_our_page(&app, &headers, &typed) {
        return Ok(to_the_door(&next));
    }
    let asked = passkey::ask(&app).await?;
    Ok(showing(&app, &headers, &asked, &next))
}

fn to_the_door(next: &str) -> Response {
    Redirect::to(&format!("/sign-in?with=password&next={}", crate::frame::in_address(next))).into_response()
}

fn showing(app: &App, headers: &HeaderMap, asked: &Asked, next: &str) -> Response {
    let (token, set) = before(app, headers);
    let back = format!("/sign-in?with=password&next={}", crate::frame::in_address(next));
    let body = html! {
        h1 { "Sign in with a passkey" }
        (page::post(&Post { action: "/sign-in/passkey/shown", csrf: &token, ..Post::default() }, html! {
            input type="hidden" name="next" value=(next);
            (with_browser(asked, false))
            (page::buttons(html! { (page::button("Use my passkey")) a href=(back) { "Use my password instead" } }))
        }))
    };
    let mut response = outside(app, "Sign in with a passkey", None, body);
    response.headers_mut().append(header::SET_COOKIE, set);
    response
}

/// `POST /sign-in/passkey/shown`
pub(super) async fn enter(State(app): State<App>, sent: AtTheDoor) -> Result<Response> {
    let AtTheDoor { headers, typed } = sent;
    let next = local(Some(typed.get("next")));
    if !from_our_page(&app, &headers, &typed) {
        return Ok(to_the_door(&next));
    }
    let answer = (typed.get("asked"), typed.get("credential"));
    let Some(begun) = passkey::enter(&app, answer, &at_the_door(&app, &headers)).await? else {
        let errors = me::wrong(
            "This passkey is not kept here, or it took longer than five minutes. Try once more, or use your password",
        );
        return Ok(super::pages::again(&app, &headers, &next, &errors));
    };
    end_former(&app, &headers).await?;
    let next = super::kept::first(&app, &headers, begun.account, next).await?;
    Ok(with_session(&app, &begun, Redirect::to(&next).into_response()))
}

/// What one's own page says after a passkey came or went.
pub(super) fn said(done: &str) -> Option<&'static str> {
    match done {
        "passkey" => Some("Your passkey is added. You can sign in with it from now on."),
        "no-passkey" => Some("The passkey is removed."),
        _ => None,
    }
}
