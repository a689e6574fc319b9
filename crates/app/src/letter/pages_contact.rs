//! Recording how it is safe to reach somebody.

use super::contact::{contact_of, record_contact};
use crate::form::Posted;
use crate::frame::Frame;
use crate::journal::Read;
use crate::who::Signed;
use crate::working;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::contact::{Reach, Safe, SafeContact};
use practice::id::PersonId;

/// `GET /person/{id}/contact`
pub(super) async fn show(signed: Signed, Path(person): Path<PersonId>) -> Result<Response> {
    let mut conn = signed.app.db.read().await?;
    crate::access::require(&mut conn, &signed.who, signed.app.moment().now(), person, Sight::Steps).await?;
    let said = contact_of(&mut conn, person).await?;
    drop(conn);
    let mut typed = Typed::default();
    if let Some(one) = said {
        for way in Reach::ALL {
            typed.put(way.code(), one.ways.of(*way).code());
        }
        for (name, words) in [("hours", one.hours), ("shoulder", one.shoulder), ("words", one.words)] {
            typed.put(name, words.unwrap_or_default());
        }
    }
    draw(&signed, person, (&typed, &FormErrors::new())).await
}

async fn draw(signed: &Signed, person: PersonId, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let about = working::about(&mut conn, signed, app.moment().now(), person, Sight::Open).await?;
    drop(conn);
    working::open(signed, &about, Read::Details).await?;
    let form = Form::new(typed, errors);
    let answers = || Safe::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect::<Vec<_>>();
    let name = &about.header.shown_name;
    let action = format!("/person/{person}/contact");
    let body = html! {
        h1 { "Safe contact" }
        p.lead { "Ask " (name) ", alone. A letter on the mat, an e-mail that somebody else opens or a call at the wrong hour can hurt. What you record here is shown to workers before they write or ring, and to nobody of the family." }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            @for way in Reach::ALL {
                (form.radios(way.code(), match way {
                    Reach::Letter => "May we send a letter?",
                    Reach::Email => "May we send an e-mail?",
                    Reach::Phone => "May we ring?",
                    Reach::Message => "May we send a text message?",
                }, answers()))
            }
            (form.text("hours", "At what hours").hint("Such as “weekdays after the school run, before 3”"))
            (form.textarea("shoulder", "Who may be reading or listening").hint("Who opens the post, knows the phone's code, shares the mailbox").rows(2))
            (form.textarea("words", "What to say, and what not to").hint("Such as “say you ring from the school”").rows(2))
            (buttons(html! { (button("Keep this")) a href=(about.href) { "Go back" } }))
        }))
    };
    let back = Some(Link { href: &about.href, label: &about.back });
    let frame = Frame { title: "Safe contact", back, errors: Some(errors), ..Frame::default() };
    Ok(about.page(signed, None, frame, body))
}

/// `POST /person/{id}/contact`
pub(super) async fn send(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    crate::access::require(&mut conn, &signed.who, app.moment().now(), person, Sight::Steps).await?;
    drop(conn);
    let mut errors = FormErrors::new();
    let answer = |way: Reach| Safe::from_code(typed.get(way.code()));
    for way in Reach::ALL {
        errors.require(answer(*way).is_some(), way.code(), "Say what they answered");
    }
    if let (Some(letter), Some(email), Some(phone), Some(message)) =
        (answer(Reach::Letter), answer(Reach::Email), answer(Reach::Phone), answer(Reach::Message))
    {
        let ways = SafeContact { letter, email, phone, message };
        let words = [typed.some("hours"), typed.some("shoulder"), typed.some("words")];
        let mut tx = app.db.write().await?;
        match record_contact(&mut tx, &signed.who, &mut app.moment(), (person, ways), words).await {
            Ok(()) => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/person/{person}")).into_response());
            }
            Err(Oops::Wrong(wrong)) => wrong.into_iter().for_each(|(field, words)| errors.add(field, words)),
            Err(other) => return Err(other),
        }
        tx.give_up().await?;
    }
    draw(signed, person, (typed, &errors)).await
}
