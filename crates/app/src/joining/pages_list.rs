//! The list of people who may have two records, and finding the other record of somebody.

use super::look::{Pair, last_look, pairs, pairs_of};
use crate::frame::{Frame, frame, hue};
use crate::journal::{Act, reading};
use crate::person::{Header, headers, seek};
use crate::who::Signed;
use crate::{Oops, Result, access, entry, person};
use axum::extract::{Path, Query};
use axum::response::Response;
use db::Conn;
use maud::{Markup, html};
use page::{Avatar, Field, Icon, Link, Pages, Size, Tag, button, buttons};
use practice::access::{Action, Decision, Sight};
use practice::id::PersonId;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// How many pairs stand on a page.
const PAGE: usize = 20;
/// How many stretches of pairs are read for one page, where most are hidden from the reader.
const STRETCHES: usize = 10;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
    /// The last pair of the page before: strength, the one, the other.
    after: Option<String>,
    q: Option<String>,
}

fn after(words: Option<&str>) -> (i64, Uuid, Uuid) {
    let mut parts = words.unwrap_or_default().split('.');
    let first = (i64::MAX, Uuid::nil(), Uuid::nil());
    let (Some(strength), Some(one), Some(two)) = (parts.next(), parts.next(), parts.next()) else {
        return first;
    };
    match (strength.parse(), one.parse(), two.parse()) {
        (Ok(strength), Ok(one), Ok(two)) => (strength, one, two),
        _ => first,
    }
}

/// A pair of which the reader may join both, with their heads.
struct Shown {
    pair: Pair,
    one: Header,
    two: Header,
}

async fn let_through(conn: &mut Conn, signed: &Signed, found: Vec<Pair>) -> Result<Vec<Shown>> {
    let people: Vec<PersonId> = found.iter().flat_map(|pair| [pair.one, pair.two]).collect();
    let now = signed.app.moment().now();
    let decided = access::decide_many(conn, &signed.who, now, &people, Sight::Join).await?;
    let may = |person: &PersonId| decided.get(person).is_some_and(Decision::is_allowed);
    let heads: HashMap<PersonId, Header> =
        headers(conn, &people).await?.into_iter().map(|header| (header.id, header)).collect();
    let both = |pair: Pair| {
        let (one, two) = (heads.get(&pair.one)?.clone(), heads.get(&pair.two)?.clone());
        (may(&pair.one) && may(&pair.two)).then_some(Shown { pair, one, two })
    };
    Ok(found.into_iter().filter_map(both).collect())
}

/// One page of pairs, and whether there are more.
async fn page_of(
    conn: &mut Conn,
    signed: &Signed,
    mut from: (i64, Uuid, Uuid),
) -> Result<(Vec<Shown>, bool)> {
    let mut all = vec![];
    for _ in 0..STRETCHES {
        let found = pairs(conn, from).await?;
        let Some(last) = found.last() else { break };
        from = (last.strength, last.one.0, last.two.0);
        all.extend(let_through(conn, signed, found).await?);
        if all.len() > PAGE {
            break;
        }
    }
    let more = all.len() > PAGE;
    all.truncate(PAGE);
    Ok((all, more))
}

fn face(header: &Header) -> Markup {
    let year = header.birth_year.map(|year| format!(", born in {year}")).unwrap_or_default();
    let avatar = Avatar::of(&header.initials, hue(header.hue)).sized(Size::Large);
    page::who(page::avatar(&avatar), html! { p { (header.full_name) (year) } })
}

fn row(shown: &Shown) -> Markup {
    let href = format!("/person/{}/join/{}", shown.one.id, shown.two.id);
    let (kind, words) =
        if shown.pair.strength > 0 { (Tag::Nearly, "Almost certainly") } else { (Tag::Plain, "Likely") };
    html! {
        (face(&shown.one))
        (face(&shown.two))
        p { (page::tag(kind, words)) " " (shown.pair.why.join(". ")) "." }
        p { a href=(href) { "Compare " (shown.one.full_name) " and " (shown.two.full_name) } }
    }
}

fn search(place: &str, words: &str) -> Markup {
    html! {
        form method="get" action=(place) role="search" {
            (Field::search("q", "Find someone by name, birthday or number").value(words))
            (buttons(html! { (button("Find").icon(Icon::Search).quiet()) }))
        }
    }
}

