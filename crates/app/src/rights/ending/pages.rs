//! The pages on which a disposal is proposed, looked at, confirmed, and what is left afterwards.

use super::erase::Erased;
use super::{Proposal, confirm, finish, preview, proposal, propose, require, tombstone, withdraw};
use crate::entry::when::day_of;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::moment::written as day;
use crate::person::Header;
use crate::rights::drawn;
use crate::who::Signed;
use crate::{App, Oops, Result, access, person};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use page::{Form, FormErrors, Link, Post, SummaryRow, Typed, button, buttons};
use practice::access::{Action, Sight};
use practice::id::PersonId;
use practice::retention::{Kept, may_dispose};
use uuid::Uuid;

struct Opened {
    header: Header,
    kept: Kept,
    waits: Option<Proposal>,
    /// What would go, once somebody looks at what another proposed.
    goes: Option<Erased>,
    mine: bool,
}

async fn open(signed: &Signed, person: PersonId) -> Result<Opened> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let why = access::enter(app, &mut conn, &signed.who, person, Sight::Rights).await?;
    let moment = app.moment();
    let me = require(&mut conn, &signed.who, moment.now(), person).await?;
    let header = person::header(&mut conn, person).await?.ok_or(Oops::NotFound)?;
    let kept = crate::rights::keeping::kept(&mut conn, person, moment.today()).await?;
    let waits = proposal(&mut conn, person).await?;
    drop(conn);
    let mine = waits.as_ref().is_some_and(|waits| waits.by.0 == me);
    let goes = if waits.is_some() { Some(goes(app, person).await?) } else { None };
    journal::read(app, &signed.who, Read::Disposal, &[person], &why, serde_json::Value::Null).await?;
    Ok(Opened { header, kept, waits, goes, mine })
}

/// The erasing itself, given up: what it says is what will be.
async fn goes(app: &App, person: PersonId) -> Result<Erased> {
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let erased = preview(&mut tx, &mut moment, person).await;
    tx.give_up().await?;
    erased
}

/// How much of what, as a list.
fn counted(erased: &Erased) -> Markup {
    let rows: Vec<Vec<Markup>> = erased
        .counts
        .iter()
        .map(|(what, many)| vec![html! { (drawn::capital(what)) }, html! { (many) }])
        .collect();
    page::table("What goes", &[page::Column::words("What"), page::Column::number("How many")], &rows)
}

fn stays() -> Markup {
    html! {
        h2 { "What stays" }
        ul {
            li { "That there was a record, under its council id, with this certificate: no name, no date of birth, no word of it." }
            li { "Entries that are about somebody else as well, for their sake. This person’s part in them, their words and their name are taken out." }
            li { "The journal’s rows without their content. Their hashes still prove that nothing else was changed." }
            li { "Backups made before today, until they are old enough to be thrown away." }
        }
    }
}

fn waiting(signed: &Signed, opened: &Opened, action: &str) -> Markup {
    let Some(waits) = &opened.waits else { return html! {} };
    let ripe = may_dispose(&opened.kept, signed.app.moment().today());
    html! {
        p.lead { (waits.by.1) " proposed on " (day(day_of(waits.at))) " to dispose of this record, which was kept until " (day(waits.kept_until)) "." }
        p { q { (waits.reason) } }
        @if let Some(goes) = &opened.goes { (counted(goes)) }
        (stays())
        @if let Err(refusal) = &ripe { (page::note(html! { p { (refusal) "." } })) }
        @if opened.mine {
            (page::note(html! { p { "Somebody else confirms what you proposed: the head of service or the data officer." } }))
        } @else if ripe.is_ok() {
            (page::post(&Post { action, csrf: &signed.csrf, ..Post::default() }, html! {
                input type="hidden" name="doing" value="confirm";
                p { b { "This cannot be undone." } " A copy lies in backups until they are thrown away, and nowhere else." }
                (buttons(html! { (button("Dispose of the record")) }))
            }))
        }
        (page::post(&Post { action, csrf: &signed.csrf, ..Post::default() }, html! {
            input type="hidden" name="doing" value="withdraw";
            (buttons(html! { (button("Take the proposal back").quiet()) }))
        }))
    }
}

