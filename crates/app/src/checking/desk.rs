//! The page on which files are dropped, the checks one has here, and the page of a check that is under way.

use super::check::{self, Asked, Check, Kind, Stage};
use super::sent::{self, Sent};
use super::{HERE, MOST_CHECKS, MOST_SENT, held, require};
use crate::entry::when;
use crate::form::{Posted, Upload};
use crate::frame::{Frame, frame};
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Field, Form, FormErrors, Link, Post, Typed, Width};
use returns::report::{Earlier, Notes};
use returns::{care, cin};
use serde::Deserialize;
use std::ops::RangeInclusive;
use uuid::Uuid;

#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /checking`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response> {
    require(&signed)?;
    let said = done.done.filter(|done| done == "forgotten").map(|_| "Forgotten: nothing of it is kept.");
    Ok(desk(&app, &signed, &Typed::default(), (&FormErrors::new(), said)))
}

/// "2025-26", the year ending 31 March 2026.
pub(super) fn year_words(year: u16) -> String {
    format!("{}-{:02}", year.saturating_sub(1), year % 100)
}

/// The year of the return that is being made on a day: in spring the one that has just ended.
fn likely_year(today: Date, held: &RangeInclusive<u16>) -> u16 {
    let ends = if today.month() >= 9 { today.year() + 1 } else { today.year() };
    u16::try_from(ends).unwrap_or(0).clamp(*held.start(), *held.end())
}

fn years(
    name: &'static str,
    label: &'static str,
    held: &RangeInclusive<u16>,
    none: &'static str,
) -> page::Choices<'static> {
    let mut choices = Vec::new();
    if !none.is_empty() {
        choices.push(Choice::new("", none));
    }
    for year in held.clone().rev().take(12) {
        choices.push(Choice::new(year.to_string(), format!("{}, ending 31 March {year}", year_words(year))));
    }
    page::Choices::select(name, label, choices)
}

fn fields(app: &App, typed: &Typed, errors: &FormErrors) -> Markup {
    let form = Form::new(typed, errors);
    let likely = likely_year(app.moment().today(), &care::years()).to_string();
    let census = html! {
        (years("census-year", "Year whose rules are used", &cin::years(), "The year that the file names").typed(typed).errors(errors))
    };
    let care = html! {
        (years("care-year", "Year whose rules are used", &care::years(), "").chosen(&likely).typed(typed).errors(errors))
        (form.text("la", "Your authority’s ONS code").hint("Such as E08000025. Without it the rules on where a child lives are not judged").width(Width::Short).no_spelling())
        (form.fill(Field::file("last", "Last year’s files", ".csv,.zip,.xml,.txt").hint("Without them the rules that look back are not judged").several()))
        (form.fill(Field::file("providers", "The register of providers", ".csv,.txt")))
        (form.fill(Field::file("postcodes", "Postcodes, with their places and districts", ".csv,.txt,.index").hint("A list as it is published, or the index that `alongside postcodes` makes of a national one")))
    };
    let more = html! {
        (form.fill(Field::file("earlier", "An earlier check to compare with", ".json").hint("The JSON that you took along from it: what is new, mended and still there is then told apart")))
        (form.fill(Field::file("notes", "Notes that explain queries", ".csv").hint("A CSV of code, child and note")))
        (page::check("as-published", "yes", "Judge as the public validators do, their known quirks included", typed.has("as-published", "yes")))
    };
    html! {
        (form.radios("kind", "Which return it is", vec![
            Choice::new("cin-census", "Children in need census").under(census),
            Choice::new("ssda903", "Looked-after return (SSDA903)").under(care),
        ]))
        (form.fill(Field::file("files", "The files", ".csv,.zip,.xml,.txt").several().wide()
            .hint("Drop them here or choose them. A census is one XML file; a looked-after return is its CSV files, a zip of them, or one XML file")))
        @let open = ["earlier", "notes"].iter().any(|name| errors.get(name).is_some());
        details open[open] { summary { "Compare, explain, judge otherwise" } (more) }
        (page::buttons(html! { (page::button("Check them")) }))
    }
}

