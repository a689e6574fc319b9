//! One page that asks about one thing: its questions, its answers to check, its words that come back.

use maud::{Markup, html};
use page::{Choice, DateParts, Field, Form, FormErrors, SummaryRow, Typed, Width};

/// What one question takes.
pub(super) enum Kind {
    /// One line.
    Line(Width),
    /// Several lines.
    Lines(u8),
    /// A date in three fields.
    Day,
    /// One of several, below one another.
    Radios(Vec<(String, String)>),
    /// One of a list.
    List(Vec<(String, String)>),
    /// Yes or nothing, with its words.
    Tick,
}

/// One question.
pub(super) struct Ask {
    name: &'static str,
    label: String,
    hint: String,
    kind: Kind,
}

/// One line of words.
pub(super) fn line(name: &'static str, label: impl Into<String>) -> Ask {
    Ask { name, label: label.into(), hint: String::new(), kind: Kind::Line(Width::Middle) }
}

/// Several lines of words.
pub(super) fn lines(name: &'static str, label: impl Into<String>) -> Ask {
    Ask { name, label: label.into(), hint: String::new(), kind: Kind::Lines(4) }
}

/// A date.
pub(super) fn date(name: &'static str, label: impl Into<String>) -> Ask {
    Ask { name, label: label.into(), hint: String::new(), kind: Kind::Day }
}

/// One of several.
pub(super) fn radios(name: &'static str, label: impl Into<String>, offered: Vec<(String, String)>) -> Ask {
    Ask { name, label: label.into(), hint: String::new(), kind: Kind::Radios(offered) }
}

/// One of a list.
pub(super) fn list(name: &'static str, label: impl Into<String>, offered: Vec<(String, String)>) -> Ask {
    Ask { name, label: label.into(), hint: String::new(), kind: Kind::List(offered) }
}

/// Yes or nothing.
pub(super) fn tick(name: &'static str, label: impl Into<String>) -> Ask {
    Ask { name, label: label.into(), hint: String::new(), kind: Kind::Tick }
}

/// Pairs of code and words.
pub(super) fn pair(code: &str, words: &str) -> (String, String) {
    (code.to_owned(), words.to_owned())
}

impl Ask {
    /// One line below the question.
    pub(super) fn hint(self, hint: &str) -> Self {
        Self { hint: hint.to_owned(), ..self }
    }

    fn draw(&self, form: &Form<'_>, typed: &Typed) -> Markup {
        match &self.kind {
            Kind::Line(width) => {
                let field = Field::text(self.name, self.label.as_str()).width(*width).no_spelling();
                html! { (form.fill(field.hint(self.hint.as_str()).autocomplete("off"))) }
            }
            Kind::Lines(rows) => {
                let field = Field::textarea(self.name, self.label.as_str()).rows(*rows);
                html! { (form.fill(field.hint(self.hint.as_str()))) }
            }
            Kind::Day => {
                let date = form.date(self.name, &self.label);
                html! { @if self.hint.is_empty() { (date) } @else { (date.hint(&self.hint)) } }
            }
            Kind::Radios(offered) => {
                html! { (form.radios(self.name, &self.label, choices(offered)).hint(self.hint.as_str())) }
            }
            Kind::List(offered) => {
                html! { (form.select(self.name, &self.label, choices(offered)).hint(self.hint.as_str())) }
            }
            Kind::Tick => html! { (page::check(self.name, "yes", &self.label, typed.has(self.name, "yes"))) },
        }
    }

    /// The answer in words, or none where there is nothing to say.
    fn answer(&self, typed: &Typed) -> Option<String> {
        match &self.kind {
            Kind::Line(_) | Kind::Lines(_) => typed.some(self.name).map(str::to_owned),
            Kind::Day => DateParts::typed(typed, self.name).parse().ok().map(super::head::day),
            Kind::Radios(offered) | Kind::List(offered) => {
                let chosen =
                    offered.iter().find(|(code, _)| code == typed.get(self.name) && !code.is_empty());
                chosen.map(|(_, words)| words.clone())
            }
            Kind::Tick => typed.has(self.name, "yes").then(|| "Yes".to_owned()),
        }
    }
}

/// One page that asks about one thing.
pub(super) struct Sheet {
    /// The page's name, as a question or what it does.
    pub(super) title: String,
    /// What to know before answering.
    pub(super) lead: Option<Markup>,
    /// The questions.
    pub(super) asks: Vec<Ask>,
    /// What is in the fields before anyone types.
    pub(super) begin: Typed,
    /// The words on the button.
    pub(super) button: &'static str,
    /// Whether the answers are shown to check before they are kept.
    pub(super) check: bool,
    /// Where one comes back to: the part of the address after the person.
    pub(super) back: &'static str,
    /// The short key of what was done.
    pub(super) done: &'static str,
}

impl Sheet {
    /// A page with these questions, not checked before it is kept, that leads back to the details.
    pub(super) fn new(title: impl Into<String>, asks: Vec<Ask>) -> Self {
        Self {
            title: title.into(),
            lead: None,
            asks,
            begin: Typed::default(),
            button: "Save",
            check: false,
            back: "/about",
            done: "recorded",
        }
    }

    /// The fields, with what was typed.
    pub(super) fn fields(&self, typed: &Typed, errors: &FormErrors) -> Markup {
        let form = Form::new(typed, errors);
        // what was seen when the page was opened, and what it is about, where no question asks for it
        let unasked = self.begin.pairs().filter(|(name, _)| {
            ["seen", "kind"].contains(name) && self.asks.iter().all(|ask| ask.name != *name)
        });
        html! {
            @for (name, begun) in unasked {
                input type="hidden" name=(name) value=(typed.some(name).unwrap_or(begun));
            }
            @if let Some(lead) = &self.lead { (lead) }
            @for ask in &self.asks { (ask.draw(&form, typed)) }
        }
    }

    /// Each question that was answered, with its answer in words.
    pub(super) fn told(&self, typed: &Typed) -> Vec<(String, String)> {
        self.asks.iter().filter_map(|ask| Some((ask.label.clone(), ask.answer(typed)?))).collect()
    }

    /// The answers in words.
    pub(super) fn answers(&self, typed: &Typed) -> Markup {
        answered(&self.told(typed))
    }

    /// The answers, carried along unseen.
    pub(super) fn carried(typed: &Typed) -> Markup {
        html! {
            @for (name, value) in typed.pairs().filter(|(name, _)| !["csrf", "step"].contains(name)) {
                input type="hidden" name=(name) value=(value);
            }
        }
    }
}

/// Questions with their answers.
pub(super) fn answered(told: &[(String, String)]) -> Markup {
    let rows: Vec<SummaryRow<'_>> = told
        .iter()
        .map(|(label, words)| SummaryRow {
            term: label,
            value: html! { @for line in words.lines() { (line) br; } },
            change: None,
        })
        .collect();
    page::summary_list(&rows)
}

fn choices(offered: &[(String, String)]) -> Vec<Choice<'_>> {
    offered.iter().map(|(code, words)| Choice::new(code.as_str(), words.as_str())).collect()
}
