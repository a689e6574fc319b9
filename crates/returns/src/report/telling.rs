//! A report as people read it: what every form of it says, and the form of plain text.

use std::fmt::Write as _;

use super::{Changes, Gone, GonePlace, Kind, Location, Notes, Report, RuleOutcome, State};

/// A report with all that is told beside it.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'r> {
    /// The report.
    pub report: &'r Report,
    /// The file or folder that was checked, as the person named it.
    pub of: &'r str,
    /// What has changed since an earlier check, where one was given.
    pub changes: Option<&'r Changes>,
    /// Notes on queries, where some were given.
    pub notes: Option<&'r Notes>,
}

/// One finding: a place, or the return as a whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finding<'r> {
    pub(crate) place: Option<&'r Location>,
    /// New since the earlier check; `None` without one.
    pub(crate) new: Option<bool>,
    pub(crate) note: Option<&'r str>,
}

impl<'r> Finding<'r> {
    pub(crate) fn child(&self) -> Option<&'r str> {
        self.place.and_then(|place| place.child.as_deref())
    }

    /// Where to look, in words: line, table, field.
    pub(crate) fn place_in_words(&self) -> String {
        let Some(place) = self.place else { return "the return as a whole".into() };
        let last = if place.last { "last year's file, " } else { "" };
        let line = place.line.map_or_else(|| format!("row {}", place.row), |line| format!("line {line}"));
        format!(
            "{last}{line}, {}{}{}",
            place.table,
            if place.field.is_some() { " " } else { "" },
            place.field.unwrap_or("")
        )
    }

    /// What stood there, in words.
    pub(crate) fn was(&self) -> &'r str {
        match self.place {
            None => "",
            Some(place) => place.was.as_deref().unwrap_or("(nothing)"),
        }
    }

    pub(crate) fn change(&self) -> &'static str {
        match self.new {
            None => "",
            Some(true) => "new",
            Some(false) => "still there",
        }
    }
}

/// The findings of one kind, under one heading.
pub(crate) const SECTIONS: [(&str, Option<Kind>); 3] = [
    ("Errors: these must be mended", Some(Kind::Error)),
    ("Findings: these must be mended or explained", None),
    ("Queries: mend these, or say why they are right", Some(Kind::Query)),
];

pub(crate) fn kind_in_words(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Error) => "error",
        Some(Kind::Query) => "query",
        None => "finding",
    }
}

pub(crate) fn state_in_words(state: State) -> &'static str {
    match state {
        State::Passed => "passed",
        State::Found => "found",
        State::NotJudged => "not judged",
    }
}

impl<'r> Telling<'r> {
    pub(crate) fn title(&self) -> String {
        let name = match self.report.return_name {
            "cin-census" => "Children in need census",
            "ssda903" => "Looked-after return (SSDA903)",
            other => other,
        };
        let year = self.report.year;
        format!("{name} {}-{:02}: {}", year.saturating_sub(1), year % 100, self.of)
    }

    pub(crate) fn summary(&self) -> Vec<String> {
        let counts = self.report.counts();
        let plural =
            |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        let mut lines = vec![format!(
            "{}: {} passed, {} found something, {} could not be judged.",
            plural(self.report.rules.len(), "rule", "rules"),
            counts.passed,
            counts.found,
            counts.not_judged
        )];
        let told_apart = self.report.rules.iter().any(|rule| rule.kind.is_some());
        lines.push(match (counts.errors + counts.queries, told_apart) {
            (0, _) => "Nothing was found.".into(),
            (all, false) => format!("{}.", plural(all, "place", "places")),
            (_, true) => format!(
                "{} and {}.",
                plural(counts.errors, "error", "errors"),
                plural(counts.queries, "query", "queries")
            ),
        });
        if let Some(changes) = self.changes {
            let (new, mended, still) = changes.counts(self.report);
            lines.push(format!("Since the earlier check: {new} new, {mended} mended, {still} still there."));
        }
        lines
    }

