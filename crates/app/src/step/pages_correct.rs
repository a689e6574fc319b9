//! The page that corrects a step: what was wrong, how it should have been, what follows, and only then saved.

use super::actions::Step;
use super::asks::{goes_on, outcome, outcomes};
use super::correct::{CorrectStep, Right, correct_step};
use super::pages::{of, one};
use crate::Result;
use crate::checked::{self, Check, Press};
use crate::clock;
use crate::clock::shown::day;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::Read;
use crate::who::Signed;
use crate::working::{About, about, open};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::episode::StepOutcome;
use practice::id::{PersonId, StepId};

/// `GET /person/{id}/steps/{step}/correct`.
pub(super) async fn ask(signed: Signed, Path((id, step)): Path<(PersonId, StepId)>) -> Result<Response> {
    let moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Steps).await?;
    let held = one(&mut conn, id, step).await?;
    drop(conn);
    open(&signed, &about, Read::Steps).await?;
    let mut typed = Typed::default();
    typed.put("right", "happened");
    typed.put_date("on", held.on);
    if let Some(ended) = held.ended {
        typed.put_date("ended", ended);
    }
    if let Some(outcome) = held.outcome {
        typed.put("outcome", outcome.code());
    }
    Ok(asked(&signed, &about, &held, moment.today(), (&typed, &FormErrors::new())))
}

fn asked(
    signed: &Signed,
    about: &About,
    held: &Step,
    today: Date,
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let form = Form::new(typed, errors);
    let action = format!("{}/steps/{}/correct", about.href, held.id);
    let back = format!("{}/steps", about.href);
    let name = about.header.shown_name.as_str();
    let rights = vec![
        Choice::new("happened", "It happened, and something about it is wrong"),
        Choice::new("never", format!("It did not happen, or not to {name}")),
    ];
    let body = html! {
        h2 { "Correct: " (held.kind.plain()) ", " (day(held.on, today)) }
        p.soft {
            "For " (name) " only. What was recorded before stays readable, the timeline says what was wrong, and the \
            dates are worked out anew."
        }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("right", "What is right", rights))
            @if goes_on(held.kind) {
                (form.date("on", "First day"))
                (form.date("ended", "Last day, if it is finished").hint("Leave empty while it goes on"))
            } @else { (form.date("on", "The day")) }
            (outcome(&form, held.kind))
            (form.textarea("why", "What was wrong").rows(3))
            (buttons(html! { (button("See what follows")) a href=(back) { "Leave it" } }))
        }))
    };
    frame(signed, &Frame { errors: Some(errors), ..of(about, "Correct a step") }, body)
}

fn read(held: &Step, typed: &Typed) -> std::result::Result<CorrectStep, FormErrors> {
    let mut wrong = FormErrors::new();
    let why = typed.get("why").to_owned();
    wrong.require(!why.trim().is_empty(), "why", "Say what was wrong");
    let right = match typed.get("right") {
        "never" => Some(Right::Never),
        "happened" => {
            let label = if goes_on(held.kind) { "First day" } else { "The day" };
            let on = typed.date("on", label, &mut wrong);
            let ended = if goes_on(held.kind) {
                typed.date_if_any("ended", "Last day", &mut wrong)
            } else {
                held.ended
            };
            let outcome = StepOutcome::from_code(typed.get("outcome"))
                .filter(|it| outcomes(held.kind).contains(it))
                .or(held.outcome.filter(|it| !outcomes(held.kind).contains(it)));
            on.map(|on| Right::Happened { on, ended, outcome })
        }
        _ => {
            wrong.add("right", "Say what is right");
            None
        }
    };
    match right {
        Some(right) if wrong.is_empty() => Ok(CorrectStep { step: held.id, right, why }),
        _ => Err(wrong),
    }
}

/// What was answered, to check.
fn answers<'a>(held: &'a Step, command: &CorrectStep, today: Date) -> Vec<(&'a str, Markup)> {
    let mut answers = vec![("Step", html! { (held.kind.plain()) })];
    match &command.right {
        Right::Never => answers.push(("What is right", html! { "It did not happen" })),
        Right::Happened { on, ended, outcome } => {
            let changed = |before: String, now: String| {
                html! { (now) @if before != now { " " span.soft { "(was " (before) ")" } } }
            };
            answers.push(("Day", changed(day(held.on, today), day(*on, today))));
            if goes_on(held.kind) {
                let words =
                    |ended: Option<Date>| ended.map_or("still going on".to_owned(), |it| day(it, today));
                answers.push(("Last day", changed(words(held.ended), words(*ended))));
            }
            let words = |it: Option<StepOutcome>| it.map_or("not said", StepOutcome::plain).to_owned();
            if outcome.is_some() || held.outcome.is_some() {
                answers.push(("How it came out", changed(words(held.outcome), words(*outcome))));
            }
        }
    }
    answers.push(("What was wrong", html! { span.words { (command.why.trim()) } }));
    answers
}

/// `POST /person/{id}/steps/{step}/correct`.
pub(super) async fn correct(Path((id, step)): Path<(PersonId, StepId)>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let today = moment.today();
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Steps).await?;
    let held = one(&mut tx, id, step).await?;
    let press = Press::of(typed);
    if press == Press::Change {
        return Ok(asked(signed, &about, &held, today, (typed, &FormErrors::new())));
    }
    let command = match read(&held, typed) {
        Ok(command) => command,
        Err(errors) => return Ok(asked(signed, &about, &held, today, (typed, &errors))),
    };
    let before = clock::of_person(&mut tx, id, today).await?;
    if let Err(oops) = correct_step(&mut tx, &signed.who, &mut moment, command.clone()).await {
        return Ok(asked(signed, &about, &held, today, (typed, &checked::wrong(oops)?)));
    }
    if press == Press::Save {
        tx.commit().await?;
        return Ok(Redirect::to(&format!("/person/{id}/steps?done=corrected")).into_response());
    }
    let follows = checked::follows(&mut tx, id, &before, today).await?;
    tx.give_up().await?;
    let it = Check {
        about: &about,
        heading: "Check before you correct this",
        answers: answers(&held, &command, today),
        follows: checked::followed(&follows, today),
        button: "Correct it",
        action: &format!("{}/steps/{step}/correct", about.href),
        back: &format!("{}/steps", about.href),
    };
    Ok(checked::check(signed, typed, it))
}
