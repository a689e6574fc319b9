//! The first page of a person: who they are, what to know, who matters, and the pieces of every room.

use super::head::{self, PersonTabs, Tab, day, whose};
use super::{Asked, Opened, people, said};
use crate::Result;
use crate::frame::{Frame, frame};
use crate::person::Profile;
use crate::person::facts::{Address, Told, Warning};
use crate::room::{Card, Look};
use crate::rooms::ROOMS;
use crate::who::Signed;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Icon, Link, icon, link_button};
use practice::id::PersonId;
use practice::person::{AddressUse, DetailKind};

/// How many things to know the first page shows.
const FEW: usize = 3;

/// `GET /person/{id}`.
pub(super) async fn show(
    signed: Signed,
    Path(person): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (opened, mut conn) = match super::open_and_read(&signed, person, &asked, "overview").await? {
        (Opened::Whole(opened), Some(conn)) => (opened, conn),
        (Opened::Whole(opened), None) => (opened, signed.app.db.read().await?),
        (Opened::Findable(page), _) => return Ok(*page),
    };
    let profile = &opened.profile;
    let look =
        Look { who: &signed.who, person, today: opened.profile.today, now: opened.now, known: opened.known };
    let mut cards = own(profile, opened.may_change);
    for room in ROOMS {
        cards.extend(room.cards(&mut conn, &look).await?);
    }
    drop(conn);
    opened.journal(&signed).await?;
    cards.sort_by_key(|card| card.place);
    let body = html! {
        @if opened.known.is_none() { (acts(profile)) }
        .cols {
            div { @for card in cards.iter().filter(|card| card.place < 100) { (card.body) } }
            aside aria-label="People, dates and how to be in touch" {
                @for card in cards.iter().filter(|card| card.place >= 100) { (card.body) }
            }
        }
    };
    let notices = opened.notices();
    Ok(PersonTabs::new(&profile.header, Some(Tab::Overview)).with(|tabs| {
        let page = Frame {
            title: &profile.header.shown_name,
            part: "/find",
            said: asked.done.as_deref().and_then(said),
            header: Some(head::whole_heading(profile)),
            tabs: Some(tabs),
            notices: &notices,
            ..Frame::default()
        };
        frame(&signed, &page, body)
    }))
}

fn acts(profile: &Profile) -> Markup {
    let record = format!("/record?about={}", profile.header.id);
    html! { .btns.no-print { (link_button(&record, "Record").icon(Icon::Pencil)) } }
}

/// The pieces that stand on the page whatever rooms there are.
fn own(profile: &Profile, may_change: bool) -> Vec<Card> {
    let mut cards = vec![];
    cards.extend(to_know(profile, may_change).map(|body| Card { place: 5, body }));
    cards.push(Card { place: 20, body: people::who_matters(profile, may_change) });
    cards.push(Card { place: 130, body: talk(profile, may_change) });
    cards.push(Card { place: 160, body: touch(profile, may_change) });
    cards.extend(numbers(profile).map(|body| Card { place: 190, body }));
    cards
}

fn change(profile: &Profile, what: &str, words: &str) -> Markup {
    html! { a href={ "/person/" (profile.header.id) "/change/" (what) } { (words) } }
}

/// One thing to know in a line: the fact first, then until when.
fn known(warning: &Warning, today: Date) -> Markup {
    html! {
        b { (head::stopped(&warning.fact)) }
        @if let Some(detail) = &warning.detail { " " (head::stopped(detail)) }
        @if warning.review_on < today { " " span.soft { "To be looked at again since " (day(warning.review_on)) "." } }
        @if let Told::No { .. } = warning.told { " " b { "They have not been told of this." } }
    }
}

fn to_know(profile: &Profile, may_change: bool) -> Option<Markup> {
    let all: Vec<&Warning> = profile.warnings_now().collect();
    if all.is_empty() {
        return may_change.then(|| {
            html! { p.soft.small { "Nothing to know before a visit. " (change(profile, "warning", "Add a thing to know")) } }
        });
    }
    let mut lines: Vec<Markup> = all.iter().take(FEW).map(|it| known(it, profile.today)).collect();
    let more = all.len().saturating_sub(FEW);
    if let Some(last) = lines.last_mut() {
        let about = format!("/person/{}/about#things-to-know", profile.header.id);
        let words = if more == 0 { "All about these".to_owned() } else { format!("And {more} more") };
        *last = html! { (last) " " a href=(about) { (words) } };
    }
    Some(page::know("Things to know", &lines))
}

