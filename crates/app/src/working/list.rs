//! Lists of people on a page: families together, the dates of several children as one, how long someone waits.

use super::people::Someone;
use crate::clock::KeptClock;
use crate::clock::shown::{self, Ribbon, ribbon};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{avatar, avatars};
use practice::access::AllocationKind;
use practice::calendar::{Calendar, days_between};
use practice::id::WorkerId;
use std::collections::BTreeMap;

/// Things said one after another: "Josie", "Josie and Theo", "Josie, Theo and Ash".
pub fn join(parts: &[Markup]) -> Markup {
    html! {
        @for (at, part) in parts.iter().enumerate() {
            @if at > 0 { @if at + 1 == parts.len() { " and " } @else { ", " } }
            (part)
        }
    }
}

/// A number with its word: "1 person", "14 people".
pub fn plural(n: usize, one: &str, several: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { several })
}

/// How long something has lasted, as people say it: "6 days", "11 weeks", "14 months", "3 years".
pub fn how_long(from: Date, to: Date) -> String {
    let days = usize::try_from(days_between(from, to)).unwrap_or(0);
    let months = usize::try_from(
        (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
            - i32::from(from.month())
            - i32::from(to.day() < from.day()),
    )
    .unwrap_or(0);
    match (days, months) {
        (0, _) => "since today".to_owned(),
        (1..=13, _) => plural(days, "day", "days"),
        (_, 0..=2) => plural(days / 7, "week", "weeks"),
        (_, 3..=23) => plural(months, "month", "months"),
        _ => plural(months / 12, "year", "years"),
    }
}

/// People grouped by the home they share, in the order of the first name of each family.
pub fn families<'a>(people: &[&'a Someone]) -> Vec<Vec<&'a Someone>> {
    let mut places: BTreeMap<uuid::Uuid, usize> = BTreeMap::new();
    let mut families: Vec<Vec<&Someone>> = vec![];
    for one in people {
        let at = *places.entry(one.family()).or_insert(families.len());
        match families.get_mut(at) {
            Some(family) => family.push(one),
            None => families.push(vec![one]),
        }
    }
    for family in &mut families {
        // the oldest first; those whose birthday nobody knows after them
        family.sort_by_key(|one| one.birth.map_or(Date::MAX, |birth| birth.on));
    }
    families
}

/// When someone was last seen, in a sentence.
pub fn last_seen(one: &Someone, today: Date) -> Markup {
    seen_by(one, None, today)
}

/// When each of a family was last seen; those seen alike in one line.
fn seen_lines(family: &[&Someone], me: Option<WorkerId>, today: Date) -> Markup {
    let mut alike: Vec<Vec<&Someone>> = vec![];
    for one in family.iter().filter(|one| one.open) {
        match alike
            .iter_mut()
            .find(|held| held.first().is_some_and(|first| first.seen == one.seen && one.seen.is_some()))
        {
            Some(held) => held.push(one),
            None => alike.push(vec![one]),
        }
    }
    let all = alike.len() == 1;
    html! {
        @for some in &alike {
            @let names: Vec<Markup> = some.iter().map(|one| html! { (one.name) }).collect();
            @let me = me.and_then(|me| some.first()?.name_of(me));
            p.soft.small {
                @if family.len() > 1 && !all { (join(&names)) ": " }
                @if let Some(first) = some.first() { (seen_by(first, me, today)) }
            }
        }
    }
}

/// `me` is the reader's own name, who is "you".
fn seen_by(one: &Someone, me: Option<&str>, today: Date) -> Markup {
    let href = format!("/person/{}/timeline", one.id);
    html! {
        @match &one.seen {
            None => { "Nobody has recorded seeing " (one.name) " yet." }
            Some(seen) => {
                "Last seen " @if seen.alone { "alone " }
                a href=(href) { (shown::weekday(seen.on, today)) }
                @match &seen.by {
                    Some(by) if Some(by.as_str()) == me => { ", by you." }
                    Some(by) => { ", by " (by) "." }
                    None if seen.brought => { ", says the old system." }
                    None => { "." }
                }
            }
        }
    }
}

fn pictures(family: &[&Someone]) -> Markup {
    match family {
        [one] => avatar(&one.avatar()),
        several => avatars(&several.iter().take(4).map(|one| one.avatar()).collect::<Vec<_>>()),
    }
}

fn with_age(one: &Someone, today: Date) -> Markup {
    html! { (one.link()) @if let Some(age) = one.age(today) { ", " (age) } }
}

/// A family as one row: who they are, what help runs, what the reader's part is, who was last seen when.
pub fn family_row(family: &[&Someone], me: Option<WorkerId>, today: Date) -> Markup {
    let mut kinds: Vec<&str> = vec![];
    for episode in family.iter().filter(|one| one.open).flat_map(|one| &one.episodes) {
        if !kinds.contains(&episode.kind.plain()) {
            kinds.push(episode.kind.plain());
        }
    }
    let helping: Vec<Markup> = me.map_or_else(Vec::new, |me| parts(family, me, today));
    html! {
        .who {
            (pictures(family))
            div {
                h3 { (join(&family.iter().map(|one| with_age(one, today)).collect::<Vec<_>>())) }
                @if !kinds.is_empty() { p { (kinds.join(", ")) "." } }
                @else if family.iter().all(|one| one.open) { p.soft { "No episode is open." } }
                @for part in &helping { p.small { (part) } }
                (seen_lines(family, me, today))
            }
        }
    }
}

