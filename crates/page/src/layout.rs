//! The frame of every page: skip link, banner, header with the main parts, the page's own part, footer.

use maud::{DOCTYPE, Markup, html};

use crate::{Avatar, FormErrors, Hue, Size, asset_href, avatar, csrf, errors, has_typeface};

/// A link: where it goes and the words on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link<'a> {
    /// Where it goes.
    pub href: &'a str,
    /// The words on it, which say where it goes without the words around it.
    pub label: &'a str,
}

/// A link in the main navigation or in the tabs of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NavItem<'a> {
    /// Where it goes.
    pub href: &'a str,
    /// The words on it.
    pub label: &'a str,
    /// True for the part the reader is in.
    pub current: bool,
}

/// The person who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Me<'a> {
    /// The name they use.
    pub name: &'a str,
    /// One to three letters.
    pub initials: &'a str,
    /// Their colour.
    pub hue: Hue,
    /// Their own page.
    pub href: &'a str,
}

/// The pages of one person, family or thing, below its heading.
#[derive(Debug, Clone, Copy)]
pub struct Tabs<'a> {
    /// What the tabs are for, such as "Josie's pages": read out, not shown.
    pub label: &'a str,
    /// The colour of the mark under the current tab.
    pub hue: Option<Hue>,
    /// The tabs, in order.
    pub items: &'a [NavItem<'a>],
}

/// Who printed a page and when. Shown on paper only.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a> {
    /// The name of who is signed in.
    pub who: &'a str,
    /// When, in words: "23 November 2026 at 10.42 am".
    pub when: &'a str,
}

/// What the frame of a page needs. Begin from `Layout { title, council, ..Layout::default() }`.
#[derive(Debug, Default)]
pub struct Layout<'a> {
    /// The page's name, first in the browser's title. The page's own part holds the `h1`.
    pub title: &'a str,
    /// The council's short name, shown beside the mark.
    pub council: &'a str,
    /// True in the demonstration: says that everyone is invented.
    pub demonstration: bool,
    /// More in the demonstration's banner, such as "Be someone else".
    pub demo_links: &'a [Link<'a>],
    /// The main parts. Left out when empty.
    pub nav: &'a [NavItem<'a>],
    /// Who is signed in.
    pub me: Option<Me<'a>>,
    /// The CSRF token for the sign-out button (POST /sign-out). No button without it.
    pub sign_out: Option<&'a str>,
    /// "Back to Today", above the page's own part.
    pub back: Option<Link<'a>>,
    /// What was just done, said once at the top: "Kept." Read out by screen readers.
    pub said: Option<&'a str>,
    /// What is wrong with the form on the page: summed up at the top, and "Error:" in the title.
    pub errors: Option<&'a FormErrors>,
    /// Further notices at the top.
    pub notices: &'a [Markup],
    /// The coloured heading of a person's pages ([`crate::person_header`]). It holds the `h1`.
    pub header: Option<Markup>,
    /// Tabs below the heading.
    pub tabs: Option<Tabs<'a>>,
    /// Who printed it and when.
    pub printed: Option<Printed<'a>>,
    /// The links in the footer.
    pub footer: &'a [Link<'a>],
    /// True on the family's own pages: larger words, one column.
    pub mine: bool,
    /// After how many seconds the page is asked for again, because something on it is still under way. Only
    /// without scripts: with them the part marked `data-watch` is followed instead.
    pub again: Option<u8>,
}

/// A whole page. `body` is the page's own part; it holds the one `h1`, unless `header` does.
#[expect(clippy::needless_pass_by_value, reason = "a page is made from what is built for it there and then")]
pub fn layout(l: &Layout<'_>, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            (head(l))
            body.mine[l.mine] {
                a.skip href="#main" { "Skip to the main part" }
                @if l.demonstration { (banner(l.demo_links)) }
                (top(l))
                @if l.header.is_some() || l.tabs.is_some() {
                    main id="main" tabindex="-1" {
                        @if let Some(header) = &l.header { (header) }
                        @if let Some(t) = &l.tabs { (tabs(t)) }
                        .wrap.page { (above(l)) (body) }
                    }
                } @else {
                    main.wrap id="main" tabindex="-1" { (above(l)) (body) }
                }
                (foot(l))
            }
        }
    }
}

fn head(l: &Layout<'_>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width,initial-scale=1";
            meta name="robots" content="noindex";
            meta name="format-detection" content="telephone=no";
            @if let Some(seconds) = l.again { noscript { meta http-equiv="refresh" content=(seconds); } }
            title { @if l.errors.is_some_and(|e| !e.is_empty()) { "Error: " } (l.title) " – Alongside" }
            (assets())
        }
    }
}

/// Typeface, stylesheet, scripts and mark.
pub(crate) fn assets() -> Markup {
    html! {
        @if has_typeface() {
            link rel="preload" href=(asset_href("atkinson.woff2")) as="font" type="font/woff2" crossorigin;
            link rel="stylesheet" href=(asset_href("typeface.css"));
        }
        (looks())
    }
}

