//! Drafts: words not yet filed, kept within two seconds of a pause, listed on Today until finished.

use super::show::held;
use super::store::{self, DraftRow};
use super::{desk, form};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::person::headers;
use crate::who::Signed;
use crate::{App, Oops, Result, Who, access};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use jiff::civil::Date;
use page::{Link, Markup, Post, Typed, button, html};
use practice::access::Sight;
use practice::entry::EntryKind;
use practice::id::PersonId;
use practice::story::StoryPart;
use std::collections::HashMap;
use uuid::Uuid;

/// The most bytes of one draft.
const MOST: usize = 2 * 1024 * 1024;

/// Keeps the words of a form. Gives whether it was still a draft.
pub(super) async fn keep(signed: &Signed, key: Uuid, place: &str, typed: &Typed) -> Result<bool> {
    let pairs: Vec<(&str, &str)> = typed
        .pairs()
        .filter(|(name, _)| !matches!(*name, "csrf" | "draft" | "draft-page" | "add" | "then" | "kept"))
        .collect();
    let body = serde_json::to_string(&pairs)?;
    if body.len() > MOST {
        return Err(Oops::TooLarge("A draft holds at most 2 MB of words".to_owned()));
    }
    let mut tx = signed.app.db.write().await?;
    let now = signed.app.moment().now();
    let kept = tx.run(store::SAVE_DRAFT, args![key, signed.account, place, body, now]).await?;
    tx.commit().await?;
    Ok(kept == 1)
}

