//! The head of a page about one person: who it is, and that the reader may be there.

use super::people::age;
use crate::access::require;
use crate::frame::{Frame, frame};
use crate::journal::{Act, reading};
use crate::person::pages::{PersonTabs, Tab};
use crate::person::{Header, header};
use crate::who::Signed;
use crate::{Oops, Result};
use axum::response::Response;
use db::Conn;
use jiff::Timestamp;
use maud::{Markup, html};
use page::{Avatar, PersonHeader, Size};
use practice::access::Sight;
use practice::calendar::london_day;
use practice::id::PersonId;
use serde_json::json;

/// Who a page is about.
pub struct About {
    /// Who.
    pub header: Header,
    /// The coloured heading.
    pub heading: Markup,
    /// "/person/..."
    pub href: String,
    /// "Back to Josie".
    pub back: String,
}

impl About {
    /// A whole page to read, under the person's heading and among the tabs of their pages. The pages that ask
    /// something go without tabs and with a way back.
    pub fn page(&self, signed: &Signed, here: Option<Tab>, of: Frame<'_>, body: Markup) -> Response {
        PersonTabs::new(&self.header, here).with(|tabs| {
            let page = Frame { part: "/find", header: Some(self.heading.clone()), tabs: Some(tabs), ..of };
            frame(signed, &page, body)
        })
    }
}

/// Who a page is about, for a reader who may do this with the record.
///
/// # Errors
/// [`Oops::NotFound`] or [`Oops::NotAllowed`] as the rules of access say.
pub async fn about(
    conn: &mut Conn,
    signed: &Signed,
    now: Timestamp,
    person: PersonId,
    sight: Sight,
) -> Result<About> {
    require(conn, &signed.who, now, person, sight).await?;
    let header = header(conn, person).await?.ok_or(Oops::NotFound)?;
    let age = age(header.kind, header.birth, london_day(now));
    let heading = page::person_header(&PersonHeader {
        avatar: Avatar::of(&header.initials, crate::frame::hue(header.hue)).sized(Size::Largest),
        name: &header.shown_name,
        about: html! { (header.full_name) @if let Some(age) = age { ", " (age) } },
        own_words: None,
        facts: &[],
    });
    let back = format!("Back to {}", header.shown_name);
    Ok(About { heading, href: format!("/person/{person}"), back, header })
}

/// Notes that a page about someone was read: after the reads, before the answer.
///
/// # Errors
/// Where the database refuses; then the page is not shown.
pub async fn open(signed: &Signed, person: PersonId, action: &'static str) -> Result<()> {
    reading(&signed.app, &signed.who, Act { action, about: &[person], payload: json!({}) }).await
}
