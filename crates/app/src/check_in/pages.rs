//! How it is between a person and the worker who reads the page: their own answers, the person's once both answered or the
//! person chose to show them, and what was made good. Nobody else reads any of it.

use super::actions::{Answer, MakeGood, answer, make_good};
use super::read::{Answered, Between, Repair, between, said, together};
use crate::access::{self, Reach};
use crate::clock::shown::day;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::Read;
use crate::who::Signed;
use crate::working::{About, about, open};
use crate::{Oops, Result, checked};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::args;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Post, Typed, button, buttons};
use practice::access::{Action, Sight};
use practice::calendar::add_days;
use practice::check_in::{Asked, FEWEST, Says, Side, told};
use practice::id::PersonId;
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

/// What a form answered to each question; the names of those that were left out.
pub(super) fn says(typed: &Typed) -> std::result::Result<[Says; 3], Vec<&'static str>> {
    let of = |asked: Asked| Says::from_code(typed.get(asked.code()));
    match [of(Asked::Committed), of(Asked::Sincere), of(Asked::Listening)] {
        [Some(first), Some(second), Some(third)] => Ok([first, second, third]),
        _ => Err(Asked::ALL.iter().copied().filter(|one| of(*one).is_none()).map(Asked::code).collect()),
    }
}

/// `GET /person/{id}/check-in`
pub(super) async fn show(
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(done): Query<Done>,
) -> Result<Response> {
    let said = match done.done.as_deref() {
        Some("answer") => Some("Your answers are kept. They read them once they have answered too."),
        Some("good") => Some("Kept. Both of you read it, and nobody else."),
        _ => None,
    };
    draw(&signed, id, (&Typed::default(), &FormErrors::new()), said).await
}

async fn draw(
    signed: &Signed,
    id: PersonId,
    form: (&Typed, &FormErrors),
    told: Option<&str>,
) -> Result<Response> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, signed, moment.now(), id, Sight::Open).await?;
    let held = match signed.who.worker() {
        Some(me) if together(&mut conn, (id, me), today).await?.is_some() => {
            Some(between(&mut conn, (id, me, Side::Worker), today).await?)
        }
        Some(_) | None => None,
    };
    drop(conn);
    open(signed, &about, Read::CheckIn).await?;
    let name = &about.header.shown_name;
    let body = html! {
        h2 { "How is it between you?" }
        @match &held {
            None => p { "This is between " (name) " and whoever works with them. Nobody else reads it." },
            Some(held) => {
                p { "You and " (name) " each answer for yourselves. You read each other’s answers once both have answered, or " (name) " chose to show theirs. It is no appraisal: whoever leads reads none of it." }
                @if held.offered { (page::note(html! { p { "It is some weeks since you last looked at this. You can do it today, or not." } })) }
                (two(signed, (&about, held), form, today))
            }
        }
    };
    let title = format!("How it is between you and {name}");
    let page = Frame { title: &title, said: told, errors: Some(form.1), ..Frame::default() };
    Ok(about.page(signed, None, page, body))
}

fn two(
    signed: &Signed,
    (about, held): (&About, &Between),
    (typed, errors): (&Typed, &FormErrors),
    today: Date,
) -> Markup {
    let (form, name) = (Form::new(typed, errors), &about.header.shown_name);
    let action = format!("{}/check-in", about.href);
    let post = Post { action: &action, csrf: &signed.csrf, ..Post::default() };
    let both = held.all.iter().any(super::read::CheckIn::side_by_side);
    let says = || Says::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect();
    html! {
        @for one in &held.all {
            section {
                .pair {
                    div { h3 { "You" } @match &one.own { Some(own) => { (side(own, today)) } None => p.soft { "You have not answered yet." } } }
                    div { h3 { (name) } @match &one.other {
                        Some(other) => { (side(other, today)) }
                        None if one.other_answered => p.soft { "They answered. You read it once you have answered too." },
                        None => p.soft { "They have not answered yet. Nobody has to." },
                    } }
                }
                @for repair in &one.repairs { (self::repair(signed, &action, repair, today)) }
            }
        }
        (page::post(&post, html! {
            h3 { "How it is for you" }
            @for asked in Asked::ALL { (form.radios(asked.code(), asked.plain(), says())) }
            (form.textarea("words", "In your own words").rows(3).hint("They read it. Say what you would say to them"))
            (buttons(html! { (button("Answer for yourself").sends("doing", "answer")) }))
        }))
        @if both {
            (page::post(&post, html! {
                h3 { "What went wrong, and making it good" }
                (form.textarea("went-wrong", "What went wrong").rows(2))
                (form.textarea("apology", "An apology").rows(2).hint("For what we did, without a “but”"))
                (form.textarea("agreed", "What you agreed").rows(2))
                (buttons(html! { (button("Write it down").quiet().sends("doing", "good")) }))
            }))
        }
    }
}

