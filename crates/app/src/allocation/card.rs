//! People helping me: who is responsible and since when, who else helps, who did before, or since when the
//! person waits.

use super::actions::{Helper, helpers};
use super::store::{self, WaitingRow};
use crate::clock::shown::day;
use crate::frame::hue;
use crate::room::{Card, Look};
use crate::working::{how_long, plural};
use crate::{Result, told};
use db::{Conn, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, avatar, ribbon};
use practice::access::AllocationKind;
use practice::calendar::days_between;
use practice::episode::waiting_since;
use practice::id::PersonId;
use practice::story::ReadState;
use uuid::Uuid;

/// Since when someone waits for a worker, and which team's manager answers meanwhile.
pub(super) struct Waiting {
    pub(super) since: Date,
    pub(super) team: Option<(Uuid, String)>,
}

/// Whether someone works with the person on a day.
pub(super) fn works_on(helper: &Helper, day: Date) -> bool {
    helper.from <= day && helper.to.is_none_or(|to| to >= day)
}

pub(super) async fn waiting(
    conn: &mut Conn,
    person: PersonId,
    all: &[Helper],
    today: Date,
) -> Result<Option<Waiting>> {
    let responsible = |one: &Helper| one.part == AllocationKind::Responsible && works_on(one, today);
    if all.iter().any(responsible) {
        return Ok(None);
    }
    let row: WaitingRow = conn.one(store::WAITING, args![person, today]).await?;
    let Some(opened) = row.opened else { return Ok(None) };
    let since = waiting_since(opened.0, row.left_on.map(|left| left.0));
    let teams: Vec<(Uuid, String)> = conn.all(store::HELD_BY, args![person, today]).await?;
    Ok(Some(Waiting { since, team: teams.into_iter().next() }))
}

/// That whoever is responsible has not read the story so far, said plainly.
pub(super) async fn unread(
    conn: &mut Conn,
    person: PersonId,
    all: &[Helper],
    today: Date,
) -> Result<Option<String>> {
    let responsible: Vec<&Helper> =
        all.iter().filter(|one| one.part == AllocationKind::Responsible).collect();
    let Some(now) = responsible.iter().find(|one| answers(&responsible, one, today)) else { return Ok(None) };
    let state = told::story(conn, person, None).await?.state(now.worker);
    Ok((state == ReadState::NotRead).then(|| format!("{} has not read their story yet.", now.name)))
}

/// The card on a person's page.
pub(super) async fn card(conn: &mut Conn, look: &Look<'_>) -> Result<Card> {
    let all = helpers(conn, look.person).await?;
    let waits = waiting(conn, look.person, &all, look.today).await?;
    let href = format!("/person/{}/helpers", look.person);
    let unread = unread(conn, look.person, &all, look.today).await?;
    let body = html! {
        section aria-labelledby="h-help" {
            (page::heading_row("h-help", "People helping me", html! { a href=(href) { "All" span.hid { " who help or helped" } } }))
            (list(&all, waits.as_ref(), look.today))
            @if !all.is_empty() { p.small { a href={ "/person/" (look.person) "/continuity" } { "Over time: who, how long, how often it changed" } } }
            @if let Some(words) = &unread { p.small { (words) " " a href={ "/person/" (look.person) "/story" } { "The story so far" } } }
        }
    };
    Ok(Card { place: 110, body })
}

/// Who helps and helped, as the card and the page show it.
pub(super) fn list(all: &[Helper], waits: Option<&Waiting>, today: Date) -> Markup {
    let responsible: Vec<&Helper> =
        all.iter().filter(|one| one.part == AllocationKind::Responsible).collect();
    let others: Vec<&Helper> =
        all.iter().filter(|one| one.part != AllocationKind::Responsible && works_on(one, today)).collect();
    html! {
        @if let Some(waits) = waits {
            p { b { "Waiting for a worker" } " since " (day(waits.since, today)) " (" (lasted(waits.since, today)) ")." }
            @if let Some((_, team)) = &waits.team { p.soft.small { "Until then the manager of " (team) " answers." } }
        }
        @if all.is_empty() && waits.is_none() { p.soft { "Nobody is allocated, and no episode is open." } }
        @if !responsible.is_empty() {
            h3 { "Responsible workers" }
            @if responsible.len() > 1 { (tenure(&responsible, today)) }
            (page::rows(&responsible.iter().map(|one| row(one, answers(&responsible, one, today), today)).collect::<Vec<_>>()))
            @if responsible.len() > 1 { p.small { (said(&responsible, today)) } }
        }
        @if !others.is_empty() {
            h3 { "Others" }
            (page::rows(&others.iter().map(|one| row(one, true, today)).collect::<Vec<_>>()))
        }
    }
}

fn lasted(from: Date, to: Date) -> String {
    how_long(from, to)
}

/// How long each was responsible, as one ribbon from the first to the latest.
fn tenure(responsible: &[&Helper], today: Date) -> Markup {
    let mut spans = vec![];
    let mut label = vec![];
    for one in responsible.iter().rev() {
        let until = one.to.unwrap_or(today);
        spans.push((hue(one.hue), u32::try_from(days_between(one.from, until)).unwrap_or(0).max(1)));
        label.push(format!("{} {}", one.name, lasted(one.from, until)));
    }
    ribbon(&format!("Who was responsible: {}", label.join(", ")), &spans)
}

fn said(responsible: &[&Helper], today: Date) -> String {
    let mut workers: Vec<_> = responsible.iter().map(|one| one.worker).collect();
    workers.sort_unstable();
    workers.dedup();
    let first = responsible.iter().map(|one| one.from).min().unwrap_or(today);
    format!("{} in {}.", plural(workers.len(), "worker", "workers"), how_long(first, today))
}

/// Whether this one of the responsible workers answers today: on the day of a hand-over only the new one.
fn answers(responsible: &[&Helper], one: &Helper, today: Date) -> bool {
    works_on(one, today) && (one.to.is_none() || !responsible.iter().any(|other| other.to.is_none()))
}

fn row(one: &Helper, now: bool, today: Date) -> Markup {
    let initials = crate::who::initials(&one.name);
    let until = one.to.unwrap_or(today);
    page::who(
        avatar(&Avatar::of(&initials, hue(one.hue))),
        html! {
            b { (one.name) }
            p.small.soft {
                @if now {
                    @match one.part {
                        AllocationKind::Responsible => { "Responsible now. " }
                        AllocationKind::Helping => { "Helping. " }
                        AllocationKind::Reviewing => { "Reviewing. " }
                    }
                    "Since " (day(one.from, today))
                    @if one.from < today { " (" (lasted(one.from, today)) ")" }
                    @if one.to.is_some() { ", until today" }
                    "."
                } @else {
                    (lasted(one.from, until)) ", " (day(one.from, today)) " to " (day(until, today)) "."
                }
                @if let Some((_, team)) = &one.team { " " (team) "." }
                @if let Some(why) = one.end_reason.as_ref().filter(|_| !now) { " " (why) "." }
            }
        },
    )
}
