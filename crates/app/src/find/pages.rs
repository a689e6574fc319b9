//! The search box and what it found.

use crate::access::decide_many;
use crate::frame::{Frame, frame, hue, in_address};
use crate::journal::{Act, reading};
use crate::person::seek::{self, Found, Hit, PAGE};
use crate::person::{headers, pages};
use crate::who::Signed;
use crate::{Oops, Result};
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Field, Icon, Link, Pages, Size, button, buttons, link_button};
use practice::access::{Action, Decision, Sight, may};
use practice::calendar::london_day;
use practice::role::Role;
use serde::Deserialize;
use serde_json::json;

/// What is looked for.
#[derive(Deserialize)]
pub(super) struct Sought {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
}

/// The most letters of a search that are read.
const LONGEST: usize = 300;

/// `GET /find`.
pub(super) async fn show(signed: Signed, Query(sought): Query<Sought>) -> Result<Response> {
    may(&signed.who.reader, Action::Find)
        .into_result()
        .map_err(|refusal| Oops::NotAllowed(refusal.sentence().to_owned()))?;
    let words: String = sought.q.trim().chars().take(LONGEST).collect();
    let now = signed.app.moment().now();
    let today = london_day(now);
    let may_add = may(&signed.who.reader, Action::AddPerson).is_allowed();
    let mut conn = signed.app.db.read().await?;
    if words.is_empty() {
        let mut mine = seek::people_of(&mut conn, &signed.who, today).await?;
        // somebody allocated may yet not know: the record was restricted since, or a link to them was declared
        let may_know = decide_many(&mut conn, &signed.who, now, &mine, Sight::Exists).await?;
        mine.retain(|person| may_know.get(person).is_some_and(Decision::is_allowed));
        let mine = headers(&mut conn, &mine).await?;
        let body = html! {
            (search_box(&words))
            @if !mine.is_empty() {
                section aria-labelledby="h-mine" {
                    h2 id="h-mine" { "People you work with" }
                    (page::rows(&mine.iter().map(|header| known(header, today)).collect::<Vec<_>>()))
                }
            }
            @if may_add { (not_here(&words)) }
            @if on_duty(&signed) {
                p.small.soft { "Search shows no restricted record. " a href="/glass" { "Open a restricted record" } }
            }
        };
        return Ok(whole(&signed, "Find someone", body));
    }
    let found = seek::search(&mut conn, &signed.who, now, &words, sought.page).await?;
    drop(conn);
    let payload = json!({"words": words, "found": found.total, "page": sought.page});
    reading(&signed.app, &signed.who, Act { action: "find", about: &[], payload }).await?;
    let title = if found.total == 0 { "Nobody found" } else { "Find someone" };
    let body = html! {
        (search_box(&words))
        .cols {
            div { (results(&found, &words, sought.page, (today, on_duty(&signed)))) }
            aside aria-label="Not here?" { @if may_add { (not_here(&words)) } }
        }
    };
    Ok(whole(&signed, title, body))
}

/// Whether the reader's post may break the glass of a record that search does not show.
fn on_duty(signed: &Signed) -> bool {
    signed.who.staff().is_some_and(|staff| !staff.administers() && staff.holds_any(Role::is_duty))
}

fn whole(signed: &Signed, title: &str, body: Markup) -> Response {
    let duty = signed.who.staff().is_some_and(|staff| !staff.administers() && staff.holds_any(Role::is_duty));
    let body = html! {
        h1 { "Find someone" }
        (body)
        @if duty {
            p.small { "Restricted records never show here. " a href="/glass" { "Open one by its exact name and birth date, or by number" } "." }
        }
    };
    frame(signed, &Frame { title, part: "/find", ..Frame::default() }, body)
}

fn search_box(words: &str) -> Markup {
    html! {
        form method="get" action="/find" role="search" {
            (Field::search("q", "Name, birthday, phone, postcode or number").value(words).hint("Any order, any spelling. “Jozie harte 2017” will do"))
            (buttons(html! { (button("Find").icon(Icon::Search)) }))
        }
    }
}

