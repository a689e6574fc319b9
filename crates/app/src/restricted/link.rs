//! Links that workers declare: whoever has one to a person may not open that person's record.

use super::day;
use super::store::{self, DeclaredRow};
use crate::access;
use crate::form::Posted;
use crate::frame::{self, Frame};
use crate::journal::{self, Act};
use crate::person::{Header, header};
use crate::who::Signed;
use crate::{Moment, Oops, Result, Who};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::{Tx, args};
use maud::html;
use page::{Form, FormErrors, Link, Post, Typed};
use practice::access::Sight;
use practice::calendar::add_days;
use practice::id::PersonId;
use serde_json::json;
use uuid::Uuid;

/// Declares that the worker who asks has a link to a person: family, friend, neighbour. From now on the
/// record is shut to them.
///
/// # Errors
/// [`Oops::NotFound`] where they may not know of the person; [`Oops::Wrong`] with the field `link`.
pub async fn declare_link(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    person: PersonId,
    link: &str,
) -> Result<()> {
    access::require(tx, who, moment.now(), person, Sight::Exists).await?;
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let link = link.trim();
    if link.is_empty() {
        return Err(Oops::wrong("link", "Say what you are to each other"));
    }
    let rows: Vec<DeclaredRow> = tx.all(store::DECLARED, args![person, moment.today()]).await?;
    if rows.iter().any(|row| row.worker_id == worker.0) {
        return Ok(());
    }
    let id = moment.id();
    tx.run(store::DECLARE, args![id, worker, person, link, moment.today(), moment.now()]).await?;
    let payload = json!({ "link": id, "worker": worker, "words": link });
    journal::note(tx, who, moment, Act { action: "declare_link", about: &[person], payload }).await?;
    Ok(())
}

/// Ends a declared link, as the restricted-records officer finds.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`]; [`Oops::Stale`] where it was ended already.
pub async fn end_link(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    person: PersonId,
    link: Uuid,
) -> Result<()> {
    access::require(tx, who, moment.now(), person, Sight::ManageAccess).await?;
    let today = moment.today();
    let rows: Vec<DeclaredRow> = tx.all(store::DECLARED, args![person, today]).await?;
    let row = rows.into_iter().find(|row| row.id == link).ok_or(Oops::Stale)?;
    tx.run_one(store::DECLARED_END, args![link, moment.now()]).await?;
    let last = add_days(today, -1);
    if row.from_date.0 <= last {
        let values = args![moment.id(), row.worker_id, person, &row.link, row.from_date, last, moment.now()];
        tx.run(store::DECLARED_PAST, values).await?;
    }
    let payload = json!({ "link": link, "worker": row.worker_id, "last_day": last });
    journal::note(tx, who, moment, Act { action: "end_link", about: &[person], payload }).await?;
    Ok(())
}

async fn asked(signed: &Signed, person: PersonId) -> Result<(Header, Option<DeclaredRow>)> {
    let app = &signed.app;
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    access::enter(app, &mut conn, &signed.who, person, Sight::Exists).await?;
    let header = header(&mut conn, person).await?.ok_or(Oops::NotFound)?;
    let rows: Vec<DeclaredRow> = conn.all(store::DECLARED, args![person, moment.today()]).await?;
    let mine =
        rows.into_iter().find(|row| signed.who.worker().is_some_and(|worker| worker.0 == row.worker_id));
    Ok((header, mine))
}

fn shown(
    signed: &Signed,
    header: &Header,
    mine: Option<&DeclaredRow>,
    typed: &Typed,
    errors: &FormErrors,
) -> Response {
    let name = &header.shown_name;
    let action = format!("/link/{}", header.id);
    let form = Form::new(typed, errors);
    let body = html! {
        h1 { "Your link to " (name) }
        @if let Some(row) = mine {
            (page::note(html! {
                p { "You said on " (day(row.from_date.0)) ": " q { (row.link) } }
                p { "The record is closed to you. If this is no longer so, speak to the restricted-records officer." }
            }))
        } @else {
            p { "If you are family, a friend, a neighbour or otherwise close to " (name) ", say so here. From then on \
                 you cannot open the record, whatever your work, and nobody needs to ask you about it." }
            (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                (form.text("link", "What are you to each other?"))
                (page::buttons(html! { (page::button("Close this record to me")) a href="/find" { "Go back" } }))
            }))
        }
    };
    let title = format!("Your link to {name}");
    let frame_ = Frame {
        title: &title,
        part: "/find",
        back: Some(Link { href: "/find", label: "Back to Find" }),
        errors: Some(errors),
        ..Frame::default()
    };
    frame::frame(signed, &frame_, body)
}

/// `GET /link/{person}`
pub(super) async fn show(signed: Signed, Path(person): Path<PersonId>) -> Result<Response> {
    let (header, mine) = asked(&signed, person).await?;
    Ok(shown(&signed, &header, mine.as_ref(), &Typed::default(), &FormErrors::new()))
}

/// `POST /link/{person}`
pub(super) async fn send(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (header, mine) = asked(&posted.signed, person).await?;
    let app = &posted.signed.app;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    match declare_link(&mut tx, &posted.signed.who, &mut moment, person, posted.typed.get("link")).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/link/{person}")).into_response())
        }
        Err(Oops::Wrong(wrong)) => {
            let mut errors = FormErrors::new();
            for (field, sentence) in wrong {
                errors.add(field, sentence);
            }
            Ok(shown(&posted.signed, &header, mine.as_ref(), &posted.typed, &errors))
        }
        Err(oops) => Err(oops),
    }
}
