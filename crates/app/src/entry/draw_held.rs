//! What of an entry is held back from whom, and what is whose private matter, as staff read it: beside the words themselves,
//! and in the plain text for another system. Nobody of the record is ever shown this.

use super::held::{HeldBack, PrivateMatter};
use super::named::Named;
use super::said::Whole;
use super::when;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Post;
use practice::sharing::{Grounds, Matter, What};
use std::fmt::Write as _;

/// A stored reason in plain words.
pub fn ground(code: &str) -> &str {
    Grounds::usual().map_or(code, |all| all.plain(code))
}

/// Why, in a sentence or two.
pub fn why(one: &HeldBack) -> String {
    let more = one.why.as_deref().unwrap_or_default();
    match (one.ground.as_str(), more) {
        ("other", more) if !more.is_empty() => format!("{}.", more.trim_end_matches('.')),
        (code, "") => format!("{}.", ground(code)),
        (code, more) => format!("{}. {}.", ground(code), more.trim_end_matches('.')),
    }
}

/// What of an entry, in a few words.
pub fn part(whole: &Whole, what: What) -> String {
    match what {
        What::All => "All of it".to_owned(),
        What::Account => "What happened".to_owned(),
        What::Words(at) => {
            let owner = whole.statements.get(at).map_or("somebody", |one| one.owner.name.as_str());
            format!("{owner}\u{2019}s words")
        }
    }
}

fn private(one: &PrivateMatter) -> String {
    format!(
        "Private to {} ({}). Nobody else reads this in their own space, but whoever said it.",
        one.whose(),
        one.matter.plain().to_lowercase()
    )
}

/// What is held back and what is private of one part, to stand beside it.
pub fn beside(whole: &Whole, what: What, today: Date) -> Markup {
    html! {
        @for one in whole.held_now().filter(|one| one.what == what && !one.staff) {
            (page::held(one.from_whom(), html! {
                (why(one)) " "
                a href={ "/held-back/" (one.id) } { "Look again by " (when::short_day(one.review_on, today)) }
            }))
        }
        @for one in whole.private_now().filter(|one| one.what == what) { p.small.soft { (private(one)) } }
    }
}

/// The same as plain text.
pub(super) fn plain(whole: &Whole, today: Date) -> String {
    let mut text = String::new();
    for one in whole.held_now().filter(|one| !one.staff) {
        let review = when::day(one.review_on, today);
        let _ = writeln!(
            text,
            "{}: held back from {}. {} Look again on {review}",
            part(whole, one.what),
            one.from_whom(),
            why(one)
        );
    }
    for one in whole.private_now() {
        let _ = writeln!(text, "{}: {}", part(whole, one.what), private(one));
    }
    text
}

/// Asks a worker whether words that name somebody are about their private matter.
pub fn asks(whole: &Whole, named: &[Named], csrf: &str) -> Markup {
    let action = format!("/entry/{}/private", whole.entry.id);
    html! {
        @for one in named {
            section.box.box--ground.tightly.no-print {
                h2 { (part(whole, one.what)) @if one.what == What::Account { " names " } @else { " name " } (one.name) }
                p { "Is it " (one.name) "\u{2019}s private matter? " (one.name) " was not there. Others who were can read it." }
                (page::post(&Post { action: &action, csrf, ..Post::default() }, html! {
                    input type="hidden" name="what" value=(code(one.what));
                    input type="hidden" name="asked-private" value={ "p:" (one.person) };
                    (page::Choices::select(format!("asked-matter-{}-{}", code(one.what), one.person), "What is private in it?",
                        Matter::ALL.iter().filter(|matter| **matter != Matter::Nothing).map(|matter| page::Choice::new(matter.code(), matter.plain())).collect())
                        .chosen(Matter::Other.code()))
                    .btns {
                        (page::button(&format!("Yes, only {} reads it", one.name)).quiet().small().sends("answer", "yes"))
                        (page::button("No, nothing private").quiet().small().sends("answer", "no").about(&format!(" about {}", one.name)))
                    }
                }))
            }
        }
    }
}

/// A part as forms name it: `all`, `account`, `words-0`.
pub fn code(what: What) -> String {
    match what {
        What::All => "all".to_owned(),
        What::Account => "account".to_owned(),
        What::Words(at) => format!("words-{at}"),
    }
}

/// Reads what [`code`] writes, of a part that there is.
pub fn of_code(whole: &Whole, code: &str) -> Option<What> {
    match code {
        "all" => Some(What::All),
        "account" => Some(What::Account),
        other => {
            let at: usize = other.strip_prefix("words-")?.parse().ok()?;
            (at < whole.statements.len()).then_some(What::Words(at))
        }
    }
}
