//! Promises: whose it is to see to one now.

/// Whether a worker works with a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Works {
    /// Today.
    Now,
    /// Before, and no longer.
    Before,
    /// They never did.
    Never,
}

/// How the worker who made a promise stands to the person it was made to, and who else there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MakerStands {
    /// Whether they work with the person.
    pub works: Works,
    /// They have left the council.
    pub left: bool,
    /// Somebody answers for the person today: a responsible worker, or the team of an open episode.
    pub answered_for: bool,
}

/// Whose a promise of a worker is to see to. A promise was made for the council: it goes with the person when
/// whoever made it has left, or works with them no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FallsTo {
    /// Whoever made it.
    Maker,
    /// Whoever answers for the person now; the maker works with them no longer.
    Next,
    /// Whoever answers for the person now; the maker has left the council.
    NextAsTheyLeft,
    /// Nobody works with the person any more: only whoever made it can say what became of it.
    WorkIsOver,
}

/// Whose a promise is to see to. A colleague who made one without ever working with the person (a duty worker at
/// the door, say) keeps it: it was theirs from the start and nobody took it over.
#[must_use]
pub const fn falls_to(maker: MakerStands) -> FallsTo {
    match (maker.left, maker.works, maker.answered_for) {
        (true, _, true) => FallsTo::NextAsTheyLeft,
        (false, Works::Before, true) => FallsTo::Next,
        (false, Works::Before, false) => FallsTo::WorkIsOver,
        (false, Works::Now | Works::Never, _) | (true, _, false) => FallsTo::Maker,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: MakerStands = MakerStands { works: Works::Now, left: false, answered_for: true };

    #[test]
    fn a_promise_stays_with_whoever_made_it_while_they_work_with_the_person() {
        assert_eq!(falls_to(HERE), FallsTo::Maker);
        assert_eq!(falls_to(MakerStands { answered_for: false, ..HERE }), FallsTo::Maker);
    }

    #[test]
    fn a_promise_of_someone_who_never_worked_with_the_person_stays_theirs() {
        let duty = MakerStands { works: Works::Never, ..HERE };
        assert_eq!(falls_to(duty), FallsTo::Maker);
    }

    #[test]
    fn a_promise_goes_with_the_person_to_whoever_answers_next() {
        let handed_over = MakerStands { works: Works::Before, ..HERE };
        assert_eq!(falls_to(handed_over), FallsTo::Next);
        assert_eq!(falls_to(MakerStands { left: true, ..handed_over }), FallsTo::NextAsTheyLeft);
        // a leaver whose allocations were not ended yet answers for nothing any more
        assert_eq!(falls_to(MakerStands { left: true, ..HERE }), FallsTo::NextAsTheyLeft);
    }

    #[test]
    fn with_nobody_left_only_the_maker_can_say() {
        let over = MakerStands { works: Works::Before, answered_for: false, ..HERE };
        assert_eq!(falls_to(over), FallsTo::WorkIsOver);
        assert_eq!(falls_to(MakerStands { left: true, ..over }), FallsTo::Maker);
    }
}
