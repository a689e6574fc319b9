//! The pages of a one-time link: choose a password, join a phone, keep ten codes.

use super::crowd::AtTheDoor;
use super::pages::{at_the_door, before, from_our_page, with_session};
use super::set_up::{self, Invitation, SetUp};
use super::{code, password};
use crate::frame::outside;
use crate::moment::london;
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use maud::{Markup, html};
use page::{FormErrors, Post, Typed};

/// `GET /invitation/{token}`
pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let Some(invitation) = set_up::find(&app, &token).await? else { return Ok(gone(&app)) };
    let typed = Typed::default();
    Ok(answer(&app, &headers, &token, &invitation, (&typed, &FormErrors::new())))
}

/// `POST /invitation/{token}`
pub(super) async fn send(
    State(app): State<App>,
    Path(token): Path<String>,
    sent: AtTheDoor,
) -> Result<Response> {
    let AtTheDoor { headers, typed } = sent;
    let Some(invitation) = set_up::find(&app, &token).await? else { return Ok(gone(&app)) };
    let mut errors = FormErrors::new();
    if from_our_page(&app, &headers, &typed) {
        let chosen = SetUp {
            name: typed.get("name").to_owned(),
            sign_in_name: typed.get("sign_in_name").to_owned(),
            password: typed.get("password").to_owned(),
            again: typed.get("again").to_owned(),
            code: typed.get("code").to_owned(),
        };
        match set_up::set_up(&app, invitation.clone(), chosen, at_the_door(&app, &headers)).await {
            Ok(set) => {
                let page = outside(
                    &app,
                    "Keep these codes",
                    None,
                    keep("You can sign in now", &set.codes, Some(set.strength)),
                );
                return Ok(with_session(&app, &set.begun, page));
            }
            Err(Oops::NotFound) => return Ok(gone(&app)),
            Err(Oops::Wrong(wrong)) => {
                for (field, words) in wrong {
                    errors.add(field, words);
                }
            }
            Err(other) => return Err(other),
        }
    } else {
        errors.add("", "This page had been open for long, or your browser keeps no cookies. Try once more");
    }
    Ok(answer(&app, &headers, &token, &invitation, (&typed, &errors)))
}

fn gone(app: &App) -> Response {
    let body = html! {
        h1 { "This link does not work" }
        p.lead { "It was used already, or it is older than seven days, or a newer one was made. " }
        p { "Ask the person who looks after Alongside in your council for a new one. If you have set up your password, " a href="/sign-in" { "sign in" } "." }
    };
    let mut response = outside(app, "This link does not work", None, body);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn answer(
    app: &App,
    headers: &HeaderMap,
    token: &str,
    invitation: &Invitation,
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let (csrf, set) = before(app, headers);
    let action = format!("/invitation/{}", crate::frame::in_address(token));
    let body = html! {
        h1 { @if invitation.is_first() { "Become the first administrator" } @else { "Set up how you sign in" } }
        p.lead { (lead(app, invitation)) }
        (page::post(&Post { action: &action, csrf: &csrf, ..Post::default() }, fields(app, invitation, typed, errors)))
    };
    let mut response = outside(app, "Set up how you sign in", Some(errors), body);
    response.headers_mut().append(header::SET_COOKIE, set);
    // the address is a secret: it is not passed on to any other page
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn lead(app: &App, invitation: &Invitation) -> Markup {
    let until = invitation.until().to_zoned(london()).strftime("%-d %B at %-I.%M %P").to_string();
    let (name, short) = invitation.whose();
    html! {
        @if invitation.is_first() {
            "Nobody can sign in to " (app.settings.council) " yet. You will be able to add teams and workers; this account opens no record. "
        } @else {
            (name) ", you will sign in as " b { (short) } ". "
            @if invitation.is_reset() { "Your earlier password, codes and devices no longer work. " }
        }
        "This link works once, until " (until) "."
    }
}

fn fields(app: &App, invitation: &Invitation, typed: &Typed, errors: &FormErrors) -> Markup {
    let form = page::Form::new(typed, errors);
    let short = if invitation.is_first() { "first administrator" } else { invitation.whose().1 };
    html! {
        @if invitation.is_first() {
            (form.text("name", "Your name").autocomplete("name").no_spelling().width(page::Width::Middle))
            (form.text("sign_in_name", "Name to sign in with").autocomplete("username").no_spelling()
                .width(page::Width::Middle).hint("Short, such as ola.reyes"))
        } @else {
            // so that a browser keeps the password beside the right name
            input type="hidden" name="username" value=(short) autocomplete="username";
        }
        h2 { "Choose a password" }
        (new_password(errors))
        h2 { "Join your phone" }
        (phone(app, &invitation.secret, short))
        (form.fill(page::Field::number("code", "The six digits it shows now")).autocomplete("one-time-code"))
        (page::buttons(html! { (page::button("Set up")) }))
    }
}

/// The two fields of a new password.
pub(super) fn new_password(errors: &FormErrors) -> Markup {
    let hint = format!(
        "At least {} characters, anything you like. Three or four words that do not belong together are easy to remember and hard to guess",
        password::LEAST
    );
    html! {
        (page::Field::password("password", "New password").autocomplete("new-password").hint(hint).errors(errors))
        (page::Field::password("again", "The same password once more").autocomplete("new-password").errors(errors))
    }
}

/// The square to scan and the same secret in letters.
pub(super) fn phone(app: &App, secret: &[u8], name: &str) -> Markup {
    html! {
        p { "Open an app for codes on your phone (many phones have one built in; others are free) and scan this square." }
        @if let Some(square) = code::square(secret, &app.settings.council, name) { (square) }
        (page::details("I cannot scan it", html! {
            p { "Type this into the app instead, as a time-based code:" }
            p { code id="secret" { (code::spoken(secret)) } }
            (page::copy_button("secret", "Copy"))
        }))
    }
}

/// The ten codes, seen once.
pub(super) fn keep(heading: &str, codes: &[String], strength: Option<&str>) -> Markup {
    html! {
        (page::confirmation(heading, html! { @if let Some(strength) = strength { p { (strength) } } }))
        h2 { "Keep these ten codes" }
        p { "If your phone is lost or broken, one of these codes lets you in instead. Each works once. They are shown only now: print them or write them down, and keep them where nobody else looks." }
        ul.codes id="codes" { @for code in codes { li { code { (code) } "\n" } } }
        (page::buttons(html! {
            (page::print_button("Print"))
            (page::copy_button("codes", "Copy"))
        }))
        p { a.btn href="/today" { "I have kept them" } }
    }
}
