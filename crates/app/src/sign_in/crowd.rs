//! How many may try from one place: whoever sends try after try from one address waits, and nobody else does.
//!
//! A whole council may come from one address, so the bound is wide, and a browser in which someone has signed in
//! before is not counted: a stranger in the same building cannot keep its owner out.

use super::pages::KNOWN;
use super::store;
use crate::form::Sent;
use crate::who::{cookie, token_hash};
use crate::{App, Result};
use axum::extract::{ConnectInfo, FromRequest, Request};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::args;
use jiff::Timestamp;
use maud::html;
use page::Typed;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{LazyLock, Mutex, PoisonError};

/// How many tries come at once before any waits.
const AT_ONCE: i64 = 300;
/// How many more each second brings, in the long run.
const EACH_SECOND: i64 = 1;
/// How many addresses are remembered.
const MOST: usize = 20_000;

/// What is left of one address's tries, and when that was.
type Left = (i64, Timestamp);

static CROWD: LazyLock<Mutex<Crowd>> = LazyLock::new(|| Mutex::new(Crowd::default()));

#[derive(Default)]
struct Crowd(HashMap<IpAddr, Left>);

impl Crowd {
    /// Counts a try; false where it must wait.
    fn lets(&mut self, from: IpAddr, now: Timestamp) -> bool {
        let place = place(from);
        if self.0.len() >= MOST && !self.0.contains_key(&place) {
            // those who have been quiet for long are as good as new
            self.0.retain(|_, &mut left| refilled(left, now) < AT_ONCE);
            if self.0.len() >= MOST {
                return true; // more addresses than one stranger has: the accounts' own counts still hold
            }
        }
        let left = self.0.entry(place).or_insert((AT_ONCE, now));
        let now_left = refilled(*left, now);
        if now_left < 1 {
            return false;
        }
        *left = (now_left - 1, now);
        true
    }
}

fn refilled((left, at): Left, now: Timestamp) -> i64 {
    left.saturating_add((now.as_second() - at.as_second()).max(0) * EACH_SECOND).min(AT_ONCE)
}

/// One home or office: an IPv4 address, or the half of an IPv6 address that it is given whole.
fn place(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        four @ IpAddr::V4(_) => four,
    }
}

/// Where a request comes from: behind a proxy what the proxy says last, for all before it may be made up.
fn address(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
    if app.settings.behind_proxy {
        let said = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        return said.rsplit(',').next()?.trim().parse().ok();
    }
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(from)| from.ip())
}

/// The page for whoever must wait; none where they may try.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn waits(
    app: &App,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<Option<Response>> {
    let Some(from) = address(app, headers, extensions) else { return Ok(None) };
    if let Some(known) = cookie(&app.settings, headers, KNOWN) {
        let mut conn = app.db.read().await?;
        if conn.number(store::KNOWN_HERE, args![&token_hash(&known)]).await? > 0 {
            return Ok(None);
        }
    }
    let now = app.moment().now();
    if CROWD.lock().unwrap_or_else(PoisonError::into_inner).lets(from, now) {
        return Ok(None);
    }
    tracing::warn!("someone tries to sign in again and again from one address, and waits");
    let body = html! {
        h1 { "Wait a minute" }
        p.lead { "There have been very many tries to sign in from where you are." }
        p { "Nothing is lost. Wait a minute, then " a href="/sign-in" { "sign in" } ". If this goes on, tell the person who looks after Alongside in your council." }
    };
    let mut response = crate::frame::outside(app, "Wait a minute", None, body);
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    Ok(Some(response))
}

/// A form of somebody who is not signed in: counted by where it comes from, then read, and no more than a few words.
pub(super) struct AtTheDoor {
    pub(super) headers: HeaderMap,
    pub(super) typed: Typed,
}

impl FromRequest<App> for AtTheDoor {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, Response> {
        let headers = request.headers().clone();
        match waits(app, &headers, request.extensions()).await {
            Ok(None) => {}
            Ok(Some(wait)) => return Err(wait),
            Err(oops) => return Err(oops.into_response()),
        }
        let typed = Sent::at_the_door(request).await.map_err(IntoResponse::into_response)?;
        Ok(Self { headers, typed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    #[test]
    fn one_address_waits_and_no_other_does() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut crowd = Crowd::default();
        let one: IpAddr = "192.0.2.7".parse().unwrap();
        assert!((0..AT_ONCE).all(|_| crowd.lets(one, now)));
        assert!(!crowd.lets(one, now));
        assert!(crowd.lets("192.0.2.8".parse().unwrap(), now));
        assert!(crowd.lets(one, now + 1.second()) && !crowd.lets(one, now + 1.second()));
        assert!((0..60).all(|_| crowd.lets(one, now + 61.seconds())));
        assert!(!crowd.lets(one, now + 61.seconds()));
        // an hour later as good as new, and no better
        assert_eq!((0..1000).filter(|_| crowd.lets(one, now + 1.hour())).count(), 300);
        // a clock put back gives nothing
        assert!(!crowd.lets(one, now));
    }

    #[test]
    fn a_home_with_very_many_addresses_is_one_place() {
        let place_of = |text: &str| place(text.parse().unwrap());
        assert_eq!(place_of("2001:db8:1:2:aaaa::1"), place_of("2001:db8:1:2:bbbb::2"));
        assert_ne!(place_of("2001:db8:1:2::1"), place_of("2001:db8:1:3::1"));
        assert_eq!(place_of("::ffff:192.0.2.7"), place_of("192.0.2.7"));
    }

    #[test]
    fn there_is_an_end_to_what_is_remembered() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut crowd = Crowd::default();
        for number in 0..u32::try_from(MOST).unwrap() + 100 {
            assert!(crowd.lets(IpAddr::V4(number.into()), now));
        }
        assert_eq!(crowd.0.len(), MOST);
        assert!(crowd.lets("192.0.2.7".parse().unwrap(), now + 1.hour()));
        assert!(crowd.0.len() < 10);
    }
}
