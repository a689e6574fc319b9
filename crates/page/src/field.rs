//! One field of a form: its label, its hint, what is wrong with it, and the box to type in, joined so that a
//! screen reader says all of them.

use std::borrow::Cow;

use maud::{Markup, Render, html};

use crate::form::{FormErrors, id_of};

/// How wide a box is, which says how much is expected in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// Three or four characters.
    Tiny,
    /// A time, a postcode, a number.
    Short,
    /// A name.
    Middle,
    /// A line.
    #[default]
    Full,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Tiny => "w-xs",
            Self::Short => "w-s",
            Self::Middle => "w-m",
            Self::Full => "",
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind<'a> {
    Line(&'static str),
    Number,
    Lines(u8),
    File { accept: &'a str, several: bool, limit_bytes: u64, wide: bool },
}

/// One field. Make it with [`Field::text`] and its kin, add what it needs, and put it in the page.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    kind: Kind<'a>,
    name: Cow<'a, str>,
    label: Cow<'a, str>,
    hint: Cow<'a, str>,
    value: Cow<'a, str>,
    error: Option<Cow<'a, str>>,
    autocomplete: Option<&'a str>,
    width: Width,
    label_hidden: bool,
    spelling: bool,
    pictures: bool,
    error_word: &'a str,
}

