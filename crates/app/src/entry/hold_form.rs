//! The questions of a form that holds something back or says that it is private, and what was answered: the same while
//! recording and afterwards.

use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Choices, DateInput, DateParts, Field, FormErrors, Typed};
use practice::id::PersonId;
use practice::sharing::{Grounds, HoldDraft, Matter, NewPrivate, What};

/// The choice of everybody.
const ALL: &str = "all";
/// The choice of somebody without a record.
const NOBODY: &str = "none";

/// A form on its way: what is typed, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Typing<'a> {
    /// What is typed.
    pub typed: &'a Typed,
    /// What is wrong.
    pub errors: &'a FormErrors,
    /// The day, which says which reasons there are.
    pub today: Date,
}

impl Typing<'_> {
    fn begun(&self, begins: &str) -> bool {
        let said = |(name, value): (&str, &str)| name.starts_with(begins) && !value.trim().is_empty();
        self.typed.pairs().any(said) || self.errors.iter().any(|error| error.0.starts_with(begins))
    }
}

/// A folded part of a form, open where something in it is typed or wrong already.
pub fn folded(form: Typing<'_>, (begins, summary): (&[&str], &str), body: &Markup) -> Markup {
    let open = begins.iter().any(|begins| form.begun(begins));
    html! { details open[open] { summary { (summary) } (body) } }
}

/// From whom something is held back, why, and when that is looked at again. `field` is what the names begin with.
pub fn hold_fields(form: Typing<'_>, field: &str, people: &[(PersonId, String)]) -> Markup {
    let mut from = vec![Choice::new(ALL, "Everybody who could read it")];
    from.extend(people.iter().map(|(id, name)| Choice::new(format!("p:{id}"), name.clone())));
    let mut grounds = vec![Choice::new("", "Choose one")];
    if let Ok(all) = Grounds::usual() {
        grounds.extend(all.on(form.today).map(|one| Choice::new(one.code.clone(), one.plain.clone())));
    }
    let (ground, why, review) =
        (format!("{field}-ground"), format!("{field}-why"), format!("{field}-review"));
    html! {
        (Choices::checks(field.to_owned(), "Held back from whom?", from).typed(form.typed).errors(form.errors)
            .hint("They never see that there is something. Whose words it is always reads them"))
        (Choices::select(ground, "Why?", grounds).typed(form.typed).errors(form.errors))
        (Field::text(why.clone(), "More to that reason, if it helps whoever looks again").value(form.typed.get(&why)).errors(form.errors))
        (DateInput::new(&review, "When do you look at it again?").parts(DateParts::typed(form.typed, &review)).errors(form.errors)
            .hint("Leave it empty for the usual day of that reason"))
    }
}

/// Whose private matter words are. `field` is what the names begin with.
pub fn private_fields(form: Typing<'_>, field: &str, people: &[(PersonId, String)]) -> Markup {
    let mut whose: Vec<Choice<'_>> =
        people.iter().map(|(id, name)| Choice::new(format!("p:{id}"), name.clone())).collect();
    whose.push(Choice::new(NOBODY, "Somebody without a record"));
    let matters = Matter::ALL.iter().filter(|one| **one != Matter::Nothing);
    let mut sorts = vec![Choice::new("", "Not said")];
    sorts.extend(matters.map(|one| Choice::new(one.code(), one.plain())));
    html! {
        (Choices::checks(format!("{field}-private"), "Whose private matter is it?", whose).typed(form.typed).errors(form.errors)
            .hint("Nobody else reads it in their own space, but whoever said it"))
        (Choices::select(format!("{field}-matter"), "What is private in it?", sorts).typed(form.typed).errors(form.errors))
    }
}

fn people(typed: &Typed, field: &str) -> Vec<PersonId> {
    typed.all(field).filter_map(|value| value.strip_prefix("p:")?.parse().ok()).collect()
}

/// What was answered to [`hold_fields`]. A day that cannot be read goes into `wrong`.
pub fn hold_typed(typed: &Typed, (field, what): (&str, What), wrong: &mut FormErrors) -> HoldDraft {
    let review = format!("{field}-review");
    let before = wrong.iter().count();
    let review_on = typed.date_if_any(&review, "The day to look again", wrong);
    HoldDraft {
        field: field.to_owned(),
        what,
        everybody: typed.has(field, ALL),
        people: people(typed, field),
        ground: typed.get(&format!("{field}-ground")).to_owned(),
        why: typed.get(&format!("{field}-why")).to_owned(),
        review_on,
        unread: wrong.iter().count() > before,
    }
}

/// What was answered to [`private_fields`]: a mark for each person chosen.
pub fn private_typed(typed: &Typed, field: &str, what: What) -> Vec<NewPrivate> {
    let matter = Matter::from_code(typed.get(&format!("{field}-matter"))).unwrap_or(Matter::Other);
    let field = format!("{field}-private");
    let nobody = typed.has(&field, NOBODY).then_some(None);
    let all = people(typed, &field).into_iter().map(Some).chain(nobody);
    all.map(|of| NewPrivate { what, of, matter }).collect()
}
