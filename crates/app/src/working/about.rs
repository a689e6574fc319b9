//! The head of a page about one person: who it is, and that the reader may be there.

use super::people::age;
use crate::access::require;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::person::pages::{PersonTabs, Tab};
use crate::person::{Header, header};
use crate::who::Signed;
use crate::{Oops, Result};
use axum::response::Response;
use db::Conn;
use jiff::Timestamp;
use maud::{Markup, html};
use page::{Avatar, PersonHeader, Size};
use practice::access::{Reason, Sight};
use practice::calendar::london_day;
use practice::id::PersonId;
use serde_json::Value as Json;

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
    /// Why the reader may be here.
    pub why: Reason,
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
    let why = require(conn, &signed.who, now, person, sight).await?;
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
    Ok(About { heading, href: format!("/person/{person}"), back, header, why })
}

/// Notes that a page about someone was read, and why the reader may: after the reads, before the answer.
///
/// # Errors
/// Where the database refuses; then the page is not shown.
pub async fn open(signed: &Signed, about: &About, what: Read) -> Result<()> {
    journal::read(&signed.app, &signed.who, what, &[about.header.id], &about.why, Json::Null).await
}
