//! While recording: what is held back from somebody who would otherwise read it, and what is whose private matter. Folded
//! away, because as a rule nothing is.

use super::circle::Circle;
use super::desk::rows;
use super::form::Screen;
use crate::entry::{Typing, folded, hold_fields, hold_typed, private_fields, private_typed};
use crate::{Oops, Result};
use jiff::civil::Date;
use page::{Choice, Choices, FormErrors, Markup, Typed, html};
use practice::id::PersonId;
use practice::sharing::{FromWhom, Grounds, Sharing, What, check_hold};

/// What the fields about the whole entry begin with.
const WHOLE: &str = "whole";
/// Of the whole entry: which part is meant.
const PART: &str = "whole-part";

fn people(circle: &Circle) -> Vec<(PersonId, String)> {
    circle.people().map(|one| (one.id, one.shown_name.clone())).collect()
}

fn typing<'a>(screen: &'a Screen<'_>) -> Typing<'a> {
    Typing { typed: screen.typed, errors: screen.errors, today: screen.today }
}

/// Of one statement, folded below it.
pub(super) fn of_words(screen: &Screen<'_>, n: &str) -> Markup {
    let (field, all) = (format!("statement-{n}"), people(screen.circle));
    let (hold, private) = (format!("{field}-hold"), format!("{field}-private"));
    let form = typing(screen);
    folded(
        form,
        (&[&hold, &private], "Not for everybody who was there?"),
        &html! { (hold_fields(form, &hold, &all)) (private_fields(form, &field, &all)) },
    )
}

/// Of the whole entry or of what happened, folded below who may read it.
pub(super) fn of_all(screen: &Screen<'_>) -> Markup {
    let all = people(screen.circle);
    let (hold, private) = (format!("{WHOLE}-hold"), format!("{WHOLE}-private"));
    let form = typing(screen);
    let parts =
        vec![Choice::new("all", "All of it"), Choice::new("account", "What happened, and not their words")];
    folded(
        form,
        (&[&hold, &private], "Not for somebody who was there?"),
        &html! {
            (Choices::select(PART, "What do you hold back?", parts).typed(screen.typed).errors(screen.errors))
            (hold_fields(form, &hold, &all))
            h3 { "Or does what happened tell a private matter?" }
            (private_fields(form, WHOLE, &all))
        },
    )
}

/// Everything said about who reads it, with the statements counted as they will be filed; what is wrong goes into `wrong`.
pub(super) fn typed(typed: &Typed, circle: &Circle, today: Date, wrong: &mut FormErrors) -> Result<Sharing> {
    let mut parts: Vec<(String, String, What)> = vec![];
    let mut place = 0;
    for n in 0..rows(typed, "statement", 0) {
        let field = format!("statement-{n}");
        let said = |part: &str| !typed.get(&format!("{field}-{part}")).trim().is_empty();
        if said("words") || said("owner-words") {
            parts.push((format!("{field}-hold"), field.clone(), What::Words(place)));
            place += 1;
        }
    }
    let whole = if typed.get(PART) == "account" { What::Account } else { What::All };
    parts.push((format!("{WHOLE}-hold"), WHOLE.to_owned(), whole));
    let grounds = Grounds::usual().map_err(|wrong| Oops::Broken(wrong.to_owned()))?;
    let known = |person: &PersonId| circle.person(*person).is_some();
    let mut sharing = Sharing::default();
    for (hold, field, what) in parts {
        match check_hold(&hold_typed(typed, (&hold, what), wrong), grounds, today) {
            Ok(Some(made)) => {
                if matches!(&made.from, FromWhom::These(from) if !from.iter().all(known)) {
                    wrong.add(hold, "Choose again from whom it is held back");
                }
                sharing.holds.push(made);
            }
            Ok(None) => {}
            Err(remarks) => remarks.into_iter().for_each(|one| wrong.add(one.field, one.sentence)),
        }
        let what = if what == What::All { What::Account } else { what };
        let marks = private_typed(typed, &field, what);
        if !marks.iter().filter_map(|one| one.of).all(|of| known(&of)) {
            wrong.add(format!("{field}-private"), "Choose again whose private matter it is");
        }
        sharing.private.extend(marks);
    }
    Ok(sharing)
}
