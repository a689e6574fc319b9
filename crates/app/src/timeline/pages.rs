//! The timeline of a person or a family: filters, words to look for, as known on a past day.

use crate::entry::{self, Cursor, Filter, when};
use crate::frame::{Frame, frame, hue, in_address};
use crate::journal::{self, Read};
use crate::moment::london;
use crate::person::pages::{PersonTabs, Tab};
use crate::person::{Header, header, headers};
use crate::who::Signed;
use crate::{App, Oops, Result, Who, access, paper};
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use db::Conn;
use jiff::{Timestamp, civil::Date};
use page::{Avatar, Choice, Form, FormErrors, Link, Markup, Pages, PersonHeader, Size, Typed, button, html};
use practice::access::{Decision, Sight};
use practice::entry::EntryKind;
use practice::id::PersonId;
use serde_json::json;
use std::collections::HashMap;

/// How many entries stand on a page.
const LENGTH: usize = 20;
/// How many stand in one document for paper.
const ON_PAPER: usize = 500;

/// How a timeline is shown.
#[derive(Clone, Copy)]
pub(super) struct On {
    /// Of the whole family.
    pub(super) whole_family: bool,
    /// For paper: whole texts, and only what the reader may take out.
    pub(super) paper: bool,
}

/// `GET /person/{id}/timeline`.
pub(super) async fn of_person(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<PersonId>,
    raw: RawQuery,
) -> Result<Response> {
    show(signed, app, id, raw, On { whole_family: false, paper: false }).await
}

/// `GET /person/{id}/family-timeline`.
pub(super) async fn of_family(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<PersonId>,
    raw: RawQuery,
) -> Result<Response> {
    show(signed, app, id, raw, On { whole_family: true, paper: false }).await
}

/// The end of a day in London: what was known by then.
fn end_of(day: Date) -> Result<Timestamp> {
    let next = day.tomorrow().map_err(|_| Oops::wrong("on", "Choose a day nearer to today"))?;
    let midnight = next.to_zoned(london()).map_err(|_| Oops::wrong("on", "Choose another day"))?;
    Ok(midnight.timestamp() - jiff::SignedDuration::from_micros(1))
}

/// What was chosen to be shown. What cannot be read is said and left out.
fn chosen(typed: &Typed, today: Date, wrong: &mut FormErrors) -> Result<(Filter, Option<Date>)> {
    let then = typed.has("known", "then");
    let day = if then { typed.date("on", "The day", wrong) } else { None };
    let day = day.filter(|day| *day < today);
    let filter = Filter {
        kind: EntryKind::from_code(typed.get("kind")),
        author: typed.get("author").parse().ok(),
        significant: typed.has("significant", "yes"),
        words: typed.some("words").map(|words| words.chars().take(200).collect()),
        known: day.map(end_of).transpose()?,
        after: typed.get("after").parse().ok(),
    };
    Ok((filter, day))
}

/// Everything the page shows.
struct Shown<'a> {
    header: &'a Header,
    family: &'a [Header],
    whole_family: bool,
    typed: &'a Typed,
    wrong: &'a FormErrors,
    filter: &'a Filter,
    day: Option<Date>,
    today: Date,
    tally: entry::Tally,
    later: usize,
    page: entry::Page,
    /// For paper: how many the reader may read and not take out.
    stay: Option<usize>,
    may_take: bool,
}

