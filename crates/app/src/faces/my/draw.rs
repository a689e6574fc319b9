//! One thing recorded, drawn for whoever was there.

use crate::entry::{Promised, Statement, Theirs, paragraphs, when};
use crate::frame::hue;
use crate::own_frame::day;
use crate::who::Mine;
pub(super) use crate::who::first_name as first;
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use page::{Avatar, FileRow, Voice};
use practice::entry::{EntryKind, PromiseState, StatementForm};

/// How many letters of an account are shown before "Read it all".
const SHOWN: usize = 420;

/// "A visit with Nadia".
pub(super) fn heading(mine: &Mine, theirs: &Theirs) -> String {
    let words = mine.words;
    let entry = &theirs.whole.entry;
    if let Some(title) = &entry.title {
        return title.clone();
    }
    let sort = match entry.kind {
        EntryKind::Visit => words.sort_visit(),
        EntryKind::Call => words.sort_call(),
        EntryKind::Message => words.sort_message(),
        EntryKind::Meeting => words.sort_meeting(),
        EntryKind::Observation => words.sort_observation(),
        EntryKind::Letter => words.sort_letter(),
        EntryKind::Step => words.sort_step(),
        EntryKind::Note => words.sort_note(),
    };
    match &entry.author {
        Some(author) => words.sort_with(&sort, first(&author.name)),
        None => sort,
    }
}

fn form_words(words: &Words, form: StatementForm) -> String {
    match form {
        StatementForm::Said => words.read_voice_said(),
        StatementForm::Wrote => words.read_voice_wrote(),
        StatementForm::Drew => words.read_voice_drew(),
        StatementForm::Translated => words.read_voice_translated(),
        StatementForm::Thought => words.read_voice_thought(),
    }
}

fn voice(mine: &Mine, one: &Statement) -> Markup {
    let (words, face) = (mine.words, mine.face(one.owner.worker));
    let avatar = Avatar::of(&one.owner.initials, hue(one.owner.hue)).photo(face.as_deref());
    let form = html! { (form_words(words, one.form)) };
    let worker = one.owner.worker.is_some();
    page::voice(&Voice { worker, ..Voice::of(avatar, first(&one.owner.name), form, &one.words) })
}

/// A promise in a sentence.
pub(super) fn promise(mine: &Mine, one: &Promised, today: Date) -> Markup {
    let words = mine.words;
    let own = one.by.person == Some(mine.person);
    let said = if own {
        words.home_promise_you(&one.what)
    } else {
        words.home_promise_us(first(&one.by.name), &one.what)
    };
    html! {
        li {
            (said)
            @if let Some(due) = one.due_on { ", " (words.home_promise_by(&day(words, due, today))) }
            "."
            @if !own && one.state == PromiseState::Open && one.due_on.is_some_and(|due| due < today) { " " (words.home_promise_late()) }
        }
    }
}

fn files(theirs: &Theirs) -> Markup {
    let all = &theirs.whole.files;
    let hrefs: Vec<(String, String, String)> = all
        .iter()
        .map(|one| {
            let href = format!("/my/file/{}", one.id);
            (href.clone(), format!("{href}/small"), one.described.clone().unwrap_or_else(|| one.name.clone()))
        })
        .collect();
    let rows: Vec<FileRow<'_>> = all
        .iter()
        .zip(&hrefs)
        .map(|(one, (href, small, name))| FileRow {
            name,
            href,
            about: "",
            picture: one.thumbnail.is_some().then_some((small.as_str(), name.as_str())),
            act: None,
        })
        .collect();
    html! {
        @if rows.iter().any(|row| row.picture.is_some()) { (page::tiles(&rows)) }
        @else if !rows.is_empty() { (page::file_list(&rows)) }
    }
}

/// What somebody does not agree with, and what was said to it.
pub(super) fn disagreed(mine: &Mine, theirs: &Theirs) -> Markup {
    let words = mine.words;
    html! {
        @for one in &theirs.whole.disagreed {
            @let (name, initials) = if one.person == mine.person { (mine.who.name.as_str(), mine.initials.as_str()) } else { (one.by.name.as_str(), one.by.initials.as_str()) };
            (page::voice(&Voice::of(Avatar::of(initials, hue(one.by.hue)), first(name), html! { (words.read_disagrees()) }, &one.words)))
            @for reply in &one.answers {
                (page::voice(&Voice { worker: true, ..Voice::of(Avatar::of(&reply.by.initials, hue(reply.by.hue)).photo(mine.face(reply.by.worker).as_deref()), first(&reply.by.name), html! { (words.read_answered()) }, &reply.words) }))
            }
        }
    }
}

fn cut(words: &str) -> Option<&str> {
    let (end, _) = words.char_indices().nth(SHOWN)?;
    let short = words.get(..end)?;
    Some(short.rsplit_once(char::is_whitespace).map_or(short, |(short, _)| short))
}

/// One thing recorded. `whole` shows all of it; otherwise its beginning, with the way to the rest.
pub(super) fn entry(mine: &Mine, theirs: &Theirs, (whole, today): (bool, Date)) -> Markup {
    let words = mine.words;
    let entry = &theirs.whole.entry;
    let href = format!("/my/read/{}", entry.thread);
    let short = cut(&entry.narrative).filter(|_| !whole);
    let on = day(words, when::day_of(entry.happened_at), today);
    let recorded = day(words, when::day_of(entry.recorded_at), today);
    let own = entry.author.is_none()
        && theirs.whole.statements.iter().any(|one| one.owner.person == Some(mine.person));
    html! {
        article {
            @if whole { h1 { (heading(mine, theirs)) } } @else { h2 { a href=(href) { (heading(mine, theirs)) } } }
            p.soft { (on) }
            (paragraphs(short.unwrap_or(&entry.narrative)))
            @if short.is_some() { p { a href=(href) { (words.read_open()) span.hid { ": " (heading(mine, theirs)) ", " (on) } } } }
            @if theirs.rest_is_anothers { p.soft { (words.read_only_words()) } }
            @for one in &theirs.whole.statements { (voice(mine, one)) }
            @if !theirs.whole.promises.is_empty() {
                @if whole { h2 { (words.read_agreed()) } } @else { h3 { (words.read_agreed()) } }
                ul { @for one in &theirs.whole.promises { (promise(mine, one, today)) } }
            }
            (files(theirs))
            (disagreed(mine, theirs))
            p.small.soft {
                @if own { (words.read_written_you(&recorded)) }
                @else if let Some(author) = &entry.author { (words.read_written(first(&author.name), &recorded)) }
            }
            @if !own { p { a href={ (href) "/disagree" } { (words.read_disagree()) span.hid { ": " (heading(mine, theirs)) ", " (on) } } } }
        }
    }
}
