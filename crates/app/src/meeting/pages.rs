//! The page of what is planned with somebody: what comes, what was and whether it is recorded, what was called off; now or
//! as known on a day.

use super::read::{Guest, Meeting, meetings_for};
use crate::Result;
use crate::access;
use crate::entry;
use crate::frame::Frame;
use crate::journal::{self, Read};
use crate::moment::end_of;
use crate::told::choose;
use crate::who::Signed;
use crate::working::{About, about};
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use jiff::civil::{Date, Time};
use page::{FormErrors, Markup, Tag, Typed, html, link_button};
use practice::access::{Decision, Sight};
use practice::id::{EntryId, PersonId};
use practice::meeting::{MeetingDue, MeetingReaders, MeetingWay, due};
use serde_json::json;
use std::collections::HashMap;

/// What a page was asked for.
pub(super) fn query(raw: &RawQuery) -> Typed {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(raw.0.as_deref().unwrap_or("")).unwrap_or_default();
    Typed::from_pairs(pairs)
}

/// "4.30 pm".
pub(super) fn clock(at: Time) -> String {
    at.strftime("%-I.%M %P").to_string()
}

/// "Thursday 26 November at 4.30 pm".
pub(super) fn when(one: &Meeting, today: Date) -> String {
    let day = entry::when::day(one.on, today);
    one.at.map_or(day.clone(), |at| format!("{day} at {}", clock(at)))
}

/// The recording screen with the day, the people and the kind filled in.
pub(super) fn record_href(one: &Meeting) -> String {
    let mut pairs = vec![
        ("about", one.person.to_string()),
        ("kind", one.kind.recorded_as(one.way).code().to_owned()),
        ("happened", one.on.to_string()),
    ];
    let manner = match one.way {
        MeetingWay::Phone => Some("phone"),
        MeetingWay::Online => Some("video"),
        MeetingWay::InPerson => None,
    };
    pairs.extend(manner.map(|manner| ("manner", manner.to_owned())));
    pairs.extend(one.at.map(|at| ("time", clock(at))));
    pairs.extend(one.place.clone().map(|place| ("place", place)));
    for guest in &one.there {
        match (guest.person, guest.worker) {
            (Some(person), _) => pairs.push(("present", person.to_string())),
            (None, Some(worker)) => pairs.push(("worker", worker.to_string())),
            (None, None) => {}
        }
    }
    let others: Vec<&str> = one
        .there
        .iter()
        .filter(|guest| guest.person.is_none() && guest.worker.is_none())
        .map(|guest| guest.name.as_str())
        .collect();
    if !others.is_empty() {
        pairs.push(("others", others.join(", ")));
    }
    format!("/record?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
}

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "kept" => "Kept. Those who may see it find it in their own space.",
        "off" => "Called off. Those who could see it read why.",
        _ => return None,
    })
}

struct Shown<'a> {
    signed: &'a Signed,
    about: &'a About,
    today: Date,
    may_write: bool,
    known: Option<Date>,
    entries: HashMap<EntryId, String>,
    all: &'a [Meeting],
    asked: &'a Typed,
    wrong: &'a FormErrors,
}

/// `GET /person/{id}/meetings`.
pub(super) async fn show(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    let moment = signed.app.moment();
    let now = moment.now();
    let (asked, mut wrong) = (query(&raw), FormErrors::new());
    let known = choose::known_on(&asked, moment.today(), &mut wrong);
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, now, id, Sight::Open).await?;
    let all = meetings_for(&mut conn, (&signed.who, now), id, known.and_then(end_of)).await?;
    let may_write = access::decide(&mut conn, &signed.who, now, id, Sight::Record).await?;
    let may_write = known.is_none() && may_write.as_ref().is_some_and(Decision::is_allowed);
    let named: Vec<EntryId> = all.iter().filter_map(|one| one.recorded).collect();
    let entries = entry::in_few_words(&mut conn, &signed.who, now, &named).await?;
    drop(conn);
    let more = json!({"known": known});
    journal::read(&signed.app, &signed.who, Read::Meetings, &[id], &about.why, more).await?;
    let today = known.unwrap_or(moment.today());
    let shown = Shown {
        signed: &signed,
        about: &about,
        today,
        may_write,
        known,
        entries,
        all: &all,
        asked: &asked,
        wrong: &wrong,
    };
    Ok(shown.draw())
}

