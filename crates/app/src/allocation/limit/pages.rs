//! The decisions that stand, for whoever leads and for the worker themselves; and looking at one again.

use super::actions::{LookBack, look_again};
use super::cards::{Shown, furthest, may_decide, shown};
use super::read::read;
use super::store::{self, DecisionRow};
use crate::access;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::moment::written;
use crate::who::Signed;
use crate::{Oops, Result, checked};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::args;
use maud::{Markup, html};
use page::{Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Action;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /over-limit`
pub(super) async fn show(signed: Signed, Query(done): Query<Done>) -> Result<Response> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let all = shown(&mut conn, &signed.who, moment.now()).await?;
    drop(conn);
    let (mine, led): (Vec<Shown>, Vec<Shown>) = all.into_iter().partition(|one| !one.may);
    let today = moment.today();
    let list = |all: &[Shown]| -> Markup {
        html! { ul.rows { @for one in all { li { (one.row(today)) } } } }
    };
    let body = html! {
        h1 { "More than somebody can hold" }
        p.lead { "What a worker holds is weighed. Where one more would be over their limit, a manager who leads them decides by name, with a reason, and looks at it again." }
        @if !mine.is_empty() {
            section { h2 { "What you hold" } p.soft { "It is no mark against you. If it is too much, say so to whoever decided." } (list(&mine)) }
        }
        @if !led.is_empty() { section { h2 { "In your teams" } (list(&led)) } }
        @if mine.is_empty() && led.is_empty() {
            (page::empty("Nobody holds more than they can by decision", html! { "When a manager decides that somebody may, it stands here: who decided, why, and until when." }))
        }
    };
    let said = match done.done.as_deref() {
        Some("decided") => Some("Decided. The worker reads why, and you look at it again on its day."),
        Some("looked") => Some("Looked at again."),
        Some("over") => Some("The decision is over."),
        _ => None,
    };
    let back = Some(Link { href: "/today", label: "Back to Today" });
    let title = "More than somebody can hold";
    Ok(frame(&signed, &Frame { title, part: "/today", back, said, ..Frame::default() }, body))
}

/// `GET /over-limit/{id}/look`
pub(super) async fn ask_look(signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    look_form(&signed, id, (&Typed::default(), &FormErrors::new())).await
}

async fn look_form(signed: &Signed, id: Uuid, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let row: Option<DecisionRow> = conn.maybe(store::ONE, args![id]).await?;
    let held = read(row.ok_or(Oops::NotFound)?)?;
    if held.ended_on.is_some() || !may_decide(&mut conn, &signed.who, &moment, held.worker.0).await? {
        return Err(Oops::NotFound);
    }
    let all = shown(&mut conn, &signed.who, moment.now()).await?;
    drop(conn);
    let one = all.iter().find(|one| one.it.id == id).ok_or(Oops::NotFound)?;
    let hint = format!("Not after {}", written(furthest(today)?));
    let form = Form::new(typed, errors);
    let action = format!("/over-limit/{id}/look");
    let body = html! {
        h1 { "Decide again about " (held.worker.1) }
        (one.row(today))
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            input type="hidden" name="version" value=(held.version);
            (form.textarea("look-words", "What you say to it now").rows(3).hint("The worker and the head of service read it"))
            (form.date("until", "If it stands on: until when").hint(&hint))
            (buttons(html! {
                (button("It stands on").sends("then", "on"))
                (button("It is over").quiet().sends("then", "over"))
                a href="/over-limit" { "Leave it" }
            }))
        }))
    };
    let errors = Some(errors).filter(|errors| !errors.is_empty());
    let back = Some(Link { href: "/over-limit", label: "Back to all decisions" });
    let page = Frame { title: "Decide again", part: "/today", back, errors, ..Frame::default() };
    Ok(frame(signed, &page, body))
}

/// `POST /over-limit/{id}/look`
pub(super) async fn look(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut errors = FormErrors::new();
    let on = typed.get("then") != "over";
    let until = if on { typed.date("until", "Until when", &mut errors) } else { None };
    if on && until.is_none() {
        return look_form(signed, id, (typed, &errors)).await;
    }
    let version = typed.get("version").parse().unwrap_or_default();
    let words = typed.get("look-words").to_owned();
    let mut tx = signed.app.db.write().await?;
    match look_again(&mut tx, &signed.who, &mut moment, LookBack { decision: id, version, words, until })
        .await
    {
        Ok(()) => {
            tx.commit().await?;
            let done = if on { "looked" } else { "over" };
            Ok(Redirect::to(&format!("/over-limit?done={done}")).into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            look_form(signed, id, (typed, &checked::wrong(oops)?)).await
        }
    }
}
