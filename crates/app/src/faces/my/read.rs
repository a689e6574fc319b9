//! What is written: in a list, one at a time, and not agreeing with it.

use super::draw::{entry as drawn, heading};
use super::store::{self, ThreadRow};
use crate::attachment::bytes;
use crate::entry;
use crate::form::PostedOwn;
use crate::journal::{self, Act};
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::space;
use crate::who::Mine;
use crate::{Oops, Result};
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use db::args;
use maud::html;
use page::{Field, FormErrors, Post, Typed, button, buttons};
use practice::id::{AttachmentId, EntryId};
use serde::Deserialize;
use serde_json::json;

/// How many stand on one page, and how many more with each press.
const SHOWN: usize = 60;
/// The most that one page shows.
const MOST: usize = 6_000;

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    most: Option<usize>,
}

/// `GET /my/read`
pub(super) async fn show(mine: Mine, Query(asked): Query<Asked>) -> Result<Response> {
    let app = &mine.app;
    let today = app.moment().today();
    let mut conn = app.db.read().await?;
    let most = asked.most.unwrap_or(SHOWN).clamp(SHOWN, MOST);
    let (all, more) = entry::theirs(&mut conn, mine.person, most).await?;
    drop(conn);
    let words = mine.words;
    let title = words.read_title();
    let body = html! {
        h1 { (words.read_heading()) }
        @if all.is_empty() { p.lead { (words.home_read_none()) } } @else { p.lead { (words.read_lead()) } }
        @for one in &all { (drawn(&mine, one, (false, today))) hr; }
        @if more { p { a href={ "/my/read?most=" (most.saturating_add(SHOWN)) } { (words.read_older()) } } }
        @if !all.is_empty() { (page::print_button(&words.frame_print())) }
    };
    let act = Act {
        action: "open_own_entry",
        about: &[mine.person],
        payload: json!({"entries": all.len(), "why": "themselves"}),
    };
    journal::reading(app, &mine.who, act).await?;
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/read", ..OwnFrame::default() }, body))
}

/// `GET /my/read/{thread}`
pub(super) async fn one(mine: Mine, Path(thread): Path<EntryId>) -> Result<Response> {
    page_of(&mine, thread, None).await
}

async fn page_of(mine: &Mine, thread: EntryId, said: Option<&str>) -> Result<Response> {
    let app = &mine.app;
    let today = app.moment().today();
    let mut conn = app.db.read().await?;
    let theirs = entry::one_of_theirs(&mut conn, mine.person, thread).await?.ok_or(Oops::NotFound)?;
    drop(conn);
    let act = Act {
        action: "open_own_entry",
        about: &[mine.person],
        payload: json!({"entry": theirs.whole.entry.id, "why": "themselves"}),
    };
    journal::reading(app, &mine.who, act).await?;
    let title = mine.words.read_one_title();
    let body = drawn(mine, &theirs, (true, today));
    Ok(own_frame(mine, &OwnFrame { title: &title, part: "/my/read", said, ..OwnFrame::default() }, body))
}

/// `GET /my/read/{thread}/disagree`
pub(super) async fn disagree_form(mine: Mine, Path(thread): Path<EntryId>) -> Result<Response> {
    disagree_page(&mine, thread, (&Typed::default(), &FormErrors::new())).await
}

async fn disagree_page(
    mine: &Mine,
    thread: EntryId,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    let app = &mine.app;
    let mut conn = app.db.read().await?;
    let theirs = entry::one_of_theirs(&mut conn, mine.person, thread).await?.ok_or(Oops::NotFound)?;
    drop(conn);
    let words = mine.words;
    let (title, error) = (words.disagree_title(), words.frame_error());
    let action = format!("/my/read/{thread}/disagree");
    let field = Field::textarea("words", words.disagree_words()).hint(words.disagree_words_hint()).rows(6);
    let body = html! {
        h1 { (words.disagree_heading()) }
        p.lead { (words.disagree_lead()) }
        p { a href={ "/my/read/" (thread) } { (heading(mine, &theirs)) } }
        (page::post(&Post { action: &action, csrf: &mine.csrf, ..Post::default() }, html! {
            (field.value(typed.get("words")).errors(errors).error_word(&error))
            (buttons(html! { (button(&words.disagree_button())) }))
        }))
    };
    let frame = OwnFrame { title: &title, part: "/my/read", errors: Some(errors), ..OwnFrame::default() };
    Ok(own_frame(mine, &frame, body))
}

/// `POST /my/read/{thread}/disagree`
pub(super) async fn disagree(Path(thread): Path<EntryId>, posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    match space::disagree(&mut tx, &mine.who, &mut moment, (thread, typed.get("words"))).await {
        Ok((_, by)) => {
            tx.commit().await?;
            let said = mine.words.disagree_done(&day(mine.words, by, moment.today()));
            page_of(mine, thread, Some(&said)).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            errors.add("words", mine.words.disagree_missing());
            disagree_page(mine, thread, (typed, &errors)).await
        }
        Err(other) => Err(other),
    }
}

/// A file of something they may read the whole of.
async fn open(mine: &Mine, id: AttachmentId) -> Result<entry::File> {
    let mut conn = mine.app.db.read().await?;
    let row: ThreadRow = conn.maybe(store::FILE, args![id]).await?.ok_or(Oops::NotFound)?;
    let theirs = entry::one_of_theirs(&mut conn, mine.person, row.thread_id.into()).await?;
    theirs.and_then(|one| one.whole.files.into_iter().find(|file| file.id == id)).ok_or(Oops::NotFound)
}

/// `GET /my/file/{id}`
pub(super) async fn file(mine: Mine, Path(id): Path<AttachmentId>) -> Result<Response> {
    let file = open(&mine, id).await?;
    let bytes = bytes(&mine.app, file.hash).await?;
    let act = Act {
        action: "open_own_entry",
        about: &[mine.person],
        payload: json!({"attachment": id, "why": "themselves"}),
    };
    journal::reading(&mine.app, &mine.who, act).await?;
    let headers = [
        (header::CONTENT_TYPE, file.kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, files::content_disposition(&file.name, file.kind.is_photo())),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// `GET /my/file/{id}/small`
pub(super) async fn small(mine: Mine, Path(id): Path<AttachmentId>) -> Result<Response> {
    let hash = open(&mine, id).await?.thumbnail.ok_or(Oops::NotFound)?;
    let bytes = bytes(&mine.app, hash).await?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