fn side(one: &Answered, today: Date) -> Markup {
    html! {
        p.small.soft { (day(one.on, today)) }
        ul.plain { @for (asked, says) in said(one) { li { (asked.plain()) " " b { (says.plain()) } } } }
        @if let Some(words) = &one.words { blockquote { p.words { (words) } } }
    }
}

fn repair(signed: &Signed, action: &str, one: &Repair, today: Date) -> Markup {
    html! {
        .box."box--ground" {
            p { b { "What went wrong: " } (one.went_wrong) }
            @if let Some(words) = &one.apology { p { b { "An apology: " } (words) } }
            @if let Some(words) = &one.agreed { p { b { "Agreed: " } (words) } }
            @match one.done_on {
                Some(on) => p { "Done, " (day(on, today)) "." },
                None if one.agreed.is_some() => {
                    (page::post(&Post { action, csrf: &signed.csrf, ..Post::default() }, html! {
                        input type="hidden" name="repair" value=(one.id);
                        (buttons(html! { (button("It is done").quiet().small().sends("doing", "done")) }))
                    }))
                }
                None => {}
            }
        }
    }
}

/// What a form wants to be made good; none where it names nothing.
pub(super) fn good(typed: &Typed) -> Option<MakeGood> {
    match typed.get("doing") {
        "good" => Some(MakeGood::Write {
            went_wrong: typed.get("went-wrong").to_owned(),
            apology: typed.some("apology").map(str::to_owned),
            agreed: typed.some("agreed").map(str::to_owned),
        }),
        "done" => typed.get("repair").parse().ok().map(MakeGood::Done),
        _ => None,
    }
}

/// `POST /person/{id}/check-in`
pub(super) async fn send(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut errors = FormErrors::new();
    let good = good(typed);
    let answers = says(typed);
    if good.is_none() {
        for field in answers.as_ref().err().into_iter().flatten() {
            errors.add(*field, "Choose one");
        }
        if !errors.is_empty() {
            return draw(signed, id, (typed, &errors), None).await;
        }
    }
    let mut moment = signed.app.moment();
    let me = signed.who.worker().ok_or(Oops::NotFound)?;
    let mut tx = signed.app.db.write().await?;
    let (done, kept) = match (good, answers) {
        (Some(good), _) => ("good", make_good(&mut tx, &signed.who, &mut moment, ((id, me), good)).await),
        (None, Ok(says)) => {
            let of = Answer { says, words: typed.some("words").map(str::to_owned), show: false };
            ("answer", answer(&mut tx, &signed.who, &mut moment, ((id, me), of)).await.map(|_| ()))
        }
        (None, Err(_)) => return Err(Oops::NotFound),
    };
    match kept {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{id}/check-in?done={done}")).into_response())
        }
        Err(error @ (Oops::Wrong(_) | Oops::Refused(_))) => {
            tx.give_up().await?;
            draw(signed, id, (typed, &checked::wrong(error)?), None).await
        }
        Err(error) => Err(error),
    }
}

/// `GET /check-ins`: how many both answered, of teams; no answer, no worker, and nothing under five.
pub(super) async fn counts(signed: Signed) -> Result<Response> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let moment = signed.app.moment();
    let (now, today) = (moment.now(), moment.today());
    let mut conn = signed.app.db.read().await?;
    let led = Reach::of(&mut conn, &signed.who, now).await?.led_teams();
    if led.is_empty() {
        return Err(Oops::NotAllowed("This is for whoever leads a team".to_owned()));
    }
    let since = add_days(today, -365);
    let mut all: Vec<(String, i64)> = vec![];
    for (team, name) in led {
        let row: (i64,) = conn.one(super::store::OF_TEAM, args![team, today, since]).await?;
        all.push((name, row.0));
    }
    drop(conn);
    let body = html! {
        h1 { "Check-ins" }
        p.lead { "How many check-ins a person and a worker both answered in the last twelve months. What they said is theirs. Fewer than " (FEWEST) " are not told, so that nobody can be told from them." }
        ul { @for (name, count) in &all { li { (name) ": " @match told(*count) { Some(count) => { (count) } None => { "fewer than " (FEWEST) } } } } }
    };
    Ok(frame(&signed, &Frame { title: "Check-ins", part: "/team", ..Frame::default() }, body))
}
