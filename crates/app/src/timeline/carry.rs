//! Taking an entry along to another system: as plain text, as a file, and that it was carried over.

use super::one::{about_names, let_out, take, touched};
use super::store;
use crate::entry::{self, when};
use crate::form::Posted;
use crate::journal::{self, Act, Read};
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use db::args;
use page::html;
use practice::access::{Action, may};
use practice::id::EntryId;
use serde_json::json;

/// `GET /entry/{id}/text`: the words alone, to be marked and copied.
pub(super) async fn text(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<EntryId>,
) -> Result<Response> {
    let whole = take(&signed, app.db.read().await?, id, Read::Copied).await?;
    let text = entry::plain(&whole, app.moment().today());
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, text).into_response())
}

/// `GET /entry/{id}/download`: a page that stands by itself.
pub(super) async fn download(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<EntryId>,
) -> Result<Response> {
    let whole = take(&signed, app.db.read().await?, id, Read::Downloaded).await?;
    let today = app.moment().today();
    let heading = entry::heading(&whole.entry);
    let day = when::day_of(whole.entry.happened_at);
    let words = entry::plain(&whole, today);
    let words = words.strip_prefix(heading.as_str()).unwrap_or(&words);
    let page = html! {
        html lang="en-GB" {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width"; title { (heading) } }
            body {
                h1 { (heading) }
                @for part in words.split("\n\n").filter(|part| !part.trim().is_empty()) {
                    p { @for line in part.trim().lines() { (line) br; } }
                }
                p { "Downloaded by " (signed.who.name) " on " (when::moment(app.moment().now())) "." }
            }
        }
    };
    let name = format!("{day} {} {}.html", entry::sort(&whole.entry), about_names(&whole));
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, files::content_disposition(&name, false)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, format!("<!doctype html>\n{}", page.into_string())).into_response())
}

/// `POST /entry/{id}/carried-over`: that it now stands in another system as well.
pub(super) async fn carried(Path(id): Path<EntryId>, posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let whole = entry::open(&mut tx, &signed.who, moment.now(), id).await?.ok_or(Oops::NotFound)?;
    may(&signed.who.reader, Action::CarryOver)
        .into_result()
        .map_err(|refusal| Oops::NotAllowed(refusal.sentence().to_owned()))?;
    let_out(&mut tx, signed, moment.now(), &whole).await?;
    let row = moment.id();
    tx.run(store::CARRY, args![row, id, signed.account, "by hand", moment.now()]).await?;
    let act = Act {
        action: "carry_over_entry",
        about: &touched(&whole),
        payload: json!({"entry": id, "how": "by hand"}),
    };
    journal::note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/entry/{id}?done=carried-over")).into_response())
}
