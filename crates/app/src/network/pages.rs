//! The page of the picture: genogram and ecomap, each with the same in a list beside it.

use super::family::{Drawn, drawn};
use super::gather::{self, Network};
use crate::frame::{Frame, frame, hue};
use crate::journal::{self, Act};
use crate::person::pages::{PersonTabs, Tab, day as day_words, heading, whose};
use crate::who::Signed;
use crate::{App, Result, access};
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use jiff::civil::Date;
use maud::PreEscaped;
use page::{Avatar, Form, FormErrors, Markup, Typed, button, buttons, html, link_button};
use practice::access::Sight;
use practice::id::PersonId;
use serde_json::json;

/// Everything the page shows.
struct Shown<'a> {
    network: &'a Network,
    drawn: &'a Drawn,
    day: Date,
    today: Date,
    may_change: bool,
    typed: &'a Typed,
    wrong: &'a FormErrors,
}

/// The day asked for: `on=2024-05-01`, or as three fields; today where nothing is said or it cannot be read.
fn asked(typed: &mut Typed, today: Date, wrong: &mut FormErrors) -> Date {
    let day = match typed.get("on").parse::<Date>() {
        Ok(day) => {
            typed.put_date("on", day);
            Some(day)
        }
        Err(_) => typed.date_if_any("on", "The day", wrong),
    };
    if day.is_some_and(|day| day > today) {
        wrong.add("on", "Choose today or a day before");
    }
    day.filter(|day| *day <= today).unwrap_or(today)
}

/// `GET /person/{id}/network`.
pub(super) async fn show(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<PersonId>,
    raw: RawQuery,
) -> Result<Response> {
    let moment = app.moment();
    let (now, today) = (moment.now(), moment.today());
    let mut conn = app.db.read().await?;
    access::require(&mut conn, &signed.who, now, id, Sight::Open).await?;
    let may = access::decide(&mut conn, &signed.who, now, id, Sight::ChangePerson).await?;
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(raw.0.as_deref().unwrap_or("")).unwrap_or_default();
    let mut typed = Typed::from_pairs(pairs);
    let mut wrong = FormErrors::new();
    let day = asked(&mut typed, today, &mut wrong);
    let network = gather::network(&mut conn, &signed.who, (now, day), id).await?;
    drop(conn);
    let drawn = drawn(&network, day)?;
    let about: Vec<PersonId> =
        network.people.values().filter(|known| known.open).map(|known| known.header.id).collect();
    let payload = json!({"on": day});
    journal::reading(&app, &signed.who, Act { action: "open_network", about: &about, payload }).await?;
    let may_change = may.is_some_and(|decision| decision.is_allowed()) && day == today;
    let shown =
        Shown { network: &network, drawn: &drawn, day, today, may_change, typed: &typed, wrong: &wrong };
    draw(&signed, &shown)
}

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "recorded" => "Recorded. It is in the picture.",
        "corrected" => "Corrected. What was there before stays readable.",
        "ended" => "Ended. It stays in the picture of the days before.",
        _ => return None,
    })
}

fn draw(signed: &Signed, shown: &Shown<'_>) -> Result<Response> {
    let header = &shown.network.index()?.header;
    let name = header.shown_name.as_str();
    let title = format!("{} network", whose(name));
    let body = html! {
        (on(shown))
        section.cols aria-labelledby="h-family" {
            div { h2 id="h-family" { "Family" } (genogram(shown, name)) }
            div { h3 { "Everyone in the picture" } (everyone(shown)) (add_someone(shown)) }
        }
        section.cols aria-labelledby="h-around" {
            div { h2 id="h-around" { "What surrounds " (name) } (ecomap(shown, name)) }
            div { h3 { "The same in words" } (around(shown)) (add_tie(shown)) }
        }
        script type="module" src=(page::asset_href("picture.js")) {}
    };
    Ok(PersonTabs::new(header, Some(Tab::Network)).with(|tabs| {
        let page = Frame {
            title: &title,
            part: "/find",
            said: said(shown.typed.get("done")),
            header: Some(heading(header, shown.today)),
            tabs: Some(tabs),
            errors: Some(shown.wrong),
            ..Frame::default()
        };
        frame(signed, &page, body)
    }))
}

fn address(person: PersonId) -> String {
    format!("/person/{person}/network")
}

/// As on which day, and the way to another.
fn on(shown: &Shown<'_>) -> Markup {
    let form = Form::new(shown.typed, shown.wrong);
    let here = address(shown.network.me);
    html! {
        @if shown.day != shown.today {
            .box."box--ground" role="status" {
                p { b { "This is the picture as it was on " (day_words(shown.day)) "." } " From what is known now." }
                p { a href=(here) { "Go back to today" } }
            }
        }
        @if shown.network.more {
            p { "The family is larger than one picture holds. Open the picture of somebody nearer to the rest." }
        }
        details.filter {
            summary { "As on another day" }
            form.box method="get" action=(here) {
                (form.date("on", "Which day").hint("Who belonged to them then, by what is known now"))
                (buttons(html! { (button("Show")) (page::print_button("Print")) }))
            }
        }
    }
}