/// What a worker does where they are not the responsible worker.
fn parts(family: &[&Someone], me: WorkerId, today: Date) -> Vec<Markup> {
    let mut said = vec![];
    for one in family {
        let part = match one.part_of(me, today) {
            Some(AllocationKind::Helping) => "You help",
            Some(AllocationKind::Reviewing) => "You review",
            Some(AllocationKind::Responsible) | None => continue,
        };
        let responsible = one.responsible(today);
        said.push(html! {
            (part) @if family.len() > 1 { " " (one.name) }
            @match responsible {
                Some(ally) => { ". " (ally.name) " is responsible." }
                None => { ". Waiting for a responsible worker." }
            }
        });
    }
    said
}

/// Families as rows; those beyond `most` behind a press.
pub fn family_rows(people: &[&Someone], me: Option<WorkerId>, today: Date, most: usize) -> Markup {
    let families = families(people);
    let rows: Vec<Markup> = families.iter().map(|family| family_row(family, me, today)).collect();
    let (first, rest) = rows.split_at(rows.len().min(most));
    html! {
        (page::rows(first))
        @if !rest.is_empty() {
            (page::details(&plural(rest.len(), "more family", "more families"), page::rows(rest)))
        }
    }
}

/// Someone who waits for a worker: how long, who holds them, and a way to choose a worker.
pub fn waiting_row(one: &Someone, since: Date, today: Date, calendar: &Calendar, may: bool) -> Markup {
    let days = usize::try_from(calendar.working_days_between(since, today)).unwrap_or(0);
    // over a weekend no working day has passed, and it is not today either
    let long = match days {
        0 if since == today => "Since today".to_owned(),
        0 => format!("Since {}", shown::weekday(since, today)),
        _ => {
            format!("{}, since {}", plural(days, "working day", "working days"), shown::weekday(since, today))
        }
    };
    let kinds: Vec<&str> = one.episodes.iter().map(|episode| episode.kind.plain()).collect();
    html! {
        .who {
            (avatar(&one.avatar()))
            div {
                h3 { (with_age(one, today)) }
                p { (long) "." }
                p.soft.small {
                    @if one.open { (kinds.join(", ")) }
                    @if let Some((_, team)) = one.held_by() { @if one.open { ", held by " } @else { "Held by " } (team) }
                    "."
                    @if one.open { " " (last_seen(one, today)) }
                }
                @if may {
                    p { a href={ "/person/" (one.id) "/helpers/allocate" } { "Choose a worker" span.hid { " for " (one.name) } } }
                }
            }
        }
    }
}

/// One date, of one child or of several who share a home and stand alike.
pub struct Dates<'a> {
    /// Whose.
    pub people: Vec<&'a Someone>,
    /// The clock of the first of them.
    pub kept: &'a KeptClock,
}

impl Dates<'_> {
    /// Whether it is late.
    pub const fn is_late(&self) -> bool {
        matches!(self.kept.state, practice::clock::State::Late { .. })
    }

    /// Whether it is due today or nearly.
    pub const fn is_near(&self) -> bool {
        matches!(self.kept.state, practice::clock::State::DueToday | practice::clock::State::Nearly { .. })
    }

    /// It on a page, with whoever works with them where that is not the reader.
    pub fn ribbon(&self, today: Date, whose: bool) -> Markup {
        let link = |one: &&Someone| html! { a href={ "/person/" (one.id) "/dates" } { (one.name) } };
        let names: Vec<Markup> = self.people.iter().map(link).collect();
        let worker = self.people.first().and_then(|one| one.responsible(today)).filter(|_| whose);
        let short = self.kept.why.short.to_lowercase();
        ribbon(&Ribbon {
            kept: self.kept,
            name: html! { (join(&names)) ": " (short) @if let Some(ally) = worker { span.soft.small { " (" (ally.name) ")" } } },
            today,
            all_reasons: false,
            act: None,
        })
    }
}

/// The running dates of people, late first, then by when they are due; of those who share a home and stand
/// alike as one.
pub fn dates<'a>(people: &[&'a Someone]) -> Vec<Dates<'a>> {
    let mut found: Vec<Dates<'a>> = vec![];
    // only the dates of one home can stand alike, so each family is looked at by itself
    for one in people {
        for kept in &one.clocks {
            let alike = |held: &&mut Dates<'_>| {
                let clock = &held.kept.clock;
                held.people.first().is_some_and(|first| first.family() == one.family())
                    && !held.people.iter().any(|same| same.id == one.id)
                    && (clock.rule, clock.due, clock.started.on, clock.started.what)
                        == (kept.clock.rule, kept.clock.due, kept.clock.started.on, kept.clock.started.what)
                    && held.kept.reasons.last().map(|reason| &reason.words)
                        == kept.reasons.last().map(|reason| &reason.words)
            };
            match found.iter_mut().find(alike) {
                Some(held) => held.people.push(one),
                None => found.push(Dates { people: vec![one], kept }),
            }
        }
    }
    found.sort_by_key(|dates| shown::order(dates.kept));
    found
}