/// The same for the pages of children, adults and families, with the typeface cut small.
pub(crate) fn own_assets() -> Markup {
    html! {
        link rel="preload" href=(asset_href("letters.woff2")) as="font" type="font/woff2" crossorigin;
        link rel="stylesheet" href=(asset_href("letters.css"));
        (looks())
    }
}

fn looks() -> Markup {
    html! {
        link rel="stylesheet" href=(asset_href("alongside.css"));
        script type="module" src=(asset_href("alongside.js")) {}
        link rel="icon" type="image/svg+xml" href=(asset_href("mark.svg"));
    }
}

fn banner(links: &[Link<'_>]) -> Markup {
    html! {
        .demo role="region" aria-label="Demonstration" {
            .wrap {
                p { "Demonstration. Everyone here is invented." }
                @if !links.is_empty() { p { @for link in links { a href=(link.href) { (link.label) } " " } } }
            }
        }
    }
}

fn top(l: &Layout<'_>) -> Markup {
    html! {
        header.top {
            .wrap {
                a.brand href="/" {
                    svg viewBox="0 0 22 30" aria-hidden="true" {
                        rect x="1" y="1" width="8" height="28" rx="4" fill="#0b5460" {}
                        rect x="12.5" y="10" width="8" height="19" rx="4" fill="#ffc83d" {}
                    }
                    "Alongside " span { (l.council) }
                }
                @if let Some(me) = &l.me {
                    a.me href=(me.href) {
                        (avatar(&Avatar { size: Size::Small, ..Avatar::of(me.initials, me.hue) })) (me.name)
                    }
                }
                @if !l.nav.is_empty() { nav.nav aria-label="Main" { (nav_list(l.nav)) } }
                @if let Some(token) = l.sign_out {
                    form method="post" action="/sign-out" data-sign-out {
                        (csrf(token))
                        button.linkbtn type="submit" { "Sign out" }
                    }
                }
            }
        }
    }
}

fn nav_list(items: &[NavItem<'_>]) -> Markup {
    html! {
        ul { @for item in items {
            li { a href=(item.href) aria-current=[item.current.then_some("page")] { (item.label) } }
        } }
    }
}

/// The pages of one person or thing, as links.
pub fn tabs(tabs: &Tabs<'_>) -> Markup {
    html! {
        div class={ "tabs " (tabs.hue.map_or("", Hue::class)) } {
            .wrap { nav.nav aria-label=(tabs.label) { (nav_list(tabs.items)) } }
        }
    }
}

fn above(l: &Layout<'_>) -> Markup {
    html! {
        @if let Some(p) = &l.printed {
            p.print-only { "Printed by " (p.who) " on " (p.when) ". Shred when done." }
        }
        @if let Some(back) = &l.back { p.crumb { a href=(back.href) { (back.label) } } }
        div role="status" data-said { @if let Some(said) = l.said { .well { p { (said) } } } }
        @if let Some(wrong) = l.errors { (errors(wrong)) }
        @for notice in l.notices { (notice) }
    }
}

fn foot(l: &Layout<'_>) -> Markup {
    html! {
        footer.foot {
            .wrap {
                @if !l.footer.is_empty() {
                    nav aria-label="Footer" { ul {
                        @for link in l.footer { li { a href=(link.href) { (link.label) } } }
                    } }
                }
                p { "Alongside" @if !l.council.is_empty() { ", run by " (l.council) @if !l.council.to_lowercase().ends_with("council") { " Council" } } ". Open source." }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PersonHeader, person_header};

    #[test]
    fn a_person_s_page_has_their_heading_and_tabs_at_full_width() {
        let header = person_header(&PersonHeader {
            avatar: Avatar::of("JH", Hue::new(7)),
            name: "Josie",
            about: html! { "Josephine Hart, 9" },
            own_words: None,
            facts: &[],
        });
        let items = [NavItem { href: "/people/1", label: "Overview", current: true }];
        let tabs = Tabs { label: "Josie's pages", hue: Some(Hue::new(7)), items: &items };
        let l = Layout { title: "Josie", header: Some(header), tabs: Some(tabs), ..Layout::default() };
        let page = layout(&l, html! { p { "body" } }).into_string();
        assert_eq!(page.matches("<h1>").count(), 1);
        assert!(page.contains(r#"<main id="main" tabindex="-1"><div class="person p7">"#), "{page}");
        assert!(page.contains(r#"<a href="/people/1" aria-current="page">Overview</a>"#));
        assert!(page.contains(r#"<div class="wrap page">"#));
    }

    #[test]
    fn a_bare_page_claims_nothing() {
        let page = layout(&Layout { title: "Sign in", ..Layout::default() }, html! { h1 { "Sign in" } })
            .into_string();
        for absent in ["Demonstration", "Sign out", "Error:", "Printed by", "<nav", "Council"] {
            assert!(!page.contains(absent), "{absent}");
        }
        assert!(page.contains("<title>Sign in – Alongside</title>"));
    }
}