fn key(signs: &[(String, &'static str)]) -> Markup {
    html! { ul.key aria-label="Key" { @for (sign, words) in signs { li { (PreEscaped(sign.as_str())) (words) } } } }
}

/// A picture in a box of its own, in which it can be moved about; the buttons come with the script.
fn boxed(label: &str, svg: &str) -> Markup {
    html! {
        div data-picture="" {
            .btns.no-print hidden {
                button.btn."btn--quiet"."btn--small" type="button" data-zoom="1.25" { "Larger" }
                button.btn."btn--quiet"."btn--small" type="button" data-zoom="0.8" { "Smaller" }
                button.btn."btn--quiet"."btn--small" type="button" data-zoom="0" { "Whole picture" }
            }
            .scrollx tabindex="0" role="region" aria-label=(label) { (PreEscaped(svg)) }
            p.no-print data-chosen="" hidden {}
        }
    }
}

fn genogram(shown: &Shown<'_>, name: &str) -> Markup {
    let drawing = picture::draw(&shown.drawn.family);
    let count = shown.drawn.family.people.len();
    let title = format!("{} family, {count} people, on {}", whose(name), day_words(shown.day));
    let svg = drawing.svg(
        "genogram",
        &title,
        "The same people and bonds are in the list called Everyone in the picture.",
    );
    html! {
        @if count < 2 {
            (page::empty("Nobody yet", html! { "Here will be a picture of the family once somebody is added." }))
        } @else {
            (boxed(&format!("{} family picture", whose(name)), &svg))
            (key(&drawing.key()))
        }
    }
}

fn everyone(shown: &Shown<'_>) -> Markup {
    let family = &shown.drawn.family;
    let me = shown.network.me;
    let rows: Vec<Markup> = picture::told(family)
        .into_iter()
        .map(|sentence| {
            let id = shown.drawn.who[sentence.who];
            let known = id.and_then(|id| shown.network.people.get(&id));
            let Some((id, known)) = id.zip(known) else {
                return html! { p { (sentence.words) } };
            };
            let header = &known.header;
            let name = &family.people[sentence.who].name;
            let avatar = Avatar::of(&header.initials, hue(header.hue));
            page::who(page::avatar(&avatar), html! {
                p id={ "in-" (id) } {
                    @match sentence.words.strip_prefix(name.as_str()) {
                        Some(rest) if id != me => { b { a href={ "/person/" (id) } { (name) } } (rest) }
                        _ => (sentence.words)
                    }
                }
                @if shown.may_change {
                    p.small data-ways=(id) {
                        @if known.open { a href={ "/person/" (id) "/people/add" } { "Add someone" span.hid { " who matters to " (name) } } }
                        @if known.open && id != me { " · " }
                        @if id != me { a href={ "/person/" (me) "/network/tie?other=" (id) } { "Say how it is" span.hid { " with " (name) } } }
                    }
                }
            })
        })
        .collect();
    page::rows(&rows)
}

fn add_someone(shown: &Shown<'_>) -> Markup {
    let add = format!("/person/{}/people/add", shown.network.me);
    html! { @if shown.may_change { (buttons(html! { (link_button(&add, "Add someone").quiet()) })) } }
}

fn add_tie(shown: &Shown<'_>) -> Markup {
    let add = format!("{}/tie", address(shown.network.me));
    html! { @if shown.may_change { (buttons(html! { (link_button(&add, "Add a school, pet, friends or something else").quiet()) })) } }
}

fn ecomap(shown: &Shown<'_>, name: &str) -> Markup {
    let around = &shown.drawn.around;
    let drawing = picture::draw_around(around);
    let title = format!("What surrounds {name}: {}, on {}", around.around.len(), day_words(shown.day));
    let svg = drawing.svg("ecomap", &title, "The same is in the list called The same in words.");
    html! {
        @if around.around.is_empty() {
            (page::empty("Nothing yet", html! { "Here will be the people, school, faith, friends, pets and online places that surround " (name) "." }))
        } @else {
            (boxed(&format!("What surrounds {name}"), &svg))
            (key(&drawing.key()))
        }
    }
}

fn around(shown: &Shown<'_>) -> Markup {
    let me = shown.network.me;
    let rows: Vec<Markup> = picture::told_around(&shown.drawn.around)
        .into_iter()
        .zip(&shown.drawn.of)
        .map(|(sentence, (tie, other))| {
            let name = &shown.drawn.around.around[sentence.who].name;
            let note = tie.and_then(|id| shown.network.ties.iter().find(|row| row.id == id)).and_then(|row| row.note.as_deref());
            html! {
                p { (sentence.words) @if let Some(note) = note { " " span.soft { (note) } } }
                @if shown.may_change {
                    p.small {
                        @match (tie, other) {
                            (Some(tie), _) => {
                                @let base = format!("{}/tie/{tie}", address(me));
                                a href=(base) { "Correct" span.hid { ": " (name) } } " · "
                                a href={ (base) "/end" } { "It is over, or has changed" span.hid { ": " (name) } }
                            }
                            (None, Some(other)) => { a href={ (address(me)) "/tie?other=" (other) } { "Say how it is" span.hid { " with " (name) } } }
                            (None, None) => {}
                        }
                    }
                }
            }
        })
        .collect();
    page::rows(&rows)
}
