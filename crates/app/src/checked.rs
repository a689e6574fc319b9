//! A change in two presses: what was typed is shown with what follows from it, and only then saved. What
//! follows is not guessed: the action itself is tried and given up again.

use crate::clock::{self, Follows, shown};
use crate::frame::{Frame, frame};
use crate::who::Signed;
use crate::working::About;
use crate::{Oops, Result};
use axum::response::Response;
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{FormErrors, Link, Post, SummaryRow, Typed, button, buttons};
use practice::id::PersonId;

/// The name under which a form says which press it is.
const PRESS: &str = "press";

/// Which press a form was sent with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Show what follows.
    Check,
    /// Back to the form, with everything typed.
    Change,
    /// Save.
    Save,
}

impl Press {
    /// The press of a form that was sent.
    pub fn of(typed: &Typed) -> Self {
        match typed.get(PRESS) {
            "save" => Self::Save,
            "change" => Self::Change,
            _ => Self::Check,
        }
    }
}

/// The page that shows what will be saved and what follows.
pub struct Check<'a> {
    /// Whom it is about.
    pub about: &'a About,
    /// What is about to be done: "Check before you end this".
    pub heading: &'a str,
    /// What was answered.
    pub answers: Vec<(&'a str, Markup)>,
    /// What follows.
    pub follows: Markup,
    /// The words on the button.
    pub button: &'a str,
    /// Where the form is sent.
    pub action: &'a str,
    /// Where "Leave it" leads.
    pub back: &'a str,
}

/// Draws the page, carrying everything typed.
pub fn check(signed: &Signed, typed: &Typed, check: Check<'_>) -> Response {
    let rows: Vec<SummaryRow<'_>> =
        check.answers.into_iter().map(|(term, value)| SummaryRow { term, value, change: None }).collect();
    let body = html! {
        h2 { (check.heading) }
        (page::summary_list(&rows))
        h3 { "What follows" }
        (check.follows)
        (page::post(&Post { action: check.action, csrf: &signed.csrf, ..Post::default() }, html! {
            @for (name, value) in typed.pairs().filter(|(name, _)| !["csrf", PRESS].contains(name)) {
                input type="hidden" name=(name) value=(value);
            }
            (buttons(html! {
                (button(check.button).sends(PRESS, "save"))
                (button("Change the answers").quiet().sends(PRESS, "change"))
                a href=(check.back) { "Leave it" }
            }))
        }))
    };
    let page = Frame {
        title: check.heading,
        part: "/find",
        back: Some(Link { href: &check.about.href, label: &check.about.back }),
        header: Some(check.about.heading.clone()),
        ..Frame::default()
    };
    frame(signed, &page, body)
}

/// What is wrong with the answers, where an action said so: the sentences beside their fields, else at the top.
///
/// # Errors
/// Everything that is not about the answers.
pub fn wrong(oops: Oops) -> Result<FormErrors> {
    let mut errors = FormErrors::new();
    match oops {
        Oops::Wrong(fields) => {
            for (field, sentence) in fields {
                errors.add(field, sentence);
            }
        }
        Oops::Refused(sentence) => errors.add("", sentence),
        Oops::Stale => errors.add(
            "",
            "Someone else changed this while you had it open. Go back to see it as it is now; what you typed is below",
        ),
        other => return Err(other),
    }
    Ok(errors)
}

/// What changed in a person's clocks since `before`.
///
/// # Errors
/// Where the database refuses.
pub async fn follows(
    conn: &mut Conn,
    person: PersonId,
    before: &[clock::KeptClock],
    today: Date,
) -> Result<Follows> {
    Ok(clock::follows(before, clock::of_person(conn, person, today).await?))
}

/// What followed, for a page.
pub fn followed(follows: &Follows, today: Date) -> Markup {
    shown::followed(follows, today)
}
