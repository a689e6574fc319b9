//! Asking for a meeting: what, when, where, who will be there, why, what the child can do and who may see it; and why one is
//! called off.

use super::pages::{clock, query, when};
use super::read::{Meeting, meetings_for};
use super::store;
use crate::access;
use crate::frame::frame;
use crate::journal::{self, Read};
use crate::person::headers;
use crate::told::{By, choose};
use crate::who::Signed;
use crate::working::{About, about};
use crate::{Oops, Result};
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use db::{Conn, args};
use jiff::civil::Date;
use page::{Choice, Form, FormErrors, Link, Markup, Post, Typed, button, buttons, html, link_button};
use practice::access::{Decision, Sight};
use practice::id::PersonId;
use practice::meeting::{CanDo, MeetingKind, MeetingReaders, MeetingWay};
use serde_json::Value as Json;
use uuid::Uuid;

/// How many rows there are for people without a record; filled ones never count against them.
pub(super) const OTHERS: usize = 3;

/// What can be done with a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    New,
    Change,
    Off,
}

impl What {
    pub(super) fn from_path(path: &str) -> Result<Self> {
        match path {
            "new" => Ok(Self::New),
            "change" => Ok(Self::Change),
            "off" => Ok(Self::Off),
            _ => Err(Oops::NotFound),
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Change => "change",
            Self::Off => "off",
        }
    }
}

/// Everything a form is drawn from.
pub(super) struct Desk<'a> {
    signed: &'a Signed,
    about: &'a About,
    what: What,
    /// The meeting that is changed or called off.
    pub(super) held: Option<Meeting>,
    /// Who may be there: the code and the name.
    there: Vec<(String, String)>,
    today: Date,
}

pub(super) fn uuid(typed: &Typed, name: &str) -> Option<Uuid> {
    typed.get(name).parse().ok()
}

/// The family, others they are bound to, and those who work with them, as far as the reader may know of them.
async fn people(conn: &mut Conn, signed: &Signed, person: PersonId) -> Result<Vec<(String, String)>> {
    let moment = signed.app.moment();
    let now = moment.now();
    let mut all: Vec<(String, String)> = vec![];
    for (by, name) in choose::voices(conn, (&signed.who, now), person, true).await? {
        if by != By::Themselves {
            all.push((by.code(), name));
        }
    }
    let related: Vec<(Uuid, String)> = conn.all(store::RELATED, args![person, moment.today()]).await?;
    let ids: Vec<PersonId> = related.iter().map(|row| row.0.into()).collect();
    let may = access::decide_many(conn, &signed.who, now, &ids, Sight::Exists).await?;
    let mut more = vec![];
    for (id, name) in related {
        let code = format!("p:{id}");
        let known = may.get(&PersonId(id)).is_some_and(Decision::is_allowed);
        if known && all.iter().all(|held| held.0 != code) {
            more.push((code, name));
        }
    }
    // people of the record first, then workers
    let workers = all.iter().position(|held| held.0.starts_with("w:")).unwrap_or(all.len());
    all.splice(workers..workers, more);
    Ok(all)
}

pub(super) async fn desk<'a>(
    conn: &mut Conn,
    (signed, about): (&'a Signed, &'a About),
    (what, typed): (What, &Typed),
) -> Result<Desk<'a>> {
    let moment = signed.app.moment();
    let (now, person) = (moment.now(), about.header.id);
    let held = match what {
        What::New => None,
        What::Change | What::Off => {
            let of = uuid(typed, "of").ok_or(Oops::NotFound)?;
            let all = meetings_for(conn, (&signed.who, now), person, None).await?;
            let found = all.into_iter().find(|one| one.meeting == of && one.person == person);
            Some(found.ok_or(Oops::NotFound)?)
        }
    };
    let mut there = if what == What::Off { vec![] } else { people(conn, signed, person).await? };
    // whoever is named already stays to be chosen
    for guest in held.iter().flat_map(|held| &held.there) {
        let code =
            guest.person.map(|id| format!("p:{id}")).or_else(|| guest.worker.map(|id| format!("w:{id}")));
        if let Some(code) = code.filter(|code| there.iter().all(|held| held.0 != *code)) {
            let name = match guest.person {
                Some(person) => headers(conn, &[person]).await?.pop().map(|one| one.shown_name),
                None => None,
            };
            there.push((code, name.unwrap_or_else(|| guest.name.clone())));
        }
    }
    Ok(Desk { signed, about, what, held, there, today: moment.today() })
}

/// `GET /person/{id}/meetings/{about}`.
pub(super) async fn ask(
    signed: Signed,
    Path((id, what)): Path<(PersonId, String)>,
    raw: RawQuery,
) -> Result<Response> {
    let (what, asked) = (What::from_path(&what)?, query(&raw));
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, signed.app.moment().now(), id, Sight::Record).await?;
    let desk = desk(&mut conn, (&signed, &about), (what, &asked)).await?;
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::Meetings, &[id], &about.why, Json::Null).await?;
    let typed = desk.filled();
    Ok(desk.draw(&typed, &FormErrors::new()))
}

