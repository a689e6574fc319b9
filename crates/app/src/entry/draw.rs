//! An entry drawn: its heading in a sentence, its place in a timeline, the whole of it, and as plain text.

use super::draw_held::beside;
use super::follows::of;
use super::said::{File, Owner, Promised, Statement, Whole};
use super::when;
use super::whole::{Entry, InIt};
use crate::frame::hue;
use crate::who::first_name;
use jiff::civil::Date;
use page::{Avatar, FileRow, Markup, Tag, Voice, html};
use practice::entry::{EntryKind, Manner, Part, PromiseState, Readers, Seen, StatementForm};
use practice::sharing::What;
use std::fmt::Write as _;

/// How many letters of what happened a timeline shows before "Read on".
const SHOWN: usize = 420;

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What sort of thing it was and where: "Home visit", "Visit at school or nursery", "Call".
pub fn sort(entry: &Entry) -> String {
    match (entry.kind, entry.manner) {
        (EntryKind::Visit, Some(Manner::HomeVisit)) => "Home visit".to_owned(),
        (EntryKind::Visit | EntryKind::Meeting | EntryKind::Observation, Some(manner)) => {
            format!("{} {}", entry.kind.plain(), manner.plain().to_lowercase())
        }
        (kind, _) => kind.plain().to_owned(),
    }
}

/// Who saw whom, or whom it is about: "Nadia saw Josie alone and did not see Theo".
fn sentence(entry: &Entry) -> String {
    let named = |wanted: Seen| -> Vec<&str> {
        entry.about().filter(|one| one.seen == Some(wanted)).map(|one| one.name.as_str()).collect()
    };
    let (alone, seen, not) = (named(Seen::Alone), named(Seen::Yes), named(Seen::No));
    if alone.is_empty() && seen.is_empty() && not.is_empty() {
        let about: Vec<&str> = entry.about().map(|one| one.name.as_str()).collect();
        return listed(&about);
    }
    let who = entry.author.as_ref().map_or("a worker", |author| first_name(&author.name));
    let mut parts = vec![];
    if !alone.is_empty() {
        parts.push(format!("saw {} alone", listed(&alone)));
    }
    if !seen.is_empty() {
        parts.push(format!("saw {}", listed(&seen)));
    }
    if !not.is_empty() {
        parts.push(format!("did not see {}", listed(&not)));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    format!("{who} {}", listed(&parts))
}

/// An entry in one line: its title, or what it was and who saw whom.
pub fn heading(entry: &Entry) -> String {
    match &entry.title {
        Some(title) => title.clone(),
        None => format!("{}: {}", sort(entry), sentence(entry)),
    }
}

fn owner_avatar(owner: &Owner) -> Avatar<'_> {
    Avatar::of(&owner.initials, hue(owner.hue))
}

/// How words were given: "said", "said, translated, in Yoruba".
fn form_words(one: &Statement) -> String {
    match (&one.form, &one.original_language) {
        (StatementForm::Translated, Some(language)) => format!("said in {language}, translated"),
        (form, Some(language)) => format!("{}, in {language}", form.plain()),
        (form, None) => form.plain().to_owned(),
    }
}

fn voice(one: &Statement) -> Markup {
    let worker = one.owner.worker.is_some();
    let form = html! { (form_words(one)) };
    page::voice(&Voice { worker, ..Voice::of(owner_avatar(&one.owner), &one.owner.name, form, &one.words) })
}

fn state_tag(promise: &Promised, today: Date) -> Option<Markup> {
    match promise.state {
        PromiseState::Kept => Some(page::tag(Tag::Done, "Kept")),
        PromiseState::NotKept => Some(page::tag(Tag::Plain, "Not kept")),
        PromiseState::Dropped => Some(page::tag(Tag::Plain, "No longer needed")),
        PromiseState::Open => {
            let due = promise.due_on?;
            (due < today).then(|| page::tag(Tag::Late, &late_words(due, today)))
        }
    }
}

