//! A form as a whole: what was typed, what is wrong with it, where it is sent. Whatever is wrong, every typed
//! value comes back to the person who typed it.

use jiff::civil::{Date, Time};
use maud::{Markup, Render, html};

use crate::date::{DateError, DateParts, parse_time};
use crate::{Choice, Choices, DateInput, Field, Icon, icon};

/// What is wrong with a form: the field's name and a sentence that says what to put right, in page order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormErrors(Vec<(String, String)>);

impl FormErrors {
    /// Nothing wrong yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Something to put right in the field with this name, as a sentence: "Say whether you saw Theo". An empty
    /// name is about the form as a whole.
    pub fn add(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        self.0.push((field.into(), sentence.into()));
    }

    /// Adds the sentence unless `holds`, and gives `holds` back.
    pub fn require(&mut self, holds: bool, field: &str, sentence: &str) -> bool {
        if !holds {
            self.add(field, sentence);
        }
        holds
    }

    /// The first thing to put right in this field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.iter().find(|(name, _)| *name == field).map(|(_, sentence)| sentence)
    }

    /// Every field and sentence, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, sentence)| (field.as_str(), sentence.as_str()))
    }

    /// True when there is nothing to put right.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The element id of the first control of the field with this name.
pub fn id_of(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    format!("f-{}", name.chars().map(plain).collect::<String>())
}

/// Everything to put right, at the top of the page, each a link to its field. Nothing when there is nothing.
pub fn errors(errors: &FormErrors) -> Markup {
    errors_under("There is something to put right", errors)
}

/// As [`errors`], under a heading in another language.
pub fn errors_under(heading: &str, errors: &FormErrors) -> Markup {
    html! {
        @if !errors.is_empty() {
            .errors role="alert" tabindex="-1" {
                h2 { (heading) }
                ul { @for (field, sentence) in errors.iter() {
                    li {
                        @if field.is_empty() { (sentence) }
                        @else { a href={ "#" (id_of(field)) } { (sentence) } }
                    }
                } }
            }
        }
    }
}

/// What was typed into a form, in order; a name may come more than once. Also what an edit form begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// From the pairs of a sent form (`axum::Form<Vec<(String, String)>>` gives them).
    pub fn from_pairs<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// The first value with this name as it was typed, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// The first value with this name without the space around it; None when that leaves nothing.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|value| !value.is_empty())
    }

    /// Every value with this name.
    pub fn all<'s, 'n>(&'s self, name: &'n str) -> impl Iterator<Item = &'s str> + use<'s, 'n> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// True when this value was chosen: for boxes and radios.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|v| v == value)
    }

    /// Adds a value, as an edit form does with what is already known.
    pub fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Adds the three parts of a date.
    pub fn put_date(&mut self, name: &str, date: Date) {
        let parts = DateParts::from(date);
        self.put(format!("{name}-day"), parts.day);
        self.put(format!("{name}-month"), parts.month);
        self.put(format!("{name}-year"), parts.year);
    }

    /// All names and values, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The date typed in the three fields of `name`. What is wrong goes into `wrong`, beginning with `label`.
    pub fn date(&self, name: &str, label: &str, wrong: &mut FormErrors) -> Option<Date> {
        DateParts::typed(self, name).parse().map_err(|e| wrong.add(name, e.sentence(label))).ok()
    }

    /// The same for a date that may be left out: None without an error when all three fields are empty.
    pub fn date_if_any(&self, name: &str, label: &str, wrong: &mut FormErrors) -> Option<Date> {
        match DateParts::typed(self, name).parse() {
            Err(DateError::Blank) => None,
            Err(e) => {
                wrong.add(name, e.sentence(label));
                None
            }
            Ok(date) => Some(date),
        }
    }

    /// The time typed in `name`: "4.35 pm", "16:35", "noon". What is wrong goes into `wrong`.
    pub fn time(&self, name: &str, label: &str, wrong: &mut FormErrors) -> Option<Time> {
        let typed = self.get(name);
        parse_time(typed).map_err(|e| wrong.add(name, e.sentence(label))).ok()
    }
}

/// What was typed and what is wrong with it, together: makes fields that know both.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    typed: &'a Typed,
    errors: &'a FormErrors,
}