fn talk(profile: &Profile, may_change: bool) -> Markup {
    let name = &profile.header.shown_name;
    let ways: Vec<_> = profile.now(DetailKind::TalkWithMe).collect();
    let needs: Vec<_> = profile.now(DetailKind::CommunicationNeed).collect();
    let languages: Vec<&str> = profile.now(DetailKind::Language).map(|it| it.words.as_str()).collect();
    html! {
        section aria-labelledby="h-talk" {
            h2 id="h-talk" { "How to talk with me" }
            @if ways.is_empty() {
                p.soft { "Nobody has asked " (name) " yet." }
            } @else {
                ul { @for way in &ways {
                    li { (way.words) @if let Some(note) = &way.note { " " span.soft.small { (note) } } }
                } }
            }
            @if !needs.is_empty() { p { b { "Needs: " } (needs.iter().map(|it| it.words.as_str()).collect::<Vec<_>>().join("; ")) } }
            @if !languages.is_empty() { p { b { "Speaks " } (languages.join(", ")) } }
            @if may_change { p.small { (change(profile, "detail/talk-with-me", "Add to this")) } }
        }
    }
}

fn address(it: &Address) -> Markup {
    html! {
        @if it.lines.is_empty() { (it.purpose.plain()) } @else { (it.lines.replace('\n', ", ")) }
        @if let Some(postcode) = &it.postcode { ", " (postcode) }
        @if it.confidential { " " (page::tag(page::Tag::Plain, "Confidential")) }
    }
}

fn touch(profile: &Profile, may_change: bool) -> Markup {
    let phones: Vec<_> = profile.now(DetailKind::Phone).collect();
    let emails: Vec<_> = profile.now(DetailKind::Email).collect();
    let home = profile.home();
    let letters =
        profile.addresses.iter().find(|it| it.purpose == AddressUse::Correspondence && it.to.is_none());
    let nothing = phones.is_empty() && emails.is_empty() && home.is_none();
    html! {
        section aria-labelledby="h-touch" {
            h2 id="h-touch" { "How to be in touch" }
            @if nothing { p.soft { "No phone, email or address yet." } }
            @if let Some(home) = home { p { (address(home)) } }
            @if let Some(letters) = letters.filter(|it| home.is_none_or(|home| home.id != it.id)) {
                p { "Letters: " (address(letters)) }
            }
            ul.plain {
                @for it in &phones {
                    li { a href={ "tel:" (it.words.replace(' ', "")) } { (it.words) } @if let Some(note) = &it.note { " " span.soft.small { (note) } } }
                }
                @for it in &emails {
                    li { a href={ "mailto:" (it.words) } { (it.words) } @if let Some(note) = &it.note { " " span.soft.small { (note) } } }
                }
            }
            @if may_change {
                p.small {
                    (change(profile, "detail/phone", "Add a phone")) ", "
                    (change(profile, "detail/email", "add an email")) ", "
                    (change(profile, "address", "record an address"))
                }
            }
        }
    }
}

fn numbers(profile: &Profile) -> Option<Markup> {
    let current: Vec<_> = profile.identifiers.iter().filter(|it| it.to.is_none()).collect();
    (!current.is_empty()).then(|| {
        let body =
            html! { ul.plain { @for it in &current { li { (it.kind.plain()) ": " b { (it.number) } } } } };
        page::details("Numbers", body)
    })
}

/// The card for somebody who may be found, to a reader without a relationship.
pub(super) fn findable(signed: &Signed, shown: &super::FindableCard) -> Response {
    let (name, header) = (&shown.name, &shown.header);
    let glass = format!("/glass/{}", header.id);
    let avatar = page::Avatar::of(&header.initials, crate::frame::hue(header.hue)).sized(page::Size::Large);
    let body = html! {
        h1 { (name) }
        (page::who(page::avatar(&avatar), html! {
            p { @match header.birth_year { Some(year) => { "Born in " (year) "." }, None => { "Year of birth not known." } } }
            p { @match &shown.helped { Some(helped) => { (helped) }, None => { "Nobody works with them now." } } }
        }))
        (page::note(html! {
            p { b { (shown.why) "." } }
            p { "Anyone who works for the council may learn that " (name) " is known here, and whom to ring. The rest of the record is for those who work with them." }
            @if shown.may_break {
                p { "If someone needs you to open it now, you can break the glass: you give a reason, their worker and manager are told at once, and the person can see it." }
                (page::buttons(html! { (link_button(&glass, "Break the glass").quiet().icon(Icon::Lock)) }))
            } @else {
                p { "Speak to your manager if you need it." }
            }
        }))
    };
    let back = Link { href: "/find", label: "Find someone else" };
    let page = Frame { title: name, part: "/find", back: Some(back), ..Frame::default() };
    frame(signed, &page, body)
}

/// A line that says that something is shown as it was known.
pub(super) fn known_notice(person: PersonId, name: &str, on: Date) -> Markup {
    html! {
        .box.box--ground {
            p { (icon(Icon::Clock)) " " (whose(name)) " record as it was known on " (day(on)) ". " a href={ "/person/" (person) } { "Show it as known now" } }
        }
    }
}
