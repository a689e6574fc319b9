//! Pieces for a person's page: who has seen them and when, and what happened lately.

use crate::Result;
use crate::entry::{self, Filter, when};
use crate::person::header;
use crate::room::{Card, Evidence, Look};
use db::Conn;
use page::{Markup, html};
use practice::entry::Manner;

/// How many entries the person's page shows.
const LATELY: usize = 8;

pub(super) async fn cards(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    let mut cards = vec![];
    let Some(header) = header(conn, look.person).await? else { return Ok(cards) };
    let name = header.shown_name.as_str();
    let seen = entry::seen_lately(conn, look.who, look.now, look.person, look.known).await?;
    if let Some(last) = seen.first() {
        cards.push(Card { place: 150, body: seen_card(name, last, &seen, look) });
    }
    let filter = Filter { known: look.known, ..Filter::default() };
    let page = entry::timeline(conn, look.who, look.now, &[look.person], &filter, LATELY).await?;
    let record = format!("/record?about={}", look.person);
    let entries: Vec<Markup> =
        page.entries.iter().map(|whole| entry::on_timeline(whole, look.today)).collect();
    let all = html! { a href={ "/person/" (look.person) "/timeline" } { "The whole timeline" } };
    let body = html! {
        section {
            (page::heading_row("lately", "Lately", all))
            @if entries.is_empty() {
                (page::empty("Nothing is recorded yet", html! {
                    p { "Visits, calls and meetings with " (name) " will stand here. " a href=(record) { "Record something" } }
                }))
            } @else { (page::timeline(&entries)) }
        }
    };
    cards.push(Card { place: 60, body });
    Ok(cards)
}

fn seen_card(name: &str, last: &entry::LastSeen, all: &[entry::LastSeen], look: &Look<'_>) -> Markup {
    let row = |one: &entry::LastSeen| {
        let day = when::day(when::day_of(one.at), look.today);
        let how = one.manner.map(Manner::plain).map(str::to_lowercase);
        html! {
            a href={ "/entry/" (one.entry) } { (day) } ", by " (one.by.join(" and "))
            @if one.alone { ", alone" }
            @if let Some(how) = how { " (" (how) ")" }
        }
    };
    html! {
        section {
            h2 { "Who has seen " (name) ", and when" }
            p { b { "Last seen " } (row(last)) }
            @if all.len() > 1 {
                (page::details("Before that", html! { ul { @for one in all.iter().skip(1) { li { (row(one)) } } } }))
            }
        }
    }
}

/// How many entries are looked through for words.
const LOOKED_THROUGH: usize = 40;

/// That what they said was written down on a day they were seen, and that somebody of theirs was heard in their own words.
pub(super) async fn evidence(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
    let filter = Filter { known: look.known, ..Filter::default() };
    let page = entry::timeline(conn, look.who, look.now, &[look.person], &filter, LOOKED_THROUGH).await?;
    let owned = |whole: &entry::Whole, theirs: bool| {
        whole
            .statements
            .iter()
            .any(|one| one.owner.person.is_some_and(|owner| (owner == look.person) == theirs))
    };
    let latest = |of: &'static str, theirs: bool| {
        let whole = page.entries.iter().find(|whole| owned(whole, theirs))?;
        let on = when::short_day(when::day_of(whole.entry.happened_at), look.today);
        let words = if theirs {
            format!("In their own words, {on}")
        } else {
            format!("In the words of their family, {on}")
        };
        Some(Evidence { of, words, href: format!("/entry/{}", whole.entry.id) })
    };
    Ok([latest("child-quoted", true), latest("family-words", false)].into_iter().flatten().collect())
}
