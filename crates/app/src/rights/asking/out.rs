//! What the person gets: one page that needs nothing else, the same as PDF, and the photos and documents as they came.

use super::decide::span_of;
use super::store::{ItemRow, RequestRow, SpanRow};
use crate::moment::written as day;
use crate::{Oops, Result};
use jiff::civil::Date;
use maud::{DOCTYPE, Markup, html};
use practice::disclosure::{Ground, Piece, Span, audience, places};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use uuid::Uuid;
use zip::write::SimpleFileOptions;

/// The answer to a request, as it was decided.
pub(super) struct Answer {
    pub(super) council: String,
    pub(super) name: String,
    pub(super) request: RequestRow,
    pub(super) items: Vec<ItemRow>,
    pub(super) spans: Vec<SpanRow>,
    pub(super) today: Date,
}

/// One item as the person gets it.
pub(super) struct Given<'a> {
    pub(super) section: &'a str,
    pub(super) title: Vec<Piece>,
    pub(super) words: Vec<Piece>,
    /// The file of it that goes along: its number, its bytes' hash and its ending.
    pub(super) file: Option<(i64, &'a str, &'a str)>,
}

/// What is left out of the words of an item.
pub(super) fn of_item(spans: &[SpanRow], item: Uuid) -> Vec<Span> {
    spans.iter().filter(|row| row.item_id == item).map(span_of).collect()
}

/// A heading without the words that are left out below it; of what is left out whole, no heading at all.
fn title(item: &ItemRow, spans: &[Span]) -> Vec<Piece> {
    let letters: Vec<char> = item.words.chars().collect();
    let left = |at: usize| spans.iter().any(|span| span.first <= at && at < span.past);
    let whole = letters.iter().enumerate().all(|(at, letter)| letter.is_whitespace() || left(at));
    if let Some(first) = spans.first().filter(|_| whole) {
        return vec![Piece::LeftOut(first.ground)];
    }
    let mut within = vec![];
    for span in spans {
        let words: String =
            letters.get(span.first..span.past.min(letters.len())).unwrap_or_default().iter().collect();
        let found = places(&item.title, &words).into_iter();
        within.extend(found.map(|(first, past)| Span { first, past, ground: span.ground }));
    }
    audience(&item.title, &within)
}

impl Answer {
    /// Every item as the person gets it.
    pub(super) fn given<'a>(&'a self) -> Vec<Given<'a>> {
        let one = |item: &'a ItemRow| {
            let spans = of_item(&self.spans, item.id);
            // a file is given whole or not at all: where any word about it is left out, it stays
            let file = item.file_hash.as_deref().filter(|_| spans.is_empty()).zip(item.file_kind.as_deref());
            Given {
                section: &item.section,
                title: title(item, &spans),
                words: audience(&item.words, &spans),
                file: file.map(|(hash, ending)| (item.position, hash, ending)),
            }
        };
        self.items.iter().map(one).collect()
    }

    /// How often words were left out, by ground.
    fn counted(&self) -> BTreeMap<Ground, usize> {
        let mut counted = BTreeMap::new();
        for row in &self.spans {
            *counted.entry(span_of(row).ground).or_default() += 1;
        }
        counted
    }
}

fn pieces(all: &[Piece]) -> Markup {
    html! { @for piece in all { @match piece {
        Piece::Words(words) => { (words) }
        Piece::LeftOut(ground) => { em { "[" (ground.told()) "]" } }
    } } }
}

/// The name under which a file lies beside the page.
pub(super) fn file_name((number, _, ending): (i64, &str, &str)) -> String {
    format!("files/{number:04}.{ending}")
}

fn left_out(answer: &Answer) -> Markup {
    let counted = answer.counted();
    html! {
        h2 { "What is left out" }
        @if counted.is_empty() { p { "Nothing. This is everything we found." } } @else {
            p { "Wherever something is left out, it says so at that place, and why. We do not say what stood there." }
            ul { @for (ground, times) in &counted { li {
                (ground.plain()) ": " @if *times == 1 { "at 1 place" } @else { "at " (times) " places" } " (" (ground.source()) ")"
            } } }
        }
    }
}

/// The page's content, for the preview and for the page itself.
pub(super) fn content(answer: &Answer, link_files: bool) -> Markup {
    let given = answer.given();
    html! {
        h1 { "The record of " (answer.name) }
        p { "This is what " (answer.council) " children’s services wrote down and kept about " (answer.name) ", as it stood when it was asked for"
            @if let Some(at) = answer.request.collected_at { " (collected on " (day(crate::entry::when::day_of(at.0))) ")" }
            ". It was asked for on " (day(answer.request.received_on.0)) ". Some of it may be hard to read. You can read it with somebody you trust, a bit at a time, and you can ask us to explain it." }
        (left_out(answer))
        h2 { "If you are not happy with this" }
        ul {
            li { "Ask us first: whoever gave you this, or the council’s complaints team. If something is wrong, you can ask us to put it right, or to keep your own words beside it." }
            li { "An advocate is on your side and can help you ask. If you are or were looked after, or have a social worker, we must tell you how to get one, free." }
            li { "You can complain to the Information Commissioner: ico.org.uk/make-a-complaint, telephone 0303 123 1113." }
        }
        @for (at, one) in given.iter().enumerate() {
            @if at == 0 || given[at - 1].section != one.section { h2 { (one.section) } }
            section {
                h3 { (pieces(&one.title)) }
                p.words { (pieces(&one.words)) }
                @if let Some(file) = one.file {
                    @if link_files { p { a href=(file_name(file)) { "Open it: " (file_name(file)) } } }
                    @else { p.soft.small { "The file goes along as it came: " (file_name(file)) } }
                }
            }
        }
        p { "Made on " (day(answer.today)) "." }
    }
}

const STYLE: &str = "body{font:1.1rem/1.55 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}\
h1,h2,h3{font-family:system-ui,sans-serif;line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid #888}\
section{break-inside:avoid;margin:1.5rem 0}.words{white-space:pre-wrap;overflow-wrap:anywhere}em{background:#eee;font-style:normal}\
@media print{body{margin:0;font-size:11pt}}";

/// The page that needs nothing else.
pub(super) fn page(answer: &Answer) -> String {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "The record of " (answer.name) }
                style { (STYLE) }
            }
            body { main { (content(answer, true)) } }
        }
    }
    .into_string()
}

/// The page, the same as PDF where the program can make it, and the originals of what is given, as one file.
pub(super) fn zipped(answer: &Answer, pdf: Option<&[u8]>, folder: &files::Folder) -> Result<Vec<u8>> {
    let broken = |error: &dyn std::fmt::Display| {
        Oops::Broken(format!("the answer could not be put together: {error}"))
    };
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default();
    zip.start_file("Your record.html", options).map_err(|error| broken(&error))?;
    zip.write_all(page(answer).as_bytes()).map_err(|error| broken(&error))?;
    if let Some(pdf) = pdf {
        zip.start_file("Your record.pdf", options).map_err(|error| broken(&error))?;
        zip.write_all(pdf).map_err(|error| broken(&error))?;
    }
    for file in answer.given().iter().filter_map(|one| one.file) {
        let hash = file.1.parse().map_err(|error: files::NotAHash| broken(&error))?;
        let bytes = folder.read(hash).map_err(|error| broken(&error))?;
        zip.start_file(file_name(file), options).map_err(|error| broken(&error))?;
        zip.write_all(&bytes).map_err(|error| broken(&error))?;
    }
    Ok(zip.finish().map_err(|error| broken(&error))?.into_inner())
}
