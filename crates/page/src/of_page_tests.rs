//! What paper shows of a page.

use super::*;
use crate::{
    Avatar, Column, Hue, Layout, Printed, SummaryRow, Tag, Voice, details, layout, print_button,
    summary_list, table, tag, tags, voice,
};
use maud::html;

fn printed(body: maud::Markup) -> Document {
    let page = layout(
        &Layout {
            title: "Frame",
            council: "Wyvern",
            demonstration: true,
            printed: Some(Printed { who: "Nadia Farrow", when: "22 November 2026 at 7.02 pm" }),
            said: Some("Kept."),
            ..Layout::default()
        },
        body,
    );
    Document::of_page(&page.into_string())
}

#[test]
fn a_page_is_read_without_what_only_a_screen_can_do() {
    let document = printed(html! {
        h1 { "Josie’s plan" }
        form { p { "A form" } }
        p.no-print { "Not on paper" }
        p { "Read " a href="/x" { "on" span.hid { ": a heading" } } "." }
        nav { "Pages" }
        (print_button("Print"))
        p hidden { "Hidden" }
        h4 { "Far below" }
        h2 { "Up again" }
    });
    let said = "Frame\nPrinted by Nadia Farrow on 22 November 2026 at 7.02 pm. Shred when done.\n\
        Demonstration. Everyone here is invented.\nJosie’s plan\nRead on.\nFar below\nUp again";
    assert_eq!(document.words(), said);
    let levels: Vec<u8> = document
        .blocks
        .iter()
        .filter_map(|block| if let Block::Heading { level, .. } = block { Some(*level) } else { None })
        .collect();
    assert_eq!(levels, [1, 2, 2], "no level is skipped");
    assert_eq!((document.lang.as_str(), document.rtl, document.large), ("en-GB", false, false));
}

#[test]
fn whose_words_they_are_stays_with_them() {
    let words = "Not <b>this</b>.\n#let x = 1";
    let below = html! { p.small.soft { "Rests on " a href="/entry/1" { "a visit" } "." } };
    let said = Voice {
        below: Some(below),
        ..Voice::of(Avatar::of("J", Hue::new(1)), "Josie", html! { "said" }, words)
    };
    let document = printed(html! { (voice(&said)) });
    let [Block::Quote { by, worker, blocks }] = document.blocks.as_slice() else {
        panic!("one quotation: {:?}", document.blocks)
    };
    assert_eq!(letters(by), "Josie said");
    assert!(by[0].strong && !worker);
    let [Block::Words { line: own, .. }, Block::Words { line: rests, .. }] = blocks.as_slice() else {
        panic!("words and what they rest on: {blocks:?}")
    };
    assert_eq!(letters(own), words, "as they were written, line by line");
    assert!(letters(rests) == "Rests on a visit." && rests.iter().all(|run| run.soft));
}

#[test]
fn lists_tables_and_facts_are_read_as_such() {
    let columns = [Column::words("Who"), Column::number("0 to 10")];
    let row = vec![html! { "Josie" }, html! { "4" }];
    let fact = SummaryRow { term: "When", value: html! { "Today" }, change: Some("/x") };
    let document = printed(html! {
        ul { li { p { "one" } } li { "two " b { "strong" } } }
        (tags(&[tag(Tag::Done, "Kept"), tag(Tag::Late, "Late")]))
        (details("Every number", table("How far", &columns, &[row])))
        (summary_list(&[fact]))
        .box { p { "In a frame" } }
        p { "مرحبا بك" }
    });
    let [list, states, summary, of_numbers, facts, boxed, arabic] = document.blocks.as_slice() else {
        panic!("{:?}", document.blocks)
    };
    assert!(matches!(list, Block::List { numbered: false, items } if items.len() == 2));
    assert!(matches!(states, Block::Words { line, .. } if line.iter().filter(|run| run.tag).count() == 2));
    assert!(
        matches!(summary, Block::Words { line, .. } if letters(line) == "Every number" && line[0].strong)
    );
    let Block::Table { caption, head, rows } = of_numbers else { panic!("{of_numbers:?}") };
    assert_eq!((letters(caption), head.len(), rows.len()), ("How far".to_owned(), 2, 1));
    assert_eq!(letters(&rows[0][1]), "4");
    let Block::Facts { rows } = facts else { panic!("{facts:?}") };
    assert_eq!((letters(&rows[0].0).as_str(), letters(&rows[0].1).as_str()), ("When", "Today"));
    assert!(matches!(boxed, Block::Boxed { blocks } if blocks.len() == 1));
    assert!(matches!(arabic, Block::Words { rtl: true, .. }));
}

#[test]
fn space_stands_where_it_stood_beside_words_that_are_set_otherwise() {
    let document = printed(
        html! { p.words { "Talk about " em { "[left out]" } ", then tea.\n  A new line " b { "here" } "\nend " } },
    );
    let [Block::Words { line, .. }] = document.blocks.as_slice() else { panic!("{:?}", document.blocks) };
    assert_eq!(letters(line), "Talk about [left out], then tea.\nA new line here\nend");
}
