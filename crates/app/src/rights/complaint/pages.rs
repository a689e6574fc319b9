//! The page of a complaint, for whoever looks at it.

use super::actions::{Complaint, Outcome, one, settle};
use crate::entry::{paragraphs, when};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::who::Signed;
use crate::{Oops, Result, checked, clock, person};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::{Decision, Sight};
use practice::complaint::ComplaintState;
use serde_json::json;
use uuid::Uuid;

/// `GET /complaint/{id}`
pub(super) async fn show(signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    draw(&signed, id, (&Typed::default(), &FormErrors::new())).await
}

async fn draw(signed: &Signed, id: Uuid, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let app = &signed.app;
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let complaint = one(&mut conn, &signed.who, &moment, id).await?;
    let decided =
        crate::access::decide(&mut conn, &signed.who, moment.now(), complaint.person, Sight::Rights).await?;
    let header = person::header(&mut conn, complaint.person).await?.ok_or(Oops::NotFound)?;
    let clocks = clock::running_of(&mut conn, complaint.person, moment.today()).await?;
    drop(conn);
    let Some(Decision::Allowed(why)) = decided else { return Err(Oops::NotFound) };
    let more = json!({"complaint": id});
    journal::read(app, &signed.who, Read::Requests, &[complaint.person], &why, more).await?;
    let due = clocks
        .iter()
        .find(|kept| kept.clock.rule.as_str() == "CO-01" && kept.clock.started.on == complaint.received_on);
    let today = moment.today();
    let body = html! {
        h1 { (header.shown_name) " complains" }
        p.lead { "Arrived " (when::day(complaint.received_on, today)) ", in their own space. Whoever works with them does not read it." }
        @if let Some(due) = due { p { (due.why.due) } }
        blockquote { p.words { (paragraphs(&complaint.words)) } }
        @if let Some((on, why)) = &complaint.extended { p { "They were told on " (when::day(*on, today)) " that it takes longer: " (why) } }
        (answer(signed, &complaint, (typed, errors), today))
    };
    let back = format!("/person/{}", complaint.person);
    let label = format!("Back to {}", header.shown_name);
    let of = Frame {
        title: "They complain",
        part: "/today",
        back: Some(Link { href: &back, label: &label }),
        errors: Some(errors),
        ..Frame::default()
    };
    Ok(frame(signed, &of, body))
}

fn answer(
    signed: &Signed,
    complaint: &Complaint,
    (typed, errors): (&Typed, &FormErrors),
    today: jiff::civil::Date,
) -> maud::Markup {
    let form = Form::new(typed, errors);
    let action = format!("/complaint/{}", complaint.id);
    let choices = vec![
        Choice::new("answered", "This is how it was settled").hint("Your words reach them in their own space, with the way to the second stage"),
        Choice::new("extended", "It takes longer").hint("Because it is complex, or they look for an advocate. The clock moves to the longer time that the law gives"),
        Choice::new("withdrawn", "They took it back"),
    ];
    html! {
        @if complaint.state == ComplaintState::Open {
            (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                (form.radios("outcome", "What do you say to it?", choices))
                (form.textarea("words", "In words they read").rows(8).hint("What you looked at, what you found, what changes and by when. Where they are right, say so and say sorry"))
                (buttons(html! { (button("Send")) }))
            }))
        } @else {
            .well {
                p { (complaint.state.plain()) @if let Some(on) = complaint.ended_on { " on " (when::day(on, today)) } @if let Some(by) = &complaint.answerer { " by " (by) } "." }
                @if let Some(words) = &complaint.answer { (paragraphs(words)) }
            }
        }
    }
}

/// `POST /complaint/{id}`
pub(super) async fn send(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let words = typed.get("words").to_owned();
    let outcome = match typed.get("outcome") {
        "answered" => Outcome::Answered(words),
        "extended" => Outcome::Extended(words),
        "withdrawn" => Outcome::Withdrawn(words),
        _ => {
            let mut errors = FormErrors::new();
            errors.add("outcome", "Choose what you say to it");
            return draw(signed, id, (typed, &errors)).await;
        }
    };
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    match settle(&mut tx, &signed.who, &mut moment, (id, outcome)).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/complaint/{id}")).into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            draw(signed, id, (typed, &checked::wrong(oops)?)).await
        }
    }
}
