//! The page of staying in touch: one after another those whom a child wants to stay in touch with; now or as known on a day.

use super::cards::{sentence, times};
use super::read::{Touch, touches_for};
use crate::Result;
use crate::access;
use crate::entry;
use crate::frame::Frame;
use crate::journal::{self, Read};
use crate::moment::end_of;
use crate::person::pages::{Tab, whose};
use crate::told::choose;
use crate::who::Signed;
use crate::working::{About, about};
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use jiff::civil::Date;
use page::{FormErrors, Markup, Typed, html, link_button};
use practice::access::{Decision, Sight};
use practice::id::{EntryId, PersonId};
use practice::touch::{MentorState, due};
use serde_json::json;
use std::collections::HashMap;

/// What a page was asked for.
pub(super) fn query(raw: &RawQuery) -> Typed {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(raw.0.as_deref().unwrap_or("")).unwrap_or_default();
    Typed::from_pairs(pairs)
}

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "kept" => "Kept. What stood there before stays readable.",
        "away" => "Put away. It stays readable as known before.",
        _ => return None,
    })
}

/// Everything the page shows.
pub(super) struct Shown<'a> {
    pub(super) signed: &'a Signed,
    pub(super) about: &'a About,
    pub(super) today: Date,
    pub(super) may_write: bool,
    pub(super) entries: HashMap<EntryId, String>,
    pub(super) known: Option<Date>,
    all: &'a [Touch],
    asked: &'a Typed,
    wrong: &'a FormErrors,
}

/// `GET /person/{id}/staying-in-touch`.
pub(super) async fn show(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    let moment = signed.app.moment();
    let now = moment.now();
    let (asked, mut wrong) = (query(&raw), FormErrors::new());
    let known = choose::known_on(&asked, moment.today(), &mut wrong);
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, now, id, Sight::Open).await?;
    let all = touches_for(&mut conn, &signed.who, now, id, known.and_then(end_of)).await?;
    let may_write = access::decide(&mut conn, &signed.who, now, id, Sight::Record).await?;
    let may_write = known.is_none() && may_write.as_ref().is_some_and(Decision::is_allowed);
    let named: Vec<EntryId> = all.iter().flat_map(|one| &one.times).filter_map(|time| time.entry).collect();
    let entries = entry::in_few_words(&mut conn, &signed.who, now, &named).await?;
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::StayingInTouch, &[id], &about.why, json!({"known": known}))
        .await?;
    let today = known.unwrap_or(moment.today());
    let shown = Shown {
        signed: &signed,
        about: &about,
        today,
        may_write,
        entries,
        known,
        all: &all,
        asked: &asked,
        wrong: &wrong,
    };
    shown.draw()
}

impl Shown<'_> {
    pub(super) fn href(&self, rest: &str) -> String {
        format!("{}/staying-in-touch{rest}", self.about.href)
    }

    pub(super) fn child(&self) -> &str {
        &self.about.header.shown_name
    }

    fn draw(&self) -> Result<Response> {
        let title = format!("{} people: staying in touch", whose(self.child()));
        let body = html! {
            .cols {
                div {
                    h2 { "Staying in touch" }
                    (choose::past(self.known, &self.href("")))
                    @if self.all.is_empty() {
                        (page::empty("Nobody is named yet", html! {
                            "Ask " (self.child()) " who matters, and whom they miss. A brother, a friend, a carer from before, a dog, a house: all of it counts."
                        }))
                    }
                    (self.gently()?)
                    (self.stays())
                    @for (nth, one) in self.all.iter().enumerate() { (self.one(nth + 1, one)) }
                }
                aside.no-print aria-label="What can be done" {
                    section.box {
                        h2 { "Do" }
                        .btns {
                            @if self.may_write { (link_button(&self.href("/with"), "Name somebody").small()) }
                            (page::print_button("Print"))
                        }
                    }
                    (choose::day_form(&self.href(""), self.known, (self.asked, self.wrong)))
                }
            }
        };
        let errors = Some(self.wrong).filter(|wrong| !wrong.is_empty());
        let page = Frame { title: &title, said: said(self.asked.get("done")), errors, ..Frame::default() };
        Ok(self.about.page(self.signed, Some(Tab::StayingInTouch), page, body))
    }

    /// What there is to see to, each in a gentle line.
    fn gently(&self) -> Result<Markup> {
        if self.known.is_some() {
            return Ok(html! {});
        }
        let times = times()?;
        let lines: Vec<String> = self
            .all
            .iter()
            .flat_map(|one| {
                let all = due(&one.standing(self.today), times, self.today);
                all.into_iter().map(|due| sentence(due, (self.child(), &one.called), self.today))
            })
            .collect();
        Ok(html! {
            @if !lines.is_empty() {
                (page::note(html! { ul { @for line in &lines { li { (line) "." } } } }))
            }
        })
    }

    /// Who stays, whatever else is open or closed.
    fn stays(&self) -> Markup {
        let stay: Vec<&Touch> = self
            .all
            .iter()
            .filter(|one| one.mentor().is_some_and(|mentor| mentor.state == MentorState::Agreed))
            .collect();
        html! {
            @if !stay.is_empty() {
                section.box aria-labelledby="h-stays" {
                    h3 id="h-stays" { "Who stays" }
                    p { (self.child()) " chose "
                        @for (nth, one) in stay.iter().enumerate() {
                            @if nth > 0 { @if nth + 1 == stay.len() { " and " } @else { ", " } }
                            b { (one.called) }
                        }
                        ". That does not end with a birthday or when we stop working together: only they end it."
                    }
                }
            }
        }
    }
}
