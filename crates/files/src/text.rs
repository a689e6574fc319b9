//! Telling plain text, tables, e-mails and letters in RTF from web pages and scripts.

use crate::{kind::Kind, refused::Refused};

/// Judges bytes that begin like no known binary file. `None` if they are not text at all.
pub(crate) fn judge_text(bytes: &[u8]) -> Option<Result<Kind, Refused>> {
    let text = as_text(bytes)?;
    let start = text.trim_start();
    let lower: String = start.chars().take(2_000).collect::<String>().to_lowercase();
    if start.is_empty() {
        return Some(Err(Refused::Empty));
    }
    if is_script(&lower) {
        return Some(Err(Refused::Script));
    }
    if let Some(refused) = markup(&lower, start) {
        return Some(Err(refused));
    }
    Some(Ok(if is_email(start) {
        Kind::Email
    } else if is_table(start) {
        Kind::Csv
    } else {
        Kind::Text
    }))
}

/// The text in UTF-8, UTF-16 with its mark, or an old single-byte alphabet; none if control characters show that
/// it is something else.
fn as_text(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) if mostly_ascii(bytes) => bytes.iter().map(|&b| char::from(b)).collect(),
                Err(_) => return None,
            }
        }
    };
    let stray = |c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}');
    (!text.contains(stray)).then_some(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<_, _>>().ok()
}

/// Text of an old alphabet has few bytes above 127, and none of those in the control range but Windows quotes.
fn mostly_ascii(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    high * 5 <= bytes.len()
}

fn is_script(lower: &str) -> bool {
    const STARTS: [&str; 9] = [
        "#!",
        "@echo",
        "<?php",
        "<%",
        "[internetshortcut]",
        "windows registry editor",
        "regedit4",
        "[desktop entry]",
        "<#",
    ];
    STARTS.iter().any(|start| lower.starts_with(start))
}

/// Tags that a piece of a page may begin with.
const PAGE_TAGS: [&str; 17] = [
    "p", "div", "img", "a", "b", "h1", "h2", "table", "style", "head", "title", "link", "meta", "br", "form",
    "object", "embed",
];

/// Whether text that opens with a tag is a page or a drawing. Prose that merely mentions tags is not.
fn markup(lower: &str, whole: &str) -> Option<Refused> {
    if !lower.starts_with('<') {
        return None;
    }
    let holds = |tag: &str| {
        // Tags may come late, after a long comment, so the whole text is searched.
        whole.as_bytes().windows(tag.len()).any(|w| w.eq_ignore_ascii_case(tag.as_bytes()))
    };
    if holds("<html") || holds("<!doctype html") || holds("<script") || holds("<body") || holds("<iframe") {
        return Some(Refused::WebPage);
    }
    if holds("<svg") || holds("<!doctype svg") || holds(":svg") {
        return Some(Refused::SvgDrawing);
    }
    if lower.starts_with("<?xml") || lower.starts_with("<!--") || lower.starts_with("<!doctype") {
        // Other XML is data. It is kept as plain text and never served as XML.
        return None;
    }
    // A fragment: "<p onclick=...>", "<img ...>".
    let tag: String = lower.chars().skip(1).take_while(char::is_ascii_alphanumeric).collect();
    PAGE_TAGS.contains(&tag.as_str()).then_some(Refused::WebPage)
}

/// An e-mail begins with header lines, some of which every e-mail has.
fn is_email(text: &str) -> bool {
    const KNOWN: [&str; 8] =
        ["from:", "to:", "subject:", "date:", "message-id:", "mime-version:", "received:", "return-path:"];
    let mut known = 0;
    for line in text.lines().take(200) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        let lower = format!("{}:", name.to_ascii_lowercase());
        known += usize::from(KNOWN.contains(&lower.as_str()));
    }
    known >= 3
}

/// A table has at least two lines with the same number of commas (or semicolons, or tabs) outside quotes.
fn is_table(text: &str) -> bool {
    [',', ';', '\t'].into_iter().any(|separator| {
        let counts: Vec<usize> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .take(20)
            .map(|line| fields(line, separator))
            .collect();
        counts.len() >= 2 && counts[0] >= 2 && counts.iter().all(|count| *count == counts[0])
    })
}

fn fields(line: &str, separator: char) -> usize {
    let mut quoted = false;
    let mut count = 1;
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
        } else if c == separator && !quoted {
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(bytes: &[u8]) -> Option<Result<Kind, Refused>> {
        judge_text(bytes)
    }

    #[test]
    fn pages_drawings_and_scripts_are_refused() {
        for page in [
            "<!DOCTYPE html><p>x",
            "\u{feff}  <HTML>",
            "<script>alert(1)</script>",
            "<!-- a comment --><html>",
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
            "<img src=x onerror=alert(1)>",
            "<iframe src=x>",
        ] {
            assert_eq!(judged(page.as_bytes()), Some(Err(Refused::WebPage)), "{page}");
        }
        for drawing in
            ["<svg xmlns='http://www.w3.org/2000/svg'/>", "<?xml version='1.0'?>\n<!-- x -->\n<svg:svg/>"]
        {
            assert_eq!(judged(drawing.as_bytes()), Some(Err(Refused::SvgDrawing)), "{drawing}");
        }
        for script in ["#!/bin/sh\nrm", "@ECHO off\r\n", "<?php echo 1;", "[InternetShortcut]\nURL=x"] {
            assert_eq!(judged(script.as_bytes()), Some(Err(Refused::Script)), "{script}");
        }
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("<html>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(judged(&wide), Some(Err(Refused::WebPage)));
    }

    #[test]
    fn text_tables_and_emails_are_told_apart() {
        assert_eq!(judged("Dear Jo,\nthank you. <3".as_bytes()), Some(Ok(Kind::Text)));
        assert_eq!(judged("one line, no more".as_bytes()), Some(Ok(Kind::Text)));
        assert_eq!(judged("שלום".as_bytes()), Some(Ok(Kind::Text)));
        assert_eq!(judged(b"caf\xe9 at three"), Some(Ok(Kind::Text)));
        assert_eq!(judged(b"name,born\nJo,2014\n\"A, B\",2015\n"), Some(Ok(Kind::Csv)));
        let email = b"Received: by x\r\nFrom: a@example.org\r\nTo: b@example.org\r\nSubject: Jo\r\n =?x?=\r\n\r\nHello <html>";
        assert_eq!(judged(email), Some(Ok(Kind::Email)));
        assert_eq!(judged(b"<?xml version='1.0'?><Message/>"), Some(Ok(Kind::Text)));
    }

    #[test]
    fn what_is_not_text_is_left_to_others() {
        assert_eq!(judged(b"\0\x01\x02"), None);
        assert_eq!(judged(&[0x80; 50]), None);
        assert_eq!(judged(&[0xff, 0xfe, 0x41]), None);
        assert_eq!(judged(b" \n\t"), Some(Err(Refused::Empty)));
    }
}
