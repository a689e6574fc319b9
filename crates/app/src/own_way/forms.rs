//! The form that proposes to go slower, or another way.

use super::actions::{Propose, latest, propose};
use crate::clock::{self, KeptClock, shown::day};
use crate::form::Posted;
use crate::frame::frame;
use crate::told::choose;
use crate::who::Signed;
use crate::working::{About, about};
use crate::{Oops, Result, checked};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::html;
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::clock::RuleId;
use practice::id::PersonId;
use serde::Deserialize;

/// What the address may hold: the clock that goes slower.
#[derive(Deserialize, Default)]
pub(super) struct Which {
    rule: Option<String>,
    from: Option<String>,
}

/// A clock as the form names it.
fn code(kept: &KeptClock) -> String {
    format!("{}/{}", kept.clock.rule.as_str(), kept.clock.started.on)
}

/// What the form chose: a clock; none for something told in words; a fault where nothing was chosen.
fn chosen(typed: &Typed) -> std::result::Result<Option<(RuleId, Date)>, ()> {
    match typed.get("clock") {
        "other" => Ok(None),
        code => {
            let (rule, from) = code.split_once('/').ok_or(())?;
            Ok(Some((rule.parse().map_err(|_| ())?, from.parse().map_err(|_| ())?)))
        }
    }
}

/// `GET /person/{id}/own-way/new`
pub(super) async fn ask(
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(which): Query<Which>,
) -> Result<Response> {
    let clock = which.rule.zip(which.from).map(|(rule, from)| format!("{rule}/{from}"));
    let typed = Typed::from_pairs([("clock", clock.unwrap_or_default())]);
    draw(&signed, id, (&typed, &FormErrors::new())).await
}

async fn draw(signed: &Signed, id: PersonId, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let about: About = about(&mut conn, signed, moment.now(), id, Sight::Steps).await?;
    let running = clock::running_of(&mut conn, id, today).await?;
    drop(conn);
    let name = &about.header.shown_name;
    let back = format!("{}/own-way", about.href);
    let action = format!("{back}/new");
    let last = day(latest(today)?, today);
    let until = format!("After today, {last} at the latest. On that day it is looked at again");
    let mut choices = vec![Choice::new("", "Choose one")];
    choices.extend(running.iter().map(|kept| {
        Choice::new(code(kept), format!("{}, due {}", kept.why.name, day(kept.clock.due, today)))
    }));
    choices.push(Choice::new("other", "Something else, in words"));
    let form = Form::new(typed, errors);
    let body = html! {
        h2 { "Slower, or another way" }
        p { "For " (name) "’s good. Whoever leads asks why first, and then agrees or says no. No date moves: what is agreed stands beside it." }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.select("clock", "What is done otherwise?", choices))
            (page::shown_when("clock", "other", html! {
                (form.text("procedure", "What procedure says").hint("Such as: a joint visit before the assessment ends"))
            }))
            (form.textarea("otherwise", "What you would do instead").rows(3))
            (form.textarea("why", "Why this is good for this person").rows(3).hint("As you would say it to them. It stands beside the date"))
            (form.textarea("agreed-with", "Who of the family agreed with it?").rows(2).hint("Who, and what they said. Where nobody could be asked, why"))
            (form.date("until", "Until which day").hint(&until))
            (form.textarea("for-family", "In words for the family").rows(2).hint("They read it in their own space once it is agreed: “We agreed to …, because …”. Leave it empty where that is not safe"))
            (buttons(html! { (button("Propose it")) a href=(back) { "Go back" } }))
        }))
    };
    let label = "Back to what is done otherwise";
    let page = choose::asking("Slower, or another way", &about.heading, Link { href: &back, label }, errors);
    Ok(frame(signed, &page, body))
}

/// `POST /person/{id}/own-way/new`
pub(super) async fn send(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut errors = FormErrors::new();
    let until = typed.date("until", "Until which day", &mut errors);
    let clock = chosen(typed);
    if clock.is_err() {
        errors.add("clock", "Choose what is done otherwise");
    }
    let (Some(until), Ok(clock)) = (until, clock) else {
        return draw(signed, id, (typed, &errors)).await;
    };
    let words = |name: &str| typed.get(name).to_owned();
    let command = Propose {
        person: id,
        clock,
        procedure: words("procedure"),
        otherwise: words("otherwise"),
        why: words("why"),
        agreed_with: words("agreed-with"),
        for_family: typed.some("for-family").map(str::to_owned),
        until,
    };
    let mut tx = signed.app.db.write().await?;
    match propose(&mut tx, &signed.who, &mut signed.app.moment(), command).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{id}/own-way?done=proposed")).into_response())
        }
        Err(error @ (Oops::Wrong(_) | Oops::Refused(_))) => {
            tx.give_up().await?;
            draw(signed, id, (typed, &checked::wrong(error)?)).await
        }
        Err(error) => Err(error),
    }
}
