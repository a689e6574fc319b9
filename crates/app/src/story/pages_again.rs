//! Saying that somebody had to tell again what they had told before: what, and why, so that it can stop.

use super::actions::{Retell, retell};
use crate::checked;
use crate::entry;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::who::Signed;
use crate::working::{About, about};
use crate::{Oops, Result};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use page::{Form, FormErrors, Link, Markup, Post, Typed, button, buttons, html};
use practice::access::Sight;
use practice::id::{EntryId, PersonId};
use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Default, Deserialize)]
pub(super) struct Where {
    entry: Option<String>,
}

/// `GET /person/{id}/story/again`.
pub(super) async fn ask(
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(place): Query<Where>,
) -> Result<Response> {
    let moment = signed.app.moment();
    let mut typed = Typed::default();
    typed.put_date("on", moment.today());
    if let Some(entry) = place.entry.as_deref() {
        typed.put("entry", entry);
    }
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Record).await?;
    let named = named(&mut conn, &signed, &typed).await?;
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::Story, &[id], &about.why, Json::Null).await?;
    Ok(form(&signed, &about, named, (&typed, &FormErrors::new())))
}

fn chosen(typed: &Typed) -> Option<EntryId> {
    typed.get("entry").parse().ok()
}

/// The entry in which it happened, if the reader may read it.
async fn named(conn: &mut Conn, signed: &Signed, typed: &Typed) -> Result<Option<(EntryId, String)>> {
    let Some(entry) = chosen(typed) else { return Ok(None) };
    let mut words = entry::in_few_words(conn, &signed.who, signed.app.moment().now(), &[entry]).await?;
    Ok(words.remove(&entry).map(|words| (entry, words)))
}

fn form(
    signed: &Signed,
    about: &About,
    named: Option<(EntryId, String)>,
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let form = Form::new(typed, errors);
    let name = &about.header.shown_name;
    let (action, back) = (format!("{}/story/again", about.href), format!("{}/story", about.href));
    let where_it_was: Markup = html! {
        @if let Some((entry, words)) = &named {
            input type="hidden" name="entry" value=(entry);
            p { "It happened here: " a href={ "/entry/" (entry) } { (words) } }
        }
    };
    let body = html! {
        h2 { "What did " (name) " have to tell again?" }
        p { "It is counted so that it stops. It says nothing about you." }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (where_it_was)
            (form.textarea("what", "What they had to tell again").rows(2))
            (form.textarea("why", "Why they had to").rows(2).hint("Such as a new worker, another service that could not see it, or a form that asks it again"))
            (form.date("on", "On which day"))
            (buttons(html! { (button("Keep")) (super::pages::leave(&back)) }))
        }))
    };
    let label = format!("Back to {name}’s story");
    let page = Frame {
        title: "They had to tell it again",
        part: "/find",
        back: Some(Link { href: &back, label: &label }),
        errors: Some(errors),
        header: Some(about.heading.clone()),
        ..Frame::default()
    };
    frame(signed, &page, body)
}

/// `POST /person/{id}/story/again`.
pub(super) async fn send(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut wrong = FormErrors::new();
    let on = typed.date("on", "On which day", &mut wrong);
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Record).await?;
    let named = named(&mut tx, signed, typed).await?;
    let command = Retell {
        person: id,
        what: typed.get("what").to_owned(),
        why: typed.get("why").to_owned(),
        on: on.unwrap_or(moment.today()),
        entry: chosen(typed),
    };
    match retell(&mut tx, &signed.who, &mut moment, command).await {
        Ok(()) if wrong.is_empty() => {
            tx.commit().await?;
            return Ok(Redirect::to(&format!("/person/{id}/story?done=again")).into_response());
        }
        Ok(()) => {}
        Err(Oops::Wrong(fields)) => fields.into_iter().for_each(|(field, words)| wrong.add(field, words)),
        Err(other) => checked::wrong(other)?.iter().for_each(|(field, words)| wrong.add(field, words)),
    }
    tx.give_up().await?;
    Ok(form(signed, &about, named, (typed, &wrong)))
}
