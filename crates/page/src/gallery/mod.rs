//! Every piece a page can be made of, with samples, in every state: what people who write pages look at, and
//! what the accessibility checks walk first. Everyone in it is invented.

mod forms;
mod lists;
mod pieces;

use maud::{Markup, html};

use crate::{
    Avatar, Hue, Layout, Link, Me, NavItem, PersonHeader, Printed, Size, Tabs, layout, person_header, tabs,
};

/// Words that would do harm if they were not escaped; they stand in samples, as text.
pub(crate) const CANARY: &str = "<script>alert('not escaped')</script>";

/// A section of the gallery.
#[expect(clippy::needless_pass_by_value, reason = "markup is built for the call")]
fn part(heading: &str, body: Markup) -> Markup {
    html! { section { h2 { (heading) } (body) } }
}

/// The page that shows every component.
pub fn gallery() -> Markup {
    let nav = [("/design", "Pieces", true), ("/today", "Today", false), ("/find", "Find", false)]
        .map(|(href, label, current)| NavItem { href, label, current });
    let l = Layout {
        title: "Pieces of a page",
        council: "Wyvern",
        demonstration: true,
        demo_links: &[Link { href: "/sign-in", label: "Be someone else" }],
        nav: &nav,
        me: Some(Me { name: "Nadia Farrow", initials: "NF", hue: Hue::new(8), href: "/me" }),
        sign_out: Some("token"),
        back: Some(Link { href: "/today", label: "Back to Today" }),
        said: Some("Kept. This is how the page says what was just done."),
        printed: Some(Printed { who: "Nadia Farrow", when: "23 November 2026 at 10.42 am" }),
        footer: &[Link { href: "/help", label: "Help" }, Link { href: "/access", label: "Who can see this" }],
        ..Layout::default()
    };
    let wrong = forms::wrong();
    layout(
        &Layout { errors: Some(&wrong), ..l },
        html! {
            h1 { "Pieces of a page" }
            p.lead.soft { "Each piece is one function of the crate " code { "page" } ". Everyone here is invented." }
            .cols.cols--even { div { (pieces::people()) (pieces::record()) } div { (pieces::told()) (lists::lists()) } }
            (heading())
            (forms::forms())
        },
    )
}

/// A person's heading and tabs, which other pages have at the top.
fn heading() -> Markup {
    let josie = Avatar::of("JH", Hue::new(7)).sized(Size::Largest);
    let items = [("#josie", "Overview", true), ("#timeline", "Timeline", false), ("#plan", "Plan", false)]
        .map(|(href, label, current)| NavItem { href, label, current });
    let header = PersonHeader {
        avatar: josie,
        name: "Josie",
        about: html! { "Josephine Hart, 9. She, her." },
        own_words: Some("I like dogs, drawing and Tuesdays."),
        facts: &[html! { "Lives with " a href="#people" { "Mum and Theo" } }, html! { "Alder Road Primary" }],
    };
    // the heading holds an h1 on a page of its own; here it is one sample among others
    let shown = person_header(&header).into_string().replace("h1>", "h3>");
    html! {
        section id="josie" {
            h2 { "A person's heading" }
            (maud::PreEscaped(shown))
            (tabs(&Tabs { label: "Josie's pages", hue: Some(Hue::new(7)), items: &items }))
        }
    }
}
