//! The pages of passkeys in people's own spaces: coming in with one, adding one, taking one away.

use super::crowd::AtTheDoor;
use super::pages::{at_the_door, end_former, from_our_page, with_session};
use super::passkey::{self, Asked};
use super::store::PasskeyRow;
use super::their_keys::{self, NotDone};
use super::theirs_pages::{at_door, sign_in};
use crate::entry::when::day_of;
use crate::form::PostedOwn;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::who::{Mine, language_of, session_token};
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use language::Words;
use maud::{Markup, html};
use page::{Field, FormErrors, Post, Typed, Width, button, buttons};
use uuid::Uuid;

/// The part of a form in which the browser makes or shows a passkey, with what it says meanwhile.
pub(super) fn with_browser(words: &Words, asked: &Asked, making: bool) -> Markup {
    let kind = if making { "make" } else { "show" };
    html! {
        input type="hidden" name="asked" value=(asked.token);
        input type="hidden" name="credential" value="";
        div data-passkey=(kind) data-options=(asked.options) data-asks=(words.keys_asks()) data-wait=(words.keys_wait())
            data-there=(words.keys_there()) data-again=(words.keys_not_done()) data-cannot=(words.keys_cannot()) {
            p role="status" { (words.keys_no_scripts()) }
        }
        script type="module" src=(page::asset_href("passkey.js")) {}
    }
}

/// The way in for those who have one, on the page on which people come in.
pub(super) fn way_in(app: &App, words: &Words, csrf: &str) -> Markup {
    html! { @if passkey::offered(&app.settings) {
        (page::post(&Post { action: "/my/sign-in/passkey", csrf, ..Post::default() }, html! {
            (buttons(html! { (button(&words.keys_way_in())) }))
        }))
        p.soft { (words.keys_or_password()) }
    } }
}

/// `POST /my/sign-in/passkey`
pub(super) async fn ask(State(app): State<App>, sent: AtTheDoor) -> Result<Response> {
    let AtTheDoor { headers, typed } = sent;
    if !from_our_page(&app, &headers, &typed) || !passkey::offered(&app.settings) {
        return Ok(Redirect::to("/my/sign-in").into_response());
    }
    let asked = passkey::ask(&app).await?;
    let words = language_of(&app, &headers);
    let title = words.sign_in_title();
    Ok(at_door(&app, &headers, &OwnFrame { title: &title, ..OwnFrame::default() }, |csrf| {
        html! {
            h1 { (words.sign_in_heading()) }
            (page::post(&Post { action: "/my/sign-in/passkey/shown", csrf, ..Post::default() }, html! {
                (with_browser(words, &asked, false))
                (buttons(html! { (button(&words.keys_way_in())) a href="/my/sign-in" { (words.keys_back()) } }))
            }))
        }
    }))
}

/// `POST /my/sign-in/passkey/shown`
pub(super) async fn enter(State(app): State<App>, sent: AtTheDoor) -> Result<Response> {
    let AtTheDoor { headers, typed } = sent;
    let words = language_of(&app, &headers);
    let mut errors = FormErrors::new();
    if from_our_page(&app, &headers, &typed) {
        let answer = (typed.get("asked"), typed.get("credential"));
        if let Some(begun) = their_keys::enter(&app, answer, &at_the_door(&app, &headers)).await? {
            end_former(&app, &headers).await?;
            return Ok(with_session(&app, &begun, Redirect::to("/my").into_response()));
        }
        errors.add("", words.keys_wrong());
    } else {
        errors.add("", words.sign_in_old());
    }
    Ok(sign_in(&app, &headers, (&typed, &errors), None))
}

fn said(words: &Words, not: NotDone) -> (&'static str, String) {
    match not {
        NotDone::Password => ("current", words.keys_password_wrong()),
        NotDone::Wait => ("current", words.keys_password_wait()),
        NotDone::ComeInAgain => ("", words.keys_come_in_again()),
        NotDone::Again => ("", words.keys_not_done()),
        NotDone::Last => ("", words.keys_last()),
    }
}

/// `GET /my/keys`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    draw(&mine, &FormErrors::new()).await
}

