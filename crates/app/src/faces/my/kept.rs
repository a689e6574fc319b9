//! Words that somebody sent after their session had ended: they come back here, to be sent with one press.

use crate::Result;
use crate::form::{self, Kept};
use crate::own_frame::{OwnFrame, own_frame};
use crate::who::Mine;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};
use page::{Post, button, buttons};

/// `GET /my/kept`
pub(super) async fn show(mine: Mine, headers: HeaderMap) -> Result<Response> {
    let all = form::all(&mine.app, &headers, mine.account).await?;
    let unsent: Vec<&Kept> = all.iter().filter(|kept| kept.sent_at.is_none()).collect();
    let words = mine.words;
    let title = words.kept_title();
    let body = html! {
        h1 { (words.kept_heading()) }
        @if unsent.is_empty() { p.lead { (words.kept_none()) } } @else { p.lead { (words.kept_lead()) } }
        @for kept in unsent { (one(&mine, kept)) hr; }
        p { a href="/my" { (words.frame_back_home()) } }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/write", ..OwnFrame::default() }, body))
}

fn one(mine: &Mine, kept: &Kept) -> Markup {
    let words = mine.words;
    let names: Vec<&str> = kept.sent.files.iter().map(|file| file.name.as_str()).collect();
    html! {
        (page::post(&Post { action: &kept.place, csrf: &mine.csrf, ..Post::default() }, html! {
            @for (name, value) in kept.sent.typed.pairs().filter(|(name, _)| !["kept", "words"].contains(name)) {
                input type="hidden" name=(name) value=(value);
            }
            input type="hidden" name="kept" value=(kept.id);
            (page::Field::textarea("words", words.write_words()).rows(7).value(kept.sent.typed.get("words")))
            @if !names.is_empty() { p { (words.kept_files(&names.join(", "))) } }
            @if !kept.left_out.is_empty() { p { (words.write_files_again(&kept.left_out.join(", "))) } }
            (buttons(html! { (button(&words.write_button())) }))
        }))
    }
}
