//! Telling the reader something: tags, notices, what is held back, what was kept, what is empty.

use maud::{Markup, html};

use crate::{Icon, csrf, icon};

/// What a tag means. Each has a colour and a drawing, and always a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// Nothing special.
    Plain,
    /// Nearly due.
    Nearly,
    /// Late.
    Late,
    /// Done, kept, going well.
    Done,
    /// Shared, or about the service.
    Us,
    /// Corrected later.
    Corrected,
}

/// A state in a word or two.
pub fn tag(kind: Tag, words: &str) -> Markup {
    let class = match kind {
        Tag::Plain | Tag::Corrected => "tag",
        Tag::Nearly => "tag tag--nearly",
        Tag::Late => "tag tag--late",
        Tag::Done => "tag tag--done",
        Tag::Us => "tag tag--us",
    };
    html! { span class=(class) { @if let Some(drawing) = kind.drawing() { (icon(drawing)) } (words) } }
}

/// Things to know: at most three, the fact first. Also for likely duplicates; not for advice.
pub fn know(heading: &str, things: &[Markup]) -> Markup {
    html! {
        .know {
            h2 { (icon(Icon::Know)) (heading) }
            @if let [only] = things { p { (only) } } @else { ul { @for thing in things { li { (thing) } } } }
        }
    }
}

/// Something held back from someone: from whom, then why and when it is looked at again. Never show it to
/// someone who must not know that it exists.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn held(from: &str, why: Markup) -> Markup {
    dashed(Icon::HeldBack, &format!("Held back from {from}"), &why)
}

/// Something open only to named people: what, then who to ask.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn restricted(heading: &str, about: Markup) -> Markup {
    dashed(Icon::Lock, heading, &about)
}

fn dashed(drawing: Icon, heading: &str, about: &Markup) -> Markup {
    html! { .held { p.held__tag { (icon(drawing)) (heading) } p { (about) } } }
}

/// A quiet box: advice, or what a choice will do ("This visit will not count for Theo").
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn note(body: Markup) -> Markup {
    html! { .box.box--ground { (body) } }
}

/// It is done: what was kept and what follows from it. Read out by screen readers.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn well(heading: &str, body: Markup) -> Markup {
    html! { .well role="status" { h2 { (icon(Icon::Tick)) " " (heading) } (body) } }
}

/// The whole of a page that says something is done. It holds the page's `h1`.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn confirmation(heading: &str, body: Markup) -> Markup {
    html! { .well.well--panel role="status" { h1 { (heading) } (body) } }
}

/// Nothing here yet: what will be here and how it gets here.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn empty(heading: &str, body: Markup) -> Markup {
    html! { .empty { h3 { (heading) } p { (body) } } }
}

/// More for who wants it.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn details(summary: &str, body: Markup) -> Markup {
    html! { details { summary { (summary) } (body) } }
}

/// A section's heading with something at its right, usually a link to all of it.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn heading_row(id: &str, heading: &str, beside: Markup) -> Markup {
    html! { .h-row { h2 id=(id) { (heading) } (beside) } }
}

/// The form that asks before a record is opened by someone who does not work with the person.
#[derive(Debug)]
pub struct Glass<'a> {
    /// Where the form is sent.
    pub action: &'a str,
    /// The CSRF token.
    pub csrf: &'a str,
    /// "You do not work with this person".
    pub heading: &'a str,
    /// What happens when it is opened, before it is: one line each.
    pub follows: &'a [&'a str],
    /// The questions: why, and for how long.
    pub fields: Markup,
    /// The words on the button.
    pub button: &'a str,
    /// Where "Go back" leads.
    pub back: &'a str,
}

/// Breaking the glass: says what follows, asks why, then opens.
pub fn glass(g: &Glass<'_>) -> Markup {
    html! {
        form.glass method="post" action=(g.action) {
            (csrf(g.csrf))
            h2 { (g.heading) }
            p { "You can still open the record if someone needs you to. When you do:" }
            ul { @for line in g.follows { li { (line) } } }
            (g.fields)
            .btns { button.btn type="submit" { (g.button) } a href=(g.back) { "Go back" } }
        }
    }
}