/// "3 days late".
pub fn late_words(due: Date, today: Date) -> String {
    let days = due.until(today).map_or(0, |span| span.get_days());
    if days == 1 { "1 day late".to_owned() } else { format!("{days} days late") }
}

/// A promise as a row: who will do what by when, how it stands, what happened.
pub fn promise(promise: &Promised, today: Date, act: Option<Markup>) -> Markup {
    let due = promise.due_on.map(|due| format!("By {}.", when::day(due, today)));
    let ended = promise.ended_on.map(|day| when::day(day, today));
    let about = html! {
        @if let Some(due) = &due { (due) }
        @if let Some(outcome) = &promise.outcome { " " (outcome) }
        @if let Some(ended) = &ended { " (" (ended) ")" }
    };
    let about = (due.is_some() || promise.outcome.is_some() || ended.is_some()).then_some(about);
    page::promise(&page::Promise {
        avatar: owner_avatar(&promise.by),
        words: html! { b { (promise.by.name) } " will " (lower_first(&promise.what)) },
        about,
        state: state_tag(promise, today),
        act,
    })
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next();
    let second = letters.clone().next();
    match first {
        // "I" and names in capitals stay as they are
        Some(first) if second.is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

/// Cuts words at a space, where they are longer than a timeline shows.
fn cut(words: &str) -> Option<&str> {
    let (end, _) = words.char_indices().nth(SHOWN)?;
    let short = words.get(..end)?;
    Some(short.rsplit_once(char::is_whitespace).map_or(short, |(short, _)| short))
}

/// Words with their lines kept.
pub fn paragraphs(words: &str) -> Markup {
    html! { @for part in words.split("\n\n").filter(|part| !part.trim().is_empty()) { p.words { (part.trim()) } } }
}

/// The files of an entry: pictures small, the rest by name.
pub fn files(all: &[File]) -> Markup {
    let hrefs: Vec<(String, String, String, String)> = all
        .iter()
        .map(|one| {
            let href = format!("/attachment/{}", one.id);
            let about = format!("{}, {}", one.kind.words(), files::size_in_words(one.size));
            (href.clone(), format!("{href}/small"), about, one.described.clone().unwrap_or_default())
        })
        .collect();
    let rows: Vec<FileRow<'_>> = all
        .iter()
        .zip(&hrefs)
        .map(|(one, (href, small, about, described))| FileRow {
            name: if described.is_empty() { &one.name } else { described },
            href,
            about,
            picture: one.thumbnail.is_some().then_some((small.as_str(), described.as_str())),
            act: None,
        })
        .collect();
    html! {
        @if rows.iter().any(|row| row.picture.is_some()) { (page::tiles(&rows)) }
        @else if !rows.is_empty() { (page::file_list(&rows)) }
    }
}

/// What a choice of readers means, where it holds something back.
pub fn held(entry: &Entry, today: Date) -> Option<Markup> {
    let review = entry.readers_review_on.map(|day| when::day(day, today));
    match entry.readers {
        Readers::Present => None,
        Readers::Staff => Some(page::held(
            "those who were there",
            html! {
                "Only staff who work with them read this. "
                @if let Some(why) = &entry.readers_why { (why) " " }
                @if let Some(day) = review { span.soft { "Look again on " (day) "." } }
            },
        )),
        Readers::Named => {
            let names: Vec<&str> = entry.named.iter().map(|one| one.name.as_str()).collect();
            let names = listed(&names);
            Some(page::restricted("Open only to people named", html! { (names) ", and whoever wrote it." }))
        }
    }
}

fn not_seen(entry: &Entry) -> Markup {
    let not: Vec<&InIt> = entry.about().filter(|one| one.seen == Some(Seen::No)).collect();
    html! {
        @for one in not {
            p { b { (one.name) " was not seen." } @if let Some(why) = &one.not_seen_why { " " (why) } }
        }
    }
}

/// An entry's place in a timeline, whose newest wording may be elsewhere.
pub fn on_timeline(whole: &Whole, today: Date) -> Markup {
    placed(whole, today, cut(&whole.entry.narrative))
}

/// An entry's place in a timeline on paper: all of what happened.
pub fn on_paper(whole: &Whole, today: Date) -> Markup {
    placed(whole, today, None)
}

fn placed(whole: &Whole, today: Date, short: Option<&str>) -> Markup {
    let entry = &whole.entry;
    let day = when::day_of(entry.happened_at);
    let (datetime, when) =
        (day.to_string(), format!("{}, {}", day_words(day), when::time(entry.happened_at)));
    let href = format!("/entry/{}", entry.id);
    let id = format!("e{}", entry.id);
    let body = html! {
        @if entry.title.is_some() && entry.kind != EntryKind::Step { p.soft { (sort(entry)) ": " (sentence(entry)) } }
        @if let Some(to) = entry.written_to.and_then(|to| entry.person(to)) { p { b { "Written to " (to.name) } } }
        @if entry.about().count() > 1 { (people(entry)) }
        (not_seen(entry))
        (paragraphs(short.unwrap_or(&entry.narrative)))
        @if short.is_some() { p { a href=(href) { "Read on" span.hid { ": " (heading(entry)) } } } }
        (beside(whole, What::All, today))
        (beside(whole, What::Account, today))
        @for (at, one) in whole.statements.iter().enumerate() { (voice(one)) (beside(whole, What::Words(at), today)) }
        @if !whole.promises.is_empty() {
            ul.plain { @for one in &whole.promises { (promise(one, today, None)) } }
        }
        (files(&whole.files))
        (disagreed(whole, today))
        @if let Some(held) = held(entry, today) { (held) }
        (versions(entry, today, &href))
    };
    page::entry(&page::Entry {
        datetime: &datetime,
        when: &when,
        heading: html! { a href=(href) { (heading(entry)) } },
        significant: entry.significant,
        body,
        foot: Some(foot(entry, today)),
        id: Some(&id),
    })
}

/// The day without its year, which stands above in a timeline.
fn day_words(day: Date) -> String {
    when::day(day, day)
}

fn people(entry: &Entry) -> Markup {
    let mut chips = vec![];
    for one in entry.people.iter().filter(|one| one.part != Part::Words) {
        chips.push(page::chip(&Avatar::of(&one.initials, hue(one.hue)), &one.name, None));
    }
    page::chips(&chips)
}

/// That it was corrected, or corrects something, in a tag.
fn versions(entry: &Entry, today: Date, href: &str) -> Markup {
    let corrected = entry.superseded_at.map(|at| when::short_day(when::day_of(at), today));
    html! {
        @if let Some(day) = corrected {
            (page::tags(&[page::tag(Tag::Corrected, &format!("Later corrected, {day}"))]))
            p.no-print { a href=(href) { "Read both" span.hid { " versions of this" } } }
        } @else if let Some(why) = &entry.corrected_why {
            (page::tags(&[page::tag(Tag::Corrected, "Corrected")]))
            (page::details("What changed, and why", html! { p { (why) } p.no-print { a href=(href) { "Read the older version" } } }))
        }
    }
}

fn foot(entry: &Entry, today: Date) -> Markup {
    let written = when::short_day(when::day_of(entry.recorded_at), today);
    html! {
        "Written " (written)
        @if let Some(author) = &entry.author { " by " (author.name) }
        "."
        @if let Some(source) = &entry.source { " " (source) }
    }
}

/// Everything in an entry but its heading.
pub fn whole(whole: &Whole, today: Date) -> Markup {
    let entry = &whole.entry;
    html! {
        (facts(entry, today))
        (not_seen(entry))
        @if !entry.narrative.is_empty() { h2 { "What happened" } (paragraphs(&entry.narrative)) }
        (beside(whole, What::All, today))
        (beside(whole, What::Account, today))
        @if !whole.statements.is_empty() {
            h2 { "In their own words" }
            @for (at, one) in whole.statements.iter().enumerate() { (voice(one)) (beside(whole, What::Words(at), today)) }
        }
        @if !whole.promises.is_empty() {
            h2 { "What was agreed" }
            ul.plain { @for one in &whole.promises { (promise(one, today, None)) } }
        }
        @if !whole.files.is_empty() { h2 { "Photos and files" } (files(&whole.files)) }
        @if !whole.disagreed.is_empty() { h2 { "Not everybody agrees" } (disagreed(whole, today)) }
    }
}

/// What people do not agree with, each with what was said to it: shown wherever the entry is.
pub fn disagreed(whole: &Whole, today: Date) -> Markup {
    let day = |at| when::short_day(when::day_of(at), today);
    html! {
        @for one in &whole.disagreed {
            (page::voice(&Voice::of(owner_avatar(&one.by), &one.by.name, html! { "does not agree, " (day(one.at)) }, &one.words)))
            @for reply in &one.answers {
                (page::voice(&Voice { worker: true, ..Voice::of(owner_avatar(&reply.by), &reply.by.name, html! { "answered, " (day(reply.at)) }, &reply.words) }))
            }
        }
    }
}

fn facts(entry: &Entry, today: Date) -> Markup {
    let row = |term, value: Markup| page::SummaryRow { term, value, change: None };
    let day = when::day(when::day_of(entry.happened_at), today);
    let mut rows = vec![row("When", html! { (day) ", " (when::time(entry.happened_at)) })];
    if let Some(minutes) = entry.minutes {
        rows.push(row("How long", html! { (practice::week::length_in_words(minutes)) }));
    }
    let place = match (entry.manner, &entry.place) {
        (Some(manner), Some(place)) => Some(format!("{}. {place}", manner.plain())),
        (Some(manner), None) => Some(manner.plain().to_owned()),
        (None, place) => place.clone(),
    };
    if let Some(place) = place {
        rows.push(row("How and where", html! { (place) }));
    }
    let about: Vec<String> = entry.about().map(said_of).collect();
    rows.push(row("About", html! { (about.join("; ")) }));
    let present = present(entry);
    if !present.is_empty() {
        rows.push(row("Who was there", html! { (present) }));
    }
    if let Some(to) = entry.written_to.and_then(|to| entry.person(to)) {
        rows.push(row("Written to", html! { (to.name) }));
    }
    rows.push(row("Who may read it", html! { (may_read(entry)) }));
    let by = entry.author.as_ref().map_or("", |author| author.name.as_str());
    rows.push(row("Written", html! { (when::moment(entry.recorded_at)) @if !by.is_empty() { " by " (by) } }));
    if let Some(source) = &entry.source {
        rows.push(row("Where it came from", html! { (source) }));
    }
    page::summary_list(&rows)
}

fn said_of(one: &InIt) -> String {
    match one.seen {
        Some(seen) => format!("{} ({})", one.name, seen.plain().to_lowercase()),
        None => one.name.clone(),
    }
}

fn present(entry: &Entry) -> String {
    let there = entry.people.iter().filter(|one| one.part == Part::Present).map(|one| one.name.as_str());
    let names: Vec<&str> = there
        .chain(entry.workers.iter().map(|one| one.name.as_str()))
        .chain(entry.others_present.as_deref())
        .collect();
    names.join(", ")
}

fn may_read(entry: &Entry) -> String {
    let names: Vec<&str> = entry.named.iter().map(|one| one.name.as_str()).collect();
    match entry.readers {
        Readers::Present => "Those who were there, and staff who work with them".to_owned(),
        Readers::Named => format!("Only {}, and whoever wrote it", listed(&names)),
        Readers::Staff => "Only staff who work with them".to_owned(),
    }
}

/// The whole entry as plain text, for another system.
pub fn plain(whole: &Whole, today: Date) -> String {
    let entry = &whole.entry;
    let mut text = String::new();
    let day = when::day_of(entry.happened_at).strftime("%A %-d %B %Y").to_string();
    let _ = writeln!(text, "{}\n{day}, {}", heading(entry), when::time(entry.happened_at));
    if entry.title.is_some() {
        let _ = writeln!(text, "{}: {}", sort(entry), sentence(entry));
    }
    let about: Vec<String> = entry.about().map(said_of).collect();
    let _ = writeln!(text, "About: {}", about.join("; "));
    if let Some(place) = &entry.place {
        let _ = writeln!(text, "Where: {place}");
    }
    let there = present(entry);
    if !there.is_empty() {
        let _ = writeln!(text, "Who was there: {there}");
    }
    for one in entry.about().filter(|one| one.seen == Some(Seen::No)) {
        let _ = writeln!(text, "{} was not seen. {}", one.name, one.not_seen_why.as_deref().unwrap_or(""));
    }
    if !entry.narrative.is_empty() {
        let _ = writeln!(text, "\nWhat happened\n{}", entry.narrative);
    }
    if !whole.statements.is_empty() {
        text.push_str("\nIn their own words\n");
        for one in &whole.statements {
            let _ = writeln!(text, "{} {}: \u{201c}{}\u{201d}", one.owner.name, form_words(one), one.words);
        }
    }
    if !whole.promises.is_empty() {
        text.push_str("\nWhat was agreed\n");
        for one in &whole.promises {
            let due = one.due_on.map_or(String::new(), |due| format!(", by {}", due.strftime("%-d %B %Y")));
            let state = if one.state == PromiseState::Open { "" } else { one.state.plain() };
            let _ = writeln!(text, "{} will {}{due}. {state}", one.by.name, lower_first(&one.what));
        }
    }
    text.push_str(&disagreed_plain(whole));
    for one in &whole.files {
        let _ = writeln!(text, "\nFile: {} ({})", one.name, one.kind.words());
    }
    let by = entry.author.as_ref().map_or(String::new(), |author| format!(" by {}", author.name));
    let _ = writeln!(text, "\nWritten {}{by}.", when::moment(entry.recorded_at));
    if let Some(why) = &entry.corrected_why {
        let _ = writeln!(text, "Corrected: {why}");
    }
    if let Some(at) = entry.superseded_at {
        let _ = writeln!(text, "A newer version took its place on {}.", when::moment(at));
    }
    if let Some(source) = &entry.source {
        let _ = writeln!(text, "{source}");
    }
    let _ = writeln!(text, "Who may read it: {}", may_read(entry));
    let _ = write!(text, "{}{}", review(entry, today), super::draw_held::plain(whole, today));
    text
}

/// What people do not agree with in an entry and what was said to it, in the order in which it was said: each with who and
/// when ("Leanne does not agree (3 November 2026)"), and their words. Every output of an entry's text holds these.
pub fn disagreements(whole: &Whole) -> Vec<(String, &str)> {
    let day = |at| when::day_of(at).strftime("%-d %B %Y");
    let mut all = vec![];
    for one in &whole.disagreed {
        all.push((format!("{} does not agree ({})", one.by.name, day(one.at)), one.words.as_str()));
        for reply in &one.answers {
            all.push((format!("{} answered ({})", reply.by.name, day(reply.at)), reply.words.as_str()));
        }
    }
    all
}

fn disagreed_plain(whole: &Whole) -> String {
    let mut text = String::new();
    for (who, words) in disagreements(whole) {
        let _ = writeln!(text, "\n{who}: \u{201c}{words}\u{201d}");
    }
    text
}

fn review(entry: &Entry, today: Date) -> String {
    let why = entry.readers_why.as_deref().map_or(String::new(), |why| format!("Because: {why}\n"));
    let day = entry.readers_review_on.map(|day| format!("Look again on {}\n", when::day(day, today)));
    format!("{why}{}", day.unwrap_or_default())
}

/// The heading of a card about someone: "Josie's timeline".
pub fn whose(name: &str, what: &str) -> String {
    format!("{} {what}", of(name))
}
