//! What must hold on every page, held against the page that has every component: labels, ids, joins, escaping,
//! and nothing that a strict Content-Security-Policy would refuse.

#![expect(clippy::panic, reason = "a test says what it found by panicking")]

use std::collections::HashSet;

/// A start tag with its attributes, and the text and alternative text up to the end of its element.
struct Element<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    inside: &'a str,
}

impl<'a> Element<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| *value)
    }

    /// The words within, without tags.
    fn words(&self) -> String {
        let mut words = String::new();
        for piece in self.inside.split('<') {
            words.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        }
        words.trim().to_owned()
    }
}

/// Enough of a reader for what maud writes: quoted attributes, no comments.
fn elements(html: &str) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = tag_end(rest);
        let tag = &rest[..end];
        let (name, mut left) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while !left.trim().is_empty() {
            left = left.trim_start();
            let stop = left.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(left.len());
            let attribute = &left[..stop];
            left = &left[stop..];
            if let Some(quoted) = left.strip_prefix("=\"") {
                let close = quoted.find('"').unwrap_or_else(|| panic!("{attribute} is not quoted"));
                attributes.push((attribute, &quoted[..close]));
                left = &quoted[close + 1..];
            } else {
                attributes.push((attribute, ""));
            }
        }
        let after = &rest[end + 1..];
        let close = after.find(&format!("</{name}>")).unwrap_or(0);
        found.push(Element { name, attributes, inside: &after[..close] });
    }
    found
}

fn tag_end(rest: &str) -> usize {
    let mut quoted = false;
    rest.char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        })
        .map_or_else(|| panic!("a tag does not end: {rest:.40}"), |(at, _)| at)
}

/// The gallery without the contents of `<template>`, whose names and ids are made when a row is added.
fn page() -> String {
    let whole = page::gallery().into_string();
    let mut kept = String::new();
    let mut left = whole.as_str();
    while let Some((before, rest)) = left.split_once("<template>") {
        kept.push_str(before);
        left = rest.split_once("</template>").map_or("", |(_, after)| after);
    }
    kept + left
}

#[test]
fn one_heading_names_the_page() {
    let page = page();
    let all = elements(&page);
    assert_eq!(all.iter().filter(|e| e.name == "h1").count(), 1);
    assert_eq!(all.iter().filter(|e| e.name == "main").count(), 1);
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">"));
    assert!(page.contains("<title>Error: Pieces of a page – Alongside</title>"));
}

#[test]
fn every_control_has_a_label() {
    let page = page();
    let all = elements(&page);
    let labelled: HashSet<_> =
        all.iter().filter(|e| e.name == "label").filter_map(|e| e.get("for")).collect();
    let within: Vec<_> = all.iter().filter(|e| e.name == "label").map(|e| e.inside).collect();
    let mut seen = 0;
    for control in all.iter().filter(|e| ["input", "select", "textarea"].contains(&e.name)) {
        if control.get("type") == Some("hidden") {
            continue;
        }
        seen += 1;
        let id = control.get("id").unwrap_or_else(|| panic!("no id: {:?}", control.attributes));
        let wrapped = within.iter().any(|inside| inside.contains(&format!("id=\"{id}\"")));
        assert!(labelled.contains(id) || wrapped, "{id} has no label");
        assert!(control.get("name").is_some_and(|name| !name.is_empty()), "{id} has no name");
    }
    assert!(seen > 40, "the gallery shows every field, not {seen}");
    assert!(all.iter().filter(|e| e.name == "label").all(|label| !label.words().is_empty()));
    assert_eq!(
        all.iter().filter(|e| e.name == "fieldset").count(),
        all.iter().filter(|e| e.name == "legend").count()
    );
}

#[test]
fn ids_are_unique_and_what_points_at_them_finds_them() {
    let page = page();
    let all = elements(&page);
    let mut ids = HashSet::new();
    for id in all.iter().filter_map(|e| e.get("id")) {
        assert!(!id.is_empty() && ids.insert(id), "{id} is there twice");
    }
    for (name, value) in all.iter().flat_map(|e| &e.attributes) {
        if ["aria-describedby", "aria-labelledby", "for"].contains(name) {
            for id in value.split(' ') {
                assert!(ids.contains(id), "{name} points at {id}");
            }
        }
    }
    let summary = all.iter().find(|e| e.get("class") == Some("errors")).unwrap();
    let links: Vec<_> = elements(summary.inside).into_iter().filter_map(|e| e.get("href")).collect();
    assert_eq!(links.len(), 4);
    for link in links {
        assert!(ids.contains(link.trim_start_matches('#')), "{link}");
    }
}

#[test]
fn nothing_a_strict_policy_would_refuse() {
    let page = page();
    for element in elements(&page) {
        for (name, value) in &element.attributes {
            assert!(*name != "style" && !name.starts_with("on"), "{name} on {}", element.name);
            let again = element.attributes.iter().filter(|(other, _)| other == name).count();
            assert_eq!(again, 1, "{name} is given twice on {}", element.name);
            assert!(!value.starts_with("data:"), "{value}");
            assert!(!value.trim_start().to_ascii_lowercase().starts_with("javascript:"), "{value}");
        }
        if element.name == "script" {
            assert!(element.get("src").is_some() && element.inside.is_empty());
        }
        assert_ne!(element.name, "style");
    }
}

#[test]
fn links_buttons_and_pictures_say_what_they_are() {
    let page = page();
    for element in elements(&page) {
        match element.name {
            "a" => {
                assert!(!element.words().is_empty(), "a link without words");
                assert!(element.get("href").is_some_and(|href| !href.is_empty() && href != "#"));
            }
            "button" => {
                assert!(!element.words().is_empty(), "a button without words");
                assert!(element.get("type").is_some(), "a button says whether it sends: {}", element.words());
            }
            "img" => assert!(element.get("alt").is_some()),
            "svg" => {
                let said = element.get("aria-hidden") == Some("true") || element.get("aria-label").is_some();
                assert!(said, "a drawing that is neither hidden nor named");
            }
            _ => {}
        }
    }
}

#[test]
fn words_stay_words() {
    let page = page();
    assert!(!page.contains("<script>alert"), "the canary was not escaped");
    // in a chip, a voice, a list of answers, a field's value, and below
    assert!(page.matches("&lt;script&gt;alert").count() >= 4);
    assert!(page.contains("&lt;/textarea&gt; stays text."));
}

#[test]
fn what_was_typed_comes_back_and_a_password_does_not() {
    let page = page();
    assert!(page.contains(r#"name="wrong-time" value="tea time""#));
    assert!(page.contains(r#"name="wrong-born-day" value="31""#));
    assert!(!page.contains("never shown"));
    // browsers drop one line break at the start of a textarea: the typed one must be the second
    assert!(page.contains(">\n\nTwo lines,"));
}

#[test]
fn parts_of_drawings_are_closed() {
    // in HTML an open rect swallows the ones after it
    let page = page();
    for part in ["rect", "path", "circle", "text", "line"] {
        let open = page.matches(&format!("<{part} ")).count();
        assert_eq!(open, page.matches(&format!("</{part}>")).count(), "{part}");
    }
}