impl<'a> Field<'a> {
    fn new(kind: Kind<'a>, name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self {
            kind,
            name: name.into(),
            label: label.into(),
            hint: Cow::Borrowed(""),
            value: Cow::Borrowed(""),
            error: None,
            autocomplete: None,
            width: Width::Full,
            label_hidden: false,
            spelling: true,
            pictures: false,
            error_word: "Error",
        }
    }

    /// One line of text.
    pub fn text(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Line("text"), name, label)
    }

    /// Several lines of text; see [`Field::rows`].
    pub fn textarea(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Lines(4), name, label)
    }

    /// Words to look for.
    pub fn search(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Line("search"), name, label).no_spelling().autocomplete("off")
    }

    /// An email address.
    pub fn email(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Line("email"), name, label).no_spelling().width(Width::Middle)
    }

    /// A telephone number.
    pub fn telephone(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Line("tel"), name, label).width(Width::Middle)
    }

    /// A password. Its value is never written back into the page.
    pub fn password(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Line("password"), name, label).no_spelling().width(Width::Middle)
    }

    /// Digits only, such as a code or an age.
    pub fn number(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Number, name, label).width(Width::Short).no_spelling()
    }

    /// A time of day, typed as it is said: see [`crate::parse_time`].
    pub fn time(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        let field = Self::new(Kind::Line("text"), name, label);
        field.width(Width::Short).no_spelling().hint("Such as 4.35 pm or 16:35")
    }

    /// A file to choose. `accept` is a list of media types or endings; the form must carry files.
    pub fn file(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>, accept: &'a str) -> Self {
        Self::new(Kind::File { accept, several: false, limit_bytes: 0, wide: false }, name, label)
    }

    /// Pictures to choose, shown small by the script, which warns about one larger than `limit_bytes`.
    pub fn pictures(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>, limit_bytes: u64) -> Self {
        let kind = Kind::File { accept: "image/*", several: true, limit_bytes, wide: false };
        Self { pictures: true, ..Self::new(kind, name, label) }
    }

    /// The name it is sent under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What helps to answer: one line below the label.
    #[must_use]
    pub fn hint(self, hint: impl Into<Cow<'a, str>>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// What is in the box already.
    #[must_use]
    pub fn value(self, value: impl Into<Cow<'a, str>>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// What is wrong with it, as a sentence.
    #[must_use]
    pub fn error(self, sentence: Option<impl Into<Cow<'a, str>>>) -> Self {
        Self { error: sentence.map(Into::into), ..self }
    }

    /// What is wrong with it, looked up by its name.
    #[must_use]
    pub fn errors(self, errors: &FormErrors) -> Self {
        let error = errors.get(&self.name).map(|sentence| Cow::Owned(sentence.to_owned()));
        Self { error, ..self }
    }

    /// The HTML `autocomplete` word: "given-name", "one-time-code", "off".
    #[must_use]
    pub fn autocomplete(self, autocomplete: &'a str) -> Self {
        Self { autocomplete: Some(autocomplete), ..self }
    }

    /// How wide the box is.
    #[must_use]
    pub fn width(self, width: Width) -> Self {
        Self { width, ..self }
    }

    /// How many lines are shown at first.
    #[must_use]
    pub fn rows(self, rows: u8) -> Self {
        Self { kind: Kind::Lines(rows), ..self }
    }

    /// More than one file may be chosen.
    #[must_use]
    pub fn several(self) -> Self {
        match self.kind {
            Kind::File { accept, limit_bytes, wide, .. } => {
                Self { kind: Kind::File { accept, several: true, limit_bytes, wide }, ..self }
            }
            Kind::Line(_) | Kind::Number | Kind::Lines(_) => self,
        }
    }

    /// A wide place onto which files can be dropped, as browsers do by themselves.
    #[must_use]
    pub fn wide(self) -> Self {
        match self.kind {
            Kind::File { accept, several, limit_bytes, .. } => {
                Self { kind: Kind::File { accept, several, limit_bytes, wide: true }, ..self }
            }
            Kind::Line(_) | Kind::Number | Kind::Lines(_) => self,
        }
    }

    /// The label is read out but not shown: only where a heading beside it says the same.
    #[must_use]
    pub fn label_hidden(self) -> Self {
        Self { label_hidden: true, ..self }
    }

    /// No spelling marks, for names, codes and what must stay as it was said.
    #[must_use]
    pub fn no_spelling(self) -> Self {
        Self { spelling: false, ..self }
    }
}

impl<'a> Field<'a> {
    /// What is read out before the sentence that says what is wrong, in another language.
    #[must_use]
    pub fn error_word(self, word: &'a str) -> Self {
        Self { error_word: word, ..self }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let wires =
            Wires { word: self.error_word, ..Wires::new(&self.name, &self.hint, self.error.as_deref()) };
        html! {
            .field.field--error[self.error.is_some()] {
                label.label.hid[self.label_hidden] for=(wires.id) { (self.label) }
                (wires.notes())
                (self.control(&wires))
            }
        }
    }
}

impl Field<'_> {
    fn control(&self, w: &Wires<'_>) -> Markup {
        let (id, by, invalid) = (&w.id, w.described_by(), w.invalid());
        let spelling = (!self.spelling).then_some("false");
        let class = Some(self.width.class()).filter(|c| !c.is_empty());
        match self.kind {
            Kind::Lines(rows) => html! {
                textarea id=(id) name=(self.name) rows=(rows) aria-describedby=[by] aria-invalid=[invalid]
                    autocomplete=[self.autocomplete] spellcheck=[spelling] {
                    // the first line break inside a textarea is dropped by browsers, so one is added to lose
                    "\n" (self.value)
                }
            },
            Kind::File { accept, several, limit_bytes, wide } => html! {
                input type="file" class=[wide.then_some("drop")] id=(id) name=(self.name) accept=(accept) multiple[several]
                    aria-describedby=[by] aria-invalid=[invalid]
                    data-pictures=[self.pictures.then_some(limit_bytes)];
            },
            Kind::Line("password") => html! {
                input type="password" id=(id) name=(self.name) class=[class] aria-describedby=[by]
                    aria-invalid=[invalid] autocomplete=[self.autocomplete] spellcheck="false" autocapitalize="none";
            },
            Kind::Line(kind) => html! {
                input type=(kind) id=(id) name=(self.name) value=(self.value) class=[class] aria-describedby=[by]
                    aria-invalid=[invalid] autocomplete=[self.autocomplete] spellcheck=[spelling];
            },
            Kind::Number => html! {
                input type="text" inputmode="numeric" id=(id) name=(self.name) value=(self.value) class=[class]
                    aria-describedby=[by] aria-invalid=[invalid] autocomplete=[self.autocomplete] spellcheck="false";
            },
        }
    }
}

/// What joins a control to its hint and its error: their ids.
#[derive(Debug)]
pub(crate) struct Wires<'a> {
    pub(crate) id: String,
    hint: &'a str,
    error: Option<&'a str>,
    word: &'a str,
}

impl<'a> Wires<'a> {
    pub(crate) fn new(name: &str, hint: &'a str, error: Option<&'a str>) -> Self {
        Self { id: id_of(name), hint, error, word: "Error" }
    }

    /// The hint and the error, above the control.
    pub(crate) fn notes(&self) -> Markup {
        html! {
            @if !self.hint.is_empty() { p.hint id={ (self.id) "--hint" } { (self.hint) } }
            @if let Some(error) = self.error {
                p.err id={ (self.id) "--err" } { span.hid { (self.word) ": " } (error) }
            }
        }
    }

    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}--hint", self.id));
        let error = self.error.map(|_| format!("{}--err", self.id));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (hint, error) => hint.or(error),
        }
    }

    pub(crate) const fn invalid(&self) -> Option<&'static str> {
        if self.error.is_some() { Some("true") } else { None }
    }
}
