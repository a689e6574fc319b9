//! The door of people's own spaces: signing in, coming in for the first time, leaving fast, changing the language.

use super::crowd::AtTheDoor;
use super::pages::{at_the_door, before, end_former, from_our_page, with_session};
use super::theirs::{self, Chosen, Invited, Wrong};
use super::{code, door};
use crate::form::{self, Sent, same_token};
use crate::own_frame::{OwnFrame, own_outside};
use crate::who::{self, COOKIE, Mine, language_of, remember_language};
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use language::Words;
use maud::{Markup, html};
use page::{Field, FormErrors, Post, Typed, Width, button, buttons};
use serde::Deserialize;
use std::time::Duration;

/// Where "leave this page fast" goes: a page that anybody may have open.
const ELSEWHERE: &str = "https://www.bbc.co.uk/weather";
/// Every wrong try is answered after this long, so that the time tells nothing.
const FLOOR: Duration = Duration::from_millis(300);

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    done: Option<String>,
}

fn with_cookie(mut response: Response, set: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, set);
    response
}

/// A page at the door, with the cookie that its form needs.
pub(super) fn at_door(
    app: &App,
    headers: &HeaderMap,
    frame: &OwnFrame<'_>,
    body: impl FnOnce(&str) -> Markup,
) -> Response {
    let (csrf, set) = before(app, headers);
    let mut response = own_outside(app, language_of(app, headers), frame, body(&csrf));
    // an address that is a secret is not passed on
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    with_cookie(response, set)
}

/// `GET /my/sign-in`
pub(super) async fn show(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    if Mine::from_headers(&app, &headers).await?.is_some() {
        return Ok(Redirect::to("/my").into_response());
    }
    let words = language_of(&app, &headers);
    let out = words.sign_in_out();
    let said = (asked.done.as_deref() == Some("out")).then_some(out.as_str());
    Ok(sign_in(&app, &headers, (&Typed::default(), &FormErrors::new()), said))
}

pub(super) fn sign_in(
    app: &App,
    headers: &HeaderMap,
    (typed, errors): (&Typed, &FormErrors),
    said: Option<&str>,
) -> Response {
    let words = language_of(app, headers);
    let (title, error) = (words.sign_in_title(), words.frame_error());
    let frame = OwnFrame { title: &title, said, errors: Some(errors), ..OwnFrame::default() };
    at_door(app, headers, &frame, |csrf| {
        let name = Field::text("name", words.sign_in_name()).value(typed.get("name")).errors(errors);
        let fields = html! {
            (name.error_word(&error).autocomplete("username").no_spelling().width(Width::Middle))
            (Field::password("password", words.sign_in_password()).autocomplete("current-password"))
            (Field::text("code", words.sign_in_code()).hint(words.sign_in_code_hint()).autocomplete("one-time-code").no_spelling().width(Width::Short))
            (buttons(html! { (button(&words.sign_in_button())) }))
        };
        html! {
            h1 { (words.sign_in_heading()) }
            (super::their_keys_pages::way_in(app, words, csrf))
            (page::post(&Post { action: "/my/sign-in", csrf, ..Post::default() }, fields))
            (page::details(&words.sign_in_cannot(), html! { p { (words.sign_in_cannot_words()) } }))
            p { a href="/sign-in" { (words.sign_in_staff()) } }
        }
    })
}

/// `POST /my/sign-in`
pub(super) async fn enter(State(app): State<App>, sent: AtTheDoor) -> Result<Response> {
    let began = tokio::time::Instant::now();
    let AtTheDoor { headers, typed } = sent;
    let words = language_of(&app, &headers);
    let mut errors = FormErrors::new();
    if from_our_page(&app, &headers, &typed) {
        let tried = door::Attempt {
            name: typed.get("name").to_owned(),
            password: typed.get("password").to_owned(),
            code: typed.get("code").to_owned(),
            ..at_the_door(&app, &headers)
        };
        if let Some(begun) = door::attempt_own(&app, tried).await? {
            end_former(&app, &headers).await?;
            // what they sent after their session had ended comes first
            let waits = form::waits(&app, &headers, begun.account).await?;
            let next = if waits { "/my/kept" } else { "/my" };
            return Ok(with_session(&app, &begun, Redirect::to(next).into_response()));
        }
        errors.add("name", words.sign_in_wrong());
        tokio::time::sleep_until(began + FLOOR).await;
    } else {
        errors.add("", words.sign_in_old());
    }
    Ok(sign_in(&app, &headers, (&typed, &errors), None))
}

/// `POST /my/sign-out`
pub(super) async fn sign_out(State(app): State<App>, request: Request) -> Result<Response> {
    let headers = request.headers().clone();
    let typed = Sent::at_the_door(request).await?;
    let mine = Mine::from_headers(&app, &headers).await?;
    if mine.is_some_and(|mine| !same_token(typed.get("csrf"), &mine.csrf)) {
        return Err(Oops::Forged);
    }
    out(&app, &headers, "/my/sign-in?done=out").await
}

