//! Who matters to a person, and who lives with them: as a list.

use super::head::{self, PersonTabs, Tab, age, joined, span, whose};
use super::{Asked, Opened, said};
use crate::frame::{Frame, frame, hue, in_address};
use crate::person::facts::{Member, Related, holds_on};
use crate::person::seek::{self, PAGE};
use crate::person::{Known, Profile};
use crate::who::Signed;
use crate::{Result, journal};
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use page::{Avatar, Field, Icon, Link, Size, button, buttons, link_button};
use practice::access::{Action, may};
use practice::id::PersonId;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

/// `GET /person/{id}/people`.
pub(super) async fn show(
    signed: Signed,
    Path(person): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let opened = match super::open(&signed, person, &asked, "people").await? {
        Opened::Whole(opened) => opened,
        Opened::Findable(page) => return Ok(*page),
    };
    opened.journal(&signed).await?;
    let profile = &opened.profile;
    let (now, before): (Vec<&Related>, Vec<&Related>) =
        profile.related.iter().partition(|it| holds_on(it.from, it.to, profile.today));
    let add = format!("/person/{person}/people/add");
    let body = html! {
        section aria-labelledby="h-matters" {
            (page::heading_row("h-matters", "Who matters to me", html! { a href={ "/person/" (person) "/network" } { "See the picture" } }))
            @if now.is_empty() { (nobody(profile)) } @else { (list(profile, &now, opened.may_change)) }
            @if opened.may_change { (buttons(html! { (link_button(&add, "Add someone").quiet().icon(Icon::Plus)) })) }
        }
        (household(profile, opened.may_change))
        @if !before.is_empty() {
            section aria-labelledby="h-before" {
                h2 id="h-before" { "Before" }
                (list(profile, &before, opened.may_change))
            }
        }
    };
    let notices = opened.notices();
    let title = format!("{} people", whose(&profile.header.shown_name));
    Ok(PersonTabs::new(&profile.header, Some(Tab::People)).with(|tabs| {
        let page = Frame {
            title: &title,
            part: "/find",
            said: asked.done.as_deref().and_then(said),
            header: Some(head::heading(&profile.header, profile.today)),
            tabs: Some(tabs),
            notices: &notices,
            ..Frame::default()
        };
        frame(&signed, &page, body)
    }))
}

fn nobody(profile: &Profile) -> Markup {
    let name = &profile.header.shown_name;
    page::empty(
        "Nobody yet",
        html! { "Here will be the people " (name) " says matter, what they are to each other, and how close." },
    )
}

/// Somebody's name, a link where there is somewhere to go, with an age only for those who may open the record.
pub(super) fn named(known: &Known, profile: &Profile) -> Markup {
    let header = &known.header;
    html! {
        a href={ "/person/" (header.id) } { (header.shown_name) }
        @if known.open {
            @if let Some(age) = age(header.birth, profile.today) { ", " (age) }
        } @else if let Some(year) = header.birth_year { ", born in " (year) }
    }
}

fn closeness(close: i64) -> &'static str {
    match close {
        0 => "Not close at all",
        1 => "Not close",
        2 => "A little close",
        3 => "Close",
        4 => "Quite close",
        _ => "Very close",
    }
}

fn about(profile: &Profile, it: &Related) -> String {
    let name = &profile.header.shown_name;
    let mut parts = vec![];
    if profile.household().iter().any(|member| member.person == it.other) {
        parts.push(format!("Lives with {name}"));
    }
    if it.they_hold {
        parts.push("Parental responsibility".to_owned());
    }
    if it.holds {
        parts.push(format!("{name} has parental responsibility"));
    }
    if let Some(close) = it.closeness {
        parts.push(format!("{}, {name} says", closeness(close)));
    }
    parts.extend(Some(span(it.from, it.to)).filter(|span| !span.is_empty()));
    let mut words = parts.iter().map(|part| head::capital(part)).collect::<Vec<_>>().join(". ");
    if !words.is_empty() {
        words.push('.');
    }
    if let Some(note) = &it.note {
        words = if words.is_empty() { note.clone() } else { format!("{words} {note}") };
    }
    words
}

/// Each person once, with everything they are.
fn list(profile: &Profile, related: &[&Related], may_change: bool) -> Markup {
    let mut order: Vec<PersonId> = vec![];
    let mut by_person: BTreeMap<PersonId, Vec<&Related>> = BTreeMap::new();
    for it in related {
        if !order.contains(&it.other) {
            order.push(it.other);
        }
        by_person.entry(it.other).or_default().push(it);
    }
    let me = profile.header.id;
    let rows: Vec<Markup> = order
        .iter()
        .filter_map(|other| Some((profile.people.get(other)?, by_person.get(other)?)))
        .map(|(known, bonds)| {
            let header = &known.header;
            let avatar = Avatar::of(&header.initials, hue(header.hue));
            let kinds: Vec<&str> = bonds.iter().map(|it| it.kind.plain()).collect();
            page::who(page::avatar(&avatar), html! {
                b { (named(known, profile)) } ", " (kinds.join(", "))
                @for it in bonds { p.small.soft { (about(profile, it)) } }
                @if may_change {
                    p.small { @for it in bonds {
                        @if it.to.is_none() {
                            a href={ "/person/" (me) "/change/change-relationship/" (it.id) } { "Something changed" span.hid { ": " (header.shown_name) ", " (it.kind.plain()) } } " · "
                        }
                        a href={ "/person/" (me) "/change/correct-relationship/" (it.id) } { "Correct" span.hid { ": " (header.shown_name) ", " (it.kind.plain()) } }
                        @if it.to.is_none() {
                            " · " a href={ "/person/" (me) "/change/end-relationship/" (it.id) } { "It is over" span.hid { ": " (header.shown_name) ", " (it.kind.plain()) } }
                        }
                        " "
                    } }
                }
            })
        })
        .collect();
    page::rows(&rows)
}

