//! A report as plain text, in lines that fit a terminal of 80 columns.

use std::fmt::Write as _;

use super::telling::{Finding, SECTIONS, Telling, gone_in_words, gone_place, places_in_short};
use super::{Location, RuleOutcome};

/// The longest line, unless one word is longer.
const WIDE: usize = 79;

/// Adds `words` after `first`, broken between words; further lines begin with as many spaces as `hang`.
fn wrapped(text: &mut String, first: &str, words: &str, hang: usize) {
    let mut column = first.chars().count();
    text.push_str(first);
    let mut fresh = true;
    for word in words.split(' ') {
        let long = word.chars().count();
        if !fresh && column + 1 + long > WIDE {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', hang));
            column = hang;
        } else if !fresh {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += long;
        fresh = false;
    }
    text.push('\n');
}

fn heading(text: &mut String, words: &str) {
    let _ = write!(text, "\n{words}\n{}\n", "=".repeat(words.chars().count()));
}

impl Telling<'_> {
    /// The report as plain text.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n\n", self.title());
        for line in self.summary() {
            wrapped(&mut text, "", &line, 0);
        }
        for (words, kind) in SECTIONS {
            let found = self.found(kind);
            if !found.is_empty() {
                heading(&mut text, words);
            }
            for (rule, findings) in found {
                rule_in_text(&mut text, rule, &findings);
            }
        }
        self.children_in_text(&mut text);
        self.rest_in_text(&mut text);
        text
    }

    fn children_in_text(&self, text: &mut String) {
        let children = self.report.by_child();
        if children.is_empty() {
            return;
        }
        heading(text, "By child");
        for child in children {
            let _ = writeln!(text, "{}", child.child.unwrap_or("(without a child's id)"));
            for of_rule in child.places.chunk_by(|a, b| a.0.code == b.0.code) {
                let rule = of_rule[0].0;
                wrapped(text, &format!("  {:<9}", rule.code), &rule.words.says, 11);
                let places = places_in_short(of_rule.iter().map(|(_, place)| *place));
                wrapped(text, "           ", &places, 13);
            }
        }
    }

    fn rest_in_text(&self, text: &mut String) {
        if let Some(changes) = self.changes.filter(|changes| !changes.gone.is_empty()) {
            heading(text, "Not found any more");
            for gone in &changes.gone {
                let words = format!("{}: {}", gone_place(gone), gone_in_words(gone.gone));
                wrapped(text, &format!("  {:<9}", gone.code), &words, 11);
            }
        }
        self.not_judged_in_text(text);
        if !self.report.not_understood.is_empty() {
            heading(text, "In the file, and not understood");
            for left in &self.report.not_understood {
                let child = left.child.as_deref().map(|child| format!(", child {child}")).unwrap_or_default();
                let words = format!("line {}{child}: {} {:?}", left.line, left.element, left.value);
                wrapped(text, "  ", &words, 4);
            }
        }
    }

    /// Each reason once, with its rules: a table that is missing keeps many from being judged.
    fn not_judged_in_text(&self, text: &mut String) {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for rule in self.not_judged() {
            let reason = rule.reason.as_deref().unwrap_or("");
            match reasons.iter_mut().find(|held| held.0 == reason) {
                Some(held) => held.1.push(&rule.code),
                None => reasons.push((reason, vec![&rule.code])),
            }
        }
        if reasons.is_empty() {
            return;
        }
        heading(text, "Not judged, or not everywhere");
        for (reason, codes) in reasons {
            wrapped(text, "  ", &format!("{reason}:"), 4);
            wrapped(text, "      ", &codes.join(", "), 6);
        }
    }
}

fn rule_in_text(text: &mut String, rule: &RuleOutcome, findings: &[Finding<'_>]) {
    text.push('\n');
    let code = format!("{}  ", rule.code);
    let hang = code.chars().count();
    wrapped(text, &code, &rule.words.says, hang);
    if !rule.words.would_do.is_empty() {
        wrapped(text, "  ", &format!("What would do: {}", rule.words.would_do), 4);
    }
    // what belongs to one child stands together, however many places it is
    let alike =
        |a: &Finding<'_>, b: &Finding<'_>| a.child().is_some() && a.child() == b.child() && a.new == b.new;
    for group in findings.chunk_by(alike) {
        let places: Vec<&Location> = group.iter().filter_map(|finding| finding.place).collect();
        let mut words = match group[0].child() {
            _ if places.is_empty() => "the return as a whole".to_owned(),
            Some(child) => format!("{child}: {}", places_in_short(places)),
            None => format!("(without a child's id): {}", places_in_short(places)),
        };
        if group[0].new == Some(true) {
            words.push_str(" [new]");
        }
        wrapped(text, "  - ", &words, 4);
        if let Some(note) = group[0].note {
            wrapped(text, "      ", &format!("note: {}", note.replace(['\r', '\n'], " ")), 8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_hang() {
        let mut text = String::new();
        wrapped(&mut text, "  - ", &"word ".repeat(40), 4);
        assert!(text.lines().all(|line| line.chars().count() <= WIDE), "{text}");
        assert!(text.lines().skip(1).all(|line| line.starts_with("    ")), "{text}");
        assert_eq!(text.split_whitespace().count(), 41);
        let mut long = String::new();
        wrapped(&mut long, "", &"x".repeat(100), 2);
        assert_eq!(long.lines().count(), 1);
    }
}
