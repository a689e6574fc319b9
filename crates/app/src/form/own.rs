//! A form that somebody sent from their own space. One that came after their session had ended is kept for them, sealed, and
//! comes back when they have signed in again.

use super::{Sent, Upload, find, kept, same_token};
use crate::who::Mine;
use crate::{App, Oops, Result};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use page::Typed;
use uuid::Uuid;

/// A form that was sent by somebody in their own space, from our own page.
pub struct PostedOwn {
    /// Who sent it.
    pub mine: Mine,
    /// What was typed.
    pub typed: Typed,
    /// What was attached.
    pub files: Vec<Upload>,
    /// The names of files that were too large and were let go, so that no word beside them was.
    pub let_go: Vec<String>,
}

impl FromRequest<App> for PostedOwn {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, Response> {
        let headers = request.headers().clone();
        let place = request.uri().path().to_owned();
        match Self::take(app, &headers, &place, request).await {
            Ok(Ok(posted)) => Ok(posted),
            Ok(Err(elsewhere)) => Err(elsewhere),
            Err(oops) => Err(oops.into_response()),
        }
    }
}

impl PostedOwn {
    /// The form, or the answer to one that came after its session had ended.
    async fn take(
        app: &App,
        headers: &HeaderMap,
        place: &str,
        request: Request,
    ) -> Result<std::result::Result<Self, Response>> {
        let mine = match Mine::at(app, headers, place).await {
            Ok(mine) => Some(mine),
            Err(Oops::ComeIn) => None,
            Err(elsewhere) => return Err(elsewhere),
        };
        // from somebody not signed in, no more is read than the token that says whose form it is
        let mut sent = match &mine {
            Some(_) => Sent::read(app, request).await?,
            None => Sent::read_known(app, request).await?.ok_or(Oops::ComeIn)?,
        };
        if let Some(mine) = mine.clone().filter(|mine| same_token(sent.typed.get("csrf"), &mine.csrf)) {
            if let Ok(id) = sent.typed.get("kept").parse::<Uuid>() {
                if let Some(kept) = find(app, headers, mine.account, id).await? {
                    sent.files.extend(kept.sent.files);
                }
                kept::sent_again(app, mine.account, id).await?;
            }
            let Sent { typed, files, let_go } = sent;
            return Ok(Ok(Self { mine, typed, files, let_go }));
        }
        let Some(owner) = kept::owner(app, sent.typed.get("csrf")).await? else {
            return Err(if mine.is_some() { Oops::Forged } else { Oops::ComeIn });
        };
        if !kept::worth_keeping(place, &sent) {
            return Err(Oops::ComeIn);
        }
        let cookie = kept::keep(app, headers, owner, (place, sent)).await?;
        let to = if mine.is_some() { "/my/kept" } else { "/my/sign-in" };
        let mut response = Redirect::to(to).into_response();
        response.headers_mut().append(SET_COOKIE, cookie);
        Ok(Err(response))
    }
}
