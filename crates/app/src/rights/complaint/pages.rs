//! The page of a complaint, for whoever looks at it.

use super::actions::{Complaint, Outcome, settle, stages};
use crate::entry::{paragraphs, when};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::who::Signed;
use crate::{Oops, Result, checked, clock, person};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::{Decision, Sight};
use practice::complaint::{ComplaintStage, ComplaintState};
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
    let all = stages(&mut conn, &signed.who, &moment, id).await?;
    let person = all.last().map(|one| one.person).ok_or(Oops::NotFound)?;
    let decided = crate::access::decide(&mut conn, &signed.who, moment.now(), person, Sight::Rights).await?;
    let header = person::header(&mut conn, person).await?.ok_or(Oops::NotFound)?;
    let clocks = clock::running_of(&mut conn, person, moment.today()).await?;
    drop(conn);
    let Some(Decision::Allowed(why)) = decided else { return Err(Oops::NotFound) };
    let more = json!({"complaint": id});
    journal::read(app, &signed.who, Read::Requests, &[person], &why, more).await?;
    let today = moment.today();
    let due = |one: &Complaint| {
        let ours = |kept: &&clock::KeptClock| {
            Some(kept.clock.rule.as_str()) == one.stage.rule() && kept.clock.started.on == one.received_on
        };
        clocks
            .iter()
            .find(ours)
            .filter(|_| one.state == ComplaintState::Open)
            .map(|kept| kept.why.due.clone())
    };
    let body = html! {
        h1 { (header.shown_name) " complains" }
        p.lead { "In their own space. Whoever works with them does not read it." }
        @for one in &all { (stage(one, due(one), today)) }
        @if let Some(last) = all.last() { (answer(signed, last, (typed, errors))) }
    };
    let back = format!("/person/{person}");
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

/// One stage: what they wrote and added, and how it was settled.
fn stage(one: &Complaint, due: Option<String>, today: Date) -> Markup {
    let day = |on: Date| when::day(on, today);
    html! {
        section {
            h2 { (one.stage.plain()) ", " (day(one.received_on)) }
            @if let Some(due) = due { p { (due) } }
            blockquote { p.words { (paragraphs(&one.words)) } }
            @for (on, words) in &one.added { p { "Added on " (day(*on)) ":" } blockquote { p.words { (paragraphs(words)) } } }
            @if let Some((on, why)) = &one.extended { p { "They were told on " (day(*on)) " that it takes longer: " (why) } }
            @if one.state != ComplaintState::Open {
                .well {
                    p { (one.state.plain()) @if let Some(on) = one.ended_on { " on " (day(on)) } @if let Some(by) = &one.answerer { " by " (by) } "." }
                    @if let Some(words) = &one.answer { (paragraphs(words)) }
                }
            }
        }
    }
}

/// Who looks at it in this stage.
const fn looks(stage: ComplaintStage) -> &'static str {
    match stage {
        ComplaintStage::First => "Somebody of the service who does not work with them looks at it.",
        ComplaintStage::Second => {
            "An investigating officer and an independent person look into it. Nobody who answered it before answers now."
        }
        ComplaintStage::Third => {
            "A panel of three independent people looks at it: it meets within 30 working days and reports 5 later, and the council answers within 15 of the report. No clock runs here for it yet: keep these days in your own diary."
        }
    }
}

fn answer(signed: &Signed, complaint: &Complaint, (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let form = Form::new(typed, errors);
    let action = format!("/complaint/{}", complaint.id);
    let way = match complaint.stage {
        ComplaintStage::First => "Your words reach them in their own space, with the way to the second stage",
        ComplaintStage::Second => {
            "Your words reach them in their own space, with the way to a panel and to the Ombudsman"
        }
        ComplaintStage::Third => "Your words reach them in their own space, with the way to the Ombudsman",
    };
    let choices = vec![
        Choice::new("answered", "This is how it was settled").hint(way),
        Choice::new("extended", "It takes longer").hint("Because it is complex, or they look for an advocate. The clock moves to the longer time that the law gives"),
        Choice::new("withdrawn", "They took it back"),
    ];
    html! {
        @if complaint.state == ComplaintState::Open {
            p { (looks(complaint.stage)) }
            (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                (form.radios("outcome", "What do you say to it?", choices))
                (form.textarea("words", "In words they read").rows(8).hint("What you looked at, what you found, what changes and by when. Where they are right, say so and say sorry"))
                (buttons(html! { (button("Send")) }))
            }))
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
