//! A photo that a worker puts up of themselves, so that a child knows who comes; and takes away again. Nobody else puts one
//! up for them, and nobody has to have one.

use super::store;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{Act, note};
use crate::who::Signed;
use crate::{Moment, Oops, Result, Who};
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, Tx, args};
use maud::html;
use page::{Avatar, Field, FormErrors, Link, Post, Size, button, buttons};
use practice::id::WorkerId;
use serde::Deserialize;
use serde_json::json;

/// The photo of a worker; none where they put up none.
///
/// # Errors
/// Where the database refuses.
pub async fn photo(conn: &mut Conn, worker: WorkerId) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = conn.maybe(store::PHOTO, args![worker]).await?;
    Ok(row.map(|row| row.0))
}

/// Puts up a photo of oneself in place of the one before. The picture is small and made anew already.
///
/// # Errors
/// [`Oops::NotFound`] for whoever is no worker.
pub async fn put_up_photo(tx: &mut Tx, who: &Who, moment: &mut Moment, picture: &[u8]) -> Result<()> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    tx.run(store::TAKE_PHOTO, args![worker]).await?;
    tx.run(store::PUT_PHOTO, args![worker, picture, moment.now()]).await?;
    let payload = json!({"worker": worker, "bytes": picture.len()});
    note(tx, who, moment, Act { action: "put_up_photo", about: &[], payload }).await?;
    Ok(())
}

/// Takes one's own photo away. Nothing of it is kept.
///
/// # Errors
/// [`Oops::NotFound`] for whoever is no worker.
pub async fn take_away_photo(tx: &mut Tx, who: &Who, moment: &mut Moment) -> Result<()> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    if tx.run(store::TAKE_PHOTO, args![worker]).await? == 0 {
        return Ok(());
    }
    let payload = json!({"worker": worker});
    note(tx, who, moment, Act { action: "take_away_photo", about: &[], payload }).await?;
    Ok(())
}

/// The picture as an answer.
pub fn sent(picture: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    (headers, picture).into_response()
}

/// What was just done.
#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /me/photo`
pub(super) async fn show(signed: Signed, Query(done): Query<Done>) -> Result<Response> {
    let said = match done.done.as_deref() {
        Some("up") => Some("Your photo is up. Take it away whenever you like."),
        Some("away") => Some("Your photo is away. Your initials stand there."),
        _ => None,
    };
    draw(&signed, said, &FormErrors::new()).await
}

async fn draw(signed: &Signed, said: Option<&str>, errors: &FormErrors) -> Result<Response> {
    let worker = signed.who.worker().ok_or(Oops::NotFound)?;
    let mut conn = signed.app.db.read().await?;
    let up = photo(&mut conn, worker).await?.is_some();
    drop(conn);
    let letters = crate::who::initials(&signed.who.name);
    let picture = Avatar::of(&letters, crate::frame::hue(signed.who.hue)).sized(Size::Largest);
    let limit = signed.app.settings.largest_file;
    let body = html! {
        h1 { "A photo of you" }
        p.lead { "Children and families you work with see it beside your name, in their own space, so that they know who comes. Nobody has to have one." }
        p { (page::avatar(&picture.photo(up.then_some("/me/photo/picture")))) " " @if up { "This is how they see you." } @else { "They see your initials." } }
        (page::post(&Post { action: "/me/photo", csrf: &signed.csrf, files: true, ..Post::default() }, html! {
            (Field::pictures("photo", if up { "Another photo" } else { "Photo" }, limit).errors(errors)
                .hint("JPEG or PNG, your face in the middle. It is made small, and where and with which device it was taken is removed"))
            (buttons(html! { (button("Put it up")) }))
        }))
        @if up {
            (page::post(&Post { action: "/me/photo/away", csrf: &signed.csrf, ..Post::default() }, html! {
                (buttons(html! { (button("Take it away").quiet()) }))
            }))
        }
    };
    let back = Some(Link { href: "/me", label: "Back to My account" });
    let wrong = Some(errors).filter(|errors| !errors.is_empty());
    Ok(frame(
        signed,
        &Frame { title: "A photo of you", part: "/me", back, said, errors: wrong, ..Frame::default() },
        body,
    ))
}

/// `GET /me/photo/picture`; the page about it where there is none.
pub(super) async fn picture(signed: Signed) -> Result<Response> {
    let worker = signed.who.worker().ok_or(Oops::NotFound)?;
    let mut conn = signed.app.db.read().await?;
    Ok(photo(&mut conn, worker).await?.map_or_else(|| Redirect::to("/me/photo").into_response(), sent))
}

/// `POST /me/photo`
pub(super) async fn send(posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    let mut errors = FormErrors::new();
    let Some(upload) = posted.files.iter().find(|upload| upload.field == "photo") else {
        errors.add("photo", "Choose a photo");
        return draw(signed, None, &errors).await;
    };
    let (bytes, limit) = (upload.bytes.clone(), signed.app.settings.largest_file);
    // making pictures has no place inside a transaction
    let made = signed
        .app
        .aside(move || {
            let kind = files::judge(&bytes, limit).map_err(|refused| refused.to_string())?;
            if !kind.is_photo() {
                return Err("Choose a photo: a JPEG or PNG".to_owned());
            }
            files::portrait(&bytes, kind).map_err(|refused| refused.to_string())
        })
        .await?;
    let picture = match made {
        Ok(picture) => picture,
        Err(sentence) => {
            errors.add("photo", sentence);
            return draw(signed, None, &errors).await;
        }
    };
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    put_up_photo(&mut tx, &signed.who, &mut moment, &picture).await?;
    tx.commit().await?;
    Ok(Redirect::to("/me/photo?done=up").into_response())
}

/// `POST /me/photo/away`
pub(super) async fn away(posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    take_away_photo(&mut tx, &signed.who, &mut moment).await?;
    tx.commit().await?;
    Ok(Redirect::to("/me/photo?done=away").into_response())
}
