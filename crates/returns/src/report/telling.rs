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
pub struct Finding<'r> {
    /// The place; `None` for the return as a whole.
    pub place: Option<&'r Location>,
    /// New since the earlier check; `None` without one.
    pub new: Option<bool>,
    /// The note that explains it, if there is one.
    pub note: Option<&'r str>,
}

impl<'r> Finding<'r> {
    /// The council's id of the child.
    pub fn child(&self) -> Option<&'r str> {
        self.place.and_then(|place| place.child.as_deref())
    }

    /// Where to look, in words: line, table, field.
    pub fn place_in_words(&self) -> String {
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
    pub fn was(&self) -> &'r str {
        match self.place {
            None => "",
            Some(place) => place.was.as_deref().unwrap_or("(nothing)"),
        }
    }

    /// Whether it is new since the earlier check, in words; nothing without one.
    pub fn change(&self) -> &'static str {
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
    /// Which return, of which year, and what was checked.
    pub fn title(&self) -> String {
        let name = match self.report.return_name {
            "cin-census" => "Children in need census",
            "ssda903" => "Looked-after return (SSDA903)",
            other => other,
        };
        let year = self.report.year;
        format!("{name} {}-{:02}: {}", year.saturating_sub(1), year % 100, self.of)
    }

    /// What a person reads first: how many rules, what was found, what has changed.
    pub fn summary(&self) -> Vec<String> {
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
            (0, _) if counts.passed == 0 => {
                "No rule could be judged: these may not be the files of this return.".into()
            }
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
    pub fn findings(&self, at: usize) -> Vec<Finding<'r>> {
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
}

/// The places of one child and rule in the order of the file, a table and line named once.
pub(crate) fn places_in_short<'l>(places: impl IntoIterator<Item = &'l Location>) -> String {
    let mut places: Vec<&Location> = places.into_iter().collect();
    places.sort_by_key(|place| (place.last, place.line, place.row));
    let mut text = String::new();
    let mut before = None;
    for place in places {
        let at = (place.last, place.table, place.line, place.row);
        if before == Some(at) {
            text.push_str(", ");
        } else {
            text.push_str(if before.is_some() { "; " } else { "" });
            text.push_str(if place.last { "last year's " } else { "" });
            let _ = match place.line {
                Some(line) => write!(text, "{} line {line}", place.table),
                None => write!(text, "{} row {}", place.table, place.row),
            };
            text.push_str(if place.field.is_some() { ": " } else { "" });
        }
        before = Some(at);
        if let Some(field) = place.field {
            let _ = write!(text, "{field} {}", place.was.as_deref().unwrap_or("(nothing)"));
        }
    }
    text
}

/// What became of it, in words.
pub fn gone_in_words(gone: Gone) -> &'static str {
    match gone {
        Gone::Mended => "mended",
        Gone::NotJudged => "the rule could not be judged this time",
        Gone::NotAsked => "not asked in this year",
    }
}

/// Where it was, in words.
pub fn gone_place(gone: &GonePlace) -> String {
    match &gone.place {
        None => "the return as a whole".into(),
        Some(place) => {
            let child = place.child.as_deref().map(|child| format!("child {child}, ")).unwrap_or_default();
            format!("{child}{} {}", place.table, place.field.as_deref().unwrap_or("")).trim_end().to_owned()
        }
    }
}
