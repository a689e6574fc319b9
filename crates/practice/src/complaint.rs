//! Complaints: how one stands, and who looks at it.

use crate::words::words;

words! {
    /// How a complaint stands in its first stage.
    ComplaintState {
        Open = "open", "Being looked at";
        Answered = "answered", "Answered";
        Withdrawn = "withdrawn", "Taken back";
    }
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
    }
}
