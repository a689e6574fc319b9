//! Changing what is recorded of a person: one thing on one page. What was wrong is corrected, what has changed
//! is recorded anew, what is over is ended: three different pages.

use super::head::{PersonTabs, heading, href};
use super::sheet::{Sheet, answered};
use super::{Whole, at_once, bonds, facts};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::person::{self, Known, Profile};
use crate::who::Signed;
use crate::{Moment, Oops, Result, Who, access};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use maud::html;
use page::{FormErrors, Link, Post, Typed, button, buttons, link_button};
use practice::access::Sight;
use practice::id::PersonId;

/// One page of changes: what is changed, and which fact, kind or other person.
pub(super) struct Change<'a> {
    pub(super) what: &'a str,
    pub(super) which: Option<&'a str>,
    pub(super) person: PersonId,
}

impl Change<'_> {
    /// The fact that is changed.
    pub(super) fn fact(&self) -> Result<uuid::Uuid> {
        self.which.and_then(|which| which.parse().ok()).ok_or(Oops::NotFound)
    }

    pub(super) fn address(&self) -> String {
        let which = self.which.map(|which| format!("/{which}")).unwrap_or_default();
        format!("/person/{}/change/{}{which}", self.person, self.what)
    }
}

pub(super) fn sheet(change: &Change<'_>, profile: &Profile) -> Result<Sheet> {
    match facts::sheet(change, profile)? {
        Some(sheet) => Ok(sheet),
        None => bonds::sheet(change, profile)?.ok_or(Oops::NotFound),
    }
}

/// Does it, and says what whoever did it should look at.
async fn act(
    change: &Change<'_>,
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    typed: &Typed,
) -> Result<Vec<String>> {
    let mut wrong = FormErrors::new();
    let run = match facts::command(change, typed, &mut wrong)? {
        Some(fact) => Ok(Ok(fact)),
        None => bonds::command(change, typed, &mut wrong)?.ok_or(Oops::NotFound).map(Err),
    };
    if !wrong.is_empty() {
        let all = wrong.iter().map(|(field, words)| (field.to_owned(), words.to_owned()));
        return Err(Oops::Wrong(all.collect()));
    }
    match run? {
        Ok(fact) => facts::run(fact, tx, who, moment).await,
        Err(bond) => bonds::run(bond, tx, who, moment).await.map(|()| vec![]),
    }
}

/// `GET /person/{id}/change/{what}`.
pub(super) async fn ask(signed: Signed, Path((person, what)): Path<(PersonId, String)>) -> Result<Response> {
    show(&signed, &Change { what: &what, which: None, person }).await
}

/// `GET /person/{id}/change/{what}/{which}`.
pub(super) async fn ask_one(
    signed: Signed,
    Path((person, what, which)): Path<(PersonId, String, String)>,
) -> Result<Response> {
    show(&signed, &Change { what: &what, which: Some(&which), person }).await
}

/// `POST /person/{id}/change/{what}`.
pub(super) async fn send(Path((person, what)): Path<(PersonId, String)>, posted: Posted) -> Result<Response> {
    keep(&posted, &Change { what: &what, which: None, person }).await
}

/// `POST /person/{id}/change/{what}/{which}`.
pub(super) async fn send_one(
    Path((person, what, which)): Path<(PersonId, String, String)>,
    posted: Posted,
) -> Result<Response> {
    let change = Change { what: &what, which: Some(&which), person };
    if what == "settle" { at_once::settle(&posted, &change).await } else { keep(&posted, &change).await }
}

/// The record, and whoever is about to be related to it.
async fn load(signed: &Signed, change: &Change<'_>) -> Result<Box<Whole>> {
    let mut whole = super::may_change(signed, change.person).await?;
    if change.what == "relationship" {
        let other = PersonId(change.fact()?);
        let mut conn = signed.app.db.read().await?;
        access::require(&mut conn, &signed.who, whole.now, other, Sight::Exists).await?;
        let header = person::header(&mut conn, other).await?.ok_or(Oops::NotFound)?;
        whole.profile.people.entry(other).or_insert(Known { header, open: false });
    }
    Ok(whole)
}

async fn show(signed: &Signed, change: &Change<'_>) -> Result<Response> {
    let whole = load(signed, change).await?;
    let sheet = match sheet(change, &whole.profile) {
        Err(Oops::Stale) => return changed_since(signed, &whole, change, &Typed::default()).await,
        other => other?,
    };
    Ok(draw(signed, &whole, change, &sheet, &sheet.begin, &FormErrors::new()))
}

fn draw(
    signed: &Signed,
    whole: &Whole,
    change: &Change<'_>,
    sheet: &Sheet,
    typed: &Typed,
    errors: &FormErrors,
) -> Response {
    let back = format!("{}{}", href(change.person), sheet.back);
    let action = change.address();
    let form = Post { action: &action, csrf: &signed.csrf, ..Post::default() };
    let body = html! {
        h2 { (sheet.title) }
        (page::post(&form, html! {
            (sheet.fields(typed, errors))
            (buttons(html! {
                (button(if sheet.check { "Check before saving" } else { sheet.button }))
                a href=(back) { "Cancel" }
            }))
        }))
    };
    framed(signed, whole, &sheet.title, Some(errors), &back, body)
}

