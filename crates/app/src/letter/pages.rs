//! Letters as they stand: to one person, for whoever works with them; all e-mails, for administrators, without saying to
//! whom; and in a demonstration every letter as it would have gone out.

use super::store::{self, LetterRow, WordsRow};
use super::{Written, to_person};
use crate::entry::when;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Act};
use crate::who::Signed;
use crate::{App, Oops, Result, access};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use db::args;
use maud::{Markup, html};
use page::{Link, Post};
use practice::access::{Action, Sight};
use practice::contact::Reach;
use practice::id::PersonId;
use practice::letter::LetterState;
use serde_json::json;
use uuid::Uuid;

fn again_button(signed: &Signed, one: &Written, back: &str) -> Markup {
    let action = format!("/letter/{}/again", one.id);
    html! { @if one.state.may_be_tried_again() {
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            input type="hidden" name="back" value=(back);
            button.linkbtn type="submit" { "Try again" span.hid { ": the e-mail of " (when::moment(one.made_at)) } }
        }))
    } }
}

fn stands(one: &Written, answer: Option<&str>) -> Markup {
    html! {
        b { (one.state.plain()) }
        @if one.tries > 0 { ", tried " @if one.tries == 1 { "once" } @else { (one.tries) " times" } }
        @if let Some(next) = one.next_at { ", next at " (when::moment(next)) }
        "."
        @if let Some(answer) = answer { p.soft { "The mail server said: " (answer) } }
    }
}

/// The letters to somebody, on the page about their own space.
pub(crate) async fn listed(signed: &Signed, person: PersonId) -> Result<Markup> {
    let mut conn = signed.app.db.read().await?;
    let all = to_person(&mut conn, person).await?;
    drop(conn);
    let back = format!("/person/{person}/space");
    let row = |one: &Written| {
        html! { div {
            p { (one.way.plain()) @if let Some(address) = &one.address { " to " (address) } ", " (when::moment(one.made_at)) ": " (stands(one, one.answer.as_deref())) }
            (again_button(signed, one, &back))
        } }
    };
    Ok(html! { @if !all.is_empty() {
        h2 { "Letters" }
        (page::rows(&all.iter().map(row).collect::<Vec<_>>()))
    } })
}

/// `POST /letter/{id}/again`
pub(super) async fn again(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let who = &posted.signed.who;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row: Option<LetterRow> = tx.maybe(store::ONE, args![id]).await?;
    let person = PersonId(row.ok_or(Oops::NotFound)?.person_id);
    // whoever administers may try again without knowing to whom
    if access::permit(who, Action::ResetSignIn).is_err() {
        access::require(&mut tx, who, moment.now(), person, Sight::Steps).await?;
    }
    if tx.run(store::AGAIN, args![id, moment.now()]).await? != 1 {
        return Err(Oops::Refused("This e-mail can no longer be sent. Invite them again".to_owned()));
    }
    let act = Act { action: "try_letter_again", about: &[person], payload: json!({"letter": id}) };
    journal::note(&mut tx, who, &mut moment, act).await?;
    tx.commit().await?;
    let own = format!("/person/{person}/space");
    let to = if posted.typed.get("back") == own { own.as_str() } else { "/administration/letters" };
    Ok(Redirect::to(to).into_response())
}

/// What the server said, without the address that it said it of.
fn masked(one: &Written) -> Option<String> {
    let answer = one.answer.as_deref()?;
    let hidden = |word: &str| if word.contains('@') { "[address]" } else { word }.to_owned();
    Some(answer.split_whitespace().map(hidden).collect::<Vec<_>>().join(" "))
}

/// `GET /administration/letters`: all e-mails, without saying to whom.
pub(super) async fn all(State(app): State<App>, signed: Signed) -> Result<Response> {
    access::permit(&signed.who, Action::ResetSignIn)?;
    let rows: Vec<LetterRow> = app.db.read().await?.all(store::EVERY, args![]).await?;
    let all: Vec<Written> = rows.into_iter().map(Written::try_from).collect::<Result<_>>()?;
    let count = |state: LetterState| all.iter().filter(|one| one.state == state).count();
    let row = |one: &Written| {
        html! { div {
            p { (when::moment(one.made_at)) ": " (stands(one, masked(one).as_deref())) }
            (again_button(&signed, one, "/administration/letters"))
        } }
    };
    let body = html! {
        h1 { "E-mails" }
        p { "E-mails to people of the record, without saying to whom: that is for those who work with them. Each is tried for three days." }
        @if app.settings.mail.is_none() && !app.settings.demonstration {
            (page::note(html! { "No mail server is set up, so nothing goes by e-mail: links go on paper." }))
        }
        p { (count(LetterState::Waiting)) " waiting, " (count(LetterState::Refused)) " refused, " (count(LetterState::GivenUp)) " given up." }
        @if all.is_empty() { p.soft { "There is none." } }
        (page::rows(&all.iter().map(row).collect::<Vec<_>>()))
    };
    let back = Link { href: "/administration", label: "Back to Administration" };
    let page = Frame { title: "E-mails", part: "/administration", back: Some(back), ..Frame::default() };
    Ok(frame(&signed, &page, body))
}

/// `GET /letters`: in a demonstration, and only there, what would have gone out.
pub(super) async fn of_demonstration(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    if !app.settings.demonstration {
        return Err(Oops::NotFound);
    }
    let signed = Signed::from_headers(&app, &headers).await?;
    let signed = signed.ok_or_else(|| Oops::SignIn { next: "/letters".to_owned() })?;
    let rows: Vec<WordsRow> = app.db.read().await?.all(store::WORDS, args![]).await?;
    let body = html! {
        h1 { "Letters and e-mails" }
        p.lead { "Nothing leaves this machine: here is what would have been put into the post, or sent. The codes that belong to the links are said, and stand nowhere." }
        @if rows.is_empty() { p.soft { "None yet." } }
        @for row in &rows {
            section.letter {
                p.soft { @match Reach::from_code(&row.way) { Some(Reach::Email) => "E-mail", _ => "Letter" } " for " (row.name)
                    @if let Some(address) = &row.address { " to " (address) } ", " (when::moment(row.made_at.0)) ". "
                    (LetterState::from_code(&row.state).map_or("", LetterState::plain)) "." }
                @if let Some(subject) = &row.subject { h2 #{ "letter-" (row.id) } { (subject) } }
                @if let Some(words) = &row.words { @for line in words.lines().filter(|line| !line.is_empty()) { p { (line) } } }
            }
        }
    };
    Ok(frame(&signed, &Frame { title: "Letters and e-mails", part: "/today", ..Frame::default() }, body))
}
