//! Sending a photo or document, or its small picture.

use super::store::{self, Waits};
use crate::entry::{self, File, FileRow, file_of};
use crate::journal::{self, Read};
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use db::args;
use files::{Fault, Hash};
use practice::id::{AttachmentId, EntryId, PersonId};
use serde_json::json;

/// The entry of a file, and why the reader may read it, for each person it touches.
type Touches = (EntryId, Vec<(PersonId, &'static str)>);

/// A file, with those whom its entry touches; none where it waits with the reader's own draft.
async fn open(signed: &Signed, id: AttachmentId) -> Result<(File, Option<Touches>)> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let row: FileRow = conn.maybe(store::ONE, args![id]).await?.ok_or(Oops::NotFound)?;
    let Some(belongs) = row.entry_id else {
        let waits: Option<Waits> = conn.maybe(store::OF_ACCOUNT, args![id]).await?;
        let mine = waits.and_then(|row| row.0) == Some(signed.account.0);
        return if mine { Ok((file_of(row)?, None)) } else { Err(Oops::NotFound) };
    };
    let now = app.moment().now();
    let whole = entry::open(&mut conn, &signed.who, now, belongs.into()).await?.ok_or(Oops::NotFound)?;
    let whys = entry::whys(&mut conn, &signed.who, now, &whole.entry).await?;
    Ok((file_of(row)?, Some((whole.entry.id, whys))))
}

pub(crate) async fn bytes(app: &App, hash: Hash) -> Result<Vec<u8>> {
    let folder = app.files.clone();
    let read = app.aside(move || folder.read(hash)).await?;
    read.map_err(|fault| match fault {
        Fault::Absent(_) => Oops::Refused(
            "This file is not on the disk. Tell your administrator: it can be brought back from a backup"
                .to_owned(),
        ),
        other => Oops::Broken(other.to_string()),
    })
}

/// `GET /attachment/{id}`.
pub(super) async fn whole(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<AttachmentId>,
) -> Result<Response> {
    let (file, about) = open(&signed, id).await?;
    let bytes = bytes(&app, file.hash).await?;
    if let Some((entry, whys)) = &about {
        let more = json!({"attachment": id, "hash": file.hash.to_string(), "entry": entry});
        journal::read_of(&app, &signed.who, Read::Attachment, whys, more).await?;
    }
    let headers = [
        (header::CONTENT_TYPE, file.kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, files::content_disposition(&file.name, file.kind.is_photo())),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// `GET /attachment/{id}/small`: part of the page that shows it, whose reading is written down already.
pub(super) async fn small(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<AttachmentId>,
) -> Result<Response> {
    let (file, _) = open(&signed, id).await?;
    let hash = file.thumbnail.ok_or(Oops::NotFound)?;
    let bytes = bytes(&app, hash).await?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=300".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
