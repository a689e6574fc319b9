//! What of a text stands in quotation marks: somebody's own words.

use std::ops::Range;

/// The bytes of this text that are quoted speech, in order. Double marks and single ones, straight and curly. A double
/// mark that is never closed quotes to the end of its paragraph, as printers do; a single one that is never closed is
/// an apostrophe.
pub(super) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut all = vec![];
    let mut begin = 0;
    for paragraph in text.split('\n') {
        let mut at = 0;
        while let Some(range) = next(paragraph, at) {
            at = range.end;
            all.push(begin + range.start..begin + range.end);
        }
        begin += paragraph.len() + 1;
    }
    all
}

/// The next quotation of a paragraph from this byte on.
fn next(paragraph: &str, from: usize) -> Option<Range<usize>> {
    let mut before = paragraph.get(..from)?.chars().next_back();
    for (offset, letter) in paragraph.get(from..)?.char_indices() {
        let at = from + offset;
        let inside = at + letter.len_utf8();
        let outside_word = before.is_none_or(|one| !one.is_alphanumeric());
        let closes: &[char] = match letter {
            '"' => &['"'],
            '\u{201c}' | '\u{201e}' | '\u{201d}' => &['\u{201d}', '\u{201c}'],
            '\u{ab}' => &['\u{bb}'],
            '\'' if outside_word => &['\''],
            '\u{2018}' if outside_word => &['\u{2019}'],
            _ => {
                before = Some(letter);
                continue;
            }
        };
        let single = matches!(letter, '\'' | '\u{2018}');
        match close(paragraph, inside, closes, single) {
            Some(end) => return Some(at..end),
            None if single => before = Some(letter),
            None => return Some(at..paragraph.len()),
        }
    }
    None
}

/// Where a quotation that begins at `inside` ends, its closing mark included. A single mark between two letters is an
/// apostrophe and closes nothing.
fn close(paragraph: &str, inside: usize, closes: &[char], single: bool) -> Option<usize> {
    let rest = paragraph.get(inside..)?;
    if single && !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    rest.char_indices().find_map(|(offset, letter)| {
        let end = inside + offset + letter.len_utf8();
        let after = paragraph.get(end..).and_then(|rest| rest.chars().next());
        let apostrophe = single && after.is_some_and(char::is_alphanumeric);
        (closes.contains(&letter) && !apostrophe).then_some(end)
    })
}