/// `GET /my/leave`: away at once, and signed out.
pub(super) async fn leave(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    if Mine::from_headers(&app, &headers).await?.is_none() {
        return Ok(Redirect::to(ELSEWHERE).into_response());
    }
    out(&app, &headers, ELSEWHERE).await
}

async fn out(app: &App, headers: &HeaderMap, to: &str) -> Result<Response> {
    end_former(app, headers).await?;
    let mut response = with_cookie(Redirect::to(to).into_response(), who::clear(&app.settings, COOKIE));
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// `GET /my/language/{code}`
pub(super) async fn language(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let known = language::languages(app.settings.demonstration).find(|words| words.code() == code);
    let words = known.ok_or(Oops::NotFound)?;
    // back to where they were, if that was a page of ours
    let came = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let path = came.and_then(|came| came.strip_prefix(app.settings.public_url.as_str()));
    let back = path.filter(|path| path.starts_with("/my") && !path.contains('\\')).unwrap_or("/my");
    Ok(with_cookie(Redirect::to(back).into_response(), remember_language(&app, words.code())))
}

fn gone(app: &App, headers: &HeaderMap) -> Response {
    let words = language_of(app, headers);
    let title = words.come_in_title();
    let body = html! {
        h1 { (words.come_in_gone_heading()) }
        p.lead { (words.come_in_gone()) }
        p { (words.come_in_gone_sign_in()) " " a href="/my/sign-in" { (words.sign_in_title()) } }
    };
    let frame = OwnFrame { title: &title, ..OwnFrame::default() };
    let mut response = own_outside(app, words, &frame, body);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// `GET /my/come-in/{token}`
pub(super) async fn invited(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    if theirs::find(&app, &token).await?.is_none() {
        return Ok(gone(&app, &headers));
    }
    Ok(ask_code(&app, &headers, &token, &FormErrors::new()))
}

/// The first page: the code that was said.
fn ask_code(app: &App, headers: &HeaderMap, token: &str, errors: &FormErrors) -> Response {
    let words = language_of(app, headers);
    let (title, error) = (words.come_in_title(), words.frame_error());
    let frame = OwnFrame { title: &title, errors: Some(errors), ..OwnFrame::default() };
    let action = format!("/my/come-in/{}", crate::frame::in_address(token));
    at_door(app, headers, &frame, |csrf| {
        let code = Field::text("said", words.come_in_code()).hint(words.come_in_code_hint());
        html! {
            // whoever holds the link alone learns nobody's name
            h1 { (words.come_in_heading()) }
            p.lead { (words.come_in_lead()) }
            p { (words.come_in_not_you()) }
            (page::post(&Post { action: &action, csrf, ..Post::default() }, html! {
                (code.errors(errors).error_word(&error).no_spelling().autocomplete("off").width(Width::Short))
                (buttons(html! { (button(&words.come_in_next())) }))
            }))
        }
    })
}

/// They come in to another space already: what they come in with is not changed by a letter.
fn sign_in_first(app: &App, headers: &HeaderMap) -> Response {
    let words = language_of(app, headers);
    let title = words.come_in_title();
    let body = html! {
        h1 { (words.come_in_already_heading()) }
        p.lead { (words.come_in_already()) }
        p { a.btn href="/my/sign-in" { (words.sign_in_title()) } }
    };
    own_outside(app, words, &OwnFrame { title: &title, ..OwnFrame::default() }, body)
}

/// One more space, for somebody who is signed in.
async fn one_more(app: &App, headers: &HeaderMap, invited: &Invited) -> Result<Response> {
    let Some(mine) = Mine::from_headers(app, headers).await? else { return Ok(sign_in_first(app, headers)) };
    match theirs::add_space(app, invited, &mine.who).await {
        Ok(()) => Ok(Redirect::to("/my/spaces").into_response()),
        Err(Oops::NotFound) => Ok(sign_in_first(app, headers)),
        Err(other) => Err(other),
    }
}

/// A passkey instead of a password: asked for, then made.
async fn by_key(
    app: &App,
    headers: &HeaderMap,
    (token, invited): (&str, &Invited),
    typed: &Typed,
) -> Result<Response> {
    if typed.get("step") == "passkey" {
        let asked = theirs::ask_key(app, invited).await?;
        return Ok(super::their_keys_pages::first_key(app, headers, (token, typed), &asked));
    }
    let answer = (typed.get("asked"), typed.get("credential"));
    match theirs::set_up_key(app, invited, answer, at_the_door(app, headers)).await {
        Ok(Some(begun)) => {
            end_former(app, headers).await?;
            Ok(with_session(app, &begun, Redirect::to("/my").into_response()))
        }
        Ok(None) => {
            let mut errors = FormErrors::new();
            errors.add("", language_of(app, headers).keys_not_done());
            Ok(ask_keys(app, headers, (token, invited), (typed, &errors)))
        }
        Err(Oops::NotFound) => Ok(gone(app, headers)),
        Err(other) => Err(other),
    }
}

/// The second page: what they come in with from now on.
fn ask_keys(
    app: &App,
    headers: &HeaderMap,
    (token, invited): (&str, &Invited),
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let words = language_of(app, headers);
    let title = words.come_in_title();
    let frame = OwnFrame { title: &title, errors: Some(errors), ..OwnFrame::default() };
    let action = format!("/my/come-in/{}", crate::frame::in_address(token));
    at_door(app, headers, &frame, |csrf| {
        html! {
            h1 { (words.come_in_keys_heading()) }
            @if super::passkey::offered(&app.settings) {
                p.lead { (words.keys_first_offer()) }
                (page::post(&Post { action: &action, csrf, ..Post::default() }, html! {
                    input type="hidden" name="said" value=(typed.get("said"));
                    input type="hidden" name="step" value="passkey";
                    (buttons(html! { (button(&words.keys_first_button())) }))
                }))
                h2 { (words.keys_or_password()) }
            }
            p { (words.come_in_keys_lead()) }
            (page::post(&Post { action: &action, csrf, ..Post::default() }, keys(app, invited, words, (typed, errors))))
        }
    })
}

fn keys(app: &App, invited: &Invited, words: &Words, (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let error = words.frame_error();
    let secret = invited.secret().unwrap_or(&[]);
    let name = Field::text("name", words.come_in_name()).hint(words.come_in_name_hint());
    let name = name.value(typed.get("name")).errors(errors).autocomplete("username").no_spelling();
    let password = Field::password("password", words.come_in_password()).hint(words.come_in_password_hint());
    let again = Field::password("again", words.come_in_password_again()).autocomplete("new-password");
    let code = Field::number("code", words.come_in_phone_code()).autocomplete("one-time-code");
    html! {
        input type="hidden" name="said" value=(typed.get("said"));
        input type="hidden" name="step" value="keys";
        (name.error_word(&error).width(Width::Middle))
        (password.autocomplete("new-password").errors(errors).error_word(&error))
        (again.errors(errors).error_word(&error))
        h2 { (words.come_in_phone_heading()) }
        p { (words.come_in_phone()) }
        @if let Some(square) = code::square(secret, &app.settings.council, "me") { (square) }
        (page::details(&words.come_in_phone_cannot(), html! {
            p { (words.come_in_phone_type()) }
            p { code { (code::spoken(secret)) } }
        }))
        (code.errors(errors).error_word(&error).width(Width::Short))
        (buttons(html! { (button(&words.come_in_done())) }))
    }
}

fn say(words: &Words, wrong: Wrong, errors: &mut FormErrors) {
    match wrong {
        Wrong::Name => errors.add("name", words.come_in_name_wrong()),
        Wrong::Taken => errors.add("name", words.come_in_name_taken()),
        Wrong::Short => errors.add("password", words.come_in_password_short()),
        Wrong::Easy => errors.add("password", words.come_in_password_easy()),
        Wrong::Differs => errors.add("again", words.come_in_password_differs()),
        Wrong::Phone => errors.add("code", words.come_in_phone_wrong()),
    }
}

/// `POST /my/come-in/{token}`
pub(super) async fn come_in(
    State(app): State<App>,
    Path(token): Path<String>,
    sent: AtTheDoor,
) -> Result<Response> {
    let AtTheDoor { headers, typed } = sent;
    let words = language_of(&app, &headers);
    if theirs::find(&app, &token).await?.is_none() {
        return Ok(gone(&app, &headers));
    }
    let mut errors = FormErrors::new();
    if !from_our_page(&app, &headers, &typed) {
        errors.add("", words.sign_in_old());
        return Ok(ask_code(&app, &headers, &token, &errors));
    }
    let invited = match theirs::said(&app, &token, typed.get("said")).await {
        Ok(Ok(invited)) => invited,
        Ok(Err(0)) | Err(Oops::NotFound) => return Ok(gone(&app, &headers)),
        Ok(Err(left)) => {
            errors.add("said", words.come_in_code_wrong(left));
            return Ok(ask_code(&app, &headers, &token, &errors));
        }
        Err(other) => return Err(other),
    };
    if theirs::comes_already(&app, &invited).await? {
        return one_more(&app, &headers, &invited).await;
    }
    if typed.get("step").starts_with("passkey") {
        return by_key(&app, &headers, (&token, &invited), &typed).await;
    }
    if typed.get("step") != "keys" {
        return Ok(ask_keys(&app, &headers, (&token, &invited), (&typed, &errors)));
    }
    let chosen = Chosen {
        name: typed.get("name").to_owned(),
        password: typed.get("password").to_owned(),
        again: typed.get("again").to_owned(),
        code: typed.get("code").to_owned(),
    };
    match theirs::set_up(&app, &invited, chosen, at_the_door(&app, &headers)).await {
        Ok(Ok(begun)) => {
            end_former(&app, &headers).await?;
            Ok(with_session(&app, &begun, Redirect::to("/my").into_response()))
        }
        Ok(Err(wrong)) => {
            for one in wrong {
                say(words, one, &mut errors);
            }
            Ok(ask_keys(&app, &headers, (&token, &invited), (&typed, &errors)))
        }
        Err(Oops::NotFound) => Ok(gone(&app, &headers)),
        Err(other) => Err(other),
    }
}
