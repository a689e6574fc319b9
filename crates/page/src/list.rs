//! Lists and tables: rows, answers to check, files, pages of a long list, steps, numbers.

use maud::{Markup, html};

use crate::{Hue, Icon, Link, icon};

/// Rows with a line between them.
pub fn rows(items: &[Markup]) -> Markup {
    html! { ul.rows { @for item in items { li { (item) } } } }
}

/// One answer in a list of answers to check.
#[derive(Debug)]
pub struct SummaryRow<'a> {
    /// What was asked: "Date of birth".
    pub term: &'a str,
    /// What was answered.
    pub value: Markup,
    /// Where it is changed.
    pub change: Option<&'a str>,
}

/// Answers to check, each with its "Change".
pub fn summary_list(items: &[SummaryRow<'_>]) -> Markup {
    html! {
        dl.sum { @for row in items {
            div {
                dt { (row.term) }
                dd { (row.value) }
                @if let Some(href) = row.change {
                    dd { a href=(href) { "Change" span.hid { " " (row.term) } } }
                }
            }
        } }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Its heading.
    pub label: &'a str,
    /// True for numbers, which are set to the right.
    pub number: bool,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub const fn words(label: &'a str) -> Self {
        Self { label, number: false }
    }

    /// A column of numbers.
    pub const fn number(label: &'a str) -> Self {
        Self { label, number: true }
    }
}

/// A table with its caption, which says what it shows. The first cell of each row is the row's heading. It
/// scrolls sideways within itself on a narrow screen, also by keyboard.
pub fn table(caption: &str, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    let class = |at: usize| columns.get(at).is_some_and(|c| c.number).then_some("r");
    html! {
        .scrollx tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr {
                    @for (at, column) in columns.iter().enumerate() {
                        th scope="col" class=[class(at)] { (column.label) }
                    }
                } }
                tbody { @for row in rows { tr {
                    @for (at, cell) in row.iter().enumerate() {
                        @if at == 0 { th scope="row" { (cell) } } @else { td class=[class(at)] { (cell) } }
                    }
                } } }
            }
        }
    }
}

/// Where the reader is in a long list.
#[derive(Debug, Clone, Copy)]
pub struct Pages<'a> {
    /// What is listed, read out only: "People".
    pub label: &'a str,
    /// "31 to 60 of 210".
    pub here: &'a str,
    /// The page before, with words: "Later: after May 2025".
    pub previous: Option<Link<'a>>,
    /// The page after.
    pub next: Option<Link<'a>>,
}

/// Links to the pages before and after. Nothing when there is but one.
pub fn pagination(p: &Pages<'_>) -> Markup {
    html! {
        @if p.previous.is_some() || p.next.is_some() {
            nav.pages aria-label={ "Pages: " (p.label) } {
                @if let Some(link) = &p.previous { a rel="prev" href=(link.href) { (link.label) } }
                p.soft.small { (p.here) }
                @if let Some(link) = &p.next { a rel="next" href=(link.href) { (link.label) } }
            }
        }
    }
}

/// A file that is kept.
#[derive(Debug)]
pub struct FileRow<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where it is opened.
    pub href: &'a str,
    /// What kind, how large, who gave it and when: "PDF, 240 KB, from school on 3 July".
    pub about: &'a str,
    /// A small picture of it, with words for what it shows.
    pub picture: Option<(&'a str, &'a str)>,
    /// What can be done with it.
    pub act: Option<Markup>,
}

/// Files that are kept, one below the other.
pub fn file_list(files: &[FileRow<'_>]) -> Markup {
    html! {
        ul.rows { @for file in files {
            li { .who {
                (icon(Icon::Paper))
                div {
                    a href=(file.href) { (file.name) }
                    p.small.soft { (file.about) }
                    @if let Some(act) = &file.act { (act) }
                }
            } }
        } }
    }
}

/// Files as small pictures, side by side.
pub fn tiles(files: &[FileRow<'_>]) -> Markup {
    html! {
        ul.tiles { @for file in files {
            li { figure.tile {
                .tile__pic {
                    @if let Some((src, alt)) = file.picture { img src=(src) alt=(alt) loading="lazy"; }
                    @else { (icon(Icon::Paper)) }
                }
                figcaption {
                    a href=(file.href) { (file.name) } " " (file.about)
                    @if let Some(act) = &file.act { " " (act) }
                }
            } }
        } }
    }
}

/// What happens next, in order, with numbers in a person's colour.
pub fn steps(hue: Option<Hue>, items: &[Markup]) -> Markup {
    html! { ol class={ "steps " (hue.map_or("", Hue::class)) } { @for item in items { li { (item) } } } }
}

/// A number with what it counts. Every number leads to the people behind it.
#[derive(Debug, Clone, Copy)]
pub struct Number<'a> {
    /// The number as it is shown, with its unit.
    pub value: &'a str,
    /// What it counts.
    pub label: &'a str,
    /// Where the people behind it are listed.
    pub href: Option<&'a str>,
}

/// A few numbers, side by side.
pub fn numbers(items: &[Number<'_>]) -> Markup {
    html! {
        ul.nums { @for n in items {
            li {
                b { @if let Some(href) = n.href { a href=(href) { (n.value) } } @else { (n.value) } }
                " " span { (n.label) }
            }
        } }
    }
}

/// One line of what must be there before something can happen.
#[derive(Debug)]
pub struct Ready {
    /// True when it is there.
    pub done: bool,
    /// What it is.
    pub what: Markup,
    /// The evidence that it is there, or what is missing and how to get it.
    pub about: Markup,
}

/// What must be there before something can happen. What is missing comes first, whatever order it is given in.
pub fn ready_list(items: &[Ready]) -> Markup {
    let missing = items.iter().filter(|item| !item.done);
    html! {
        ul.ready { @for item in missing.chain(items.iter().filter(|item| item.done)) {
            li.not[!item.done] {
                (icon(if item.done { Icon::Tick } else { Icon::Hourglass }))
                p { b { (item.what) } span.hid { @if item.done { " (there)" } @else { " (missing)" } } }
                p.small.soft { (item.about) }
            }
        } }
    }
}