impl Desk<'_> {
    /// The form as it opens.
    fn filled(&self) -> Typed {
        let mut typed = Typed::default();
        let Some(held) = &self.held else {
            typed.put("kind", MeetingKind::Visit.code());
            typed.put("way", MeetingWay::InPerson.code());
            typed.put("readers", MeetingReaders::There.code());
            for can in [CanDo::Come, CanDo::SendWords, CanDo::BringSomebody] {
                typed.put("can", can.code());
            }
            if let Some(me) = self.signed.who.worker() {
                typed.put("there", format!("w:{me}"));
            }
            return typed;
        };
        typed.put("of", held.meeting.to_string());
        typed.put("from", held.id.to_string());
        typed.put("kind", held.kind.code());
        typed.put_date("on", held.on);
        typed.put("at", held.at.map_or(String::new(), clock));
        typed.put("way", held.way.code());
        typed.put("place", held.place.clone().unwrap_or_default());
        typed.put("why", held.why.as_str());
        for can in &held.can {
            typed.put("can", can.code());
        }
        typed.put("readers", held.readers.code());
        typed.put("readers-why", held.readers_why.clone().unwrap_or_default());
        let mut others = 0;
        for guest in &held.there {
            match (guest.person, guest.worker) {
                (Some(id), _) => typed.put("there", format!("p:{id}")),
                (None, Some(id)) => typed.put("there", format!("w:{id}")),
                (None, None) => {
                    typed.put(format!("called-{others}"), guest.name.as_str());
                    typed.put(format!("does-{others}"), guest.does.clone().unwrap_or_default());
                    others += 1;
                }
            }
        }
        typed
    }

    pub(super) fn draw(&self, typed: &Typed, errors: &FormErrors) -> Response {
        let child = &self.about.header.shown_name;
        let heading = match (self.what, &self.held) {
            (What::Change, Some(held)) => format!("Change or move {}", when(held, self.today)),
            (What::Off, Some(held)) if held.on < self.today => {
                format!("{} did not happen", when(held, self.today))
            }
            (What::Off, Some(held)) => format!("Call off {}", when(held, self.today)),
            _ => format!("Put down a day with {child}"),
        };
        let action = format!("{}/meetings/{}", self.about.href, self.what.path());
        let back = format!("{}/meetings", self.about.href);
        let post = Post { action: &action, csrf: &self.signed.csrf, ..Post::default() };
        let form = Form::new(typed, errors);
        let body = html! {
            h2 { (heading) }
            (page::post(&post, html! {
                @for name in ["of", "from"] { @if !typed.get(name).is_empty() { input type="hidden" name=(name) value=(typed.get(name)); } }
                @if self.what == What::Off { (self.why_off(&form)) } @else { (self.fields(&form, typed)) }
                (buttons(html! { (button(if self.what == What::Off { "Call it off" } else { "Keep" })) (link_button(&back, "Leave it").quiet()) }))
            }))
        };
        let page = choose::asking(
            &heading,
            &self.about.heading,
            Link { href: &back, label: "Back to what is planned" },
            errors,
        );
        frame(self.signed, &page, body)
    }

    fn why_off(&self, form: &Form<'_>) -> Markup {
        html! {
            p { "If there is a new day, " a href={ (self.about.href) "/meetings/change?of=" (self.held.as_ref().map_or(Uuid::nil(), |held| held.meeting)) } { "move it" } " instead: they read both days." }
            (form.textarea("changed-why", "Why?").rows(3).hint("Those who could see it read this: Nadia cannot come, she is ill"))
        }
    }

    fn fields(&self, form: &Form<'_>, typed: &Typed) -> Markup {
        macro_rules! choices {
            ($list:ty) => {
                <$list>::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect::<Vec<_>>()
            };
        }
        let there: Vec<Choice<'_>> =
            self.there.iter().map(|(code, name)| Choice::new(code.as_str(), name.as_str())).collect();
        let readers = MeetingReaders::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect();
        html! {
            fieldset {
                legend { "When and how" }
                (form.select("kind", "What is it?", choices!(MeetingKind)))
                .pair {
                    (form.date("on", "The day"))
                    (form.time("at", "The time").hint("Leave it empty while no time is agreed"))
                }
                @if self.what == What::Change {
                    (form.textarea("changed-why", "If the day or the time changes: why?").rows(2)
                        .hint("They read it beside the new day: Nadia cannot come, she is ill"))
                }
                (form.seg("way", "How", choices!(MeetingWay)))
                (form.text("place", "Where").hint("Everybody who will be there reads it. Leave out an address that one of them must not know"))
            }
            (form.textarea("why", "Why").rows(3).hint("In words the child can read: what it is for, and what will be decided"))
            (form.checks("can", "What can they do?", choices!(CanDo)))
            fieldset {
                legend { "Who will be there" }
                @if !there.is_empty() { (form.checks("there", "People and workers", there)) }
                @for n in 0..others(typed) { (other(form, typed, n)) }
            }
            (form.radios("readers", "Who may see it in their own space?", readers))
            (page::shown_when("readers", MeetingReaders::Nobody.code(), html! {
                (form.textarea("readers-why", "Why nobody yet, and who tells them?").rows(2))
            }))
        }
    }
}

/// How many rows there are for people without a record.
pub(super) fn others(typed: &Typed) -> usize {
    let filled = (0..40).filter(|n| !typed.get(&format!("called-{n}")).is_empty()).count();
    OTHERS.max(filled + 1)
}

fn other(form: &Form<'_>, typed: &Typed, n: usize) -> Markup {
    let (called, does) = (format!("called-{n}"), format!("does-{n}"));
    let field = |name: String, label: &'static str| {
        let value = typed.get(&name).to_owned();
        form.fill(page::Field::text(name, label)).value(value)
    };
    html! { .pair { (field(called, "Somebody else: their name")) (field(does, "What they do")) } }
}
