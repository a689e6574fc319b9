//! Our plan: goals in somebody's words, worries and strengths with what they rest on, support beside change, how far along
//! each person says it is, promises, and who agrees. Each voice stands in its own place and is never averaged.

mod compare;
mod shown;

pub use compare::{Difference, compare};
pub use shown::{
    LineReaders, Looker, MAY_CHOOSE, MadeIn, READS_WHOLE, SeenPlan, Spoken, ToldLine, ToldPlan, Version,
    Wording, reads_any, shown, usual_readers, version,
};

use crate::words::words;
use jiff::civil::Date;
use uuid::Uuid;

words! {
    /// What a line of a plan is.
    LineKind {
        Goal = "goal", "What we want to happen";
        Worry = "worry", "What we are worried about";
        Strength = "strength", "What is going well";
        /// What the service and others give.
        Support = "support", "Support we give";
        /// What is asked of somebody.
        Change = "change", "Change we ask for";
    }
}

words! {
    /// Whether somebody agrees with a plan.
    Agreement {
        Agreed = "agreed", "Agrees";
        Partly = "partly", "Agrees with some of it";
        NotAgreed = "not-agreed", "Does not agree";
    }
}

/// The lowest number of a scale: as bad as it could be, or it has not begun.
pub const LEAST: i64 = 0;
/// The highest: it is there.
pub const MOST: i64 = 10;

/// Whether a number can stand on a scale.
pub const fn on_the_scale(value: i64) -> bool {
    LEAST <= value && value <= MOST
}

/// A line of a plan, as the rules look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The same in every version.
    pub id: Uuid,
    /// What it is.
    pub kind: LineKind,
    /// The goal it belongs to; none for a goal, and for what belongs to all of it.
    pub goal: Option<Uuid>,
    /// The words.
    pub words: String,
    /// How many entries it rests on.
    pub evidence: usize,
}

impl LineKind {
    /// Whether a line of this sort says how things are, so that one may ask how we know.
    pub const fn says_how_it_is(self) -> bool {
        matches!(self, Self::Worry | Self::Strength)
    }
}

/// Whether a line stands on sand: it says how things are, and nothing recorded is named that it rests on.
pub const fn on_sand(line: &Line) -> bool {
    line.kind.says_how_it_is() && line.evidence == 0
}

/// The words of a line as the child's own version of the plan says them: those written for the child, else the child's
/// own. None where there are neither: another's words are not put before a child as they stand.
pub fn for_child<'a>(words: &'a str, child_words: Option<&'a str>, their_own: bool) -> Option<&'a str> {
    child_words.filter(|words| !words.trim().is_empty()).or(their_own.then_some(words))
}

/// The goals (none: the plan as a whole) for which change is asked and no support is given. It is a warning and never
/// holds anything up: high challenge needs high support, or it is done to people and not with them.
pub fn one_sided(lines: &[Line]) -> Vec<Option<Uuid>> {
    let of =
        |kind: LineKind, goal: Option<Uuid>| lines.iter().any(|one| one.kind == kind && one.goal == goal);
    let mut goals: Vec<Option<Uuid>> = vec![];
    for line in lines.iter().filter(|line| line.kind == LineKind::Change) {
        if !goals.contains(&line.goal) && !of(LineKind::Support, line.goal) {
            goals.push(line.goal);
        }
    }
    goals
}

/// Who made a promise, for the order in which promises stand and are chased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Promiser {
    /// Somebody who works for the service.
    Service,
    /// Anybody else.
    Other,
}

/// Where an open promise stands among the others: the service's own first, and of each the late ones first, then by the
/// day, then those without a day.
pub fn promise_order(by: Promiser, due: Option<Date>, today: Date) -> (Promiser, bool, bool, Option<Date>) {
    let late = due.is_some_and(|due| due < today);
    (by, !late, due.is_none(), due)
}

