//! What a check of a return found: every rule of the year with its answer, and each place a person can go to.

mod compare;
mod notes;
mod page;
mod sheet;
mod telling;
mod text;

pub use compare::{Changes, Earlier, EarlierPlace, Gone, GonePlace, NotComparable};
pub use notes::{Note, Notes, NotesError};
pub use rust_xlsxwriter::XlsxError;
pub use telling::{Finding, Telling, gone_in_words, gone_place};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// Whether a rule must be obeyed or only answered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Must be mended before the return is accepted.
    Error,
    /// Is mended, or a reason is given.
    Query,
}

/// How a rule ended. Every rule of the year ends in one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Judged, and nothing breaks it.
    Passed,
    /// Judged, and at least one place, or the return as a whole, breaks it.
    Found,
    /// Could not be judged; the reason says what was missing or unreadable.
    NotJudged,
}

/// One place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The table of the return, spelt as the law's guidance spells it (`CINdetails`, `Episodes`).
    pub table: &'static str,
    /// The field of that table; `None` where the rule is about the row (allowed for SSDA903 only).
    pub field: Option<&'static str>,
    /// 0-based position of the row in its table, in the order of the document.
    pub row: u32,
    /// The council's id of the child as the file has it, `None` where the row has none.
    #[serde(serialize_with = "text_or_null")]
    pub child: Option<Arc<str>>,
    /// Whether the place lies in last year's file.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub last: bool,
    /// 1-based line of the file, where it is known. For people; not part of the JSON.
    #[serde(skip)]
    pub line: Option<u32>,
    /// What stood there, as the file has it; `None` when nothing did. For people; not part of the JSON.
    #[serde(skip)]
    pub was: Option<Box<str>>,
}

#[expect(clippy::ref_option, reason = "serde hands the field over by reference")]
fn text_or_null<S: Serializer>(text: &Option<Arc<str>>, to: S) -> Result<S::Ok, S::Error> {
    match text {
        Some(text) => to.serialize_str(text),
        None => to.serialize_none(),
    }
}

impl Location {
    /// The order of places inside one rule: by table name, row, field, this year before last.
    fn order(&self) -> (&'static str, u32, Option<&'static str>, bool) {
        (self.table, self.row, self.field, self.last)
    }
}

/// What a rule says to people: in our own words, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleWords {
    /// One plain sentence: what is wrong where this rule is broken.
    pub says: Cow<'static, str>,
    /// What would do: how a person mends it.
    pub would_do: Cow<'static, str>,
    /// Where the rule comes from.
    pub source: Cow<'static, str>,
}

/// One rule of the year and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleOutcome {
    /// The rule's code, letters and case as published (`8670Q`, `197a`).
    pub code: Cow<'static, str>,
    /// Error or query; `None` for SSDA903, whose rules are not told apart.
    pub kind: Option<Kind>,
    /// How it ended.
    pub state: State,
    /// Why it could not be judged, or what part of it could not.
    pub reason: Option<String>,
    /// Whether it speaks of the return as a whole; then `locations` is empty.
    pub return_level: bool,
    /// Each place once, by table, row and field.
    pub locations: Vec<Location>,
    /// What the rule says to people. Not part of the JSON.
    #[serde(skip)]
    pub words: RuleWords,
}

impl RuleOutcome {
    /// The answer of a rule about places: found when there are any, otherwise passed.
    /// Places are put in order and each is kept once.
    pub fn of_places(
        code: impl Into<Cow<'static, str>>,
        kind: Option<Kind>,
        words: RuleWords,
        mut locations: Vec<Location>,
    ) -> Self {
        locations.sort_by_key(Location::order);
        locations.dedup_by(|a, b| a.order() == b.order());
        let state = if locations.is_empty() { State::Passed } else { State::Found };
        Self { code: code.into(), kind, state, reason: None, return_level: false, locations, words }
    }

    /// The answer of a rule about the return as a whole.
    pub fn of_return(
        code: impl Into<Cow<'static, str>>,
        kind: Option<Kind>,
        words: RuleWords,
        broken: bool,
    ) -> Self {
        let state = if broken { State::Found } else { State::Passed };
        Self {
            code: code.into(),
            kind,
            state,
            reason: None,
            return_level: true,
            locations: Vec::new(),
            words,
        }
    }

    /// A rule that could not be judged, with why.
    pub fn not_judged(
        code: impl Into<Cow<'static, str>>,
        kind: Option<Kind>,
        words: RuleWords,
        return_level: bool,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            kind,
            state: State::NotJudged,
            reason: Some(reason.into()),
            return_level,
            locations: Vec::new(),
            words,
        }
    }

    /// Says that a part of the rule could not be judged: what was found stays found, and a rule that
    /// found nothing is not judged.
    #[must_use]
    pub fn but_not(mut self, reason: impl Into<String>) -> Self {
        if self.state == State::Passed {
            self.state = State::NotJudged;
        }
        self.reason = Some(reason.into());
        self
    }
}

/// Something in the file that no table of the return holds, kept so that nothing is lost silently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotUnderstood {
    /// The council's id of the child it belongs to, where there is one.
    pub child: Option<String>,
    /// The element or column as the file names it.
    pub element: String,
    /// 1-based line of the file.
    pub line: u32,
    /// What stood there, at most the first 200 characters.
    pub value: String,
}

/// The answer of one check: every rule of the year, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// `cin-census` or `ssda903`.
    #[serde(rename = "return")]
    pub return_name: &'static str,
    /// The year whose rules were used: 2026 is the year ending 31 March 2026.
    pub year: u16,
    /// Every rule of the year in the order of its list.
    pub rules: Vec<RuleOutcome>,
    /// What the file holds that was not understood. For people; not part of the JSON.
    #[serde(skip)]
    pub not_understood: Vec<NotUnderstood>,
}

