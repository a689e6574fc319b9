//! Plain words while recording: what one could say so that the people it is about would say it too. Asked gently,
//! waved away with one press, never in the way of filing, and gone once the entry is filed.

use super::circle::Circle;
use super::form::names;
use crate::Result;
use crate::entry::{self, Plainer};
use crate::form::Posted;
use axum::response::{IntoResponse, Response};
use db::Conn;
use page::{Markup, Typed, button, html};

/// The field that says whether the words were checked ("check") or are left as they are ("leave").
pub(super) const WORDS: &str = "plain-words";

/// What was found in one field of the form.
pub(super) struct InField {
    /// Its name.
    field: String,
    found: Vec<Plainer>,
}

/// How the words of a form stand.
pub(super) struct Plainly {
    /// Whether the writer said to leave them.
    left: bool,
    /// Whether the writer asked.
    asked: bool,
    found: Vec<InField>,
}

/// The fields that hold the writer's own words. Statements are others' and are never looked at.
fn own_words(typed: &Typed) -> Vec<(&str, &str)> {
    typed
        .pairs()
        .filter(|(name, value)| {
            (matches!(*name, "narrative" | "title") || name.starts_with("why-")) && !value.trim().is_empty()
        })
        .collect()
}

async fn look(conn: &mut Conn, typed: &Typed) -> Result<Vec<InField>> {
    let fields = own_words(typed);
    if fields.is_empty() {
        return Ok(vec![]);
    }
    let list = entry::plain_words(conn).await?;
    let looked = fields
        .into_iter()
        .map(|(name, text)| InField { field: name.to_owned(), found: entry::plainer(&list, text) });
    Ok(looked.filter(|one| !one.found.is_empty()).collect())
}

/// Looks the words of a form through, unless its writer has waved that away. A correction is looked at when asked: its
/// words have been filed before.
pub(super) async fn plainly(conn: &mut Conn, typed: &Typed, corrects: bool) -> Result<Plainly> {
    let left = typed.has(WORDS, "leave");
    let asked = typed.has(WORDS, "check");
    let found = if left || (corrects && !asked) { vec![] } else { look(conn, typed).await? };
    Ok(Plainly { left, asked, found })
}

/// `POST /record/words`: what the script asks while someone writes. Nothing is kept.
pub(super) async fn ask(posted: Posted) -> Result<Response> {
    let mut conn = posted.signed.app.db.read().await?;
    let found = look(&mut conn, &posted.typed).await?;
    Ok(rows(&found).into_response())
}

fn times(n: usize) -> String {
    match n {
        1 => String::new(),
        2 => ", twice".to_owned(),
        n => format!(", {n} times"),
    }
}

/// The beginning of what was written: a word whole, a sentence by its first few words.
fn beginning(said: &str) -> String {
    const FEW: usize = 6;
    let words: Vec<&str> = said.split_whitespace().collect();
    let few = words.get(..FEW).unwrap_or(&words).join(" ");
    if words.len() > FEW { format!("{few} \u{2026}") } else { few }
}

fn row(field: &str, one: &Plainer) -> Markup {
    html! {
        li {
            p {
                "You wrote \u{201c}" b { (beginning(&one.said)) } "\u{201d}" (times(one.times)) ". "
                @if !one.instead.is_empty() { "Could you say " (one.instead) "? " }
                span.soft { (one.why) }
            }
            // a script that can show the place in the box shows this button
            button.linkbtn.small type="button" hidden data-word-in=(field) data-word-at=(one.from) data-word=(one.said) {
                "Show me" span.hid { " where I wrote " (beginning(&one.said)) }
            }
        }
    }
}

/// What was found, each with a line.
fn rows(found: &[InField]) -> Markup {
    html! { @for field in found { @for one in &field.found { (row(&field.field, one)) } } }
}

/// The part of the form that stands below what happened.
pub(super) fn part(state: &Plainly, circle: &Circle) -> Markup {
    let any = !state.found.is_empty();
    let read = names(circle);
    html! {
        div id="f-plain-words" tabindex="-1" data-plain="/record/words" data-plain-left[state.left] {
            input type="hidden" name=(WORDS) value=[state.left.then_some("leave")];
            p.btns { (button("Check my words").quiet().small().sends("add", "words-check")) }
            p.small.soft role="status" data-plain-said {
                @if state.asked && !any { "Nothing found that " (read) " would have to ask about." }
                @if state.left { "Your words stay as they are." }
            }
            div hidden[!any] data-plain-found {
                (page::note(html! {
                    p { b { (read) " may read this." } " You can finish with any of these words." }
                    ul.rows data-plain-here { (rows(&state.found)) }
                    p { (button("Leave my words as they are").quiet().small().sends("add", "words-leave")) }
                }))
            }
        }
    }
}
