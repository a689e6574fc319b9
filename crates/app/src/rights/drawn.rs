//! How long a record is kept, drawn for a card and for a page.

use crate::moment::written as day;
use maud::{Markup, html};
use practice::retention::{Hold, Kept, Until};

/// "people added" as "People added".
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "Kept until 3 May 2091", or why nobody can say.
pub(super) fn until(kept: &Kept) -> Markup {
    html! {
        @match &kept.until {
            Until::Day(until) => { "Kept until " b { (day(*until)) } }
            Until::Open(why) => { "Kept for now. " (why) }
        }
    }
}

/// A hold, in a sentence.
pub(super) fn hold(hold: &Hold) -> Markup {
    html! {
        b { (hold.kind.plain()) }
        @if hold.everyone { ", for every record" }
        ": " (hold.reason) " (since " (day(hold.from)) ")"
    }
}

/// The whole of it, for a page.
pub(super) fn kept(kept: &Kept) -> Markup {
    html! {
        p.lead { (until(kept)) "." }
        @for one in &kept.holds { (page::note(html! { p { "Held: " (hold(one)) } })) }
        @if !kept.reasons.is_empty() {
            ul.rows { @for reason in &kept.reasons { li {
                p {
                    (reason.words)
                    @if let Until::Day(until) = &reason.until { ": until " (day(*until)) }
                }
                p.soft.small { (reason.force.plain()) ". " (reason.source) " (" (reason.rule) ")" }
            } } }
        }
    }
}
