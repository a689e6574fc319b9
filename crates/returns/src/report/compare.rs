//! What has changed since an earlier check of the same return: what is new, what was mended, what is still there.
//!
//! Row numbers move when a file is made anew, so places are the same when rule, table, field and child are; of several
//! alike, as many are still there as there were.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Location, Report, State};

/// The JSON of an earlier check.
#[derive(Debug, Clone, Deserialize)]
pub struct Earlier {
    #[serde(rename = "return")]
    return_name: String,
    /// The year whose rules were used then.
    pub year: u16,
    rules: Vec<EarlierRule>,
}

#[derive(Debug, Clone, Deserialize)]
struct EarlierRule {
    code: String,
    state: EarlierState,
    return_level: bool,
    locations: Vec<EarlierPlace>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EarlierState {
    Passed,
    Found,
    NotJudged,
}

/// A place as an earlier check gave it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct EarlierPlace {
    /// The table of the return.
    pub table: String,
    /// Its field, if the rule named one.
    pub field: Option<String>,
    /// The row it had then.
    pub row: u32,
    /// The council's id of the child.
    pub child: Option<String>,
    /// Whether it lay in last year's file.
    #[serde(default)]
    pub last: bool,
}

/// Why an earlier check cannot be compared with.
#[derive(Debug, thiserror::Error)]
pub enum NotComparable {
    /// Not the JSON of a check.
    #[error("the earlier check cannot be read (expected what `--json` wrote): {0}")]
    NotACheck(#[from] serde_json::Error),
    /// A check of another return.
    #[error("the earlier check is of {0}, this one of {1}")]
    OtherReturn(String, &'static str),
}

/// What became of something found earlier that is not found now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// The rule was judged again and no longer finds it.
    Mended,
    /// The rule could not be judged this time, so nobody can tell.
    NotJudged,
    /// The rules of this year do not ask it.
    NotAsked,
}

/// What was found earlier and is not found now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GonePlace {
    /// The rule's code.
    pub code: String,
    /// The place; `None` when the rule spoke of the return as a whole.
    pub place: Option<EarlierPlace>,
    /// What became of it.
    pub gone: Gone,
}

/// A report beside an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// For each rule of the report, in its order, whether each of its places is new (a return-level finding has one).
    new: Vec<Vec<bool>>,
    /// What is not found any more.
    pub gone: Vec<GonePlace>,
}

type Key<'a> = (&'a str, Option<&'a str>, Option<&'a str>, bool);

fn key_now(place: &Location) -> Key<'_> {
    (place.table, place.field, place.child.as_deref(), place.last)
}

fn key_then(place: &EarlierPlace) -> Key<'_> {
    (&place.table, place.field.as_deref(), place.child.as_deref(), place.last)
}

impl Earlier {
    /// Reads the JSON of an earlier check.
    ///
    /// # Errors
    /// Where the text is not the JSON of a check.
    pub fn read(json: &str) -> Result<Self, NotComparable> {
        Ok(serde_json::from_str(json)?)
    }
}

impl Report {
    /// This report beside an earlier one.
    ///
    /// # Errors
    /// Where the earlier one is of another return.
    pub fn since(&self, earlier: &Earlier) -> Result<Changes, NotComparable> {
        if earlier.return_name != self.return_name {
            return Err(NotComparable::OtherReturn(earlier.return_name.clone(), self.return_name));
        }
        let then: HashMap<&str, &EarlierRule> =
            earlier.rules.iter().map(|rule| (&*rule.code, rule)).collect();
        let mut changes = Changes::default();
        for rule in &self.rules {
            let before = then.get(&*rule.code).copied();
            let was_found = before.is_some_and(|rule| rule.state == EarlierState::Found);
            if rule.return_level {
                changes.new.push(vec![!was_found]);
                if was_found && rule.state != State::Found {
                    let gone = if rule.state == State::Passed { Gone::Mended } else { Gone::NotJudged };
                    changes.gone.push(GonePlace { code: rule.code.to_string(), place: None, gone });
                }
                continue;
            }
            let mut left: HashMap<Key<'_>, Vec<&EarlierPlace>> = HashMap::new();
            for place in before.iter().flat_map(|rule| rule.locations.iter().rev()) {
                left.entry(key_then(place)).or_default().push(place);
            }
            let mut new = Vec::with_capacity(rule.locations.len());
            for place in &rule.locations {
                new.push(left.get_mut(&key_now(place)).and_then(Vec::pop).is_none());
            }
            changes.new.push(new);
            let gone = if rule.state == State::NotJudged { Gone::NotJudged } else { Gone::Mended };
            let mut gone_places: Vec<&EarlierPlace> = left.into_values().flatten().collect();
            gone_places.sort_by_key(|place| (&place.table, place.row, &place.field));
            changes.gone.extend(gone_places.into_iter().map(|place| GonePlace {
                code: rule.code.to_string(),
                place: Some(place.clone()),
                gone,
            }));
        }
        changes.not_asked(self, earlier);
        Ok(changes)
    }
}

