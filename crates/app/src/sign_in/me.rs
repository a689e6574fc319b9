//! One's own page: what is known of me as a worker, how I sign in, where I am signed in.

use super::invitation;
use super::own;
use super::store::{self, OwnPostRow, OwnRow, SessionRow};
use super::{passkey, passkey_pages};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::moment::london;
use crate::who::{Signed, session_token, token_hash};
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::HEXLOWER;
use db::args;
use jiff::Timestamp;
use maud::{Markup, html};
use page::{Field, FormErrors, Link, Post, SummaryRow};
use practice::access::{Action, Decision, may};
use practice::role::Role;
use serde::Deserialize;

const ME: Link<'static> = Link { href: "/me", label: "Back to My account" };

/// What was just done.
#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

fn said(done: &Done) -> Option<&'static str> {
    match done.done.as_deref()? {
        "password" => Some("Your password is changed. Other devices are signed out."),
        "device" => Some("Signed out there."),
        "others" => Some("Signed out on every other device."),
        other => passkey_pages::said(other),
    }
}

fn when(at: Timestamp) -> String {
    at.to_zoned(london()).strftime("%-d %B at %-I.%M %P").to_string()
}

/// "Firefox on Android" from what a browser calls itself.
pub(super) fn plain_device(agent: &str) -> String {
    let find = |list: &[(&str, &'static str)]| {
        list.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrom", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "an iPhone"),
        ("iPad", "an iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "a Mac"),
        ("CrOS", "a Chromebook"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "A device that does not say what it is".to_owned(),
    }
}

/// `GET /me`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Query(done): Query<Done>,
    headers: HeaderMap,
) -> Result<Response> {
    let row = own::read(&app, &signed).await?;
    let devices = own::devices(&app, &signed).await?;
    let keys = passkey::of(&app, &signed).await?;
    let mut conn = app.db.read().await?;
    let posts: Vec<OwnPostRow> =
        conn.all(store::OWN_POSTS, args![row.worker_id, app.moment().today()]).await?;
    let left = conn.number(store::RECOVERY_LEFT, args![signed.account]).await?;
    drop(conn);
    let here = session_token(&app.settings, &headers).map(|token| token_hash(&token).to_vec());
    let may = |action| matches!(may(&signed.who.reader, action), Decision::Allowed(_));
    let body = html! {
        h1 { "My account" }
        @if signed.who.worker().is_some() {
            p { a href="/me/week" { "Your week: time with people, time recording" } }
            p { a href="/me/photo" { "A photo of you, for the people you work with" } }
            p { a href="/held-back" { "What is held back, and what people can read" } }
        }
        (details(&row, &posts))
        @if may(Action::SetAbsence) && !may(Action::CreateWorker) {
            p { a href="/administration/absence" { "Say who is away, and who stands in" } }
        }
        (signing_in(&row, left))
        (passkey_pages::listed(&app, &keys))
        (where_signed_in(&signed, &devices, here.as_deref()))
        h2 { "Programs that act as me" }
        p { "Another program can do things here as you, with a token that you make and end. " a href="/me/tokens" { "My tokens" } }
    };
    let page = Frame { title: "My account", part: "/me", said: said(&done), ..Frame::default() };
    Ok(frame(&signed, &page, body))
}

fn details(row: &OwnRow, posts: &[OwnPostRow]) -> Markup {
    let known = |value: &Option<String>| html! { (value.as_deref().unwrap_or("Not given")) };
    let day = |day: db::Day| day.0.strftime("%-d %B %Y").to_string();
    html! {
        (page::summary_list(&[
            SummaryRow { term: "Name", value: html! { (row.name) }, change: None },
            SummaryRow { term: "Code", value: html! { (row.code) }, change: None },
            SummaryRow { term: "Since", value: html! { (day(row.from_date)) }, change: None },
            SummaryRow { term: "Posts", value: html! {
                @for post in posts { p {
                    (Role::from_code(&post.role).map_or_else(|| post.role.clone(), |role| role.plain().to_owned()))
                    @if let Some(team) = &post.team { ", " (team) }
                    " (since " (day(post.from_date)) ")"
                } }
                @if posts.is_empty() { "None today" }
            }, change: None },
            SummaryRow { term: "Email", value: known(&row.email), change: None },
            SummaryRow { term: "Telephone", value: known(&row.phone), change: None },
            SummaryRow { term: "Registration number", value: known(&row.registration_number), change: None },
        ]))
        p.soft { "If something here is wrong, tell the person who looks after Alongside in your council." }
    }
}

fn signing_in(row: &OwnRow, left: i64) -> Markup {
    html! {
        h2 { "How I sign in" }
        @if row.password_hash.is_none() {
            p { "In the demonstration nobody has a password: you press who you want to be." }
        } @else {
            p { "As " b { (row.sign_in_name) } ", with a password and a code from your phone. "
                @if left == 0 { "You have no recovery codes left: make new ones now." }
                @else if left < 4 { "Only " (left) " of your recovery codes are left." }
                @else { (left) " recovery codes are left." }
            }
            ul {
                li { a href="/me/password" { "Change my password" } }
                li { a href="/me/codes" { "Make ten new recovery codes" } }
                li { a href="/me/phone" { "Join another phone" } }
            }
        }
    }
}

fn where_signed_in(signed: &Signed, devices: &[SessionRow], here: Option<&[u8]>) -> Markup {
    let sent = |action: &str, inside: Markup| {
        page::post(&Post { action, csrf: &signed.csrf, ..Post::default() }, inside)
    };
    html! {
        h2 { "Where I am signed in" }
        p.soft { "You are signed out after two hours without use, and after twelve in any case." }
        ul.rows { @for device in devices {
            @let name = plain_device(device.device.as_deref().unwrap_or(""));
            li {
                b { (name) }
                @if Some(&device.token_hash[..]) == here { " " (page::tag(page::Tag::Done, "this one")) }
                p.soft.small { "Since " (when(device.created_at.0)) ", last used about " (when(device.last_seen_at.0)) }
                @if Some(&device.token_hash[..]) != here {
                    (sent(&format!("/me/devices/{}", HEXLOWER.encode(&device.token_hash)),
                        page::buttons(html! { (page::button("Sign out there").about(&format!(": {name}")).quiet().small()) })))
                }
            }
        } }
        @if devices.len() > 1 {
            (sent("/me/devices/others", page::buttons(html! { (page::button("Sign out on every other device").quiet()) })))
        }
    }
}

/// A page that asks for the password before something changes.
pub(super) fn asking(
    signed: &Signed,
    title: &str,
    action: &str,
    about: Markup,
    errors: &FormErrors,
) -> Response {
    let body = html! {
        h1 { (title) }
        (page::post(&Post { action, csrf: &signed.csrf, ..Post::default() }, about))
    };
    let wrong = Some(errors).filter(|errors| !errors.is_empty());
    let page = Frame { title, part: "/me", back: Some(ME), errors: wrong, ..Frame::default() };
    frame(signed, &page, body)
}

pub(super) fn current(errors: &FormErrors) -> Markup {
    html! { (Field::password("current", "Your password now").autocomplete("current-password").errors(errors)) }
}

/// One sentence at the head of a form.
pub(super) fn wrong(words: &str) -> FormErrors {
    let mut errors = FormErrors::new();
    errors.add("", words);
    errors
}

pub(super) fn settle<T>(done: Result<T>) -> Result<std::result::Result<T, FormErrors>> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(Oops::Wrong(wrong)) => {
            let mut errors = FormErrors::new();
            for (field, words) in wrong {
                errors.add(field, words);
            }
            Ok(Err(errors))
        }
        Err(other) => Err(other),
    }
}

