//! The pages of plain words: the list, and one word with what the council said of it and why.

use super::actions::{KeepWord, keep_word, put_back};
use super::store::{self, OffRow, WordRow};
use crate::form::Posted;
use crate::frame::{Frame, frame, in_address};
use crate::moment::{london, written};
use crate::who::Signed;
use crate::{App, Oops, Result, access, entry};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use db::args;
use maud::{Markup, html};
use page::{Form, FormErrors, Link, Post, Typed, Width};
use practice::access::Action;
use practice::plain::{self, List, OwnWord, Word};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

fn usual() -> Result<&'static List> {
    plain::usual().map_err(|wrong| Oops::Broken(wrong.to_owned()))
}

/// "“home”, “where you live” or “living with”".
fn or(instead: &[String]) -> String {
    entry::or(instead)
}

fn address(word: &str) -> String {
    format!("/administration/words/{}", in_address(word).replace('/', "%2F"))
}

/// `GET /administration/words`
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response> {
    let said = match done.done.as_deref() {
        Some("kept") => Some("Kept. It holds from now on, for what is written from now on."),
        Some("off") => Some("Switched off. Nobody is asked about it here."),
        Some("back") => Some("Put back as the starting list has it."),
        _ => None,
    };
    all(&app, &signed, (said, &Typed::default(), &FormErrors::new())).await
}

async fn all(
    app: &App,
    signed: &Signed,
    (said, typed, errors): (Option<&str>, &Typed, &FormErrors),
) -> Result<Response> {
    access::permit(&signed.who, Action::SetWords)?;
    let mut conn = app.db.read().await?;
    let list = entry::plain_words(&mut conn).await?;
    let off: Vec<OffRow> = conn.all(store::OFF, args![]).await?;
    drop(conn);
    let body = html! {
        h1 { "Plain words" }
        p { "People may read what is written about them. While someone records, Alongside says gently where a word is one of ours and not theirs, and what one could say. It stops nobody, leaves alone what stands in quotation marks, and says nothing once an entry is filed." }
        p { a href="#add" { "Add a word" } }
        ul.rows { @for word in list.words() { li {
            a href=(address(&plain::key(&word.say))) { (word.say) }
            @if word.own { " " span.soft { "(the council\u{2019}s own)" } }
            p { "Could be " (or(&word.instead)) }
        } } }
        @if !off.is_empty() {
            h2 { "Switched off here" }
            ul.rows { @for row in &off { li { a href=(address(&row.known_as)) { (row.say) } } } }
        }
        h2 id="add" { "Add a word" }
        (page::post(&Post { action: "/administration/words", csrf: &signed.csrf, ..Post::default() }, html! {
            (Form::new(typed, errors).text("say", "Word or phrase").width(Width::Middle).hint("As it is written; plural and past are found as well"))
            (questions(typed, errors))
            (page::buttons(html! { (page::button("Add it")) }))
        }))
    };
    let back = Link { href: "/administration", label: "Back to Administration" };
    let page = Frame {
        title: "Plain words",
        part: "/administration",
        back: Some(back),
        said,
        errors: Some(errors).filter(|errors| !errors.is_empty()),
        ..Frame::default()
    };
    Ok(frame(signed, &page, body))
}

fn questions(typed: &Typed, errors: &FormErrors) -> Markup {
    let form = Form::new(typed, errors);
    html! {
        (form.textarea("instead", "What one could say instead").rows(3).hint("One on each line, the best first, at most five"))
        (form.text("why", "Why, in one line to whoever writes").hint("Such as: A child lives in a home"))
        (form.textarea("reason", "Why the council decides so").rows(2))
    }
}

fn typed_word(typed: &Typed, say: String) -> KeepWord {
    let lines = typed.get("instead").lines().map(str::trim).filter(|line| !line.is_empty());
    let word = OwnWord {
        say,
        instead: lines.map(str::to_owned).collect(),
        why: typed.get("why").to_owned(),
        off: false,
    };
    KeepWord { word, reason: typed.get("reason").to_owned() }
}

