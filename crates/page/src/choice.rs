//! Choosing: one of several, any of several, one of a list, a number on a scale. Real inputs throughout.

use std::borrow::Cow;

use maud::{Markup, Render, html};

use crate::field::Wires;
use crate::form::{FormErrors, Typed};
use crate::{Avatar, Hue, avatar};

/// One thing that can be chosen.
#[derive(Debug, Clone)]
pub struct Choice<'a> {
    value: Cow<'a, str>,
    label: Cow<'a, str>,
    hint: Cow<'a, str>,
    chosen: bool,
    under: Option<Markup>,
}

impl<'a> Choice<'a> {
    /// What is sent, and the words beside it.
    pub fn new(value: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        let (value, label) = (value.into(), label.into());
        Self { value, label, hint: Cow::Borrowed(""), chosen: false, under: None }
    }

    /// What choosing it does, in a line below (not in segments, scales and lists).
    #[must_use]
    pub fn hint(self, hint: impl Into<Cow<'a, str>>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// Chosen already.
    #[must_use]
    pub fn chosen(self, chosen: bool) -> Self {
        Self { chosen, ..self }
    }

    /// Questions that only this choice needs. Shown when it is chosen; always, without scripts.
    #[must_use]
    pub fn under(self, questions: Markup) -> Self {
        Self { under: Some(questions), ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Radios,
    Checks,
    Seg,
    Select,
    Scale,
}

/// A question with things to choose from. Make it with [`Choices::radios`] and its kin.
#[derive(Debug, Clone)]
pub struct Choices<'a> {
    kind: Kind,
    name: Cow<'a, str>,
    label: Cow<'a, str>,
    offered: Vec<Choice<'a>>,
    hint: Cow<'a, str>,
    error: Option<Cow<'a, str>>,
    person: Option<Avatar<'a>>,
    ends: (&'a str, &'a str),
    hue: Option<Hue>,
    legend_hidden: bool,
}

impl<'a> Choices<'a> {
    fn new(kind: Kind, name: Cow<'a, str>, label: Cow<'a, str>, offered: Vec<Choice<'a>>) -> Self {
        let (hint, ends) = (Cow::Borrowed(""), ("", ""));
        Self {
            kind,
            name,
            label,
            offered,
            hint,
            error: None,
            person: None,
            ends,
            hue: None,
            legend_hidden: false,
        }
    }

    /// One of several, below one another.
    pub fn radios(
        name: impl Into<Cow<'a, str>>,
        label: impl Into<Cow<'a, str>>,
        choices: Vec<Choice<'a>>,
    ) -> Self {
        Self::new(Kind::Radios, name.into(), label.into(), choices)
    }

    /// Any number of several.
    pub fn checks(
        name: impl Into<Cow<'a, str>>,
        label: impl Into<Cow<'a, str>>,
        choices: Vec<Choice<'a>>,
    ) -> Self {
        Self::new(Kind::Checks, name.into(), label.into(), choices)
    }

    /// One of two to four short words, side by side.
    pub fn seg(
        name: impl Into<Cow<'a, str>>,
        label: impl Into<Cow<'a, str>>,
        choices: Vec<Choice<'a>>,
    ) -> Self {
        Self::new(Kind::Seg, name.into(), label.into(), choices)
    }

    /// One of a list. Give an empty value first where nothing may be chosen.
    pub fn select(
        name: impl Into<Cow<'a, str>>,
        label: impl Into<Cow<'a, str>>,
        choices: Vec<Choice<'a>>,
    ) -> Self {
        Self::new(Kind::Select, name.into(), label.into(), choices)
    }

    /// A number from 0 to 10, with words for both ends.
    pub fn scale(
        name: impl Into<Cow<'a, str>>,
        label: impl Into<Cow<'a, str>>,
        ends: (&'a str, &'a str),
    ) -> Self {
        let choices = (0..=10).map(|n: u8| Choice::new(n.to_string(), n.to_string())).collect();
        Self { ends, ..Self::new(Kind::Scale, name.into(), label.into(), choices) }
    }

    /// What helps to answer.
    #[must_use]
    pub fn hint(self, hint: impl Into<Cow<'a, str>>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// What is wrong, looked up by name.
    #[must_use]
    pub fn errors(self, errors: &FormErrors) -> Self {
        let error = errors.get(&self.name).map(|sentence| Cow::Owned(sentence.to_owned()));
        Self { error, ..self }
    }

    /// Chooses what was typed. What is chosen already stays when the form says nothing about this name.
    #[must_use]
    pub fn typed(mut self, typed: &Typed) -> Self {
        if typed.all(&self.name).next().is_some() {
            for choice in &mut self.offered {
                choice.chosen = typed.has(&self.name, &choice.value);
            }
        }
        self
    }

    /// Chooses the one with this value.
    #[must_use]
    pub fn chosen(mut self, value: &str) -> Self {
        for choice in &mut self.offered {
            choice.chosen = choice.value == value;
        }
        self
    }

    /// The question is about this person: their avatar beside it, in their colour.
    #[must_use]
    pub fn about(self, person: Avatar<'a>) -> Self {
        Self { person: Some(person), hue: Some(person.hue), ..self }
    }

    /// In a person's colour.
    #[must_use]
    pub fn hue(self, hue: Hue) -> Self {
        Self { hue: Some(hue), ..self }
    }

    /// The question is read out but not shown: only where a heading beside it says the same.
    #[must_use]
    pub fn legend_hidden(self) -> Self {
        Self { legend_hidden: true, ..self }
    }
}

impl Render for Choices<'_> {
    fn render(&self) -> Markup {
        let w = Wires::new(&self.name, &self.hint, self.error.as_deref());
        if self.kind == Kind::Select {
            return self.list(&w);
        }
        let error = self.error.is_some().then_some("field--error");
        let class = [error, self.hue.map(Hue::class)].into_iter().flatten().collect::<Vec<_>>().join(" ");
        html! {
            div class=(class) {
                fieldset aria-describedby=[w.described_by()] {
                    (self.legend())
                    (w.notes())
                    @match self.kind {
                        Kind::Seg | Kind::Scale => (self.side_by_side(&w)),
                        Kind::Radios | Kind::Checks | Kind::Select => (self.below_one_another(&w)),
                    }
                }
            }
        }
    }
}

impl Choices<'_> {
    fn legend(&self) -> Markup {
        html! {
            @if let Some(person) = &self.person {
                legend.who { (avatar(person)) span { (self.label) } }
            } @else {
                legend.hid[self.legend_hidden] { (self.label) }
            }
        }
    }

    fn list(&self, w: &Wires<'_>) -> Markup {
        html! {
            .field.field--error[self.error.is_some()] {
                label.label.hid[self.legend_hidden] for=(w.id) { (self.label) }
                (w.notes())
                select id=(w.id) name=(self.name) aria-describedby=[w.described_by()] aria-invalid=[w.invalid()] {
                    @for choice in &self.offered {
                        option value=(choice.value) selected[choice.chosen] { (choice.label) }
                    }
                }
                (self.questions())
            }
        }
    }

    fn side_by_side(&self, w: &Wires<'_>) -> Markup {
        let class = if self.kind == Kind::Scale { "scale" } else { "seg" };
        html! {
            div class=(class) {
                @for (n, choice) in self.offered.iter().enumerate() {
                    label {
                        input type="radio" id=(nth(w, n)) name=(self.name) value=(choice.value)
                            checked[choice.chosen];
                        span { (choice.label) }
                    }
                }
            }
            @if self.kind == Kind::Scale {
                p.scale__ends { span { (self.ends.0) } span { (self.ends.1) } }
            }
            (self.questions())
        }
    }

    fn below_one_another(&self, w: &Wires<'_>) -> Markup {
        let kind = if self.kind == Kind::Checks { "checkbox" } else { "radio" };
        html! {
            @for (n, choice) in self.offered.iter().enumerate() {
                @let id = nth(w, n);
                @let hint = (!choice.hint.is_empty()).then(|| format!("{id}--about"));
                .check {
                    input type=(kind) id=(id) name=(self.name) value=(choice.value) checked[choice.chosen]
                        aria-describedby=[hint.as_deref()];
                    div {
                        label for=(id) { (choice.label) }
                        @if let Some(hint) = &hint { p.hint id=(hint) { (choice.hint) } }
                    }
                }
                @if let Some(questions) = &choice.under { (self.when(choice, questions)) }
            }
        }
    }

    fn questions(&self) -> Markup {
        html! {
            @for choice in &self.offered {
                @if let Some(questions) = &choice.under { (self.when(choice, questions)) }
            }
        }
    }

    fn when(&self, choice: &Choice<'_>, questions: &Markup) -> Markup {
        html! { .under data-when=(self.name) data-is=(choice.value) { (questions) } }
    }
}

/// The first control has the field's own id, so that the error summary leads to it.
fn nth(w: &Wires<'_>, n: usize) -> String {
    if n == 0 { w.id.clone() } else { format!("{}--{n}", w.id) }
}

/// One box to tick, with its own words: for a single yes.
pub fn check(name: &str, value: &str, label: &str, checked: bool) -> Markup {
    let id = format!("{}-{}", crate::form::id_of(name), crate::form::id_of(value));
    html! {
        .check {
            input type="checkbox" id=(id) name=(name) value=(value) checked[checked];
            label for=(id) { (label) }
        }
    }
}