impl<'a> Form<'a> {
    /// A form whose fields begin with what was typed and show what is wrong.
    pub const fn new(typed: &'a Typed, errors: &'a FormErrors) -> Self {
        Self { typed, errors }
    }

    /// Any other field, with its value and error.
    pub fn fill(&self, field: Field<'a>) -> Field<'a> {
        let value = self.typed.get(field.name()).to_owned();
        field.value(value).errors(self.errors)
    }

    /// One line of text.
    pub fn text(&self, name: &'a str, label: &'a str) -> Field<'a> {
        self.fill(Field::text(name, label))
    }

    /// Several lines of text.
    pub fn textarea(&self, name: &'a str, label: &'a str) -> Field<'a> {
        self.fill(Field::textarea(name, label))
    }

    /// A time of day.
    pub fn time(&self, name: &'a str, label: &'a str) -> Field<'a> {
        self.fill(Field::time(name, label))
    }

    /// A date in three fields.
    pub fn date(&self, name: &'a str, label: &'a str) -> DateInput<'a> {
        DateInput::new(name, label).parts(DateParts::typed(self.typed, name)).errors(self.errors)
    }

    /// One of several, as round buttons below one another.
    pub fn radios(&self, name: &'a str, label: &'a str, choices: Vec<Choice<'a>>) -> Choices<'a> {
        Choices::radios(name, label, choices).typed(self.typed).errors(self.errors)
    }

    /// One of two to four short words, side by side.
    pub fn seg(&self, name: &'a str, label: &'a str, choices: Vec<Choice<'a>>) -> Choices<'a> {
        Choices::seg(name, label, choices).typed(self.typed).errors(self.errors)
    }

    /// Any number of several.
    pub fn checks(&self, name: &'a str, label: &'a str, choices: Vec<Choice<'a>>) -> Choices<'a> {
        Choices::checks(name, label, choices).typed(self.typed).errors(self.errors)
    }

    /// One of a list.
    pub fn select(&self, name: &'a str, label: &'a str, choices: Vec<Choice<'a>>) -> Choices<'a> {
        Choices::select(name, label, choices).typed(self.typed).errors(self.errors)
    }

    /// A number from 0 to 10.
    pub fn scale(&self, name: &'a str, label: &'a str, ends: (&'a str, &'a str)) -> Choices<'a> {
        Choices::scale(name, label, ends).typed(self.typed).errors(self.errors)
    }
}

/// The hidden field that proves a form came from our own page.
pub fn csrf(token: &str) -> Markup {
    html! { input type="hidden" name="csrf" value=(token); }
}

/// Where a form is sent, and how.
#[derive(Debug, Clone, Copy, Default)]
pub struct Post<'a> {
    /// The address it is sent to.
    pub action: &'a str,
    /// The CSRF token.
    pub csrf: &'a str,
    /// True when it carries files.
    pub files: bool,
    /// What its draft is kept under, if its words are saved while they are typed. Must name the reader and the
    /// form ("visit for so-and-so by so-and-so"), as opaque ids: it is all that keeps two people's words apart.
    pub draft: Option<&'a str>,
    /// The page to come back to after "Save draft" without scripts.
    pub page: &'a str,
}

/// A form that changes something.
///
/// With `draft`, the fields `draft` (the key) and `draft-page` are sent as well, and both the script and the
/// [`draft_bar`] button send the form's own fields to `POST /drafts` as `application/x-www-form-urlencoded`.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn post(p: &Post<'_>, body: Markup) -> Markup {
    html! {
        form method="post" action=(p.action) enctype=[p.files.then_some("multipart/form-data")]
            data-draft=[p.draft] novalidate {
            (csrf(p.csrf))
            @if let Some(key) = p.draft {
                input type="hidden" name="draft" value=(key);
                input type="hidden" name="draft-page" value=(p.page);
            }
            (body)
        }
    }
}