/// How one person's numbers moved: "from 3 to 5", "stayed at 4", "4"; in the order they were said. One voice only: the
/// numbers of two people are never put together.
pub fn moved(values: &[i64]) -> Option<String> {
    let (first, last) = (values.first()?, values.last()?);
    Some(match (values.len(), first == last) {
        (1, _) => last.to_string(),
        (_, true) => format!("stayed at {last}"),
        (_, false) => format!("from {first} to {last}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn line(kind: LineKind, goal: Option<u128>) -> Line {
        Line {
            id: Uuid::from_u128(99),
            kind,
            goal: goal.map(Uuid::from_u128),
            words: "Words".to_owned(),
            evidence: 0,
        }
    }

    #[test]
    fn change_without_support_is_warned_of_goal_by_goal() {
        let lines = [
            line(LineKind::Change, Some(1)),
            line(LineKind::Change, Some(1)),
            line(LineKind::Support, Some(2)),
            line(LineKind::Change, Some(2)),
            line(LineKind::Change, None),
        ];
        assert_eq!(
            one_sided(&lines),
            [Some(Uuid::from_u128(1)), None],
            "support elsewhere is not support here"
        );
        assert!(one_sided(&[line(LineKind::Support, Some(1))]).is_empty(), "support alone asks nothing");
        assert!(one_sided(&[]).is_empty());
    }

    #[test]
    fn only_what_says_how_things_are_can_stand_on_sand() {
        for kind in LineKind::ALL {
            assert_eq!(on_sand(&line(*kind, None)), matches!(kind, LineKind::Worry | LineKind::Strength));
            assert!(!on_sand(&Line { evidence: 1, ..line(*kind, None) }));
        }
    }

    #[test]
    fn the_services_own_promises_come_first_and_the_late_of_each_before_the_rest() {
        let today = date(2026, 11, 21);
        let mut all = [
            (Promiser::Other, Some(date(2026, 11, 1)), "mum, late"),
            (Promiser::Service, None, "service, no day"),
            (Promiser::Service, Some(date(2026, 12, 1)), "service, later"),
            (Promiser::Service, Some(date(2026, 11, 20)), "service, late"),
            (Promiser::Other, Some(date(2026, 11, 21)), "mum, today"),
        ];
        all.sort_by_key(|one| promise_order(one.0, one.1, today));
        let order: Vec<&str> = all.iter().map(|one| one.2).collect();
        assert_eq!(order, ["service, late", "service, later", "service, no day", "mum, late", "mum, today"]);
    }

    #[test]
    fn a_child_is_told_in_words_for_them_or_their_own_and_never_in_anothers() {
        assert_eq!(for_child("Parental substance misuse", None, false), None);
        assert_eq!(for_child("Parental substance misuse", Some(" "), false), None);
        assert_eq!(for_child("Misuse", Some("Mum drinking"), false), Some("Mum drinking"));
        assert_eq!(for_child("I want to sleep", None, true), Some("I want to sleep"));
    }

    #[test]
    fn a_number_moves_within_one_voice() {
        assert_eq!(moved(&[]), None);
        assert_eq!(moved(&[4]).as_deref(), Some("4"));
        assert_eq!(moved(&[4, 6, 4]).as_deref(), Some("stayed at 4"));
        assert_eq!(moved(&[3, 7, 5]).as_deref(), Some("from 3 to 5"));
    }

    #[test]
    fn only_nought_to_ten_stand_on_a_scale() {
        assert!(on_the_scale(0) && on_the_scale(10));
        assert!(!on_the_scale(-1) && !on_the_scale(11));
    }

    proptest! {
        #[test]
        fn with_support_for_each_goal_nothing_is_one_sided(goals in proptest::collection::vec(proptest::option::of(1_u128..6), 0..12)) {
            let mut lines: Vec<Line> = goals.iter().map(|goal| line(LineKind::Change, *goal)).collect();
            let warned = one_sided(&lines).len();
            let distinct: std::collections::BTreeSet<_> = goals.iter().collect();
            prop_assert_eq!(warned, distinct.len());
            lines.extend(goals.iter().map(|goal| line(LineKind::Support, *goal)));
            prop_assert!(one_sided(&lines).is_empty());
        }
    }
}