/// `POST /drafts`: from the script while someone types, or from "Save draft" without it.
pub(super) async fn save(headers: HeaderMap, posted: Posted) -> Result<Response> {
    let by_script = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"));
    let Posted { signed, typed, .. } = posted;
    let key: Uuid = typed
        .get("draft")
        .parse()
        .map_err(|_| Oops::Refused("This form does not say where its draft belongs".to_owned()))?;
    // only a screen that reads drafts again may leave one
    let place = Some(typed.get("draft-page"))
        .filter(|place| reads_drafts(place) && place.len() <= 2000)
        .map_or_else(|| form::place(&typed, key), str::to_owned);
    keep(&signed, key, &place, &typed).await?;
    if by_script {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(Redirect::to("/drafts?done=saved").into_response())
}

/// Whether the screen at this address reads its drafts again.
fn reads_drafts(place: &str) -> bool {
    place.starts_with("/record?") || telling(place)
}

/// Whether a draft is of somebody's story: `/person/{id}/story/tell?...`.
fn telling(place: &str) -> bool {
    place
        .strip_prefix("/person/")
        .and_then(|rest| rest.split_once("/story/tell?"))
        .is_some_and(|(person, _)| person.parse::<Uuid>().is_ok())
}

/// `POST /drafts/{id}/discard`.
pub(super) async fn discard(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let app = &posted.signed.app;
    let mut tx = app.db.write().await?;
    tx.run(store::DISCARD, args![id, posted.signed.account, app.moment().now()]).await?;
    tx.commit().await?;
    Ok(Redirect::to("/drafts?done=discarded").into_response())
}

/// `POST /drafts/{id}/put-back`.
pub(super) async fn put_back(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let mut tx = posted.signed.app.db.write().await?;
    tx.run(store::PUT_BACK, args![id, posted.signed.account]).await?;
    tx.commit().await?;
    Ok(Redirect::to("/drafts?done=put-back").into_response())
}

/// A draft as it is listed: what it is and about whom the reader may know, where to go on, when it was kept.
struct Listed {
    id: Uuid,
    what: String,
    begins: Option<String>,
    place: String,
    at: String,
}

async fn listed(conn: &mut Conn, who: &Who, app: &App, rows: Vec<DraftRow>) -> Result<Vec<Listed>> {
    let now = app.moment().now();
    let today: Date = app.moment().today();
    let mut drafts = vec![];
    let mut everyone: Vec<PersonId> = vec![];
    for row in rows {
        let typed = held(&row)?;
        let about = desk::about(&typed);
        everyone.extend(&about);
        drafts.push((row, typed, about));
    }
    let may = access::decide_many(conn, who, now, &everyone, Sight::Exists).await?;
    everyone.retain(|person| may.get(person).is_some_and(practice::access::Decision::is_allowed));
    everyone.sort();
    everyone.dedup();
    let names: HashMap<PersonId, String> =
        headers(conn, &everyone).await?.into_iter().map(|one| (one.id, one.shown_name)).collect();
    Ok(drafts
        .into_iter()
        .map(|(row, typed, about)| {
            let names: Vec<&str> = about.iter().filter_map(|id| names.get(id)).map(String::as_str).collect();
            let what = what(&row.place, &typed, &names);
            // of someone whom the writer may no longer know, the words stay shut as well
            let shown = names.len() == about.len();
            let begins = typed.some("narrative").or(typed.some("words")).filter(|_| shown).map(beginning);
            Listed { id: row.id, what, begins, place: row.place, at: form::kept_at(row.updated_at.0, today) }
        })
        .collect())
}

/// What a draft is, and about whom.
fn what(place: &str, typed: &Typed, names: &[&str]) -> String {
    let whom = if names.is_empty() { "someone".to_owned() } else { names.join(", ") };
    if telling(place) {
        let part = StoryPart::from_code(typed.get("part")).map_or("A part", StoryPart::plain);
        return format!("{part}, in the story of {whom}");
    }
    let kind = EntryKind::from_code(typed.get("kind")).map_or("Something", EntryKind::plain);
    let begin = if desk::corrects(typed).is_some() { "Correcting: " } else { "" };
    format!("{begin}{kind} about {whom}")
}

/// The first few words, so that one draft is told from another.
fn beginning(words: &str) -> String {
    let few: Vec<&str> = words.split_whitespace().take(12).collect();
    let more = words.split_whitespace().count() > few.len();
    format!("\u{201c}{}{}\u{201d}", few.join(" "), if more { " \u{2026}" } else { "" })
}

/// The drafts of an account that are still to finish, for Today.
pub(super) async fn card(conn: &mut Conn, who: &Who, app: &App) -> Result<Option<Markup>> {
    let Some(account) = who.account else { return Ok(None) };
    let rows: Vec<DraftRow> = conn.all(store::DRAFTS, args![account]).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let all = listed(conn, who, app, rows).await?;
    Ok(Some(html! {
        section {
            (page::heading_row("drafts", "Drafts to finish", html! { a href="/drafts" { "All drafts" } }))
            ul.rows { @for one in all.iter().take(5) {
                li { a href=(one.place) { (one.what) } " " span.soft { "kept " (one.at) } }
            } }
        }
    }))
}

#[derive(serde::Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /drafts`.
pub(super) async fn list(
    signed: Signed,
    State(app): State<App>,
    Query(done): Query<Done>,
) -> Result<Response> {
    let mut conn = app.db.read().await?;
    let rows = conn.all(store::DRAFTS, args![signed.account]).await?;
    let open = listed(&mut conn, &signed.who, &app, rows).await?;
    let week = app.moment().now() - jiff::SignedDuration::from_hours(7 * 24);
    let rows = conn.all(store::THROWN_AWAY, args![signed.account, week]).await?;
    let away = listed(&mut conn, &signed.who, &app, rows).await?;
    let act = |one: &Listed, verb: &str, label: &str| {
        let action = format!("/drafts/{}/{verb}", one.id);
        let post = Post { action: &action, csrf: &signed.csrf, ..Post::default() };
        page::post(&post, html! { (button(label).quiet().small().about(&format!(": {}", one.what))) })
    };
    let body = html! {
        h1 { "Drafts to finish" }
        @if open.is_empty() {
            (page::empty("Nothing is waiting", html! { p { "What you write is kept here until you file it." } }))
        }
        ul.rows { @for one in &open {
            li {
                p {
                    a href=(one.place) { (one.what) } " " span.soft { "kept " (one.at) }
                    @if let Some(words) = &one.begins { br; (words) }
                }
                (act(one, "discard", "Discard"))
            }
        } }
        @if !away.is_empty() {
            h2 { "Discarded in the last week" }
            ul.rows { @for one in &away { li { p { (one.what) } (act(one, "put-back", "Put back")) } } }
        }
    };
    let said = match done.done.as_deref() {
        Some("saved") => Some("Draft saved. Nothing is filed yet."),
        Some("discarded") => Some("Discarded. You can put it back for a week."),
        Some("put-back") => Some("Put back."),
        _ => None,
    };
    let back = Some(Link { href: "/today", label: "Back to Today" });
    Ok(frame(&signed, &Frame { title: "Drafts", part: "/record", back, said, ..Frame::default() }, body))
}