/// The piece on the first page.
pub(super) fn who_matters(profile: &Profile, may_change: bool) -> Markup {
    let now: Vec<&Related> =
        profile.related.iter().filter(|it| holds_on(it.from, it.to, profile.today)).collect();
    let all = format!("/person/{}/people", profile.header.id);
    let add = format!("{all}/add");
    html! {
        section aria-labelledby="h-net" {
            (page::heading_row("h-net", "Who matters to me", html! { @if !now.is_empty() { a href=(all) { "Everyone" } } }))
            @if now.is_empty() { (nobody(profile)) } @else { (list(profile, &now, false)) }
            p {
                a href={ "/person/" (profile.header.id) "/network" } { "See the picture" }
                @if may_change { " · " a href=(add) { "Add someone" } }
            }
        }
    }
}

fn household(profile: &Profile, may_change: bool) -> Markup {
    let me = profile.header.id;
    let name = &profile.header.shown_name;
    let mine = |it: &&Member| it.person == me;
    let (now, before): (Vec<&Member>, Vec<&Member>) =
        profile.members.iter().filter(mine).partition(|it| holds_on(it.from, it.to, profile.today));
    let with = |home: &Member| {
        let others: Vec<Markup> = profile
            .members
            .iter()
            .filter(|it| it.household == home.household && it.person != me)
            .filter(|it| it.to.is_none() || home.to.is_some_and(|left| it.to.is_none_or(|to| to >= left)))
            .filter_map(|it| profile.people.get(&it.person))
            .map(|known| named(known, profile))
            .collect();
        html! { @if others.is_empty() { "Alone" } @else { "With " (joined(&others)) } }
    };
    html! {
        section aria-labelledby="h-home" {
            h2 id="h-home" { "Who lives together" }
            @if now.is_empty() { (page::empty("Not known", html! { "Here will be who lives with " (name) "." })) }
            @for home in &now {
                p { (with(home)) " " span.soft.small { (span(home.from, home.to)) } }
                @if may_change {
                    p.small {
                        a href={ "/person/" (me) "/change/leave/" (home.id) } { (name) " has moved out" } " · "
                        a href={ "/person/" (me) "/change/correct-move/" (home.id) } { "Correct" span.hid { " when " (name) " lived there" } }
                    }
                }
            }
            @if !before.is_empty() {
                (page::details("Before", html! { ul { @for home in &before { li { (with(home)) ", " (span(home.from, home.to)) } } } }))
            }
            @if may_change { p { a href={ "/person/" (me) "/change/move-in" } { "Moved in with someone" } } }
        }
    }
}

/// Words to look for.
#[derive(Deserialize)]
pub(super) struct Sought {
    #[serde(default)]
    q: String,
}

/// `GET /person/{id}/people/add`: looks for the other before saying what they are.
pub(super) async fn add(
    signed: Signed,
    Path(person): Path<PersonId>,
    Query(sought): Query<Sought>,
) -> Result<Response> {
    let opened = super::may_change(&signed, person).await?;
    let profile = &opened.profile;
    let name = &profile.header.shown_name;
    let words = sought.q.trim();
    let mut conn = signed.app.db.read().await?;
    let found = if words.is_empty() {
        None
    } else {
        Some(seek::search(&mut conn, &signed.who, opened.now, words, 0).await?)
    };
    drop(conn);
    if let Some(found) = &found {
        let payload = json!({"words": words, "found": found.total, "to_relate_to": person});
        journal::reading(&signed.app, &signed.who, journal::Act { action: "find", about: &[], payload })
            .await?;
    }
    let back = format!("/person/{person}/people");
    let new = format!("/find/add?relate={person}&q={}", in_address(words));
    let hits = found.iter().flat_map(|found| &found.hits).filter(|hit| hit.person != person);
    let rows: Vec<Markup> = hits
        .map(|hit| {
            let avatar = Avatar::of(&hit.initials, hue(hit.hue)).sized(Size::Large);
            let choose = format!("/person/{person}/change/relationship/{}", hit.person);
            page::who(
                page::avatar(&avatar),
                html! {
                    b { (hit.name) } @if let Some(year) = hit.birth_year { ", born in " (year) }
                    p.small.soft { (hit.why.join(". ")) }
                    p { (link_button(&choose, "Choose").quiet().small().about(&format!(" {}", hit.name))) }
                },
            )
        })
        .collect();
    let may_add = may(&signed.who.reader, Action::AddPerson).is_allowed();
    let body = html! {
        h1 { "Who matters to " (name) "?" }
        form method="get" role="search" {
            (Field::search("q", "Name, birthday, phone or number").value(words).hint("Any order, any spelling"))
            (buttons(html! { (button("Find").icon(Icon::Search)) }))
        }
        @if let Some(found) = &found {
            @if rows.is_empty() { p { "Nobody by these words." } } @else { (page::rows(&rows)) }
            @if found.total > PAGE { p.soft { "There are more. Add a word to narrow it down." } }
            @if may_add { p { "Not here? " a href=(new) { "Add a new person" } } }
        }
    };
    let label = format!("Back to who matters to {name}");
    let link = Link { href: &back, label: &label };
    let page =
        Frame { title: "Add someone who matters", part: "/find", back: Some(link), ..Frame::default() };
    Ok(frame(&signed, &page, body))
}