pub(super) async fn show(signed: Signed, app: App, id: PersonId, raw: RawQuery, on: On) -> Result<Response> {
    let whole_family = on.whole_family;
    let moment = app.moment();
    let (now, today) = (moment.now(), moment.today());
    let mut conn = app.db.read().await?;
    let why = access::require(&mut conn, &signed.who, now, id, Sight::Open).await?;
    let header = header(&mut conn, id).await?.ok_or(Oops::NotFound)?;
    let people = if whole_family { entry::family(&mut conn, &signed.who, now, id).await? } else { vec![id] };
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(raw.0.as_deref().unwrap_or("")).unwrap_or_default();
    let mut typed = Typed::from_pairs(pairs);
    let mut wrong = FormErrors::new();
    let (filter, day) = chosen(&typed, today, &mut wrong)?;
    if typed.get("known").is_empty() {
        typed.put("known", "now");
    }
    let length = if on.paper { ON_PAPER } else { LENGTH };
    let mut page = entry::timeline(&mut conn, &signed.who, now, &people, &filter, length).await?;
    let stay = if on.paper { Some(keep_in(&mut conn, &signed.who, now, &mut page).await?) } else { None };
    let tally = entry::tally(&mut conn, &signed.who, now, &people, &filter).await?;
    let later = match filter.known {
        Some(known) => entry::learned_later(&mut conn, &signed.who, now, &people, known).await?,
        None => 0,
    };
    let family = headers(&mut conn, &people).await?;
    // each of a family was read for a reason of their own
    let said = if whole_family {
        access::decide_many(&mut conn, &signed.who, now, &people, Sight::Open).await?
    } else {
        HashMap::new()
    };
    drop(conn);
    let code = |one: &PersonId| match said.get(one) {
        Some(Decision::Allowed(reason)) => (*one, journal::reason_code(reason)),
        _ => (*one, journal::reason_code(&why)),
    };
    let whys: Vec<(PersonId, &'static str)> = people.iter().map(code).collect();
    let what = if whole_family { Read::FamilyTimeline } else { Read::Timeline };
    let more = json!({"known": filter.known, "kind": filter.kind, "author": filter.author, "significant": filter.significant, "words": filter.words});
    journal::read_of(&app, &signed.who, what, &whys, more).await?;
    let shown = Shown {
        header: &header,
        family: &family,
        whole_family,
        typed: &typed,
        wrong: &wrong,
        filter: &filter,
        day,
        today,
        tally,
        later,
        page,
        stay,
        may_take: paper::may_take(&why),
    };
    Ok(draw(&signed, &shown))
}

/// Leaves out of a page what the reader may not take out, and says how many that were.
async fn keep_in(conn: &mut Conn, who: &Who, now: Timestamp, page: &mut entry::Page) -> Result<usize> {
    let entries: Vec<&entry::Entry> = page.entries.iter().map(|whole| &whole.entry).collect();
    let may = entry::may_take_out(conn, who, now, &entries).await?;
    let before = page.entries.len();
    let mut may = may.iter();
    page.entries.retain(|_| may.next().is_some_and(Decision::is_allowed));
    Ok(before - page.entries.len())
}

fn draw(signed: &Signed, shown: &Shown<'_>) -> Response {
    let name = shown.header.shown_name.as_str();
    let title = if shown.whole_family {
        entry::whose(name, "family timeline")
    } else {
        entry::whose(name, "timeline")
    };
    let href = format!("/person/{}", shown.header.id);
    let head = page::person_header(&PersonHeader {
        avatar: Avatar::of(&shown.header.initials, hue(shown.header.hue)).sized(Size::Large),
        name: &title,
        about: html! { a href=(href) { (shown.header.full_name) } },
        own_words: None,
        facts: &[],
    });
    let body = html! {
        .cols."aside-first" {
            aside.no-print aria-label="Choose what to show" { (choose(signed, shown)) }
            div {
                (said(shown))
                (entries(shown))
                @if let Some(stay) = shown.stay { (on_paper(shown, stay)) } @else { (paging(shown)) }
            }
        }
    };
    PersonTabs::new(shown.header, Some(Tab::Timeline)).with(|tabs| {
        let frame_of = Frame {
            title: &title,
            part: "/find",
            header: Some(head),
            tabs: Some(tabs),
            errors: Some(shown.wrong),
            ..Frame::default()
        };
        frame(signed, &frame_of, body)
    })
}

fn count(n: usize) -> String {
    if n == 1 { "1 entry".to_owned() } else { format!("{n} entries") }
}

fn path(shown: &Shown<'_>, family: bool) -> String {
    let what = if family { "family-timeline" } else { "timeline" };
    format!("/person/{}/{what}", shown.header.id)
}

/// The address of this page with some fields left out.
fn address(shown: &Shown<'_>, without: &[&str], more: &str) -> String {
    let mut address = path(shown, shown.whole_family);
    let mut sign = '?';
    for (name, value) in shown.typed.pairs() {
        if !without.contains(&name) && !value.is_empty() {
            address.push(sign);
            address.push_str(&format!("{}={}", in_address(name), in_address(value)));
            sign = '&';
        }
    }
    if !more.is_empty() {
        address.push(sign);
        address.push_str(more);
    }
    address
}

const KNOWN: &[&str] = &["known", "on-day", "on-month", "on-year", "after"];

/// What was chosen to be shown, in words: "visit, written by Nadia Farrow, with \u{201c}toast\u{201d}".
fn wanted(shown: &Shown<'_>) -> String {
    let filter = shown.filter;
    let author = filter.author.and_then(|id| shown.tally.authors.iter().find(|author| author.0 == id));
    let parts = [
        filter.significant.then(|| "big moments only".to_owned()),
        filter.kind.map(|kind| kind.plain().to_lowercase()),
        filter
            .author
            .map(|_| format!("written by {}", author.map_or("someone else", |author| author.1.as_str()))),
        filter.words.as_ref().map(|words| format!("with \u{201c}{words}\u{201d}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What is being read, and how much of it.
fn said(shown: &Shown<'_>) -> Markup {
    let narrowed =
        *shown.filter != Filter { after: shown.filter.after, known: shown.filter.known, ..Filter::default() };
    html! {
        @if let Some(day) = shown.day {
            .box."box--ground" role="status" {
                p {
                    b { "You are reading what was known at the end of " (day.strftime("%-d %B %Y").to_string()) ". " }
                    (count(shown.tally.total)) @if narrowed { ": " (wanted(shown)) } ". "
                    @if shown.later > 0 {
                        (shown.later) " that happened before then " (if shown.later == 1 { "was" } else { "were" })
                        " learned later, so " (if shown.later == 1 { "it is" } else { "they are" }) " not here."
                    }
                }
                p.no-print { a href=(address(shown, KNOWN, "")) { "Go back to what is known now" } }
            }
        } @else if narrowed {
            p role="status" { (count(shown.tally.total)) ": " (wanted(shown)) ". " a.no-print href=(path(shown, shown.whole_family)) { "Show everything" } }
        } @else { p.soft { (count(shown.tally.total)) "." } }
    }
}

fn entries(shown: &Shown<'_>) -> Markup {
    let mut rows = vec![];
    let mut year = None;
    for whole in &shown.page.entries {
        let of = when::day_of(whole.entry.happened_at).year();
        if year != Some(of) {
            rows.push(page::year(of));
            year = Some(of);
        }
        rows.push(match shown.stay {
            Some(_) => entry::on_paper(whole, shown.today),
            None => entry::on_timeline(whole, shown.today),
        });
    }
    html! {
        @if rows.is_empty() {
            (page::empty("Nothing here", html! { p { "No entry that you may read fits what you chose." } }))
        } @else { (page::timeline(&rows)) }
    }
}

/// What a document for paper does not hold.
fn on_paper(shown: &Shown<'_>, stay: usize) -> Markup {
    html! {
        @if stay > 0 { p { (count(stay)) " more can be read and may not be taken out, and " (if stay == 1 { "is" } else { "are" }) " not here." } }
        @if let Some(cursor) = shown.page.more {
            p { "This document ends here. What happened before " (when::day_of(cursor.at).strftime("%-d %B %Y").to_string()) " is in another one: choose less, or go on from “Earlier”." }
        }
    }
}

fn paging(shown: &Shown<'_>) -> Markup {
    let earlier = shown.page.more.map(|cursor: Cursor| {
        let day = when::day_of(cursor.at).strftime("%-d %B %Y").to_string();
        (address(shown, &["after"], &format!("after={cursor}")), format!("Earlier: before {day}"))
    });
    let newest = shown.filter.after.map(|_| address(shown, &["after"], ""));
    page::pagination(&Pages {
        label: "Timeline",
        here: "",
        previous: newest.as_deref().map(|href| Link { href, label: "Back to the newest" }),
        next: earlier.as_ref().map(|(href, label)| Link { href, label }),
    })
}

fn choose(signed: &Signed, shown: &Shown<'_>) -> Markup {
    let pdf = address(shown, &[], "").replacen("timeline", "timeline/pdf", 1);
    let form = Form::new(shown.typed, shown.wrong);
    let mut kinds = vec![Choice::new("", "Every kind")];
    kinds.extend(EntryKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.plain())));
    let mut authors = vec![Choice::new("", "Anyone")];
    authors.extend(shown.tally.authors.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str())));
    let day = form.date("on", "Which day");
    let known =
        vec![Choice::new("now", "Now"), Choice::new("then", "At the end of a day").under(html! { (day) })];
    let others: Vec<&str> = shown.family.iter().map(|one| one.shown_name.as_str()).collect();
    let others = match others.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        some => some.concat(),
    };
    let fields = html! {
        form.box method="get" action=(path(shown, shown.whole_family)) {
            h2 { "Show" }
            (form.radios("known", "As known", known))
            (form.text("words", "Words to look for"))
            (form.select("kind", "Kind", kinds))
            (form.select("author", "Written by", authors))
            (page::check("significant", "yes", "Only big moments", shown.filter.significant))
            .btns { (button("Show")) (page::print_button("Print")) }
        }
        (paper::link(&signed.app, shown.may_take, &pdf))
    };
    html! {
        details.filter { summary { "Choose what to show" } (fields) }
        p {
            @if shown.whole_family {
                "Of " (others) ". "
                a href=(path(shown, false)) { "Only " (shown.header.shown_name) }
            } @else { a href=(path(shown, true)) { "The whole family" } }
        }
        p.small.soft { "Filled dots are big moments. Nothing is edited away: a correction sits on top of what it corrects." }
    }
}
