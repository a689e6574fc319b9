//! The frame around every page of someone signed in, and the page that says what went wrong.

use crate::moment::london;
use crate::who::Signed;
use crate::{App, Oops};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use page::{FormErrors, Hue, Layout, Link, Me, NavItem, Tabs};
use practice::role::Role;

/// What one page puts into the frame.
#[derive(Default)]
pub struct Frame<'a> {
    /// The page's name.
    pub title: &'a str,
    /// Which main part the reader is in: `/today`, `/find`, `/record`, `/team`, `/administration`.
    pub part: &'a str,
    /// "Back to Today".
    pub back: Option<Link<'a>>,
    /// What was just done.
    pub said: Option<&'a str>,
    /// What is wrong with the form on the page.
    pub errors: Option<&'a FormErrors>,
    /// The coloured heading of a person's pages.
    pub header: Option<Markup>,
    /// Tabs below the heading.
    pub tabs: Option<Tabs<'a>>,
    /// Further notices at the top.
    pub notices: &'a [Markup],
    /// After how many seconds it is asked for again without scripts, because something on it is under way.
    pub again: Option<u8>,
}

fn parts(signed: &Signed) -> Vec<(&'static str, &'static str)> {
    let who = &signed.who;
    if who.holds(Role::SystemAdministrator) && who.staff().is_some_and(|staff| staff.posts.len() == 1) {
        return vec![("/today", "Today"), ("/administration", "Administration")];
    }
    let mut parts = vec![("/today", "Today"), ("/find", "Find")];
    if works_with_people(signed) {
        parts.extend([("/record", "Record"), ("/team", "Team")]);
    }
    if who.holds(Role::RestrictedRecordsOfficer) {
        parts.push(("/restricted", "Restricted"));
    }
    if who.holds(Role::DataOfficer) || who.holds(Role::HeadOfService) {
        parts.push(("/retention", "Kept until"));
    }
    if who.holds(Role::DataOfficer) {
        parts.push(("/joining", "Two records?"));
        parts.push(("/checking", "Check a return"));
    }
    if who.holds(Role::SystemAdministrator) {
        parts.push(("/administration", "Administration"));
    } else if who.holds(Role::DataOfficer) {
        parts.push(("/administration", "Moving in"));
    }
    parts
}

/// Whether some post of the reader's has people in it; those who only keep files, lists or the system have none.
fn works_with_people(signed: &Signed) -> bool {
    let keeps = |role: Role| {
        matches!(role, Role::DataOfficer | Role::RestrictedRecordsOfficer | Role::SystemAdministrator)
    };
    signed
        .who
        .staff()
        .is_none_or(|staff| staff.posts.is_empty() || staff.posts.iter().any(|post| !keeps(post.role)))
}

/// A whole page for someone signed in.
pub fn frame(signed: &Signed, frame: &Frame<'_>, body: Markup) -> Response {
    let nav: Vec<NavItem<'_>> = parts(signed)
        .into_iter()
        .map(|(href, label)| NavItem { href, label, current: href == frame.part })
        .collect();
    let initials = signed.who.initials();
    let printed = signed.app.moment().now().to_zoned(london()).strftime("%-d %B %Y at %-I.%M %P").to_string();
    let mut notices = crate::notice::markup(&signed.told, &signed.csrf);
    notices.extend_from_slice(frame.notices);
    let layout = Layout {
        title: frame.title,
        council: &signed.app.settings.council,
        demonstration: signed.app.settings.demonstration,
        demo_links: &[Link { href: "/sign-in", label: "Be someone else" }],
        nav: &nav,
        me: Some(Me { name: &signed.who.name, initials: &initials, hue: hue(signed.who.hue), href: "/me" }),
        sign_out: Some(&signed.csrf),
        back: frame.back,
        said: frame.said,
        errors: frame.errors,
        notices: &notices,
        header: frame.header.clone(),
        tabs: frame.tabs,
        printed: Some(page::Printed { who: &signed.who.name, when: &printed }),
        footer: FOOTER,
        mine: false,
        again: frame.again,
    };
    let markup = page::layout(&layout, body);
    let status = if frame.errors.is_some_and(|errors| !errors.is_empty()) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    (status, [(header::CACHE_CONTROL, "no-store")], markup).into_response()
}

/// A whole page for someone who is not signed in.
pub fn outside(app: &App, title: &str, errors: Option<&FormErrors>, body: Markup) -> Response {
    let layout = Layout {
        title,
        council: &app.settings.council,
        demonstration: app.settings.demonstration,
        errors,
        footer: FOOTER,
        ..Layout::default()
    };
    let status = if errors.is_some_and(|errors| !errors.is_empty()) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    (status, [(header::CACHE_CONTROL, "no-store")], page::layout(&layout, body)).into_response()
}

