//! The head of a person's pages: who they are in one line, and the tabs below it.

use crate::frame::hue;
use crate::person::facts::Name;
use crate::person::{Header, Profile};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, NavItem, PersonHeader, Size, Tabs};
use practice::calendar::days_between;
use practice::id::PersonId;
use practice::person::{Birth, BirthBasis, DetailKind, NameKind};

pub use crate::moment::written as day;

/// "since 3 October 2026", "until ...", "from ... to ...", or nothing.
pub(super) fn span(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (None, None) => String::new(),
        (Some(from), None) => format!("since {}", day(from)),
        (None, Some(to)) => format!("until {}", day(to)),
        (Some(from), Some(to)) => format!("{} to {}", day(from), day(to)),
    }
}

/// "Josie's", "Ross's".
pub fn whose(name: &str) -> String {
    format!("{name}’s")
}

/// An age in words: "9", "5 months", "3 weeks", "expected 1 December 2026".
pub fn age(birth: Option<Birth>, today: Date) -> Option<String> {
    let birth = birth?;
    if birth.basis == BirthBasis::Expected {
        return Some(format!("expected {}", day(birth.on)));
    }
    let years = birth.age_on(today)?;
    let about = if birth.basis == BirthBasis::Exact { "" } else { "about " };
    if years > 0 {
        return Some(format!("{about}{years}"));
    }
    let days = days_between(birth.on, today);
    let (count, unit) = match days {
        0..=13 => (days, "day"),
        14..=62 => (days / 7, "week"),
        _ => (days * 12 / 365, "month"),
    };
    Some(format!("{about}{count} {unit}{}", if count == 1 { "" } else { "s" }))
}

/// The pages of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// `/person/{id}`.
    Overview,
    /// `/person/{id}/story`.
    Story,
    /// `/person/{id}/plan`.
    Plan,
    /// `/person/{id}/staying-in-touch`.
    StayingInTouch,
    /// `/person/{id}/timeline`.
    Timeline,
    /// `/person/{id}/people`.
    People,
    /// `/person/{id}/network`.
    Network,
    /// `/person/{id}/episodes`.
    Episodes,
    /// `/person/{id}/steps`.
    Steps,
    /// `/person/{id}/dates`.
    Dates,
    /// `/person/{id}/about`.
    About,
    /// `/person/{id}/readings`.
    Readings,
}

/// The tabs of one person's pages, made for one answer.
pub struct PersonTabs {
    label: String,
    hue: i64,
    hrefs: Vec<(String, &'static str, bool)>,
}

impl PersonTabs {
    /// The tabs, with the one the reader is in.
    pub fn new(header: &Header, here: Option<Tab>) -> Self {
        let at =
            |tab: Tab, path: &str, words| (format!("/person/{}{path}", header.id), words, here == Some(tab));
        let hrefs = vec![
            at(Tab::Overview, "", "Overview"),
            at(Tab::Story, "/story", "Story"),
            at(Tab::Plan, "/plan", "Plan"),
            at(Tab::StayingInTouch, "/staying-in-touch", "In touch"),
            at(Tab::Timeline, "/timeline", "Timeline"),
            at(Tab::People, "/people", "People"),
            at(Tab::Network, "/network", "Picture"),
            at(Tab::Episodes, "/episodes", "Episodes"),
            at(Tab::Steps, "/steps", "Steps"),
            at(Tab::Dates, "/dates", "Dates"),
            at(Tab::About, "/about", "Details"),
            at(Tab::Readings, "/readings", "Who has read this"),
        ];
        Self { label: format!("{} pages", whose(&header.shown_name)), hue: header.hue, hrefs }
    }