fn framed(
    signed: &Signed,
    whole: &Whole,
    title: &str,
    errors: Option<&FormErrors>,
    back: &str,
    body: maud::Markup,
) -> Response {
    let header = &whole.profile.header;
    let label = format!("Back to {}", header.shown_name);
    PersonTabs::new(header, None).with(|tabs| {
        let page = Frame {
            title,
            part: "/find",
            back: Some(Link { href: back, label: &label }),
            errors,
            header: Some(heading(header, whole.profile.today)),
            tabs: Some(tabs),
            ..Frame::default()
        };
        frame(signed, &page, body)
    })
}

async fn keep(posted: &Posted, change: &Change<'_>) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let whole = load(signed, change).await?;
    let sheet = match sheet(change, &whole.profile) {
        Err(Oops::Stale) => return changed_since(signed, &whole, change, typed).await,
        other => other?,
    };
    if typed.get("step") == "change" {
        return Ok(draw(signed, &whole, change, &sheet, typed, &FormErrors::new()));
    }
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let done = act(change, &mut tx, &signed.who, &mut moment, typed).await;
    let checked = !sheet.check || typed.get("step") == "confirm";
    match done {
        Ok(look) if checked => {
            at_once::recorded(&mut tx, signed, change, &moment).await?;
            tx.commit().await?;
            let done = if look.is_empty() { sheet.done } else { "same-number" };
            let to = format!("{}{}?done={done}", href(change.person), sheet.back);
            Ok(Redirect::to(&to).into_response())
        }
        Ok(_) => {
            tx.give_up().await?;
            Ok(check(signed, &whole, change, &sheet, typed))
        }
        Err(oops) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            match oops {
                Oops::Wrong(all) => all.into_iter().for_each(|(field, words)| errors.add(field, words)),
                Oops::Refused(words) => errors.add("", words),
                // what they wrote came after this record was read
                Oops::Stale => {
                    let whole = load(signed, change).await?;
                    return changed_since(signed, &whole, change, typed).await;
                }
                other => return Err(other),
            }
            Ok(draw(signed, &whole, change, &sheet, typed, &errors))
        }
    }
}

/// The answers, to look at once more before they are kept.
fn check(signed: &Signed, whole: &Whole, change: &Change<'_>, sheet: &Sheet, typed: &Typed) -> Response {
    let back = format!("{}{}", href(change.person), sheet.back);
    let action = change.address();
    let form = Post { action: &action, csrf: &signed.csrf, ..Post::default() };
    let body = html! {
        h2 { "Is this right?" }
        p { (sheet.title) }
        (sheet.answers(typed))
        (page::post(&form, html! {
            (Sheet::carried(typed))
            (buttons(html! {
                (button(sheet.button).sends("step", "confirm"))
                (button("Change something").quiet().sends("step", "change"))
                a href=(back) { "Cancel" }
            }))
        }))
    };
    framed(signed, whole, "Is this right?", None, &back, body)
}

/// Somebody else changed the same thing meanwhile: what was typed is shown beside what the record says now and is
/// kept there, and whoever was earlier is told.
async fn changed_since(
    signed: &Signed,
    whole: &Whole,
    change: &Change<'_>,
    typed: &Typed,
) -> Result<Response> {
    let mut conn = signed.app.db.read().await?;
    let earlier = at_once::earlier(&mut conn, whole, change).await?;
    drop(conn);
    let now = at_once::now(whole, change, earlier.as_ref());
    let told = at_once::wrote(whole, change, now.as_ref().map(|(sheet, _)| sheet), typed);
    let kept = !told.is_empty();
    let back = format!("{}/about", href(change.person));
    let body = html! {
        h2 { "Someone else changed this" }
        p { (at_once::by(earlier.as_ref())) " changed this while you had it open. What they recorded is in the record now." }
        @match &now {
            Some((sheet, _)) => { h3 { "What the record says now" } (sheet.answers(&sheet.begin)) }
            None => { p { "It does not stand in the record any more." } }
        }
        @if kept {
            h3 { "What you wrote" }
            (answered(&told))
            p { "It is not part of the record. It is kept at the head of their details for you and for whoever was earlier, who is told." }
        }
        (buttons(html! {
            @if let Some((_, again)) = &now { (link_button(again, "Begin again from there")) }
            (link_button(&back, "See what is recorded now").quiet())
        }))
    };
    let title = now.as_ref().map_or("Something that is over", |(sheet, _)| sheet.title.as_str());
    at_once::keep(signed, change, earlier.as_ref(), (title, told)).await?;
    let mut answer = framed(signed, whole, "Someone else changed this", None, &back, body);
    *answer.status_mut() = StatusCode::CONFLICT;
    Ok(answer)
}