fn desk(app: &App, signed: &Signed, typed: &Typed, (errors, said): (&FormErrors, Option<&str>)) -> Response {
    let now = app.moment().now();
    let mut own = app.passing.of::<Check>(signed.account, now);
    own.reverse();
    let body = html! {
        h1 { "Check a return" }
        p.lead { "Before it is sent: a children in need census or a looked-after return, made by any system. Every rule of the year answers." }
        (page::note(html! {
            p { "The files are judged here and let go at once. What was found is kept in memory for an hour, for you alone, and never on a disk; take it along before then." }
            p.small { "At most " (MOST_SENT / 1_048_576) " MB together, and " (MOST_CHECKS) " checks at a time: the oldest gives way. For more there is " code { "alongside validate" } " on the command line." }
        }))
        @if !own.is_empty() {
            h2 { "Your checks" }
            ul.rows { @for (id, until, check) in &own { li {
                a href={ (HERE) "/" (id) } { (check.of) }
                p.soft { (kept_words(check, *until)) }
            } } }
            h2 { "Another check" }
        }
        (page::post(&Post { action: HERE, csrf: &signed.csrf, files: true, ..Post::default() }, fields(app, typed, errors)))
    };
    frame(
        signed,
        &Frame { title: "Check a return", part: HERE, errors: Some(errors), said, ..Frame::default() },
        body,
    )
}

fn kept_words(check: &Check, until: jiff::Timestamp) -> String {
    let kept = format!("sent at {}, kept until {}", when::time(check.begun), when::time(until));
    match &*check.stage() {
        Stage::Waiting | Stage::Judging => format!("Under way; {kept}"),
        Stage::Stopped(_) => format!("Could not be judged; {kept}"),
        Stage::Done(found) => {
            let counts = found.report.counts();
            match counts.errors + counts.queries {
                0 => format!("Nothing found; {kept}"),
                1 => format!("1 place found; {kept}"),
                many => format!("{many} places found; {kept}"),
            }
        }
    }
}

/// `POST /checking`: the files are taken in, and judged while the next page is shown.
pub(super) async fn send(State(app): State<App>, request: Request) -> Response {
    let signed = match Signed::from_headers(&app, request.headers()).await {
        Ok(Some(signed)) => signed,
        Ok(None) => {
            sent::hear_out(request).await;
            return Oops::SignIn { next: HERE.to_owned() }.into_response();
        }
        Err(oops) => return oops.into_response(),
    };
    if let Err(oops) = require(&signed) {
        sent::hear_out(request).await;
        return oops.into_response();
    }
    match sent::read(&app, &signed, request).await {
        Ok(sent) => take(&app, &signed, sent).await,
        Err(Oops::Wrong(wrong)) => {
            let mut errors = FormErrors::new();
            for (field, words) in wrong {
                errors.add(field, words);
            }
            desk(&app, &signed, &Typed::default(), (&errors, None))
        }
        Err(oops) => oops.into_response(),
    }
}

async fn take(app: &App, signed: &Signed, sent: Sent) -> Response {
    let Sent { typed, files, room } = sent;
    let mut errors = FormErrors::new();
    let unpacked = app.aside(move || unpack(files)).await;
    let asked = match unpacked {
        Ok(Ok(files)) => ask(&typed, files, &mut errors),
        Ok(Err((field, why))) => {
            errors.add(field, why);
            None
        }
        Err(oops) => return oops.into_response(),
    };
    match asked.filter(|_| errors.is_empty()) {
        Some(asked) => {
            let id = check::begin(app, signed.account, asked, room);
            Redirect::to(&format!("{HERE}/{id}")).into_response()
        }
        None => desk(app, signed, &typed, (&errors, None)),
    }
}

/// The files of the form by its fields, none of them a zip any more.
type Fields = Vec<(String, Vec<Upload>)>;

fn unpack(files: Vec<Upload>) -> std::result::Result<Fields, (String, String)> {
    let mut fields: Fields = Vec::new();
    for file in files {
        match fields.iter_mut().find(|held| held.0 == file.field) {
            Some(held) => held.1.push(file),
            None => fields.push((file.field.clone(), vec![file])),
        }
    }
    for (field, files) in &mut fields {
        if field == "files" || field == "last" {
            let packed = std::mem::take(files);
            *files = sent::unpacked(packed).map_err(|why| (field.clone(), why))?;
            if files.is_empty() {
                return Err((field.clone(), "The zip holds no CSV or XML file".to_owned()));
            }
        }
    }
    Ok(fields)
}

