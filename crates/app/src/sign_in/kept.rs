//! The page that gives words back: a form that came after its session had ended, filled, to be sent again.

use crate::form::{self, Kept, Posted};
use crate::frame::{Frame, frame};
use crate::moment::london;
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use page::{Link, Post};
use serde::Deserialize;
use uuid::Uuid;

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    next: Option<String>,
}

/// Where someone who just signed in goes on to: to their words first, if any wait for them here.
pub(super) async fn first(
    app: &App,
    headers: &HeaderMap,
    account: practice::id::AccountId,
    next: String,
) -> Result<String> {
    if !next.starts_with("/kept") && form::waits(app, headers, account).await? {
        return Ok(format!("/kept?next={}", crate::frame::in_address(&next)));
    }
    Ok(next)
}

/// `GET /kept`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let all = form::all(&app, &headers, signed.account).await?;
    let others = form::for_others(&app, &headers, signed.account).await?;
    let next = super::local(asked.next.as_deref());
    Ok(answer(&signed, &all, None, (others, &next)))
}

/// `GET /kept/{id}`
pub(super) async fn show_one(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response> {
    let all = form::all(&app, &headers, signed.account).await?;
    if !all.iter().any(|kept| kept.id == id) {
        return Err(Oops::NotFound);
    }
    Ok(answer(&signed, &all, Some(id), (0, "/today")))
}

/// `POST /kept/{id}/forget`
pub(super) async fn forget(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    form::forget(&app, &posted.signed, id).await?;
    Ok(Redirect::to("/kept").into_response())
}

fn clock(at: Timestamp) -> String {
    at.to_zoned(london()).strftime("%-I.%M %P").to_string()
}

fn answer(signed: &Signed, all: &[Kept], id: Option<Uuid>, (others, next): (usize, &str)) -> Response {
    let unsent = all.iter().find(|kept| kept.sent_at.is_none());
    let chosen = id.map_or(unsent, |id| all.iter().find(|kept| kept.id == id));
    let body = html! {
        h1 { @if chosen.is_some() { "Your words are here" } @else { "No words are waiting" } }
        @if others > 0 {
            (page::note(html! {
                "Someone else was writing in this browser when their session ended. Their words are kept for them for an hour; "
                "only they can open them, by signing in here."
            }))
        }
        @match chosen {
            Some(kept) => (one(signed, kept)),
            None => p { "A form sent after you were signed out is kept here for an hour, for you alone. " a href=(next) { "Go on" } }
        }
        (rest(all, chosen.map(|kept| kept.id)))
        @if chosen.is_some() && next != "/today" { p { a href=(next) { "Go on to where you were going" } } }
    };
    let back = Some(Link { href: "/today", label: "Back to Today" });
    frame(signed, &Frame { title: "Your words are here", back, ..Frame::default() }, body)
}

fn rest(all: &[Kept], shown: Option<Uuid>) -> Markup {
    let others: Vec<&Kept> = all.iter().filter(|kept| Some(kept.id) != shown).collect();
    html! {
        @if !others.is_empty() {
            h2 { "Also kept" }
            ul.rows { @for kept in others {
                li {
                    a href={ "/kept/" (kept.id) } { "What you sent at " (clock(kept.kept_at)) }
                    @if kept.sent_at.is_some() { " " (page::tag(page::Tag::Done, "sent again")) }
                }
            } }
        }
    }
}

/// Fields that belong to the form itself.
const OURS: [&str; 5] = ["draft", "draft-page", "next", "version", "then"];

/// Words that people wrote, rather than an id, a date's part or a choice.
fn is_words(value: &str) -> bool {
    let id = value.parse::<Uuid>().is_ok();
    !id && (value.trim().contains(char::is_whitespace) || value.chars().count() > 24)
}

/// What the forms call the fields in which people write: the last part of the field's name, and its label.
const LABELS: [(&str, &str); 8] = [
    ("narrative", "What happened"),
    ("correction", "Why you are correcting it"),
    ("words", "Their words"),
    ("what", "What was promised"),
    ("others", "Anyone else who was there"),
    ("place", "Where"),
    ("lines", "Address"),
    ("reason", "Why"),
];

/// "statement-0-words" as "Their words", or where no form is known to call it anything else, "Statement 0 words".
fn spoken(name: &str) -> String {
    let last = name.rsplit('-').next().unwrap_or(name);
    if let Some((_, label)) = LABELS.iter().find(|(field, _)| *field == last) {
        return (*label).to_owned();
    }
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = plain.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn one(signed: &Signed, kept: &Kept) -> Markup {
    let until = clock(kept.kept_at + form::LASTS);
    let typed: Vec<(&str, &str)> = kept.sent.typed.pairs().filter(|(name, _)| *name != "kept").collect();
    let draft = typed.iter().any(|(name, value)| *name == "draft" && !value.is_empty());
    let id = kept.id.to_string();
    let body = html! {
        @for (at, (name, value)) in typed.iter().enumerate() {
            @if is_words(value) && !OURS.contains(name) {
                .field {
                    label.label for={ "kept-" (at) } { (spoken(name)) }
                    textarea id={ "kept-" (at) } name=(name) rows=(rows(value)) { "\n" (value) }
                }
            } @else { input type="hidden" name=(name) value=(value); }
        }
        input type="hidden" name="kept" value=(id);
        (also(&typed, kept))
        (page::buttons(html! {
            (page::button(if kept.sent_at.is_some() { "Send it once more" } else { "Send it now" }))
            @if draft {
                button.btn.btn--quiet type="submit" formaction="/drafts" formnovalidate { "Go on writing in its form" }
            }
        }))
    };
    html! {
        p.lead {
            "You had been signed out when you sent this at " (clock(kept.kept_at)) ", so nothing of it has been filed. "
            @if let Some(at) = kept.sent_at { "You sent it again at " (clock(at)) "; look there before you send it once more." }
            @else { "Read it over and send it again. It is kept until " (until) "." }
        }
        (page::post(&Post { action: &kept.place, csrf: &signed.csrf, ..Post::default() }, body))
        (page::details("Throw it away", page::post(
            &Post { action: &format!("/kept/{id}/forget"), csrf: &signed.csrf, ..Post::default() },
            html! {
                p { "What you wrote here will be gone." }
                (page::buttons(html! { (page::button("Throw it away").quiet()) }))
            },
        )))
    }
}

fn rows(value: &str) -> usize {
    (value.lines().count() + value.chars().count() / 70 + 1).clamp(2, 16)
}

/// What is sent with the words: short answers and choices, and files.
fn also(typed: &[(&str, &str)], kept: &Kept) -> Markup {
    let short = |(name, value): &&(&str, &str)| {
        !OURS.contains(name) && !value.trim().is_empty() && !is_words(value) && value.parse::<Uuid>().is_err()
    };
    let short: Vec<_> = typed.iter().filter(short).collect();
    html! {
        @if !short.is_empty() {
            (page::details("What else you had answered", html! {
                dl.sum { @for (name, value) in short { div { dt { (spoken(name)) } dd { (value) } } } }
            }))
        }
        @if !kept.sent.files.is_empty() {
            p { "Sent with it:" }
            ul { @for file in &kept.sent.files { li { (file.name) } } }
        }
        @if !kept.left_out.is_empty() {
            (page::note(html! {
                "These files were too large to keep. Choose them again after you have sent the words: " (kept.left_out.join(", "))
            }))
        }
    }
}