fn not_here(words: &str) -> Markup {
    let add = format!("/find/add?q={}", in_address(words));
    html! {
        section.box aria-labelledby="h-not-here" {
            h2 id="h-not-here" { "Not here?" }
            p { "Looking first saves a child from having two half-told stories." }
            (buttons(html! { (link_button(&add, "Add a new person").quiet().icon(Icon::Plus)) }))
        }
    }
}

fn known(header: &crate::person::Header, today: Date) -> Markup {
    let avatar = Avatar::of(&header.initials, hue(header.hue)).sized(Size::Large);
    let age = pages::age(header.birth, today);
    page::who(
        page::avatar(&avatar),
        html! {
            h3 { a href={ "/person/" (header.id) } { (header.full_name) } }
            p {
                @let called = !header.full_name.starts_with(&header.shown_name);
                @if called { "Called " (header.shown_name) @if age.is_some() { ", " } }
                @if let Some(age) = age { (age) }
            }
        },
    )
}

fn heading(found: &Found) -> String {
    match found.total {
        0 => "Nobody by these words".to_owned(),
        1 => "1 person might be who you mean".to_owned(),
        n => format!("{n} people might be who you mean"),
    }
}

fn results(found: &Found, words: &str, page: usize, (today, duty): (Date, bool)) -> Markup {
    html! {
        h2 { (heading(found)) }
        @if !found.not_understood.is_empty() {
            p { "Not understood: " (found.not_understood.join(" ")) ". Looked for the rest." }
        }
        @if found.total == 0 {
            (page::empty("Perhaps another way", html! {
                "Try the name alone, another spelling, or a number. If they are new, add them."
            }))
        } @else {
            (page::rows(&found.hits.iter().map(|one| hit(one, today)).collect::<Vec<_>>()))
            @if found.too_many { p { "There are more than can be looked through. Add a name or a year of birth." } }
            (paging(found, words, page))
        }
        p.small.soft {
            "Looked for: spelling, sound, short names, the order of names, day and month swapped. Some records are open only to named people, and never show here."
            @if duty { " On duty you can " a href="/glass" { "open a restricted record" } ", if you know exactly whose." }
        }
    }
}

fn hit(hit: &Hit, today: Date) -> Markup {
    let avatar = Avatar::of(&hit.initials, hue(hit.hue)).sized(Size::Large);
    let mut about = vec![];
    about.extend(hit.full_name.clone());
    match hit.birth {
        Some(birth) => {
            about.extend(pages::age(Some(birth), today));
            about.push(format!("born {}", pages::day(birth.on)));
        }
        None => about.extend(hit.birth_year.map(|year| format!("born in {year}"))),
    }
    page::who(
        page::avatar(&avatar),
        html! {
            h3 { a href={ "/person/" (hit.person) } { (hit.name) } }
            @if !about.is_empty() { p { (about.join(", ")) } }
            @if let Some(helped) = hit.helped.sentence() { p { (helped) } }
            p.small.soft {
                (hit.why.join(". ")) @if !hit.why.is_empty() { "." }
                @if !hit.open { " You do not work with them." }
            }
        },
    )
}

fn paging(found: &Found, words: &str, page: usize) -> Markup {
    let address = |page: usize| format!("/find?q={}&page={page}", in_address(words));
    let first = page.saturating_mul(PAGE).saturating_add(1);
    let last = first.saturating_sub(1).saturating_add(found.hits.len());
    let here = format!("{first} to {last} of {}", found.total);
    let (before, after) = (address(page.saturating_sub(1)), address(page.saturating_add(1)));
    let previous = (page > 0).then_some(Link { href: &before, label: "Likelier people" });
    let next = (last < found.total).then_some(Link { href: &after, label: "Less likely people" });
    page::pagination(&Pages { label: "People found", here: &here, previous, next })
}