/// Whom a search found, each with where it leads.
async fn hits(conn: &mut Conn, signed: &Signed, words: &str, besides: Option<PersonId>) -> Result<Markup> {
    let now = signed.app.moment().now();
    let found = seek::search(conn, &signed.who, now, words, 0).await?;
    let people: Vec<PersonId> = found.hits.iter().map(|hit| hit.person).collect();
    let decided = access::decide_many(conn, &signed.who, now, &people, Sight::Join).await?;
    let may =
        |person: PersonId| decided.get(&person).is_some_and(Decision::is_allowed) && Some(person) != besides;
    let href = |person: PersonId| match besides {
        Some(first) => format!("/person/{first}/join/{person}"),
        None => format!("/person/{person}/join"),
    };
    let rows: Vec<Markup> = found
        .hits
        .iter()
        .filter(|hit| may(hit.person))
        .map(|hit| {
            let year = hit.birth_year.map(|year| format!(", born in {year}")).unwrap_or_default();
            let avatar = Avatar::of(&hit.initials, hue(hit.hue)).sized(Size::Large);
            page::who(page::avatar(&avatar), html! { p { a href=(href(hit.person)) { (hit.name) } (year) } })
        })
        .collect();
    Ok(html! {
        @if rows.is_empty() {
            (page::empty("Nobody by these words", html! { "Only people whose records you may join stand here." }))
        } @else { (page::rows(&rows)) }
    })
}

/// Notes whose pairs were shown, or what was looked for.
async fn note(signed: &Signed, shown: &[Shown], words: &str) -> Result<()> {
    let about: Vec<PersonId> = shown.iter().flat_map(|it| [it.one.id, it.two.id]).collect();
    let payload = json!({"words": words, "found": shown.len()});
    reading(&signed.app, &signed.who, Act { action: "list_likely_pairs", about: &about, payload }).await
}

/// `GET /joining`
pub(super) async fn list(signed: Signed, Query(asked): Query<Asked>) -> Result<Response> {
    access::permit(&signed.who, Action::JoinRecords)?;
    let words = asked.q.as_deref().unwrap_or_default().trim().to_owned();
    let mut conn = signed.app.db.read().await?;
    let looked = last_look(&mut conn).await?;
    let (shown, more) = page_of(&mut conn, &signed, after(asked.after.as_deref())).await?;
    let found = if words.is_empty() { None } else { Some(hits(&mut conn, &signed, &words, None).await?) };
    drop(conn);
    note(&signed, &shown, &words).await?;
    let rows: Vec<Markup> = shown.iter().map(row).collect();
    let next = shown.last().filter(|_| more).map(|last| {
        let pair = &last.pair;
        format!("/joining?after={}.{}.{}", pair.strength, pair.one, pair.two)
    });
    let body = html! {
        h1 { "People who may have two records" }
        @if let Some((at, people)) = looked {
            p { "Everybody is compared with everybody each night, as when a record is begun. Last on " (person::pages::day(entry::when::day_of(at))) " at " (entry::when::time(at)) ", " (people) " people." }
        } @else {
            p { "Everybody is compared with everybody each night; the first night is still to come. " code { "alongside person duplicates" } " does it at once." }
        }
        @if rows.is_empty() {
            (page::empty("Nobody", html! { "No two records that you may join look like one person." }))
        } @else { (page::rows(&rows)) }
        (page::pagination(&Pages {
            label: "Pairs of records",
            here: if asked.after.is_some() { "Less likely pairs" } else { "The likeliest pairs" },
            previous: asked.after.as_ref().map(|_| Link { href: "/joining", label: "Likeliest" }),
            next: next.as_deref().map(|href| Link { href, label: "Less likely" }),
        }))
        section aria-labelledby="h-know" {
            h2 id="h-know" { "Do you know of someone else?" }
            (search("/joining", &words))
            @if let Some(found) = found { (found) }
        }
    };
    let said = asked
        .done
        .as_deref()
        .filter(|done| *done == "apart")
        .map(|_| "Kept: they are two people, and nobody is asked again.");
    let page = Frame { title: "People who may have two records", part: "/joining", said, ..Frame::default() };
    Ok(frame(&signed, &page, body))
}

/// `GET /person/{id}/join`
pub(super) async fn of_person(
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    access::enter(app, &mut conn, &signed.who, id, Sight::Join).await?;
    let header = person::header(&mut conn, id).await?.ok_or(Oops::NotFound)?;
    let found = pairs_of(&mut conn, id).await?;
    let shown = let_through(&mut conn, &signed, found).await?;
    let words = asked.q.as_deref().unwrap_or_default().trim().to_owned();
    let hits = if words.is_empty() { None } else { Some(hits(&mut conn, &signed, &words, Some(id)).await?) };
    drop(conn);
    note(&signed, &shown, &words).await?;
    let rows: Vec<Markup> = shown.iter().map(row).collect();
    let place = format!("/person/{id}/join");
    let body = html! {
        h1 { "Another record of " (header.full_name) "?" }
        @if !rows.is_empty() { h2 { "Who it may be" } (page::rows(&rows)) }
        section aria-labelledby="h-know" {
            h2 id="h-know" { "Find the other record" }
            (search(&place, if words.is_empty() { &header.full_name } else { &words }))
            @if let Some(hits) = hits { (hits) }
        }
    };
    let back = format!("/person/{id}");
    let label = format!("Back to {}", header.shown_name);
    let page = Frame {
        title: "Another record of someone",
        part: "/joining",
        back: Some(Link { href: &back, label: &label }),
        ..Frame::default()
    };
    Ok(frame(&signed, &page, body))
}
