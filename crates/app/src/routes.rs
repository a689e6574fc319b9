//! The whole map of addresses: one line for each room, and what stands around all of them.

use crate::{App, Oops};
use axum::Router;
use axum::extract::{Path, Request};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::time::Duration;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// A sender who says nothing for this long in the middle of a form has gone.
const SILENT: Duration = Duration::from_secs(30);

/// The router of the whole council.
pub fn routes(app: App) -> Router {
    let mut router = Router::new()
        .route("/", get(async || Redirect::to("/today")))
        .route("/health", get(async || "well"))
        .route("/assets/{name}", get(asset))
        .route("/design", get(design));
    for room in crate::rooms::ROOMS {
        router = router.merge(room.routes());
    }
    let most = usize::try_from(app.settings.largest_file).unwrap_or(usize::MAX).saturating_mul(20);
    router
        .fallback(nothing)
        .layer(axum::extract::DefaultBodyLimit::max(most))
        .layer(RequestBodyTimeoutLayer::new(SILENT))
        .layer(tower_http::compression::CompressionLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), headers))
        .with_state(app)
}

/// Nothing is here: said as a page, or as a program reads it.
async fn nothing(uri: Uri) -> Response {
    if crate::faces::api::is_ours(&uri) {
        crate::faces::api::nothing()
    } else {
        Oops::NotFound.into_response()
    }
}

/// Every component with samples: in the demonstration only, for whoever designs or checks accessibility.
async fn design(axum::extract::State(app): axum::extract::State<App>) -> Response {
    if app.settings.demonstration { page::gallery().into_response() } else { Oops::NotFound.into_response() }
}

async fn asset(Path(name): Path<String>) -> Response {
    let Some(asset) = page::asset(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let keep = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, asset.media_type.to_owned()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::ETAG, asset.etag),
    ];
    (headers, asset.bytes.into_owned()).into_response()
}

/// Strict headers on every answer: only our own scripts and styles, in no frame, sent nowhere.
async fn headers(
    axum::extract::State(app): axum::extract::State<App>,
    request: Request,
    next: Next,
) -> Response {
    let asked = request.headers().clone();
    let uri = request.uri().clone();
    let bare = next.run(request).await;
    let led_on = match bare.status() {
        // a record that was joined with another answers at its old address too; the method stays, and the form
        StatusCode::NOT_FOUND => crate::person::joined::led_on(&app, &asked, &uri).await.ok().flatten(),
        _ => None,
    };
    let mut response = match led_on {
        Some(place) => Redirect::temporary(&place).into_response(),
        None => crate::frame::dressed(&app, &asked, &uri, bare).await,
    };
    let set = response.headers_mut();
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
        connect-src 'self'; media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
        manifest-src 'self'; worker-src 'self'";
    for (name, value) in [
        ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(self), microphone=(self), geolocation=()"),
    ] {
        set.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if app.settings.secure() {
        set.entry("strict-transport-security").or_insert(HeaderValue::from_static("max-age=63072000"));
    }
    response
}
