//! Where two records say different things, so that whoever joins them must choose.

use crate::person::facts::Name;
use practice::person::NameKind;

/// Whether each has a name in use of one kind that the other has otherwise.
pub(super) fn names(one: &[Name], two: &[Name]) -> bool {
    let in_use = |it: &&Name| it.to.is_none() && it.kind != NameKind::Alias;
    one.iter().filter(in_use).any(|a| {
        let of_kind = two.iter().filter(in_use).filter(|b| b.kind == a.kind);
        of_kind.clone().next().is_some()
            && !of_kind.clone().any(|b| a.given == b.given && a.family == b.family)
    })
}
