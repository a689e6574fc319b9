//! A person's photo: made anew on arrival, so that no place or device data survives, and shown only to those
//! who may open the record.

use super::head::{PersonTabs, heading, whose};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::person::actions::{NewDetail, RecordDetail, record_detail};
use crate::person::facts;
use crate::who::Signed;
use crate::{Oops, Result, access};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use files::Hash;
use maud::html;
use page::{Field, FormErrors, Link, Post, button, buttons};
use practice::access::Sight;
use practice::id::PersonId;
use practice::person::DetailKind;
use uuid::Uuid;

/// `GET /person/{id}/photo/{photo}`.
pub(super) async fn show(signed: Signed, Path((person, photo)): Path<(PersonId, Uuid)>) -> Result<Response> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    access::require(&mut conn, &signed.who, now, person, Sight::Open).await?;
    let details = facts::details(&mut conn, person, None).await?;
    drop(conn);
    let held =
        details.iter().find(|it| it.id == photo && it.kind == DetailKind::Photo).ok_or(Oops::NotFound)?;
    let hash = Hash::parse(&held.words).map_err(|_| Oops::NotFound)?;
    let app = signed.app.clone();
    let bytes = signed.app.aside(move || app.files.read(hash)).await?.map_err(|_| Oops::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    Ok((headers, bytes).into_response())
}

/// `GET /person/{id}/photo`.
pub(super) async fn ask(signed: Signed, Path(person): Path<PersonId>) -> Result<Response> {
    draw(&signed, person, &FormErrors::new()).await
}

async fn draw(signed: &Signed, person: PersonId, errors: &FormErrors) -> Result<Response> {
    let whole = super::may_change(signed, person).await?;
    let profile = &whole.profile;
    let action = format!("/person/{person}/photo");
    let back = format!("/person/{person}/about");
    let form = Post { action: &action, csrf: &signed.csrf, files: true, ..Post::default() };
    let seen = profile.now(DetailKind::Photo).next().map(|it| it.id.to_string()).unwrap_or_default();
    let body = html! {
        h2 { "A photo they like" }
        p { "Ask first. A photo is theirs: use one they chose, or none." }
        (page::post(&form, html! {
            input type="hidden" name="seen" value=(seen);
            (Field::pictures("photo", "Photo", signed.app.settings.largest_file).hint("JPEG or PNG. Where and with which device it was taken is removed").errors(errors))
            (buttons(html! { (button("Keep this photo")) a href=(back) { "Cancel" } }))
        }))
    };
    Ok(PersonTabs::new(&profile.header, None).with(|tabs| {
        let page = Frame {
            title: "A photo they like",
            part: "/find",
            back: Some(Link {
                href: &back,
                label: &format!("Back to {} details", whose(&profile.header.shown_name)),
            }),
            errors: Some(errors),
            header: Some(heading(&profile.header, profile.today)),
            tabs: Some(tabs),
            ..Frame::default()
        };
        frame(signed, &page, body)
    }))
}

/// `POST /person/{id}/photo`.
pub(super) async fn keep(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    let mut conn = signed.app.db.read().await?;
    access::require(&mut conn, &signed.who, signed.app.moment().now(), person, Sight::ChangePerson).await?;
    drop(conn);
    let mut errors = FormErrors::new();
    let Some(upload) = posted.files.iter().find(|upload| upload.field == "photo") else {
        errors.add("photo", "Choose a photo");
        return draw(signed, person, &errors).await;
    };
    let (bytes, limit) = (upload.bytes.clone(), signed.app.settings.largest_file);
    let app = signed.app.clone();
    // reading and writing pictures has no place inside a transaction
    let made = signed
        .app
        .aside(move || {
            let kind = files::judge(&bytes, limit).map_err(|refused| refused.to_string())?;
            let photo = files::remake(&bytes, kind).map_err(|refused| refused.to_string())?;
            app.files.keep(&photo.thumbnail.bytes).map_err(|fault| fault.to_string())
        })
        .await?;
    let kept = match made {
        Ok(kept) => kept,
        Err(sentence) => {
            errors.add("photo", sentence);
            return draw(signed, person, &errors).await;
        }
    };
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let detail = NewDetail::new(DetailKind::Photo, &kept.hash.to_string());
    let seen = Some(posted.typed.get("seen").parse().ok());
    record_detail(&mut tx, &signed.who, &mut moment, RecordDetail { person, detail, seen }).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/person/{person}?done=photo")).into_response())
}
