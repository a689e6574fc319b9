//! People on a page: their round picture or initials, their heading, and their words.

use maud::{Markup, html};

use crate::Hue;

/// How large an avatar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// In a chip or the header, 28 px.
    Small,
    /// Beside words, 36 px.
    #[default]
    Medium,
    /// In a list of people, 52 px.
    Large,
    /// In the heading of a person's page.
    Largest,
}

/// A person's round picture: a photo if they want one, otherwise initials on their colour.
#[derive(Debug, Clone, Copy)]
pub struct Avatar<'a> {
    /// One to three letters.
    pub initials: &'a str,
    /// Their colour.
    pub hue: Hue,
    /// How large.
    pub size: Size,
    /// Where the photo or chosen picture is, if they want one.
    pub photo_href: Option<&'a str>,
}

impl<'a> Avatar<'a> {
    /// Initials on the person's colour, at the usual size.
    pub const fn of(initials: &'a str, hue: Hue) -> Self {
        Self { initials, hue, size: Size::Medium, photo_href: None }
    }

    /// The same, at another size.
    #[must_use]
    pub const fn sized(self, size: Size) -> Self {
        Self { size, ..self }
    }

    /// The same, with a photo or chosen picture.
    #[must_use]
    pub const fn photo(self, photo_href: Option<&'a str>) -> Self {
        Self { photo_href, ..self }
    }
}

/// The avatar. Hidden from screen readers: the name always stands in text beside it.
pub fn avatar(a: &Avatar<'_>) -> Markup {
    let size = match a.size {
        Size::Small => " av--s",
        Size::Medium => "",
        Size::Large => " av--l",
        Size::Largest => " av--xl",
    };
    html! {
        span class={ "av " (a.hue.class()) (size) } aria-hidden="true" {
            @if let Some(href) = a.photo_href { img src=(href) alt="" loading="lazy" decoding="async"; } @else { (a.initials) }
        }
    }
}

/// Several avatars, overlapping, for a row about more than one person.
pub fn avatars(several: &[Avatar<'_>]) -> Markup {
    html! { span.avs { @for a in several { (avatar(a)) } } }
}

/// A person as a small pill with their name, a link when `href` is given.
pub fn chip(a: &Avatar<'_>, name: &str, href: Option<&str>) -> Markup {
    let class = format!("chip {}", a.hue.class());
    let inside = html! { (avatar(&a.sized(Size::Small))) (name) };
    html! {
        @if let Some(href) = href { a class=(class) href=(href) { (inside) } }
        @else { span class=(class) { (inside) } }
    }
}

/// A list of chips or tags (`class` is `"chips"` or `"tags"`).
fn pills(class: &str, items: &[Markup]) -> Markup {
    html! { ul class=(class) { @for item in items { li { (item) } } } }
}

/// A row of chips.
pub fn chips(items: &[Markup]) -> Markup {
    pills("chips", items)
}

/// A row of tags.
pub fn tags(items: &[Markup]) -> Markup {
    pills("tags", items)
}

/// A row about a person: avatar (or [`avatars`]) and what is said beside it.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
pub fn who(picture: Markup, words: Markup) -> Markup {
    html! { .who { (picture) div { (words) } } }
}

/// The heading of a person's pages.
#[derive(Debug)]
pub struct PersonHeader<'a> {
    /// Their avatar; its colour is the heading's.
    pub avatar: Avatar<'a>,
    /// The name they chose, large.
    pub name: &'a str,
    /// Legal name, age, pronouns: small.
    pub about: Markup,
    /// What they say of themselves, in their words, without quotation marks.
    pub own_words: Option<&'a str>,
    /// Three or so facts: who they live with, school, plan.
    pub facts: &'a [Markup],
}

/// The heading of a person's pages, in their colour. It holds the page's `h1`.
pub fn person_header(p: &PersonHeader<'_>) -> Markup {
    html! {
        div class={ "person " (p.avatar.hue.class()) } {
            .wrap {
                (avatar(&p.avatar))
                div { h1 { (p.name) } p { (p.about) } }
                @if p.own_words.is_some() || !p.facts.is_empty() {
                    .person__more {
                        @if let Some(words) = p.own_words {
                            blockquote.own { p.words { "“" (words) "”" } }
                        }
                        @if !p.facts.is_empty() {
                            ul.facts.small { @for fact in p.facts { li { (fact) } } }
                        }
                    }
                }
            }
        }
    }
}

/// Someone's words. One owner each: never merge two people's words.
#[derive(Debug)]
pub struct Voice<'a> {
    /// Whose words.
    pub avatar: Avatar<'a>,
    /// Their name.
    pub owner: &'a str,
    /// Their own page, if the reader may open it.
    pub owner_href: Option<&'a str>,
    /// How and to whom: "said", "wrote on Sunday at 6.12 pm", "said, in Yoruba. Bola Ige interpreted."
    pub form: Markup,
    /// The words as they were said, with line breaks and spelling kept.
    pub words: &'a str,
    /// True for the words of someone who works there: outlined and smaller.
    pub worker: bool,
    /// Anything below the words: a link to hear them, what is disagreed with.
    pub below: Option<Markup>,
}

impl<'a> Voice<'a> {
    /// Words with their owner, and nothing else.
    pub fn of(avatar: Avatar<'a>, owner: &'a str, form: Markup, words: &'a str) -> Self {
        Self { avatar, owner, owner_href: None, form, words, worker: false, below: None }
    }
}

/// Someone's words with their owner.
pub fn voice(v: &Voice<'_>) -> Markup {
    html! {
        figure class={ "voice " (v.avatar.hue.class()) @if v.worker { " voice--worker" } } {
            figcaption.voice__by {
                (avatar(&v.avatar.sized(Size::Medium)))
                span {
                    @if let Some(href) = v.owner_href { a href=(href) { b { (v.owner) } } } @else { b { (v.owner) } }
                    " " (v.form)
                }
            }
            blockquote { p.words { (v.words) } }
            @if let Some(below) = &v.below { (below) }
        }
    }
}
