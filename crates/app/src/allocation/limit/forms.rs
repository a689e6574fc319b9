//! Deciding that a worker may hold more than they can: by itself, before somebody is taken over; and the same fields where a
//! worker is allocated.

use super::actions::{Decide, decide_over_limit};
use super::cards::{furthest, may_decide};
use super::read::{in_words, name_of, over_of, who_can_decide};
use crate::access;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::moment::written;
use crate::who::Signed;
use crate::{Oops, Result, checked, person};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::id::{PersonId, WorkerId};
use serde::Deserialize;

/// Whose load, and for whom.
#[derive(Deserialize)]
pub(super) struct Whom {
    worker: Option<WorkerId>,
    person: Option<PersonId>,
}

/// The questions of a decision: why, and when it is looked at again.
pub(in crate::allocation) fn fields(form: &Form<'_>, today: Date) -> Result<Markup> {
    let hint = format!(
        "Not after {}. It stands on your Today then, or earlier where the load falls back",
        written(furthest(today)?)
    );
    Ok(html! {
        (form.textarea("over-why", "Why they may hold more than they can").rows(3).hint("The worker and the head of service read it. It is no mark against the worker"))
        (form.date("look", "When you look at it again").hint(&hint))
    })
}

/// What was decided in a form, where anything was.
pub(in crate::allocation) fn typed_decision(
    typed: &Typed,
    (worker, person): (WorkerId, PersonId),
    errors: &mut FormErrors,
) -> Option<Decide> {
    let reason = typed.some("over-why")?.to_owned();
    let look_on = typed.date("look", "When you look at it again", errors)?;
    Some(Decide { worker, person, reason, look_on })
}

/// `GET /over-limit/decide`
pub(super) async fn ask(signed: Signed, Query(whom): Query<Whom>) -> Result<Response> {
    let (Some(worker), Some(person)) = (whom.worker, whom.person) else { return Err(Oops::NotFound) };
    draw(&signed, (worker, person), (&Typed::default(), &FormErrors::new())).await
}

async fn draw(
    signed: &Signed,
    (worker, about): (WorkerId, PersonId),
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let known = access::decide(&mut conn, &signed.who, moment.now(), about, Sight::Exists).await?;
    if !known.is_some_and(|decision| decision.is_allowed()) {
        return Err(Oops::NotFound);
    }
    let header = person::header(&mut conn, about).await?.ok_or(Oops::NotFound)?;
    let name = name_of(&mut conn, worker).await.map_err(|_| Oops::NotFound)?;
    let may = may_decide(&mut conn, &signed.who, &moment, worker).await?;
    if !may {
        let deciders = who_can_decide(&mut conn, worker, today).await?;
        return Err(Oops::NotAllowed(format!("Whoever leads {name} decides this: {deciders}")));
    }
    let over = over_of(&mut conn, (worker, about), today).await?;
    drop(conn);
    let form = Form::new(typed, errors);
    let shown = &header.shown_name;
    let body = html! {
        h1 { "May " (name) " hold " (shown) " as well?" }
        @match &over {
            None => { (page::note(html! { p { (name) " has room. Nobody has to decide this." } })) }
            Some(over) => {
                p.lead { (in_words(over, &name)) "." }
                p { "You could also move somebody on, let " (shown) " wait, or ask somebody else. If " (name) " may, say why and until when." }
                (page::post(&Post { action: "/over-limit/decide", csrf: &signed.csrf, ..Post::default() }, html! {
                    input type="hidden" name="worker" value=(worker);
                    input type="hidden" name="person" value=(about);
                    (fields(&form, today)?)
                    (buttons(html! { (button("Decide that they may")) a href="/today" { "Leave it" } }))
                }))
            }
        }
    };
    let title = format!("May {name} hold {shown}?");
    let errors = Some(errors).filter(|errors| !errors.is_empty());
    let back = Some(Link { href: "/today", label: "Back to Today" });
    Ok(frame(signed, &Frame { title: &title, part: "/today", back, errors, ..Frame::default() }, body))
}

/// `POST /over-limit/decide`
pub(super) async fn send(posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let (Ok(worker), Ok(person)) = (typed.get("worker").parse(), typed.get("person").parse()) else {
        return Err(Oops::NotFound);
    };
    let mut errors = FormErrors::new();
    errors.require(
        typed.some("over-why").is_some(),
        "over-why",
        "Say why. The worker and the head of service read it",
    );
    let command = typed_decision(typed, (worker, person), &mut errors);
    let Some(command) = command.filter(|_| errors.is_empty()) else {
        return draw(signed, (worker, person), (typed, &errors)).await;
    };
    let mut tx = signed.app.db.write().await?;
    match decide_over_limit(&mut tx, &signed.who, &mut moment, command).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Redirect::to("/over-limit?done=decided").into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            draw(signed, (worker, person), (typed, &checked::wrong(oops)?)).await
        }
    }
}