async fn draw(mine: &Mine, errors: &FormErrors) -> Result<Response> {
    let words = mine.words;
    let (keys, password) = their_keys::of(&mine.app, mine).await?;
    let (title, error, today) = (words.keys_title(), words.frame_error(), mine.app.moment().today());
    let current = |id: &str| {
        html! { @if password && !mine.app.settings.demonstration {
            (Field::password(format!("current{id}"), words.sign_in_password()).errors(errors).error_word(&error).autocomplete("current-password"))
        } }
    };
    let row = |key: &PasskeyRow| {
        let action = format!("/my/keys/{}", key.id);
        let (made, name) = (day(words, day_of(key.made_at.0), today), name_of(words, key));
        html! { div {
            p { b { (name) } ". " (words.keys_since(&made)) }
            @if password || keys.len() > 1 { (page::details(&words.keys_remove(), page::post(&Post { action: &action, csrf: &mine.csrf, ..Post::default() }, html! {
                (current(&key.id.simple().to_string()))
                (buttons(html! { (button(&words.keys_remove()).about(&name)) }))
            }))) }
        } }
    };
    let body = html! {
        h1 { (words.keys_heading()) }
        p.lead { (words.keys_lead()) }
        (page::rows(&keys.iter().map(row).collect::<Vec<_>>()))
        @if passkey::offered(&mine.app.settings) {
            h2 { (words.keys_add()) }
            (page::post(&Post { action: "/my/keys/new", csrf: &mine.csrf, ..Post::default() }, html! {
                (Field::text("name", words.keys_name()).width(Width::Middle))
                (current(""))
                (buttons(html! { (button(&words.keys_add())) }))
            }))
        } @else { p { (words.keys_not_here()) } }
    };
    Ok(own_frame(mine, &OwnFrame { title: &title, errors: Some(errors), ..OwnFrame::default() }, body))
}

fn name_of(words: &Words, key: &PasskeyRow) -> String {
    if key.name == passkey::UNNAMED { words.keys_unnamed() } else { key.name.clone() }
}

fn token(mine: &Mine, headers: &HeaderMap) -> Result<String> {
    session_token(&mine.app.settings, headers).ok_or(Oops::ComeIn)
}

async fn wrong(mine: &Mine, not: NotDone) -> Result<Response> {
    let (field, sentence) = said(mine.words, not);
    let mut errors = FormErrors::new();
    errors.add(field, sentence);
    draw(mine, &errors).await
}

/// `POST /my/keys/new`
pub(super) async fn ask_more(headers: HeaderMap, posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let (app, words) = (&mine.app, mine.words);
    match their_keys::ask_more(app, mine, &token(mine, &headers)?, typed.get("current")).await? {
        Ok(asked) => {
            let title = words.keys_title();
            let body = html! {
                h1 { (words.keys_add()) }
                (page::post(&Post { action: "/my/keys", csrf: &mine.csrf, ..Post::default() }, html! {
                    input type="hidden" name="name" value=(typed.get("name"));
                    (with_browser(words, &asked, true))
                    (buttons(html! { (button(&words.keys_add())) a href="/my/keys" { (words.keys_back()) } }))
                }))
            };
            Ok(own_frame(mine, &OwnFrame { title: &title, ..OwnFrame::default() }, body))
        }
        Err(not) => wrong(mine, not).await,
    }
}

/// `POST /my/keys`
pub(super) async fn add(posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let answer = (typed.get("asked"), typed.get("credential"));
    match their_keys::add_more(&mine.app, mine, answer, typed.get("name")).await? {
        Ok(()) => Ok(Redirect::to("/my/keys").into_response()),
        Err(not) => wrong(mine, not).await,
    }
}

/// `POST /my/keys/{id}`
pub(super) async fn remove(Path(id): Path<Uuid>, headers: HeaderMap, posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let current = typed.get(&format!("current{}", id.simple()));
    match their_keys::remove(&mine.app, mine, id, (&token(mine, &headers)?, current)).await? {
        Ok(()) => Ok(Redirect::to("/my/keys").into_response()),
        Err(not) => wrong(mine, not).await,
    }
}

/// The page at the first coming in on which the browser makes the passkey.
pub(super) fn first_key(
    app: &App,
    headers: &HeaderMap,
    (token, typed): (&str, &Typed),
    asked: &Asked,
) -> Response {
    let words = language_of(app, headers);
    let title = words.come_in_title();
    let action = format!("/my/come-in/{}", crate::frame::in_address(token));
    at_door(app, headers, &OwnFrame { title: &title, ..OwnFrame::default() }, |csrf| {
        html! {
            h1 { (words.keys_first_heading()) }
            p.lead { (words.keys_first_lead()) }
            (page::post(&Post { action: &action, csrf, ..Post::default() }, html! {
                input type="hidden" name="said" value=(typed.get("said"));
                input type="hidden" name="step" value="passkey-made";
                (with_browser(words, asked, true))
                (buttons(html! { (button(&words.keys_first_button())) }))
            }))
            (page::post(&Post { action: &action, csrf, ..Post::default() }, html! {
                input type="hidden" name="said" value=(typed.get("said"));
                (buttons(html! { (button(&words.keys_back()).quiet()) }))
            }))
        }
    })
}