impl Changes {
    fn not_asked(&mut self, report: &Report, earlier: &Earlier) {
        let asked: std::collections::HashSet<&str> = report.rules.iter().map(|rule| &*rule.code).collect();
        for rule in earlier.rules.iter().filter(|rule| !asked.contains(&*rule.code)) {
            let gone = Gone::NotAsked;
            if rule.return_level && rule.state == EarlierState::Found {
                self.gone.push(GonePlace { code: rule.code.clone(), place: None, gone });
            }
            let places = rule.locations.iter().cloned();
            self.gone.extend(places.map(|place| GonePlace {
                code: rule.code.clone(),
                place: Some(place),
                gone,
            }));
        }
    }

    /// Whether a place of a rule is new; both by their position in the report (a return-level finding has place 0).
    pub fn is_new(&self, rule: usize, place: usize) -> bool {
        self.new.get(rule).and_then(|places| places.get(place)).copied().unwrap_or(true)
    }

    /// How many findings are new, were mended, and are still there.
    pub fn counts(&self, report: &Report) -> (usize, usize, usize) {
        let (mut new, mut still) = (0, 0);
        for (at, rule) in report.rules.iter().enumerate().filter(|(_, rule)| rule.state == State::Found) {
            for place in 0..rule.locations.len().max(1) {
                if self.is_new(at, place) { new += 1 } else { still += 1 }
            }
        }
        (new, self.gone.iter().filter(|place| place.gone == Gone::Mended).count(), still)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{place, report_of};
    use super::*;
    use crate::report::{Kind, RuleOutcome, RuleWords};

    fn rule(code: &'static str, places: Vec<Location>) -> RuleOutcome {
        RuleOutcome::of_places(code, Some(Kind::Error), RuleWords::default(), places)
    }

    fn whole(code: &'static str, broken: bool) -> RuleOutcome {
        RuleOutcome::of_return(code, Some(Kind::Query), RuleWords::default(), broken)
    }

    #[test]
    fn what_is_new_mended_and_still_there_is_told_though_rows_moved() {
        let before = report_of(vec![
            rule("1", vec![place(0, Some("A")), place(1, Some("A")), place(2, Some("B"))]),
            whole("2Q", true),
            rule("3", vec![place(5, Some("C"))]),
            rule("4", vec![place(6, None)]),
        ]);
        let now = report_of(vec![
            rule("1", vec![place(10, Some("A")), place(11, Some("C"))]),
            whole("2Q", false),
            RuleOutcome::not_judged("3", Some(Kind::Error), RuleWords::default(), false, "no date"),
        ]);
        let changes = now.since(&Earlier::read(&before.to_json().unwrap()).unwrap()).unwrap();
        assert!(!changes.is_new(0, 0) && changes.is_new(0, 1));
        let gone: Vec<_> = changes
            .gone
            .iter()
            .map(|g| (&*g.code, g.place.as_ref().and_then(|p| p.child.as_deref()), g.gone))
            .collect();
        assert_eq!(
            gone,
            [
                ("1", Some("A"), Gone::Mended),
                ("1", Some("B"), Gone::Mended),
                ("2Q", None, Gone::Mended),
                ("3", Some("C"), Gone::NotJudged),
                ("4", None, Gone::NotAsked),
            ]
        );
        assert_eq!(changes.counts(&now), (1, 3, 1));
    }

    #[test]
    fn the_same_report_has_nothing_new_and_other_files_are_refused() {
        let report = report_of(vec![rule("1", vec![place(0, None), place(1, None)]), whole("2Q", true)]);
        let json = report.to_json().unwrap();
        let changes = report.since(&Earlier::read(&json).unwrap()).unwrap();
        assert_eq!((changes.counts(&report), changes.gone.len()), ((0, 0, 3), 0));
        let other = Earlier::read(&json.replace("cin-census", "ssda903")).unwrap();
        assert!(matches!(report.since(&other), Err(NotComparable::OtherReturn(..))));
        assert!(matches!(Earlier::read("{}"), Err(NotComparable::NotACheck(_))));
    }
}