fn shown(signed: &Signed, opened: &Opened, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let id = opened.header.id;
    let action = format!("/person/{id}/disposal");
    let form = Form::new(typed, errors);
    let ripe = may_dispose(&opened.kept, signed.app.moment().today());
    let body = html! {
        h1 { "Dispose of the record of " (opened.header.full_name) }
        (drawn::kept(&opened.kept))
        @if opened.waits.is_some() { (waiting(signed, opened, &action)) } @else if let Err(refusal) = ripe {
            (page::note(html! { p { (refusal) "." } }))
        } @else {
            p { "Its time has come. Two people let a record go: you propose it, somebody else looks and confirms." }
            (stays())
            (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                input type="hidden" name="doing" value="propose";
                (form.textarea("reason", "What you looked at").rows(3)
                    .hint("That nobody needs it any more: no claim, no inquiry, nobody who asked for it"))
                (buttons(html! { (button("Propose to dispose of it")) }))
            }))
        }
    };
    let back = format!("/person/{id}/retention");
    let page = Frame {
        title: "Dispose of a record",
        part: "/retention",
        back: Some(Link { href: &back, label: "Back to how long it is kept" }),
        errors: Some(errors),
        ..Frame::default()
    };
    frame(signed, &page, body)
}

/// `GET /person/{id}/disposal`
pub(in crate::rights) async fn show(signed: Signed, Path(person): Path<PersonId>) -> Result<Response> {
    let opened = open(&signed, person).await?;
    Ok(shown(&signed, &opened, (&Typed::default(), &FormErrors::new())))
}

/// `POST /person/{id}/disposal`
pub(in crate::rights) async fn send(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let app = &signed.app;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let who = &signed.who;
    let done = match typed.get("doing") {
        "confirm" => confirm(&mut tx, who, &mut moment, person).await.map(|id| format!("/retention/{id}")),
        "withdraw" => withdraw(&mut tx, who, &mut moment, person)
            .await
            .map(|()| format!("/person/{person}/retention?done=withdrawn")),
        _ => propose(&mut tx, who, &mut moment, (person, typed.get("reason")))
            .await
            .map(|_| "/retention?done=proposed".to_owned()),
    };
    match done {
        Ok(to) => {
            tx.commit().await?;
            if to.starts_with("/retention/") {
                // it is done; what is left behind is swept tonight if it cannot be now
                if let Err(error) = finish(app).await {
                    tracing::warn!("what a disposal left behind could not be swept yet: {error}");
                }
            }
            Ok(Redirect::to(&to).into_response())
        }
        Err(Oops::Wrong(wrong)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            for (field, words) in wrong {
                errors.add(field, words);
            }
            let opened = open(signed, person).await?;
            Ok(shown(signed, &opened, (typed, &errors)))
        }
        Err(oops) => Err(oops),
    }
}

/// `GET /retention/{id}`: what is left of a record.
pub(in crate::rights) async fn certificate(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<Uuid>,
) -> Result<Response> {
    access::permit(&signed.who, Action::DisposeRecords)?;
    let mut conn = app.db.read().await?;
    let it = tombstone(&mut conn, id).await?.ok_or(Oops::NotFound)?;
    drop(conn);
    let row = |term, value| SummaryRow { term, value, change: None };
    let rows = [
        row("Council", html! { (app.settings.council) }),
        row("Council id", html! { (it.council_id.as_deref().unwrap_or("None was given")) }),
        row("Kept by", html! { (it.ground) }),
        row("Kept until", html! { (day(it.kept_until)) }),
        row("Proposed by", html! { (it.proposed.0) ", " (day(day_of(it.proposed.1))) }),
        row("Confirmed by", html! { (it.confirmed.0) ", " (day(day_of(it.confirmed.1))) }),
        row("Certificate", html! { (it.id) }),
    ];
    let body = html! {
        h1 { "Certificate of disposal" }
        p.lead { "The record under this number was lawfully disposed of. Nothing of its content is left in Alongside; backups made before that day age out." }
        (page::summary_list(&rows))
        (counted(&it.erased))
        (page::print_button("Print this certificate"))
    };
    let page = Frame {
        title: "Certificate of disposal",
        part: "/retention",
        back: Some(Link { href: "/retention", label: "Back to how long records are kept" }),
        ..Frame::default()
    };
    Ok(frame(&signed, &page, body))
}
