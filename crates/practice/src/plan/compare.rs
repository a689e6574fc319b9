//! Two days of a plan side by side: what was added, taken out and changed.

use super::Line;

/// How a line of one day stands to the other day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It is there on both days, word for word.
    Same(Line),
    /// It is there only on the later day.
    Added(Line),
    /// It was there only on the earlier day.
    TakenOut(Line),
    /// It is there on both days and was changed.
    Changed {
        /// As it stood on the earlier day.
        from: Line,
        /// As it stood on the later day.
        to: Line,
    },
}

/// What became of each line between two days: those of the later day in their order, then those taken out in theirs.
/// A line is the same line in all its versions, whatever its words.
pub fn compare(earlier: &[Line], later: &[Line]) -> Vec<Difference> {
    let of_later = later.iter().map(|to| match earlier.iter().find(|from| from.id == to.id) {
        None => Difference::Added(to.clone()),
        Some(from) if from == to => Difference::Same(to.clone()),
        Some(from) => Difference::Changed { from: from.clone(), to: to.clone() },
    });
    let gone = earlier.iter().filter(|from| later.iter().all(|to| to.id != from.id));
    of_later.chain(gone.cloned().map(Difference::TakenOut)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::LineKind;
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn line(id: u128, words: &str) -> Line {
        Line {
            id: Uuid::from_u128(id),
            kind: LineKind::Goal,
            goal: None,
            words: words.to_owned(),
            evidence: 0,
        }
    }

    #[test]
    fn two_days_are_told_apart_line_by_line() {
        let then = [line(1, "Mum gets up"), line(2, "Sleep"), line(3, "Gone")];
        let now = [line(2, "Sleep at Nan's"), line(4, "New"), line(1, "Mum gets up")];
        let found = compare(&then, &now);
        assert_eq!(found.len(), 4);
        assert!(
            matches!(&found[0], Difference::Changed { from, to } if from.words == "Sleep" && to.words == "Sleep at Nan's")
        );
        assert_eq!(found[1], Difference::Added(line(4, "New")));
        assert_eq!(found[2], Difference::Same(line(1, "Mum gets up")));
        assert_eq!(found[3], Difference::TakenOut(line(3, "Gone")));
        assert!(compare(&[], &[]).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_between_two_days(then in proptest::collection::btree_map(0_u128..12, "[a-c]", 0..8),
                                            now in proptest::collection::btree_map(0_u128..12, "[a-c]", 0..8)) {
            let lines = |of: &std::collections::BTreeMap<u128, String>| of.iter().map(|(id, words)| line(*id, words)).collect::<Vec<_>>();
            let (then, now) = (lines(&then), lines(&now));
            let found = compare(&then, &now);
            let (mut before, mut after) = (vec![], vec![]);
            for one in found {
                match one {
                    Difference::Same(line) => { before.push(line.clone()); after.push(line); }
                    Difference::Added(line) => after.push(line),
                    Difference::TakenOut(line) => before.push(line),
                    Difference::Changed { from, to } => { prop_assert_ne!(&from, &to); before.push(from); after.push(to); }
                }
            }
            before.sort_by_key(|line| line.id);
            prop_assert_eq!(before, then);
            prop_assert_eq!(after, now);
        }
    }
}