impl Shown<'_> {
    fn href(&self, rest: &str) -> String {
        format!("{}/meetings{rest}", self.about.href)
    }

    fn draw(&self) -> Response {
        let child = &self.about.header.shown_name;
        let title = format!("What is planned with {child}");
        let coming = |one: &&Meeting| due(&one.dated(), self.today) == Some(MeetingDue::Coming);
        let next: Vec<&Meeting> = self.all.iter().filter(coming).collect();
        let past: Vec<&Meeting> = self.all.iter().rev().filter(|one| !coming(one)).collect();
        let touch = format!("{}/staying-in-touch", self.about.href);
        let body = html! {
            .cols {
                div {
                    h2 { "What is planned" }
                    (choose::past(self.known, &self.href("")))
                    @if next.is_empty() {
                        (page::empty("No day is put down", html! {
                            "Put down visits and meetings here, so that " (child) " knows who comes, when and why."
                        }))
                    }
                    @for one in next { (self.one(one)) }
                    @if !past.is_empty() { h2 { "What was planned before" } }
                    @for one in past { (self.one(one)) }
                }
                aside.no-print aria-label="What can be done" {
                    section.box {
                        h2 { "Do" }
                        .btns {
                            @if self.may_write { (link_button(&self.href("/new"), "Put down a day").small()) }
                            (page::print_button("Print"))
                        }
                        p.small { "Seeing brothers, sisters and family stands under " a href=(touch) { "staying in touch" } "." }
                    }
                    (choose::day_form(&self.href(""), self.known, (self.asked, self.wrong)))
                }
            }
        };
        let errors = Some(self.wrong).filter(|wrong| !wrong.is_empty());
        let page = Frame { title: &title, said: said(self.asked.get("done")), errors, ..Frame::default() };
        self.about.page(self.signed, None, page, body)
    }

    fn one(&self, one: &Meeting) -> Markup {
        let today = self.today;
        html! {
            section.box {
                h3 { (when(one, today)) ": " (one.kind.plain().to_lowercase()) }
                @if one.called_off { p { (page::tag(Tag::Plain, "Called off")) " " (one.changed_why.as_deref().unwrap_or_default()) } }
                @else if let Some(from) = one.moved_from {
                    p { "It was " (entry::when::day(from, today)) ". " (one.changed_why.as_deref().unwrap_or_default()) }
                }
                @if one.person != self.about.header.id { p { "About " a href={ "/person/" (one.person) "/meetings" } { (one.name) } } }
                p { (one.way.plain()) @if let Some(place) = &one.place { ": " (place) } }
                p.words { (one.why) }
                @if !one.there.is_empty() { p { "There: " @for (nth, guest) in one.there.iter().enumerate() { @if nth > 0 { ", " } (named(guest)) } } }
                @if !one.called_off && !one.can.is_empty() {
                    p { "They can: " (one.can.iter().map(|can| can.plain().to_lowercase()).collect::<Vec<_>>().join(", ")) }
                }
                @for said in &one.said { p { b { (said.name) " " (said.comes.plain()) } " (said on " (entry::when::day(said.on, today)) ")" } }
                p.small.soft { (seen_by(one)) @if let Some((_, author)) = &one.author { ". Put down by " (author) } }
                (self.acts(one))
            }
        }
    }

    fn acts(&self, one: &Meeting) -> Markup {
        let day = entry::when::day(one.on, self.today);
        let at = format!("?of={}&from={}", one.meeting, one.id);
        html! {
            @if let Some(words) = one.recorded.and_then(|entry| self.entries.get(&entry).map(|words| (entry, words))) {
                p { "What happened: " a href={ "/entry/" (words.0) } { (words.1) } }
            } @else if one.recorded.is_some() {
                p { "What happened is recorded." }
            }
            // whoever may see another's record plans there
            @if self.may_write && one.person == self.about.header.id && !one.called_off && one.recorded.is_none() {
                p.no-print {
                    @if one.on <= self.today { a href=(record_href(one)) { "Write down what happened" span.hid { " on " (day) } } " · " }
                    a href={ (self.href("/change")) (at) } { "Change or move it" span.hid { ", " (day) } } " · "
                    a href={ (self.href("/off")) (at) } { @if one.on < self.today { "It did not happen" } @else { "Call it off" } span.hid { ", " (day) } }
                }
            }
        }
    }
}

fn named(guest: &Guest) -> Markup {
    html! {
        @match guest.person { Some(person) => a href={ "/person/" (person) } { (guest.name) }, None => (guest.name) }
        @if let Some(does) = &guest.does { " (" (does) ")" }
    }
}

/// Who sees it in their own space, in a sentence.
fn seen_by(one: &Meeting) -> String {
    match one.readers {
        MeetingReaders::There => {
            "In their own spaces: they and everybody of the family who will be there".to_owned()
        }
        MeetingReaders::Themselves => "In their own space: they alone".to_owned(),
        MeetingReaders::Nobody => {
            let why = one.readers_why.as_deref().unwrap_or_default();
            format!("Nobody reads it in their own space yet: {why}")
        }
    }
}