const FOOTER: &[Link<'static>] = &[
    Link { href: "/help", label: "Help" },
    Link { href: "/help/wrong", label: "Something is wrong with this page" },
    Link { href: "/help/who-can-see", label: "Who can see this" },
];

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        let status = self.status();
        let (title, words, way_on) = match &self {
            Self::SignIn { next } => {
                let next: String = in_address(next);
                return Redirect::to(&format!("/sign-in?next={next}")).into_response();
            }
            Self::OtherSpaces => return Redirect::to("/my/spaces").into_response(),
            Self::NotYet => return Redirect::to("/my/not-yet").into_response(),
            Self::ComeIn => return Redirect::to("/my/sign-in").into_response(),
            Self::NotFound => (
                "There is nothing here",
                "The address may be mistyped, or the page may have moved. Nothing you wrote is lost."
                    .to_owned(),
                ("/find", "Find someone"),
            ),
            Self::NotAllowed(why) => ("You cannot open this", why.clone(), ("/today", "Back to Today")),
            Self::Forged => ("This form is too old", self.to_string(), ("/today", "Back to Today")),
            Self::Stale => (
                "Someone else changed this",
                "Someone else changed this while you had it open. Go back to see both.".to_owned(),
                ("/today", "Back to Today"),
            ),
            Self::Refused(_) | Self::Wrong(_) | Self::TooLarge(_) => {
                ("That could not be done", self.to_string(), ("/today", "Back to Today"))
            }
            Self::Broken(inner) => {
                // the number is drawn from the sentence, so that the log line and the page carry the same one
                let number = incident(inner);
                tracing::error!(incident = %number, "something of ours broke: {inner}");
                (
                    "Something of ours broke",
                    format!(
                        "It is not you. What you filed before is safe. Tell your administrator the number {number}."
                    ),
                    ("/today", "Back to Today"),
                )
            }
        };
        let words = if words.ends_with(['.', '?', '!']) { words } else { format!("{words}.") };
        let wrong = Wrong { title, words, way_on };
        let layout = Layout { title, footer: FOOTER, ..Layout::default() };
        let mut response = (status, page::layout(&layout, wrong.body())).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.extensions_mut().insert(wrong);
        response
    }
}

/// What a page of something that went wrong says, so that it can be given the frame of whoever reads it.
#[derive(Clone, Debug)]
pub(crate) struct Wrong {
    title: &'static str,
    words: String,
    way_on: (&'static str, &'static str),
}

impl Wrong {
    fn body(&self) -> Markup {
        html! {
            h1 { (self.title) }
            p.lead { (self.words) }
            p { a href=(self.way_on.0) { (self.way_on.1) } }
        }
    }
}

/// The page of something that went wrong, in the frame of whoever is signed in, so that every way on stays open.
pub(crate) async fn dressed(app: &App, asked: &HeaderMap, uri: &Uri, bare: Response) -> Response {
    let Some(wrong) = bare.extensions().get::<Wrong>().cloned() else { return bare };
    if uri.path() == "/my" || uri.path().starts_with("/my/") {
        return crate::own_frame::wrong(app, asked, bare).await;
    }
    let mut response = match Signed::from_headers(app, asked).await {
        Ok(Some(signed)) => frame(&signed, &Frame { title: wrong.title, ..Frame::default() }, wrong.body()),
        Ok(None) => outside(app, wrong.title, None, wrong.body()),
        Err(_) => return bare,
    };
    *response.status_mut() = bare.status();
    response
}

/// A word as part of an address.
pub fn in_address(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

pub(crate) fn incident(words: &str) -> String {
    use sha2::{Digest, Sha256};
    data_encoding::HEXLOWER.encode(&Sha256::digest(words.as_bytes())[..4])
}

/// The colour with a stored number.
pub fn hue(number: i64) -> Hue {
    Hue::new(u8::try_from(number.rem_euclid(8)).unwrap_or(8))
}

/// An address as a square to scan. None where it is too long to draw.
pub(crate) fn square_of(url: &str) -> Option<Markup> {
    let code = qrcode::QrCode::with_error_correction_level(url.as_bytes(), qrcode::EcLevel::M).ok()?;
    let wide = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            // four pale squares on each side, which scanners need
            path.extend([format!("M{} {}h1v1h-1z", at % wide + 4, at / wide + 4)]);
        }
    }
    let whole = wide + 8;
    Some(html! {
        svg.qr width="220" height="220" viewBox={ "0 0 " (whole) " " (whole) } role="img"
            aria-label="A square to scan with your phone; the same secret is written below"
            shape-rendering="crispEdges" {
            rect width=(whole) height=(whole) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}
