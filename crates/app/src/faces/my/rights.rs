//! Somebody's rights, each with the way to use it, and help at once.

use super::home::help as numbers;
use crate::own_frame::{OwnFrame, own_frame, own_outside};
use crate::who::{Mine, language_of};
use crate::{App, Result};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::html;

/// `GET /my/rights`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    let words = mine.words;
    let title = words.rights_title();
    let each = [
        (words.rights_advocate_heading(), words.rights_advocate(), words.rights_advocate_ask()),
        (words.rights_complain_heading(), words.rights_complain(), words.rights_complain_ask()),
        (words.rights_file_heading(), words.rights_file(), words.rights_file_ask()),
        (words.rights_worker_heading(), words.rights_worker(), words.rights_worker_ask()),
    ];
    let body = html! {
        h1 { (words.rights_heading()) }
        @for (heading, about, ask) in &each {
            section { h2 { (heading) } p { (about) } p { a href="/my/write" { (ask) } } }
        }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/rights", ..OwnFrame::default() }, body))
}

/// `GET /my/help`: for whoever asks, signed in or not.
pub(super) async fn help(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let words = language_of(&app, &headers);
    let title = words.help_title();
    let body = html! { h1 { (words.help_heading()) } (numbers(words, false)) };
    let frame = OwnFrame { title: &title, ..OwnFrame::default() };
    Ok(match Mine::from_headers(&app, &headers).await? {
        Some(mine) => own_frame(&mine, &frame, body),
        None => own_outside(&app, words, &frame, body),
    })
}