/// What was wrong, into the form; anything else is an answer of its own.
fn settle(done: Result<()>, errors: &mut FormErrors) -> Result<bool> {
    match done {
        Ok(()) => Ok(true),
        Err(Oops::Wrong(wrong)) => {
            for (field, sentence) in wrong {
                errors.add(field, sentence);
            }
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

/// `POST /administration/words`
pub(super) async fn add(State(app): State<App>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = posted;
    access::permit(&signed.who, Action::SetWords)?;
    let mut moment = app.moment();
    let mut errors = FormErrors::new();
    let command = typed_word(&typed, typed.get("say").trim().to_owned());
    let mut tx = app.db.write().await?;
    let done = keep_word(&mut tx, &signed.who, &mut moment, command).await;
    if settle(done, &mut errors)? {
        tx.commit().await?;
        return Ok(Redirect::to("/administration/words?done=kept").into_response());
    }
    tx.give_up().await?;
    all(&app, &signed, (None, &typed, &errors)).await
}

/// `GET /administration/words/{word}`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(word): Path<String>,
) -> Result<Response> {
    one(&app, &signed, &word, None, &FormErrors::new()).await
}

async fn one(
    app: &App,
    signed: &Signed,
    word: &str,
    typed: Option<&Typed>,
    errors: &FormErrors,
) -> Result<Response> {
    access::permit(&signed.who, Action::SetWords)?;
    let known_as = plain::key(word);
    let mut conn = app.db.read().await?;
    let list = entry::plain_words(&mut conn).await?;
    let versions: Vec<WordRow> = conn.all(store::OF_WORD, args![&known_as]).await?;
    drop(conn);
    let held = list.find(&known_as);
    let usual = usual()?.find(&known_as);
    let say = held
        .map(|word| word.say.as_str())
        .or_else(|| versions.first().map(|row| row.say.as_str()))
        .or_else(|| usual.map(|word| word.say.as_str()))
        .ok_or(Oops::NotFound)?;
    let now = versions.iter().find(|row| row.superseded_at.is_none());
    let begun = begun(held.or(usual));
    let typed = typed.unwrap_or(&begun);
    let title = format!("\u{201c}{say}\u{201d}");
    let body = html! {
        h1 { (title) }
        (stands(held, usual, now))
        @if !versions.is_empty() { (history(&versions)) }
        (forms(signed, &address(&known_as), (held.is_some(), now.is_some(), usual.is_some()), (typed, errors)))
    };
    let back = Link { href: "/administration/words", label: "Back to Plain words" };
    let page = Frame {
        title: &title,
        part: "/administration",
        back: Some(back),
        errors: Some(errors).filter(|errors| !errors.is_empty()),
        ..Frame::default()
    };
    Ok(frame(signed, &page, body))
}

fn begun(word: Option<&Word>) -> Typed {
    let mut typed = Typed::default();
    if let Some(word) = word {
        typed.put("instead", word.instead.join("\n"));
        typed.put("why", word.why.clone());
    }
    typed
}

fn stands(held: Option<&Word>, usual: Option<&Word>, now: Option<&WordRow>) -> Markup {
    html! {
        @match held {
            Some(word) => {
                p { "Whoever writes it is asked: could you say " (or(&word.instead)) "?" }
                @if !word.why.is_empty() { p { (word.why) } }
                @if !word.also.is_empty() { p { "The same for: " (word.also.join(", ")) "." } }
                @if !word.unless.is_empty() { p { "Left alone in: " (word.unless.join(", ")) "." } }
            }
            None if now.is_some() => p { b { "It is switched off here: nobody is asked about it." } }
            None => p { b { "It is not on the list now." } }
        }
        @if let (Some(usual), Some(_)) = (usual, now) {
            p.soft { "The starting list says " (or(&usual.instead)) "." }
        }
    }
}

fn history(versions: &[WordRow]) -> Markup {
    html! {
        h2 { "What the council decided" }
        ul.rows { @for row in versions { li id={ "v-" (row.id) } {
            p {
                @if row.off { "Switched off" } @else { "Could be " (or(&row.instead.lines().map(str::to_owned).collect::<Vec<_>>())) }
                @if row.superseded_at.is_some() { " " span.soft { "(no longer)" } }
            }
            p.soft {
                "\u{201c}" (row.reason) "\u{201d} "
                @if let Some(author) = &row.author { (author) ", " }
                (written(row.recorded_at.0.to_zoned(london()).date()))
            }
        } } }
    }
}

fn forms(
    signed: &Signed,
    address: &str,
    (listed, own, starting): (bool, bool, bool),
    (typed, errors): (&Typed, &FormErrors),
) -> Markup {
    let form = Form::new(typed, errors);
    let back = format!("{address}/back");
    html! {
        h2 { "Change what it says" }
        (page::post(&Post { action: address, csrf: &signed.csrf, ..Post::default() }, html! {
            (questions(typed, errors))
            (page::buttons(html! { (page::button("Keep").sends("then", "keep")) }))
        }))
        @if listed {
            h2 { "Switch it off" }
            p { "Then nobody here is asked about it." }
            (page::post(&Post { action: address, csrf: &signed.csrf, ..Post::default() }, html! {
                (form.textarea("off-reason", "Why it is fine here").rows(2))
                (page::buttons(html! { (page::button("Switch it off").quiet().sends("then", "off")) }))
            }))
        }
        @if own {
            h2 { @if starting { "Put it back as it was" } @else { "Take it off the list" } }
            (page::post(&Post { action: &back, csrf: &signed.csrf, ..Post::default() }, html! {
                (form.textarea("back-reason", "Why").rows(2))
                (page::buttons(html! { (page::button(if starting { "Put it back" } else { "Take it off" }).quiet()) }))
            }))
        }
    }
}

/// `POST /administration/words/{word}`
pub(super) async fn change(
    State(app): State<App>,
    Path(word): Path<String>,
    posted: Posted,
) -> Result<Response> {
    let Posted { signed, typed, .. } = posted;
    access::permit(&signed.who, Action::SetWords)?;
    let mut moment = app.moment();
    let mut errors = FormErrors::new();
    let off = typed.get("then") == "off";
    let mut tx = app.db.write().await?;
    let list = entry::plain_words(&mut tx).await?;
    let held = list.find(&word).or(usual()?.find(&word));
    let say = held.map_or_else(|| word.clone(), |held| held.say.clone());
    let mut command = typed_word(&typed, say);
    if off {
        let (instead, why) =
            held.map_or((vec![], String::new()), |one| (one.instead.clone(), one.why.clone()));
        command.word = OwnWord { instead, why, off, ..command.word };
        command.reason = typed.get("off-reason").to_owned();
    }
    let done = keep_word(&mut tx, &signed.who, &mut moment, command).await;
    if settle(done, &mut errors)? {
        tx.commit().await?;
        let done = if off { "off" } else { "kept" };
        return Ok(Redirect::to(&format!("/administration/words?done={done}")).into_response());
    }
    tx.give_up().await?;
    let errors = if off { renamed(&errors) } else { errors };
    one(&app, &signed, &word, Some(&typed), &errors).await
}

/// The reason of switching off has a field of its own.
fn renamed(errors: &FormErrors) -> FormErrors {
    let mut renamed = FormErrors::new();
    for (field, sentence) in errors.iter() {
        renamed.add(if field == "reason" { "off-reason" } else { field }, sentence);
    }
    renamed
}

/// `POST /administration/words/{word}/back`
pub(super) async fn back(
    State(app): State<App>,
    Path(word): Path<String>,
    posted: Posted,
) -> Result<Response> {
    let Posted { signed, typed, .. } = posted;
    access::permit(&signed.who, Action::SetWords)?;
    let mut moment = app.moment();
    let mut errors = FormErrors::new();
    let mut tx = app.db.write().await?;
    let done = put_back(&mut tx, &signed.who, &mut moment, &word, typed.get("back-reason")).await;
    if settle(done, &mut errors)? {
        tx.commit().await?;
        return Ok(Redirect::to("/administration/words?done=back").into_response());
    }
    tx.give_up().await?;
    one(&app, &signed, &word, None, &errors).await
}
