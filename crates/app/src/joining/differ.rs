//! Where two records say different things, so that whoever joins them must choose.

use crate::person::facts::{BirthFact, Name};
use practice::joining::Side;
use practice::person::{BirthBasis, NameKind};

/// Whether each has a name in use of one kind that the other has otherwise.
pub(super) fn names(one: &[Name], two: &[Name]) -> bool {
    let in_use = |it: &&Name| it.to.is_none() && it.kind != NameKind::Alias;
    one.iter().filter(in_use).any(|a| {
        let of_kind = two.iter().filter(in_use).filter(|b| b.kind == a.kind);
        of_kind.clone().next().is_some()
            && !of_kind.clone().any(|b| a.given == b.given && a.family == b.family)
    })
}

/// Which of two births stands without asking: either of two that are the same, and a birth before one that was
/// only expected. None where it must be asked.
pub(super) fn birth(one: &BirthFact, two: &BirthFact) -> Option<Side> {
    let expected = |fact: &BirthFact| fact.birth.basis == BirthBasis::Expected;
    match (expected(one), expected(two)) {
        (true, false) => Some(Side::Other),
        (false, true) => Some(Side::Kept),
        _ => (one.birth == two.birth).then_some(Side::Kept),
    }
}
