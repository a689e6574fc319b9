//! Complaints: in which stage one is, how it stands, who looks at it, and when one may go on.

use crate::words::words;

words! {
    /// How a complaint stands in one of its stages.
    ComplaintState {
        Open = "open", "Being looked at";
        Answered = "answered", "Answered";
        Withdrawn = "withdrawn", "Taken back";
        /// The answer was late, and they asked for the next stage instead of waiting for it.
        Onward = "onward", "Went on to the next stage without an answer";
    }
}

words! {
    /// The stages of a complaint about services for children, of SI 2006/1738.
    ComplaintStage {
        /// Settled by the service: rule CO-01.
        First = "first", "First stage";
        /// Looked into by an investigating officer and an independent person: rule CO-02.
        Second = "second", "Second stage";
        /// Looked at by a panel of three independent people.
        Third = "third", "Third stage";
    }
}

impl ComplaintStage {
    /// The rule by which they hear; of a panel no clock runs on the pages yet.
    pub const fn rule(self) -> Option<&'static str> {
        match self {
            Self::First => Some("CO-01"),
            Self::Second => Some("CO-02"),
            Self::Third => None,
        }
    }

    /// What comes after it, where whoever complained is not content. After the last there is the Ombudsman.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::First => Some(Self::Second),
            Self::Second => Some(Self::Third),
            Self::Third => None,
        }
    }

    /// Whether whoever is not content may go on from here: after an answer, and from the first stage also where the answer
    /// is late.
    pub fn may_go_on(self, state: ComplaintState, late: bool) -> bool {
        let over = match state {
            ComplaintState::Answered => true,
            ComplaintState::Open => late && self == Self::First,
            ComplaintState::Withdrawn | ComplaintState::Onward => false,
        };
        over && self.next().is_some()
    }

    /// Whether the way to the Ombudsman is told: once the council has looked into it and answered.
    pub fn tells_ombudsman(self, state: ComplaintState) -> bool {
        self != Self::First && state == ComplaintState::Answered
    }
}

/// Whether somebody may answer a stage: nobody looks a second time at what they have answered themselves.
pub fn may_answer<T: PartialEq>(who: &T, answered_before: &[T]) -> bool {
    !answered_before.contains(who)
}

/// Whether somebody may read a complaint and answer it: whoever may answer what people ask of their rights, unless they work
/// with the one who complains. Nobody looks at what may be said of themselves.
pub const fn may_look(answers_for_rights: bool, works_with_them: bool) -> bool {
    answers_for_rights && !works_with_them
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_who_works_with_somebody_looks_at_their_complaint() {
        assert!(may_look(true, false));
        assert!(!may_look(true, true), "not even whoever answers for their rights otherwise");
        assert!(!may_look(false, false) && !may_look(false, true));
    }

    #[test]
    fn every_code_reads_back() {
        assert!(ComplaintState::ALL.iter().all(|it| ComplaintState::from_code(it.code()) == Some(*it)));
        assert!(ComplaintStage::ALL.iter().all(|it| ComplaintStage::from_code(it.code()) == Some(*it)));
    }

    #[test]
    fn one_goes_on_after_an_answer_or_from_the_first_stage_where_it_is_late() {
        use ComplaintStage::{First, Second, Third};
        use ComplaintState::{Answered, Onward, Open, Withdrawn};
        assert!(First.may_go_on(Answered, false) && Second.may_go_on(Answered, false));
        assert!(!Third.may_go_on(Answered, false), "after the last there is the Ombudsman");
        assert!(
            First.may_go_on(Open, true) && !First.may_go_on(Open, false) && !Second.may_go_on(Open, true)
        );
        assert!([Withdrawn, Onward].iter().all(|state| !First.may_go_on(*state, true)));
        assert_eq!((First.next(), Second.next(), Third.next()), (Some(Second), Some(Third), None));
        assert!(
            !First.tells_ombudsman(Answered)
                && Second.tells_ombudsman(Answered)
                && !Third.tells_ombudsman(Open)
        );
        assert!(may_answer(&1, &[2]) && !may_answer(&2, &[1, 2]));
    }

    #[test]
    fn each_rule_of_a_stage_is_one_of_the_built_in() {
        let rules = crate::clock::Rules::built_in().unwrap();
        for rule in ComplaintStage::ALL.iter().filter_map(|stage| stage.rule()) {
            assert!(rules.all().iter().any(|one| one.id.as_str() == rule), "{rule}");
        }
    }
}