/// The last row of a form: its buttons, and for a form with a draft the "Save draft" button (hidden by the
/// script that saves while you type) and the line that says when it was last saved.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn draft_bar(buttons: Markup, saved: Option<&str>) -> Markup {
    html! {
        .sticky {
            .btns {
                (buttons)
                button.btn.btn--quiet type="submit" formaction="/drafts" formnovalidate data-draft-save
                    formenctype="application/x-www-form-urlencoded" { "Save draft" }
            }
            p.small.soft role="status" data-draft-state { @if let Some(saved) = saved { "Saved " (saved) } }
        }
    }
}

/// A part of a form that is about one choice only: shown when the field `name` has one of `values` (separated
/// by spaces). Without scripts it is always there.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn shown_when(name: &str, values: &str, body: Markup) -> Markup {
    html! { .under data-when=(name) data-is=(values) { (body) } }
}

/// A list of like rows (statements, promises) to which one more can be added: without scripts by a submit
/// button named `add`, with scripts from `blank` there and then. In `blank`, names and ids hold `__n__` where
/// the row's number goes; the rows already there are numbered from 0.
pub fn more_rows(what: &str, button: &str, rows: &[Markup], blank: &Markup) -> Markup {
    html! {
        div data-rows=(what) {
            div data-rows-here { @for row in rows { div data-row { (row) } } }
            template { div data-row { (blank) } }
            button.btn.btn--quiet.btn--small type="submit" name="add" value=(what) formnovalidate data-rows-add {
                (icon(Icon::Plus)) (button)
            }
        }
    }
}

/// A button, or a link that looks like one.
#[derive(Debug, Clone, Copy)]
pub struct Button<'a> {
    label: &'a str,
    about: &'a str,
    href: Option<&'a str>,
    sent: Option<(&'a str, &'a str)>,
    quiet: bool,
    small: bool,
    drawing: Option<Icon>,
}

/// A button that sends its form. The words say what will happen.
pub const fn button(label: &str) -> Button<'_> {
    Button { label, about: "", href: None, sent: None, quiet: false, small: false, drawing: None }
}

/// A link that looks like a button: it leads to where something is done.
pub const fn link_button<'a>(href: &'a str, label: &'a str) -> Button<'a> {
    Button { href: Some(href), ..button(label) }
}

impl<'a> Button<'a> {
    /// The second choice on a page: outlined.
    #[must_use]
    pub const fn quiet(self) -> Self {
        Self { quiet: true, ..self }
    }

    /// Smaller, within a row.
    #[must_use]
    pub const fn small(self) -> Self {
        Self { small: true, ..self }
    }

    /// With a drawing before the words.
    #[must_use]
    pub const fn icon(self, drawing: Icon) -> Self {
        Self { drawing: Some(drawing), ..self }
    }

    /// Sends this name and value with the form.
    #[must_use]
    pub const fn sends(self, name: &'a str, value: &'a str) -> Self {
        Self { sent: Some((name, value)), ..self }
    }

    /// Words only read out, where the same words are on several buttons: ": the rescue dog book".
    #[must_use]
    pub const fn about(self, about: &'a str) -> Self {
        Self { about, ..self }
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let quiet = if self.quiet { " btn--quiet" } else { "" };
        let class = format!("btn{quiet}{}", if self.small { " btn--small" } else { "" });
        let inside = html! {
            @if let Some(drawing) = self.drawing { (icon(drawing)) }
            (self.label)
            @if !self.about.is_empty() { span.hid { (self.about) } }
        };
        let (name, value) = self.sent.unzip();
        html! {
            @if let Some(href) = self.href { a class=(class) href=(href) { (inside) } }
            @else { button class=(class) type="submit" name=[name] value=[value] { (inside) } }
        }
    }
}

/// Buttons in a row. The first does what the page is for.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn buttons(inside: Markup) -> Markup {
    html! { .btns { (inside) } }
}

/// A button that copies the words of the element with this id. Shown by its script only.
pub fn copy_button(id: &str, words: &str) -> Markup {
    html! {
        button.btn.btn--quiet.btn--small.no-print type="button" hidden data-copy=(id) {
            (icon(Icon::Copy)) span role="status" { (words) }
        }
    }
}

/// A button that prints the page. Shown by its script only.
pub fn print_button(words: &str) -> Markup {
    html! {
        button.btn.btn--quiet.btn--small type="button" hidden data-print { (icon(Icon::Printer)) (words) }
    }
}
