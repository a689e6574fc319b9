//! Parts of the page of a hand-over: that there is none, and the list that makes it ready.

use super::read;
use crate::person::Header;
use maud::{Markup, html};
use page::{buttons, link_button};
use practice::handover::{By, Found, Ready};

/// That nobody has been asked, and the way to ask.
pub(super) fn nothing(header: &Header, by: By) -> Markup {
    html! {
        h2 { "No hand-over" }
        p { "Nobody has been asked to become " (header.shown_name) "’s worker." }
        @if by.responsible || by.leads {
            (buttons(html! { (link_button(&format!("/person/{}/handover/offer", header.id), "Offer a hand-over")) }))
        }
    }
}

/// The list, what is missing first; each thing that is there leads to where it stands, for whoever may go there.
pub(super) fn ready(list: Option<&Ready<'static, read::Shown>>) -> Markup {
    let Some(list) = list else { return html! {} };
    let (there, all) = list.count();
    let items: Vec<page::Ready> = list
        .asks
        .iter()
        .map(|(ask, found)| page::Ready {
            done: !matches!(found, Found::Missing),
            what: html! { (ask.plain) },
            about: match found {
                Found::Shown((words, Some(href))) => html! { a href=(href) { (words) } },
                Found::Shown((words, None)) => html! { (words) },
                Found::Said(words) => html! { "Not recorded. " (words) },
                Found::Missing => html! { "Not recorded, and nobody said how it is." },
            },
        })
        .collect();
    html! {
        section aria-labelledby="h-ready" {
            (page::heading_row("h-ready", "Is it ready?", html! { span { (there) " of " (all) } }))
            (page::ready_list(&items))
        }
    }
}
