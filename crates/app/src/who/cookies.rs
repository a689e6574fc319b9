//! The two cookies: one for the session, one for the key of a form kept when a session had ended.

use crate::council::Settings;
use axum::http::HeaderMap;
use axum::http::header::{COOKIE as COOKIE_HEADER, HeaderValue};
use cookie::{Cookie, SameSite};

/// The session's cookie. Over TLS it carries the `__Host-` prefix, which binds it to this host.
pub const COOKIE: &str = "alongside";
/// The key of a form kept for its sender.
pub const KEPT_COOKIE: &str = "alongside-kept";

fn named(settings: &Settings, name: &str) -> String {
    if settings.secure() { format!("__Host-{name}") } else { name.to_owned() }
}

/// The value of a cookie that came with a request.
pub fn cookie(settings: &Settings, headers: &HeaderMap, name: &str) -> Option<String> {
    let wanted = named(settings, name);
    headers
        .get_all(COOKIE_HEADER)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| Cookie::split_parse(value.to_owned()))
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == wanted)
        .map(|cookie| cookie.value().to_owned())
}

/// The session's token, if one came.
pub fn session_token(settings: &Settings, headers: &HeaderMap) -> Option<String> {
    cookie(settings, headers, COOKIE)
}

/// A header that sets a cookie: for this host only, unread by scripts, sent only from our own pages.
pub fn set(settings: &Settings, name: &str, value: &str, seconds: Option<i64>) -> HeaderValue {
    let mut cookie = Cookie::new(named(settings, name), value.to_owned());
    cookie.set_http_only(true);
    cookie.set_path("/");
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(settings.secure());
    let mut written = cookie.to_string();
    if let Some(seconds) = seconds {
        written.push_str(&format!("; Max-Age={seconds}"));
    }
    HeaderValue::from_str(&written).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// A header that takes a cookie away.
pub fn clear(settings: &Settings, name: &str) -> HeaderValue {
    set(settings, name, "", Some(0))
}