    /// As the frame wants them.
    pub fn with<T>(&self, draw: impl FnOnce(Tabs<'_>) -> T) -> T {
        let items: Vec<NavItem<'_>> = self
            .hrefs
            .iter()
            .map(|(href, label, current)| NavItem { href, label, current: *current })
            .collect();
        draw(Tabs { label: &self.label, hue: Some(hue(self.hue)), items: &items })
    }
}

/// The heading of a person's pages, small: for every page but the first.
pub fn heading(header: &Header, today: Date) -> Markup {
    let age = age(header.birth, today);
    page::person_header(&PersonHeader {
        avatar: Avatar::of(&header.initials, hue(header.hue)).sized(Size::Largest),
        name: &header.shown_name,
        about: html! { (header.full_name) @if let Some(age) = age { ", " (age) } },
        own_words: None,
        facts: &[],
    })
}

/// Where the photo of somebody is, if they have one.
pub(super) fn photo_href(profile: &Profile) -> Option<String> {
    let photo = profile.now(DetailKind::Photo).next()?;
    Some(format!("/person/{}/photo/{}", profile.header.id, photo.id))
}

fn names(profile: &Profile) -> String {
    let header = &profile.header;
    let other = |it: &&Name| it.kind == NameKind::Alias && it.to.is_none();
    let known_as: Vec<String> = profile.names.iter().filter(other).map(Name::whole).collect();
    let mut words = header.full_name.clone();
    if !known_as.is_empty() {
        words.push_str(&format!(" (also known as {})", known_as.join(", ")));
    }
    words
}

/// The heading of the first page: names, age, pronouns, what matters to them, who they live with.
pub(super) fn whole_heading(profile: &Profile) -> Markup {
    let (header, today) = (&profile.header, profile.today);
    let pronouns = profile.one(DetailKind::Pronouns);
    let photo = photo_href(profile);
    let died = profile.one(DetailKind::Died).and_then(|words| words.parse::<Date>().ok());
    let with: Vec<Markup> = profile
        .household()
        .iter()
        .filter_map(|member| profile.people.get(&member.person))
        .map(|known| html! { a href={ "/person/" (known.header.id) } { (known.header.shown_name) } })
        .collect();
    let mut facts = vec![];
    if let Some(died) = died {
        facts.push(html! { "Died on " (day(died)) });
    } else if let Some(age) = age(header.birth, today).filter(|_| header.birth.is_some()) {
        facts.push(born(header.birth, &age));
    }
    if !with.is_empty() {
        facts.push(html! { "Lives with " (joined(&with)) });
    }
    if let Some(school) = profile.one(DetailKind::School) {
        facts.push(html! { (school) });
    }
    let about = html! {
        (names(profile))
        @if let Some(age) = age(header.birth, today) { ", " (age) }
        "." @if let Some(pronouns) = pronouns { " " (capital(pronouns)) "." }
    };
    page::person_header(&PersonHeader {
        avatar: Avatar::of(&header.initials, hue(header.hue)).sized(Size::Largest).photo(photo.as_deref()),
        name: &header.shown_name,
        about,
        own_words: profile.one(DetailKind::MattersToMe),
        facts: &facts,
    })
}

/// With a capital at the beginning.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Ended by a full stop, if nothing ends it yet.
pub(super) fn stopped(words: &str) -> String {
    let words = words.trim();
    let dot = if words.ends_with(['.', '!', '?', '…']) || words.is_empty() { "" } else { "." };
    format!("{words}{dot}")
}

fn born(birth: Option<Birth>, age: &str) -> Markup {
    let Some(birth) = birth else { return html! { (age) } };
    match birth.basis {
        BirthBasis::Exact => html! { "Born " (day(birth.on)) },
        BirthBasis::Estimated => html! { "Born about " (day(birth.on)) ", an estimate" },
        BirthBasis::Disputed => html! { "Born " (day(birth.on)) ", which is disputed" },
        BirthBasis::Expected => html! { "Not yet born" },
    }
}

/// "Mum", "Mum and Theo", "Mum, Theo and Ash".
pub(super) fn joined(parts: &[Markup]) -> Markup {
    html! {
        @for (at, part) in parts.iter().enumerate() {
            @if at > 0 { @if at + 1 == parts.len() { " and " } @else { ", " } }
            (part)
        }
    }
}

/// The address of a person's page.
pub(super) fn href(person: PersonId) -> String {
    format!("/person/{person}")
}