    /// The findings of one rule, by its position in the report.
    pub(crate) fn findings(&self, at: usize) -> Vec<Finding<'r>> {
        let rule = &self.report.rules[at];
        if rule.state != State::Found {
            return Vec::new();
        }
        let finding = |nth: usize, place: Option<&'r Location>| Finding {
            place,
            new: self.changes.map(|changes| changes.is_new(at, nth)),
            note: self
                .notes
                .and_then(|notes| notes.on(&rule.code, place.and_then(|place| place.child.as_deref()))),
        };
        if rule.return_level {
            return vec![finding(0, None)];
        }
        let mut findings: Vec<Finding<'r>> =
            rule.locations.iter().enumerate().map(|(nth, place)| finding(nth, Some(place))).collect();
        // the places of one child lie together in the file
        findings.sort_by_key(|finding| finding.place.map(|place| (place.last, place.line, place.row)));
        findings
    }

    /// The rules of one kind that found something, with their findings.
    pub(crate) fn found(&self, kind: Option<Kind>) -> Vec<(&'r RuleOutcome, Vec<Finding<'r>>)> {
        let rules = self.report.rules.iter().enumerate();
        rules
            .filter(|(_, rule)| rule.state == State::Found && rule.kind == kind)
            .map(|(at, rule)| (rule, self.findings(at)))
            .collect()
    }

    pub(crate) fn not_judged(&self) -> impl Iterator<Item = &'r RuleOutcome> {
        self.report.rules.iter().filter(|rule| rule.reason.is_some())
    }

    /// The report as plain text.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n\n{}\n", self.title(), self.summary().join("\n"));
        for (heading, kind) in SECTIONS {
            let found = self.found(kind);
            if found.is_empty() {
                continue;
            }
            let _ = write!(text, "\n{}\n{}\n", heading, "=".repeat(heading.chars().count()));
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
        text.push_str("\nBy child\n========\n");
        for child in children {
            let _ = writeln!(text, "{}", child.child.unwrap_or("(without a child's id)"));
            for of_rule in child.places.chunk_by(|a, b| a.0.code == b.0.code) {
                let rule = of_rule[0].0;
                let _ =
                    writeln!(text, "  {:<7} {} ({})", rule.code, rule.words.says, places_in_short(of_rule));
            }
        }
    }

    fn rest_in_text(&self, text: &mut String) {
        if let Some(changes) = self.changes.filter(|changes| !changes.gone.is_empty()) {
            text.push_str("\nNot found any more\n==================\n");
            for gone in &changes.gone {
                let _ =
                    writeln!(text, "  {:<7} {}: {}", gone.code, gone_place(gone), gone_in_words(gone.gone));
            }
        }
        let mut not_judged = self.not_judged().peekable();
        if not_judged.peek().is_some() {
            text.push_str("\nNot judged, or not everywhere\n=============================\n");
            for rule in not_judged {
                let _ = writeln!(text, "  {:<7} {}", rule.code, rule.reason.as_deref().unwrap_or(""));
            }
        }
        if !self.report.not_understood.is_empty() {
            text.push_str("\nIn the file, and not understood\n===============================\n");
            for left in &self.report.not_understood {
                let child = left.child.as_deref().map(|child| format!(", child {child}")).unwrap_or_default();
                let _ = writeln!(text, "  line {}{child}: {} {:?}", left.line, left.element, left.value);
            }
        }
    }
}

fn rule_in_text(text: &mut String, rule: &RuleOutcome, findings: &[Finding<'_>]) {
    let _ = write!(text, "\n{}  {}\n", rule.code, rule.words.says);
    if !rule.words.would_do.is_empty() {
        let _ = writeln!(text, "  What would do: {}", rule.words.would_do);
    }
    for finding in findings {
        let _ = write!(text, "  - {}", finding.place_in_words());
        if let Some(child) = finding.child() {
            let _ = write!(text, ", child {child}");
        }
        if finding.place.is_some() {
            let _ = write!(text, ": {}", finding.was());
        }
        if finding.new == Some(true) {
            text.push_str("  [new]");
        }
        text.push('\n');
        if let Some(note) = finding.note {
            let _ = writeln!(text, "      note: {note}");
        }
    }
}

/// The places of one child and rule in the order of the file, a line of the file named once.
pub(crate) fn places_in_short(places: &[(&RuleOutcome, &Location)]) -> String {
    let mut places: Vec<&Location> = places.iter().map(|(_, place)| *place).collect();
    places.sort_by_key(|place| (place.last, place.line, place.row));
    let mut text = String::new();
    let mut before = None;
    for place in places {
        let line = (place.last, place.line);
        if before == Some(line) {
            text.push_str(", ");
        } else {
            text.push_str(if before.is_some() { "; " } else { "" });
            text.push_str(if place.last { "last year's file, " } else { "" });
            let _ = match place.line {
                Some(line) => write!(text, "line {line}: "),
                None => write!(text, "row {}: ", place.row),
            };
        }
        before = Some(line);
        text.push_str(place.field.unwrap_or(place.table));
        if let Some(was) = &place.was {
            let _ = write!(text, " {was}");
        }
    }
    text
}

pub(crate) fn gone_in_words(gone: Gone) -> &'static str {
    match gone {
        Gone::Mended => "mended",
        Gone::NotJudged => "the rule could not be judged this time",
        Gone::NotAsked => "not asked in this year",
    }
}

pub(crate) fn gone_place(gone: &GonePlace) -> String {
    match &gone.place {
        None => "the return as a whole".into(),
        Some(place) => {
            let child = place.child.as_deref().map(|child| format!("child {child}, ")).unwrap_or_default();
            format!("{child}{} {}", place.table, place.field.as_deref().unwrap_or("")).trim_end().to_owned()
        }
    }
}
