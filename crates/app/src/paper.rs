//! Pages taken out of the record as PDF. What paper shows is read from the page that the same reader gets at the same
//! moment, so that it holds the same words, and nothing that the page does not show them.

use crate::moment::london;
use crate::who::Signed;
use crate::{App, Oops, Result, access, journal};
use axum::body::to_bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::DateTime;
use page::{Document, Markup, html, link_button};
use practice::access::{Reason, Sight, Tie};
use practice::id::PersonId;
use serde_json::json;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// What sets a document for paper. When it was made is a time on a clock in London. What it says of a failure names no
/// word of the document.
pub type Press = fn(&Document, DateTime) -> std::result::Result<Vec<u8>, String>;

/// The most letters of a page that is set: some two thousand sheets.
const LARGEST: usize = 16 * 1024 * 1024;
/// So many documents are set at once; the others wait their turn, and pages are answered meanwhile.
const AT_ONCE: usize = 2;

/// The press of a running council, where it has one, and whose turn it is.
pub struct Paper {
    press: OnceLock<Press>,
    turns: Arc<Semaphore>,
}

impl Default for Paper {
    fn default() -> Self {
        Self { press: OnceLock::new(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Paper {
    /// Sets up the press, once. A program without one offers no PDF.
    pub fn set_up(&self, press: Press) {
        self.press.get_or_init(|| press);
    }

    /// Whether there is a press.
    pub fn is_there(&self) -> bool {
        self.press.get().is_some()
    }
}

/// Sets a document, when its turn comes. None where there is no press.
///
/// # Errors
/// [`Oops::Broken`] where the typesetter refuses.
pub async fn set(app: &App, document: Document) -> Result<Option<Vec<u8>>> {
    let Some(&press) = app.paper.press.get() else { return Ok(None) };
    let made = app.moment().now().to_zoned(london()).datetime();
    let turn = Arc::clone(&app.paper.turns).acquire_owned().await;
    let turn = turn.map_err(|_| Oops::Broken("the press is shut".to_owned()))?;
    let done = app.aside(move || {
        let done = press(&document, made);
        drop(turn);
        done
    });
    done.await?.map(Some).map_err(Oops::Broken)
}

/// The way to the PDF of a page, for whoever may take it out of the record.
pub fn link(app: &App, may: bool, href: &str) -> Markup {
    html! { @if may && app.paper.is_there() { (link_button(href, "PDF").quiet().small()) } }
}

/// Whether who may open a record for this reason may take it out as well. It is asked again before anything is taken.
pub const fn may_take(why: &Reason) -> bool {
    !matches!(why, Reason::Tie(Tie::Glass { .. }) | Reason::Child { tie: Tie::Glass { .. }, .. })
}

/// Lets on whoever may take a person's record out of the house, and writes down that they took this part of it.
///
/// # Errors
/// As the rules of access say.
pub async fn taken(signed: &Signed, person: PersonId, part: &'static str) -> Result<()> {
    let mut conn = signed.app.db.read().await?;
    let why =
        access::require(&mut conn, &signed.who, signed.app.moment().now(), person, Sight::Export).await?;
    drop(conn);
    let more = json!({"part": part});
    journal::read(&signed.app, &signed.who, journal::Read::Printed, &[person], &why, more).await
}

/// A page, as a file. What is no page, such as a refusal or something wrong with what was asked, stays as it is.
///
/// # Errors
/// [`Oops::NotFound`] where the program has no press; [`Oops::Broken`] where the typesetter refuses.
pub async fn answer(app: &App, name: &str, page: Response) -> Result<Response> {
    if page.status() != StatusCode::OK {
        return Ok(page);
    }
    let too_long = |_| Oops::TooLarge("This is too long for one document. Choose less of it".to_owned());
    let bytes = to_bytes(page.into_body(), LARGEST).await.map_err(too_long)?;
    let document = Document::of_page(&String::from_utf8_lossy(&bytes));
    let pdf = set(app, document).await?.ok_or(Oops::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, files::content_disposition(&format!("{name}.pdf"), false)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, pdf).into_response())
}
