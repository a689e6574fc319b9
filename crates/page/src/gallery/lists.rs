//! Samples: lists, tables, files, numbers.

use maud::{Markup, html};

use super::{CANARY, part};
use crate::{
    Column, FileRow, Hue, Link, Number, Pages, Ready, SummaryRow, file_list, numbers, pagination, ready_list,
    rows, steps, summary_list, table, tiles,
};

pub(super) fn lists() -> Markup {
    html! {
        (part("Rows, and the pages of a long list", html! {
            (rows(&[html! { a href="#people" { "Visit to the Pikes, Friday" } }, html! { "Core group, 22 October" }]))
            (pagination(&Pages { label: "entries", here: "31 to 60 of 210",
                previous: Some(Link { href: "#later", label: "Later" }),
                next: Some(Link { href: "#earlier", label: "Earlier: before May 2025" }) }))
        }))
        (part("Answers to check", summary_list(&[
            SummaryRow { term: "Name", value: html! { (CANARY) }, change: Some("#f-name") },
            SummaryRow { term: "Date of birth", value: html! { "4 May 2017" }, change: Some("#f-born") },
            SummaryRow { term: "Made by", value: html! { "Nadia Farrow" }, change: None },
        ])))
        (part("Table", table("Where Nadia’s time went last week",
            &[Column::words("What"), Column::number("Hours"), Column::number("Share")],
            &[
                vec![html! { "With people" }, html! { a href="#people" { "14 h 10" } }, html! { "38%" }],
                vec![html! { "Writing" }, html! { "8 h 30" }, html! { "23%" }],
            ])))
        (part("Files, as rows and as pictures", files()))
        (part("What happens next", steps(Some(Hue::new(7)), &[
            html! { b { "Today, 4.30 pm." } " Nadia visits at home, after tea." },
            html! { b { "By Monday 7 December." } " The review meeting." },
        ])))
        (part("Numbers that lead to people", numbers(&[
            Number { value: "14", label: "people in 6 families", href: Some("#people") },
            Number { value: "2 h 15", label: "owed from October", href: None },
        ])))
        (part("What must be there first", ready_list(&[
            Ready { done: true, what: html! { "Josie has been told" }, about: html! { a href="#visit" { "By Nadia, 11 November" } } },
            Ready { done: false, what: html! { "The story so far is up to date" }, about: html! { "Last told in August." } },
        ])))
    }
}

fn files() -> Markup {
    let picture = crate::asset_href("mark.svg");
    let order = FileRow {
        name: "Court order.pdf",
        href: "#order",
        about: "PDF, 240 KB, from the court on 3 July",
        picture: None,
        act: None,
    };
    let drawing = FileRow {
        name: "Josie’s drawing",
        href: "#drawing",
        about: "She said yes to a photo of it.",
        picture: Some((&picture, "Two strokes side by side, one tall and one short")),
        act: None,
    };
    html! { (file_list(&[order])) (tiles(&[drawing])) }
}
