//! The frame of the pages of children, adults and families: larger words, one column, help and a fast way out on every page,
//! every word given by whoever knows the language, and a title that tells a stranger nothing.

use maud::{DOCTYPE, Markup, html};

use crate::layout::own_assets;
use crate::{Avatar, FormErrors, Link, Me, NavItem, Size, avatar, csrf, errors_under};

/// A language one may change to.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    /// "cy".
    pub code: &'a str,
    /// Its name in itself.
    pub name: &'a str,
    /// The address that changes to it.
    pub href: &'a str,
}

/// What the frame needs, in words of the language.
#[derive(Debug, Default)]
pub struct OwnLayout<'a> {
    /// The language: "en".
    pub language: &'a str,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
    /// The page's name: short, and nothing that tells a stranger where one is.
    pub title: &'a str,
    /// "Error", for the title of a page on which something is missing.
    pub error: &'a str,
    /// "Something is missing".
    pub error_heading: &'a str,
    /// "Skip to the main part".
    pub skip: &'a str,
    /// In the demonstration: that everyone is invented, and the way to be someone else.
    pub demonstration: Option<(&'a str, Link<'a>)>,
    /// Help at once, and the way out.
    pub ways_out: &'a [Link<'a>],
    /// The address of the first page.
    pub home: &'a str,
    /// What the main links are called when read out, and the links.
    pub nav: (&'a str, &'a [NavItem<'a>]),
    /// Who is signed in.
    pub me: Option<Me<'a>>,
    /// The token of the sign-out button, and its words.
    pub sign_out: Option<(&'a str, &'a str)>,
    /// What was just done.
    pub said: Option<&'a str>,
    /// What is wrong with the form on the page.
    pub errors: Option<&'a FormErrors>,
    /// That the words of this language wait for somebody to check them.
    pub unchecked: Option<&'a str>,
    /// What the footer's links are called when read out, and the links.
    pub footer: (&'a str, &'a [Link<'a>]),
    /// What the list of languages is called, and the others.
    pub languages: (&'a str, &'a [Spoken<'a>]),
    /// "Run by Wyvern."
    pub run_by: &'a str,
}

/// A whole page. `body` is the page's own part and holds the one `h1`.
#[expect(clippy::needless_pass_by_value, reason = "a page is made from what is built for it there and then")]
pub fn own_layout(l: &OwnLayout<'_>, body: Markup) -> Markup {
    let wrong = l.errors.is_some_and(|errors| !errors.is_empty());
    html! {
        (DOCTYPE)
        html lang=(l.language) dir=[l.right_to_left.then_some("rtl")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="robots" content="noindex";
                title { @if wrong { (l.error) ": " } (l.title) }
                (own_assets())
            }
            body.mine {
                a.skip href="#main" { (l.skip) }
                .demo {
                    .wrap {
                        @if let Some((words, link)) = &l.demonstration { p { (words) " " a href=(link.href) { (link.label) } } }
                        p { @for link in l.ways_out { a href=(link.href) data-leave[link.href.ends_with("/leave")] { (link.label) } " " } }
                    }
                }
                (top(l))
                main.wrap id="main" tabindex="-1" {
                    @if let Some(words) = l.unchecked { p.box.small role="note" { (words) } }
                    div role="status" { @if let Some(said) = l.said { .well { p { (said) } } } }
                    @if let Some(wrong) = l.errors { (errors_under(l.error_heading, wrong)) }
                    (body)
                }
                (foot(l))
            }
        }
    }
}

fn top(l: &OwnLayout<'_>) -> Markup {
    html! {
        header.top {
            .wrap {
                a.brand href=(l.home) {
                    svg viewBox="0 0 22 30" aria-hidden="true" {
                        rect x="1" y="1" width="8" height="28" rx="4" fill="#0b5460" {}
                        rect x="12.5" y="10" width="8" height="19" rx="4" fill="#ffc83d" {}
                    }
                    "Alongside"
                }
                @if let Some(me) = &l.me {
                    a.me href=(me.href) {
                        (avatar(&Avatar { size: Size::Small, ..Avatar::of(me.initials, me.hue) })) (me.name)
                    }
                }
                @if let Some((token, words)) = l.sign_out {
                    form method="post" action="/my/sign-out" data-sign-out {
                        (csrf(token))
                        button.linkbtn type="submit" { (words) }
                    }
                }
                @if !l.nav.1.is_empty() {
                    nav.nav aria-label=(l.nav.0) {
                        ul { @for item in l.nav.1 {
                            li { a href=(item.href) aria-current=[item.current.then_some("page")] { (item.label) } }
                        } }
                    }
                }
            }
        }
    }
}

fn foot(l: &OwnLayout<'_>) -> Markup {
    html! {
        footer.foot {
            .wrap {
                @if !l.footer.1.is_empty() {
                    nav aria-label=(l.footer.0) { ul {
                        @for link in l.footer.1 { li { a href=(link.href) { (link.label) } } }
                    } }
                }
                @if !l.languages.1.is_empty() {
                    nav aria-label=(l.languages.0) { ul {
                        @for one in l.languages.1 { li { a href=(one.href) lang=(one.code) hreflang=(one.code) { (one.name) } } }
                    } }
                }
                p { "Alongside. " (l.run_by) }
            }
        }
    }
}
