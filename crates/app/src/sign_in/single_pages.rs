//! The two addresses of the council's own sign-in: the way there, and the way back.

use super::pages::{again, at_the_door, end_former, with_session};
use super::single::{self, Back, Turned};
use super::{crowd, local, me};
use crate::who::{self, cookie, set};
use crate::{App, Result};
use axum::extract::{Query, State};
use axum::http::{Extensions, HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

/// Holds what belongs to one coming in.
const WAY: &str = "alongside-way";
/// For how long.
const WAY_SECONDS: i64 = 15 * 60;

/// Where someone was going.
#[derive(Deserialize, Default)]
pub(super) struct Going {
    next: Option<String>,
}

/// What the provider sends back in the address.
#[derive(Deserialize, Default)]
pub(super) struct Sent {
    code: Option<String>,
    state: Option<String>,
}

/// The way in through the council's own sign-in, where it has one.
pub(super) fn way_in(app: &App, next: &str) -> Markup {
    html! { @if let Some(single) = &app.settings.single_sign_on {
        p { a.btn href={ "/sign-in/council?next=" (crate::frame::in_address(next)) } { (single.label) } }
    } }
}

fn turned(app: &App, headers: &HeaderMap, next: &str, why: Turned) -> Response {
    again(app, headers, next, &me::wrong(why.words()))
}

/// `GET /sign-in/council`
pub(super) async fn begin(
    State(app): State<App>,
    Query(going): Query<Going>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response> {
    if let Some(wait) = crowd::waits(&app, &headers, &extensions).await? {
        return Ok(wait);
    }
    let next = local(going.next.as_deref());
    match single::begin(&app, &next).await? {
        Ok((to, held)) => {
            let mut response = Redirect::to(&to).into_response();
            let way = set(&app.settings, WAY, &held, Some(WAY_SECONDS));
            response.headers_mut().append(header::SET_COOKIE, way);
            Ok(response)
        }
        Err(why) => Ok(turned(&app, &headers, &next, why)),
    }
}

/// `GET /sign-in/council/back`
pub(super) async fn back(
    State(app): State<App>,
    Query(sent): Query<Sent>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response> {
    if let Some(wait) = crowd::waits(&app, &headers, &extensions).await? {
        return Ok(wait);
    }
    let back = Back {
        held: cookie(&app.settings, &headers, WAY).unwrap_or_default(),
        state: sent.state.unwrap_or_default(),
        code: sent.code,
    };
    let mut response = match single::enter(&app, &back, &at_the_door(&app, &headers)).await? {
        Ok((begun, next)) => {
            end_former(&app, &headers).await?;
            let next = super::kept::first(&app, &headers, begun.account, next).await?;
            with_session(&app, &begun, Redirect::to(&next).into_response())
        }
        Err(why) => turned(&app, &headers, "/today", why),
    };
    response.headers_mut().append(header::SET_COOKIE, who::clear(&app.settings, WAY));
    Ok(response)
}