/// All findings about one child.
#[derive(Debug)]
pub struct ChildFindings<'r> {
    /// The council's id of the child; `None` gathers places without one.
    pub child: Option<&'r str>,
    /// Each place with the rule it breaks; errors before queries.
    pub places: Vec<(&'r RuleOutcome, &'r Location)>,
}

/// How many rules ended how, and how many places were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rules judged and unbroken.
    pub passed: usize,
    /// Rules broken somewhere.
    pub found: usize,
    /// Rules that could not be judged.
    pub not_judged: usize,
    /// Places (a return-level finding counts as one) that break a rule that is not a query.
    pub errors: usize,
    /// Places (a return-level finding counts as one) that break a query.
    pub queries: usize,
}

impl Report {
    /// The JSON that machines read, in the form of the documentation.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Whether any error or query was found. Rules not judged alone are not findings.
    pub fn has_findings(&self) -> bool {
        self.rules.iter().any(|rule| rule.state == State::Found)
    }

    /// Rules that were broken: errors (and rules of no kind) before queries, otherwise in list order.
    pub fn by_rule(&self) -> Vec<&RuleOutcome> {
        let mut found: Vec<_> = self.rules.iter().filter(|rule| rule.state == State::Found).collect();
        found.sort_by_key(|rule| rule.kind == Some(Kind::Query));
        found
    }

    /// Findings gathered by child, in the order of their ids; places without a child come first.
    pub fn by_child(&self) -> Vec<ChildFindings<'_>> {
        let mut children: BTreeMap<Option<&str>, Vec<(&RuleOutcome, &Location)>> = BTreeMap::new();
        for rule in self.by_rule() {
            for place in &rule.locations {
                children.entry(place.child.as_deref()).or_default().push((rule, place));
            }
        }
        children.into_iter().map(|(child, places)| ChildFindings { child, places }).collect()
    }

    /// The totals a person reads first.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for rule in &self.rules {
            match rule.state {
                State::Passed => counts.passed += 1,
                State::NotJudged => counts.not_judged += 1,
                State::Found => {
                    counts.found += 1;
                    let places = rule.locations.len().max(1);
                    match rule.kind {
                        Some(Kind::Query) => counts.queries += places,
                        Some(Kind::Error) | None => counts.errors += places,
                    }
                }
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn report_of(rules: Vec<RuleOutcome>) -> Report {
        Report { return_name: "cin-census", year: 2026, rules, not_understood: Vec::new() }
    }

    pub(super) fn place(row: u32, child: Option<&str>) -> Location {
        Location {
            table: "Disabilities",
            field: Some("Disability"),
            row,
            child: child.map(Arc::from),
            last: false,
            line: Some(7),
            was: Some("XYZ".into()),
        }
    }

    #[test]
    fn json_has_exactly_the_documented_form() {
        let report = Report {
            return_name: "cin-census",
            year: 2026,
            rules: vec![
                RuleOutcome::of_places(
                    "8540",
                    Some(Kind::Error),
                    RuleWords::default(),
                    vec![place(0, Some("A1")), place(0, Some("A1"))],
                ),
                RuleOutcome::not_judged("706", None, RuleWords::default(), false, "no file of last year"),
            ],
            not_understood: Vec::new(),
        };
        assert_eq!(
            report.to_json().unwrap(),
            r#"{"return":"cin-census","year":2026,"rules":[{"code":"8540","kind":"error","state":"found","reason":null,"return_level":false,"locations":[{"table":"Disabilities","field":"Disability","row":0,"child":"A1"}]},{"code":"706","kind":null,"state":"not_judged","reason":"no file of last year","return_level":false,"locations":[]}]}"#
        );
    }

    #[test]
    fn a_place_of_last_year_says_so_and_a_place_without_child_is_null() {
        let mut at = place(3, None);
        at.last = true;
        assert_eq!(
            serde_json::to_string(&at).unwrap(),
            r#"{"table":"Disabilities","field":"Disability","row":3,"child":null,"last":true}"#
        );
    }

    #[test]
    fn findings_gather_by_child_with_errors_first() {
        let query = RuleOutcome::of_places(
            "1Q",
            Some(Kind::Query),
            RuleWords::default(),
            vec![place(0, Some("B")), place(1, Some("A"))],
        );
        let error =
            RuleOutcome::of_places("2", Some(Kind::Error), RuleWords::default(), vec![place(2, Some("A"))]);
        let report = Report {
            return_name: "cin-census",
            year: 2026,
            rules: vec![query, error],
            not_understood: vec![],
        };
        let children = report.by_child();
        assert_eq!(children.iter().map(|c| c.child).collect::<Vec<_>>(), [Some("A"), Some("B")]);
        assert_eq!(children[0].places.iter().map(|(r, _)| &*r.code).collect::<Vec<_>>(), ["2", "1Q"]);
        let counts = report.counts();
        assert_eq!((counts.found, counts.errors, counts.queries), (2, 1, 2));
    }

    #[test]
    fn a_rule_judged_in_part_keeps_what_it_found() {
        let none = RuleOutcome::of_places("1", None, RuleWords::default(), vec![]).but_not("no date");
        assert_eq!((none.state, none.reason.as_deref()), (State::NotJudged, Some("no date")));
        let some =
            RuleOutcome::of_places("1", None, RuleWords::default(), vec![place(0, None)]).but_not("no date");
        assert_eq!((some.state, some.locations.len()), (State::Found, 1));
    }
}
