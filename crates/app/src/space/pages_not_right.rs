//! The page on which a worker says that somebody's plan or hand-over is not right, or writes down who said so.

use super::not_right::{NotRight, say_not_right};
use crate::form::Posted;
use crate::frame::frame;
use crate::told::{By, choose};
use crate::who::Signed;
use crate::working::{About, about};
use crate::{Oops, Result, checked};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use page::{Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::id::PersonId;
use practice::space::Concern;
use serde::Deserialize;

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct Of {
    of: Option<String>,
}

fn concern(code: &str) -> Concern {
    Concern::from_code(code).filter(|one| one.not_right()).unwrap_or(Concern::Plan)
}

/// `GET /person/{id}/not-right`
pub(super) async fn ask(signed: Signed, Path(id): Path<PersonId>, Query(of): Query<Of>) -> Result<Response> {
    let me = signed.who.worker().map(|worker| By::Worker(worker).code()).unwrap_or_default();
    let typed = Typed::from_pairs([("of", of.of.unwrap_or_default()), ("by", me)]);
    draw(&signed, id, (&typed, &FormErrors::new())).await
}

async fn draw(signed: &Signed, id: PersonId, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let about: About = about(&mut conn, signed, now, id, Sight::Open).await?;
    let voices = choose::voices(&mut conn, (&signed.who, now), id, true).await?;
    drop(conn);
    let of = concern(typed.get("of"));
    let form = Form::new(typed, errors);
    let (what, back) = if of == Concern::Handover {
        ("hand-over", format!("{}/handover", about.href))
    } else {
        ("plan", format!("{}/plan", about.href))
    };
    let title = format!("This {what} is not right");
    let action = format!("{}/not-right", about.href);
    let body = html! {
        h2 { (title) }
        p { "Anybody may say so: " (about.header.shown_name) ", somebody of their family, or a worker. A human answers, and says what changed because of it. It stops nothing, and it counts against nobody." }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            input type="hidden" name="of" value=(of.code());
            (choose::voice_field(&form, "Who says so", &voices))
            (form.textarea("words", "What is not right?").rows(5).hint(
                "In their own words. It is kept beside the plan, and whoever said it can read it"))
            (buttons(html! { (button("Say it")) a href=(back) { "Go back" } }))
        }))
    };
    let label = format!("Back to the {what}");
    let page = choose::asking(&title, &about.heading, Link { href: &back, label: &label }, errors);
    Ok(frame(signed, &page, body))
}

/// `POST /person/{id}/not-right`
pub(super) async fn send(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let of = concern(typed.get("of"));
    let Some(by) = choose::voice_of(typed) else {
        let mut errors = FormErrors::new();
        let field = if typed.get("by") == "other" { "by-words" } else { "by" };
        errors.add(field, "Say whose words these are");
        return draw(signed, id, (typed, &errors)).await;
    };
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let command = NotRight { about: id, of, by, words: typed.get("words").to_owned() };
    match say_not_right(&mut tx, &signed.who, &mut moment, command).await {
        Ok(_) => {
            tx.commit().await?;
            let page = if of == Concern::Handover { "handover" } else { "plan" };
            Ok(Redirect::to(&format!("/person/{id}/{page}?done=not-right")).into_response())
        }
        Err(error @ (Oops::Wrong(_) | Oops::Refused(_))) => {
            tx.give_up().await?;
            draw(signed, id, (typed, &checked::wrong(error)?)).await
        }
        Err(error) => Err(error),
    }
}