/// What is asked, or what is to be put right first.
fn ask(typed: &Typed, mut files: Fields, errors: &mut FormErrors) -> Option<Asked> {
    let mut of = |field: &str| -> Vec<Upload> {
        files
            .iter_mut()
            .find(|held| held.0 == field)
            .map(|held| std::mem::take(&mut held.1))
            .unwrap_or_default()
    };
    let (this, last) = (of("files"), of("last"));
    let kind = match typed.get("kind") {
        "cin-census" => Some(Kind::Census),
        "ssda903" => Some(Kind::LookedAfter),
        _ => {
            errors.add("kind", "Choose which return it is");
            None
        }
    };
    errors.require(!this.is_empty(), "files", "Choose the files of the return");
    if kind == Some(Kind::Census) && this.len() > 1 {
        errors.add("files", "A census is one XML file. Choose one");
    }
    let year = kind.and_then(|kind| asked_year(kind, typed, errors));
    let authority = authority(kind, typed, errors);
    let earlier =
        of("earlier").pop().and_then(|file| match Earlier::read(&String::from_utf8_lossy(&file.bytes)) {
            Ok(earlier) => Some((file.name, earlier)),
            Err(why) => {
                errors.add("earlier", format!("{}: {why}", file.name));
                None
            }
        });
    let notes = of("notes").pop().map_or_else(|| Ok(Notes::default()), |file| Notes::read(&file.bytes));
    let notes = notes.map_err(|why| errors.add("notes", why.to_string())).unwrap_or_default();
    let (providers, postcodes) = (of("providers").pop(), of("postcodes").pop());
    let as_published = typed.has("as-published", "yes");
    Some(Asked {
        kind: kind?,
        year,
        authority,
        as_published,
        this,
        last,
        providers,
        postcodes,
        earlier,
        notes,
    })
}

fn asked_year(kind: Kind, typed: &Typed, errors: &mut FormErrors) -> Option<u16> {
    let (name, held) = match kind {
        Kind::Census => ("census-year", cin::years()),
        Kind::LookedAfter => ("care-year", care::years()),
    };
    let Some(words) = typed.some(name) else {
        if kind == Kind::LookedAfter {
            errors.add(name, "Choose the year: the files of a looked-after return name none");
        }
        return None;
    };
    let year = words.parse().ok().filter(|year| held.contains(year));
    if year.is_none() {
        let (first, last) = (year_words(*held.start()), year_words(*held.end()));
        errors.add(name, format!("The rules of {words} are not held. Those of {first} to {last} are"));
    }
    year
}

fn authority(kind: Option<Kind>, typed: &Typed, errors: &mut FormErrors) -> Option<String> {
    let code = typed.some("la").filter(|_| kind == Some(Kind::LookedAfter))?.to_uppercase();
    if care::is_authority(&code) {
        return Some(code);
    }
    errors.add("la", "An ONS code is E and eight digits, such as E08000025");
    None
}

/// `POST /checking/{id}/forget`
pub(super) async fn forget(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    held(&app, &posted.signed, id)?;
    app.passing.forget(posted.signed.account, id);
    Ok(Redirect::to("/checking?done=forgotten").into_response())
}

/// The page of a check that is under way.
pub(super) fn under_way(signed: &Signed, check: &Check) -> Response {
    let (part, words) = check.progress();
    let body = html! {
        h1 { "Checking " (check.of) }
        (page::under_way(html! { (page::progress(part, 100, &words)) }))
        p.soft { "This page shows the findings as soon as they are there. You may leave it: they are kept under " a href=(HERE) { "Check a return" } "." }
    };
    framed(signed, "Checking", Some(1), body)
}

/// The page of a check that cannot be judged.
pub(super) fn stopped(signed: &Signed, check: &Check, why: &str) -> Response {
    let body = html! {
        h1 { "These files cannot be judged" }
        p.lead { (why) "." }
        p { "Nothing was lost on your side. Put this right where " (check.of) " was made, then check it again." }
        p { (page::link_button(HERE, "Choose files again")) }
    };
    framed(signed, "Cannot be judged", None, body)
}

pub(super) fn framed(signed: &Signed, title: &str, again: Option<u8>, body: Markup) -> Response {
    let back = Link { href: HERE, label: "Back to Check a return" };
    frame(signed, &Frame { title, part: HERE, back: Some(back), again, ..Frame::default() }, body)
}