/// `GET /me/password`
pub(super) async fn password_form(signed: Signed) -> Response {
    changing(&signed, &FormErrors::new())
}

fn changing(signed: &Signed, errors: &FormErrors) -> Response {
    let fields = html! {
        (current(errors))
        (invitation::new_password(errors))
        (page::buttons(html! { (page::button("Change my password")) a href="/me" { "Go back" } }))
    };
    asking(signed, "Change my password", "/me/password", fields, errors)
}

/// `POST /me/password`
pub(super) async fn send_password(
    State(app): State<App>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response> {
    let typed = &posted.typed;
    let token = session_token(&app.settings, &headers).unwrap_or_default();
    let words = (typed.get("current"), typed.get("password"), typed.get("again"));
    match settle(own::change_password(&app, &posted.signed, &token, words).await)? {
        Ok(_) => Ok(Redirect::to("/me?done=password").into_response()),
        Err(errors) => Ok(changing(&posted.signed, &errors)),
    }
}

/// `GET /me/codes`
pub(super) async fn codes_form(signed: Signed) -> Response {
    making_codes(&signed, &FormErrors::new())
}

fn making_codes(signed: &Signed, errors: &FormErrors) -> Response {
    let fields = html! {
        p { "The codes you have now stop working." }
        (current(errors))
        (page::buttons(html! { (page::button("Make ten new codes")) a href="/me" { "Go back" } }))
    };
    asking(signed, "New recovery codes", "/me/codes", fields, errors)
}

/// `POST /me/codes`
pub(super) async fn send_codes(State(app): State<App>, posted: Posted) -> Result<Response> {
    match settle(own::new_codes(&app, &posted.signed, posted.typed.get("current")).await)? {
        Ok(codes) => {
            let page = Frame { title: "Keep these codes", part: "/me", back: Some(ME), ..Frame::default() };
            Ok(frame(&posted.signed, &page, invitation::keep("You have new recovery codes", &codes, None)))
        }
        Err(errors) => Ok(making_codes(&posted.signed, &errors)),
    }
}

/// `GET /me/phone`
pub(super) async fn phone_form(signed: Signed) -> Response {
    joining(&signed, &FormErrors::new())
}

fn joining(signed: &Signed, errors: &FormErrors) -> Response {
    let fields = html! {
        p { "You choose a new password and scan a new square. Until you have done both, everything stays as it is; then you are signed out everywhere else." }
        (current(errors))
        (page::buttons(html! { (page::button("Go on")) a href="/me" { "Go back" } }))
    };
    asking(signed, "Join another phone", "/me/phone", fields, errors)
}

/// `POST /me/phone`
pub(super) async fn send_phone(State(app): State<App>, posted: Posted) -> Result<Response> {
    match settle(own::another_phone(&app, &posted.signed, posted.typed.get("current")).await)? {
        Ok(token) => Ok(Redirect::to(&format!("/invitation/{token}")).into_response()),
        Err(errors) => Ok(joining(&posted.signed, &errors)),
    }
}

/// `POST /me/devices/{device}`
pub(super) async fn end_one(
    State(app): State<App>,
    Path(device): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response> {
    let hash = HEXLOWER.decode(device.as_bytes()).map_err(|_| Oops::NotFound)?;
    let token = session_token(&app.settings, &headers).unwrap_or_default();
    own::end_devices(&app, &posted.signed, &token, Some(hash)).await?;
    Ok(Redirect::to("/me?done=device").into_response())
}

/// `POST /me/devices/others`
pub(super) async fn end_others(
    State(app): State<App>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response> {
    let token = session_token(&app.settings, &headers).unwrap_or_default();
    own::end_devices(&app, &posted.signed, &token, None).await?;
    Ok(Redirect::to("/me?done=others").into_response())
}

#[cfg(test)]
mod tests {
    use super::plain_device;

    #[test]
    fn devices_are_called_what_people_call_them() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Mobile Safari/604",
                "Safari on an iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0", "Firefox on Linux"),
            ("", "A device that does not say what it is"),
        ] {
            assert_eq!(plain_device(agent), name);
        }
    }
}
